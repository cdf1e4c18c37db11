//! Whole agents from the fluid optimum: rounded down, what that leaves over
//! placed exactly, then agents exchanged.

use super::exchange::Exchanges;
use super::program::{Program, Solution, Stage, weight};
use super::stages::Search;

/// Nodes of branch and bound for one stage around a rounded optimum.
const NODES_AROUND: u64 = 250;
/// At most so many exchanges of agents after rounding.
const EXCHANGES: usize = 100;

impl Program {
    pub(super) fn fluid_then_whole(&self) -> Solution {
        let Some(fluid) = self.stages(Search::Fluid, None) else {
            let agents = self.first_fit(vec![0; self.columns.len()]);
            return Solution { agents, gap: self.agents() };
        };
        let mut best = self.around(&fluid.x, &fluid.kept);
        if self.gap(&fluid.kept, &best) > 0 {
            let other = self.around(&fluid.firm, &fluid.kept);
            if self.figures(&other) > self.figures(&best) {
                best = other;
            }
        }
        let gap = self.gap(&fluid.kept, &best);
        Solution { agents: best, gap }
    }

    /// Whole agents near a fluid optimum.
    fn around(&self, x: &[f64], bounds: &[(Stage, f64)]) -> Vec<u64> {
        let rounded = self.whole(x);
        let mut best = self.first_fit(rounded.clone());
        if self.gap(bounds, &best) == 0 {
            return best;
        }
        let rest = self.rest(&rounded);
        if let Some(more) = rest.stages(Search::Whole(NODES_AROUND), None) {
            let more = rest.whole(&more.x);
            let agents = rounded.iter().zip(more).map(|(n, m)| n + m).collect();
            let agents = self.first_fit(agents);
            if self.figures(&agents) > self.figures(&best) {
                best = agents;
            }
        }
        if self.gap(bounds, &best) == 0 {
            return best;
        }
        let exchanges = Exchanges::of(self);
        for _ in 0..EXCHANGES {
            if self.gap(bounds, &best) == 0 {
                break;
            }
            let Some(better) = exchanges.best(&best) else { break };
            best = better;
        }
        best
    }

    /// Rounds values to whole agents; near-integers go to their integer.
    pub(super) fn whole(&self, x: &[f64]) -> Vec<u64> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let mut agents: Vec<u64> = x.iter().map(|v| (v + 1e-5).floor().max(0.0) as u64).collect();
        for crew in &self.crews {
            let mut over =
                agents[crew.columns.clone()].iter().sum::<u64>().saturating_sub(crew.agents);
            for n in crew.columns.clone().rev() {
                let cut = over.min(agents[n]);
                agents[n] -= cut;
                over -= cut;
            }
        }
        let mut n = agents.len();
        while !self.fits(&agents) && n > 0 {
            n -= 1;
            agents[n] = agents[n].saturating_sub(1);
        }
        agents
    }

    /// What rounding left over: the room, and a few agents of each crew.
    fn rest(&self, base: &[u64]) -> Self {
        let used = self.used(base);
        let mut rest = self.clone();
        for (capacity, used) in rest.capacities.iter_mut().zip(&used) {
            *capacity = capacity.map(|c| c - u64::try_from(*used).unwrap_or(c).min(c));
        }
        for crew in &mut rest.crews {
            let placed: u64 = base[crew.columns.clone()].iter().sum();
            crew.agents = (crew.agents - placed).min(3);
        }
        for (n, target) in rest.targets.iter_mut().enumerate() {
            for crew in self.crews.iter().filter(|crew| crew.targets.contains(&n)) {
                for c in crew.columns.clone() {
                    target.have += u128::from(base[c]) * weight(&self.columns[c], target.counts);
                }
            }
        }
        rest
    }

    /// Fills up with whoever still fits, highest class first.
    pub(super) fn first_fit(&self, mut agents: Vec<u64>) -> Vec<u64> {
        let mut order: Vec<usize> = (0..self.crews.len()).collect();
        order.sort_by_key(|&n| self.crews[n].priority);
        let mut used = self.used(&agents);
        for n in order {
            let crew = &self.crews[n];
            let mut left = crew.agents - agents[crew.columns.clone()].iter().sum::<u64>();
            for c in crew.columns.clone() {
                while left > 0 && self.has_room(&used, c) {
                    for (resource, load) in &self.columns[c].loads {
                        used[resource.index()] += u128::from(*load);
                    }
                    agents[c] += 1;
                    left -= 1;
                }
            }
        }
        agents
    }

    pub(super) fn has_room(&self, used: &[u128], column: usize) -> bool {
        self.full_for(used, column).is_none()
    }

    /// The first resource that keeps one more agent off a column.
    pub(super) fn full_for(&self, used: &[u128], column: usize) -> Option<usize> {
        let mut loads = self.columns[column].loads.iter();
        let is_full = |n: usize, load: u64| {
            self.capacities[n].is_some_and(|c| used[n] + u128::from(load) > u128::from(c))
        };
        loads.find(|(r, load)| is_full(r.index(), *load)).map(|(r, _)| r.index())
    }
}
