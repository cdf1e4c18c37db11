//! Small plans from text.

use outlast_engine::{Problem, compile};
use outlast_models::diagnostic::{Sources, render};
use outlast_models::pac::PacAnswers;
use outlast_models::{Plan, read};

/// Reads a plan that names no files; the error is the rendered diagnostics.
pub fn plan(text: &str) -> Result<Plan, String> {
    plan_with(text, &mut |path| Err(format!("{path} is not there")))
}

/// Reads a plan with its files.
pub fn plan_with(
    text: &str,
    load: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Plan, String> {
    let mut sources = Sources::default();
    let file = sources.add("plan.yaml", text);
    read::plan(&mut sources, file, load).map_err(|found| render(&found, &sources, false))
}

/// Reads and compiles a plan that names no files.
pub fn problem(text: &str) -> Result<Problem, String> {
    Ok(compile(&plan(text)?, &PacAnswers::default()))
}
