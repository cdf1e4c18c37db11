//! The stages of the program solved one by one, agents whole or divisible.
//!
//! Most stages are as good as they can be anyhow: everybody of a class works, a need is
//! met. Where what is at hand shows that, nothing is solved.

use super::model::{Model, SLACK, Values};
use super::program::{Crew, Program, Stage, Target, weight};

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

    /// Columns whose agents reach the need of a target, the fewest of the last; nothing
    /// where the fluid optimum does not.
    #[allow(clippy::cast_precision_loss)] // agents are far below 2^53
    pub(super) fn reaching(&self, target: usize) -> Option<Vec<bool>> {
        let Target { need, have, counts, .. } = self.targets[target];
        let worth = |column: usize, x: f64| x * weight(&self.columns[column], counts) as f64 / 1e6;
        let sum = |x: &[f64]| {
            have as f64 / 1e6 + (0..x.len()).map(|column| worth(column, x[column])).sum::<f64>()
        };
        let enough = need as f64 - SLACK;
        let first = self.first_fit(vec![0; self.columns.len()]);
        let mut x: Vec<f64> = first.into_iter().map(|agents| agents as f64).collect();
        if sum(&x) < enough {
            x = self.run(&[], &Stage::Count(vec![target]), Search::Fluid, None)?.x;
        }
        let mut has = sum(&x);
        for (column, x) in x.iter_mut().enumerate().rev() {
            let without = has - worth(column, *x);
            if without >= enough {
                (has, *x) = (without, 0.0);
            }
        }
        (has >= enough).then(|| x.iter().map(|x| *x > 0.0).collect())
    }

    /// Runs all stages; `None` where the solver gave no answer.
    pub(super) fn stages(&self, search: Search, known: Option<&[u64]>) -> Option<Values> {
        let mut kept: Vec<(Stage, f64)> = Vec::new();
        let at_hand =
            known.map_or_else(|| self.first_fit(vec![0; self.columns.len()]), <[_]>::to_vec);
        #[allow(clippy::cast_precision_loss)] // agents are far below 2^53
        let x: Vec<f64> = at_hand.into_iter().map(|agents| agents as f64).collect();
        let mut last = Values::at_hand(0.0, x);
        for stage in self.order() {
            if let Some(most) = self.at_its_most(&stage, &last.x, &kept) {
                kept.push((stage, most));
                continue;
            }
            match self.run(&kept, &stage, search, Some(&last.x)) {
                Some(values) => {
                    let proven = last.proven && (values.proven || stage.is_tie_break());
                    let firm = if stage.is_tie_break() { last.firm } else { values.x.clone() };
                    // Where agents are divisible, parts of them count for nothing: what
                    // no allocation reaches must not lower the bounds that follow.
                    let whole = matches!(stage, Stage::Count(_) | Stage::Class(_));
                    let parts = whole && search == Search::Fluid;
                    let value = if parts { whole_figure(values.value) } else { values.value };
                    kept.push((stage, value));
                    last = Values { firm, proven, ..values };
                }
                None if stage.is_tie_break() => {}
                None => return None,
            }
        }
        Some(Values { kept, ..last })
    }

    /// The figure of a stage, if `x` has the most that there can be.
    fn at_its_most(&self, stage: &Stage, x: &[f64], kept: &[(Stage, f64)]) -> Option<f64> {
        let crews = |of: &dyn Fn(&Crew) -> bool, worth: &dyn Fn(usize) -> f64| {
            let (mut most, mut has) = (0.0, 0.0);
            for crew in self.crews.iter().filter(|crew| of(crew)) {
                let best = crew.columns.clone().map(worth).fold(0.0, f64::max);
                #[allow(clippy::cast_precision_loss)] // agents are far below 2^53
                let agents = crew.agents as f64;
                most += agents * best;
                has += crew.columns.clone().map(|c| x[c] * worth(c)).sum::<f64>();
            }
            (has >= most - SLACK / 10.0).then_some(most)
        };
        match stage {
            Stage::Count(list) => {
                let whole = self.counted(&x.iter().map(|x| whole_agents(*x)).collect::<Vec<_>>());
                let met = list.iter().all(|t| whole[*t] >= self.targets[*t].millionths());
                met.then(|| self.needed(list))
            }
            Stage::Class(class) => crews(&|crew| crew.priority == *class, &|_| 1.0),
            Stage::Effective => crews(&|_| true, &|c| f64::from(self.columns[c].pass) / 1e6),
            #[allow(clippy::cast_precision_loss)] // few objectives
            Stage::Met => self.all_met(kept).then_some(self.targets.len() as f64),
            Stage::Even => self.all_met(kept).then_some(1.0),
            Stage::Stay => None,
        }
    }

    /// What whole agents count for in a stage that counts them.
    #[allow(clippy::cast_precision_loss)] // agents are far below 2^53
    fn figure(&self, stage: &Stage, x: &[f64]) -> f64 {
        let crews = self.crews.iter();
        match stage {
            Stage::Count(list) => {
                let whole = self.counted(&x.iter().map(|x| whole_agents(*x)).collect::<Vec<_>>());
                list.iter().map(|t| whole[*t] / 1_000_000).sum::<u128>() as f64
            }
            Stage::Class(class) => crews
                .filter(|crew| crew.priority == *class)
                .flat_map(|crew| crew.columns.clone())
                .map(|column| whole_agents(x[column]) as f64)
                .sum(),
            _ => f64::NEG_INFINITY,
        }
    }

    #[allow(clippy::cast_precision_loss)] // agents are far below 2^53
    fn needed(&self, targets: &[usize]) -> f64 {
        targets.iter().map(|t| self.targets[*t].need).sum::<u64>() as f64
    }

    /// Whether every objective keeps its need.
    fn all_met(&self, kept: &[(Stage, f64)]) -> bool {
        kept.iter().all(|(stage, value)| match stage {
            Stage::Count(list) => *value >= self.needed(list),
            _ => true,
        })
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
            let implied = |stage: &Stage| matches!(stage, Stage::Met | Stage::Even);
            let all_met = self.all_met(kept);
            for (earlier, value) in kept.iter().filter(|kept| !(all_met && implied(&kept.0))) {
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
                        let bound = whole_figure(bound);
                        if let Some(x) = start.filter(|x| self.figure(stage, x) >= bound) {
                            return Some(Values::at_hand(bound, x.to_vec()));
                        }
                        0.9 / bound.max(1.0)
                    }
                    _ => 0.0,
                };
                build(true).solve(nodes, near, start)
            }
        }
    }
}

/// Whole agents in what is nearly that.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at most the agents
fn whole_agents(x: f64) -> u64 {
    (x + SLACK / 10.0).floor().max(0.0) as u64
}

/// A bound on a figure of whole agents; what the solver has just below is that.
fn whole_figure(bound: f64) -> f64 {
    (bound + SLACK / 2.0).floor()
}
