//! What chance does, as a document.

pub mod against;
mod chance;
mod events;
mod moment;
mod silence;
mod verdict;
mod year;

use outlast_engine::Problem;
use outlast_engine::failures::Failures;
use outlast_engine::risk::{Events, Question, Silence, StateView, YearView, Years};
use outlast_models::units::Millionths;

use crate::document::{RiskAskedDocument, RiskDocument};
use crate::nothing;
use crate::run::Context;
pub use verdict::hours_of;

/// What was asked, and of what.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The compiled plan.
    pub problem: &'a Problem,
    /// What can fail.
    pub failures: &'a Failures,
    /// What happens by chance.
    pub events: &'a Events,
    /// Of a moment.
    pub question: Question,
    /// Of years.
    pub years: Years,
    /// What has to be said beside the answer.
    pub remarks: Vec<String>,
}

/// What was found.
#[derive(Debug)]
pub struct Found {
    /// Of a moment.
    pub moment: Result<StateView, Silence>,
    /// Of years; nothing where none was asked for.
    pub years: Option<Result<YearView, Silence>>,
}

impl Found {
    /// Whether it was stopped before its end.
    pub fn is_partial(&self) -> bool {
        let years = self.years.as_ref().and_then(|years| years.as_ref().ok());
        self.moment.as_ref().is_ok_and(|view| view.partial)
            || years.is_some_and(|view| view.partial)
    }

    fn years(&self) -> Option<&YearView> {
        let view = self.years.as_ref()?.as_ref().ok()?;
        (view.years > 0).then_some(view)
    }
}

/// What was found, as a document.
pub fn risk(context: Context<'_>, asked: &Asked<'_>, found: &Found) -> RiskDocument {
    let making = Making { context, asked, found };
    let mut remarks = asked.remarks.clone();
    remarks.extend(nothing::remarks(context.plan));
    let mut document = RiskDocument {
        head: context.head("risk"),
        asked: RiskAskedDocument {
            trials: asked.question.trials,
            years: asked.years.years,
            seed: asked.question.seed,
            until_error: asked.question.until_error.map(|error| Millionths(error).to_string()),
        },
        verdict: String::new(),
        partial: found.is_partial(),
        silence: making.silence(),
        remarks,
        events: making.events(),
        never: asked.events.never.iter().map(ToString::to_string).collect(),
        assumptions: making.guesses(),
        moment: making.moment(),
        year: making.year(),
    };
    document.verdict = verdict::verdict(&document);
    document
}

/// On the way to a document.
struct Making<'a> {
    context: Context<'a>,
    asked: &'a Asked<'a>,
    found: &'a Found,
}
