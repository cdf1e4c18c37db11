//! Agents who cannot work with nothing failed (OWN-01).

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::Id;

use super::subject::Subject;
use super::{Finding, Whom, mends};
use crate::explain::{self, Status, WayReason};
use crate::input::Change;
use crate::outcome::{Disposition, Entry, Impairment, Want};
use crate::problem::ResourceId;
use crate::routes::path::{Refusal, ResourceKey};

/// One finding for each group with agents who do not work.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let group = |cohort: usize| &subject.problem.cohorts[cohort].group;
    let mut all: BTreeMap<&Id, OfGroup<'_>> = BTreeMap::new();
    for (cohort, agents) in subject.people.iter().enumerate() {
        all.entry(group(cohort)).or_default().on_shift += agents;
    }
    for entry in subject.outcome.everybody().filter(|entry| is_out(entry)) {
        all.entry(group(entry.cohort)).or_default().out.push(entry);
    }
    let out = all.into_iter().filter(|(_, of)| !of.out.is_empty());
    out.map(|(group, of)| of.finding(subject, group)).collect()
}

/// The agents of a group.
#[derive(Default)]
struct OfGroup<'s> {
    on_shift: u64,
    /// Those who do not work.
    out: Vec<&'s Entry>,
}

fn is_out(entry: &Entry) -> bool {
    entry.agents > 0 && !matches!(entry.disposition, Disposition::Working { .. })
}

impl OfGroup<'_> {
    fn finding(self, subject: &Subject<'_>, group: &Id) -> Finding {
        let place = subject.plan.groups.get(group).map(|entry| entry.place);
        let mut whom = Whom::new();
        for entry in &self.out {
            *whom.entry(subject.key(entry.cohort)).or_default() += entry.agents;
        }
        let (agents, on_shift) = (whom.values().sum::<u64>(), self.on_shift);
        let (why, mend) = why(subject, &self.out);
        Finding::error("OWN-01", format!("groups.{group}"))
            .place(place)
            .says(format!(
                "{agents} of {on_shift} agents of {group} do not work with nothing failed: {why}"
            ))
            .mend(mend)
            .hits(whom)
    }
}

/// Why they do not work, and what to do about it.
fn why(subject: &Subject<'_>, out: &[&Entry]) -> (String, String) {
    let mut short = BTreeSet::new();
    let mut no_way = false;
    for entry in out {
        match entry.disposition {
            Disposition::Stranded(Want::Room(resource)) => drop(short.insert(resource)),
            Disposition::Impaired { by: Impairment::OverLimit(resource), .. } => {
                short.insert(resource);
            }
            Disposition::Stranded(_) | Disposition::Impaired { .. } => no_way = true,
            Disposition::Working { .. } | Disposition::InTransit { .. } => {}
        }
    }
    match (no_way, nearest(subject, out)) {
        (true, Some(way)) => refused(way),
        _ if !short.is_empty() => room(subject, &short),
        _ => ("they have no way of working".to_owned(), "say where and how they work".to_owned()),
    }
}

fn room(subject: &Subject<'_>, short: &BTreeSet<ResourceId>) -> (String, String) {
    let keys = short.iter().map(|resource| &subject.problem.resources[resource.index()].key);
    let keys: Vec<&ResourceKey> = keys.collect();
    let short = |key: &&ResourceKey| match key {
        ResourceKey::Line(id, up) | ResourceKey::Throughput(id, up) => {
            format!("{id} carries too little {}", if *up { "up" } else { "down" })
        }
        _ => format!("{} has too few {}", key.id(), key.word()),
    };
    let whose: BTreeSet<&str> = keys.iter().map(|key| key.id().as_str()).collect();
    let whose: Vec<&str> = whose.into_iter().collect();
    (
        keys.iter().map(short).collect::<Vec<String>>().join(", "),
        format!("give {} more room, or these agents another way", whose.join(" and ")),
    )
}

/// The way that closes least of those of agents who do not work.
fn nearest<'s>(subject: &'s Subject<'_>, out: &[&Entry]) -> Option<&'s WayReason> {
    let ways = out.iter().flat_map(|entry| subject.ways_of(entry.cohort)).map(|(way, _)| way);
    let closed = ways.filter(|way| !subject.is_open(*way)).map(|way| &subject.reasons[way]);
    closed.min_by_key(|way| explain::order(way))
}

fn refused(way: &WayReason) -> (String, String) {
    let cited = |refusal: &Refusal| format!("{} ({})", refusal.says, refusal.rule);
    let (why, all): (Vec<String>, Vec<&str>) = match &way.status {
        Status::Refused(list) => list.iter().map(|r| (cited(r), mends::of_refusal(r))).unzip(),
        Status::Needs(changes) => {
            let mend = |change: &Change| mends::of(change.rule()).unwrap_or_default();
            changes.iter().map(|(change, r)| (cited(r), mend(change))).unzip()
        }
        Status::Down(cause) => (vec![format!("{} is down", cause.component)], Vec::new()),
        Status::Live | Status::Full(_) => (Vec::new(), Vec::new()),
    };
    let mut each: Vec<&str> = Vec::new();
    for mend in all.into_iter().filter(|mend| !mend.is_empty()) {
        if !each.contains(&mend) {
            each.push(mend);
        }
    }
    (format!("{}: {}", way.words, why.join("; ")), each.join("; "))
}
