//! Why agents do not work as they should, and what those at work do without.

use std::collections::BTreeMap;

use outlast_engine::outcome::{Disposition, Entry, Impairment, Want};
use outlast_engine::problem::{ResourceId, Role};
use outlast_engine::{Outcome, Problem};
use outlast_models::Id;

use crate::document::{LostDocument, ReasonDocument};
use crate::outcome::Frame;

/// A reason before its agents are counted.
type Why = (usize, &'static str, &'static str, Option<ResourceId>);

/// A disposition in words: state, reason (none for who works or will), on what.
pub(crate) const fn state(
    disposition: Disposition,
) -> (&'static str, &'static str, Option<ResourceId>) {
    match disposition {
        Disposition::Working { .. } => ("working", "", None),
        Disposition::InTransit { .. } => ("in transit", "", None),
        Disposition::Impaired { by: Impairment::OverLimit(id), .. } => {
            ("impaired", "over its limit", Some(id))
        }
        Disposition::Impaired { by: Impairment::VoiceLost, .. } => ("impaired", "voice lost", None),
        Disposition::Stranded(Want::Way) => ("stranded", "no way", None),
        Disposition::Stranded(Want::Room(id)) => ("stranded", "no room", Some(id)),
    }
}

/// Reasons by group, in the order of the plan, most agents of a group first.
pub(crate) fn reasons(frame: Frame<'_>, outcome: &Outcome) -> Vec<ReasonDocument> {
    let Frame { plan, problem, limits } = frame;
    let mut sums: BTreeMap<Why, u64> = BTreeMap::new();
    for entry in outcome.everybody() {
        let (state, reason, resource) = state(entry.disposition);
        if reason.is_empty() {
            continue;
        }
        let group = &problem.cohorts[entry.cohort].group;
        let index = plan.groups.get_index_of(group).unwrap_or(usize::MAX);
        *sums.entry((index, state, reason, resource)).or_default() += entry.agents;
    }
    let mut sorted: Vec<(Why, u64)> = sums.into_iter().collect();
    sorted.sort_by_key(|(why, agents)| (why.0, std::cmp::Reverse(*agents), *why));
    sorted
        .into_iter()
        .map(|((group, state, reason, resource), agents)| {
            let key = resource.and_then(|id| limits.key(id.index()));
            ReasonDocument {
                group: plan.groups.get_index(group).map_or_else(String::new, |g| g.0.to_string()),
                state: state.to_owned(),
                reason: reason.to_owned(),
                resource: key.map(|key| key.id().to_string()),
                what: key.map(|key| key.word().to_owned()),
                agents,
            }
        })
        .collect()
}

/// Optional applications that working agents do without, by group.
pub(crate) fn applications(problem: &Problem, outcome: &Outcome) -> Vec<LostDocument> {
    let mut lost: Vec<LostDocument> = Vec::new();
    let mut index: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for entry in outcome.everybody() {
        let group = problem.cohorts[entry.cohort].group.as_str();
        for application in without(problem, entry) {
            let at = *index.entry((group, application)).or_insert_with(|| {
                lost.push(LostDocument {
                    group: group.to_owned(),
                    application: application.to_owned(),
                    agents: 0,
                });
                lost.len() - 1
            });
            lost[at].agents += entry.agents;
        }
    }
    lost
}

/// Optional applications whose own leg is not in use, or something that all on their
/// machine go by.
fn without<'p>(problem: &'p Problem, entry: &Entry) -> Vec<&'p str> {
    let (Disposition::Working { way }
    | Disposition::Impaired { way, by: Impairment::OverLimit(_) }) = entry.disposition
    else {
        return Vec::new();
    };
    let legs = &problem.ways[way].legs;
    let in_use = |n: usize| entry.routes.iter().any(|(used, _)| *used == n);
    let behind_lost = |machine: &Option<Id>| {
        let behind = legs.iter().enumerate();
        behind
            .filter(|(n, _)| !in_use(*n))
            .any(|(_, leg)| leg.role == Role::Behind(machine.clone()))
    };
    let optional = legs.iter().enumerate().filter(|(_, leg)| !leg.required);
    let lost = optional.filter(|(n, leg)| match &leg.role {
        Role::Application(machine) => !in_use(*n) || behind_lost(machine),
        Role::Behind(_) | Role::Own => false,
    });
    lost.map(|(_, leg)| leg.name.as_str()).collect()
}
