//! Agents who are counted together: those who stand on what is degraded and has no
//! capacity, those whom a change has reached.

use outlast_models::Id;

use super::live::Scene;
use crate::input::Change;
use crate::problem::{Capacity, ResourceId, Way};
use crate::routes::path::{Path, ResourceKey};
use crate::state::{Held, Reach};

/// Agents of whom only so many may work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Crowd {
    /// Those who stand on a component.
    On(Id),
    /// Those for whom a change is made.
    For(Change),
}

impl Crowd {
    pub(crate) fn key(&self) -> ResourceKey {
        match self {
            Self::On(id) => ResourceKey::Heads(id.clone()),
            Self::For(change) => ResourceKey::Reached(change.clone()),
        }
    }
}

impl Scene<'_> {
    /// Degrading what has no capacity limits those who stand on it normally; a change
    /// that has not reached everybody, those who hang on it.
    pub(super) fn add_crowds(&mut self, held: &Held) {
        for (id, share) in &self.state.shares {
            // Nobody stands on what has failed; on a region's standby they all do.
            if share.0 >= 1_000_000 || self.has_capacity(id) || self.state.has_failed(id) {
                continue;
            }
            let normally: u64 = self
                .problem
                .cohorts
                .iter()
                .enumerate()
                .flat_map(|(n, _)| held.0.get(n).into_iter().flatten())
                .filter(|(way, _)| stands_on(&self.problem.ways[*way], id))
                .map(|(_, agents)| agents)
                .sum();
            self.crowds.push(Crowd::On(id.clone()));
            self.capacities.push(Some(share.of_down(normally)));
        }
        for (change, reach) in &self.state.changes {
            if let Reach::Agents(agents) = reach {
                self.crowds.push(Crowd::For(change.clone()));
                self.capacities.push(Some(*agents));
            }
        }
    }

    fn has_capacity(&self, id: &Id) -> bool {
        self.problem.resources.iter().any(|resource| match &resource.capacity {
            Capacity::Unlimited => false,
            Capacity::Line { members, .. } => {
                resource.key.id() == id || members.iter().any(|member| member.circuit == *id)
            }
            Capacity::Channels(members) => members.iter().any(|(member, _)| member == id),
            Capacity::Units(_) | Capacity::Bits(_) => {
                resource.key.id() == id && !matches!(resource.key, ResourceKey::Seats(_))
            }
        })
    }

    /// One place each in the crowds that someone belongs to.
    pub(super) fn crowds_of(&self, belongs: impl Fn(&Crowd) -> bool) -> Vec<(ResourceId, u64)> {
        let first = self.problem.resources.len();
        let of = self.crowds.iter().enumerate().filter(|(_, crowd)| belongs(crowd));
        of.map(|(n, _)| (ResourceId((first + n) as u32), 1)).collect()
    }
}

/// Whether agents on a way stand on a component in the normal run of things.
fn stands_on(way: &Way, id: &Id) -> bool {
    let posture = &way.posture;
    posture.base.hops.iter().any(|hop| hop.id == *id)
        || way.legs.iter().zip(&posture.legs).filter(|(leg, _)| leg.required).any(
            |(leg, walked)| {
                leg.routes
                    .first()
                    .is_some_and(|r| walked.paths[r.path].hops.iter().any(|hop| hop.id == *id))
            },
        )
}

/// Whether a path is closed until a change is made.
pub(super) fn needs(path: &Path, change: &Change) -> bool {
    path.changes.iter().any(|(needed, _)| needed == change)
}

pub(super) fn way_may_stand_on(way: &Way, id: &Id) -> bool {
    let posture = &way.posture;
    posture.base.hops.iter().any(|hop| hop.id == *id)
        || way.legs.iter().zip(&posture.legs).filter(|(leg, _)| leg.required).any(
            |(leg, walked)| {
                !leg.routes.is_empty()
                    && leg
                        .routes
                        .iter()
                        .all(|r| walked.paths[r.path].hops.iter().any(|hop| hop.id == *id))
            },
        )
}
