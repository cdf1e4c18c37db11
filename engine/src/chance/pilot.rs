//! What misses are made of, so that the next trials are [tilted](super::tilt) towards it.
//!
//! Of all laws of independent events the nearest to the law of misses is that in which
//! each has its chance given a miss (the cross-entropy method; Rubinstein & Kroese, *The
//! Cross-Entropy Method*, 2004). A pilot estimates these chances by weighted shares, from
//! sums of integers: it finds the same on any number of threads.

/// What misses are made of: how much weight each event has among them, exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pilot {
    events: Vec<u128>,
    misses: u128,
}

impl Pilot {
    /// Begins with no miss of so many events.
    pub fn new(events: usize) -> Self {
        Self { events: vec![0; events], misses: 0 }
    }

    /// Takes in the set of a trial that missed, each place once, and its
    /// [weight](super::tilt::Tilt::fixed).
    pub fn add(&mut self, set: &[u32], weight: u64) {
        self.misses += u128::from(weight);
        for &event in set {
            self.events[event as usize] += u128::from(weight);
        }
    }

    /// Takes in all that another has.
    pub fn merge(&mut self, other: &Self) {
        self.misses += other.misses;
        for (mine, its) in self.events.iter_mut().zip(&other.events) {
            *mine += its;
        }
    }

    /// Returns the chance of each event given a miss; nothing where no miss has weight.
    pub fn wanted(&self) -> Option<Vec<f64>> {
        let share = |&weight: &u128| weight as f64 / self.misses as f64;
        (self.misses > 0).then(|| self.events.iter().map(share).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::exact::Moments;
    use super::super::interval::bernstein;
    use super::super::law::near;
    use super::super::sparse::Sparse;
    use super::super::stream::Stream;
    use super::super::tilt::Tilt;
    use super::*;

    /// The moments of weights of misses, and what they are made of, of 2¹⁷ trials.
    fn sampled(tilt: &Tilt, stratum: u32, missed: impl Fn(&[u32]) -> bool) -> (Moments, Pilot) {
        let sparse = Sparse::new(tilt.chances(), 16);
        let (mut weights, mut pilot) = (Moments::default(), Pilot::new(tilt.chances().len()));
        let mut hits = Vec::new();
        for block in 0..2 {
            sparse.draw(&mut Stream::open(6, stratum, block), &mut hits);
            hits.sort_unstable();
            hits.dedup();
            let mut part = Pilot::new(tilt.chances().len());
            for trial in hits.chunk_by(|one, other| one.trial == other.trial) {
                let set: Vec<u32> = trial.iter().map(|hit| hit.event).collect();
                if missed(&set) {
                    weights.add(tilt.fixed(&set), 1);
                    part.add(&set, tilt.fixed(&set));
                }
            }
            pilot.merge(&part);
        }
        weights.add(0, (2 << 16) - weights.count());
        (weights, pilot)
    }

    #[test]
    fn a_rare_coincidence_is_found_at_its_chance() {
        // Two of three of chance 1e-4 each: about 3e-8, of which crude trials see none.
        let tilt = Tilt::by_factor(&[1e-4; 3], 1.0);
        let (weights, _) = sampled(&tilt, 0, |set| set.len() >= 2);
        let unit = Tilt::ONE as f64;
        let truth = 3.0 * 1e-8 * (1.0 - 1e-4) + 1e-12;
        let error = (weights.variance() / weights.count() as f64).sqrt() / unit;
        near(weights.mean() / unit, truth, error);
        assert!(error < 0.01 * truth);
        let interval = bernstein(&weights, tilt.bound(), 0.05);
        assert!(interval.holds(truth * unit));
    }

    #[test]
    fn a_pilot_finds_what_misses_are_made_of_among_much_that_happens() {
        // Events 0, 1 and 2 together, of chance 1e-9, where two others are about on average.
        let mut chances = vec![0.1; 23];
        chances[..3].fill(1e-3);
        let missed = |set: &[u32]| set.starts_with(&[0, 1, 2]);
        let mut tilt = Tilt::towards(&chances, &[&[0.1; 3], &chances[3..]].concat());
        for round in 1..3 {
            let (_, pilot) = sampled(&tilt, round, missed);
            tilt = Tilt::towards(&chances, &pilot.wanted().unwrap());
        }
        assert!(tilt.chances()[..3].iter().all(|&chance| chance > 0.9));
        assert!(tilt.chances()[3..].iter().all(|&chance| chance < 0.2));
        let (weights, _) = sampled(&tilt, 3, missed);
        let error = (weights.variance() / weights.count() as f64).sqrt() / Tilt::ONE as f64;
        near(weights.mean() / Tilt::ONE as f64, 1e-9, error);
        assert!(error < 0.02 * 1e-9);
        assert_eq!(Pilot::new(3).wanted(), None);
    }
}
