//! The ladder that each block of a program climbs, as far as it must.
//!
//! Everybody on his first way costs nothing to try. Where agents take one unit of
//! one resource each, a flow of least cost is exact for any number of them.
//! Elsewhere, as a linear program the stages give the *fluid* optimum (agents divisible), a
//! bound on whole agents; as an integer program, the answer itself. Few agents
//! are solved as integers throughout. Many are solved fluid and rounded down;
//! what that leaves over (a handful of agents, the scraps of capacity) is solved
//! as integers, and then agents are exchanged, one on for as few off as it takes,
//! until the bound is reached or no exchange helps. What is still missing is the
//! gap.

use super::blocks;
use super::presolve::presolve;
use super::program::{Program, Solution};
use super::stages::Search;

/// Up to this many agents are solved as integers throughout.
const FEW: u64 = 60;
/// Nodes of branch and bound for one stage, for few agents (a limit on time
/// would not be reproducible).
const NODES: u64 = 4_000;

/// The rungs, cheapest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rung {
    /// Everybody on the best of his ways, if that fits.
    First,
    /// A flow of least cost, if everybody takes one unit of one resource.
    Flow,
    /// Integer programs, for few agents.
    Integers,
    /// Linear programs, and whole agents made from them.
    Linear,
}

impl Program {
    /// Solves, block by block.
    pub(crate) fn solve(&self, from: Rung) -> Solution {
        self.solve_by(&|block| block.climb(from))
    }

    /// The same, each block by whatever climbs for it.
    pub(super) fn solve_by(&self, climb: &dyn Fn(&Program) -> Solution) -> Solution {
        let core = presolve(self);
        let solution = blocks::solve(&core.program, climb);
        let mut agents = vec![0; self.columns.len()];
        core.give_back(&solution.agents, &mut agents);
        Solution { agents, gap: solution.gap }
    }

    /// Climbs the ladder until a rung is exact.
    pub(super) fn climb(&self, from: Rung) -> Solution {
        if from <= Rung::First
            && let Some(agents) = self.all_on_first()
        {
            return Solution { agents, gap: 0 };
        }
        if from <= Rung::Flow
            && let Some(solution) = self.by_flow()
        {
            return solution;
        }
        if from <= Rung::Integers
            && self.agents() <= FEW
            && let Some(values) = self.stages(Search::Whole(NODES), None)
            && values.proven
        {
            let agents = self.whole(&values.x);
            return Solution { agents, gap: 0 };
        }
        self.fluid_then_whole()
    }

    /// Everybody on his best column, if that fits.
    fn all_on_first(&self) -> Option<Vec<u64>> {
        let mut agents = vec![0; self.columns.len()];
        for crew in &self.crews {
            if let Some(first) = crew.columns.clone().next() {
                agents[first] = crew.agents;
            }
        }
        self.fits(&agents).then_some(agents)
    }
}

#[cfg(test)]
mod tests {
    use super::super::trials::{Shape, TINY, all_figures, by_trying_all, random};
    use super::*;

    #[test]
    fn the_integer_stages_reach_what_trying_all_finds() {
        for seed in 1_000..1_400 {
            let program =
                random(seed, Shape { lossy: seed % 2 == 0, apart: seed % 4 == 1, ..TINY });
            let solution = program.climb(Rung::Integers);
            assert_eq!(solution.gap, 0, "seed {seed}");
            let best = by_trying_all(&program);
            assert_eq!(all_figures(&program, &solution.agents), best, "seed {seed} {program:?}");
        }
    }
}
