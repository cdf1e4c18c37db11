//! The engine against the independent reference, state by state.

pub mod figures;

use std::collections::BTreeMap;

use outlast_engine::input::Setting;
use outlast_engine::{Held, Problem, Scope, State, Steering, assess};
use outlast_models::catalogue::PhoneKind;
use outlast_models::pac::PacAnswers;
use outlast_models::plan::{OffSite, Rings};
use outlast_models::units::{Millionths, WeekHour};
use outlast_models::{Id, Plan};
use outlast_reference::{Failure, Way, WayState, directed, ways};

use figures::Figures;

/// The engine's state for a reference's failure.
pub fn state(failure: &Failure) -> State {
    let ids = |set: &std::collections::BTreeSet<String>| set.iter().map(|id| Id::new(id)).collect();
    let mut state = State::normal(WeekHour(0));
    state.fail(failure.failed.iter().map(|id| Id::new(id)));
    state.closed = ids(&failure.evacuated);
    state.exhausted = ids(&failure.unpowered);
    let millionths = |(id, n): (&String, &u32)| (Id::new(id), Millionths(*n));
    state.shares = failure.shares.iter().map(millionths).collect();
    state.blocking = failure.blocking.iter().map(millionths).collect();
    if failure.rotated {
        state.spoiled.insert(Setting::Addresses);
    }
    let mut spoil = |set: &std::collections::BTreeSet<String>, make: fn(Id) -> Setting| {
        state.spoiled.extend(set.iter().map(|id| make(Id::new(id))));
    };
    spoil(&failure.pac_broken, Setting::Pac);
    spoil(&failure.turn_inspected, Setting::TurnClear);
    spoil(&failure.split_to_full, Setting::Split);
    spoil(&failure.udp_idle_short, Setting::UdpIdle);
    state
}

/// What a way is called on both sides.
type Name = (String, String, String, Option<String>, bool, Option<String>, Vec<String>);

fn name_of(way: &Way) -> Name {
    let access = match &way.vpn {
        Some(vpn) if *vpn != way.access => format!("{}+{vpn}", way.access),
        _ => way.access.clone(),
    };
    let mut detail = way.isps.clone();
    detail.extend(way.operator.clone());
    // The last of an order follows from the others.
    detail.extend(way.draws.values().map(|order| order[..order.len() - 1].join(" then ")));
    detail.sort();
    detail.dedup();
    let place = way.place.clone();
    (way.group.clone(), place, access, way.phone.clone(), way.direct, way.pac.clone(), detail)
}

/// Whether a way's phone rings at this mobile operator.
fn is_operator(plan: &Plan, phone: Option<&Id>, operator: &Id) -> bool {
    let Some(phone) = phone.map(|id| &plan.phones[id]) else { return false };
    let ends = |id: &Id| operator.as_str().ends_with(&format!(".{id}"));
    if !phone.operators.value.iter().any(|(named, _)| ends(&named.id)) {
        return false;
    }
    match phone.kind {
        PhoneKind::Pstn => phone.rings.value == Rings::Mobile,
        PhoneKind::Pbx => phone.off_site.value == OffSite::ForwardToMobile,
        _ => false,
    }
}

fn names(plan: &Plan, problem: &Problem) -> Vec<Name> {
    problem
        .ways
        .iter()
        .map(|way| {
            let cohort = &problem.cohorts[way.cohort];
            let key = &way.key;
            let place = if key.stated { String::new() } else { key.place.to_string() };
            let kept = |id: &&Id| {
                !id.as_str().starts_with("mobile.") || is_operator(plan, key.phone.as_ref(), id)
            };
            let detail = cohort.detail.iter().filter(kept);
            let mut detail: Vec<String> = detail.map(ToString::to_string).collect();
            detail.sort();
            detail.dedup();
            let text = |id: &Option<Id>| id.as_ref().map(ToString::to_string);
            let access = key.access.to_string();
            let group = cohort.group.to_string();
            (group, place, access, text(&key.phone), key.direct, text(&key.pac), detail)
        })
        .collect()
}

/// The same, with the regions that stand in for others.
fn state_of(plan: &Plan, failure: &Failure) -> State {
    let mut state = state(failure);
    for (id, region) in &plan.cloud.regions {
        if let Some(standby) = region.standby.value.as_ref().filter(|_| state.has_failed(id)) {
            state.stands_in.insert(standby.id.clone());
        }
    }
    state
}

/// Differences between engine and reference in one state, one line each.
pub fn differences(
    plan: &Plan,
    problem: &Problem,
    answers: &PacAnswers,
    failure: &Failure,
) -> Vec<String> {
    let state = state_of(plan, failure);
    let mut found = compare_ways(plan, problem, answers, failure, &state);
    if found.is_empty() {
        found.extend(compare_directed(plan, problem, answers, failure, &state));
    }
    found
}

fn compare_ways(
    plan: &Plan,
    problem: &Problem,
    answers: &PacAnswers,
    failure: &Failure,
    state: &State,
) -> Vec<String> {
    let mut ours: BTreeMap<Name, bool> = BTreeMap::new();
    for (name, live) in names(plan, problem).into_iter().zip(assess::live_ways(problem, state)) {
        *ours.entry(name).or_default() |= live;
    }
    let mut theirs: BTreeMap<Name, (bool, String)> = BTreeMap::new();
    for way in ways(plan, answers, failure) {
        let live = way.state == WayState::Live;
        let text = format!("{:?}", way.state);
        theirs.insert(name_of(&way), (live, text));
    }
    let mut found = Vec::new();
    for (name, (live, text)) in &theirs {
        match ours.get(name) {
            None if *live => found.push(format!("the engine lacks {name:?}")),
            Some(here) if here != live => {
                found.push(format!("{name:?}: engine {here}, reference {text}"));
            }
            None | Some(_) => {}
        }
    }
    for (name, _) in ours.iter().filter(|(name, live)| **live && !theirs.contains_key(*name)) {
        found.push(format!("the reference lacks {name:?}"));
    }
    found
}

/// Agents up to whom an allocation must be exact.
const FEW: u64 = 30;

/// Compares the allocation only, not the ways.
pub fn directed_differences(
    plan: &Plan,
    problem: &Problem,
    answers: &PacAnswers,
    failure: &Failure,
) -> Vec<String> {
    compare_directed(plan, problem, answers, failure, &state_of(plan, failure))
}

/// What the reference says of every objective, class and all: in their order the
/// engine is never above, below by at most the reported gap, and that is nought
/// for few.
fn compare_directed(
    plan: &Plan,
    problem: &Problem,
    answers: &PacAnswers,
    failure: &Failure,
    state: &State,
) -> Vec<String> {
    let held = Held::default();
    let ours = assess(problem, state, &held, Scope::Moved, Steering::Directed);
    let mut found = Vec::new();
    if ours.gap > 0 && ours.count(|_| true) <= FEW {
        found.push(format!("a gap of {} with few agents", ours.gap));
    }
    let (said, counted) = (figures::said(problem, &ours), Figures::reported(problem, &ours));
    if let Some(again) = counted.filter(|again| again.counted != said) {
        found.push(format!("{said:?} are said to count, {:?} do", again.counted));
    }
    let Some(best) = directed(plan, answers, failure).filter(|best| best.exact) else {
        return found;
    };
    let best = Figures {
        counted: best.counted_by_priority,
        classes: best.by_priority,
        working: best.working,
    };
    let Some(planned) = Figures::planned(problem, state, &ours) else { return found };
    if let Some(fault) = within(&planned, &best, ours.gap) {
        found.push(format!("{fault}: engine {planned:?}, reference {best:?}, gap {}", ours.gap));
    }
    found
}

/// What is wrong with figures beside the best and the gap, if anything.
fn within(ours: &Figures, best: &Figures, gap: u64) -> Option<&'static str> {
    if !ours.counted.keys().eq(best.counted.keys()) || !ours.classes.keys().eq(best.classes.keys())
    {
        return Some("other objectives or classes");
    }
    let (ours, best) = (ours.in_order(), best.in_order());
    let (ours, best) = ours.iter().zip(&best).find(|(ours, best)| ours != best)?;
    match best.checked_sub(*ours) {
        None => Some("above the best"),
        Some(short) if short > gap => Some("below the best by more than the gap"),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(counted: u64, class: u64, working: u64) -> Figures {
        let of = |n| BTreeMap::from([(1, n)]);
        Figures { counted: of(counted), classes: of(class), working }
    }

    #[test]
    fn the_first_figure_that_differs_decides() {
        let best = figures(5, 7, 9);
        let fault = |ours: Figures, gap| within(&ours, &best, gap);
        assert_eq!(fault(figures(5, 7, 9), 0), None);
        assert_eq!(fault(figures(6, 0, 0), 0), Some("above the best"));
        assert_eq!(fault(figures(5, 8, 8), 9), Some("above the best"));
        let below = Some("below the best by more than the gap");
        assert_eq!(fault(figures(4, 9, 9), 0), below);
        assert_eq!(fault(figures(5, 5, 9), 1), below);
        assert_eq!(fault(figures(4, 1, 1), 1), None);
        let other = Figures { counted: BTreeMap::new(), ..figures(0, 7, 9) };
        assert_eq!(fault(other, 9), Some("other objectives or classes"));
    }
}
