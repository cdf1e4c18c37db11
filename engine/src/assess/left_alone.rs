//! Left alone: everybody takes the first live way he has.
//!
//! Who can work on where he is stays there. The others try their ways in rounds:
//! in each everybody at once takes his next way, what refuses is shared out in
//! proportion, and the refused try the next, until nobody is left who has a way
//! with room. Legs that can be done without come last, from what all that is required
//! has left ([`super::optional`]). A circuit does not refuse: over its limit it impairs
//! all who load it. Nothing is solved, nobody keeps off.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::filling::{Placed, Seeker, fill};
use super::live::{Crew, LiveWay, Scene, Scope};
use super::optional::add_optional;
use super::placement::{Placement, Placements, Unplaced};
use crate::problem::{ResourceId, divided};

/// Crews and their agents without a place.
type Members = Vec<(usize, u64)>;

/// Crews who have the same ways before them: what one holds makes no difference
/// any more.
struct Company {
    ways: Vec<LiveWay>,
    members: Members,
    /// The way that is tried next.
    next: usize,
    /// The resource that refused them first.
    wanted: Option<ResourceId>,
}

impl Company {
    fn agents(&self) -> u64 {
        self.members.iter().map(|(_, agents)| agents).sum()
    }

    /// Takes agents off its members, in proportion.
    fn take(&mut self, agents: u64) -> Vec<(usize, u64)> {
        let parts: Vec<u64> = self.members.iter().map(|(_, agents)| *agents).collect();
        let taken = divided(&parts, agents);
        for ((_, left), taken) in self.members.iter_mut().zip(&taken) {
            *left -= taken;
        }
        self.members.iter().map(|(crew, _)| *crew).zip(taken).collect()
    }
}

/// Places everybody without any direction.
pub(crate) fn left_alone(scene: &Scene<'_>, crews: &[Arc<Crew>]) -> Placements {
    let mut out = Placements { used: vec![0; scene.capacities.len()], ..Placements::default() };
    let mut last = Vec::new();
    let mut placed = stay(scene, crews, &mut out);
    // Who can log in where he is does so before anybody has travelled.
    for scope in [Scope::Settled, Scope::Moved] {
        let mut settling = companies(scene, crews, &placed, scope);
        while round(scene, crews, &mut settling, &mut out) {}
        for (crew, left) in settling.iter().flat_map(|company| &company.members) {
            placed[*crew] = crews[*crew].agents - left;
        }
        last = settling;
    }
    for company in last {
        for (crew, agents) in company.members.into_iter().filter(|(_, agents)| *agents > 0) {
            out.unplaced.push(Unplaced { crew, agents, wanted: company.wanted });
        }
    }
    add_optional(scene, crews, &mut out);
    let used = std::mem::take(&mut out.used);
    out.impair(scene, crews, &used);
    out.used = used;
    out
}

/// Those who work on where they are, as nobody has told them anything yet.
pub(super) fn at_work(scene: &Scene<'_>, crews: &[Arc<Crew>]) -> Vec<Placement> {
    let mut out = Placements { used: vec![0; scene.capacities.len()], ..Placements::default() };
    stay(scene, crews, &mut out);
    let used = std::mem::take(&mut out.used);
    out.impair(scene, crews, &used);
    out.placed.retain(|placement| placement.impaired.is_none());
    out.placed
}

/// Keeps those in place who can work on there; returns how many of each crew.
fn stay(scene: &Scene<'_>, crews: &[Arc<Crew>], out: &mut Placements) -> Vec<u64> {
    let held = |crew: &Crew| {
        let held = crew.held?;
        crew.ways.iter().position(|way| way.way == held)
    };
    let staying: Vec<(usize, usize)> =
        crews.iter().enumerate().filter_map(|(n, crew)| Some((n, held(crew)?))).collect();
    let seekers: Vec<Seeker<'_>> = staying
        .iter()
        .map(|&(n, way)| Seeker { way: &crews[n].ways[way], agents: crews[n].agents, first: false })
        .collect();
    let mut stayed = vec![0; crews.len()];
    for (&(crew, way), filled) in staying.iter().zip(fill(scene, &seekers, &mut out.used)) {
        for placed in filled.placed {
            stayed[crew] += placed.agents;
            place(out, crews, (crew, way), &placed, placed.agents);
        }
    }
    stayed
}

/// Everybody else, those of a cohort with the same ways together.
fn companies(scene: &Scene<'_>, crews: &[Arc<Crew>], stayed: &[u64], scope: Scope) -> Vec<Company> {
    let open = |crew: &Crew| -> Vec<LiveWay> {
        let ways = crew.ways.iter().cloned();
        ways.filter(|way| scene.allowed(crew.cohort, crew.held, way.way, scope)).collect()
    };
    let mut by_ways: BTreeMap<(usize, Vec<usize>), Members> = BTreeMap::new();
    for (n, crew) in crews.iter().enumerate().filter(|(n, crew)| crew.agents > stayed[*n]) {
        let ways = open(crew).iter().map(|way| way.way).collect();
        by_ways.entry((crew.cohort, ways)).or_default().push((n, crew.agents - stayed[n]));
    }
    let company = |members: Members| {
        let ways = open(&crews[members[0].0]);
        Company { ways, members, next: 0, wanted: None }
    };
    by_ways.into_values().map(company).collect()
}

/// One round; whether anybody tried anything.
fn round(
    scene: &Scene<'_>,
    crews: &[Arc<Crew>],
    companies: &mut [Company],
    out: &mut Placements,
) -> bool {
    let trying: Vec<usize> = (0..companies.len())
        .filter(|&n| companies[n].agents() > 0 && companies[n].next < companies[n].ways.len())
        .collect();
    let seekers: Vec<Seeker<'_>> = trying
        .iter()
        .map(|&n| Seeker {
            way: &companies[n].ways[companies[n].next],
            agents: companies[n].agents(),
            first: false,
        })
        .collect();
    let all_filled = fill(scene, &seekers, &mut out.used);
    for (&n, filled) in trying.iter().zip(all_filled) {
        let tried = companies[n].ways[companies[n].next].way;
        for placed in filled.placed {
            for (crew, agents) in companies[n].take(placed.agents) {
                let ways = &crews[crew].ways;
                let way = ways.iter().position(|way| way.way == tried).expect("a way of each");
                place(out, crews, (crew, way), &placed, agents);
            }
        }
        companies[n].wanted = companies[n].wanted.or(filled.wanted);
        companies[n].next += 1;
    }
    !trying.is_empty()
}

fn place(
    out: &mut Placements,
    crews: &[Arc<Crew>],
    (crew, way): (usize, usize),
    placed: &Placed,
    agents: u64,
) {
    if agents == 0 {
        return;
    }
    out.placed.push(Placement {
        crew,
        way,
        picks: placed.picks.clone(),
        agents,
        pass: crews[crew].ways[way].pass(&placed.picks),
        impaired: None,
    });
}
