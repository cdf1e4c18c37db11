//! Dense resources: everything that some path loads, with its capacity.

use std::collections::BTreeMap;

use outlast_models::plan::{BundleMode, Capacity as Written, IpVersion};
use outlast_models::{Id, Plan};

use crate::problem::{Capacity, LineMember, Resource, ResourceId, ResourceLoad};
use crate::routes::path::{Load, ResourceKey, UNIT};

/// Resources while they are found.
pub(super) struct Resources<'p> {
    plan: &'p Plan,
    all: Vec<Resource>,
    index: BTreeMap<ResourceKey, ResourceId>,
}

impl<'p> Resources<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Self { plan, all: Vec::new(), index: BTreeMap::new() }
    }

    pub(super) fn finish(mut self) -> Vec<Resource> {
        for n in 0..self.all.len() {
            self.all[n].shared_by = self.shared_by(&self.all[n]);
        }
        self.all
    }

    /// A circuit of a bundle has a resource of its own only where something leaves
    /// by it alone.
    fn shared_by(&self, bundle: &Resource) -> Vec<(Id, ResourceId)> {
        let ResourceKey::Line(id, outward) = &bundle.key else { return Vec::new() };
        let Capacity::Line { members, active: true, adaptive: false } = &bundle.capacity else {
            return Vec::new();
        };
        let alone = members.iter().filter(|member| member.circuit != *id).filter_map(|member| {
            let key = ResourceKey::Line(member.circuit.clone(), *outward);
            Some((member.circuit.clone(), *self.index.get(&key)?))
        });
        alone.collect()
    }

    /// Loads by resource, one entry each, in order of resource.
    pub(super) fn loads(&mut self, loads: &[Load]) -> Vec<ResourceLoad> {
        let mut sums: BTreeMap<ResourceId, (u64, u64)> = BTreeMap::new();
        for load in loads {
            let sum = sums.entry(self.id(&load.key)).or_default();
            sum.0 += load.held;
            sum.1 += load.in_call;
        }
        sums.into_iter()
            .map(|(resource, (held, in_call))| ResourceLoad { resource, held, in_call })
            .collect()
    }

    fn id(&mut self, key: &ResourceKey) -> ResourceId {
        if let Some(&id) = self.index.get(key) {
            return id;
        }
        let id = ResourceId(u32::try_from(self.all.len()).expect("fewer than 2^32 resources"));
        let (capacity, refuses) = self.capacity(key);
        let shared_by = Vec::new();
        self.all.push(Resource { key: key.clone(), capacity, refuses, shared_by });
        self.index.insert(key.clone(), id);
        id
    }

    fn capacity(&self, key: &ResourceKey) -> (Capacity, bool) {
        let plan = self.plan;
        let units = |count: Option<u64>| {
            count.map_or(Capacity::Unlimited, |n| Capacity::Units(n.saturating_mul(UNIT)))
        };
        match key {
            ResourceKey::Seats(site) => (units(plan.sites[site].seats.value), true),
            ResourceKey::Sessions(id) => (units(self.sessions(id)), true),
            ResourceKey::NatPool(wall) => (units(plan.firewalls[wall].nat_pool.value), true),
            ResourceKey::Pool(pool) => (units(Some(plan.pools[pool].count.value)), true),
            ResourceKey::Counted(id) => (Capacity::Units(plan.resources[id].milli.value), true),
            ResourceKey::Heads(_) | ResourceKey::Reached(_) => (Capacity::Unlimited, true),
            ResourceKey::Channels(id) => (self.channels(id), true),
            ResourceKey::Throughput(id, _) => {
                let bits = plan.vpn.get(id).map(|vpn| vpn.throughput.value);
                let bits = bits.or_else(|| plan.proxies.get(id).map(|p| p.throughput.value));
                let bits = bits.flatten();
                (bits.map_or(Capacity::Unlimited, |bits| Capacity::Bits(bits.0)), false)
            }
            ResourceKey::Line(id, outward) => self.line(id, *outward),
        }
    }

    fn sessions(&self, id: &Id) -> Option<u64> {
        let plan = self.plan;
        plan.vpn
            .get(id)
            .map(|vpn| vpn.sessions.value)
            .or_else(|| plan.vdi.get(id).map(|vdi| vdi.sessions.value))
            .or_else(|| plan.proxies.get(id).map(|proxy| proxy.sessions.value))
            .or_else(|| plan.sbcs.get(id).map(|sbc| sbc.sessions.value))
            .flatten()
    }

    fn channels(&self, id: &Id) -> Capacity {
        let plan = self.plan;
        let one = plan
            .trunks
            .get(id)
            .map(|trunk| trunk.channels.value)
            .or_else(|| plan.carriers.get(id).map(|carrier| carrier.channels.value));
        if let Some(channels) = one {
            return channels
                .map_or(Capacity::Unlimited, |n| Capacity::Channels(vec![(id.clone(), n)]));
        }
        let mut all = Vec::new();
        for member in self.members(id) {
            match plan.circuits[&member].capacity.value {
                Written::Channels(n) => all.push((member, n)),
                Written::Unlimited | Written::Bits(_) => return Capacity::Unlimited,
            }
        }
        Capacity::Channels(all)
    }

    fn members(&self, id: &Id) -> Vec<Id> {
        if let Some(bundle) = self.plan.bundles.get(id) {
            return bundle.of.iter().map(|named| named.id.clone()).collect();
        }
        if self.plan.circuits.contains_key(id) {
            return vec![id.clone()];
        }
        id.as_str().split('+').map(Id::new).collect()
    }

    /// Firewalls that stand before one circuit alone.
    fn walls(&self, circuit: &Id) -> Vec<Id> {
        let network = &self.plan.circuits[circuit].to.id;
        let own = self.plan.firewalls.iter().filter(|(_, wall)| {
            wall.before.as_ref().is_some_and(|before| before.id == *circuit)
                && wall.guards.iter().any(|guarded| guarded.id == *network)
        });
        own.map(|(id, _)| id.clone()).collect()
    }

    fn line(&self, id: &Id, outward: bool) -> (Capacity, bool) {
        let bundle = self.plan.bundles.get(id);
        let members: Vec<LineMember> = self
            .members(id)
            .into_iter()
            .filter(|circuit| self.plan.circuits[circuit].ip.value != IpVersion::V6)
            .map(|circuit| {
                let entry = &self.plan.circuits[&circuit];
                let bits = match entry.capacity.value {
                    Written::Bits(both) => {
                        if outward { both.up } else { both.down }.map(|bits| bits.0)
                    }
                    Written::Unlimited | Written::Channels(_) => None,
                };
                LineMember { walls: self.walls(&circuit), circuit, bits }
            })
            .collect();
        let refuses = members.iter().any(|m| self.plan.circuits[&m.circuit].admission.value);
        if members.iter().all(|member| member.bits.is_none()) {
            return (Capacity::Unlimited, refuses);
        }
        let active = bundle.is_some_and(|bundle| bundle.mode.value == BundleMode::ActiveActive);
        let adaptive = bundle.is_some_and(|bundle| bundle.adaptive.value);
        (Capacity::Line { members, active, adaptive }, refuses)
    }
}
