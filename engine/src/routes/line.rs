//! Circuits and bundles as hops.

use std::collections::BTreeMap;

use outlast_models::Id;
use outlast_models::fact::Origin;
use outlast_models::plan::{Bundle, BundleMode, Capacity, IpVersion};
use outlast_models::units::Millionths;

use super::path::{Path, Refusal, ResourceKey};
use super::{Flow, Walker};
use crate::gates::GateId;

/// A circuit or bundle as one hop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Whose capacity it is: the bundle's, the implied bundle's or the circuit's.
    pub(crate) resource: Id,
    /// The circuits in order.
    pub(crate) members: Vec<Id>,
    /// The bundle whose capacity this one circuit takes as well.
    pub(crate) carries: Option<Id>,
    /// Members of its bundle that come before it, one of which is up: the bundle's
    /// traffic is on that one.
    pub(crate) behind: Vec<Id>,
}

impl Line {
    pub(crate) fn new(resource: Id, members: Vec<Id>) -> Self {
        Self { resource, members, carries: None, behind: Vec::new() }
    }
}

/// One passage between a site and a network.
#[derive(Debug, Clone)]
pub(super) struct Crossing {
    pub(super) site: Id,
    pub(super) network: Id,
    pub(super) line: Line,
    pub(super) outward: bool,
}

/// Bundles of more members are not drawn: there would be too many orders.
pub(super) const MOST_DRAWN: usize = 4;

/// One order in which the members of a bundle serve an agent, and the share of
/// agents whom it serves so.
pub(crate) type Order = (Vec<Id>, Millionths);

/// Joins the ids of circuits that stand in no written bundle.
pub(crate) fn implied_bundle(members: &[Id]) -> Id {
    let ids: Vec<&str> = members.iter().map(Id::as_str).collect();
    Id::new(&ids.join("+"))
}

impl Walker<'_> {
    /// The circuits of a site to a network as hops, in file order.
    pub(crate) fn lines(&self, site: &Id, network: &Id) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut loose: Vec<Id> = Vec::new();
        for (id, circuit) in &self.plan.circuits {
            if circuit.from.id != *site || circuit.to.id != *network {
                continue;
            }
            let written =
                self.plan.bundles.iter().find(|(_, b)| b.of.iter().any(|member| member.id == *id));
            match written {
                None => loose.push(id.clone()),
                Some((bundle, _)) if lines.iter().any(|line| line.resource == *bundle) => {}
                Some((bundle, entry)) => {
                    let members: Vec<Id> = entry.of.iter().map(|m| m.id.clone()).collect();
                    lines.push(Line::new(bundle.clone(), members));
                }
            }
        }
        if !loose.is_empty() {
            lines.push(Line::new(implied_bundle(&loose), loose));
        }
        lines.into_iter().flat_map(|line| self.split_by_member(line, network)).collect()
    }

    /// A hop by one circuit of a line and by no other. What an active-passive bundle
    /// carries is on it as well while it is the member in use, so these are two lines
    /// then: behind a member that is up, and with the bundle's traffic. What an
    /// adaptive one carries may be on it at any time.
    pub(super) fn pinned(&self, line: &Line, only: &Id) -> Vec<Line> {
        let alone = || Line::new(only.clone(), vec![only.clone()]);
        if line.resource == *only {
            return vec![alone()];
        }
        let written = self.plan.bundles.get(&line.resource);
        let shares = Line { carries: Some(line.resource.clone()), ..alone() };
        match written {
            Some(bundle) if bundle.mode.value == BundleMode::ActivePassive => {}
            // Its share of the bundle is a matter of the state (`Resource::shared_by`).
            Some(bundle) if !bundle.adaptive.value => return vec![alone()],
            Some(_) => return vec![shares],
            None => {}
        }
        let members: Vec<Id> = match written {
            Some(bundle) => bundle.of.iter().map(|named| named.id.clone()).collect(),
            None => line.resource.as_str().split('+').map(Id::new).collect(),
        };
        let serving = self.carrying(&members);
        let before: Vec<Id> = serving.into_iter().take_while(|id| id != only).collect();
        if before.is_empty() {
            return vec![shares];
        }
        vec![Line { behind: before, ..alone() }, shares]
    }

    /// A bundle whose members a rule tells apart becomes one line for each
    /// member, in the order in which they serve: which one is in use decides
    /// (INT-04, INT-02).
    fn split_by_member(&self, line: Line, network: &Id) -> Vec<Line> {
        if !self.tells_apart(&line, network) {
            return vec![line];
        }
        let passive = self
            .plan
            .bundles
            .get(&line.resource)
            .is_none_or(|bundle| bundle.mode.value == BundleMode::ActivePassive);
        if passive {
            return one_each(&line.resource, &self.carrying(&line.members));
        }
        if let Some(order) = self.draws.get(&line.resource) {
            return one_each(&line.resource, order);
        }
        // Not drawn: while a member is up that a rule may refuse, some flows leave
        // by it, so the bundle is judged by these first.
        let mut members = self.carrying(&line.members);
        members.sort_by_key(|id| (self.is_known_member(id, &line.resource), !self.is_walled(id)));
        one_each(&line.resource, &members)
    }

    /// Whether a line is one member of an active-active bundle that is not drawn.
    pub(super) fn is_undrawn(&self, line: &Line) -> bool {
        let of = self.plan.bundles.get(&line.resource);
        let active = of.is_some_and(|b| b.mode.value == BundleMode::ActiveActive && b.of.len() > 1);
        active && line.members.len() == 1 && !self.draws.contains_key(&line.resource)
    }

    /// Whether a rule makes a difference between the circuits of a line: some
    /// are known to the cloud and some are not, or one has a firewall of its own, or
    /// a policy speaks of some of them.
    fn tells_apart(&self, line: &Line, network: &Id) -> bool {
        let members = self.carrying(&line.members);
        let known = |member: &Id| self.is_known_member(member, &line.resource);
        let mixed =
            *network == "internet" && members.iter().any(known) && !members.iter().all(known);
        let walled = || members.iter().any(|id| self.is_walled(id));
        line.members.len() > 1 && (mixed || walled() || self.policy_tells_apart(line))
    }

    fn is_walled(&self, circuit: &Id) -> bool {
        let mut before = self.plan.firewalls.values().filter_map(|wall| wall.before.as_ref());
        before.any(|before| before.id == *circuit)
    }

    fn is_known_member(&self, member: &Id, bundle: &Id) -> bool {
        self.is_listed(std::slice::from_ref(member), bundle)
    }

    /// The members that carry anything (TRN-05); all where none does, so that
    /// the refusal has somewhere to stand.
    pub(super) fn carrying(&self, members: &[Id]) -> Vec<Id> {
        let some: Vec<Id> = members.iter().filter(|id| !self.is_v6(id)).cloned().collect();
        if some.is_empty() { members.to_vec() } else { some }
    }

    /// The active-active bundles whose members a rule tells apart, each with the
    /// orders in which they may serve an agent.
    pub(crate) fn drawn(&self) -> BTreeMap<Id, Vec<Order>> {
        let active = |(_, bundle): &(&Id, &Bundle)| bundle.mode.value == BundleMode::ActiveActive;
        let mut all = BTreeMap::new();
        for (id, bundle) in self.plan.bundles.iter().filter(active) {
            let members: Vec<Id> = bundle.of.iter().map(|named| named.id.clone()).collect();
            let network = &self.plan.circuits[&members[0]].to.id;
            let line = Line::new(id.clone(), members);
            let serving = self.carrying(&line.members);
            if self.tells_apart(&line, network) && (2..=MOST_DRAWN).contains(&serving.len()) {
                all.insert(id.clone(), orders(&self.weights(&serving)));
            }
        }
        all
    }

    /// Nominal capacities, the larger of two directions; all alike where one
    /// has none.
    fn weights(&self, members: &[Id]) -> Vec<(Id, u128)> {
        let weight = |id: &Id| match self.plan.circuits[id].capacity.value {
            Capacity::Bits(both) => both.up.max(both.down).map(|bits| u128::from(bits.0).max(1)),
            Capacity::Channels(n) => Some(u128::from(n).max(1)),
            Capacity::Unlimited => None,
        };
        let given: Option<Vec<u128>> = members.iter().map(weight).collect();
        let weights = given.unwrap_or_else(|| vec![1; members.len()]);
        members.iter().cloned().zip(weights).collect()
    }

    pub(super) fn through_line(&mut self, path: &mut Path, line: &Line) {
        let carrying = self.carrying(&line.members);
        let members: Vec<GateId> = carrying.iter().map(|member| self.up(member)).collect();
        let mut gate = self.gates.or(members);
        if !line.behind.is_empty() {
            let before: Vec<GateId> = line.behind.iter().map(|member| self.up(member)).collect();
            let before = self.gates.or(before);
            gate = self.gates.and([gate, before]);
        }
        if let Some(bundle) = self
            .graph
            .find(line.resource.as_str())
            .filter(|_| self.plan.bundles.contains_key(&line.resource))
        {
            // Whatever makes the circuits one may fail as such.
            let own = self.gates.input(crate::input::Input::Up(bundle.id.clone()));
            gate = self.gates.and([gate, own]);
        }
        for circuit in carrying.iter().map(|id| &self.plan.circuits[id]) {
            if let Origin::Unknown(_) = circuit.conduit.origin {
                path.assumptions.insert(format!("conduit:{}", line.resource));
            }
        }
        path.gate = self.gates.and([path.gate, gate]);
        let shown = if let [only] = line.members.as_slice() { only } else { &line.resource };
        path.hops.push(super::path::Hop { id: shown.clone(), gate });
    }

    pub(super) fn is_v6(&self, circuit: &Id) -> bool {
        self.plan.circuits[circuit].ip.value == IpVersion::V6
    }

    pub(super) fn apply_line(&self, path: &mut Path, crossing: &Crossing, flow: &Flow) {
        if crossing.line.members.iter().all(|id| self.is_v6(id)) {
            // TRN-05: the services speak IPv4 only.
            let id = &crossing.line.members[0];
            let place = self.plan.circuits[id].ip.place();
            path.refuse(Refusal::new("TRN-05", format!("{id} carries IPv6 only"), place));
        }
        for resource in [Some(&crossing.line.resource), crossing.line.carries.as_ref()] {
            let Some(resource) = resource else { continue };
            let key = |outward| ResourceKey::Line(resource.clone(), outward);
            path.loads.extend(flow.traffic.on(key, crossing.outward));
        }
    }
}

fn one_each(resource: &Id, members: &[Id]) -> Vec<Line> {
    let one = |member: &Id| Line::new(resource.clone(), vec![member.clone()]);
    members.iter().map(one).collect()
}

/// Every order of the members with its share: each next one is hashed to in
/// proportion to its weight among those left.
fn orders(weights: &[(Id, u128)]) -> Vec<Order> {
    let mut all = Vec::new();
    draw(weights, &mut Vec::new(), (1, 1), &mut all);
    all
}

fn draw(left: &[(Id, u128)], so_far: &mut Vec<Id>, share: (u128, u128), all: &mut Vec<Order>) {
    let sum: u128 = left.iter().map(|(_, weight)| weight).sum();
    if left.is_empty() {
        let millionths = share.0 * 1_000_000 / share.1;
        let millionths = u32::try_from(millionths).expect("a share");
        all.push((so_far.clone(), Millionths(millionths)));
    }
    for (n, (id, weight)) in left.iter().enumerate() {
        let mut rest = left.to_vec();
        rest.remove(n);
        so_far.push(id.clone());
        draw(&rest, so_far, reduced((share.0 * weight, share.1 * sum)), all);
        so_far.pop();
    }
}

/// A fraction in lowest terms, so that products of capacities stay small; of
/// absurd ones only the leading 60 bits are kept.
fn reduced((over, under): (u128, u128)) -> (u128, u128) {
    let (mut a, mut b) = (over, under);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let (over, under) = (over / a.max(1), under / a.max(1));
    let excess = (128 - under.leading_zeros()).saturating_sub(60);
    (over >> excess, under >> excess)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_drawn_in_proportion_to_what_is_left() {
        let weights: Vec<(Id, u128)> =
            [("a", 2), ("b", 1), ("c", 1)].map(|(id, w)| (Id::new(id), w)).into();
        let found: Vec<(String, u32)> = orders(&weights)
            .into_iter()
            .map(|(order, share)| (order.iter().map(Id::as_str).collect(), share.0))
            .collect();
        let expected = [
            ("abc", 250_000),
            ("acb", 250_000),
            ("bac", 166_666),
            ("bca", 83_333),
            ("cab", 166_666),
            ("cba", 83_333),
        ];
        assert_eq!(found, expected.map(|(order, share)| (order.to_owned(), share)));
    }

    #[test]
    fn absurd_capacities_are_drawn_in_proportion_too() {
        let weights: Vec<(Id, u128)> =
            [("a", u64::MAX), ("b", u64::MAX - 2), ("c", u64::MAX - 58), ("d", u64::MAX - 94)]
                .map(|(id, w)| (Id::new(id), u128::from(w)))
                .into();
        let found = orders(&weights);
        assert_eq!(found.len(), 24);
        assert!(found.iter().all(|(_, share)| share.0.abs_diff(41_666) <= 1), "{found:?}");
    }
}
