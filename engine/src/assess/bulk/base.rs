//! The state that all others differ from: nothing failed, and yet under stress.

use std::sync::Arc;

use super::inputs::Inputs;
use super::looks::Looks;
use super::memory::{Asked, Variant};
use crate::assess::live::Scene;
use crate::problem::{Capacity, Problem};
use crate::state::{Held, State};

/// Everything of it that is asked again and again.
pub(super) struct Base {
    /// Resources that some state may exhaust.
    pub(super) matters: Vec<bool>,
    pub(super) capacities: Vec<Option<u64>>,
    /// Of each signal.
    pub(super) words: Vec<u64>,
    /// By question.
    cohorts: [Cohorts; 4],
}

/// All cohorts for one question.
pub(super) struct Cohorts {
    pub(super) variants: Vec<Arc<Variant>>,
    /// What everybody puts on each resource by his first choice.
    pub(super) first: Vec<u64>,
    /// The most that all can put on it.
    pub(super) most: Vec<u128>,
}

impl Base {
    pub(super) fn of(
        problem: &Problem,
        (calm, held): (&State, &Held),
        people: &[u64],
        looks: &Looks,
        inputs: &Inputs,
    ) -> Self {
        // Settings that are as before are trouble enough for occupancy, and no more.
        let stressed = State { changed_settings: true, ..calm.clone() };
        let told = Scene::new(problem, &stressed, held);
        let steered = told.with_steering();
        let matters = matters(problem, people);
        let cohorts = Asked::ALL.map(|asked| {
            let scene = if asked.is_steered() { &steered } else { &told };
            let of = |(n, agents): (usize, &u64)| {
                Arc::new(Variant::new(scene, (n, *agents), held, &matters, asked))
            };
            Cohorts::of(people.iter().enumerate().map(of).collect(), matters.len())
        });
        let (mut of_inputs, mut words) = (Vec::new(), Vec::new());
        inputs.words(&[], &mut of_inputs);
        looks.network.evaluate(&of_inputs, &mut words);
        Self { matters, capacities: told.capacities.clone(), words, cohorts }
    }

    pub(super) fn cohorts(&self, asked: Asked) -> &Cohorts {
        &self.cohorts[asked as usize]
    }
}

impl Cohorts {
    fn of(variants: Vec<Arc<Variant>>, resources: usize) -> Self {
        let (mut first, mut most) = (vec![0; resources], vec![0; resources]);
        for variant in &variants {
            variant.first().for_each(|(r, load)| first[r.index()] += load);
            variant.most().for_each(|(r, load)| most[r.index()] += load);
        }
        Self { variants, first, most }
    }
}

/// Whether loads are within their capacities.
pub(super) fn fits(loads: &[u64], capacities: &[Option<u64>]) -> bool {
    let mut each = loads.iter().zip(capacities);
    each.all(|(load, capacity)| capacity.is_none_or(|capacity| *load <= capacity))
}

/// Resources that may be over their limit in some state, and those that block calls.
fn matters(problem: &Problem, people: &[u64]) -> Vec<bool> {
    let mut most = vec![0_u128; problem.resources.len()];
    for (cohort, agents) in problem.cohorts.iter().zip(people) {
        let mut worst = vec![0_u128; problem.resources.len()];
        for way in &problem.ways[cohort.ways.clone()] {
            let mut own = vec![0_u128; problem.resources.len()];
            let routes = way.legs.iter().flat_map(|leg| leg.routes.iter());
            let loads = way.held.iter().chain(routes.flat_map(|route| &route.loads));
            for load in loads {
                let amount = u128::from(load.held) + u128::from(load.in_call);
                own[load.resource.index()] += amount;
                for (_, alone) in &problem.resources[load.resource.index()].shared_by {
                    own[alone.index()] += amount;
                }
            }
            for (worst, own) in worst.iter_mut().zip(own) {
                *worst = own.max(*worst);
            }
        }
        for (most, worst) in most.iter_mut().zip(worst) {
            *most += worst * u128::from(*agents);
        }
    }
    let exceeds = |(n, most): (usize, &u128)| match &problem.resources[n].capacity {
        Capacity::Unlimited => false,
        Capacity::Units(all) | Capacity::Bits(all) => *most > u128::from(*all),
        Capacity::Channels(_) => true,
        Capacity::Line { members, .. } => {
            let least = members.iter().filter_map(|member| member.bits).min();
            least.is_some_and(|least| *most > u128::from(least))
        }
    };
    most.iter().enumerate().map(exceeds).collect()
}
