//! The flow rung: exact whole agents where each of them takes one unit of one
//! resource, or of several that lie one within the other.
//!
//! If all columns of a resource load it alike, and all of them load the same
//! next resource if they load another one (every user of a carrier needs a
//! seat), agents flow from the objectives that they count towards through their
//! crews to places on resources. The stages are the costs: one number each,
//! compared in their order, so one flow of least cost solves them all, in whole
//! numbers and without a gap.
//!
//! An objective that everybody together cannot exceed is a plain sum: a part of
//! each column's cost. Any other is cut off at its need: its first agents bring
//! one each, further ones nothing, gains that only fall, as a flow needs them.
//! Towards an overall objective everybody counts, and one more agent never costs a flow
//! any who are in it already: as many work as can, and no cost is needed to say so.
//! That takes agents who count as one; effective agents rounded down are no sum.
//!
//! *Objectives met* and *even* are no sums. If a stage counts several objectives
//! and does not meet them all, the next rung decides.

mod fit;

use super::mincost::Network;
use super::program::{Column, Crew, Program, Solution, Stage};
use fit::{Counting, Places};

impl Program {
    /// The optimum as a flow of least cost, if the program is one.
    pub(super) fn by_flow(&self) -> Option<Solution> {
        let places = self.places()?;
        let counting: Option<Vec<_>> = (0..self.targets.len()).map(|t| self.counting(t)).collect();
        let mut flow = Flow::new(self, counting?, &places);
        let arcs = flow.columns(&places);
        flow.network.lower_cost(0, flow.sink);
        let agents: Vec<u64> = arcs.iter().map(|&arc| flow.network.flow(arc)).collect();
        self.is_even_anyhow(&agents).then_some(Solution { agents, gap: 0 })
    }
}

/// The network: source, agents, targets, crews (in and out), resources, sink.
struct Flow<'p> {
    program: &'p Program,
    counting: Vec<Counting>,
    network: Network,
    stages: Vec<Stage>,
    first_place: usize,
    sink: usize,
}

const SOURCE: usize = 0;
const AGENTS: usize = 1;
const FIRST_TARGET: usize = 2;

impl<'p> Flow<'p> {
    fn new(program: &'p Program, counting: Vec<Counting>, places: &Places) -> Self {
        let mut stages = program.order();
        stages.retain(|stage| !matches!(stage, Stage::Met | Stage::Even));
        let first_place = FIRST_TARGET + counting.len() + 2 * program.crews.len();
        let sink = first_place + places.all.len();
        let network = Network::new(sink + 1, stages.len());
        let mut flow = Self { program, counting, network, stages, first_place, sink };
        flow.network.add(SOURCE, AGENTS, program.agents(), &[]);
        flow.queued();
        for (n, crew) in program.crews.iter().enumerate() {
            flow.crew(n, crew);
        }
        flow
    }

    fn place(&self, stage: &Stage) -> Option<usize> {
        self.stages.iter().position(|other| other == stage)
    }

    fn count_place(&self, target: usize) -> usize {
        let counts = |stage: &Stage| matches!(stage, Stage::Count(list) if list.contains(&target));
        self.stages.iter().position(counts).expect("every target has its stage")
    }

    fn queued(&mut self) {
        for t in (0..self.counting.len()).filter(|t| !self.program.targets[*t].overall) {
            if let Counting::First(first) = self.counting[t] {
                let cost = (self.count_place(t), -1);
                self.network.add(AGENTS, FIRST_TARGET + t, first, &[cost]);
            }
        }
    }

    fn crew_in(&self, crew: usize) -> usize {
        FIRST_TARGET + self.program.targets.len() + crew
    }

    fn crew_out(&self, crew: usize) -> usize {
        self.crew_in(self.program.crews.len() + crew)
    }

    fn crew(&mut self, n: usize, crew: &Crew) {
        let (into, out) = (self.crew_in(n), self.crew_out(n));
        self.network.add(AGENTS, into, crew.agents, &[]);
        for target in self.program.open_queues(crew) {
            if let Counting::First(_) = self.counting[target] {
                self.network.add(FIRST_TARGET + target, into, crew.agents, &[]);
            }
        }
        let class = self.place(&Stage::Class(crew.priority)).expect("every class has its stage");
        self.network.add(into, out, crew.agents, &[(class, -1)]);
    }

    /// One arc for each column, to the place where it enters.
    fn columns(&mut self, places: &Places) -> Vec<usize> {
        for (n, place) in places.all.iter().enumerate() {
            let next = place.next.map_or(self.sink, |next| self.first_place + next);
            self.network.add(self.first_place + n, next, place.room, &[]);
        }
        let mut arcs = Vec::new();
        for (n, crew) in self.program.crews.iter().enumerate() {
            for column in crew.columns.clone() {
                let cost = self.cost(crew, &self.program.columns[column]);
                let to = places.first[column].map_or(self.sink, |first| self.first_place + first);
                arcs.push(self.network.add(self.crew_out(n), to, crew.agents, &cost));
            }
        }
        arcs
    }

    fn cost(&self, crew: &Crew, column: &Column) -> Vec<(usize, i64)> {
        let stay = self.place(&Stage::Stay).expect("always the last stage");
        let mut cost = vec![(stay, column.steps())];
        let effective = self.place(&Stage::Effective);
        cost.extend(effective.map(|place| (place, -i64::from(column.pass))));
        for &target in &crew.targets {
            if let Counting::Always = self.counting[target] {
                cost.push((self.count_place(target), -1));
            }
        }
        cost
    }
}

#[cfg(test)]
mod tests {
    use super::super::ladder::Rung;
    use super::super::trials::{Loads, SMALL, Shape, TINY, all_figures, by_trying_all, random};

    #[test]
    fn flow_reaches_what_trying_all_finds() {
        let mut flows = 0;
        for seed in 2_000..2_600 {
            let lossy = seed % 3 == 0;
            let apart = seed % 3 == 1;
            let program = random(seed, Shape { loads: Loads::Nested, lossy, apart, ..TINY });
            let Some(solution) = program.by_flow() else { continue };
            flows += 1;
            assert!(program.fits(&solution.agents), "seed {seed}");
            let best = by_trying_all(&program);
            assert_eq!(all_figures(&program, &solution.agents), best, "seed {seed} {program:?}");
        }
        assert!(flows > 300, "only {flows} are flows");
    }

    #[test]
    fn flow_and_the_integer_stages_agree() {
        for seed in 3_000..3_200 {
            let program =
                random(seed, Shape { loads: Loads::Nested, lossy: seed % 3 == 0, ..SMALL });
            let Some(flow) = program.by_flow() else { continue };
            let whole = program.climb(Rung::Integers);
            if whole.gap == 0 {
                let figures = |agents: &[u64]| all_figures(&program, agents);
                assert_eq!(figures(&flow.agents), figures(&whole.agents), "seed {seed}");
            }
        }
    }
}
