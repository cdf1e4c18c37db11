//! The compiled plan: immutable, shared by every state and thread.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use outlast_models::plan::{Mbco, OnShift, Roster};
use outlast_models::units::{Millionths, Millis, WeekHour};
use outlast_models::{ComponentId, Id, Place};

use crate::gates::{GateId, Gates};
use crate::input::{Change, Input};
pub use crate::routes::leg::Role;
pub use crate::routes::path::Earlier;
use crate::routes::path::ResourceKey;
use crate::routes::posture::{Posture, PostureKey, split};

/// Index of a resource in one problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId(pub u32);

impl ResourceId {
    /// Its index in dense columns.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A compiled plan.
#[derive(Debug, Clone)]
pub struct Problem {
    /// What is live.
    pub gates: Gates,
    /// Every component and its gate, by id.
    pub components: BTreeMap<Id, (ComponentId, GateId)>,
    /// Components with power feeds: the feeds, and how long UPS, fuel or
    /// battery outlast the last of them.
    pub reserves: BTreeMap<Id, (Vec<Id>, Millis)>,
    /// Regions of the cloud, the ones that stand in for them, and after how long.
    pub standbys: Vec<(Id, Id, Millis)>,
    /// Everything that some way loads.
    pub resources: Vec<Resource>,
    /// Agents who are alike.
    pub cohorts: Vec<Cohort>,
    /// Who they are, where the plan says.
    pub roster: Option<Arc<Roster>>,
    /// Ways of working, those of one cohort together, most preferred first.
    pub ways: Vec<Way>,
    /// Objectives, highest priority first, `overall` last.
    pub objectives: Vec<Objective>,
    /// Occupancy in normal operation.
    pub occupancy: Millionths,
    /// Occupancy in a state with a failure or surge.
    pub occupancy_stressed: Millionths,
    /// Blocking at which channels are full.
    pub grade_of_service: Millionths,
    /// Whether who is logged in works on without the login service.
    pub sessions_survive_login_loss: bool,
}

/// Something with a capacity.
#[derive(Debug, Clone)]
pub struct Resource {
    /// What it is.
    pub key: ResourceKey,
    /// How much there is.
    pub capacity: Capacity,
    /// Whether it refuses what does not fit; else it impairs all who share it.
    pub refuses: bool,
    /// Members of an active-active bundle by which something else leaves alone: each
    /// carries its share of what the bundle carries.
    pub shared_by: Vec<(Id, ResourceId)>,
}

/// A capacity before a state degrades it. Counted things are in thousandths.
#[derive(Debug, Clone)]
pub enum Capacity {
    /// Not given.
    Unlimited,
    /// Thousandths of a session, seat, pair, unit.
    Units(u64),
    /// Bit/s of a VPN or proxy, each direction.
    Bits(u64),
    /// Channels of each member, admitted by Erlang B together.
    Channels(Vec<(Id, u64)>),
    /// Circuits as one hop.
    Line {
        /// The circuits in order.
        members: Vec<LineMember>,
        /// Active-active; else the first that is up.
        active: bool,
        /// Active-active by what is left.
        adaptive: bool,
    },
}

/// A circuit in a line.
#[derive(Debug, Clone)]
pub struct LineMember {
    /// The circuit.
    pub circuit: Id,
    /// Firewalls of its own: it carries nothing while one of them is down.
    pub walls: Vec<Id>,
    /// Its bit/s in the line's direction; `None` is without limit.
    pub bits: Option<u64>,
}

/// A load of one working agent on a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResourceLoad {
    /// On what.
    pub resource: ResourceId,
    /// Held by every working agent.
    pub held: u64,
    /// Held while in a call.
    pub in_call: u64,
}

impl ResourceLoad {
    /// The load of an agent at an occupancy, rounded up.
    pub fn at(&self, occupancy: Millionths) -> u64 {
        self.held + occupancy.of_up(self.in_call)
    }
}

/// Agents of one group who are alike.
#[derive(Debug, Clone)]
pub struct Cohort {
    /// Their group.
    pub group: Id,
    /// Their crew in the roster, if it fills the group.
    pub crew: Option<usize>,
    /// What tells them from others: what their crew has, then home providers, mobile
    /// operators and orders of bundles.
    pub detail: Vec<Id>,
    /// Region of their phones.
    pub region: Id,
    /// How many there are.
    pub heads: u64,
    /// How many the whole group has.
    pub group_heads: u64,
    /// Which part of the group they are.
    pub part: Part,
    /// Who is on shift when.
    pub on_shift: OnShift,
    /// Where they sit.
    pub home_place: Id,
    /// Their first phone; `None` without voice.
    pub phone: Option<Id>,
    /// Their class; 1 is the highest.
    pub priority: u32,
    /// The queues they serve, in order.
    pub queues: Vec<Id>,
    /// Whether they are agents at all (have media).
    pub counted: bool,
    /// Whether they also work digitally: impaired, not stranded, without voice.
    pub digital: bool,
    /// Their own occupancy, where the plan gives it.
    pub occupancy: Option<Millionths>,
    /// Their ways.
    pub ways: Range<usize>,
}

/// Which part of its group a cohort is; by this those on shift are divided.
#[derive(Debug, Clone)]
pub enum Part {
    /// One of so many shares, by largest remainder.
    Share {
        /// Which.
        part: usize,
        /// All of them.
        shares: Vec<Millionths>,
    },
    /// So many heads of the roster after so many others: in proportion, rounded so
    /// that all parts are all, and none is more than it has heads.
    After {
        /// Heads of the parts before it.
        others: u64,
    },
}

impl Problem {
    /// Whether each objective asks for the most of those of its queue, given what
    /// each needs (ties: the first). The others of a queue are reached on the way:
    /// an agent counts for one of his queues, and for all objectives of that one.
    pub fn leading(&self, needs: &[u64]) -> Vec<bool> {
        let leads = |n: usize| {
            let Some(queue) = &self.objectives[n].queue else { return true };
            let same = |m: &usize| self.objectives[*m].queue.as_ref() == Some(queue);
            let of_queue = (0..needs.len()).filter(same);
            of_queue.max_by_key(|&m| (needs[m], std::cmp::Reverse(m))) == Some(n)
        };
        (0..needs.len()).map(leads).collect()
    }

    /// Every change that some way hangs on, in order.
    pub fn changes(&self) -> BTreeSet<Change> {
        let changes = self.gates.inputs().iter().filter_map(|input| match input {
            Input::InForce(change) => Some(change.clone()),
            _ => None,
        });
        changes.collect()
    }
}

impl Cohort {
    /// How many of them are on shift at an hour of the week.
    pub fn on_shift(&self, hour: WeekHour) -> u64 {
        let heads = self.group_heads;
        let group = match &self.on_shift {
            OnShift::Always(share) => share.value.of_down(heads),
            OnShift::ByHour(table) => table.value[usize::from(hour.0) % 168].of_down(heads),
        };
        match &self.part {
            Part::Share { part, shares } => split(group, shares)[*part],
            Part::After { others } => {
                let up_to = |heads: u64| {
                    u128::from(group) * u128::from(heads) / u128::from(self.group_heads.max(1))
                };
                let part = up_to(others + self.heads) - up_to(*others);
                u64::try_from(part).expect("at most its heads")
            }
        }
    }
}

/// One way of working of one cohort.
#[derive(Debug, Clone)]
pub struct Way {
    /// Whose.
    pub cohort: usize,
    /// Preference, 0 the first.
    pub rank: usize,
    /// Its identity.
    pub key: PostureKey,
    /// Whether a rule closes it whatever is up.
    pub refused: bool,
    /// Whether a rule closes it even without its voice legs.
    pub refused_but_for_voice: bool,
    /// On while place, machines and settings are.
    pub gate: GateId,
    /// Loads held by the posture.
    pub held: Vec<ResourceLoad>,
    /// Its legs.
    pub legs: Vec<Leg>,
    /// How long its steps take.
    pub times: WayTimes,
    /// The walk behind it, for explanations.
    pub(crate) posture: Posture,
}

impl Way {
    /// Facts that it stands on, or that close it, and that the plan does not give.
    pub fn assumptions(&self) -> impl Iterator<Item = &String> {
        let paths = self.posture.legs.iter().flat_map(|leg| leg.paths.iter());
        paths.chain([&self.posture.base]).flat_map(|path| &path.assumptions)
    }
}

/// How long the steps of taking a way up take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WayTimes {
    /// Until the agent knows.
    pub notice: Millis,
    /// To another place.
    pub place: Millis,
    /// To another machine.
    pub machine: Millis,
    /// To another phone.
    pub phone: Millis,
    /// Of a stated way, after everybody has moved.
    pub ready: Millis,
}

/// One leg of a way.
#[derive(Debug, Clone)]
pub struct Leg {
    /// What it is.
    pub name: String,
    /// Whether the agent cannot work without it.
    pub required: bool,
    /// Whether it carries voice.
    pub voice: bool,
    /// What it is to the applications.
    pub role: Role,
    /// Alternatives that no rule refuses, in order; shared by legs that are alike.
    pub routes: Arc<Vec<Route>>,
}

/// One alternative of a leg.
#[derive(Debug, Clone)]
pub struct Route {
    /// Index among the walked paths of the leg.
    pub path: usize,
    /// On while everything it stands on is up.
    pub gate: GateId,
    /// Used only while none of these is taken.
    pub after: Vec<Earlier>,
    /// What it loads.
    pub loads: Vec<ResourceLoad>,
    /// Crossings that may be congested.
    pub blocking: Vec<Id>,
}

/// A minimum business continuity objective.
#[derive(Debug, Clone)]
pub struct Objective {
    /// Its queue; `None` is overall.
    pub queue: Option<Id>,
    /// The queue's priority; overall comes last.
    pub priority: u32,
    /// What is needed.
    pub mbco: Mbco,
    /// By when.
    pub rto: Option<Millis>,
    /// How long below is tolerable.
    pub mtpd: Option<Millis>,
    /// Whether working agents count; else effective ones.
    pub counts_working: bool,
    /// Where the plan has it.
    pub place: Place,
}

impl Objective {
    /// Whether agents of a cohort count towards it.
    pub fn counts(&self, cohort: &Cohort) -> bool {
        cohort.counted && self.queue.as_ref().is_none_or(|queue| cohort.queues.contains(queue))
    }

    /// How many agents it needs of those on shift who count; shares round up.
    pub fn need(&self, on_shift: u64) -> u64 {
        match self.mbco {
            Mbco::Share(share) => share.of_up(on_shift),
            Mbco::Agents(n) => n,
        }
    }

    /// Its name in results.
    pub fn name(&self) -> String {
        self.queue.as_ref().map_or_else(|| "overall".to_owned(), ToString::to_string)
    }
}

/// Divides some of a number of agents among its parts, by largest remainder.
pub(crate) fn divided(parts: &[u64], some: u64) -> Vec<u64> {
    let all: u128 = parts.iter().map(|part| u128::from(*part)).sum::<u128>().max(1);
    let exact = |part: u64| u128::from(part) * u128::from(some);
    let mut out: Vec<u64> = parts
        .iter()
        .map(|part| u64::try_from(exact(*part) / all).expect("at most its part"))
        .collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&n| std::cmp::Reverse(exact(parts[n]) % all));
    let left = some - out.iter().sum::<u64>();
    for n in order.into_iter().take(usize::try_from(left).expect("fewer than parts")) {
        out[n] += 1;
    }
    out
}
