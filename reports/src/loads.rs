//! Loads against limits, normal and at a moment.

use outlast_engine::assess::capacities;
use outlast_engine::run::Moment;
use outlast_engine::{Held, Outcome, Problem, ResourceKey, State};

use crate::document::{LoadDocument, UseDocument};
use crate::names::unit;

/// Everything that has a capacity in one state, and what it is.
#[derive(Debug)]
pub(crate) struct Limits(Vec<(ResourceKey, Option<u64>)>);

impl Limits {
    /// The limits of a moment.
    pub(crate) fn at(moment: &Moment) -> Self {
        Self::of(&moment.problem, &moment.state, &moment.held)
    }

    pub(crate) fn of(problem: &Problem, state: &State, held: &Held) -> Self {
        Self(capacities(problem, state, held))
    }

    /// The resource with an index of an outcome in this state.
    pub(crate) fn key(&self, index: usize) -> Option<&ResourceKey> {
        self.0.get(index).map(|(key, _)| key)
    }

    fn used(&self, outcome: &Outcome, key: &ResourceKey) -> UseDocument {
        let found = self.0.iter().position(|(own, _)| own == key);
        let used = found.and_then(|n| outcome.uses.iter().find(|u| u.resource.index() == n));
        let used = used.map_or(0, |u| u.used);
        let limit = found.and_then(|n| self.0[n].1);
        let headroom = limit.map(|limit| signed(limit) - signed(used));
        UseDocument { used, limit, headroom }
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

/// Every resource that is loaded normally or at the moment.
pub(crate) fn loads(normal: &Normal<'_>, moment: &Moment, limits: &Limits) -> Vec<LoadDocument> {
    let mut keys: Vec<&ResourceKey> = limits.0.iter().map(|(key, _)| key).collect();
    let more = normal.limits.0.iter().map(|(key, _)| key).filter(|key| !keys.contains(key));
    let more: Vec<&ResourceKey> = more.collect();
    keys.extend(more);
    let all = keys.into_iter().map(|key| LoadDocument {
        resource: key.id().to_string(),
        what: key.word().to_owned(),
        unit: unit(key).to_owned(),
        refuses: refuses(&moment.problem, key),
        normal: normal.limits.used(normal.outcome, key),
        left_alone: limits.used(&moment.moved.left_alone, key),
        directed: limits.used(&moment.moved.directed, key),
    });
    all.filter(|load| load.normal.used + load.left_alone.used + load.directed.used > 0).collect()
}

fn refuses(problem: &Problem, key: &ResourceKey) -> bool {
    let found = problem.resources.iter().find(|resource| resource.key == *key);
    found.is_none_or(|resource| resource.refuses)
}
