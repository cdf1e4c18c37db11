//! Machines: VDI-01, VDI-02, PHN-09, APP-03, INT-02 on the workstation.

mod common;

use common::{OFFICE, OPEN, case, changes, failed, first, group, rules};
use outlast_reference::{Failure, WayState, WayState::*};

fn farm(vdi: &str, rest: &str, keys: &str) -> WayState {
    let vdi = format!("vdi: {{farm: {{site: leeds, {vdi}}}}}\n");
    let team = group(&format!("work_at: [leeds], access: [farm], {keys}"));
    case(&[OFFICE, &vdi, rest, &team]).first()
}

#[test]
fn vdi_01_the_desktop_runs_in_citrix_and_horizon_only() {
    for (platform, open) in
        [("citrix-7", true), ("horizon-7", true), ("rds", false), ("other", false)]
    {
        let state = farm(&format!("platform: {platform}"), "", "media: [digital]");
        assert_eq!(state, if open { Live } else { rules(&["VDI-01"]) }, "{platform}");
        let wfm =
            farm(&format!("platform: {platform}"), "", "media: [digital], apps: {wfm: required}");
        assert_eq!(wfm, Live, "{platform}");
    }
}

#[test]
fn vdi_02_the_guide_s_table_cell_by_cell() {
    // Desktop + softphone + recorder, + softphone, + recorder, alone.
    let columns: [(&str, &str, [bool; 4]); 5] = [
        ("citrix-7, server: windows-2012r2", "windows", [true, true, true, true]),
        ("citrix-7, server: windows-2008r2", "windows", [true, true, true, true]),
        ("citrix-7", "linux-elux", [false, true, false, true]),
        ("horizon-7, server: windows-2012r2", "windows", [false, false, true, true]),
        ("horizon-7, server: windows-2008r2", "windows", [false, false, false, true]),
    ];
    let rows = [(true, true), (true, false), (false, true), (false, false)];
    for (platform, endpoint, cells) in columns {
        for ((softphone, recorder), open) in rows.into_iter().zip(cells) {
            let profile = format!("workstations: {{pc: {{endpoint: {endpoint}}}}}\n");
            let phone = if softphone { "phones: [sip-softphone]" } else { "media: [digital]" };
            let recording = if recorder { ", recording: {required: true}" } else { "" };
            let state =
                farm(&format!("platform: {platform}"), &profile, &format!("{phone}{recording}"));
            let expected = if open { Live } else { rules(&["VDI-02"]) };
            assert_eq!(state, expected, "{platform} {endpoint} {softphone} {recorder}");
        }
    }
}

#[test]
fn vdi_02_a_softphone_without_connector_is_not_in_the_table() {
    let phones = "phones: {soft: {kind: sip-softphone, connector: false}}\n";
    assert_eq!(farm("platform: horizon-7", phones, "phones: [soft]"), Live);
    assert_eq!(farm("platform: horizon-7", "", "phones: [sip-softphone]"), rules(&["VDI-02"]));
}

#[test]
fn vdi_02_a_recorder_on_the_workstation_is_not_in_the_table() {
    let keys = "media: [digital], recording: {required: true, on: workstation}";
    assert_eq!(farm("platform: horizon-7, server: windows-2008r2", "", keys), Live);
}

#[test]
fn vdi_02_an_elux_endpoint_rules_out_the_recorder_on_itself() {
    let elux = "workstations: {pc: {endpoint: linux-elux}}\n";
    let keys = "media: [digital], recording: {required: true, on: workstation}";
    assert_eq!(farm("platform: citrix-7", elux, keys), rules(&["VDI-02"]));
    // An optional recorder strands nobody; without a desktop in a VDI there is no table.
    let optional = keys.replace("required: true", "required: false");
    assert_eq!(farm("platform: citrix-7", elux, &optional), Live);
    let plain = group(&format!("work_at: [leeds], access: [internet], {keys}"));
    assert_eq!(first(&[OFFICE, elux, &plain]), Live);
    let wfm = format!("{keys}, apps: {{wfm: required}}");
    assert_eq!(farm("platform: citrix-7", elux, &wfm), Live);
}

#[test]
fn phn_09_a_softphone_with_connector_beside_a_vdi_needs_the_adapter() {
    let vdi = "platform: citrix-7, adapter: false";
    assert_eq!(farm(vdi, "", "phones: [sip-softphone]"), rules(&["PHN-09"]));
    let phones = "phones: {soft: {kind: sip-softphone, connector: false}}\n";
    assert_eq!(farm(vdi, phones, "phones: [soft]"), Live);
    let plain = group("work_at: [leeds], access: [internet], phones: [sip-softphone]");
    assert_eq!(first(&[OFFICE, &plain]), Live);
}

#[test]
fn app_03_an_embedded_phone_runs_where_the_desktop_runs() {
    let phones = "phones: {here: {kind: webrtc-embedded, on: workstation}}\n";
    assert_eq!(farm("platform: citrix-7", phones, "phones: [here]"), rules(&["APP-03"]));
    assert_eq!(farm("platform: citrix-7", "", "phones: [webrtc-embedded]"), Live);
    let plain = group("work_at: [leeds], access: [internet], phones: [here]");
    assert_eq!(first(&[OFFICE, phones, &plain]), Live);
}

#[test]
fn int_02_a_workstation_s_own_firewall_blocks_a_program() {
    let blocks = |what: &str| format!("workstations: {{pc: {{firewall: {{blocks: [{what}]}}}}}}\n");
    let team = group("work_at: [leeds], access: [internet], phones: [webrtc-embedded]");
    assert_eq!(first(&[OFFICE, &blocks("browser"), &team]), rules(&["INT-02"]));
    assert_eq!(first(&[OFFICE, &blocks("webrtc-embedded"), &team]), rules(&["INT-02"]));
    assert_eq!(first(&[OFFICE, &blocks("softphone"), &team]), Live);
    let soft = group("work_at: [leeds], access: [internet], phones: [webrtc-softphone]");
    assert_eq!(first(&[OFFICE, &blocks("softphone"), &soft]), rules(&["INT-02"]));
    // In a VDI the browser is another machine's.
    assert_eq!(farm("platform: citrix-7", &blocks("browser"), "media: [digital]"), Live);
}

#[test]
fn a_vdi_leaves_by_its_exit() {
    let keys = "media: [digital]";
    let lost = |exit: &str, id: &str| {
        let vdi = format!("vdi: {{farm: {{site: leeds, platform: citrix-7, exit: {exit}}}}}\n");
        let team = group(&format!("work_at: [leeds], access: [farm], {keys}"));
        case(&[OFFICE, &vdi, &team]).first_in(&failed(&[id]))
    };
    assert_eq!(lost("own", "leeds-net"), Live);
    assert_eq!(lost("own", "leeds-mpls"), Live);
    assert_eq!(lost("private", "leeds-mpls"), Down);
    assert_eq!(lost("private", "leeds-net"), Live);
    assert_eq!(lost("leeds-net", "leeds-net"), Down);
    assert_eq!(lost("leeds-net", "leeds-mpls"), Live);
    let wan = OFFICE.replace("mpls: {kind: private}", "mpls: {kind: private, cloud_regions: []}");
    let vdi = "vdi: {farm: {site: leeds, platform: citrix-7, exit: leeds-mpls}}\n";
    let team = group("work_at: [leeds], access: [farm], media: [digital]");
    assert_eq!(first(&[&wan, vdi, &team]), rules(&["TRN-01"]));
}

#[test]
fn a_vdi_is_reached_over_what_it_says() {
    let keys = "work_at: [homes], media: [digital], access: [farm]";
    let with = |over: &str| {
        let vdi =
            format!("vdi: {{farm: {{site: leeds, platform: citrix-7, reached_over: {over}}}}}\n");
        case(&[OFFICE, "vpn: {tun: {site: leeds, tunnel: full}}\n", &vdi, &group(keys)])
    };
    assert_eq!(with("[internet]").first(), Live);
    assert_eq!(with("[mpls]").first(), rules(&["TRN-01"]));
    let by_vpn = with("[mpls, tun]").ways(&Failure::default());
    assert_eq!(by_vpn.len(), 2);
    assert_eq!((by_vpn[0].vpn.as_deref(), &by_vpn[0].state), (None, &rules(&["TRN-01"])));
    assert_eq!((by_vpn[1].vpn.as_deref(), &by_vpn[1].state), (Some("tun"), &Live));
}

#[test]
fn the_networks_that_a_vdi_is_reached_over_are_free_alternatives() {
    let two = OFFICE.replace("sites:", "sites:\n  dc: {kind: data-center}").replace(
        "circuits:",
        "circuits:\n  dc-mpls: {from: dc, to: mpls}\n  dc-net: {from: dc, to: internet}",
    );
    let vdi =
        "vdi: {farm: {site: dc, platform: citrix-7, reached_over: [mpls, internet], exit: own}}\n";
    let team = group("work_at: [leeds], media: [digital], access: [farm]");
    let with = |guards: &str| {
        let wall = format!(
            "firewalls: {{fw: {{site: leeds, guards: {guards}, allow: [{{to: services}}]}}}}\n"
        );
        first(&[&two, vdi, &wall, &team])
    };
    // The first is up and refused: the user takes the other.
    assert_eq!(with("mpls"), Live);
    assert_eq!(with("internet"), Live);
    assert_eq!(with("[mpls, internet]"), rules(&["INT-02", "PRV-05"]));
}

#[test]
fn worked_example_4_applications_on_two_machines() {
    let farm = "vdi: {farm: {site: leeds, platform: rds, reached_over: [internet]}}\n";
    let keys = "work_at: [homes], media: [digital], access: [internet], enters_by: direct, \
                apps: {agent-desktop: required, wfm: {on: farm}, recording-ui: {on: farm}}";
    let open = case(&[OFFICE, OPEN, farm, &group(keys)]);
    assert_eq!(open.first(), Live);
    assert_eq!(open.first_in(&failed(&["farm"])), Down);
    // Neither open access nor a corporate proxy: refused at the home's address.
    let closed =
        OPEN.replace("[agent-desktop, webrtc", "[webrtc").replace("mfa: true", "mfa: false");
    assert_eq!(first(&[OFFICE, &closed, farm, &group(keys)]), rules(&["INT-04"]));
}

#[test]
fn vdi_02_an_elux_endpoint_rules_out_the_recorder_on_any_platform() {
    let elux = "workstations: {pc: {endpoint: linux-elux}}\n";
    let recorder = "media: [digital], recording: {required: true}";
    for (platform, rules_out) in
        [("citrix-7", &["VDI-02"][..]), ("horizon-7", &["VDI-02"]), ("rds", &["VDI-01", "VDI-02"])]
    {
        let platform = format!("platform: {platform}");
        assert_eq!(farm(&platform, elux, recorder), rules(rules_out), "{platform}");
    }
    // Beside the platform's own column.
    let softphone = "phones: [sip-softphone]";
    assert_eq!(farm("platform: horizon-7", elux, softphone), rules(&["VDI-02"]));
    assert_eq!(farm("platform: citrix-7", elux, softphone), Live);
    assert_eq!(farm("platform: horizon-7", elux, "media: [digital]"), Live);
}

#[test]
fn a_vdi_leaves_by_that_circuit_or_bundle_only() {
    let two = OFFICE.replace("circuits:", "circuits:\n  spare: {from: leeds, to: internet}");
    let both = "bundles: {both: {of: [leeds-net, spare], mode: active-passive}}\n";
    let lost = |bundles: &str, exit: &str| {
        let vdi = format!("vdi: {{farm: {{site: leeds, platform: citrix-7, exit: {exit}}}}}\n");
        let team = group("work_at: [leeds], access: [farm], media: [digital]");
        case(&[&two, bundles, &vdi, &team]).first_in(&failed(&["leeds-net"]))
    };
    assert_eq!(lost("", "leeds-net"), Down);
    assert_eq!(lost("", "spare"), Live);
    assert_eq!(lost(both, "leeds-net"), Down);
    assert_eq!(lost(both, "both"), Live);
}

#[test]
fn a_vdi_reached_over_a_network_means_that_network_and_over_a_vpn_that_vpn() {
    let two = OFFICE
        .replace("sites:", "sites:\n  dc: {kind: data-center}")
        .replace("networks:", "networks:\n  vpls: {kind: private}")
        .replace(
            "circuits:",
            "circuits:\n  leeds-vpls: {from: leeds, to: vpls}\n  dc-vpls: {from: dc, to: vpls}\n  \
             dc-mpls: {from: dc, to: mpls}\n  dc-net: {from: dc, to: internet}",
        );
    let vpn = "vpn: {tun: {site: dc, tunnel: full}}\n";
    let with = |over: &str, keys: &str| {
        let vdi =
            format!("vdi: {{farm: {{site: dc, platform: citrix-7, reached_over: {over}}}}}\n");
        case(&[&two, vpn, &vdi, &group(&format!("media: [digital], access: [farm], {keys}"))])
    };
    let mpls = with("[mpls]", "work_at: [leeds]");
    assert_eq!(mpls.first_in(&failed(&["vpls"])), Live);
    assert_eq!(mpls.first_in(&failed(&["leeds-mpls"])), Down);
    assert_eq!(with("[mpls, vpls]", "work_at: [leeds]").first_in(&failed(&["leeds-mpls"])), Live);
    assert_eq!(with("[mpls, vpls]", "work_at: [leeds]").first(), Live);
    // In the VPN's posture the networks that are named beside it do not help.
    let homes = with("[internet, tun]", "work_at: [homes]").ways(&failed(&["tun"]));
    assert_eq!((&homes[0].state, &homes[1].state), (&Live, &Down));
}

/// A farm that leaves by a proxy, and one more proxy.
fn by_gate(exclude: &str, rest: &str, keys: &str) -> WayState {
    let proxies = format!(
        "proxies:\n  gate: {{site: leeds, names: [\"gate.example:80\"], reaches: [internet, private]{exclude}}}\n  \
         far: {{site: leeds, names: [\"far.example:80\"]}}\n"
    );
    farm("platform: citrix-7, exit: gate", &format!("{proxies}{rest}"), keys)
}

const EXCLUDES: &str = ", exclude: [turn]";

#[test]
fn behind_a_proxy_s_exit_a_recorder_needs_a_setting_of_its_own() {
    let with = |keys: &str| {
        by_gate("", "", &format!("media: [digital], recording: {{required: true{keys}}}"))
    };
    assert_eq!(by_gate("", "", "media: [digital]"), Live);
    assert_eq!(with(""), rules(&["PRX-04"]));
    assert_eq!(with(", version: 8.5.370.9"), rules(&["PRX-04"]));
    // Its own proxy may be another than that of the browsers.
    assert_eq!(with(", proxy: gate"), Live);
    assert_eq!(with(", proxy: far"), Live);
    let old = with(", proxy: gate, version: 8.5.370.9");
    assert_eq!(old, changes(&["upgrade_screen_recorder"]));
    assert_eq!(with(", on: workstation"), Live);
}

#[test]
fn behind_a_proxy_s_exit_only_turn_that_it_excludes_leaves_beside_it() {
    let phone =
        |keys: &str| format!("phones: {{soft: {{kind: webrtc-softphone, on: farm{keys}}}}}\n");
    let soft = "phones: [soft]";
    let own = phone(", proxy: far");
    assert_eq!(by_gate(EXCLUDES, &own, soft), Live);
    assert_eq!(by_gate("", &own, soft), rules(&["PRX-03"]));
    // Without an option of its own, one can be set; in vain while media has no way.
    assert_eq!(by_gate(EXCLUDES, &phone(""), soft), changes(&["set_softphone_proxy"]));
    assert_eq!(by_gate("", &phone(""), soft), rules(&["PRX-03"]));
    let unfit = phone(", connector: true, proxy: {via: far, set_in: file}");
    assert_eq!(by_gate(EXCLUDES, &unfit, soft), changes(&["set_softphone_proxy"]));
    // In the browser by the proxy, or beside it.
    let embedded = "phones: [webrtc-embedded]";
    assert_eq!(by_gate("", "", embedded), Live);
    assert_eq!(by_gate(EXCLUDES, "", embedded), Live);
    let dpi = ", dpi: {turn: true}";
    assert_eq!(by_gate(dpi, "", embedded), rules(&["PRX-07"]));
    let firewalls =
        "firewalls: {fw: {site: leeds, guards: internet, allow: [{from: proxies, to: any}]}}\n";
    assert_eq!(by_gate(EXCLUDES, firewalls, embedded), rules(&["INT-02"]));
}

#[test]
fn prx_09_no_proxy_carries_the_signalling_where_each_asks_for_a_login() {
    let login = ", exclude: [turn], authentication: {}";
    let phones = "phones: {soft: {kind: webrtc-softphone, on: farm}}\n";
    let proxies = format!("proxies: {{gate: {{site: leeds, names: [\"g.example:80\"]{login}}}}}\n");
    let vdi = "platform: citrix-7, exit: gate";
    let state = farm(vdi, &format!("{proxies}{phones}"), "phones: [soft]");
    assert_eq!(state, rules(&["PRX-09"]));
}

#[test]
fn behind_a_proxy_s_exit_sip_has_no_way() {
    let phones = "phones: {soft: {kind: sip-softphone, encrypted: true, on: farm}}\n";
    assert_eq!(by_gate("", phones, "phones: [soft]"), rules(&["APP-08"]));
    let here = phones.replace("on: farm", "on: workstation");
    assert_eq!(by_gate("", &here, "phones: [soft]"), Live);
}

#[test]
fn behind_a_proxy_s_exit_lists_have_no_way_direct() {
    let strict = "workstations: {pc: {revocation: hard-fail}}\n";
    assert_eq!(by_gate("", strict, "media: [digital]"), Live);
    let recorder = "media: [digital], recording: {required: true}";
    assert_eq!(by_gate("", strict, recorder), rules(&["APP-07", "PRX-04"]));
    let own = "media: [digital], recording: {required: true, proxy: far}";
    assert_eq!(by_gate("", strict, own), Live);
    let phone =
        format!("{strict}phones: {{soft: {{kind: webrtc-softphone, on: farm, proxy: far}}}}\n");
    assert_eq!(by_gate(EXCLUDES, &phone, "phones: [soft]"), Live);
}

#[test]
fn an_application_without_a_machine_runs_in_the_access_way_s_vdi_else_on_the_workstation() {
    // The workstation has no browser; the desktops' one does.
    let blocks = "workstations: {pc: {firewall: {blocks: [browser]}}}\n";
    let vdi = "vdi: {farm: {site: leeds, platform: citrix-7}, other: {site: leeds, platform: citrix-7}}\n";
    let with = |access: &str, apps: &str, failure: &Failure| {
        let keys =
            format!("work_at: [leeds], media: [digital], access: [{access}], apps: {{{apps}}}");
        case(&[OFFICE, blocks, vdi, &group(&keys)]).first_in(failure)
    };
    let none = Failure::default();
    assert_eq!(with("farm", "wfm: required", &none), Live);
    assert_eq!(with("internet", "wfm: required", &none), rules(&["INT-02"]));
    // Wherever the desktop's own machine is.
    let beside = "agent-desktop: {on: farm}, wfm: required";
    assert_eq!(with("internet", "agent-desktop: {on: farm}", &none), Live);
    assert_eq!(with("internet", beside, &none), rules(&["INT-02"]));
    assert_eq!(with("farm", beside, &none), Live);
    // Under the access of another VDI it runs there, and the desktop too.
    assert_eq!(with("other", beside, &none), Live);
    assert_eq!(with("other", beside, &failed(&["farm"])), Live);
    assert_eq!(with("other", beside, &failed(&["other"])), Down);
    let on = "agent-desktop: required, wfm: {on: farm}";
    assert_eq!(with("other", on, &failed(&["farm"])), Down);
}
