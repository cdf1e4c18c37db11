//! The plan that is checked, with its normal state.

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::pac::PacAnswers;
use outlast_models::{Id, Place, Plan};

use crate::assess;
use crate::explain::{self, Status, WayReason};
use crate::graph::ServiceGraph;
use crate::outcome::{Disposition, Outcome};
use crate::problem::{Problem, Way};
use crate::routes::path::{Path, Refusal};
use crate::routes::refusal::RuleId;
use crate::run::busiest_hour;
use crate::state::State;

/// A plan, compiled, with nothing failed at its busiest hour.
pub(super) struct Subject<'a> {
    pub(super) plan: &'a Plan,
    pub(super) answers: &'a PacAnswers,
    pub(super) problem: &'a Problem,
    pub(super) state: State,
    /// Everybody left alone.
    pub(super) outcome: Outcome,
    /// Those of each cohort who are on shift.
    pub(super) people: Vec<u64>,
    /// What decides about each way, in the problem's order.
    pub(super) reasons: Vec<WayReason>,
    /// Whether each is a way at all, its tunnel being split or full as it is now.
    in_place: Vec<bool>,
    paths: BTreeMap<Place, String>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(plan: &'a Plan, answers: &'a PacAnswers, problem: &'a Problem) -> Self {
        let state = State::normal(busiest_hour(problem));
        let live = state.liveness(problem);
        let (_, outcome) = assess::normal(problem, &state);
        let people = state.people(problem);
        let reason = |way| explain::way_reason(problem, &state, &live, way);
        let reasons = (0..problem.ways.len()).map(reason).collect();
        let in_place = |way| explain::is_in_place(problem, &live, way);
        let in_place = (0..problem.ways.len()).map(in_place).collect();
        let paths = entries(plan);
        Self { plan, answers, problem, state, outcome, people, reasons, in_place, paths }
    }

    /// Agents on shift; users who are no agents are not counted.
    pub(super) fn on_shift(&self) -> u64 {
        self.outcome.sum(|_| true)
    }

    /// Agents who work.
    pub(super) fn working(&self) -> u64 {
        self.outcome.working()
    }

    /// The path of the plan's entry in which a place lies.
    pub(super) fn entry_of(&self, place: Option<Place>) -> String {
        let Some(place) = place else { return String::new() };
        let before = self.paths.range(..=end_of_line(place)).rev();
        let mut before = before.filter(|(start, _)| start.file == place.file);
        before.next().map_or_else(String::new, |(_, path)| path.clone())
    }

    /// The entry of which a refusal speaks: of a policy its own.
    pub(super) fn entry_of_refusal(&self, refusal: &Refusal, place: Option<Place>) -> String {
        match &refusal.rule {
            RuleId::Policy(id) => format!("policies.{id}"),
            RuleId::Guide(_) => self.entry_of(place),
        }
    }

    /// Those on shift of the cohorts for which something holds, by group.
    pub(super) fn groups_of(&self, holds: impl Fn(usize) -> bool) -> BTreeMap<Id, u64> {
        let mut groups = BTreeMap::new();
        for (n, cohort) in self.problem.cohorts.iter().enumerate() {
            if self.people[n] > 0 && holds(n) {
                *groups.entry(cohort.group.clone()).or_default() += self.people[n];
            }
        }
        groups
    }

    /// Those with a way that goes by a component, open or not.
    pub(super) fn over(&self, component: &Id) -> BTreeMap<Id, u64> {
        self.with_path(|path| path.hops.iter().any(|hop| hop.id == *component))
    }

    /// Those with a path of some way for which something holds.
    pub(super) fn with_path(&self, holds: impl Fn(&Path) -> bool) -> BTreeMap<Id, u64> {
        self.groups_of(|n| {
            self.ways_of(n).any(|(_, way)| {
                let legs = way.posture.legs.iter().flat_map(|leg| leg.paths.iter());
                legs.chain([&way.posture.base]).any(&holds)
            })
        })
    }

    /// The ways of a cohort, each with its number.
    pub(super) fn ways_of(&self, cohort: usize) -> impl Iterator<Item = (usize, &'a Way)> {
        let range = self.problem.cohorts[cohort].ways.clone();
        let all = range.clone().zip(&self.problem.ways[range]);
        all.filter(|(way, _)| self.in_place[*way])
    }

    /// Whether somebody of a cohort works by a way.
    pub(super) fn is_taken(&self, way: usize) -> bool {
        self.outcome.everybody().any(|entry| {
            entry.agents > 0
                && matches!(entry.disposition, Disposition::Working { way: w } if w == way)
        })
    }

    /// Whether a way is open with nothing failed.
    pub(super) fn is_open(&self, way: usize) -> bool {
        matches!(self.reasons[way].status, Status::Live | Status::Full(_))
    }

    /// Every component of the plan.
    pub(super) fn graph(&self) -> ServiceGraph<'a> {
        ServiceGraph::new(self.plan)
    }

    /// Cohorts of each group, in the plan's order.
    pub(super) fn groups(&self) -> Vec<(Id, Vec<usize>)> {
        let mut all: Vec<(Id, Vec<usize>)> = Vec::new();
        let mut seen = BTreeSet::new();
        for (n, cohort) in self.problem.cohorts.iter().enumerate() {
            if seen.insert(cohort.group.clone()) {
                all.push((cohort.group.clone(), Vec::new()));
            }
            let of = all.iter_mut().find(|(group, _)| *group == cohort.group);
            of.expect("it was put there").1.push(n);
        }
        all
    }
}

fn end_of_line(place: Place) -> Place {
    Place { line: place.line, column: u32::MAX, start: u32::MAX, end: u32::MAX, ..place }
}

/// Every entry of a section by where it begins, with its path.
fn entries(plan: &Plan) -> BTreeMap<Place, String> {
    let mut all = BTreeMap::new();
    macro_rules! sections {
        ($($section:ident => $path:literal),* $(,)?) => {
            $( for (id, entry) in &plan.$section {
                all.insert(entry.place, format!("{}.{id}", $path));
            } )*
        };
    }
    sections!(
        sites => "sites", networks => "networks", circuits => "circuits", bundles => "bundles",
        exits => "exits", firewalls => "firewalls", workstations => "workstations",
        proxies => "proxies", pac => "pac", vpn => "vpn", vdi => "vdi",
        pbxs => "telephony.pbxs", sbcs => "telephony.sbcs", trunks => "telephony.trunks",
        carriers => "carriers", phones => "phones", pools => "pools", resources => "resources",
        components => "components", queues => "queues", groups => "groups",
    );
    for (n, objective) in plan.objectives.iter().enumerate() {
        all.insert(objective.place, format!("objectives.{n}"));
    }
    for (id, region) in &plan.cloud.regions {
        all.insert(region.place, format!("cloud.regions.{id}"));
    }
    for (id, service) in &plan.cloud.services {
        all.insert(service.place, format!("cloud.services.{id}"));
    }
    all.insert(plan.cloud.access.place, "cloud.access".to_owned());
    all.retain(|place, _| place.is_written());
    all
}
