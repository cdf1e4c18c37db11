//! Names of what is shared: once used, they hide shared fate (OWN-05, OWN-06).

use std::collections::BTreeMap;

use outlast_models::plan::Named;
use outlast_models::{Id, Place, Plan};

use super::Finding;
use super::subject::Subject;

/// Findings on names of ducts, feeds and providers.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let plan = subject.plan;
    let mut all = Vec::new();
    for (what, section, mentions) in mentioned(plan) {
        if plan.shared.is_none() {
            all.extend(once(what, section, &mentions));
        }
        all.extend(alike(what, &mentions));
    }
    all
}

type Mentions = BTreeMap<Id, Vec<Place>>;

/// Every name that stands for something shared, with where it is written.
fn mentioned(plan: &Plan) -> [(&'static str, &'static str, Mentions); 3] {
    let mut conduits = Mentions::new();
    let mut providers = Mentions::new();
    let mut feeds = Mentions::new();
    let note = |list: &mut Mentions, named: &Named| {
        list.entry(named.id.clone()).or_default().push(named.place);
    };
    for circuit in plan.circuits.values() {
        circuit.conduit.value.iter().for_each(|named| note(&mut conduits, named));
        circuit.provider.value.iter().for_each(|named| note(&mut providers, named));
    }
    for network in plan.networks.values() {
        network.carrier.value.iter().for_each(|named| note(&mut providers, named));
    }
    for site in plan.sites.values() {
        site.power.feeds.value.iter().for_each(|named| note(&mut feeds, named));
        let isps = site.internet.isps.value.iter().filter(|(named, _)| named.place.is_written());
        isps.for_each(|(named, _)| note(&mut providers, named));
    }
    [
        ("conduit", "conduits", conduits),
        ("feed", "feeds", feeds),
        ("provider", "providers", providers),
    ]
}

/// OWN-05: names that stand alone though what they name is shared by nature.
fn once(what: &str, section: &str, mentions: &Mentions) -> Option<Finding> {
    let single: Vec<(&Id, Place)> =
        mentions.iter().filter(|(_, at)| at.len() == 1).map(|(id, at)| (id, at[0])).collect();
    let (_, place) = *single.iter().min_by_key(|(_, place)| *place)?;
    let names: Vec<&str> = single.iter().map(|(id, _)| id.as_str()).collect();
    let (is, one) =
        if names.len() == 1 { ("is", what.to_owned()) } else { ("are", format!("{what}s")) };
    Some(
        Finding::note("OWN-05", format!("shared.{section}"))
            .place(place)
            .says(format!(
                "{one} {} {is} named once each: if two names mean one {what}, the plan hides that \
                 both fail together",
                names.join(", ")
            ))
            .mend(format!("once the names are certain, list them under `shared: {section}`"))
            .write(format!("shared: {{{section}: [{}]}}", all_of(mentions))),
    )
}

fn all_of(mentions: &Mentions) -> String {
    let names: Vec<&str> = mentions.keys().map(Id::as_str).collect();
    names.join(", ")
}

/// OWN-06: two names that look like one.
fn alike(what: &str, mentions: &Mentions) -> Vec<Finding> {
    let names: Vec<(&Id, String, &Vec<Place>)> =
        mentions.iter().map(|(id, places)| (id, plain(id.as_str()), places)).collect();
    let mut all = Vec::new();
    for (n, (one, one_plain, _)) in names.iter().enumerate() {
        for (two, two_plain, places) in &names[n + 1..] {
            if !looks_like(one_plain, two_plain) {
                continue;
            }
            all.push(
                Finding::warning("OWN-06", format!("shared.{what}s"))
                    .place(places[0])
                    .says(format!(
                        "{what} {two} looks like {one}: if they are one, the plan hides that what \
                         hangs on them fails together"
                    ))
                    .mend("write one name, or tell them apart more clearly"),
            );
        }
    }
    all
}

/// A name without what may be written in several ways.
fn plain(name: &str) -> String {
    name.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Whether two plain names differ only in how they were written, or in one letter of a
/// longer word; a last number or letter counts (`duct-1`, `duct-2`).
fn looks_like(one: &str, two: &str) -> bool {
    if one == two {
        return true;
    }
    let shortest = one.len().min(two.len());
    let last = |text: &str| text.chars().last();
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    shortest >= 6
        && last(one) == last(two)
        && !has_digit(one)
        && !has_digit(two)
        && strsim::damerau_levenshtein(one, two) == 1
}

#[cfg(test)]
mod tests {
    fn looks_like(one: &str, two: &str) -> bool {
        super::looks_like(&super::plain(one), &super::plain(two))
    }

    #[test]
    fn names_that_number_things_are_apart() {
        assert!(!looks_like("duct-a", "duct-b"));
        assert!(!looks_like("grid-york-1", "grid-york-2"));
        assert!(!looks_like("duct-north", "duct-south"));
    }

    #[test]
    fn slips_are_alike() {
        assert!(looks_like("duct-clyde", "duct-cylde"));
        assert!(looks_like("duct-clyde", "ductclyde"));
        assert!(looks_like("duct_clyde", "duct-clyde"));
    }
}
