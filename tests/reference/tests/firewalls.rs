//! Firewalls: INT-01 to INT-03, PRV-03, PRV-05, PRV-07.

mod common;

use common::{Case, OFFICE, case, failed, group, one, rules};
use outlast_reference::{Failure, WayState::*};

const ADDRESSES: &str = "
cloud:
  addresses:
    services: [50.1.2.0/24]
    services-private: [10.9.1.0/24]
    sbc: [50.2.1.0/24]
    turn: [50.3.1.0/24]
";

fn guarded(firewall: &str, keys: &str) -> Case {
    let firewalls = format!("firewalls: {{fw: {{site: leeds, {firewall}}}}}\n");
    case(&[OFFICE, ADDRESSES, &firewalls, &group(keys)])
}

const WEB: &str = "work_at: [leeds], media: [digital], access: [internet]";
const PRIVATE: &str = "work_at: [leeds], media: [digital], access: [private]";
const SIP: &str = "work_at: [leeds], phones: [sip-softphone], access: [private], apps: {}";
const WEBRTC: &str = "work_at: [leeds], phones: [webrtc-embedded], access: [internet]";

#[test]
fn int_01_addresses_of_today_refuse_once_they_have_rotated() {
    let rotated = Failure { rotated: true, ..Failure::default() };
    for word in ["{resolved: 2026-09-01}", "50.1.0.0/16"] {
        let case = guarded(&format!("guards: internet, allow: [{{to: [{word}]}}]"), WEB);
        assert_eq!(case.first(), Live, "{word}");
        assert_eq!(case.first_in(&rotated), rules(&["INT-01"]), "{word}");
    }
    let by_name = guarded("guards: internet, allow: [{to: services}]", WEB);
    assert_eq!(by_name.first_in(&rotated), Live);
}

#[test]
fn int_01_a_rule_by_name_beside_it_saves_the_flow() {
    let rotated = Failure { rotated: true, ..Failure::default() };
    let both = "guards: internet, allow: [{to: [50.1.0.0/16]}, {to: cloud-domain}]";
    assert_eq!(guarded(both, WEB).first_in(&rotated), Live);
}

#[test]
fn int_01_turn_s_addresses_are_stable() {
    let rotated = Failure { rotated: true, ..Failure::default() };
    let case = guarded("guards: internet, allow: [{to: [services, 50.3.0.0/16]}]", WEBRTC);
    assert_eq!(case.first_in(&rotated), Live);
}

#[test]
fn int_02_what_goes_out_must_be_allowed() {
    for (words, open) in [
        ("any", true),
        ("services", true),
        ("cloud-domain", true),
        ("[portal, authentication, agent-desktop]", true),
        ("[portal, authentication]", false),
        ("services-private", false),
        ("turn", false),
        ("50.1.2.0/25", false),
        ("50.1.0.0/16", true),
    ] {
        let case = guarded(&format!("guards: internet, allow: [{{to: {words}}}]"), WEB);
        assert_eq!(case.first(), if open { Live } else { rules(&["INT-02"]) }, "{words}");
    }
}

#[test]
fn int_02_the_sender_and_the_port_must_match() {
    for (rule, open) in [
        ("{from: workstations, to: any}", true),
        ("{from: proxies, to: any}", false),
        ("{to: any, tcp: 443}", true),
        ("{to: any, tcp: 80}", false),
        ("any-443", true),
    ] {
        let case = guarded(&format!("guards: internet, allow: [{rule}]"), WEB);
        assert_eq!(case.first(), if open { Live } else { rules(&["INT-02"]) }, "{rule}");
    }
}

#[test]
fn int_02_covers_turn_too() {
    let only_services = guarded("guards: internet, allow: [{to: services}]", WEBRTC);
    assert_eq!(only_services.first(), rules(&["INT-02"]));
    let both = guarded("guards: internet, allow: [{to: [services, turn]}]", WEBRTC);
    assert_eq!(both.first(), Live);
}

#[test]
fn int_02_without_a_list_a_firewall_is_as_the_guide_asks_but_must_be_up() {
    let case = guarded("guards: internet", WEB);
    assert_eq!(case.first(), Live);
    assert_eq!(case.first_in(&failed(&["fw"])), Down);
    assert_eq!(guarded("guards: mpls", WEB).first_in(&failed(&["fw"])), Live);
}

#[test]
fn int_02_every_firewall_on_the_way_counts() {
    let sites = "
sites:
  leeds: {kind: office}
  dc: {kind: data-center}
networks: {wan: {kind: private, cloud_regions: []}}
circuits:
  leeds-wan: {from: leeds, to: wan}
  dc-wan: {from: dc, to: wan}
  dc-net: {from: dc, to: internet}
exits: {leeds: {internet: [dc]}}
";
    let with = |firewall: &str| {
        let firewalls = format!("firewalls: {{fw: {{{firewall}}}}}\n");
        case(&[sites, &firewalls, &group(WEB)]).first()
    };
    assert_eq!(with("site: leeds, guards: wan, allow: [{to: turn}]"), rules(&["INT-02"]));
    // Coming in as well: on the WAN too it is a flow to the Internet.
    assert_eq!(with("site: dc, guards: wan, allow: [{to: turn}]"), rules(&["INT-02"]));
    assert_eq!(with("site: dc, guards: wan, allow: [{to: services-private}]"), rules(&["INT-02"]));
    assert_eq!(with("site: dc, guards: wan, allow: [{to: services}]"), Live);
    // The sender stays who it is.
    assert_eq!(
        with("site: dc, guards: wan, allow: [{from: proxies, to: any}]"),
        rules(&["INT-02"])
    );
    assert_eq!(with("site: dc, guards: internet, allow: [{to: turn}]"), rules(&["INT-02"]));
}

#[test]
fn int_03_turn_must_not_be_inspected() {
    let case = guarded("guards: internet, dpi: {turn: true}", WEBRTC);
    assert_eq!(case.first(), rules(&["INT-03"]));
    let plain = guarded("guards: internet", WEBRTC);
    assert_eq!(plain.first(), Live);
    let spoiled = Failure { turn_inspected: one("fw"), ..Failure::default() };
    assert_eq!(plain.first_in(&spoiled), rules(&["INT-03"]));
    assert_eq!(guarded("guards: internet, dpi: {turn: true}", WEB).first(), Live);
}

#[test]
fn prv_03_the_udp_timeout_is_at_least_140_seconds() {
    for (idle, open) in [("139s", false), ("140s", true), ("180s", true)] {
        let case = guarded(&format!("guards: mpls, udp_idle: {idle}"), SIP);
        assert_eq!(case.first(), if open { Live } else { rules(&["PRV-03"]) }, "{idle}");
    }
    let short = Failure { udp_idle_short: one("fw"), ..Failure::default() };
    assert_eq!(guarded("guards: mpls", SIP).first_in(&short), rules(&["PRV-03"]));
    assert_eq!(guarded("guards: internet, udp_idle: 60s", SIP).first(), Live);
    assert_eq!(guarded("guards: mpls, udp_idle: 60s", PRIVATE).first(), Live);
}

#[test]
fn prv_05_https_to_the_private_side_must_be_allowed() {
    for (words, open) in
        [("services-private", true), ("10.9.0.0/16", true), ("services", false), ("sbc", false)]
    {
        let case = guarded(&format!("guards: mpls, allow: [{{to: [{words}]}}]"), PRIVATE);
        assert_eq!(case.first(), if open { Live } else { rules(&["PRV-05"]) }, "{words}");
    }
}

#[test]
fn prv_07_sip_and_media_must_be_allowed() {
    for (rule, open) in [
        ("{to: sbc}", true),
        ("{to: [sbc-signalling, sbc-media]}", true),
        ("{to: sbc-signalling}", false),
        ("{to: [50.2.0.0/16]}", true),
        ("any", true),
        ("any-443", false),
    ] {
        let case = guarded(&format!("guards: mpls, allow: [{rule}]"), SIP);
        assert_eq!(case.first(), if open { Live } else { rules(&["PRV-07"]) }, "{rule}");
    }
}

#[test]
fn prv_07_inbound_must_name_the_sbc_of_a_trunk() {
    let telephony = "
telephony:
  sbcs: {sbc-a: {site: leeds}, sbc-b: {site: leeds}}
  trunks: {trunk: {sbc: sbc-a, network: mpls}}
  pbxs: {pbx-a: {site: leeds, sbc: sbc-a}}
";
    let with = |firewall: &str| {
        let firewalls = format!("firewalls: {{fw: {{site: leeds, guards: mpls{firewall}}}}}\n");
        let team = group("work_at: [leeds], phones: [pbx], access: [internet], apps: {}");
        case(&[OFFICE, telephony, &firewalls, &team]).first()
    };
    assert_eq!(with(", inbound: [{to: sbc-b}]"), rules(&["PRV-07"]));
    assert_eq!(with(", inbound: [{to: sbc-a}]"), Live);
    assert_eq!(with(""), Live);
    assert_eq!(with(", allow: [{to: turn}]"), Live);
}

/// An office whose ways out lead through a data center, with a firewall there.
fn through_dc(firewall: &str, keys: &str) -> Case {
    let sites = "
sites:
  leeds: {kind: office}
  dc: {kind: data-center}
networks:
  wan: {kind: private, cloud_regions: []}
  mpls: {kind: private}
circuits:
  leeds-wan: {from: leeds, to: wan}
  dc-wan: {from: dc, to: wan}
  dc-net: {from: dc, to: internet}
  dc-mpls: {from: dc, to: mpls}
exits: {leeds: {internet: [dc], private: [dc]}}
proxies: {gate: {site: dc, names: [\"gate.example:80\"]}}
";
    let firewalls = format!("firewalls: {{fw: {{site: dc, {firewall}}}}}\n");
    case(&[sites, &firewalls, &group(keys)])
}

#[test]
fn inspection_and_idle_timeouts_count_both_ways() {
    let sip = "work_at: [leeds], phones: [sip-softphone], access: [private], apps: {}";
    let webrtc = "work_at: [leeds], phones: [webrtc-embedded], access: [internet]";
    let inspects = through_dc("guards: wan, dpi: {turn: true}", webrtc);
    assert_eq!(inspects.first(), rules(&["INT-03"]));
    assert_eq!(through_dc("guards: wan, udp_idle: 60s", sip).first(), rules(&["PRV-03"]));
}

#[test]
fn coming_in_a_flow_must_be_allowed_as_going_out() {
    let sip = "work_at: [leeds], phones: [sip-softphone], access: [private], apps: {}";
    let by_proxy = "work_at: [leeds], media: [digital], access: [gate]";
    let rotated = Failure { rotated: true, ..Failure::default() };
    for (words, keys, refused) in [
        ("proxies", sip, Some("PRV-07")),
        ("sbc", sip, None),
        ("proxies", PRIVATE, Some("PRV-05")),
        ("services", PRIVATE, Some("PRV-05")),
        ("services-private", PRIVATE, None),
        // To the proxy, whatever lies behind it.
        ("services", by_proxy, Some("PRV-05")),
        ("gate", by_proxy, None),
        ("{resolved: 2026-09-01}", WEB, None),
    ] {
        let case = through_dc(&format!("guards: wan, allow: [{{to: [{words}]}}]"), keys);
        let expected = refused.map_or(Live, |rule| rules(&[rule]));
        assert_eq!(case.first(), expected, "{words} {keys}");
    }
    let today = through_dc("guards: wan, allow: [{to: [{resolved: 2026-09-01}]}]", WEB);
    assert_eq!(today.first_in(&rotated), rules(&["INT-01"]));
}

#[test]
fn a_firewall_before_a_component_stands_on_the_stretches_of_that_component_alone() {
    let by_proxy = "work_at: [leeds], media: [digital], access: [gate]";
    let direct = "work_at: [leeds], media: [digital], access: [internet]";
    // Into the data center to the proxy, and out of it from the proxy.
    for (guards, keys, passed) in [
        ("guards: wan, before: gate", by_proxy, true),
        ("guards: internet, before: gate", by_proxy, true),
        ("guards: internet, before: gate", direct, false),
        ("guards: wan, before: gate", direct, false),
        ("guards: internet, before: dc-net", direct, true),
        ("guards: internet, before: dc-mpls", direct, false),
        ("guards: wan, before: dc-net", direct, true),
    ] {
        let lost = through_dc(guards, keys).first_in(&failed(&["fw"]));
        assert_eq!(lost, if passed { Down } else { Live }, "{guards} {keys}");
    }
    // To the proxy the circuit to the Internet is not on the way; from it on it is.
    let stretch = through_dc("guards: wan, before: dc-net", by_proxy);
    assert_eq!(stretch.first_in(&failed(&["fw"])), Live);
}

#[test]
fn a_firewall_before_a_component_is_passed_only_on_its_way() {
    let vpn = "vpn: {vpn: {site: leeds, tunnel: full}}\n";
    let firewalls =
        "firewalls: {fw: {site: leeds, guards: internet, before: vpn, allow: [{to: turn}]}}\n";
    let keys = "work_at: [leeds, homes], media: [digital], access: [internet, vpn]";
    let case = case(&[OFFICE, vpn, firewalls, &group(keys)]);
    let ways = case.ways(&Failure::default());
    assert_eq!(ways[0].state, Live);
    let lost = case.ways(&failed(&["fw"]));
    assert_eq!(lost[0].state, Live);
    let home = |ways: &[outlast_reference::Way]| {
        ways.iter().find(|w| w.place == "homes" && w.access == "vpn").unwrap().state.clone()
    };
    // Private goes first and is a free alternative.
    assert_eq!(home(&ways), Live);
    assert_eq!(home(&lost), Down);
}

/// An office with two circuits to the Internet, a firewall before the first.
fn two_circuits(firewall: &str) -> Case {
    let two = OFFICE.replace(
        "leeds-net: {from: leeds, to: internet}",
        "a: {from: leeds, to: internet}\n  b: {from: leeds, to: internet}",
    );
    let firewalls =
        format!("firewalls: {{fw: {{site: leeds, guards: internet, before: a{firewall}}}}}\n");
    case(&[&two, &firewalls, &group(WEB)])
}

#[test]
fn a_firewall_before_a_circuit_stands_with_that_circuit() {
    let plain = two_circuits("");
    // Down, it takes its circuit along, and the next takes over.
    assert_eq!(plain.first_in(&failed(&["fw"])), Live);
    assert_eq!(plain.first_in(&failed(&["fw", "b"])), Down);
    assert_eq!(plain.first_in(&failed(&["a", "b"])), Down);
    // What it does not let through is refused while its circuit is in use.
    let closed = two_circuits(", allow: [{to: turn}]");
    assert_eq!(closed.first(), rules(&["INT-02"]));
    assert_eq!(closed.first_in(&failed(&["a"])), Live);
    assert_eq!(closed.first_in(&failed(&["fw"])), Live);
    assert_eq!(closed.first_in(&failed(&["b"])), rules(&["INT-02"]));
}

#[test]
fn what_needs_a_circuit_needs_the_firewall_before_it() {
    let firewalls = "firewalls: {fw: {site: leeds, guards: internet, before: leeds-net}}\n";
    let vpn = "vpn: {tun: {site: leeds, tunnel: full, needs: [leeds-net]}}\n";
    let team = group("work_at: [leeds], media: [digital], access: [tun]");
    let case = case(&[OFFICE, firewalls, vpn, &team]);
    assert_eq!(case.first(), Live);
    assert_eq!(case.first_in(&failed(&["fw"])), Down);
}
