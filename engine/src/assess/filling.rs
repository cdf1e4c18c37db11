//! Sharing out what refuses: everybody comes at once, at a pace in proportion to
//! how many they are, until all are in or what they need is full.
//!
//! Who finds one route full goes on by the next of that leg (overflow) at the
//! same pace, so nothing that is taken is ever given up again, and nobody is left
//! outside while his way has room. The pace is exact in parts of an agent; whole
//! agents are made by largest remainder.

use super::live::{LiveLeg, LiveWay, Scene};
use crate::problem::ResourceId;

/// Parts of an agent that are told apart while filling: 2⁴⁰ to one.
const PARTS: u32 = 40;

/// Agents who want one way.
pub(super) struct Seeker<'a> {
    pub(super) way: &'a LiveWay,
    pub(super) agents: u64,
    /// Whether legs that can be done without are wanted too.
    pub(super) first: bool,
}

/// Whole agents on one choice of routes.
pub(super) struct Placed {
    pub(super) picks: Vec<usize>,
    pub(super) agents: u64,
}

/// What became of a seeker.
#[derive(Default)]
pub(super) struct Filled {
    pub(super) placed: Vec<Placed>,
    /// What is full, where some are left outside.
    pub(super) wanted: Option<ResourceId>,
}

/// A seeker on his way in.
struct Coming<'a> {
    seeker: &'a Seeker<'a>,
    picks: Vec<usize>,
    loads: Vec<(ResourceId, u64)>,
    /// Choices of routes with parts of agents in.
    taken: Vec<(Vec<usize>, u128)>,
    /// The resource that stopped him.
    stopped: Option<ResourceId>,
}

/// Fills in all seekers at once, on top of what is used.
pub(super) fn fill(scene: &Scene<'_>, seekers: &[Seeker<'_>], used: &mut [u64]) -> Vec<Filled> {
    let mut coming: Vec<Coming<'_>> = seekers.iter().map(Coming::new).collect();
    let mut room: Vec<Option<u128>> = (0..used.len()).map(|n| room(scene, used, n)).collect();
    let mut left: u128 = 1 << PARTS;
    while left > 0 && coming.iter().any(|one| one.stopped.is_none()) {
        let pace = paces(&coming, &room);
        let limits = pace.iter().zip(&room).filter(|(pace, _)| **pace > 0);
        let step = limits.filter_map(|(pace, room)| Some((*room)? / pace)).min();
        let step = step.unwrap_or(left).min(left);
        for one in coming.iter_mut().filter(|one| one.stopped.is_none()) {
            one.advance(step, &mut room);
        }
        left -= step;
        let full: Vec<bool> = pace
            .iter()
            .zip(&room)
            .map(|(pace, room)| *pace > 0 && room.is_some_and(|room| room < *pace))
            .collect();
        for one in coming.iter_mut().filter(|one| left > 0 && one.stopped.is_none()) {
            one.turn_away(&full);
        }
    }
    whole(scene, &coming, used)
}

/// What a refusing resource has left, in parts; `None` where nothing refuses.
fn room(scene: &Scene<'_>, used: &[u64], n: usize) -> Option<u128> {
    let resource = ResourceId(u32::try_from(n).expect("dense"));
    let capacity = scene.capacities[n].filter(|_| scene.refuses(resource))?;
    Some(u128::from(capacity.saturating_sub(used[n])) << PARTS)
}

/// How fast each refusing resource fills.
fn paces(coming: &[Coming<'_>], room: &[Option<u128>]) -> Vec<u128> {
    let mut pace = vec![0_u128; room.len()];
    for one in coming.iter().filter(|one| one.stopped.is_none()) {
        for (resource, load) in &one.loads {
            if room[resource.index()].is_some() {
                pace[resource.index()] += u128::from(*load) * u128::from(one.seeker.agents);
            }
        }
    }
    pace
}

impl<'a> Coming<'a> {
    fn new(seeker: &'a Seeker<'a>) -> Self {
        let picks = first_picks(seeker);
        let loads = seeker.way.loads(&picks);
        Self { seeker, taken: vec![(picks.clone(), 0)], picks, loads, stopped: None }
    }

    fn advance(&mut self, step: u128, room: &mut [Option<u128>]) {
        let parts = u128::from(self.seeker.agents) * step;
        self.taken.last_mut().expect("a first choice").1 += parts;
        for (resource, load) in &self.loads {
            if let Some(room) = &mut room[resource.index()] {
                *room -= parts * u128::from(*load);
            }
        }
    }

    /// Where something is full: on by the next route of each leg that stands on
    /// it, or outside.
    fn turn_away(&mut self, full: &[bool]) {
        let Some(&(first, _)) = self.loads.iter().find(|(r, _)| full[r.index()]) else { return };
        let way = self.seeker.way;
        for (leg, pick) in way.legs.iter().zip(&mut self.picks) {
            let blocked = |n: usize| leg.routes[n].touches().any(|resource| full[resource.index()]);
            let next = (*pick..leg.routes.len()).find(|&n| !blocked(n));
            *pick = next.unwrap_or(*pick);
        }
        self.loads = way.loads(&self.picks);
        if self.loads.iter().any(|(resource, _)| full[resource.index()]) {
            self.stopped = Some(first);
        } else {
            self.taken.push((self.picks.clone(), 0));
        }
    }
}

/// Whole agents: down first, then by largest remainder, then whoever still fits.
fn whole(scene: &Scene<'_>, coming: &[Coming<'_>], used: &mut [u64]) -> Vec<Filled> {
    let mut filled: Vec<Filled> = Vec::new();
    let mut missing: Vec<u64> = Vec::new();
    let mut remainders: Vec<(u128, usize, usize)> = Vec::new();
    for (n, one) in coming.iter().enumerate() {
        let mut mine = Filled::default();
        for (c, (picks, parts)) in one.taken.iter().enumerate() {
            let agents = u64::try_from(parts >> PARTS).expect("at most the agents");
            add(one.seeker.way, picks, agents, used);
            mine.placed.push(Placed { picks: picks.clone(), agents });
            remainders.push((parts & ((1 << PARTS) - 1), n, c));
        }
        missing.push(one.seeker.agents - mine.placed.iter().map(|p| p.agents).sum::<u64>());
        filled.push(mine);
    }
    remainders.sort_by_key(|&(parts, n, c)| (std::cmp::Reverse(parts), n, c));
    let mut one_more = |n: usize, c: usize, filled: &mut [Filled], missing: &mut [u64]| {
        let (way, picks) = (coming[n].seeker.way, &coming[n].taken[c].0);
        let fits = missing[n] > 0 && full_for(scene, way, picks, used).is_none();
        if fits {
            add(way, picks, 1, used);
            filled[n].placed[c].agents += 1;
            missing[n] -= 1;
        }
        fits
    };
    for &(parts, n, c) in &remainders {
        if parts > 0 {
            one_more(n, c, &mut filled, &mut missing);
        }
    }
    for &(_, n, c) in &remainders {
        while one_more(n, c, &mut filled, &mut missing) {}
    }
    squeeze_in(scene, coming, used, &mut filled, &mut missing);
    for (n, one) in coming.iter().enumerate().filter(|(n, _)| missing[*n] > 0) {
        let last = &one.taken.last().expect("a first choice").0;
        filled[n].wanted = full_for(scene, one.seeker.way, last, used).or(one.stopped);
    }
    filled
}

/// The first route of each leg, but for those that can be done without: they take
/// only what all others have left ([`super::optional`]).
fn first_picks(seeker: &Seeker<'_>) -> Vec<usize> {
    let without = |leg: &LiveLeg| leg.without().filter(|_| !seeker.first);
    seeker.way.legs.iter().map(|leg| without(leg).unwrap_or(0)).collect()
}

/// What is left of something may be too little for one agent on the routes tried so
/// far and enough on others, with another carrier.
fn squeeze_in(
    scene: &Scene<'_>,
    coming: &[Coming<'_>],
    used: &mut [u64],
    filled: &mut [Filled],
    missing: &mut [u64],
) {
    for (n, one) in coming.iter().enumerate() {
        let way = one.seeker.way;
        while missing[n] > 0 {
            let Some(picks) = picks_with_room(scene, one.seeker, used) else { break };
            add(way, &picks, 1, used);
            missing[n] -= 1;
            match filled[n].placed.iter_mut().find(|placed| placed.picks == picks) {
                Some(placed) => placed.agents += 1,
                None => filled[n].placed.push(Placed { picks, agents: 1 }),
            }
        }
    }
}

/// The first routes with room for one more: leg by leg off what is full.
fn picks_with_room(scene: &Scene<'_>, seeker: &Seeker<'_>, used: &[u64]) -> Option<Vec<usize>> {
    let way = seeker.way;
    let mut picks = first_picks(seeker);
    while let Some(full) = full_for(scene, way, &picks, used) {
        let touches = |leg: usize, n: usize| way.legs[leg].routes[n].touches().any(|r| r == full);
        let elsewhere = |leg: usize| {
            let others = picks[leg]..way.legs[leg].routes.len();
            others.filter(|_| touches(leg, picks[leg])).find(|&n| !touches(leg, n))
        };
        let (leg, next) = (0..picks.len()).find_map(|leg| Some((leg, elsewhere(leg)?)))?;
        picks[leg] = next;
    }
    Some(picks)
}

fn add(way: &LiveWay, picks: &[usize], agents: u64, used: &mut [u64]) {
    for (resource, load) in way.loads(picks) {
        used[resource.index()] += load * agents;
    }
}

/// The refusing resource that has no room for one more.
fn full_for(scene: &Scene<'_>, way: &LiveWay, picks: &[usize], used: &[u64]) -> Option<ResourceId> {
    let is_full = |(resource, load): &(ResourceId, u64)| {
        scene.refuses(*resource)
            && scene.capacities[resource.index()].is_some_and(|c| used[resource.index()] + load > c)
    };
    way.loads(picks).iter().find(|one| is_full(one)).map(|(resource, _)| *resource)
}
