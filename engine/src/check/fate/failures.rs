//! What fails alone, a component or a company, and what is live then.

use std::collections::BTreeMap;
use std::ops::Range;

use outlast_models::plan::Named;
use outlast_models::{ComponentId, Id, Kind, Place};

use super::super::subject::Subject;
use crate::gates::Liveness;
use crate::graph::{ServiceGraph, providers};
use crate::input::{Input, InputId};

/// What fails alone: a component, or all that one company provides.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) id: Id,
    /// None of a company, which is no component.
    pub(super) kind: Option<Kind>,
    /// Where the plan has it.
    pub(super) place: Place,
    /// What goes down with it at once.
    pub(super) components: Vec<ComponentId>,
}

impl Failure {
    /// Its name in a sentence.
    pub(super) fn name(&self) -> String {
        match self.kind {
            Some(_) => self.id.to_string(),
            None => format!("provider {}", self.id),
        }
    }
}

/// All of them: the components, then the companies by id.
pub(super) struct Failures {
    pub(super) all: Vec<Failure>,
}

impl Failures {
    pub(super) fn of(subject: &Subject<'_>) -> Self {
        let graph = &subject.graph;
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
            place.is_written().then(|| Failure {
                id: node.id.id.clone(),
                kind: Some(node.id.kind),
                place,
                components: vec![node.id.clone()],
            })
        });
        let mut all: Vec<Failure> = each.collect();
        all.extend(companies(graph));
        Self { all }
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
            let failure = &self.all[failure];
            let up = failure.components.iter().map(|one| Input::Up(one.clone()));
            let own = up.filter_map(|up| gates.find_input(&up).map(InputId::index));
            // A feed that stays away outlasts UPS and fuel of whoever has no other.
            let spent = reserves.iter().filter(|_| failure.kind == Some(Kind::Feed));
            for input in own.chain(spent.copied()) {
                inputs[input] &= !mask;
            }
        }
        Liveness::of_many(gates, &inputs)
    }

    pub(super) fn id(&self, failure: usize) -> &Id {
        &self.all[failure].id
    }
}

/// Companies that provide two things or more: of one thing nothing more is to be said.
fn companies(graph: &ServiceGraph<'_>) -> Vec<Failure> {
    let mut all: BTreeMap<Id, Failure> = BTreeMap::new();
    let carriers = graph
        .plan
        .carriers
        .iter()
        .map(|(id, carrier)| (id.clone(), Named { id: id.clone(), place: carrier.place }));
    for (component, provider) in providers(graph.plan).into_iter().chain(carriers) {
        let Some(node) = graph.find(component.as_str()) else { continue };
        let company = all.entry(provider.id.clone()).or_insert_with(|| Failure {
            id: provider.id,
            kind: None,
            place: provider.place,
            components: Vec::new(),
        });
        company.components.push(node.id.clone());
    }
    for company in all.values_mut() {
        company.components.sort_unstable();
        company.components.dedup();
    }
    let is_known = |company: &Failure| company.components.len() > 1 && company.place.is_written();
    all.into_values().filter(is_known).collect()
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
