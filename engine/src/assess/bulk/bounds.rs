//! Prices: the proof that an allocation is one of the best.
//!
//! For any prices p ≥ 0 on capacities, of some crews at most Σ capacity·p + Σ agents · max
//! over their choices of (1 − load·p), floored at nought, work (weak duality, as in
//! [`crate::assess::prices`]). So prices that were found in one state bound every other.
//!
//! An allocation is one of the best where every objective has its need, or all that could
//! count for it, and of the agents up to each class as many work as could, or as some
//! prices let: no figure that comes before those that break ties can then be larger, but
//! for calls that get through where that decides nothing.

use std::sync::Arc;

use super::Bulk;
use super::carried::Allocation;
use super::memory::Variant;
use crate::assess::choices::{Choice, exceeded, reduced};
use crate::assess::counts::{Supplies, share_out};
use crate::assess::prices::{FRACTION, dual};
use crate::assess::program::{Column, Counted, Program, Target};

/// A price for each resource, in 2⁻⁴⁰ths of an agent.
pub(super) type Prices = Arc<[u128]>;

impl Bulk<'_> {
    /// How many more could work than do, by any of some prices, of the classes up to any
    /// one; nothing where that is not known, as objectives are in the way.
    pub(super) fn gap(
        &self,
        allocation: &Allocation,
        variants: &[&Variant],
        prices: &[Prices],
    ) -> Option<u64> {
        if !self.counts_enough(&allocation.through(), variants) {
            return None;
        }
        let capacities = &allocation.differs.capacities;
        let lacking = self.lacking(allocation, variants).into_iter();
        let mut gaps = lacking.map(|(class, working)| {
            let bounds =
                prices.iter().map(|prices| self.at_most(class, variants, capacities, prices));
            u64::try_from(bounds.min()? - u128::from(working)).ok()
        });
        gaps.try_fold(0, |most, gap| Some(gap?.max(most)))
    }

    /// Prices by which nobody more can work, one list for each class that lacks some.
    pub(super) fn prices(&self, allocation: &Allocation, variants: &[&Variant]) -> Vec<Prices> {
        let classes = self.lacking(allocation, variants).into_iter();
        let capacities = &allocation.differs.capacities;
        let found = classes.filter_map(|(class, _)| {
            let program = self.all_up_to(class, variants, capacities);
            Some(dual(&program, 0)?.into())
        });
        found.collect()
    }

    /// Classes up to which fewer work than have a live way, and how many work.
    fn lacking(&self, allocation: &Allocation, variants: &[&Variant]) -> Vec<(u32, u64)> {
        let working = allocation.working();
        let priority = |cohort: &usize| self.problem.cohorts[*cohort].priority;
        let mut order: Vec<usize> = (0..working.len()).collect();
        order.sort_by_key(priority);
        let (mut has, mut could) = (0, 0);
        let mut lacking = Vec::new();
        for class in order.chunk_by(|a, b| priority(a) == priority(b)) {
            has += class.iter().map(|cohort| working[*cohort]).sum::<u64>();
            could += class.iter().map(|cohort| variants[*cohort].live()).sum::<u64>();
            if has < could {
                lacking.push((priority(&class[0]), has));
            }
        }
        lacking
    }

    /// Whether each objective has its need, or all that could count for it.
    fn counts_enough(&self, through: &[u128], variants: &[&Variant]) -> bool {
        let problem = self.problem;
        let leading = problem.leading(&self.needs);
        let all = 0..self.needs.len();
        let (queued, overall): (Vec<usize>, Vec<usize>) =
            all.filter(|n| leading[*n]).partition(|n| problem.objectives[*n].queue.is_some());
        let counts =
            |n: usize, cohort: usize| problem.objectives[n].counts(&problem.cohorts[cohort]);
        let serves = |cohort: usize| -> Vec<usize> {
            (0..queued.len()).filter(|place| counts(queued[*place], cohort)).collect()
        };
        let need = |n: &usize| u128::from(self.needs[*n]) * 1_000_000;
        let all_count = |n: usize, alone: bool| {
            let mut own = (0..through.len()).filter(|cohort| counts(n, *cohort));
            own.all(|cohort| {
                through[cohort] == variants[cohort].best() && (!alone || serves(cohort).len() == 1)
            })
        };
        let mut supplies = Supplies::default();
        for (cohort, amount) in through.iter().enumerate() {
            supplies.add(*amount, &serves(cohort));
        }
        let shares = share_out(&supplies, &queued.iter().map(need).collect::<Vec<_>>());
        queued.iter().zip(shares).all(|(n, share)| share >= need(n) || all_count(*n, true))
            && overall.iter().all(|n| {
                let own = (0..through.len()).filter(|cohort| counts(*n, *cohort));
                own.map(|cohort| through[cohort]).sum::<u128>() >= need(n) || all_count(*n, false)
            })
    }

    fn at_most(
        &self,
        class: u32,
        variants: &[&Variant],
        capacities: &[Option<u64>],
        prices: &[u128],
    ) -> u128 {
        let cost = |(capacity, price): (&Option<u64>, &u128)| match capacity {
            Some(capacity) => u128::from(*capacity) * price,
            // What has no limit here has no price.
            None => 0,
        };
        let cost: u128 = capacities.iter().zip(prices).map(cost).sum();
        let price = |n: usize| capacities[n].map_or(0, |_| prices[n]);
        let surplus = |choice: &Choice| {
            let loads = choice.loads.iter();
            let load = loads.map(|(r, load)| u128::from(*load) * price(r.index())).sum();
            (1_u128 << FRACTION).saturating_sub(load)
        };
        let parts = (0..variants.len())
            .filter(|cohort| self.problem.cohorts[*cohort].priority <= class)
            .flat_map(|cohort| &variants[cohort].parts);
        let gain = parts.map(|part| {
            let best = part.choices.iter().map(surplus).max().unwrap_or(0);
            u128::from(part.crew.agents) * best
        });
        (cost + gain.sum::<u128>()) >> FRACTION
    }

    /// Everybody up to a class, each counting as one.
    fn all_up_to(&self, class: u32, variants: &[&Variant], capacities: &[Option<u64>]) -> Program {
        let parts = (0..variants.len())
            .filter(|cohort| self.problem.cohorts[*cohort].priority <= class)
            .flat_map(|cohort| &variants[cohort].parts);
        let mut most = vec![0; capacities.len()];
        for (resource, load) in parts.clone().flat_map(|part| &part.most) {
            most[resource.index()] += load;
        }
        let binding = exceeded(&most, capacities);
        let limits = capacities.iter().zip(&binding);
        let limits = limits.map(|(capacity, binds)| capacity.filter(|_| *binds));
        let mut program = Program::new(limits.collect());
        for part in parts.filter(|part| !part.choices.is_empty()) {
            program.add_crew(part.crew.agents, class, vec![0]);
            for choice in reduced(&part.choices, &binding) {
                let Choice { loads, moved, dropped, .. } = choice;
                program.add_column(Column { loads, pass: 1_000_000, moved, dropped, rank: 0 });
            }
        }
        let (need, have, counts) = (u64::MAX, 0, Counted::Working);
        program.targets = vec![Target { need, have, counts, priority: 0, overall: true }];
        program
    }
}

/// The dearer of two prices of everything.
pub(super) fn dearer(one: &Prices, other: &Prices) -> Prices {
    one.iter().zip(other.iter()).map(|(one, other)| *one.max(other)).collect()
}
