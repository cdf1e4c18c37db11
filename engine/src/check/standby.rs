//! What would take over by configuration, and be refused.
//!
//! Fixed alternatives go by liveness alone: the next one is taken as soon as the
//! first is down, whatever a rule says of it.

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::{Id, Place};

use super::subject::Subject;
use super::{Finding, mends};
use crate::explain::Status;
use crate::problem::Way;
use crate::routes::path::{Path, Refusal};

/// Later fixed alternatives of legs that work, and that a rule refuses.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found: BTreeMap<Refusal, Refused> = BTreeMap::new();
    for (n, cohort) in subject.problem.cohorts.iter().enumerate() {
        for (number, way) in subject.ways_of(n).filter(|_| subject.people[n] > 0) {
            if !subject.is_taken(number) {
                continue;
            }
            for (leg, first, second, refusal) in of_way(subject, way, number) {
                let refused = found.entry(refusal).or_default();
                refused.breaks.insert(format!("{leg} of {} while {first} is down", cohort.group));
                refused.instead.insert((first, second));
                refused.cohorts.insert(n);
            }
        }
    }
    found.into_iter().map(|(refusal, refused)| refused.finding(subject, &refusal)).collect()
}

/// Whom one refusal meets, and when.
#[derive(Default)]
struct Refused {
    /// What it replaces, and what stands in.
    instead: BTreeSet<(Id, Id)>,
    breaks: BTreeSet<String>,
    cohorts: BTreeSet<usize>,
}

/// At most so many cases are named.
const NAMED: usize = 2;

impl Refused {
    fn finding(self, subject: &Subject<'_>, refusal: &Refusal) -> Finding {
        let rule = refusal.rule.to_string();
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
        let mut finding = Finding::warning(rule.clone(), subject.entry_of(place))
            .place(place)
            .says(says)
            .mend(mends::of(&rule).unwrap_or_default())
            .hits(subject.groups_of(|n| self.cohorts.contains(&n)));
        finding.breaks = self.breaks;
        finding
    }
}

/// The refused stand-bys of a way: leg, what they stand in for, they, and why.
fn of_way(subject: &Subject<'_>, way: &Way, number: usize) -> Vec<(String, Id, Id, Refusal)> {
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
            let refusal = path.refusal.as_ref().filter(|one| !one.is_no_way());
            if let Some((refusal, (first, second))) = refusal.zip(apart(subject, used, path)) {
                let refusal = refusal.clone().at(way.posture.lines);
                all.push((leg.name.clone(), first, second, refusal));
            }
        }
    }
    all
}

fn ids(path: &Path) -> Vec<Id> {
    path.hops.iter().map(|hop| hop.id.clone()).collect()
}

/// The first thing that each of two paths has and the other lacks; firewalls only
/// where there is nothing else.
fn apart(subject: &Subject<'_>, used: &Path, other: &Path) -> Option<(Id, Id)> {
    let own = |path: &Path, lacking: &Path| -> Option<Id> {
        let lacks = |id: &Id| lacking.hops.iter().all(|hop| hop.id != *id);
        let own = path.hops.iter().map(|hop| &hop.id).filter(|id| lacks(id));
        let own: Vec<&Id> = own.collect();
        let is_line = |id: &&&Id| !subject.plan.firewalls.contains_key(**id);
        own.iter().find(is_line).or_else(|| own.first()).map(|id| (*id).clone())
    };
    Some((own(used, other)?, own(other, used)?))
}
