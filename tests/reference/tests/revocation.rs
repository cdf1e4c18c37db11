//! Revocation lists of hard-fail workstations: APP-07, APP-08.

mod common;

use common::{Case, LISTS, OFFICE, OPEN, case, case_with, changes, failed, group, rules};
use outlast_reference::{Failure, WayState, WayState::*};

const HARD: &str = "workstations: {pc: {revocation: hard-fail}}\n";
const WEB: &str = "work_at: [leeds], media: [digital]";
const GATE: &str = "site: leeds, names: [\"gate.example:8080\"]";

fn hard(parts: &[&str], keys: &str) -> Case {
    let team = group(keys);
    let mut all = vec![OFFICE, HARD];
    all.extend(parts);
    all.push(&team);
    case(&all)
}

fn firewall(keys: &str) -> String {
    format!("firewalls: {{fw: {{site: leeds, {keys}}}}}\n")
}

fn proxies(gate: &str) -> String {
    format!("proxies: {{gate: {{{GATE}{gate}}}}}\n")
}

fn at(case: &Case, place: &str, access: &str) -> WayState {
    let ways = case.ways(&Failure::default());
    let here = ways.iter().find(|way| way.place == place && way.access == access);
    here.expect("such a way").state.clone()
}

#[test]
fn the_lists_lie_on_the_internet_whichever_network_carries_the_service() {
    let private = format!("{WEB}, access: [private]");
    let strict = hard(&[], &private);
    assert_eq!(strict.first(), Live);
    for lost in ["leeds-net", "internet", "crl", "dns"] {
        assert_eq!(strict.first_in(&failed(&[lost])), Down, "{lost}");
    }
    assert_eq!(strict.first_in(&failed(&["cloud.security-gateways"])), Live);
    // Without circuit or exit to the Internet there is no way to them.
    let mpls_only = OFFICE.replace("  leeds-net: {from: leeds, to: internet}\n", "");
    assert_eq!(case(&[&mpls_only, HARD, &group(&private)]).first(), rules(&["APP-07"]));
    assert_eq!(case(&[&mpls_only, &group(&private)]).first(), Live);
    // Soft-fail workstations do without.
    assert_eq!(case(&[OFFICE, &group(&private)]).first_in(&failed(&["crl"])), Live);
}

#[test]
fn only_who_speaks_https_needs_them_and_every_source_is_accepted() {
    let keys = "work_at: [leeds], phones: [sip-softphone], access: [private], apps: {}";
    assert_eq!(hard(&[], keys).first_in(&failed(&["crl", "leeds-net"])), Live);
    let known = "cloud: {access: {known: {internet: []}}}\n";
    assert_eq!(hard(&[known], &format!("{WEB}, access: [private]")).first(), Live);
}

#[test]
fn firewalls_let_the_lists_out_by_their_own_word_on_either_port() {
    for (rules_, open) in [
        ("{to: services}", false),
        ("{to: [services, cloud-domain, turn]}", false),
        ("{to: [services, crl]}", true),
        ("{to: services}, {to: crl, tcp: 80}", true),
        ("{to: services}, {to: crl, tcp: 443}", true),
        ("{to: services}, {to: crl, tcp: 8080}", false),
        ("{to: services}, {from: proxies, to: crl}", false),
        ("any-443", true),
        ("any", true),
    ] {
        let fw = firewall(&format!("guards: internet, allow: [{rules_}]"));
        let case = hard(&[&fw], &format!("{WEB}, access: [internet]"));
        assert_eq!(case.first(), if open { Live } else { rules(&["APP-07"]) }, "{rules_}");
    }
    // A firewall that keeps the service too says both.
    let fw = firewall("guards: internet, allow: [{to: turn}]");
    let both = hard(&[&fw], &format!("{WEB}, access: [internet]"));
    assert_eq!(both.first(), rules(&["INT-02", "APP-07"]));
}

#[test]
fn it_is_one_port_all_the_way() {
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
    let with = |inner: u16, outer: u16| {
        let rule = |port: u16| format!("[{{to: services}}, {{to: crl, tcp: {port}}}]");
        let firewalls = format!(
            "firewalls: {{a: {{site: leeds, guards: wan, allow: {}}}, b: {{site: dc, guards: internet, allow: {}}}}}\n",
            rule(inner),
            rule(outer)
        );
        let team = group(&format!("{WEB}, access: [internet]"));
        case(&[sites, HARD, &firewalls, &team]).first()
    };
    assert_eq!((with(80, 80), with(443, 443)), (Live, Live));
    assert_eq!(with(80, 443), rules(&["APP-07"]));
}

#[test]
fn a_proxy_must_reach_the_internet_and_let_the_lists_through() {
    let keys = format!("{WEB}, access: [internet], proxy: [gate]");
    let with = |gate: &str| hard(&[&proxies(gate)], &keys).first();
    assert_eq!(with(", allow: [cloud-domain]"), rules(&["APP-07"]));
    assert_eq!(with(", allow: [cloud-domain, crl]"), Live);
    assert_eq!(with(", allow: any"), Live);
    assert_eq!(with(""), Live);
    // Services by the private network, the lists nowhere.
    let private = format!("{WEB}, access: [private], proxy: [gate]");
    let with = |gate: &str| hard(&[&proxies(gate)], &private).first();
    assert_eq!(with(", reaches: [private]"), rules(&["APP-07"]));
    assert_eq!(with(", reaches: [internet, private]"), Live);
    // What keeps the workstation from its proxy keeps it from the lists too.
    let far = "sites: {leeds: {kind: office}, swg: {kind: vendor}}\n\
               networks: {mpls: {kind: private}}\n\
               circuits: {leeds-net: {from: leeds, to: internet}, leeds-mpls: {from: leeds, to: mpls}}\n\
               proxies: {gate: {site: swg, names: [\"gate.example:8080\"]}}\n";
    let fw = firewall("guards: internet, allow: [{to: crl}]");
    let team = group(&format!("{WEB}, access: [internet], proxy: [gate]"));
    assert_eq!(case(&[far, HARD, &fw, &team]).first(), rules(&["INT-02", "APP-07"]));
}

#[test]
fn a_pac_file_is_asked_about_the_lists_host() {
    let keys = format!("{WEB}, access: [internet], pac: a");
    let with = |allow: &str, lists: &str| {
        let gate = proxies(&format!(", allow: {allow}"));
        let team = group(&keys);
        let pac = "pac: {a: {file: a.pac}}\n";
        case_with(
            &[OFFICE, HARD, &gate, pac, &team],
            &[("*", "PROXY gate.example:8080"), (LISTS, lists)],
        )
    };
    assert_eq!(with("[cloud-domain]", "DIRECT").first(), Live);
    assert_eq!(with("[cloud-domain]", "PROXY gate.example:8080").first(), rules(&["APP-07"]));
    assert_eq!(with("[cloud-domain, crl]", "PROXY gate.example:8080").first(), Live);
    assert_eq!(with("[cloud-domain]", "PROXY stranger.example:80").first(), rules(&["APP-07"]));
    // A file that fails answers DIRECT, for the lists as well.
    let broken = Failure { pac_broken: common::one("a"), ..Failure::default() };
    let strict = with("[cloud-domain]", "PROXY gate.example:8080");
    assert_eq!(strict.first_in(&broken), Live);
}

#[test]
fn a_split_tunnel_takes_them_in_if_its_list_says_so() {
    let keys = "work_at: [homes], media: [digital], access: [tun]";
    let with = |include: &str| {
        let vpn = format!("vpn: {{tun: {{site: leeds, tunnel: split, include: {include}}}}}\n");
        let fw = firewall("guards: internet, allow: [{to: services}]");
        hard(&[&vpn, &fw], keys).first()
    };
    // Inside, the office's firewall keeps them back; outside, nothing does.
    assert_eq!(with("[services-private]"), Live);
    assert_eq!(with("[services-private, crl]"), rules(&["APP-07"]));
    assert_eq!(with("any"), rules(&["APP-07"]));
    // In a full tunnel they are inside by nature.
    let vpn = "vpn: {tun: {site: leeds, tunnel: full}}\n";
    assert_eq!(hard(&[vpn], keys).first_in(&failed(&["leeds-mpls"])), Live);
    // Out again by the only circuit, which is lost.
    let fw = firewall("guards: internet, allow: [{to: services}]");
    assert_eq!(hard(&[vpn, &fw], keys).first(), rules(&["APP-07"]));
}

#[test]
fn a_company_proxy_outside_the_tunnel_s_list_gives_no_lists() {
    let vpn = "vpn: {tun: {site: leeds, tunnel: split, include: [services-private]}}\n";
    let keys = "work_at: [homes], media: [digital], access: [tun]";
    let pac = "pac: {a: {file: a.pac}}\n";
    let team = group(&format!("{keys}, pac: a"));
    let by = |lists: &str| {
        let parts = [OFFICE, HARD, &proxies(""), vpn, pac, &team];
        case_with(&parts, &[("*", "DIRECT"), (LISTS, lists)]).first()
    };
    assert_eq!(by("PROXY gate.example:8080"), rules(&["APP-07"]));
    assert_eq!(by("PROXY gate.example:8080; DIRECT"), Live);
}

#[test]
fn one_port_takes_the_lists_through_every_firewall_on_the_way() {
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
    let services = "{to: [services, turn]}";
    for (near, far, open) in [
        ("{to: crl, tcp: 80}", "{to: crl, tcp: 80}", true),
        ("{to: crl, tcp: 443}", "{to: crl, tcp: 443}", true),
        ("{to: crl, tcp: 80}", "{to: crl, tcp: 443}", false),
        ("{to: crl, tcp: 443}", "{to: crl, tcp: 80}", false),
        ("{to: crl}", "{to: crl, tcp: 80}", true),
        ("any-443", "{to: crl}", true),
        ("any-443", "{to: crl, tcp: 80}", false),
    ] {
        let firewalls = format!(
            "firewalls:\n  near: {{site: leeds, guards: wan, allow: [{services}, {near}]}}\n  \
             far: {{site: dc, guards: internet, allow: [{services}, {far}]}}\n"
        );
        let team = group(&format!("{WEB}, access: [internet]"));
        let state = case(&[sites, HARD, &firewalls, &team]).first();
        assert_eq!(state, if open { Live } else { rules(&["APP-07"]) }, "{near} {far}");
    }
}

#[test]
fn a_virtual_desktop_is_as_strict_as_its_workstation() {
    let farm = |exit: &str| {
        format!(
            "vdi: {{farm: {{site: leeds, platform: citrix-7, reached_over: [internet, mpls]{exit}}}}}\n"
        )
    };
    let keys = format!("{WEB}, access: [farm]");
    assert_eq!(hard(&[&farm("")], &keys).first(), Live);
    assert_eq!(hard(&[&farm(", exit: private")], &keys).first(), rules(&["APP-07"]));
    assert_eq!(hard(&[&farm(", exit: leeds-mpls")], &keys).first(), rules(&["APP-07"]));
    assert_eq!(hard(&[&farm(", exit: leeds-net")], &keys).first(), Live);
    // Two machines, each for itself.
    let split = "apps: {agent-desktop: required, wfm: {on: farm}}";
    let keys = format!("{WEB}, access: [private], {split}");
    assert_eq!(hard(&[&farm(", exit: private")], &keys).first(), rules(&["APP-07"]));
    assert_eq!(hard(&[&farm("")], &keys).first(), Live);
}

#[test]
fn a_softphone_fetches_them_by_its_own_proxy_without_a_login() {
    let phone = |by: &str| format!("phones: {{soft: {{kind: webrtc-softphone{by}}}}}\n");
    let keys = "work_at: [leeds], phones: [soft], access: [internet], apps: {}";
    let with = |gate: &str, by: &str| hard(&[&proxies(gate), &phone(by)], keys).first();
    let exempt = "authentication: {exempt: [webrtc-signalling]}";
    assert_eq!(with(&format!(", {exempt}"), ", proxy: gate"), Live);
    assert_eq!(with(", allow: [services]", ", proxy: gate"), rules(&["APP-07"]));
    assert_eq!(with(", allow: [services]", ""), Live);
    assert_eq!(with(", allow: [services, crl]", ", proxy: gate"), Live);
    // Media needs none: an office that lets out TURN and signalling alone.
    let fw = firewall("guards: internet, allow: [{to: [services, turn]}]");
    assert_eq!(hard(&[&fw, &phone("")], keys).first(), rules(&["APP-07"]));
}

#[test]
fn an_embedded_phone_fetches_them_as_the_browser_does() {
    let keys = "work_at: [leeds], phones: [webrtc-embedded], access: [private], proxy: [gate], apps: {agent-desktop: optional}";
    let with = |allow: &str| {
        let gate = format!(", reaches: [internet, private], exclude: [turn], allow: {allow}");
        hard(&[&proxies(&gate)], keys).first()
    };
    assert_eq!(with("[services]"), rules(&["APP-07"]));
    assert_eq!(with("[services, crl]"), Live);
}

#[test]
fn app_08_an_encrypted_sip_softphone_fetches_them_direct() {
    let phone = |entry: &str| format!("phones: {{own: {{{entry}}}}}\n");
    let keys = "work_at: [leeds], phones: [own], access: [private], apps: {}";
    let fw = firewall("guards: internet, allow: [{to: services}]");
    let soft = "kind: sip-softphone, encrypted: true";
    let shut = hard(&[&fw, &phone(soft)], keys);
    assert_eq!(shut.first(), rules(&["APP-08"]));
    let plain = hard(&[&fw, &phone("kind: sip-softphone")], keys);
    assert_eq!(plain.first(), Live);
    let open = hard(&[&phone(soft)], keys);
    assert_eq!((open.first(), open.first_in(&failed(&["crl"]))), (Live, Down));
    assert_eq!(open.first_in(&failed(&["leeds-net"])), Down);
    // A hard phone fetches lists as well; a soft-fail workstation does not.
    let desk = hard(&[&fw, &phone("kind: sip-phone, encrypted: true")], keys);
    assert_eq!(desk.first(), rules(&["APP-08"]));
    assert_eq!(case(&[OFFICE, &fw, &phone(soft), &group(keys)]).first(), Live);
    // From its machine, a virtual desktop that has no way out.
    let farm = "vdi: {farm: {site: leeds, platform: citrix-7, exit: private}}\n";
    let there = phone(&format!("{soft}, on: farm"));
    assert_eq!(hard(&[farm, &there], keys).first(), rules(&["APP-08"]));
}

#[test]
fn a_required_recorder_fetches_them_too() {
    let with = |required: bool, extra: &str, fw: &str| {
        let keys = format!(
            "{WEB}, access: [private], apps: {{}}, recording: {{required: {required}{extra}}}"
        );
        hard(&[&proxies(""), &firewall(fw)], &keys).first()
    };
    let shut = "guards: internet, allow: [{from: proxies, to: any}, {to: services}]";
    assert_eq!(with(true, "", shut), rules(&["APP-07"]));
    assert_eq!(with(false, "", shut), Live);
    let new = ", version: 8.5.370.78, proxy: gate";
    let reaches = proxies(", reaches: [internet, private]");
    let keys = format!("{WEB}, access: [private], apps: {{}}, recording: {{required: true{new}}}");
    assert_eq!(hard(&[&reaches, &firewall(shut)], &keys).first(), Live);
    // Too old for its proxy, it would be mended by an upgrade.
    let old = keys.replace("8.5.370.78", "8.5.370.77");
    let aged = hard(&[&reaches, &firewall(shut)], &old);
    assert_eq!(aged.first(), changes(&["upgrade_screen_recorder"]));
}

#[test]
fn optional_programs_strand_nobody_for_want_of_lists() {
    let keys = format!("{WEB}, access: [private], apps: {{agent-desktop: optional}}");
    let strict = hard(&[], &keys);
    assert_eq!(strict.first_in(&failed(&["crl"])), Live);
    // They take room that is there in their proxy, and else go without.
    let gate = proxies(", sessions: 3, reaches: [internet]");
    let pac = "pac: {a: {file: a.pac}}\n";
    let team = group(&format!("{keys}, pac: a"));
    let parts = [OFFICE, HARD, &gate, pac, &team];
    let said = [("*", "DIRECT"), (LISTS, "PROXY gate.example:8080")];
    let by_proxy = case_with(&parts, &said);
    assert_eq!(by_proxy.directed(&Failure::default()).working, 5);
}

#[test]
fn app_07_leaves_each_place_to_itself() {
    let fw = firewall("guards: internet, allow: [{to: services}]");
    let keys = "work_at: [leeds, homes], media: [digital], access: [internet], enters_by: direct";
    let strict = hard(&[&fw, OPEN], keys);
    assert_eq!(at(&strict, "leeds", "internet"), rules(&["APP-07"]));
    assert_eq!(at(&strict, "homes", "internet"), Live);
}
