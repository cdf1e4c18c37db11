//! One state in, one outcome out.
//!
//! A pure function of problem, state and allocation held; everything else
//! only calls it. See [`Scope`] for the figures of a moment and
//! [`crate::outcome`] for what comes out.

mod account;
mod blocking;
mod blocks;
pub mod bulk;
mod choices;
mod counts;
mod crowds;
mod directed;
pub mod erlang;
mod exchange;
mod figures;
mod filling;
mod flow;
mod ladder;
pub(crate) mod left_alone;
pub(crate) mod live;
mod mincost;
mod model;
mod optional;
mod part;
pub(crate) mod placement;
mod presolve;
mod prices;
mod program;
#[cfg(test)]
mod puzzles;
mod rounding;
mod stages;
#[cfg(test)]
mod trials;

pub use account::least_loads;
pub use blocking::{Blocking, blocking};
pub use directed::Attainable;
#[doc(hidden)]
pub use ladder::Rung;
pub use live::Scope;

use std::sync::Arc;

use account::outcome;

use crate::outcome::Outcome;
use crate::problem::Problem;
use crate::routes::path::ResourceKey;
use crate::state::{Held, State};
use live::{Crew, Scene};

/// Who steers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steering {
    /// Everybody by himself.
    LeftAlone,
    /// Somebody has told people.
    Directed,
}

/// One state, evaluated once for whatever is asked of it.
pub(crate) struct Assessor<'a> {
    scene: Scene<'a>,
    held: &'a Held,
}

impl<'a> Assessor<'a> {
    /// `held` is the allocation now held (who holds none has not worked yet).
    pub(crate) fn new(problem: &'a Problem, state: &'a State, held: &'a Held) -> Self {
        Self { scene: Scene::new(problem, state, held), held }
    }

    /// Left alone; `scope` says how far agents may go.
    pub(crate) fn left_alone(&self, scope: Scope) -> Outcome {
        self.alone(&self.scene.crews(self.held, scope))
    }

    /// Left alone, and directed.
    pub(crate) fn both(&self, scope: Scope) -> (Outcome, Outcome) {
        let crews = self.scene.crews(self.held, scope);
        (self.alone(&crews), self.told(&crews))
    }

    fn alone(&self, crews: &[Arc<Crew>]) -> Outcome {
        outcome(&self.scene, crews, &left_alone::left_alone(&self.scene, crews))
    }

    fn told(&self, crews: &[Arc<Crew>]) -> Outcome {
        outcome(&self.scene, crews, &directed::directed(&self.scene, crews, Rung::First))
    }

    /// Whether each objective is attainable, those that are known to be apart: to
    /// ask takes a program for each.
    pub(crate) fn attainable(mut self, known: &[bool]) -> Vec<Attainable> {
        if known.iter().all(|known| *known) {
            return vec![Attainable::Yes; known.len()];
        }
        self.scene.steered = true;
        let crews = self.scene.crews(self.held, Scope::Moved);
        directed::attainable(&self.scene, &crews, known)
    }
}

/// Assesses one state. `held` is the allocation now held (who holds none has
/// not worked yet); `scope` says how far agents may go.
pub fn assess(
    problem: &Problem,
    state: &State,
    held: &Held,
    scope: Scope,
    steering: Steering,
) -> Outcome {
    let assessor = Assessor::new(problem, state, held);
    let crews = assessor.scene.crews(held, scope);
    match steering {
        Steering::LeftAlone => assessor.alone(&crews),
        Steering::Directed => assessor.told(&crews),
    }
}

/// Directed and moved, but nobody who works is moved for others.
pub fn keeping(problem: &Problem, state: &State, held: &Held) -> Outcome {
    let mut scene = Scene::new(problem, state, held);
    let crews = scene.crews(held, Scope::Moved);
    let kept = left_alone::at_work(&scene, &crews);
    let whole = std::mem::take(&mut scene.capacities);
    let mut used = vec![0; whole.len()];
    let mut others = crews.clone();
    for placement in &kept {
        let way = &crews[placement.crew].ways[placement.way];
        for (resource, load) in way.loads(&placement.picks) {
            used[resource.index()] += load * placement.agents;
        }
        Arc::make_mut(&mut others[placement.crew]).agents -= placement.agents;
    }
    let left = whole.iter().zip(&used).map(|(all, used)| all.map(|all| all.saturating_sub(*used)));
    scene.capacities = left.collect();
    let mut placements = directed::directed(&scene, &others, Rung::First);
    scene.capacities = whole;
    placements.placed.extend(kept);
    for (all, used) in placements.used.iter_mut().zip(used) {
        *all += used;
    }
    outcome(&scene, &crews, &placements)
}

/// Directed and moved, without the rungs of the ladder below one: what they
/// are measured against.
#[doc(hidden)]
pub fn directed_from(problem: &Problem, state: &State, held: &Held, rung: Rung) -> Outcome {
    let scene = Scene::new(problem, state, held);
    let crews = scene.crews(held, Scope::Moved);
    outcome(&scene, &crews, &directed::directed(&scene, &crews, rung))
}

/// The allocation of the normal state, left alone: where the plan's first
/// preferences put everybody.
pub fn normal(problem: &Problem, state: &State) -> (Held, Outcome) {
    let nobody = Held::default();
    let outcome = assess(problem, state, &nobody, Scope::Moved, Steering::LeftAlone);
    (outcome.held(problem), outcome)
}

/// Which ways are live in a state, by index in [`Problem::ways`], capacities
/// apart.
pub fn live_ways(problem: &Problem, state: &State) -> Vec<bool> {
    let scene = Scene::new(problem, state, &Held::default());
    (0..problem.ways.len()).map(|way| scene.live_way(way, Scope::Moved).is_some()).collect()
}

/// Whether each objective is attainable: the fluid optimum with every live
/// route steerable, in the order of [`Problem::objectives`].
pub fn attainable(problem: &Problem, state: &State, held: &Held) -> Vec<Attainable> {
    let unknown = vec![false; problem.objectives.len()];
    Assessor::new(problem, state, held).attainable(&unknown)
}

/// What every resource has in a state, in the order that [`crate::outcome::Use`]
/// counts by: the problem's own, then the crowds on what is degraded and has no
/// capacity. `None` is without limit.
pub fn capacities(
    problem: &Problem,
    state: &State,
    held: &Held,
) -> Vec<(ResourceKey, Option<u64>)> {
    let scene = Scene::new(problem, state, held);
    let own = problem.resources.iter().map(|resource| resource.key.clone());
    let crowds = scene.crowds.iter().map(crowds::Crowd::key);
    own.chain(crowds).zip(scene.capacities.iter().copied()).collect()
}
