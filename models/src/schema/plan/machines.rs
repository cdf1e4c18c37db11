//! `workstations`, `proxies`, `pac`, `vpn`, `vdi`.

use super::super::leaves::{bandwidth, count, id, of_form, share, text};
use super::super::{Key, Shape, any, key, list, map, words, words_or_id};
use super::networks::{sessions, throughput};
use super::{destinations, egress, inspected, needed_name, section, with_common};
use crate::catalogue::PhoneKind;

pub(super) fn workstations() -> Key {
    let endpoint = "the operating system; `linux-elux` is a thin client";
    let revocation = "`hard-fail`: browsers refuse if revocation lists cannot be reached";
    let mut blocked = vec!["softphone", "browser", "screen-recording"];
    blocked.extend(PhoneKind::ALL.map(PhoneKind::word));
    let blocks = key("blocks", list(Shape::Words(blocked)), "what it stops", "[sip-softphone]");
    let firewall = any([words(&["any"]), map([blocks])]);
    let keys = [
        key("os", text(), "a word of your own; decides nothing", "windows"),
        key("endpoint", words(&["windows", "linux-elux"]), endpoint, "windows"),
        key("revocation", words(&["soft-fail", "hard-fail"]), revocation, "hard-fail"),
        key("firewall", firewall, "its own firewall", "{blocks: [sip-softphone]}"),
    ];
    let about = "profiles of machines; one called `workstation`, if left out";
    section("workstations", about, "{office-pc: {os: windows}}", with_common(keys))
}

pub(super) fn proxies() -> Key {
    let name = of_form(r"^[A-Za-z0-9._:\[\]-]+:[0-9]{1,5}$");
    let names = "host and port as PAC files write them";
    let exclude = "`[turn]`: browsers set to it leave TURN direct";
    let exempt = "destinations without a login";
    let login = map([key("exempt", destinations(), exempt, "[webrtc-signalling]")]);
    let authentication = "whether it asks for a login; `{}`: it does";
    let tls = "`only`: refuses what is not TLS";
    let keys = [
        needed_name("site", "where it stands", "dc-hill"),
        key("names", list(name), names, "[\"proxy.harbour.example:8080\"]").certain(),
        key("reaches", list(id()), "networks; `[internet]`, if left out", "[internet]"),
        key("exclude", list(words(&["turn"])), exclude, "[turn]"),
        key("allow", destinations(), "where it lets go; `any`, if left out", "[cloud-domain, crl]"),
        key("authentication", any([Shape::YesNo, login]), authentication, "{}"),
        inspected([key("tls", words(&["only", "any"]), tls, "only")]),
        sessions(),
        key("sessions_per_agent", count(), "what one agent takes of them; `1`, if left out", "2"),
        throughput(),
        egress("a source of its own: a name or an address", "hill-proxy-address"),
    ];
    section("proxies", "web proxies", "{proxy-hill: {site: dc-hill}}", with_common(keys))
}

pub(super) fn pac() -> Key {
    let file = "path of the PAC file, inside the plan's folder";
    let keys = [key("file", text(), file, "direct.pac").needed().certain()];
    section("pac", "PAC files", "{home: {file: direct.pac}}", keys)
}

pub(super) fn vpn() -> Key {
    let tunnel = "`full`, or `split`: only what `include` lists goes in";
    let nat = "the bundle or circuit whose address users leave with";
    let pool = map([key("nat", id(), nat, "hill-net").needed()]);
    let leave = "the address that users leave with; as a workstation of its site, if left out";
    let overhead = map([
        key("voice", share(), "what the tunnel adds to voice", "20%"),
        key("data", share(), "what the tunnel adds to data", "10%"),
    ]);
    let keys = [
        needed_name("site", "where the gateway stands", "dc-hill"),
        key("tunnel", words(&["full", "split"]), tunnel, "split").needed(),
        sessions(),
        throughput(),
        key("include", destinations(), "what goes into the tunnel", "[services-private, sbc]"),
        key("pool", pool, leave, "{nat: hill-net}"),
        egress("a source address of its own on the Internet; not beside `pool`", "vpn-address"),
        key("overhead", overhead, "what the tunnel adds", "{voice: 20%, data: 10%}"),
    ];
    let example = "{vpn-hill: {site: dc-hill, tunnel: split}}";
    section("vpn", "VPN gateways", example, with_common(keys))
}

pub(super) fn vdi() -> Key {
    let platforms = words(&["citrix-7", "horizon-7", "rds", "other"]);
    let servers = any([words(&["windows-2012r2", "windows-2008r2"]), text()]);
    let adapter = "whether the adapter for audio is installed; `true`, if left out";
    let exit = "how it leaves: `own` (as a workstation of its site), `private`, a proxy, a \
                circuit or a bundle";
    let over = "networks and VPNs over which it is reached";
    let keys = [
        needed_name("site", "where it stands", "dc-hill"),
        key("platform", platforms, "the product", "citrix-7").needed(),
        key("server", servers, "the operating system of its servers", "windows-2012r2"),
        key("adapter", Shape::YesNo, adapter, "true"),
        sessions(),
        key("reached_over", list(id()), over, "[mpls, vpn-hill]"),
        key("exit", words_or_id(&["own", "private"]), exit, "proxy-hill"),
        key("per_session", bandwidth(), "bandwidth of one session", "150kbps"),
        egress("a source of its own: a name or an address", "cloud-desks-address"),
    ];
    let example = "{farm-hill: {site: dc-hill, platform: citrix-7}}";
    section("vdi", "virtual desktops", example, with_common(keys))
}
