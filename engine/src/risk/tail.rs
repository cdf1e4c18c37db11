//! States of more surprises than are enumerated, drawn.
//!
//! By their exact law, always; and, where more than two surprises are expected at once, in
//! every other block [towards misses](super::towards). Whole blocks only are counted, each
//! with a stream of its own.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::tally::Tally;
use super::towards::{Tilted, Towards};
use super::{ALPHA, AT_ONCE, BLOCK, Enumerated, Question, TAIL, TILTED, View, counted};
use super::{figures, importance};
use crate::assess::bulk::Effect;
use crate::chance::interval::spend;
use crate::chance::stream::Stream;
use crate::failures::Set;
use crate::progress::{Observer, Stage};

/// What was drawn so far.
pub(super) struct Sampled {
    /// By the exact law: sums by count.
    pub(super) plain: Drawn,
    /// Towards misses: sums by weight.
    pub(super) tilted: Option<Tilted>,
    pub(super) looks: u32,
    /// What the intervals leave out.
    pub(super) alpha: f64,
    pub(super) partial: bool,
}

/// States drawn by one law.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    pub(super) tally: Tally,
    pub(super) trials: u64,
    pub(super) missing: Missing,
}

/// Surprises and their states in which an objective was missed: which, and their weight.
pub(super) type Missing = BTreeMap<(Vec<u32>, Set), (u64, f64)>;

/// Surprises with the state that they come to, and how often that was drawn.
pub(super) type Counts = BTreeMap<(Vec<u32>, Set), u64>;

/// What surprises with such an effect, drawn so often, weigh each.
type Weight<'w> = dyn FnMut(&[u32], &Effect, u64) -> f64 + 'w;

impl Drawn {
    pub(super) fn new(tally: Tally) -> Self {
        Self { tally, trials: 0, missing: Missing::new() }
    }
}

impl Sampled {
    pub(super) fn new(tally: Tally) -> Self {
        let plain = Drawn::new(tally);
        Self { plain, tilted: None, looks: 0, alpha: ALPHA, partial: false }
    }
}

impl View<'_> {
    /// Draws blocks until there are enough.
    pub(super) fn sampled(
        &self,
        sampled: &mut Sampled,
        (question, rest): (Question, f64),
        exact: &Enumerated,
        observer: &dyn Observer,
    ) {
        let towards = Towards::misses(self, exact, question.seed);
        sampled.tilted = towards.as_ref().map(|towards| Tilted::new(towards, self.tally()));
        let blocks = question.trials.div_ceil(BLOCK);
        let (mut done, mut look) = (0, 1);
        if question.until_error.is_some() {
            sampled.alpha = spend(ALPHA, 0);
        }
        while done < blocks {
            if observer.stops() {
                sampled.partial = true;
                return;
            }
            let step = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
            observer.begins(Stage::Trials, step(done + 1), step(blocks));
            let ahead = if question.until_error.is_some() { look - done } else { AT_ONCE };
            let until = blocks.min(done + ahead.min(AT_ONCE));
            self.blocks(done..until, question.seed, towards.as_ref(), sampled);
            done = until;
            if done == look
                && let Some(error) = question.until_error
            {
                let is_enough = figures::is_enough(&exact.tally, sampled, rest, error);
                sampled.looks += 1;
                look *= 2;
                if is_enough {
                    return;
                }
                sampled.alpha = spend(ALPHA, sampled.looks);
            }
        }
    }

    fn blocks(
        &self,
        blocks: std::ops::Range<u64>,
        seed: u64,
        towards: Option<&Towards>,
        sampled: &mut Sampled,
    ) {
        let is_tilted = |block: &u64| towards.is_some() && block % 2 == 1;
        let (tilted, plain): (Vec<u64>, Vec<u64>) = blocks.partition(is_tilted);
        let plain = self.counts(&plain, (seed, TAIL), &|stream, set| self.sets.draw(stream, set));
        self.take(plain, &mut sampled.plain, &mut |_, _, _| 1.0);
        if let (Some(towards), Some(of)) = (towards, &mut sampled.tilted) {
            let draw = |stream: &mut Stream, set: &mut Vec<u32>| towards.draw(stream, set);
            let tilted = self.counts(&tilted, (seed, TILTED), &draw);
            let Tilted { drawn, weights, .. } = of;
            self.take(tilted, drawn, &mut |set, effect, count| {
                let weight = towards.weight(set);
                towards.add((weight, set), effect, count, weights);
                weight
            });
        }
    }

    /// Draws some blocks.
    pub(super) fn counts(
        &self,
        blocks: &[u64],
        (seed, stratum): (u64, u32),
        draw: &(dyn Fn(&mut Stream, &mut Vec<u32>) + Sync),
    ) -> Counts {
        let block = |block: &u64| {
            let mut stream = Stream::open(seed, stratum, *block);
            let mut set = Vec::new();
            let trial = |_| {
                draw(&mut stream, &mut set);
                let state = self.deck.drawn_state(&self.sets.in_force(&set), &mut stream);
                (set.clone(), state)
            };
            (0..BLOCK).map(trial).collect::<Vec<_>>()
        };
        let drawn: Vec<Vec<_>> = blocks.par_iter().map(block).collect();
        let mut counts = Counts::new();
        for one in drawn.into_iter().flatten() {
            *counts.entry(one).or_default() += 1;
        }
        counts
    }

    /// Adds what was drawn, each at its weight.
    fn take(&self, counts: Counts, to: &mut Drawn, weight: &mut Weight<'_>) {
        let states: Vec<Set> = counts.keys().map(|(_, state)| state.clone()).collect();
        to.trials += counts.values().sum::<u64>();
        for ((drawn, count), effect) in counts.into_iter().zip(self.bulk.effects(&states)) {
            let weight = weight(&drawn.0, &effect, count) * counted(count);
            let in_force = self.sets.in_force(&drawn.0);
            to.tally.add(&in_force, &effect, self.bulk.normal(), weight);
            let bits = importance::missed(&effect);
            if bits != 0 {
                to.missing.entry(drawn).or_insert((bits, 0.0)).1 += weight;
            }
        }
    }
}
