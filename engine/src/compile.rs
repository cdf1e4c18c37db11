//! From walked postures to the [`Problem`]: cohorts × ways, one gate network,
//! dense resources.
//!
//! Errors of the plan end before this: a problem is always complete, and
//! assessing it cannot fail.

mod resources;

use std::collections::BTreeMap;

use outlast_models::catalogue::PhoneKind;
use outlast_models::pac::PacAnswers;
use outlast_models::plan::{Group, OffSite, OnShift, Rings, SiteKind};
use outlast_models::units::{Millionths, Millis, WeekHour};
use outlast_models::{Id, Plan};

use crate::gates::{GateId, Gates};
use crate::graph::{ServiceGraph, home_isp, mobile_operator};
use crate::input::{Change, Input};
use crate::problem::{Cohort, Leg, Objective, Problem, Route, Way, WayTimes};
use crate::routes::Walker;
use crate::routes::path::Path;
use crate::routes::posture::{Agent, Posture, split};
use resources::Resources;

/// Compiles a plan; `answers` are what its PAC files said.
pub fn compile(plan: &Plan, answers: &PacAnswers) -> Problem {
    let graph = ServiceGraph::new(plan);
    let mut walker = Walker::new(&graph, answers);
    let mut resources = Resources::new(plan);
    let mut cohorts = Vec::new();
    let mut ways = Vec::new();
    for (id, group) in &plan.groups {
        for alike in alike(plan, id, group) {
            let agent =
                Agent { group_id: id, group, isps: &alike.isps, operators: &alike.operators };
            let postures = walker.postures(&agent);
            let first = ways.len();
            let cohort = cohorts.len();
            for (rank, posture) in postures.into_iter().enumerate() {
                ways.push(way(&mut walker.gates, &mut resources, group, cohort, rank, posture));
            }
            cohorts.push(new_cohort(plan, id, group, alike, first..ways.len()));
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
        ways,
        objectives: objectives(plan),
        occupancy: plan.figures.occupancy.value,
        occupancy_stressed: plan.figures.occupancy_stressed.value,
        grade_of_service: plan.figures.grade_of_service.value,
        sessions_survive_login_loss: plan.figures.sessions_survive_login_loss.value,
    }
}

/// Agents of a group who are alike.
struct Alike {
    heads: u64,
    isps: BTreeMap<Id, Id>,
    operators: BTreeMap<Id, Id>,
    /// Share of the group, for splitting those on shift.
    part: usize,
    shares: Vec<Millionths>,
}

/// Splits a group by the providers of its homes and the operators of its
/// mobiles; shares of several are independent of one another.
fn alike(plan: &Plan, id: &Id, group: &Group) -> Vec<Alike> {
    let mut kinds: Vec<Alikes> = vec![(1_000_000, BTreeMap::new(), BTreeMap::new())];
    for place in &group.work_at {
        let site = &plan.sites[&place.id];
        if site.kind == SiteKind::Homes {
            let shares = &site.internet.isps.value;
            kinds = multiply(&kinds, shares, |kind, isp| {
                kind.1.insert(place.id.clone(), home_isp(&place.id, isp));
            });
        }
    }
    let region = phone_region(plan, group);
    for phone in group.phones.iter().filter(|_| group.voice) {
        let entry = &plan.phones[&phone.id];
        if rings_in_pocket(entry.kind, entry.rings.value, entry.off_site) {
            let shares = &entry.operators.value;
            kinds = multiply(&kinds, shares, |kind, operator| {
                kind.2.insert(phone.id.clone(), mobile_operator(&region, operator));
            });
        }
    }
    let shares: Vec<Millionths> =
        kinds.iter().map(|kind| Millionths(u32::try_from(kind.0).expect("a share"))).collect();
    let heads = split(group.agents, &shares);
    let _ = id;
    kinds
        .into_iter()
        .enumerate()
        .map(|(part, (_, isps, operators))| Alike {
            heads: heads[part],
            isps,
            operators,
            part,
            shares: shares.clone(),
        })
        .collect()
}

/// Millionths of the group, providers by homes, operators by phone.
type Alikes = (u64, BTreeMap<Id, Id>, BTreeMap<Id, Id>);

fn multiply(
    kinds: &[Alikes],
    shares: &[(outlast_models::plan::Named, Millionths)],
    mut set: impl FnMut(&mut Alikes, &Id),
) -> Vec<Alikes> {
    let mut all = Vec::new();
    for kind in kinds {
        for (named, share) in shares {
            let mut one = kind.clone();
            one.0 = kind.0 * u64::from(share.0) / 1_000_000;
            set(&mut one, &named.id);
            all.push(one);
        }
    }
    all
}

fn rings_in_pocket(kind: PhoneKind, rings: Rings, off_site: OffSite) -> bool {
    match kind {
        PhoneKind::Pstn => rings == Rings::Mobile,
        PhoneKind::Pbx => off_site == OffSite::ForwardToMobile,
        PhoneKind::SipPhone
        | PhoneKind::SipSoftphone
        | PhoneKind::WebrtcEmbedded
        | PhoneKind::WebrtcSoftphone => false,
    }
}

/// The region of an agent's mobile: that of his homes, else of his first place.
fn phone_region(plan: &Plan, group: &Group) -> Id {
    let homes = group.work_at.iter().find(|p| plan.sites[&p.id].kind == SiteKind::Homes);
    let place = homes.unwrap_or(&group.work_at[0]);
    plan.sites[&place.id].region.value.clone()
}

fn new_cohort(
    plan: &Plan,
    id: &Id,
    group: &Group,
    alike: Alike,
    ways: std::ops::Range<usize>,
) -> Cohort {
    let detail: Vec<Id> = alike.isps.values().chain(alike.operators.values()).cloned().collect();
    Cohort {
        group: id.clone(),
        detail,
        region: phone_region(plan, group),
        heads: alike.heads,
        group_heads: group.agents,
        part: alike.part,
        shares: alike.shares,
        on_shift: group.on_shift.clone(),
        home_place: group.work_at[0].id.clone(),
        priority: group.priority.value,
        queues: group.queues.iter().map(|named| named.id.clone()).collect(),
        counted: group.voice || group.digital,
        digital: group.digital,
        occupancy: group.occupancy.map(|fact| fact.value),
        ways,
    }
}

/// Those of a group on shift at an hour of the week, before splitting.
pub(crate) fn on_shift(group_heads: u64, on_shift: &OnShift, hour: WeekHour) -> u64 {
    match on_shift {
        OnShift::Always(share) => share.value.of_down(group_heads),
        OnShift::ByHour(table, _) => table[usize::from(hour.0) % 168].of_down(group_heads),
    }
}

fn way(
    gates: &mut Gates,
    resources: &mut Resources<'_>,
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
        routes: leg
            .paths
            .iter()
            .enumerate()
            .filter(|(_, path)| path.refusal.is_none())
            .map(|(n, path)| route(gates, resources, n, path))
            .collect(),
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
        .filter_map(|(id, r)| r.standby.as_ref().map(|s| (id.clone(), s.id.clone(), r.after)))
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
            mbco: objective.mbco,
            rto: objective.rto,
            mtpd: objective.mtpd,
            counts_working: objective.counts_working,
            place: objective.place,
        })
        .collect();
    all.sort_by(|a, b| (a.priority, &a.queue).cmp(&(b.priority, &b.queue)));
    all
}
