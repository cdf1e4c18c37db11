//! The keys of a scenario, for editors. The shape of a language is described in
//! [`outlast_models::schema`].

use outlast_models::schema::leaves::{self, Leaf, format, id, of_form, share, text, week_hour};
use outlast_models::schema::{Key, Language, Shape, Size, any, key, list, map, words};
use outlast_models::yaml::SECTIONS;

use crate::class::Class;
use crate::scenario::{ConditionWord, SelectorKey};

/// The language of scenarios.
pub fn schema() -> Language {
    let about = "what it models and what it assumes";
    let horizon = "how long it is looked at; `72h`, if left out";
    let starts = "day and full hour at which it begins; the busiest hour, if left out";
    let keys = [
        key("outlast-scenario", format(), "the format of this file", "1").needed(),
        key("name", text(), "a title for reports", "Power cut in the north").needed(),
        key("about", text(), about, "Both feeds of the data center fail in the night."),
        takes(),
        key("horizon", leaves::duration(), horizon, "48h"),
        key("starts", week_hour(), starts, "Tue 03:00"),
        key("events", Shape::Rows(Box::new(event())), "what happens", "[{fail: dc-york}]").needed(),
    ];
    Language {
        title: "A scenario for Outlast",
        about: "What goes wrong, when, and for how long.",
        root: certain(keys),
        definitions: vec![("selector", selector())],
    }
}

/// Nothing in a scenario is `unknown`.
fn certain(keys: impl Into<Vec<Key>>) -> Shape {
    map(keys.into().into_iter().map(Key::certain).collect::<Vec<_>>())
}

/// An argument that stands for a value.
fn argument() -> Shape {
    of_form(r"^\$[A-Za-z0-9][A-Za-z0-9._-]*$")
}

fn or_argument(shape: Shape) -> Shape {
    any([shape, argument()])
}

fn takes() -> Key {
    let mut kinds: Vec<&'static str> =
        Class::of_parameters().into_iter().map(Class::word).collect();
    kinds.extend(["share", "time", "times"]);
    let default = any([words(&["most-depended-on", "every"]), text()]);
    let says = "what holds if no argument is given";
    let parameter = certain([
        key("kind", Shape::Words(kinds), "what is given", "data-center").needed(),
        key("default", default, says, "most-depended-on"),
    ]);
    let entries = Shape::By(leaves::ID, Box::new(parameter), Size::Any);
    key("takes", entries, "arguments, by name", "{site: {kind: data-center}}")
}

fn event() -> Shape {
    let what = || Shape::Named("selector");
    let measure = |name, shape, about, example| key(name, or_argument(shape), about, example);
    let times = leaves::factor();
    certain([
        measure("at", leaves::duration(), "its time from the start; `0s`, if left out", "30min"),
        measure("for", leaves::duration(), "how long it lasts; to the end, if left out", "9h"),
        key("fail", what(), "these are lost", "{kind: feed, site: dc-york}"),
        key("degrade", what(), "these keep a share of their capacity; beside it `to`", "vpn-york")
            .beside("to"),
        measure("to", share(), "the share that is left", "40%"),
        key("congest", what(), "calls are declined there; beside it `blocking`", "pstn")
            .beside("blocking"),
        measure("blocking", share(), "the share of calls that is declined", "30%"),
        key("evacuate", what(), "nobody may be at these sites; their equipment runs on", "leeds"),
        key(
            "absent",
            what(),
            "of these groups a share does not come; beside it `share`",
            "cards-leeds",
        )
        .beside("share"),
        measure("share", share(), "the share that does not come", "20%"),
        key(
            "surge",
            what(),
            "customers of these queues call more often; beside it `times`",
            "{kind: queue}",
        )
        .beside("times"),
        measure("times", times, "how many times as often they call", "2.5"),
        key("misconfigure", misconfiguration(), "a setting is spoiled", "pac-broken"),
        key("include", text(), "another scenario begins here", "data-center-lost:dc-york"),
    ])
}

/// What an event takes: an id, a list (any of these) or a map (all of these).
fn selector() -> Shape {
    let mut keys: Vec<Key> = SelectorKey::ALL.into_iter().map(criterion).collect();
    let kinds = Class::of_selectors().into_iter().map(Class::word).collect();
    keys.push(key("kind", list(Shape::Words(kinds)), "things of this kind", "circuit"));
    any([or_argument(id()), Shape::Rows(Box::new(Shape::Named("selector"))), certain(keys)])
}

fn criterion(key_of: SelectorKey) -> Key {
    let (about, example) = match key_of {
        SelectorKey::Id => ("what has this id", "dc-york"),
        SelectorKey::Site => ("what belongs to this site", "leeds"),
        SelectorKey::Region => ("what lies in this region", "north"),
        SelectorKey::Network => ("what belongs to this network", "internet"),
        SelectorKey::Provider => ("what this company provides", "civic"),
        SelectorKey::Conduit => ("the duct, and the circuits in it", "duct-quay"),
        SelectorKey::Feed => ("the power feed, or what stands on it", "grid-leeds"),
        SelectorKey::Group => ("what this group names", "cards-leeds"),
        SelectorKey::Queue => ("what the groups of this queue name", "claims"),
        SelectorKey::Tag => ("what has this tag", "waterfront"),
    };
    key(key_of.word(), list(or_argument(id())), about, example)
}

fn misconfiguration() -> Shape {
    let all: Vec<&'static str> = ConditionWord::ALL.map(ConditionWord::word).to_vec();
    let sections: Vec<&'static str> = SECTIONS.iter().map(|(word, _)| *word).collect();
    let setting = [
        key("set", text(), "the path of a setting, with dots", "firewalls.fw-leeds.udp_idle")
            .needed(),
        key("to", Shape::Anything, "what it becomes, as the plan would say it", "60s").needed(),
        key("every", Shape::Words(sections), "in every entry of these", "firewall"),
    ];
    any([Shape::Words(all), certain(setting), for_some()])
}

/// `{pac-broken: corporate}`.
fn for_some() -> Shape {
    const WORD: Leaf = Leaf {
        types: &["string"],
        pattern: "^(pac-broken|turn-inspected|split-to-full|udp-idle-short)$",
        range: None,
    };
    Shape::By(WORD, Box::new(list(or_argument(id()))), Size::One)
}
