//! Capacities that do not suffice for all who may come.

use std::collections::BTreeMap;

use outlast_models::Id;
use outlast_models::units::{Bps, Millionths};

use super::subject::Subject;
use super::{Finding, Whom};
use crate::assess::capacities;
use crate::problem::{Problem, ResourceId, ResourceLoad, Way};
use crate::routes::path::ResourceKey;
use crate::state::Held;

/// Capacities smaller than what those would load who have an open way over them.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let limits = capacities(subject.problem, &subject.state, &Held::default());
    let mut short: BTreeMap<&Id, Short> = BTreeMap::new();
    let own = subject.problem.resources.iter().zip(&limits).zip(demands(subject));
    for ((resource, (_, limit)), demand) in own {
        let Some(limit) = *limit else { continue };
        let Some(rule) = rule(subject, &resource.key) else { continue };
        if demand.wanted > limit {
            let one = short.entry(resource.key.id()).or_insert_with(|| Short::of(rule));
            one.has.push(amount(limit, &resource.key, false));
            one.wants.push(amount(demand.wanted, &resource.key, true));
            one.whom.extend(subject.of_cohorts(demand.cohorts));
        }
    }
    short.into_iter().map(|(id, short)| short.finding(subject, id)).collect()
}

/// What of one component does not suffice.
struct Short {
    rule: &'static str,
    has: Vec<String>,
    wants: Vec<String>,
    whom: Whom,
}

impl Short {
    fn of(rule: &'static str) -> Self {
        Self { rule, has: Vec::new(), wants: Vec::new(), whom: Whom::new() }
    }

    fn finding(self, subject: &Subject<'_>, id: &Id) -> Finding {
        let place = subject.place_of(id);
        let agents = self.whom.values().sum::<u64>();
        let says = format!(
            "{id} has {}; if all {agents} agents came who have an open way over it, they would want {}",
            self.has.join(", "),
            self.wants.join(", "),
        );
        Finding::note(self.rule, subject.entry_of(place))
            .place(place)
            .says(says)
            .mend("raise it, or make sure that not all of them come at once")
            .hits(self.whom)
    }
}

/// The rule that bounds a resource.
fn rule(subject: &Subject<'_>, key: &ResourceKey) -> Option<&'static str> {
    let plan = subject.plan;
    Some(match key {
        ResourceKey::Sessions(id) | ResourceKey::Throughput(id, _) if plan.vpn.contains_key(id) => {
            "VPN-05"
        }
        ResourceKey::Sessions(id) | ResourceKey::Throughput(id, _)
            if plan.proxies.contains_key(id) =>
        {
            "PRX-10"
        }
        ResourceKey::NatPool(_) => "PRV-06",
        ResourceKey::Line(..) => "OFF-05",
        ResourceKey::Sessions(_)
        | ResourceKey::Channels(_)
        | ResourceKey::Throughput(..)
        | ResourceKey::Seats(_)
        | ResourceKey::Pool(_)
        | ResourceKey::Counted(_) => "OWN-07",
        ResourceKey::Heads(_) | ResourceKey::Reached(_) => return None,
    })
}

/// What all would load of a resource together if everybody came who may: each by the
/// way that loads it most.
#[derive(Clone, Default)]
struct Demand {
    wanted: u64,
    cohorts: Vec<usize>,
}

/// The demand for each resource, in the problem's order.
fn demands(subject: &Subject<'_>) -> Vec<Demand> {
    let problem = subject.problem;
    let mut all = vec![Demand::default(); problem.resources.len()];
    for (n, cohort) in problem.cohorts.iter().enumerate() {
        let people = subject.people[n];
        if people == 0 {
            continue;
        }
        let occupancy = cohort.occupancy.unwrap_or(problem.occupancy_stressed);
        let mut most = Loads::new();
        for (_, way) in subject.ways_of(n).filter(|(way, _)| subject.is_open(*way)) {
            for (resource, load) in of_way(problem, way, occupancy) {
                let known = most.entry(resource).or_default();
                *known = load.max(*known);
            }
        }
        for (resource, load) in most.into_iter().filter(|(_, load)| *load > 0) {
            let demand = &mut all[resource.index()];
            demand.wanted = demand.wanted.saturating_add(load.saturating_mul(people));
            demand.cohorts.push(n);
        }
    }
    all
}

/// What one agent loads.
type Loads = BTreeMap<ResourceId, u64>;

/// The most that one agent loads on a way; a session is held once, whatever runs
/// through it.
fn of_way(problem: &Problem, way: &Way, occupancy: Millionths) -> Loads {
    let each = |load: &ResourceLoad| (load.resource, load.at(occupancy));
    let mut all: Loads = way.held.iter().map(each).collect();
    for leg in &way.legs {
        let mut most = Loads::new();
        for (resource, load) in leg.routes.iter().flat_map(|route| &route.loads).map(each) {
            let known = most.entry(resource).or_default();
            *known = load.max(*known);
        }
        for (resource, load) in most {
            let known = all.entry(resource).or_default();
            *known = match problem.resources[resource.index()].key {
                ResourceKey::Sessions(_) => load.max(*known),
                _ => *known + load,
            };
        }
    }
    all
}

/// An amount with its unit: of what there is whole ones, of what is wanted as many as
/// suffice.
fn amount(amount: u64, key: &ResourceKey, up: bool) -> String {
    let whole = |of: u64| if up { amount.div_ceil(of) } else { amount / of };
    match key {
        ResourceKey::Line(_, outward) | ResourceKey::Throughput(_, outward) => {
            let way = if *outward { "up" } else { "down" };
            let step = if amount < 10_000_000 { 1000 } else { 1_000_000 };
            format!("{} {way}", Bps(whole(step) * step))
        }
        // What Erlang B lets in at the grade of service, not the channels themselves.
        ResourceKey::Channels(_) => format!("room for {} calls at once", whole(1000)),
        _ => format!("{} {}", whole(1000), key.word()),
    }
}
