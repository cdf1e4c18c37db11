//! Erlang B: how much load so many channels admit.
//!
//! Formula: B(0) = 1, B(n) = a·B(n−1) / (n + a·B(n−1)), a in erlangs. Only
//! additions, multiplications and divisions, so the same bits everywhere.

use outlast_models::units::Millionths;

/// The blocking of `channels` at a load in thousandths of an erlang.
pub fn blocking(channels: u64, milli_erlangs: u64) -> f64 {
    #[allow(clippy::cast_precision_loss)] // loads and channels are far below 2^53
    let a = milli_erlangs as f64 / 1000.0;
    let mut b = 1.0;
    for n in 1..=channels {
        #[allow(clippy::cast_precision_loss)]
        let n = n as f64;
        b = a * b / (n + a * b);
    }
    b
}

/// The largest load, in thousandths of an erlang, at which the blocking of
/// `channels` is at most `grade`.
pub fn admits(channels: u64, grade: Millionths) -> u64 {
    let limit = f64::from(grade.0) / 1_000_000.0;
    if grade.0 >= 1_000_000 {
        return u64::MAX;
    }
    let (mut low, mut high) = (0, (channels.saturating_add(1)).saturating_mul(2000));
    while blocking(channels, high) <= limit && high < u64::MAX / 4 {
        high *= 2;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if blocking(channels, middle) <= limit { low = middle } else { high = middle }
    }
    low
}

/// The most that `channels` carry at loads up to this one, in thousandths of an
/// erlang, rounded up: load × (1 − B), which grows with the load and never comes
/// to the number of channels.
pub fn carries(channels: u64, milli_erlangs: u64) -> u64 {
    let all = channels.saturating_mul(1000);
    if milli_erlangs / 4 > all {
        return all; // so close that the difference is lost in rounding
    }
    #[allow(clippy::cast_precision_loss)] // loads are far below 2^53
    let carried = milli_erlangs as f64 * (1.0 - blocking(channels, milli_erlangs));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at least nought
    let carried = carried.ceil() as u64 + 1;
    carried.min(all).min(milli_erlangs)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published Erlang B tables at 1 %: 10 channels 4.46 E, 30 channels
    /// 20.3 E, 100 channels 84.1 E.
    #[test]
    fn admits_what_published_tables_say() {
        let one_percent = Millionths(10_000);
        for (channels, erlangs) in [(10, 4.461), (30, 20.337), (100, 84.064)] {
            #[allow(clippy::cast_precision_loss)]
            let found = admits(channels, one_percent) as f64 / 1000.0;
            assert!((found - erlangs).abs() < 0.002, "{channels} channels: {found}");
        }
        assert_eq!(admits(0, one_percent), 0);
    }

    /// One channel blocks a/(1+a): nine erlangs where nine calls of ten may be.
    #[test]
    fn admits_far_more_where_most_may_be_blocked() {
        assert_eq!(admits(1, Millionths(900_000)), 9_000);
    }

    /// No load up to the one asked carries more, and ten channels at 4.461 E, where
    /// one call in a hundred is blocked, carry 4.416 E.
    #[test]
    fn what_is_carried_grows_with_the_load() {
        assert_eq!(carries(10, 4461), 4418);
        for channels in [1, 2, 7, 30] {
            let mut most = 0;
            for load in (0..60_000).step_by(500) {
                let carried = carries(channels, load);
                assert!(carried + 1 >= most && carried <= load && carried <= channels * 1000);
                most = most.max(carried);
            }
        }
        assert_eq!(carries(10, u64::MAX), 10_000);
    }

    #[test]
    fn the_admitted_load_is_the_largest() {
        for channels in 1..40 {
            let load = admits(channels, Millionths(10_000));
            assert!(blocking(channels, load) <= 0.01);
            assert!(blocking(channels, load + 1) > 0.01);
        }
    }
}
