//! The engine against the independent reference, state by state.

use std::collections::BTreeMap;

use outlast_engine::input::Setting;
use outlast_engine::{Held, Problem, Scope, State, Steering, assess};
use outlast_models::catalogue::PhoneKind;
use outlast_models::pac::PacAnswers;
use outlast_models::plan::{OffSite, Rings};
use outlast_models::units::{Millionths, WeekHour};
use outlast_models::{Id, Plan};
use outlast_reference::{Failure, Way, WayState, directed, ways};

/// The engine's state for a reference's failure.
pub fn state(failure: &Failure) -> State {
    let ids = |set: &std::collections::BTreeSet<String>| set.iter().map(|id| Id::new(id)).collect();
    let mut state = State::normal(WeekHour(0));
    state.failed = ids(&failure.failed);
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
        PhoneKind::Pbx => phone.off_site == OffSite::ForwardToMobile,
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

/// Differences between engine and reference in one state, one line each.
pub fn differences(
    plan: &Plan,
    problem: &Problem,
    answers: &PacAnswers,
    failure: &Failure,
) -> Vec<String> {
    let mut state = state(failure);
    for (id, region) in &plan.cloud.regions {
        if let Some(standby) = region.standby.as_ref().filter(|_| state.failed.contains(id)) {
            state.stands_in.insert(standby.id.clone());
        }
    }
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

/// Never above; below by at most the reported gap; the gap nought for few.
fn compare_directed(
    plan: &Plan,
    problem: &Problem,
    answers: &PacAnswers,
    failure: &Failure,
    state: &State,
) -> Vec<String> {
    let Some(best) = directed(plan, answers, failure).filter(|best| best.exact) else {
        return Vec::new();
    };
    let held = Held::default();
    let ours = assess(problem, state, &held, Scope::Moved, Steering::Directed);
    let classes: Vec<(u32, u64)> = best
        .by_priority
        .keys()
        .map(|class| {
            let of = |cohort: usize| problem.cohorts[cohort].priority == *class;
            let working = |e: &outlast_engine::outcome::Entry| {
                of(e.cohort) && matches!(e.disposition, outlast_engine::Disposition::Working { .. })
            };
            (*class, ours.sum(working))
        })
        .collect();
    let expected: Vec<(u32, u64)> = best.by_priority.iter().map(|(c, n)| (*c, *n)).collect();
    let mut found = Vec::new();
    if ours.gap > 0 && ours.sum(|_| true) <= 30 {
        found.push(format!("a gap of {} with few agents", ours.gap));
    }
    if ours.gap == 0 && classes != expected {
        found.push(format!(
            "engine {classes:?}, reference {expected:?} counted {:?} engine {:?}",
            best.counted, ours.objectives
        ));
    }
    if ours.working() > best.working && best.by_priority.len() == 1 && problem.objectives.is_empty()
    {
        found.push(format!("engine {} above the best {}", ours.working(), best.working));
    }
    found
}
