//! What is drawn: events of equal effect as one, and the states that sets of them come to.

use std::collections::{BTreeMap, BTreeSet};

use super::events::{Course, Event, Events};
use super::lags::{Down, Lags};
use crate::assess::bulk::Bulk;
use crate::chance::renewal::Period;
use crate::chance::stream::Stream;
use crate::failures::{FailureId, Set, Sort};

/// Events that no state tells apart, as one.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    /// That at least one of them is in force.
    pub(super) chance: f64,
    /// Their places among the events.
    pub(super) members: Vec<usize>,
    pub(super) takes: Vec<FailureId>,
    pub(super) parts: Vec<(FailureId, f64)>,
}

/// All that is drawn.
#[derive(Debug)]
pub(super) struct Deck<'e> {
    pub(super) events: &'e Events,
    pub(super) all: Vec<Drawn>,
    /// Events that take only what decides nothing.
    pub(super) idle: Vec<usize>,
    /// The first failure of the class of each that decides something.
    class_of: BTreeMap<FailureId, FailureId>,
    lags: Lags,
}

/// A state and its chance, given a set of what is drawn.
pub(super) type Case = (Set, f64);

impl<'e> Deck<'e> {
    pub(super) fn of(bulk: &Bulk<'_>, events: &'e Events) -> Self {
        let (classes, _) = bulk.classes();
        let mut class_of: BTreeMap<FailureId, FailureId> = BTreeMap::new();
        for class in &classes {
            class_of.extend(class.iter().map(|failure| (*failure, class[0])));
        }
        let first = |failure: &FailureId| class_of.get(failure).copied();
        let mut deck = Self {
            events,
            all: Vec::new(),
            idle: Vec::new(),
            class_of: BTreeMap::new(),
            lags: Lags::default(),
        };
        let mut alike: BTreeMap<FailureId, usize> = BTreeMap::new();
        for (n, event) in events.all.iter().enumerate() {
            let takes: BTreeSet<FailureId> = event.takes.iter().filter_map(first).collect();
            let parts = event.parts.iter();
            let parts: Vec<_> =
                parts.filter_map(|(f, chance)| Some((first(f)?, *chance))).collect();
            if takes.is_empty() && parts.is_empty() {
                deck.idle.push(n);
                continue;
            }
            let takes: Vec<FailureId> = takes.into_iter().collect();
            let chance = event.course.chance;
            let own = matches!(event.sort, Sort::Component(_)).then(|| takes[0]);
            let next = deck.all.len();
            let place = own.map_or(next, |own| *alike.entry(own).or_insert(next));
            match deck.all.get_mut(place) {
                Some(drawn) => drawn.members.push(n),
                None => deck.all.push(Drawn { chance, members: vec![n], takes, parts }),
            }
        }
        for n in 0..deck.all.len() {
            deck.all[n].chance = deck.chance_with(n, &|event| event.course);
        }
        deck.lags = Lags::of(bulk.problem, bulk.failures);
        deck.class_of = class_of;
        deck
    }

    /// The chance of one of what is drawn, with other courses of its events.
    pub(super) fn chance_with(&self, n: usize, course: &dyn Fn(&Event) -> Course) -> f64 {
        let members = &self.all[n].members;
        if let [one] = members[..] {
            return course(&self.events.all[one]).chance;
        }
        let not = members.iter().map(|event| libm::log1p(-course(&self.events.all[*event]).chance));
        -libm::expm1(not.sum())
    }

    /// Their chances, in order.
    pub(super) fn chances(&self) -> Vec<f64> {
        self.all.iter().map(|drawn| drawn.chance).collect()
    }

    /// The states that a set may come to: whatever hazards hit, whatever time has done.
    /// Hits of one state are independent, so there are at most 2 to their number.
    pub(super) fn cases(&self, set: &[u32]) -> Vec<Case> {
        self.cases_with(set, &|event| event.course)
    }

    /// The same with other courses of the events.
    pub(super) fn cases_with(&self, set: &[u32], course: &dyn Fn(&Event) -> Course) -> Vec<Case> {
        let mut parts: Vec<(FailureId, f64, Course)> = Vec::new();
        let mut down = Down::new();
        for drawn in set.iter().map(|n| &self.all[*n as usize]) {
            let course = course(&self.events.all[drawn.members[0]]);
            for failure in &drawn.takes {
                down.entry(*failure).or_default().push(course);
            }
            parts.extend(drawn.parts.iter().map(|(failure, chance)| (*failure, *chance, course)));
        }
        let mut cases = Vec::new();
        for mask in 0..1_u64 << parts.len() {
            let mut down = down.clone();
            let mut chance = 1.0;
            for (n, (failure, hit, course)) in parts.iter().enumerate() {
                if mask >> n & 1 == 1 {
                    chance *= hit;
                    down.entry(*failure).or_default().push(*course);
                } else {
                    chance *= 1.0 - hit;
                }
            }
            if chance > 0.0 {
                for (lags, given) in self.lags.cases(&down) {
                    let all = down.keys().copied().chain(lags);
                    cases.push((Set::new(all), chance * given));
                }
            }
        }
        cases
    }

    /// Every event that decides something, by its place, with what it takes for certain.
    pub(super) fn each(&self) -> impl Iterator<Item = (usize, &[FailureId])> {
        self.all
            .iter()
            .flat_map(|drawn| drawn.members.iter().map(|event| (*event, &drawn.takes[..])))
    }

    /// By event, as what it is drawn; nothing of what decides nothing.
    pub(super) fn drawn_as(&self) -> Vec<Option<u32>> {
        let mut of = vec![None; self.events.all.len()];
        for (n, drawn) in (0..).zip(&self.all) {
            drawn.members.iter().for_each(|event| of[*event] = Some(n));
        }
        of
    }

    /// What stands for a failure in states; nothing where it decides nothing.
    pub(super) fn stands_for(&self, failure: FailureId) -> Option<FailureId> {
        self.class_of.get(&failure).copied()
    }

    /// The state of a set with these hits of what is drawn, time being at this level of
    /// what it may have done.
    pub(super) fn state(&self, set: &[u32], hits: &[(u32, FailureId)], level: f64) -> Set {
        let mut down = Down::new();
        let mut take = |n: u32, failure| {
            let event = &self.events.all[self.all[n as usize].members[0]];
            down.entry(failure).or_default().push(event.course);
        };
        for n in set {
            self.all[*n as usize].takes.iter().for_each(|failure| take(*n, *failure));
        }
        for (n, failure) in hits {
            take(*n, *failure);
        }
        let (mut left, mut last) = (level, Vec::new());
        for (lags, chance) in self.lags.cases(&down) {
            left -= chance;
            last = lags;
            if left < 0.0 {
                break;
            }
        }
        Set::new(down.into_keys().chain(last))
    }

    /// A state that a set may come to, drawn.
    pub(super) fn drawn_state(&self, set: &[u32], stream: &mut Stream) -> Set {
        let parts = set.iter().flat_map(|n| {
            self.all[*n as usize].parts.iter().map(|(failure, chance)| (*n, *failure, *chance))
        });
        let hit = parts.filter(|(.., chance)| stream.unit() < *chance);
        let hits: Vec<(u32, FailureId)> = hit.map(|(n, failure, _)| (n, failure)).collect();
        self.state(set, &hits, stream.unit())
    }

    /// The best state that a set may come to: nothing is hit, no time has gone by.
    pub(super) fn best(&self, set: &[u32]) -> Set {
        Set::new(set.iter().flat_map(|n| self.all[*n as usize].takes.iter().copied()))
    }

    /// The worst state that a set may come to: everything is hit, all time is up.
    pub(super) fn worst(&self, set: &[u32]) -> Set {
        let drawn = || set.iter().map(|n| &self.all[*n as usize]);
        let hit = drawn().flat_map(|drawn| drawn.parts.iter().map(|(failure, _)| *failure));
        let taken = drawn().flat_map(|drawn| drawn.takes.iter().copied());
        Set::new(taken.chain(hit).chain(self.lags.all()))
    }

    /// When reserves are used up and regions are late, given when what is down.
    pub(super) fn lag_periods(
        &self,
        down: &BTreeMap<FailureId, Vec<Period>>,
    ) -> Vec<(FailureId, Vec<Period>)> {
        self.lags.periods(down)
    }

    /// How many uncertain hits a set has at most: two to their number are looked at.
    pub(super) fn hits(&self) -> usize {
        self.all.iter().map(|drawn| drawn.parts.len()).max().unwrap_or(0)
    }
}
