//! Blocks of addresses that hold what they must together.

mod common;

use common::{OFFICE, case, first, group, rules};
use outlast_reference::Failure;
use outlast_reference::WayState::Live;

const ADDRESSES: &str = "
cloud:
  addresses:
    services: [50.1.2.0/24, 50.1.3.0/24]
    services-private: [10.9.1.0/24]
    sbc: [50.2.1.0/24]
    turn: [50.3.1.0/24]
";

fn firewall(guards: &str, allow: &str) -> String {
    format!("firewalls: {{fw: {{site: leeds, guards: {guards}, allow: [{allow}]}}}}\n")
}

#[test]
fn blocks_of_one_rule_or_several_that_apply_count_together() {
    let team = group("work_at: [leeds], media: [digital], access: [internet]");
    for (allow, open) in [
        ("{to: 50.1.2.0/23}", true),
        ("{to: 50.1.2.0/24}", false),
        ("{to: [50.1.2.0/24, 50.1.3.0/24]}", true),
        ("{to: [50.1.3.0/24, 50.1.2.128/25, 50.1.2.0/25]}", true),
        ("{to: 50.1.2.0/24}, {to: 50.1.3.0/24, tcp: 443}", true),
        ("{to: 50.1.2.0/24}, {to: 50.1.3.0/24, tcp: 8080}", false),
        ("{to: 50.1.2.0/24}, {from: proxies, to: 50.1.3.0/24}", false),
        ("{to: [50.1.2.0/25, 50.1.3.0/24]}", false),
        ("{to: [0.0.0.0/1, 128.0.0.0/1]}", true),
        ("{to: [50.1.2.0/25, 50.1.0.0/16]}", true),
    ] {
        let case = case(&[OFFICE, &firewall("internet", allow), ADDRESSES, &team]);
        let state = if open { Live } else { rules(&["INT-02"]) };
        assert_eq!(case.first(), state, "{allow}");
        let rotated = Failure { rotated: true, ..Failure::default() };
        let state = if open { rules(&["INT-01"]) } else { rules(&["INT-02"]) };
        assert_eq!(case.first_in(&rotated), state, "{allow}");
    }
}

#[test]
fn the_same_for_turn_the_sbc_and_the_private_side() {
    let (low, high) = ("50.3.1.0/25", "50.3.1.128/25");
    let phone = group("work_at: [leeds], phones: [webrtc-embedded], access: [internet]");
    let media = |allow: &str| first(&[OFFICE, &firewall("internet", allow), ADDRESSES, &phone]);
    assert_eq!(media(&format!("{{to: [services, {low}, {high}]}}")), Live);
    assert_eq!(media(&format!("{{to: [services, {low}]}}")), rules(&["INT-02"]));
    let phone = group("work_at: [leeds], phones: [sip-phone], access: [private]");
    let call = |allow: &str| first(&[OFFICE, &firewall("mpls", allow), ADDRESSES, &phone]);
    let private = "10.9.1.0/25, 10.9.1.128/25";
    assert_eq!(call(&format!("{{to: [{private}, 50.2.1.0/25, 50.2.1.128/25]}}")), Live);
    assert_eq!(call(&format!("{{to: [{private}, 50.2.1.0/25]}}")), rules(&["PRV-07"]));
    assert_eq!(call("{to: [10.9.1.0/25, sbc]}"), rules(&["PRV-05"]));
}

#[test]
fn and_for_a_tunnel_s_list() {
    let inside = |list: &str| {
        let tunnel = format!("vpn: {{tun: {{site: leeds, tunnel: split, include: [{list}]}}}}\n");
        let homes = group("work_at: [homes], phones: [sip-softphone], access: [tun]");
        first(&[OFFICE, &tunnel, ADDRESSES, &homes])
    };
    assert_eq!(inside("10.9.1.0/25, 50.2.1.0/25, 10.9.1.128/25, 50.2.1.128/25"), Live);
    assert_eq!(inside("10.9.1.0/24, 50.2.1.0/25"), rules(&["VPN-02"]));
}
