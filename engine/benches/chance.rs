//! What a failure costs to draw, and a set given how many fail.
//!
//! Estimate before measuring: a word of `ChaCha8` 1 ns, a look at a table in the
//! first-level cache and a choice 1 ns; for a block a stream and a Poisson number, 100 ns.
//! What one machine said (two shared x86-64 cores, the fastest of 500; read as ratios):
//!
//! | what | found |
//! |---|---|
//! | a failure, of 200 components, in blocks of 4,096 trials | 2.0 ns |
//! | the same in blocks of 512 | 2.1 ns |
//! | the same, of 20,000 components: the table leaves the first-level cache | 3.4 ns |
//! | a Poisson number: mean 9, by products; mean 270, by rejection | 36 ns; 19 ns |
//! | a set of four or more of 200 | 115 ns |
//! | an interval: of 20 in 2⁴⁰; of 2³³ in 2³⁴ | 19 µs; 0.4 ms |
//!
//! Run it with `cargo bench -p outlast-engine --bench chance`.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use outlast_engine::chance::interval::{Interval, clopper_pearson};
use outlast_engine::chance::order::Orders;
use outlast_engine::chance::poisson::Poisson;
use outlast_engine::chance::sparse::Sparse;
use outlast_engine::chance::stream::Stream;

fn main() {
    divan::main();
}

/// Chances between 0.0002 and 0.005, 0.52 events expected of 200.
fn chances(events: usize) -> Vec<f64> {
    (0..events).map(|event| 0.0002 + 0.0048 * f64::from((event % 25) as u32) / 24.0).collect()
}

/// A block of 2^`trial_bits` trials: its stream opened and its failures drawn.
#[divan::bench(args = [(200, 9), (200, 12), (200, 16), (2000, 9), (2000, 16), (20_000, 12)])]
fn failures(bencher: Bencher<'_, '_>, (events, trial_bits): (usize, u32)) {
    let sparse = Sparse::new(&chances(events), trial_bits);
    let mut hits = Vec::new();
    // The expected number of a block, so that figures are per failure.
    let rate: f64 = chances(events).iter().map(|&p| -libm::log1p(-p)).sum();
    #[allow(clippy::cast_sign_loss)]
    let expected = (rate * f64::from(sparse.trials())) as u64;
    let mut block = 0;
    bencher.counter(ItemsCount::new(expected)).bench_local(|| {
        block += 1;
        sparse.draw(&mut Stream::open(1, 0, block), &mut hits);
        black_box(hits.len())
    });
}

#[divan::bench(args = [0.5, 9.0, 270.0, 1e5])]
fn number(bencher: Bencher<'_, '_>, mean: f64) {
    let law = Poisson::new(mean);
    let mut stream = Stream::open(1, 1, 0);
    bencher
        .counter(ItemsCount::new(100_u32))
        .bench_local(|| (0..100).map(|_| law.draw(&mut stream)).sum::<u64>());
}

/// Sets of at least so many failures at once.
#[divan::bench(args = [(200, 4), (2000, 4), (2000, 16)])]
fn sets(bencher: Bencher<'_, '_>, (events, order): (usize, usize)) {
    let orders = Orders::new(&chances(events), order).expect("few happen at once");
    let mut stream = Stream::open(1, 2, 0);
    let mut set = Vec::new();
    bencher.counter(ItemsCount::new(100_u32)).bench_local(|| {
        for _ in 0..100 {
            orders.draw_at_least(order, &mut stream, &mut set);
            black_box(&set);
        }
    });
}

/// The words alone, 64 at a time.
#[divan::bench]
fn words(bencher: Bencher<'_, '_>) {
    let mut stream = Stream::open(1, 3, 0);
    let mut words = [0; 256];
    bencher.counter(ItemsCount::new(64_u32)).bench_local(|| {
        stream.fill(&mut words);
        black_box(words[0])
    });
}

#[divan::bench(args = [(0, 1 << 40), (20, 1 << 40), (5000, 10_000), (1 << 20, 1 << 30), (1 << 33, 1 << 34)])]
fn interval((hits, trials): (u64, u64)) -> Interval {
    clopper_pearson(black_box(hits), trials, 0.05)
}
