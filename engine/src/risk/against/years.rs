//! Both plans over the same years.

use std::collections::BTreeMap;

use crate::chance::exact::Differences;
use crate::chance::interval::{Interval, by_normal_law};
use crate::failures::Failures;
use crate::problem::Problem;
use crate::progress::{Observer, Stage};
use crate::risk::Years;
use crate::risk::drawn::Deck;
use crate::risk::events::Course as Comes;
use crate::risk::year::{Course, Simulation, YearView, rounds};
use crate::run::timeline::Shifts;

/// Of fewer years that differ no interval is said.
const FEW: u64 = 30;

/// What was found of years. Pairs of ends are moved and still.
#[derive(Debug)]
pub struct YearsOfBoth {
    /// Each plan's years: new and old.
    pub each: [YearView; 2],
    /// Agent-milliseconds that a year of the new plan loses more.
    pub lost: [Average; 2],
    /// Of each objective of both, how often more a year its RTO is broken.
    pub rto: Vec<[Average; 2]>,
}

/// A mean of differences, year by year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Average {
    /// New less old.
    pub mean: f64,
    /// By the normal law; nothing where too few years differ for that.
    pub likely: Option<Interval>,
    /// Years that differ.
    pub differ: u64,
}

impl Average {
    fn of(differences: &Differences) -> Self {
        let (mean, count) = (differences.mean(), differences.count());
        let differ = differences.differ();
        let likely = by_normal_law(mean, differences.variance(), count);
        Self { mean, likely: (differ >= FEW).then_some(likely), differ }
    }
}

/// A plan that is simulated.
pub(super) struct Side<'s> {
    pub(super) problem: &'s Problem,
    pub(super) failures: &'s Failures,
    pub(super) deck: &'s Deck<'s>,
    pub(super) shifts: &'s Shifts,
    /// Its events that come and go otherwise in the other plan.
    pub(super) twins: BTreeMap<usize, Comes>,
}

pub(super) fn compared(
    sides: [Side<'_>; 2],
    objectives: &[[usize; 2]],
    asked: Years,
    observer: &dyn Observer,
) -> YearsOfBoth {
    let [mut new, mut old] = sides.map(|side| {
        let course = Course::of(side.deck, side.failures, side.shifts, asked.seed);
        let course = course.beside(side.twins);
        Simulation::of(side.problem, side.failures, side.shifts, course)
    });
    let mut lost = [Differences::default(); 2];
    let mut rto = vec![[Differences::default(); 2]; objectives.len()];
    let rounds = rounds(asked.years);
    for (round, years) in rounds.clone().enumerate() {
        if observer.stops() {
            (new.view.partial, old.view.partial) = (true, true);
            break;
        }
        observer.begins(Stage::Years, round + 1, rounds.len());
        for (new, old) in new.round(years.clone()).iter().zip(&old.round(years)) {
            for end in [0, 1] {
                lost[end].add(new.lost[end], old.lost[end]);
                for (sums, [n, other]) in rto.iter_mut().zip(objectives) {
                    let times = [&new.objectives[*n], &old.objectives[*other]];
                    let [one, other] = times.map(|breaches| breaches.rto_times[end]);
                    sums[end].add(one, other);
                }
            }
        }
    }
    YearsOfBoth {
        each: [new.view, old.view],
        lost: lost.map(|one| Average::of(&one)),
        rto: rto.iter().map(|ends| ends.map(|one| Average::of(&one))).collect(),
    }
}
