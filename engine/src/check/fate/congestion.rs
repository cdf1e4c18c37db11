//! Phones that stand in for others and congest with them, or with callers (OWN-04).

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::plan::Phone;
use outlast_models::{Id, Kind};

use super::super::subject::Subject;
use super::super::{Finding, Whom, joined};
use crate::explain::phone_words;
use crate::problem::Way;

/// Findings on phones that are rung over the PSTN.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found: BTreeMap<Shared, Concerned> = BTreeMap::new();
    for (cohort, entry) in subject.problem.cohorts.iter().enumerate() {
        if !entry.counted || subject.people[cohort] == 0 {
            continue;
        }
        for (first, shared) in of_cohort(subject, cohort) {
            let whom = found.entry(shared).or_default();
            if !whom.firsts.contains(&first) {
                whom.firsts.push(first);
            }
            whom.agents.insert(subject.key(cohort), subject.people[cohort]);
        }
    }
    found.into_iter().map(|(shared, whom)| shared.finding(subject, whom)).collect()
}

/// Whose phone it is, and which phones it stands in for.
#[derive(Default)]
struct Concerned {
    firsts: Vec<Id>,
    agents: Whom,
}

/// A phone that stands in for another, and what keeps both from ringing.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shared {
    phone: Id,
    with: With,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum With {
    /// Calls to both cross these.
    First(BTreeSet<Id>),
    /// Calls to the phone come by one of these, and customers' calls do as well.
    Callers(BTreeSet<Id>),
}

/// The alternative phones of a cohort that share something, each with the first one.
fn of_cohort(subject: &Subject<'_>, cohort: usize) -> Vec<(Id, Shared)> {
    let mut phones: Vec<(&Id, Vec<&Way>)> = Vec::new();
    for (_, way) in subject.ways_of(cohort).filter(|(way, _)| subject.is_open(*way)) {
        let Some(phone) = &way.key.phone else { continue };
        match phones.iter_mut().find(|(known, _)| *known == phone) {
            Some((_, ways)) => ways.push(way),
            None => phones.push((phone, vec![way])),
        }
    }
    let Some(((first, ways), others)) = phones.split_first() else { return Vec::new() };
    let replaced = always(ways);
    let mut all = Vec::new();
    for (phone, ways) in others {
        let crossed: BTreeSet<Id> = always(ways).intersection(&replaced).cloned().collect();
        let with = if crossed.is_empty() {
            customers(subject, ways).map(With::Callers)
        } else {
            Some(With::First(crossed))
        };
        let shared = with.map(|with| Shared { phone: (*phone).clone(), with });
        all.extend(shared.map(|shared| ((*first).clone(), shared)));
    }
    all
}

/// What calls cross by whatever way and route they come.
fn always(ways: &[&Way]) -> BTreeSet<Id> {
    let mut legs = ways.iter().map(|way| {
        let voice = way.legs.iter().filter(|leg| leg.voice);
        let each = voice.flat_map(|leg| {
            let mut routes = leg.routes.iter().map(|route| as_set(&route.blocking));
            let first = routes.next().unwrap_or_default();
            routes.fold(first, |all, one| &all & &one)
        });
        each.collect::<BTreeSet<Id>>()
    });
    let first = legs.next().unwrap_or_default();
    legs.fold(first, |all, one| &all & &one)
}

fn as_set(ids: &[Id]) -> BTreeSet<Id> {
    ids.iter().cloned().collect()
}

/// The carriers by which a phone is rung, where each route has one that customers
/// call by.
fn customers(subject: &Subject<'_>, ways: &[&Way]) -> Option<BTreeSet<Id>> {
    let mut all = BTreeSet::new();
    let voice = ways.iter().flat_map(|way| way.legs.iter().filter(|leg| leg.voice));
    for route in voice.flat_map(|leg| leg.routes.iter()) {
        let busy = route.blocking.iter().filter(|id| {
            let carrier = subject.plan.carriers.get(*id);
            carrier.is_some_and(|carrier| {
                carrier.for_customers.is_given() && carrier.for_customers.value
            })
        });
        let busy: Vec<&Id> = busy.collect();
        if busy.is_empty() {
            return None;
        }
        all.extend(busy.into_iter().cloned());
    }
    Some(all).filter(|all| !all.is_empty())
}

impl Shared {
    fn finding(self, subject: &Subject<'_>, whom: Concerned) -> Finding {
        let phone = phone_words(&self.phone);
        let first = joined(whom.firsts.iter().map(phone_words).collect(), "and");
        let at = format!("phones.{}", self.phone);
        let (finding, says, mend) = match &self.with {
            With::First(crossed) => (
                Finding::warning("OWN-04", at),
                format!(
                    "{phone} stands in for {first}, and calls to both cross {}: when that \
                     congests, both are lost together",
                    row(subject, crossed)
                ),
                format!("let {phone} be rung by another carrier, or give a phone off the PSTN"),
            ),
            With::Callers(carriers) => (
                Finding::note("OWN-04", at),
                format!(
                    "{phone} stands in for {first} and is rung by {} only, by which \
                     customers call too: in an emergency carriers congest and decline both (INB-03)",
                    row(subject, carriers)
                ),
                format!("let {phone} be rung by a carrier that customers do not call by"),
            ),
        };
        let place = subject.plan.phones.get(&self.phone).map(|phone: &Phone| phone.place);
        finding.place(place).says(says).mend(mend).hits(whom.agents)
    }
}

/// The names of what is crossed; a region is said to be one.
fn row(subject: &Subject<'_>, ids: &BTreeSet<Id>) -> String {
    let word = |id: &Id| {
        let component = subject.problem.components.get(id).map(|(component, _)| component.kind);
        match (id.as_str().strip_prefix("region:"), component) {
            (Some(region), _) => format!("the PSTN around region {region}"),
            (None, Some(Kind::Network)) if *id == "pstn" => "the PSTN".to_owned(),
            (None, _) => id.to_string(),
        }
    };
    joined(ids.iter().map(word).collect(), "and")
}
