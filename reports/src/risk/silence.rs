//! Why something cannot be said, and what to write into the plan.

use outlast_engine::Problem;
use outlast_engine::risk::{Events, HITS, Silence};

use super::Making;
use crate::document::SilenceDocument;

impl Making<'_> {
    pub(super) fn silence(&self) -> Option<SilenceDocument> {
        let of_moment = self.found.moment.as_ref().err();
        let of_years = self.found.years.as_ref().and_then(|years| years.as_ref().err());
        let silence = of_moment.or(of_years)?;
        let of = if self.found.years().is_some() { "moment" } else { "everything" };
        Some(said(of, silence, self.asked.events, self.asked.problem))
    }
}

/// Why something cannot be said of a plan with these events.
pub(super) fn said(
    of: &str,
    silence: &Silence,
    events: &Events,
    problem: &Problem,
) -> SilenceDocument {
    let (why, help, write) = match silence {
        Silence::NothingFails => nothing_fails(events, problem),
        Silence::TooMuch => (
            "so many events are about as often in force as not that no few sets of them hold \
             any of the chance"
                .to_owned(),
            "look for a `mttr` that is about as long as its `mtbf`, or a `probability` near \
             50%; what is always down is better left out of the plan"
                .to_owned(),
            None,
        ),
        Silence::TooManyHits => (
            format!("the hazards have more than {HITS} parts that they hit with a chance"),
            "give the least of them the chance 0% or 100%, or name one for those that are hit \
             together"
                .to_owned(),
            None,
        ),
    };
    SilenceDocument { of: of.to_owned(), why, help, write }
}

fn nothing_fails(events: &Events, problem: &Problem) -> (String, String, Option<String>) {
    if !events.all.is_empty() {
        return (
            "nobody's work stands on what fails by chance".to_owned(),
            "give a rate to what people work over; `outlast contingency` lists it".to_owned(),
            None,
        );
    }
    // The kinds of this plan, whose usual rates `{}` takes.
    let mut kinds: Vec<&str> = Vec::new();
    for id in &events.never {
        let kind = problem.components[id].0.kind;
        if outlast_models::rates::of(kind).is_some() && !kinds.contains(&kind.word()) {
            kinds.push(kind.word());
        }
    }
    if kinds.is_empty() {
        let help = "a plan needs sites, networks and groups first (`outlast init`)";
        return ("nothing in the plan can fail".to_owned(), help.to_owned(), None);
    }
    let lines = kinds.iter().map(|kind| format!("    {kind}: {{}}\n"));
    let write = format!("failures:\n  kinds:\n{}", lines.collect::<String>());
    (
        "the plan does not say how often anything fails".to_owned(),
        "write this into the plan; `{}` is what is usual, and your own figures are better"
            .to_owned(),
        Some(write),
    )
}
