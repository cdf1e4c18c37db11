//! Bundles and their members: what leaves by one member alone shares it with
//! the bundle (section 2, *Circuits*).

use std::collections::BTreeSet;

use outlast_models::plan::{Bundle, BundleMode, Capacity, VdiExit};

use crate::world::World;

impl World<'_> {
    /// Whether the circuits in use refuse what does not fit: a bundle does if
    /// one of its members does that carries anything (TRN-05).
    pub(crate) fn admits_calls(&self, in_use: &[String], bundle: Option<&str>) -> bool {
        let has = |id: &str| self.plan.circuits[id].admission.value && !self.is_v6(id);
        if let Some(bundle) = bundle {
            return self.plan.bundles[bundle].of.iter().any(|member| has(member.id.as_str()));
        }
        in_use.iter().any(|id| {
            let standby = self.in_turn_with(id);
            let serves = standby.iter().find(|member| self.carries(member)) == Some(id);
            has(id) || (serves && standby.iter().any(|member| has(member)))
        })
    }

    fn carries(&self, circuit: &str) -> bool {
        !self.is_v6(circuit) && self.up(circuit)
    }

    /// The circuits of an active-passive bundle, written or not, in their order.
    fn in_turn_with(&self, circuit: &str) -> Vec<String> {
        if let Some((_, bundle)) = self.bundle_of(circuit) {
            return match bundle.mode.value {
                BundleMode::ActivePassive => ids(bundle),
                BundleMode::ActiveActive => Vec::new(),
            };
        }
        let own = &self.plan.circuits[circuit];
        let all = self.plan.circuits.iter();
        let beside = all.filter(|(id, other)| {
            other.from.id == own.from.id
                && other.to.id == own.to.id
                && self.bundle_of(id.as_str()).is_none()
        });
        beside.map(|(id, _)| id.to_string()).collect()
    }

    fn bundle_of(&self, circuit: &str) -> Option<(String, &Bundle)> {
        let mut bundles = self.plan.bundles.iter();
        let found = bundles.find(|(_, bundle)| ids(bundle).iter().any(|id| id == circuit));
        found.map(|(id, bundle)| (id.to_string(), bundle))
    }

    /// The adaptive bundle that a circuit is a member of, after the members
    /// that share its load now.
    pub(crate) fn adaptive_bundle_of(&self, circuit: &str) -> Option<(Vec<String>, String)> {
        let (id, bundle) = self.bundle_of(circuit)?;
        if bundle.mode.value != BundleMode::ActiveActive || !bundle.adaptive.value {
            return None;
        }
        let line = self.line_of(&ids(bundle), bundle.mode.value, Some(id.clone()), true)?;
        Some((line.share, id))
    }

    /// For each member by which alone something leaves, its nominal share of a
    /// load on its bundle, rounded up; nothing where an up member has no
    /// capacity, or shares are not nominal.
    pub(crate) fn parts_of_load(
        &self,
        up_members: &[String],
        bundle: &str,
        upward: bool,
        load: u64,
    ) -> Vec<(String, u64)> {
        let nominal = |id: &String| match &self.plan.circuits[id.as_str()].capacity.value {
            Capacity::Bits(both) => if upward { both.up } else { both.down }.map(|bits| bits.0),
            Capacity::Unlimited | Capacity::Channels(_) => None,
        };
        let sizes: Option<Vec<u64>> = up_members.iter().map(nominal).collect();
        let Some(sizes) = sizes.filter(|_| !self.plan.bundles[bundle].adaptive.value) else {
            return Vec::new();
        };
        let total: u128 = sizes.iter().map(|size| u128::from(*size)).sum();
        let alone = self.left_by_alone();
        let members = up_members.iter().zip(sizes).filter(|(id, _)| alone.contains(*id));
        let part = |(id, size): (&String, u64)| {
            let exact = u128::from(load) * u128::from(size);
            (id.clone(), u64::try_from(exact.div_ceil(total.max(1))).unwrap_or(u64::MAX))
        };
        members.map(part).collect()
    }

    /// The circuits by which alone some virtual desktop or VPN leaves.
    fn left_by_alone(&self) -> BTreeSet<String> {
        let exits = self.plan.vdi.values().filter_map(|vdi| match &vdi.exit.value {
            VdiExit::Circuit(named) => Some(named.id.to_string()),
            _ => None,
        });
        let pools = self.plan.vpn.values().filter_map(|vpn| vpn.nat.value.as_ref());
        exits.chain(pools.map(|named| named.id.to_string())).collect()
    }
}

fn ids(bundle: &Bundle) -> Vec<String> {
    bundle.of.iter().map(|member| member.id.to_string()).collect()
}
