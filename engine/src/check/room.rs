//! Capacities that do not suffice for all who may come.

use std::collections::BTreeMap;

use outlast_models::Id;
use outlast_models::units::{Bps, Millionths};

use super::subject::Subject;
use super::{Finding, Whom};
use crate::assess::capacities;
use crate::problem::{Leg, ResourceId, ResourceLoad, Way};
use crate::routes::path::ResourceKey;
use crate::state::Held;

/// Capacities smaller than what those would load who have an open way over them.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let limits = capacities(subject.problem, &subject.state, &Held::default());
    let mut short: BTreeMap<&Id, Short> = BTreeMap::new();
    for (n, resource) in subject.problem.resources.iter().enumerate() {
        let known = limits.iter().find(|(key, _)| *key == resource.key);
        let Some(limit) = known.and_then(|(_, limit)| *limit) else { continue };
        let Some(rule) = rule(subject, &resource.key) else { continue };
        let id = ResourceId(u32::try_from(n).expect("resources are counted in u32"));
        let (wanted, whom) = demand(subject, id, &resource.key);
        if wanted > limit {
            let one = short.entry(resource.key.id()).or_insert_with(|| Short::of(rule));
            one.has.push(amount(limit, &resource.key, false));
            one.wants.push(amount(wanted, &resource.key, true));
            one.whom.extend(whom);
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

/// What all would load together if everybody came who may: each by the way that
/// loads it most.
fn demand(subject: &Subject<'_>, resource: ResourceId, key: &ResourceKey) -> (u64, Whom) {
    let mut whom = Whom::new();
    let mut wanted = 0u64;
    for (n, cohort) in subject.problem.cohorts.iter().enumerate() {
        let occupancy = cohort.occupancy.unwrap_or(subject.problem.occupancy_stressed);
        let ways = subject.ways_of(n).filter(|(way, _)| subject.is_open(*way));
        let most = ways.map(|(_, way)| load(way, resource, key, occupancy)).max();
        let most = most.unwrap_or(0);
        if most > 0 && subject.people[n] > 0 {
            whom.insert(subject.key(n), subject.people[n]);
            wanted = wanted.saturating_add(most.saturating_mul(subject.people[n]));
        }
    }
    (wanted, whom)
}

/// The most that one agent loads on a way; a session is held once, whatever runs
/// through it.
fn load(way: &Way, resource: ResourceId, key: &ResourceKey, occupancy: Millionths) -> u64 {
    let on = |loads: &[ResourceLoad]| -> u64 {
        let own = loads.iter().filter(|load| load.resource == resource);
        own.map(|load| load.at(occupancy)).sum()
    };
    let most = |leg: &Leg| leg.routes.iter().map(|route| on(&route.loads)).max().unwrap_or(0);
    let legs = way.legs.iter().map(most);
    match key {
        ResourceKey::Sessions(_) => on(&way.held).max(legs.max().unwrap_or(0)),
        _ => on(&way.held) + legs.sum::<u64>(),
    }
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
