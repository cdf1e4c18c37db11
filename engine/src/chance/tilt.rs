//! Events made likelier, so that a rare miss is seen often, and the weight that makes up
//! for it (importance sampling; Rubino & Tuffin, *Rare Event Simulation using Monte Carlo
//! Methods*, 2009, chapter 2).
//!
//! All odds are multiplied by one factor θ: p′ = θ o ÷ (1 + θ o). The likelihood ratio of
//! a trial in which N events happen is then Π (1 + θ oᵢ) ÷ (1 + oᵢ) × θ^−N: it hangs on
//! how many happen and on nothing else. Among trials of equal N all weigh the same, and
//! their law given N is the untilted one; so tilted trials may also be read as draws
//! within [orders](super::order) whose chances are known.

/// Tilted chances and their weights.
#[derive(Clone, Debug)]
pub struct Tilt {
    chances: Vec<f64>,
    factor: f64,
    weights: Vec<f64>,
}

impl Tilt {
    /// How many parts of a [fixed-point weight](Self::fixed) are one: 2⁴⁸.
    pub const ONE: u64 = 1 << 48;

    /// No trial weighs more, so that a fixed-point weight has 64 bits.
    const HEAVIEST: f64 = 32_768.0;

    /// Tilts so that `target` events are expected at once, of those that are neither
    /// impossible nor certain, but never downward, nor so far that a trial weighs more
    /// than 2¹⁵ (or θ is beyond 2⁶⁴).
    pub fn new(chances: &[f64], target: f64) -> Self {
        let odds: Vec<f64> = chances.iter().map(|&chance| odds(chance)).collect();
        let fits = |factor: f64| {
            expected(&odds, factor) <= target && heaviest(&odds, factor) <= Self::HEAVIEST
        };
        let factor = largest(fits);
        let tilted = chances.iter().zip(&odds).map(|(&chance, &odds)| {
            let tilted = factor * odds;
            if odds > 0.0 && factor > 1.0 { tilted / (1.0 + tilted) } else { chance }
        });
        let tilted = tilted.collect();
        let open = odds.iter().filter(|&&odds| odds > 0.0).count();
        let weight = |&weight: &f64| Some(weight / factor);
        let weights = std::iter::successors(Some(heaviest(&odds, factor)), weight);
        Self { chances: tilted, factor, weights: weights.take(open + 1).collect() }
    }

    /// Returns the tilted chances, place by place.
    pub fn chances(&self) -> &[f64] {
        &self.chances
    }

    /// Returns θ, at least 1.
    pub fn factor(&self) -> f64 {
        self.factor
    }

    /// Returns the weight of a trial in which so many *different* events happen, those
    /// that are certain not counted.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    pub fn weight(&self, happened: usize) -> f64 {
        self.weights[happened]
    }

    /// Returns the weight as a number of 2⁻⁴⁸ths, rounded: off by at most half of one.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    pub fn fixed(&self, happened: usize) -> u64 {
        (self.weights[happened] * Self::ONE as f64).round() as u64
    }
}

/// Of what is impossible or certain nought: no factor changes it.
fn odds(chance: f64) -> f64 {
    if chance > 0.0 && chance < 1.0 { chance / (1.0 - chance) } else { 0.0 }
}

/// How many events happen at once on average, of tilted odds.
fn expected(odds: &[f64], factor: f64) -> f64 {
    odds.iter().map(|odds| factor * odds / (1.0 + factor * odds)).sum()
}

/// The weight of a trial in which nothing happens.
fn heaviest(odds: &[f64], factor: f64) -> f64 {
    odds.iter().map(|odds| (1.0 + factor * odds) / (1.0 + odds)).product()
}

/// The largest factor from 1 to 2⁶⁴ that fits, to 2⁻⁴⁰ of itself; 1 if none does.
fn largest(fits: impl Fn(f64) -> bool) -> f64 {
    let mut low = 1.0;
    let powers = (1..=64).map(|power| (1_u128 << power) as f64);
    for power in powers.take_while(|&power| fits(power)) {
        low = power;
    }
    let mut step = low;
    for _ in 0..40 {
        step /= 2.0;
        if fits(low + step) {
            low += step;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::super::law::{close, near};
    use super::super::sparse::Sparse;
    use super::super::stream::Stream;
    use super::*;

    const CHANCES: [f64; 7] = [0.002, 0.01, 0.0, 0.3, 1e-5, 0.001, 1.0];
    const OPEN: [usize; 5] = [0, 1, 3, 4, 5];

    fn chance_of(state: usize, chances: &[f64]) -> f64 {
        let happens = |bit: usize| state >> bit & 1 == 1;
        let each = OPEN.iter().enumerate();
        each.map(|(bit, &at)| if happens(bit) { chances[at] } else { 1.0 - chances[at] }).product()
    }

    #[test]
    fn every_state_has_its_chance_back_once_weighed() {
        let tilt = Tilt::new(&CHANCES, 2.0);
        for state in 0..32_usize {
            let weight = tilt.weight(state.count_ones() as usize);
            close(weight * chance_of(state, tilt.chances()), chance_of(state, &CHANCES), 1e-13);
        }
        assert_eq!(
            [tilt.chances()[2], tilt.chances()[6]].map(f64::to_bits),
            [0, 1.0_f64.to_bits()]
        );
    }

    #[test]
    fn as_many_happen_as_are_asked_for() {
        for target in [0.5, 1.0, 2.5] {
            let tilt = Tilt::new(&CHANCES, target);
            close(OPEN.iter().map(|&at| tilt.chances()[at]).sum(), target, 1e-9);
        }
    }

    #[test]
    fn nothing_is_tilted_downward() {
        let tilt = Tilt::new(&CHANCES, 0.1);
        assert_eq!(tilt.factor().to_bits(), 1.0_f64.to_bits());
        assert_eq!(tilt.chances(), CHANCES);
        assert!((0..=5).all(|happened| tilt.fixed(happened) == Tilt::ONE));
    }

    #[test]
    fn no_weight_is_too_large_for_its_bits() {
        let greedy = Tilt::new(&[0.01; 300], 290.0);
        assert!(greedy.weight(0) <= 32_768.0 && greedy.weight(0) > 32_000.0);
        assert!(greedy.fixed(0) < 1 << 63);
        // Events that hardly ever happen cannot be made to happen at all costs.
        assert!(Tilt::new(&[1e-300], 1.0).factor() < 1e20);
        assert!(Tilt::new(&[], 1.0).factor() < 1e20);
    }

    #[test]
    fn a_rare_coincidence_is_found_at_its_chance() {
        // Two of three of chance 1e-4 each: about 3e-8, of which crude trials see none.
        let tilt = Tilt::new(&[1e-4; 3], 1.0);
        let sparse = Sparse::new(tilt.chances(), 16);
        let (mut sum, mut squares) = (0.0, 0.0);
        let mut hits = Vec::new();
        for block in 0..4 {
            sparse.draw(&mut Stream::open(6, 0, block), &mut hits);
            hits.sort_unstable();
            hits.dedup();
            for trial in hits.chunk_by(|a, b| a.trial == b.trial).filter(|trial| trial.len() >= 2) {
                let weight = tilt.weight(trial.len());
                sum += weight;
                squares += weight * weight;
            }
        }
        let trials = f64::from(4 << 16);
        let truth = 3.0 * 1e-8 * (1.0 - 1e-4) + 1e-12;
        near(sum / trials, truth, squares.sqrt() / trials);
        assert!(squares.sqrt() / trials < 0.01 * truth);
    }
}
