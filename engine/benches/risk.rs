//! What chance costs: the state view by trials, the year view by years.
//!
//! Estimate before measuring: the state view assesses up to 50,000 states whatever is
//! asked, each at what a set costs (`bulk.rs`); a trial beyond is drawn in 0.2 µs and
//! costs no more where its state has come before. Peak memory is that of whole commands:
//! `python3 engine/benches/peers/run.py --rows commands`. Run it with
//! `cargo bench -p outlast-engine --bench risk`.

mod plans;

use divan::{Bencher, black_box};
use outlast_engine::Problem;
use outlast_engine::risk::{ENUMERATED, Question, Years, state_view, year_view};
use outlast_engine::run::busiest_hour;
use outlast_models::Plan;
use plans::{compiled, named, roomy};

fn main() {
    divan::main();
}

fn state(bencher: Bencher<'_, '_>, plan: &Plan, problem: &Problem, trials: u64, threads: usize) {
    let hour = busiest_hour(problem);
    let question = Question { trials, seed: 1, hour, until_error: None, enumerated: ENUMERATED };
    let pool = plans::threads(threads);
    let view = || state_view(black_box(problem), plan, &|_| Vec::new(), question, &()).is_ok();
    bencher.bench_local(|| pool.install(view));
}

/// Trials, with room for everybody.
#[divan::bench(args = [4_096, 65_536, 1_048_576], sample_count = 3, sample_size = 1)]
fn states_of_bank_with_room(bencher: Bencher<'_, '_>, trials: u64) {
    let plan = named("bank");
    state(bencher, &plan, &roomy(compiled(&plan)), trials, 1);
}

/// Threads, within capacities.
#[divan::bench(args = [1, 2], sample_count = 1, sample_size = 1)]
fn states_of_bank_on_threads(bencher: Bencher<'_, '_>, threads: usize) {
    let plan = named("bank");
    state(bencher, &plan, &compiled(&plan), 65_536, threads);
}

/// Years.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 1, sample_size = 1)]
fn years_of_bank(bencher: Bencher<'_, '_>, years: u64) {
    let plan = named("bank");
    let problem = compiled(&plan);
    let years = Years { years, seed: 1 };
    let pool = plans::threads(1);
    let view = || year_view(black_box(&problem), &plan, &|_| Vec::new(), years, &()).is_ok();
    bencher.bench_local(|| pool.install(view));
}
