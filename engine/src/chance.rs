//! The mathematics of chance, which knows neither plans nor problems.
//!
//! - [`stream`]: random numbers by (seed, stratum, block), and nothing else.
//! - [`poisson`], [`alias`]: how many, and which one.
//! - [`sparse`]: independent events in blocks of trials, at a cost per event that
//!   happens rather than per event there is.
//! - [`order`]: how many events happen at once, exactly, and which ones given how many.
//! - [`tilt`], [`pilot`]: events made likelier, with the weight that makes up for it, and
//!   which to make so.
//! - [`exact`], [`histogram`]: sums and distributions that merge in any order.
//! - [`beta`], [`interval`]: what so many trials prove, rounded outward.
//! - [`renewal`], [`hazard`]: what comes and goes over time; [`twin`]: in two worlds.
//!
//! The same bits on every processor and any number of threads: streams are keyed, sums
//! are integers, and logarithms come from `libm`, never from the system (`clippy.toml`).
//! Sums, products, quotients and roots of `f64` are exact to the last bit by IEEE 754.
#![allow(clippy::cast_precision_loss, reason = "where it matters it is bounded and said")]
#![allow(clippy::cast_sign_loss, reason = "what is cast is not negative, or nought instead")]

pub mod alias;
pub mod beta;
pub mod exact;
pub mod hazard;
pub mod histogram;
pub mod interval;
pub mod order;
pub mod pilot;
pub mod poisson;
pub mod renewal;
pub mod sparse;
pub mod stream;
pub mod tilt;
pub mod twin;

/// Tests of laws. Every one is two-sided and at seeds fixed beforehand, so that it says
/// the same each time.
#[cfg(test)]
mod law {
    /// Asserts by Pearson's chi-square, within five standard deviations to either side
    /// (too good is wrong too), that counts follow `expected`. Cells of less than ten
    /// are taken together.
    #[track_caller]
    pub(crate) fn fits(observed: &[u64], expected: &[f64]) {
        assert_eq!(observed.len(), expected.len());
        let (mut statistic, mut cells, mut rest) = (0.0, 0.0, (0.0, 0.0));
        let mut cell = |seen: f64, awaited: f64| {
            statistic += (seen - awaited) * (seen - awaited) / awaited;
            cells += 1.0;
        };
        for (&seen, &awaited) in observed.iter().zip(expected) {
            let seen = seen as f64;
            if awaited < 10.0 {
                rest = (rest.0 + seen, rest.1 + awaited);
            } else {
                cell(seen, awaited);
            }
        }
        if rest.1 >= 10.0 {
            cell(rest.0, rest.1);
        } else {
            near(rest.0, rest.1, (rest.1 + 1.0).sqrt());
        }
        let total = observed.iter().sum::<u64>() as f64;
        assert!((expected.iter().sum::<f64>() - total).abs() < 1e-6 * total, "not a law");
        let freedom: f64 = cells - 1.0;
        near(statistic, freedom, (2.0 * freedom).sqrt().max(1.0));
    }

    /// Asserts that a figure lies within five of its standard deviations.
    #[track_caller]
    pub(crate) fn near(seen: f64, expected: f64, deviation: f64) {
        let far = (seen - expected).abs() / deviation;
        assert!(far < 5.0, "{seen} is {far} deviations of {deviation} from {expected}");
    }

    /// Asserts that two figures agree to so many parts.
    #[track_caller]
    pub(crate) fn close(seen: f64, expected: f64, parts: f64) {
        let far = (seen - expected).abs();
        assert!(far <= parts * expected.abs(), "{seen:e} is not {expected:e}");
    }
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::hazard::Hazard;
    use super::histogram::Histogram;
    use super::interval::{Interval, clopper_pearson, combine};
    use super::order::Orders;
    use super::poisson::Poisson;
    use super::renewal::{Renewal, Repair};
    use super::sparse::Sparse;
    use super::stream::Stream;

    /// How many happen at once, of so many blocks.
    fn at_once(blocks: impl ParallelIterator<Item = u64>) -> Histogram {
        let sparse = Sparse::new(&[0.03; 50], 6);
        let one = |mut sum: Histogram, block| {
            let mut hits = Vec::new();
            sparse.draw(&mut Stream::open(11, 0, block), &mut hits);
            hits.sort_unstable();
            hits.dedup();
            for trial in hits.chunk_by(|one, other| one.trial == other.trial) {
                sum.add(trial.len() as u64, 1);
            }
            sum
        };
        let merge = |mut one: Histogram, other| {
            one.merge(&other);
            one
        };
        blocks.fold(Histogram::default, one).reduce(Histogram::default, merge)
    }

    #[test]
    fn any_number_of_threads_sums_up_to_the_same() {
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| at_once((0..200_u64).into_par_iter()))
        };
        assert_eq!(on(1), on(2));
        assert_eq!(on(1), on(7));
        assert_eq!(on(1), at_once((0..200_u64).into_par_iter().map(|block| 199 - block)));
    }

    /// Eight components of a bridge with spares: 0 or 1 with 2 or 3 or, across, 4 or 5.
    fn missed(set: &[u32]) -> bool {
        let down = |event: u32| set.contains(&event);
        let left = down(0) && down(1);
        let right = down(2) && (down(3) || down(6));
        left && (down(4) || down(7)) || right && down(5) && down(4)
    }

    #[test]
    fn exact_orders_and_a_sampled_tail_hold_the_sum_over_all_states() {
        let chances = [0.03, 0.05, 0.02, 0.1, 0.08, 0.04, 0.01, 0.06];
        let orders = Orders::new(&chances, 3).unwrap();
        let all = (0..256_u32)
            .map(|state| (0..8).filter(|event| state >> event & 1 == 1).collect())
            .filter(|set: &Vec<u32>| missed(set));
        let (mut truth, mut low_orders) = (0.0, 0.0);
        for set in all {
            truth += orders.alone(&set);
            low_orders += if set.len() < 3 { orders.alone(&set) } else { 0.0 };
        }
        let exact = Interval::around(low_orders, orders.relative_error());
        let tail = Interval::around(orders.at_least(3), orders.relative_error());
        let one = Interval { low: 1.0, high: 1.0 };
        let mut held = 0;
        let mut set = Vec::new();
        for block in 0..200 {
            let mut stream = Stream::open(11, 1, block);
            let hits = (0..500).filter(|_| {
                orders.draw_at_least(3, &mut stream, &mut set);
                missed(&set)
            });
            let found = clopper_pearson(hits.count() as u64, 500, 0.05);
            let whole = combine([(one, exact), (tail, found)]);
            assert!(whole.width() < 0.1 * tail.high);
            held += u32::from(whole.holds(truth));
        }
        assert!((185..200).contains(&held), "{held} of 200");
    }

    /// A change here changes every figure that a seed gives: say so in the changelog. A
    /// difference between machines is a fault.
    #[test]
    fn all_that_is_drawn_is_the_same_for_ever_and_on_every_machine() {
        let mut sum = 0_u64;
        let mut take = |bits: u64| sum = (sum.rotate_left(5) ^ bits).wrapping_mul(0x9e37_79b9);
        let mut stream = Stream::open(12, 0, 0);
        for _ in 0..1000 {
            take(stream.exponential().to_bits());
            take(stream.normal().to_bits());
            take(Poisson::new(3.0).draw(&mut stream));
            take(Poisson::new(300.0).draw(&mut stream));
            take(Repair::Lognormal(0.7).draw(5e6, &mut stream).to_bits());
        }
        let mut hits = Vec::new();
        Sparse::new(&[0.1, 0.02, 0.3], 12).draw(&mut stream, &mut hits);
        for hit in &hits {
            take(u64::from(hit.trial) << 32 | u64::from(hit.event));
        }
        let orders = Orders::new(&[0.1, 0.02, 0.3, 0.001], 3).unwrap();
        let mut set = Vec::new();
        for _ in 0..100 {
            orders.draw_at_least(2, &mut stream, &mut set);
            for &event in &set {
                take(event.into());
            }
        }
        let year = 31_536_000_000;
        let repair = (14_400_000, Repair::Lognormal(1.1));
        for period in Renewal::new(900_000_000, repair, year, &mut stream) {
            take(period.end.cast_unsigned());
        }
        let hazard = Hazard::new(30.0, (86_400_000, Repair::Exponential));
        for period in hazard.occurrences(year, &mut stream) {
            take(period.begin.cast_unsigned());
        }
        for hits in [0, 3, 500] {
            let interval = clopper_pearson(hits, 1000, 0.05);
            take(interval.low.to_bits());
            take(interval.high.to_bits());
        }
        assert_eq!(sum, 10_059_159_600_139_645_510);
    }
}
