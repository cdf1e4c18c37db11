//! The moments of a scenario and the state at each.
//!
//! Moments: events begin and end, UPS, fuel and batteries run out, a region of
//! the cloud stands in, shifts change. UPS starts when the last feed is gone;
//! everything is full again when a feed returns.

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::Id;
use outlast_models::units::{Millionths, Millis, WeekHour};
use outlast_scenarios::{Bound, BoundEvent, Condition, Effect};

use super::Changed;
use crate::input::Setting;
use crate::problem::{Cohort, Problem};
use crate::state::State;

const HOUR: u64 = 3_600_000;

/// The times of all moments before the horizon, in order; the first is 0.
pub(super) fn times(
    bound: &Bound,
    problem: &Problem,
    shifts: &Shifts,
    start: WeekHour,
) -> Vec<Millis> {
    let mut times: BTreeSet<Millis> = BTreeSet::from([Millis::ZERO]);
    for event in &bound.events {
        times.insert(event.at);
        times.extend(event.until);
    }
    let boundaries: Vec<Millis> = times.iter().copied().collect();
    for id in problem.reserves.keys() {
        times.extend(run_outs(bound, problem, id, &boundaries).into_iter().map(|(_, end)| end));
    }
    times.extend(takeovers(bound, problem, &boundaries).into_iter().map(|(_, at)| at));
    times.extend(shifts.change(start, bound.horizon));
    times.into_iter().filter(|at| *at < bound.horizon).collect()
}

fn is_active(event: &BoundEvent, at: Millis) -> bool {
    event.at <= at && event.until.is_none_or(|until| at < until)
}

fn failed(bound: &Bound, at: Millis) -> BTreeSet<Id> {
    let mut all = BTreeSet::new();
    for event in bound.events.iter().filter(|event| is_active(event, at)) {
        if let Effect::Fail(components) = &event.effect {
            all.extend(components.iter().map(|component| component.id.clone()));
        }
    }
    all
}

/// When a site (or operator) was without feeds, and when its reserve ran out.
fn run_outs(
    bound: &Bound,
    problem: &Problem,
    id: &Id,
    boundaries: &[Millis],
) -> Vec<(Millis, Millis)> {
    let (feeds, reserve) = &problem.reserves[id];
    let dark = |at: Millis| {
        let down = failed(bound, at);
        feeds.iter().all(|feed| down.contains(feed))
    };
    let mut all = Vec::new();
    let mut since: Option<Millis> = None;
    for (n, &at) in boundaries.iter().enumerate() {
        since = match (dark(at), since) {
            (true, None) => Some(at),
            (true, since) => since,
            (false, _) => None,
        };
        let next = boundaries.get(n + 1).copied().unwrap_or(bound.horizon);
        if let Some(start) = since {
            let end = Millis(start.0.saturating_add(reserve.0));
            if end > at && end <= next || end == at {
                all.push((start, end));
            }
        }
    }
    all.dedup();
    all
}

/// When a standby region takes over, and when.
fn takeovers(bound: &Bound, problem: &Problem, boundaries: &[Millis]) -> Vec<(Id, Millis)> {
    let mut all = Vec::new();
    for (region, standby, after) in &problem.standbys {
        let lost = |at: &Millis| failed(bound, *at).contains(region);
        let mut since: Option<Millis> = None;
        for &at in boundaries {
            if lost(&at) && since.is_none() {
                since = Some(at);
                let takes_over = Millis(at.0.saturating_add(after.0));
                // A region that is back before that is not replaced.
                let back = boundaries.iter().find(|later| **later > at && !lost(later));
                if back.is_none_or(|back| *back > takes_over) {
                    all.push((standby.clone(), takes_over));
                }
            }
            since = since.filter(|_| lost(&at));
        }
    }
    all
}

/// The hours of the week by who is on shift.
pub(crate) struct Shifts(Vec<u8>);

impl Shifts {
    pub(crate) fn of(problem: &Problem) -> Self {
        let mut first: BTreeMap<Vec<u64>, u8> = BTreeMap::new();
        let hours = (0..168).map(|hour| {
            let there = |cohort: &Cohort| cohort.on_shift(WeekHour(hour));
            let people = problem.cohorts.iter().map(there).collect();
            *first.entry(people).or_insert(hour)
        });
        Self(hours.collect())
    }

    /// The first hour of the week at which the same people are on shift.
    pub(crate) fn first_like(&self, hour: WeekHour) -> WeekHour {
        WeekHour(self.0[usize::from(hour.0)])
    }

    fn change(&self, start: WeekHour, horizon: Millis) -> impl Iterator<Item = Millis> {
        let there = move |hour: u64| self.first_like(hour_at(start, Millis(hour * HOUR)));
        let hours = 1..horizon.0.div_ceil(HOUR).min(24 * 7 * 5);
        let changes = hours.filter(move |&hour| there(hour) != there(hour - 1));
        changes.map(|hour| Millis(hour * HOUR))
    }
}

/// The hour of the week at a time; hours begin with the start.
pub(crate) fn hour_at(start: WeekHour, at: Millis) -> WeekHour {
    let hour = (u64::from(start.0) + at.0 / HOUR) % 168;
    WeekHour(u8::try_from(hour).expect("below 168"))
}

/// The settings changed until a time; a misconfiguration stays.
pub(super) fn changed(bound: &Bound, at: Millis) -> Changed {
    let mut all = Changed::new();
    for event in bound.events.iter().filter(|event| event.at <= at) {
        if let Effect::Set(list) = &event.effect {
            all.extend(list.iter().cloned());
        }
    }
    all
}

/// The state at a time.
pub(super) fn state(bound: &Bound, problem: &Problem, start: WeekHour, at: Millis) -> State {
    let mut state = State::normal(hour_at(start, at));
    for event in &bound.events {
        if is_active(event, at) {
            apply(&mut state, &event.effect);
        }
    }
    let boundaries: Vec<Millis> = boundaries(bound);
    for id in problem.reserves.keys() {
        let out = run_outs(bound, problem, id, &boundaries);
        if out.iter().any(|(since, end)| *end <= at && still_dark(bound, problem, id, *since, at)) {
            state.exhausted.insert(id.clone());
        }
    }
    for (standby, since) in takeovers(bound, problem, &boundaries) {
        if since <= at {
            state.stands_in.insert(standby);
        }
    }
    state.changed_settings = !changed(bound, at).is_empty();
    state
}

fn boundaries(bound: &Bound) -> Vec<Millis> {
    let mut times: BTreeSet<Millis> = BTreeSet::from([Millis::ZERO]);
    for event in &bound.events {
        times.insert(event.at);
        times.extend(event.until);
    }
    times.into_iter().filter(|at| *at < bound.horizon).collect()
}

/// Whether no feed has returned between two times.
fn still_dark(bound: &Bound, problem: &Problem, id: &Id, since: Millis, at: Millis) -> bool {
    let (feeds, _) = &problem.reserves[id];
    boundaries(bound).into_iter().chain([at]).filter(|t| (since..=at).contains(t)).all(|t| {
        let down = failed(bound, t);
        feeds.iter().all(|feed| down.contains(feed))
    })
}

fn apply(state: &mut State, effect: &Effect) {
    match effect {
        Effect::Fail(components) => {
            state.fail(components.iter().map(|component| component.id.clone()));
        }
        Effect::Degrade(components, share) => {
            for component in components {
                let left = state.shares.entry(component.id.clone()).or_insert(Millionths::ONE);
                *left = (*left).min(*share); // the worst holds
            }
        }
        Effect::Congest(components, regions, blocking) => {
            let crossings = components.iter().map(|component| component.id.clone());
            let regions = regions.iter().map(|region| Id::new(&format!("region:{region}")));
            for crossing in crossings.chain(regions) {
                let b = state.blocking.entry(crossing).or_insert(Millionths::ZERO);
                *b = either(*b, *blocking);
            }
        }
        Effect::Evacuate(sites) => state.closed.extend(sites.iter().cloned()),
        Effect::Absent(groups, share) => {
            for group in groups {
                let away = state.absent.entry(group.clone()).or_insert(Millionths::ZERO);
                *away = (*away).max(*share);
            }
        }
        Effect::Surge(queues, times) => {
            for queue in queues {
                let demand = state.demand.entry(queue.clone()).or_insert(1000);
                *demand = (*demand).max(*times);
            }
        }
        Effect::Condition(condition) => {
            state.spoiled.insert(setting(condition));
        }
        Effect::Set(_) => {}
    }
}

/// Congestions combine as 1 − ∏(1 − b).
fn either(a: Millionths, b: Millionths) -> Millionths {
    let free = u64::from(1_000_000 - a.0) * u64::from(1_000_000 - b.0) / 1_000_000;
    Millionths(1_000_000 - u32::try_from(free).expect("at most a million"))
}

fn setting(condition: &Condition) -> Setting {
    match condition {
        Condition::RotateInternetAddresses => Setting::Addresses,
        Condition::PacBroken(id) => Setting::Pac(id.clone()),
        Condition::TurnInspected(id) => Setting::TurnClear(id.clone()),
        Condition::SplitToFull(id) => Setting::Split(id.clone()),
        Condition::UdpIdleShort(id) => Setting::UdpIdle(id.clone()),
    }
}

/// What begins, ends or runs out at a time.
pub(super) fn happens(
    bound: &Bound,
    problem: &Problem,
    shifts: &Shifts,
    start: WeekHour,
    at: Millis,
) -> Vec<String> {
    let mut all = Vec::new();
    for event in &bound.events {
        if event.at == at {
            all.push(event.text.clone());
        }
        if event.until == Some(at) {
            all.push(format!("end of: {}", event.text));
        }
    }
    let boundaries = boundaries(bound);
    for id in problem.reserves.keys() {
        let out = run_outs(bound, problem, id, &boundaries);
        let now = |(since, end): &(Millis, Millis)| {
            *end == at && end > since && still_dark(bound, problem, id, *since, at)
        };
        if out.iter().any(now) {
            all.push(format!("{id} is without power: its reserve has run out"));
        }
    }
    for (standby, since) in takeovers(bound, problem, &boundaries) {
        if since == at {
            all.push(format!("cloud region {standby} stands in"));
        }
    }
    if at.0 > 0 && shifts.change(start, bound.horizon).any(|change| change == at) {
        all.push("shifts change".to_owned());
    }
    all
}
