//! `components`, `pools`, `resources`, `queues`, `objectives`, `assumptions`.

use super::super::leaves::{self, count, decimals, duration, id, whole};
use super::super::{Key, Shape, any, by_id, key, map, or_unknown, words};
use super::{section, with_common};
use crate::figures::{FIGURES, FigureSpec};
use crate::read::Parsed;
use crate::read::quantity;

pub(super) fn components() -> Key {
    let example = "{cooling-hill: {units: {count: 3, needed: 2}}}";
    section("components", "anything else that can fail", example, with_common([]))
}

pub(super) fn pools() -> Key {
    let keys = with_common([key("count", count(), "how many there are", "120").needed()]);
    let entry = or_unknown(any([count(), map(keys)]));
    let about = "things that are counted: laptops, headsets";
    key("pools", by_id(entry), about, "{laptops: 120}").certain()
}

pub(super) fn resources() -> Key {
    let keys = [key("count", decimals(), "how many there are", "60").needed()];
    let entry = or_unknown(any([decimals(), map(keys)]));
    let about = "capacity that stated ways, places and phones use";
    key("resources", by_id(entry), about, "{partner-desks: 60}").certain()
}

pub(super) fn priority() -> Key {
    key("priority", whole(1, 1000), "1 is the highest", "1")
}

pub(super) fn queues() -> Key {
    let about = "what customers call for; one called `all`, if left out";
    section("queues", about, "{claims: {priority: 1}}", [priority()])
}

pub(super) fn objectives() -> Key {
    let minimum = leaves::of_form(r"^([0-9.+ ]+%|[0-9.+ ]+agents?|0)$");
    let mbco = "the minimum: a share of those on shift, or a number of agents";
    let count = "`effective` agents (blocked calls taken off), or `working` ones";
    let objective = map([
        key("queue", id(), "the queue it is for", "claims").certain(),
        key("overall", Shape::YesNo, "whether it is for all queues together", "true").certain(),
        key("mbco", any([minimum, whole(0, 0)]), mbco, "60%").needed(),
        key("rto", duration(), "until when the minimum must be reached again", "2h"),
        key("mtpd", duration(), "how long being below it can be borne", "24h"),
        key("count", words(&["effective", "working"]), count, "working"),
    ]);
    let shape = any([Shape::Rows(Box::new(objective.clone())), by_id(objective)]);
    let about = "what has to go on, and how soon";
    key("objectives", shape, about, "[{queue: claims, mbco: 60%, rto: 2h}]").certain()
}

pub(super) fn assumptions() -> Key {
    let keys: Vec<Key> = FIGURES.iter().map(figure).collect();
    let about = "overrides of the figures that results rest on";
    key("assumptions", map(keys), about, "{occupancy: 85%}").certain()
}

fn figure(spec: &FigureSpec) -> Key {
    let (default, range, says) = (spec.default, spec.range, spec.says);
    let about = format!("{says}; {default}, if left out; plausible: {range}");
    key(spec.id, measured_as(default), &about, default)
}

/// The form of a figure whose default is written so.
fn measured_as(default: &str) -> Shape {
    fn reads<T>(parsed: Parsed<T>, shape: fn() -> Shape) -> Option<Shape> {
        parsed.ok().map(|_| shape())
    }
    reads(quantity::bandwidth(default), leaves::bandwidth)
        .or_else(|| reads(quantity::duration(default), leaves::duration))
        .or_else(|| reads(quantity::share(default), leaves::share))
        .or_else(|| reads(quantity::count(default), leaves::count))
        .unwrap_or(Shape::YesNo)
}
