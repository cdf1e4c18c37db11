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
//!    work. Only else is an allocation sought; blocks of it that were solved before are
//!    looked up.
//! 4. An objective is attained where what an allocation counts reaches it, missed where
//!    all who have a live way do not; only else are prices sought.
//!
//! A set is assessed without regard to the sets before it; workers share nothing but the
//! problem.

mod base;
mod inputs;
mod looks;
mod memory;
mod network;
mod one;

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::Mutex;

use outlast_models::units::WeekHour;
use rayon::prelude::*;

use super::directed::needs;
use super::live::Scene;
use super::{Attainable, Scope, Steering, assess};
use crate::failures::{FailureId, Failures, Set};
use crate::outcome::Disposition;
use crate::problem::Problem;
use crate::state::{Held, State};
use base::Base;
use inputs::Inputs;
use looks::Looks;
use memory::{Asked, Memory};
use network::LANES;
use one::One;

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
        let attainable = super::attainable(problem, &calm, &held);
        let met = |(n, standing): (usize, &Attainable)| match standing {
            _ if outcome.objectives[n].is_met() => Standing::Attained,
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
            objectives: attainable.iter().enumerate().map(met).collect(),
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
            memories,
        }
    }

    /// What is so with nothing failed.
    pub fn normal(&self) -> &Effect {
        &self.normal
    }

    /// Agents lost to the occupancy of an emergency alone, with nothing failed.
    pub fn under_stress(&self) -> i64 {
        let told = self.base.cohorts(Asked::Told);
        let working = if told.fits(&self.base.capacities) {
            let cohorts = self.problem.cohorts.iter().zip(&told.variants);
            cohorts.filter(|(cohort, _)| cohort.counted).map(|(_, variant)| variant.live()).sum()
        } else {
            let state = State { changed_settings: true, ..State::normal(self.hour) };
            assess(self.problem, &state, &self.held, Scope::Moved, Steering::Directed).working()
        };
        self.normal.lost(working)
    }

    /// Failures that no state tells apart, each class in order and by its first; and
    /// those that decide nothing.
    pub fn classes(&self) -> (Vec<Vec<FailureId>>, Vec<FailureId>) {
        let uses = self.looks.network.uses(&self.looks.roots);
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
        let each = sets.par_chunks(LANES).map(|some| {
            let worker = rayon::current_thread_index().unwrap_or(0) % self.memories.len();
            let mut memory = self.memories[worker].lock().expect("no worker panics");
            self.some(some, &mut memory)
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
        let mut words = std::mem::take(&mut memory.words);
        let mut inputs = std::mem::take(&mut memory.inputs);
        self.inputs.words(sets, &mut inputs);
        self.looks.network.evaluate(&inputs, &mut words);
        let mut touched: Vec<Vec<u32>> = vec![Vec::new(); sets.len()];
        for (root, signal) in self.looks.roots.iter().enumerate() {
            let mut differs = words[signal.index()] ^ self.base.words[signal.index()];
            while differs != 0 {
                let lane = differs.trailing_zeros() as usize;
                touched[lane].push(u32::try_from(root).expect("dense"));
                differs &= differs - 1;
            }
        }
        let each = sets.iter().zip(touched).enumerate().map(|(lane, (set, touched))| {
            if set.is_empty() {
                return self.normal.clone();
            }
            let out = |n: &usize| words[self.looks.steered[*n].index()] >> lane & 1 == 0;
            let out = (0..self.people.len()).filter(|n| self.people[*n] > 0).filter(out);
            let out = out.map(|n| u32::try_from(n).expect("dense")).collect();
            let state = LazyCell::new(|| self.failures.state(self.problem, self.hour, set));
            let scene = LazyCell::new(|| Scene::new(self.problem, &state, &self.held));
            let steered = LazyCell::new(|| scene.with_steering());
            let one = One { bulk: self, scene: &scene, steered: &steered };
            one.effect(touched, out, memory)
        });
        let effects = each.collect();
        (memory.words, memory.inputs) = (words, inputs);
        effects
    }
}
