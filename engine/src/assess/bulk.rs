//! Many states of one problem: what each of many sets of failures does.
//!
//! The same question as [`assess`](super::assess), directed and moved, for sets of
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

mod inputs;
mod looks;
mod memory;
mod network;

use std::cell::{LazyCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex};

use outlast_models::units::WeekHour;
use rayon::prelude::*;

use super::choices::{exceeded, reduced};
use super::directed::{allocation, needs};
use super::ladder::Rung;
use super::live::{Crew, Scene};
use super::{Assessor, Attainable, Scope, Steering, assess};
use crate::failures::{FailureId, Failures, Set};
use crate::outcome::Disposition;
use crate::problem::{Capacity, Problem};
use crate::state::{Held, State};
use inputs::Inputs;
use looks::Looks;
use memory::{Memory, Touched, Variant};
use network::LANES;

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
    /// Resources that some state may exhaust.
    matters: Vec<bool>,
    needs: Vec<u64>,
    /// Who works in the normal state, by cohort.
    usual: Vec<u64>,
    normal: Effect,
    base: Base,
    memories: Vec<Mutex<Memory>>,
}

/// The state with nothing failed that is yet under stress: what all others differ from.
struct Base {
    variants: Vec<Arc<Variant>>,
    capacities: Vec<Option<u64>>,
    words: Vec<u64>,
    first: Vec<u64>,
    most: Vec<u128>,
}

impl<'a> Bulk<'a> {
    /// Gets ready for sets of these failures at an hour of the week.
    pub fn new(problem: &'a Problem, failures: &'a Failures, hour: WeekHour) -> Self {
        let calm = State::normal(hour);
        let (held, _) = super::normal(problem, &calm);
        let people = calm.people(problem);
        let looks = Looks::of(problem);
        let inputs = Inputs::of(problem, failures, hour);
        let matters = matters(problem, &people);
        // Settings that are as before are trouble enough for occupancy, and no more.
        let stressed = State { changed_settings: true, ..calm.clone() };
        let scene = Scene::new(problem, &stressed, &held);
        let base = Base::of(&scene, &people, &held, &matters, &looks, &inputs);
        let needs = needs(&scene);
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
            matters,
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
        let fits = self.base.first.iter().zip(&self.base.capacities);
        let fits = fits.into_iter().all(|(first, capacity)| capacity.is_none_or(|c| *first <= c));
        let working = if fits {
            let cohorts = self.problem.cohorts.iter().zip(&self.base.variants);
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
            One { bulk: self, state: &state, scene: &scene }.effect(touched, out, memory)
        });
        let effects = each.collect();
        (memory.words, memory.inputs) = (words, inputs);
        effects
    }
}

impl Base {
    fn of(
        scene: &Scene<'_>,
        people: &[u64],
        held: &Held,
        matters: &[bool],
        looks: &Looks,
        inputs: &Inputs,
    ) -> Self {
        let of_cohort =
            |(n, agents): (usize, &u64)| Arc::new(Variant::new(scene, (n, *agents), held, matters));
        let variants: Vec<Arc<Variant>> = people.iter().enumerate().map(of_cohort).collect();
        let (mut first, mut most) = (vec![0; matters.len()], vec![0; matters.len()]);
        for variant in &variants {
            variant.first().for_each(|(r, load)| first[r.index()] += load);
            variant.most().for_each(|(r, load)| most[r.index()] += load);
        }
        let (mut of_inputs, mut words) = (Vec::new(), Vec::new());
        inputs.words(&[], &mut of_inputs);
        looks.network.evaluate(&of_inputs, &mut words);
        Self { variants, capacities: scene.capacities.clone(), words, first, most }
    }
}

/// One set on its way to its effect; state and scene are made once something has to be
/// looked at anew.
struct One<'b, 'a, S: Deref<Target = State>, V: Deref<Target = Scene<'b>>> {
    bulk: &'b Bulk<'a>,
    state: &'b S,
    scene: &'b V,
}

/// Who works, by cohort, and what counts of that, in millionths of an agent.
struct Allocated {
    working: Vec<u64>,
    through: Vec<u128>,
    gap: u64,
}

/// What differs from the base.
struct Differs {
    variants: Vec<(usize, Arc<Variant>)>,
    capacities: Vec<Option<u64>>,
    first: Vec<u64>,
}

impl<'b, S: Deref<Target = State>, V: Deref<Target = Scene<'b>>> One<'b, '_, S, V> {
    fn effect(&self, touched: Vec<u32>, out: Box<[u32]>, memory: &mut Memory) -> Effect {
        let differs = self.differs(&touched, memory);
        let fits = differs.first.iter().zip(&differs.capacities);
        let fits = fits.into_iter().all(|(first, capacity)| capacity.is_none_or(|c| *first <= c));
        if fits {
            let variants = self.variants(&differs);
            let working = variants.iter().map(|variant| variant.live()).collect();
            let through = variants.iter().map(|variant| variant.through()).collect();
            return self.counted(Allocated { working, through, gap: 0 }, out);
        }
        let touched: Touched = touched.into();
        if let Some(known) = memory.effects.get(&touched) {
            return known;
        }
        let allocated = self.allocated(&differs, memory);
        let effect = self.counted(allocated, out);
        memory.effects.keep(touched, effect.clone());
        effect
    }

    fn counted(&self, allocated: Allocated, out: Box<[u32]>) -> Effect {
        let Allocated { working, through, gap } = allocated;
        let objectives = self.objectives(&through, &out);
        let counted = |n: &usize| self.bulk.problem.cohorts[*n].counted;
        let sum = (0..working.len()).filter(counted).map(|n| working[n]).sum();
        let lost = working.iter().zip(&self.bulk.usual).enumerate();
        let lost = lost.filter(|(_, (now, usual))| now != usual);
        let lost = lost.map(|(n, (now, usual))| {
            let fewer = i64::try_from(*usual).expect("few") - i64::try_from(*now).expect("few");
            (u32::try_from(n).expect("dense"), fewer)
        });
        Effect { working: sum, gap, lost: lost.collect(), out, objectives }
    }

    /// Looks again at whoever looks at a touched root.
    fn differs(&self, touched: &[u32], memory: &mut Memory) -> Differs {
        let bulk = self.bulk;
        let Base { capacities, first, .. } = &bulk.base;
        let mut differs =
            Differs { variants: Vec::new(), capacities: capacities.clone(), first: first.clone() };
        let by_looker = |lookers: &[Vec<u32>]| {
            let mut all: Vec<(u32, u32)> = Vec::new();
            for root in touched {
                all.extend(lookers[*root as usize].iter().map(|looker| (*looker, *root)));
            }
            all.sort_unstable();
            all
        };
        for group in by_looker(&bulk.looks.cohorts).chunk_by(|a, b| a.0 == b.0) {
            let key: (u32, Touched) = (group[0].0, group.iter().map(|(_, root)| *root).collect());
            let cohort = group[0].0 as usize;
            let variant = memory.variants.get_or(key, || {
                let whom = (cohort, bulk.people[cohort]);
                Arc::new(Variant::new(self.scene, whom, &bulk.held, &bulk.matters))
            });
            bulk.base.variants[cohort].first().for_each(|(r, l)| differs.first[r.index()] -= l);
            variant.first().for_each(|(r, load)| differs.first[r.index()] += load);
            differs.variants.push((cohort, variant));
        }
        for group in by_looker(&bulk.looks.resources).chunk_by(|a, b| a.0 == b.0) {
            let key: (u32, Touched) = (group[0].0, group.iter().map(|(_, root)| *root).collect());
            let resource = group[0].0 as usize;
            differs.capacities[resource] =
                memory.capacities.get_or(key, || self.scene.capacities[resource]);
        }
        differs
    }

    fn variants<'d>(&'d self, differs: &'d Differs) -> Vec<&'d Variant> {
        let base = self.bulk.base.variants.iter();
        let mut variants: Vec<&Variant> = base.map(AsRef::as_ref).collect();
        for (cohort, variant) in &differs.variants {
            variants[*cohort] = variant;
        }
        variants
    }

    /// Who works by the best allocation.
    fn allocated(&self, differs: &Differs, memory: &mut Memory) -> Allocated {
        let (bulk, scene) = (self.bulk, &**self.scene);
        let mut most = bulk.base.most.clone();
        for (cohort, variant) in &differs.variants {
            bulk.base.variants[*cohort].most().for_each(|(r, load)| most[r.index()] -= load);
            variant.most().for_each(|(r, load)| most[r.index()] += load);
        }
        let binding = exceeded(&most, &scene.capacities);
        let variants = self.variants(differs);
        let parts: Vec<_> = variants.iter().flat_map(|variant| &variant.parts).collect();
        let crews: Vec<Arc<Crew>> = parts.iter().map(|part| part.crew.clone()).collect();
        let choices: Vec<_> = parts.iter().map(|part| reduced(&part.choices, &binding)).collect();
        let blocks = RefCell::new(&mut memory.blocks);
        let (agents, gap) = allocation(scene, &crews, &choices, &binding, &|program| {
            program.solve_by(&|block| {
                blocks.borrow_mut().get_or(block.clone(), || block.climb(Rung::First))
            })
        });
        let mut working = vec![0; bulk.people.len()];
        let mut through = vec![0; bulk.people.len()];
        for (n, crew) in crews.iter().enumerate() {
            for (choice, &agents) in choices[n].iter().zip(&agents[n]) {
                working[crew.cohort] += agents;
                through[crew.cohort] += u128::from(agents) * u128::from(choice.planned);
            }
        }
        Allocated { working, through, gap }
    }

    /// Whether each objective is attainable, given an allocation and who is out.
    fn objectives(&self, through: &[u128], out: &[u32]) -> Box<[Standing]> {
        let bulk = self.bulk;
        let need = |n: usize| u128::from(bulk.needs[n]) * 1_000_000;
        let sum = |n: usize, of: &dyn Fn(usize) -> u128| -> u128 {
            let cohorts = bulk.problem.cohorts.iter().enumerate();
            let counted = cohorts.filter(|(_, c)| bulk.problem.objectives[n].counts(c));
            counted.map(|(c, _)| of(c)).sum()
        };
        let is_out = |c: usize| out.binary_search(&(c as u32)).is_ok();
        let live = |c: usize| if is_out(c) { 0 } else { u128::from(bulk.people[c]) * 1_000_000 };
        let quick = |n: usize| {
            if sum(n, &|c| through[c]) / 1_000_000 * 1_000_000 >= need(n) {
                return Some(Standing::Attained);
            }
            (sum(n, &live) < need(n)).then_some(Standing::Missed)
        };
        let quick: Vec<Option<Standing>> = (0..bulk.needs.len()).map(quick).collect();
        if let Some(all) = quick.iter().copied().collect() {
            return all;
        }
        let mut known: Vec<bool> = quick.iter().map(Option::is_some).collect();
        let state = &**self.state;
        // What is met is attainable: an outcome knows what trunks block at their load.
        let outcome = assess(bulk.problem, state, &bulk.held, Scope::Moved, Steering::Directed);
        for (known, count) in known.iter_mut().zip(&outcome.objectives) {
            *known |= count.is_met();
        }
        let proven = Assessor::new(bulk.problem, state, &bulk.held).attainable(&known);
        let proven = proven.iter().map(|one| match one {
            Attainable::Yes => Standing::Attained,
            Attainable::No { .. } => Standing::Missed,
            Attainable::Undecided => Standing::Open,
        });
        quick.into_iter().zip(proven).map(|(quick, proven)| quick.unwrap_or(proven)).collect()
    }
}

/// Resources that may be over their limit in some state, and those that block calls.
fn matters(problem: &Problem, people: &[u64]) -> Vec<bool> {
    let mut most = vec![0_u128; problem.resources.len()];
    for (cohort, agents) in problem.cohorts.iter().zip(people) {
        let mut worst = vec![0_u128; problem.resources.len()];
        for way in &problem.ways[cohort.ways.clone()] {
            let mut own = vec![0_u128; problem.resources.len()];
            let routes = way.legs.iter().flat_map(|leg| leg.routes.iter());
            let loads = way.held.iter().chain(routes.flat_map(|route| &route.loads));
            for load in loads {
                let amount = u128::from(load.held) + u128::from(load.in_call);
                own[load.resource.index()] += amount;
                for (_, alone) in &problem.resources[load.resource.index()].shared_by {
                    own[alone.index()] += amount;
                }
            }
            for (worst, own) in worst.iter_mut().zip(own) {
                *worst = own.max(*worst);
            }
        }
        for (most, worst) in most.iter_mut().zip(worst) {
            *most += worst * u128::from(*agents);
        }
    }
    let exceeds = |(n, most): (usize, &u128)| match &problem.resources[n].capacity {
        Capacity::Unlimited => false,
        Capacity::Units(all) | Capacity::Bits(all) => *most > u128::from(*all),
        Capacity::Channels(_) => true,
        Capacity::Line { members, .. } => {
            let least = members.iter().filter_map(|member| member.bits).min();
            least.is_some_and(|least| *most > u128::from(least))
        }
    };
    most.iter().enumerate().map(exceeds).collect()
}
