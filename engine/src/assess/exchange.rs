//! Agents exchanged: one on for as few others off as it takes.
//!
//! Every column is tried, so a trial must cost what it changes and not what there is.
//! From an allocation in which nobody more fits ([`Program::first_fit`]):
//! - too much can only be on what the new agent loads;
//! - whoever is outside is kept out by some resource (his *witness*), and can come
//!   in only once somebody is taken off that;
//! - figures change by what the changed columns count, and equal changes give
//!   equal figures.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::figures::Sums;
use super::program::{Crew, Program};

/// At most so many agents are taken off in one exchange.
const OFF_AT_MOST: usize = 6;

/// What stays the same from one exchange to the next.
pub(super) struct Exchanges<'p> {
    program: &'p Program,
    crew_of: Vec<usize>,
    /// Columns that load each resource, and by how much.
    on: Vec<Vec<(usize, u64)>>,
    sums: Sums<'p>,
}

/// Agents added to columns or taken off.
type Changes = Vec<(usize, i64)>;

/// Who goes last: he of the lowest class, with the largest load, on the first column.
type Last = (u32, u64, Reverse<usize>);

/// An allocation while exchanges are tried on it.
struct Trial<'e> {
    all: &'e Exchanges<'e>,
    agents: &'e [u64],
    used: Vec<u128>,
    changes: Changes,
    /// Agents of each crew who are outside.
    left: Vec<u64>,
    /// Columns of those outside by the resource that keeps them out.
    kept_out: Vec<Vec<usize>>,
}

impl<'p> Exchanges<'p> {
    pub(super) fn of(program: &'p Program) -> Self {
        let crew_of = (0..program.crews.len())
            .flat_map(|n| std::iter::repeat_n(n, program.crews[n].columns.len()))
            .collect();
        let mut on = vec![Vec::new(); program.capacities.len()];
        for (c, column) in program.columns.iter().enumerate() {
            for (resource, load) in &column.loads {
                on[resource.index()].push((c, *load));
            }
        }
        Self { program, crew_of, on, sums: Sums::of(program) }
    }

    /// The best exchange, the first of several, if it is better than what is.
    pub(super) fn best(&self, agents: &[u64]) -> Option<Vec<u64>> {
        let mut trial = Trial::new(self, agents);
        let base = self.sums.amounts(agents);
        let now = self.sums.figures(&base);
        let mut known: HashMap<Vec<(usize, i128)>, Vec<u128>> = HashMap::new();
        let mut best: Option<(Vec<u128>, Changes)> = None;
        for (n, crew) in self.program.crews.iter().enumerate() {
            for column in crew.columns.clone() {
                if trial.left[n] == 0 || !trial.force(column) {
                    continue;
                }
                let changed = self.sums.changed(&trial.changes, &self.crew_of);
                let figures = known.entry(changed).or_insert_with_key(|changed| {
                    let mut amounts = base.clone();
                    for (n, by) in changed {
                        amounts[*n] += by;
                    }
                    self.sums.figures(&amounts)
                });
                let beats = best.as_ref().is_none_or(|(so_far, _)| *figures > *so_far);
                if *figures > now && beats {
                    best = Some((figures.clone(), trial.changes.clone()));
                }
            }
        }
        let (_, changes) = best?;
        let mut agents = agents.to_vec();
        for (column, by) in changes {
            agents[column] = agents[column].checked_add_signed(by).expect("taken off who is on");
        }
        Some(agents)
    }
}

impl<'e> Trial<'e> {
    fn new(all: &'e Exchanges<'e>, agents: &'e [u64]) -> Self {
        let program = all.program;
        let used = program.used(agents);
        let outside = |crew: &Crew| crew.agents - agents[crew.columns.clone()].iter().sum::<u64>();
        let left: Vec<u64> = program.crews.iter().map(outside).collect();
        let mut kept_out = vec![Vec::new(); used.len()];
        for (crew, _) in program.crews.iter().zip(&left).filter(|(_, left)| **left > 0) {
            for column in crew.columns.clone() {
                let witness = program.full_for(&used, column).expect("nobody more fits");
                kept_out[witness].push(column);
            }
        }
        Self { all, agents, used, changes: Vec::new(), left, kept_out }
    }

    /// Puts one agent on a column and takes off others until everything fits:
    /// first who has room elsewhere, then who is of the lowest class. Then fills
    /// up, and who was taken off goes elsewhere. Says whether that is possible.
    fn force(&mut self, column: usize) -> bool {
        for (column, by) in std::mem::take(&mut self.changes) {
            self.load(column, -by);
        }
        self.change(column, 1);
        for _ in 0..OFF_AT_MOST {
            let Some(over) = self.over(column) else {
                self.fill_up(column);
                return true;
            };
            let Some(off) = self.off(column, over) else { return false };
            self.change(off, -1);
        }
        false
    }

    /// The first resource of a column with too much on it.
    fn over(&self, column: usize) -> Option<usize> {
        let program = self.all.program;
        let loads = program.columns[column].loads.iter().map(|(resource, _)| resource.index());
        let too_much = |n: &usize| program.capacities[*n].is_some_and(|c| self.used[*n] > c.into());
        loads.filter(too_much).min()
    }

    /// Who is taken off a resource for a column.
    fn off(&self, column: usize, over: usize) -> Option<usize> {
        let crews = &self.all.program.crews;
        let mut best: Option<(bool, Last)> = None;
        for &(c, load) in &self.all.on[over] {
            if c == column || self.on_column(c) == 0 {
                continue;
            }
            let key = (crews[self.all.crew_of[c]].priority, load, Reverse(c));
            // Whether there is room elsewhere is asked only where it decides.
            let may_be = best.is_none_or(|(elsewhere, so_far)| !elsewhere || key > so_far);
            if may_be {
                let this = (self.has_room_elsewhere(c, over, load), key);
                best = best.max(Some(this));
            }
        }
        best.map(|(_, (_, _, Reverse(c)))| c)
    }

    fn has_room_elsewhere(&self, column: usize, over: usize, load: u64) -> bool {
        let program = self.all.program;
        let on_it = |other: usize| {
            let mut loads = program.columns[other].loads.iter();
            loads.find(|(r, _)| r.index() == over).map_or(0, |l| l.1)
        };
        let mut others = program.crews[self.all.crew_of[column]].columns.clone();
        others.any(|other| on_it(other) < load && program.full_for(&self.used, other).is_none())
    }

    /// Whoever fits now, highest class first, as [`Program::first_fit`] does it.
    fn fill_up(&mut self, forced: usize) {
        let all = self.all;
        let off = self.changes.iter().filter(|(_, by)| *by < 0);
        let off: Vec<usize> = off.map(|(column, _)| *column).collect();
        let mut candidates: Vec<usize> = Vec::new();
        for &column in &off {
            candidates.extend(all.program.crews[all.crew_of[column]].columns.clone());
            for (resource, _) in &all.program.columns[column].loads {
                candidates.extend(&self.kept_out[resource.index()]);
            }
        }
        // Who does not fit now will not once others have come in.
        candidates.retain(|&c| all.program.full_for(&self.used, c).is_none());
        candidates.sort_by_key(|&c| (all.program.crews[all.crew_of[c]].priority, c));
        candidates.dedup();
        for column in candidates {
            let crew = all.crew_of[column];
            let gone = off.iter().filter(|c| all.crew_of[**c] == crew).count() as u64;
            let mut left = self.left[crew] + gone - u64::from(all.crew_of[forced] == crew);
            let filled = self.changes.iter().skip(1 + off.len());
            let back = filled.filter(|(c, _)| all.crew_of[*c] == crew).count() as u64;
            left -= back;
            while left > 0 && all.program.full_for(&self.used, column).is_none() {
                self.change(column, 1);
                left -= 1;
            }
        }
    }

    /// Agents on a column now.
    fn on_column(&self, column: usize) -> u64 {
        let changes = self.changes.iter().filter(|(changed, _)| *changed == column);
        let by: i64 = changes.map(|(_, by)| by).sum();
        self.agents[column].checked_add_signed(by).expect("taken off who is on")
    }

    fn change(&mut self, column: usize, by: i64) {
        self.changes.push((column, by));
        self.load(column, by);
    }

    fn load(&mut self, column: usize, by: i64) {
        for (resource, load) in &self.all.program.columns[column].loads {
            let used = &mut self.used[resource.index()];
            let load = u128::from(*load) * u128::from(by.unsigned_abs());
            *used = if by > 0 { *used + load } else { *used - load };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trials::{Loads, Shape, random};
    use super::*;

    /// The same without any short cut.
    impl Program {
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

    #[test]
    fn short_cuts_find_the_exchange_that_trying_all_finds() {
        let shape = Shape {
            crews: 9,
            agents: 6,
            columns: 5,
            resources: 6,
            targets: 4,
            loads: Loads::Any,
            lossy: false,
            apart: false,
        };
        let mut found = 0;
        for seed in 0..2_000 {
            let lossy = seed % 2 == 0;
            let program = random(seed, Shape { lossy, ..shape });
            let mut agents = program.first_fit(vec![0; program.columns.len()]);
            let exchanges = Exchanges::of(&program);
            loop {
                let better = exchanges.best(&agents);
                assert_eq!(better, program.exchange(&agents), "seed {seed}");
                let Some(better) = better else { break };
                found += 1;
                agents = better;
            }
        }
        assert!(found > 500, "{found} exchanges");
    }
}
