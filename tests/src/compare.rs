//! The engine against the independent reference, state by state.

pub mod figures;
pub mod judge;

use std::collections::{BTreeMap, BTreeSet};

use outlast_engine::input::Setting;
use outlast_engine::{Held, Outcome, Problem, Scope, State, Steering, assess};
use outlast_models::pac::PacAnswers;
use outlast_models::units::{Millionths, WeekHour};
use outlast_models::{Id, Plan};
use outlast_reference::{Failure, Judgement, Opinion, Way, WayState};

use figures::Figures;
use judge::Judge;

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

/// What a way is called on both sides; the last are the words that tell its people
/// from others of their group.
type Name = (String, String, String, Option<String>, bool, Option<String>, Vec<String>);

/// The words by which both sides tell the people of each group apart. One may draw
/// where no way that is ever live depends on it; that makes no difference.
type Told = BTreeMap<String, BTreeSet<String>>;

fn told_by_both(ours: &[Name], theirs: &[Name]) -> Told {
    let told = |names: &[Name]| {
        let mut told = Told::new();
        for name in names {
            told.entry(name.0.clone()).or_default().extend(name.6.iter().cloned());
        }
        told
    };
    let mut both = told(ours);
    let theirs = told(theirs);
    for (group, words) in &mut both {
        words.retain(|word| theirs.get(group).is_some_and(|theirs| theirs.contains(word)));
    }
    both
}

fn as_told(mut name: Name, told: &Told) -> Name {
    name.6.retain(|word| told.get(&name.0).is_some_and(|words| words.contains(word)));
    name
}

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

/// Whether a phone may ring at this mobile operator.
fn rings_at(plan: &Plan, phone: &Id, operator: &Id) -> bool {
    let ends = |id: &Id| operator.as_str().ends_with(&format!(".{id}"));
    plan.phones[phone].operators.value.iter().any(|(named, _)| ends(&named.id))
}

/// At which of his operators somebody's phone rings: they are told in the order of
/// the phones' ids, each that rings in his pocket once.
fn operator_of<'a>(plan: &Plan, group: &Id, phone: &Id, operators: &[&'a Id]) -> Option<&'a Id> {
    let own = &plan.groups[group].phones;
    let is_own = |id: &Id| own.iter().any(|named| named.id == *id);
    let pockets = plan.phones.iter().filter(|(id, phone)| phone.rings_in_pocket() && is_own(id));
    let mut pockets: Vec<&Id> = pockets.map(|(id, _)| id).collect();
    pockets.sort();
    let fits = pockets.len() == operators.len()
        && pockets.iter().zip(operators).all(|(phone, operator)| rings_at(plan, phone, operator));
    assert!(fits, "{operators:?} are no operators of {pockets:?}");
    let at = pockets.iter().position(|id| *id == phone)?;
    operators.get(at).copied()
}

fn names(plan: &Plan, problem: &Problem) -> Vec<Name> {
    let name = |way: &outlast_engine::problem::Way| {
        let cohort = &problem.cohorts[way.cohort];
        let key = &way.key;
        let place = if key.stated { String::new() } else { key.place.to_string() };
        let (operators, others): (Vec<&Id>, Vec<&Id>) =
            cohort.detail.iter().partition(|id| id.as_str().starts_with("mobile."));
        let phone = key.phone.as_ref();
        let operator = phone.and_then(|id| operator_of(plan, &cohort.group, id, &operators));
        let detail = others.into_iter().chain(operator);
        let mut detail: Vec<String> = detail.map(ToString::to_string).collect();
        detail.sort();
        detail.dedup();
        let text = |id: &Option<Id>| id.as_ref().map(ToString::to_string);
        let (access, group) = (key.access.to_string(), cohort.group.to_string());
        (group, place, access, text(&key.phone), key.direct, text(&key.pac), detail)
    };
    problem.ways.iter().map(name).collect()
}

/// The same, with the regions that stand in for others.
pub fn state_of(plan: &Plan, failure: &Failure) -> State {
    let mut state = state(failure);
    for (id, region) in &plan.cloud.regions {
        if let Some(standby) = region.standby.value.as_ref().filter(|_| state.has_failed(id)) {
            state.stands_in.insert(standby.id.clone());
        }
    }
    state
}

/// One plan for both engines: what is the same in every state is found once.
pub struct Comparison<'a> {
    plan: &'a Plan,
    problem: &'a Problem,
    opinion: Opinion<'a>,
    names: Vec<Name>,
    told: Told,
    held: Held,
    normal: Outcome,
}

/// One state of it.
struct Case<'a> {
    of: &'a Comparison<'a>,
    state: State,
    theirs: Judgement<'a>,
}

impl<'a> Comparison<'a> {
    /// An engine's problem beside the plan that it should have come from.
    pub fn new(plan: &'a Plan, problem: &'a Problem, answers: &'a PacAnswers) -> Self {
        let (held, normal) = assess::normal(problem, &State::normal(WeekHour(0)));
        let opinion = Opinion::new(plan, answers);
        let (ours, nothing) = (names(plan, problem), Failure::default());
        let theirs: Vec<Name> = opinion.of(&nothing).ways().map(name_of).collect();
        let told = told_by_both(&ours, &theirs);
        let names = ours.into_iter().map(|name| as_told(name, &told)).collect();
        Self { plan, problem, opinion, names, told, held, normal }
    }

    fn case(&'a self, failure: &'a Failure) -> Case<'a> {
        let (state, theirs) = (state_of(self.plan, failure), self.opinion.of(failure));
        Case { of: self, state, theirs }
    }

    /// Differences in one state, one line each.
    pub fn differences(&self, failure: &Failure) -> Vec<String> {
        let case = self.case(failure);
        let mut found = compare_ways(&case);
        if found.is_empty() {
            found.extend(compare_directed(&case));
            found.extend(judge_both(&case));
        }
        found
    }

    /// Compares the allocation only, not the ways.
    pub fn directed_differences(&self, failure: &Failure) -> Vec<String> {
        compare_directed(&self.case(failure))
    }

    /// Judges allocations only, of a state directed and left alone.
    pub fn judgements(&self, failure: &Failure) -> Vec<String> {
        judge_both(&self.case(failure))
    }
}

/// Judges what the engine makes of a state left alone, from where people are
/// normally, and directed.
fn judge_both(case: &Case<'_>) -> Vec<String> {
    let Case { of, state, theirs } = case;
    let room = theirs.room();
    let judge = Judge::new(of, &room);
    let run = |steering| assess(of.problem, state, &of.held, Scope::Moved, steering);
    let (alone, directed) = (run(Steering::LeftAlone), run(Steering::Directed));
    let mut found = judge.faults(&alone, Steering::LeftAlone);
    found.extend(judge.moved_away(&of.normal, &alone));
    let mut found: Vec<String> = found.iter().map(|fault| format!("left alone: {fault}")).collect();
    let faults = judge.faults(&directed, Steering::Directed);
    found.extend(faults.iter().map(|fault| format!("directed: {fault}")));
    found.extend(direction_lowers(of.problem, state, &alone, &directed));
    found
}

/// Left alone is never better than directed, level by level.
fn direction_lowers(
    problem: &Problem,
    state: &State,
    alone: &Outcome,
    directed: &Outcome,
) -> Option<String> {
    let figures = |outcome| Figures::planned(problem, state, outcome);
    let (alone, best) = (figures(alone)?, figures(directed)?);
    let fault = within(&alone, &best, u64::MAX)?;
    (directed.gap == 0).then(|| format!("left alone {fault}: {alone:?}, directed {best:?}"))
}

fn compare_ways(case: &Case<'_>) -> Vec<String> {
    let mut ours: BTreeMap<&Name, bool> = BTreeMap::new();
    for (name, live) in case.of.names.iter().zip(assess::live_ways(case.of.problem, &case.state)) {
        *ours.entry(name).or_default() |= live;
    }
    let theirs = case.theirs.ways();
    let theirs = theirs.map(|way| (as_told(name_of(way), &case.of.told), &way.state));
    let mut found = Vec::new();
    let mut known: BTreeSet<Name> = BTreeSet::new();
    for (name, state) in theirs {
        let live = *state == WayState::Live;
        match ours.get(&name) {
            None if live => found.push(format!("the engine lacks {name:?}")),
            Some(here) if *here != live => {
                found.push(format!("{name:?}: engine {here}, reference {state:?}"));
            }
            None | Some(_) => {}
        }
        known.insert(name);
    }
    for (name, _) in ours.iter().filter(|(name, live)| **live && !known.contains(**name)) {
        found.push(format!("the reference lacks {name:?}"));
    }
    found
}

/// Agents up to whom an allocation must be exact.
const FEW: u64 = 30;

/// What the reference says of every objective, class, all, and the effective: in
/// their order the engine is never above, below by at most the reported gap, and that is nought
/// for few.
fn compare_directed(case: &Case<'_>) -> Vec<String> {
    let (problem, state) = (case.of.problem, &case.state);
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
    let Some(best) = case.theirs.directed().filter(|best| best.exact) else {
        return found;
    };
    let best = Figures {
        counted: best.counted_by_priority,
        classes: best.by_priority,
        working: best.working,
        effective: best.effective,
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
    let effective = (ours.effective, best.effective);
    let (ours, best) = (ours.in_order(), best.in_order());
    let whole = ours.iter().zip(&best).find(|(ours, best)| ours != best);
    let Some((ours, best)) = whole else { return effective_within(effective, gap) };
    match best.checked_sub(*ours) {
        None => Some("above the best"),
        Some(short) if short > gap => Some("below the best by more than the gap"),
        Some(_) => None,
    }
}

/// The same of effective agents in millionths, where everything before is equal.
fn effective_within((ours, best): (u64, u64), gap: u64) -> Option<&'static str> {
    match best.checked_sub(ours) {
        None => Some("more effective than the best"),
        Some(short) if short > gap.saturating_mul(figures::WHOLE) => {
            Some("less effective than the best by more than the gap")
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(counted: u64, class: u64, working: u64) -> Figures {
        let of = |n| BTreeMap::from([(1, n)]);
        Figures { counted: of(counted), classes: of(class), working, effective: 0 }
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
        let effective = |effective| Figures { effective, ..figures(5, 7, 9) };
        let more = |ours, best, gap| within(&effective(ours), &effective(best), gap);
        assert_eq!(more(8_000_001, 8_000_000, 1), Some("more effective than the best"));
        let less = Some("less effective than the best by more than the gap");
        assert_eq!((more(7_999_999, 8_000_000, 0), more(7_000_000, 8_000_000, 1)), (less, None));
        let other = Figures { counted: BTreeMap::new(), ..figures(0, 7, 9) };
        assert_eq!(fault(other, 9), Some("other objectives or classes"));
    }
}
