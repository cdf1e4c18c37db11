//! `sites` and what is shared between them.

use super::super::leaves::{count, directions, duration, id};
use super::super::{Key, key, list, map, words};
use super::{section, shares, uses, with_common};

pub(super) fn sites() -> Key {
    let kinds = words(&["office", "data-center", "homes", "vendor"]);
    let kind = "`office`: people sit here; `data-center`: systems stand here; `homes`: the homes \
                of a region; `vendor`: a third party's site";
    let seats = "places to sit; if left out, as many as the groups that sit here have heads";
    let keys = [
        key("kind", kinds, kind, "office").needed().certain(),
        key("region", id(), "where it lies; mobile networks go by regions", "north"),
        power(),
        key("seats", count(), seats, "300"),
        internet(),
        uses(),
    ];
    section(
        "sites",
        "places of work",
        "{harbour: {kind: office, region: north}}",
        with_common(keys),
    )
}

fn power() -> Key {
    let fuel = key("fuel", duration(), "how long its fuel lasts", "48h").needed();
    let keys = [
        key("feeds", list(id()), "power feeds, of which one suffices", "[grid-harbour]"),
        key("ups", duration(), "how long batteries last; `0s`, if left out", "15min"),
        key("generator", map([fuel]), "a generator; none, if left out", "{fuel: 48h}"),
    ];
    let example = "{feeds: [grid-harbour], ups: 15min}";
    key("power", map(keys), "where its power comes from; never lost, if left out", example)
}

fn internet() -> Key {
    let keys = [
        key("per_agent", directions(), "the line of one agent; no limit, if left out", "30Mbps"),
        key(
            "isps",
            shares(),
            "providers, with shares that sum to 100%",
            "{civic: 55%, delta: 45%}",
        ),
        ip(),
    ];
    let example = "{per_agent: {down: 30Mbps, up: 8Mbps}, isps: {civic: 55%, delta: 45%}}";
    key("internet", map(keys), "of homes only: the lines of those who live there", example)
}

pub(super) fn ip() -> Key {
    let about = "the version of the Internet protocol; `v4`, if left out";
    key("ip", words(&["v4", "v6", "both"]), about, "both")
}

pub(super) fn shared() -> Key {
    let names = |name, about, example| key(name, list(id()), about, example).certain();
    let keys = [
        names("conduits", "ducts in which circuits lie", "[duct-quay, duct-hill]"),
        names("feeds", "power feeds", "[grid-harbour, grid-hill-a, grid-hill-b]"),
        names("providers", "companies that provide lines", "[atlas, civic, delta, kestrel]"),
    ];
    let about = "names that several entries share; a list that is there is exhaustive";
    key("shared", map(keys), about, "{conduits: [duct-quay, duct-hill]}").certain()
}
