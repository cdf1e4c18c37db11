//! How long it takes to compile a plan and to assess one state, rung by rung.
//!
//! Estimate before measuring: `bank` has about 600 ways of six legs; walking a
//! leg allocates a few dozen small vectors, so some 10^5 allocations, 10 to
//! 50 ms to compile. A state evaluates 1,600 gates (2 µs) and looks at every way
//! once (100 µs); a linear program of 40 rows takes 1 to 10 ms a stage.
//!
//! Run it with `cargo bench -p outlast-engine`; the results of one machine are
//! in `docs/measurements.md`, as ratios.

use divan::{Bencher, black_box};
use outlast_engine::{Held, Problem, Scope, State, Steering, assess, compile};
use outlast_models::diagnostic::Sources;
use outlast_models::pac::PacAnswers;
use outlast_models::units::WeekHour;
use outlast_models::{Id, Plan, read};
use outlast_scenarios::plan_sample;

fn main() {
    divan::main();
}

fn bank() -> Plan {
    let sample = plan_sample("bank").expect("the bank is shipped");
    let mut sources = Sources::default();
    let file = sources.add("plan.yaml", sample.plan());
    let mut load = |path: &str| sample.file(path).map(str::to_owned).ok_or_else(String::new);
    read::plan(&mut sources, file, &mut load).expect("the bank is valid")
}

struct Case {
    problem: Problem,
    state: State,
    held: Held,
}

fn case(failed: &[&str]) -> Case {
    let problem = compile(&bank(), &PacAnswers::default());
    let mut state = State::normal(WeekHour(10));
    let (held, _) = assess::normal(&problem, &state);
    state.failed = failed.iter().map(|id| Id::new(id)).collect();
    Case { problem, state, held }
}

#[divan::bench]
fn compile_bank(bencher: Bencher<'_, '_>) {
    let plan = bank();
    bencher.bench_local(|| compile(black_box(&plan), &PacAnswers::default()));
}

fn run(bencher: Bencher<'_, '_>, failed: &[&str], steering: Steering) {
    let case = case(failed);
    bencher.bench_local(|| {
        assess(&case.problem, black_box(&case.state), &case.held, Scope::Moved, steering)
    });
}

/// Nothing failed, left alone: no solving.
#[divan::bench]
fn normal_left_alone(bencher: Bencher<'_, '_>) {
    run(bencher, &[], Steering::LeftAlone);
}

/// Nothing failed, directed: the first rung, everybody on his first way.
#[divan::bench]
fn normal_first_rung(bencher: Bencher<'_, '_>) {
    run(bencher, &[], Steering::Directed);
}

/// A private network lost, left alone.
#[divan::bench]
fn network_lost_left_alone(bencher: Bencher<'_, '_>) {
    run(bencher, &["mpls-atlas"], Steering::LeftAlone);
}

/// A private network lost, directed: up to the linear program.
#[divan::bench]
fn network_lost_directed(bencher: Bencher<'_, '_>) {
    run(bencher, &["mpls-atlas"], Steering::Directed);
}

/// An office and its data center lost, directed: seats, sessions and circuits.
#[divan::bench]
fn offices_lost_directed(bencher: Bencher<'_, '_>) {
    run(bencher, &["leeds", "bristol", "mpls-borealis"], Steering::Directed);
}

/// The proof on both sides: prices and the fluid optimum for every objective.
#[divan::bench]
fn attainability(bencher: Bencher<'_, '_>) {
    let case = case(&["leeds", "bristol", "mpls-borealis"]);
    bencher.bench_local(|| assess::attainable(&case.problem, black_box(&case.state), &case.held));
}
