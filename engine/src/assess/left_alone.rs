//! Left alone: everybody takes the first live way he has.
//!
//! Rounds: those not yet placed try the way they are at; a resource that
//! refuses shares its room out in proportion (largest remainder, ties by
//! order of crews); the refused try their next alternative of that leg, then
//! their next way; until nobody moves. A circuit does not refuse: over its
//! limit it impairs all who load it. Nothing is solved, nobody keeps off.

use std::collections::BTreeMap;

use super::live::{Crew, LiveWay, Scene};
use super::placement::{Placement, Placements, Unplaced};
use crate::problem::ResourceId;

/// Agents of one crew at the same point of their list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Batch {
    crew: usize,
    way: usize,
    picks: Vec<usize>,
    /// The resource that refused them first.
    wanted: Option<ResourceId>,
}

/// Places everybody without any direction.
pub(crate) fn left_alone(scene: &Scene<'_>, crews: &[Crew]) -> Placements {
    let mut used = vec![0_u64; scene.capacities.len()];
    let mut trying: BTreeMap<Batch, u64> = BTreeMap::new();
    let mut out = Placements::default();
    for (crew, entry) in crews.iter().enumerate() {
        let batch = Batch { crew, way: 0, picks: first_picks(entry, 0), wanted: None };
        enter(&mut trying, &mut out, crews, batch, entry.agents);
    }
    while !trying.is_empty() {
        let refused = share_out(scene, crews, &mut trying, &used);
        for (batch, agents) in std::mem::take(&mut trying) {
            for (resource, load) in loads(crews, &batch) {
                used[resource.index()] += load * agents;
            }
            place(&mut out, crews, batch, agents);
        }
        for ((batch, resource), agents) in refused {
            let next = next_try(crews, batch, resource);
            enter(&mut trying, &mut out, crews, next, agents);
        }
    }
    out.impair(scene, crews, &used);
    out.used = used;
    out
}

fn first_picks(crew: &Crew, way: usize) -> Vec<usize> {
    crew.ways.get(way).map_or_else(Vec::new, |way| vec![0; way.legs.len()])
}

fn enter(
    trying: &mut BTreeMap<Batch, u64>,
    out: &mut Placements,
    crews: &[Crew],
    batch: Batch,
    agents: u64,
) {
    if agents == 0 {
        return;
    }
    if batch.way < crews[batch.crew].ways.len() {
        *trying.entry(batch).or_default() += agents;
    } else {
        out.unplaced.push(Unplaced { crew: batch.crew, agents, wanted: batch.wanted });
    }
}

fn place(out: &mut Placements, crews: &[Crew], batch: Batch, agents: u64) {
    let way = &crews[batch.crew].ways[batch.way];
    let pass = pass(way, &batch.picks);
    out.placed.push(Placement {
        crew: batch.crew,
        way: batch.way,
        picks: batch.picks,
        agents,
        pass,
        impaired: None,
    });
}

/// Share of calls that get through on a way with these picks, in millionths.
pub(crate) fn pass(way: &LiveWay, picks: &[usize]) -> u32 {
    let product = way.legs.iter().zip(picks).fold(1_000_000_u64, |pass, (leg, &pick)| {
        pass * u64::from(leg.routes[pick].pass) / 1_000_000
    });
    u32::try_from(product).expect("at most a million")
}

fn loads(crews: &[Crew], batch: &Batch) -> Vec<(ResourceId, u64)> {
    way_loads(&crews[batch.crew].ways[batch.way], &batch.picks)
}

/// What one agent loads on a way with these picks, one entry a resource.
pub(crate) fn way_loads(way: &LiveWay, picks: &[usize]) -> Vec<(ResourceId, u64)> {
    let mut sums: BTreeMap<ResourceId, u64> = BTreeMap::new();
    let legs = way.legs.iter().zip(picks).flat_map(|(leg, &pick)| &leg.routes[pick].loads);
    for &(resource, load) in way.held.iter().chain(legs) {
        *sums.entry(resource).or_default() += load;
    }
    sums.into_iter().collect()
}

type Refused = BTreeMap<(Batch, ResourceId), u64>;

/// Cuts the batches down to what refusing resources admit.
fn share_out(
    scene: &Scene<'_>,
    crews: &[Crew],
    trying: &mut BTreeMap<Batch, u64>,
    used: &[u64],
) -> Refused {
    let mut refused = Refused::new();
    for (n, capacity) in scene.capacities.iter().enumerate() {
        let resource = ResourceId(u32::try_from(n).expect("dense"));
        let Some(capacity) = capacity.filter(|_| scene.refuses(resource)) else { continue };
        let wants = wants(crews, trying, resource);
        let room = capacity.saturating_sub(used[n]);
        let total: u128 = wants.iter().map(Want::load).sum();
        if total <= u128::from(room) {
            continue;
        }
        for (want, admitted) in wants.iter().zip(proportion(&wants, room, total)) {
            for (batch, admitted) in want.divide(admitted) {
                let agents = trying[&batch];
                if admitted < agents {
                    *refused.entry((batch.clone(), resource)).or_default() += agents - admitted;
                    trying.insert(batch, admitted);
                }
            }
        }
        trying.retain(|_, agents| *agents > 0);
    }
    refused
}

/// What the agents of one cohort want of a resource: batches that load it
/// alike share as one, whatever they held before.
struct Want {
    agents: u64,
    each: u64,
    batches: Vec<(Batch, u64)>,
}

impl Want {
    fn load(&self) -> u128 {
        u128::from(self.agents) * u128::from(self.each)
    }

    /// What each batch gets of those admitted.
    fn divide(&self, admitted: u64) -> Vec<(Batch, u64)> {
        let agents: Vec<u64> = self.batches.iter().map(|(_, agents)| *agents).collect();
        let parts = divided(&agents, admitted);
        self.batches.iter().map(|(batch, _)| batch.clone()).zip(parts).collect()
    }
}

fn wants(crews: &[Crew], trying: &BTreeMap<Batch, u64>, resource: ResourceId) -> Vec<Want> {
    let mut by_cohort: BTreeMap<(usize, u64), Vec<(Batch, u64)>> = BTreeMap::new();
    for (batch, &agents) in trying {
        let load = loads(crews, batch).iter().find(|(r, _)| *r == resource).map(|l| l.1);
        if let Some(load) = load {
            let key = (crews[batch.crew].cohort, load);
            by_cohort.entry(key).or_default().push((batch.clone(), agents));
        }
    }
    let want = |((_, each), batches): ((usize, u64), Vec<(Batch, u64)>)| Want {
        agents: batches.iter().map(|(_, agents)| agents).sum(),
        each,
        batches,
    };
    by_cohort.into_iter().map(want).collect()
}

/// Room in proportion to what each wants: whole agents, largest remainder
/// first, ties in order.
fn proportion(wants: &[Want], room: u64, total: u128) -> Vec<u64> {
    let share = |want: &Want| u128::from(want.agents) * u128::from(room);
    let mut admitted: Vec<u64> = wants
        .iter()
        .map(|want| u64::try_from(share(want) / total).expect("at most agents"))
        .collect();
    let mut left = u128::from(room)
        - wants
            .iter()
            .zip(&admitted)
            .map(|(w, a)| u128::from(w.each) * u128::from(*a))
            .sum::<u128>();
    let mut order: Vec<usize> = (0..wants.len()).collect();
    order.sort_by_key(|&n| std::cmp::Reverse(share(&wants[n]) % total));
    for n in order {
        let want = &wants[n];
        if admitted[n] < want.agents && u128::from(want.each) <= left {
            admitted[n] += 1;
            left -= u128::from(want.each);
        }
    }
    admitted
}

/// Divides some of a number of agents among its parts, by largest remainder.
fn divided(parts: &[u64], some: u64) -> Vec<u64> {
    let all: u128 = parts.iter().map(|part| u128::from(*part)).sum();
    let exact = |part: u64| u128::from(part) * u128::from(some);
    let mut out: Vec<u64> = parts
        .iter()
        .map(|part| u64::try_from(exact(*part) / all).expect("at most its part"))
        .collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&n| std::cmp::Reverse(exact(parts[n]) % all));
    let left = some - out.iter().sum::<u64>();
    for n in order.into_iter().take(usize::try_from(left).expect("fewer than parts")) {
        out[n] += 1;
    }
    out
}

/// What the refused try next: another alternative of the leg that was
/// refused, else their next way.
fn next_try(crews: &[Crew], batch: Batch, resource: ResourceId) -> Batch {
    let crew = &crews[batch.crew];
    let way = &crew.ways[batch.way];
    let wanted = batch.wanted.or(Some(resource));
    let loads = |leg: usize, pick: usize| {
        way.legs[leg].routes[pick].loads.iter().any(|(r, _)| *r == resource)
    };
    let leg = (0..way.legs.len()).find(|&leg| loads(leg, batch.picks[leg]));
    if let Some(leg) = leg
        && batch.picks[leg] + 1 < way.legs[leg].routes.len()
    {
        let mut picks = batch.picks;
        picks[leg] += 1;
        return Batch { picks, wanted, ..batch };
    }
    let next = batch.way + 1;
    Batch { crew: batch.crew, way: next, picks: first_picks(crew, next), wanted }
}
