//! Which event matters, and which guess.
//!
//! Of an event e with chance p, P being the chance that an objective is missed and
//! P(e), P(¬e) the same given that e is in force or not (Birnbaum 1969; Vesely & others,
//! *Measures of risk importance*, NUREG/CR-3385, 1983):
//!
//! - Birnbaum: P(e) − P(¬e);
//! - Fussell-Vesely: 1 − P(¬e) ÷ P;
//! - risk achievement worth: P(e) ÷ P;
//! - risk reduction worth: P ÷ P(¬e).
//!
//! A guess is tried at both ends of its range: what was enumerated is weighed anew, what
//! was drawn by the ratio of its chances.

use std::collections::{BTreeMap, BTreeSet};

use super::drawn::Deck;
use super::events::{Course, Event};
use super::tail::Sampled;
use super::{Enumerated, StateView, View, counted};
use crate::assess::bulk::{Effect, Standing};
use crate::failures::Set;

/// States of a set that miss objectives, each a bit.
pub(super) type Missing = BTreeMap<Set, u64>;

/// The objectives that a state misses, each a bit; those beyond the 64th are left out.
pub(super) fn missed(effect: &Effect) -> u64 {
    let missed = effect.objectives.iter().take(64).enumerate();
    let missed = missed.filter(|(_, standing)| **standing == Standing::Missed);
    missed.fold(0, |bits, (n, _)| bits | 1 << n)
}

/// How much one event matters to one objective, by what was enumerated and drawn.
/// Nothing where that divides by nought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Importance {
    /// The chance of missing it given the event.
    pub given: f64,
    /// The same without it; nothing of what is always in force.
    pub without: Option<f64>,
    /// Birnbaum.
    pub birnbaum: Option<f64>,
    /// Fussell-Vesely.
    pub fussell_vesely: Option<f64>,
    /// Risk achievement worth.
    pub achievement: Option<f64>,
    /// Risk reduction worth.
    pub reduction: Option<f64>,
}

/// What one of our figures does.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// The figure.
    pub figure: String,
    /// How many events it is a figure of.
    pub events: usize,
    /// For each objective the chance of missing it at the low and at the high end.
    pub missed: Vec<[f64; 2]>,
}

impl StateView {
    /// The importance of an event, by its place, for an objective; nothing of one that
    /// decides nothing.
    pub fn importance(&self, event: usize, objective: usize) -> Option<Importance> {
        let drawn = self.drawn.iter().position(|members| members.contains(&event))?;
        let (sampled, scale) = self.drawn_of(objective);
        let of = |exact: f64, sampled: f64| exact + scale * sampled;
        let all = of(self.exact.objectives[objective].missed, sampled.objectives[objective].missed);
        let with =
            of(self.exact.drawn[drawn].missed[objective], sampled.drawn[drawn].missed[objective]);
        let (own, chance) = (self.events.all[event].course.chance, self.chances[drawn]);
        let given = with / chance;
        let without = (own < 1.0).then(|| ((all - own * given) / (1.0 - own)).max(0.0));
        let ratio = |a: f64, b: f64| (b > 0.0).then(|| a / b);
        Some(Importance {
            given,
            without,
            birnbaum: without.map(|without| given - without),
            fussell_vesely: without.and_then(|without| ratio(all - without, all)),
            achievement: ratio(given, all),
            reduction: without.and_then(|without| ratio(all, without)),
        })
    }

    /// Agents lost while an event is in force, expected; of those alike their share.
    pub fn lost_with(&self, event: usize) -> Option<f64> {
        let drawn = self.drawn.iter().position(|members| members.contains(&event))?;
        let lost = self.exact.drawn[drawn].lost + self.scale() * self.sampled.drawn[drawn].lost;
        Some(lost * self.events.all[event].course.chance / self.chances[drawn])
    }

    /// The chance that one drawn state stands for.
    fn scale(&self) -> f64 {
        if self.trials > 0 { self.rest / counted(self.trials) } else { 0.0 }
    }
}

/// What was looked at, to be weighed anew.
pub(super) struct Weighed<'w> {
    pub(super) view: &'w View<'w>,
    pub(super) exact: &'w Enumerated,
    pub(super) sampled: &'w Sampled,
    pub(super) rest: f64,
    /// By objective, whether it goes by what was drawn towards misses.
    pub(super) by_tilt: &'w [bool],
}

impl Weighed<'_> {
    /// What every guess does, one figure after the other.
    pub(super) fn sensitivity(&self) -> Vec<Sensitivity> {
        let events = &self.view.deck.events.all;
        let guesses = events.iter().flat_map(|event| &event.guesses);
        let figures: BTreeSet<&str> = guesses.map(|guess| guess.figure.as_str()).collect();
        let each = figures.into_iter().filter_map(|figure| {
            let at = |event: &Event, end: usize| {
                let guess = event.guesses.iter().find(|guess| guess.figure == figure);
                guess.map(|guess| guess.ends[end])
            };
            let of = events.iter().filter(|event| at(event, 0).is_some()).count();
            let [low, high] =
                [0, 1].map(|end| self.with(&|event| at(event, end).unwrap_or(event.course)));
            let missed = low?.into_iter().zip(high?).map(|(low, high)| [low, high]).collect();
            Some(Sensitivity { figure: figure.to_owned(), events: of, missed })
        });
        each.collect()
    }

    /// The chance of missing each objective with other courses.
    fn with(&self, course: &dyn Fn(&Event) -> Course) -> Option<Vec<f64>> {
        let Self { view: View { deck, .. }, .. } = self;
        let chances: Vec<f64> = (0..deck.all.len()).map(|n| deck.chance_with(n, course)).collect();
        let orders = self.view.sets.with(&chances)?;
        let mut sums = vec![0.0; self.exact.tally.objectives.len()];
        let mut add = |bits: u64, weight: f64| {
            let own = (0..sums.len().min(64)).filter(|n| bits >> n & 1 == 1);
            own.for_each(|n| sums[n] += weight);
        };
        for (set, missing) in &self.exact.missing {
            let alone = orders.alone(set);
            for (state, given) in self.cases(deck, set, course) {
                add(missing.get(&state).copied().unwrap_or(0), alone * given);
            }
        }
        let Sampled { plain, tilted, .. } = self.sampled;
        let mut drawn = vec![(plain, self.rest / counted(plain.trials.max(1)), false)];
        drawn.extend(
            tilted
                .iter()
                .map(|tilted| (&tilted.drawn, 1.0 / counted(tilted.drawn.trials.max(1)), true)),
        );
        for (drawn, scale, is_tilted) in drawn {
            let own = self.by_tilt.iter().take(64).enumerate();
            let own = own.filter(|(_, by_tilt)| **by_tilt == is_tilted);
            let own = own.fold(0_u64, |bits, (n, _)| bits | 1 << n);
            for ((set, state), (bits, weight)) in
                drawn.missing.iter().filter(|(_, (bits, _))| bits & own != 0)
            {
                let before = self.view.sets.orders.alone(set);
                let was = given(&self.cases(deck, set, &|event| event.course), state);
                let now = given(&self.cases(deck, set, course), state);
                if before * was > 0.0 {
                    let changed = orders.alone(set) * now / (before * was);
                    add(bits & own, scale * weight * changed);
                }
            }
        }
        Some(sums)
    }

    fn cases(
        &self,
        deck: &Deck<'_>,
        surprises: &[u32],
        course: &dyn Fn(&Event) -> Course,
    ) -> Vec<(Set, f64)> {
        deck.cases_with(&self.view.sets.in_force(surprises), course)
    }
}

fn given(cases: &[(Set, f64)], state: &Set) -> f64 {
    cases.iter().filter(|(one, _)| one == state).map(|(_, chance)| chance).sum()
}
