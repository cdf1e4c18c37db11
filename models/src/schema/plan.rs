//! The keys of a plan. The examples are about the plan of the page on the
//! language.

mod chance;
mod cloud;
mod counted;
mod groups;
mod house;
mod machines;
mod networks;
mod sites;
mod telephony;

use super::leaves::{self, count, currency, day, format, id, text};
use super::{
    Key, Language, Shape, any, by_id, choice, key, list, map, or_unknown, table, words, words_or_id,
};
use crate::catalogue::SERVICES;

/// The language of plans.
pub fn plan() -> Language {
    Language {
        title: "A plan for Outlast",
        about: "What a contact center consists of: places, networks, machines, telephony, the \
                cloud it works on, and who works where.",
        root: map(sections()),
        definitions: vec![
            ("need", need()),
            ("destination", destination()),
            ("service", cloud::service()),
            ("app", groups::app()),
        ],
    }
}

fn sections() -> Vec<Key> {
    vec![
        key("outlast", format(), "the format of this file", "1").needed().certain(),
        key("name", text(), "how results call the plan", "Harbour Insurance").certain(),
        key("date", day(), "the day the plan speaks of; the clock is never asked", "2026-10-01"),
        key("currency", currency(), "the currency of all money in the plan", "EUR").certain(),
        sites::sites(),
        sites::shared(),
        networks::networks(),
        networks::circuits(),
        networks::bundles(),
        networks::exits(),
        networks::firewalls(),
        machines::workstations(),
        machines::proxies(),
        machines::pac(),
        machines::vpn(),
        machines::vdi(),
        telephony::telephony(),
        telephony::carriers(),
        telephony::phones(),
        cloud::cloud(),
        counted::components(),
        counted::pools(),
        counted::resources(),
        counted::queues(),
        counted::objectives(),
        groups::groups(),
        house::roster(),
        house::policies(),
        house::waivers(),
        chance::failures(),
        chance::appetite(),
        chance::agent_hour(),
        counted::assumptions(),
    ]
}

/// A section: entries by id, whose keys are these.
fn section(name: &'static str, about: &str, example: &str, keys: impl Into<Vec<Key>>) -> Key {
    key(name, by_id(map(keys)), about, example).certain()
}

/// The keys of an entry that can fail.
fn with_common(keys: impl Into<Vec<Key>>) -> Vec<Key> {
    let mut keys = keys.into();
    keys.extend(common());
    keys
}

/// What everything takes that can fail.
fn common() -> [Key; 3] {
    let devices = [
        key("count", count(), "how many devices there are", "3").needed(),
        key("needed", count(), "how many of them suffice", "2").needed(),
    ];
    let units = "so many devices, of which so many suffice; one, if left out";
    [
        needs(),
        key("units", map(devices), units, "{count: 3, needed: 2}"),
        key("tags", list(id()), "words of your own, for selecting in scenarios", "[waterfront]")
            .certain(),
    ]
}

fn needs() -> Key {
    let about = "what it stands on besides what the plan says elsewhere: all of these";
    key("needs", list(Shape::Named("need")), about, "[cooling-hill]").certain()
}

/// An id, or a choice among needs.
fn need() -> Shape {
    any([id(), choice(leaves::CHOICE, list(Shape::Named("need")))])
}

/// `uses`: so much of a pool or resource for each agent.
fn uses() -> Key {
    let about = "so much of a pool or resource for each agent who works with it";
    key("uses", by_id(or_unknown(leaves::decimals())), about, "{laptops: 1}").certain()
}

/// A name that must be there.
fn needed_name(name: &'static str, about: &str, example: &str) -> Key {
    key(name, id(), about, example).needed().certain()
}

/// One word, or several with shares that sum to 100%.
fn shares() -> Shape {
    any([id(), table(leaves::ID, or_unknown(leaves::share()))])
}

/// Where traffic goes: one destination or a list.
fn destinations() -> Shape {
    list(Shape::Named("destination"))
}

fn destination() -> Shape {
    const WORDS: [&str; 13] = [
        "any",
        "services",
        "services-private",
        "sbc",
        "sbc-signalling",
        "sbc-media",
        "turn",
        "proxies",
        "vpns",
        "vdis",
        "pbxs",
        "cloud-domain",
        "crl",
    ];
    let mut known = WORDS.to_vec();
    known.extend(SERVICES.iter().map(|service| service.id));
    let about = "the addresses that the services had on that day";
    let resolved = key("resolved", day(), about, "2026-10-02").needed().certain();
    any([Shape::Words(known), id(), leaves::block(), map([resolved])])
}

/// A machine: the workstation, or a virtual desktop.
fn machine(about: &str, example: &str) -> Key {
    key("on", words_or_id(&["workstation"]), about, example)
}

/// The proxy of a program that is set by itself.
fn proxy_option() -> Key {
    let set_in = "where it is set: in a file, or in the cloud";
    let keys = [
        key("via", id(), "the proxy", "proxy-hill").needed(),
        key("set_in", words(&["cloud", "file"]), set_in, "cloud"),
    ];
    key("proxy", any([id(), map(keys)]), "the program's own proxy; none, if left out", "proxy-hill")
}

/// `dpi`, of firewalls and proxies.
fn inspected(keys: impl Into<Vec<Key>>) -> Key {
    let turn = key("turn", Shape::YesNo, "whether it inspects what goes to TURN", "false");
    let mut all = vec![turn];
    all.extend(keys.into());
    key("dpi", map(all), "what it looks into; nothing, if left out", "{turn: false}")
}

/// A source address of its own.
fn egress(about: &str, example: &str) -> Key {
    key("egress", any([id(), leaves::block()]), about, example)
}
