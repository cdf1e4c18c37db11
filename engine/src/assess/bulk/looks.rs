//! What each cohort and each capacity looks at: the gates that decide for it.
//!
//! Two states in which all of these are as they were differ in nothing for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::network::{Network, Signal};
use crate::gates::GateId;
use crate::input::Input;
use crate::problem::{Capacity, LineMember, Problem, ResourceLoad, Way};
use crate::routes::path::Earlier;

/// Gates that are looked at, and who looks.
pub(super) struct Looks {
    pub(super) network: Network,
    /// The gates, in an order of their own.
    pub(super) roots: Vec<Signal>,
    /// By root, the cohorts that look at it.
    pub(super) cohorts: Vec<Vec<u32>>,
    /// By root, the resources whose capacity looks at it.
    pub(super) resources: Vec<Vec<u32>>,
    /// By cohort, on while some way is live with every route steered.
    pub(super) steered: Vec<Signal>,
    /// Inputs that decide something, as in [`Network::uses`].
    pub(super) uses: BTreeMap<usize, Option<Vec<u32>>>,
    /// Where the word of each gate of the problem is.
    pub(super) places: Arc<[u32]>,
}

impl Looks {
    pub(super) fn of(problem: &Problem) -> Self {
        let mut roots = Roots::new(problem);
        for (n, cohort) in problem.cohorts.iter().enumerate() {
            for way in problem.ways[cohort.ways.clone()].iter().filter(|way| !way.refused) {
                roots.way(n, way);
            }
            if problem.sessions_survive_login_loss {
                roots.everything(n);
            }
        }
        for (n, resource) in problem.resources.iter().enumerate() {
            for gate in capacity_gates(problem, &resource.capacity) {
                roots.add(gate, Looker::Resource(n));
            }
        }
        roots.finish()
    }
}

#[derive(Clone, Copy)]
enum Looker {
    Cohort(usize),
    Resource(usize),
}

struct Roots<'a> {
    problem: &'a Problem,
    looks: Looks,
    index: BTreeMap<Signal, usize>,
}

impl<'a> Roots<'a> {
    fn new(problem: &'a Problem) -> Self {
        let looks = Looks {
            network: Network::default(),
            roots: Vec::new(),
            cohorts: Vec::new(),
            resources: Vec::new(),
            steered: Vec::new(),
            uses: BTreeMap::new(),
            places: Arc::default(),
        };
        Self { problem, looks, index: BTreeMap::new() }
    }

    fn add(&mut self, gate: GateId, looker: Looker) {
        let signal = self.looks.network.signal(&self.problem.gates, gate);
        let next = self.looks.roots.len();
        let root = *self.index.entry(signal).or_insert(next);
        if root == next {
            self.looks.roots.push(signal);
            self.looks.cohorts.push(Vec::new());
            self.looks.resources.push(Vec::new());
        }
        let (list, n) = match looker {
            Looker::Cohort(n) => (&mut self.looks.cohorts[root], n),
            Looker::Resource(n) => (&mut self.looks.resources[root], n),
        };
        let n = u32::try_from(n).expect("dense");
        if list.last() != Some(&n) {
            list.push(n);
        }
    }

    fn way(&mut self, cohort: usize, way: &Way) {
        self.add(way.gate, Looker::Cohort(cohort));
        self.loads(cohort, &way.held);
        for route in way.legs.iter().flat_map(|leg| leg.routes.iter()) {
            self.add(route.gate, Looker::Cohort(cohort));
            self.earlier(cohort, &route.after);
            self.loads(cohort, &route.loads);
        }
    }

    fn earlier(&mut self, cohort: usize, list: &[Earlier]) {
        for one in list {
            self.add(one.gate, Looker::Cohort(cohort));
            self.earlier(cohort, &one.after);
        }
    }

    /// What a bundle puts on its members hangs on which of them are up, and so may
    /// whether it has a limit.
    fn loads(&mut self, cohort: usize, loads: &[ResourceLoad]) {
        for load in loads {
            let resource = &self.problem.resources[load.resource.index()];
            if resource.refuses || !resource.shared_by.is_empty() {
                for gate in capacity_gates(self.problem, &resource.capacity) {
                    self.add(gate, Looker::Cohort(cohort));
                }
            }
        }
    }

    /// Who works on with the login lost looks at more than one state of the gates.
    fn everything(&mut self, cohort: usize) {
        let problem = self.problem;
        for (component, _) in problem.components.values() {
            let input = problem.gates.find_input(&Input::Up(component.clone()));
            if let Some(gate) = input.and_then(|input| problem.gates.find_gate(input)) {
                self.add(gate, Looker::Cohort(cohort));
            }
        }
    }

    fn finish(mut self) -> Looks {
        for cohort in &self.problem.cohorts {
            let mut live = Vec::new();
            for way in self.problem.ways[cohort.ways.clone()].iter().filter(|way| !way.refused) {
                live.push(self.live(way));
            }
            let steered = self.looks.network.or(&live);
            self.looks.steered.push(steered);
        }
        // What is asked and decides nothing comes after what decides.
        self.looks.uses = self.looks.network.uses(&self.looks.roots);
        for cohort in self.problem.cohorts.iter().filter(|cohort| cohort.digital) {
            self.problem.ways[cohort.ways.clone()].iter().for_each(|way| self.but_for_voice(way));
        }
        self.looks.places = self.looks.network.places(&self.problem.gates);
        self.looks
    }

    /// Those with digital media may work without voice, by ways that are refused for it: no
    /// figure here hangs on that, and yet it is asked.
    fn but_for_voice(&mut self, way: &Way) {
        let routes = way.legs.iter().flat_map(|leg| leg.routes.iter().map(|route| route.gate));
        for gate in [way.gate].into_iter().chain(routes) {
            self.looks.network.signal(&self.problem.gates, gate);
        }
    }

    fn live(&mut self, way: &Way) -> Signal {
        let gates = &self.problem.gates;
        let network = &mut self.looks.network;
        let mut all = vec![network.signal(gates, way.gate)];
        for leg in way.legs.iter().filter(|leg| leg.required) {
            let routes = leg.routes.iter();
            let routes: Vec<Signal> =
                routes.map(|route| network.signal(gates, route.gate)).collect();
            all.push(network.or(&routes));
        }
        network.and(&all)
    }
}

/// The gates of what a capacity is made of.
pub(super) fn capacity_gates(problem: &Problem, capacity: &Capacity) -> Vec<GateId> {
    let of = |member: &LineMember| {
        let walls = member.walls.iter();
        [&member.circuit].into_iter().chain(walls).cloned().collect::<Vec<_>>()
    };
    let ids = match capacity {
        Capacity::Unlimited | Capacity::Units(_) | Capacity::Bits(_) => Vec::new(),
        Capacity::Channels(members) => members.iter().map(|(id, _)| id.clone()).collect(),
        Capacity::Line { members, .. } => members.iter().flat_map(of).collect(),
    };
    ids.iter().filter_map(|id| Some(problem.components.get(id)?.1)).collect()
}
