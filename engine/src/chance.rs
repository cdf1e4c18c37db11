//! The mathematics of chance, which knows neither plans nor problems.
//!
//! - [`stream`]: random numbers by (seed, stratum, block), and nothing else.
//! - [`poisson`], [`alias`]: how many, and which one.
//! - [`sparse`]: independent events in blocks of trials, at a cost per event that
//!   happens rather than per event there is.
//! - [`order`]: how many events happen at once, exactly, and which ones given how many.
//! - [`tilt`]: events made likelier, and the weight that makes up for it.
//! - [`exact`], [`histogram`]: sums and distributions that merge in any order.
//! - [`beta`], [`interval`]: what so many trials prove, rounded outward.
//! - [`renewal`], [`hazard`]: what comes and goes over time.
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
pub mod poisson;
pub mod renewal;
pub mod sparse;
pub mod stream;
pub mod tilt;

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
