//! Circuits and bundles as hops.

use outlast_models::Id;
use outlast_models::plan::{BundleMode, IpVersion};

use super::network::Crossing;
use super::path::{Path, Refusal, ResourceKey};
use super::{Flow, Walker};

/// A circuit or bundle as one hop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Whose capacity it is: the bundle's, the implied bundle's or the circuit's.
    pub(crate) resource: Id,
    /// The circuits in order.
    pub(crate) members: Vec<Id>,
}

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
                    lines.push(Line { resource: bundle.clone(), members });
                }
            }
        }
        if !loose.is_empty() {
            lines.push(Line { resource: implied_bundle(&loose), members: loose });
        }
        lines.into_iter().flat_map(|line| self.split_by_member(line, network)).collect()
    }

    /// An active-passive bundle with some members unknown to the cloud, or behind
    /// a firewall of their own, becomes one line for each member: which one is in
    /// use decides (INT-04, INT-02).
    fn split_by_member(&self, line: Line, network: &Id) -> Vec<Line> {
        let known = |member: &Id| self.is_listed(std::slice::from_ref(member), &line.resource);
        let passive = self
            .plan
            .bundles
            .get(&line.resource)
            .is_none_or(|bundle| bundle.mode == BundleMode::ActivePassive);
        let mixed = *network == "internet"
            && line.members.iter().any(known)
            && !line.members.iter().all(known);
        let walled = self.plan.firewalls.values().any(|wall| {
            wall.before.as_ref().is_some_and(|before| line.members.contains(&before.id))
        });
        if !passive && mixed {
            // While an unknown member is up, some flows leave by it.
            let (known, unknown): (Vec<Id>, Vec<Id>) =
                line.members.iter().cloned().partition(|member| known(member));
            let part = |members| Line { resource: line.resource.clone(), members };
            return vec![part(unknown), part(known)];
        }
        if !(passive && (mixed || walled)) || line.members.len() == 1 {
            return vec![line];
        }
        let one =
            |member: &Id| Line { resource: line.resource.clone(), members: vec![member.clone()] };
        let all_v6 = line.members.iter().all(|member| self.is_v6(member));
        line.members.iter().filter(|member| all_v6 || !self.is_v6(member)).map(one).collect()
    }

    pub(super) fn through_line(&mut self, path: &mut Path, line: &Line) {
        let all_v6 = line.members.iter().all(|id| self.is_v6(id));
        let mut members = Vec::new();
        for member in &line.members {
            if all_v6 || !self.is_v6(member) {
                members.push(self.up(member));
            }
        }
        let mut gate = self.gates.or(members);
        if let Some(bundle) = self
            .graph
            .find(line.resource.as_str())
            .filter(|_| self.plan.bundles.contains_key(&line.resource))
        {
            // Whatever makes the circuits one may fail as such.
            let own = self.gates.input(crate::input::Input::Up(bundle.id.clone()));
            gate = self.gates.and([gate, own]);
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
        let resource = crossing.line.resource.clone();
        let key = |outward| ResourceKey::Line(resource.clone(), outward);
        path.loads.extend(flow.traffic.on(key, crossing.outward));
    }
}
