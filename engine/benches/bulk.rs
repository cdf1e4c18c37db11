//! What a set of failures costs among many, as plans, sets and threads grow.
//!
//! Estimate before measuring: the gates of 64 sets in one pass of 5 to 20 µs, 0.3 µs a set
//! at most; what differs looked up, 1 µs; an allocation, where not everybody fits on his
//! first way, 1 ms, and looked up once it is known.
//!
//! Every round begins without memory of the one before. `peers/run.py` compares the same
//! with what others need, `peers/limit.py` with what the gates alone take. Run it with
//! `cargo bench -p outlast-engine --bench bulk`.

mod plans;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use outlast_engine::Problem;
use outlast_engine::assess::bulk::Bulk;
use outlast_engine::chance::stream::Stream;
use outlast_engine::failures::{FailureId, Failures, Set};
use outlast_models::units::WeekHour;
use plans::{compiled, named, roomy};

const HOUR: WeekHour = WeekHour(10);

fn main() {
    divan::main();
}

/// So many sets of so many failures, at random.
fn sets(failures: &Failures, count: usize, order: usize) -> Vec<Set> {
    let mut stream = Stream::open(1, 0, 0);
    let all = failures.all.len() as u64;
    let mut one = || FailureId(u32::try_from(stream.below(all)).expect("few failures"));
    (0..count).map(|_| Set::new((0..order).map(|_| one()))).collect()
}

fn measure(
    bencher: Bencher<'_, '_>,
    problem: &Problem,
    (count, order): (usize, usize),
    threads: usize,
) {
    let failures = Failures::of_components(problem);
    let sets = sets(&failures, count, order);
    let pool = plans::threads(threads);
    bencher
        .counter(ItemsCount::new(count))
        .with_inputs(|| pool.install(|| Bulk::new(problem, &failures, HOUR)))
        .bench_local_refs(|bulk| pool.install(|| black_box(bulk.effects(&sets))));
}

/// Getting ready.
#[divan::bench(args = ["bank", "x1", "x4"], sample_count = 3, sample_size = 1)]
fn ready(bencher: Bencher<'_, '_>, plan: &str) {
    let problem = compiled(&named(plan));
    let failures = Failures::of_components(&problem);
    bencher.bench_local(|| Bulk::new(black_box(&problem), &failures, HOUR));
}

/// Pairs in plans of more and more components and cohorts, nobody short of room.
#[divan::bench(args = ["bank", "x1", "x2", "x4", "x10"], sample_count = 3, sample_size = 1)]
fn pairs_with_room(bencher: Bencher<'_, '_>, plan: &str) {
    measure(bencher, &roomy(compiled(&named(plan))), (1_024, 2), 1);
}

/// The same within capacities.
#[divan::bench(args = ["bank", "x1", "x2"], sample_count = 3, sample_size = 1)]
fn pairs_within_capacities(bencher: Bencher<'_, '_>, plan: &str) {
    measure(bencher, &compiled(&named(plan)), (128, 2), 1);
}

/// Sets of more and more failures.
#[divan::bench(args = [1, 2, 3, 4], sample_count = 3, sample_size = 1)]
fn larger_sets_of_bank(bencher: Bencher<'_, '_>, order: usize) {
    measure(bencher, &compiled(&named("bank")), (512, order), 1);
}

/// More and more sets: what is known helps the later ones.
#[divan::bench(args = [256, 1_024, 4_096], sample_count = 3, sample_size = 1)]
fn more_triples_of_bank(bencher: Bencher<'_, '_>, count: usize) {
    measure(bencher, &compiled(&named("bank")), (count, 3), 1);
}

/// More and more threads.
#[divan::bench(args = [1, 2, 4], sample_count = 3, sample_size = 1)]
fn triples_of_bank_on_threads(bencher: Bencher<'_, '_>, threads: usize) {
    measure(bencher, &compiled(&named("bank")), (1_024, 3), threads);
}
