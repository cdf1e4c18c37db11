//! What one worker has found so far: answers by what decides them.
//!
//! Every answer is a pure function of its key, so what is remembered, by whom and for
//! how long changes no figure.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::choices::{Blocked, Choice, choices, largest};
use super::super::live::{Crew, Scene, Scope};
use super::super::program::{Program, Solution};
use super::Effect;
use super::carried::Allocation;
use crate::failures::Set;
use crate::problem::ResourceId;
use crate::state::Held;

/// Roots that are not as they were; in order.
pub(super) type Touched = Box<[u32]>;

/// For what question a cohort's choices are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Asked {
    /// Who works, directed.
    Told,
    /// Who can work at most, every route steered: nothing is taken to block.
    Working,
    /// The same by calls that get through.
    Effective,
    /// Who works for certain, every route steered.
    Surely,
}

impl Asked {
    /// All of them, in order.
    pub(super) const ALL: [Self; 4] = [Self::Told, Self::Working, Self::Effective, Self::Surely];

    /// Whether fixed alternatives may be chosen freely.
    pub(super) const fn is_steered(self) -> bool {
        !matches!(self, Self::Told)
    }

    /// What trunks are taken to block.
    pub(super) const fn blocked(self) -> Blocked {
        match self {
            Self::Told | Self::Surely => Blocked::AtMost,
            Self::Working => Blocked::Nothing,
            Self::Effective => Blocked::Beyond,
        }
    }
}

/// How a cohort is with some of its roots touched.
#[derive(Debug, Clone)]
pub(super) struct Variant {
    pub(super) parts: Vec<Part>,
}

/// Those of a cohort who hold the same way.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) crew: Arc<Crew>,
    /// What they may choose, best first.
    pub(super) choices: Vec<Choice>,
    /// The most that they all can put on each resource.
    pub(super) most: Vec<(ResourceId, u128)>,
}

impl Variant {
    pub(super) fn new(
        scene: &Scene<'_>,
        (cohort, agents): (usize, u64),
        held: &Held,
        matters: &[bool],
        asked: Asked,
    ) -> Self {
        let crews = scene.crews_of(cohort, agents, held, Scope::Moved);
        let part = |crew: Arc<Crew>| {
            let choices = choices(scene, &crew, asked.blocked(), matters);
            let all =
                |(r, load): (ResourceId, u64)| (r, u128::from(load) * u128::from(crew.agents));
            let most = largest(&choices).into_iter().map(all).collect();
            Part { crew, choices, most }
        };
        Self { parts: crews.into_iter().map(part).collect() }
    }

    /// Those who have a way that is live.
    pub(super) fn live(&self) -> u64 {
        let live = self.parts.iter().filter(|part| !part.choices.is_empty());
        live.map(|part| part.crew.agents).sum()
    }

    /// The most of their calls that can get through, in millionths of an agent.
    pub(super) fn best(&self) -> u128 {
        let best = |part: &Part| part.choices.iter().map(|choice| choice.planned).max();
        let of = |part: &Part| u128::from(part.crew.agents) * u128::from(best(part).unwrap_or(0));
        self.parts.iter().map(of).sum()
    }

    /// What they put on everything, each by his first choice.
    pub(super) fn first(&self) -> impl Iterator<Item = (ResourceId, u64)> {
        self.parts.iter().flat_map(|part| {
            let first = part.choices.first().into_iter().flat_map(|choice| &choice.loads);
            first.map(|(resource, load)| (*resource, load * part.crew.agents))
        })
    }

    /// The most that they can put on everything.
    pub(super) fn most(&self) -> impl Iterator<Item = (ResourceId, u128)> {
        self.parts.iter().flat_map(|part| part.most.iter().copied())
    }

    /// Their calls that get through, in millionths of an agent, each by his first choice.
    pub(super) fn through(&self) -> u128 {
        let first = self.parts.iter().filter_map(|part| Some((part, part.choices.first()?)));
        first.map(|(part, one)| u128::from(part.crew.agents) * u128::from(one.planned)).sum()
    }
}

/// Answers by key; so many are kept before a worker begins anew.
#[derive(Debug)]
pub(super) struct Known<K, V, const MOST: usize>(HashMap<K, V>);

/// Figures, of which many are kept.
const SMALL: usize = 1 << 16;
/// Choices, of which fewer are.
const MIDDLING: usize = 1 << 15;
/// Programs and allocations, of which fewest are.
const LARGE: usize = 1 << 12;

impl<K, V, const MOST: usize> Default for Known<K, V, MOST> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: std::hash::Hash + Eq, V: Clone, const MOST: usize> Known<K, V, MOST> {
    pub(super) fn get(&self, key: &K) -> Option<V> {
        self.0.get(key).cloned()
    }

    pub(super) fn keep(&mut self, key: K, value: V) {
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(key, value);
    }

    pub(super) fn get_or(&mut self, key: K, find: impl FnOnce() -> V) -> V {
        self.get(&key).unwrap_or_else(|| {
            let found = find();
            self.keep(key, found.clone());
            found
        })
    }
}

/// All that one worker remembers.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) variants: Known<(Asked, u32, Touched), Arc<Variant>, MIDDLING>,
    pub(super) capacities: Known<(u32, Touched), Option<u64>, SMALL>,
    pub(super) blocks: Known<Program, Solution, LARGE>,
    /// Of states in which not everybody fits on the first of his ways.
    pub(super) effects: Known<Touched, Effect, SMALL>,
    /// Whether a cohort, as it is with some roots touched, is offered nothing better with
    /// others touched.
    pub(super) within: Known<(usize, Touched, Touched), bool, SMALL>,
    /// Allocations of two failures.
    pub(super) pairs: Known<Set, Arc<Allocation>, LARGE>,
    pub(super) words: Vec<u64>,
    pub(super) inputs: Vec<u64>,
}
