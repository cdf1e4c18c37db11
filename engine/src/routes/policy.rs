//! The house's own rules: which postures and which routes they refuse.
//!
//! What a policy says of place, machine, phone and access is decided of a posture
//! as a whole; what it says of legs and of what a route goes over, of each
//! alternative of a leg, so that the others remain. It comes after the guide's
//! rules and no change opens what it refuses. A fixed alternative stays the one in
//! use though it is refused: nobody's configuration knows of the policy.

mod over;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

use outlast_models::Id;
use outlast_models::plan::{LegWord, Policy, RouteKind, StatedWay, Verb};

use super::Walker;
use super::leg::{Agent, Leg};
use super::legs::Draft;
use super::memory::Paths;
use super::path::{Path, Refusal};
use super::refusal::RuleId;
use crate::graph::{ServiceGraph, UNNAMED_REGION};
use over::hops;
use words::{Names, Words, has};

/// The names that policies use, and what they have decided before.
#[derive(Debug, Default)]
pub(crate) struct House {
    names: Names,
    judged: HashMap<Asked, Judged>,
}

impl House {
    /// Collects the names of a plan, if it has policies.
    pub(crate) fn of(graph: &ServiceGraph<'_>) -> Self {
        if graph.plan.policies.is_empty() {
            return Self::default();
        }
        Self { names: Names::new(graph), judged: HashMap::new() }
    }
}

/// A leg's paths (where they are), what they are for, and the policies on them.
type Asked = (usize, Option<LegWord>, Vec<OnRoutes>);

/// The paths as they were, so that no others come to be where they are, and as they
/// are now.
#[derive(Debug)]
struct Judged {
    _before: Paths,
    after: Paths,
}

/// A policy that decides about single routes of a posture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct OnRoutes {
    policy: usize,
    /// Whether its own kind is settled for the posture, so that only `when` counts.
    settled: bool,
}

/// What a policy decides about a posture.
enum OnPosture {
    Nothing,
    Refuses,
    Routes(OnRoutes),
}

/// What a posture is, in the words of policies. A place or machine that is not said
/// (of a way that the plan states) has no words; a posture without phone has none.
struct Traits {
    place: Words,
    machines: Vec<Words>,
    phone: Option<Words>,
    access: Words,
}

impl Traits {
    /// Whether a posture is of the kind, by any of its machines.
    fn may_be(&self, kind: &RouteKind) -> bool {
        self.agrees(kind)
            && (kind.machine.is_empty() || self.machines.iter().any(|it| has(&kind.machine, it)))
            && (kind.phone.is_empty()
                || self.phone.as_ref().is_some_and(|phone| has(&kind.phone, phone)))
    }

    /// Whether it is of the kind by all of its machines; without a phone there is
    /// none that could be another.
    fn must_be(&self, kind: &RouteKind) -> bool {
        self.agrees(kind)
            && self.machines.iter().all(|machine| has(&kind.machine, machine))
            && self.phone.as_ref().is_none_or(|phone| has(&kind.phone, phone))
    }

    fn agrees(&self, kind: &RouteKind) -> bool {
        has(&kind.place, &self.place) && has(&kind.access, &self.access)
    }

    fn judge(&self, number: usize, policy: &Policy) -> OnPosture {
        if policy.when.as_ref().is_some_and(|when| !self.may_be(when)) {
            return OnPosture::Nothing;
        }
        let (of_routes, narrowed) =
            (policy.kind.is_of_routes(), policy.when.as_ref().is_some_and(RouteKind::is_of_routes));
        let routes = |settled| OnPosture::Routes(OnRoutes { policy: number, settled });
        match policy.verb {
            Verb::Refuse if !self.may_be(&policy.kind) => OnPosture::Nothing,
            Verb::Require if self.must_be(&policy.kind) && !of_routes => OnPosture::Nothing,
            Verb::Require if self.must_be(&policy.kind) => routes(false),
            Verb::Refuse if of_routes => routes(false),
            Verb::Refuse | Verb::Require if narrowed => routes(true),
            Verb::Refuse | Verb::Require => OnPosture::Refuses,
        }
    }
}

impl Walker<'_> {
    /// Closes what policies refuse of a posture that was derived.
    pub(super) fn apply_policies(
        &mut self,
        draft: &Draft<'_>,
        phone: Option<&Id>,
        base: &mut Path,
        legs: &mut [Leg],
    ) {
        if self.plan.policies.is_empty() {
            return;
        }
        let traits = self.traits(draft, phone);
        let on_routes = self.judge_posture(draft.agent, &traits, base);
        if on_routes.is_empty() {
            return;
        }
        for leg in legs {
            leg.paths = self.judge_leg(&leg.paths, leg.part, &on_routes);
        }
    }

    /// Closes a stated way that policies refuse: it has no leg, and goes over what it
    /// needs.
    pub(super) fn apply_policies_to_stated(
        &self,
        agent: &Agent<'_>,
        (id, way): (&Id, &StatedWay),
        base: &mut Path,
    ) {
        let traits = Traits {
            place: Words::new(),
            machines: vec![Words::new()],
            phone: Some(Words::new()),
            access: Words::from([id.clone()]),
        };
        let mut over = Path::start();
        over.hops = way.needs.iter().flat_map(hops).collect();
        for one in self.judge_posture(agent, &traits, base) {
            if self.refuses(one, &over, None, None) {
                base.refuse_by_policy(self.says(one.policy));
            }
        }
    }

    fn judge_posture(&self, agent: &Agent<'_>, traits: &Traits, base: &mut Path) -> Vec<OnRoutes> {
        let mut on_routes = Vec::new();
        for (number, policy) in self.plan.policies.values().enumerate() {
            if !policy.is_for(&agent.group.tags) {
                continue;
            }
            match traits.judge(number, policy) {
                OnPosture::Nothing => {}
                OnPosture::Refuses => base.refuse_by_policy(self.says(number)),
                OnPosture::Routes(one) => on_routes.push(one),
            }
        }
        on_routes
    }

    fn says(&self, number: usize) -> Refusal {
        let (id, policy) = self.plan.policies.get_index(number).expect("a policy of the plan");
        Refusal::new(RuleId::Policy(id.clone()), policy.sentence(), Some(policy.place))
    }

    fn judge_leg(&mut self, paths: &Paths, part: Option<LegWord>, on: &[OnRoutes]) -> Paths {
        let asked = (Arc::as_ptr(paths) as usize, part, on.to_vec());
        if let Some(known) = self.house.judged.get(&asked) {
            return known.after.clone();
        }
        let mut after = paths.as_ref().clone();
        let mut changed = false;
        for path in &mut after {
            changed |= self.judge_path(path, part, on);
        }
        let after = if changed { Arc::new(after) } else { paths.clone() };
        self.house.judged.insert(asked, Judged { _before: paths.clone(), after: after.clone() });
        after
    }

    /// Closes a path that a policy refuses, for good or while some region of the
    /// cloud is in force; returns whether one does.
    fn judge_path(&mut self, path: &mut Path, part: Option<LegWord>, on: &[OnRoutes]) -> bool {
        // Of a path that the guide's rules close nobody knows how it would go on.
        if path.refusal.as_ref().is_some_and(|refusal| refusal.rule.guide().is_some()) {
            return false;
        }
        let mut changed = false;
        for one in on {
            let regions = self.regions_of(path);
            let is_refused = |region: &Option<Id>| self.refuses(*one, path, part, region.as_ref());
            let (refused, open): (Vec<_>, Vec<_>) = regions.into_iter().partition(is_refused);
            if refused.is_empty() {
                continue;
            }
            changed = true;
            let refusal = self.says(one.policy);
            if open.is_empty() {
                path.refuse_by_policy(refusal);
                continue;
            }
            let open: Vec<Id> = open.into_iter().flatten().collect();
            let gate = self.graph.cloud_gate(&mut self.gates, Some(&open));
            self.also(path, gate);
            path.conditions.push((gate, refusal));
        }
        changed
    }

    /// The regions of the cloud that may be in force at the end of a path.
    fn regions_of(&self, path: &Path) -> Vec<Option<Id>> {
        let is_region = |id: &Id| *id == UNNAMED_REGION || self.plan.cloud.regions.contains_key(id);
        match path.hops.iter().find(|hop| is_region(&hop.id)) {
            Some(hop) if hop.id == UNNAMED_REGION => vec![Some(hop.id.clone())],
            Some(_) => self.plan.cloud.regions.keys().cloned().map(Some).collect(),
            None => vec![None],
        }
    }

    fn refuses(
        &self,
        one: OnRoutes,
        path: &Path,
        part: Option<LegWord>,
        region: Option<&Id>,
    ) -> bool {
        let policy = &self.plan.policies[one.policy];
        let is = |kind: &RouteKind, surely: bool| {
            (kind.leg.is_empty() || part.is_some_and(|part| kind.leg.contains(&part)))
                && (kind.over.is_empty() || self.goes_over(path, &kind.over, region, surely))
        };
        if policy.when.as_ref().is_some_and(|when| !is(when, false)) {
            return false;
        }
        match policy.verb {
            _ if one.settled => true,
            Verb::Refuse => is(&policy.kind, false),
            Verb::Require => !is(&policy.kind, true),
        }
    }
}
