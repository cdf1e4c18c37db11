//! What happens by chance: how often, for how long, and how much each matters.

use std::collections::BTreeMap;

use outlast_engine::chance::renewal::Repair;
use outlast_engine::failures::Failures;
use outlast_engine::risk::{Course, Event, Importance, StateView, YEAR};
use outlast_models::plan::{Estimate, Frequency};
use outlast_models::units::Millis;

use super::Making;
use super::chance::{chance, number};
use super::moment::thousandths;
use crate::document::{
    CourseDocument, EndsDocument, EventDocument, GuessDocument, GuessEffectDocument,
    ImportanceDocument, MayTakeDocument, ShareDocument,
};

impl Making<'_> {
    pub(super) fn events(&self) -> Vec<EventDocument> {
        let all = self.asked.events.all.iter().enumerate();
        all.map(|(n, event)| self.event(n, event)).collect()
    }

    fn event(&self, n: usize, event: &Event) -> EventDocument {
        let moment = self.found.moment.as_ref().ok();
        let CourseDocument { takes, may_take, chance, per_year, lasts_ms, law } =
            course(event, self.asked.failures);
        EventDocument {
            id: event.id.to_string(),
            kind: event.sort.word().to_owned(),
            takes,
            may_take,
            chance,
            per_year,
            lasts_ms,
            law,
            assumptions: event.guesses.iter().map(|guess| guess.figure.clone()).collect(),
            decides: moment.map(|view| view.drawn.iter().any(|members| members.contains(&n))),
            lost_thousandths: moment.and_then(|view| view.lost_with(n)).map(thousandths),
            year: self.share(n),
            importance: moment.map_or_else(Vec::new, |view| self.importance(view, n)),
        }
    }

    /// Of the agent-hours lost in years.
    fn share(&self, event: usize) -> Option<EndsDocument<ShareDocument>> {
        let years = self.found.years()?;
        let own = years.events[event];
        let of = |end: usize| {
            let all = i128::try_from(years.sums[end].sum()).unwrap_or(i128::MAX);
            let share = own[end].saturating_mul(1000).checked_div(all).unwrap_or(0);
            ShareDocument {
                sum_agent_ms: own[end].to_string(),
                thousandths: i64::try_from(share).unwrap_or(i64::MAX),
            }
        };
        (own != [0, 0]).then(|| EndsDocument { moved: of(0), still: of(1) })
    }

    fn importance(&self, view: &StateView, event: usize) -> Vec<ImportanceDocument> {
        let objectives = self.asked.problem.objectives.iter().enumerate();
        let missed = objectives.filter(|(n, _)| view.missed(*n).best > 0.0);
        let each = missed.filter_map(|(n, objective)| {
            let Importance { given, without, birnbaum, fussell_vesely, achievement, reduction } =
                view.importance(event, n)?;
            Some(ImportanceDocument {
                objective: objective.name(),
                given: chance(given),
                without: without.map(chance),
                birnbaum: birnbaum.map(chance),
                fussell_vesely: fussell_vesely.map(chance),
                achievement: achievement.map(number),
                reduction: reduction.map(number),
            })
        });
        each.collect()
    }

    /// Every figure that is ours, with what it does.
    pub(super) fn guesses(&self) -> Vec<GuessDocument> {
        let mut all: BTreeMap<String, GuessDocument> = BTreeMap::new();
        for event in &self.asked.events.all {
            for (figure, [value, low, high]) in self.figures(event) {
                let is_ours = event.guesses.iter().any(|guess| guess.figure == figure);
                if is_ours {
                    let new = || GuessDocument {
                        figure: figure.clone(),
                        value,
                        low,
                        high,
                        events: 0,
                        missed: self.effects(&figure),
                    };
                    all.entry(figure.clone()).or_insert_with(new).events += 1;
                }
            }
        }
        all.into_values().collect()
    }

    /// The figures of an event that are ours: value and range.
    fn figures(&self, event: &Event) -> Vec<(String, [String; 3])> {
        let failures = &self.context.plan.failures;
        let id = &event.id;
        let mut all = Vec::new();
        let mut add = |figure: String, says: Option<[String; 3]>| {
            all.extend(says.map(|says| (figure, says)));
        };
        if let Some((component, _)) = self.asked.problem.components.get(id)
            && let Some(rate) = failures.rate(component)
            && event.sort.word() == component.kind.word()
        {
            let kind = component.kind.word();
            if let Frequency::Mtbf(mtbf) = &rate.frequency {
                add(format!("mtbf of {kind}"), said(mtbf, time));
            }
            add(format!("mttr of {kind}"), said(&rate.mttr, time));
        } else if let Some(cause) = failures.common.get(id) {
            add(format!("beta of {id}"), said(&cause.beta, |beta| beta.to_string()));
        } else if let Some(hazard) = failures.hazards.get(id) {
            add(format!("per_year of {id}"), said(&hazard.per_year, |often| often.to_string()));
            add(format!("lasts of {id}"), said(&hazard.lasts, time));
        }
        all
    }

    /// What a figure does to each objective that is ever missed.
    fn effects(&self, figure: &str) -> Vec<GuessEffectDocument> {
        let Ok(view) = &self.found.moment else { return Vec::new() };
        let Some(found) = view.sensitivity.iter().find(|one| one.figure == figure) else {
            return Vec::new();
        };
        let objectives = self.asked.problem.objectives.iter().zip(&found.missed).enumerate();
        let missed = objectives.filter(|(n, _)| view.missed(*n).best > 0.0);
        let each = missed.map(|(_, (objective, [low, high]))| GuessEffectDocument {
            objective: objective.name(),
            low: chance(*low),
            high: chance(*high),
        });
        each.collect()
    }
}

/// How an event comes and goes, and what it takes.
pub(super) fn course(event: &Event, failures: &Failures) -> CourseDocument {
    let name = |id| failures.get(id).id.to_string();
    let Course { chance: share, rate, lasts, law } = event.course;
    let takes = event.takes.iter().map(|taken| name(*taken));
    let may = event.parts.iter();
    CourseDocument {
        takes: takes.filter(|taken| *taken != event.id.as_str()).collect(),
        may_take: may
            .map(|(id, hit)| MayTakeDocument { id: name(*id), chance: chance(*hit) })
            .collect(),
        chance: chance(share),
        per_year: number(rate * YEAR),
        lasts_ms: milliseconds(lasts),
        law: law_of(law),
    }
}

fn law_of(law: Repair) -> String {
    match law {
        Repair::Exponential => "exponential".to_owned(),
        Repair::Fixed => "fixed".to_owned(),
        Repair::Lognormal(sigma) => format!("lognormal {}", number(sigma)),
    }
}

/// A value and its range, where they are ours.
fn said<T: Copy>(estimate: &Estimate<T>, says: impl Fn(T) -> String) -> Option<[String; 3]> {
    let (low, high) = estimate.range?;
    Some([says(estimate.fact.value), says(low), says(high)])
}

/// A time as plans write it: whole years as such.
fn time(time: Millis) -> String {
    const YEAR: u64 = 365 * 24 * 3_600_000;
    match time.0 / YEAR {
        years @ 1.. if time.0.is_multiple_of(YEAR) => format!("{years}y"),
        _ => time.to_string(),
    }
}

fn milliseconds(time: f64) -> u64 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // no time is below nought
    let whole = time.round() as u64;
    whole
}
