//! The year view: failures come and go, and what a year loses.
//!
//! A year is 365 days from a Monday 00:00 and begins in the long-run state. Each event
//! has a stream of its own in each year, by its name, so that neither the other events
//! nor the number of years changes what it does, in this plan or another. Times are whole milliseconds; between two
//! changes (an event, a reserve, a shift) nothing happens, so sums are exact. A state at
//! an hour is assessed once, whenever it comes again.
//!
//! Two ends: *moved*, everybody who can has moved at once and is directed; *still*,
//! nobody does anything. What people really do lies between, until moves and changes
//! take their time.

mod alone;
mod course;
mod value;

use std::collections::HashMap;

use outlast_models::units::{Millis, WeekHour};
use outlast_models::{Id, Plan};
use rayon::prelude::*;

use super::drawn::Deck;
use super::events::Events;
use super::{HITS, Silence};
use crate::assess::bulk::Bulk;
use crate::chance::exact::{Differences, Moments};
use crate::chance::histogram::Histogram;
use crate::chance::interval::{Interval, by_normal_law, clopper_pearson};
use crate::failures::{Failures, Set};
use crate::problem::Problem;
use crate::progress::{Observer, Stage};
use crate::run::timeline::Shifts;
use alone::Alone;
pub(super) use course::Course;
use course::Segment;
use value::{Value, Values};

/// Milliseconds of a year of 365 days.
pub(super) const HORIZON: i64 = 365 * 24 * 3_600_000;
/// Years under way at a time.
pub const AT_ONCE: u64 = 256;
/// At most so many states at an hour are remembered from round to round.
const KEPT: usize = 1 << 18;

/// Everybody has moved; nobody has.
pub const ENDS: [&str; 2] = ["moved", "still"];

/// What years were asked for.
#[derive(Debug, Clone, Copy)]
pub struct Years {
    /// How many.
    pub years: u64,
    /// By what they are drawn.
    pub seed: u64,
}

/// What years lose; pairs are moved and still.
#[derive(Debug, Clone)]
pub struct YearView {
    /// Years that were simulated.
    pub years: u64,
    /// Whether it was stopped before its end.
    pub partial: bool,
    /// Agent-milliseconds lost in a year.
    pub lost: [Histogram; 2],
    /// The same, for means.
    pub sums: [Moments; 2],
    /// What a year would lose on the average if losses of events simply added.
    singly: [f64; 2],
    /// How much more than that, year by year.
    beyond: [Differences; 2],
    /// Agent-milliseconds lost in the worst episode of a year.
    pub worst: [Histogram; 2],
    /// Episodes in all years, and those in which more than one event was in force.
    pub episodes: [u64; 2],
    /// Each objective, in the problem's order.
    pub objectives: Vec<Breaches>,
    /// By event, agent-milliseconds lost while it was in force.
    pub events: Vec<[i128; 2]>,
    /// States at an hour that were assessed.
    pub assessed: u64,
}

/// How an objective fared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Breaches {
    /// Years in which it was below for longer than its RTO.
    pub rto_years: [u64; 2],
    /// How often it was, in all years.
    pub rto_times: [u64; 2],
    /// Years in which it was below for longer than its MTPD.
    pub mtpd_years: [u64; 2],
    /// How often it was.
    pub mtpd_times: [u64; 2],
    /// The longest time below, in milliseconds, by year.
    pub longest: [Histogram; 2],
}

/// The chance that a year loses at least so much: the least and the most that hold, 95
/// times in 100 each.
pub fn exceedance(lost: &Histogram, years: u64, at_least: u64) -> Interval {
    let (least, most) = lost.at_least(at_least);
    let count = |weight: u128| u64::try_from(weight).expect("years");
    let low = clopper_pearson(count(least), years, super::ALPHA).low;
    Interval { low, high: clopper_pearson(count(most), years, super::ALPHA).high }
}

/// Simulates years of a plan; `plays` has what each hazard that plays a scenario takes.
pub fn year_view(
    problem: &Problem,
    plan: &Plan,
    plays: &dyn Fn(&Id) -> Vec<Id>,
    asked: Years,
    observer: &dyn Observer,
) -> Result<YearView, Silence> {
    let failures = Failures::in_time(problem);
    let events = Events::of(problem, plan, &failures, plays);
    let shifts = Shifts::of(problem);
    let busiest = shifts.first_like(crate::run::busiest_hour(problem));
    let bulk = Bulk::new(problem, &failures, busiest);
    let deck = Deck::of(&bulk, &events);
    if deck.all.is_empty() {
        return Err(Silence::NothingFails);
    }
    if deck.hits() > HITS {
        return Err(Silence::TooManyHits);
    }
    let course = Course::of(&deck, &failures, &shifts, asked.seed);
    let mut simulation = Simulation::of(problem, &failures, &shifts, course);
    let rounds = rounds(asked.years);
    for (round, years) in rounds.clone().enumerate() {
        if observer.stops() {
            simulation.view.partial = true;
            break;
        }
        observer.begins(Stage::Years, round + 1, rounds.len());
        simulation.round(years);
    }
    Ok(simulation.view)
}

/// Years that are simulated at a time.
pub(super) fn rounds(
    years: u64,
) -> impl ExactSizeIterator<Item = std::ops::Range<u64>> + Clone + use<> {
    let rounds = usize::try_from(years.div_ceil(AT_ONCE)).unwrap_or(usize::MAX);
    (0..rounds).map(move |round| {
        let from = round as u64 * AT_ONCE;
        from..years.min(from.saturating_add(AT_ONCE))
    })
}

/// A plan on its way through years.
pub(super) struct Simulation<'s> {
    problem: &'s Problem,
    course: Course<'s>,
    values: Values<'s>,
    known: HashMap<(WeekHour, Set), Value>,
    alone: Alone,
    pub(super) view: YearView,
}

impl<'s> Simulation<'s> {
    pub(super) fn of(
        problem: &'s Problem,
        failures: &'s Failures,
        shifts: &Shifts,
        course: Course<'s>,
    ) -> Self {
        let mut view = YearView::new(problem, course.events());
        let values = Values::of(problem, failures, shifts);
        let alone = Alone::of(&course, &values);
        view.singly = alone.expected(&course);
        Self { problem, course, values, known: HashMap::new(), alone, view }
    }

    /// Simulates some years, and says what each loses.
    pub(super) fn round(&mut self, years: std::ops::Range<u64>) -> Vec<Year> {
        let all: Vec<Vec<Segment>> =
            years.into_par_iter().map(|year| self.course.year(year)).collect();
        if self.known.len() > KEPT {
            self.known.clear();
        }
        self.view.assessed += self.values.find(all.iter().flatten(), &mut self.known);
        let each =
            all.par_iter().map(|year| Year::of(self.problem, year, &self.known, &self.alone));
        let each: Vec<Year> = each.collect();
        for year in &each {
            self.view.add(year);
        }
        each
    }
}

/// What one year loses.
pub(super) struct Year {
    pub(super) lost: [u64; 2],
    /// If losses of events simply added.
    singly: [u64; 2],
    worst: [u64; 2],
    episodes: [u64; 2],
    pub(super) objectives: Vec<Breaches>,
    below: Vec<[u64; 2]>,
    events: Vec<(u32, [i128; 2])>,
}

impl Year {
    fn of(
        problem: &Problem,
        segments: &[Segment],
        known: &HashMap<(WeekHour, Set), Value>,
        alone: &Alone,
    ) -> Self {
        let mut year = Self {
            lost: [0; 2],
            singly: [0; 2],
            worst: [0; 2],
            episodes: [0; 2],
            objectives: vec![Breaches::default(); problem.objectives.len()],
            below: vec![[0; 2]; problem.objectives.len()],
            events: Vec::new(),
        };
        let (mut all, mut spells) = ([0_i128; 2], vec![[0_u64; 2]; problem.objectives.len()]);
        for episode in segments.chunk_by(|a, b| a.until == b.from) {
            let mut lost = [0_i128; 2];
            for segment in episode {
                let value = &known[&(segment.hour, segment.set.clone())];
                let time = segment.until - segment.from;
                for end in 0..2 {
                    let here = i128::from(value.lost[end]) * i128::from(time);
                    lost[end] += here;
                    for (n, spell) in spells.iter_mut().enumerate() {
                        if value.missed[end] >> n & 1 == 1 {
                            spell[end] += time.unsigned_abs();
                        } else {
                            year.spell_ends(problem, n, end, std::mem::take(&mut spell[end]));
                        }
                    }
                }
                for event in &segment.events {
                    let by = [0, 1].map(|end| i128::from(value.lost[end]) * i128::from(time));
                    year.events.push((*event, by));
                }
            }
            for (n, spell) in spells.iter_mut().enumerate() {
                for (end, below) in spell.iter_mut().enumerate() {
                    year.spell_ends(problem, n, end, std::mem::take(below));
                }
            }
            let several = episode.iter().any(|segment| segment.events.len() > 1);
            year.episodes[0] += 1;
            year.episodes[1] += u64::from(several);
            for end in 0..2 {
                all[end] += lost[end];
                year.worst[end] = year.worst[end].max(floored(lost[end]));
            }
        }
        year.lost = all.map(floored);
        year.singly = alone.lost(segments);
        year
    }

    fn spell_ends(&mut self, problem: &Problem, objective: usize, end: usize, lasted: u64) {
        if lasted == 0 {
            return;
        }
        let longest = &mut self.below[objective][end];
        *longest = lasted.max(*longest);
        let asked = &problem.objectives[objective];
        let own = &mut self.objectives[objective];
        own.rto_times[end] += u64::from(Millis(lasted) > asked.rto.unwrap_or(Millis::ZERO));
        own.mtpd_times[end] += u64::from(asked.mtpd.is_some_and(|mtpd| Millis(lasted) > mtpd));
    }
}

/// Nothing is lost where more work than normally.
fn floored(lost: i128) -> u64 {
    u64::try_from(lost.max(0)).unwrap_or(u64::MAX)
}

/// Of fewer years than this no interval of a mean is said.
const FEW: u64 = 30;

impl YearView {
    /// What a year loses on the average, in agent-milliseconds, the variance of what it is
    /// averaged from, and between what it lies by the normal law; that is not said where
    /// few years have any of it.
    ///
    /// Of two averages the surer: that of years; or that of what years lose beyond the
    /// sum of their events' own losses, whose mean is known (a control variate).
    pub fn mean(&self, end: usize) -> (f64, f64, Option<Interval>) {
        let plain = (self.sums[end].mean(), self.sums[end].variance());
        let controlled = (self.singly[end] + self.beyond[end].mean(), self.beyond[end].variance());
        let losing = self.lost[end].at_least(1).0;
        let is_plain = self.beyond[end].differ() < FEW || plain.1 <= controlled.1;
        let (mean, variance) = if is_plain { plain } else { controlled };
        let says = !is_plain || losing >= u128::from(FEW);
        let likely = by_normal_law(mean, variance, self.years);
        let likely = Interval { low: likely.low.max(0.0), ..likely };
        (mean.max(0.0), variance, says.then_some(likely))
    }

    fn new(problem: &Problem, events: usize) -> Self {
        Self {
            years: 0,
            partial: false,
            lost: Default::default(),
            sums: Default::default(),
            singly: [0.0; 2],
            beyond: Default::default(),
            worst: Default::default(),
            episodes: [0; 2],
            objectives: vec![Breaches::default(); problem.objectives.len()],
            events: vec![[0; 2]; events],
            assessed: 0,
        }
    }

    fn add(&mut self, year: &Year) {
        self.years += 1;
        for end in 0..2 {
            self.lost[end].add(year.lost[end], 1);
            self.sums[end].add(year.lost[end], 1);
            self.beyond[end].add(year.lost[end], year.singly[end]);
            self.worst[end].add(year.worst[end], 1);
            self.episodes[end] += year.episodes[end];
            for (n, own) in self.objectives.iter_mut().enumerate() {
                let of_year = &year.objectives[n];
                own.rto_times[end] += of_year.rto_times[end];
                own.rto_years[end] += u64::from(of_year.rto_times[end] > 0);
                own.mtpd_times[end] += of_year.mtpd_times[end];
                own.mtpd_years[end] += u64::from(of_year.mtpd_times[end] > 0);
                own.longest[end].add(year.below[n][end], 1);
            }
        }
        for (event, lost) in &year.events {
            let sums = &mut self.events[*event as usize];
            sums.iter_mut().zip(lost).for_each(|(sum, lost)| *sum += lost);
        }
    }
}
