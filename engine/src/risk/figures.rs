//! Figures of the state view, each with what is certain and with what 95 % hold.

use super::StateView;
use super::tail::Sampled;
use super::tally::Tally;
use super::towards::Tilted;
use crate::chance::interval::{Interval, clopper_pearson};

/// A chance: by all that was looked at, and between what it lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chances {
    /// By what was enumerated and drawn, what is open counted as half.
    pub best: f64,
    /// Whatever was not looked at comes to, and whatever is open is.
    pub certain: Interval,
    /// The same of what is open; of what was drawn, 95 times in 100.
    pub likely: Interval,
}

/// An expected number: of agents.
pub type Figure = Chances;

impl StateView {
    /// The chance that an objective is missed.
    pub fn missed(&self, objective: usize) -> Chances {
        let of = |tally: &Tally| {
            let one = tally.objectives[objective];
            (one.missed, one.open)
        };
        let (exact, plain) = (of(&self.exact), of(&self.sampled));
        let plainly = chances(exact, plain, self);
        let Some(tilted) = &self.tilted else { return plainly };
        let off = (exact.0 + exact.1) * self.error;
        let (low, high) = ((exact.0 - off).max(0.0), exact.0 + exact.1 + off);
        let tail = Tail { rest: self.rest, plain, trials: self.trials, tilted: Some(tilted) };
        let (best, likely, _) = tail.of(objective, self.alpha);
        let tried = tilted.tried[objective].certain;
        let within = |ends: Interval| Interval {
            low: ends.low.max(tried.low),
            high: ends.high.min(tried.high),
        };
        let certain = within(plainly.certain);
        let likely = within(Interval { low: low + likely.low, high: high + likely.high });
        let best = (exact.0 + exact.1 / 2.0 + best).clamp(certain.low, certain.high);
        Chances { best, certain, likely }
    }

    /// The chance of a state of which it cannot be said whether an objective is missed.
    pub fn undecided(&self, objective: usize) -> f64 {
        let (sampled, scale) = self.drawn_of(objective);
        self.exact.objectives[objective].open + scale * sampled.objectives[objective].open
    }

    /// States drawn, by whatever law.
    pub fn drawn_in_all(&self) -> u64 {
        self.trials + self.tilted.as_ref().map_or(0, |tilted| tilted.drawn.trials)
    }

    /// What was drawn that says most of an objective, and the chance that one of its
    /// weight stands for.
    pub(super) fn drawn_of(&self, objective: usize) -> (&Tally, f64) {
        match &self.tilted {
            Some(tilted) if self.by_tilt[objective] => {
                (&tilted.drawn.tally, 1.0 / trials(tilted.drawn.trials))
            }
            _ if self.trials > 0 => (&self.sampled, self.rest / trials(self.trials)),
            _ => (&self.sampled, 0.0),
        }
    }

    /// The chance that fewer agents work than so many.
    pub fn fewer_than(&self, agents: u64) -> Chances {
        let of = |tally: &Tally| (tally.working.range(..agents).map(|(_, w)| w).sum(), 0.0);
        chances(of(&self.exact), of(&self.sampled), self)
    }

    /// Agents that work with a share of the chance at most this: quantiles of the
    /// distribution, at the best and at the worst of what was not looked at, and by what
    /// was drawn.
    pub fn quantile(&self, share: f64) -> (u64, u64, u64) {
        let normal = self.normal.working;
        let each = |worst: bool, drawn: bool| {
            let mut sum = if worst { self.rest } else { 0.0 };
            if worst && sum > share {
                return 0;
            }
            let scale =
                if drawn && self.trials > 0 { self.rest / trials(self.trials) } else { 0.0 };
            let mut all: Vec<(u64, f64)> =
                self.exact.working.iter().map(|(a, w)| (*a, *w)).collect();
            all.extend(self.sampled.working.iter().map(|(agents, w)| (*agents, *w * scale)));
            all.sort_by_key(|(agents, _)| *agents);
            for (agents, weight) in all {
                sum += weight;
                if sum > share {
                    return agents;
                }
            }
            normal
        };
        (each(true, false), each(false, true), each(false, false))
    }

    /// Agents working, expected.
    pub fn expected(&self) -> Figure {
        let mean = |tally: &Tally| -> f64 {
            tally.working.iter().map(|(agents, weight)| agents_of(*agents) * weight).sum()
        };
        let most = self.exact.working.keys().chain(self.sampled.working.keys()).max();
        let most = agents_of(most.copied().unwrap_or(0).max(self.normal.working));
        let exact = mean(&self.exact);
        let drawn = if self.trials > 0 { mean(&self.sampled) / trials(self.trials) } else { most };
        let off = exact * self.error;
        let certain = Interval { low: exact - off, high: exact + off + self.rest * most };
        // A mean of what lies between nought and the most: Hoeffding (1963).
        let spread = if self.trials > 0 {
            most * libm::sqrt(libm::log(2.0 / self.alpha) / (2.0 * trials(self.trials)))
        } else {
            most
        };
        let low = exact - off + self.rest * (drawn - spread).max(0.0);
        let high = exact + off + self.rest * (drawn + spread).min(most);
        Figure { best: exact + self.rest * drawn, certain, likely: Interval { low, high } }
    }

    /// Agents of a cohort lost, expected; by what was enumerated and drawn.
    pub fn lost(&self, cohort: usize) -> f64 {
        let drawn =
            if self.trials > 0 { self.sampled.lost[cohort] / trials(self.trials) } else { 0.0 };
        self.exact.lost[cohort] + self.rest * drawn
    }

    /// Agents working, expected where it is worst, with a chance of so much: the mean of
    /// that share of the distribution (expected shortfall).
    pub fn shortfall(&self, share: f64) -> f64 {
        let scale = if self.trials > 0 { self.rest / trials(self.trials) } else { 0.0 };
        let mut all: Vec<(u64, f64)> = self.exact.working.iter().map(|(a, w)| (*a, *w)).collect();
        all.extend(self.sampled.working.iter().map(|(agents, w)| (*agents, *w * scale)));
        all.sort_by_key(|(agents, _)| *agents);
        let (mut left, mut sum) = (share, 0.0);
        for (agents, weight) in all {
            let taken = weight.min(left);
            sum += taken * agents_of(agents);
            left -= taken;
        }
        (sum + left.max(0.0) * agents_of(self.normal.working)) / share
    }
}

/// From weights of what happens and of what is open.
fn chances(exact: (f64, f64), sampled: (f64, f64), view: &StateView) -> Chances {
    let off = (exact.0 + exact.1) * view.error;
    let low = (exact.0 - off).max(0.0);
    let high = (exact.0 + exact.1 + off).min(1.0);
    let certain = Interval { low, high: (high + view.rest * (1.0 + view.error)).min(1.0) };
    let drawn = drawn(sampled, view.trials, view.alpha);
    let rest = [view.rest * (1.0 - view.error), view.rest * (1.0 + view.error)];
    let likely =
        Interval { low: low + rest[0] * drawn.low, high: (high + rest[1] * drawn.high).min(1.0) };
    let share =
        if view.trials > 0 { (sampled.0 + sampled.1 / 2.0) / trials(view.trials) } else { 0.0 };
    Chances { best: exact.0 + exact.1 / 2.0 + view.rest * share, certain, likely }
}

/// The share of what was drawn: what is open is not at the low end, and is at the high.
fn drawn((hits, open): (f64, f64), trials: u64, alpha: f64) -> Interval {
    if trials == 0 {
        return Interval::CHANCE;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // counts
    let (hits, open) = (hits as u64, open as u64);
    let low = clopper_pearson(hits, trials, alpha).low;
    Interval { low, high: clopper_pearson(hits + open, trials, alpha).high }
}

/// What was drawn of an objective, in two ways.
pub(super) struct Tail<'t> {
    pub(super) rest: f64,
    /// Missed and open, by count.
    pub(super) plain: (f64, f64),
    pub(super) trials: u64,
    pub(super) tilted: Option<&'t Tilted>,
}

impl Tail<'_> {
    /// The chance of a state of the tail that misses an objective: the best figure, the
    /// interval, and whether they are of what was drawn towards misses. Each way leaves
    /// out half of α, so what both intervals hold leaves out no more than α.
    pub(super) fn of(&self, objective: usize, alpha: f64) -> (f64, Interval, bool) {
        let share = (self.plain.0 + self.plain.1 / 2.0) / trials(self.trials.max(1));
        let plainly = |alpha: f64| {
            let ends = drawn(self.plain, self.trials, alpha);
            Interval { low: self.rest * ends.low, high: self.rest * ends.high * (1.0 + 1e-12) }
        };
        let Some(tilted) = self.tilted.filter(|tilted| tilted.drawn.trials > 0) else {
            return (self.rest * share, plainly(alpha), false);
        };
        let plain = plainly(alpha / 2.0);
        let (best, towards) = tilted.missed(objective, alpha / 2.0);
        let both = Interval { low: plain.low.max(towards.low), high: plain.high.min(towards.high) };
        let is_tilted = towards.width() < plain.width();
        match is_tilted {
            _ if both.low > both.high => (self.rest * share, plain, false),
            true => (best, both, true),
            false => (self.rest * share, both, false),
        }
    }
}

/// By objective, whether what was drawn towards misses says most of it.
pub(super) fn by_tilt(sampled: &Sampled, rest: f64) -> Vec<bool> {
    let Sampled { plain, tilted, alpha, .. } = sampled;
    let each = plain.tally.objectives.iter().enumerate();
    let each = each.map(|(n, of)| {
        let of = (of.missed, of.open);
        let tail = Tail { rest, plain: of, trials: plain.trials, tilted: tilted.as_ref() };
        tail.of(n, *alpha).2
    });
    each.collect()
}

/// Whether every objective that was ever missed is known well enough.
pub(super) fn is_enough(exact: &Tally, sampled: &Sampled, rest: f64, error: u32) -> bool {
    let Sampled { plain, tilted, alpha, .. } = sampled;
    let each = exact.objectives.iter().zip(&plain.tally.objectives).enumerate();
    each.into_iter().all(|(n, (exact, of))| {
        let of = (of.missed, of.open);
        let tail = Tail { rest, plain: of, trials: plain.trials, tilted: tilted.as_ref() };
        let (tail, of_tail, _) = tail.of(n, *alpha);
        let best = exact.missed + tail;
        let within = f64::from(error) / 1e6 * best;
        let (low, high) = (exact.missed + of_tail.low, exact.missed + exact.open + of_tail.high);
        best == 0.0 || (best - low <= within && high - best <= within)
    })
}

#[allow(clippy::cast_precision_loss)] // trials are far below 2^53
fn trials(trials: u64) -> f64 {
    trials as f64
}

#[allow(clippy::cast_precision_loss)] // agents are far below 2^53
fn agents_of(agents: u64) -> f64 {
    agents as f64
}
