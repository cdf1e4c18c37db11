//! Faults planted in what the engine is given, one at a time: does the comparison with
//! the reference notice?

use outlast_engine::gates::GateId;
use outlast_engine::problem::{Capacity, Problem};
use outlast_engine::{State, assess, compile};
use outlast_models::Plan;
use outlast_models::plan::OnShift;
use outlast_models::units::{Millionths, WeekHour};

use crate::compare::Comparison;
use crate::many::Subject;

/// States in which a plan with a fault is compared.
const STATES: usize = 60;

/// A fault: what it is, and what plants it where there is a place for it.
pub struct Fault {
    /// What is wrong.
    pub name: &'static str,
    plant: Plant,
}

enum Plant {
    /// The engine reads another plan.
    Plan(fn(&mut Plan) -> bool),
    /// It has compiled the plan wrongly.
    Problem(fn(&mut Problem) -> bool),
}

/// Every fault: guards inverted or forgotten, then figures off by one.
pub const FAULTS: &[Fault] = &[
    plan("a split tunnel is taken for a full one, or the other way round", |plan| {
        plan.vpn.values_mut().next().is_some_and(|vpn| inverted(&mut vpn.split.value))
    }),
    plan("VPN-02: a tunnel's list is not read", |plan| {
        let lists = plan.vpn.values_mut().filter(|vpn| vpn.split.value);
        first(lists, |vpn| cleared(&mut vpn.include.value))
    }),
    plan("INT-02, PRV-05, PRV-07: a firewall's list is not read", |plan| {
        first(plan.firewalls.values_mut(), |firewall| firewall.allow.value.take().is_some())
    }),
    plan("INT-03: inspection of TURN is inverted", |plan| {
        first(plan.firewalls.values_mut(), |firewall| inverted(&mut firewall.inspects_turn.value))
    }),
    plan("INT-08: control of the login's addresses is inverted", |plan| {
        inverted(&mut plan.cloud.access.ip_control.value)
    }),
    plan("PRV-03: a timeout is short by a second", |plan| {
        first(plan.firewalls.values_mut(), |firewall| {
            let is_long = firewall.udp_idle.value.0 >= 140_000;
            firewall.udp_idle.value.0 = 139_000;
            is_long
        })
    }),
    plan("PRV-08: every site counts as routed", |plan| {
        first(plan.networks.values_mut(), |network| network.routed.value.take().is_some())
    }),
    plan("PRX-05: a proxy's list is not read", |plan| {
        first(plan.proxies.values_mut(), |proxy| proxy.allow.value.take().is_some())
    }),
    plan("PRX-06: a proxy's login is not asked for", |plan| {
        first(plan.proxies.values_mut(), |proxy| proxy.authentication.value.take().is_some())
    }),
    plan("PHN-06: every phone counts as provisioned", |plan| {
        first(plan.groups.values_mut(), |group| {
            let known = group.provisioned.value.len();
            group.provisioned.value.clone_from(&group.phones);
            group.provisioned.value.len() > known
        })
    }),
    plan("VDI-02: an endpoint's system is inverted", |plan| {
        first(plan.workstations.values_mut(), |profile| inverted(&mut profile.elux.value))
    }),
    plan("APP-07: lists are fetched by nobody", |plan| {
        let strict = |profile: &mut outlast_models::plan::Workstation| {
            std::mem::take(&mut profile.hard_fail.value)
        };
        first(plan.workstations.values_mut(), strict)
    }),
    problem("a way that is open is refused", |problem| {
        let live = assess::live_ways(problem, &State::normal(WeekHour(0)));
        let open = problem.ways.iter_mut().zip(live).find(|(_, live)| *live);
        open.is_some_and(|(way, _)| inverted(&mut way.refused))
    }),
    problem("a way's place and machines matter nothing", |problem| {
        problem.ways.iter_mut().any(|way| !way.refused && forgotten(&mut way.gate))
    }),
    problem("a route stands on nothing", |problem| {
        let legs = problem.ways.iter_mut().filter(|way| !way.refused).flat_map(|way| &mut way.legs);
        first(legs, |leg| {
            let routes = std::sync::Arc::make_mut(&mut leg.routes);
            leg.required && routes.first_mut().is_some_and(|route| forgotten(&mut route.gate))
        })
    }),
    problem("sessions, seats, pools: one more than there is", |problem| {
        first(problem.resources.iter_mut(), |one| match &mut one.capacity {
            Capacity::Units(units) if *units < 20_000 => more(units, 1000),
            _ => false,
        })
    }),
    problem("sessions, seats, pools: one less than there is", |problem| {
        first(problem.resources.iter_mut(), |one| match &mut one.capacity {
            Capacity::Units(units) if (1000..20_000).contains(units) => less(units, 1000),
            _ => false,
        })
    }),
    problem("a trunk, carrier or circuit has one channel more", |problem| {
        first(problem.resources.iter_mut(), |one| match &mut one.capacity {
            Capacity::Channels(members) => members.first_mut().is_some_and(|of| more(&mut of.1, 1)),
            _ => false,
        })
    }),
    problem("an agent holds a session twice", |problem| {
        let held = problem.ways.iter_mut().flat_map(|way| &mut way.held);
        first(held, |load| load.held > 0 && more(&mut load.held, 1000))
    }),
    problem("what refuses impairs instead", |problem| {
        first(problem.resources.iter_mut(), |one| std::mem::take(&mut one.refuses))
    }),
    problem("an objective counts working for effective agents", |problem| {
        first(problem.objectives.iter_mut(), |one| inverted(&mut one.counts_working))
    }),
    problem("a class is one too low", |problem| {
        problem.cohorts.first_mut().is_some_and(|cohort| {
            cohort.priority += 1;
            true
        })
    }),
    problem("nobody of a cohort is on shift", |problem| {
        problem.cohorts.first_mut().is_some_and(|cohort| {
            let OnShift::Always(share) = &mut cohort.on_shift else { return false };
            share.value = Millionths(0);
            true
        })
    }),
    problem("the grade of service is nought", |problem| {
        problem.grade_of_service = Millionths(0);
        let channels = |capacity: &Capacity| matches!(capacity, Capacity::Channels(_));
        problem.resources.iter().any(|one| channels(&one.capacity))
    }),
    problem("occupancy does not rise in an emergency", |problem| {
        problem.occupancy_stressed = problem.occupancy;
        true
    }),
];

const fn plan(name: &'static str, plant: fn(&mut Plan) -> bool) -> Fault {
    Fault { name, plant: Plant::Plan(plant) }
}

const fn problem(name: &'static str, plant: fn(&mut Problem) -> bool) -> Fault {
    Fault { name, plant: Plant::Problem(plant) }
}

/// Plants a fault in the first place that has room for it.
fn first<T>(places: impl IntoIterator<Item = T>, plant: impl FnMut(T) -> bool) -> bool {
    places.into_iter().any(plant)
}

fn inverted(value: &mut bool) -> bool {
    *value = !*value;
    true
}

fn cleared<T>(list: &mut Vec<T>) -> bool {
    let had = !list.is_empty();
    list.clear();
    had
}

fn forgotten(gate: &mut GateId) -> bool {
    std::mem::replace(gate, GateId::ON) != GateId::ON
}

fn more(amount: &mut u64, by: u64) -> bool {
    *amount += by;
    true
}

fn less(amount: &mut u64, by: u64) -> bool {
    *amount -= by;
    true
}

impl Fault {
    /// In how many plans, from a seed on, it was planted until the comparison noticed;
    /// `None` if it did not in so many.
    pub fn noticed_after(&self, first: u64, most: usize) -> Option<usize> {
        let mut planted = 0;
        for seed in first..first + 40 * most as u64 {
            let subject = Subject::of(seed);
            let Some(wrong) = self.planted(&subject) else { continue };
            planted += 1;
            let comparison = Comparison::new(&subject.plan, &wrong, &subject.answers);
            let differs = |failure: &_| !comparison.differences(failure).is_empty();
            if subject.states(STATES).iter().any(differs) {
                return Some(planted);
            }
            if planted == most {
                return None;
            }
        }
        None
    }

    fn planted(&self, subject: &Subject) -> Option<Problem> {
        match self.plant {
            Plant::Plan(plant) => {
                let mut plan = subject.plan.clone();
                plant(&mut plan).then(|| compile(&plan, &subject.answers))
            }
            Plant::Problem(plant) => {
                let mut problem = subject.problem.clone();
                plant(&mut problem).then_some(problem)
            }
        }
    }
}
