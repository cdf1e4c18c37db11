//! What it stands on that something is attained: failures one of which has to happen
//! before it is not.
//!
//! A witness is an allocation that reaches the need of an objective, or one live way of
//! somebody of a group. It holds in every state in which the gates of its ways and
//! routes are on, and those of the capacities that it uses. Of each such gate one way of
//! being on is taken (an implicant): while none of its inputs goes off, the witness holds,
//! so whatever misses the objective contains a failure that turns one of them off. This
//! is the step of implicit hitting sets (Reiter 1987; Chandrasekaran & others 2011).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::looks::capacity_gates;
use super::memory::{Asked, Memory};
use super::network::Signal;
use super::one::{Offer, One};
use super::{Bulk, Pass, Standing};
use crate::assess::choices::Choice;
use crate::assess::directed::everybody;
use crate::assess::live::Crew;
use crate::failures::{FailureId, Set};
use crate::gates::GateId;

/// What is asked to be attained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim<'a> {
    /// The objective at this place.
    Objective(usize),
    /// That somebody of these cohorts has a live way, every route steered.
    Anybody(&'a [usize]),
}

/// How it is with a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    /// Whether it is attained.
    pub standing: Standing,
    /// If it is, the failures one of which has to happen before it is not; `None` where
    /// none are known.
    pub on: Option<BTreeSet<FailureId>>,
}

impl Bulk<'_> {
    /// What an aim stands on with each of some sets, in their order.
    pub fn stands(&self, aim: Aim<'_>, sets: &[Set]) -> Vec<Stands> {
        self.by_passes(sets, &|some, memory| match aim {
            Aim::Objective(n) => self.objective_stands(n, some, memory),
            Aim::Anybody(cohorts) => self.anybody_stands(cohorts, some, memory),
        })
    }

    fn objective_stands(&self, n: usize, sets: &[Set], memory: &mut Memory) -> Vec<Stands> {
        let effects = self.some(sets, memory);
        let pass = Pass::of(self, sets, memory);
        let inputs = memory.inputs.clone();
        let touched = self.touched(&pass);
        let each = effects.iter().zip(touched).enumerate().map(|(lane, (effect, touched))| {
            let standing = effect.objectives[n];
            if standing != Standing::Attained {
                return Stands { standing, on: None };
            }
            let gates = self.with((&pass, lane), &touched, |one| one.witness(n, &touched, memory));
            let on = gates.map(|gates| {
                let places = gates.iter().map(|gate| self.looks.places[gate.index()]);
                let roots: Vec<Signal> = places.map(Signal).collect();
                self.turning_off(&roots, (&pass, lane), &inputs)
            });
            Stands { standing, on }
        });
        each.collect()
    }

    fn anybody_stands(&self, cohorts: &[usize], sets: &[Set], memory: &mut Memory) -> Vec<Stands> {
        let pass = Pass::of(self, sets, memory);
        let each = (0..sets.len()).map(|lane| {
            let steered = cohorts.iter().map(|cohort| self.looks.steered[*cohort]);
            let live = steered.filter(|signal| pass.words[signal.index()] >> lane & 1 == 1);
            let each = live.map(|one| self.turning_off(&[one], (&pass, lane), &memory.inputs));
            let fewest = each.min_by_key(BTreeSet::len);
            let standing = fewest.as_ref().map_or(Standing::Missed, |_| Standing::Attained);
            Stands { standing, on: fewest }
        });
        each.collect()
    }

    fn turning_off(
        &self,
        roots: &[Signal],
        (pass, lane): (&Pass<'_>, usize),
        inputs: &[u64],
    ) -> BTreeSet<FailureId> {
        let needed = self.looks.network.implicant(roots, &pass.words, lane);
        self.inputs.turning_off(&needed, inputs, lane)
    }
}

impl One<'_, '_, '_> {
    /// The gates that some allocation stands on which reaches the need of an objective.
    fn witness(
        &self,
        objective: usize,
        touched: &[u32],
        memory: &mut Memory,
    ) -> Option<BTreeSet<GateId>> {
        let asked = Asked::Surely;
        let differs = self.differs(touched, memory);
        let keys = differs.cohorts.iter();
        let now: Vec<_> = keys.map(|key| self.variant(asked, key, memory)).collect();
        let Offer { crews, choices, .. } = self.offer(asked, &differs, &now);
        let counts = |crew: &Arc<Crew>| {
            let cohort = &self.bulk.problem.cohorts[crew.cohort];
            self.bulk.problem.objectives[objective].counts(cohort)
        };
        let both = crews.into_iter().zip(choices);
        let (crews, choices): (Vec<_>, Vec<_>) =
            both.filter(|(crew, choices)| counts(crew) && !choices.is_empty()).unzip();
        let program = everybody(self.of(asked), &crews, &choices, asked.blocked());
        let taken = program.reaching(objective)?;
        let each = crews.iter().zip(&choices);
        let each = each.flat_map(|(crew, list)| list.iter().map(move |choice| (crew, choice)));
        let taken = each.zip(taken).filter(|(_, taken)| *taken);
        Some(taken.flat_map(|((crew, choice), _)| self.stands_on(crew, choice)).collect())
    }

    /// Gates that are on, by which a choice is there and its capacities are what they are.
    fn stands_on(&self, crew: &Crew, choice: &Choice) -> BTreeSet<GateId> {
        let (problem, live) = (self.bulk.problem, &crew.ways[choice.way]);
        let way = &problem.ways[live.way];
        let routes = live.legs.iter().zip(&choice.picks).filter_map(|(leg, &pick)| {
            let route = leg.routes[pick].route?;
            Some(way.legs[leg.leg].routes[route].gate)
        });
        let resources = choice.loads.iter().filter_map(|(r, _)| problem.resources.get(r.index()));
        let capacities = resources.flat_map(|resource| capacity_gates(problem, &resource.capacity));
        let on = |gate: &GateId| self.scene.live.is_on(*gate);
        [way.gate].into_iter().chain(routes).chain(capacities.filter(on)).collect()
    }
}
