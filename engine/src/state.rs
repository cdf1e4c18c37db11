//! A state: a small overlay on one immutable problem.

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::Id;
use outlast_models::units::{Millionths, WeekHour};

use crate::gates::Liveness;
use crate::input::{Change, Input, Setting};
use crate::problem::{Problem, divided};

/// What happens by chance or scenario, apart from the components it takes down.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// A component's own failure.
    Failure(Id),
}

/// How far a change has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It is in force for everybody whom it is for.
    Everybody,
    /// It has reached so many agents; for the others all is as before.
    Agents(u64),
}

/// What is the matter at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// Basic events that have happened.
    pub events: BTreeSet<Event>,
    /// Sites that may not be entered.
    pub closed: BTreeSet<Id>,
    /// Sites and operators whose UPS, fuel or battery has run out.
    pub exhausted: BTreeSet<Id>,
    /// Cloud regions that stand in for the one they back.
    pub stands_in: BTreeSet<Id>,
    /// What is left of a component's capacity.
    pub shares: BTreeMap<Id, Millionths>,
    /// Blocking of carriers, networks, operators and `region:ID`.
    pub blocking: BTreeMap<Id, Millionths>,
    /// Settings that are spoiled.
    pub spoiled: BTreeSet<Setting>,
    /// Changes that have begun, and how far they have come.
    pub changes: BTreeMap<Change, Reach>,
    /// Whether what is fixed by configuration is steered by hand: every live
    /// route may then be taken.
    pub steered: bool,
    /// Demand in thousandths of normal, by queue.
    pub demand: BTreeMap<Id, u64>,
    /// Those who do not come, by group.
    pub absent: BTreeMap<Id, Millionths>,
    /// Whether a scenario has changed settings, so that another problem holds.
    pub changed_settings: bool,
    /// Whether occupancy counts as normal whatever is the matter.
    pub calm: bool,
    /// The hour, for shifts.
    pub hour: WeekHour,
}

/// The allocation now held: for each cohort, agents by way; the rest of the
/// cohort holds none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held(pub Vec<Vec<(usize, u64)>>);

impl State {
    /// Nothing failed, at an hour of the week.
    pub fn normal(hour: WeekHour) -> Self {
        Self { hour, ..Self::default() }
    }

    /// Lets components fail.
    pub fn fail(&mut self, components: impl IntoIterator<Item = Id>) {
        self.events.extend(components.into_iter().map(Event::Failure));
    }

    /// The same state without the failure of a component.
    pub(crate) fn without(&self, component: &Id) -> Self {
        let mut state = self.clone();
        state.events.remove(&Event::Failure(component.clone()));
        state
    }

    /// Whether an event has taken a component itself down.
    pub fn has_failed(&self, component: &Id) -> bool {
        self.events.contains(&Event::Failure(component.clone()))
    }

    /// Makes a change for everybody.
    pub fn make(&mut self, change: Change) {
        self.changes.insert(change, Reach::Everybody);
    }

    /// Whether something is failed, degraded, spoiled, congested or surging:
    /// occupancy then counts as stressed.
    pub fn is_stressed(&self) -> bool {
        !self.calm && self.is_troubled()
    }

    fn is_troubled(&self) -> bool {
        let surge = self.demand.values().any(|demand| *demand > 1000);
        let congested = self.blocking.values().any(|b| b.0 > 0);
        let degraded = self.shares.values().any(|share| share.0 < 1_000_000);
        surge
            || congested
            || degraded
            || !self.events.is_empty()
            || !self.closed.is_empty()
            || !self.exhausted.is_empty()
            || !self.spoiled.is_empty()
            || self.changed_settings
    }

    /// The values of all gates.
    pub(crate) fn liveness(&self, problem: &Problem) -> Liveness {
        Liveness::of(&problem.gates, &self.inputs(problem))
    }

    /// Which inputs of the gates hold.
    pub fn inputs(&self, problem: &Problem) -> Vec<bool> {
        problem.gates.inputs().iter().map(|input| self.holds(input)).collect()
    }

    fn holds(&self, input: &Input) -> bool {
        match input {
            Input::Up(component) => !self.has_failed(&component.id),
            Input::Reserve(id) => !self.exhausted.contains(id),
            Input::Open(site) => !self.closed.contains(site),
            Input::AsWritten(setting) => !self.spoiled.contains(setting),
            Input::Spoiled(setting) => self.spoiled.contains(setting),
            Input::StandsIn(region) => self.stands_in.contains(region),
            Input::InForce(change) => self.changes.contains_key(change),
            Input::NotYet(change) => self.changes.get(change) != Some(&Reach::Everybody),
        }
    }

    /// Those of each cohort who are on shift and come.
    pub(crate) fn people(&self, problem: &Problem) -> Vec<u64> {
        let there = problem.cohorts.iter().map(|cohort| cohort.on_shift(self.hour));
        let mut people: Vec<u64> = there.collect();
        let mut of_group: BTreeMap<&Id, Vec<usize>> = BTreeMap::new();
        for (n, cohort) in problem.cohorts.iter().enumerate() {
            if self.absent.contains_key(&cohort.group) {
                of_group.entry(&cohort.group).or_default().push(n);
            }
        }
        for (group, cohorts) in of_group {
            let share = self.absent[group];
            let parts: Vec<u64> = cohorts.iter().map(|&n| people[n]).collect();
            let away = share.of_down(parts.iter().sum());
            for (&n, away) in cohorts.iter().zip(divided(&parts, away)) {
                people[n] -= away;
            }
        }
        people
    }

    /// Blocking of one crossing, in millionths.
    pub(crate) fn blocking_of(&self, crossing: &Id) -> u32 {
        self.blocking.get(crossing).map_or(0, |b| b.0)
    }

    /// What is left of a component's capacity.
    pub(crate) fn share_of(&self, id: &Id) -> Millionths {
        self.shares.get(id).copied().unwrap_or(Millionths::ONE)
    }
}
