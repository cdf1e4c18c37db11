//! `failures`, `appetite`, `agent_hour`.

use super::super::leaves::{ID, agent_hours, chance, duration, id, money, number, share, text};
use super::super::{Key, Shape, any, key, list, map, or_unknown, table, words};
use super::section;
use crate::rates::RATES;

pub(super) fn failures() -> Key {
    let kinds: Vec<Key> = RATES
        .iter()
        .map(|spec| {
            let about = format!("how often each fails by chance: {}", spec.says);
            key(spec.kind.word(), map(rate()), &about, "{mtbf: 180d, mttr: 6h}").certain()
        })
        .collect();
    let components = "what differs for one, and what else fails by chance";
    let keys = [
        key("kinds", map(kinds), "what fails by chance, by kind", "{circuit: {}}").certain(),
        section("components", components, "{harbour-mpls: {mttr: 22h, repair: fixed}}", rate()),
        common(),
        hazards(),
    ];
    let about = "what fails by chance: how often, for how long, and what together";
    key("failures", map(keys), about, "{kinds: {circuit: {mtbf: 180d, mttr: 6h}}}").certain()
}

fn rate() -> [Key; 4] {
    let probability = "in place of `mtbf`: the share of the time that it is down";
    [
        key("mtbf", duration(), "the mean time from a repair to the next failure", "180d"),
        key("mttr", duration(), "the mean time to repair", "6h"),
        repair("exponential"),
        key("probability", chance(), probability, "2%"),
    ]
}

fn repair(default: &str) -> Key {
    let sigma = "the spread: σ of the logarithm, up to 5";
    let lognormal = key("lognormal", number(5), sigma, "1.2").needed().certain();
    let about = format!("how times to repair are spread about their mean; {default}, if left out");
    let shape = any([words(&["exponential", "fixed"]), map([lognormal])]);
    key("repair", shape, &about, "fixed")
}

fn common() -> Key {
    let of = key("of", list(id()), "the components, at least two", "[hill-net-a, hill-net-b]");
    let beta = "the share of their failures that takes all of them at once; 10%, if left out";
    let keys = [of.needed().certain(), key("beta", share(), beta, "10%")];
    let example = "{hill-lines: {of: [hill-net-a, hill-net-b], beta: 10%}}";
    section("common", "what takes several components at once", example, keys)
}

fn hazards() -> Key {
    let hits = any([list(id()), table(ID, or_unknown(chance()))]);
    let per_year = "how many times a year; 0.02 is once in 50 years";
    let keys = [
        key("per_year", number(1_000_000), per_year, "0.02").needed(),
        key("lasts", duration(), "how long, on the average", "5d").needed(),
        repair("fixed"),
        key("hits", hits, "what goes down, each with its chance", "{dc-hill: 60%}").certain(),
        key("plays", text(), "in place of `hits`: a scenario", "regional-flood:dc-hill").certain(),
    ];
    let example = "{flood: {per_year: 0.02, lasts: 5d, hits: {dc-hill: 60%}}}";
    section("hazards", "what comes from outside and takes all that it hits", example, keys)
}

pub(super) fn appetite() -> Key {
    let lost = "so much or more: hours of agents' work, or money at `agent_hour`";
    let keys = [
        key("lost", any([agent_hours(), money()]), lost, "5000 agent-hours").needed().certain(),
        key("yearly", chance(), "the chance of it in a year that is borne", "10%")
            .needed()
            .certain(),
    ];
    let shape = Shape::Rows(Box::new(map(keys)));
    let example = "[{lost: 5000 agent-hours, yearly: 10%}]";
    key("appetite", shape, "what losses are borne, and how often", example).certain()
}

pub(super) fn agent_hour() -> Key {
    let about = "what an hour of an agent's work is worth, for losses in money";
    key("agent_hour", money(), about, "45 EUR").certain()
}
