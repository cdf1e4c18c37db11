//! Many states of one problem: what each of many sets of failures does.
//!
//! The same question as [`assess`](fn@super::assess), directed and moved, for sets of
//! failures at one hour, and the same answer: agents who work, up to the gap, and
//! whether each objective is attainable. What makes it quick, each exact:
//!
//! 1. The gates of 64 states are evaluated in one pass ([`network`]).
//! 2. Only cohorts and capacities that look at a gate which is not as normal are looked
//!    at again ([`looks`]), and what they come to is remembered by the gates that
//!    differ ([`memory`]).
//! 3. Where everybody who has a live way fits on the first of his ways, all of them
//!    work. Else an allocation of fewer failures is tried, which mostly holds ([`carried`]).
//!    Only else is one sought; blocks of it that were solved before are looked up.
//! 4. An objective is attained where what an allocation counts reaches it, missed where
//!    all who have a live way do not; only else are prices sought.
//!
//! A set is assessed without regard to the sets before it; workers share the problem and
//! the allocations of single failures, each found once.

mod base;
mod bounds;
mod carried;
mod inputs;
mod looks;
mod memory;
mod moving;
mod network;
mod one;
mod witness;

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use outlast_models::units::WeekHour;
use rayon::prelude::*;

use super::directed::needs;
use super::live::Scene;
use super::{Assessor, Attainable, Scope, Steering, assess};
use crate::failures::{FailureId, Failures, Set};
use crate::gates::Liveness;
use crate::outcome::{Count, Disposition};
use crate::problem::Problem;
use crate::state::{Held, State};
use base::Base;
use carried::Allocation;
use inputs::Inputs;
use looks::Looks;
use memory::{Asked, Memory, Variant};
use network::LANES;
use one::{One, by_looker};
pub use witness::{Aim, Stands};

/// Whether an objective can be reached in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// An allocation reaches it.
    Attained,
    /// Neither is proven: both bounds are within the rounding of it.
    Open,
    /// Prices prove that none does.
    Missed,
}

/// What one set of failures does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Effect {
    /// Agents who work.
    pub working: u64,
    /// How many more the bound allows.
    pub gap: u64,
    /// By cohort, how many fewer work than normally (negative: more), where it differs.
    pub lost: Box<[(u32, i64)]>,
    /// Cohorts with people of whom none has a live way, every route steered.
    pub out: Box<[u32]>,
    /// Each objective, in the problem's order.
    pub objectives: Box<[Standing]>,
}

impl Effect {
    /// How many fewer agents work than here.
    pub fn lost(&self, working: u64) -> i64 {
        i64::try_from(self.working).expect("few") - i64::try_from(working).expect("few")
    }
}

/// One problem, ready for many sets.
pub struct Bulk<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) failures: &'a Failures,
    hour: WeekHour,
    held: Held,
    pub(crate) people: Vec<u64>,
    looks: Looks,
    inputs: Inputs,
    needs: Vec<u64>,
    /// Who works in the normal state, by cohort.
    usual: Vec<u64>,
    normal: Effect,
    base: Base,
    /// Of nothing failed, and of each failure alone.
    alone: Vec<OnceLock<Arc<Allocation>>>,
    memories: Vec<Mutex<Memory>>,
}

impl<'a> Bulk<'a> {
    /// Gets ready for sets of these failures at an hour of the week.
    pub fn new(problem: &'a Problem, failures: &'a Failures, hour: WeekHour) -> Self {
        let calm = State::normal(hour);
        let (held, _) = super::normal(problem, &calm);
        let people = calm.people(problem);
        let looks = Looks::of(problem);
        let inputs = Inputs::of(problem, failures, hour);
        let base = Base::of(problem, (&calm, &held), &people, &looks, &inputs);
        let needs = needs(&Scene::new(problem, &calm, &held));
        let outcome = assess(problem, &calm, &held, Scope::Moved, Steering::Directed);
        let mut usual = vec![0; problem.cohorts.len()];
        for entry in outcome.everybody() {
            if matches!(entry.disposition, Disposition::Working { .. }) {
                usual[entry.cohort] += entry.agents;
            }
        }
        let known: Vec<bool> = outcome.objectives.iter().map(Count::is_met).collect();
        let attainable = Assessor::new(problem, &calm, &held).attainable(&known);
        let met = |standing: &Attainable| match standing {
            Attainable::Yes => Standing::Attained,
            Attainable::No { .. } => Standing::Missed,
            Attainable::Undecided => Standing::Open,
        };
        let is_out = |n: &usize| people[*n] > 0 && base.words[looks.steered[*n].index()] & 1 == 0;
        let out = (0..people.len()).filter(is_out);
        let normal = Effect {
            working: outcome.working(),
            gap: outcome.gap,
            lost: Box::default(),
            out: out.map(|n| u32::try_from(n).expect("dense")).collect(),
            objectives: attainable.iter().map(met).collect(),
        };
        let workers = rayon::current_num_threads().max(1);
        let memories = (0..workers).map(|_| Mutex::default()).collect();
        Self {
            problem,
            failures,
            hour,
            held,
            people,
            looks,
            inputs,
            needs,
            usual,
            normal,
            base,
            alone: (0..=failures.all.len()).map(|_| OnceLock::new()).collect(),
            memories,
        }
    }

    /// What is so with nothing failed.
    pub fn normal(&self) -> &Effect {
        &self.normal
    }

    /// Cohorts with agents on shift.
    pub fn on_shift(&self) -> impl Iterator<Item = usize> {
        (0..self.people.len()).filter(|cohort| self.people[*cohort] > 0)
    }

    /// Agents lost to the occupancy of an emergency alone, with nothing failed.
    pub fn under_stress(&self) -> i64 {
        let allocation = self.alone(None);
        self.normal.lost(self.counted(&allocation.working()))
    }

    /// Failures that no state tells apart, each class in order and by its first; and
    /// those that decide nothing.
    pub fn classes(&self) -> (Vec<Vec<FailureId>>, Vec<FailureId>) {
        let uses = &self.looks.uses;
        let mut alike: BTreeMap<&[u32], usize> = BTreeMap::new();
        let (mut classes, mut idle): (Vec<Vec<FailureId>>, Vec<FailureId>) = Default::default();
        for failure in self.failures.ids() {
            let (inputs, others_hang) = self.inputs.of_failure(failure);
            if !others_hang && !inputs.iter().any(|input| uses.contains_key(input)) {
                idle.push(failure);
                continue;
            }
            // Of several inputs each class would have to be the same.
            let series = match inputs {
                [one] if !others_hang => uses.get(one).and_then(Option::as_deref),
                _ => None,
            };
            let class = series.map(|ands| *alike.entry(ands).or_insert(classes.len()));
            match class.and_then(|class| classes.get_mut(class)) {
                Some(class) => class.push(failure),
                None => classes.push(vec![failure]),
            }
        }
        (classes, idle)
    }

    /// What each of some sets does, in their order.
    pub fn effects(&self, sets: &[Set]) -> Vec<Effect> {
        self.by_passes(sets, &|some, memory| self.some(some, memory))
    }

    /// Looks at as many sets at a time as a pass has lanes, each pass by a worker with a
    /// memory of its own.
    fn by_passes<T: Send>(
        &self,
        sets: &[Set],
        look: &(dyn Fn(&[Set], &mut Memory) -> Vec<T> + Sync),
    ) -> Vec<T> {
        let each = sets.par_chunks(LANES).map(|some| {
            let worker = rayon::current_thread_index().unwrap_or(0) % self.memories.len();
            let mut memory = self.memories[worker].lock().expect("no worker panics");
            look(some, &mut memory)
        });
        each.flatten_iter().collect()
    }

    /// Of each of some sets, agents lost and objectives not met, each a bit, while nobody
    /// does anything.
    pub fn still(&self, sets: &[Set]) -> Vec<(i64, u64)> {
        let usual = super::normal(self.problem, &State::normal(self.hour)).1.working();
        let each = sets.par_iter().map(|set| {
            let state = self.failures.state(self.problem, self.hour, set);
            let (scope, steering) = (Scope::Untouched, Steering::LeftAlone);
            let outcome = assess(self.problem, &state, &self.held, scope, steering);
            let below = outcome.objectives.iter().take(64).enumerate();
            let below = below.filter(|(_, count)| !count.is_met());
            let lost =
                i64::try_from(usual).expect("few") - i64::try_from(outcome.working()).expect("few");
            (lost, below.fold(0, |bits, (n, _)| bits | 1 << n))
        });
        each.collect()
    }

    /// What each of at most 64 sets does.
    fn some(&self, sets: &[Set], memory: &mut Memory) -> Vec<Effect> {
        let pass = Pass::of(self, sets, memory);
        let each = self.touched(&pass).into_iter().enumerate().map(|(lane, touched)| {
            if sets[lane].is_empty() {
                return self.normal.clone();
            }
            let out = |n: &usize| pass.words[self.looks.steered[*n].index()] >> lane & 1 == 0;
            let out = (0..self.people.len()).filter(|n| self.people[*n] > 0).filter(out);
            let out = out.map(|n| u32::try_from(n).expect("dense")).collect();
            self.with((&pass, lane), &touched, |one| one.effect(&touched, out, memory))
        });
        let effects = each.collect();
        memory.words = Arc::try_unwrap(pass.words).unwrap_or_default();
        effects
    }

    /// The roots of each set that are not as normal.
    fn touched(&self, pass: &Pass<'_>) -> Vec<Vec<u32>> {
        let mut touched: Vec<Vec<u32>> = vec![Vec::new(); pass.sets.len()];
        for (root, signal) in self.looks.roots.iter().enumerate() {
            let mut differs = pass.words[signal.index()] ^ self.base.words[signal.index()];
            while differs != 0 {
                let lane = differs.trailing_zeros() as usize;
                touched[lane].push(u32::try_from(root).expect("dense"));
                differs &= differs - 1;
            }
        }
        touched
    }

    /// Looks at one set of a pass. Its scenes are made once something asks for them.
    fn with<T>(
        &self,
        (pass, lane): (&Pass<'_>, usize),
        touched: &[u32],
        look: impl FnOnce(&One<'_, '_, '_>) -> T,
    ) -> T {
        let set = &pass.sets[lane];
        let state = LazyCell::new(|| State {
            // Settings that are as before are trouble enough for occupancy, and no more.
            changed_settings: set.is_empty(),
            ..self.failures.state(self.problem, self.hour, set)
        });
        let scene = LazyCell::new(|| {
            let live = Liveness::lane(&pass.words, &self.looks.places, lane);
            let mut scene = Scene::seen(self.problem, &state, live, self.base.capacities.clone());
            for (resource, _) in by_looker(touched, &self.looks.resources) {
                let resource = resource as usize;
                scene.capacities[resource] = scene.capacity(&self.problem.resources[resource]);
            }
            scene
        });
        let steered = LazyCell::new(|| scene.with_steering());
        look(&One { bulk: self, set, scene: &scene, steered: &steered })
    }

    /// An allocation of nothing failed, or of one failure, each under stress.
    fn alone(&self, failure: Option<FailureId>) -> &Arc<Allocation> {
        let n = failure.map_or(0, |failure| failure.index() + 1);
        self.alone[n].get_or_init(|| {
            // A memory of its own: another failure's may be in use by who asks.
            Arc::new(self.allocation(Set::new(failure), &mut Memory::default()))
        })
    }

    /// An allocation of a set.
    fn allocation(&self, set: Set, memory: &mut Memory) -> Allocation {
        let sets = [set];
        let pass = Pass::of(self, &sets, memory);
        let touched = self.touched(&pass).pop().expect("one set");
        self.with((&pass, 0), &touched, |one| one.allocation(&touched, memory))
    }

    /// How a cohort is with nothing failed.
    fn usually(&self, cohort: usize) -> (&[u32], &Variant) {
        (&[], &self.base.cohorts(Asked::Told).variants[cohort])
    }

    /// How many of those who work count towards the total.
    fn counted(&self, working: &[u64]) -> u64 {
        let counted = self.problem.cohorts.iter().zip(working).filter(|(cohort, _)| cohort.counted);
        counted.map(|(_, working)| working).sum()
    }
}

/// The gates of up to 64 sets.
struct Pass<'s> {
    sets: &'s [Set],
    words: Arc<Vec<u64>>,
}

impl<'s> Pass<'s> {
    fn of(bulk: &Bulk<'_>, sets: &'s [Set], memory: &mut Memory) -> Self {
        let mut words = std::mem::take(&mut memory.words);
        bulk.inputs.words(sets, &mut memory.inputs);
        bulk.looks.network.evaluate(&memory.inputs, &mut words);
        Self { sets, words: Arc::new(words) }
    }
}
