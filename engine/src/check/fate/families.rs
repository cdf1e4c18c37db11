//! Ways of working that are alternatives to one another.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use outlast_models::Id;

use super::super::subject::Subject;
use crate::assess::capacities;
use crate::gates::{GateId, Liveness};
use crate::problem::{Leg, Problem, ResourceId, Route, Way};
use crate::routes::path::Earlier;
use crate::state::Held;

/// In what alternatives differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// In place, access or phone: all open ways of a cohort.
    Whole,
    /// In access: at one place.
    Access,
    /// In the phone: at one place, by one access.
    Phone,
}

/// Open ways of one cohort that differ in some part.
#[derive(Debug, Clone)]
pub(super) struct Family {
    pub(super) cohort: usize,
    pub(super) part: Part,
    /// Two or more, most preferred first.
    pub(super) ways: Vec<usize>,
    /// The one that is used with nothing failed, or the most preferred.
    pub(super) first: usize,
    /// The place, where it is the only one of all of them.
    pub(super) only_place: Option<GateId>,
}

/// The families of a plan.
pub(super) struct Families<'a> {
    pub(super) all: Vec<Family>,
    /// The alternatives of every leg in use, each once.
    legs: Vec<&'a [Route]>,
    /// The legs of each way that is in some family.
    of_ways: BTreeMap<usize, Required>,
}

/// The required legs of a way, as numbers.
#[derive(Debug, Default)]
struct Required {
    data: Vec<usize>,
    voice: Vec<usize>,
}

impl<'a> Families<'a> {
    pub(super) fn of(subject: &Subject<'a>) -> Self {
        let mut this = Self { all: Vec::new(), legs: Vec::new(), of_ways: BTreeMap::new() };
        let roomless = roomless(subject);
        let has_room = |way: &Way| !way.held.iter().any(|load| roomless.contains(&load.resource));
        let cohorts = subject.problem.cohorts.iter().enumerate();
        for (cohort, _) in cohorts.filter(|(n, entry)| entry.counted && subject.people[*n] > 0) {
            let open = subject.ways_of(cohort).filter(|(way, _)| subject.is_open(*way));
            let open: Vec<(usize, &Way)> = open.filter(|(_, way)| has_room(way)).collect();
            this.add(subject, cohort, Part::Whole, &open);
            this.add_parts(subject, cohort, &open);
        }
        let mut known = HashMap::new();
        let ways: Vec<usize> =
            this.all.iter().flat_map(|family| family.ways.iter().copied()).collect();
        for way in ways {
            if !this.of_ways.contains_key(&way) {
                let required = this.required(subject.problem, way, &mut known);
                this.of_ways.insert(way, required);
            }
        }
        this
    }

    /// Alternatives at one place, and those by one access there.
    fn add_parts(&mut self, subject: &Subject<'_>, cohort: usize, open: &[(usize, &Way)]) {
        let mut by_place: BTreeMap<&Id, Vec<(usize, &Way)>> = BTreeMap::new();
        let mut by_access: BTreeMap<(&Id, &Id), Vec<(usize, &Way)>> = BTreeMap::new();
        for &(number, way) in open.iter().filter(|(_, way)| !way.key.stated) {
            by_place.entry(&way.key.place).or_default().push((number, way));
            let access = (&way.key.place, &way.key.access);
            by_access.entry(access).or_default().push((number, way));
        }
        for ways in by_place.values() {
            self.add(subject, cohort, Part::Access, ways);
        }
        for ways in by_access.values() {
            self.add(subject, cohort, Part::Phone, ways);
        }
    }

    fn add(&mut self, subject: &Subject<'_>, cohort: usize, part: Part, ways: &[(usize, &Way)]) {
        let Some((_, first)) = ways.first() else { return };
        let key = &first.key;
        let differs = |other: &&(usize, &Way)| {
            let other = &other.1.key;
            match part {
                Part::Whole => {
                    (&key.place, &key.access, &key.phone)
                        != (&other.place, &other.access, &other.phone)
                }
                Part::Access => key.access != other.access,
                Part::Phone => key.phone != other.phone,
            }
        };
        if !ways.iter().any(|way| differs(&way)) {
            return;
        }
        let is_there = |(_, way): &(usize, &Way)| way.key.place == key.place && !way.key.stated;
        let place = subject.problem.components.get(&key.place).map(|(_, gate)| *gate);
        let only_place = place.filter(|_| ways.iter().all(is_there));
        let ways: Vec<usize> = ways.iter().map(|(number, _)| *number).collect();
        let first = ways.iter().copied().find(|&way| subject.is_taken(way)).unwrap_or(ways[0]);
        self.all.push(Family { cohort, part, ways, first, only_place });
    }

    fn required(
        &mut self,
        problem: &'a Problem,
        way: usize,
        known: &mut HashMap<*const Vec<Route>, usize>,
    ) -> Required {
        let mut required = Required::default();
        for leg in problem.ways[way].legs.iter().filter(|leg| is_needed(problem, leg)) {
            let next = self.legs.len();
            let number = *known.entry(Arc::as_ptr(&leg.routes)).or_insert(next);
            if number == next {
                self.legs.push(&leg.routes);
            }
            let list = if leg.voice { &mut required.voice } else { &mut required.data };
            list.push(number);
        }
        required
    }

    /// In which of 64 states each family has fallen; those that stand in all are left
    /// out.
    pub(super) fn fallen(&self, problem: &Problem, live: &Liveness) -> Vec<(usize, u64)> {
        let legs: Vec<u64> = self.legs.iter().map(|routes| leg(routes, live)).collect();
        let word = |family| (family, self.word(problem, live, &legs, family));
        (0..self.all.len()).map(word).filter(|(_, word)| *word > 0).collect()
    }

    fn word(&self, problem: &Problem, live: &Liveness, legs: &[u64], family: usize) -> u64 {
        let family = &self.all[family];
        let all_of = |numbers: &[usize]| numbers.iter().fold(u64::MAX, |word, &n| word & legs[n]);
        // What of the alternatives is there, and what they need besides.
        let (mut has, mut rest) = (0, 0);
        for way in &family.ways {
            let base = live.word(problem.ways[*way].gate);
            let required = &self.of_ways[way];
            let (data, voice) = (all_of(&required.data), all_of(&required.voice));
            let (part, other) = match family.part {
                Part::Whole => (base & data & voice, u64::MAX),
                Part::Access => (data, base),
                Part::Phone => (voice, base & data),
            };
            has |= part;
            rest |= other;
            if has == u64::MAX {
                return 0;
            }
        }
        let place = family.only_place.map_or(u64::MAX, |gate| live.word(gate));
        !has & rest & place
    }
}

/// Seats and the like of which there are none.
fn roomless(subject: &Subject<'_>) -> BTreeSet<ResourceId> {
    let limits = capacities(subject.problem, &subject.state, &Held::default());
    let own = (0u32..).map(ResourceId).zip(limits).take(subject.problem.resources.len());
    own.filter(|(_, (_, limit))| *limit == Some(0)).map(|(resource, _)| resource).collect()
}

/// Whether an agent cannot do without a leg; who is logged in may do without the login.
pub(super) fn is_needed(problem: &Problem, leg: &Leg) -> bool {
    let is_login = || leg.name == "login service" || leg.name == "Portal";
    leg.required && !(problem.sessions_survive_login_loss && is_login())
}

/// In which of 64 states a leg has an alternative that is in use.
pub(super) fn leg(routes: &[Route], live: &Liveness) -> u64 {
    routes.iter().fold(0, |word, route| word | taken(route.gate, &route.after, live))
}

fn taken(gate: GateId, after: &[Earlier], live: &Liveness) -> u64 {
    let earlier = after.iter().fold(0, |word, one| word | taken(one.gate, &one.after, live));
    live.word(gate) & !earlier
}
