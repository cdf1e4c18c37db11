//! Whether an objective can be reached in a state (section 6), every route steered and
//! agents divisible; and who has no way at all.

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::plan::Group;

use crate::directed::{Goal, as_stated, choices_of, goals};
use crate::fluid::most;
use crate::loads::{Loads, Resource};
use crate::opinion::{Opinion, People};
use crate::types::{Failure, WHOLE};
use crate::ways::stands_as_stated;
use crate::world::World;

/// Whether an objective can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It can, whatever is blocked within the grade of service.
    Attained,
    /// Neither can be shown.
    Open,
    /// It cannot, though nothing be blocked below a limit and no optional leg take room.
    Missed,
}

/// One state as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Agents working, directed; nothing where there are too many allocations to try.
    pub working: Option<u64>,
    /// Each objective in file order.
    pub objectives: Vec<Verdict>,
    /// Groups with somebody on shift and nobody who has a live way.
    pub out: BTreeSet<String>,
}

/// What the agents of a cohort may load, every route steered.
struct Steered<'a> {
    people: &'a People<'a>,
    /// The least, and nobody blocked.
    bare: Vec<Loads>,
    /// With optional legs, and effective in millionths.
    laden: Vec<(Loads, u64)>,
}

/// A choice of somebody of a cohort, and what it is worth.
type Choice<'a> = (usize, &'a Loads, f64);

impl<'a> Opinion<'a> {
    /// Looks at one state.
    pub fn seen(&'a self, failure: &'a Failure) -> Seen {
        let working = self.of(failure).directed().map(|directed| directed.working);
        let world = World::new(self.plan, self.pac, failure);
        let all: Vec<Steered> = self.people.iter().map(|people| steered(&world, people)).collect();
        let there = all.iter().filter(|one| one.people.agents > 0);
        let mut out: BTreeSet<String> = there.clone().map(|one| one.people.id.clone()).collect();
        for able in there.filter(|one| !one.bare.is_empty()) {
            out.remove(&able.people.id);
        }
        let goals = goals(self.plan);
        let objectives = goals.iter().map(|goal| verdict(&world, &all, goal)).collect();
        Seen { working, objectives, out }
    }
}

fn steered<'a>(world: &World, people: &'a People<'a>) -> Steered<'a> {
    let world = world.of(&people.cohort);
    let (mut bare, mut laden) = (BTreeSet::new(), BTreeSet::new());
    for posture in &people.postures {
        if let Some(legs) = world.steered(posture) {
            bare.extend(world.steered_loads(posture, &legs));
            laden.extend(choices_of(&world, posture, &legs));
        }
    }
    for stated in people.group.ways.values().filter(|way| stands_as_stated(&world, way)) {
        bare.insert(as_stated(stated));
        laden.insert((as_stated(stated), u64::from(WHOLE)));
    }
    Steered { people, bare: bare.into_iter().collect(), laden: laden.into_iter().collect() }
}

fn serves(group: &Group, goal: &Goal) -> bool {
    match &goal.queue {
        None => !group.queues.is_empty(),
        Some(queue) => group.queues.iter().any(|named| named.id == *queue.as_str()),
    }
}

#[expect(clippy::cast_precision_loss, reason = "agents are few")]
fn verdict(world: &World, all: &[Steered], goal: &Goal) -> Verdict {
    const NEAR: f64 = 1e-6;
    let (mut surely, mut perhaps): (Vec<Choice>, Vec<Choice>) = (Vec::new(), Vec::new());
    for (n, one) in all.iter().enumerate().filter(|(_, one)| serves(one.people.group, goal)) {
        let worth =
            |pass: u64| if goal.counts_working { 1.0 } else { pass as f64 / f64::from(WHOLE) };
        surely.extend(one.laden.iter().map(|(loads, pass)| (n, loads, worth(*pass))));
        perhaps.extend(one.bare.iter().map(|loads| (n, loads, 1.0)));
    }
    let heads: Vec<f64> = all.iter().map(|one| one.people.agents as f64).collect();
    let limit = |resource: &Resource| world.limit(resource).map(|limit| limit as f64);
    let through = |resource: &Resource| {
        let through = world.carried(resource).filter(|_| !goal.counts_working);
        through.or_else(|| limit(resource))
    };
    let need = goal.need as f64;
    if best(&surely, &heads, &limit) >= need - NEAR {
        Verdict::Attained
    } else if best(&perhaps, &heads, &through) < need - NEAR {
        Verdict::Missed
    } else {
        Verdict::Open
    }
}

/// The most that counts by any part of agents for each choice.
fn best(choices: &[Choice], heads: &[f64], limit: &dyn Fn(&Resource) -> Option<f64>) -> f64 {
    let worth: Vec<f64> = choices.iter().map(|(_, _, worth)| *worth).collect();
    let mut rows: Vec<(Vec<f64>, f64)> = Vec::new();
    for (cohort, heads) in heads.iter().enumerate() {
        let own = |(of, _, _): &Choice| if *of == cohort { 1.0 } else { 0.0 };
        rows.push((choices.iter().map(own).collect(), *heads));
    }
    let mut limits: BTreeMap<&Resource, f64> = BTreeMap::new();
    for resource in choices.iter().flat_map(|(_, loads, _)| loads.keys()) {
        limits.extend(limit(resource).map(|limit| (resource, limit)));
    }
    for (resource, limit) in limits {
        #[expect(clippy::cast_precision_loss, reason = "as parts of the limit")]
        let part = |(_, loads, _): &Choice| {
            loads.get(resource).copied().unwrap_or(0) as f64 / limit.max(1.0)
        };
        rows.push((choices.iter().map(part).collect(), limit / limit.max(1.0)));
    }
    most(&worth, &rows)
}
