//! What agents take of what has a limit: enough to judge an allocation that
//! somebody else has made.

use std::collections::BTreeMap;

use crate::cohorts::Cohort;
use crate::loads::{Loads, Resource};
use crate::types::{Way, WayState};
use crate::world::World;

/// Amounts by resource; the name says what it is and of which component.
pub type Amounts = BTreeMap<String, u64>;

/// A live way, and what one agent who works so may take, one entry for each
/// choice of paths: with every optional leg, or without those that may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Takes {
    /// The way.
    pub way: Way,
    /// What it takes of what has a limit.
    pub choices: Vec<Amounts>,
}

/// The people of a group who share their providers and draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heads {
    /// The group.
    pub group: String,
    /// Providers and operators as components, and the orders of draws.
    pub detail: Vec<String>,
    /// How many are on shift.
    pub agents: u64,
}

/// Everything that an allocation is judged by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Room {
    /// The limit of whatever has one.
    pub limits: Amounts,
    /// What of this refuses who finds no room.
    pub refusing: Vec<String>,
    /// Every live way.
    pub ways: Vec<Takes>,
    /// Every kind of people.
    pub heads: Vec<Heads>,
}

pub(crate) fn detail_of(cohort: &Cohort) -> Vec<String> {
    let mut detail: Vec<String> = cohort.isps.values().cloned().collect();
    detail.extend(cohort.operators.values().cloned());
    // The last of an order follows from the others.
    detail.extend(cohort.draws.values().map(|order| order[..order.len() - 1].join(" then ")));
    detail.sort();
    detail.dedup();
    detail
}

impl Room {
    pub(crate) fn add(&mut self, world: &World, way: &Way, choices: &[(Loads, u64)]) {
        if way.state == WayState::Live {
            let choices = choices.iter().map(|(loads, _)| self.limited(world, loads)).collect();
            self.ways.push(Takes { way: way.clone(), choices });
        }
    }

    fn limited(&mut self, world: &World, loads: &Loads) -> Amounts {
        let mut amounts = Amounts::new();
        for (resource, load) in loads.iter().filter(|(_, load)| **load > 0) {
            let Some(limit) = world.limit(resource) else { continue };
            let name = name_of(resource);
            if self.limits.insert(name.clone(), limit).is_none() && resource.refuses(world) {
                self.refusing.push(name.clone());
            }
            amounts.insert(name, *load);
        }
        amounts
    }
}

fn name_of(resource: &Resource) -> String {
    format!("{resource:?}")
}
