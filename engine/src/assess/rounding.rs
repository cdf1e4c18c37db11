//! Whole agents from the fluid optimum: rounded down, what that leaves over
//! placed exactly, then agents exchanged.

use std::cmp::Reverse;

use super::program::{Program, Solution, Stage, weight};
use super::stages::Search;

/// Nodes of branch and bound for one stage around a rounded optimum.
const NODES_AROUND: u64 = 250;
/// At most so many exchanges of agents after rounding, and so many agents taken
/// off in one.
const EXCHANGES: usize = 100;
const OFF_AT_MOST: usize = 6;

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
        let rest = self.rest(&rounded);
        if let Some(more) = rest.stages(Search::Whole(NODES_AROUND), None) {
            let more = rest.whole(&more.x);
            let agents = rounded.iter().zip(more).map(|(n, m)| n + m).collect();
            let agents = self.first_fit(agents);
            if self.figures(&agents) > self.figures(&best) {
                best = agents;
            }
        }
        for _ in 0..EXCHANGES {
            if self.gap(bounds, &best) == 0 {
                break;
            }
            let Some(better) = self.exchange(&best) else { break };
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
    fn first_fit(&self, mut agents: Vec<u64>) -> Vec<u64> {
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

    fn has_room(&self, used: &[u128], column: usize) -> bool {
        self.columns[column].loads.iter().all(|(resource, load)| {
            let n = resource.index();
            self.capacities[n].is_none_or(|c| used[n] + u128::from(*load) <= u128::from(c))
        })
    }

    /// One agent more on some column, and for that as few others as it takes
    /// off: the best such exchange, if it is better than what is.
    fn exchange(&self, agents: &[u64]) -> Option<Vec<u64>> {
        let mut best: Option<(Vec<u128>, Vec<u64>)> = None;
        let now = self.figures(agents);
        let crew_of: Vec<usize> = (0..self.crews.len())
            .flat_map(|n| std::iter::repeat_n(n, self.crews[n].columns.len()))
            .collect();
        for crew in &self.crews {
            let placed: u64 = agents[crew.columns.clone()].iter().sum();
            for column in crew.columns.clone().filter(|_| placed < crew.agents) {
                let Some(tried) = self.force(agents, column, &crew_of) else { continue };
                let figures = self.figures(&tried);
                let beats = best.as_ref().is_none_or(|(so_far, _)| figures > *so_far);
                if figures > now && beats {
                    best = Some((figures, tried));
                }
            }
        }
        best.map(|(_, agents)| agents)
    }

    /// Puts one agent on a column and takes off others until everything fits:
    /// first who has room elsewhere, then who is of the lowest class. Then fills
    /// up, and who was taken off goes elsewhere.
    fn force(&self, agents: &[u64], column: usize, crew_of: &[usize]) -> Option<Vec<u64>> {
        let mut tried = agents.to_vec();
        tried[column] += 1;
        for _ in 0..OFF_AT_MOST {
            let used = self.used(&tried);
            let over = (0..used.len())
                .find(|&n| self.capacities[n].is_some_and(|c| used[n] > u128::from(c)));
            let Some(over) = over else { return Some(self.first_fit(tried)) };
            let load = |c: usize| {
                let mut loads = self.columns[c].loads.iter();
                loads.find(|(r, _)| r.index() == over).map_or(0, |l| l.1)
            };
            let crew = |c: usize| &self.crews[crew_of[c]];
            let elsewhere = |c: usize| {
                let mut others = crew(c).columns.clone();
                others.any(|other| load(other) < load(c) && self.has_room(&used, other))
            };
            let off = (0..tried.len())
                .filter(|&c| c != column && tried[c] > 0 && load(c) > 0)
                .max_by_key(|&c| (elsewhere(c), crew(c).priority, load(c), Reverse(c)))?;
            tried[off] -= 1;
        }
        None
    }
}
