//! Sums that lose nothing and may be merged in any order.

/// A sum of products of two 64-bit numbers, in 192 bits: 2⁶⁴ of them fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wide {
    high: u64,
    low: u128,
}

impl Wide {
    /// Adds a product.
    pub fn add(&mut self, one: u64, other: u64) {
        let product = u128::from(one) * u128::from(other);
        self.merge(Self { high: 0, low: product });
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: Self) {
        let (low, carry) = self.low.overflowing_add(other.low);
        *self = Self { high: self.high + other.high + u64::from(carry), low };
    }

    /// Returns the sum if 128 bits hold it.
    pub fn exact(self) -> Option<u128> {
        (self.high == 0).then_some(self.low)
    }

    /// Returns the nearest number but for roundings: off by at most 2⁻⁵¹ of itself.
    pub fn approximate(self) -> f64 {
        const HIGH: f64 = (1_u128 << 127) as f64 * 2.0;
        self.high as f64 * HIGH + self.low as f64
    }
}

/// Count, sum and sum of squares of whole numbers: what a mean and its interval need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    count: u64,
    sum: u128,
    squares: Wide,
}

impl Moments {
    /// Takes in the same value so many times.
    pub fn add(&mut self, value: u64, times: u64) {
        self.count += times;
        self.sum += u128::from(value) * u128::from(times);
        let square = u128::from(value) * u128::from(value);
        // A product of 192 bits, by halves of the square.
        let (high, low) = ((square >> 64) as u64, square as u64);
        self.squares.add(low, times);
        let mut upper = Wide::default();
        upper.add(high, times);
        self.squares.merge(Wide { high: (upper.low >> 64) as u64, low: upper.low << 64 });
    }

    /// Takes in all that another has.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares.merge(other.squares);
    }

    /// Returns how many values there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Returns their sum.
    pub fn sum(&self) -> u128 {
        self.sum
    }

    /// Returns their mean, 0 of none.
    pub fn mean(&self) -> f64 {
        if self.count == 0 { 0.0 } else { self.sum as f64 / self.count as f64 }
    }

    /// Returns the sample variance (of n − 1) or a little more: what rounding may take
    /// from a difference of large numbers is added. Of fewer than two values 0.
    pub fn variance(&self) -> f64 {
        variance(self.count, self.squares, self.mean())
    }
}

/// The same of differences, which may be below nought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    more: Moments,
    less: Moments,
    differ: u64,
}

impl Differences {
    /// Takes in how much more one is than another.
    pub fn add(&mut self, one: u64, other: u64) {
        let to = if one >= other { &mut self.more } else { &mut self.less };
        to.add(one.abs_diff(other), 1);
        self.differ += u64::from(one != other);
    }

    /// Returns how many there are.
    pub fn count(&self) -> u64 {
        self.more.count + self.less.count
    }

    /// Returns how many of them are not nought.
    pub fn differ(&self) -> u64 {
        self.differ
    }

    /// Returns their mean, 0 of none.
    pub fn mean(&self) -> f64 {
        let sum = if self.more.sum >= self.less.sum {
            (self.more.sum - self.less.sum) as f64
        } else {
            -((self.less.sum - self.more.sum) as f64)
        };
        if self.count() == 0 { 0.0 } else { sum / self.count() as f64 }
    }

    /// Returns the sample variance or a little more, as [`Moments::variance`] does.
    pub fn variance(&self) -> f64 {
        let mut squares = self.more.squares;
        squares.merge(self.less.squares);
        variance(self.count(), squares, self.mean())
    }
}

/// Of so many values, by the sum of their squares and their mean.
fn variance(count: u64, squares: Wide, mean: f64) -> f64 {
    if count < 2 {
        return 0.0;
    }
    let count = count as f64;
    let square = squares.approximate() / count;
    let lost = 8.0 * f64::EPSILON * square;
    ((square - mean * mean).max(0.0) + lost) * (count / (count - 1.0))
}

#[cfg(test)]
mod tests {
    use super::super::law::close;
    use super::*;

    #[test]
    fn a_sum_past_128_bits_is_kept() {
        let mut sum = Wide::default();
        for _ in 0..5 {
            sum.add(u64::MAX, u64::MAX);
        }
        assert_eq!(sum.exact(), None);
        close(sum.approximate(), 5.0 * 2.0_f64.powi(128), 1e-15);
        let mut small = Wide::default();
        small.add(3, 4);
        assert_eq!(small.exact(), Some(12));
        small.merge(sum);
        sum.add(4, 3);
        assert_eq!(small, sum);
    }

    #[test]
    fn moments_are_those_of_the_values() {
        let mut moments = Moments::default();
        for (value, times) in [(2, 1), (4, 3), (5, 2), (7, 1), (9, 1)] {
            moments.add(value, times);
        }
        assert_eq!((moments.count(), moments.sum()), (8, 40));
        close(moments.mean(), 5.0, 0.0);
        close(moments.variance(), 32.0 / 7.0, 1e-13);
    }

    #[test]
    fn many_large_values_are_as_many_single_ones() {
        let mut once = Moments::default();
        once.add(u64::MAX - 5, 1000);
        let mut each = Moments::default();
        (0..1000).for_each(|_| each.add(u64::MAX - 5, 1));
        assert_eq!(once, each);
        let mut halves = Moments::default();
        halves.add(u64::MAX - 5, 400);
        let mut other = Moments::default();
        other.add(u64::MAX - 5, 600);
        halves.merge(&other);
        assert_eq!(once, halves);
    }

    #[test]
    fn the_variance_of_equal_large_values_is_hardly_more_than_nought() {
        let mut moments = Moments::default();
        moments.add(1 << 40, 1 << 30);
        assert!(moments.variance().sqrt() < 1e-6 * moments.mean());
        assert!(Moments::default().variance().abs() < f64::MIN_POSITIVE);
    }
}
