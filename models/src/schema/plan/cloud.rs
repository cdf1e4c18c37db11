//! `cloud`.

use super::super::leaves::{block, day, duration, host, id, ports};
use super::super::{Key, Shape, any, by_id, key, list, map, words};
use crate::catalogue::{SERVICES, ServiceSpec};

pub(super) fn cloud() -> Key {
    let keys = [
        regions(),
        key("domain", host(), "the cloud's domain", "harbour.cloud.example"),
        key("turn_host", host(), "the name of TURN", "turn.cloud.example"),
        services(),
        addresses(),
        key("sip_ports", list(ports()), "UDP ports of its SBC for signalling", "5060"),
        key("media_ports", list(ports()), "UDP ports of its SBC for media", "[10000-20000, 30000]"),
        access(),
    ];
    let example = "{domain: harbour.cloud.example}";
    key("cloud", map(keys), "the cloud service, and who is let in", example).certain()
}

fn regions() -> Key {
    let standby = "the region that takes over";
    let keys = [
        key("standby", id(), standby, "eu-central"),
        key("after", duration(), "how long that takes", "1h"),
    ];
    let about = "regions of the cloud; the first is in force";
    let example = "{eu-west: {standby: eu-central, after: 1h}, eu-central: {}}";
    key("regions", by_id(map(keys)), about, example).certain()
}

fn services() -> Key {
    let of =
        |spec: &ServiceSpec| key(spec.id, Shape::Named("service"), spec.name, "{networks: both}");
    let all: Vec<Key> = SERVICES.iter().map(of).collect();
    let about = "what differs for a service";
    key("services", map(all), about, "{designer: {open_access: unknown}}").certain()
}

pub(super) fn service() -> Shape {
    let open = "whether it may answer every address";
    map([
        key("host", host(), "its name", "planning.harbour.cloud.example"),
        key("networks", words(&["both", "internet", "private"]), "which networks carry it", "both"),
        key("open_access", words(&["approved", "never"]), open, "approved"),
        key("authentication", Shape::YesNo, "whether it logs in", "true"),
    ])
}

fn addresses() -> Key {
    let blocks = |name, about, example| key(name, list(block()), about, example);
    let keys = [
        blocks("services", "of its services on the Internet", "[20.30.40.0/24]"),
        blocks("services-private", "of its services on private networks", "[10.80.0.0/24]"),
        blocks("sbc", "of its SBCs", "[10.80.1.0/28]"),
        blocks("turn", "of TURN", "[20.30.41.0/28]"),
    ];
    let about = "blocks of addresses, to compare firewall rules with";
    key("addresses", map(keys), about, "{sbc: [10.80.1.0/28]}")
}

fn access() -> Key {
    let control = "whether logins from unknown addresses are refused";
    let data = "`forbidden`: rules forbid open access";
    let open = "services that answer every address";
    let keys = [
        sso(),
        key("mfa", Shape::YesNo, "more than one factor", "true"),
        key("open_access", list(service_ids()), open, "[agent-desktop, webrtc-signalling]"),
        key("authentication_ip_control", Shape::YesNo, control, "off"),
        key("off_site_data", words(&["allowed", "forbidden"]), data, "allowed"),
        known(),
        direct_urls(),
    ];
    key("access", map(keys), "who is let in", "{mfa: true}")
}

/// The ids of services, to choose from; the reader says which may stand where.
fn service_ids() -> Shape {
    Shape::Words(SERVICES.iter().map(|spec| spec.id).collect())
}

fn sso() -> Key {
    let at = "the site where your own provider stands";
    let provider = map([
        key("provider", words(&["own", "cloud"]), "who runs it", "own").needed(),
        key("at", id(), at, "dc-hill"),
    ]);
    let about = "single sign-on; `none`, if left out";
    key("sso", any([words(&["none"]), provider]), about, "{provider: own, at: dc-hill}")
}

fn known() -> Key {
    let entry = map([
        key("address", block(), "the address or block", "20.30.40.0/28").needed().certain(),
        key("of", id(), "what has it", "proxy-hill").certain(),
    ]);
    let internet = "circuits, bundles, proxies, VPNs, virtual desktops, sites, names of egresses, \
                    addresses";
    let private = "sites and VPNs; all, if left out";
    let keys = [
        key("internet", list(any([id(), block(), entry])), internet, "[hill-net, dc-hill]"),
        key("private", list(id()), private, "[harbour, dc-hill, vpn-hill]"),
    ];
    let about = "the sources that the cloud accepts; the company's own, if left out";
    key("known", map(keys), about, "{internet: [hill-net]}")
}

fn direct_urls() -> Key {
    let keys = [
        key("services", list(service_ids()), "whose direct URLs are on file", "[agent-desktop]"),
        key("as_of", day(), "when they were noted", "2026-06-15"),
    ];
    let example = "{services: [agent-desktop], as_of: 2026-06-15}";
    key("direct_urls", map(keys), "direct URLs that the company holds; none, if left out", example)
}
