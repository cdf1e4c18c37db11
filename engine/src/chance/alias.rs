//! Which of many, by weight, in one look: the alias method (Walker 1977; Vose, *A linear
//! algorithm for generating random numbers with a given distribution*, 1991).
//!
//! The table is made in integers. Weights are rounded to 2⁻⁶⁴ of a column, columns are
//! filled to the brim, and their number is a power of two, so that the drawn law is the
//! rounded one to the last bit. A draw needs a column's bits and a fraction's; where the
//! bits at hand do not decide the fraction (rarely) more are drawn.

use super::stream::Stream;

/// A column: itself up to the cut, another above.
#[derive(Clone, Copy, Debug)]
struct Column {
    cut: u64,
    /// Itself, the other.
    events: [u32; 2],
}

/// A table of weights to draw from.
#[derive(Clone, Debug)]
pub struct Alias {
    columns: Vec<Column>,
    bits: u32,
}

impl Alias {
    /// Makes the table of so many finite weights of at least 0. What has no weight is
    /// never drawn; where nothing has, no draw means anything.
    pub fn new(weights: &[f64]) -> Self {
        let size = weights.len().next_power_of_two();
        let mut left = in_parts(weights, size);
        let own = |at: usize| Column { cut: 0, events: [at as u32; 2] };
        let mut columns: Vec<Column> = (0..size).map(own).collect();
        let full = 1_u128 << 64;
        let (mut small, mut large): (Vec<usize>, Vec<usize>) =
            (0..size).partition(|&at| left[at] < full);
        // What overflows fills up what does not; both lists end together as all parts
        // sum to `size` full columns.
        while let (Some(low), Some(&high)) = (small.pop(), large.last()) {
            columns[low].cut = left[low] as u64;
            columns[low].events[1] = high as u32;
            left[high] -= full - left[low];
            if left[high] < full {
                large.pop();
                small.push(high);
            }
        }
        Self { columns, bits: size.trailing_zeros() }
    }

    /// Returns how many bits choose a column.
    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// Draws by `word`, whose first `known` bits are fair and whose others are nought.
    /// There must be more of them than [`Alias::bits`], and less than 64 besides these.
    #[inline]
    pub fn draw(&self, word: u64, known: u32, stream: &mut Stream) -> u32 {
        let column = &self.columns[((word >> 1) >> (63 - self.bits)) as usize];
        let (fraction, known) = (word << self.bits, known - self.bits);
        let mask = u64::MAX << (64 - known);
        let below = if fraction == column.cut & mask {
            stream.bits() >> known < column.cut & !mask
        } else {
            fraction < column.cut
        };
        column.events[usize::from(!below)] // no branch that cannot be foreseen
    }
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

    /// What the table draws each with, in parts of which all are columns × 2⁶⁴.
    fn drawn(alias: &Alias) -> Vec<u128> {
        let mut parts = vec![0; alias.columns.len()];
        for column in &alias.columns {
            parts[column.events[0] as usize] += u128::from(column.cut);
            parts[column.events[1] as usize] += (1 << 64) - u128::from(column.cut);
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
                assert_eq!(drawn(&Alias::new(&weights)), in_parts(&weights, size));
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
    fn few_bits_draw_the_same_law_as_many() {
        let weights = [0.1, 0.25, 0.0, 0.3, 0.35];
        let alias = Alias::new(&weights);
        for known in [4, 5, 10, 32, 64] {
            let mut stream = Stream::open(3, 1, u64::from(known));
            let mut seen = [0; 5];
            for _ in 0..100_000 {
                let word = stream.bits() & (u64::MAX << (64 - known));
                seen[alias.draw(word, known, &mut stream) as usize] += 1;
            }
            assert_eq!(seen[2], 0);
            fits(&seen, &weights.map(|weight| weight.max(1e-9) * 100_000.0));
        }
    }

    #[test]
    fn one_alone_is_always_drawn() {
        let mut stream = Stream::open(3, 2, 0);
        let alias = Alias::new(&[0.2]);
        assert_eq!(alias.draw(0, 32, &mut stream), 0);
        assert_eq!(alias.draw(u64::MAX << 32, 32, &mut stream), 0);
        assert_eq!(alias.bits(), 0);
    }
}
