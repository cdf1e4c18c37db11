//! Allocations that hold though more has failed.
//!
//! An allocation of fewer failures is moved: who can stays, the others are put where
//! there is room ([`Allocation::moved`]). What comes of it is one of the best where
//! either of these is so, and then no program is solved:
//!
//! - nobody is offered anything better than before ([`Differs::is_within`]), and of each
//!   cohort as many work as before, and as well;
//! - prices prove it ([`super::bounds`]).

use std::sync::Arc;

use super::Bulk;
use super::bounds::Prices;
use super::memory::{Memory, Touched, Variant};
use super::moving::{Moving, Parts, Placed, Room, agents, through};
use crate::assess::choices::Choice;
use crate::problem::ResourceId;

/// What differs from the base.
#[derive(Debug, Clone)]
pub(super) struct Differs {
    /// Cohorts, and the roots by which they do; in order.
    pub(super) cohorts: Vec<(u32, Touched)>,
    pub(super) told: Vec<Arc<Variant>>,
    pub(super) capacities: Vec<Option<u64>>,
}

/// One of the best allocations of a set.
#[derive(Debug, Clone)]
pub(super) struct Allocation {
    pub(super) differs: Differs,
    /// By cohort and part of it.
    pub(super) placed: Vec<Arc<Parts>>,
    pub(super) used: Vec<u128>,
    pub(super) gap: u64,
    /// Prices by which nobody more can work, one list for each class that lacks some.
    pub(super) prices: Vec<Prices>,
}

/// A cohort that is otherwise in one of two sets, as it is in both.
struct Change<'d> {
    cohort: usize,
    from: (&'d [u32], &'d Variant),
    to: (&'d [u32], &'d Variant),
}

impl Allocation {
    /// Agents by crew and choice, crews in the order of cohorts and their parts.
    pub(super) fn new(
        differs: Differs,
        variants: &[&Variant],
        choices: &[Vec<Choice>],
        agents: &[Vec<u64>],
        gap: u64,
    ) -> Self {
        let mut room = Room { used: vec![0; differs.capacities.len()], of: &differs.capacities };
        let mut crews = choices.iter().zip(agents);
        let mut placed = Vec::with_capacity(variants.len());
        for variant in variants {
            let mut parts = Vec::with_capacity(variant.parts.len());
            for (choices, agents) in crews.by_ref().take(variant.parts.len()) {
                let here = choices.iter().zip(agents).filter(|(_, agents)| **agents > 0);
                let here = here.map(|(choice, agents)| room.place(choice, *agents));
                parts.push(here.collect::<Vec<_>>());
            }
            placed.push(Arc::new(parts));
        }
        let used = room.used;
        Self { differs, placed, used, gap, prices: Vec::new() }
    }

    /// Who works, by cohort.
    pub(super) fn working(&self) -> Vec<u64> {
        let of = |parts: &Arc<Parts>| parts.iter().map(|part| agents(part)).sum();
        self.placed.iter().map(of).collect()
    }

    /// What counts of them, in millionths of an agent.
    pub(super) fn through(&self) -> Vec<u128> {
        let of = |parts: &Arc<Parts>| parts.iter().map(|part| through(part)).sum();
        self.placed.iter().map(of).collect()
    }

    /// The same for another set, where nothing is better there.
    pub(super) fn is_as_good(&self, moved: &Self, bulk: &Bulk<'_>, memory: &mut Memory) -> bool {
        let changes = self.differs.changes(&moved.differs, bulk);
        let as_good = |(from, to): (&Vec<Placed>, &Vec<Placed>)| {
            agents(to) >= agents(from) && through(to) >= through(from)
        };
        let mut cohorts = self.placed.iter().zip(&moved.placed);
        cohorts.all(|(from, to)| Arc::ptr_eq(from, to) || from.iter().zip(&**to).all(as_good))
            && self.differs.is_within(&moved.differs, &changes, memory)
    }

    /// Moves to another set: who can stays, the lowest class makes room where there is
    /// less, and whoever is out finds a place if there is one, the highest class first.
    pub(super) fn moved(&self, bulk: &Bulk<'_>, to: &Differs, variants: &[&Variant]) -> Self {
        let mut moving = Moving::new(self, to, variants);
        for Change { cohort, .. } in self.differs.changes(to, bulk) {
            moving.off(cohort);
        }
        let mut order: Vec<usize> = (0..variants.len()).collect();
        order.sort_by_key(|cohort| bulk.problem.cohorts[*cohort].priority);
        moving.clear(&order);
        for (n, cohort) in order.iter().enumerate() {
            let class = |cohort: &usize| bulk.problem.cohorts[*cohort].priority;
            let lower = order[n..].iter().position(|other| class(other) > class(cohort));
            let lower = lower.map_or(&[][..], |at| &order[n + at..]);
            moving.fill(*cohort, lower);
        }
        let (placed, used) = moving.finish();
        Self { differs: to.clone(), placed, used, gap: self.gap, prices: Vec::new() }
    }
}

impl Differs {
    fn of(&self, cohort: usize) -> Option<(&[u32], &Variant)> {
        let key = u32::try_from(cohort).expect("dense");
        let n = self.cohorts.binary_search_by_key(&key, |(cohort, _)| *cohort).ok()?;
        Some((&self.cohorts[n].1, &self.told[n]))
    }

    /// The cohorts that are otherwise in another set.
    fn changes<'d>(&'d self, to: &'d Self, bulk: &'d Bulk<'_>) -> Vec<Change<'d>> {
        let both = self.cohorts.iter().chain(&to.cohorts);
        let mut cohorts: Vec<usize> = both.map(|(cohort, _)| *cohort as usize).collect();
        cohorts.sort_unstable();
        cohorts.dedup();
        let each = cohorts.into_iter().map(|cohort| {
            let from = self.of(cohort).unwrap_or_else(|| bulk.usually(cohort));
            let to = to.of(cohort).unwrap_or_else(|| bulk.usually(cohort));
            Change { cohort, from, to }
        });
        each.filter(|change| change.from.0 != change.to.0).collect()
    }

    /// Whether another set offers nobody anything better than here. More failures may:
    /// where an alternative is fixed, the next one opens once it has failed.
    fn is_within(&self, to: &Self, changes: &[Change<'_>], memory: &mut Memory) -> bool {
        let mut capacities = self.capacities.iter().zip(&to.capacities);
        let no_more = |(from, to): (&Option<u64>, &Option<u64>)| {
            from.is_none_or(|from| to.is_some_and(|to| to <= from))
        };
        capacities.all(no_more)
            && changes.iter().all(|change| {
                let key = (change.cohort, change.from.0.into(), change.to.0.into());
                memory.within.get_or(key, || change.is_within())
            })
    }
}

impl Change<'_> {
    /// Whether each choice there has one here that is as good and loads nothing more.
    fn is_within(&self) -> bool {
        let (from, to) = (&self.from.1.parts, &self.to.1.parts);
        let mut parts = from.iter().zip(to);
        from.len() == to.len() && parts.all(|(from, to)| is_within(&to.choices, &from.choices))
    }
}

/// Whether each choice of one list has one in another that is as good.
fn is_within(list: &[Choice], other: &[Choice]) -> bool {
    let mut ahead = 0;
    list.iter().all(|choice| {
        // Most are there as they are, in the same order.
        let same = |one: &Choice| one.planned == choice.planned && one.loads == choice.loads;
        match other[ahead..].iter().position(same) {
            Some(n) => {
                ahead += n;
                true
            }
            None => other.iter().any(|one| is_as_good(one, choice)),
        }
    })
}

/// Whether a choice counts for at least as much as another one and loads nothing more.
fn is_as_good(one: &Choice, than: &Choice) -> bool {
    let load = |r: ResourceId| than.loads.iter().find(|(other, _)| *other == r).map_or(0, |l| l.1);
    one.planned >= than.planned && one.loads.iter().all(|(r, l)| *l <= load(*r))
}
