//! What each event loses alone, at every hour: known beforehand, and most of what years
//! lose.
//!
//! An event that takes something down is in force at its share of the time, at every hour
//! alike, since a year begins in the long-run state. So the sum over events of time in
//! force × loss alone has a mean that is known exactly; what years lose beyond it comes
//! from events that meet, and varies far less than the whole.

use std::collections::{BTreeMap, HashMap};

use outlast_models::units::WeekHour;

use super::HORIZON;
use super::course::{Course, Segment};
use super::value::Values;

/// Of what lasts less, whole milliseconds change the share of the time.
const BRIEF: f64 = 1000.0;

/// Thousandths of agents lost, by hour with people of its own and by event; moved, still.
pub(super) struct Alone(HashMap<WeekHour, Vec<[u64; 2]>>);

impl Alone {
    pub(super) fn of(course: &Course<'_>, values: &Values<'_>) -> Self {
        let deck = course.deck();
        let (mut cases, mut of) = (Vec::new(), Vec::new());
        for (n, drawn) in (0..).zip(&deck.all) {
            // What takes nothing for certain is in force unseen while it hits nothing.
            if drawn.takes.is_empty() || !drawn.parts.is_empty() {
                continue;
            }
            for (state, chance) in deck.cases(&[n]) {
                cases.push(state);
                of.push((n as usize, chance));
            }
        }
        let each = values.at_all_hours(&cases).map(|(hour, lost)| {
            let mut means = vec![[0.0; 2]; deck.all.len()];
            for ((n, chance), lost) in of.iter().zip(lost) {
                for end in 0..2 {
                    #[allow(clippy::cast_precision_loss)] // agents are far below 2^53
                    let agents = lost[end].max(0) as f64;
                    means[*n][end] += chance * agents;
                }
            }
            let mut events = vec![[0; 2]; deck.events.all.len()];
            for (drawn, mean) in deck.all.iter().zip(means) {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // agents
                let mean = mean.map(|agents| (agents * 1000.0).round() as u64);
                for event in &drawn.members {
                    let course = deck.events.all[*event].course;
                    if course.rate > 0.0 && course.lasts >= BRIEF {
                        events[*event] = mean;
                    }
                }
            }
            (hour, events)
        });
        Self(each.collect())
    }

    /// Agent-milliseconds of a year.
    pub(super) fn lost(&self, segments: &[Segment]) -> [u64; 2] {
        let mut sums = [0_u128; 2];
        for segment in segments {
            let time = u128::from((segment.until - segment.from).unsigned_abs());
            for event in &segment.events {
                let own = self.0[&segment.hour][*event as usize];
                sums.iter_mut().zip(own).for_each(|(sum, one)| *sum += time * u128::from(one));
            }
        }
        sums.map(|sum| u64::try_from((sum + 500) / 1000).unwrap_or(u64::MAX))
    }

    /// The same on the average of all years.
    #[allow(clippy::cast_precision_loss)] // far below 2^53
    pub(super) fn expected(&self, course: &Course<'_>) -> [f64; 2] {
        let mut time: BTreeMap<WeekHour, i64> = BTreeMap::new();
        let mut from = 0;
        while from < HORIZON {
            let (hour, until) = course.hour_of(from);
            *time.entry(hour).or_default() += until.min(HORIZON) - from;
            from = until;
        }
        let mut sums = [0.0; 2];
        for (hour, time) in time {
            for (event, own) in course.deck().events.all.iter().zip(&self.0[&hour]) {
                for end in 0..2 {
                    sums[end] += event.course.chance * time as f64 * own[end] as f64 / 1000.0;
                }
            }
        }
        sums
    }
}
