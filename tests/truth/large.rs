//! Large plans from a seed are plans of a sound company.

use outlast_engine::{Problem, State, assess};
use outlast_models::units::WeekHour;
use outlast_tests::large;
use outlast_tests::small::problem;

fn compiled(seed: u64, size: u64) -> Problem {
    problem(&large::plan(seed, size)).unwrap_or_else(|faults| panic!("seed {seed}: {faults}"))
}

#[test]
fn everybody_works_with_nothing_failed() {
    for seed in [1, 2, 3] {
        let problem = compiled(seed, 1);
        let (_, normal) = assess::normal(&problem, &State::normal(WeekHour(0)));
        assert_eq!(normal.working(), 20_000, "seed {seed}");
    }
}

#[test]
fn a_plan_grows_with_its_size() {
    let (one, three) = (compiled(7, 1), compiled(7, 3));
    assert!((200..300).contains(&one.components.len()), "{}", one.components.len());
    assert_eq!(one.cohorts.len(), 60);
    assert_eq!(three.cohorts.len(), 180);
    assert_eq!(three.ways.len(), 3 * one.ways.len());
}

#[test]
fn the_same_seed_makes_the_same_plan() {
    assert_eq!(large::plan(1, 2), large::plan(1, 2));
    assert_ne!(large::plan(1, 1), large::plan(2, 1));
}
