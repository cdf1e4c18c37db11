//! The figures of an allocation, and how far they are below their bounds.

use std::collections::BTreeMap;

use super::counts::{Supplies, share_out};
use super::program::{Counted, Crew, Program, Stage, weight};

impl Program {
    /// Agents counted towards the targets, each rounded down, and working by
    /// class, in the order of the stages.
    pub(super) fn figures(&self, agents: &[u64]) -> Vec<u128> {
        let sums = Sums::of(self);
        sums.figures(&sums.amounts(agents))
    }

    /// Millionths counted towards each target, capped at its need.
    pub(super) fn counted(&self, agents: &[u64]) -> Vec<u128> {
        let sums = Sums::of(self);
        sums.counted(&sums.amounts(agents))
    }

    /// How many whole agents the fluid optimum is ahead in the first figure
    /// where it is.
    pub(super) fn gap(&self, bounds: &[(Stage, f64)], agents: &[u64]) -> u64 {
        let bounds =
            bounds.iter().filter(|(stage, _)| matches!(stage, Stage::Count(_) | Stage::Class(_)));
        for ((_, bound), figure) in bounds.zip(self.figures(agents)) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let bound = (bound + 1e-4).floor().max(0.0) as u64;
            let reached = u64::try_from(figure).unwrap_or(u64::MAX);
            if bound > reached {
                return bound - reached;
            }
        }
        0
    }
}

/// The sums that figures are made from: an allocation of any number of agents comes
/// down to an amount for each.
pub(super) struct Sums<'p> {
    program: &'p Program,
    /// Targets of queues.
    queued: Vec<usize>,
    /// Sets of these (by their place among them) that some crew serves, and each alone
    /// for what it has already; then come the overall targets and the classes.
    sets: Vec<Vec<usize>>,
    overall: Vec<usize>,
    classes: Vec<u32>,
    stages: Vec<Stage>,
    /// Where the agents of each crew count.
    crews: Vec<CountsIn>,
}

/// Sums that a crew counts in, and how.
struct CountsIn {
    set: Option<(usize, Counted)>,
    overall: Vec<(usize, Counted)>,
    class: usize,
}

impl<'p> Sums<'p> {
    pub(super) fn of(program: &'p Program) -> Self {
        let all = 0..program.targets.len();
        let (overall, queued): (Vec<usize>, Vec<usize>) =
            all.partition(|&t| program.targets[t].overall);
        let mut sets: Vec<Vec<usize>> = (0..queued.len()).map(|n| vec![n]).collect();
        let mut index: BTreeMap<Vec<usize>, usize> =
            sets.iter().cloned().enumerate().map(|(n, set)| (set, n)).collect();
        let mut set_of = |crew: &Crew| {
            let places = crew.targets.iter().filter_map(|t| queued.binary_search(t).ok());
            let mut set: Vec<usize> = places.collect();
            set.sort_unstable();
            let counts = program.targets[queued[*set.first()?]].counts;
            let place = *index.entry(set).or_insert_with_key(|set| {
                sets.push(set.clone());
                sets.len() - 1
            });
            Some((place, counts))
        };
        let set_of: Vec<Option<(usize, Counted)>> = program.crews.iter().map(&mut set_of).collect();
        let mut classes: Vec<u32> = program.crews.iter().map(|crew| crew.priority).collect();
        classes.sort_unstable();
        classes.dedup();
        let counts_in = |(crew, set): (&Crew, Option<(usize, Counted)>)| {
            let ours = |(_, t): &(usize, &usize)| crew.targets.contains(t);
            let overall = overall.iter().enumerate().filter(ours);
            let at = |n: usize| sets.len() + n;
            CountsIn {
                set,
                overall: overall.map(|(n, t)| (at(n), program.targets[*t].counts)).collect(),
                class: classes.binary_search(&crew.priority).expect("one of them"),
            }
        };
        let mut crews: Vec<CountsIn> = program.crews.iter().zip(set_of).map(counts_in).collect();
        let first_class = sets.len() + overall.len();
        for crew in &mut crews {
            crew.class += first_class;
        }
        let stages = program.order();
        Self { program, queued, sets, overall, classes, stages, crews }
    }

    /// The amounts of an allocation.
    pub(super) fn amounts(&self, agents: &[u64]) -> Vec<i128> {
        let mut amounts = vec![0; self.sets.len() + self.overall.len() + self.classes.len()];
        let have = |t: &usize| signed(self.program.targets[*t].have);
        for (n, t) in self.queued.iter().enumerate() {
            amounts[n] = have(t);
        }
        for (n, t) in self.overall.iter().enumerate() {
            amounts[self.sets.len() + n] = have(t);
        }
        for (crew, own) in self.program.crews.iter().zip(&self.crews) {
            for column in crew.columns.clone().filter(|c| agents[*c] > 0) {
                self.add(own, column, agents[column].into(), &mut |n, by| amounts[n] += by);
            }
        }
        amounts
    }

    fn add(&self, own: &CountsIn, column: usize, agents: i128, add: &mut dyn FnMut(usize, i128)) {
        for &(n, counts) in own.set.iter().chain(&own.overall) {
            add(n, agents * signed(weight(&self.program.columns[column], counts)));
        }
        add(own.class, agents);
    }

    /// By how much amounts change with the agents on columns.
    pub(super) fn changed(
        &self,
        changes: &[(usize, i64)],
        crew_of: &[usize],
    ) -> Vec<(usize, i128)> {
        let mut sums: BTreeMap<usize, i128> = BTreeMap::new();
        for &(column, by) in changes {
            let own = &self.crews[crew_of[column]];
            self.add(own, column, by.into(), &mut |n, by| *sums.entry(n).or_default() += by);
        }
        sums.into_iter().filter(|(_, by)| *by != 0).collect()
    }

    /// The figures of an allocation with these amounts.
    pub(super) fn figures(&self, amounts: &[i128]) -> Vec<u128> {
        let counted = self.counted(amounts);
        let first_class = self.sets.len() + self.overall.len();
        let figure = |stage: &Stage| match stage {
            Stage::Count(list) => Some(list.iter().map(|t| counted[*t] / 1_000_000).sum()),
            Stage::Class(class) => {
                let n = self.classes.binary_search(class).expect("one of them");
                Some(amounts[first_class + n].unsigned_abs())
            }
            _ => None,
        };
        self.stages.iter().filter_map(figure).collect()
    }

    fn counted(&self, amounts: &[i128]) -> Vec<u128> {
        let mut supplies = Supplies::default();
        for (set, amount) in self.sets.iter().zip(amounts) {
            supplies.add(amount.unsigned_abs(), set);
        }
        let need = |t: usize| self.program.targets[t].millionths();
        let needs: Vec<u128> = self.queued.iter().map(|&t| need(t)).collect();
        let mut counted = vec![0; self.program.targets.len()];
        for (&t, got) in self.queued.iter().zip(share_out(&supplies, &needs)) {
            counted[t] = got;
        }
        for (&t, amount) in self.overall.iter().zip(&amounts[self.sets.len()..]) {
            counted[t] = amount.unsigned_abs().min(need(t));
        }
        counted
    }
}

/// Millionths of agents are far below 2¹²⁷.
fn signed(millionths: u128) -> i128 {
    i128::try_from(millionths).expect("a count of agents")
}
