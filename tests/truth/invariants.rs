//! What must always hold (engine, *Guarantees*), on random plans and states.

use outlast_engine::outcome::Entry;
use outlast_engine::{
    Disposition, Held, Outcome, Problem, Scope, State, Steering, assess, compile,
};
use outlast_models::units::{Millionths, WeekHour};
use outlast_reference::{Failure, failures, random_case};
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

fn is_working(entry: &Entry) -> bool {
    matches!(entry.disposition, Disposition::Working { .. })
}

/// Working agents by class, highest first.
fn vector(problem: &Problem, outcome: &Outcome) -> Vec<u64> {
    let mut classes: Vec<u32> = problem.cohorts.iter().map(|c| c.priority).collect();
    classes.sort_unstable();
    classes.dedup();
    let of =
        |class: u32| outcome.sum(|e| is_working(e) && problem.cohorts[e.cohort].priority == class);
    classes.into_iter().map(of).collect()
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
            }
        }
    });
}

#[test]
fn what_refuses_is_never_overloaded() {
    each(12, |problem, state, name| {
        for steering in [Steering::LeftAlone, Steering::Directed] {
            let outcome = assess(problem, state, &held(problem), Scope::Moved, steering);
            for one in &outcome.uses {
                let resource = problem.resources.get(one.resource.index());
                let refuses = resource.is_none_or(|resource| resource.refuses);
                let over = one.capacity.is_some_and(|capacity| one.used > capacity);
                let bad = over && (refuses || steering == Steering::Directed);
                assert!(!bad, "{name} {steering:?} {resource:?} {one:?}");
            }
        }
    });
}

#[test]
fn wider_scopes_never_lower_the_directed_vector() {
    each(12, |problem, state, name| {
        if !problem.objectives.is_empty() {
            return; // objectives come before classes
        }
        let held = held(problem);
        let run = |scope| assess(problem, state, &held, scope, Steering::Directed);
        let outcomes: Vec<Outcome> =
            [Scope::Untouched, Scope::Settled, Scope::Moved].into_iter().map(run).collect();
        if outcomes.iter().any(|outcome| outcome.gap > 0) {
            return;
        }
        let vectors: Vec<Vec<u64>> = outcomes.iter().map(|o| vector(problem, o)).collect();
        assert!(vectors.is_sorted(), "{name}: {vectors:?}");
    });
}

#[test]
fn direction_never_lowers_the_vector() {
    each(12, |problem, state, name| {
        if !problem.objectives.is_empty() {
            return;
        }
        let run = |steering| assess(problem, state, &held(problem), Scope::Moved, steering);
        let (alone, directed) = (run(Steering::LeftAlone), run(Steering::Directed));
        if directed.gap == 0 {
            let (a, d) = (vector(problem, &alone), vector(problem, &directed));
            assert!(d >= a, "{name}: left alone {a:?}, directed {d:?}");
        }
    });
}

#[test]
fn less_capacity_never_raises_the_directed_vector() {
    each(6, |problem, state, name| {
        if !problem.objectives.is_empty() {
            return;
        }
        let before = assess(problem, state, &held(problem), Scope::Moved, Steering::Directed);
        let mut less = state.clone();
        for resource in &problem.resources {
            let share = Millionths(less.shares.get(resource.key.id()).map_or(500_000, |s| s.0 / 2));
            less.shares.insert(resource.key.id().clone(), share);
        }
        // Degrading counts as stress: compare at the same occupancy.
        let mut same = state.clone();
        same.changed_settings = true;
        let same = assess(problem, &same, &held(problem), Scope::Moved, Steering::Directed);
        let after = assess(problem, &less, &held(problem), Scope::Moved, Steering::Directed);
        if before.gap + same.gap + after.gap == 0 {
            let (b, a) = (vector(problem, &same), vector(problem, &after));
            assert!(a <= b, "{name}: {b:?} became {a:?}");
        }
    });
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
            two.failed.extend(state(&pair[1]).failed);
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

/// Vectors of a state and of a worse one, every route steered; `None` where
/// objectives come before classes or a gap is left.
fn steered(problem: &Problem, states: [&State; 2]) -> Option<[Vec<u64>; 2]> {
    if !problem.objectives.is_empty() {
        return None;
    }
    let held = held(problem);
    let [one, two] = states.map(|state| {
        let state = State { steered: true, changed_settings: true, ..state.clone() };
        assess(problem, &state, &held, Scope::Moved, Steering::Directed)
    });
    (one.gap + two.gap == 0).then(|| [vector(problem, &one), vector(problem, &two)])
}

#[test]
fn a_further_failure_never_raises_the_steered_vector() {
    let mut compared = 0;
    for seed in SEEDS {
        let (text, files, answers) = random_case(seed);
        let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
        let plan = plan_with(&text, &mut load).unwrap();
        let problem = compile(&plan, &answers);
        for pair in failures(&plan, seed, 14).windows(2) {
            let one = state(&pair[0]);
            let mut two = one.clone();
            two.failed.extend(state(&pair[1]).failed);
            let Some([before, after]) = steered(&problem, [&one, &two]) else { continue };
            compared += 1;
            assert!(after <= before, "seed {seed} {pair:?}: {before:?} became {after:?}");
        }
    }
    assert!(compared > 50, "only {compared} states were compared");
}

#[test]
fn a_change_that_adds_never_lowers_the_steered_vector() {
    let mut compared = 0;
    each(8, |problem, state, name| {
        for change in problem.changes().into_iter().filter(|change| !change.switches()) {
            let mut with = state.clone();
            with.changes.insert(change.clone());
            let Some([before, after]) = steered(problem, [state, &with]) else { continue };
            compared += 1;
            assert!(after >= before, "{name} {change:?}: {before:?} became {after:?}");
        }
    });
    assert!(compared > 50, "only {compared} changes were compared");
}

#[test]
fn the_order_of_groups_changes_no_count_of_a_class() {
    change_nothing(turn_groups);
}

#[test]
fn the_names_of_groups_change_no_count_of_a_class() {
    change_nothing(rename_groups);
}

fn change_nothing(rewrite: fn(&str) -> Option<String>) {
    for seed in SEEDS {
        let (text, files, answers) = random_case(seed);
        let Some(turned) = rewrite(&text) else { continue };
        let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
        let one = plan_with(&text, &mut load).unwrap();
        let two = plan_with(&turned, &mut load).unwrap();
        let (one_problem, two_problem) = (compile(&one, &answers), compile(&two, &answers));
        for failure in failures(&one, seed, 6) {
            let run = |problem: &Problem| {
                let held = Held::default();
                assess(problem, &state(&failure), &held, Scope::Moved, Steering::Directed)
            };
            let (a, b) = (run(&one_problem), run(&two_problem));
            if a.gap + b.gap == 0 {
                assert_eq!(
                    vector(&one_problem, &a),
                    vector(&two_problem, &b),
                    "seed {seed} {failure:?}"
                );
            }
        }
    }
}

/// The same plan with names of groups that sort the other way round.
fn rename_groups(text: &str) -> Option<String> {
    let at = text.find("\ngroups:\n")? + "\ngroups:\n".len();
    let (head, groups) = text.split_at(at);
    let is_name = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    let mut names: Vec<&str> =
        groups.lines().filter(is_name).filter_map(|line| line.trim().split(':').next()).collect();
    names.sort_unstable();
    let renamed = names.iter().enumerate().fold(groups.to_owned(), |groups, (n, name)| {
        let new = format!("g{:02}", 99 - n);
        groups
            .replace(&format!("  {name}:"), &format!("  {new}:"))
            .replace(&format!("like: {name}"), &format!("like: {new}"))
    });
    Some(format!("{head}{renamed}"))
}

/// The same plan with its groups in the opposite order.
fn turn_groups(text: &str) -> Option<String> {
    let at = text.find("\ngroups:\n")? + "\ngroups:\n".len();
    let (head, groups) = text.split_at(at);
    let mut blocks: Vec<String> = Vec::new();
    for line in groups.lines() {
        if line.starts_with("  ") && !line.starts_with("   ") {
            blocks.push(String::new());
        }
        let block = blocks.last_mut()?;
        block.push_str(line);
        block.push('\n');
    }
    if groups.contains("like:") {
        return None;
    }
    blocks.reverse();
    Some(format!("{head}{}", blocks.concat()))
}
