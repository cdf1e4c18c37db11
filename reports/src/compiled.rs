//! A compiled plan as a document: what other programs need to answer the same questions.
//!
//! Nothing is worked out anew: gates, loads and capacities are those that the engine
//! itself reads. `engine/benches/peers/model.py` shows how they are meant.

use std::collections::BTreeMap;
use std::sync::Arc;

use outlast_engine::failures::{Failure, Failures};
use outlast_engine::gates::{Gate, GateId};
use outlast_engine::input::{Input, Setting};
use outlast_engine::problem::{
    Capacity, Cohort, Earlier, Leg, Objective, Problem, Resource, ResourceId, ResourceLoad, Route,
    Way,
};
use outlast_engine::risk::Events;
use outlast_engine::{ResourceKey, State};
use outlast_models::Id;
use outlast_models::units::WeekHour;

use crate::document::{
    CapacityDocument, CohortDocument, CompiledDocument, CompiledFailureDocument,
    CompiledLegDocument, CompiledWayDocument, EarlierDocument, GateDocument, LoadOfOne,
    MemberDocument, NeedDocument, NetworkDocument, ReserveDocument, ResourceDocument,
    RouteDocument, SignalDocument, StandbyDocument,
};
use crate::run::Context;

/// What was compiled.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The compiled plan.
    pub problem: &'a Problem,
    /// What can fail.
    pub failures: &'a Failures,
    /// How often it does.
    pub events: &'a Events,
    /// The hour of the week.
    pub hour: WeekHour,
}

/// A compiled plan as a document.
pub fn compiled(context: Context<'_>, asked: &Asked<'_>) -> CompiledDocument {
    Making { asked, legs: Vec::new(), place_of: BTreeMap::new() }.document(context)
}

/// On the way to a document.
struct Making<'a> {
    asked: &'a Asked<'a>,
    legs: Vec<CompiledLegDocument>,
    /// Where a leg stands, by its routes, which legs that are alike share.
    place_of: BTreeMap<(*const Vec<Route>, bool), u32>,
}

impl Making<'_> {
    fn document(mut self, context: Context<'_>) -> CompiledDocument {
        let problem = self.asked.problem;
        let cohorts = problem.cohorts.iter().map(|cohort| self.cohort(cohort)).collect();
        CompiledDocument {
            head: context.head("compile"),
            hour: self.asked.hour.to_string(),
            grade_of_service: problem.grade_of_service.0,
            sessions_survive_login_loss: problem.sessions_survive_login_loss,
            network: self.network(),
            failures: self.failures(),
            resources: problem.resources.iter().map(|one| self.resource(one)).collect(),
            objectives: self.objectives(),
            legs: self.legs,
            cohorts,
        }
    }

    fn network(&self) -> NetworkDocument {
        let Asked { problem, hour, .. } = self.asked;
        let holds = State::normal(*hour).inputs(problem);
        let inputs = problem.gates.inputs().iter().zip(holds);
        let find = |input: &Input| Some(problem.gates.find_input(input)?.0);
        let reserves = problem.reserves.iter().filter_map(|(id, (feeds, _))| {
            let input = find(&Input::Reserve(id.clone()))?;
            Some(ReserveDocument { input, feeds: self.ups(feeds) })
        });
        let mut standbys: BTreeMap<u32, Vec<Id>> = BTreeMap::new();
        for (region, standby, _) in &problem.standbys {
            if let Some(input) = find(&Input::StandsIn(standby.clone())) {
                standbys.entry(input).or_default().push(region.clone());
            }
        }
        let standbys = standbys.into_iter();
        let standbys =
            standbys.map(|(input, of)| StandbyDocument { input, regions: self.ups(&of) });
        NetworkDocument {
            inputs: inputs.map(|(one, holds)| SignalDocument { says: says(one), holds }).collect(),
            gates: problem.gates.all().iter().map(gate).collect(),
            reserves: reserves.collect(),
            standbys: standbys.collect(),
        }
    }

    /// The inputs of components that are up, as far as a gate asks for them.
    fn ups(&self, ids: &[Id]) -> Vec<u32> {
        let problem = self.asked.problem;
        let up = |id: &Id| {
            let (component, _) = problem.components.get(id)?;
            Some(problem.gates.find_input(&Input::Up(component.clone()))?.0)
        };
        ids.iter().filter_map(up).collect()
    }

    fn failures(&self) -> Vec<CompiledFailureDocument> {
        let Asked { failures, events, .. } = self.asked;
        let each = failures.all.iter().map(|Failure { id, sort, takes }| {
            let event = events.all.iter().find(|event| event.id == *id && event.sort == *sort);
            #[allow(clippy::cast_sign_loss)] // a chance
            let chance_e15 = event.map_or(0, |event| (event.course.chance * 1e15).round() as u64);
            let kind = sort.word().to_owned();
            CompiledFailureDocument { id: id.to_string(), kind, takes: self.ups(takes), chance_e15 }
        });
        each.collect()
    }

    fn resource(&self, resource: &Resource) -> ResourceDocument {
        let Resource { key, capacity, refuses, shared_by } = resource;
        let members = match capacity {
            Capacity::Line { members, .. } => members.as_slice(),
            _ => &[],
        };
        let share = |(circuit, alone): &(Id, ResourceId)| {
            let place = members.iter().position(|member| member.circuit == *circuit)?;
            Some((u32::try_from(place).expect("few members"), alone.0))
        };
        ResourceDocument {
            id: key.id().to_string(),
            unit: key.word().to_owned(),
            refuses: *refuses,
            once: matches!(key, ResourceKey::Sessions(_)),
            capacity: self.capacity(capacity),
            shared_by: shared_by.iter().filter_map(share).collect(),
        }
    }

    fn capacity(&self, capacity: &Capacity) -> CapacityDocument {
        let member = |ids: &mut dyn Iterator<Item = &Id>, has: Option<u64>| {
            let gates = ids.filter_map(|id| self.asked.problem.components.get(id));
            MemberDocument { gates: gates.map(|(_, gate)| place(*gate)).collect(), has }
        };
        match capacity {
            Capacity::Unlimited => CapacityDocument::Unlimited,
            Capacity::Units(all) | Capacity::Bits(all) => CapacityDocument::Fixed(*all),
            Capacity::Channels(members) => {
                let each = members.iter();
                let each = each.map(|(id, has)| member(&mut [id].into_iter(), Some(*has)));
                CapacityDocument::Channels(each.collect())
            }
            Capacity::Line { members, active, adaptive } => {
                let each = members
                    .iter()
                    .map(|one| member(&mut [&one.circuit].into_iter().chain(&one.walls), one.bits));
                match (active, adaptive) {
                    (false, _) => CapacityDocument::First(each.collect()),
                    (true, false) => CapacityDocument::Shared(each.collect()),
                    (true, true) => CapacityDocument::Sum(each.collect()),
                }
            }
        }
    }

    fn cohort(&mut self, cohort: &Cohort) -> CohortDocument {
        let problem = self.asked.problem;
        let open = problem.ways[cohort.ways.clone()].iter().filter(|way| !way.refused);
        let objectives = problem.objectives.iter().zip(0..);
        let occupancy = cohort.occupancy.unwrap_or(problem.occupancy_stressed);
        CohortDocument {
            group: cohort.group.to_string(),
            agents: cohort.on_shift(self.asked.hour),
            counted: cohort.counted,
            priority: cohort.priority,
            occupancy: occupancy.0,
            objectives: objectives.filter(|(one, _)| one.counts(cohort)).map(|(_, n)| n).collect(),
            ways: open.map(|way| self.way(way)).collect(),
        }
    }

    fn way(&mut self, way: &Way) -> CompiledWayDocument {
        CompiledWayDocument {
            rank: u32::try_from(way.rank).expect("few ways"),
            gate: place(way.gate),
            loads: way.held.iter().map(load).collect(),
            legs: way.legs.iter().map(|leg| self.leg(leg)).collect(),
        }
    }

    fn leg(&mut self, leg: &Leg) -> u32 {
        let next = u32::try_from(self.legs.len()).expect("fewer than 2^32 legs");
        let place = *self.place_of.entry((Arc::as_ptr(&leg.routes), leg.required)).or_insert(next);
        if place == next {
            let routes = leg.routes.iter().map(route).collect();
            self.legs.push(CompiledLegDocument { required: leg.required, routes });
        }
        place
    }

    fn objectives(&self) -> Vec<NeedDocument> {
        let Asked { problem, hour, .. } = self.asked;
        let need = |objective: &Objective| {
            let of = problem.cohorts.iter().filter(|cohort| objective.counts(cohort));
            objective.need(of.map(|cohort| cohort.on_shift(*hour)).sum())
        };
        let needs: Vec<u64> = problem.objectives.iter().map(need).collect();
        let leading = problem.leading(&needs);
        let each = problem.objectives.iter().zip(needs).zip(leading);
        let each = each.map(|((objective, need), leads)| NeedDocument {
            of: objective.name(),
            priority: objective.priority,
            overall: objective.queue.is_none(),
            need,
            counts_working: objective.counts_working,
            leads,
        });
        each.collect()
    }
}

fn place(gate: GateId) -> u32 {
    u32::try_from(gate.index()).expect("fewer than 2^32 gates")
}

fn gate(gate: &Gate) -> GateDocument {
    let places = |of: &[GateId]| of.iter().copied().map(place).collect();
    match gate {
        Gate::On => GateDocument::On,
        Gate::Off => GateDocument::Off,
        Gate::Input(input) => GateDocument::Input(input.0),
        Gate::And(of) => GateDocument::And(places(of)),
        Gate::Or(of) => GateDocument::Or(places(of)),
        Gate::AtLeast(needed, of) => GateDocument::AtLeast(*needed, places(of)),
    }
}

fn load(load: &ResourceLoad) -> LoadOfOne {
    (load.resource.0, load.held, load.in_call)
}

fn route(route: &Route) -> RouteDocument {
    RouteDocument {
        gate: place(route.gate),
        after: route.after.iter().map(earlier).collect(),
        loads: route.loads.iter().map(load).collect(),
    }
}

fn earlier(one: &Earlier) -> EarlierDocument {
    EarlierDocument { gate: place(one.gate), after: one.after.iter().map(earlier).collect() }
}

fn says(input: &Input) -> String {
    let setting = |setting: &Setting| match setting {
        Setting::Addresses => "addresses".to_owned(),
        Setting::Pac(id) => format!("pac {id}"),
        Setting::TurnClear(id) => format!("turn {id}"),
        Setting::Split(id) => format!("split {id}"),
        Setting::UdpIdle(id) => format!("udp {id}"),
    };
    match input {
        Input::Up(component) => format!("up {}", component.id),
        Input::Reserve(id) => format!("reserve {id}"),
        Input::Open(site) => format!("open {site}"),
        Input::AsWritten(of) => format!("as-written {}", setting(of)),
        Input::Spoiled(of) => format!("spoiled {}", setting(of)),
        Input::StandsIn(region) => format!("stands-in {region}"),
        Input::InForce(change) => format!("in-force {change}"),
        Input::NotYet(change) => format!("not-yet {change}"),
    }
}
