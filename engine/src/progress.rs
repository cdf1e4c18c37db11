//! How far long work has come, for whoever waits: it is told and never asked, so
//! nothing that it does can change a figure.

use std::fmt::Debug;

/// What is being done, step by step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The routes of each group are walked.
    Groups,
    /// Each moment of a scenario is assessed.
    Moments,
    /// Each combination of what is not known is assessed.
    Combinations,
    /// Sets of failures are assessed.
    Sets,
    /// Cut sets of an order are looked for.
    Cuts,
    /// Blocks of states are drawn.
    Trials,
    /// Blocks of years are simulated.
    Years,
}

/// Told of every step as it begins, in order; scenarios may run beside each other.
pub trait Observer: Debug + Sync {
    /// Step `step` of `of` of a stage begins; the first is 1.
    fn begins(&self, stage: Stage, step: usize, of: usize);

    /// Whether what is done so far is enough: asked between whole steps of work that
    /// can be told from its parts.
    fn stops(&self) -> bool {
        false
    }
}

/// Nobody waits.
impl Observer for () {
    fn begins(&self, _: Stage, _: usize, _: usize) {}
}
