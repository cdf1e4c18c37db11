//! Phones that the cloud calls, and provisioning: PHN-01 to PHN-06.

mod common;

use common::{Case, OFFICE, OPEN, case, changes, failed, group, rules};
use outlast_reference::{Failure, WayState, WayState::*};

const TELEPHONY: &str = "
telephony:
  sbcs: {sbc: {site: leeds}}
  trunks: {trunk-a: {sbc: sbc, network: mpls}, trunk-b: {sbc: sbc, network: mpls}}
  pbxs: {switch: {site: leeds, sbc: sbc, pstn: [tellus]}}
carriers:
  tellus: {}
  vox: {hands_over: sbc}
  nova: {hands_over: switch}
";

/// An agent with one phone and no application, at these places.
fn phone(entry: &str, places: &str) -> Case {
    let phones = format!("phones: {{it: {{{entry}}}}}\n");
    let team = group(&format!("work_at: {places}, phones: [it], access: [internet], apps: {{}}"));
    case(&[OFFICE, TELEPHONY, &phones, &team])
}

fn at(case: &Case, place: &str, failure: &Failure) -> WayState {
    case.ways(failure).into_iter().find(|way| way.place == place).expect("a way there").state
}

#[test]
fn phn_01_a_pstn_phone_needs_a_carrier_and_the_pstn() {
    let home = phone("kind: pstn, via: [tellus]", "[homes]");
    assert_eq!(home.first(), Live);
    for lost in ["tellus", "pstn", "cloud.voice", "cloud.sbc", "cloud.region"] {
        assert_eq!(home.first_in(&failed(&[lost])), Down, "{lost}");
    }
    assert_eq!(home.first_in(&failed(&["internet"])), Live);
}

#[test]
fn phn_01_carriers_are_overflow() {
    let home = phone("kind: pstn, via: [tellus, vox]", "[homes]");
    assert_eq!(home.first_in(&failed(&["tellus"])), Live);
    assert_eq!(home.first_in(&failed(&["tellus", "sbc"])), Down);
}

#[test]
fn phn_01_by_the_customer_s_sbc_or_pbx() {
    let by_sbc = phone("kind: pstn, via: [sbc]", "[homes]");
    assert_eq!(by_sbc.first(), Live);
    assert_eq!(by_sbc.first_in(&failed(&["vox"])), Down);
    assert_eq!(by_sbc.first_in(&failed(&["leeds-mpls"])), Down);
    assert_eq!(by_sbc.first_in(&failed(&["switch"])), Live);
    let by_pbx = phone("kind: pstn, via: [nova]", "[homes]");
    assert_eq!(by_pbx.first(), Live);
    assert_eq!(by_pbx.first_in(&failed(&["switch"])), Down);
}

#[test]
fn phn_01_where_it_rings() {
    let none = Failure::default();
    let desk = phone("kind: pstn, rings: desk", "[leeds, homes]");
    assert_eq!(at(&desk, "leeds", &none), Live);
    assert_eq!(at(&desk, "homes", &none), rules(&["PHN-01"]));
    assert_eq!(at(&desk, "leeds", &failed(&["leeds"])), Down);
    let home = phone("kind: pstn, rings: home", "[leeds, homes]");
    assert_eq!(at(&home, "leeds", &none), rules(&["PHN-01"]));
    assert_eq!(at(&home, "homes", &none), Live);
    let mobile = phone("kind: pstn, rings: mobile", "[leeds, homes]");
    assert_eq!(at(&mobile, "leeds", &none), Live);
    assert_eq!(at(&mobile, "homes", &none), Live);
    // The operator of the region of the agent's homes.
    assert_eq!(at(&mobile, "leeds", &failed(&["mobile.north.operator"])), Down);
}

#[test]
fn phn_01_a_site_s_own_circuits_to_the_pstn_count() {
    let with = OFFICE.replace(
        "circuits:",
        "circuits:\n  leeds-isdn: {from: leeds, to: pstn, capacity: 30 channels}",
    );
    let phones = "phones: {it: {kind: pstn, rings: desk}}\n";
    let team = group("work_at: [leeds], phones: [it], access: [internet], apps: {}");
    let lost = failed(&["leeds-isdn"]);
    assert_eq!(case(&[&with, phones, &team]).first_in(&lost), Down);
    assert_eq!(case(&[OFFICE, phones, &team]).first_in(&lost), Live);
}

#[test]
fn inb_03_blocking_of_all_calls_is_a_failure() {
    let home = phone("kind: pstn, via: [tellus]", "[homes]");
    let half =
        |share| Failure { blocking: [("pstn".to_owned(), share)].into(), ..Failure::default() };
    assert_eq!(home.first_in(&half(500_000)), Live);
    assert_eq!(home.first_in(&half(1_000_000)), Down);
}

#[test]
fn phn_02_a_phone_behind_the_pbx_needs_trunk_sbc_and_pbx() {
    let desk = phone("kind: pbx", "[leeds]");
    assert_eq!(desk.first(), Live);
    for lost in ["leeds-mpls", "mpls", "sbc", "switch", "cloud.sbc", "leeds"] {
        assert_eq!(desk.first_in(&failed(&[lost])), Down, "{lost}");
    }
    assert_eq!(desk.first_in(&failed(&["trunk-a"])), Live);
    assert_eq!(desk.first_in(&failed(&["trunk-a", "trunk-b"])), Down);
    assert_eq!(desk.first_in(&failed(&["pstn", "internet", "tellus"])), Live);
}

#[test]
fn phn_02_off_site_it_needs_what_the_plan_says() {
    let none = Failure::default();
    let stays = phone("kind: pbx", "[leeds, homes]");
    assert_eq!(at(&stays, "homes", &none), rules(&["PHN-02"]));
    let forward = phone("kind: pbx, off_site: forward-to-mobile", "[leeds, homes]");
    assert_eq!(at(&forward, "homes", &none), Live);
    assert_eq!(at(&forward, "homes", &failed(&["tellus"])), Down);
    assert_eq!(at(&forward, "leeds", &failed(&["tellus"])), Live);
    let edge = phone("kind: pbx, off_site: pbx-edge", "[leeds, homes]");
    assert_eq!(at(&edge, "homes", &none), Live);
    assert_eq!(at(&edge, "homes", &failed(&["leeds-net"])), Down);
    let vpn = phone("kind: pbx, off_site: softphone-by-vpn", "[leeds, homes]");
    assert_eq!(at(&vpn, "homes", &none), rules(&["PHN-02"]));
}

#[test]
fn phn_02_a_software_phone_by_vpn() {
    let phones = "phones: {it: {kind: pbx, off_site: softphone-by-vpn}}\n";
    let vpn = "vpn: {tun: {site: leeds, tunnel: full}}\n";
    let team = group("work_at: [leeds, homes], phones: [it], access: [tun], apps: {}");
    let case = case(&[OFFICE, TELEPHONY, phones, vpn, &team]);
    assert_eq!(at(&case, "homes", &Failure::default()), Live);
    assert_eq!(at(&case, "homes", &failed(&["tun"])), Down);
}

#[test]
fn phn_02_an_office_without_pbx_reaches_it_over_a_common_network() {
    let two = OFFICE
        .replace("sites:", "sites:\n  york: {kind: office}")
        .replace("circuits:", "circuits:\n  york-mpls: {from: york, to: mpls}");
    let phones = "phones: {it: {kind: pbx}}\n";
    let team = group("work_at: [york], phones: [it], access: [internet], apps: {}");
    let case = case(&[&two, TELEPHONY, phones, &team]);
    assert_eq!(case.first(), Live);
    assert_eq!(case.first_in(&failed(&["york-mpls"])), Down);
}

#[test]
fn phn_03_a_hard_sip_phone_stays_at_its_site() {
    let none = Failure::default();
    let hard = phone("kind: sip-phone", "[leeds, homes]");
    assert_eq!(at(&hard, "leeds", &none), Live);
    let WayState::Refused(rules) = at(&hard, "homes", &none) else { panic!("refused") };
    assert!(rules.contains("PHN-03"));
}

#[test]
fn phn_04_a_webrtc_phone_needs_signalling_and_media() {
    let team = group("work_at: [leeds], phones: [webrtc-embedded], access: [private]");
    let case = case(&[OFFICE, &team]);
    assert_eq!(case.first(), Live);
    for lost in ["cloud.webrtc", "cloud.turn", "cloud.voice"] {
        assert_eq!(case.first_in(&failed(&[lost])), Down, "{lost}");
    }
    assert_eq!(case.first_in(&failed(&["cloud.sbc"])), Live);
}

#[test]
fn phn_06_a_phone_must_be_provisioned() {
    let keys = "work_at: [homes], access: [internet], enters_by: direct";
    let team = |provisioned: &str| {
        group(&format!("{keys}, phones: [webrtc-embedded, pstn], provisioned: {provisioned}"))
    };
    let ways = |text: &str| case(&[OFFICE, OPEN, &team(text)]).ways(&Failure::default());
    let some = ways("[pstn]");
    assert_eq!(some[0].state, changes(&["provision_phone"]));
    assert_eq!(some[1].state, Live);
    assert!(ways("[webrtc-embedded, pstn]").iter().all(|way| way.state == Live));
}

/// Telephony whose SBC and PBX have no carriers, and circuits to the PSTN.
fn bare(entry: &str, isdn: bool) -> Case {
    let isdn = if isdn { "circuits:\n  isdn: {from: leeds, to: pstn}" } else { "circuits:" };
    let site = OFFICE.replace("circuits:", isdn);
    let telephony =
        TELEPHONY.replace(", pstn: [tellus]", "").replace("hands_over: sbc", "role: [customers]");
    let phones = format!("phones: {{it: {{{entry}}}}}\n");
    let team = group("work_at: [leeds, homes], phones: [it], access: [internet], apps: {}");
    case(&[&site, &telephony, &phones, &team])
}

#[test]
fn phn_01_an_sbc_or_pbx_to_which_no_carrier_belongs_reaches_the_pstn_as_its_site_does() {
    let none = Failure::default();
    for entry in ["kind: pstn, rings: home, via: [sbc]", "kind: pbx, off_site: forward-to-mobile"] {
        for (isdn, lost) in [(false, Live), (true, Down)] {
            let case = bare(entry, isdn);
            assert_eq!(at(&case, "homes", &none), Live, "{entry}");
            assert_eq!(at(&case, "homes", &failed(&["isdn"])), lost, "{entry}");
            assert_eq!(at(&case, "homes", &failed(&["pstn"])), Down, "{entry}");
            assert_eq!(at(&case, "homes", &failed(&["tellus", "vox", "nova"])), Live, "{entry}");
        }
    }
}

#[test]
fn phn_01_carriers_come_over_their_own_lines_but_a_pbx_dials_out_by_its_site_s() {
    let site = OFFICE.replace("circuits:", "circuits:\n  isdn: {from: leeds, to: pstn}");
    let with = |entry: &str| {
        let phones = format!("phones: {{it: {{{entry}}}}}\n");
        let team = group("work_at: [homes], phones: [it], access: [internet], apps: {}");
        case(&[&site, TELEPHONY, &phones, &team])
    };
    let lost = failed(&["isdn"]);
    assert_eq!(with("kind: pstn, via: [nova]").first_in(&lost), Live);
    assert_eq!(with("kind: pstn, via: [sbc]").first_in(&lost), Live);
    let dials = with("kind: pbx, off_site: forward-to-mobile");
    assert_eq!(dials.first(), Live);
    assert_eq!(dials.first_in(&lost), Down);
    assert_eq!(dials.first_in(&failed(&["tellus"])), Down);
}

#[test]
fn phn_01_a_desk_phone_rings_at_the_first_place_a_home_too() {
    let desk = phone("kind: pstn, rings: desk, via: [tellus]", "[homes, leeds]");
    assert_eq!(at(&desk, "homes", &Failure::default()), Live);
    assert_eq!(at(&desk, "leeds", &Failure::default()), rules(&["PHN-01"]));
}

#[test]
fn phn_02_a_trunk_on_a_wan_never_reaches_the_cloud() {
    let wan = OFFICE.replace("mpls: {kind: private}", "mpls: {kind: private, cloud_regions: []}");
    let phones = "phones: {it: {kind: pbx}}\n";
    let team = group("work_at: [leeds], phones: [it], access: [internet], apps: {}");
    assert_eq!(case(&[&wan, TELEPHONY, phones, &team]).first(), rules(&["TRN-01"]));
}
