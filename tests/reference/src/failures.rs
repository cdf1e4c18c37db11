//! Failure states to compare in. (being written)

use outlast_models::plan::Plan;

use crate::types::Failure;

/// Returns failure states of a plan.
pub fn failures(_plan: &Plan, _seed: u64, _limit: usize) -> Vec<Failure> {
    vec![Failure::default()]
}
