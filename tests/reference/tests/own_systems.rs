//! What lists say of the company's own systems: sessions with VPN gateways and
//! virtual desktops, calls to PBXs.

mod common;

use common::{Case, OFFICE, case, failed, group, rules};
use outlast_reference::{Failure, WayState, WayState::*};

/// An office and a data center on a WAN, both on the Internet; `mpls` reaches
/// the cloud from the data center.
const TWO: &str = "
sites:
  leeds: {kind: office}
  dc: {kind: data-center}
  homes: {kind: homes, region: north}
networks:
  wan: {kind: private, cloud_regions: []}
  mpls: {kind: private}
circuits:
  leeds-net: {from: leeds, to: internet}
  leeds-wan: {from: leeds, to: wan}
  dc-wan: {from: dc, to: wan}
  dc-net: {from: dc, to: internet}
  dc-mpls: {from: dc, to: mpls}
";

const FARM: &str = "vdi: {farm: {site: dc, platform: citrix-7, reached_over: [wan]}}\n";
const TUN: &str = "vpn: {tun: {site: dc, tunnel: full}}\n";
const SWITCH: &str = "
telephony:
  sbcs: {sbc: {site: dc}}
  trunks: {trunk: {sbc: sbc, network: mpls}}
  pbxs: {switch: {site: dc, sbc: sbc}}
";

fn guarded(parts: &[&str], firewall: &str, keys: &str) -> Case {
    let firewalls = format!("firewalls: {{fw: {{{firewall}}}}}\n");
    let team = group(keys);
    let mut all = vec![TWO];
    all.extend(parts);
    all.extend([firewalls.as_str(), team.as_str()]);
    case(&all)
}

/// Each rule of `allow` at this place, and whether it lets through.
fn each(parts: &[&str], at: &str, keys: &str, refusal: &str, said: &[(&str, bool)]) {
    for (rule, open) in said {
        let state = guarded(parts, &format!("{at}, allow: [{rule}]"), keys).first();
        let expected = if *open { Live } else { rules(&[refusal]) };
        assert_eq!(state, expected, "{at} {rule}");
    }
}

fn at(case: &Case, place: &str, failure: &Failure) -> WayState {
    case.ways(failure).into_iter().find(|way| way.place == place).expect("a way there").state
}

const BY_VPN: &str = "work_at: [leeds], media: [digital], access: [tun]";
const BY_FARM: &str = "work_at: [leeds], media: [digital], access: [farm]";
const DESK: &str = "work_at: [leeds], phones: [pbx], access: [internet], apps: {}";

#[test]
fn int_02_a_tunnel_goes_out_by_its_own_word() {
    each(
        &[TUN],
        "site: leeds, guards: internet",
        BY_VPN,
        "INT-02",
        &[
            ("any", true),
            ("any-443", true),
            ("{to: vpns}", true),
            ("{to: tun}", true),
            ("{from: workstations, to: vpns, tcp: 443}", true),
            ("{to: vpns, tcp: 8443}", false),
            ("{from: proxies, to: vpns}", false),
            ("{to: [services, vdis, pbxs, turn, proxies]}", false),
        ],
    );
}

#[test]
fn int_02_another_gateway_s_id_is_not_this_one_s() {
    let two = "vpn: {tun: {site: dc, tunnel: full}, other: {site: dc, tunnel: full}}\n";
    each(&[two], "site: leeds, guards: internet", BY_VPN, "INT-02", &[("{to: other}", false)]);
}

#[test]
fn a_tunnel_that_comes_in_from_the_internet_is_no_matter_of_lists() {
    // Private goes by the data center's MPLS; the list is at its Internet edge.
    let at_gateway = guarded(&[TUN], "site: dc, guards: internet, allow: [{to: turn}]", BY_VPN);
    assert_eq!(at_gateway.first(), Live);
    assert_eq!(at_gateway.first_in(&failed(&["fw"])), Down);
}

#[test]
fn int_02_a_tunnel_that_leaves_by_another_site_passes_both_ends_of_the_wan() {
    let by_dc = "exits: {leeds: {internet: [dc]}}\n";
    for place in ["site: leeds, guards: wan", "site: dc, guards: wan"] {
        let said = [("{to: vpns}", true), ("{to: services}", false)];
        each(&[TUN, by_dc], place, BY_VPN, "INT-02", &said);
    }
    // At the edge of the data center it goes out before it comes in.
    let said = [("{to: vpns}", true), ("{to: services}", false)];
    each(&[TUN, by_dc], "site: dc, guards: internet", BY_VPN, "INT-02", &said);
}

#[test]
fn prv_05_a_session_with_a_desktop_passes_both_ends_of_a_wan() {
    for place in ["site: leeds, guards: wan", "site: dc, guards: wan"] {
        each(
            &[FARM],
            place,
            BY_FARM,
            "PRV-05",
            &[
                ("any", true),
                ("any-443", true),
                ("{to: vdis}", true),
                ("{to: farm}", true),
                ("{from: workstations, to: farm, tcp: 443}", true),
                ("{to: farm, tcp: 1494}", false),
                ("{from: proxies, to: any}", false),
                ("{to: [services-private, services, vpns, pbxs]}", false),
            ],
        );
    }
}

#[test]
fn int_02_a_session_over_the_internet_is_asked_for_where_it_leaves_alone() {
    let farm = FARM.replace("[wan]", "[internet]");
    let said = [("{to: vdis}", true), ("{to: [services, vpns]}", false)];
    each(&[&farm], "site: leeds, guards: internet", BY_FARM, "INT-02", &said);
    // Into the site of the desktops no list speaks of it, nor of homes.
    let inward = guarded(&[&farm], "site: dc, guards: internet, allow: [{to: services}]", BY_FARM);
    assert_eq!(inward.first(), Live);
    let homes = BY_FARM.replace("leeds", "homes");
    let inward = guarded(&[&farm], "site: dc, guards: internet, allow: [{to: services}]", &homes);
    assert_eq!(inward.first(), Live);
}

#[test]
fn prv_05_a_session_goes_on_from_the_gateway_by_the_same_word() {
    let tun = "vpn: {tun: {site: leeds, tunnel: split, include: [sbc]}}\n";
    let farm = FARM.replace("[wan]", "[tun]");
    let keys = "work_at: [homes], media: [digital], access: [farm]";
    let by_tunnel = |rule: &str| {
        let firewall = format!("site: dc, guards: wan, allow: [{rule}]");
        let case = guarded(&[tun, &farm], &firewall, keys);
        let ways = case.ways(&Failure::default());
        ways.into_iter().find(|way| way.vpn.is_some()).expect("one by the tunnel").state
    };
    // The list of the tunnel need not name a desktop that is reached over it.
    assert_eq!(by_tunnel("{to: vdis}"), Live);
    assert_eq!(by_tunnel("{to: services-private}"), rules(&["PRV-05"]));
}

#[test]
fn a_split_tunnel_takes_in_the_desktops_that_its_list_names() {
    let farm = FARM.replace("[wan]", "[internet]");
    let keys = "work_at: [homes], media: [digital], access: [tun], apps: {wfm: {on: farm}}";
    for (words, inside) in [("[sbc]", false), ("[vdis]", true), ("[farm]", true), ("[any]", true)] {
        let vpn = format!("vpn: {{tun: {{site: leeds, tunnel: split, include: {words}}}}}\n");
        // What goes in leaves by the office's firewall.
        let firewall = "site: leeds, guards: internet, allow: [{to: services}]";
        let state = guarded(&[&vpn, &farm], firewall, keys).first();
        assert_eq!(state, if inside { rules(&["INT-02"]) } else { Live }, "{words}");
    }
}

#[test]
fn prv_07_a_phone_registers_with_its_pbx_over_a_wan() {
    for place in ["site: leeds, guards: wan", "site: dc, guards: wan"] {
        each(
            &[SWITCH],
            place,
            DESK,
            "PRV-07",
            &[
                ("any", true),
                ("any-443", false),
                ("{to: pbxs}", true),
                ("{to: switch}", true),
                ("{from: workstations, to: switch}", true),
                ("{to: switch, tcp: 443}", false),
                ("{from: pbx, to: any}", false),
                ("{from: sbc, to: any}", false),
                ("{to: [sbc, vdis, vpns, services-private]}", false),
            ],
        );
    }
}

#[test]
fn prv_07_an_sbc_calls_its_pbx_as_itself() {
    let far = SWITCH.replace("switch: {site: dc", "switch: {site: leeds");
    for place in ["site: leeds, guards: wan", "site: dc, guards: wan"] {
        each(
            &[&far],
            place,
            DESK,
            "PRV-07",
            &[
                ("{to: pbxs}", true),
                ("{from: sbc, to: switch}", true),
                ("{from: workstations, to: any}", false),
                ("{from: pbx, to: any}", false),
                ("{from: sbc, to: sbc}", false),
            ],
        );
    }
}

#[test]
fn prv_07_each_stretch_of_a_pbx_call_has_a_sender_of_its_own() {
    // The SBC in the data center, the PBX at the office, the phone at a branch.
    let far = SWITCH.replace("switch: {site: dc", "switch: {site: leeds");
    let three = TWO
        .replace("sites:", "sites:\n  york: {kind: office}")
        .replace("circuits:", "circuits:\n  york-wan: {from: york, to: wan}");
    let with = |rule: &str| {
        let firewall =
            format!("firewalls: {{fw: {{site: leeds, guards: wan, allow: [{rule}]}}}}\n");
        let team = group("work_at: [york], phones: [pbx], access: [internet], apps: {}");
        case(&[&three, &far, &firewall, &team]).first()
    };
    assert_eq!(with("{to: pbxs}"), Live);
    assert_eq!(with("{from: workstations, to: pbxs}, {from: sbc, to: pbxs}"), Live);
    assert_eq!(with("{from: workstations, to: pbxs}"), rules(&["PRV-07"]));
    assert_eq!(with("{from: sbc, to: pbxs}"), rules(&["PRV-07"]));
}

#[test]
fn lines_of_the_pstn_and_calls_by_trunk_are_no_matter_of_lists() {
    let phones = "phones: {it: {kind: pbx, off_site: forward-to-mobile}}\n";
    let keys = "work_at: [leeds, homes], phones: [it], access: [internet], apps: {}";
    let firewall = "site: dc, guards: [internet, mpls], allow: [{to: turn}]";
    let case = guarded(&[SWITCH, phones], firewall, keys);
    assert_eq!(at(&case, "homes", &Failure::default()), Live);
    assert_eq!(at(&case, "leeds", &Failure::default()), Live);
}

#[test]
fn a_pbx_phone_by_vpn_needs_no_name_on_the_tunnel_s_list() {
    let phones = "phones: {it: {kind: pbx, off_site: softphone-by-vpn}}\n";
    let keys = "work_at: [leeds, homes], phones: [it], access: [tun], apps: {}";
    let with = |rule: &str| {
        let tun = "vpn: {tun: {site: leeds, tunnel: split, include: [sbc]}}\n";
        let firewall = format!("site: leeds, guards: wan, allow: [{rule}]");
        let case = guarded(&[SWITCH, tun, phones], &firewall, keys);
        at(&case, "homes", &Failure::default())
    };
    assert_eq!(with("{to: pbxs}"), Live);
    assert_eq!(with("{to: vpns}"), rules(&["PRV-07"]));
}

#[test]
fn int_02_a_phone_goes_to_the_edge_of_its_pbx_by_the_same_word() {
    let phones = "phones: {it: {kind: pbx, off_site: pbx-edge}}\n";
    let keys = "work_at: [dc, leeds], phones: [it], access: [internet], apps: {}";
    let with = |firewall: &str| {
        let case = guarded(&[SWITCH, phones], firewall, keys);
        at(&case, "leeds", &Failure::default())
    };
    assert_eq!(with("site: leeds, guards: internet, allow: [{to: pbxs}]"), Live);
    assert_eq!(with("site: leeds, guards: internet, allow: [any-443]"), rules(&["INT-02"]));
    // In from the Internet no list speaks of it.
    assert_eq!(with("site: dc, guards: internet, allow: [{to: turn}]"), Live);
}

#[test]
fn on_one_site_nothing_is_asked() {
    let here = FARM.replace("site: dc", "site: leeds");
    let near = SWITCH.replace("{site: dc}", "{site: leeds}").replace("site: dc,", "site: leeds,");
    let mpls = OFFICE.replace("seats: 100", "seats: 10");
    let firewalls = "firewalls: {fw: {site: leeds, guards: internet, allow: [{to: services}]}}\n";
    let farm = here.replace("[wan]", "[mpls]");
    let team = group("work_at: [leeds], phones: [pbx], access: [farm]");
    assert_eq!(case(&[&mpls, &farm, &near, firewalls, &team]).first(), Live);
}
