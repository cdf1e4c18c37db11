//! How often something happens whose mean number is known: Poisson's law, exactly.
//!
//! P(N = k) = μᵏ e^−μ ÷ k!. Below ten by multiplying units until they fall below e^−μ
//! (Knuth, *The Art of Computer Programming*, vol. 2, 3.4.1); from there by transformed
//! rejection with squeeze (Hörmann, *The transformed rejection method for generating
//! Poisson random variables*, 1993, algorithm PTRS). Neither approximates the law; both
//! are right up to the rounding of logarithms, which is kept below 10⁻⁷ of a chance by
//! drawing more than 2²⁴ as a sum of equal parts.

use super::stream::Stream;

/// From here on rejection is quicker, and it is not proven below.
const LARGE: f64 = 10.0;

/// From here on the logarithm of a factorial would be too coarse.
const HUGE: f64 = (1 << 24) as f64;

/// Poisson's law of one mean, with what need not be found anew for each draw.
#[derive(Clone, Debug)]
pub struct Poisson {
    /// How many independent numbers are drawn and summed, and the mean of each.
    parts: u64,
    mean: f64,
    /// e^−μ where the mean is small, ln μ where it is large.
    constant: f64,
}

impl Poisson {
    /// Prepares the law of a mean; what is no number or below 0 is 0.
    ///
    /// # Panics
    ///
    /// If the mean is infinite.
    pub fn new(mean: f64) -> Self {
        let mean = mean.max(0.0);
        assert!(mean.is_finite(), "nothing happens infinitely often");
        let parts = (mean / HUGE).ceil().max(1.0);
        let mean = mean / parts;
        let constant = if mean < LARGE { libm::exp(-mean) } else { libm::log(mean) };
        Self { parts: parts as u64, mean, constant }
    }

    /// Draws a number.
    pub fn draw(&self, stream: &mut Stream) -> u64 {
        (0..self.parts).map(|_| self.draw_part(stream)).sum()
    }

    fn draw_part(&self, stream: &mut Stream) -> u64 {
        if self.mean < LARGE { self.by_product(stream) } else { self.by_rejection(stream) }
    }

    fn by_product(&self, stream: &mut Stream) -> u64 {
        let mut product = stream.unit();
        let mut number = 0;
        while product > self.constant {
            product *= stream.unit();
            number += 1;
        }
        number
    }

    fn by_rejection(&self, stream: &mut Stream) -> u64 {
        let b = 0.931 + 2.53 * self.mean.sqrt();
        let a = -0.059 + 0.024_83 * b;
        let sure = 0.9277 - 3.6224 / (b - 2.0);
        loop {
            let u = stream.unit() - 0.5;
            let v = stream.unit();
            let edge = 0.5 - u.abs();
            let number = ((2.0 * a / edge + b) * u + self.mean + 0.43).floor();
            if edge >= 0.07 && v <= sure {
                return number as u64;
            }
            if number < 0.0 || (edge < 0.013 && v > edge) {
                continue;
            }
            let inverse = 1.1239 + 1.1328 / (b - 3.4);
            let left = libm::log(v * inverse / (a / (edge * edge) + b));
            let right = number * self.constant - self.mean - libm::lgamma(number + 1.0);
            if left <= right {
                return number as u64;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::law::{fits, near};
    use super::*;

    /// Draws and compares with the law, all that is beyond the last cell in that cell.
    fn keeps_the_law(mean: f64, block: u64) {
        const DRAWS: usize = 100_000;
        let mut stream = Stream::open(2, 0, block);
        let law = Poisson::new(mean);
        let cells = (2.0 * mean) as usize + 20;
        let mut seen = vec![0; cells];
        (0..DRAWS).for_each(|_| seen[(law.draw(&mut stream) as usize).min(cells - 1)] += 1);
        let mut expected: Vec<f64> = (0..cells)
            .map(|k| k as f64)
            .map(|k| libm::exp(k * libm::log(mean) - mean - libm::lgamma(k + 1.0)))
            .map(|chance| chance * DRAWS as f64)
            .collect();
        expected[cells - 1] += DRAWS as f64 - expected.iter().sum::<f64>();
        fits(&seen, &expected);
    }

    #[test]
    fn every_mean_keeps_the_law() {
        for (block, mean) in [0.01, 0.7, 5.0, 9.99, 10.0, 14.5, 60.0, 300.0].into_iter().enumerate()
        {
            keeps_the_law(mean, block as u64);
        }
    }

    #[test]
    fn a_large_mean_has_its_mean_and_its_variance() {
        for (block, mean) in [(0, 3e6), (1, 1e8)] {
            let law = Poisson::new(mean);
            let mut stream = Stream::open(2, 1, block);
            let apart: Vec<f64> =
                (0..20_000).map(|_| law.draw(&mut stream) as f64 - mean).collect();
            let count = apart.len() as f64;
            near(apart.iter().sum::<f64>() / count, 0.0, (mean / count).sqrt());
            let variance = apart.iter().map(|x| x * x).sum::<f64>() / count;
            near(variance, mean, mean * (2.0 / count).sqrt());
        }
    }

    #[test]
    fn nothing_comes_of_nothing() {
        let mut stream = Stream::open(2, 2, 0);
        for mean in [0.0, -1.0, f64::NAN] {
            assert!((0..100).all(|_| Poisson::new(mean).draw(&mut stream) == 0));
        }
    }
}
