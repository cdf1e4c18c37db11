//! What each component stands on, as gates.
//!
//! A component is up while it has not failed and all that it needs is up. Its gate is
//! found once and kept by name, and with a stack of our own: a chain of needs may be as
//! long as the plan. The reader refuses needs that come back in a circle.

use outlast_models::plan::{CloudRegion, Need};
use outlast_models::{ComponentId, Id};

use super::{ServiceGraph, UNNAMED_REGION};
use crate::gates::{GateId, Gates};
use crate::input::Input;

/// A component whose gate waits for those of what it stands on.
struct Waiting {
    component: ComponentId,
    needs: Vec<Need>,
    feeds: Vec<Id>,
    /// What may be without a gate still; the next is the last.
    ahead: Vec<Id>,
}

impl ServiceGraph<'_> {
    /// The gate that is on while a component is up, with all it stands on.
    pub fn gate(&self, gates: &mut Gates, id: &Id) -> GateId {
        let mut stack: Vec<Waiting> = Vec::new();
        stack.extend(self.begin(gates, id));
        while let Some(top) = stack.last_mut() {
            if let Some(next) = top.ahead.pop() {
                stack.extend(self.begin(gates, &next));
            } else if let Some(done) = stack.pop() {
                let gate = self.joined(gates, &done);
                gates.name(&done.component.id, gate);
            }
        }
        named(gates, id)
    }

    /// The gate of one need.
    pub fn need_gate(&self, gates: &mut Gates, need: &Need) -> GateId {
        let mut ids = Vec::new();
        named_in(need, &mut ids);
        for id in ids {
            self.gate(gates, &id);
        }
        of_need(gates, need)
    }

    /// A component without gate, with what has to have one first.
    fn begin(&self, gates: &mut Gates, id: &Id) -> Option<Waiting> {
        if gates.named(id).is_some() {
            return None;
        }
        let component = self.find(id.as_str())?.id.clone();
        gates.input(Input::Up(component.clone()));
        gates.name(id, GateId::ON);
        let (needs, feeds) = (self.needs(&component), self.power(&component));
        let mut ahead = Vec::new();
        for need in &needs {
            named_in(need, &mut ahead);
        }
        ahead.extend(feeds.iter().cloned());
        ahead.reverse();
        Some(Waiting { component, needs, feeds, ahead })
    }

    fn joined(&self, gates: &mut Gates, done: &Waiting) -> GateId {
        let mut all = vec![gates.input(Input::Up(done.component.clone()))];
        all.extend(done.needs.iter().map(|need| of_need(gates, need)));
        if !done.feeds.is_empty() {
            let mut supply: Vec<GateId> =
                done.feeds.iter().map(|feed| named(gates, feed)).collect();
            if self.reserve(&done.component).0 > 0 {
                supply.push(gates.input(Input::Reserve(done.component.id.clone())));
            }
            all.push(gates.or(supply));
        }
        gates.and(all)
    }

    /// The gate that is on while the cloud answers: some region is in force.
    /// `regions` restricts to those a private network reaches.
    pub fn cloud_gate(&self, gates: &mut Gates, regions: Option<&[Id]>) -> GateId {
        let plan = self.plan;
        if plan.cloud.regions.is_empty() {
            return self.gate(gates, &Id::new(UNNAMED_REGION));
        }
        let mut any = Vec::new();
        for (n, id) in plan.cloud.regions.keys().enumerate() {
            if regions.is_some_and(|only| !only.contains(id)) {
                continue;
            }
            let up = self.gate(gates, id);
            if n == 0 {
                any.push(up);
            } else if plan.cloud.regions.values().any(|r| is_standby(r, id)) {
                let stands_in = gates.input(Input::StandsIn(id.clone()));
                any.push(gates.and([up, stands_in]));
            }
        }
        gates.or(any)
    }
}

/// The gate of a component that has been asked for; what is none asks for nothing.
fn named(gates: &Gates, id: &Id) -> GateId {
    gates.named(id).unwrap_or(GateId::ON)
}

fn named_in(need: &Need, ids: &mut Vec<Id>) {
    match need {
        Need::One(named) => ids.push(named.id.clone()),
        Need::Any(of) | Need::All(of) | Need::AtLeast(_, of) => {
            for need in of {
                named_in(need, ids);
            }
        }
    }
}

/// The gate of a need whose components have theirs.
fn of_need(gates: &mut Gates, need: &Need) -> GateId {
    let of = match need {
        Need::One(one) => return named(gates, &one.id),
        Need::Any(of) | Need::All(of) | Need::AtLeast(_, of) => of,
    };
    let of: Vec<GateId> = of.iter().map(|need| of_need(gates, need)).collect();
    match need {
        Need::Any(_) => gates.or(of),
        Need::AtLeast(needed, _) => gates.at_least(*needed, of),
        Need::One(_) | Need::All(_) => gates.and(of),
    }
}

fn is_standby(region: &CloudRegion, id: &Id) -> bool {
    region.standby.value.as_ref().is_some_and(|standby| standby.id == *id)
}
