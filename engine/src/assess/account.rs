//! The account of an allocation: who is in which disposition, what counts towards
//! the objectives, what everything carries and what that blocks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Scope;
use super::blocking;
use super::counts::{Supplies, share_out};
use super::live::{Crew, LiveWay, Scene};
use super::placement::{Placement, Placements};
use crate::outcome::{Count, Disposition, Entry, Impairment, Outcome, Use, Want};
use crate::problem::{Problem, ResourceId};
use crate::routes::path::Path;
use crate::state::{Held, State};

pub(super) fn outcome(scene: &Scene<'_>, crews: &[Arc<Crew>], placements: &Placements) -> Outcome {
    let mut entries = Vec::new();
    let mut assumptions = BTreeSet::new();
    let lost = blocked(scene, &placements.used);
    for placement in &placements.placed {
        entries.push(placed(scene, crews, placement, &lost, &mut assumptions));
    }
    for unplaced in &placements.unplaced {
        let crew = &crews[unplaced.crew];
        decided(scene, crew, &mut assumptions);
        if let Some(full) = unplaced.wanted {
            behind_room(scene, crew, full, &mut assumptions);
        }
        let want = unplaced.wanted.map_or(Want::Way, Want::Room);
        let disposition = match (want, crew.digital) {
            (_, Some(way)) => Disposition::Impaired { way, by: Impairment::VoiceLost },
            (want, None) => Disposition::Stranded(want),
        };
        entries.push(Entry {
            cohort: crew.cohort,
            held: crew.held,
            disposition,
            routes: Vec::new(),
            agents: unplaced.agents,
            pass: 0,
        });
    }
    entries.sort_by(|a, b| {
        (a.cohort, a.disposition, a.held, &a.routes).cmp(&(
            b.cohort,
            b.disposition,
            b.held,
            &b.routes,
        ))
    });
    let is_agent = |entry: &Entry| scene.problem.cohorts[entry.cohort].counted;
    let (entries, users): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(is_agent);
    let objectives = objectives(scene, &entries);
    let uses = uses(scene, &placements.used, &mut assumptions);
    Outcome { entries, users, uses, objectives, gap: placements.gap, assumptions }
}

/// What stands behind the refusals that leave somebody without a way.
fn decided(scene: &Scene<'_>, crew: &Crew, assumptions: &mut BTreeSet<String>) {
    for way in &scene.problem.ways[scene.problem.cohorts[crew.cohort].ways.clone()] {
        let paths =
            way.posture.legs.iter().flat_map(|leg| leg.paths.iter()).chain([&way.posture.base]);
        let is_closed = |path: &&Path| path.refusal.is_some() || !path.changes.is_empty();
        let closed: Vec<&Path> = paths.filter(is_closed).collect();
        if !closed.is_empty() {
            // What is not known of the group, its place and its phone.
            assumptions.extend(way.posture.base.assumptions.iter().cloned());
        }
        assumptions.extend(closed.into_iter().flat_map(|path| &path.assumptions).cloned());
    }
}

/// What the ways stand on that would load what is full.
fn behind_room(
    scene: &Scene<'_>,
    crew: &Crew,
    full: ResourceId,
    assumptions: &mut BTreeSet<String>,
) {
    for live in &crew.ways {
        let walked = &scene.problem.ways[live.way];
        if live.held.iter().any(|(resource, _)| *resource == full) {
            assumptions.extend(walked.posture.base.assumptions.iter().cloned());
        }
        for leg in &live.legs {
            let over = leg.routes.iter().filter(|route| route.touches().any(|r| r == full));
            for route in over.filter_map(|route| route.route) {
                let path = walked.legs[leg.leg].routes[route].path;
                let path = &walked.posture.legs[leg.leg].paths[path];
                assumptions.extend(path.assumptions.iter().cloned());
            }
        }
    }
}

/// Share of calls, in millionths, that each resource blocks at its load: what
/// Erlang B leaves of trunks, carriers and circuits to the PSTN.
fn blocked(scene: &Scene<'_>, used: &[u64]) -> Vec<u32> {
    let of = |(n, load): (usize, &u64)| {
        let channels = scene.problem.resources.get(n).and_then(|own| scene.channels(own));
        channels.map_or(0, |channels| blocking::share(channels, *load))
    };
    used.iter().enumerate().map(of).collect()
}

fn placed(
    scene: &Scene<'_>,
    crews: &[Arc<Crew>],
    placement: &Placement,
    lost: &[u32],
    assumptions: &mut BTreeSet<String>,
) -> Entry {
    let crew = &crews[placement.crew];
    let live = &crew.ways[placement.way];
    let way = &scene.problem.ways[live.way];
    let mut routes = Vec::new();
    assumptions.extend(way.posture.base.assumptions.iter().cloned());
    for (leg, &pick) in live.legs.iter().zip(&placement.picks) {
        let Some(route) = leg.routes[pick].route else { continue };
        routes.push((leg.leg, route));
        let path = way.legs[leg.leg].routes[route].path;
        let walked = &way.posture.legs[leg.leg].paths[path];
        assumptions.extend(walked.assumptions.iter().cloned());
    }
    let disposition = match placement.impaired {
        None => Disposition::Working { way: live.way },
        Some(resource) => {
            Disposition::Impaired { way: live.way, by: Impairment::OverLimit(resource) }
        }
    };
    let through = live
        .loads(&placement.picks)
        .into_iter()
        .fold(u64::from(placement.pass), |pass, (resource, _)| {
            pass * u64::from(1_000_000 - lost[resource.index()]) / 1_000_000
        });
    let through = u32::try_from(through).expect("at most a million");
    let pass = if placement.impaired.is_none() { through } else { 0 };
    Entry {
        cohort: crew.cohort,
        held: crew.held,
        disposition,
        routes,
        agents: placement.agents,
        pass,
    }
}

/// Agents counted towards each objective.
fn objectives(scene: &Scene<'_>, entries: &[Entry]) -> Vec<Count> {
    let problem = scene.problem;
    let need = |n: usize| {
        let objective = &problem.objectives[n];
        let base = problem.cohorts.iter().filter(|c| objective.counts(c));
        objective.need(base.map(|c| c.on_shift(scene.state.hour)).sum())
    };
    let mut counts: Vec<Count> =
        (0..problem.objectives.len()).map(|n| Count { need: need(n), counted: 0 }).collect();
    let needs: Vec<u64> = counts.iter().map(|count| count.need).collect();
    let leading = problem.leading(&needs);
    let all = 0..counts.len();
    let (queued, overall): (Vec<usize>, Vec<usize>) =
        all.partition(|n| problem.objectives[*n].queue.is_some());
    // Each queue by its leading objective; another one's by itself.
    let leaders: Vec<usize> = queued.iter().copied().filter(|&n| leading[n]).collect();
    let by_leaders = counted(problem, entries, &leaders, &needs);
    for n in queued {
        let same = |m: &usize| problem.objectives[*m].queue == problem.objectives[n].queue;
        let by_itself = || {
            let asked: Vec<usize> = leaders.iter().map(|m| if same(m) { n } else { *m }).collect();
            counted(problem, entries, &asked, &needs)
        };
        let at = leaders.iter().position(same).expect("every queue has a leader");
        counts[n].counted = if leading[n] { by_leaders[at] } else { by_itself()[at] };
    }
    for n in overall {
        let working =
            entries.iter().filter(|e| matches!(e.disposition, Disposition::Working { .. }));
        counts[n].counted = agents(working.map(|entry| weight(problem, n, entry)).sum());
    }
    counts
}

/// Agents counted towards each of some objectives, where each counts for one of
/// them.
fn counted(problem: &Problem, entries: &[Entry], queued: &[usize], needs: &[u64]) -> Vec<u64> {
    let mut supplies = Supplies::default();
    let mut of: Option<(usize, Vec<usize>)> = None;
    for entry in entries {
        let Disposition::Working { .. } = entry.disposition else { continue };
        if of.as_ref().is_none_or(|(cohort, _)| *cohort != entry.cohort) {
            let counts =
                |n: &usize| problem.objectives[queued[*n]].counts(&problem.cohorts[entry.cohort]);
            of = Some((entry.cohort, (0..queued.len()).filter(counts).collect()));
        }
        let serves = of.as_ref().map_or(&[][..], |(_, serves)| serves);
        if let Some(first) = serves.first() {
            supplies.add(weight(problem, queued[*first], entry), serves);
        }
    }
    let needs: Vec<u128> = queued.iter().map(|&n| u128::from(needs[n]) * 1_000_000).collect();
    let got = share_out(&supplies, &needs).into_iter().enumerate();
    got.map(|(n, got)| agents(got.max(supplies.alone(n)))).collect()
}

fn weight(problem: &Problem, objective: usize, entry: &Entry) -> u128 {
    let pass = if problem.objectives[objective].counts_working { 1_000_000 } else { entry.pass };
    u128::from(entry.agents) * u128::from(pass)
}

/// Effective agents are rounded down.
fn agents(millionths: u128) -> u64 {
    u64::try_from(millionths / 1_000_000).unwrap_or(u64::MAX)
}

fn uses(scene: &Scene<'_>, used: &[u64], assumptions: &mut BTreeSet<String>) -> Vec<Use> {
    let mut uses = Vec::new();
    for (n, (&used, &capacity)) in used.iter().zip(&scene.capacities).enumerate() {
        let resource = ResourceId(u32::try_from(n).expect("dense"));
        if used > 0 || (capacity.is_some() && n >= scene.problem.resources.len()) {
            uses.push(Use { resource, used, capacity });
        }
        if used > 0 && capacity.is_none() {
            let key = &scene.problem.resources[n].key;
            assumptions.insert(format!("capacity:{}", key.id()));
        }
    }
    uses
}

/// The least that one agent on shift, moved, would put on each resource if he
/// took a live way over it; in the order of [`super::capacities`], `None`
/// where nobody has such a way. What refuses and has less left is full.
pub fn least_loads(problem: &Problem, state: &State, held: &Held) -> Vec<Option<u64>> {
    let scene = Scene::new(problem, state, held);
    let mut least = vec![None; scene.capacities.len()];
    for crew in scene.crews(held, Scope::Moved) {
        for (resource, load) in crew.ways.iter().flat_map(least_on_way) {
            let so_far: &mut Option<u64> = &mut least[resource.index()];
            *so_far = Some(so_far.map_or(load, |other| other.min(load)));
        }
    }
    least
}

/// Of each resource that some choice of alternatives loads, the least that it
/// then bears: what no choice avoids, else the least alternative over it.
fn least_on_way(way: &LiveWay) -> BTreeMap<ResourceId, u64> {
    let mut forced: BTreeMap<ResourceId, u64> = BTreeMap::new();
    let mut chosen: BTreeMap<ResourceId, u64> = BTreeMap::new();
    for &(resource, load) in &way.held {
        *forced.entry(resource).or_default() += load;
    }
    for leg in &way.legs {
        // Of each resource: over how many alternatives, and the least of them.
        let mut over: BTreeMap<ResourceId, (usize, u64)> = BTreeMap::new();
        for &(resource, load) in leg.routes.iter().flat_map(|route| &route.loads) {
            let one = over.entry(resource).or_insert((0, load));
            *one = (one.0 + 1, one.1.min(load));
        }
        for (resource, (alternatives, load)) in over {
            if alternatives == leg.routes.len() {
                *forced.entry(resource).or_default() += load;
            } else {
                let one = chosen.entry(resource).or_insert(load);
                *one = load.min(*one);
            }
        }
    }
    chosen.extend(forced);
    // A session is held once, whatever runs through it.
    let routes = way.legs.iter().flat_map(|leg| &leg.routes);
    for &(resource, load) in routes.flat_map(|route| &route.sessions) {
        let one = chosen.entry(resource).or_insert(load);
        *one = load.min(*one);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::live::{LiveLeg, LiveRoute};

    fn leg(routes: &[&[(u32, u64)]]) -> LiveLeg {
        let loads = |route: &&[(u32, u64)]| {
            let loads = route.iter().map(|&(resource, load)| (ResourceId(resource), load));
            let loads = loads.collect();
            LiveRoute { route: Some(0), loads, sessions: Vec::new(), pass: 1_000_000 }
        };
        LiveLeg { leg: 0, routes: routes.iter().map(loads).collect() }
    }

    #[test]
    fn the_least_load_is_that_of_the_cheapest_choice_over_a_resource() {
        let legs = vec![leg(&[&[(0, 5), (1, 2)], &[(0, 3)]]), leg(&[&[(1, 7)], &[(2, 1)]])];
        let way = LiveWay { way: 0, held: vec![(ResourceId(0), 10)], legs };
        // 0 is held and on both alternatives; 1 and 2 can be avoided.
        let least: Vec<u64> = least_on_way(&way).into_values().collect();
        assert_eq!(least, [13, 2, 1]);
    }
}
