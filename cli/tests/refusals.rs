//! What refuses a way of working: the rule that holds, what fails, the line to mend.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;

use assert_cmd::Command;

/// What `explain` says of the group `team`, line breaks taken out.
fn explained(plan: &str, pac: &str) -> String {
    under(plan, pac, None)
}

/// The same once something has happened.
fn under(plan: &str, pac: &str, events: Option<&str>) -> String {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), format!("outlast: 1\n{plan}")).unwrap();
    let pac = format!("function FindProxyForURL(url, host) {{ {pac} }}");
    fs::write(here.path().join("p.pac"), pac).unwrap();
    let mut words = vec!["explain", "./plan.yaml", "--group", "team"];
    if let Some(events) = events {
        let scenario = format!("outlast-scenario: 1\nname: S\nevents: {events}\n");
        fs::write(here.path().join("s.yaml"), scenario).unwrap();
        words.insert(2, "./s.yaml");
    }
    let mut outlast = Command::cargo_bin("outlast").unwrap();
    let output = outlast.current_dir(here.path()).args(words).output().unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    let text = text.split("Assumptions").next().unwrap_or_default().to_owned();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_says(text: &str, part: &str) {
    assert!(text.contains(part), "no `{part}` in: {text}");
}

/// Office `a` leaves for the Internet by `b`; both on a corporate network.
const BY_B: &str = "\
sites: {a: {kind: office}, b: {kind: data-center}}
networks: {w: {kind: private, cloud_regions: []}}
circuits:
  aw: {from: a, to: w}
  bw: {from: b, to: w}
  bn: {from: b, to: internet}
exits:
  a: {internet: [b]}
groups: {team: {agents: 1, work_at: a, phones: webrtc-embedded, access: internet}}
";

#[test]
fn exits_that_lead_nowhere_say_why() {
    assert_says(&explained(BY_B, ""), "1 of 1 work");
    let no_line = explained(&BY_B.replace("  bn: {from: b, to: internet}\n", ""), "");
    assert_says(&no_line, "TRN-01 b, the exit of a, has no circuit to the Internet (plan.yaml:8)");
    assert_says(&no_line, "TRN-03 webrtc-signalling and TURN exist on the Internet only (");
    assert!(!no_line.contains("no circuit or exit"), "{no_line}");
    let apart = explained(&BY_B.replace("  bw: {from: b, to: w}\n", ""), "");
    assert_says(&apart, "TRN-01 no private network joins a and its exit b (plan.yaml:8)");
    let circle = BY_B.replace("exits:\n", "exits:\n  b: {internet: [a]}\n");
    let says = "TRN-01 the exits to the Internet lead in a circle, from a to b and back to a \
                (plan.yaml:9)";
    assert_says(&explained(&circle, ""), says);
    let none = explained(&BY_B.replace("exits:\n  a: {internet: [b]}\n", ""), "");
    assert_says(&none, "TRN-01 a has no circuit or exit to the Internet (plan.yaml:2)");
}

#[test]
fn exits_to_a_private_network_that_lead_nowhere_say_why() {
    let plan = "\
sites: {a: {kind: office}, b: {kind: data-center}}
networks: {mpls: {}, w: {cloud_regions: []}}
circuits: {am: {from: a, to: mpls}, aw: {from: a, to: w}, bw: {from: b, to: w}}
exits:
  a: {private: [b]}
groups: {team: {agents: 1, work_at: a, phones: sip-phone, access: private}}
";
    let says = "b, the exit of a, has no circuit to mpls (plan.yaml:6)";
    let text = explained(plan, "");
    assert_says(&text, &format!("TRN-01 {says}"));
    assert_says(&text, "TRN-04 SIP phones exist on private networks only (");
}

/// Browsers in an office whose firewall lets proxies out and nobody else.
const BEHIND_A_PROXY: &str = "\
sites: {leeds: {kind: office}}
circuits: {leeds-net: {from: leeds, to: internet}}
cloud: {domain: cloud.example}
proxies: {proxy: {site: leeds, names: ['p:1'], allow: [turn]}}
firewalls: {fw: {site: leeds, guards: internet, allow: [{from: proxies, to: any}, {to: turn}]}}
pac:
  corp: {file: p.pac}
groups: {team: {agents: 1, work_at: leeds, phones: webrtc-embedded, pac: corp, access: internet}}
";

#[test]
fn a_pac_file_that_sends_a_flow_where_it_is_refused_is_named() {
    let open = BEHIND_A_PROXY.replace(", allow: [turn]}}", "}}");
    let dot = "if (host == 'turn.cloud.example') return 'DIRECT'; \
               return dnsDomainIs(host, '.cloud.example') ? 'PROXY p:1' : 'DIRECT';";
    let text = explained(&open, dot);
    let says = "INT-02 fw does not let workstations out to portal (plan.yaml:6); PRX-08 PAC file \
                corp answers DIRECT for cloud.example (plan.yaml:8)";
    assert_says(&text, says);
    let to_proxy =
        explained(BEHIND_A_PROXY, "return host == 'turn.cloud.example' ? 'DIRECT' : 'PROXY p:1';");
    assert_says(&to_proxy, "PRX-05 proxy does not allow portal, authentication, agent-desktop");
    assert_says(
        &to_proxy,
        "PRX-08 PAC file corp sends cloud.example, authentication.cloud.example",
    );
    assert_says(&to_proxy, "and 1 more to proxy (plan.yaml:8)");
    // That TURN goes direct is as it should be, and no file is asked without one.
    let turn = open.replace(", {to: turn}", "");
    let text = explained(&turn, "return host == 'turn.cloud.example' ? 'DIRECT' : 'PROXY p:1';");
    assert_says(&text, "INT-02 fw does not let workstations out to TURN");
    assert!(!text.contains("PRX-08"), "{text}");
    assert!(!explained(&open.replace(" pac: corp,", ""), dot).contains("PRX-08"));
}

/// Where there is no private network at all, no other answer of the file would help.
#[test]
fn a_pac_file_is_named_where_another_answer_would_help() {
    let office = |circuits: &str, access: &str| {
        format!(
            "sites: {{leeds: {{kind: office}}}}\nnetworks: {{mpls: {{}}}}\n\
             circuits: {{{circuits}}}\nproxies: {{proxy: {{site: leeds, names: ['p:1']}}}}\n\
             pac: {{corp: {{file: p.pac}}}}\ngroups: {{team: {{agents: 1, work_at: leeds, \
             media: [digital], pac: corp, access: {access}}}}}\n"
        )
    };
    let (net, mpls) = ("net: {from: leeds, to: internet}", "lan: {from: leeds, to: mpls}");
    let to_proxy = explained(&office(&format!("{net}, {mpls}"), "private"), "return 'PROXY p:1';");
    assert_says(&to_proxy, "PRX-10 proxy does not reach a private network");
    assert_says(&to_proxy, "PRX-08 PAC file corp sends");
    let no_internet = explained(&office(mpls, "internet"), "return 'DIRECT';");
    assert_says(&no_internet, "TRN-01 leeds has no circuit or exit to the Internet");
    assert_says(&no_internet, "PRX-08 PAC file corp answers DIRECT");
    let no_private = explained(&office(net, "private"), "return 'DIRECT';");
    assert_says(&no_private, "TRN-01 leeds has no way onto a private network");
    assert!(!no_private.contains("PRX-08"), "{no_private}");
}

#[test]
fn a_pac_file_is_named_beside_a_setting_that_is_spoiled() {
    let plan = BEHIND_A_PROXY.replace(", allow: [turn]}}", "}}").replace(
        "{from: proxies, to: any}",
        "{from: proxies, to: any}, {to: {resolved: 2022-06-01}}",
    );
    let text =
        under(&plan, "return 'DIRECT';", Some("[{misconfigure: rotate-internet-addresses}]"));
    assert_says(&text, "INT-01 fw allows only the addresses resolved earlier (plan.yaml:6)");
    assert_says(&text, "PRX-08 PAC file corp answers DIRECT for cloud.example");
}

#[test]
fn a_pac_file_is_named_beside_the_change_that_would_help_as_well() {
    let plan = "\
sites: {home: {kind: homes}, dc: {kind: data-center}}
circuits: {dc-net: {from: dc, to: internet}}
cloud: {domain: cloud.example, access: {sso: {provider: cloud}, mfa: true, \
authentication_ip_control: off, direct_urls: {services: [agent-desktop]}}}
proxies: {proxy: {site: dc, names: ['p:1']}}
pac: {corp: {file: p.pac}}
groups: {team: {agents: 1, work_at: home, phones: pstn, access: internet, pac: corp, \
enters_by: direct}}
";
    let text = explained(plan, "return 'DIRECT';");
    let says = "request_open_access agent-desktop (INT-09): INT-04 agent-desktop accepts known \
                addresses only, and a home address is not one";
    assert_says(&text, says);
    assert_says(&text, "PRX-08 PAC file corp answers DIRECT for agent-desktop.cloud.example");
}

/// Homes behind a split tunnel into a data center.
const SPLIT: &str = "\
sites: {dc: {kind: data-center}, home: {kind: homes}, leeds: {kind: office}}
networks: {mpls: {}}
circuits:
  dc-mpls: {from: dc, to: mpls}
  dc-net: {from: dc, to: internet}
  leeds-mpls: {from: leeds, to: mpls}
vpn: {v: {site: dc, tunnel: split, include: [services-private]}}
groups: {team: {agents: 1, work_at: home, phones: webrtc-embedded, access: v}}
";

#[test]
fn no_list_mends_a_tunnel_into_a_site_without_a_private_network() {
    let list = SPLIT.replace("[services-private]", "[vdis]");
    assert_says(&explained(&list, ""), "VPN-02 v's list lacks portal");
    let without = list.replace("  dc-mpls: {from: dc, to: mpls}\n", "");
    let text = explained(&without, "");
    let says = "embedded WebRTC INT-04, INT-08 the Portal, the login, agent-desktop and \
                webrtc-signalling accept known addresses only";
    assert_says(&text, says);
    assert_says(&text, "its other routes: TRN-01 dc has no way onto a private network");
    assert!(!text.contains("VPN-02"), "{text}");
}

#[test]
fn of_an_sbc_the_part_that_a_list_lacks_is_named() {
    let phone = SPLIT.replace("webrtc-embedded", "sip-softphone");
    let lacks = |words: &str| explained(&phone.replace("[services-private]", words), "");
    assert_says(&lacks("[services-private]"), "VPN-02 v's list lacks the cloud's SBC (");
    assert_says(&lacks("[services-private, sbc-signalling]"), "lacks the cloud's sbc-media (");
    assert_says(&lacks("[services-private, sbc-media]"), "lacks the cloud's sbc-signalling (");
    let wall = "firewalls: {fw: {site: leeds, guards: mpls, allow: [{to: [services-private, \
                sbc-signalling]}]}}\n";
    let office =
        phone.replace("work_at: home", "work_at: leeds").replace("access: v", "access: private");
    let says = "PRV-07 fw does not let workstations out to the cloud's sbc-media (";
    assert_says(&explained(&format!("{office}{wall}"), ""), says);
}

#[test]
fn what_exists_on_the_internet_only_is_refused_as_that() {
    let farm = "\
sites: {leeds: {kind: office}, dc: {kind: data-center}}
networks: {mpls: {}}
circuits:
  leeds-mpls: {from: leeds, to: mpls}
  dc-mpls: {from: dc, to: mpls}
  dc-net: {from: dc, to: internet}
vdi: {farm: {site: dc, platform: citrix-7, exit: private}}
groups: {team: {agents: 1, work_at: leeds, phones: webrtc-embedded, access: farm}}
";
    let says = "TRN-03 webrtc-signalling and TURN exist on the Internet only, and the exit of \
                farm does not lead to the Internet (plan.yaml:8)";
    assert_says(&explained(farm, ""), says);
    let circuit = explained(&farm.replace("exit: private", "exit: dc-mpls"), "");
    assert_says(&circuit, "exist on the Internet only, and dc-mpls does not lead from dc to the");
    let proxy = "\
sites: {leeds: {kind: office}}
networks: {mpls: {}}
circuits: {leeds-mpls: {from: leeds, to: mpls}, leeds-net: {from: leeds, to: internet}}
proxies: {p: {site: leeds, reaches: [mpls]}}
groups: {team: {agents: 1, work_at: leeds, phones: webrtc-embedded, access: internet, proxy: p}}
";
    let text = explained(proxy, "");
    assert_says(&text, "PRX-10 p does not reach the Internet (plan.yaml:5)");
    assert_says(
        &text,
        "TRN-03 webrtc-signalling and TURN exist on the Internet only (plan.yaml:5)",
    );
}

#[test]
fn a_firewall_where_traffic_comes_in_says_in() {
    let plan = "\
sites: {leeds: {kind: office}, dc: {kind: data-center}}
networks: {mpls: {}}
circuits: {leeds-mpls: {from: leeds, to: mpls}, dc-mpls: {from: dc, to: mpls}}
telephony:
  sbcs: {s: {site: dc}}
  pbxs: {x: {site: dc, sbc: s}}
  trunks: {t: {sbc: s, network: mpls}}
firewalls: {fw: {site: SITE, guards: mpls, allow: [any-443], inbound: [{to: s}]}}
groups: {team: {agents: 1, work_at: leeds, phones: pbx, access: private}}
";
    let says = |site: &str| explained(&plan.replace("SITE", site), "");
    assert_says(&says("dc"), "PRV-07 fw does not let workstations in to PBX x");
    assert_says(&says("leeds"), "PRV-07 fw does not let workstations out to PBX x");
}

#[test]
fn open_access_that_is_not_allowed_is_said_once() {
    let plan = |access: &str| {
        format!(
            "sites: {{home: {{kind: homes}}}}\n\
             cloud:\n  access:\n    open_access: [agent-desktop, crm-desktop, webrtc-signalling]\n\
             \x20   direct_urls: {{services: [agent-desktop, crm-desktop]}}\n{access}\
             \x20 services: {{crm-desktop: {{open_access: approved}}}}\n\
             groups: {{team: {{agents: 1, work_at: home, phones: webrtc-embedded, \
             access: internet, enters_by: direct, apps: {{agent-desktop: required, \
             crm-desktop: required}}}}}}\n"
        )
    };
    let forbidden = "    sso: {provider: cloud}\n    mfa: true\n    off_site_data: forbidden\n";
    let says = "INT-09 agent-desktop, crm-desktop and webrtc-signalling are not open to the \
                Internet while off-site data is forbidden (plan.yaml:9)";
    assert_says(&explained(&plan(forbidden), ""), says);
    let says = "are not open to the Internet while there is no single sign-on (plan.yaml:5)";
    assert_says(&explained(&plan("    mfa: true\n"), ""), says);
}

#[test]
fn a_single_address_is_shown_as_one() {
    let plan = |egress: &str| {
        format!(
            "sites: {{leeds: {{kind: office}}}}\n\
             circuits: {{leeds-net: {{from: leeds, to: internet, egress: {egress}}}}}\n\
             groups: {{team: {{agents: 1, work_at: leeds, phones: pstn, access: internet}}}}\n"
        )
    };
    let says = "INT-05 203.0.113.7 is not routed on the Internet (plan.yaml:3)";
    assert_says(&explained(&plan("203.0.113.7"), ""), says);
    assert_says(&explained(&plan("203.0.113.0/28"), ""), "INT-05 203.0.113.0/28 is not routed");
}

#[test]
fn every_refusal_that_a_line_of_the_plan_decides_names_it() {
    let plan = |phones: &str, more: &str| {
        format!(
            "sites: {{leeds: {{kind: office}}, home: {{kind: homes}}}}\n\
             circuits: {{leeds-net: {{from: leeds, to: internet}}}}\n\
             groups:\n  team:\n    agents: 1\n    work_at: home\n    phones: [{phones}]\n\
             \x20   access: [internet]\n{more}"
        )
    };
    // PHN-06: the phone that is not provisioned.
    let mobile = "phones: {mobile: {kind: pstn, rings: mobile}}\n";
    let office = plan("pstn, mobile", mobile).replace("work_at: home", "work_at: leeds");
    let text = explained(&office, "");
    assert_says(&text, "(PHN-06): mobile is not provisioned for team (plan.yaml:8)");
    // The six built-in phones have no line of their own.
    let hard = explained(&plan("sip-phone", ""), "");
    assert_says(
        &hard,
        "PHN-03 sip-phone is a hard phone on an office's private network (plan.yaml:8)",
    );
    let desk = plan("pstn", "").replace("work_at: home", "work_at: leeds");
    assert_says(&explained(&desk, ""), "write `rings: desk` or `rings: mobile` (plan.yaml:8)");
    // Who is known stands in `access`, in `cloud`, or nowhere.
    let says = "INT-04, INT-08 the Portal, the login and agent-desktop accept known addresses \
                only, and a home address is not one";
    assert_says(&explained(&plan("pstn", ""), ""), &format!("{says} (plan.yaml:9)"));
    let cloud = plan("pstn", "cloud:\n  domain: cloud.example\n");
    assert_says(&explained(&cloud, ""), &format!("{says} (plan.yaml:10)"));
    let access = explained(&format!("{cloud}  access: {{mfa: true}}\n"), "");
    assert_says(&access, &format!("{says} (plan.yaml:12)"));
    // PHN-01: the carriers that there are.
    let carrier = "carriers:\n  tellus: {role: customers}\n";
    let text = explained(&plan("pstn", carrier), "");
    assert_says(
        &text,
        "PHN-01 no carrier takes calls to agents' phones at the cloud (plan.yaml:11)",
    );
}

/// What nobody knows of batteries and of pools may be why, though no rule refuses.
#[test]
fn unknowns_behind_what_is_down_or_full_are_listed() {
    let here = tempfile::tempdir().unwrap();
    let plan = "outlast: 1
sites: {a: {kind: office, power: {feeds: [grid], ups: unknown}, uses: {laptops: 1}}}
circuits: {an: {from: a, to: internet}}
pools: {laptops: unknown}
groups: {team: {agents: 1, work_at: a, phones: webrtc-embedded, access: internet}}
";
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    let scenario = "outlast-scenario: 1\nname: S\nevents: [{at: 0min, fail: grid}]\n";
    fs::write(here.path().join("s.yaml"), scenario).unwrap();
    let words = ["explain", "./plan.yaml", "./s.yaml", "--group", "team", "--details"];
    let mut outlast = Command::cargo_bin("outlast").unwrap();
    let output = outlast.current_dir(here.path()).args(words).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_says(&text, "ups:a");
    assert_says(&text, "count:laptops");
}
