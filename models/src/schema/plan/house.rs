//! `policies`, `waivers`, `roster`.

use super::super::leaves::{day, id, of_form, text};
use super::super::{Key, Shape, key, list, map, words};
use super::section;

pub(super) fn policies() -> Key {
    let place = "where people work: sites, kinds of site, tags";
    let machine = "where the required applications run: `workstation`, `vdi`, ids, tags";
    let access = "by which access way: `private`, `internet`, `proxy`, `vpn`, `vdi`, ids, tags";
    let over = "what the route goes by: networks, circuits, carriers, providers, kinds, tags";
    let criteria = [
        key("place", list(id()), place, "homes").certain(),
        key("machine", list(id()), machine, "workstation").certain(),
        key("phone", list(id()), "by which phone: ids, kinds, tags", "pstn").certain(),
        key("access", list(id()), access, "[split-tunnel, internet]").certain(),
        key("over", list(id()), over, "[delta, vendor]").certain(),
    ];
    let leg = words(&["applications", "phone", "recording"]);
    let leg = key("leg", list(leg), "what the route is for", "phone").certain();
    let kind = map([criteria.as_slice(), &[leg]].concat());
    let keys = [
        key("for", list(id()), "tags of groups; all groups, if left out", "personal-data")
            .certain(),
        key("refuse", kind.clone(), "the kind of route that is refused", "{place: homes}")
            .certain(),
        key(
            "require",
            kind.clone(),
            "the kind of route beside which all is refused",
            "{over: private}",
        )
        .certain(),
        key("when", kind, "the policy speaks of no other routes", "{leg: phone}").certain(),
        key("reason", text(), "why, for whoever is refused", "data stays on our machines")
            .needed()
            .certain(),
        key("owner", text(), "who says so", "information security").certain(),
    ];
    let example =
        "{no-data-at-home: {for: personal-data, refuse: {place: homes}, reason: data stays}}";
    section("policies", "the house's own rules", example, keys)
}

pub(super) fn waivers() -> Key {
    let rule = of_form("^([A-Z]{3}-[0-9]{2}|policy:.+)$");
    let keys = [
        key("rule", rule, "the rule of the finding", "PRV-03").needed().certain(),
        key("at", text(), "the path of what it speaks of", "firewalls.fw-harbour.udp_idle")
            .needed()
            .certain(),
        key("reason", text(), "why it is accepted", "phones are replaced this year")
            .needed()
            .certain(),
        key("owner", text(), "who has accepted it", "network team").needed().certain(),
        key("until", day(), "the last day on which it holds", "2026-12-31").needed().certain(),
    ];
    let example = "{short-timeout: {rule: PRV-03, at: firewalls.fw-harbour.udp_idle, \
                   reason: phones are replaced, owner: network team, until: 2026-12-31}}";
    section("waivers", "findings that the house has accepted", example, keys)
}

pub(super) fn roster() -> Key {
    let file = key("file", text(), "a CSV file in the plan's folder", "people.csv");
    let shape: Shape = map([file.needed().certain()]);
    let about = "names the agents one by one";
    key("roster", shape, about, "{file: people.csv}").certain()
}
