//! Who is let in: INT-04 to INT-10, OFF-08, OFF-09.

mod common;

use common::{OFFICE, OPEN, case, changes, failed, first, group, rules};
use outlast_reference::{Failure, WayState::*};

const HOME: &str = "work_at: [homes], media: [digital], access: [internet]";

fn access(keys: &str) -> String {
    format!("cloud: {{access: {{{keys}}}}}\n")
}

#[test]
fn int_04_a_home_is_refused_without_open_access() {
    let team = group(&format!("{HOME}, enters_by: direct"));
    let closed = access("direct_urls: {services: [agent-desktop]}");
    assert_eq!(first(&[OFFICE, &closed, &team]), rules(&["INT-04", "INT-08"]));
    assert_eq!(first(&[OFFICE, OPEN, &team]), Live);
}

#[test]
fn int_04_open_access_can_be_requested_with_sso_and_mfa() {
    let team = group(&format!("{HOME}, enters_by: direct"));
    let ready = access(
        "sso: {provider: cloud}, mfa: true, authentication_ip_control: false, \
         direct_urls: {services: [agent-desktop]}",
    );
    assert_eq!(first(&[OFFICE, &ready, &team]), changes(&["request_open_access"]));
    let no_mfa = ready.replace("mfa: true", "mfa: false");
    assert_eq!(first(&[OFFICE, &no_mfa, &team]), rules(&["INT-04"]));
    let vetoed = ready.replace("mfa: true", "mfa: true, off_site_data: forbidden");
    assert_eq!(first(&[OFFICE, &vetoed, &team]), rules(&["INT-04"]));
}

#[test]
fn off_09_the_portal_is_refused_at_home_even_with_open_access() {
    let case = case(&[OFFICE, OPEN, &group(HOME)]);
    let ways = case.ways(&Failure::default());
    assert_eq!((ways[0].direct, &ways[0].state), (false, &rules(&["INT-04"])));
    assert_eq!((ways[1].direct, &ways[1].state), (true, &changes(&["use_direct_urls"])));
}

#[test]
fn off_08_direct_urls_are_stale_after_180_days() {
    let team = group(&format!("{HOME}, enters_by: direct"));
    let as_of =
        |day: &str| OPEN.replace("[agent-desktop]}", &format!("[agent-desktop], as_of: {day}}}"));
    // 2026-10-02 less 180 days is 2026-04-05.
    assert_eq!(first(&[OFFICE, &as_of("2026-04-05"), &team]), Live);
    assert_eq!(first(&[OFFICE, &as_of("2026-04-04"), &team]), rules(&["INT-04"]));
}

#[test]
fn off_08_an_application_without_direct_url_goes_by_the_portal() {
    let keys =
        format!("{HOME}, enters_by: direct, apps: {{agent-desktop: required, wfm: optional}}");
    assert_eq!(first(&[OFFICE, OPEN, &group(&keys)]), Live);
    let both = keys.replace("optional", "required");
    assert_eq!(first(&[OFFICE, OPEN, &group(&both)]), rules(&["INT-04"]));
}

#[test]
fn int_08_ip_control_refuses_logins_from_unknown_addresses() {
    let team = group(&format!("{HOME}, enters_by: direct"));
    let on = OPEN.replace("mfa: true", "mfa: true\n    authentication_ip_control: true");
    assert_eq!(first(&[OFFICE, &on, &team]), rules(&["INT-08"]));
    let office = group("work_at: [leeds], media: [digital], access: [internet]");
    assert_eq!(first(&[OFFICE, &on, &office]), Live);
}

#[test]
fn int_08_a_login_over_the_private_network_passes() {
    let team = group("work_at: [leeds], media: [digital], access: [private]");
    let unknown = access("known: {internet: []}, authentication_ip_control: true");
    assert_eq!(first(&[OFFICE, &unknown, &team]), Live);
}

#[test]
fn int_09_open_access_in_force_needs_all_of_its_conditions() {
    let team = group(&format!("{HOME}, enters_by: direct"));
    for (from, to) in [
        ("mfa: true", "mfa: false"),
        ("sso: {provider: cloud}", "sso: none"),
        ("mfa: true", "mfa: true\n    off_site_data: forbidden"),
    ] {
        assert_eq!(first(&[OFFICE, &OPEN.replace(from, to), &team]), rules(&["INT-09"]), "{to}");
    }
    let unapproved =
        OPEN.replace("cloud:", "cloud:\n  services: {agent-desktop: {open_access: unknown}}");
    assert_eq!(first(&[OFFICE, &unapproved, &team]), rules(&["INT-09"]));
}

#[test]
fn int_10_services_that_are_never_open() {
    let never = OPEN
        .replace("[agent-desktop, webrtc", "[webrtc")
        .replace("cloud:", "cloud:\n  services: {agent-desktop: {open_access: never}}");
    let team = group(&format!("{HOME}, enters_by: direct"));
    assert_eq!(first(&[OFFICE, &never, &team]), rules(&["INT-10"]));
    let office = group("work_at: [leeds], media: [digital], access: [internet]");
    assert_eq!(first(&[OFFICE, &never, &office]), Live);
}

#[test]
fn int_04_webrtc_signalling_follows_the_same_rule() {
    let keys = "work_at: [homes], access: [internet], enters_by: direct";
    let only_desktop = OPEN.replace(", webrtc-signalling", "");
    let embedded = group(&format!("{keys}, phones: [webrtc-embedded]"));
    assert_eq!(first(&[OFFICE, &only_desktop, &embedded]), changes(&["request_open_access"]));
    assert_eq!(first(&[OFFICE, OPEN, &embedded]), Live);
    // The softphone's is also opened by its own name.
    let by_name = OPEN.replace("webrtc-signalling", "webrtc-softphone");
    let softphone = group(&format!("{keys}, phones: [webrtc-softphone]"));
    assert_eq!(first(&[OFFICE, &by_name, &softphone]), Live);
    assert_eq!(first(&[OFFICE, &by_name, &embedded]), changes(&["request_open_access"]));
}

#[test]
fn int_05_known_names_are_exhaustive_and_a_circuit_can_be_registered() {
    let team = group("work_at: [leeds], media: [digital], access: [internet]");
    let known = |names: &str| access(&format!("known: {{internet: [{names}]}}"));
    assert_eq!(first(&[OFFICE, &known("leeds-net"), &team]), Live);
    assert_eq!(first(&[OFFICE, &known(""), &team]), changes(&["register_known_ips"]));
    let address = OFFICE.replace("to: internet}", "to: internet, egress: 20.1.2.3}");
    assert_eq!(first(&[&address, &known("20.1.0.0/16"), &team]), Live);
    assert_eq!(first(&[&address, &known("20.2.0.0/16"), &team]), changes(&["register_known_ips"]));
    let of = "{address: 20.2.0.0/16, of: leeds-net}";
    assert_eq!(first(&[OFFICE, &known(of), &team]), Live);
}

#[test]
fn int_04_a_standby_circuit_whose_address_is_not_known_is_refused() {
    let two = OFFICE.replace("circuits:", "circuits:\n  main: {from: leeds, to: internet}");
    let team = group("work_at: [leeds], media: [digital], access: [internet]");
    let case = case(&[&two, &access("known: {internet: [main]}"), &team]);
    assert_eq!(case.first(), Live);
    assert_eq!(case.first_in(&failed(&["main"])), changes(&["register_known_ips"]));
}

#[test]
fn int_07_a_vendor_s_address_counts_only_if_it_is_listed() {
    let vendor = OFFICE.replace("sites:", "sites:\n  swg: {kind: vendor}")
        + "proxies: {cloud-proxy: {site: swg, names: [\"swg.example:8080\"]}}\n";
    let team = group("work_at: [homes], media: [digital], access: [cloud-proxy]");
    assert_eq!(first(&[&vendor, &team]), changes(&["register_known_ips"]));
    let known = access("known: {internet: [cloud-proxy]}");
    assert_eq!(first(&[&vendor, &known, &team]), Live);
}

#[test]
fn sso_stands_where_the_plan_says() {
    let own = OPEN.replace("{provider: cloud}", "{provider: own, at: leeds}");
    let case = case(&[OFFICE, &own, &group(&format!("{HOME}, enters_by: direct"))]);
    assert_eq!(case.first(), Live);
    assert_eq!(case.first_in(&failed(&["leeds"])), Down);
    assert_eq!(case.first_in(&failed(&["sso-provider"])), Down);
}

#[test]
fn prv_08_the_site_of_a_trunk_s_sbc_must_be_known() {
    let telephony = "
telephony:
  sbcs: {sbc: {site: leeds}}
  trunks: {trunk: {sbc: sbc, network: mpls}}
  pbxs: {switch: {site: leeds, sbc: sbc}}
";
    let team = group("work_at: [leeds], phones: [pbx], access: [internet], apps: {}");
    let with = |known: &str| first(&[OFFICE, telephony, &access(known), &team]);
    let other =
        "sites: {leeds: {kind: office}, york: {kind: office}, homes: {kind: homes, region: north}}";
    let office = OFFICE.split("networks:").nth(1).expect("networks after sites");
    let two = format!("{other}\nnetworks:{office}");
    let elsewhere = access("known: {internet: [leeds-net], private: [york]}");
    assert_eq!(first(&[&two, telephony, &elsewhere, &team]), changes(&["register_private_ips"]));
    assert_eq!(with("known: {internet: [leeds-net], private: [leeds]}"), Live);
    assert_eq!(with("known: {internet: [leeds-net]}"), Live);
}

#[test]
fn int_05_an_address_that_is_not_routed_is_never_known() {
    let team = group("work_at: [leeds], media: [digital], access: [internet]");
    let refused = rules(&["INT-05"]);
    for (address, open) in [("192.168.4.0", false), ("198.51.100.7", false), ("20.30.4.7", true)] {
        let office = OFFICE.replace("to: internet}", &format!("to: internet, egress: {address}}}"));
        for known in ["", "known: {internet: [leeds-net]}", "known: {internet: [0.0.0.0/0]}"] {
            let state = first(&[&office, &access(known), &team]);
            assert_eq!(state, if open { Live } else { refused.clone() }, "{address} {known}");
        }
    }
}

#[test]
fn int_05_equipment_leaves_by_an_address_of_its_own_or_by_the_circuit_s() {
    let unroutable = OFFICE.replace("to: internet}", "to: internet, egress: 10.4.4.4}");
    let refused = rules(&["INT-05"]);
    for (egress, office, open) in [
        (", egress: 10.1.1.1", OFFICE, false),
        (", egress: 20.1.1.1", OFFICE, true),
        (", egress: 20.1.1.1", unroutable.as_str(), true),
        (", egress: nat", unroutable.as_str(), true),
        ("", unroutable.as_str(), false),
    ] {
        let proxies =
            format!("proxies: {{gate: {{site: leeds, names: [\"g.example:80\"]{egress}}}}}\n");
        let known = access("known: {internet: [gate]}");
        let team = group("work_at: [leeds], media: [digital], access: [gate]");
        let state = first(&[office, &proxies, &known, &team]);
        assert_eq!(state, if open { Live } else { refused.clone() }, "{egress}");
    }
}
