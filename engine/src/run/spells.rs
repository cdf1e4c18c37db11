//! Spells in which an objective is not met.
//!
//! A spell begins when the count falls below the need. It ends when the need is
//! reached and held: until the end, until nothing is the matter any more, or
//! until something new strikes. An hour in which nothing is needed mends nothing.

use outlast_models::units::Millis;

use super::{Moment, Point, curve};

/// A spell below the need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    /// When the count fell below the need.
    pub from: Millis,
    /// When the need was reached for good; `None`: not within the horizon.
    pub until: Option<Millis>,
    /// Until when it was seen to be below, at the latest.
    below_until: Millis,
}

impl Spell {
    /// Whether it is below at a time after it was due.
    pub(super) fn is_late(&self, within: Millis) -> bool {
        self.below_until > self.due(within)
    }

    /// By when it has to be mended.
    pub(super) fn due(&self, within: Millis) -> Millis {
        Millis(self.from.0.saturating_add(within.0))
    }

    pub(super) fn covers(&self, at: Millis) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// What a run does over time, up to the horizon.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course<'a> {
    pub(super) moments: &'a [Moment],
    pub(super) curve: &'a [Point],
    pub(super) horizon: Millis,
}

impl Course<'_> {
    /// When a point of the curve ends.
    pub(super) fn end(&self, k: usize) -> Millis {
        self.curve.get(k + 1).map_or(self.horizon, |next| next.at)
    }

    pub(super) fn is_below(&self, k: usize, n: usize) -> bool {
        !self.curve[k].counts[n].is_met()
    }

    pub(super) fn in_force(&self, at: Millis) -> &Moment {
        self.moments.iter().rfind(|moment| moment.at <= at).unwrap_or(&self.moments[0])
    }

    /// The spells of an objective, in order.
    pub(super) fn spells(&self, n: usize) -> Vec<Spell> {
        let mut all: Vec<Spell> = Vec::new();
        for k in (0..self.curve.len()).filter(|&k| self.is_below(k, n)) {
            let (at, end) = (self.curve[k].at, self.end(k));
            match all.last_mut() {
                Some(spell) if !self.is_mended(n, spell.below_until, at) => spell.below_until = end,
                _ => all.push(Spell { from: at, until: None, below_until: end }),
            }
        }
        let last = all.len().saturating_sub(1);
        for (m, spell) in all.iter_mut().enumerate() {
            let is_mended = m < last || self.is_mended_at_last(n, spell.below_until);
            spell.until = is_mended.then_some(spell.below_until);
        }
        all
    }

    /// Whether a spell is over before the next time below.
    fn is_mended(&self, n: usize, until: Millis, next: Millis) -> bool {
        if until == next {
            return false;
        }
        let strikes = |pair: &[Moment]| {
            until < pair[1].at && pair[1].at <= next && is_struck(&pair[0], &pair[1])
        };
        let struck = self.moments.windows(2).any(strikes);
        (struck && self.is_needed(n, until, next)) || self.is_calm(until, next)
    }

    /// Whether it is reached to the end.
    fn is_mended_at_last(&self, n: usize, until: Millis) -> bool {
        let end = self.horizon;
        until < end && (self.is_needed(n, until, end) || self.is_calm(until, end))
    }

    /// Whether there is an hour between two times in which somebody is needed.
    fn is_needed(&self, n: usize, from: Millis, until: Millis) -> bool {
        let points = self.curve.iter().filter(|point| from <= point.at && point.at < until);
        points.into_iter().any(|point| point.counts[n].need > 0)
    }

    /// Whether nothing is the matter at some time between two.
    fn is_calm(&self, from: Millis, until: Millis) -> bool {
        let first = self.in_force(from).at;
        let between = self.moments.iter().filter(|one| first <= one.at && one.at < until);
        between.into_iter().any(|one| !one.is_troubled())
    }
}

/// Whether something begins that makes things worse.
fn is_struck(before: &Moment, now: &Moment) -> bool {
    let (a, b) = (&before.state, &now.state);
    let more = |was: Option<&u64>, is: u64| is > was.copied().unwrap_or(1000);
    curve::is_worse(before, now)
        || b.demand.iter().any(|(id, demand)| more(a.demand.get(id), *demand))
        || b.absent.iter().any(|(id, away)| a.absent.get(id).is_none_or(|was| was < away))
}
