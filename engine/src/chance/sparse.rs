//! Independent events in blocks of trials, at a cost per event that happens.
//!
//! An event of chance p happens in a trial if a Poisson process of rate λ = −ln(1 − p)
//! has a point there: 1 − e^−λ = p. The points of all events in all trials of a block
//! are Poisson of mean B × Σ λ, each lies in any trial alike, and is of event i with λᵢ ÷
//! Σ λ (superposition and colouring; Kingman, *Poisson Processes*, 1993). So one number
//! says how many points a block has, and a word each says where. Two points of one event
//! in one trial are one event: the law is exactly that of independent events.

use super::alias::Alias;
use super::poisson::Poisson;
use super::stream::Stream;

/// That an event happens in a trial of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The trial, counted within its block.
    pub trial: u32,
    /// The event, by its place among the chances.
    pub event: u32,
}

/// Events of given chances, ready to be drawn in blocks.
#[derive(Clone, Debug)]
pub struct Sparse {
    points: Poisson,
    alias: Alias,
    trial_bits: u32,
    certain: Vec<u32>,
}

impl Sparse {
    /// Prepares events of these chances for blocks of 2^`trial_bits` trials. What is
    /// below 0 or no number never happens; from 1 on it is [certain](Self::certain).
    ///
    /// # Panics
    ///
    /// If a block has more than 2²⁰ trials.
    pub fn new(chances: &[f64], trial_bits: u32) -> Self {
        assert!(trial_bits <= 20, "a block has at most 2^20 trials");
        let certain = (0..).zip(chances).filter(|&(_, &chance)| chance >= 1.0);
        let certain: Vec<u32> = certain.map(|(event, _)| event).collect();
        let rates: Vec<f64> = chances.iter().map(|&chance| rate(chance)).collect();
        let trials = f64::from(1_u32 << trial_bits);
        let points = Poisson::new(trials * rates.iter().sum::<f64>());
        Self { points, alias: Alias::new(&rates, trial_bits), trial_bits, certain }
    }

    /// Returns the events that happen in every trial. No hit names them.
    pub fn certain(&self) -> &[u32] {
        &self.certain
    }

    /// Returns how many trials a block has.
    pub fn trials(&self) -> u32 {
        1 << self.trial_bits
    }

    /// Draws a block. Hits come in no order; the same may come more than once.
    pub fn draw(&self, stream: &mut Stream, hits: &mut Vec<Hit>) {
        hits.clear();
        let count = self.points.draw(stream);
        hits.reserve(count as usize);
        if self.alias.width() == u32::BITS {
            self.scatter::<4>(count, stream, hits);
        } else {
            self.scatter::<8>(count, stream, hits);
        }
    }

    /// Places so many points, by a word of so many bytes each. Words are drawn many at a
    /// time, so that one need not wait for the other.
    fn scatter<const BYTES: usize>(&self, count: u64, stream: &mut Stream, hits: &mut Vec<Hit>) {
        let mut buffer = [0; 256];
        let mask = self.trials() - 1;
        let mut left = count as usize * BYTES;
        while left > 0 {
            let bytes = &mut buffer[..left.min(256)];
            stream.fill(bytes);
            hits.extend(bytes.chunks_exact(BYTES).map(|bytes| {
                let mut word = [0; 8];
                word[..BYTES].copy_from_slice(bytes);
                let word = u64::from_le_bytes(word);
                Hit { trial: word as u32 & mask, event: self.alias.draw(word, stream) }
            }));
            left -= bytes.len();
        }
    }
}

/// λ of a chance; of what is certain nought, as it is not drawn.
fn rate(chance: f64) -> f64 {
    if chance > 0.0 && chance < 1.0 { -libm::log1p(-chance) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::law::{fits, near};
    use super::*;

    /// How often each of the 2ⁿ states came, of so many blocks.
    fn states(sparse: &Sparse, events: usize, blocks: u64) -> Vec<u64> {
        let mut seen = vec![0; 1 << events];
        let mut hits = Vec::new();
        for block in 0..blocks {
            sparse.draw(&mut Stream::open(4, 0, block), &mut hits);
            let mut trials = vec![0_usize; sparse.trials() as usize];
            for hit in &hits {
                trials[hit.trial as usize] |= 1 << hit.event;
            }
            for state in trials {
                seen[state] += 1;
            }
        }
        seen
    }

    fn chance_of(state: usize, chances: &[f64]) -> f64 {
        let each = chances.iter().enumerate();
        each.map(|(event, p)| if state >> event & 1 == 1 { *p } else { 1.0 - p }).product()
    }

    #[test]
    fn all_states_of_six_events_come_as_often_as_they_should() {
        let chances = [0.5, 0.01, 0.2, 0.9, 0.001, 0.35];
        // Few bits and many, one trial a block and many.
        for (trial_bits, blocks) in [(0, 100_000), (9, 400), (16, 4), (20, 1)] {
            let sparse = Sparse::new(&chances, trial_bits);
            let trials = (blocks << trial_bits) as f64;
            let law: Vec<f64> = (0..64).map(|state| trials * chance_of(state, &chances)).collect();
            fits(&states(&sparse, 6, blocks), &law);
        }
    }

    #[test]
    fn what_is_certain_is_said_and_what_is_impossible_never_comes() {
        let sparse = Sparse::new(&[0.0, 1.0, 0.3, -0.1, f64::NAN, 1.5], 9);
        assert_eq!(sparse.certain(), [1, 5]);
        let mut hits = Vec::new();
        for block in 0..100 {
            sparse.draw(&mut Stream::open(4, 1, block), &mut hits);
            assert!(hits.iter().all(|hit| hit.event == 2));
        }
    }

    #[test]
    fn without_events_nothing_happens() {
        let mut hits = vec![Hit { trial: 0, event: 0 }];
        for chances in [&[] as &[f64], &[0.0], &[1.0]] {
            Sparse::new(chances, 9).draw(&mut Stream::open(4, 2, 0), &mut hits);
            assert!(hits.is_empty());
        }
    }

    #[test]
    fn rare_events_among_many_come_at_their_chance() {
        let mut chances = vec![1e-3; 300];
        chances[7] = 1e-6;
        let sparse = Sparse::new(&chances, 16);
        let (mut rare, mut all) = (0, 0);
        let mut hits = Vec::new();
        for block in 0..400 {
            sparse.draw(&mut Stream::open(4, 3, block), &mut hits);
            all += hits.len();
            rare += hits.iter().filter(|hit| hit.event == 7).count();
        }
        let trials = f64::from(400 << 16);
        near(rare as f64, trials * 1e-6, (trials * 1e-6).sqrt());
        let points = trials * (299.0 * rate(1e-3) + rate(1e-6));
        near(all as f64, points, points.sqrt());
    }
}
