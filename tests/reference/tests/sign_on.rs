//! The way of a login to the company's own identity provider.

mod common;

use common::{case, failed, group, rules};
use outlast_reference::WayState::{Down, Live};

/// An office, a data center with a gateway, and the provider's site with the
/// circuits that are put in for HILL.
const SITES: &str = "
sites:
  leeds: {kind: office}
  dc: {kind: data-center}
  hill: {kind: data-center}
  swg: {kind: vendor}
  homes: {kind: homes, region: north, internet: {isps: {civic: 100%}}}
networks: {wan: {kind: private, cloud_regions: []}, mpls: {kind: private}}
circuits:
  leeds-net: {from: leeds, to: internet}
  leeds-wan: {from: leeds, to: wan}
  dc-net: {from: dc, to: internet}
  dc-wan: {from: dc, to: wan}
HILL
";

const SIGN_ON: &str = "
cloud:
  access:
    sso: {provider: own, at: hill}
    mfa: true
    open_access: [agent-desktop]
    authentication_ip_control: false
    direct_urls: {services: [agent-desktop]}
";

const NET: &str = "  hill-net: {from: hill, to: internet}\n";
const WAN: &str = "  hill-wan: {from: hill, to: wan}\n";

fn team(keys: &str) -> String {
    group(&format!("media: [digital], enters_by: direct, {keys}"))
}

/// With these circuits of the provider's site, other parts, and a group so.
fn with(hill: &str, parts: &[&str], keys: &str) -> common::Case {
    let sites = SITES.replace("HILL\n", hill);
    case(&[&[sites.as_str(), SIGN_ON, &team(keys)], parts].concat())
}

#[test]
fn an_office_comes_by_a_network_that_joins_or_by_the_internet() {
    let office = with(&format!("{NET}{WAN}"), &[], "work_at: [leeds], access: [internet]");
    for (lost, state) in [
        (vec!["hill-net"], Live),
        (vec!["hill-wan"], Live),
        (vec!["wan"], Live),
        (vec!["leeds-wan"], Live),
        (vec!["hill-net", "wan"], Down),
        (vec!["hill-net", "leeds-wan"], Down),
        (vec!["hill"], Down),
        (vec!["sso-provider"], Down),
    ] {
        assert_eq!(office.first_in(&failed(&lost)), state, "{lost:?}");
    }
}

#[test]
fn from_a_home_only_the_internet_leads_there() {
    let home = "work_at: [homes], access: [internet]";
    let both = with(&format!("{NET}{WAN}"), &[], home);
    assert_eq!(both.first(), Live);
    assert_eq!(both.first_in(&failed(&["hill-wan"])), Live);
    assert_eq!(both.first_in(&failed(&["hill-net"])), Down);
    assert_eq!(with(WAN, &[], home).first(), rules(&["TRN-01"]));
    // A circuit that speaks IPv6 only is none.
    let v6 = NET.replace("internet}", "internet, ip: v6}");
    assert_eq!(with(&v6, &[], home).first(), rules(&["TRN-01"]));
    // A site without circuits but to the PSTN needs no way.
    let isdn = "  hill-isdn: {from: hill, to: pstn}\n";
    for hill in ["", isdn] {
        let bare = with(hill, &[], home);
        assert_eq!(bare.first_in(&failed(&["hill-isdn"])), Live);
        assert_eq!(bare.first_in(&failed(&["hill"])), Down);
    }
}

#[test]
fn a_full_tunnel_is_at_the_gateway_and_a_split_one_outside() {
    let tunnel = |how: &str| format!("vpn: {{tun: {{site: dc, tunnel: {how}}}}}\n");
    let keys = "work_at: [homes], access: [tun]";
    let full = with(WAN, &[&tunnel("full")], keys);
    assert_eq!(full.first(), Live);
    assert_eq!(full.first_in(&failed(&["dc-wan"])), Down);
    let any = with(WAN, &[&tunnel("split, include: [any]")], keys);
    assert_eq!(any.first(), Live);
    assert_eq!(any.first_in(&failed(&["dc-wan"])), Down);
    let some = tunnel("split, include: [services]");
    assert_eq!(with(WAN, &[&some], keys).first(), rules(&["TRN-01", "VPN-02"]));
    let outside = with(NET, &[&some], keys);
    assert_eq!(outside.first(), Live);
    assert_eq!(outside.first_in(&failed(&["hill-net"])), Down);
    // At an office a split tunnel leaves the office's own networks.
    let office = with(WAN, &[&some], "work_at: [leeds], access: [tun]");
    assert_eq!(office.first(), Live);
    assert_eq!(office.first_in(&failed(&["leeds-wan"])), Down);
}

#[test]
fn a_virtual_desktop_goes_from_its_own_site() {
    let desktops = "
vdi:
  farm: {site: dc, platform: citrix-7, reached_over: [internet]}
  cloud-farm: {site: swg, platform: citrix-7, reached_over: [internet]}
";
    let own = with(WAN, &[desktops], "work_at: [homes], access: [farm]");
    assert_eq!(own.first(), Live);
    assert_eq!(own.first_in(&failed(&["dc-wan"])), Down);
    let vendor = |hill: &str| with(hill, &[desktops], "work_at: [homes], access: [cloud-farm]");
    assert_eq!(vendor(NET).first(), Live);
    assert_eq!(vendor(WAN).first(), rules(&["TRN-01"]));
}

#[test]
fn firewalls_on_the_way_must_be_up_and_refuse_nothing() {
    let walls = "
firewalls:
  edge: {site: hill, guards: internet, allow: [{to: crl}]}
  inner: {site: hill, guards: internet, before: hill-net}
  first: {site: hill, guards: [internet, wan], before: sso-provider, allow: [{to: turn}]}
  other: {site: hill, guards: mpls, before: sso-provider}
";
    let home = with(NET, &[walls], "work_at: [homes], access: [internet]");
    assert_eq!(home.first(), Live);
    for wall in ["edge", "inner", "first"] {
        assert_eq!(home.first_in(&failed(&[wall])), Down, "{wall}");
    }
    assert_eq!(home.first_in(&failed(&["other"])), Live);
    // On the LAN none stands between.
    let both = format!("{NET}  hill-mpls: {{from: hill, to: mpls}}\n");
    let lan = with(&both, &[walls], "work_at: [hill], access: [private]");
    assert_eq!(lan.first_in(&failed(&["first"])), Live);
}

#[test]
fn who_is_logged_in_works_on_without_a_way_there() {
    let keys = "work_at: [homes], access: [internet]";
    let survive = "assumptions: {sessions_survive_login_loss: true}\n";
    let home = with(NET, &[survive], keys);
    assert_eq!(home.first_in(&failed(&["hill-net"])), Live);
    assert_eq!(with(WAN, &[survive], keys).first(), rules(&["TRN-01"]));
}
