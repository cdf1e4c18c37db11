//! VPNs: VPN-01 to VPN-07 and the guide's worked examples off site.

mod common;

use common::{Case, OFFICE, OPEN, case, case_with, changes, failed, first, group, one, rules};
use outlast_reference::{Failure, WayState::*};

fn tunnel(vpn: &str, rest: &str, keys: &str) -> Case {
    let vpn = format!("vpn: {{tun: {{site: leeds, {vpn}}}}}\n");
    case(&[OFFICE, &vpn, rest, &group(keys)])
}

const DIGITAL: &str = "work_at: [homes], media: [digital], access: [tun]";

#[test]
fn vpn_01_a_full_tunnel_leaves_as_a_workstation_of_the_vpn_s_site() {
    let case = tunnel("tunnel: full", "", DIGITAL);
    assert_eq!(case.first(), Live);
    // Private first, the Internet else: both are free.
    assert_eq!(case.first_in(&failed(&["leeds-mpls"])), Live);
    // The tunnel itself comes in over the Internet.
    for lost in ["leeds-net", "internet", "tun", "leeds", "homes.isp"] {
        assert_eq!(case.first_in(&failed(&[lost])), Down, "{lost}");
    }
}

#[test]
fn vpn_01_the_same_firewalls_control_it() {
    let firewalls =
        "firewalls: {fw: {site: leeds, guards: [internet, mpls], allow: [{to: turn}]}}\n";
    let case = tunnel("tunnel: full", firewalls, DIGITAL);
    assert_eq!(case.first(), rules(&["INT-02", "PRV-05"]));
}

#[test]
fn vpn_02_a_split_tunnel_must_list_the_private_addresses() {
    let sip = "work_at: [homes], phones: [sip-softphone], access: [tun], apps: {}";
    for (words, open) in [
        ("[sbc]", true),
        ("[sbc-signalling, sbc-media]", true),
        ("[sbc-signalling]", false),
        ("[services-private]", false),
    ] {
        let case = tunnel(&format!("tunnel: split, include: {words}"), "", sip);
        assert_eq!(case.first(), if open { Live } else { rules(&["VPN-02"]) }, "{words}");
    }
    let web = tunnel("tunnel: split, include: [services-private]", "", DIGITAL);
    assert_eq!(web.first(), Live);
    // Not listed: refused inside, and from the home address outside.
    let none = tunnel("tunnel: split, include: [sbc]", "", DIGITAL);
    assert_eq!(none.first(), rules(&["INT-04", "INT-08", "VPN-02"]));
}

#[test]
fn vpn_03_the_proxy_s_own_address_must_be_on_the_list() {
    let proxies = "proxies: {gate: {site: leeds, names: [\"gate.example:8080\"]}}\n";
    let keys = format!("{DIGITAL}, proxy: [gate]");
    for (words, open) in [("[proxies]", true), ("[gate]", true), ("[sbc]", false)] {
        let case = tunnel(&format!("tunnel: split, include: {words}"), proxies, &keys);
        // On the private side VPN-06.
        let refused = rules(&["VPN-03", "VPN-06"]);
        assert_eq!(case.first(), if open { Live } else { refused }, "{words}");
    }
}

#[test]
fn vpn_04_turn_on_the_list_runs_through_the_corporate_firewall() {
    let firewalls = "firewalls: {fw: {site: leeds, guards: internet, dpi: {turn: true}}}\n";
    let keys = "work_at: [homes], phones: [webrtc-embedded], access: [tun], enters_by: direct";
    let with = |include: &str| {
        let vpn = format!("vpn: {{tun: {{site: leeds, tunnel: split, include: {include}}}}}\n");
        case(&[OFFICE, OPEN, &vpn, firewalls, &group(keys)])
    };
    assert_eq!(with("[turn]").first(), rules(&["INT-03"]));
    assert_eq!(with("[services-private]").first(), Live);
    let full = Failure { split_to_full: one("tun"), ..Failure::default() };
    // A full tunnel with a list could be split again, which would mend it.
    let mended = changes(&["enable_split_tunnel"]);
    assert_eq!(with("[services-private]").first_in(&full), mended);
}

#[test]
fn vpn_07_a_list_of_today_s_addresses_leads_outside_once_they_have_rotated() {
    let case = tunnel("tunnel: split, include: [{resolved: 2026-09-01}]", "", DIGITAL);
    assert_eq!(case.first(), Live);
    let rotated = Failure { rotated: true, ..Failure::default() };
    assert_eq!(case.first_in(&rotated), rules(&["INT-04", "INT-08", "VPN-02"]));
}

#[test]
fn vpn_users_leave_with_the_address_of_the_pool() {
    let known = |name: &str| format!("cloud: {{access: {{known: {{internet: [{name}]}}}}}}\n");
    let keys = format!("{DIGITAL}, apps: {{recording-ui: required}}");
    let case = |pool: &str, name: &str| tunnel(&format!("tunnel: full{pool}"), &known(name), &keys);
    assert_eq!(case("", "leeds-net").first(), Live);
    assert_eq!(case("", "tun").first(), Live);
    assert_eq!(case(", pool: {nat: leeds-net}", "leeds-net").first(), Live);
    assert_eq!(case("", "").first(), changes(&["register_known_ips"]));
}

#[test]
fn worked_example_1_desktop_in_a_vdi_and_a_sip_phone_beside_it() {
    let parts = OFFICE.replace("sites:", "sites:\n  farm-site: {kind: vendor}")
        + "vdi: {farm: {site: farm-site, platform: citrix-7, reached_over: [internet]}}\n"
        + "phones: {soft: {kind: sip-softphone, connector: false}}\n"
        + "cloud: {access: {known: {internet: [farm]}}}\n";
    let team = group("work_at: [leeds], phones: [soft], access: [farm]");
    let case = case(&[&parts, &team]);
    assert_eq!(case.first(), Live);
    // Desktop by the Internet, phone by the private network: each has its own.
    for lost in ["leeds-net", "leeds-mpls", "farm", "cloud.sbc"] {
        assert_eq!(case.first_in(&failed(&[lost])), Down, "{lost}");
    }
}

#[test]
fn worked_example_3_the_same_at_home_with_the_phone_in_a_split_tunnel() {
    let parts = OFFICE.replace("sites:", "sites:\n  farm-site: {kind: vendor}")
        + "vdi: {farm: {site: farm-site, platform: citrix-7, reached_over: [internet]}}\n"
        + "phones: {soft: {kind: sip-softphone, connector: false}}\n"
        + "cloud: {access: {known: {internet: [farm]}}}\n"
        + "vpn: {tun: {site: leeds, tunnel: split, include: [sbc]}}\n";
    let team =
        group("work_at: [homes], phones: [soft], access: [tun], apps: {agent-desktop: {on: farm}}");
    let case = case(&[&parts, &team]);
    assert_eq!(case.first(), Live);
    for lost in ["tun", "leeds-net", "leeds-mpls", "farm", "homes.isp"] {
        assert_eq!(case.first_in(&failed(&[lost])), Down, "{lost}");
    }
}

#[test]
fn worked_example_5_desktop_by_the_tunnel_and_the_embedded_phone_direct() {
    let proxies = "proxies: {gate: {site: leeds, names: [\"gate.example:8080\"]}}\n";
    let vpn = "vpn: {tun: {site: leeds, tunnel: split, include: [proxies]}}\n";
    let pac = "pac: {corporate: {file: corporate.pac}}\n";
    let team = group("work_at: [homes], phones: [webrtc-embedded], access: [tun], pac: corporate");
    let answers = [("*", "PROXY gate.example:8080"), ("turn.cloud.example", "DIRECT")];
    let case = case_with(&[OFFICE, proxies, vpn, pac, &team], &answers);
    assert_eq!(case.first(), Live);
    assert_eq!(case.first_in(&failed(&["gate"])), Down);
    // Everything by the proxy works too, but loads the tunnel.
    let copied = case_with(&[OFFICE, proxies, vpn, pac, &team], &answers[..1]);
    assert_eq!(copied.first(), Live);
}

#[test]
fn vpn_users_leave_for_the_internet_by_the_pool_alone() {
    let two = OFFICE.replace("circuits:", "circuits:\n  spare: {from: leeds, to: internet}");
    let keys = format!("{DIGITAL}, apps: {{recording-ui: required}}");
    let with = |bundles: &str, nat: &str| {
        let vpn = format!("vpn: {{tun: {{site: leeds, tunnel: full, pool: {{nat: {nat}}}}}}}\n");
        case(&[&two, bundles, &vpn, &group(&keys)])
    };
    // The tunnel comes in by either; out goes that circuit only.
    let circuit = with("", "leeds-net");
    assert_eq!(circuit.first(), Live);
    assert_eq!(circuit.first_in(&failed(&["spare"])), Live);
    assert_eq!(circuit.first_in(&failed(&["leeds-net"])), Down);
    let bundle = with("bundles: {both: {of: [leeds-net, spare], mode: active-passive}}\n", "both");
    assert_eq!(bundle.first_in(&failed(&["leeds-net"])), Live);
    assert_eq!(bundle.first_in(&failed(&["both"])), Down);
    // Exits through other sites are none of theirs.
    let exits = "exits: {leeds: {internet: [dc]}}\n";
    let dc = two.replace("sites:", "sites:\n  dc: {kind: data-center}").replace(
        "circuits:",
        "circuits:\n  dc-mpls: {from: dc, to: mpls}\n  dc-net: {from: dc, to: internet}",
    );
    let vpn = "vpn: {tun: {site: leeds, tunnel: full, pool: {nat: leeds-net}}}\n";
    let through = case(&[&dc, exits, vpn, &group(&keys)]);
    assert_eq!(through.first_in(&failed(&["dc-net"])), Live);
    // Private networks are as before.
    let private = case(&[&dc, exits, vpn, &group(DIGITAL)]);
    assert_eq!(private.first_in(&failed(&["spare", "cloud.security-gateways"])), Live);
}

#[test]
fn a_vpn_with_an_address_of_its_own_is_known_by_that_alone() {
    let with = |egress: &str, known: &str| {
        let vpn = format!("vpn: {{tun: {{site: leeds, tunnel: full{egress}}}}}\n");
        let cloud = format!("cloud: {{access: {{known: {{internet: [{known}]}}}}}}\n");
        let team =
            group("work_at: [homes], media: [digital], access: [tun], apps: {wfm: required}");
        let internet = OFFICE.replace("  leeds-mpls: {from: leeds, to: mpls}\n", "");
        first(&[&internet, &vpn, &cloud, &team])
    };
    let own = ", egress: 20.50.1.7";
    assert_eq!(with("", "leeds-net"), Live);
    assert_eq!(with(own, "leeds-net"), changes(&["register_known_ips"]));
    for known in ["20.50.0.0/16", "tun", "{address: 20.60.1.1, of: tun}"] {
        assert_eq!(with(own, known), Live, "{known}");
    }
    assert_eq!(with(", egress: nat-v", "nat-v"), Live);
    // One that the Internet does not route is never known; no private way either.
    assert_eq!(with(", egress: 10.50.1.7", "tun"), rules(&["INT-05", "TRN-01"]));
}
