//! Facts that a plan does not give are assumptions of what used them: of who
//! works, and of what leaves people without a way.

use std::collections::BTreeSet;

use outlast_engine::{Held, Scope, State, Steering, assess};
use outlast_models::Id;
use outlast_models::units::WeekHour;
use outlast_tests::small::problem;

fn assumed(plan: &str) -> (u64, BTreeSet<String>) {
    let problem = problem(&format!("outlast: 1\nname: assumed\n{plan}")).unwrap();
    let state = State::normal(WeekHour(0));
    let out = assess(&problem, &state, &Held::default(), Scope::Moved, Steering::LeftAlone);
    (out.working(), out.assumptions)
}

const SIP: &str = "sites: {office: {kind: office}}
networks: {mpls: {}}
circuits: {office-mpls: {from: office, to: mpls, conduit: unknown}}
groups: {team: {agents: 10, work_at: [office], phones: sip-softphone}}
";

#[test]
fn an_unknown_timeout_and_duct_are_named_with_those_who_stand_on_them() {
    let (working, all) = assumed(&format!(
        "{SIP}firewalls: {{fw: {{site: office, guards: mpls, udp_idle: unknown}}}}\n"
    ));
    assert_eq!(working, 10);
    assert!(all.contains("udp_idle:fw"), "{all:?}");
    assert!(all.contains("conduit:office-mpls"), "{all:?}");
}

#[test]
fn what_strands_people_is_named_too() {
    let (working, all) = assumed(&format!(
        "{SIP}firewalls: {{fw: {{site: office, guards: mpls, udp_idle: 60s}}}}\n"
    ));
    assert_eq!(working, 0);
    assert!(all.contains("short_udp_timeout_breaks"), "{all:?}");
    assert!(!all.contains("udp_idle:fw"), "{all:?}");
}

#[test]
fn inspection_and_known_sources_are_taken_for_granted() {
    let (working, all) = assumed(
        "sites: {office: {kind: office}}
circuits: {office-net: {from: office, to: internet}}
firewalls: {fw: {site: office, guards: internet, dpi: {turn: unknown}}}
groups: {team: {agents: 10, work_at: [office], phones: webrtc-embedded}}
",
    );
    assert_eq!(working, 10);
    for id in ["dpi:fw", "known_sources"] {
        assert!(all.contains(id), "{id}: {all:?}");
    }
}

#[test]
fn a_virtual_desktop_is_supported_by_assumption() {
    let (working, all) = assumed(
        "sites: {office: {kind: office}}
circuits: {office-net: {from: office, to: internet}}
networks: {mpls: {}}
vdi: {farm: {site: office, platform: citrix-7, adapter: unknown, server: windows-2022}}
groups:
  team:
    agents: 10
    work_at: [office]
    phones: webrtc-softphone
    access: [farm]
",
    );
    assert_eq!(working, 10);
    for id in ["vdi_adapter:farm", "vdi_other_server:farm", "reached_over:farm"] {
        assert!(all.contains(id), "{id}: {all:?}");
    }
}

/// What nobody knows is listed with whoever stands on it, though no rule asks.
#[test]
fn what_is_unknown_of_a_component_is_named_with_those_who_stand_on_it() {
    let plan = |unknown: &str| {
        format!(
            "sites:
  office: {{kind: office}}
  other: {{kind: office, power: {{feeds: unknown}}}}
networks: {{mpls: {{routed: unknown}}, wan: {{routed: unknown}}}}
circuits: {{office-mpls: {{from: office, to: mpls, admission: {unknown}}}}}
groups: {{team: {{agents: 10, work_at: [office], phones: sip-softphone, provisioned: unknown}}}}
"
        )
    };
    let (working, all) = assumed(&plan("unknown"));
    assert_eq!(working, 10);
    for id in ["admission:office-mpls", "routed:mpls", "provisioned:team"] {
        assert!(all.contains(id), "{id}: {all:?}");
    }
    for id in ["feeds:other", "routed:wan"] {
        assert!(!all.contains(id), "{id}: {all:?}");
    }
    let (_, all) = assumed(&plan("cac"));
    assert!(!all.contains("admission:office-mpls"), "{all:?}");
}

/// A reading that does not favour working strands people, and is why.
#[test]
fn an_unknown_platform_strands_those_in_it() {
    let (working, all) = assumed(
        "sites: {office: {kind: office}}
networks: {mpls: {}}
circuits: {office-mpls: {from: office, to: mpls}}
vdi: {farm: {site: office, platform: unknown}}
groups: {team: {agents: 10, work_at: [office], phones: sip-softphone, access: [farm]}}
",
    );
    assert_eq!(working, 0);
    assert!(all.contains("platform:farm"), "{all:?}");
}

#[test]
fn a_block_without_addresses_to_compare_with_is_an_assumption() {
    let (working, all) = assumed(
        "sites: {office: {kind: office}}
networks: {mpls: {}}
circuits: {office-mpls: {from: office, to: mpls}}
firewalls: {fw: {site: office, guards: mpls, allow: [{to: [10.0.0.0/8]}]}}
groups: {team: {agents: 10, work_at: [office], phones: sip-softphone}}
",
    );
    assert_eq!(working, 0);
    for id in ["addresses:sbc", "addresses:services-private"] {
        assert!(all.contains(id), "{id}: {all:?}");
    }
}

/// Nobody's first place has no seats, unless the plan says how many.
#[test]
fn seats_that_are_not_given_are_named_with_those_who_find_none() {
    let plan = "outlast: 1
sites: {office: {kind: office}, other: {kind: office}}
circuits:
  office-net: {from: office, to: internet}
  other-net: {from: other, to: internet}
groups: {team: {agents: 10, work_at: [office, other], phones: webrtc-embedded}}
";
    let problem = problem(plan).unwrap();
    let mut state = State::normal(WeekHour(0));
    state.fail([Id::new("office")]);
    let out = assess(&problem, &state, &Held::default(), Scope::Moved, Steering::LeftAlone);
    assert_eq!(out.working(), 0);
    assert!(out.assumptions.contains("seats:other"), "{:?}", out.assumptions);
}

#[test]
fn what_plans_leave_out_is_named_once_for_all_that_use_it() {
    let plan = |battery: &str| {
        format!(
            "sites: {{office: {{kind: office, power: {{feeds: [grid]}}}}}}
circuits: {{office-net: {{from: office, to: internet}}}}
phones: {{cell: {{kind: pstn, rings: mobile{battery}}}}}
groups: {{team: {{agents: 10, work_at: [office], phones: cell}}}}
"
        )
    };
    let (working, all) = assumed(&plan(""));
    assert_eq!(working, 10);
    for id in ["mobile_battery", "one_mobile_operator", "ipv4_lines"] {
        assert!(all.contains(id), "{id}: {all:?}");
    }
    for id in ["power_never_lost", "firewalls_as_asked", "pstn_rings_at_home"] {
        assert!(!all.contains(id), "{id}: {all:?}");
    }
    let (_, all) = assumed(&plan(", battery: 4h"));
    assert!(!all.contains("mobile_battery"), "{all:?}");
}

#[test]
fn a_split_tunnel_that_is_silent_of_the_exchange_is_an_assumption() {
    let (working, all) = assumed(
        "sites: {dc: {kind: data-center}, homes: {kind: homes}}
networks: {mpls: {}}
circuits:
  dc-mpls: {from: dc, to: mpls}
  dc-net: {from: dc, to: internet}
vpn: {gateway: {site: dc, tunnel: split, include: [services-private]}}
telephony:
  sbcs: {sbc: {site: dc}}
  pbxs: {exchange: {site: dc, sbc: sbc}}
  trunks: {trunk: {sbc: sbc, network: mpls}}
phones: {pbx: {off_site: softphone-by-vpn}}
groups: {team: {agents: 10, work_at: [homes], phones: pbx, access: gateway}}
",
    );
    assert_eq!(working, 10);
    assert!(all.contains("split_takes_own_systems"), "{all:?}");
}

/// A line whose capacity is not given is one without limit, by assumption of those
/// who use it.
#[test]
fn the_capacity_of_a_line_in_use_is_named() {
    let (working, all) = assumed(
        "sites: {office: {kind: office}, other: {kind: office}}
circuits: {office-net: {from: office, to: internet}, other-net: {from: other, to: internet}}
groups: {team: {agents: 10, work_at: [office, other], phones: webrtc-embedded}}
",
    );
    assert_eq!(working, 10);
    assert!(all.contains("capacity:office-net"), "{all:?}");
    assert!(!all.contains("capacity:other-net"), "{all:?}");
}

/// Who finds no room for calls: what the firewall on their way does is behind that; what
/// their desktop goes by, and what they have been given, is not.
#[test]
fn what_those_stand_on_who_find_no_room_is_named() {
    let (working, all) = assumed(
        "sites: {small: {kind: office, seats: 20}}
networks: {mpls: {}}
circuits:
  small-mpls: {from: small, to: mpls, admission: cac, capacity: 1kbps}
  small-net: {from: small, to: internet, conduit: unknown}
firewalls: {fw: {site: small, guards: mpls, udp_idle: unknown}}
groups:
  team:
    {agents: 10, work_at: small, access: internet, phones: sip-softphone, provisioned: unknown}
",
    );
    assert_eq!(working, 0);
    assert!(all.contains("udp_idle:fw"), "{all:?}");
    for id in ["conduit:small-net", "provisioned:team"] {
        assert!(!all.contains(id), "{id}: {all:?}");
    }
}

/// An office with a private network and the Internet, and a data center.
const OFFICE: &str = "sites: {office: {kind: office}, dc: {kind: data-center}}
networks: {mpls: {}}
circuits:
  office-mpls: {from: office, to: mpls}
  office-net: {from: office, to: internet}
  dc-net: {from: dc, to: internet}
";

/// Plans that differ in one word: with the first an id is listed, with the second not.
fn told_apart(id: &str, plan: &str, words: [&str; 2]) {
    let listed = words.map(|word| {
        let (_, all) = assumed(&format!("{OFFICE}{}", plan.replace("WORD", word)));
        all.contains(id)
    });
    assert_eq!(listed, [true, false], "{id}");
}

#[test]
fn a_figure_is_named_where_something_uses_it() {
    let team = "groups: {team: {agents: 10, work_at: office, media: [digital], apps: WORD}}";
    told_apart("desktop_traffic", team, ["{agent-desktop: required}", "{wfm: required}"]);
    let recording = "groups:
  team:
    {agents: 10, work_at: office, media: [digital], recording: {required: true, screens: WORD, version: 9.0.0.0}}";
    told_apart("recording_one_screen", recording, ["1", "2"]);
    told_apart("recording_two_screens", recording, ["2", "1"]);
    let farm = "vdi: {farm: {site: office, platform: citrix-7WORD}}
groups: {team: {agents: 10, work_at: office, media: [digital], access: farm}}";
    told_apart("vdi_per_session", farm, ["", ", per_session: 150kbps"]);
}

#[test]
fn a_port_is_named_where_a_firewall_lists_what_it_lets_through() {
    let strict = "workstations: {pc: {revocation: hard-fail}}
firewalls: {fw: {site: office, guards: internetWORD}}
groups: {team: {agents: 10, work_at: office, media: [digital]}}";
    told_apart("crl_port", strict, [", allow: [{to: any}]", ""]);
    let farm = "vdi: {farm: {site: dc, platform: citrix-7, reached_over: [internet]}}
firewalls: {fw: {site: office, guards: internetWORD}}
groups: {team: {agents: 10, work_at: office, media: [digital], access: farm}}";
    told_apart("session_port", farm, [", allow: [{to: any}]", ""]);
}

#[test]
fn a_list_without_blocks_asks_for_no_addresses() {
    let plan = "firewalls: {fw: {site: office, guards: internet, allow: [{to: [WORD]}]}}
groups: {team: {agents: 10, work_at: office, media: [digital], access: internet}}";
    told_apart("addresses:services", plan, ["20.1.0.0/16", "turn"]);
}

#[test]
fn what_is_unknown_of_a_service_is_named_with_those_who_use_it() {
    let plan = "cloud: {services: {wfm: {networks: unknown, authentication: unknown}}}
groups: {team: {agents: 10, work_at: office, media: [digital], apps: {WORD: required}}}";
    for id in ["service_networks:wfm", "service_login:wfm"] {
        told_apart(id, plan, ["wfm", "agent-desktop"]);
    }
}

#[test]
fn an_sbc_for_which_no_carrier_is_named_reaches_the_telephone_network_by_assumption() {
    let plan = "telephony:
  sbcs: {sbc: {site: office}}
  trunks: {trunk: {sbc: sbc, network: mpls}}
carriers: {tellus: {hands_over: WORD, role: agents}}
phones: {pstn: {rings: desk, via: [sbc]}}
groups: {team: {agents: 10, work_at: office, phones: pstn}}";
    told_apart("pstn_without_carrier", plan, ["cloud", "sbc"]);
}
