//! Finds what Outlast ships by its bare name, or says what there is instead.

use outlast_models::diagnostic::Sources;
use outlast_scenarios::{self as library, Sample, Scenario};

use crate::error::{CliError, Unknown};
use crate::resolve;

/// Finds a sample plan.
pub fn plan(name: &str) -> Result<&'static Sample, CliError> {
    library::plan_sample(name).ok_or_else(|| unknown("shipped plan", name, library::names().plans))
}

/// Finds a scenario.
pub fn scenario(name: &str, sources: &mut Sources) -> Result<Scenario, CliError> {
    let known = library::names().scenarios;
    if !known.contains(&name) {
        return Err(unknown("shipped scenario", name, known));
    }
    library::shipped(sources, name)
        .ok_or_else(|| CliError::Ours(format!("the shipped scenario `{name}` has mistakes")))
}

fn unknown(what: &'static str, name: &str, known: Vec<&'static str>) -> CliError {
    CliError::Unknown(Unknown {
        what,
        name: name.to_owned(),
        known: known.into_iter().map(str::to_owned).collect(),
        lies_here: resolve::lies_here(name),
        listed_by: Some("`outlast scenarios`"),
    })
}
