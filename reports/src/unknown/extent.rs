//! The least and the most of every figure, over all combinations.
//!
//! Moments of two combinations may lie at different times (a battery that lasts longer):
//! figures are steps in time, and steps are merged at the times of both.

use super::sheet::{Figures, MomentFigures, PointFigures};
use crate::document::{
    BreakdownDocument, Extent, ExtentMomentDocument, ExtentPointDocument, SidesDocument, Span,
    Tally,
};
use crate::named::Named;

/// The figures of several combinations together.
#[derive(Debug, Clone)]
pub(super) struct Extents {
    pub(super) moments: Vec<ExtentMomentDocument>,
    pub(super) curve: Vec<ExtentPointDocument>,
}

impl Extents {
    /// Those of one combination.
    pub(super) fn of(figures: &Figures) -> Self {
        Self {
            moments: figures.moments.iter().map(|(at, one)| moment(*at, one)).collect(),
            curve: figures.curve.iter().map(|(at, one)| point(*at, one)).collect(),
        }
    }

    /// Takes another combination in.
    pub(super) fn widen(&mut self, figures: &Figures) {
        let other = Self::of(figures);
        self.moments = merged(&self.moments, &other.moments, |one| &mut one.at_ms, widen_moment);
        self.curve = merged(&self.curve, &other.curve, |one| &mut one.at_ms, widen_point);
    }
}

/// Two lists of steps as one, with the times of both.
fn merged<T: Clone>(
    a: &[T],
    b: &[T],
    at: impl Fn(&mut T) -> &mut u64,
    widen: impl Fn(&mut T, &T),
) -> Vec<T> {
    let time = |one: &T| *at(&mut one.clone());
    let times = |all: &[T]| all.iter().map(time).collect::<Vec<u64>>();
    let (of_a, of_b) = (times(a), times(b));
    let mut all = [of_a.as_slice(), of_b.as_slice()].concat();
    all.sort_unstable();
    all.dedup();
    let in_force = |times: &[u64], now: u64| times.partition_point(|at| *at <= now).max(1) - 1;
    let step = |now: u64| {
        let mut one = a[in_force(&of_a, now)].clone();
        widen(&mut one, &b[in_force(&of_b, now)]);
        *at(&mut one) = now;
        one
    };
    all.into_iter().map(step).collect()
}

impl Span {
    pub(super) const fn exactly(figure: u64) -> Self {
        Self { certain: figure, possible: figure }
    }

    pub(super) fn widen(&mut self, other: Self) {
        self.certain = self.certain.min(other.certain);
        self.possible = self.possible.max(other.possible);
    }
}

impl Extent {
    const fn exactly(tally: &Tally) -> Self {
        Self { certain: *tally, possible: *tally }
    }

    fn widen(&mut self, other: &Self) {
        self.certain = each(&self.certain, &other.certain, u64::min);
        self.possible = each(&self.possible, &other.possible, u64::max);
    }
}

fn each(a: &Tally, b: &Tally, of: fn(u64, u64) -> u64) -> Tally {
    Tally {
        on_shift: of(a.on_shift, b.on_shift),
        working: of(a.working, b.working),
        effective: of(a.effective, b.effective),
        impaired: of(a.impaired, b.impaired),
        in_transit: of(a.in_transit, b.in_transit),
        stranded: of(a.stranded, b.stranded),
    }
}

fn moment(at_ms: u64, one: &MomentFigures) -> ExtentMomentDocument {
    ExtentMomentDocument {
        at_ms,
        normally_working: Span::exactly(one.normally_working),
        untouched: sides(&one.untouched),
        settled: sides(&one.settled),
        moved: sides(&one.moved),
    }
}

fn sides(of: &SidesDocument<Tally>) -> SidesDocument<Extent> {
    SidesDocument { left_alone: breakdown(&of.left_alone), directed: breakdown(&of.directed) }
}

fn breakdown(of: &BreakdownDocument<Tally>) -> BreakdownDocument<Extent> {
    let named = |all: &Named<Tally>| {
        Named(all.iter().map(|(name, one)| (name.to_owned(), Extent::exactly(one))).collect())
    };
    BreakdownDocument {
        all: Extent::exactly(&of.all),
        by_priority: named(&of.by_priority),
        by_group: named(&of.by_group),
        users: named(&of.users),
        by_site: named(&of.by_site),
        by_queue: named(&of.by_queue),
        by_phone: named(&of.by_phone),
    }
}

fn point(at_ms: u64, one: &PointFigures) -> ExtentPointDocument {
    let counted = one.counted.iter().map(|(name, n)| (name.clone(), Span::exactly(*n)));
    ExtentPointDocument {
        at_ms,
        working: Span::exactly(one.working),
        effective: Span::exactly(one.effective),
        counted: Named(counted.collect()),
    }
}

fn widen_moment(into: &mut ExtentMomentDocument, other: &ExtentMomentDocument) {
    into.normally_working.widen(other.normally_working);
    for (into, other) in [
        (&mut into.untouched, &other.untouched),
        (&mut into.settled, &other.settled),
        (&mut into.moved, &other.moved),
    ] {
        widen_breakdown(&mut into.left_alone, &other.left_alone);
        widen_breakdown(&mut into.directed, &other.directed);
    }
}

fn widen_breakdown(into: &mut BreakdownDocument<Extent>, other: &BreakdownDocument<Extent>) {
    into.all.widen(&other.all);
    for (into, other) in [
        (&mut into.by_priority, &other.by_priority),
        (&mut into.by_group, &other.by_group),
        (&mut into.users, &other.users),
        (&mut into.by_site, &other.by_site),
        (&mut into.by_queue, &other.by_queue),
        (&mut into.by_phone, &other.by_phone),
    ] {
        widen_named(into, other, Extent::widen);
    }
}

/// A name that one of the two lacks has nobody on shift there.
fn widen_named<T: Clone + Default>(
    into: &mut Named<T>,
    other: &Named<T>,
    widen: impl Fn(&mut T, &T),
) {
    let nobody = T::default();
    for (name, one) in &mut into.0 {
        widen(one, other.get(name).unwrap_or(&nobody));
    }
    for (name, one) in other.iter().filter(|(name, _)| into.get(name).is_none()).collect::<Vec<_>>()
    {
        let mut widened = nobody.clone();
        widen(&mut widened, one);
        into.0.push((name.to_owned(), widened));
    }
}

fn widen_point(into: &mut ExtentPointDocument, other: &ExtentPointDocument) {
    into.working.widen(other.working);
    into.effective.widen(other.effective);
    // Several objectives may be of one queue; all combinations have the same.
    for ((_, into), (_, other)) in into.counted.0.iter_mut().zip(&other.counted.0) {
        into.widen(*other);
    }
}
