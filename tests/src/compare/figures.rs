//! The figures of an outcome in the order by which allocations are judged,
//! counted here once more.

use std::collections::BTreeMap;

use outlast_engine::outcome::Entry;
use outlast_engine::problem::Capacity;
use outlast_engine::{Disposition, Outcome, Problem, State};

pub(super) const WHOLE: u64 = 1_000_000;
/// At most so many ways to divide agents among their queues are tried.
const DIVISIONS: u64 = 200_000;

/// Agents counted towards the objectives of each priority (`u32::MAX`:
/// `overall`), working agents of each class, and all.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figures {
    /// By the priority of queues.
    pub counted: BTreeMap<u32, u64>,
    /// By class.
    pub classes: BTreeMap<u32, u64>,
    /// All.
    pub working: u64,
    /// Effective agents, in millionths.
    pub effective: u64,
}

impl Figures {
    /// Of an outcome, agents counted by what the outcome says gets through; `None`
    /// where too many agents serve several queues.
    pub fn reported(problem: &Problem, outcome: &Outcome) -> Option<Self> {
        Self::of(problem, outcome, |entry| u64::from(entry.pass))
    }

    /// The same with the most that trunks, carriers and circuits to the PSTN may
    /// block, which an allocation plans with.
    pub fn planned(problem: &Problem, state: &State, outcome: &Outcome) -> Option<Self> {
        Self::of(problem, outcome, |entry| planned(problem, state, entry))
    }

    fn of(problem: &Problem, outcome: &Outcome, pass: impl Fn(&Entry) -> u64) -> Option<Self> {
        let mut found = Self::default();
        for cohort in problem.cohorts.iter().filter(|cohort| cohort.counted) {
            found.classes.entry(cohort.priority).or_default();
        }
        for entry in outcome.entries.iter().filter(|entry| is_working(entry)) {
            let class = problem.cohorts[entry.cohort].priority;
            *found.classes.entry(class).or_default() += entry.agents;
            found.working += entry.agents;
            found.effective += entry.agents * pass(entry);
        }
        found.counted = counted(problem, outcome, pass)?;
        Some(found)
    }

    /// Whole agents of each figure, the first first.
    pub fn in_order(&self) -> Vec<u64> {
        let counted = self.counted.values();
        counted.chain(self.classes.values()).copied().chain([self.working]).collect()
    }
}

/// Whether somebody works.
pub fn is_working(entry: &Entry) -> bool {
    matches!(entry.disposition, Disposition::Working { .. })
}

/// What the outcome says of its objectives, capped at the needs, by priority.
pub fn said(problem: &Problem, outcome: &Outcome) -> BTreeMap<u32, u64> {
    let mut sums = BTreeMap::new();
    for (objective, count) in problem.objectives.iter().zip(&outcome.objectives) {
        let priority = if objective.queue.is_none() { u32::MAX } else { objective.priority };
        *sums.entry(priority).or_default() += count.counted.min(count.need);
    }
    sums
}

/// Share of calls, in millionths, that an allocation plans with.
fn planned(problem: &Problem, state: &State, entry: &Entry) -> u64 {
    let Disposition::Working { way } = entry.disposition else { return 0 };
    let routes =
        entry.routes.iter().map(|&(leg, route)| &problem.ways[way].legs[leg].routes[route]);
    let blocked = |id| state.blocking.get(id).map_or(0, |blocked| u64::from(blocked.0));
    let crossings = routes.clone().flat_map(|route| &route.blocking);
    let through = crossings.fold(WHOLE, |left, id| left * (WHOLE - blocked(id)) / WHOLE);
    let has_channels =
        |resource: &usize| matches!(problem.resources[*resource].capacity, Capacity::Channels(_));
    let loads = routes.flat_map(|route| &route.loads).map(|load| load.resource.index());
    let mut channels: Vec<usize> = loads.filter(has_channels).collect();
    channels.sort_unstable();
    channels.dedup();
    let grade = u64::from(problem.grade_of_service.0);
    channels.iter().fold(through, |left, _| left * (WHOLE - grade) / WHOLE)
}

/// Agents who work with the same share of calls and serve the same queues.
struct Crew {
    agents: u64,
    pass: u64,
    /// Objectives, grouped by the queue for which an agent may count; none where
    /// he counts `overall` only.
    queues: Vec<Vec<usize>>,
}

/// Agents counted by priority, divided among their queues in the best of all
/// ways.
fn counted(
    problem: &Problem,
    outcome: &Outcome,
    pass: impl Fn(&Entry) -> u64,
) -> Option<BTreeMap<u32, u64>> {
    let mut crews: BTreeMap<(usize, u64), u64> = BTreeMap::new();
    for entry in outcome.entries.iter().filter(|entry| is_working(entry)) {
        *crews.entry((entry.cohort, pass(entry))).or_default() += entry.agents;
    }
    let crew = |((cohort, pass), agents): ((usize, u64), u64)| Crew {
        agents,
        pass,
        queues: queues(problem, cohort),
    };
    let crews: Vec<Crew> = crews.into_iter().map(crew).collect();
    let several = crews.iter().filter(|crew| crew.queues.len() > 1);
    let divisions = several.fold(1_u64, |all, crew| {
        let others = u32::try_from(crew.queues.len() - 1).unwrap_or(u32::MAX);
        all.saturating_mul((crew.agents + 1).saturating_pow(others))
    });
    if divisions > DIVISIONS {
        return None;
    }
    let nothing = vec![0; problem.objectives.len()];
    let mut best = BTreeMap::new();
    divide(problem, outcome, &crews, &nothing, &mut best);
    Some(best)
}

/// The objectives towards which an agent of a cohort may count, by queue.
fn queues(problem: &Problem, cohort: usize) -> Vec<Vec<usize>> {
    let cohort = &problem.cohorts[cohort];
    let mut by_queue: BTreeMap<&outlast_models::Id, Vec<usize>> = BTreeMap::new();
    for (n, objective) in problem.objectives.iter().enumerate() {
        if let (Some(queue), true) = (&objective.queue, objective.counts(cohort)) {
            by_queue.entry(queue).or_default().push(n);
        }
    }
    let overall = |n: &usize| {
        let objective = &problem.objectives[*n];
        objective.queue.is_none() && objective.counts(cohort)
    };
    let overall: Vec<usize> = (0..problem.objectives.len()).filter(overall).collect();
    if by_queue.is_empty() {
        return vec![overall];
    }
    by_queue.into_values().map(|list| [list, overall.clone()].concat()).collect()
}

/// Divides the agents of the first crew, then those of the others.
fn divide(
    problem: &Problem,
    outcome: &Outcome,
    crews: &[Crew],
    millionths: &[u64],
    best: &mut BTreeMap<u32, u64>,
) {
    let Some((crew, others)) = crews.split_first() else {
        let mut sums = BTreeMap::new();
        for (n, objective) in problem.objectives.iter().enumerate() {
            let priority = if objective.queue.is_none() { u32::MAX } else { objective.priority };
            let counted = (millionths[n] / WHOLE).min(outcome.objectives[n].need);
            *sums.entry(priority).or_default() += counted;
        }
        if sums > *best {
            *best = sums;
        }
        return;
    };
    for division in divisions(crew.agents, crew.queues.len()) {
        let mut millionths = millionths.to_vec();
        for (list, agents) in crew.queues.iter().zip(division) {
            for &n in list {
                let working = problem.objectives[n].counts_working;
                millionths[n] += agents * if working { WHOLE } else { crew.pass };
            }
        }
        divide(problem, outcome, others, &millionths, best);
    }
}

/// Every way to divide agents into so many parts.
fn divisions(agents: u64, parts: usize) -> Vec<Vec<u64>> {
    if parts <= 1 {
        return vec![vec![agents; parts]];
    }
    let first = |n: u64| {
        let rest = divisions(agents - n, parts - 1);
        rest.into_iter().map(move |rest| [vec![n], rest].concat())
    };
    (0..=agents).flat_map(first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agents_are_divided_in_all_ways() {
        assert_eq!(divisions(2, 1), [[2]]);
        assert_eq!(divisions(2, 2), [[0, 2], [1, 1], [2, 0]]);
        assert_eq!(divisions(3, 3).len(), 10);
    }
}
