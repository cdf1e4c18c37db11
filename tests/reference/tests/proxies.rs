//! Proxies and PAC files: PRX-01 to PRX-10, APP-06, APP-07, OFF-07.

mod common;

use common::{Case, OFFICE, OPEN, case, case_with, changes, failed, first, group, one, rules};
use outlast_reference::{Failure, WayState::*};

const WEB: &str = "work_at: [leeds], media: [digital], access: [internet]";

fn proxied(proxy: &str, keys: &str) -> Case {
    let proxies =
        format!("proxies: {{gate: {{site: leeds, names: [\"gate.example:8080\"]{proxy}}}}}\n");
    case(&[OFFICE, &proxies, &group(keys)])
}

fn by_pac(proxy: &str, keys: &str, answers: &[(&str, &str)]) -> Case {
    let proxies =
        format!("proxies: {{gate: {{site: leeds, names: [\"gate.example:8080\"]{proxy}}}}}\n");
    let pac = "pac: {corporate: {file: corporate.pac}}\n";
    case_with(&[OFFICE, &proxies, pac, &group(&format!("{keys}, pac: corporate"))], answers)
}

#[test]
fn prx_01_an_explicit_proxy_never_falls_to_direct() {
    let case = proxied("", &format!("{WEB}, proxy: [gate]"));
    assert_eq!(case.first(), Live);
    assert_eq!(case.first_in(&failed(&["gate"])), Down);
}

#[test]
fn prx_01_a_pac_file_s_answers_are_tried_in_order() {
    let case = by_pac("", WEB, &[("*", "PROXY gate.example:8080; DIRECT")]);
    assert_eq!(case.first(), Live);
    assert_eq!(case.first_in(&failed(&["gate"])), Live);
    let only = by_pac("", WEB, &[("*", "PROXY gate.example:8080")]);
    assert_eq!(only.first_in(&failed(&["gate"])), Down);
}

#[test]
fn prx_01_the_first_that_is_up_is_asked_even_if_it_refuses() {
    let case = by_pac(", allow: [turn]", WEB, &[("*", "PROXY gate.example:8080; DIRECT")]);
    assert_eq!(case.first(), rules(&["PRX-05"]));
    assert_eq!(case.first_in(&failed(&["gate"])), Live);
}

#[test]
fn prx_05_a_restricting_proxy_must_allow_every_name() {
    for (words, open) in [
        ("any", true),
        ("[cloud-domain]", true),
        ("[portal, authentication, agent-desktop]", true),
        ("[agent-desktop]", false),
        ("[50.0.0.0/8]", false),
    ] {
        let case = proxied(&format!(", allow: {words}"), &format!("{WEB}, proxy: [gate]"));
        assert_eq!(case.first(), if open { Live } else { rules(&["PRX-05"]) }, "{words}");
    }
}

#[test]
fn prx_05_a_proxy_goes_by_names_which_are_the_same_on_either_network() {
    for access in ["internet", "private"] {
        let keys = format!("work_at: [leeds], media: [digital], access: [{access}], proxy: [gate]");
        for (words, open) in [
            ("[services]", true),
            ("[services-private]", true),
            ("[10.9.0.0/16, 50.1.0.0/16]", false),
        ] {
            let proxy = format!(", reaches: [internet, private], allow: {words}");
            let expected = if open { Live } else { rules(&["PRX-05"]) };
            assert_eq!(proxied(&proxy, &keys).first(), expected, "{access} {words}");
        }
    }
}

#[test]
fn prx_06_an_authenticating_proxy_stops_a_softphone_s_signalling_alone() {
    let phones = "phones: {soft: {kind: webrtc-softphone, proxy: gate}}\n";
    let with = |login: &str, phone: &str| {
        let proxies = format!(
            "proxies: {{gate: {{site: leeds, names: [\"gate.example:8080\"], exclude: [turn]{login}}}}}\n"
        );
        let team = group(&format!(
            "work_at: [leeds], phones: [{phone}], access: [internet], proxy: [gate]"
        ));
        case(&[OFFICE, &proxies, phones, &team]).first()
    };
    assert_eq!(with(", authentication: {}", "soft"), rules(&["PRX-06"]));
    assert_eq!(with(", authentication: {exempt: [webrtc-signalling]}", "soft"), Live);
    assert_eq!(with("", "soft"), Live);
    assert_eq!(with(", authentication: {}", "webrtc-embedded"), Live);
}

#[test]
fn prx_06_a_proxy_s_exemptions_go_by_names() {
    let keys = "work_at: [leeds], phones: [soft], access: [internet], apps: {}";
    for (words, open) in [
        ("any", true),
        ("services", true),
        ("services-private", true),
        ("cloud-domain", true),
        ("webrtc-signalling", true),
        ("portal", false),
        ("[50.1.0.0/16, 10.9.0.0/16, 0.0.0.0/0]", false),
        ("{resolved: 2026-09-01}", false),
        ("[vpns, vdis, pbxs, proxies]", false),
    ] {
        let proxies = format!(
            "proxies: {{gate: {{site: leeds, names: [\"g.example:80\"], authentication: {{exempt: {words}}}}}}}\n"
        );
        let addresses =
            "cloud: {addresses: {services: [50.1.2.0/24], services-private: [10.9.1.0/24]}}\n";
        let phones = "phones: {soft: {kind: webrtc-softphone, proxy: gate}}\n";
        let state = first(&[OFFICE, &proxies, addresses, phones, &group(keys)]);
        assert_eq!(state, if open { Live } else { rules(&["PRX-06"]) }, "{words}");
    }
}

#[test]
fn prx_07_a_proxy_that_inspects_turn_stops_embedded_media() {
    let keys = "work_at: [leeds], phones: [webrtc-embedded], access: [internet], proxy: [gate]";
    let plain = proxied("", keys);
    assert_eq!(plain.first(), Live);
    assert_eq!(proxied(", dpi: {turn: true}", keys).first(), rules(&["PRX-07"]));
    assert_eq!(proxied(", dpi: {turn: true}, exclude: [turn]", keys).first(), Live);
    let spoiled = Failure { turn_inspected: one("gate"), ..Failure::default() };
    assert_eq!(plain.first_in(&spoiled), rules(&["PRX-07"]));
}

#[test]
fn prx_03_a_softphone_s_media_never_takes_a_proxy() {
    let keys = "work_at: [leeds], phones: [webrtc-softphone], access: [internet], proxy: [gate]";
    assert_eq!(proxied(", dpi: {turn: true, tls: only}", keys).first(), Live);
}

#[test]
fn app_06_media_is_no_tls() {
    let keys = "work_at: [leeds], phones: [webrtc-embedded], access: [internet], proxy: [gate]";
    assert_eq!(proxied(", dpi: {tls: only}", keys).first(), rules(&["APP-06"]));
    assert_eq!(proxied(", dpi: {tls: only}, exclude: [turn]", keys).first(), Live);
}

#[test]
fn prx_08_a_pac_file_must_send_turn_direct_where_the_proxy_excludes_it() {
    let keys = "work_at: [leeds], phones: [webrtc-embedded], access: [internet]";
    let all = [("*", "PROXY gate.example:8080")];
    let direct = [("*", "PROXY gate.example:8080"), ("turn.cloud.example", "DIRECT")];
    assert_eq!(by_pac(", exclude: [turn]", keys, &all).first(), rules(&["PRX-08"]));
    assert_eq!(by_pac(", exclude: [turn]", keys, &direct).first(), Live);
    assert_eq!(by_pac("", keys, &all).first(), Live);
}

#[test]
fn prx_08_a_proxy_that_the_plan_does_not_have() {
    let stranger = [("*", "PROXY stranger.example:80")];
    assert_eq!(by_pac("", WEB, &stranger).first(), rules(&["PRX-08"]));
    let second = [("*", "PROXY gate.example:8080; PROXY stranger.example:80")];
    assert_eq!(by_pac("", WEB, &second).first(), Live);
}

#[test]
fn prx_08_a_pac_file_that_fails_answers_direct() {
    let broken = Failure { pac_broken: one("corporate"), ..Failure::default() };
    let case = by_pac(", allow: [turn]", WEB, &[("*", "PROXY gate.example:8080")]);
    assert_eq!(case.first(), rules(&["PRX-05"]));
    assert_eq!(case.first_in(&broken), Live);
    assert_eq!(by_pac(", allow: [turn]", WEB, &[("*", "nonsense")]).first(), Live);
}

#[test]
fn prx_10_a_proxy_must_reach_the_network() {
    let private = "work_at: [leeds], media: [digital], access: [private], proxy: [gate]";
    assert_eq!(proxied("", private).first(), rules(&["PRX-10"]));
    assert_eq!(proxied(", reaches: [internet, private]", private).first(), Live);
    let web = format!("{WEB}, proxy: [gate]");
    assert_eq!(proxied(", reaches: [private]", &web).first(), rules(&["PRX-10"]));
}

#[test]
fn prx_09_a_softphone_s_proxy_is_effective_where_the_connector_reads_it() {
    for (connector, set_in, through) in [
        ("true", "cloud", true),
        ("true", "file", false),
        ("false", "file", true),
        ("false", "cloud", false),
    ] {
        let phones = format!(
            "phones: {{soft: {{kind: webrtc-softphone, connector: {connector}, \
             proxy: {{via: gate, set_in: {set_in}}}}}}}\n"
        );
        let proxies = "proxies: {gate: {site: leeds, names: [\"gate.example:8080\"]}}\n";
        let team = group("work_at: [leeds], phones: [soft], access: [internet]");
        let case = case(&[OFFICE, proxies, &phones, &team]);
        assert_eq!(case.first(), Live);
        let expected = if through { Down } else { Live };
        assert_eq!(case.first_in(&failed(&["gate"])), expected, "{connector} {set_in}");
    }
}

#[test]
fn prx_09_without_a_proxy_option_one_can_be_set() {
    let access = OPEN.replace(", webrtc-signalling", "");
    let proxies = "proxies: {gate: {site: leeds, names: [\"gate.example:8080\"]}}\n";
    let team = group(
        "work_at: [homes], phones: [webrtc-softphone], access: [internet], enters_by: direct",
    );
    let open = case(&[OFFICE, &access, proxies, &team]);
    // Open access for the signalling would do as well; either is one change.
    assert_eq!(open.first(), changes(&["request_open_access"]));
    let closed = access.replace("mfa: true", "mfa: true\n    off_site_data: forbidden");
    let desktop = "cloud:\n  services: {agent-desktop: {authentication: false}}";
    let closed = closed.replace("cloud:", desktop);
    let by_proxy = team.replace("enters_by: direct", "enters_by: direct, proxy: [gate]");
    let case = case(&[OFFICE, &closed, proxies, &by_proxy]);
    assert_eq!(case.first(), changes(&["set_softphone_proxy"]));
}

#[test]
fn prx_04_and_off_07_only_recorders_from_78_on_take_a_proxy_and_only_from_the_file() {
    let proxies = "proxies: {gate: {site: leeds, names: [\"gate.example:8080\"]}}\n";
    for (version, set_in, expected) in [
        ("8.5.370.78", "file", Live),
        ("8.5.370.100", "file", Live),
        ("8.5.370.77", "file", changes(&["upgrade_screen_recorder"])),
        ("8.5.370.9", "file", changes(&["upgrade_screen_recorder"])),
        ("8.5.370.78", "cloud", rules(&["INT-04"])),
    ] {
        let team = group(&format!(
            "work_at: [homes], media: [digital], access: [internet], proxy: [gate], recording: \
             {{required: true, version: {version}, proxy: {{via: gate, set_in: {set_in}}}}}"
        ));
        assert_eq!(case(&[OFFICE, proxies, &team]).first(), expected, "{version} {set_in}");
    }
}

#[test]
fn off_04_a_prepared_pac_file_can_be_deployed() {
    let proxies = "proxies: {gate: {site: leeds, names: [\"gate.example:8080\"]}}\n";
    let pac = "pac: {emergency: {file: emergency.pac}}\n";
    let team = group("work_at: [homes], media: [digital], access: [internet]");
    let case = case_with(&[OFFICE, proxies, pac, &team], &[("*", "PROXY gate.example:8080")]);
    let ways = case.ways(&Failure::default());
    assert_eq!(ways[0].state, rules(&["INT-04", "INT-08"]));
    assert_eq!(ways[1].pac.as_deref(), Some("emergency"));
    assert_eq!(ways[1].state, changes(&["deploy_pac"]));
}

#[test]
fn int_02_the_way_to_a_vendor_s_proxy_needs_its_port() {
    let vendor = OFFICE.replace("sites:", "sites:\n  swg: {kind: vendor}");
    let proxies = "proxies: {gate: {site: swg, names: [\"gate.example:8080\"]}}\n";
    let known = "cloud: {access: {known: {internet: [gate]}}}\n";
    let with = |rule: &str| {
        let firewalls =
            format!("firewalls: {{fw: {{site: leeds, guards: internet, allow: [{rule}]}}}}\n");
        let team = group("work_at: [leeds], media: [digital], access: [gate]");
        case(&[&vendor, proxies, known, &firewalls, &team]).first()
    };
    assert_eq!(with("any-443"), rules(&["INT-02"]));
    assert_eq!(with("{to: gate, tcp: 8080}"), Live);
    assert_eq!(with("{to: proxies}"), Live);
    assert_eq!(with("{to: services}"), rules(&["INT-02"]));
}

/// A proxy at a vendor's site and one at the office, asked in this order; a
/// firewall rule at the office.
fn two_proxies(rule: &str, answer: &str, keys: &str) -> Case {
    let vendor = OFFICE.replace("sites:", "sites:\n  swg: {kind: vendor}");
    let proxies = "proxies: {far: {site: swg, names: [\"far.example:8080\"]}, near: {site: leeds, names: [\"near.example:8080\"]}}\n";
    let known = "cloud: {access: {known: {internet: [far, leeds-net]}}}\n";
    let pac = "pac: {corporate: {file: corporate.pac}}\n";
    let firewalls =
        format!("firewalls: {{fw: {{site: leeds, guards: internet, allow: [{rule}]}}}}\n");
    let team = group(&format!("media: [digital], pac: corporate, {keys}"));
    let parts = [&vendor, proxies, known, pac, &firewalls, &team];
    case_with(&parts, &[("*", answer)])
}

#[test]
fn prx_10_a_proxy_that_a_rule_keeps_from_the_machine_is_passed_over() {
    let office = "work_at: [leeds], access: [internet]";
    let (far, near) = ("PROXY far.example:8080", "PROXY near.example:8080");
    let both = format!("{far}; {near}");
    // The workstation may not go out to the far one; the near one is asked.
    let barred = two_proxies("{to: services}", &both, office);
    assert_eq!(barred.first(), Live);
    assert_eq!(barred.first_in(&failed(&["near"])), Down);
    assert_eq!(barred.first_in(&failed(&["far"])), Live);
    // None left: what keeps it from them is the reason.
    assert_eq!(two_proxies("{to: services}", far, office).first(), rules(&["INT-02"]));
    let direct = format!("{far}; DIRECT");
    assert_eq!(two_proxies("{to: services}", &direct, office).first(), Live);
    // Let out to it, a refusal behind it is final.
    let open = two_proxies("{to: far}", &both, office);
    assert_eq!(open.first(), Live);
    assert_eq!(open.first_in(&failed(&["far"])), rules(&["INT-02"]));
}

#[test]
fn vpn_03_a_proxy_that_is_not_on_the_list_is_passed_over() {
    let home = "work_at: [homes], access: [tun]";
    let third = "proxies: {gate: {site: leeds, names: [\"gate.example:8080\"], reaches: [internet, private]}, \
                 near: {site: leeds, names: [\"near.example:8080\"], reaches: [internet, private]}}\n";
    let vpn = "vpn: {tun: {site: leeds, tunnel: split, include: [near]}}\n";
    let with = |list: &str| {
        let team = group(&format!("media: [digital], {home}, proxy: {list}"));
        case(&[OFFICE, third, vpn, &team]).first()
    };
    assert_eq!(with("[gate, near]"), Live);
    assert_eq!(with("[gate]"), rules(&["VPN-03", "VPN-06"]));
}

#[test]
fn prx_07_an_explicit_setting_passes_over_proxies_that_exclude_turn() {
    let with = |near: &str, far: &str| {
        let proxies = format!(
            "proxies: {{near: {{site: leeds, names: [\"near.example:80\"]{near}}}, \
             far: {{site: leeds, names: [\"far.example:80\"]{far}}}}}\n"
        );
        let team = group(
            "work_at: [leeds], phones: [webrtc-embedded], access: [internet], proxy: [near, far]",
        );
        case(&[OFFICE, &proxies, &team])
    };
    let (excludes, inspects) = (", exclude: [turn]", ", dpi: {turn: true}");
    assert_eq!(with(excludes, inspects).first(), rules(&["PRX-07"]));
    assert_eq!(with(excludes, "").first(), Live);
    assert_eq!(with(excludes, "").first_in(&failed(&["far"])), Down);
    let direct = with(excludes, ", exclude: [turn]");
    assert_eq!(direct.first_in(&failed(&["far"])), Live);
}
