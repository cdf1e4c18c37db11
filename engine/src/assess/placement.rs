//! Where agents end up: placements of whole agents on ways with chosen routes.

use std::sync::Arc;

use super::live::{Crew, Scene};
use crate::problem::ResourceId;

/// Agents on one way by one choice of routes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placement {
    pub(crate) crew: usize,
    /// Index among the crew's live ways.
    pub(crate) way: usize,
    /// For each leg, the index among its live routes.
    pub(crate) picks: Vec<usize>,
    pub(crate) agents: u64,
    /// Share of calls that get through, in millionths.
    pub(crate) pass: u32,
    /// The resource over its limit that they share.
    pub(crate) impaired: Option<ResourceId>,
}

/// Agents who found no place, and what refused them first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unplaced {
    pub(crate) crew: usize,
    pub(crate) agents: u64,
    pub(crate) wanted: Option<ResourceId>,
}

/// Everybody, placed or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Placements {
    pub(crate) placed: Vec<Placement>,
    pub(crate) unplaced: Vec<Unplaced>,
    /// Load of each resource.
    pub(crate) used: Vec<u64>,
    /// How many more working agents the bound allows (0 where exact).
    pub(crate) gap: u64,
}

impl Placements {
    /// Marks those who load something that is over its limit.
    pub(crate) fn impair(&mut self, scene: &Scene<'_>, crews: &[Arc<Crew>], used: &[u64]) {
        for placement in &mut self.placed {
            let way = &crews[placement.crew].ways[placement.way];
            placement.impaired = way
                .loads(&placement.picks)
                .into_iter()
                .map(|(resource, _)| resource)
                .find(|resource| {
                    let n = resource.index();
                    !scene.refuses(*resource) && scene.capacities[n].is_some_and(|c| used[n] > c)
                });
        }
    }
}
