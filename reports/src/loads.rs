//! Loads against limits, normal and at a moment.

use std::collections::BTreeMap;

use outlast_engine::assess::capacities;
use outlast_engine::assess::least_loads;
use outlast_engine::run::Moment;
use outlast_engine::{Held, Outcome, Problem, ResourceKey, State};

use crate::document::{LoadDocument, UseDocument};
use crate::names::unit;

/// Everything that has a capacity in one state, and what it is.
#[derive(Debug)]
pub(crate) struct Limits {
    all: Vec<Limit>,
    index: BTreeMap<ResourceKey, usize>,
}

#[derive(Debug)]
struct Limit {
    key: ResourceKey,
    capacity: Option<u64>,
    /// The least that one agent with a live way over it puts on it.
    smallest: Option<u64>,
    refuses: bool,
}

impl Limits {
    /// The limits of a moment.
    pub(crate) fn at(moment: &Moment) -> Self {
        Self::of(&moment.problem, &moment.state, &moment.held)
    }

    pub(crate) fn of(problem: &Problem, state: &State, held: &Held) -> Self {
        let smallest = least_loads(problem, state, held);
        let limit = |n: usize, (key, capacity): (ResourceKey, Option<u64>)| {
            // Crowds stand behind the problem's own, and refuse.
            let refuses = problem.resources.get(n).is_none_or(|resource| resource.refuses);
            Limit { key, capacity, smallest: smallest[n], refuses }
        };
        let all = capacities(problem, state, held).into_iter().enumerate();
        let all: Vec<Limit> = all.map(|(n, one)| limit(n, one)).collect();
        let mut index = BTreeMap::new();
        for (n, limit) in all.iter().enumerate() {
            index.entry(limit.key.clone()).or_insert(n);
        }
        Self { all, index }
    }

    /// The resource with an index of an outcome in this state.
    pub(crate) fn key(&self, index: usize) -> Option<&ResourceKey> {
        self.all.get(index).map(|limit| &limit.key)
    }

    fn position(&self, key: &ResourceKey) -> Option<usize> {
        self.index.get(key).copied()
    }

    fn used(&self, outcome: &Outcome, key: &ResourceKey) -> UseDocument {
        let Some(n) = self.position(key) else {
            return UseDocument { used: 0, limit: None, headroom: None, full: false };
        };
        let Limit { capacity: limit, smallest, refuses, .. } = self.all[n];
        // Uses are in the order of resources.
        let used = outcome.uses.binary_search_by_key(&n, |one| one.resource.index());
        let used = used.map_or(0, |at| outcome.uses[at].used);
        let headroom = limit.map(|limit| signed(limit) - signed(used));
        let is_short = headroom.zip(smallest).is_some_and(|(left, one)| left < signed(one));
        UseDocument { used, limit, headroom, full: refuses && is_short }
    }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The normal state that a moment is measured against.
pub(crate) struct Normal<'a> {
    pub(crate) limits: &'a Limits,
    pub(crate) outcome: &'a Outcome,
}

/// Every resource that is loaded normally or at the moment, or has no room.
pub(crate) fn loads(normal: &Normal<'_>, moment: &Moment, limits: &Limits) -> Vec<LoadDocument> {
    let mut all: Vec<&Limit> = limits.all.iter().collect();
    all.extend(normal.limits.all.iter().filter(|limit| limits.position(&limit.key).is_none()));
    let all = all.into_iter().map(|Limit { key, .. }| {
        let now = limits.position(key).map(|n| &limits.all[n]);
        LoadDocument {
            resource: key.id().to_string(),
            what: key.word().to_owned(),
            unit: unit(key).to_owned(),
            refuses: now.is_none_or(|now| now.refuses),
            smallest: now.and_then(|now| now.smallest),
            normal: normal.limits.used(normal.outcome, key),
            left_alone: limits.used(&moment.moved.left_alone, key),
            directed: limits.used(&moment.moved.directed, key),
        }
    });
    let is_news = |one: &UseDocument| one.used > 0 || one.full;
    all.filter(|load| [&load.normal, &load.left_alone, &load.directed].into_iter().any(is_news))
        .collect()
}
