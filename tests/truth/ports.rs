//! PRV-07: what a firewall does not let out is named with its ports, where the plan
//! gives them.

use outlast_engine::explain::{Status, explain};
use outlast_engine::{Held, Scope, State, Steering, assess};
use outlast_models::Id;
use outlast_models::units::WeekHour;
use outlast_tests::small::problem;

/// What refuses the only way of a SIP softphone behind a firewall.
fn refused(allow: &str, cloud: &str) -> Vec<String> {
    let text = format!(
        "outlast: 1
sites: {{york: {{kind: office}}}}
networks: {{mpls: {{}}}}
circuits: {{york-mpls: {{from: york, to: mpls}}}}
firewalls: {{fw-york: {{site: york, guards: mpls, allow: [any-443{allow}]}}}}
{cloud}
groups: {{team: {{agents: 10, work_at: [york], access: [private], phones: sip-softphone}}}}
"
    );
    let problem = problem(&text).unwrap();
    let state = State::normal(WeekHour(0));
    let out = assess(&problem, &state, &Held::default(), Scope::Moved, Steering::LeftAlone);
    let explained = explain(&problem, &state, &out, &out, &Id::new("team"));
    match &explained.ways[0].status {
        Status::Refused(list) => list.iter().map(|one| one.says.clone()).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn ports_that_the_plan_gives_are_named() {
    let ports = "cloud: {sip_ports: 5060, media_ports: [10000-20000, 30000]}";
    let both = "fw-york does not let workstations out to the cloud's sbc-signalling \
                (UDP 5060) and sbc-media (UDP 10000-20000, 30000)";
    assert_eq!(refused("", ports), [both]);
    let media = "fw-york does not let workstations out to the cloud's sbc-media \
                 (UDP 10000-20000, 30000)";
    assert_eq!(refused(", {to: sbc-signalling}", ports), [media]);
}

#[test]
fn ports_that_it_does_not_give_are_not() {
    let plain = "fw-york does not let workstations out to the cloud's SBC";
    assert_eq!(refused("", ""), [plain]);
    assert_eq!(refused("", "cloud: {sip_ports: unknown}"), [plain]);
    assert_eq!(refused(", {to: sbc-signalling}", ""), [plain.replace("SBC", "sbc-media")]);
}
