//! What it costs to look at every set of failures up to an order.
//!
//! Estimate before measuring: the number of sets of classes times what a set costs
//! (`bulk.rs`), little of it for what is found. Peak memory is that of whole commands:
//! `python3 engine/benches/peers/run.py --rows commands`. Run it with
//! `cargo bench -p outlast-engine --bench contingency`.

mod plans;

use std::collections::BTreeMap;

use divan::{Bencher, black_box};
use outlast_engine::contingency::{Question, contingency};
use outlast_engine::failures::Failures;
use outlast_engine::run::busiest_hour;
use plans::{compiled, named, roomy};

fn main() {
    divan::main();
}

/// Order and threads.
#[divan::bench(args = [(1, 1), (2, 1), (2, 2)], sample_count = 3, sample_size = 1)]
fn bank(bencher: Bencher<'_, '_>, (order, threads): (usize, usize)) {
    let plan = named("bank");
    let problem = compiled(&plan);
    let failures = Failures::of(&problem, &plan, &BTreeMap::new());
    let question = Question { order, cuts: 0, hour: busiest_hour(&problem) };
    let pool = plans::threads(threads);
    bencher.bench_local(|| {
        pool.install(|| contingency(black_box(&problem), &failures, question, &()))
    });
}

/// Plans of more and more components, nobody short of room: every pair.
#[divan::bench(args = ["x1", "x2"], sample_count = 3, sample_size = 1)]
fn pairs_with_room(bencher: Bencher<'_, '_>, name: &str) {
    let plan = named(name);
    let problem = roomy(compiled(&plan));
    let failures = Failures::of(&problem, &plan, &BTreeMap::new());
    let question = Question { order: 2, cuts: 0, hour: busiest_hour(&problem) };
    let pool = plans::threads(1);
    bencher.bench_local(|| {
        pool.install(|| contingency(black_box(&problem), &failures, question, &()))
    });
}
