//! Capacities that do not suffice for all who may come.

use std::collections::BTreeMap;

use outlast_models::Id;

use super::Finding;
use super::subject::Subject;
use crate::assess::capacities;
use crate::problem::{Resource, ResourceId, ResourceLoad, Way};
use crate::routes::path::ResourceKey;
use crate::state::Held;

/// Capacities smaller than what those would load who have an open way over them.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let limits = capacities(subject.problem, &subject.state, &Held::default());
    let resources = subject.problem.resources.iter().enumerate();
    let mut all = Vec::new();
    for (n, resource) in resources {
        let limit =
            limits.iter().find(|(key, _)| *key == resource.key).and_then(|(_, limit)| *limit);
        let Some(limit) = limit else { continue };
        let Some((rule, unit)) = rule(subject, &resource.key) else { continue };
        let id = ResourceId(u32::try_from(n).expect("resources are counted in u32"));
        let (wanted, groups) = demand(subject, id);
        if wanted > limit {
            all.push(short(subject, resource, rule, unit, (wanted, limit), groups));
        }
    }
    all
}

/// The rule that bounds a resource, and in how many of its units it counts one.
fn rule(subject: &Subject<'_>, key: &ResourceKey) -> Option<(&'static str, u64)> {
    let plan = subject.plan;
    Some(match key {
        ResourceKey::Sessions(id) if plan.vpn.contains_key(id) => ("VPN-05", 1000),
        ResourceKey::Sessions(id) if plan.proxies.contains_key(id) => ("PRX-10", 1000),
        ResourceKey::Sessions(id) if plan.vdi.contains_key(id) => ("OFF-03", 1000),
        ResourceKey::NatPool(_) => ("PRV-06", 1000),
        ResourceKey::Throughput(id, _) if plan.vpn.contains_key(id) => ("VPN-05", 1),
        ResourceKey::Throughput(..) => ("PRX-10", 1),
        ResourceKey::Line(..) => ("OFF-05", 1),
        // Seats and pools are what the plan says; channels admit by Erlang B.
        _ => return None,
    })
}

/// What all would load together if everybody came who may: each by the way that
/// loads it most.
fn demand(subject: &Subject<'_>, resource: ResourceId) -> (u64, BTreeMap<Id, u64>) {
    let mut groups: BTreeMap<Id, u64> = BTreeMap::new();
    let mut wanted = 0u64;
    for (n, cohort) in subject.problem.cohorts.iter().enumerate() {
        let occupancy = cohort.occupancy.unwrap_or(subject.problem.occupancy_stressed);
        let ways = subject.ways_of(n).filter(|(way, _)| subject.is_open(*way));
        let most = ways.map(|(_, way)| load(way, resource, |load| load.at(occupancy))).max();
        let most = most.unwrap_or(0);
        if most > 0 && subject.people[n] > 0 {
            *groups.entry(cohort.group.clone()).or_default() += subject.people[n];
            wanted = wanted.saturating_add(most.saturating_mul(subject.people[n]));
        }
    }
    (wanted, groups)
}

fn load(way: &Way, resource: ResourceId, of: impl Fn(&ResourceLoad) -> u64) -> u64 {
    let on = |loads: &[ResourceLoad]| -> u64 {
        loads.iter().filter(|load| load.resource == resource).map(&of).sum()
    };
    let legs = way.legs.iter().map(|leg| leg.routes.iter().map(|route| on(&route.loads)).max());
    on(&way.held) + legs.map(Option::unwrap_or_default).sum::<u64>()
}

fn short(
    subject: &Subject<'_>,
    resource: &Resource,
    rule: &'static str,
    unit: u64,
    (wanted, limit): (u64, u64),
    groups: BTreeMap<Id, u64>,
) -> Finding {
    let key = &resource.key;
    let id = key.id();
    let agents: u64 = groups.values().sum();
    let graph = subject.graph();
    let place = graph.find(id.as_str()).map(|node| node.place);
    let (has, wants) = (amount(limit / unit, unit, key), amount(wanted.div_ceil(unit), unit, key));
    let says = format!(
        "{id} has {has}; if all {agents} agents came who have an open way over it, they would want {wants}"
    );
    Finding::note(rule, subject.entry_of(place))
        .place(place)
        .says(says)
        .mend("raise it, or make sure that not all of them come at once")
        .hits(groups)
}

/// An amount with its unit: bit/s in whole kbit/s.
fn amount(count: u64, unit: u64, key: &ResourceKey) -> String {
    match unit {
        1 => format!("{}kbps {}", count / 1000, key.word().trim_start_matches("bit/s ")),
        _ => format!("{count} {}", key.word()),
    }
}
