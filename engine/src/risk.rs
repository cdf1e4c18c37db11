//! What chance does: the state view, at one moment of the busiest hour.
//!
//! Every event is in force or not, independently of the others. Sets of few surprises
//! ([`sets`]) hold nearly all of the chance: all sets up to an order are assessed, as many
//! orders as a fixed number of states allows, so these sums are exact. What is left, more
//! surprises at once, is a stratum with a known chance in which sets are drawn by their
//! exact law ([`crate::chance::order`]), and where much happens at once towards misses too
//! ([`towards`]). So small chances have tight bounds, on both
//! sides: *certain*, whatever the rest comes to, and with 95 %, by what was drawn.
//!
//! What holds of a hazard's footprint and of time (batteries, standbys) is enumerated
//! within each set ([`drawn`], [`lags`]).

pub mod against;
mod drawn;
mod events;
mod figures;
mod importance;
mod lags;
mod sets;
mod tail;
mod tally;
mod towards;
mod year;

use outlast_models::Id;
use outlast_models::Plan;
use outlast_models::units::WeekHour;
use rayon::prelude::*;

use crate::assess::bulk::{Bulk, Effect};
use crate::failures::{Failures, Set};
use crate::problem::Problem;
use crate::progress::{Observer, Stage};
use drawn::Deck;
pub use events::{Course, Event, Events, Guess, YEAR};
pub use figures::{Chances, Figure};
pub use importance::{Importance, Sensitivity};
use importance::{Missing, Weighed};
use sets::{PART, Sets};
use tail::Sampled;
pub use tally::{OfDrawn, Tally, Verdicts};
use towards::Tilted;
pub use year::{AT_ONCE as YEARS_AT_ONCE, Breaches, ENDS, YearView, Years, exceedance, year_view};

/// Sets that are enumerated, usually.
pub const ENUMERATED: u64 = 50_000;
/// Trials that share a stream; whole blocks only are counted.
pub const BLOCK: u64 = 4_096;
/// Blocks under way at a time.
const AT_ONCE: u64 = 16;
/// The stratum of more surprises than are enumerated.
const TAIL: u32 = 1;
/// The same, drawn towards misses.
const TILTED: u32 = 2;
/// The first stratum of the pilot that finds the way there.
const PILOT: u32 = 8;
/// What intervals of 95 % leave out.
const ALPHA: f64 = 0.05;
/// Hazards with more uncertain hits than this are not looked at.
pub const HITS: usize = 12;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// How many states are drawn, rounded up to whole blocks.
    pub trials: u64,
    /// By what.
    pub seed: u64,
    /// The hour of the week.
    pub hour: WeekHour,
    /// At most so many sets are enumerated, usually [`ENUMERATED`].
    pub enumerated: u64,
    /// Stop once the 95 % interval of every objective that is ever missed is within so
    /// many millionths of its figure, on either side.
    pub until_error: Option<u32>,
}

/// Why nothing can be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Silence {
    /// Nothing that decides anything has a rate.
    NothingFails,
    /// So much is down at once that sets of few events hold none of the chance.
    TooMuch,
    /// A hazard has more uncertain hits than are looked at.
    TooManyHits,
}

/// The state view.
#[derive(Debug)]
pub struct StateView {
    /// What was asked.
    pub question: Question,
    /// What happens by chance.
    pub events: Events,
    /// Events that are drawn as one, by their places; the others decide nothing.
    pub drawn: Vec<Vec<usize>>,
    /// Their chances.
    pub chances: Vec<f64>,
    /// With nothing in force.
    pub normal: Effect,
    /// Sets of up to so many events were enumerated.
    pub order: usize,
    /// The sums over these sets, weighted by chance.
    pub exact: Tally,
    /// The chance of more events at once.
    pub rest: f64,
    /// The largest part of itself by which a chance may be off for rounding.
    pub error: f64,
    /// The sums over what was drawn of those by their own law, by count.
    pub sampled: Tally,
    /// States drawn by it.
    pub trials: u64,
    /// What was drawn towards misses.
    tilted: Option<Tilted>,
    /// By objective, whether that says most of it.
    by_tilt: Vec<bool>,
    /// How often the figures were looked at, where that decided when to stop.
    pub looks: u32,
    /// What the intervals of what was drawn leave out: 5 %, or the last look's share.
    pub alpha: f64,
    /// Whether it was stopped before its end.
    pub partial: bool,
    /// What each guess does to each objective.
    pub sensitivity: Vec<Sensitivity>,
}

/// Looks at the state view of a plan; `plays` has what each hazard that plays a scenario
/// takes.
pub fn state_view(
    problem: &Problem,
    plan: &Plan,
    plays: &dyn Fn(&Id) -> Vec<Id>,
    question: Question,
    observer: &dyn Observer,
) -> Result<StateView, Silence> {
    let failures = Failures::in_time(problem);
    let events = Events::of(problem, plan, &failures, plays);
    let bulk = Bulk::new(problem, &failures, question.hour);
    let deck = Deck::of(&bulk, &events);
    if deck.all.is_empty() {
        return Err(Silence::NothingFails);
    }
    if deck.hits() > HITS {
        return Err(Silence::TooManyHits);
    }
    let chances = deck.chances();
    let sets = Sets::of(&chances, question.enumerated).ok_or(Silence::TooMuch)?;
    let view = View { bulk: &bulk, deck: &deck, sets: &sets };
    let exact = view.enumerated(observer);
    let rest = sets.more_than(exact.order);
    let mut sampled = Sampled::new(view.tally());
    sampled.partial = exact.partial;
    if rest > 0.0 && !exact.partial {
        view.sampled(&mut sampled, (question, rest), &exact, observer);
    }
    let by_tilt = figures::by_tilt(&sampled, rest);
    let weighed =
        Weighed { view: &view, exact: &exact, sampled: &sampled, rest, by_tilt: &by_tilt };
    let sensitivity = weighed.sensitivity();
    let Sampled { plain, tilted, looks, alpha, partial } = sampled;
    let (order, exact, normal) = (exact.order, exact.tally, bulk.normal().clone());
    let drawn = deck.all.iter().map(|drawn| drawn.members.clone()).collect();
    Ok(StateView {
        question,
        drawn,
        normal,
        order,
        exact,
        rest,
        error: sets.orders.relative_error(),
        sampled: plain.tally,
        trials: plain.trials,
        tilted,
        by_tilt,
        looks,
        alpha,
        partial,
        sensitivity,
        chances,
        events,
    })
}

/// What states are made from.
struct View<'v> {
    bulk: &'v Bulk<'v>,
    deck: &'v Deck<'v>,
    sets: &'v Sets,
}

/// What was enumerated, and the sets that do anything.
struct Enumerated {
    tally: Tally,
    /// All sets of up to so many surprises.
    order: usize,
    /// Whether it was stopped before its end.
    partial: bool,
    /// Surprises with states that miss an objective, and these.
    missing: Vec<(Vec<u32>, Missing)>,
}

impl Enumerated {
    fn new(tally: Tally) -> Self {
        Self { tally, order: 0, partial: false, missing: Vec::new() }
    }
}

impl View<'_> {
    fn tally(&self) -> Tally {
        let normal = self.bulk.normal();
        let cohorts = self.bulk.problem.cohorts.len();
        Tally::new(normal.objectives.len(), cohorts, self.deck.all.len())
    }

    fn enumerated(&self, observer: &dyn Observer) -> Enumerated {
        let (mut done, mut part) = (Enumerated::new(self.tally()), 0);
        for order in 0..=self.sets.order {
            let (mut tally, found) = (done.tally.clone(), done.missing.len());
            let mut sets = self.sets.of_order(order).peekable();
            while sets.peek().is_some() {
                if order > 0 && observer.stops() {
                    done.missing.truncate(found);
                    return Enumerated { partial: true, ..done };
                }
                part += 1;
                observer.begins(Stage::Sets, part, self.sets.parts());
                let some: Vec<Vec<u32>> = sets.by_ref().take(PART).collect();
                self.add_exactly(&some, &mut tally, &mut done.missing);
            }
            (done.tally, done.order) = (tally, order);
        }
        done
    }

    fn add_exactly(
        &self,
        sets: &[Vec<u32>],
        tally: &mut Tally,
        missing: &mut Vec<(Vec<u32>, Missing)>,
    ) {
        let in_force: Vec<Vec<u32>> = sets.iter().map(|set| self.sets.in_force(set)).collect();
        let cases: Vec<_> = in_force.par_iter().map(|set| self.deck.cases(set)).collect();
        let states: Vec<Set> = cases.iter().flatten().map(|(state, _)| state.clone()).collect();
        let mut effects = self.bulk.effects(&states).into_iter();
        for ((set, in_force), cases) in sets.iter().zip(&in_force).zip(&cases) {
            let alone = self.sets.orders.alone(set);
            let mut missed = Missing::new();
            for (state, given) in cases {
                let effect = effects.next().expect("one for each state");
                tally.add(in_force, &effect, self.bulk.normal(), alone * given);
                let bits = importance::missed(&effect);
                if bits != 0 {
                    missed.insert(state.clone(), bits);
                }
            }
            if !missed.is_empty() {
                missing.push((set.clone(), missed));
            }
        }
    }
}

/// What is counted, as a number: far below 2^53.
#[allow(clippy::cast_precision_loss)]
fn counted(number: u64) -> f64 {
    number as f64
}
