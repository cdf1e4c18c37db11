//! Agents on their way from one allocation to the next.

use std::sync::Arc;

use super::carried::{Allocation, Differs};
use super::memory::{Part, Variant};
use crate::assess::choices::Choice;
use crate::problem::ResourceId;

/// Agents of one part of a cohort who make the same choice.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) agents: u64,
    pub(super) planned: u32,
    loads: Arc<[(ResourceId, u64)]>,
}

/// Those of a cohort, by its parts.
pub(super) type Parts = Vec<Vec<Placed>>;

impl Placed {
    fn is_on(&self, choice: &Choice) -> bool {
        self.planned == choice.planned && self.loads[..] == choice.loads[..]
    }
}

/// What is used of capacities.
pub(super) struct Room<'c> {
    pub(super) used: Vec<u128>,
    pub(super) of: &'c [Option<u64>],
}

impl Room<'_> {
    pub(super) fn place(&mut self, choice: &Choice, agents: u64) -> Placed {
        self.add(&choice.loads, agents);
        Placed { agents, planned: choice.planned, loads: choice.loads.clone().into() }
    }

    fn add(&mut self, loads: &[(ResourceId, u64)], agents: u64) {
        for (resource, load) in loads {
            self.used[resource.index()] += u128::from(*load) * u128::from(agents);
        }
    }

    fn take(&mut self, loads: &[(ResourceId, u64)], agents: u64) {
        for (resource, load) in loads {
            self.used[resource.index()] -= u128::from(*load) * u128::from(agents);
        }
    }

    /// How much more than there is would be on a resource.
    fn over(&self, resource: usize, more: u128) -> u128 {
        let capacity = self.of[resource].map_or(u128::MAX, u128::from);
        (self.used[resource] + more).saturating_sub(capacity)
    }

    /// How many agents there is room for.
    fn room(&self, loads: &[(ResourceId, u64)]) -> u64 {
        let each = loads.iter().filter_map(|(resource, load)| {
            let capacity = u128::from(self.of[resource.index()]?);
            Some(capacity.saturating_sub(self.used[resource.index()]) / u128::from(*load).max(1))
        });
        each.min().map_or(u64::MAX, |room| u64::try_from(room).unwrap_or(u64::MAX))
    }
}

/// An allocation that is being moved to another set.
pub(super) struct Moving<'m> {
    room: Room<'m>,
    placed: Vec<Arc<Parts>>,
    variants: &'m [&'m Variant],
}

impl<'m> Moving<'m> {
    pub(super) fn new(from: &Allocation, to: &'m Differs, variants: &'m [&'m Variant]) -> Self {
        let room = Room { used: from.used.clone(), of: &to.capacities };
        Self { room, placed: from.placed.clone(), variants }
    }

    pub(super) fn finish(self) -> (Vec<Arc<Parts>>, Vec<u128>) {
        (self.placed, self.room.used)
    }

    /// Takes off those of a cohort whose choice is gone.
    pub(super) fn off(&mut self, cohort: usize) {
        let parts = Arc::make_mut(&mut self.placed[cohort]).iter_mut();
        for (part, own) in parts.zip(&self.variants[cohort].parts) {
            part.retain(|one| {
                let stays = own.choices.iter().any(|choice| one.is_on(choice));
                if !stays {
                    self.room.take(&one.loads, one.agents);
                }
                stays
            });
        }
    }

    /// Takes agents off what has less room than it had, the last in order first.
    pub(super) fn clear(&mut self, order: &[usize]) {
        for resource in 0..self.room.used.len() {
            self.lower(resource, 0, order);
        }
    }

    /// Takes agents off until there is room for more of a resource, the last first.
    fn lower(&mut self, resource: usize, more: u128, order: &[usize]) {
        for cohort in order.iter().rev() {
            if self.room.over(resource, more) == 0 {
                return;
            }
            let parts = Arc::make_mut(&mut self.placed[*cohort]);
            for one in parts.iter_mut().rev().flat_map(|part| part.iter_mut().rev()) {
                let Some(load) = load_on(&one.loads, resource) else { continue };
                let enough = self.room.over(resource, more).div_ceil(load);
                let off = one.agents.min(u64::try_from(enough).unwrap_or(u64::MAX));
                one.agents -= off;
                self.room.take(&one.loads, off);
            }
        }
    }

    /// Puts those of a cohort who are out where there is room, where others can go
    /// elsewhere, and where those of lower classes are.
    pub(super) fn fill(&mut self, cohort: usize, lower: &[usize]) {
        for part in 0..self.variants[cohort].parts.len() {
            let own = &self.variants[cohort].parts[part];
            let mut left = own.crew.agents - agents(&self.placed[cohort][part]);
            left = self.put((cohort, part), left, own);
            for means in 0..2 {
                for choice in &own.choices {
                    if left == 0 {
                        break;
                    }
                    for (resource, load) in &choice.loads {
                        let more = u128::from(*load) * u128::from(left);
                        if self.room.over(resource.index(), more) == 0 {
                            continue;
                        }
                        if means == 0 {
                            self.shift(resource.index(), more);
                        } else {
                            self.lower(resource.index(), more, lower);
                        }
                    }
                    left = self.put((cohort, part), left, own);
                }
            }
        }
    }

    /// Puts agents on the choices that have room, the best first; how many are left.
    fn put(&mut self, (cohort, part): (usize, usize), mut left: u64, own: &Part) -> u64 {
        for choice in &own.choices {
            if left == 0 {
                break;
            }
            let here = left.min(self.room.room(&choice.loads));
            if here > 0 {
                let one = self.room.place(choice, here);
                Arc::make_mut(&mut self.placed[cohort])[part].push(one);
                left -= here;
            }
        }
        left
    }

    /// Sends agents elsewhere who lose nothing by it, until there is room for more of a
    /// resource.
    fn shift(&mut self, resource: usize, more: u128) {
        for (cohort, variant) in self.variants.iter().enumerate() {
            for (part, own) in variant.parts.iter().enumerate() {
                for n in 0..self.placed[cohort][part].len() {
                    if self.room.over(resource, more) == 0 {
                        return;
                    }
                    self.shift_one((cohort, part, n), own, (resource, more));
                }
            }
        }
    }

    /// The same of those who make one choice.
    fn shift_one(
        &mut self,
        (cohort, part, n): (usize, usize, usize),
        own: &Part,
        (resource, more): (usize, u128),
    ) {
        let Placed { planned, ref loads, .. } = self.placed[cohort][part][n];
        let loads = loads.clone();
        let Some(load) = load_on(&loads, resource) else { return };
        let as_good = |choice: &&Choice| {
            choice.planned >= planned && load_on(&choice.loads, resource).is_none()
        };
        for choice in own.choices.iter().filter(as_good) {
            let enough = self.room.over(resource, more).div_ceil(load);
            let enough = u64::try_from(enough).unwrap_or(u64::MAX);
            let part = &mut Arc::make_mut(&mut self.placed[cohort])[part];
            // Their own room is theirs to take elsewhere.
            let off = part[n].agents.min(enough);
            self.room.take(&loads, off);
            let gone = off.min(self.room.room(&choice.loads));
            self.room.add(&loads, off - gone);
            if gone > 0 {
                part[n].agents -= gone;
                part.push(self.room.place(choice, gone));
            }
        }
    }
}

fn load_on(loads: &[(ResourceId, u64)], resource: usize) -> Option<u128> {
    loads.iter().find(|(other, _)| other.index() == resource).map(|(_, load)| u128::from(*load))
}

/// How many agents of a part are somewhere.
pub(super) fn agents(part: &[Placed]) -> u64 {
    part.iter().map(|one| one.agents).sum()
}

/// What counts of them, in millionths of an agent.
pub(super) fn through(part: &[Placed]) -> u128 {
    part.iter().map(|one| u128::from(one.agents) * u128::from(one.planned)).sum()
}
