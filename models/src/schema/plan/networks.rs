//! `networks`, `circuits`, `bundles`, `exits`, `firewalls`.

use super::super::leaves::{
    self, bandwidth, block, channels, count, directions, duration, id, port,
};
use super::super::{Key, any, by_id, key, list, map, or_unknown, table, words, words_or_id};
use super::{destinations, inspected, needed_name, section, sites, with_common};

pub(super) fn networks() -> Key {
    let kind = "`private`; the Internet and the telephone network are built in";
    let regions = "regions of the cloud that it reaches; all, if left out; `[]` for a WAN between \
                   sites";
    let keys = [
        key("kind", words(&["private", "internet", "pstn"]), kind, "private").certain(),
        key("carrier", id(), "who provides it", "atlas"),
        key("cloud_regions", list(id()), regions, "[eu-west]"),
        key("routed", list(id()), "the sites that are routed on it; all, if left out", "[dc-hill]"),
    ];
    section("networks", "private networks", "{mpls: {carrier: atlas}}", with_common(keys))
}

pub(super) fn circuits() -> Key {
    let capacity = "its bandwidth, or its channels if it runs to `pstn`; no limit, if left out";
    let admission = "`cac`: refuses calls that do not fit; `none`: impairs all, if over-full";
    let keys = [
        needed_name("from", "the site where it begins", "harbour"),
        needed_name("to", "the network it runs to", "mpls"),
        key("capacity", any([channels(), directions()]), capacity, "60Mbps"),
        key("provider", id(), "whose it is", "atlas"),
        key("conduit", id(), "the duct it lies in", "duct-quay"),
        key("egress", block(), "its source address on the Internet", "20.30.40.0/28"),
        sites::ip(),
        key("admission", words(&["cac", "none"]), admission, "cac"),
    ];
    let example = "{harbour-mpls: {from: harbour, to: mpls, capacity: 60Mbps}}";
    section("circuits", "lines of a site to a network", example, with_common(keys))
}

pub(super) fn bundles() -> Key {
    let mode = "whether all carry, or one at a time; `active-passive`, if left out";
    let sharing = "`nominal`: by nominal capacity; `adaptive`: what is left adds up";
    let keys = [
        key("of", list(id()), "its circuits, in order", "[hill-net-a, hill-net-b]")
            .needed()
            .certain(),
        key("mode", words(&["active-active", "active-passive"]), mode, "active-active"),
        key("sharing", words(&["nominal", "adaptive"]), sharing, "adaptive"),
    ];
    let about = "circuits of one site to one network that are used as one";
    section("bundles", about, "{hill-net: {of: [hill-net-a, hill-net-b]}}", with_common(keys))
}

pub(super) fn exits() -> Key {
    let ways = or_unknown(list(words_or_id(&["here"])));
    let about = "for a site and a network (`private` for every private one) the ways out in \
                 order: `here`, or another site";
    let example = "{harbour: {internet: [dc-hill], private: [here, dc-hill]}}";
    key("exits", by_id(table(leaves::ID, ways)), about, example).certain()
}

pub(super) fn firewalls() -> Key {
    let exposes = "private interfaces that it opens to the Internet; decides nothing yet";
    let before = "what it stands before; the edge of its site, if left out";
    let idle = "how long an idle UDP session is kept; `140s`, if left out";
    let pairs = "address and port pairs; no limit, if left out";
    let keys = [
        needed_name("site", "where it stands", "harbour"),
        key("guards", list(id()), "networks; `private` for every private one", "mpls")
            .needed()
            .certain(),
        key("before", id(), before, "proxy-hill").certain(),
        allow(),
        inbound(),
        inspected([]),
        key("udp_idle", duration(), idle, "180s"),
        key("nat_pool", count(), pairs, "4000"),
        key("exposes", list(id()), exposes, "[]"),
    ];
    let example = "{fw-harbour: {site: harbour, guards: mpls, udp_idle: 180s}}";
    let about = "firewalls; a site without entry lets through what the cloud asks for";
    section("firewalls", about, example, with_common(keys))
}

fn allow() -> Key {
    let senders = words(&["any", "workstations", "proxies", "pbx", "sbc"]);
    let from = "who sends; `any`, if left out";
    let rule = map([
        key("from", senders, from, "workstations"),
        key("to", destinations(), "where it goes", "[services-private, proxies]").needed(),
        key("tcp", port(), "this port only; all ports and protocols, if left out", "443"),
    ]);
    let word = words(&["any-443", "any"]);
    // One word alone is a list of one; a rule is not.
    let rules = any([word.clone(), super::super::Shape::Rows(Box::new(any([word, rule])))]);
    let about = "what it lets out; as the cloud asks, if left out";
    key("allow", rules, about, "[{from: workstations, to: services-private, tcp: 443}]")
}

fn inbound() -> Key {
    let rule = map([needed_name("to", "the SBC", "sbc-hill")]);
    let about = "the SBCs that the cloud may call; as the cloud asks, if left out";
    key("inbound", list(any([id(), rule])), about, "[{to: sbc-hill}]")
}

pub(super) fn throughput() -> Key {
    key("throughput", bandwidth(), "bandwidth that it carries; no limit, if left out", "100Mbps")
}

pub(super) fn sessions() -> Key {
    key("sessions", count(), "how many at once; no limit, if left out", "500")
}
