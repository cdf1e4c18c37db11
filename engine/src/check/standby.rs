//! What would take over by configuration, and be refused.
//!
//! Fixed alternatives go by liveness alone: the next one is taken as soon as the
//! first is down, whatever a rule says of it.

use std::collections::BTreeMap;

use outlast_models::{Id, Place};

use super::subject::Subject;
use super::{Finding, mends};
use crate::explain::Status;
use crate::problem::Way;
use crate::routes::path::Path;

/// Later fixed alternatives of legs that work, and that a rule refuses.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for (n, cohort) in subject.problem.cohorts.iter().enumerate() {
        if subject.people[n] == 0 {
            continue;
        }
        let people = BTreeMap::from([(cohort.group.clone(), subject.people[n])]);
        for (number, way) in subject.ways_of(n) {
            if subject.is_taken(number) {
                of_way(subject, &cohort.group, way, number, &people, &mut all);
            }
        }
    }
    all
}

fn of_way(
    subject: &Subject<'_>,
    group: &Id,
    way: &Way,
    number: usize,
    people: &BTreeMap<Id, u64>,
    all: &mut Vec<Finding>,
) {
    let reasons = &subject.reasons[number].legs;
    for (leg, reason) in way.posture.legs.iter().zip(reasons) {
        if reason.status != Status::Live || !leg.required {
            continue;
        }
        let paths = leg.paths.iter();
        let used = paths.clone().find(|path| ids(path) == reason.hops);
        let Some(used) = used else { continue };
        let later = paths.filter(|path| !path.after.is_empty() && ids(path) != reason.hops);
        for path in later {
            let Some(refusal) = path.refusal.as_ref().filter(|one| !one.is_no_way()) else {
                continue;
            };
            let Some((first, second)) = apart(used, path) else { continue };
            let rule = refusal.rule.to_string();
            let refusal = refusal.clone().at(way.posture.lines);
            let place = refusal.place.filter(Place::is_written);
            let says =
                format!("{second} stands in for {first} and is then refused: {}", refusal.says);
            let mut finding = Finding::warning(rule.clone(), subject.entry_of(place))
                .place(place)
                .says(says)
                .mend(mends::of(&rule).unwrap_or_default())
                .hits(people.clone());
            finding.breaks.insert(format!("{} of {group} while {first} is down", leg.name));
            all.push(finding);
        }
    }
}

fn ids(path: &Path) -> Vec<Id> {
    path.hops.iter().map(|hop| hop.id.clone()).collect()
}

/// The first thing that each of two paths has and the other lacks.
fn apart(used: &Path, other: &Path) -> Option<(Id, Id)> {
    let lacks = |path: &Path, id: &Id| path.hops.iter().all(|hop| hop.id != *id);
    let first = used.hops.iter().find(|hop| lacks(other, &hop.id))?;
    let second = other.hops.iter().find(|hop| lacks(used, &hop.id))?;
    Some((first.id.clone(), second.id.clone()))
}
