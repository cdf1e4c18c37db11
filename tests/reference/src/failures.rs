//! Failure states to compare in: nothing, every single failure, some pairs,
//! conditions, shares and blocking.

use std::collections::BTreeSet;

use outlast_models::catalogue::{BUILT_IN, PhoneKind};
use outlast_models::plan::{Capacity, Plan, SiteKind};

use crate::random::Rng;
use crate::types::{Failure, WHOLE};

/// Returns failure states of a plan, nothing failed first, at most `limit`:
/// every single failure, evacuation and condition, then pairs of them and
/// states with shares and blocking, as the seed has it.
pub fn failures(plan: &Plan, seed: u64, limit: usize) -> Vec<Failure> {
    let mut rng = Rng::new(seed);
    let mut all = vec![Failure::default()];
    let singles = singles(plan);
    all.extend(singles.iter().cloned());
    let extras = extras(plan, &mut rng);
    all.extend(extras.iter().cloned());
    let parts: Vec<Failure> = singles.into_iter().chain(extras).collect();
    if !parts.is_empty() {
        while all.len() < limit {
            let (first, second) = (rng.pick(&parts), rng.pick(&parts));
            all.push(both(first, second));
        }
    }
    all.truncate(limit);
    all
}

/// Returns every set of these components as failed, batteries run down with the feeds,
/// and beside these every single failure, evacuation and condition.
pub fn every_state(plan: &Plan, seed: u64, ids: &[String]) -> Vec<Failure> {
    let mut all = Vec::new();
    for set in 0..1_u32 << ids.len() {
        let is_in = |n: usize| set >> n & 1 == 1;
        let failed: BTreeSet<String> =
            ids.iter().enumerate().filter(|(n, _)| is_in(*n)).map(|(_, id)| id.clone()).collect();
        let dark = failed.iter().any(|id| plan.feeds.contains_key(id.as_str()));
        let unpowered = if dark { exhausted(plan) } else { BTreeSet::new() };
        all.push(Failure { failed, unpowered, ..Failure::default() });
    }
    let in_sets = |state: &Failure| {
        state.unpowered.is_empty()
            && state.evacuated.is_empty()
            && state.failed.iter().all(|id| ids.contains(id))
    };
    all.extend(singles(plan).into_iter().filter(|state| !in_sets(state)));
    all.extend(extras(plan, &mut Rng::new(seed)));
    all
}

/// Ids of everything that a plan names itself and that can fail.
pub fn own_components(plan: &Plan) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    macro_rules! add {
        ($($section:ident),*) => { $(ids.extend(plan.$section.keys().map(ToString::to_string));)* };
    }
    add!(
        sites,
        networks,
        circuits,
        bundles,
        firewalls,
        workstations,
        proxies,
        vpn,
        vdi,
        pbxs,
        sbcs,
        trunks,
        carriers,
        pools,
        components,
        feeds,
        conduits
    );
    ids.extend(plan.cloud.regions.keys().map(ToString::to_string));
    ids
}

/// Ids of everything that can fail.
fn components(plan: &Plan) -> Vec<String> {
    let mut ids = own_components(plan);
    if plan.cloud.regions.is_empty() {
        ids.push("cloud.region".to_owned());
    }
    ids.extend(BUILT_IN.iter().map(|(id, _)| (*id).to_owned()));
    for (id, site) in plan.sites.iter().filter(|(_, site)| site.kind == SiteKind::Homes) {
        ids.extend(site.internet.isps.value.iter().map(|(isp, _)| format!("{id}.{}", isp.id)));
    }
    ids.extend(operators(plan));
    ids
}

/// Every mobile operator that a phone may ring by.
fn operators(plan: &Plan) -> BTreeSet<String> {
    let regions: BTreeSet<&str> =
        plan.sites.values().map(|site| site.region.value.as_str()).collect();
    let phones =
        plan.phones.values().filter(|phone| matches!(phone.kind, PhoneKind::Pstn | PhoneKind::Pbx));
    phones
        .flat_map(|phone| phone.operators.value.iter())
        .flat_map(|(named, _)| regions.iter().map(move |r| format!("mobile.{r}.{}", named.id)))
        .collect()
}

/// Everything that stands on power, as run down.
pub(crate) fn exhausted(plan: &Plan) -> BTreeSet<String> {
    plan.sites.keys().map(ToString::to_string).chain(operators(plan)).collect()
}

fn singles(plan: &Plan) -> Vec<Failure> {
    let mut all: Vec<Failure> = Vec::new();
    for id in components(plan) {
        let is_feed = plan.feeds.contains_key(id.as_str());
        let failed = BTreeSet::from([id]);
        if is_feed {
            all.push(Failure {
                failed: failed.clone(),
                unpowered: exhausted(plan),
                ..Failure::default()
            });
        }
        all.push(Failure { failed, ..Failure::default() });
    }
    for (id, site) in &plan.sites {
        if matches!(site.kind, SiteKind::Office | SiteKind::Homes) {
            let evacuated = BTreeSet::from([id.to_string()]);
            all.push(Failure { evacuated, ..Failure::default() });
        }
    }
    if plan.feeds.len() > 1 {
        let failed = plan.feeds.keys().map(ToString::to_string).collect();
        all.push(Failure { failed, unpowered: exhausted(plan), ..Failure::default() });
    }
    all
}

/// Conditions, shares, blocking.
fn extras(plan: &Plan, rng: &mut Rng) -> Vec<Failure> {
    let one = |id: &outlast_models::Id| BTreeSet::from([id.to_string()]);
    let mut all = vec![Failure { rotated: true, ..Failure::default() }];
    for id in plan.pac.keys() {
        all.push(Failure { pac_broken: one(id), ..Failure::default() });
    }
    for id in plan.firewalls.keys() {
        all.push(Failure { turn_inspected: one(id), ..Failure::default() });
        all.push(Failure { udp_idle_short: one(id), ..Failure::default() });
    }
    for id in plan.proxies.keys() {
        all.push(Failure { turn_inspected: one(id), ..Failure::default() });
    }
    for (id, _) in plan.vpn.iter().filter(|(_, vpn)| vpn.split.value) {
        all.push(Failure { split_to_full: one(id), ..Failure::default() });
    }
    let mut blocked: Vec<String> = plan.carriers.keys().map(ToString::to_string).collect();
    blocked.push("pstn".to_owned());
    for id in blocked {
        let share = rng.pick(&[200_000, 500_000, WHOLE]);
        all.push(Failure { blocking: [(id, share)].into(), ..Failure::default() });
    }
    for id in limited(plan) {
        let share = rng.pick(&[250_000, 500_000, 600_000]);
        all.push(Failure { shares: [(id, share)].into(), ..Failure::default() });
    }
    all
}

/// Components with a capacity that can be degraded.
fn limited(plan: &Plan) -> Vec<String> {
    let mut ids = Vec::new();
    let circuits = plan.circuits.iter().filter(|(_, c)| c.capacity.value != Capacity::Unlimited);
    ids.extend(circuits.map(|(id, _)| id));
    ids.extend(plan.vpn.iter().filter(|(_, v)| v.sessions.value.is_some()).map(|(id, _)| id));
    ids.extend(plan.vdi.iter().filter(|(_, v)| v.sessions.value.is_some()).map(|(id, _)| id));
    ids.extend(plan.proxies.iter().filter(|(_, p)| p.sessions.value.is_some()).map(|(id, _)| id));
    ids.extend(plan.sbcs.iter().filter(|(_, s)| s.sessions.value.is_some()).map(|(id, _)| id));
    ids.extend(plan.trunks.iter().filter(|(_, t)| t.channels.value.is_some()).map(|(id, _)| id));
    ids.extend(plan.carriers.iter().filter(|(_, c)| c.channels.value.is_some()).map(|(id, _)| id));
    ids.extend(plan.pools.keys().chain(plan.resources.keys()));
    ids.into_iter().map(ToString::to_string).collect()
}

/// Two states at once: failures are a union, the worst degradation and
/// blocking hold.
fn both(mut first: Failure, second: Failure) -> Failure {
    first.failed.extend(second.failed);
    first.evacuated.extend(second.evacuated);
    first.unpowered.extend(second.unpowered);
    for (id, share) in second.shares {
        let worst = first.shares.entry(id).or_insert(share);
        *worst = share.min(*worst);
    }
    for (id, blocking) in second.blocking {
        let worst = first.blocking.entry(id).or_insert(blocking);
        *worst = blocking.max(*worst);
    }
    first.rotated |= second.rotated;
    first.pac_broken.extend(second.pac_broken);
    first.turn_inspected.extend(second.turn_inspected);
    first.split_to_full.extend(second.split_to_full);
    first.udp_idle_short.extend(second.udp_idle_short);
    first
}
