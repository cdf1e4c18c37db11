//! What each crew may choose from: ways with a route for every leg.
//!
//! Alternatives are joined leg by leg, and of those that may bind alike only the best
//! goes on, so they are never multiplied out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::erlang;
use super::live::{Crew, LiveRoute, LiveWay, Scene};
use crate::problem::{Capacity, ResourceId};

/// At most so many combinations of routes of one way are kept apart.
const COMBINATIONS: usize = 512;

/// A way with chosen routes.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) way: usize,
    pub(super) picks: Vec<usize>,
    pub(super) loads: Vec<(ResourceId, u64)>,
    /// Share of calls that congestion lets through, in millionths.
    pub(super) pass: u32,
    /// Share of calls that the allocation counts on.
    pub(super) planned: u32,
    pub(super) moved: u32,
    /// Optional legs that it does without.
    pub(super) dropped: u32,
}

/// What trunks, carriers and circuits to the PSTN are taken to block: their
/// load is known only once everybody is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blocked {
    /// Nothing, which bounds the working of every allocation from above.
    Nothing,
    /// What their load makes them block: agents are counted by the calls that get
    /// through, and these are at most what each carries. So the effective of every
    /// allocation are bounded from above: with `e` the agents of a column times
    /// the share that gets through, no capacity is loaded more by `e` than by them.
    Beyond,
    /// The grade of service, which no allocation within what they admit exceeds.
    AtMost,
}

impl Blocked {
    /// What everything carries, where blocked calls are counted so.
    pub(super) fn capacities(self, scene: &Scene<'_>) -> Vec<Option<u64>> {
        let carried = |(n, capacity): (usize, &Option<u64>)| {
            let own = scene.problem.resources.get(n)?;
            Some(erlang::carries(scene.channels(own)?, (*capacity)?))
        };
        let all = scene.capacities.iter().enumerate();
        match self {
            Self::Nothing | Self::AtMost => scene.capacities.clone(),
            Self::Beyond => all.map(|one| carried(one).or(*one.1)).collect(),
        }
    }
}
/// The choices of each crew that can be the best, and what can bind.
pub(super) fn reduced_choices(
    scene: &Scene<'_>,
    crews: &[Arc<Crew>],
    blocked: Blocked,
) -> (Vec<Vec<Choice>>, Vec<bool>) {
    let capacities = blocked.capacities(scene);
    let matters = matters(scene, &capacities, crews);
    let all: Vec<Vec<Choice>> =
        crews.iter().map(|crew| choices(scene, crew, blocked, &matters)).collect();
    let mut most = vec![0; capacities.len()];
    for (crew, list) in crews.iter().zip(&all) {
        for (resource, load) in largest(list) {
            most[resource.index()] += u128::from(load) * u128::from(crew.agents);
        }
    }
    let binding = exceeded(&most, &capacities);
    (all.iter().map(|list| reduced(list, &binding)).collect(), binding)
}

/// Resources that could be over their limit if everybody who may use them did.
pub(super) fn exceeded(most: &[u128], capacities: &[Option<u64>]) -> Vec<bool> {
    let exceeds = |(most, capacity): (&u128, &Option<u64>)| {
        capacity.is_some_and(|capacity| *most > u128::from(capacity))
    };
    most.iter().zip(capacities).map(exceeds).collect()
}

/// The most that one agent can put on each resource by any of his choices.
pub(super) fn largest(list: &[Choice]) -> BTreeMap<ResourceId, u64> {
    let mut largest: BTreeMap<ResourceId, u64> = BTreeMap::new();
    for (resource, load) in list.iter().flat_map(|choice| &choice.loads) {
        let entry = largest.entry(*resource).or_default();
        *entry = (*entry).max(*load);
    }
    largest
}

/// Ways with every combination of routes that can be the best, best first: most effective, then
/// what is held, then all optional legs, then preference.
pub(super) fn choices(
    scene: &Scene<'_>,
    crew: &Crew,
    blocked: Blocked,
    matters: &[bool],
) -> Vec<Choice> {
    let mut all = Vec::new();
    for (n, way) in crew.ways.iter().enumerate() {
        let moved =
            u32::from(crew.held.is_none_or(|held| {
                scene.problem.ways[held].key != scene.problem.ways[way.way].key
            }));
        for picks in combinations(way, matters) {
            let (loads, pass) = (way.loads(&picks), way.pass(&picks));
            let planned = match blocked {
                Blocked::Nothing | Blocked::Beyond => pass,
                Blocked::AtMost => within_grade(scene, pass, &loads),
            };
            let dropped = way.dropped(&picks);
            all.push(Choice { way: n, loads, pass, planned, picks, moved, dropped });
        }
    }
    all.sort_by_key(|choice| (std::cmp::Reverse(choice.planned), choice.moved, choice.dropped));
    all
}

/// Routes of the first legs of a way.
struct Combination {
    picks: Vec<usize>,
    pass: u64,
    dropped: usize,
    /// What they put on resources that matter.
    loads: BTreeMap<ResourceId, u64>,
    /// The same of sessions, which are held once.
    sessions: BTreeMap<ResourceId, u64>,
}

impl Combination {
    fn with(&self, pick: usize, route: &LiveRoute, matters: &[bool]) -> Self {
        let mut picks = self.picks.clone();
        picks.push(pick);
        let (mut loads, mut sessions) = (self.loads.clone(), self.sessions.clone());
        for &(resource, load) in route.loads.iter().filter(|(r, _)| matters[r.index()]) {
            *loads.entry(resource).or_default() += load;
        }
        for &(resource, load) in route.sessions.iter().filter(|(r, _)| matters[r.index()]) {
            let held = sessions.entry(resource).or_default();
            *held = load.max(*held);
        }
        let dropped = self.dropped + usize::from(route.route.is_none());
        let pass = self.pass * u64::from(route.pass) / 1_000_000;
        Self { picks, pass, dropped, loads, sessions }
    }

    /// Whether it does at least what another does, with no more of anything.
    fn covers(&self, other: &Self) -> bool {
        let within = |ours: &BTreeMap<ResourceId, u64>, theirs: &BTreeMap<ResourceId, u64>| {
            ours.iter().all(|(resource, load)| theirs.get(resource).is_some_and(|l| load <= l))
        };
        self.pass >= other.pass
            && self.dropped <= other.dropped
            && within(&self.loads, &other.loads)
            && within(&self.sessions, &other.sessions)
    }
}

fn combinations(way: &LiveWay, matters: &[bool]) -> Vec<Vec<usize>> {
    let mut all = vec![Combination {
        picks: Vec::new(),
        pass: 1_000_000,
        dropped: 0,
        loads: BTreeMap::new(),
        sessions: BTreeMap::new(),
    }];
    for leg in &way.legs {
        let mut longer: Vec<Combination> = Vec::new();
        for one in &all {
            for (pick, route) in leg.routes.iter().enumerate() {
                let next = one.with(pick, route, matters);
                if longer.len() < COMBINATIONS && !longer.iter().any(|kept| kept.covers(&next)) {
                    longer.push(next);
                }
            }
        }
        all = longer;
    }
    all.into_iter().map(|one| one.picks).collect()
}

/// Resources that make a difference: those that could be over their limit whatever
/// routes everybody took, and those that block calls.
fn matters(scene: &Scene<'_>, capacities: &[Option<u64>], crews: &[Arc<Crew>]) -> Vec<bool> {
    let mut most = vec![0_u128; capacities.len()];
    for crew in crews {
        let mut worst: BTreeMap<ResourceId, u64> = BTreeMap::new();
        for way in &crew.ways {
            for (resource, load) in most_on_way(way) {
                let entry = worst.entry(resource).or_default();
                *entry = load.max(*entry);
            }
        }
        for (resource, load) in worst {
            most[resource.index()] += u128::from(load) * u128::from(crew.agents);
        }
    }
    let blocks = |n: usize| {
        let own = scene.problem.resources.get(n);
        own.is_some_and(|own| matches!(own.capacity, Capacity::Channels(_)))
    };
    let exceeds = |n: usize| capacities[n].is_some_and(|capacity| most[n] > u128::from(capacity));
    (0..capacities.len()).map(|n| exceeds(n) || blocks(n)).collect()
}

/// The most that one agent can put on each resource by a way.
fn most_on_way(way: &LiveWay) -> BTreeMap<ResourceId, u64> {
    let mut most: BTreeMap<ResourceId, u64> = way.held.iter().copied().collect();
    for leg in &way.legs {
        let mut of_leg: BTreeMap<ResourceId, u64> = BTreeMap::new();
        for &(resource, load) in leg.routes.iter().flat_map(|r| r.loads.iter().chain(&r.sessions)) {
            let entry = of_leg.entry(resource).or_default();
            *entry = load.max(*entry);
        }
        for (resource, load) in of_leg {
            *most.entry(resource).or_default() += load;
        }
    }
    most
}

/// What is left where everything with a number of channels blocks as much as it
/// may.
fn within_grade(scene: &Scene<'_>, pass: u32, loads: &[(ResourceId, u64)]) -> u32 {
    let through = u64::from(1_000_000 - scene.problem.grade_of_service.0.min(1_000_000));
    let has_channels = |(resource, _): &&(ResourceId, u64)| {
        let resource = scene.problem.resources.get(resource.index());
        resource.is_some_and(|own| matches!(own.capacity, Capacity::Channels(_)))
    };
    let channels = loads.iter().filter(has_channels);
    let left = channels.fold(u64::from(pass), |left, _| left * through / 1_000_000);
    u32::try_from(left).expect("at most a million")
}

/// Keeps, of choices that load the binding resources alike, the best; and
/// drops what loads more than a choice that is at least as good.
pub(super) fn reduced(list: &[Choice], binding: &[bool]) -> Vec<Choice> {
    let mut kept: Vec<(Vec<(ResourceId, u64)>, &Choice)> = Vec::new();
    for choice in list {
        let loads = choice.loads.iter().filter(|(r, _)| binding[r.index()]);
        let loads: Vec<(ResourceId, u64)> = loads.copied().collect();
        if !kept.iter().any(|(better, _)| is_within(better, &loads)) {
            kept.push((loads, choice));
        }
    }
    kept.into_iter().map(|(_, choice)| choice.clone()).collect()
}

/// Whether some loads are at most others; both in the order of resources.
fn is_within(loads: &[(ResourceId, u64)], others: &[(ResourceId, u64)]) -> bool {
    let mut ahead = others.iter();
    loads.iter().all(|(resource, load)| {
        let same = ahead.find(|(other, _)| other >= resource);
        same.is_some_and(|(other, most)| other == resource && load <= most)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::live::LiveLeg;

    /// An alternative: whether it is one at all or goes without the leg, what it loads,
    /// and what gets through.
    fn route(leg: bool, loads: &[u64], pass: u32) -> LiveRoute {
        let loads = loads.iter().enumerate().filter(|(_, load)| **load > 0);
        let loads = loads.map(|(n, load)| (ResourceId(n as u32), *load)).collect();
        LiveRoute { route: leg.then_some(0), loads, sessions: Vec::new(), pass }
    }

    fn kept(legs: Vec<Vec<LiveRoute>>) -> Vec<Vec<usize>> {
        let legs = legs.into_iter().map(|routes| LiveLeg { leg: 0, routes }).collect();
        combinations(&LiveWay { way: 0, held: Vec::new(), legs }, &[true, true])
    }

    const ALL: u32 = 1_000_000;

    #[test]
    fn of_alternatives_that_load_alike_the_first_is_kept() {
        let alike = || vec![route(true, &[1], ALL), route(true, &[1], ALL)];
        assert_eq!(kept(vec![alike(), alike()]), [[0, 0]]);
    }

    #[test]
    fn an_alternative_that_loses_calls_covers_none_that_does_not() {
        let lossy = || route(true, &[], 900_000);
        assert_eq!(kept(vec![vec![lossy(), route(true, &[1], ALL)]]), [[0], [1]]);
        assert_eq!(kept(vec![vec![route(true, &[], ALL), lossy()]]), [[0]]);
        let one = || vec![route(true, &[], ALL)];
        let between = vec![one(), vec![lossy(), route(true, &[1], ALL)], one()];
        assert_eq!(kept(between), [[0, 0, 0], [0, 1, 0]]);
    }

    /// Recorded by the second network, or not recorded by the first: both are kept,
    /// though the second loads as much.
    #[test]
    fn going_without_an_optional_leg_covers_no_way_of_having_it() {
        let calls = vec![route(true, &[1], ALL), route(true, &[0], ALL)];
        let recording = vec![route(true, &[1], ALL), route(false, &[0], ALL)];
        let kept = kept(vec![calls, recording]);
        assert!(kept.contains(&vec![1, 0]), "{kept:?}");
    }
}
