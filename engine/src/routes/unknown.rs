//! Facts that the plan calls `unknown`, listed with whatever stands on their owner.
//!
//! What a rule uses by itself it names by itself ([`super::path::Path::assume`]).
//! The rest belongs to components, phones, groups and stated ways: a path stands
//! on the components in the cone of its gate, a posture on its group and phone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use outlast_models::plan::{Listed, Owner};
use outlast_models::{Id, Plan};

use super::Walker;
use super::leg::Agent;
use super::path::Path;
use super::posture::Posture;
use crate::gates::{Gate, GateId};
use crate::input::Input;

/// Ids of assumptions.
type Ids = BTreeSet<String>;

/// What is unknown of whom.
#[derive(Debug, Default)]
pub(crate) struct Unknowns {
    of: BTreeMap<Owner, Ids>,
    /// Of every component in the cone of a gate.
    below: HashMap<GateId, Arc<Ids>>,
}

impl Unknowns {
    pub(crate) fn of(plan: &Plan) -> Self {
        let mut of: BTreeMap<Owner, Ids> = BTreeMap::new();
        let listed = plan.unknowns().into_iter().filter(|one| one.listed == Listed::WithOwner);
        for unknown in listed {
            of.entry(unknown.owner).or_default().insert(unknown.id);
        }
        Self { of, below: HashMap::new() }
    }

    fn add(&self, owner: &Owner, into: &mut Ids) {
        into.extend(self.of.get(owner).into_iter().flatten().cloned());
    }
}

impl Walker<'_> {
    /// Lists what a posture stands on and nobody knows, but for its legs.
    pub(super) fn name_unknowns(&mut self, agent: &Agent<'_>, posture: &mut Posture) {
        if self.unknowns.of.is_empty() {
            return;
        }
        let key = &posture.key;
        let mut own = Ids::new();
        self.unknowns.add(&Owner::Group(agent.group_id.clone()), &mut own);
        if let Some(phone) = &key.phone {
            self.unknowns.add(&Owner::Phone(phone.clone()), &mut own);
        }
        if key.stated {
            let way = Owner::Way(agent.group_id.clone(), key.access.clone());
            self.unknowns.add(&way, &mut own);
        }
        let access = key.access.as_str().split('+').map(Id::new);
        for id in access.chain([key.place.clone()]).chain(posture.machine.clone()) {
            self.unknowns.add(&Owner::Component(id), &mut own);
        }
        own.extend(self.below(posture.base.gate).iter().cloned());
        posture.base.assumptions.extend(own);
    }

    /// Lists what a path stands on and nobody knows.
    pub(super) fn name_unknowns_below(&mut self, path: &mut Path) {
        let ids = self.below(path.gate);
        path.assumptions.extend(ids.iter().cloned());
    }

    /// What is unknown of all that a gate stands on, with a stack of our own: gates
    /// stand on each other as deep as components do.
    fn below(&mut self, gate: GateId) -> Arc<Ids> {
        let mut ahead = vec![gate];
        while let Some(&next) = ahead.last() {
            let known = &self.unknowns.below;
            if known.contains_key(&next) {
                ahead.pop();
                continue;
            }
            let before = ahead.len();
            ahead.extend(self.gates.operands(next).iter().filter(|id| !known.contains_key(id)));
            if ahead.len() == before {
                let ids = Arc::new(self.of_gate(next));
                self.unknowns.below.insert(next, ids);
            }
        }
        Arc::clone(&self.unknowns.below[&gate])
    }

    /// The same, where it is known of all operands.
    fn of_gate(&self, gate: GateId) -> Ids {
        let mut ids = Ids::new();
        if let Gate::Input(input) = self.gates.gate(gate)
            && let Input::Up(component) = &self.gates.inputs()[input.index()]
        {
            self.unknowns.add(&Owner::Component(component.id.clone()), &mut ids);
        }
        for one in self.gates.operands(gate) {
            ids.extend(self.unknowns.below[one].iter().cloned());
        }
        ids
    }
}
