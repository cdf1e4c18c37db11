//! One set on its way to its effect.

use std::cell::{LazyCell, RefCell};
use std::ops::Deref;
use std::sync::Arc;

use super::base::fits;
use super::bounds::{Prices, dearer};
use super::carried::{Allocation, Differs};
use super::memory::{Asked, Memory, Touched, Variant};
use super::{Bulk, Effect, Standing};
use crate::assess::choices::{Choice, exceeded, reduced};
use crate::assess::directed::{allocation, everybody};
use crate::assess::ladder::Rung;
use crate::assess::live::{Crew, Scene};
use crate::assess::prices::priced;
use crate::assess::program::{Counted, Program};
use crate::assess::{Scope, Steering, assess};
use crate::failures::{FailureId, Set};

/// A set; its scenes are made once something has to be looked at anew.
pub(super) struct One<'b, 'a, 's> {
    pub(super) bulk: &'b Bulk<'a>,
    pub(super) set: &'b Set,
    pub(super) scene: &'b dyn Deref<Target = Scene<'s>>,
    /// With every route steered.
    pub(super) steered: &'b dyn Deref<Target = Scene<'s>>,
}

/// Who works, by cohort, and what counts of that, in millionths of an agent.
struct Allocated {
    working: Vec<u64>,
    through: Vec<u128>,
    gap: u64,
}

impl From<&Allocation> for Allocated {
    fn from(of: &Allocation) -> Self {
        Self { working: of.working(), through: of.through(), gap: of.gap }
    }
}

/// What there is to choose from.
pub(super) struct Offer {
    pub(super) crews: Vec<Arc<Crew>>,
    pub(super) choices: Vec<Vec<Choice>>,
    binding: Vec<bool>,
}

impl One<'_, '_, '_> {
    pub(super) fn effect(&self, touched: &[u32], out: Box<[u32]>, memory: &mut Memory) -> Effect {
        let differs = self.differs(touched, memory);
        if self.fits(&differs) {
            let variants = self.variants(Asked::Told, &differs, &differs.told);
            let working = variants.iter().map(|variant| variant.live()).collect();
            let through = variants.iter().map(|variant| variant.through()).collect();
            let allocated = Allocated { working, through, gap: 0 };
            return self.counted(&allocated, out, &differs, memory);
        }
        let touched: Touched = touched.into();
        if let Some(known) = memory.effects.get(&touched) {
            return known;
        }
        let allocation = self.best(&differs, memory);
        let effect = self.counted(&Allocated::from(&allocation), out, &differs, memory);
        memory.effects.keep(touched, effect.clone());
        effect
    }

    /// Whether everybody fits on the first of his choices.
    fn fits(&self, differs: &Differs) -> bool {
        let base = self.bulk.base.cohorts(Asked::Told);
        let mut first = base.first.clone();
        for ((cohort, _), variant) in differs.cohorts.iter().zip(&differs.told) {
            base.variants[*cohort as usize].first().for_each(|(r, l)| first[r.index()] -= l);
            variant.first().for_each(|(r, load)| first[r.index()] += load);
        }
        fits(&first, &differs.capacities)
    }

    /// An allocation, with prices that may bound those of further failures.
    pub(super) fn allocation(&self, touched: &[u32], memory: &mut Memory) -> Allocation {
        let differs = self.differs(touched, memory);
        let mut found = self.best(&differs, memory);
        let variants = self.variants(Asked::Told, &differs, &differs.told);
        found.prices = self.bulk.prices(&found, &variants);
        found
    }

    /// One of the best allocations: that of fewer failures if it holds. Which of these are
    /// tried hangs on the set alone.
    fn best(&self, differs: &Differs, memory: &mut Memory) -> Allocation {
        let bulk = self.bulk;
        if self.set.is_empty() {
            return self.solved(differs, memory);
        }
        if self.set.len() == 1 {
            let none = bulk.alone(None);
            let moved = self.moved(none, differs, &none.prices, memory);
            return moved.unwrap_or_else(|| self.solved(differs, memory));
        }
        let mut singles: Vec<&Allocation> =
            self.set.iter().map(|single| &**bulk.alone(Some(single))).collect();
        let lost = |set: &Allocation| bulk.normal.lost(bulk.counted(&set.working()));
        singles.sort_by_cached_key(|single| std::cmp::Reverse(lost(single)));
        let mut prices: Vec<Prices> =
            singles.iter().flat_map(|single| &single.prices).cloned().collect();
        prices.extend(prices.iter().cloned().reduce(|a, b| dearer(&a, &b)));
        if let Some(moved) = self.moved(singles[0], differs, &prices, memory) {
            return moved;
        }
        if self.set.len() > 2 {
            let pair = self.worst_pair(memory);
            prices.extend(pair.prices.iter().cloned());
            if let Some(moved) = self.moved(&pair, differs, &prices, memory) {
                return moved;
            }
        }
        self.solved(differs, memory)
    }

    /// An allocation of fewer failures as it is here, if it is one of the best.
    fn moved(
        &self,
        from: &Allocation,
        differs: &Differs,
        prices: &[Prices],
        memory: &mut Memory,
    ) -> Option<Allocation> {
        let variants = self.variants(Asked::Told, differs, &differs.told);
        let moved = from.moved(self.bulk, differs, &variants);
        if from.is_as_good(&moved, self.bulk, memory) {
            return Some(moved);
        }
        let gap = self.bulk.gap(&moved, &variants, prices);
        // Where less is proven of fewer failures, no more is asked here.
        let gap = gap.filter(|gap| *gap <= from.gap)?;
        Some(Allocation { gap, ..moved })
    }

    /// The allocation of the pair of these failures that loses most; of more than three,
    /// of the two that lose most alone.
    fn worst_pair(&self, memory: &mut Memory) -> Arc<Allocation> {
        let bulk = self.bulk;
        let lost = |set: &Allocation| bulk.normal.lost(bulk.counted(&set.working()));
        let mut singles: Vec<FailureId> = self.set.iter().collect();
        singles.sort_by_cached_key(|single| std::cmp::Reverse(lost(bulk.alone(Some(*single)))));
        singles.truncate(3);
        let mut of = |a: usize, b: usize| {
            let pair = Set::new([singles[a], singles[b]]);
            memory.pairs.get(&pair).unwrap_or_else(|| {
                let found = Arc::new(bulk.allocation(pair.clone(), memory));
                memory.pairs.keep(pair, found.clone());
                found
            })
        };
        let first = of(0, 1);
        if self.set.len() > 3 {
            return first;
        }
        let others = [of(0, 2), of(1, 2)];
        others
            .into_iter()
            .fold(first, |worst, one| if lost(&one) > lost(&worst) { one } else { worst })
    }

    fn counted(
        &self,
        allocated: &Allocated,
        out: Box<[u32]>,
        differs: &Differs,
        memory: &mut Memory,
    ) -> Effect {
        let objectives = self.objectives(&allocated.through, &out, differs, memory);
        let working = &allocated.working;
        let sum = self.bulk.counted(working);
        let lost = working.iter().zip(&self.bulk.usual).enumerate();
        let lost = lost.filter(|(_, (now, usual))| now != usual);
        let lost = lost.map(|(n, (now, usual))| {
            let fewer = i64::try_from(*usual).expect("few") - i64::try_from(*now).expect("few");
            (u32::try_from(n).expect("dense"), fewer)
        });
        Effect { working: sum, gap: allocated.gap, lost: lost.collect(), out, objectives }
    }

    /// Looks again at whoever looks at a touched root.
    pub(super) fn differs(&self, touched: &[u32], memory: &mut Memory) -> Differs {
        let looks = &self.bulk.looks;
        let cohorts = by_looker(touched, &looks.cohorts);
        let told = cohorts.iter().map(|key| self.variant(Asked::Told, key, memory)).collect();
        let mut capacities = self.bulk.base.capacities.clone();
        for key in by_looker(touched, &looks.resources) {
            let resource = key.0 as usize;
            capacities[resource] =
                memory.capacities.get_or(key, || self.scene.capacities[resource]);
        }
        Differs { cohorts, told, capacities }
    }

    pub(super) fn variant(
        &self,
        asked: Asked,
        key: &(u32, Touched),
        memory: &mut Memory,
    ) -> Arc<Variant> {
        let bulk = self.bulk;
        memory.variants.get_or((asked, key.0, key.1.clone()), || {
            let whom = (key.0 as usize, bulk.people[key.0 as usize]);
            Arc::new(Variant::new(self.of(asked), whom, &bulk.held, &bulk.base.matters, asked))
        })
    }

    pub(super) fn of(&self, asked: Asked) -> &Scene<'_> {
        if asked.is_steered() { self.steered } else { self.scene }
    }

    /// All cohorts, those that differ as they are now.
    fn variants<'d>(
        &'d self,
        asked: Asked,
        differs: &Differs,
        now: &'d [Arc<Variant>],
    ) -> Vec<&'d Variant> {
        let base = self.bulk.base.cohorts(asked).variants.iter();
        let mut variants: Vec<&Variant> = base.map(AsRef::as_ref).collect();
        for ((cohort, _), variant) in differs.cohorts.iter().zip(now) {
            variants[*cohort as usize] = variant;
        }
        variants
    }

    pub(super) fn offer(&self, asked: Asked, differs: &Differs, now: &[Arc<Variant>]) -> Offer {
        let base = self.bulk.base.cohorts(asked);
        let mut most = base.most.clone();
        for ((cohort, _), variant) in differs.cohorts.iter().zip(now) {
            base.variants[*cohort as usize].most().for_each(|(r, load)| most[r.index()] -= load);
            variant.most().for_each(|(r, load)| most[r.index()] += load);
        }
        let capacities = asked.blocked().capacities(self.of(asked));
        let binding = exceeded(&most, &capacities);
        let variants = self.variants(asked, differs, now);
        let parts: Vec<_> = variants.iter().flat_map(|variant| &variant.parts).collect();
        let crews = parts.iter().map(|part| part.crew.clone()).collect();
        let choices = parts.iter().map(|part| reduced(&part.choices, &binding)).collect();
        Offer { crews, choices, binding }
    }

    /// One of the best allocations, by a program.
    fn solved(&self, differs: &Differs, memory: &mut Memory) -> Allocation {
        let Offer { crews, choices, binding } = self.offer(Asked::Told, differs, &differs.told);
        let blocks = RefCell::new(&mut memory.blocks);
        let (agents, gap) = allocation(self.scene, &crews, &choices, &binding, &|program| {
            program.solve_by(&|block| {
                blocks.borrow_mut().get_or(block.clone(), || block.climb(Rung::First))
            })
        });
        let variants = self.variants(Asked::Told, differs, &differs.told);
        Allocation::new(differs.clone(), &variants, &choices, &agents, gap)
    }

    /// Whether each objective is attainable, given an allocation and who is out.
    fn objectives(
        &self,
        through: &[u128],
        out: &[u32],
        differs: &Differs,
        memory: &mut Memory,
    ) -> Box<[Standing]> {
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
            if sum(n, &|c| through[c]) >= need(n) {
                return Some(Standing::Attained);
            }
            (sum(n, &live) < need(n)).then_some(Standing::Missed)
        };
        let quick: Vec<Option<Standing>> = (0..bulk.needs.len()).map(quick).collect();
        if let Some(all) = quick.iter().copied().collect() {
            return all;
        }
        let memory = &RefCell::new(memory);
        let program =
            |asked| LazyCell::new(move || self.program(asked, differs, &mut memory.borrow_mut()));
        let surely = program(Asked::Surely);
        let (working, effective) = (program(Asked::Working), program(Asked::Effective));
        let proven = |(n, quick): (usize, Option<Standing>)| {
            quick.unwrap_or_else(|| self.proven(n, &surely, [&working, &effective]))
        };
        quick.into_iter().enumerate().map(proven).collect()
    }

    /// The fluid program of everybody.
    fn program(&self, asked: Asked, differs: &Differs, memory: &mut Memory) -> Program {
        let now: Vec<_> =
            differs.cohorts.iter().map(|key| self.variant(asked, key, memory)).collect();
        let Offer { crews, choices, .. } = self.offer(asked, differs, &now);
        everybody(self.of(asked), &crews, &choices, asked.blocked())
    }

    fn proven<F: FnOnce() -> Program>(
        &self,
        objective: usize,
        surely: &LazyCell<Program, F>,
        [working, effective]: [&LazyCell<Program, F>; 2],
    ) -> Standing {
        let need = self.bulk.needs[objective];
        #[allow(clippy::cast_precision_loss)] // needs are far below 2^53
        if surely.most(objective) + 1e-6 >= need as f64 {
            return Standing::Attained;
        }
        let most = match surely.targets[objective].counts {
            Counted::Working => working,
            Counted::Effective => effective,
        };
        if priced(most, objective).at_most < need {
            return Standing::Missed;
        }
        // What is met is attainable: an outcome knows what trunks block at their load.
        let Bulk { problem, held, .. } = self.bulk;
        let state = self.scene.state;
        let outcome = assess(problem, state, held, Scope::Moved, Steering::Directed);
        if outcome.objectives[objective].is_met() { Standing::Attained } else { Standing::Open }
    }
}

/// By who looks at them: the touched roots.
pub(super) fn by_looker(touched: &[u32], lookers: &[Vec<u32>]) -> Vec<(u32, Touched)> {
    let mut all: Vec<(u32, u32)> = Vec::new();
    for root in touched {
        all.extend(lookers[*root as usize].iter().map(|looker| (*looker, *root)));
    }
    all.sort_unstable();
    let groups = all.chunk_by(|a, b| a.0 == b.0);
    groups.map(|group| (group[0].0, group.iter().map(|(_, root)| *root).collect())).collect()
}
