//! Finds what Outlast ships by its bare name, or says what there is instead.

use outlast_models::diagnostic::Sources;
use outlast_scenarios::{self as library, Sample, Scenario};

use crate::error::{CliError, Unknown};
use crate::resolve;

/// Finds a sample plan.
pub fn plan(name: &str) -> Result<&'static Sample, CliError> {
    let names = library::names;
    let swapped = names().scenarios.contains(&name).then_some("scenario");
    let unknown = || unknown("shipped plan", name, names().plans, swapped);
    library::plan_sample(name).ok_or_else(unknown)
}

/// Finds a scenario.
pub fn scenario(name: &str, sources: &mut Sources) -> Result<Scenario, CliError> {
    let known = library::names().scenarios;
    if !known.contains(&name) {
        let swapped = library::names().plans.contains(&name).then_some("plan");
        return Err(unknown("shipped scenario", name, known, swapped));
    }
    library::shipped(sources, name)
        .ok_or_else(|| CliError::Ours(format!("the shipped scenario `{name}` has mistakes")))
}

fn unknown(
    what: &'static str,
    name: &str,
    known: Vec<&'static str>,
    swapped: Option<&'static str>,
) -> CliError {
    CliError::Unknown(Unknown {
        what,
        name: name.to_owned(),
        known: known.into_iter().map(str::to_owned).collect(),
        swapped,
        lies_here: resolve::lies_here(name),
        listed_by: Some("`outlast scenarios`"),
        to_write: false,
    })
}
