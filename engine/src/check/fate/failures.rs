//! The components that fail alone, and what is live then.

use std::ops::Range;

use outlast_models::{ComponentId, Id, Kind, Place};

use super::super::subject::Subject;
use crate::gates::Liveness;
use crate::input::{Input, InputId};

/// A component that fails alone.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) component: ComponentId,
    /// Where the plan has it.
    pub(super) place: Place,
}

/// All of them, by id.
pub(super) struct Failures {
    pub(super) all: Vec<Failure>,
}

impl Failures {
    pub(super) fn of(subject: &Subject<'_>) -> Self {
        let graph = subject.graph();
        let own_sign_on = own_sign_on(subject);
        let each = graph.components().filter_map(|node| {
            let place = match node.id.kind {
                _ if node.id.id == "internet" || node.id.id == "pstn" => return None,
                Kind::Cloud if node.id.id == "sso-provider" => own_sign_on?,
                // A bundle stands for several circuits, which do not fail as one.
                Kind::Cloud | Kind::CloudRegion | Kind::Workstation | Kind::Bundle => return None,
                Kind::Conduit | Kind::Feed => user(subject, &node.id.id).unwrap_or(node.place),
                _ => node.place,
            };
            place.is_written().then(|| Failure { component: node.id.clone(), place })
        });
        Self { all: each.collect() }
    }

    /// What is live in 64 states, of which each of these has one, by its number.
    pub(super) fn each(&self, subject: &Subject<'_>, of: Range<usize>) -> Liveness {
        let states = of.enumerate().map(|(bit, failure)| (failure, 1 << bit));
        self.live(subject, states)
    }

    /// What is live when one of these has failed.
    pub(super) fn alone(&self, subject: &Subject<'_>, failure: usize) -> Liveness {
        self.live(subject, [(failure, u64::MAX)])
    }

    fn live(
        &self,
        subject: &Subject<'_>,
        states: impl IntoIterator<Item = (usize, u64)>,
    ) -> Liveness {
        let gates = &subject.problem.gates;
        let normal = subject.state.inputs(subject.problem);
        let mut inputs: Vec<u64> =
            normal.into_iter().map(|holds| if holds { u64::MAX } else { 0 }).collect();
        let is_reserve = |&input: &usize| matches!(gates.inputs()[input], Input::Reserve(_));
        let reserves: Vec<usize> = (0..inputs.len()).filter(is_reserve).collect();
        for (failure, mask) in states {
            let component = &self.all[failure].component;
            let own = gates.find_input(&Input::Up(component.clone())).map(InputId::index);
            // A feed that stays away outlasts UPS and fuel of whoever has no other.
            let spent = reserves.iter().filter(|_| component.kind == Kind::Feed);
            for input in own.into_iter().chain(spent.copied()) {
                inputs[input] &= !mask;
            }
        }
        Liveness::of_many(gates, &inputs)
    }

    pub(super) fn id(&self, failure: usize) -> &Id {
        &self.all[failure].component.id
    }
}

/// Where the plan speaks of an identity provider of the company's own.
fn own_sign_on(subject: &Subject<'_>) -> Option<Place> {
    let sso = &subject.plan.cloud.access.sso;
    sso.value.as_ref().filter(|sso| sso.own).and_then(|_| sso.place())
}

/// Where the first circuit or site names a conduit or feed: more telling than the list
/// of all of them.
fn user(subject: &Subject<'_>, id: &Id) -> Option<Place> {
    let plan = subject.plan;
    let conduits = plan.circuits.values().flat_map(|circuit| &circuit.conduit.value);
    let feeds = plan.sites.values().flat_map(|site| &site.power.feeds.value);
    let mut named = conduits.chain(feeds).filter(|named| named.id == *id);
    named.next().map(|named| named.place)
}
