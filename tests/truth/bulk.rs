//! Many states at once are what each is by itself.

use outlast_engine::assess::bulk::{Bulk, Effect, Standing};
use outlast_engine::assess::{Attainable, attainable};
use outlast_engine::failures::{Failures, Set, sets_of};
use outlast_engine::{Disposition, Held, Problem, Scope, State, Steering, assess};
use outlast_models::units::WeekHour;
use outlast_tests::many::Subject;

const HOUR: WeekHour = WeekHour(0);

/// Compares what bulk says of sets with what each state says by itself.
fn compare(problem: &Problem, failures: &Failures, sets: &[Set], name: &str) -> Compared {
    let bulk = Bulk::new(problem, failures, HOUR);
    let (held, _) = assess::normal(problem, &State::normal(HOUR));
    let mut compared = Compared::default();
    for (set, effect) in sets.iter().zip(bulk.effects(sets)) {
        let state = failures.state(problem, HOUR, set);
        let what = || format!("{name} {:?} {effect:?}", failures.taken(set));
        alone(problem, &state, &held, &effect, &what);
        compared.add(bulk.normal(), &effect);
    }
    compared
}

fn alone(
    problem: &Problem,
    state: &State,
    held: &Held,
    effect: &Effect,
    what: &dyn Fn() -> String,
) {
    let outcome = assess(problem, state, held, Scope::Moved, Steering::Directed);
    let differ = outcome.working().abs_diff(effect.working);
    assert!(differ <= outcome.gap.max(effect.gap), "{} but {}", what(), outcome.working());
    let by_itself = attainable(problem, state, held);
    for (n, (standing, alone)) in effect.objectives.iter().zip(by_itself).enumerate() {
        let alone = match alone {
            _ if outcome.objectives[n].is_met() => Standing::Attained,
            Attainable::Yes => Standing::Attained,
            Attainable::No { .. } => Standing::Missed,
            Attainable::Undecided => Standing::Open,
        };
        assert_eq!(*standing, alone, "objective {n}: {}", what());
    }
    let live = assess::live_ways(problem, &State { steered: true, ..state.clone() });
    for (n, cohort) in problem.cohorts.iter().enumerate() {
        let has_way = live[cohort.ways.clone()].iter().any(|live| *live);
        let is_out = cohort.on_shift(HOUR) > 0 && !has_way;
        assert_eq!(effect.out.contains(&(n as u32)), is_out, "cohort {n}: {}", what());
    }
    let working = |c: usize| -> u64 {
        let own = outcome.everybody().filter(|entry| entry.cohort == c);
        let works = own.filter(|entry| matches!(entry.disposition, Disposition::Working { .. }));
        works.map(|entry| entry.agents).sum()
    };
    let all: u64 =
        (0..problem.cohorts.len()).filter(|c| problem.cohorts[*c].counted).map(working).sum();
    assert_eq!(all, outcome.working());
}

/// How much a comparison has seen.
#[derive(Debug, Default)]
struct Compared {
    sets: usize,
    lose: usize,
    missed: usize,
    partly: usize,
}

impl Compared {
    fn add(&mut self, normal: &Effect, effect: &Effect) {
        self.sets += 1;
        self.lose += usize::from(effect.working < normal.working);
        self.partly += usize::from(effect.working < normal.working && effect.out.is_empty());
        self.missed += usize::from(effect.objectives != normal.objectives);
    }

    fn and(self, other: &Self) -> Self {
        Self {
            sets: self.sets + other.sets,
            lose: self.lose + other.lose,
            missed: self.missed + other.missed,
            partly: self.partly + other.partly,
        }
    }
}

#[test]
fn sets_of_random_plans_do_together_what_each_does_alone() {
    let mut all = Compared::default();
    for seed in 7_000..7_060 {
        let subject = Subject::of(seed);
        let failures = Failures::of_components(&subject.problem);
        let of = failures.all.len();
        let mut sets: Vec<Set> = (0..=1).flat_map(|order| sets_of(order, of)).collect();
        sets.extend(sets_of(2, of).step_by(7));
        sets.extend(sets_of(3, of).step_by(411));
        let name = format!("seed {seed}");
        all = all.and(&compare(&subject.problem, &failures, &sets, &name));
    }
    let enough = all.sets > 5_000 && all.lose > 500 && all.missed > 300 && all.partly > 50;
    assert!(enough, "{all:?}");
}
