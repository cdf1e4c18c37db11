//! What a plan gives nothing of: it can be meant, and is more often a slip.

use outlast_models::plan::{Capacity, Named};
use outlast_models::units::Bps;
use outlast_models::{Fact, Id, Plan};

use crate::refused::list;

/// Sentences on capacities that are 0 and on objectives that ask for nobody.
pub(crate) fn remarks(plan: &Plan) -> Vec<String> {
    let mut all = Vec::new();
    let none = none(plan);
    if !none.is_empty() {
        all.push(format!("the plan writes 0 for {}", list(&none)));
    }
    for objective in &plan.objectives {
        let Some(queue) = objective.queue.as_ref().map(|named| &named.id) else { continue };
        let serves = |id: &Named| id.id == *queue;
        if !plan.groups.values().any(|group| group.queues.iter().any(serves)) {
            let says = format!("no group serves the queue {queue}: its objective asks for nobody");
            if !all.contains(&says) {
                all.push(says);
            }
        }
    }
    all
}

/// Every written capacity or number of heads that is 0.
fn none(plan: &Plan) -> Vec<String> {
    let mut all = Vec::new();
    let mut see = |is_none: bool, what: &str, id: &Id| {
        if is_none {
            all.push(format!("{what} of {id}"));
        }
    };
    let zero = |count: &Fact<Option<u64>>| count.is_given() && count.value == Some(0);
    let thin = |bits: &Fact<Option<Bps>>| bits.value == Some(Bps(0));
    for (id, site) in &plan.sites {
        see(zero(&site.seats), "seats", id);
    }
    for (id, circuit) in &plan.circuits {
        let is_none = match circuit.capacity.value {
            Capacity::Unlimited => false,
            Capacity::Bits(each) => [each.down, each.up].contains(&Some(Bps(0))),
            Capacity::Channels(count) => count == 0,
        };
        see(is_none, "capacity", id);
    }
    for (id, wall) in &plan.firewalls {
        see(zero(&wall.nat_pool), "nat_pool", id);
    }
    for (id, proxy) in &plan.proxies {
        see(zero(&proxy.sessions), "sessions", id);
        see(thin(&proxy.throughput), "throughput", id);
    }
    for (id, vpn) in &plan.vpn {
        see(zero(&vpn.sessions), "sessions", id);
        see(thin(&vpn.throughput), "throughput", id);
    }
    for (id, vdi) in &plan.vdi {
        see(zero(&vdi.sessions), "sessions", id);
    }
    for (id, sbc) in &plan.sbcs {
        see(zero(&sbc.sessions), "sessions", id);
    }
    for (id, trunk) in &plan.trunks {
        see(zero(&trunk.channels), "channels", id);
    }
    for (id, carrier) in &plan.carriers {
        see(zero(&carrier.channels), "channels", id);
    }
    for (id, pool) in &plan.pools {
        see(pool.count.value == 0, "count", id);
    }
    for (id, resource) in &plan.resources {
        see(resource.milli.value == 0, "count", id);
    }
    for (id, group) in &plan.groups {
        see(group.agents == 0, "agents", id);
    }
    all
}
