//! The basic events of two plans in one table of independent events.
//!
//! An event of both, with the same share of the time in force p, is one. Where the shares
//! differ, p < q, one event of chance p is in both and another of (q − p) ÷ (1 − p) in
//! the plan of the greater alone: there at least one of them is in force with q. An event
//! of one plan is in the other without effect.

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::Id;

use crate::failures::{FailureId, Failures, Sort};
use crate::risk::drawn::Deck;
use crate::risk::events::{Course, Event, Events};

/// Every basic event of two plans, and which of them it is in.
#[derive(Debug)]
pub struct Rows {
    /// By sort and id.
    pub all: Vec<Row>,
    /// The events of each plan.
    pub events: [Events; 2],
}

/// A basic event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place among the events of each plan.
    pub of: [Option<usize>; 2],
}

impl Rows {
    fn of(events: [&Events; 2]) -> Self {
        let mut all: BTreeMap<(Sort, &Id), [Option<usize>; 2]> = BTreeMap::new();
        for (side, events) in events.iter().enumerate() {
            for (n, event) in events.all.iter().enumerate() {
                all.entry((event.sort, &event.id)).or_default()[side] = Some(n);
            }
        }
        let rows = all.into_values().map(|of| Row { of }).collect();
        Self { all: rows, events: events.map(Clone::clone) }
    }

    /// The event of a row in each plan.
    pub fn events(&self, row: &Row) -> [Option<&Event>; 2] {
        [0, 1].map(|side| row.of[side].map(|n| &self.events[side].all[n]))
    }

    /// Events of a plan that come and go otherwise in the other, and how there.
    pub(super) fn twins(&self, side: usize) -> BTreeMap<usize, Course> {
        let twins = self.all.iter().filter_map(|row| {
            let [new, old] = self.events(row);
            let courses = [new?.course, old?.course];
            (courses[0] != courses[1]).then_some((row.of[side]?, courses[1 - side]))
        });
        twins.collect()
    }
}

/// Events of which at least one is in force with the chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    pub(super) chance: f64,
    /// What they are drawn as in each plan.
    pub(super) of: [Option<u32>; 2],
}

/// What a hazard hits with a chance; by plan, of what is drawn, what stands for it there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit {
    pub(super) of: [Option<(u32, FailureId, f64)>; 2],
}

/// One table.
pub(super) struct Table {
    pub(super) rows: Rows,
    pub(super) entries: Vec<Entry>,
    pub(super) hits: Vec<Hit>,
}

impl Table {
    pub(super) fn of(decks: [&Deck<'_>; 2], failures: [&Failures; 2]) -> Self {
        let rows = Rows::of(decks.map(|deck| deck.events));
        let drawn = decks.map(Deck::drawn_as);
        let mut chances: BTreeMap<[Option<u32>; 2], Vec<f64>> = BTreeMap::new();
        let mut hits = Vec::new();
        for row in &rows.all {
            let events = rows.events(row);
            let of = [0, 1].map(|side| row.of[side].and_then(|n| drawn[side][n]));
            let [new, old] = events.map(|event| event.map_or(0.0, |event| event.course.chance));
            let more = if new > old { [of[0], None] } else { [None, of[1]] };
            let mut add = |of: [Option<u32>; 2], chance: f64| {
                if of != [None, None] && chance > 0.0 {
                    chances.entry(of).or_default().push(chance);
                }
            };
            let (low, high) = (new.min(old), new.max(old));
            add(of, low);
            if high > low {
                add(more, ((high - low) / (1.0 - low)).min(1.0));
            }
            hits.extend(hits_of(events, of, decks, failures));
        }
        let entries = chances.into_iter().map(|(of, all)| Entry { chance: any(&all), of });
        Self { entries: entries.collect(), rows, hits }
    }

    /// What is in force in a plan.
    pub(super) fn side(&self, in_force: &[u32], side: usize) -> Vec<u32> {
        let of = in_force.iter().filter_map(|n| self.entries[*n as usize].of[side]);
        of.collect::<BTreeSet<u32>>().into_iter().collect()
    }
}

/// At least one of several.
fn any(chances: &[f64]) -> f64 {
    match chances {
        [one] => *one,
        _ => -libm::expm1(chances.iter().map(|one| libm::log1p(-one)).sum()),
    }
}

fn hits_of(
    events: [Option<&Event>; 2],
    drawn: [Option<u32>; 2],
    decks: [&Deck<'_>; 2],
    failures: [&Failures; 2],
) -> Vec<Hit> {
    let mut all: BTreeMap<&Id, Hit> = BTreeMap::new();
    for side in [0, 1] {
        let (Some(event), Some(drawn)) = (events[side], drawn[side]) else { continue };
        for (failure, chance) in &event.parts {
            let Some(stands) = decks[side].stands_for(*failure) else { continue };
            let id = &failures[side].get(*failure).id;
            let hit = all.entry(id).or_insert(Hit { of: [None, None] });
            hit.of[side] = Some((drawn, stands, *chance));
        }
    }
    all.into_values().collect()
}
