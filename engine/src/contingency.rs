//! Every set of failures up to an order: what each does, and what it takes to miss.
//!
//! Failures of equal effect are looked at once. A set of several is kept only where it
//! does more than its parts: loses more than the sum of two of them, or misses or stops
//! what none of its parts does. So what is kept stays small, whatever was looked at; the
//! rest is counted.
//!
//! A minimal cut set of an objective is a set that misses it and no part of which does; a
//! failure never makes an objective attainable, so of sets with a cut set in them
//! nothing more is asked. Of a group, everybody is out. Beyond the orders of which every
//! set is looked at they are found by what an allocation stands on (`contingency/branch.rs`).
//!
//! Cost: the number of classes to the power of the order, most of it looked up
//! ([`crate::assess::bulk`]).

mod branch;
mod cuts;

use std::collections::HashMap;

use outlast_models::Id;
use outlast_models::units::WeekHour;

use crate::assess::bulk::{Aim, Bulk, Effect};
use crate::failures::{FailureId, Failures, Set, sets_of};
use crate::problem::Problem;
use crate::progress::{Observer, Stage};
use branch::branch;
pub use cuts::{Cuts, Whole};

/// So many sets are under way at a time, so that not all effects are kept.
const AT_ONCE: usize = 1 << 12;
/// An order with more sets than this is not begun.
pub const MOST: u128 = 1 << 25;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// Sets of up to so many failures.
    pub order: usize,
    /// Minimal cut sets of up to so many, where that is more.
    pub cuts: usize,
    /// The hour of the week.
    pub hour: WeekHour,
}

/// What is found.
#[derive(Debug)]
pub struct Contingency {
    /// What was asked.
    pub question: Question,
    /// With nothing failed.
    pub normal: Effect,
    /// Agents lost to the occupancy of an emergency alone.
    pub under_stress: i64,
    /// Failures of equal effect; sets name the first of each.
    pub classes: Vec<Vec<FailureId>>,
    /// Failures that decide nothing.
    pub idle: Vec<FailureId>,
    /// Each class alone, worst first.
    pub singles: Vec<Found>,
    /// Sets that do more than their parts, by how much more they lose.
    pub worse: Vec<Found>,
    /// By order from 1, how many sets there are of failures that decide something, and
    /// how many were assessed for them. Orders that have more than [`MOST`] sets, and
    /// those beyond, are not there.
    pub looked: Vec<Looked>,
    /// Up to so many failures, all minimal cut sets are there.
    pub cuts: usize,
    /// What misses each objective, in the problem's order.
    pub objectives: Vec<Cuts>,
    /// What stops everybody of each group, by id.
    pub groups: Vec<(Id, Cuts)>,
}

/// A set and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The first failure of each class.
    pub set: Set,
    /// What it does.
    pub effect: Effect,
    /// Agents lost.
    pub lost: i64,
    /// How many more than by its parts one by one, at the worst split in two.
    pub beyond: i64,
}

/// Sets of one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// Sets of failures that decide something.
    pub sets: u128,
    /// Assessed, those of equal effect once.
    pub assessed: u64,
    /// Of these, with agents lost.
    pub lose: u64,
    /// Of these, with a gap.
    pub gaps: u64,
}

/// Looks at every set of failures up to an order.
pub fn contingency(
    problem: &Problem,
    failures: &Failures,
    question: Question,
    observer: &dyn Observer,
) -> Contingency {
    let bulk = Bulk::new(problem, failures, question.hour);
    let (classes, idle) = bulk.classes();
    let mut search = Search::new(&bulk, &classes);
    let mut looked = Vec::new();
    for order in 1..=question.order.min(classes.len()) {
        if binomial(classes.len(), order) > MOST {
            break;
        }
        looked.push(search.order(order, observer));
    }
    let cuts = search.beyond(looked.len(), question.cuts, observer);
    let Search { mut singles, mut worse, objectives, groups, .. } = search;
    let effects = |found: &Found| std::cmp::Reverse(found.effect.objectives.iter().max().copied());
    singles.sort_by_key(|found| (-found.lost, effects(found), found.set.clone()));
    worse.sort_by_key(|found| (-found.beyond, -found.lost, found.set.clone()));
    Contingency {
        question,
        normal: bulk.normal().clone(),
        under_stress: bulk.under_stress(),
        idle,
        singles,
        worse,
        looked,
        cuts,
        objectives,
        groups,
        classes,
    }
}

/// The minimal cut sets of an aim up to an order, of the first failure of each class, and
/// up to which order all are there.
pub fn cut_sets(
    bulk: &Bulk<'_>,
    classes: &[Vec<FailureId>],
    (aim, order): (Aim<'_>, usize),
    observer: &dyn Observer,
) -> (Cuts, usize) {
    let whole = bulk.stands(aim, &[Set::default()]).pop().expect("of one set").standing;
    let mut cuts = Cuts::of_objective(whole);
    let order = order.min(classes.len());
    let all = branch(bulk, classes, (aim, &mut cuts), (0, order), observer);
    (cuts, all)
}

/// On the way through the orders.
struct Search<'b, 'a> {
    bulk: &'b Bulk<'a>,
    classes: &'b [Vec<FailureId>],
    stress: i64,
    /// Agents lost by the sets of lower orders, beyond those to stress.
    losses: HashMap<Set, i64>,
    singles: Vec<Found>,
    worse: Vec<Found>,
    objectives: Vec<Cuts>,
    groups: Vec<(Id, Cuts)>,
}

impl<'b, 'a> Search<'b, 'a> {
    fn new(bulk: &'b Bulk<'a>, classes: &'b [Vec<FailureId>]) -> Self {
        let normal = bulk.normal();
        Self {
            bulk,
            classes,
            stress: bulk.under_stress(),
            losses: HashMap::from([(Set::default(), 0)]),
            singles: Vec::new(),
            worse: Vec::new(),
            objectives: normal.objectives.iter().map(|one| Cuts::of_objective(*one)).collect(),
            groups: cuts::of_groups(bulk),
        }
    }

    fn order(&mut self, order: usize, observer: &dyn Observer) -> Looked {
        let classes = self.classes;
        let firsts = |set: Set| Set::new(set.iter().map(|class| classes[class.index()][0]));
        let mut all = sets_of(order, classes.len()).map(firsts).peekable();
        let of = binomial(classes.len(), order);
        let members = classes.iter().map(Vec::len).sum();
        let mut looked = Looked { sets: binomial(members, order), assessed: 0, lose: 0, gaps: 0 };
        let mut losses = Vec::new();
        let (bulk, stress) = (self.bulk, self.stress);
        let steps = usize::try_from(of.div_ceil(AT_ONCE as u128)).unwrap_or(usize::MAX);
        let mut step = 0;
        while all.peek().is_some() {
            step += 1;
            observer.begins(Stage::Sets, step, steps);
            let sets: Vec<Set> = all.by_ref().take(AT_ONCE).collect();
            let effects = bulk.effects(&sets);
            for (set, effect) in sets.into_iter().zip(effects) {
                let lost = bulk.normal().lost(effect.working);
                looked.assessed += 1;
                looked.lose += u64::from(lost > 0);
                looked.gaps += u64::from(effect.gap > 0);
                losses.push((set.clone(), lost - stress));
                self.found(set, effect, lost);
            }
        }
        self.losses.extend(losses);
        looked
    }

    /// Finds the cut sets of the orders after `known`; returns up to which.
    fn beyond(&mut self, known: usize, order: usize, observer: &dyn Observer) -> usize {
        let order = order.min(self.classes.len()).max(known);
        if order == known {
            return known;
        }
        let (bulk, orders) = (self.bulk, (known, order));
        let branch = |aim: Aim<'_>, cuts: &mut Cuts| {
            branch(bulk, self.classes, (aim, cuts), orders, observer)
        };
        let objectives = self.objectives.iter_mut().enumerate();
        let objectives = objectives.map(|(n, cuts)| branch(Aim::Objective(n), cuts)).min();
        let groups = self.groups.iter_mut().map(|(group, cuts)| {
            let own = cuts::cohorts_of(bulk, group);
            branch(Aim::Anybody(&own), cuts)
        });
        objectives.into_iter().chain(groups.min()).min().unwrap_or(order)
    }

    fn found(&mut self, set: Set, effect: Effect, lost: i64) {
        let mut more = false;
        for (n, cuts) in self.objectives.iter_mut().enumerate() {
            more |= cuts.see(&set, effect.objectives[n]);
        }
        for (group, cuts) in &mut self.groups {
            more |= cuts.see(&set, cuts::of_group(self.bulk, group, &effect));
        }
        let parts = self.parts(&set);
        let beyond = lost - self.stress - parts;
        let found = Found { set, effect, lost, beyond };
        if found.set.len() == 1 {
            self.singles.push(found);
        } else if more || beyond > 0 {
            self.worse.push(found);
        }
    }

    /// The most that two parts of a set lose one by one.
    fn parts(&self, set: &Set) -> i64 {
        let members: Vec<FailureId> = set.iter().collect();
        let splits = 1..1_u32 << (members.len().max(1) - 1);
        let part = |mask: u32, on: bool| {
            let mine = |n: &usize| (mask >> n & 1 == 1) == on;
            Set::new((0..members.len()).filter(mine).map(|n| members[n]))
        };
        let loss = |set: &Set| self.losses.get(set).copied().unwrap_or(0);
        splits.map(|mask| loss(&part(mask, true)) + loss(&part(mask, false))).max().unwrap_or(0)
    }
}

/// How many sets of `order` there are of so many; more than there are numbers for count
/// as the largest of these.
fn binomial(of: usize, order: usize) -> u128 {
    if order > of {
        return 0;
    }
    let order = order.min(of - order) as u128;
    let next = |all: u128, n| all.checked_mul(of as u128 - n).map(|all| all / (n + 1));
    (0..order).try_fold(1, next).unwrap_or(u128::MAX)
}
