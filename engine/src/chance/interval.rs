//! What so many trials prove: intervals that hold with a given confidence, both ends
//! rounded outward.
//!
//! Each but [`by_normal_law`] is valid for any number of trials. α is the chance
//! that an interval misses the truth. Several hold *together* with the sum of their α's
//! (the union bound): so strata and looks each get a share.

use super::beta;
use super::exact::Moments;

/// A lower and an upper end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The truth is not below.
    pub low: f64,
    /// Nor above.
    pub high: f64,
}

impl Interval {
    /// What nothing is known of but that it is a chance.
    pub const CHANCE: Self = Self { low: 0.0, high: 1.0 };

    /// Returns a figure that is right up to so large a part of itself.
    pub fn around(value: f64, error: f64) -> Self {
        let off = (value.abs() * error).next_up();
        Self { low: (value - off).next_down(), high: (value + off).next_up() }
    }

    /// Returns whether a figure lies within.
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Returns how far apart the ends are.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}

/// The chance of what came `hits` times of `trials`, by Clopper & Pearson, *The use of
/// confidence or fiducial limits* (1934): below the low end so many or more would come
/// with less than α ÷ 2, above the high end so few or fewer.
///
/// # Panics
///
/// If there are more hits than trials.
pub fn clopper_pearson(hits: u64, trials: u64, alpha: f64) -> Interval {
    assert!(hits <= trials, "nothing comes more often than it is tried");
    if trials == 0 {
        return Interval::CHANCE;
    }
    // A billionth of the tail is kept for roundings.
    let rare = |tail: f64| tail <= alpha / 2.0 * (1.0 - 1e-9);
    let (count, all) = (hits as f64, trials as f64);
    let share = count / all;
    let step = (count * (1.0 - share)).sqrt().max(1.0) / all;
    let low = |x: f64| x <= 0.0 || rare(beta::at_least(hits, trials, x));
    let high = |x: f64| x >= 1.0 || rare(beta::at_most(hits, trials, x));
    Interval {
        low: if hits == 0 { 0.0 } else { outermost(share, -step, 0.0, low).next_down() },
        high: if hits == trials { 1.0 } else { outermost(share, step, 1.0, high).next_up() },
    }
}

/// The figure next to `from` at which `outside` holds, looked for in growing steps up to
/// `end` and then by halves. Where the tail is no number the search goes on outward.
fn outermost(from: f64, step: f64, end: f64, outside: impl Fn(f64) -> bool) -> f64 {
    let (mut inner, mut outer, mut step) = (from, from, step);
    while !outside(outer) {
        inner = outer;
        outer += step;
        step *= 2.0;
        if (step > 0.0) == (outer > end) {
            outer = end;
        }
    }
    for _ in 0..60 {
        let middle = inner + (outer - inner) / 2.0;
        if outside(middle) {
            outer = middle;
        } else {
            inner = middle;
        }
    }
    outer
}

/// The mean of independent values that lie between 0 and `bound`, by the empirical
/// Bernstein bound of Maurer & Pontil (2009, theorem 4) to either side with α ÷ 2:
/// √(2 V ln(4 ÷ α) ÷ n) + 7 × bound × ln(4 ÷ α) ÷ 3 (n − 1), V being the sample variance.
pub fn bernstein(values: &Moments, bound: u64, alpha: f64) -> Interval {
    let bound = (bound as f64).next_up();
    if values.count() < 2 {
        return Interval { low: 0.0, high: bound };
    }
    let count = values.count() as f64;
    let log = libm::log(4.0 / alpha);
    let spread = (2.0 * values.variance() * log / count).sqrt();
    let off = (spread + 7.0 * bound * log / (3.0 * (count - 1.0))) * (1.0 + 1e-12);
    let (low, high) = (values.mean() - off, values.mean() + off);
    Interval { low: low.next_down().max(0.0), high: high.next_up().min(bound) }
}

/// The mean of so many independent values of any size, by their sample variance and the
/// central limit: it holds the truth 95 times in 100 only where the values are many, and
/// less often where most of the mean is from a few of them.
pub fn by_normal_law(mean: f64, variance: f64, count: u64) -> Interval {
    /// 97.5 % of the standard normal law lie below.
    const Z: f64 = 1.959_964;
    if count < 2 {
        return Interval { low: f64::NEG_INFINITY, high: f64::INFINITY };
    }
    let off = Z * (variance / count as f64).sqrt();
    Interval { low: mean - off, high: mean + off }
}

/// The share of α that the interval at a look may use, looks counted from 0: α ÷ (k + 1)
/// (k + 2). All shares sum to α, so the intervals of *all* looks, however many and
/// whichever decides when to stop, hold together with 1 − α.
pub fn spend(alpha: f64, look: u32) -> f64 {
    let look = f64::from(look);
    (alpha / ((look + 1.0) * (look + 2.0))).next_down()
}

/// The sum of products of weights and figures of at least 0: of strata whose chances are
/// the weights, the whole. Each end is the sum of the ends, so if the figures hold with
/// 1 − α₁, 1 − α₂, … then the sum does with 1 − (α₁ + α₂ + …), whatever they have in
/// common; what is exact takes no share.
pub fn combine(parts: impl IntoIterator<Item = (Interval, Interval)>) -> Interval {
    let nothing = Interval { low: 0.0, high: 0.0 };
    parts.into_iter().fold(nothing, |sum, (weight, figure)| Interval {
        low: (sum.low + (weight.low * figure.low).next_down()).next_down().max(0.0),
        high: (sum.high + (weight.high * figure.high).next_up()).next_up(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::law::close;
    use super::super::stream::{Stream, Threshold};
    use super::*;

    fn rounds_to(interval: Interval, low: f64, high: f64, digits: f64) {
        assert!((interval.low - low).abs() <= digits / 2.0, "{interval:?}");
        assert!((interval.high - high).abs() <= digits / 2.0, "{interval:?}");
    }

    #[test]
    fn published_intervals_are_found() {
        rounds_to(clopper_pearson(0, 10, 0.05), 0.0, 0.3085, 1e-4);
        rounds_to(clopper_pearson(1, 10, 0.05), 0.0025, 0.4450, 1e-4);
        rounds_to(clopper_pearson(5, 10, 0.05), 0.1871, 0.8129, 1e-4);
        rounds_to(clopper_pearson(10, 10, 0.05), 0.6915, 1.0, 1e-4);
        // R's help on `binom.test`: Mendel's 682 of 925.
        rounds_to(clopper_pearson(682, 925, 0.05), 0.707_668_3, 0.765_406_6, 1e-7);
    }

    #[test]
    fn without_hits_the_end_is_known_in_closed_form() {
        for trials in [1_u64, 10, 1000, 1 << 40] {
            // 1 − (α ÷ 2)^(1 ÷ n)
            let end = -libm::expm1(libm::log(0.025) / trials as f64);
            let found = clopper_pearson(0, trials, 0.05);
            close(found.high, end, 2e-9);
            assert!(found.high >= end && found.low.to_bits() == 0);
            let mirrored = clopper_pearson(trials, trials, 0.05);
            close(mirrored.low, 1.0 - end, 2e-9);
        }
    }

    #[test]
    fn whatever_the_chance_enough_intervals_hold_it() {
        const TRIALS: u64 = 30;
        let intervals: Vec<Interval> =
            (0..=TRIALS).map(|hits| clopper_pearson(hits, TRIALS, 0.1)).collect();
        for parts in 1..200 {
            let chance = f64::from(parts) / 200.0;
            let mut term = libm::pow(1.0 - chance, TRIALS as f64);
            let mut held = 0.0;
            for hits in 0..=TRIALS {
                held += if intervals[hits as usize].holds(chance) { term } else { 0.0 };
                term *= (TRIALS - hits) as f64 / (hits + 1) as f64 * chance / (1.0 - chance);
            }
            assert!(held >= 0.9, "{chance}: {held}");
        }
    }

    #[test]
    fn no_trials_prove_nothing() {
        assert_eq!(clopper_pearson(0, 0, 0.05), Interval::CHANCE);
        assert!(bernstein(&Moments::default(), 5, 0.05).holds(5.0));
    }

    #[test]
    fn bernstein_is_its_formula_and_holds_the_mean() {
        let mut held = 0;
        for block in 0..400 {
            let mut stream = Stream::open(7, 0, block);
            let mut values = Moments::default();
            (0..300).for_each(|_| values.add(stream.below(1001), 1));
            held += u32::from(bernstein(&values, 1000, 0.1).holds(500.0));
        }
        assert!(held >= 360);
        let mut values = Moments::default();
        values.add(2, 50);
        values.add(4, 50);
        let log = libm::log(4.0 / 0.05);
        let off = (2.0 * (100.0 / 99.0) * log / 100.0).sqrt() + 7.0 * 10.0 * log / (3.0 * 99.0);
        close(bernstein(&values, 10, 0.05).high, 3.0 + off, 1e-11);
        assert_eq!(bernstein(&values, 4, 1e-40), Interval { low: 0.0, high: 4.0_f64.next_up() });
    }

    #[test]
    fn looking_often_does_not_mislead() {
        let shares: f64 = (0..100_000).map(|look| spend(0.05, look)).sum();
        assert!(shares <= 0.05 && shares > 0.0499);
        let chance = Threshold::of(0.3);
        let mut misled = 0;
        for block in 0..300 {
            let mut stream = Stream::open(7, 1, block);
            let (mut hits, mut trials) = (0, 0);
            let looks = (0..10).map(|look| {
                while trials < 10 << look {
                    hits += u64::from(stream.happens(chance));
                    trials += 1;
                }
                clopper_pearson(hits, trials, spend(0.2, look))
            });
            misled += u32::from(looks.fold(false, |ever, found| ever | !found.holds(0.3)));
        }
        assert!(misled <= 60, "{misled}");
    }

    #[test]
    fn strata_sum_to_the_whole_on_both_sides() {
        let weight = |value| Interval::around(value, 1e-13);
        let half = Interval { low: 0.4, high: 0.6 };
        let whole = combine([(weight(0.9), half), (weight(0.1), Interval::CHANCE)]);
        close(whole.low, 0.36, 1e-12);
        close(whole.high, 0.64, 1e-12);
        assert!(whole.low < 0.36 && whole.high > 0.64);
    }
}
