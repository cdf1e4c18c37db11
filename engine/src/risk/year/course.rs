//! The course of one year: what is in force when.

use std::collections::BTreeMap;

use outlast_models::Id;
use outlast_models::units::{Millis, WeekHour};

use super::HORIZON;
use crate::chance::hazard::{Hazard, joined};
use crate::chance::renewal::{Period, Renewal};
use crate::chance::stream::{Stream, Threshold};
use crate::chance::twin::Failing;
use crate::failures::{FailureId, Failures, Set, Sort};
use crate::risk::drawn::Deck;
use crate::risk::events::{Course as Other, Event, YEAR};
use crate::run::timeline::{Shifts, hour_at};

const HOUR: i64 = 3_600_000;

/// Something is in force, and nothing changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// Milliseconds from the start of the year.
    pub(super) from: i64,
    pub(super) until: i64,
    /// The first hour of the week with the same people.
    pub(super) hour: WeekHour,
    /// What is down, and what time has done.
    pub(super) set: Set,
    /// The events in force, by their places.
    pub(super) events: Vec<u32>,
}

/// How years go.
pub(in crate::risk) struct Course<'c> {
    deck: &'c Deck<'c>,
    /// What each failure is called.
    names: Vec<&'c Id>,
    /// By hour of the week, the first with the same people, and for how many hours on.
    hours: Vec<(WeekHour, i64)>,
    seed: u64,
    /// Of events that come and go otherwise in another plan, how they do there.
    twins: BTreeMap<usize, Other>,
}

/// What begins or ends at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Failure(FailureId),
    Event(u32),
}

impl<'c> Course<'c> {
    pub(in crate::risk) fn of(
        deck: &'c Deck<'c>,
        failures: &'c Failures,
        shifts: &Shifts,
        seed: u64,
    ) -> Self {
        let like =
            |hour: u64| shifts.first_like(hour_at(WeekHour(0), Millis(hour * HOUR.unsigned_abs())));
        let run = |hour: u64| (1..168).take_while(|more| like(hour + more) == like(hour)).count();
        let hours = (0..168).map(|hour| (like(hour), i64::try_from(run(hour)).expect("few") + 1));
        let names = failures.all.iter().map(|failure| &failure.id).collect();
        Self { deck, names, hours: hours.collect(), seed, twins: BTreeMap::new() }
    }

    /// The same, beside another plan in which these events come and go otherwise.
    pub(in crate::risk) fn beside(self, twins: BTreeMap<usize, Other>) -> Self {
        Self { twins, ..self }
    }

    /// What is drawn.
    pub(super) fn deck(&self) -> &Deck<'c> {
        self.deck
    }

    /// The hour of a time, as the first with the same people, and until when it is.
    pub(super) fn hour_of(&self, time: i64) -> (WeekHour, i64) {
        let now = time / HOUR;
        let (hour, run) = self.hours[usize::try_from(now % 168).expect("an hour of the week")];
        (hour, (now + run) * HOUR)
    }

    /// How many events there are.
    pub(super) fn events(&self) -> usize {
        self.deck.events.all.len()
    }

    /// Everything that is in force in one year, in order.
    pub(super) fn year(&self, year: u64) -> Vec<Segment> {
        let mut down: BTreeMap<FailureId, Vec<Period>> = BTreeMap::new();
        let mut marks: Vec<(i64, bool, Mark)> = Vec::new();
        for (event, takes) in self.deck.each() {
            let place = u32::try_from(event).expect("few events");
            let own = &self.deck.events.all[event];
            let named = |part: &str| {
                let name = format!("{} {} {part}", own.sort.word(), own.id);
                Stream::named(self.seed, &name, year)
            };
            for (part, periods) in self.periods(event, &named) {
                for period in &periods {
                    mark(&mut marks, *period, Mark::Event(place));
                    for failure in takes {
                        down.entry(*failure).or_default().push(*period);
                    }
                }
                for (failure, chance) in own.parts.iter().filter(|_| !periods.is_empty()) {
                    let Some(stands) = self.deck.stands_for(*failure) else { continue };
                    let hit = format!("{part} hits {}", self.names[failure.index()]);
                    let mut stream = named(&hit);
                    let hit = periods.iter().filter(|_| stream.happens(Threshold::of(*chance)));
                    down.entry(stands).or_default().extend(hit.copied());
                }
            }
        }
        for periods in down.values_mut() {
            periods.sort_unstable();
            *periods = joined(std::mem::take(periods));
        }
        let lags = self.deck.lag_periods(&down);
        for (failure, periods) in down.into_iter().chain(lags) {
            for period in periods {
                mark(&mut marks, period, Mark::Failure(failure));
            }
        }
        marks.sort_unstable();
        self.segments(&marks)
    }

    /// When an event is in force: what it shares with its twin, if it has one, and what
    /// it has more; by what their streams are named.
    fn periods(
        &self,
        event: usize,
        named: &dyn Fn(&str) -> Stream,
    ) -> Vec<(&'static str, Vec<Period>)> {
        let own = &self.deck.events.all[event];
        let course = own.course;
        let common = self.twins.get(&event).map(|twin| twin.rate.min(course.rate));
        let whole = || ("", periods(own, course.rate, &mut named("")));
        match (common, own.sort) {
            (None, _) => vec![whole()],
            (Some(common), Sort::Hazard) => {
                let more = course.rate - common;
                let more = (more > 0.0).then(|| ("more", periods(own, more, &mut named("more"))));
                let shared = ("", periods(own, common, &mut named("")));
                [shared].into_iter().chain(more).collect()
            }
            (Some(common), _) => {
                let Other { rate, lasts, law, .. } = course;
                let beside = Failing { rate, lasts, law }.beside(common, HORIZON, named);
                beside.map_or_else(|| vec![whole()], |periods| vec![("", periods)])
            }
        }
    }

    fn segments(&self, marks: &[(i64, bool, Mark)]) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut in_force: BTreeMap<Mark, u32> = BTreeMap::new();
        let mut at = 0;
        for (time, begins, what) in marks {
            if *time > at {
                self.segment(&mut segments, &in_force, (at, *time));
                at = *time;
            }
            let count = in_force.entry(*what).or_default();
            if *begins {
                *count += 1;
            } else {
                *count -= 1;
                if *count == 0 {
                    in_force.remove(what);
                }
            }
        }
        segments
    }

    /// What is in force for a while, cut where other people come on shift.
    fn segment(
        &self,
        segments: &mut Vec<Segment>,
        in_force: &BTreeMap<Mark, u32>,
        (mut from, until): (i64, i64),
    ) {
        let failures = in_force.keys().filter_map(|mark| match mark {
            Mark::Failure(failure) => Some(*failure),
            Mark::Event(_) => None,
        });
        let set = Set::new(failures);
        if set.is_empty() {
            return;
        }
        let events = in_force.keys().filter_map(|mark| match mark {
            Mark::Event(event) => Some(*event),
            Mark::Failure(_) => None,
        });
        let events: Vec<u32> = events.collect();
        while from < until {
            let (hour, end) = self.hour_of(from);
            let end = until.min(end);
            let (set, events) = (set.clone(), events.clone());
            segments.push(Segment { from, until: end, hour, set, events });
            from = end;
        }
    }
}

/// Begins and ends within the year. Ends sort before beginnings.
fn mark(marks: &mut Vec<(i64, bool, Mark)>, period: Period, what: Mark) {
    let (begin, end) = (period.begin.max(0), period.end.min(HORIZON));
    if begin < end {
        marks.push((begin, true, what));
        marks.push((end, false, what));
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole milliseconds
fn periods(event: &Event, rate: f64, stream: &mut Stream) -> Vec<Period> {
    let course = event.course;
    let lasts = (course.lasts.round() as u64, course.law);
    match event.sort {
        Sort::Hazard => Hazard::new(rate * YEAR, lasts).occurrences(HORIZON, stream),
        Sort::Component(_) | Sort::Common | Sort::Spent | Sort::Late => {
            let mtbf = (1.0 / rate).round() as u64;
            Renewal::new(mtbf, lasts, HORIZON, stream).collect()
        }
    }
}
