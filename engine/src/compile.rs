//! From walked postures to the [`Problem`]: cohorts × ways, one gate network,
//! dense resources.
//!
//! Errors of the plan end before this: a problem is always complete, and
//! assessing it cannot fail.

mod alike;
mod resources;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use outlast_models::pac::PacAnswers;
use outlast_models::plan::Group;
use outlast_models::units::Millis;
use outlast_models::{Id, Plan};

use crate::gates::{GateId, Gates};
use crate::graph::ServiceGraph;
use crate::input::{Change, Input};
use crate::problem::{Cohort, Leg, Objective, Part, Problem, Route, Way, WayTimes};
use crate::progress::{Observer, Stage};
use crate::routes::Walker;
use crate::routes::memory::Paths;
use crate::routes::path::Path;
use crate::routes::posture::Posture;
use alike::{Alike, alike_agents, phone_region};
use resources::Resources;

/// Compiles a plan; `answers` are what its PAC files said.
pub fn compile(plan: &Plan, answers: &PacAnswers) -> Problem {
    observed(plan, answers, &())
}

/// The same; `observer` is told which group is walked.
pub fn observed(plan: &Plan, answers: &PacAnswers, observer: &dyn Observer) -> Problem {
    let graph = ServiceGraph::new(plan);
    let mut walker = Walker::new(&graph, answers);
    let mut resources = Resources::new(plan);
    let mut routes = Routes::default();
    let mut cohorts = Vec::new();
    let mut ways = Vec::new();
    let bundles = walker.drawn();
    let mut others = BTreeMap::new();
    for (id, group, crew) in plan.crews() {
        let n = plan.groups.get_index_of(id).unwrap_or_default();
        observer.begins(Stage::Groups, n + 1, plan.groups.len());
        for alike in alike_agents(&mut walker, &bundles, id, group) {
            // Of a large roster most combinations have nobody.
            if crew.is_some() && alike.heads == 0 {
                continue;
            }
            let agent = alike.agent(id, group);
            let postures = walker.postures(&agent);
            let first = ways.len();
            let cohort = cohorts.len();
            for (rank, posture) in postures.into_iter().enumerate() {
                let gates = &mut walker.gates;
                ways.push(way(gates, &mut resources, &mut routes, group, cohort, rank, posture));
            }
            let others = crew.map(|crew| (crew, others.entry(id).or_insert(0)));
            cohorts.push(new_cohort(plan, (id, group), others, alike, first..ways.len()));
        }
    }
    let mut components = BTreeMap::new();
    for node in graph.components() {
        let gate = graph.gate(&mut walker.gates, &node.id.id);
        components.insert(node.id.id.clone(), (node.id.clone(), gate));
    }
    let reserves = graph
        .components()
        .map(|node| (node.id.id.clone(), (graph.power(&node.id), graph.reserve(&node.id))))
        .filter(|(_, (feeds, _))| !feeds.is_empty())
        .collect();
    Problem {
        gates: walker.gates,
        components,
        reserves,
        standbys: standbys(plan),
        resources: resources.finish(),
        cohorts,
        roster: plan.roster.clone(),
        ways,
        objectives: objectives(plan),
        occupancy: plan.figures.occupancy.value,
        occupancy_stressed: plan.figures.occupancy_stressed.value,
        grade_of_service: plan.figures.grade_of_service.value,
        sessions_survive_login_loss: plan.figures.sessions_survive_login_loss.value,
    }
}

/// `crew` is that of the roster, and how many of its group came before.
fn new_cohort(
    plan: &Plan,
    (id, group): (&Id, &Group),
    crew: Option<(usize, &mut u64)>,
    alike: Alike,
    ways: std::ops::Range<usize>,
) -> Cohort {
    let Alike { heads, kind, part, shares } = alike;
    let mut detail = Vec::new();
    let (crew, part) = match crew {
        None => (None, Part::Share { part, shares }),
        Some((crew, others)) => {
            let part = Part::After { others: *others };
            *others += heads;
            detail.extend(plan.roster.iter().flat_map(|r| &r.crews[crew].detail).cloned());
            (Some(crew), part)
        }
    };
    detail.extend(kind.detail());
    Cohort {
        group: id.clone(),
        crew,
        detail,
        region: phone_region(plan, group),
        heads,
        group_heads: plan.groups[id].agents,
        part,
        on_shift: group.on_shift.clone(),
        home_place: group.work_at[0].id.clone(),
        phone: group.phones.first().filter(|_| group.voice).map(|named| named.id.clone()),
        // Users who are no agents come last.
        priority: if group.voice || group.digital { group.priority.value } else { u32::MAX },
        queues: group.queues.iter().map(|named| named.id.clone()).collect(),
        counted: group.voice || group.digital,
        digital: group.digital,
        occupancy: group.occupancy.value,
        ways,
    }
}

fn way(
    gates: &mut Gates,
    resources: &mut Resources<'_>,
    known: &mut Routes,
    group: &Group,
    cohort: usize,
    rank: usize,
    posture: Posture,
) -> Way {
    let refused = !posture.refusals().is_empty();
    let refused_but_for_voice = posture.is_refused_but_for_voice();
    let gate = with_changes(gates, posture.gate(), &posture.base);
    let legs = posture.legs.iter().map(|leg| Leg {
        name: leg.name.clone(),
        required: leg.required,
        voice: leg.voice,
        role: leg.role.clone(),
        routes: known.of(&leg.paths, |path, n| route(gates, resources, n, path)),
    });
    let legs = legs.collect();
    let moving = &group.moving;
    let times = WayTimes {
        notice: moving.notice.value,
        place: moving.place.value,
        machine: moving.machine.value,
        phone: moving.phone.value,
        ready: posture.ready,
    };
    let held = resources.loads(&posture.base.loads);
    Way {
        cohort,
        rank,
        key: posture.key.clone(),
        refused,
        refused_but_for_voice,
        gate,
        held,
        legs,
        times,
        posture,
    }
}

/// Routes of paths that legs share, by where these are; the ways keep them there.
#[derive(Default)]
struct Routes(HashMap<usize, Arc<Vec<Route>>>);

impl Routes {
    fn of(
        &mut self,
        paths: &Paths,
        mut route: impl FnMut(&Path, usize) -> Route,
    ) -> Arc<Vec<Route>> {
        let routes = self.0.entry(Arc::as_ptr(paths) as usize).or_insert_with(|| {
            let open = paths.iter().enumerate().filter(|(_, path)| path.refusal.is_none());
            Arc::new(open.map(|(n, path)| route(path, n)).collect())
        });
        routes.clone()
    }
}

fn route(gates: &mut Gates, resources: &mut Resources<'_>, n: usize, path: &Path) -> Route {
    Route {
        path: n,
        gate: with_changes(gates, path.gate, path),
        after: path.after.clone(),
        loads: resources.loads(&path.loads),
        blocking: path.blocking.clone(),
    }
}

fn with_changes(gates: &mut Gates, gate: GateId, path: &Path) -> GateId {
    let changes: Vec<Change> = path.changes.iter().map(|(change, _)| change.clone()).collect();
    let mut all = vec![gate];
    for change in changes {
        all.push(gates.input(Input::InForce(change)));
    }
    gates.and(all)
}

fn standbys(plan: &Plan) -> Vec<(Id, Id, Millis)> {
    let regions = plan.cloud.regions.iter();
    regions
        .filter_map(|(id, region)| {
            // One that takes over nobody knows when does not.
            let (standby, after) = region.standby.value.as_ref().zip(region.after.value)?;
            Some((id.clone(), standby.id.clone(), after))
        })
        .collect()
}

fn objectives(plan: &Plan) -> Vec<Objective> {
    let mut all: Vec<Objective> = plan
        .objectives
        .iter()
        .map(|objective| Objective {
            queue: objective.queue.as_ref().map(|named| named.id.clone()),
            priority: objective
                .queue
                .as_ref()
                .map_or(u32::MAX, |named| plan.queues[&named.id].priority.value),
            mbco: objective.mbco.value,
            rto: objective.rto.value,
            mtpd: objective.mtpd.value,
            counts_working: objective.counts_working.value,
            place: objective.place,
        })
        .collect();
    all.sort_by(|a, b| (a.priority, &a.queue).cmp(&(b.priority, &b.queue)));
    all
}
