//! Transport networks, exits, bundles, power: TRN, APP-04, PRV-08.

mod common;

use std::collections::BTreeSet;

use common::{Case, OFFICE, OPEN, case, changes, failed, first, group, one, rules};
use outlast_reference::{Failure, WayState::*};

fn office(keys: &str) -> Case {
    case(&[OFFICE, &group(keys)])
}

#[test]
fn trn_01_a_site_without_circuit_or_exit_reaches_nothing() {
    let sites = "
sites:
  leeds: {kind: office}
  dc: {kind: data-center}
networks:
  wan: {kind: private, cloud_regions: []}
circuits:
  leeds-wan: {from: leeds, to: wan}
  dc-wan: {from: dc, to: wan}
  dc-net: {from: dc, to: internet}
";
    let team = group("work_at: [leeds], media: [digital], access: [internet]");
    assert_eq!(first(&[sites, &team]), rules(&["TRN-01"]));
    let exits = "exits: {leeds: {internet: [dc]}}\n";
    let through = case(&[sites, exits, &team]);
    assert_eq!(through.first(), Live);
    for lost in ["dc", "wan", "leeds-wan", "dc-wan", "dc-net", "leeds"] {
        assert_eq!(through.first_in(&failed(&[lost])), Down, "{lost}");
    }
}

#[test]
fn trn_01_a_wan_never_reaches_the_cloud() {
    let wan = OFFICE.replace("mpls: {kind: private}", "mpls: {kind: private, cloud_regions: []}");
    let team = group("work_at: [leeds], media: [digital], access: [private]");
    assert_eq!(first(&[&wan, &team]), rules(&["TRN-01"]));
    assert_eq!(first(&[OFFICE, &team]), Live);
}

#[test]
fn trn_02_most_services_take_both_networks() {
    for access in ["private", "internet"] {
        let keys = format!("work_at: [leeds], media: [digital], access: [{access}]");
        assert_eq!(office(&keys).first(), Live);
    }
}

#[test]
fn trn_03_some_services_are_on_the_internet_only() {
    let keys = "work_at: [leeds], media: [digital], apps: {recording-ui: required}";
    let alone = office(&format!("{keys}, access: [private]"));
    assert_eq!(alone.first(), rules(&["TRN-03"]));
    let both = office(&format!("{keys}, access: [private, internet]"));
    assert_eq!(both.first(), Live);
    assert_eq!(both.first_in(&failed(&["leeds-net"])), Down);
}

#[test]
fn trn_03_a_webrtc_phone_takes_the_internet_whatever_the_access_way() {
    let team = office("work_at: [leeds], phones: [webrtc-embedded], access: [private]");
    assert_eq!(team.first(), Live);
    assert_eq!(team.first_in(&failed(&["leeds-net"])), Down);
    assert_eq!(team.first_in(&failed(&["leeds-mpls"])), Down);
}

#[test]
fn trn_04_a_sip_softphone_takes_the_private_network_only() {
    let keys = "phones: [sip-softphone], access: [internet]";
    assert_eq!(office(&format!("work_at: [leeds], {keys}")).first(), Live);
    let home =
        case(&[OFFICE, OPEN, &group(&format!("work_at: [homes], {keys}, enters_by: direct"))]);
    assert_eq!(home.first(), rules(&["TRN-04"]));
}

#[test]
fn trn_05_an_ipv6_only_circuit_carries_nothing() {
    let team = group("work_at: [leeds], media: [digital], access: [internet]");
    let with = |ip: &str| OFFICE.replace("to: internet}", &format!("to: internet, ip: {ip}}}"));
    assert_eq!(first(&[&with("v6"), &team]), rules(&["TRN-05"]));
    assert_eq!(first(&[&with("both"), &team]), Live);
}

#[test]
fn trn_05_an_ipv6_only_home_line_carries_nothing() {
    let team = group("work_at: [homes], media: [digital], access: [internet], enters_by: direct");
    let v6 = OFFICE.replace("region: north}", "region: north, internet: {ip: v6}}");
    assert_eq!(first(&[&v6, OPEN, &team]), rules(&["TRN-05"]));
    assert_eq!(first(&[OFFICE, OPEN, &team]), Live);
}

#[test]
fn trn_05_the_member_that_speaks_ipv4_is_used() {
    let two =
        OFFICE.replace("circuits:", "circuits:\n  leeds-six: {from: leeds, to: internet, ip: v6}");
    let team = group("work_at: [leeds], media: [digital], access: [internet]");
    let case = case(&[&two, &team]);
    assert_eq!(case.first(), Live);
    assert_eq!(case.first_in(&failed(&["leeds-net"])), Down);
}

#[test]
fn trn_08_gateways_stand_before_internet_services_but_not_private_ones() {
    let keys = "work_at: [leeds], media: [digital]";
    let lost = failed(&["cloud.security-gateways"]);
    assert_eq!(office(&format!("{keys}, access: [internet]")).first_in(&lost), Down);
    assert_eq!(office(&format!("{keys}, access: [private]")).first_in(&lost), Live);
}

#[test]
fn app_04_names_are_needed_on_both_networks_but_not_by_sip_phones() {
    let lost = failed(&["dns"]);
    let digital = office("work_at: [leeds], media: [digital], access: [private]");
    assert_eq!(digital.first_in(&lost), Down);
    let voice = office("work_at: [leeds], phones: [sip-softphone], access: [private], apps: {}");
    assert_eq!(voice.first_in(&lost), Live);
}

#[test]
fn an_exit_is_fixed_the_first_that_is_up_even_if_a_rule_refuses_it() {
    let sites = "
sites:
  leeds: {kind: office}
  dc-a: {kind: data-center}
  dc-b: {kind: data-center}
networks:
  wan: {kind: private, cloud_regions: []}
circuits:
  leeds-wan: {from: leeds, to: wan}
  a-wan: {from: dc-a, to: wan}
  b-wan: {from: dc-b, to: wan}
  a-net: {from: dc-a, to: internet}
  b-net: {from: dc-b, to: internet}
exits: {leeds: {internet: [dc-a, dc-b]}}
firewalls:
  fw-a: {site: dc-a, guards: internet, allow: [{to: turn}]}
";
    let team = group("work_at: [leeds], media: [digital], access: [internet]");
    let case = case(&[sites, &team]);
    assert_eq!(case.first(), rules(&["INT-02"]));
    assert_eq!(case.first_in(&failed(&["a-net"])), Live);
    assert_eq!(case.first_in(&failed(&["fw-a"])), Live);
    assert_eq!(case.first_in(&failed(&["a-net", "b-net"])), rules(&["INT-02"]));
}

#[test]
fn among_private_networks_the_first_that_is_up_is_used() {
    let two = OFFICE
        .replace("networks:", "networks:\n  old: {kind: private}")
        .replace("circuits:", "circuits:\n  leeds-old: {from: leeds, to: old}");
    let firewalls = "firewalls: {fw: {site: leeds, guards: old, allow: [{to: sbc}]}}\n";
    let team = group("work_at: [leeds], media: [digital], access: [private]");
    let case = case(&[&two, firewalls, &team]);
    assert_eq!(case.first(), rules(&["PRV-05"]));
    assert_eq!(case.first_in(&failed(&["old"])), Live);
}

#[test]
fn prv_08_networks_on_which_the_site_is_not_routed_are_passed_over() {
    let with = |old: &str, mpls: &str| {
        let two = OFFICE
            .replace("networks:", &format!("networks:\n  old: {{kind: private{old}}}"))
            .replace("mpls: {kind: private", &format!("mpls: {{kind: private{mpls}"))
            .replace("circuits:", "circuits:\n  leeds-old: {from: leeds, to: old}");
        case(&[&two, &group("work_at: [leeds], media: [digital], access: [private]")])
    };
    let routed = ", routed: [homes]";
    let over = with(routed, "");
    assert_eq!(over.first(), Live);
    assert_eq!(over.first_in(&failed(&["old"])), Live);
    // There is another, even while it is down.
    assert_eq!(over.first_in(&failed(&["mpls"])), Down);
    assert_eq!(with(routed, routed).first(), changes(&["enable_routing"]));
    // A network without a way is no other.
    let alone = OFFICE
        .replace("kind: private}", "kind: private, routed: [homes]}")
        .replace("networks:", "networks:\n  new: {kind: private}");
    let team = group("work_at: [leeds], media: [digital], access: [private]");
    assert_eq!(first(&[&alone, &team]), changes(&["enable_routing"]));
}

#[test]
fn circuits_of_one_site_to_one_network_are_a_bundle() {
    let two = OFFICE
        .replace("to: internet}", "to: internet, conduit: duct}")
        .replace("circuits:", "circuits:\n  second: {from: leeds, to: internet, conduit: duct}");
    let team = group("work_at: [leeds], media: [digital], access: [internet]");
    let case = case(&[&two, &team]);
    assert_eq!(case.first_in(&failed(&["second"])), Live);
    assert_eq!(case.first_in(&failed(&["leeds-net"])), Live);
    assert_eq!(case.first_in(&failed(&["second", "leeds-net"])), Down);
    assert_eq!(case.first_in(&failed(&["duct"])), Down);
}

#[test]
fn power_is_lost_with_every_feed_and_the_batteries() {
    let fed =
        OFFICE.replace("seats: 100}", "seats: 100, power: {feeds: [grid-a, grid-b], ups: 20min}}");
    let team = group("work_at: [leeds], media: [digital], access: [internet]");
    let case = case(&[&fed, &team]);
    let dark = |feeds: &[&str], empty: bool| {
        let unpowered = if empty { one("leeds") } else { BTreeSet::default() };
        Failure { unpowered, ..failed(feeds) }
    };
    assert_eq!(case.first_in(&dark(&["grid-a"], true)), Live);
    assert_eq!(case.first_in(&dark(&["grid-a", "grid-b"], false)), Live);
    assert_eq!(case.first_in(&dark(&["grid-a", "grid-b"], true)), Down);
}

/// A mobile at home, in a region whose office hangs on `grid-a`.
fn mobile(homes: &str, battery: &str) -> Case {
    let fed = OFFICE
        .replace("seats: 100}", "region: north, power: {feeds: [grid-a]}}")
        .replace("region: north}", &format!("region: north{homes}}}"));
    let phone = format!("phones: {{cell: {{kind: pstn, rings: mobile, battery: {battery}}}}}\n");
    let team =
        "work_at: [homes], phones: [cell], provisioned: [cell], access: [internet], apps: {}";
    case(&[&fed, &phone, &group(team)])
}

#[test]
fn an_operator_hangs_on_the_feeds_of_its_region_s_homes_else_of_its_sites() {
    let dark = |empty: bool| {
        let unpowered = if empty { one("mobile.north.operator") } else { BTreeSet::default() };
        Failure { unpowered, ..failed(&["grid-a"]) }
    };
    // The homes name no feed: the office's counts, and is gone.
    assert_eq!(mobile("", "4h").first(), Live);
    assert_eq!(mobile("", "4h").first_in(&dark(false)), Live);
    assert_eq!(mobile("", "4h").first_in(&dark(true)), Down);
    assert_eq!(mobile("", "0s").first_in(&dark(false)), Down);
    // The homes name one of their own, which is not.
    let own = ", power: {feeds: [grid-b]}";
    assert_eq!(mobile(own, "0s").first_in(&dark(true)), Live);
    // A feed of another region's office is nobody's business here.
    let fed = OFFICE.replace("seats: 100}", "region: south, power: {feeds: [grid-a]}}");
    let phone = "phones: {cell: {kind: pstn, rings: mobile}}\n";
    let team =
        "work_at: [homes], phones: [cell], provisioned: [cell], access: [internet], apps: {}";
    assert_eq!(case(&[&fed, phone, &group(team)]).first_in(&dark(true)), Live);
}

#[test]
fn an_evacuated_site_has_nobody_but_its_equipment_runs() {
    let keys = "work_at: [leeds, homes], media: [digital], access: [internet, vpn]";
    let vpn = "vpn: {vpn: {site: leeds, tunnel: full}}\n";
    let case = case(&[OFFICE, vpn, &group(keys)]);
    let empty = Failure { evacuated: one("leeds"), ..Failure::default() };
    let ways = case.ways(&empty);
    assert_eq!(ways[0].state, Down);
    let by_vpn = ways.iter().find(|way| way.place == "homes" && way.access == "vpn").unwrap();
    assert_eq!(by_vpn.state, Live);
}

#[test]
fn the_standby_region_takes_over_and_private_networks_must_name_it() {
    let regions = "cloud: {regions: {west: {standby: east, after: 1h}, east: {}}}\n";
    let team = group("work_at: [leeds], media: [digital], access: [private, internet]");
    let narrow = OFFICE.replace("kind: private}", "kind: private, cloud_regions: [west]}");
    let case = case(&[&narrow, regions, &team]);
    assert_eq!(case.first(), Live);
    let ways = case.ways(&failed(&["west"]));
    assert_eq!((&ways[0].state, &ways[1].state), (&Down, &Live));
    assert_eq!(case.ways(&failed(&["west", "east"]))[1].state, Down);
}

#[test]
fn prv_08_the_site_must_be_routed() {
    let team = group("work_at: [leeds], media: [digital], access: [private]");
    let routed = |sites: &str| {
        OFFICE.replace("kind: private}", &format!("kind: private, routed: [{sites}]}}"))
    };
    assert_eq!(first(&[&routed("homes"), &team]), changes(&["enable_routing"]));
    assert_eq!(first(&[&routed("leeds"), &team]), Live);
}

#[test]
fn prv_08_the_source_must_be_known() {
    let team = group("work_at: [leeds], media: [digital], access: [private]");
    let known = |sites: &str| {
        format!("cloud: {{access: {{known: {{internet: [leeds-net], private: [{sites}]}}}}}}\n")
    };
    assert_eq!(first(&[OFFICE, &known("homes"), &team]), changes(&["register_private_ips"]));
    assert_eq!(first(&[OFFICE, &known("leeds"), &team]), Live);
}

#[test]
fn homes_with_two_providers_are_two_kinds_of_people() {
    let two = OFFICE.replace("north}", "north, internet: {isps: {civic: 60%, delta: 40%}}}");
    let team = group("work_at: [homes], media: [digital], access: [internet], enters_by: direct");
    let case = case(&[&two, OPEN, &team]);
    let ways = case.ways(&failed(&["homes.civic"]));
    assert_eq!(ways.len(), 2);
    assert_eq!((&ways[0].isps[0], &ways[0].state), (&"homes.civic".to_owned(), &Down));
    assert_eq!((&ways[1].isps[0], &ways[1].state), (&"homes.delta".to_owned(), &Live));
    assert_eq!(case.directed(&failed(&["homes.civic"])).working, 2);
}
