//! How long it takes to compile a plan and to assess one state, rung by rung.
//!
//! Estimates before measuring, then what one machine said (two shared x86-64
//! cores; read them as ratios):
//!
//! | what | estimate | found |
//! |---|---|---|
//! | compile `bank`: 600 ways of six legs, some 10^5 small vectors | 10 to 50 ms | 96 ms |
//! | a state, left alone: 1,600 gates (2 µs), every way looked at once | 0.1 ms | 0.69 ms |
//! | first rung: the same, and what could bind | 0.2 ms | 1.1 ms |
//! | flow on `bank`: 12 crews, 20 columns, a few path costs at 10 µs | 0.1 ms more | 1.05 ms in all, 0.63 × linear |
//! | the same by linear programs: 5 stages of 0.1 ms | 0.5 ms more | 1.67 ms in all |
//! | flow, 100,000 agents: 100 crews, 200 columns, 3 path costs | 1 ms | 0.61 ms, 0.17 × linear |
//! | the same by linear programs: 130 rows, 2 stages | 10 ms | 3.6 ms |
//! | integers, 50 agents: 5 stages of a few nodes | 5 ms | 12 ms |
//! | the same by linear programs, rounding and exchanges | 2 ms | 0.85 ms |
//! | linear programs, `bank`: 85 columns, 7 rows, 7 stages | 1 to 10 ms a stage | 5.3 ms in all |
//!
//! Looking at every way, not the gates, is what a state left alone costs. Few
//! agents are solved as integers although linear programs are quicker: only
//! integers prove the stages after the classes.
//!
//! Run it with `cargo bench -p outlast-engine`; `docs/measurements.md` says more.

mod plans;

use std::fmt::Write as _;

use divan::{Bencher, black_box};
use outlast_engine::assess::{Rung, directed_from};
use outlast_engine::{Held, Problem, Scope, State, Steering, assess, compile};
use outlast_models::pac::PacAnswers;
use outlast_models::units::WeekHour;
use outlast_models::{Id, Plan};
use plans::{bank, written};

fn main() {
    divan::main();
}

/// Groups with two stated ways each, on pools.
fn puzzle(pools: &[u64], groups: &[(u64, [(usize, u64); 2])]) -> Plan {
    let pools: Vec<String> = pools.iter().enumerate().map(|(n, c)| format!("p{n}: {c}")).collect();
    let mut text = format!(
        "outlast: 1\nname: puzzle\nsites:\n  homes: {{kind: homes}}\nresources: {{{}}}\ngroups:\n",
        pools.join(", ")
    );
    for (n, (agents, [(a, load_a), (b, load_b)])) in groups.iter().enumerate() {
        let _ = write!(
            text,
            "  g{n}:
    agents: {agents}
    work_at: [homes]
    phones: [pstn]
    access: []
    ways:
      x: {{uses: {{p{a}: {load_a}}}}}
      y: {{uses: {{p{b}: {load_b}}}}}
"
        );
    }
    written(&text)
}

/// 100,000 agents, one unit of one of 30 pools each, too little of some.
fn many() -> Plan {
    let groups: Vec<_> = (0..100).map(|n| (1_000, [(n % 30, 1), ((n * 7 + 3) % 30, 1)])).collect();
    let pools: Vec<u64> = (0..30).map(|n| 1_500 + 97 * n).collect();
    puzzle(&pools, &groups)
}

/// 50 agents of different weights on 4 pools.
fn few() -> Plan {
    let weight = |n: usize| 1 + n as u64 % 3;
    let group = |n: usize| (5, [(n % 4, weight(n)), ((n + 1) % 4, weight(n + 1))]);
    puzzle(&[17, 19, 23, 13], &(0..10).map(group).collect::<Vec<_>>())
}

struct Case {
    problem: Problem,
    state: State,
    held: Held,
}

fn case(plan: &Plan, failed: &[&str]) -> Case {
    let problem = compile(plan, &PacAnswers::default());
    let mut state = State::normal(WeekHour(10));
    let (held, _) = assess::normal(&problem, &state);
    state.fail(failed.iter().map(|id| Id::new(id)));
    Case { problem, state, held }
}

#[divan::bench]
fn compile_bank(bencher: Bencher<'_, '_>) {
    let plan = bank();
    bencher.bench_local(|| compile(black_box(&plan), &PacAnswers::default()));
}

fn run(bencher: Bencher<'_, '_>, failed: &[&str], steering: Steering) {
    let case = case(&bank(), failed);
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

fn from(bencher: Bencher<'_, '_>, plan: &Plan, failed: &[&str], rung: Rung) {
    let case = case(plan, failed);
    bencher.bench_local(|| directed_from(&case.problem, black_box(&case.state), &case.held, rung));
}

/// An office lost: seats, and the carriers behind them.
#[divan::bench]
fn office_lost_by_flow(bencher: Bencher<'_, '_>) {
    from(bencher, &bank(), &["bristol"], Rung::Flow);
}

#[divan::bench]
fn office_lost_by_linear_programs(bencher: Bencher<'_, '_>) {
    from(bencher, &bank(), &["bristol"], Rung::Linear);
}

#[divan::bench]
fn many_agents_by_flow(bencher: Bencher<'_, '_>) {
    from(bencher, &many(), &[], Rung::Flow);
}

#[divan::bench]
fn many_agents_by_linear_programs(bencher: Bencher<'_, '_>) {
    from(bencher, &many(), &[], Rung::Linear);
}

#[divan::bench]
fn few_agents_by_integers(bencher: Bencher<'_, '_>) {
    from(bencher, &few(), &[], Rung::Integers);
}

#[divan::bench]
fn few_agents_by_linear_programs(bencher: Bencher<'_, '_>) {
    from(bencher, &few(), &[], Rung::Linear);
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
    let case = case(&bank(), &["leeds", "bristol", "mpls-borealis"]);
    bencher.bench_local(|| assess::attainable(&case.problem, black_box(&case.state), &case.held));
}
