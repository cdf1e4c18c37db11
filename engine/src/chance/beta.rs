//! The tails of the binomial law, that is the incomplete beta function:
//!
//! - P(X ≥ k) = I(x; k, n − k + 1) and P(X ≤ k) = I(1 − x; n − k, k + 1).
//!
//! I(x; a, b) = xᵃ yᵇ ÷ B(a, b) ÷ (β₁ + α₂ ÷ (β₂ + α₃ ÷ …)) with y = 1 − x, the continued
//! fraction (`BFRAC`) of `DiDonato` & Morris, *Significant digit computation of the incomplete beta
//! function ratios* (1992). It is taken where λ = a − (a + b) x is positive, that is for
//! the smaller tail; then and for whole b all that is summed is positive and the fraction
//! ends after b terms. The factor before it is found by deviances and Stirling's error
//! (Loader, *Fast and accurate computation of binomial probabilities*, 2000), so that
//! nothing cancels, however many trials there are.

/// P(X ≥ k) of n trials of chance x, for 1 ≤ k ≤ n and 0 < x < 1. No number if the
/// fraction does not come to an end within reason.
pub fn at_least(k: u64, n: u64, x: f64) -> f64 {
    let (hits, trials) = (k as f64, n as f64);
    smaller_first(hits, trials - hits + 1.0, x, 1.0 - x, hits - (trials + 1.0) * x)
}

/// P(X ≤ k) of n trials of chance x, for 0 ≤ k < n and 0 < x < 1. No number if the
/// fraction does not come to an end within reason.
pub fn at_most(k: u64, n: u64, x: f64) -> f64 {
    let (hits, trials) = (k as f64, n as f64);
    smaller_first(trials - hits, hits + 1.0, 1.0 - x, x, (trials + 1.0) * x - (hits + 1.0))
}

/// I(x; a, b), where λ is given as it may be known better than x and y.
fn smaller_first(a: f64, b: f64, x: f64, y: f64, lambda: f64) -> f64 {
    if lambda > 0.0 {
        front(a, b, x, y, lambda) / fraction(a, b, x, y, lambda)
    } else {
        1.0 - front(b, a, y, x, -lambda) / fraction(b, a, y, x, -lambda)
    }
}

/// β₁ + α₂ ÷ (β₂ + …) by Lentz's method.
fn fraction(a: f64, b: f64, x: f64, y: f64, lambda: f64) -> f64 {
    const TERMS: u32 = 1 << 20;
    const TINY: f64 = 1e-300;
    let mut value = a * (lambda + 1.0) / (a + 1.0);
    let (mut upper, mut lower) = (value, 0.0);
    for term in 1..=TERMS {
        let place = f64::from(term);
        let odd = a + 2.0 * place - 1.0;
        let alpha = ((a + place - 1.0) / odd)
            * ((a + b + place - 1.0) / odd)
            * (place * x)
            * ((b - place) * x);
        let beta = place
            + place * (b - place) * x / odd
            + (a + place) * (lambda + 1.0 + place * (1.0 + y)) / (odd + 2.0);
        lower = 1.0 / away(beta + alpha * lower, TINY);
        upper = away(beta + alpha / upper, TINY);
        let change = upper * lower;
        value *= change;
        if (change - 1.0).abs() < 1e-15 {
            return value;
        }
    }
    f64::NAN
}

/// Keeps a divisor away from nought.
fn away(number: f64, least: f64) -> f64 {
    if number.abs() < least { least } else { number }
}

/// xᵃ yᵇ ÷ B(a, b), where λ = a − (a + b) x = (a + b) y − b.
fn front(a: f64, b: f64, x: f64, y: f64, lambda: f64) -> f64 {
    let all = a + b;
    let exponent = stirling_error(all)
        - stirling_error(a)
        - stirling_error(b)
        - deviance(a, all * x, lambda)
        - deviance(b, all * y, -lambda);
    // The binomial term √(n ÷ 2π a b) e^…, times a b ÷ n.
    libm::exp(exponent) * (a * b / (2.0 * std::f64::consts::PI * all)).sqrt()
}

/// a ln(a ÷ m) + m − a, where `apart` = a − m.
fn deviance(a: f64, m: f64, apart: f64) -> f64 {
    if apart.abs() >= 0.1 * (a + m) {
        return a * libm::log(a / m) - apart;
    }
    // 2 a v ln-series: a ln((1 + v) ÷ (1 − v)) with v = apart ÷ (a + m).
    let v = apart / (a + m);
    let mut sum = apart * v;
    let mut term = 2.0 * a * v;
    for odd in 1..100 {
        term *= v * v;
        let next = sum + term / f64::from(2 * odd + 1);
        if next.to_bits() == sum.to_bits() {
            break;
        }
        sum = next;
    }
    sum
}

/// ln n! − (n + ½) ln n + n − ln √2π: what Stirling's formula leaves out.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        let stirling = (n + 0.5) * libm::log(n) - n + 0.918_938_533_204_672_7;
        return libm::lgamma(n + 1.0) - stirling;
    }
    let square = 1.0 / (n * n);
    let series = [1.0 / 1188.0, 1.0 / 1680.0, 1.0 / 1260.0, 1.0 / 360.0, 1.0 / 12.0];
    let sum = series.into_iter().reduce(|sum, next| next - sum * square);
    sum.unwrap_or_default() / n
}

#[cfg(test)]
mod tests {
    use super::super::law::close;
    use super::*;

    /// P(X ≥ k) for x in 64ths as a number of 64ⁿths, exactly.
    fn tail(k: u32, n: u32, parts: u128) -> u128 {
        let mut choose = 1_u128;
        let mut sum = 0;
        for hits in 0..=n {
            if hits >= k {
                sum += choose * parts.pow(hits) * (64 - parts).pow(n - hits);
            }
            choose = choose * u128::from(n - hits) / u128::from(hits + 1);
        }
        sum
    }

    #[test]
    fn tails_are_the_sums_of_binomial_terms() {
        for n in 1..=20_u32 {
            for k in 1..=n {
                for parts in [1, 3, 16, 31, 32, 50, 63] {
                    let (x, all) = (parts as f64 / 64.0, 64_u128.pow(n));
                    let above = tail(k, n, parts);
                    close(at_least(k.into(), n.into(), x), above as f64 / all as f64, 2e-14);
                    let below = at_most(u64::from(k) - 1, n.into(), x);
                    close(below, (all - above) as f64 / all as f64, 2e-14);
                }
            }
        }
    }

    #[test]
    fn many_trials_lose_no_digits() {
        // By sums of terms in 60 decimal digits.
        close(at_most(3, 1_000_000_000, 8.767_3e-9), 2.499_952_847_121_205e-2, 1e-12);
        close(at_least(3, 1_000_000_000, 6.186_7e-10), 2.499_978_111_287_193e-2, 1e-12);
        close(at_least(501_000, 1_000_000, 0.5), 2.280_414_993_269_104e-2, 1e-12);
        close(at_most(1_000, 1_000_000_000_000, 1.2e-9), 1.553_146_950_315_86e-9, 1e-12);
    }

    #[test]
    fn a_tail_too_long_to_sum_is_no_number_and_no_loop() {
        let far = at_least(1 << 51, 1 << 52, 0.5);
        assert!(far.is_nan() || (far - 0.5).abs() < 1e-6);
    }
}
