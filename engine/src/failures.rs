//! What can fail by itself, and the state that a set of failures comes to.
//!
//! A failure is one event: of a component, a common cause, a hazard. A set of failures
//! takes down the union of what they take; whatever then has time to happen has
//! happened (`docs/semantics.md`, section 9).

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::plan::{Part, Strikes};
use outlast_models::units::{Millis, WeekHour};
use outlast_models::{Id, Kind, Plan};

use crate::problem::Problem;
use crate::state::State;

/// Index of a failure in one list of [`Failures`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FailureId(pub u32);

impl FailureId {
    /// Its index in dense columns.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Failures that have happened, in order and none twice.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Set(Vec<FailureId>);

impl Set {
    /// Some failures, in whatever order.
    pub fn new(of: impl IntoIterator<Item = FailureId>) -> Self {
        let mut all: Vec<FailureId> = of.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// Its members in order.
    pub fn iter(&self) -> impl Iterator<Item = FailureId> + '_ {
        self.0.iter().copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing has happened.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one has happened.
    pub fn contains(&self, failure: FailureId) -> bool {
        self.0.binary_search(&failure).is_ok()
    }

    /// Whether all of another set have happened.
    pub fn includes(&self, other: &Self) -> bool {
        other.iter().all(|failure| self.contains(failure))
    }

    /// The same and one more.
    #[must_use]
    pub fn with(&self, failure: FailureId) -> Self {
        Self::new(self.iter().chain([failure]))
    }

    /// The same without one.
    #[must_use]
    pub fn without(&self, failure: FailureId) -> Self {
        Self(self.iter().filter(|other| *other != failure).collect())
    }
}

/// What kind of event a failure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// A component's own.
    Component(Kind),
    /// Several components at once.
    Common,
    /// From outside, with a footprint.
    Hazard,
    /// Not an event: a site or operator without feeds has used up its reserve.
    Spent,
    /// Not an event: the region that backs this one does not stand in yet.
    Late,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The component, common cause or hazard.
    pub id: Id,
    /// Which of these.
    pub sort: Sort,
    /// The components that it takes down, in order.
    pub takes: Vec<Id>,
}

/// Everything that can fail in one problem.
#[derive(Debug, Clone, Default)]
pub struct Failures {
    /// Components by id, then common causes, then hazards.
    pub all: Vec<Failure>,
}

impl Failures {
    /// Every component of a problem alone. A bundle stands for its circuits and is none.
    pub fn of_components(problem: &Problem) -> Self {
        let components = problem.components.values().map(|(component, _)| component);
        let own = components.filter(|component| component.kind != Kind::Bundle);
        let all = own.map(|component| Failure {
            id: component.id.clone(),
            sort: Sort::Component(component.kind),
            takes: vec![component.id.clone()],
        });
        Self { all: all.collect() }
    }

    /// Every component alone, then the plan's common causes and hazards, these with
    /// their whole footprints. `plays` has what each hazard that plays a scenario takes.
    pub fn of(problem: &Problem, plan: &Plan, plays: &BTreeMap<Id, Vec<Id>>) -> Self {
        let mut failures = Self::of_components(problem);
        let common = plan.failures.common.iter();
        failures.all.extend(common.map(|(id, cause)| Failure {
            id: id.clone(),
            sort: Sort::Common,
            takes: ids(cause.of.iter()),
        }));
        let hazards = plan.failures.hazards.iter();
        failures.all.extend(hazards.map(|(id, hazard)| Failure {
            id: id.clone(),
            sort: Sort::Hazard,
            takes: match &hazard.strikes {
                Strikes::Hits(hits) => ids(hits.iter().map(|hit| &hit.part)),
                Strikes::Plays { .. } => plays.get(id).cloned().unwrap_or_default(),
            },
        }));
        failures
    }

    /// Every component alone, and as failures of a kind of their own what time has yet to
    /// do: without `Spent` in a set a reserve lasts, with `Late` no region stands in.
    pub fn in_time(problem: &Problem) -> Self {
        let mut failures = Self::of_components(problem);
        let lag = |id: &Id, sort| Failure { id: id.clone(), sort, takes: Vec::new() };
        let spent = problem.reserves.keys().map(|id| lag(id, Sort::Spent));
        failures.all.extend(spent);
        failures.all.extend(problem.standbys.iter().map(|(region, _, _)| lag(region, Sort::Late)));
        failures
    }

    /// What time has yet to do to a site, operator or region, if that is left open.
    pub fn lag(&self, id: &Id, sort: Sort) -> Option<FailureId> {
        self.ids().find(|failure| {
            let one = self.get(*failure);
            one.sort == sort && one.id == *id
        })
    }

    /// Their numbers, in order.
    pub fn ids(&self) -> impl Iterator<Item = FailureId> + use<> {
        (0..self.all.len()).map(|n| FailureId(u32::try_from(n).expect("fewer than 2^32 failures")))
    }

    /// One of them.
    pub fn get(&self, failure: FailureId) -> &Failure {
        &self.all[failure.index()]
    }

    /// The one of a name.
    pub fn find(&self, id: &str) -> Option<FailureId> {
        self.ids().find(|failure| self.get(*failure).id == *id)
    }

    /// The components that a set takes down.
    pub fn taken(&self, set: &Set) -> BTreeSet<Id> {
        set.iter().flat_map(|failure| self.get(failure).takes.iter().cloned()).collect()
    }

    /// The state of a set at an hour of the week, with everything that has time to
    /// happen: no reserve outlasts the last feed, and regions of the cloud stand in.
    pub fn state(&self, problem: &Problem, hour: WeekHour, set: &Set) -> State {
        let taken = self.taken(set);
        let mut state = State::normal(hour);
        let has = |id: &Id, sort| self.lag(id, sort).map(|lag| set.contains(lag));
        let dark = problem.reserves.iter().filter(|(_, (feeds, _))| all_taken(feeds, &taken));
        let spent = dark.filter(|(id, _)| has(id, Sort::Spent) != Some(false));
        state.exhausted = spent.map(|(id, _)| id.clone()).collect();
        let lost = problem.standbys.iter().filter(|(region, _, _)| taken.contains(region));
        let in_time = lost.filter(|(region, _, _)| has(region, Sort::Late) != Some(true));
        state.stands_in = in_time.map(|(_, standby, _)| standby.clone()).collect();
        state.fail(taken);
        state
    }

    /// How long reserves put off the last of what a set does: of UPS, fuel, batteries
    /// whose last feed it takes; nought where there are none.
    pub fn grace(&self, problem: &Problem, set: &Set) -> Vec<(Id, Millis)> {
        let taken = self.taken(set);
        let dark = problem.reserves.iter().filter(|(_, (feeds, _))| all_taken(feeds, &taken));
        dark.filter(|(_, (_, reserve))| reserve.0 > 0)
            .map(|(id, (_, reserve))| (id.clone(), *reserve))
            .collect()
    }
}

fn ids<'a>(parts: impl Iterator<Item = &'a Part>) -> Vec<Id> {
    let all: BTreeSet<Id> = parts.map(|part| part.component.id.clone()).collect();
    all.into_iter().collect()
}

fn all_taken(feeds: &[Id], taken: &BTreeSet<Id>) -> bool {
    feeds.iter().all(|feed| taken.contains(feed))
}

/// Every set of so many of the first `of` failures, in order.
pub fn sets_of(order: usize, of: usize) -> impl Iterator<Item = Set> {
    let mut next: Option<Vec<usize>> = (order <= of).then(|| (0..order).collect());
    std::iter::from_fn(move || {
        let now = next.take()?;
        let mut after = now.clone();
        next = (0..order).rev().find(|&place| after[place] < of - order + place).map(|place| {
            after[place] += 1;
            for later in place + 1..order {
                after[later] = after[later - 1] + 1;
            }
            after
        });
        let ids = now.into_iter().map(|n| FailureId(u32::try_from(n).expect("fewer than 2^32")));
        Some(Set(ids.collect()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_come_in_order_and_are_all_there() {
        for of in 0..7_usize {
            for order in 0..8 {
                let all: Vec<Set> = sets_of(order, of).collect();
                let expected = (0..1_u32 << of).filter(|mask| mask.count_ones() as usize == order);
                assert_eq!(all.len(), expected.count(), "{order} of {of}");
                assert!(all.is_sorted_by(|a, b| a < b));
                assert!(all.iter().all(|set| set.len() == order));
            }
        }
    }

    #[test]
    fn a_set_has_an_order_and_no_repeats() {
        let [a, b, c] = [0, 1, 2].map(FailureId);
        let set = Set::new([c, a, c]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [a, c]);
        assert!(set.includes(&Set::new([c])) && !set.includes(&Set::new([b])));
        assert_eq!(set.with(b).without(b), set);
    }
}
