//! The plan that is checked, with its normal state.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use outlast_models::pac::PacAnswers;
use outlast_models::{Id, Place, Plan};

use super::Whom;
use crate::assess;
use crate::explain::{self, WayReason};
use crate::gates::Liveness;
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
    live: Liveness,
    /// Whether each is a way at all, its tunnel being split or full as it is now.
    in_place: Vec<bool>,
    /// Whether somebody works by each way.
    taken: Vec<bool>,
    /// Every component of the plan.
    pub(super) graph: ServiceGraph<'a>,
    paths: BTreeMap<Place, String>,
    /// Made when first asked for: most plans give no cause to.
    crossings: OnceCell<Crossings>,
}

/// Who goes by what.
#[derive(Default)]
struct Crossings {
    /// The cohorts with a path over each hop, in order.
    cohorts: HashMap<Id, Vec<usize>>,
    /// The hops that a circuit is, alone or in a bundle that none has written.
    hops: HashMap<String, Vec<Id>>,
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
        Self {
            plan,
            answers,
            problem,
            people,
            reasons,
            in_place,
            taken: taken(problem, &outcome),
            graph: ServiceGraph::new(plan),
            paths: entries(plan),
            crossings: OnceCell::new(),
            state,
            outcome,
            live,
        }
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
        let behind = Place { start: u32::MAX, end: u32::MAX, ..place };
        let before = self.paths.range(..=behind).next_back();
        let before = before.filter(|(start, _)| start.file == place.file);
        // Before the first entry of a line stands the section that this one opens.
        let is_on_line = |start: &Place| (start.file, start.line) == (place.file, place.line);
        let opened = || self.paths.range(behind..).next().filter(|(start, _)| is_on_line(start));
        let entry = before.filter(|(start, _)| is_on_line(start)).or_else(opened).or(before);
        entry.map_or_else(String::new, |(_, path)| path.clone())
    }

    /// Where the plan has something that can fail or has a capacity: of circuits that
    /// are a bundle though none is written, the first.
    pub(super) fn place_of(&self, id: &Id) -> Option<Place> {
        let graph = &self.graph;
        let first = id.as_str().split('+').next().unwrap_or_default();
        let node = graph.find(id.as_str()).or_else(|| graph.find(first));
        node.map(|node| node.place).filter(Place::is_written)
    }

    /// The entry of which a refusal speaks: of a policy its own.
    pub(super) fn entry_of_refusal(&self, refusal: &Refusal, place: Option<Place>) -> String {
        match &refusal.rule {
            RuleId::Policy(id) => format!("policies.{id}"),
            RuleId::Guide(_) => self.entry_of(place),
        }
    }

    /// Those on shift of the cohorts for which something holds.
    pub(super) fn those(&self, holds: impl Fn(usize) -> bool) -> Whom {
        self.of_cohorts((0..self.people.len()).filter(|&n| holds(n)))
    }

    /// Those on shift of some cohorts.
    pub(super) fn of_cohorts(&self, cohorts: impl IntoIterator<Item = usize>) -> Whom {
        let concerned = cohorts.into_iter().filter(|&n| self.people[n] > 0);
        concerned.map(|n| (self.key(n), self.people[n])).collect()
    }

    /// A cohort under its group.
    pub(super) fn key(&self, cohort: usize) -> (Id, usize) {
        (self.problem.cohorts[cohort].group.clone(), cohort)
    }

    /// Those with a way that goes by a component, open or not.
    pub(super) fn over(&self, component: &Id) -> Whom {
        self.of_cohorts(self.crossings().cohorts.get(component).into_iter().flatten().copied())
    }

    /// The same of a circuit, which may be one of a bundle.
    pub(super) fn over_line(&self, circuit: &Id) -> Whom {
        let bundles = self.plan.bundles.iter();
        let written = bundles.filter(|(_, bundle)| bundle.of.iter().any(|of| of.id == *circuit));
        let hops = self.crossings().hops.get(circuit.as_str()).into_iter().flatten();
        let lines = hops.chain(written.map(|(id, _)| id));
        lines.flat_map(|line| self.over(line)).collect()
    }

    fn crossings(&self) -> &Crossings {
        self.crossings.get_or_init(|| {
            let mut all = Crossings::default();
            for n in (0..self.people.len()).filter(|&n| self.people[n] > 0) {
                let paths = self.ways_of(n).flat_map(|(_, way)| paths(way));
                for id in paths.flat_map(|path| &path.hops).map(|hop| &hop.id) {
                    all.add(id, n);
                }
            }
            all
        })
    }

    /// Those with a path of some way for which something holds.
    pub(super) fn with_path(&self, holds: impl Fn(&Path) -> bool) -> Whom {
        self.those(|n| self.ways_of(n).any(|(_, way)| paths(way).any(&holds)))
    }

    /// The ways of a cohort, each with its number.
    pub(super) fn ways_of(&self, cohort: usize) -> impl Iterator<Item = (usize, &'a Way)> {
        let range = self.problem.cohorts[cohort].ways.clone();
        let all = range.clone().zip(&self.problem.ways[range]);
        all.filter(|(way, _)| self.in_place[*way])
    }

    /// Whether somebody of a cohort works by a way.
    pub(super) fn is_taken(&self, way: usize) -> bool {
        self.taken[way]
    }

    /// Whether a way is open with nothing failed.
    pub(super) fn is_open(&self, way: usize) -> bool {
        self.reasons[way].status.is_open()
    }

    /// Whether a path is the one to go by now, be it refused or not: nothing that
    /// comes before it is up.
    pub(super) fn is_in_use(&self, path: &Path) -> bool {
        self.live.is_on(path.gate) && !explain::is_passed_over(&self.live, &path.after)
    }
}

impl Crossings {
    /// Cohorts come in order.
    fn add(&mut self, id: &Id, cohort: usize) {
        let cohorts = self.cohorts.entry(id.clone()).or_default();
        if cohorts.is_empty() {
            for part in id.as_str().split('+') {
                self.hops.entry(part.to_owned()).or_default().push(id.clone());
            }
        }
        if cohorts.last() != Some(&cohort) {
            cohorts.push(cohort);
        }
    }
}

/// Every path of a way.
fn paths(way: &Way) -> impl Iterator<Item = &Path> {
    let legs = way.posture.legs.iter().flat_map(|leg| leg.paths.iter());
    legs.chain([&way.posture.base])
}

fn taken(problem: &Problem, outcome: &Outcome) -> Vec<bool> {
    let mut taken = vec![false; problem.ways.len()];
    for entry in outcome.everybody().filter(|entry| entry.agents > 0) {
        if let Disposition::Working { way } = entry.disposition {
            taken[way] = true;
        }
    }
    taken
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
        policies => "policies", waivers => "waivers",
    );
    if let Some(shared) = &plan.shared {
        let lists = [
            ("conduits", &shared.conduits),
            ("feeds", &shared.feeds),
            ("providers", &shared.providers),
        ];
        for (list, names) in lists {
            all.extend(names.iter().map(|named| (named.place, format!("shared.{list}"))));
        }
    }
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
