//! Basic events: what happens by chance, how often, for how long, and what it takes.
//!
//! A component's own failures, common causes and hazards, each independent of the
//! others. Components that are in common causes keep what these leave of their rate:
//! with λᵢ = 1 ÷ mtbfᵢ a common cause of β comes at β × the smallest λᵢ and lasts the
//! longest mttrᵢ (for alike components the β-factor model: Fleming 1975; NUREG/CR-4780).

use outlast_models::plan::{Estimate, Frequency, Rate, Repair as Law, Strikes};
use outlast_models::units::{Chance, Millionths, Millis, PerYear};
use outlast_models::{ComponentId, Id, Plan};

use crate::chance::renewal::Repair;
use crate::failures::{FailureId, Failures, Sort};
use crate::problem::Problem;

/// Milliseconds of a year of 365 days.
pub const YEAR: f64 = 365.0 * 24.0 * 3_600_000.0;

/// What happens by chance.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The component, common cause or hazard.
    pub id: Id,
    /// Which of these.
    pub sort: Sort,
    /// How it comes and goes.
    pub course: Course,
    /// Components that it takes for certain.
    pub takes: Vec<FailureId>,
    /// Components that it takes with a chance, whenever it comes.
    pub parts: Vec<(FailureId, f64)>,
    /// Figures of it that are ours: what they are, and the event if they were at either
    /// end of their plausible range.
    pub guesses: Vec<Guess>,
}

/// How an event comes and goes; times in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Course {
    /// Share of the time that it is in force.
    pub chance: f64,
    /// How often it comes in a millisecond: of a component, while it is up.
    pub rate: f64,
    /// How long it lasts, in the mean.
    pub lasts: f64,
    /// How that is spread.
    pub law: Repair,
}

/// A figure that is ours, and what an event would be with others.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// What it is called: `mtbf of circuit`.
    pub figure: String,
    /// The event at the low and at the high end of its range.
    pub ends: [Course; 2],
}

/// Everything that happens by chance to one problem.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Events {
    /// Components by id, common causes, hazards; what never happens is not among them.
    pub all: Vec<Event>,
    /// Components without a rate: they never fail by chance.
    pub never: Vec<Id>,
}

impl Events {
    /// The events of a plan, on failures of its components; `plays` has what each hazard
    /// that plays a scenario takes.
    pub fn of(
        problem: &Problem,
        plan: &Plan,
        failures: &Failures,
        plays: &dyn Fn(&Id) -> Vec<Id>,
    ) -> Self {
        let mut events = Self::default();
        for failure in failures.ids() {
            let one = failures.get(failure);
            if !matches!(one.sort, Sort::Component(_)) {
                continue;
            }
            match plan.failures.rate(&problem.components[&one.id].0) {
                None => events.never.push(one.id.clone()),
                Some(rate) => {
                    let event = own(plan, &problem.components[&one.id].0, &rate, failure);
                    events.all.push(event);
                }
            }
        }
        let find = |id: &Id| failures.find(id.as_str());
        for (id, cause) in &plan.failures.common {
            let takes = cause.of.iter().filter_map(|part| find(&part.component.id)).collect();
            let course = common(plan, id, beta(&cause.beta));
            let sort = Sort::Common;
            let guesses = ends(&cause.beta).map(|betas| Guess {
                figure: format!("beta of {id}"),
                ends: betas.map(|beta| common(plan, id, f64::from(beta.0) / 1e6)),
            });
            let guesses = guesses.into_iter().collect();
            events.all.push(Event {
                id: id.clone(),
                sort,
                course,
                takes,
                parts: Vec::new(),
                guesses,
            });
        }
        for (id, hazard) in &plan.failures.hazards {
            let (mut takes, mut parts) = (Vec::new(), Vec::new());
            match &hazard.strikes {
                Strikes::Plays { .. } => takes.extend(plays(id).iter().filter_map(find)),
                Strikes::Hits(hits) => {
                    for hit in hits {
                        let Some(failure) = find(&hit.part.component.id) else { continue };
                        match hit.chance.fact.value {
                            Chance(0) => {}
                            Chance::ONE => takes.push(failure),
                            chance => parts.push((failure, share(chance))),
                        }
                    }
                }
            }
            let guesses = hazard_guesses(id, &hazard.per_year, &hazard.lasts, hazard.repair.value);
            let (often, lasts) = (hazard.per_year.fact.value, hazard.lasts.fact.value);
            let course = hazard_course(often, lasts, hazard.repair.value);
            events.all.push(Event {
                id: id.clone(),
                sort: Sort::Hazard,
                course,
                takes,
                parts,
                guesses,
            });
        }
        events.all.retain(|event| event.course.chance > 0.0 || event.course.rate > 0.0);
        events
    }
}

/// A component's own failures: at what common causes leave of its rate.
fn own(plan: &Plan, component: &ComponentId, rate: &Rate, failure: FailureId) -> Event {
    let mut course = course_of(rate);
    let in_common: f64 = plan
        .failures
        .common
        .iter()
        .filter(|(_, cause)| cause.of.iter().any(|part| part.component == *component))
        .map(|(id, cause)| common(plan, id, beta(&cause.beta)).rate)
        .sum();
    if in_common > 0.0 {
        course = at_rate((course.rate - in_common).max(0.0), course.lasts, course.law);
    }
    let law = law(rate.repair.value);
    let kind = component.kind.word();
    let mut guesses = Vec::new();
    if let Frequency::Mtbf(mtbf) = &rate.frequency
        && let Some(ends) = ends(mtbf)
    {
        let figure = format!("mtbf of {kind}");
        let at = |mtbf: Millis| at_rate((1.0 / ms(mtbf) - in_common).max(0.0), course.lasts, law);
        guesses.push(Guess { figure, ends: ends.map(at) });
    }
    if let Some(ends) = ends(&rate.mttr) {
        let figure = format!("mttr of {kind}");
        let at = |mttr: Millis| match rate.frequency {
            Frequency::Mtbf(_) => at_rate(course.rate, ms(mttr), law),
            Frequency::Probability(_) => Course { lasts: ms(mttr), ..course },
        };
        guesses.push(Guess { figure, ends: ends.map(at) });
    }
    Event {
        id: component.id.clone(),
        sort: Sort::Component(component.kind),
        course,
        takes: vec![failure],
        parts: Vec::new(),
        guesses,
    }
}

fn course_of(rate: &Rate) -> Course {
    let (lasts, law) = (ms(rate.mttr.fact.value), law(rate.repair.value));
    match rate.frequency {
        Frequency::Mtbf(mtbf) => at_rate(1.0 / ms(mtbf.fact.value), lasts, law),
        Frequency::Probability(down) => {
            let chance = share(down.value);
            let rate = if lasts > 0.0 { chance / (1.0 - chance) / lasts } else { 0.0 };
            Course { chance, rate, lasts, law }
        }
    }
}

/// In force mttr ÷ (mtbf + mttr) of the time.
fn at_rate(rate: f64, lasts: f64, law: Repair) -> Course {
    let load = rate * lasts;
    Course { chance: load / (1.0 + load), rate, lasts, law }
}

fn common(plan: &Plan, id: &Id, beta: f64) -> Course {
    let cause = &plan.failures.common[id];
    let rates = cause.of.iter().filter_map(|part| plan.failures.rate(&part.component));
    let courses: Vec<(Course, Rate)> = rates.map(|rate| (course_of(&rate), rate)).collect();
    let least = courses.iter().map(|(course, _)| course.rate).fold(f64::INFINITY, f64::min);
    let slowest = courses.iter().max_by(|a, b| a.0.lasts.total_cmp(&b.0.lasts));
    slowest.map_or(at_rate(0.0, 0.0, Repair::Exponential), |(course, _)| {
        at_rate(beta * least, course.lasts, course.law)
    })
}

/// In force with 1 − exp(−ν E[S]): the busy share of an M/G/∞ queue.
fn hazard_course(per_year: PerYear, lasts: Millis, repair: Law) -> Course {
    #[allow(clippy::cast_precision_loss)] // what a plan gives is far below 2^53
    let rate = per_year.0 as f64 / 1e9 / YEAR;
    let lasts = ms(lasts);
    Course { chance: -libm::expm1(-rate * lasts), rate, lasts, law: law(repair) }
}

fn hazard_guesses(
    id: &Id,
    per_year: &Estimate<PerYear>,
    lasts: &Estimate<Millis>,
    repair: Law,
) -> Vec<Guess> {
    let often = ends(per_year).map(|ends| Guess {
        figure: format!("per_year of {id}"),
        ends: ends.map(|often| hazard_course(often, lasts.fact.value, repair)),
    });
    let long = ends(lasts).map(|ends| Guess {
        figure: format!("lasts of {id}"),
        ends: ends.map(|long| hazard_course(per_year.fact.value, long, repair)),
    });
    often.into_iter().chain(long).collect()
}

fn ends<T: Copy>(estimate: &Estimate<T>) -> Option<[T; 2]> {
    estimate.range.map(|(low, high)| [low, high])
}

fn beta(estimate: &Estimate<Millionths>) -> f64 {
    f64::from(estimate.fact.value.0) / 1e6
}

#[allow(clippy::cast_precision_loss)] // at most 10^12
fn share(chance: Chance) -> f64 {
    chance.0 as f64 / 1e12
}

#[allow(clippy::cast_precision_loss)] // times of a plan are far below 2^53
fn ms(time: Millis) -> f64 {
    time.0 as f64
}

fn law(repair: Law) -> Repair {
    match repair {
        Law::Exponential => Repair::Exponential,
        Law::Fixed => Repair::Fixed,
        Law::Lognormal(sigma) => Repair::Lognormal(f64::from(sigma) / 1e6),
    }
}
