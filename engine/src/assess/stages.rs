//! The stages of the program solved one by one, agents whole or divisible.

use super::model::{Model, SLACK, Values};
use super::program::{Program, Stage};

/// Nodes of branch and bound for the few switches of a fluid stage.
const NODES_FLUID: u64 = 1_000;

/// How a stage is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Search {
    /// Agents divisible.
    Fluid,
    /// Whole agents, with so many nodes.
    Whole(u64),
}

impl Program {
    /// The fluid optimum of the working total and of each target, for
    /// attainability: millionths counted towards each target when it alone is
    /// maximised.
    pub(crate) fn most(&self, target: usize) -> f64 {
        if self.crews.is_empty() {
            #[allow(clippy::cast_precision_loss)]
            return self.targets[target].have as f64 / 1e6;
        }
        self.run(&[], &Stage::Count(vec![target]), Search::Fluid, None)
            .map_or(0.0, |stage| stage.value)
    }

    /// Runs all stages; `None` where the solver gave no answer.
    pub(super) fn stages(&self, search: Search, known: Option<&[u64]>) -> Option<Values> {
        let mut kept: Vec<(Stage, f64)> = Vec::new();
        let mut last: Option<Values> = None;
        #[allow(clippy::cast_precision_loss)] // agents are far below 2^53
        let mut start: Option<Vec<f64>> =
            known.map(|agents| agents.iter().map(|n| *n as f64).collect());
        let mut proven = true;
        let mut firm = Vec::new();
        for stage in self.order() {
            match self.run(&kept, &stage, search, start.as_deref()) {
                Some(values) => {
                    proven &= values.proven || stage.is_tie_break();
                    if !stage.is_tie_break() {
                        firm.clone_from(&values.x);
                    }
                    // Where agents are divisible, parts of them count for nothing: what
                    // no allocation reaches must not lower the bounds that follow.
                    let whole = matches!(stage, Stage::Count(_) | Stage::Class(_));
                    let parts = whole && search == Search::Fluid;
                    let value = if parts { whole_figure(values.value) } else { values.value };
                    kept.push((stage, value));
                    start = Some(values.x.clone());
                    last = Some(values);
                }
                None if last.is_some() && stage.is_tie_break() => {}
                None => return None,
            }
        }
        last.map(|values| Values { firm, kept, proven, ..values })
    }

    fn run(
        &self,
        kept: &[(Stage, f64)],
        stage: &Stage,
        search: Search,
        start: Option<&[f64]>,
    ) -> Option<Values> {
        let build = |whole| {
            let mut model = Model::new(self, stage, whole);
            for (earlier, value) in kept {
                model.keep(earlier, *value);
            }
            model
        };
        match search {
            // Nodes are for the switches of objectives alone.
            Search::Fluid => build(false).solve(NODES_FLUID, 0.0, None),
            Search::Whole(nodes) => {
                // Figures are whole: within one of the bound is the optimum.
                let near = match stage {
                    Stage::Count(_) | Stage::Class(_) => {
                        let bound = build(false).solve(NODES_FLUID, 0.0, None)?.value;
                        0.9 / whole_figure(bound).max(1.0)
                    }
                    _ => 0.0,
                };
                build(true).solve(nodes, near, start)
            }
        }
    }
}

/// A bound on a figure of whole agents; what the solver has just below is that.
fn whole_figure(bound: f64) -> f64 {
    (bound + SLACK / 2.0).floor()
}
