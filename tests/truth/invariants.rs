//! What must always hold (engine, *Guarantees*), on random plans and states.

use std::collections::BTreeSet;

use outlast_engine::problem::Capacity;
use outlast_engine::{Held, Outcome, Problem, Scope, State, Steering, assess, compile};
use outlast_models::units::{Millionths, WeekHour};
use outlast_models::{Id, Plan};
use outlast_reference::{Failure, failures, random_case};
use outlast_tests::compare::figures::Figures;
use outlast_tests::compare::state;
use outlast_tests::small::plan_with;

const SEEDS: std::ops::Range<u64> = 5_000..5_060;

/// Runs a check on random plans and states.
fn each(states: usize, mut check: impl FnMut(&Problem, &State, &str)) {
    for seed in SEEDS {
        let (text, files, answers) = random_case(seed);
        let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
        let plan = plan_with(&text, &mut load).unwrap();
        let problem = compile(&plan, &answers);
        for failure in failures(&plan, seed, states) {
            check(&problem, &state(&failure), &format!("seed {seed} {failure:?}"));
        }
    }
}

fn held(problem: &Problem) -> Held {
    assess::normal(problem, &State::normal(WeekHour(0))).0
}

/// Agents counted towards the objectives by priority, then working agents by
/// class, highest first; `None` where it is not exact.
fn vector(problem: &Problem, state: &State, outcome: &Outcome) -> Option<Vec<u64>> {
    let figures = Figures::planned(problem, state, outcome)?;
    (outcome.gap == 0).then(|| figures.in_order())
}

/// The vector of the directed target where people have moved.
fn directed(problem: &Problem, state: &State) -> Option<Vec<u64>> {
    let outcome = assess(problem, state, &held(problem), Scope::Moved, Steering::Directed);
    vector(problem, state, &outcome)
}

#[test]
fn dispositions_sum_to_those_on_shift() {
    each(12, |problem, state, name| {
        let held = held(problem);
        let on_shift: u64 = problem
            .cohorts
            .iter()
            .filter(|cohort| cohort.counted)
            .map(|cohort| cohort.on_shift(WeekHour(0)))
            .sum();
        for scope in [Scope::Untouched, Scope::Settled, Scope::Moved] {
            for steering in [Steering::LeftAlone, Steering::Directed] {
                let outcome = assess(problem, state, &held, scope, steering);
                assert_eq!(outcome.sum(|_| true), on_shift, "{name} {scope:?} {steering:?}");
                let of_nobody = outcome.everybody().any(|entry| entry.agents == 0);
                assert!(!of_nobody, "{name} {scope:?} {steering:?} {outcome:?}");
            }
        }
        let keeping = assess::keeping(problem, state, &held);
        assert_eq!(keeping.sum(|_| true), on_shift, "{name} keeping");
    });
}

#[test]
fn what_refuses_is_never_overloaded() {
    each(12, |problem, state, name| {
        let held = held(problem);
        let run = |steering| assess(problem, state, &held, Scope::Moved, steering);
        let outcomes = [
            ("left alone", run(Steering::LeftAlone)),
            ("directed", run(Steering::Directed)),
            ("keeping", assess::keeping(problem, state, &held)),
        ];
        for (how, outcome) in outcomes {
            for one in &outcome.uses {
                let resource = problem.resources.get(one.resource.index());
                let refuses = resource.is_none_or(|resource| resource.refuses);
                let over = one.capacity.is_some_and(|capacity| one.used > capacity);
                let bad = over && (refuses || how != "left alone");
                assert!(!bad, "{name} {how} {resource:?} {one:?}");
            }
        }
    });
}

#[test]
fn wider_scopes_never_lower_the_directed_vector() {
    let mut compared = Compared::default();
    each(12, |problem, state, name| {
        let held = held(problem);
        let run = |scope| {
            let outcome = assess(problem, state, &held, scope, Steering::Directed);
            vector(problem, state, &outcome)
        };
        let scopes = [Scope::Untouched, Scope::Settled, Scope::Moved].into_iter().map(run);
        let Some(vectors) = scopes.collect::<Option<Vec<Vec<u64>>>>() else { return };
        compared.add(problem);
        assert!(vectors.is_sorted(), "{name}: {vectors:?}");
    });
    compared.assert_enough();
}

#[test]
fn direction_never_lowers_the_vector() {
    let mut compared = Compared::default();
    each(12, |problem, state, name| {
        let alone = assess(problem, state, &held(problem), Scope::Moved, Steering::LeftAlone);
        let (alone, directed) = (vector(problem, state, &alone), directed(problem, state));
        let (Some(alone), Some(directed)) = (alone, directed) else { return };
        compared.add(problem);
        assert!(directed >= alone, "{name}: left alone {alone:?}, directed {directed:?}");
    });
    compared.assert_enough();
}

#[test]
fn less_capacity_never_raises_the_directed_vector() {
    let mut compared = Compared::default();
    each(6, |problem, state, name| {
        // Degrading counts as stress: compare at the same occupancy.
        let state = State { changed_settings: true, ..state.clone() };
        let Some(before) = directed(problem, &state) else { return };
        let ids: BTreeSet<&Id> = problem.resources.iter().map(|one| one.key.id()).collect();
        let each = ids.iter().map(|id| vec![*id]);
        for list in each.chain([ids.iter().copied().collect()]) {
            let mut less = state.clone();
            for id in &list {
                let share = less.shares.get(*id).map_or(500_000, |share| share.0 / 2);
                less.shares.insert((*id).clone(), Millionths(share));
            }
            let Some(after) = directed(problem, &less) else { continue };
            compared.add(problem);
            assert!(after <= before, "{name}, half of {list:?}: {before:?} became {after:?}");
        }
    });
    compared.assert_enough();
}

#[test]
fn more_capacity_never_lowers_the_directed_vector() {
    let mut compared = Compared::default();
    each(6, |problem, state, name| {
        let Some(before) = directed(problem, state) else { return };
        for n in 0..problem.resources.len() {
            let mut roomy = problem.clone();
            double(&mut roomy.resources[n].capacity);
            // Where people are now is the same.
            let outcome = assess(&roomy, state, &held(problem), Scope::Moved, Steering::Directed);
            let Some(after) = vector(&roomy, state, &outcome) else { continue };
            compared.add(problem);
            let key = &problem.resources[n].key;
            assert!(after >= before, "{name}, twice {key:?}: {before:?} became {after:?}");
        }
    });
    compared.assert_enough();
}

fn double(capacity: &mut Capacity) {
    match capacity {
        Capacity::Unlimited => {}
        Capacity::Units(n) | Capacity::Bits(n) => *n *= 2,
        Capacity::Channels(members) => members.iter_mut().for_each(|member| member.1 *= 2),
        Capacity::Line { members, .. } => {
            members.iter_mut().filter_map(|member| member.bits.as_mut()).for_each(|n| *n *= 2);
        }
    }
}

/// How often something was compared, and how often with objectives in the vector.
#[derive(Default)]
struct Compared {
    all: usize,
    with_objectives: usize,
}

impl Compared {
    fn add(&mut self, problem: &Problem) {
        self.all += 1;
        self.with_objectives += usize::from(!problem.objectives.is_empty());
    }

    fn assert_enough(&self) {
        let Self { all, with_objectives } = *self;
        assert!(with_objectives > 50, "{all} compared, {with_objectives} with objectives");
    }
}

#[test]
fn a_further_failure_never_mends_attainability() {
    for seed in SEEDS {
        let (text, files, answers) = random_case(seed);
        let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
        let plan = plan_with(&text, &mut load).unwrap();
        let problem = compile(&plan, &answers);
        let held = held(&problem);
        let all = failures(&plan, seed, 14);
        for pair in all.windows(2) {
            let one = with_stress(&pair[0]);
            let mut two = one.clone();
            two.events.extend(state(&pair[1]).events);
            let before = assess::attainable(&problem, &one, &held);
            let after = assess::attainable(&problem, &two, &held);
            for (b, a) in before.iter().zip(&after) {
                assert!(b.is_yes() || !a.is_yes(), "seed {seed}: {:?} then {:?}", pair[0], pair[1]);
            }
        }
    }
}

/// Occupancy rises with the first failure: compare at the same.
fn with_stress(failure: &Failure) -> State {
    let mut state = state(failure);
    state.changed_settings = true;
    state
}

/// Vectors of two states, every route steered; `None` where one is not exact.
fn steered(problem: &Problem, states: [&State; 2]) -> Option<[Vec<u64>; 2]> {
    let [one, two] = states.map(|state| {
        let state = State { steered: true, changed_settings: true, ..state.clone() };
        directed(problem, &state)
    });
    Some([one?, two?])
}

#[test]
fn a_further_failure_never_raises_the_steered_vector() {
    let mut compared = Compared::default();
    for seed in SEEDS {
        let (text, files, answers) = random_case(seed);
        let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
        let plan = plan_with(&text, &mut load).unwrap();
        let problem = compile(&plan, &answers);
        for pair in failures(&plan, seed, 14).windows(2) {
            let one = state(&pair[0]);
            let mut two = one.clone();
            two.events.extend(state(&pair[1]).events);
            let Some([before, after]) = steered(&problem, [&one, &two]) else { continue };
            compared.add(&problem);
            assert!(after <= before, "seed {seed} {pair:?}: {before:?} became {after:?}");
        }
    }
    compared.assert_enough();
}

#[test]
fn a_change_that_adds_never_lowers_the_steered_vector() {
    let mut compared = Compared::default();
    each(8, |problem, state, name| {
        for change in problem.changes().into_iter().filter(|change| !change.switches()) {
            let mut with = state.clone();
            with.make(change.clone());
            let Some([before, after]) = steered(problem, [state, &with]) else { continue };
            compared.add(problem);
            assert!(after >= before, "{name} {change:?}: {before:?} became {after:?}");
        }
    });
    compared.assert_enough();
}

#[test]
fn a_policy_never_raises_the_directed_vector() {
    let (mut compared, mut lowered) = (Compared::default(), 0);
    for seed in SEEDS {
        let (text, files, answers) = random_case(seed);
        let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
        let plan = plan_with(&text, &mut load).unwrap();
        for policy in policies(&plan, seed) {
            let text = format!("{text}\npolicies: {{one: {{{policy}, reason: a test}}}}\n");
            let bound = compile(&plan_with(&text, &mut load).unwrap(), &answers);
            let free = compile(&plan, &answers);
            for failure in failures(&plan, seed, 4) {
                let state = state(&failure);
                let vectors = (directed(&free, &state), directed(&bound, &state));
                let (Some(before), Some(after)) = vectors else { continue };
                compared.add(&free);
                lowered += usize::from(after < before);
                let name = format!("seed {seed} {failure:?} {policy}");
                assert!(after <= before, "{name}: {before:?} became {after:?}");
            }
        }
    }
    compared.assert_enough();
    assert!(lowered > 50, "policies lowered {lowered} only");
}

/// Two policies for a plan: one of the plan's own names, one of the language's.
fn policies(plan: &Plan, seed: u64) -> [String; 2] {
    const KINDS: [&str; 7] = [
        "refuse: {place: homes}",
        "refuse: {machine: workstation, leg: applications}",
        "refuse: {access: internet}",
        "require: {machine: vdi}",
        "when: {leg: phone}, require: {over: private}",
        "refuse: {over: internet}",
        "require: {place: [office, data-center], phone: [sip-phone, webrtc-embedded]}",
    ];
    let nth = |len: usize| usize::try_from(seed).unwrap() % len;
    let circuit = plan.circuits.keys().nth(nth(plan.circuits.len().max(1)));
    let own = circuit.map_or_else(|| "internet".to_owned(), ToString::to_string);
    [format!("refuse: {{over: {own}}}"), KINDS[nth(KINDS.len())].to_owned()]
}
