//! One outcome as a document: everybody counted once in every breakdown.

use std::collections::BTreeMap;

use outlast_engine::outcome::{Disposition, Entry};
use outlast_engine::problem::Cohort;
use outlast_engine::{Outcome, Problem};
use outlast_models::{Id, Plan};

use crate::document::{BothDocument, BreakdownDocument, CountDocument, OutcomeDocument, Tally};
use crate::loads::Limits;
use crate::losses;
use crate::named::Named;

/// What the breakdowns are made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) problem: &'a Problem,
    pub(crate) limits: &'a Limits,
}

/// A tally before rounding.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    tally: Tally,
    millionths: u128,
}

impl Sum {
    fn add(&mut self, entry: &Entry) {
        let agents = entry.agents;
        let tally = &mut self.tally;
        tally.on_shift += agents;
        match entry.disposition {
            Disposition::Working { .. } => tally.working += agents,
            Disposition::Impaired { .. } => tally.impaired += agents,
            Disposition::InTransit { .. } => tally.in_transit += agents,
            Disposition::Stranded(_) => tally.stranded += agents,
        }
        self.millionths += u128::from(agents) * u128::from(entry.pass);
    }

    fn tally(&self) -> Tally {
        let effective = u64::try_from(self.millionths / 1_000_000).unwrap_or(u64::MAX);
        Tally { effective, ..self.tally }
    }
}

/// Counts all of these.
pub(crate) fn tally<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Tally {
    let mut sum = Sum::default();
    entries.into_iter().for_each(|entry| sum.add(entry));
    sum.tally()
}

/// Counts everybody of each group, agents or not.
pub(crate) fn by_group<'a>(problem: &'a Problem, outcome: &Outcome) -> BTreeMap<&'a Id, Tally> {
    let mut sums: BTreeMap<&Id, Sum> = BTreeMap::new();
    for entry in outcome.everybody() {
        sums.entry(&problem.cohorts[entry.cohort].group).or_default().add(entry);
    }
    sums.into_iter().map(|(group, sum)| (group, sum.tally())).collect()
}

/// Left alone and directed.
pub(crate) fn both(frame: Frame<'_>, left_alone: &Outcome, directed: &Outcome) -> BothDocument {
    BothDocument { left_alone: document(frame, left_alone), directed: document(frame, directed) }
}

/// One outcome.
pub(crate) fn document(frame: Frame<'_>, outcome: &Outcome) -> OutcomeDocument {
    let Frame { plan, problem, .. } = frame;
    let of = breakdown(plan, problem, outcome);
    OutcomeDocument {
        all: of.all,
        gap: outcome.gap,
        by_priority: of.by_priority,
        by_group: of.by_group,
        users: of.users,
        by_site: of.by_site,
        by_queue: of.by_queue,
        by_phone: of.by_phone,
        objectives: counts(problem, outcome),
        reasons: losses::reasons(frame, outcome),
        lost_applications: losses::applications(problem, outcome),
        assumptions: outcome.assumptions.iter().cloned().collect(),
    }
}

/// Everybody, counted once in every breakdown.
pub(crate) fn breakdown(
    plan: &Plan,
    problem: &Problem,
    outcome: &Outcome,
) -> BreakdownDocument<Tally> {
    let cohort = |entry: &Entry| &problem.cohorts[entry.cohort];
    let group = |entry: &Entry| cohort(entry).group.to_string();
    let mut by_priority =
        by(&outcome.entries, Vec::new(), |entry| cohort(entry).priority.to_string());
    by_priority.0.sort_by_key(|(name, _)| name.parse::<u64>().unwrap_or(u64::MAX));
    BreakdownDocument {
        all: tally(&outcome.entries),
        by_priority,
        by_group: by(&outcome.entries, names(plan.groups.keys()), group),
        users: by(&outcome.users, names(plan.groups.keys()), group),
        by_site: by(&outcome.entries, names(plan.sites.keys()), |entry| {
            cohort(entry).home_place.to_string()
        }),
        by_queue: by(&outcome.entries, names(plan.queues.keys()), |entry| {
            cohort(entry).queues.first().map_or_else(|| "none".to_owned(), ToString::to_string)
        }),
        by_phone: by(&outcome.entries, Vec::new(), |entry| first_phone(plan, cohort(entry))),
    }
}

pub(crate) fn names<'a>(keys: impl Iterator<Item = &'a Id>) -> Vec<String> {
    keys.map(ToString::to_string).collect()
}

/// The kind of the agents' first phone; `none` without voice.
pub(crate) fn first_phone(plan: &Plan, cohort: &Cohort) -> String {
    let phone = cohort.phone.as_ref().and_then(|id| plan.phones.get(id));
    let kind = phone.map(|phone| phone.kind);
    kind.map_or("none", outlast_models::catalogue::PhoneKind::word).to_owned()
}

/// Sums by a name, in the order of `names`, then as they come; names with
/// nobody on shift are left out.
fn by(entries: &[Entry], names: Vec<String>, name: impl Fn(&Entry) -> String) -> Named<Tally> {
    let mut index: BTreeMap<String, usize> =
        names.iter().enumerate().map(|(n, name)| (name.clone(), n)).collect();
    let mut sums: Vec<(String, Sum)> =
        names.into_iter().map(|name| (name, Sum::default())).collect();
    for entry in entries {
        let name = name(entry);
        let n = *index.entry(name.clone()).or_insert_with(|| {
            sums.push((name, Sum::default()));
            sums.len() - 1
        });
        sums[n].1.add(entry);
    }
    let there = sums.into_iter().map(|(name, sum)| (name, sum.tally()));
    Named(there.filter(|(_, tally)| tally.on_shift > 0).collect())
}

fn counts(problem: &Problem, outcome: &Outcome) -> Vec<CountDocument> {
    let named = problem.objectives.iter().zip(&outcome.objectives);
    named
        .map(|(objective, count)| CountDocument {
            objective: objective.name(),
            need: count.need,
            counted: count.counted,
            met: count.is_met(),
        })
        .collect()
}
