//! What would take over by configuration, and be refused.
//!
//! Fixed alternatives go by liveness alone: the next one is taken as soon as the
//! first is down, whatever a rule says of it.

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::plan::BundleMode;
use outlast_models::{Id, Place};

use super::subject::Subject;
use super::{Finding, joined, lists, mends};
use crate::explain::Status;
use crate::problem::Way;
use crate::routes::path::{Path, Refusal};

/// Later fixed alternatives of legs that work, and that a rule refuses.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found: BTreeMap<(Refusal, &str), Refused> = BTreeMap::new();
    for (n, cohort) in subject.problem.cohorts.iter().enumerate() {
        for (number, way) in subject.ways_of(n).filter(|_| subject.people[n] > 0) {
            if !subject.is_taken(number) {
                continue;
            }
            for (leg, first, second, why) in of_way(subject, way, number) {
                let refused = found.entry(why).or_default();
                let legs = refused.breaks.entry((cohort.group.clone(), first.clone())).or_default();
                if !legs.contains(&leg) {
                    legs.push(leg);
                }
                refused.instead.insert((first, second));
                refused.cohorts.insert(n);
            }
        }
    }
    found.into_iter().map(|(why, refused)| refused.finding(subject, why)).collect()
}

/// Whom one refusal meets, and when.
#[derive(Default)]
struct Refused {
    /// What it replaces, and what stands in.
    instead: BTreeSet<(Id, Id)>,
    /// The legs of a group while something is down.
    breaks: BTreeMap<(Id, Id), Vec<String>>,
    cohorts: BTreeSet<usize>,
}

/// At most so many cases are named.
const NAMED: usize = 2;

impl Refused {
    fn finding(self, subject: &Subject<'_>, (refusal, mend): (Refusal, &str)) -> Finding {
        let place = refusal.place.filter(Place::is_written);
        let mut cases = Vec::new();
        for (first, second) in self.instead.iter().take(NAMED) {
            let stands = if cases.is_empty() { "stands in for" } else { "for" };
            cases.push(format!("{second} {stands} {first}"));
        }
        let more = self.instead.len() - cases.len();
        if more > 0 {
            cases.push(format!("in {more} cases more"));
        }
        let says = format!("{}; that shows once {}", refusal.says, cases.join(", or "));
        let at = subject.entry_of_refusal(&refusal, place);
        let mut finding = Finding::warning(refusal.rule.to_string(), at)
            .place(place)
            .says(says)
            .mend(mend)
            .hits(subject.of_cohorts(self.cohorts));
        let breaks = self.breaks.into_iter();
        let breaks = breaks.map(|((group, first), legs)| {
            format!("{} of {group} while {first} is down", joined(legs, "and"))
        });
        finding.breaks = breaks.collect();
        finding
    }
}

/// A refused stand-by: leg, what it stands in for, it, why, and what to do.
type Standby = (String, Id, Id, (Refusal, &'static str));

/// The refused stand-bys of a way.
fn of_way(subject: &Subject<'_>, way: &Way, number: usize) -> Vec<Standby> {
    let reasons = &subject.reasons[number].legs;
    let mut all = Vec::new();
    for (leg, reason) in way.posture.legs.iter().zip(reasons) {
        if reason.status != Status::Live || !leg.required {
            continue;
        }
        let paths = leg.paths.iter();
        let used = paths.clone().find(|path| ids(path) == reason.hops);
        let Some(used) = used else { continue };
        let later = paths.filter(|path| !path.after.is_empty() && ids(path) != reason.hops);
        for path in later {
            let Some((refusal, mend)) = why(path).filter(|(one, _)| !one.is_no_way()) else {
                continue;
            };
            let both = apart(subject, used, path).filter(|pair| !are_in_use(subject, pair));
            if let Some((first, second)) = both {
                let refusal = refusal.at(way.posture.lines);
                all.push((leg.name.clone(), first, second, (refusal, mend)));
            }
        }
    }
    all
}

/// Why a path is closed, and what to do; what waits for a change is closed as well
/// until somebody makes it, and what hangs on addresses of one day will be.
fn why(path: &Path) -> Option<(Refusal, &'static str)> {
    if let Some(refusal) = &path.refusal {
        return Some((refusal.clone(), mends::of_refusal(refusal)));
    }
    if let Some((change, refusal)) = path.changes.first() {
        return Some((refusal.clone(), mends::of(change.rule()).unwrap_or_default()));
    }
    let refusal = lists::dated(path)?;
    let says = lists::until_they_change(refusal);
    Some((Refusal { says, ..refusal.clone() }, mends::of_refusal(refusal)))
}

/// Whether two circuits are in use at once, as members of an active-active bundle.
fn are_in_use(subject: &Subject<'_>, (first, second): &(Id, Id)) -> bool {
    subject.plan.bundles.values().any(|bundle| {
        let has = |id: &Id| bundle.of.iter().any(|named| named.id == *id);
        bundle.mode.value == BundleMode::ActiveActive && has(first) && has(second)
    })
}

fn ids(path: &Path) -> Vec<Id> {
    path.hops.iter().map(|hop| hop.id.clone()).collect()
}

/// The first thing that each of two paths has and the other lacks: a proxy before the
/// lines that lead there, firewalls only where there is nothing else.
fn apart(subject: &Subject<'_>, used: &Path, other: &Path) -> Option<(Id, Id)> {
    let own = |path: &Path, lacking: &Path| -> Option<Id> {
        let lacks = |id: &Id| lacking.hops.iter().all(|hop| hop.id != *id);
        let own = path.hops.iter().map(|hop| &hop.id).filter(|id| lacks(id));
        let own: Vec<&Id> = own.collect();
        let is_proxy = |id: &&&Id| subject.plan.proxies.contains_key(**id);
        let is_line = |id: &&&Id| !subject.plan.firewalls.contains_key(**id);
        let found = own.iter().find(is_proxy).or_else(|| own.iter().find(is_line));
        found.or_else(|| own.first()).map(|id| (*id).clone())
    };
    Some((own(used, other)?, own(other, used)?))
}
