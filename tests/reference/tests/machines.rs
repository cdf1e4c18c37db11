//! Machines: VDI-01, VDI-02, PHN-09, APP-03, INT-02 on the workstation.

mod common;

use common::{OFFICE, OPEN, case, failed, first, group, rules};
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
    // In the VPN's posture the networks that are named beside it do not help.
    let homes = with("[internet, tun]", "work_at: [homes]").ways(&failed(&["tun"]));
    assert_eq!((&homes[0].state, &homes[1].state), (&Live, &Down));
}
