//! The guide's worked examples: each is found as an existing way of working,
//! and each breaks for the right reason.

use std::collections::BTreeSet;

use outlast_engine::explain::{Status, explain};
use outlast_engine::graph::ServiceGraph;
use outlast_engine::{Held, Problem, Scope, State, Steering, assess, compile};
use outlast_models::catalogue::BUILT_IN;
use outlast_models::pac::{PacAnswers, parse_answer, questions};
use outlast_models::units::WeekHour;
use outlast_models::{Id, Plan};
use outlast_scenarios::plan_sample;
use outlast_tests::small::plan_with;

/// Reads a sample with texts replaced.
fn sample(name: &str, replace: &[(&str, &str)]) -> Plan {
    let sample = plan_sample(name).unwrap();
    let mut text = sample.plan().to_owned();
    for (from, to) in replace {
        assert!(text.contains(from), "{name} has no `{from}`");
        text = text.replace(from, to);
    }
    let mut load = |path: &str| sample.file(path).map(str::to_owned).ok_or_else(String::new);
    plan_with(&text, &mut load).unwrap()
}

/// What the sample's PAC file says: the cloud's names to the proxy.
fn answers(plan: &Plan) -> PacAnswers {
    let mut all = PacAnswers::default();
    for question in questions(plan) {
        let answer = parse_answer("PROXY cloud-proxy.corp.example:8080; DIRECT");
        let key = (question.pac, question.host);
        all.by_host.insert(key, answer);
    }
    all
}

fn working(problem: &Problem, failed: &[&str], group: &str) -> (u64, Vec<Status>) {
    let mut state = State::normal(WeekHour(0));
    state.fail(failed.iter().map(|id| Id::new(id)));
    let held = Held::default();
    let alone = assess(problem, &state, &held, Scope::Moved, Steering::LeftAlone);
    let directed = assess(problem, &state, &held, Scope::Moved, Steering::Directed);
    let found = explain(problem, &state, &alone, &directed, &Id::new(group));
    (found.working.1, found.ways.into_iter().map(|way| way.status).collect())
}

/// An example, a group of it, its agents, and everything that its way needs: what
/// the guide's page draws, and what the figures do not show (name resolution, the
/// gateways before the Internet services, power, the region).
struct Worked {
    name: &'static str,
    group: &'static str,
    agents: u64,
    /// What has failed already: the sixth is about what is left then.
    lost: &'static str,
    needs: &'static str,
}

const WORKED: &[Worked] = &[
    Worked {
        name: "example-1",
        group: "on-site",
        agents: 100,
        lost: "",
        needs: "workstation office deskhost cloud-desks office-net office-mpls mpls \
            internet dns cloud.sbc cloud.portal cloud.authentication \
            cloud.security-gateways cloud.voice cloud.region",
    },
    Worked {
        name: "example-2",
        group: "on-site",
        agents: 100,
        lost: "",
        needs: "workstation office office-net office-mpls mpls internet dns cloud.webrtc \
            cloud.turn cloud.portal cloud.authentication cloud.security-gateways \
            cloud.voice cloud.region",
    },
    Worked {
        name: "example-3",
        group: "off-site",
        agents: 100,
        lost: "",
        needs: "workstation homes homes.isp dc deskhost cloud-desks vpn-dc dc-net \
            dc-mpls mpls internet dns cloud.sbc cloud.portal cloud.authentication \
            cloud.security-gateways cloud.voice cloud.region",
    },
    Worked {
        name: "example-4",
        group: "corporate-phones",
        agents: 50,
        lost: "",
        needs: "workstation homes homes.isp dc deskhost cloud-desks dc-net dc-mpls mpls \
            internet dns sbc-dc pbx-dc trunk-dc sso-provider cloud.recording \
            cloud.sbc cloud.portal cloud.authentication cloud.security-gateways \
            cloud.voice cloud.region",
    },
    Worked {
        name: "example-4",
        group: "pstn-phones",
        agents: 50,
        lost: "",
        needs: "workstation homes homes.isp dc deskhost cloud-desks dc-mpls mpls \
            internet dns sbc-dc trunk-dc tellus pstn sso-provider cloud.recording \
            cloud.sbc cloud.portal cloud.authentication cloud.security-gateways \
            cloud.voice cloud.region",
    },
    Worked {
        name: "example-4-proxy",
        group: "corporate-phones",
        agents: 50,
        lost: "",
        needs: "workstation homes homes.isp dc deskhost cloud-desks proxy-dc dc-net \
            dc-mpls mpls internet dns sbc-dc pbx-dc trunk-dc cloud.recording \
            cloud.sbc cloud.portal cloud.authentication cloud.security-gateways \
            cloud.voice cloud.region",
    },
    Worked {
        name: "example-4-proxy",
        group: "pstn-phones",
        agents: 50,
        lost: "",
        needs: "workstation homes homes.isp dc deskhost cloud-desks proxy-dc dc-net \
            dc-mpls mpls internet dns sbc-dc trunk-dc tellus pstn cloud.recording \
            cloud.sbc cloud.portal cloud.authentication cloud.security-gateways \
            cloud.voice cloud.region",
    },
    Worked {
        name: "example-5",
        group: "off-site",
        agents: 100,
        lost: "",
        needs: "workstation homes homes.isp dc vpn-dc dc-net dc-mpls mpls internet dns \
            sso-provider cloud.webrtc cloud.turn cloud.portal cloud.authentication \
            cloud.security-gateways cloud.voice cloud.region",
    },
    Worked {
        name: "example-6",
        group: "sip-then-webrtc",
        agents: 60,
        lost: "",
        needs: "workstation dns sso-provider cloud.authentication cloud.voice \
            cloud.region",
    },
    Worked {
        name: "example-6",
        group: "pbx-then-pstn",
        agents: 40,
        lost: "",
        needs: "workstation dns sso-provider cloud.authentication cloud.voice cloud.sbc \
            cloud.region",
    },
    Worked {
        name: "example-6",
        group: "sip-then-webrtc",
        agents: 60,
        lost: "office dc mpls",
        needs: "workstation homes homes.isp internet dns cloud.authentication \
            cloud.security-gateways cloud.voice cloud.region sso-provider \
            cloud.webrtc cloud.turn",
    },
    Worked {
        name: "example-6",
        group: "pbx-then-pstn",
        agents: 40,
        lost: "office dc mpls",
        needs: "workstation homes homes.isp internet dns cloud.authentication \
            cloud.security-gateways cloud.voice cloud.region sso-provider cloud.sbc \
            tellus pstn",
    },
];

#[test]
fn every_worked_example_works_as_written() {
    for worked in WORKED {
        let plan = sample(worked.name, &[]);
        let problem = compile(&plan, &answers(&plan));
        let lost: Vec<&str> = worked.lost.split_whitespace().collect();
        let (left, _) = working(&problem, &lost, worked.group);
        assert_eq!(left, worked.agents, "{} {}", worked.name, worked.group);
    }
}

/// Every component of the plan and of the cloud fails in turn: the way breaks
/// exactly where it is one of those that it needs.
#[test]
fn every_worked_example_stands_on_its_parts_and_nothing_else() {
    let wrong: Vec<String> = WORKED.iter().flat_map(Worked::wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

impl Worked {
    fn wrong(&self) -> Vec<String> {
        let name = format!("{} {}", self.name, self.group);
        let plan = sample(self.name, &[]);
        let problem = compile(&plan, &answers(&plan));
        let graph = ServiceGraph::new(&plan);
        let all: BTreeSet<&str> = graph.components().map(|node| node.id.id.as_str()).collect();
        assert!(BUILT_IN.iter().all(|(id, _)| all.contains(id)), "{name}: {all:?}");
        let needs: BTreeSet<&str> = self.needs.split_whitespace().collect();
        let unknown: Vec<&&str> = needs.difference(&all).collect();
        assert!(unknown.is_empty(), "{name} has no {unknown:?}");
        let mut wrong = Vec::new();
        for part in all {
            let failed: Vec<&str> = self.lost.split_whitespace().chain([part]).collect();
            let (left, statuses) = working(&problem, &failed, self.group);
            let needed = needs.contains(part);
            let expected = if needed { 0 } else { self.agents };
            if left != expected {
                wrong.push(format!("{name} without {part}: {left}, not {expected}"));
            }
            let why = format!("{part} failed");
            let is_said = |status: &Status| match status {
                Status::Down(cause) => cause.because.contains(&why),
                _ => false,
            };
            if needed && !statuses.iter().any(is_said) {
                wrong.push(format!("{name} without {part}: {statuses:?}"));
            }
        }
        wrong
    }
}

/// Example, group, what is misconfigured, and the rule that then refuses.
type Fault = (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static str);

const REFUSED: &[Fault] = &[
    // 1: the softphone has no Internet, the desk's address must be known, and
    // with the connector on the pair falls under the VDI's rules.
    (
        "example-1",
        "on-site",
        &[("  office-mpls: {from: office, to: mpls, capacity: 20Mbps, provider: atlas}\n", "")],
        "TRN-04",
    ),
    ("example-1", "on-site", &[("internet: [cloud-desks]", "internet: [office-net]")], "INT-04"),
    (
        "example-1",
        "on-site",
        &[
            ("private: [office]", "private: [unused]"),
            ("sites:\n", "sites:\n  unused: {kind: office}\n"),
        ],
        "PRV-08",
    ),
    (
        "example-1",
        "on-site",
        &[
            ("connector: false", "connector: true"),
            ("platform: citrix-7", "platform: citrix-7\n    adapter: false"),
        ],
        "PHN-09",
    ),
    (
        "example-1",
        "on-site",
        &[("connector: false", "connector: true"), ("citrix-7", "horizon-7")],
        "VDI-02",
    ),
    ("example-1", "on-site", &[("citrix-7", "rds")], "VDI-01"),
    // 2: the phone is on the Internet only, its signalling needs a known address.
    (
        "example-2",
        "on-site",
        &[
            ("  office-net: {from: office, to: internet, capacity: 50Mbps, provider: civic}\n", ""),
            ("internet: [office-net]             #", "internet: [20.1.1.0/24] #"),
        ],
        "TRN-03",
    ),
    (
        "example-2",
        "on-site",
        &[("internet: [office-net]             #", "internet: [20.1.1.0/24] #")],
        "INT-04",
    ),
    (
        "example-2",
        "on-site",
        &[(
            "groups:\n",
            "firewalls:\n  fw: {site: office, guards: [internet], dpi: {turn: true}}\ngroups:\n",
        )],
        "INT-03",
    ),
    (
        "example-2",
        "on-site",
        &[(
            "groups:\n",
            "firewalls:\n  fw: {site: office, guards: [mpls], allow: [{to: sbc}]}\ngroups:\n",
        )],
        "PRV-05",
    ),
    // 3: the tunnel's list must have the SBC; the softphone has no Internet.
    ("example-3", "off-site", &[("include: [sbc]", "include: [turn]")], "VPN-02"),
    ("example-3", "off-site", &[("private: [dc, vpn-dc]", "private: [dc]")], "PRV-08"),
    ("example-3", "off-site", &[("internet: [cloud-desks]\n", "internet: [dc-net]\n")], "INT-04"),
    (
        "example-3",
        "off-site",
        &[("groups:\n", "firewalls:\n  fw: {site: dc, guards: [mpls], udp_idle: 139s}\ngroups:\n")],
        "PRV-03",
    ),
    ("example-3", "off-site", &[("access: [vpn-dc]  ", "access: [internet]  ")], "TRN-04"),
    // 4: neither open access nor a proxy.
    (
        "example-4",
        "pstn-phones",
        &[("    open_access: [agent-desktop]\n", "    open_access: [wfm]\n")],
        "INT-04",
    ),
    ("example-4", "pstn-phones", &[("    mfa: true\n", "    mfa: false\n")], "INT-09"),
    ("example-4", "pstn-phones", &[("enters_by: direct", "enters_by: portal")], "INT-04"),
    ("example-4", "corporate-phones", &[("off_site: pbx-edge", "off_site: none")], "PHN-02"),
    ("example-4-proxy", "pstn-phones", &[("    pac: home-pac\n", "")], "INT-04"),
    (
        "example-4-proxy",
        "pstn-phones",
        &[("allow: [cloud-domain, crl]", "allow: [agent-desktop, crl]")],
        "PRX-05",
    ),
    // 5: the tunnel's list must have the services; the phone needs open access.
    ("example-5", "off-site", &[("include: [services-private]", "include: [sbc]")], "VPN-02"),
    (
        "example-5",
        "off-site",
        &[("open_access: [webrtc-signalling]", "open_access: [agent-desktop]")],
        "INT-04",
    ),
    ("example-5", "off-site", &[("sso: {provider: cloud}", "sso: none")], "INT-09"),
];

#[test]
fn every_worked_example_is_refused_for_the_right_reason() {
    let mut wrong = Vec::new();
    for (name, group, replace, rule) in REFUSED {
        let plan = sample(name, replace);
        let answers = answers(&plan);
        let problem = compile(&plan, &answers);
        let (left, statuses) = working(&problem, &[], group);
        let refused = statuses.iter().any(|status| match status {
            Status::Refused(list) => list.iter().any(|refusal| refusal.rule == *rule),
            Status::Needs(list) => list.iter().any(|(_, refusal)| refusal.rule == *rule),
            _ => false,
        });
        if left > 0 || !refused {
            wrong.push(format!("{name} {group} {replace:?} {rule}: {left} work, {statuses:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn example_6_is_restored_from_home() {
    let plan = sample("example-6", &[]);
    let problem = compile(&plan, &PacAnswers::default());
    let corporate = ["office", "dc", "mpls"];
    for (group, agents) in [("sip-then-webrtc", 60), ("pbx-then-pstn", 40)] {
        assert_eq!(working(&problem, &corporate, group).0, agents);
        let (left, _) = working(&problem, &["office", "dc", "mpls", "internet"], group);
        assert_eq!(left, 0, "{group} without the Internet too");
    }
    assert_eq!(working(&problem, &["office", "dc", "mpls", "pstn"], "pbx-then-pstn").0, 0);
    assert_eq!(working(&problem, &["office", "dc", "mpls", "pstn"], "sip-then-webrtc").0, 60);
}
