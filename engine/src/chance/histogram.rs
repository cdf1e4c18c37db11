//! A distribution of whole numbers in fixed bins, which merges exactly.
//!
//! Bins are log-linear (as in Tene's `HdrHistogram`): up to 2⁸ every number has its own,
//! above each octave has 2⁷ of equal width, so that a bin is at most a 128th of its
//! values wide. Where they lie hangs on nothing, and what they hold are whole numbers,
//! so any split of the values over any number of workers gives the same.

use super::exact::Wide;

/// The bins of an octave, as a power of two.
const OCTAVE: u32 = 7;

/// Numbers with their weights: 1 each, or fixed-point parts of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// The weight in each bin, up to the last that has any.
    bins: Vec<u128>,
    count: u64,
    weight: u128,
    sum: Wide,
    extremes: Option<(u64, u64)>,
}

impl Histogram {
    /// Takes in a value. One without weight is as good as none.
    pub fn add(&mut self, value: u64, weight: u64) {
        if weight == 0 {
            return;
        }
        let bin = bin_of(value);
        if bin >= self.bins.len() {
            self.bins.resize(bin + 1, 0);
        }
        self.bins[bin] += u128::from(weight);
        self.weight += u128::from(weight);
        self.count += 1;
        self.sum.add(value, weight);
        self.widen(value, value);
    }

    /// Takes in all that another has.
    pub fn merge(&mut self, other: &Self) {
        if other.bins.len() > self.bins.len() {
            self.bins.resize(other.bins.len(), 0);
        }
        for (mine, its) in self.bins.iter_mut().zip(&other.bins) {
            *mine += its;
        }
        self.weight += other.weight;
        self.count += other.count;
        self.sum.merge(other.sum);
        if let Some((least, most)) = other.extremes {
            self.widen(least, most);
        }
    }

    fn widen(&mut self, least: u64, most: u64) {
        let (low, high) = self.extremes.unwrap_or((least, most));
        self.extremes = Some((low.min(least), high.max(most)));
    }

    /// Returns how many values were taken in.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Returns the sum of all weights.
    pub fn weight(&self) -> u128 {
        self.weight
    }

    /// Returns the exact sum of values, each times its weight.
    pub fn sum(&self) -> Wide {
        self.sum
    }

    /// Returns the smallest and the largest value, exactly.
    pub fn extremes(&self) -> Option<(u64, u64)> {
        self.extremes
    }

    /// Returns between which values the quantile of `part` of `whole` lies: the smallest
    /// value that, with all below it, has at least that part of the weight. Both ends are
    /// values that it may be.
    ///
    /// # Panics
    ///
    /// If `whole` is 0 or `part` is more.
    pub fn quantile(&self, part: u64, whole: u64) -> Option<(u64, u64)> {
        assert!(part <= whole && whole > 0, "a quantile is a part of the whole");
        let (least, most) = self.extremes?;
        let (part, whole) = (u128::from(part), u128::from(whole));
        // weight × part ÷ whole, rounded up, without a product beyond 128 bits.
        let wanted = self.weight / whole * part + (self.weight % whole * part).div_ceil(whole);
        let mut below = 0;
        let bin = self.bins.iter().position(|weight| {
            below += weight;
            below >= wanted.max(1)
        })?;
        let (low, high) = ends(bin);
        Some((low.max(least), high.min(most)))
    }

    /// Returns the least and the most weight that values of at least `value` may have.
    /// They are equal where a bin begins, and beyond the extremes.
    pub fn at_least(&self, value: u64) -> (u128, u128) {
        let Some((least, most)) = self.extremes else { return (0, 0) };
        if value <= least {
            return (self.weight, self.weight);
        }
        if value > most {
            return (0, 0);
        }
        let bin = bin_of(value);
        let above: u128 = self.bins[bin + 1..].iter().sum();
        let all = above + self.bins[bin];
        if ends(bin).0 == value { (all, all) } else { (above, all) }
    }
}

/// The bin of a value: its octave's first, and its leading bits after the first.
fn bin_of(value: u64) -> usize {
    let shift = value.checked_ilog2().unwrap_or(0).saturating_sub(OCTAVE);
    ((shift as usize) << OCTAVE) + (value >> shift) as usize
}

/// The first and the last value of a bin.
fn ends(bin: usize) -> (u64, u64) {
    let shift = (bin >> OCTAVE).saturating_sub(1) as u32;
    let low = (bin as u64 - (u64::from(shift) << OCTAVE)) << shift;
    (low, low + ((1 << shift) - 1))
}

#[cfg(test)]
mod tests {
    use super::super::stream::Stream;
    use super::*;

    /// Values of all magnitudes, with weights.
    fn values(block: u64, count: usize) -> Vec<(u64, u64)> {
        let mut stream = Stream::open(8, 0, block);
        let value = |stream: &mut Stream| stream.bits() >> stream.below(64);
        (0..count).map(|_| (value(&mut stream), stream.below(5) << stream.below(62))).collect()
    }

    fn histogram(values: &[(u64, u64)]) -> Histogram {
        let mut histogram = Histogram::default();
        for &(value, weight) in values {
            histogram.add(value, weight);
        }
        histogram
    }

    fn merged(one: &Histogram, other: &Histogram) -> Histogram {
        let mut all = one.clone();
        all.merge(other);
        all
    }

    #[test]
    fn bins_cover_all_numbers_once_and_are_narrow() {
        let mut next = 0_u64;
        for bin in 0.. {
            let (low, high) = ends(bin);
            assert_eq!((low, bin_of(low), bin_of(high)), (next, bin, bin));
            assert!(high - low <= low / 128);
            let Some(following) = high.checked_add(1) else { break };
            next = following;
        }
        assert_eq!((bin_of(255), ends(255), ends(256)), (255, (255, 255), (256, 257)));
    }

    #[test]
    fn merging_is_commutative_and_associative_and_as_good_as_together() {
        for block in 0..50 {
            let all = values(block, 60);
            let parts: Vec<Histogram> =
                all.chunks(block as usize % 19 + 2).map(histogram).collect();
            let (a, b, c) = (&parts[0], &parts[1], parts.last().unwrap());
            assert_eq!(merged(a, b), merged(b, a));
            assert_eq!(merged(&merged(a, b), c), merged(a, &merged(b, c)));
            let whole = parts.iter().fold(Histogram::default(), |sum, part| merged(&sum, part));
            assert_eq!(whole, histogram(&all));
            assert_eq!(merged(&whole, &Histogram::default()), whole);
        }
    }

    #[test]
    fn sums_and_extremes_are_exact() {
        let histogram = histogram(&[(7, 2), (1000, 3), (1003, 0), (70, 1)]);
        assert_eq!((histogram.count(), histogram.weight()), (3, 6));
        assert_eq!(histogram.sum().exact(), Some(3084));
        assert_eq!(histogram.extremes(), Some((7, 1000)));
    }

    #[test]
    fn quantiles_hold_the_true_one_between_their_ends() {
        for block in 0..50 {
            let mut all = values(block, 40);
            let histogram = histogram(&all);
            all.sort_unstable();
            let total: u128 = all.iter().map(|&(_, weight)| u128::from(weight)).sum();
            for part in 0..=20 {
                let mut below = 0;
                let truth = all.iter().find(|&&(_, weight)| {
                    below += u128::from(weight);
                    below > 0 && below * 20 >= total * part
                });
                let (truth, found) =
                    (truth.unwrap().0, histogram.quantile(part as u64, 20).unwrap());
                assert!(found.0 <= truth && truth <= found.1, "{found:?} {truth}");
                assert!(found.1 - found.0 <= found.0 / 128);
            }
        }
        assert_eq!(Histogram::default().quantile(1, 2), None);
    }

    #[test]
    fn weights_above_a_value_hold_the_true_one_between_their_ends() {
        for block in 0..50 {
            let all = values(block, 40);
            let histogram = histogram(&all);
            for &(value, _) in &all {
                for value in [value, value.saturating_add(1)] {
                    let above = all.iter().filter(|&&(other, _)| other >= value);
                    let truth: u128 = above.map(|&(_, weight)| u128::from(weight)).sum();
                    let (low, high) = histogram.at_least(value);
                    assert!(low <= truth && truth <= high);
                    assert!(value >= 256 || low == high);
                }
            }
        }
        assert_eq!(Histogram::default().at_least(0), (0, 0));
    }

    #[test]
    fn the_largest_numbers_fit() {
        let mut histogram = Histogram::default();
        (0..4).for_each(|_| histogram.add(u64::MAX, u64::MAX));
        assert_eq!(histogram.quantile(1, 1), Some((u64::MAX, u64::MAX)));
        assert_eq!(histogram.quantile(u64::MAX, u64::MAX), Some((u64::MAX, u64::MAX)));
        assert_eq!(histogram.sum().exact(), None);
    }
}
