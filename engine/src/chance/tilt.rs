//! Events made likelier, so that a rare miss is seen often, and the weight that makes up
//! for it (importance sampling; Rubino & Tuffin, *Rare Event Simulation using Monte Carlo
//! Methods*, 2009, chapter 2).
//!
//! With odds o and tilted odds o′ ≥ o the likelihood ratio of a trial in which the set S
//! happens is Π (1 + o′ᵢ) ÷ (1 + oᵢ) × Π{S} oᵢ ÷ o′ᵢ: the first product where nothing
//! happens, and less by a factor for each that does. So no trial weighs more than that.
//!
//! - [`Tilt::by_factor`]: all odds times θ. Then a weight hangs on how many happen and on
//!   nothing else, and the law given how many is the untilted one.
//! - [`Tilt::towards`]: event by event, to what a [pilot](super::pilot) has found.

/// Tilted chances and the weights of their trials.
#[derive(Clone, Debug)]
pub struct Tilt {
    chances: Vec<f64>,
    /// o ÷ o′ of each event, at most 1.
    ratios: Vec<f64>,
    /// The weight of a trial in which nothing happens.
    heaviest: f64,
}

impl Tilt {
    /// How many parts of a [fixed-point weight](Self::fixed) are one: 2⁴⁸.
    pub const ONE: u64 = 1 << 48;

    /// No trial weighs more, so that a fixed-point weight has 64 bits.
    const HEAVIEST: f64 = 32_768.0;

    /// Tilts by the largest factor with which at most `target` events are expected at
    /// once, of those that are neither impossible nor certain, and no trial weighs more
    /// than 2¹⁵. It is at least 1 and at most 2⁶⁵.
    pub fn by_factor(chances: &[f64], target: f64) -> Self {
        let tilted = |factor: f64| {
            let one =
                |&chance: &f64| if is_open(chance) { likelier(chance, factor) } else { chance };
            Self::new(chances, chances.iter().map(one).collect())
        };
        let fits = |factor: f64| {
            let tilt = tilted(factor);
            let open = tilt.chances.iter().filter(|&&chance| chance < 1.0);
            open.sum::<f64>() <= target && tilt.heaviest <= Self::HEAVIEST
        };
        let powers = (1..=64).map(|power| (1_u128 << power) as f64);
        let power = powers.take_while(|&power| fits(power)).last().unwrap_or(1.0);
        tilted(power * (1.0 + largest(|part| fits(power * (1.0 + part)))))
    }

    /// Tilts from `chances` towards `wanted`, never downward, and all by the largest part
    /// of the way with which no trial weighs more than 2¹⁵.
    ///
    /// # Panics
    ///
    /// If there are not as many of both.
    pub fn towards(chances: &[f64], wanted: &[f64]) -> Self {
        assert_eq!(chances.len(), wanted.len(), "each event has a chance of both");
        let tilted = |part: f64| {
            let one = |(&chance, &wanted): (&f64, &f64)| {
                // What is certain under the tilt would leave nothing for its not happening.
                let way = (wanted.min(1.0 - 1.0 / 64.0) - chance).max(0.0);
                if is_open(chance) { chance + part * way } else { chance }
            };
            Self::new(chances, chances.iter().zip(wanted).map(one).collect())
        };
        tilted(largest(|part| tilted(part).heaviest <= Self::HEAVIEST))
    }

    fn new(chances: &[f64], tilted: Vec<f64>) -> Self {
        let odds = |chance: f64| chance / (1.0 - chance);
        let open = || chances.iter().zip(&tilted).map(|(&chance, &other)| (chance, other));
        let ratio =
            |(chance, other)| if is_open(chance) { odds(chance) / odds(other) } else { 1.0 };
        let unless = |(chance, other): (f64, f64)| (1.0 - chance) / (1.0 - other);
        let ratios = open().map(ratio).collect();
        let heaviest = open().filter(|&(chance, _)| is_open(chance)).map(unless).product();
        Self { chances: tilted, ratios, heaviest }
    }

    /// Returns the tilted chances, place by place.
    pub fn chances(&self) -> &[f64] {
        &self.chances
    }

    /// Returns the weight of a trial in which just this set happens: each place once, in
    /// one order always, as products are rounded. Those that are certain may be left out.
    pub fn weight(&self, set: &[u32]) -> f64 {
        set.iter().fold(self.heaviest, |weight, &event| weight * self.ratios[event as usize])
    }

    /// Returns the weight as a number of 2⁻⁴⁸ths, rounded: off by at most half of one.
    pub fn fixed(&self, set: &[u32]) -> u64 {
        (self.weight(set) * Self::ONE as f64).round() as u64
    }

    /// Returns what no fixed-point weight exceeds.
    pub fn bound(&self) -> u64 {
        self.fixed(&[])
    }
}

/// Whether an event may happen and may not. Others are never tilted.
fn is_open(chance: f64) -> bool {
    chance > 0.0 && chance < 1.0
}

/// The chance of odds that are so many times as large.
fn likelier(chance: f64, factor: f64) -> f64 {
    let odds = factor * (chance / (1.0 - chance));
    if factor > 1.0 { odds / (1.0 + odds) } else { chance }
}

/// The largest part from 0 to 1 that fits, to 2⁻⁴⁰; 0 if none does.
fn largest(fits: impl Fn(f64) -> bool) -> f64 {
    if fits(1.0) {
        return 1.0;
    }
    let (mut part, mut step) = (0.0, 1.0);
    for _ in 0..40 {
        step /= 2.0;
        if fits(part + step) {
            part += step;
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use super::super::law::close;
    use super::*;

    const CHANCES: [f64; 7] = [0.002, 0.01, 0.0, 0.3, 1e-5, 0.001, 1.0];
    const OPEN: [u32; 5] = [0, 1, 3, 4, 5];

    fn set_of(state: usize) -> Vec<u32> {
        (0..5).filter(|bit| state >> bit & 1 == 1).map(|bit| OPEN[bit]).collect()
    }

    fn chance_of(state: usize, chances: &[f64]) -> f64 {
        let set = set_of(state);
        let one = |event: &u32| {
            let chance = chances[*event as usize];
            if set.contains(event) { chance } else { 1.0 - chance }
        };
        OPEN.iter().map(one).product()
    }

    fn open_sum(tilt: &Tilt) -> f64 {
        OPEN.iter().map(|&event| tilt.chances()[event as usize]).sum()
    }

    #[test]
    fn every_state_has_its_chance_back_once_weighed() {
        let wanted = [0.5, 0.001, 0.7, 0.9, 1.0, 0.2, 0.1];
        for tilt in [Tilt::by_factor(&CHANCES, 2.0), Tilt::towards(&CHANCES, &wanted)] {
            for state in 0..32 {
                let set = set_of(state);
                let back = tilt.weight(&set) * chance_of(state, tilt.chances());
                close(back, chance_of(state, &CHANCES), 1e-13);
                assert!(tilt.fixed(&set) <= tilt.bound());
            }
            let kept = [tilt.chances()[2], tilt.chances()[6]];
            assert_eq!(kept.map(f64::to_bits), [0, 1.0_f64.to_bits()]);
        }
    }

    #[test]
    fn as_many_happen_as_are_asked_for() {
        for target in [0.5, 1.0, 2.5] {
            close(open_sum(&Tilt::by_factor(&CHANCES, target)), target, 1e-9);
        }
    }

    #[test]
    fn by_a_factor_a_weight_hangs_on_how_many_happen() {
        let tilt = Tilt::by_factor(&CHANCES, 2.0);
        close(tilt.weight(&[0, 3]), tilt.weight(&[1, 4]), 1e-13);
        close(
            tilt.weight(&[0]) * tilt.weight(&[3]),
            tilt.weight(&[]) * tilt.weight(&[4, 5]),
            1e-13,
        );
    }

    #[test]
    fn nothing_is_tilted_downward() {
        for tilt in [Tilt::by_factor(&CHANCES, 0.1), Tilt::towards(&CHANCES, &[0.0; 7])] {
            assert_eq!(tilt.chances(), CHANCES);
            assert!((0..32).all(|state| tilt.fixed(&set_of(state)) == Tilt::ONE));
        }
    }

    #[test]
    fn no_weight_is_too_large_for_its_bits() {
        let many = [0.01; 300];
        for tilt in [Tilt::by_factor(&many, 290.0), Tilt::towards(&many, &[1.0; 300])] {
            assert!(tilt.weight(&[]) <= 32_768.0 && tilt.weight(&[]) > 32_000.0);
            assert!(tilt.bound() < 1 << 63);
        }
        // Events that hardly ever happen cannot be made to happen at all costs.
        assert!(Tilt::by_factor(&[1e-300], 1.0).chances()[0] < 1e-200);
        assert!(Tilt::by_factor(&[], 1.0).chances().is_empty());
    }
}
