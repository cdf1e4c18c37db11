//! Both plans at one moment, in the same sets of events.
//!
//! Sets of few surprises are enumerated: the difference over them is exact, whatever the
//! plans have in common within a set, since a mean of differences is the difference of
//! means. Beyond them both plans are assessed in the same drawn sets, with the same hits
//! and the same time gone by.

use rayon::prelude::*;

use super::table::Table;
use crate::assess::bulk::{Bulk, Effect, Standing};
use crate::chance::exact::Moments;
use crate::chance::interval::{Interval, bernstein, clopper_pearson};
use crate::chance::stream::Stream;
use crate::failures::Set;
use crate::progress::{Observer, Stage};
use crate::risk::drawn::Deck;
use crate::risk::sets::{PART, Sets};
use crate::risk::{ALPHA, AT_ONCE, BLOCK, Chances, Question, TAIL, counted};

/// A figure of the new plan and of the old one, and by how much the new one is more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paired {
    /// New and old.
    pub each: [Chances; 2],
    /// New less old.
    pub difference: Chances,
}

/// What was found of one moment.
#[derive(Debug, Clone)]
pub struct MomentOfBoth {
    /// Sets of up to so many surprises were enumerated.
    pub order: usize,
    /// The chance of more.
    pub rest: f64,
    /// Sets drawn of those.
    pub trials: u64,
    /// Whether it was stopped before its end.
    pub partial: bool,
    /// Agents who work with nothing failed.
    pub normally: [u64; 2],
    /// Agents working, expected.
    pub working: Paired,
    /// The chance of missing each objective of both.
    pub missed: Vec<Paired>,
}

/// Both plans, ready.
pub(super) struct Joint<'j> {
    bulks: [&'j Bulk<'j>; 2],
    decks: [&'j Deck<'j>; 2],
    table: &'j Table,
    sets: Sets,
}

/// What lies between two ends.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Span {
    low: f64,
    high: f64,
}

impl Span {
    fn add(&mut self, weight: f64, of: Self) {
        self.low += weight * of.low;
        self.high += weight * of.high;
    }

    fn middle(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    fn less(self, other: Self) -> Self {
        Self { low: self.low - other.high, high: self.high - other.low }
    }
}

/// A quantity summed over enumerated sets.
#[derive(Debug, Clone, Copy, Default)]
struct Exact {
    each: [Span; 2],
    difference: Span,
    /// How far the difference may be off for rounding.
    off: f64,
}

/// What was enumerated.
struct Enumerated {
    sums: Vec<Exact>,
    /// Sets of up to so many surprises.
    order: usize,
    partial: bool,
}

/// Drawn sets by how an objective fares in them, counted.
#[derive(Debug, Clone, Copy, Default)]
struct Drawn {
    missed: [u64; 2],
    /// Missed, or it cannot be said.
    maybe: [u64; 2],
    /// By the new plan only, for certain and perhaps.
    worse: [u64; 2],
    /// By the old plan only.
    better: [u64; 2],
}

/// What was drawn so far.
struct Tail {
    trials: u64,
    partial: bool,
    objectives: Vec<Drawn>,
    working: [Moments; 2],
    /// New less old, and the most that a plan has on top.
    more: Moments,
}

impl<'j> Joint<'j> {
    pub(super) fn of(
        bulks: [&'j Bulk<'j>; 2],
        decks: [&'j Deck<'j>; 2],
        table: &'j Table,
        most: u64,
    ) -> Option<Self> {
        let chances: Vec<f64> = table.entries.iter().map(|entry| entry.chance).collect();
        Some(Self { bulks, decks, table, sets: Sets::of(&chances, most)? })
    }

    pub(super) fn compared(
        &self,
        objectives: &[[usize; 2]],
        same: bool,
        question: Question,
        observer: &dyn Observer,
    ) -> MomentOfBoth {
        let Enumerated { sums: exact, order, partial } = self.enumerated(objectives, observer);
        let rest = self.sets.more_than(order);
        let mut tail = Tail::new(objectives.len(), partial);
        if rest > 0.0 && !partial {
            self.draw(&mut tail, objectives, question, observer);
        }
        let most = self.most();
        let figures =
            Figures { rest, error: self.sets.orders.relative_error(), same, trials: tail.trials };
        let (working, of_objectives) = exact.split_first().expect("agents working come first");
        let missed = of_objectives.iter().zip(&tail.objectives);
        MomentOfBoth {
            order,
            rest,
            trials: tail.trials,
            partial: tail.partial,
            normally: self.bulks.map(|bulk| bulk.normal().working),
            working: figures.working(working, &tail, most),
            missed: missed.map(|(exact, drawn)| figures.missed(exact, drawn)).collect(),
        }
    }

    /// No plan has more agents working.
    fn most(&self) -> u64 {
        self.bulks.iter().map(|bulk| bulk.people.iter().sum()).max().unwrap_or(0)
    }

    /// Agents working, then each objective, over whole orders.
    fn enumerated(&self, objectives: &[[usize; 2]], observer: &dyn Observer) -> Enumerated {
        let sums = vec![Exact::default(); objectives.len() + 1];
        let (mut done, mut part) = (Enumerated { sums, order: 0, partial: false }, 0);
        for order in 0..=self.sets.order {
            let mut sums = done.sums.clone();
            let mut sets = self.sets.of_order(order).peekable();
            while sets.peek().is_some() {
                if order > 0 && observer.stops() {
                    return Enumerated { partial: true, ..done };
                }
                part += 1;
                observer.begins(Stage::Sets, part, self.sets.parts());
                let some: Vec<Vec<u32>> = sets.by_ref().take(PART).collect();
                self.add(&some, objectives, &mut sums);
            }
            done = Enumerated { sums, order, partial: false };
        }
        done
    }

    fn add(&self, sets: &[Vec<u32>], objectives: &[[usize; 2]], sums: &mut [Exact]) {
        let given = [0, 1].map(|side| {
            let cases = sets.par_iter().map(|set| {
                let in_force = self.sets.in_force(set);
                self.decks[side].cases(&self.table.side(&in_force, side))
            });
            let cases: Vec<_> = cases.collect();
            let states: Vec<Set> = cases.iter().flatten().map(|(state, _)| state.clone()).collect();
            let mut effects = self.bulks[side].effects(&states).into_iter();
            let means = cases.iter().map(|cases| {
                let mut spans = vec![Span::default(); sums.len()];
                for (_, given) in cases {
                    let effect = effects.next().expect("one for each state");
                    for (span, value) in spans.iter_mut().zip(values(&effect, objectives, side)) {
                        span.add(*given, value);
                    }
                }
                (spans, cases.len())
            });
            means.collect::<Vec<_>>()
        });
        for ((set, new), old) in sets.iter().zip(&given[0]).zip(&given[1]) {
            let alone = self.sets.orders.alone(set);
            let error = self.sets.orders.relative_error();
            for (n, sum) in sums.iter_mut().enumerate() {
                let (a, b) = (new.0[n], old.0[n]);
                sum.each[0].add(alone, a);
                sum.each[1].add(alone, b);
                let less = a.less(b);
                sum.difference.add(alone, less);
                if less != Span::default() {
                    // Each mean is a sum of products of a few rounded factors.
                    let steps = counted((new.1 + old.1 + 16) as u64) * 4.0 * f64::EPSILON;
                    let size = less.low.abs().max(less.high.abs());
                    sum.off += alone * (size * error + (a.high + b.high) * steps);
                }
            }
        }
    }

    fn draw(
        &self,
        tail: &mut Tail,
        objectives: &[[usize; 2]],
        question: Question,
        observer: &dyn Observer,
    ) {
        let (most, blocks) = (self.most(), question.trials.div_ceil(BLOCK));
        let mut done = 0;
        while done < blocks {
            if observer.stops() {
                tail.partial = true;
                return;
            }
            let step = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
            observer.begins(Stage::Trials, step(done + 1), step(blocks));
            let until = blocks.min(done + AT_ONCE);
            let states: Vec<[Set; 2]> = (done..until)
                .into_par_iter()
                .flat_map_iter(|block| self.block(question.seed, block))
                .collect();
            let effects = [0, 1].map(|side| self.effects(&states, side));
            for (new, old) in effects[0].iter().zip(&effects[1]) {
                tail.add([new, old], objectives, most);
            }
            done = until;
        }
    }

    /// The states of both plans in each trial of a block.
    fn block(&self, seed: u64, block: u64) -> Vec<[Set; 2]> {
        let mut stream = Stream::open(seed, TAIL, block);
        let mut set = Vec::new();
        let trial = |_| {
            self.sets.draw(&mut stream, &mut set);
            let in_force = self.sets.in_force(&set);
            let sides = [0, 1].map(|side| self.table.side(&in_force, side));
            let mut hits: [Vec<_>; 2] = Default::default();
            for hit in &self.table.hits {
                let is_in_force = |side: usize| {
                    hit.of[side].is_some_and(|(n, ..)| sides[side].binary_search(&n).is_ok())
                };
                if ![0, 1].into_iter().any(is_in_force) {
                    continue;
                }
                let level = stream.unit();
                for side in [0, 1] {
                    let Some((n, failure, chance)) = hit.of[side] else { continue };
                    if is_in_force(side) && level < chance {
                        hits[side].push((n, failure));
                    }
                }
            }
            let level = stream.unit();
            [0, 1].map(|side| self.decks[side].state(&sides[side], &hits[side], level))
        };
        (0..BLOCK).map(trial).collect()
    }

    /// What each state does, those that are alike looked at once.
    fn effects(&self, states: &[[Set; 2]], side: usize) -> Vec<Effect> {
        let mut distinct: Vec<&Set> = states.iter().map(|both| &both[side]).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let all: Vec<Set> = distinct.iter().map(|set| (*set).clone()).collect();
        let effects = self.bulks[side].effects(&all);
        let of =
            |both: &[Set; 2]| effects[all.binary_search(&both[side]).expect("one of them")].clone();
        states.iter().map(of).collect()
    }
}

/// Agents working, then each objective: whether it is missed.
fn values<'v>(
    effect: &'v Effect,
    objectives: &'v [[usize; 2]],
    side: usize,
) -> impl Iterator<Item = Span> + 'v {
    let working = counted(effect.working);
    let missed = objectives.iter().map(move |both| match effect.objectives[both[side]] {
        Standing::Attained => Span::default(),
        Standing::Open => Span { low: 0.0, high: 1.0 },
        Standing::Missed => Span { low: 1.0, high: 1.0 },
    });
    [Span { low: working, high: working }].into_iter().chain(missed)
}

impl Tail {
    fn new(objectives: usize, partial: bool) -> Self {
        let objectives = vec![Drawn::default(); objectives];
        let (working, more) = (Default::default(), Moments::default());
        Self { trials: 0, partial, objectives, working, more }
    }

    fn add(&mut self, effects: [&Effect; 2], objectives: &[[usize; 2]], most: u64) {
        self.trials += 1;
        for (sum, effect) in self.working.iter_mut().zip(effects) {
            sum.add(effect.working, 1);
        }
        self.more.add((effects[0].working + most).saturating_sub(effects[1].working), 1);
        for (drawn, both) in self.objectives.iter_mut().zip(objectives) {
            let standing = [0, 1].map(|side| effects[side].objectives[both[side]]);
            let missed = standing.map(|one| one == Standing::Missed);
            let maybe = standing.map(|one| one != Standing::Attained);
            for side in [0, 1] {
                drawn.missed[side] += u64::from(missed[side]);
                drawn.maybe[side] += u64::from(maybe[side]);
            }
            drawn.worse[0] += u64::from(missed[0] && !maybe[1]);
            drawn.worse[1] += u64::from(maybe[0] && !missed[1]);
            drawn.better[0] += u64::from(missed[1] && !maybe[0]);
            drawn.better[1] += u64::from(maybe[1] && !missed[0]);
        }
    }
}

/// What figures are made with.
#[derive(Debug, Clone, Copy)]
struct Figures {
    rest: f64,
    error: f64,
    same: bool,
    trials: u64,
}

impl Figures {
    fn missed(&self, exact: &Exact, drawn: &Drawn) -> Paired {
        let share =
            |hits: u64| if self.trials > 0 { counted(hits) / counted(self.trials) } else { 0.0 };
        let middle = |[sure, maybe]: [u64; 2]| f64::midpoint(share(sure), share(maybe));
        let between = |sure: u64, maybe: u64, alpha: f64| Interval {
            low: clopper_pearson(sure, self.trials, alpha).low,
            high: clopper_pearson(maybe, self.trials, alpha).high,
        };
        let each = [0, 1].map(|side| {
            let (sure, maybe) = (drawn.missed[side], drawn.maybe[side]);
            let of_drawn = (middle([sure, maybe]), between(sure, maybe, ALPHA));
            let off = exact.each[side].high * self.error;
            self.whole(exact.each[side], off, of_drawn, Interval::CHANCE, (0.0, 1.0))
        });
        // Both counts hold together with the sum of what each leaves out.
        let worse = between(drawn.worse[0], drawn.worse[1], ALPHA / 2.0);
        let better = between(drawn.better[0], drawn.better[1], ALPHA / 2.0);
        let likely = Interval { low: worse.low - better.high, high: worse.high - better.low };
        let best = middle(drawn.worse) - middle(drawn.better);
        self.paired(each, exact, (best, likely), 1.0)
    }

    fn working(&self, exact: &Exact, tail: &Tail, most: u64) -> Paired {
        let (scale, all) = (counted(most), Interval { low: 0.0, high: counted(most) });
        let each = [0, 1].map(|side| {
            let of = &tail.working[side];
            let of_drawn = (of.mean(), bernstein(of, most, ALPHA));
            let off = exact.each[side].high * self.error;
            self.whole(exact.each[side], off, of_drawn, all, (0.0, scale))
        });
        let more = bernstein(&tail.more, 2 * most, ALPHA);
        let likely = Interval { low: more.low - scale, high: more.high - scale };
        let best = if self.trials > 0 { tail.more.mean() - scale } else { 0.0 };
        self.paired(each, exact, (best, likely), scale)
    }

    /// Of one plan or of the difference: what was enumerated, and the rest between its
    /// ends or as drawn.
    fn whole(
        &self,
        exact: Span,
        off: f64,
        (best, likely): (f64, Interval),
        any: Interval,
        (least, most): (f64, f64),
    ) -> Chances {
        let rest = [self.rest * (1.0 - self.error), self.rest * (1.0 + self.error)];
        let with = |of: Interval| Interval {
            low: (exact.low - off + (rest[0] * of.low).min(rest[1] * of.low)).max(least),
            high: (exact.high + off + (rest[0] * of.high).max(rest[1] * of.high)).min(most),
        };
        Chances {
            best: exact.middle() + self.rest * best,
            certain: with(any),
            likely: with(likely),
        }
    }

    fn paired(
        &self,
        each: [Chances; 2],
        exact: &Exact,
        drawn: (f64, Interval),
        most: f64,
    ) -> Paired {
        if self.same {
            let nothing = Interval { low: 0.0, high: 0.0 };
            let difference = Chances { best: 0.0, certain: nothing, likely: nothing };
            return Paired { each, difference };
        }
        let any = Interval { low: -most, high: most };
        let difference = self.whole(exact.difference, exact.off, drawn, any, (-most, most));
        Paired { each, difference }
    }
}
