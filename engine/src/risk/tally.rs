//! What states come to, added up by weight: chances where states are enumerated, counts
//! where they are drawn.

use std::collections::BTreeMap;

use crate::assess::bulk::{Effect, Standing};

/// Sums over states. Weights are added in a fixed order, so the same bits come out on
/// any number of threads.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// The weight of all states.
    pub weight: f64,
    /// By agents working.
    pub working: BTreeMap<u64, f64>,
    /// States whose figure is within a gap.
    pub within_gap: f64,
    /// Each objective, in the problem's order.
    pub objectives: Vec<Verdicts>,
    /// By cohort, agents lost times weight.
    pub lost: Vec<f64>,
    /// By what is drawn.
    pub drawn: Vec<OfDrawn>,
}

/// How states judge an objective.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Verdicts {
    /// Missed.
    pub missed: f64,
    /// Neither proven.
    pub open: f64,
}

/// States in which one of what is drawn is in force.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OfDrawn {
    /// All of them.
    pub weight: f64,
    /// Agents lost in them.
    pub lost: f64,
    /// By objective, those that miss it.
    pub missed: Vec<f64>,
}

impl Tally {
    pub(super) fn new(objectives: usize, cohorts: usize, drawn: usize) -> Self {
        let of_drawn = OfDrawn { missed: vec![0.0; objectives], ..OfDrawn::default() };
        Self {
            objectives: vec![Verdicts::default(); objectives],
            lost: vec![0.0; cohorts],
            drawn: vec![of_drawn; drawn],
            ..Self::default()
        }
    }

    /// Adds a state in which these are in force.
    pub(super) fn add(&mut self, in_force: &[u32], effect: &Effect, usual: &Effect, weight: f64) {
        self.weight += weight;
        *self.working.entry(effect.working).or_default() += weight;
        if effect.gap > 0 {
            self.within_gap += weight;
        }
        for (sum, standing) in self.objectives.iter_mut().zip(&effect.objectives) {
            match standing {
                Standing::Attained => {}
                Standing::Open => sum.open += weight,
                Standing::Missed => sum.missed += weight,
            }
        }
        for (cohort, lost) in &effect.lost {
            self.lost[*cohort as usize] += signed(*lost) * weight;
        }
        let lost = signed(usual.lost(effect.working)) * weight;
        for n in in_force {
            let own = &mut self.drawn[*n as usize];
            own.weight += weight;
            own.lost += lost;
            for (sum, standing) in own.missed.iter_mut().zip(&effect.objectives) {
                *sum += if *standing == Standing::Missed { weight } else { 0.0 };
            }
        }
    }
}

#[allow(clippy::cast_precision_loss)] // agents are far below 2^53
fn signed(agents: i64) -> f64 {
    agents as f64
}
