//! Draws: by which member of an active-active bundle an agent's flows leave.
//!
//! Where a rule tells members apart, each agent keeps to one of them and goes
//! to another only while it is down; so agents differ by the order in which
//! the members would serve them.

use std::collections::BTreeSet;

use outlast_models::pac::PacAnswers;
use outlast_models::plan::{Bundle, BundleMode, Capacity, Group, IpVersion, Plan};

use crate::cohorts::Part;
use crate::legs::Leg;
use crate::posture::Posture;
use crate::sites::Hop;
use crate::types::{Failure, WHOLE};
use crate::world::World;

/// A bundle with more members that carry something is not drawn.
const MOST: usize = 4;

/// An order of members, and the millionths of agents that it serves.
pub(crate) type Order = (Vec<String>, u32);

impl World<'_> {
    /// Every bundle that splits agents, with its orders in file order.
    pub(crate) fn drawn(&self) -> Vec<(String, Vec<Order>)> {
        let mut all = Vec::new();
        for (id, bundle) in &self.plan.bundles {
            let members = self.carrying(bundle);
            let drawn = bundle.mode.value == BundleMode::ActiveActive
                && (2..=MOST).contains(&members.len())
                && self.told_apart(id.as_str(), &members);
            if drawn {
                all.push((id.to_string(), orders(self.plan, &members)));
            }
        }
        all
    }

    /// The members that carry anything (TRN-05).
    fn carrying(&self, bundle: &Bundle) -> Vec<String> {
        let members = bundle.of.iter().map(|member| member.id.to_string());
        members.filter(|id| !self.is_v6(id)).collect()
    }

    pub(crate) fn is_v6(&self, circuit: &str) -> bool {
        let circuit = self.plan.circuits.get(circuit);
        circuit.is_some_and(|circuit| circuit.ip.value == IpVersion::V6)
    }

    /// Whether some are known to the cloud and some are not, or one has a
    /// firewall before it.
    fn told_apart(&self, bundle: &str, members: &[String]) -> bool {
        let known = members.iter().filter(|id| self.knows_member(bundle, id)).count();
        let partly = members.iter().all(|id| self.runs_to_internet(id))
            && (1..members.len()).contains(&known);
        partly || members.iter().any(|id| !self.before_circuit(id).is_empty())
    }

    fn runs_to_internet(&self, circuit: &str) -> bool {
        self.plan.circuits.get(circuit).is_some_and(|circuit| circuit.to.id == *"internet")
    }

    /// Takes down the bundles that a group's people may come by.
    pub(crate) fn meet(&self, hops: &[Hop]) {
        let bundles = hops.iter().filter_map(|hop| match hop {
            Hop::Line(line) => line.bundle.clone(),
            _ => None,
        });
        self.met.borrow_mut().extend(bundles);
    }

    fn met_by(&self, posture: &Posture) -> BTreeSet<String> {
        let legs: [Vec<Leg>; 2] = [self.legs(posture), self.optional_legs(posture)];
        for path in legs.iter().flatten().flat_map(|leg| &leg.paths) {
            self.meet(&path.tunnel);
            self.meet(&path.hops);
        }
        self.met.borrow().clone()
    }
}

/// The bundles on any route that some posture of a group could take in some
/// state, whatever rules say: only these split its agents.
pub(crate) fn on_routes(
    plan: &Plan,
    pac: &PacAnswers,
    id: &str,
    group: &Group,
) -> BTreeSet<String> {
    let mut met = BTreeSet::new();
    for failure in extremes(plan) {
        let world = World::new(plan, pac, &failure);
        // Without a way to its gateway a tunnel leads nobody anywhere.
        let leads = |posture: &Posture| {
            let vpn = posture.vpn.as_ref();
            vpn.is_none_or(|vpn| world.has_tunnel(&posture.place, vpn))
        };
        for posture in world.postures(id, group).into_iter().filter(leads) {
            met.extend(world.met_by(&posture));
            let vpn = posture.vpn.clone();
            if let Some(vpn) = vpn.filter(|vpn| !world.vpn(vpn).include.value.is_empty()) {
                let mut split = world.clone();
                split.made_split = Some(vpn);
                met.extend(split.met_by(&posture));
            }
        }
    }
    met
}

/// States in which every answer of a setting is tried, PAC files say what they
/// say or fail, tunnels are as written or full, and addresses old or new.
fn extremes(plan: &Plan) -> Vec<Failure> {
    let mut all = Vec::new();
    for n in 0..8 {
        let failed = plan.proxies.keys().map(ToString::to_string).collect();
        let mut failure = Failure { failed, rotated: n & 1 > 0, ..Failure::default() };
        if n & 2 > 0 {
            failure.pac_broken = plan.pac.keys().map(ToString::to_string).collect();
        }
        if n & 4 > 0 {
            failure.split_to_full = plan.vpn.keys().map(ToString::to_string).collect();
        }
        all.push(failure);
    }
    all
}

/// Every order of the members, in file order, with its share.
fn orders(plan: &Plan, members: &[String]) -> Vec<Order> {
    let sizes: Vec<u64> = sizes(plan, members);
    let places: Vec<usize> = (0..members.len()).collect();
    let order = |places: Vec<usize>| {
        let ids = places.iter().map(|at| members[*at].clone()).collect();
        let sizes: Vec<u64> = places.iter().map(|at| sizes[*at]).collect();
        (ids, share(&sizes))
    };
    permutations(&places).into_iter().map(order).collect()
}

fn permutations(places: &[usize]) -> Vec<Vec<usize>> {
    if places.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for first in places {
        let rest: Vec<usize> = places.iter().filter(|at| *at != first).copied().collect();
        all.extend(permutations(&rest).into_iter().map(|rest| [vec![*first], rest].concat()));
    }
    all
}

/// Nominal capacities, of two directions the larger; equal ones where a
/// member has none.
fn sizes(plan: &Plan, members: &[String]) -> Vec<u64> {
    let size = |id: &String| match plan.circuits[id.as_str()].capacity.value {
        Capacity::Bits(both) => both.up.max(both.down).map(|bits| bits.0),
        Capacity::Channels(channels) => Some(channels),
        Capacity::Unlimited => None,
    };
    let all: Option<Vec<u64>> = members.iter().map(size).collect();
    all.unwrap_or_else(|| vec![1; members.len()])
}

/// Member by member its size ÷ the sum of its own and the later ones', in
/// millionths, rounded down once at the end. Where these are all nought, each
/// is as likely.
fn share(sizes: &[u64]) -> u32 {
    let mut part = Part::ONE;
    for (at, size) in sizes.iter().enumerate() {
        let left: u64 = sizes[at..].iter().sum();
        part = match left {
            0 => part.times(1, (sizes.len() - at) as u64),
            _ => part.times(*size, left),
        };
    }
    u32::try_from(part.of_down(u64::from(WHOLE))).unwrap_or(WHOLE)
}

#[cfg(test)]
mod tests {
    use super::{permutations, share};

    #[test]
    fn orders_are_as_likely_as_their_capacities_make_them() {
        assert_eq!(share(&[300, 100]), 750_000);
        assert_eq!(share(&[100, 300]), 250_000);
        // 1/2 of all, then 2/3 of the rest.
        assert_eq!(share(&[3, 2, 1]), 333_333);
        assert_eq!(share(&[1, 2, 3]), 66_666);
        assert_eq!(share(&[1, 1, 1, 1]), 41_666);
        assert_eq!((share(&[5, 0]), share(&[0, 5])), (1_000_000, 0));
    }

    #[test]
    fn orders_come_in_file_order() {
        let all = permutations(&[0, 1, 2]);
        assert_eq!(all, [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]);
    }
}
