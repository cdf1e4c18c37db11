//! Which of many, by weight, in one look: the alias method (Walker 1977; Vose, *A linear
//! algorithm for generating random numbers with a given distribution*, 1991).
//!
//! The table is made in integers. Weights are rounded to 2⁻⁶⁴ of a column, columns are
//! filled to the brim, and their number is a power of two, so that the drawn law is the
//! rounded one to the last bit. Of a random word the lowest bits are the caller's, the
//! next choose a column, the highest are a fraction. Where these do not decide on which
//! side of the column's cut it lies (rarely), more are drawn.

use super::stream::Stream;

/// A column: itself up to the cut, another above.
#[derive(Clone, Copy, Debug)]
struct Column {
    /// The highest bits of the cut, where a word has its fraction.
    cut: u64,
    /// Itself, the other.
    events: [u32; 2],
}

/// A table of weights to draw from.
#[derive(Clone, Debug)]
pub struct Alias {
    columns: Vec<Column>,
    /// What of each cut a word's fraction does not tell.
    rests: Vec<u64>,
    /// Where in a word the column begins, and the masks of column and fraction.
    shift: u32,
    column: u64,
    fraction: u64,
    width: u32,
}

impl Alias {
    /// Makes the table of so many finite weights of at least 0, for words whose `shift`
    /// lowest bits are left to the caller. What has no weight is never drawn; where
    /// nothing has, no draw means anything.
    ///
    /// # Panics
    ///
    /// If a word has no bits left for a fraction.
    pub fn new(weights: &[f64], shift: u32) -> Self {
        /// So many bits leave a fraction undecided once in 64 times.
        const FRACTION: u32 = 6;
        let size = weights.len().next_power_of_two();
        let used = shift + size.trailing_zeros();
        let width = if used + FRACTION <= u32::BITS { u32::BITS } else { u64::BITS };
        assert!(used + FRACTION <= width, "there are too many columns for a word");
        let bits = width - used;
        let (cuts, others) = filled(in_parts(weights, size));
        let column = |(own, (cut, other)): (u32, (&u64, u32))| Column {
            cut: (cut >> (u64::BITS - bits)) << used,
            events: [own, other],
        };
        Self {
            columns: (0..).zip(cuts.iter().zip(others)).map(column).collect(),
            rests: cuts.iter().map(|cut| cut << bits).collect(),
            shift,
            column: size as u64 - 1,
            fraction: (u64::MAX >> (u64::BITS - bits)) << used,
            width,
        }
    }

    /// Returns how many fair bits a word needs: 32 or 64.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Draws by a word of that many fair bits, higher ones being nought.
    #[inline]
    pub fn draw(&self, word: u64, stream: &mut Stream) -> u32 {
        let at = ((word >> self.shift) & self.column) as usize;
        let column = &self.columns[at];
        let fraction = word & self.fraction;
        let below = if fraction == column.cut {
            stream.bits() < self.rests[at]
        } else {
            fraction < column.cut
        };
        column.events[usize::from(!below)] // no branch that cannot be foreseen
    }
}

/// Fills columns to the brim: each one's cut, and whose the part above it is.
fn filled(mut left: Vec<u128>) -> (Vec<u64>, Vec<u32>) {
    let full = 1_u128 << 64;
    let mut cuts = vec![0; left.len()];
    let mut others: Vec<u32> = (0..left.len() as u32).collect();
    let (mut small, mut large): (Vec<usize>, Vec<usize>) =
        (0..left.len()).partition(|&at| left[at] < full);
    // What overflows fills up what does not; both end together, as all parts sum to so
    // many full columns.
    while let (Some(low), Some(&high)) = (small.pop(), large.last()) {
        cuts[low] = left[low] as u64;
        others[low] = high as u32;
        left[high] -= full - left[low];
        if left[high] < full {
            large.pop();
            small.push(high);
        }
    }
    (cuts, others)
}

/// Scales weights to whole parts of which `size` × 2⁶⁴ are all; what rounding leaves over
/// goes to the heaviest, where it matters least.
fn in_parts(weights: &[f64], size: usize) -> Vec<u128> {
    let all = (size as u128) << 64;
    let total: f64 = weights.iter().sum();
    let mut parts = vec![0; size];
    for (part, weight) in parts.iter_mut().zip(weights) {
        *part = (weight / total * all as f64) as u128;
    }
    let heaviest = (0..weights.len()).max_by(|&a, &b| weights[a].total_cmp(&weights[b]));
    let heaviest = heaviest.unwrap_or_default();
    parts[heaviest] = 0;
    parts[heaviest] = all.saturating_sub(parts.iter().sum());
    parts
}

#[cfg(test)]
mod tests {
    use super::super::law::fits;
    use super::*;

    /// What columns draw each with, in parts of which all are columns × 2⁶⁴.
    fn drawn((cuts, others): (Vec<u64>, Vec<u32>)) -> Vec<u128> {
        let mut parts = vec![0; cuts.len()];
        for (own, (cut, other)) in cuts.into_iter().zip(others).enumerate() {
            parts[own] += u128::from(cut);
            parts[other as usize] += (1 << 64) - u128::from(cut);
        }
        parts
    }

    #[test]
    fn the_table_draws_what_the_weights_say_to_the_last_part() {
        let mut stream = Stream::open(3, 0, 0);
        for count in 1..40 {
            let weights: Vec<f64> =
                (0..count).map(|_| stream.exponential() * stream.below(4) as f64).collect();
            if weights.iter().any(|&weight| weight > 0.0) {
                let size = weights.len().next_power_of_two();
                let parts = in_parts(&weights, size);
                assert_eq!(drawn(filled(parts.clone())), parts);
            }
        }
    }

    #[test]
    fn parts_are_the_weights() {
        let parts = in_parts(&[1.0, 0.0, 2.0, 5.0], 4);
        let unit = 1_u128 << 63;
        assert_eq!(parts, [unit, 0, 2 * unit, 5 * unit]);
        let tiny = in_parts(&[1e-15, 1.0], 2);
        assert_eq!(tiny[0], (1e-15 * 2.0_f64.powi(65)) as u128);
        assert_eq!(tiny[0] + tiny[1], 2 << 64);
    }

    #[test]
    fn few_bits_of_a_fraction_draw_the_same_law_as_many() {
        let weights = [0.1, 0.25, 0.0, 0.3, 0.35];
        for (shift, width) in [(0, 32), (23, 32), (24, 64), (55, 64)] {
            let alias = Alias::new(&weights, shift);
            assert_eq!(alias.width(), width);
            let mut stream = Stream::open(3, 1, u64::from(shift));
            let mut seen = [0; 5];
            for _ in 0..100_000 {
                let word = stream.bits() >> (64 - width);
                seen[alias.draw(word, &mut stream) as usize] += 1;
            }
            assert_eq!(seen[2], 0);
            fits(&seen, &weights.map(|weight| weight.max(1e-9) * 100_000.0));
        }
    }

    #[test]
    fn one_alone_is_always_drawn() {
        let mut stream = Stream::open(3, 2, 0);
        for shift in [0, 26] {
            let alias = Alias::new(&[0.2], shift);
            assert_eq!(alias.draw(0, &mut stream), 0);
            assert_eq!(alias.draw(u64::from(u32::MAX), &mut stream), 0);
        }
    }
}
