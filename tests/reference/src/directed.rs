//! The directed target: every whole-agent allocation of a small plan, tried.

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::plan::{Group, Mbco, OnShift, Plan, StatedWay};

use crate::loads::{
    Carried, Loads, Resource, combinations, effective, first_live, line_fits, loads,
};
use crate::posture::Posture;
use crate::types::WHOLE;
use crate::ways::{Legs, judge};
use crate::world::World;

/// How many allocations are tried at most.
const LIMIT: u128 = 2_000_000;

/// The best allocation by the order of `docs/semantics.md`, section 6, levels
/// 1 to 4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directed {
    /// Agents working.
    pub working: u64,
    /// By the group's priority.
    pub by_priority: BTreeMap<u32, u64>,
    /// By group: of one optimum; others may share the same totals otherwise.
    pub by_group: BTreeMap<String, u64>,
    /// By objective (queue, or `overall`) in file order: agents counted, capped
    /// at the need. Of one optimum.
    pub counted: Vec<(String, u64)>,
    /// By the priority of queues, `u32::MAX` for overall: the sums of `counted`,
    /// which every optimum shares.
    pub counted_by_priority: BTreeMap<u32, u64>,
    /// Effective agents in millionths, as an allocation plans with them.
    pub effective: u64,
    /// Whether nothing was left out of the search.
    pub exact: bool,
}

/// What one agent of a cohort may do: loads, effectiveness, queue counted for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Choice {
    loads: Loads,
    effective: u64,
    queue: Option<String>,
}

/// The agents of one cohort and their choices.
pub(crate) struct Class {
    group: String,
    priority: u32,
    agents: u64,
    choices: Vec<Choice>,
}

pub(crate) struct Goal {
    name: String,
    pub(crate) queue: Option<String>,
    priority: u32,
    pub(crate) need: u64,
    pub(crate) counts_working: bool,
}

/// The best allocation of classes, found by trying all; `None` if they are too many.
pub(crate) fn best(world: &World, mut classes: Vec<Class>) -> Option<Directed> {
    let binding = binding(world, &classes);
    for class in &mut classes {
        simplify(&mut class.choices, &binding);
    }
    let classes = merged(classes);
    let mut combinations: u128 = 1;
    for class in &classes {
        combinations = combinations.saturating_mul(count(class.agents, class.choices.len() as u64));
    }
    if combinations > LIMIT {
        return None;
    }
    let goals = goals(world.plan);
    let taken = classes.iter().map(|class| vec![0; class.choices.len()]).collect();
    let mut search = Search { classes: &classes, goals: &goals, left: binding, taken, best: None };
    search.class(0);
    search.best.map(|(_, directed)| directed)
}

/// Allocations of `agents` to `choices` or none: C(agents + choices, choices).
fn count(agents: u64, choices: u64) -> u128 {
    let mut ways: u128 = 1;
    for n in 1..=u128::from(choices) {
        ways = ways.saturating_mul(u128::from(agents) + n) / n;
    }
    ways
}

/// Heads on shift: the share, at the busiest hour, rounded down.
pub(crate) fn on_shift(group: &Group) -> u64 {
    match &group.on_shift {
        OnShift::Always(share) => share.value.of_down(group.agents),
        OnShift::ByHour(shares) => {
            shares.value.iter().max().map_or(0, |share| share.of_down(group.agents))
        }
    }
}

/// The agents of one cohort, and whatever each of them may do, for each of his queues.
pub(crate) fn class(id: &str, group: &Group, agents: u64, ways: &BTreeSet<(Loads, u64)>) -> Class {
    let queues: Vec<Option<String>> = if group.queues.is_empty() {
        vec![None]
    } else {
        group.queues.iter().map(|named| Some(named.id.to_string())).collect()
    };
    let for_queues = |(loads, effective): &(Loads, u64)| {
        let (loads, effective) = (loads.clone(), *effective);
        let each = queues.iter().cloned();
        each.map(move |queue| Choice { loads: loads.clone(), effective, queue }).collect::<Vec<_>>()
    };
    let choices = if agents == 0 { Vec::new() } else { ways.iter().flat_map(for_queues).collect() };
    Class { group: id.to_owned(), priority: group.priority.value, agents, choices }
}

/// What one agent of a stated way loads.
pub(crate) fn as_stated(stated: &StatedWay) -> Loads {
    let uses = stated.uses.iter();
    uses.map(|(named, milli)| (Resource::Counted(named.id.to_string()), milli.value)).collect()
}

/// Every choice of paths of a live posture, as loads and effectiveness: with
/// every optional leg, and without those that may go for want of room. What lies
/// between these two loads more than the second and is worth no more.
pub(crate) fn choices_of(world: &World, posture: &Posture, legs: &Legs) -> Vec<(Loads, u64)> {
    let optional = judge(world, world.optional_legs(posture));
    let optional = first_live(&optional);
    let mut choices = Vec::new();
    for picked in combinations(legs) {
        if !line_fits(world, posture, &picked) {
            continue;
        }
        let stays = |leg: &&Carried| !may_go(world, posture, &picked, leg);
        let fewest: Vec<Carried> = optional.iter().filter(stays).copied().collect();
        for optional in [&optional, &fewest] {
            let all = [picked.as_slice(), optional].concat();
            choices.push((loads(world, posture, &all), effective(world, &picked)));
        }
    }
    choices
}

/// Whether an optional leg takes room of its own where some may find none: the
/// agent then works without it. What his required legs hold, he holds anyway.
fn may_go(world: &World, posture: &Posture, required: &[Carried], leg: &Carried) -> bool {
    let without = loads(world, posture, required);
    let with = loads(world, posture, &[required, &[*leg]].concat());
    with.iter().any(|(resource, load)| {
        let limited = resource.refuses(world) && world.limit(resource).is_some();
        limited && *load > without.get(resource).copied().unwrap_or(0)
    })
}

/// Classes of one group that differ in nothing are one.
fn merged(classes: Vec<Class>) -> Vec<Class> {
    let mut all: Vec<Class> = Vec::new();
    for class in classes {
        let same =
            |other: &&mut Class| other.group == class.group && other.choices == class.choices;
        match all.iter_mut().find(same) {
            Some(other) => other.agents += class.agents,
            None => all.push(class),
        }
    }
    all
}

/// The resources that bind if everybody loads them as much as he may.
fn binding(world: &World, classes: &[Class]) -> BTreeMap<Resource, u64> {
    let mut most: BTreeMap<&Resource, u64> = BTreeMap::new();
    for class in classes {
        let mut of_class: BTreeMap<&Resource, u64> = BTreeMap::new();
        for (resource, load) in class.choices.iter().flat_map(|choice| &choice.loads) {
            let worst = of_class.entry(resource).or_default();
            *worst = (*worst).max(*load);
        }
        for (resource, load) in of_class {
            *most.entry(resource).or_default() += load * class.agents;
        }
    }
    let limits = most.into_iter().filter_map(|(resource, most)| {
        let limit = world.limit(resource)?;
        (most > limit).then(|| (resource.clone(), limit))
    });
    limits.collect()
}

/// Drops loads that cannot bind, and choices that another of the same queue
/// betters in everything.
fn simplify(choices: &mut Vec<Choice>, binding: &BTreeMap<Resource, u64>) {
    for choice in choices.iter_mut() {
        choice.loads.retain(|resource, load| *load > 0 && binding.contains_key(resource));
    }
    choices.sort();
    choices.dedup();
    let no_worse = |a: &Choice, b: &Choice| {
        a.queue == b.queue
            && a.effective >= b.effective
            && a.loads.iter().all(|(r, load)| b.loads.get(r).is_some_and(|other| load <= other))
    };
    let all = choices.clone();
    choices.retain(|choice| !all.iter().any(|other| other != choice && no_worse(other, choice)));
}

pub(crate) fn goals(plan: &Plan) -> Vec<Goal> {
    let goal = |objective: &outlast_models::plan::Objective| {
        let queue = objective.queue.as_ref().map(|named| named.id.to_string());
        let serves = |group: &Group| match &queue {
            None => !group.queues.is_empty(),
            Some(queue) => group.queues.iter().any(|named| named.id == *queue.as_str()),
        };
        let people: u64 = plan.groups.values().filter(|group| serves(group)).map(on_shift).sum();
        let need = match objective.mbco.value {
            Mbco::Share(share) => share.of_up(people),
            Mbco::Agents(agents) => agents,
        };
        let priority = match &queue {
            None => u32::MAX,
            Some(queue) => plan.queues[queue.as_str()].priority.value,
        };
        let name = queue.clone().unwrap_or_else(|| "overall".to_owned());
        Goal { name, queue, priority, need, counts_working: objective.counts_working.value }
    };
    plan.objectives.iter().map(goal).collect()
}

/// What an allocation is worth: larger is better, level by level.
type Worth = (Vec<u64>, Vec<u64>, u64, u64);

struct Search<'a> {
    classes: &'a [Class],
    goals: &'a [Goal],
    left: BTreeMap<Resource, u64>,
    taken: Vec<Vec<u64>>,
    best: Option<(Worth, Directed)>,
}

impl Search<'_> {
    fn class(&mut self, at: usize) {
        match self.classes.get(at) {
            None => self.judge(),
            Some(class) => self.choice(at, 0, class.agents),
        }
    }

    /// Tries every number of agents for a choice, then the next choice.
    fn choice(&mut self, at: usize, choice: usize, agents: u64) {
        let Some(chosen) = self.classes[at].choices.get(choice) else { return self.class(at + 1) };
        let loads = chosen.loads.clone();
        let mut taken = 0;
        loop {
            self.taken[at][choice] = taken;
            self.choice(at, choice + 1, agents - taken);
            let fits = loads.iter().all(|(resource, load)| self.left[resource] >= *load);
            if taken == agents || !fits {
                break;
            }
            taken += 1;
            for (resource, load) in &loads {
                *self.left.get_mut(resource).expect("only binding loads are kept") -= load;
            }
        }
        for (resource, load) in &loads {
            *self.left.get_mut(resource).expect("only binding loads are kept") += load * taken;
        }
        self.taken[at][choice] = 0;
    }

    fn judge(&mut self) {
        let directed = self.outcome();
        let worth = (
            directed.counted_by_priority.values().copied().collect(),
            directed.by_priority.values().copied().collect(),
            directed.working,
            directed.effective,
        );
        if self.best.as_ref().is_none_or(|(best, _)| worth > *best) {
            self.best = Some((worth, directed));
        }
    }

    fn outcome(&self) -> Directed {
        let mut working: BTreeMap<Option<&str>, u64> = BTreeMap::new();
        let mut effective: BTreeMap<Option<&str>, u64> = BTreeMap::new();
        let (mut by_priority, mut by_group) = (BTreeMap::new(), BTreeMap::new());
        for (class, taken) in self.classes.iter().zip(&self.taken) {
            for (choice, agents) in class.choices.iter().zip(taken) {
                *working.entry(choice.queue.as_deref()).or_default() += agents;
                *effective.entry(choice.queue.as_deref()).or_default() += agents * choice.effective;
            }
            let agents: u64 = taken.iter().sum();
            *by_priority.entry(class.priority).or_default() += agents;
            *by_group.entry(class.group.clone()).or_default() += agents;
        }
        let (mut counted, mut by_goal) = (Vec::new(), BTreeMap::new());
        for goal in self.goals {
            let of = if goal.counts_working { &working } else { &effective };
            let figure: u64 = match &goal.queue {
                Some(queue) => of.get(&Some(queue.as_str())).copied().unwrap_or(0),
                None => of.iter().filter(|(queue, _)| queue.is_some()).map(|(_, n)| n).sum(),
            };
            let agents = if goal.counts_working { figure } else { figure / u64::from(WHOLE) };
            let agents = agents.min(goal.need);
            counted.push((goal.name.clone(), agents));
            *by_goal.entry(goal.priority).or_default() += agents;
        }
        Directed {
            working: by_priority.values().sum(),
            by_priority,
            by_group,
            counted,
            counted_by_priority: by_goal,
            effective: effective.values().sum(),
            exact: true,
        }
    }
}
