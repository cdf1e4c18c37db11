//! What states at an hour cost, each assessed once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use outlast_models::units::WeekHour;

use super::course::Segment;
use crate::assess::bulk::{Bulk, Standing};
use crate::failures::{Failures, Set};
use crate::problem::Problem;
use crate::run::timeline::Shifts;

/// What a state costs: moved, and still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Value {
    /// Agents lost.
    pub(super) lost: [i64; 2],
    /// Objectives below, each a bit.
    pub(super) missed: [u64; 2],
}

/// States at every hour with people of its own.
pub(super) struct Values<'a> {
    bulks: BTreeMap<WeekHour, Bulk<'a>>,
}

impl<'a> Values<'a> {
    pub(super) fn of(problem: &'a Problem, failures: &'a Failures, shifts: &Shifts) -> Self {
        let hours: BTreeSet<WeekHour> =
            (0..168).map(|hour| shifts.first_like(WeekHour(hour))).collect();
        let bulk = |hour| (hour, Bulk::new(problem, failures, hour));
        Self { bulks: hours.into_iter().map(bulk).collect() }
    }

    /// Agents lost in some states, moved and still, by hour with people of its own.
    pub(super) fn at_all_hours(
        &self,
        sets: &[Set],
    ) -> impl Iterator<Item = (WeekHour, Vec<[i64; 2]>)> {
        self.bulks.iter().map(|(hour, bulk)| {
            let moved = bulk.effects(sets).into_iter();
            let both = moved.zip(bulk.still(sets));
            let lost = both.map(|(moved, (lost, _))| [bulk.normal().lost(moved.working), lost]);
            (*hour, lost.collect())
        })
    }

    /// Finds what is not known yet; returns how many that were.
    pub(super) fn find<'s>(
        &self,
        segments: impl Iterator<Item = &'s Segment>,
        known: &mut HashMap<(WeekHour, Set), Value>,
    ) -> u64 {
        let mut new: BTreeMap<WeekHour, BTreeSet<&Set>> = BTreeMap::new();
        for segment in segments {
            if !known.contains_key(&(segment.hour, segment.set.clone())) {
                new.entry(segment.hour).or_default().insert(&segment.set);
            }
        }
        let mut found = 0;
        for (hour, sets) in new {
            let sets: Vec<Set> = sets.into_iter().cloned().collect();
            let bulk = &self.bulks[&hour];
            let moved = bulk.effects(&sets);
            let still = bulk.still(&sets);
            found += sets.len() as u64;
            for ((set, moved), (lost, missed)) in sets.into_iter().zip(moved).zip(still) {
                let own = moved.objectives.iter().take(64).enumerate();
                let own = own.filter(|(_, standing)| **standing == Standing::Missed);
                let own = own.fold(0, |bits, (n, _)| bits | 1 << n);
                let lost = [bulk.normal().lost(moved.working), lost];
                known.insert((hour, set), Value { lost, missed: [own, missed] });
            }
        }
        found
    }
}
