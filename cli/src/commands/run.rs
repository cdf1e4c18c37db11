//! `outlast run` and `outlast explain`: load, bind, hand over to the engine.

use outlast_models::Id;
use outlast_models::read::quantity;
use outlast_models::units::Millis;
use outlast_scenarios::Bound;

use crate::args::{Explain, Run};
use crate::error::{CliError, Unknown};
use crate::exit::Exit;
use crate::load::{self, Loaded};

/// Says who works when the scenarios strike.
pub(super) fn run(args: &Run) -> Result<Exit, CliError> {
    let plan = load::plan(&args.plan)?;
    let scenarios: Vec<Bound> = args
        .scenarios
        .iter()
        .map(|word| plan.scenario(word, &mut most_depended_on))
        .collect::<Result<_, _>>()?;
    Err(without_engine(&plan, scenarios.len()))
}

/// Says why the ways of working of a group are open or refused.
pub(super) fn explain(args: &Explain) -> Result<Exit, CliError> {
    let plan = load::plan(&args.plan)?;
    group(&plan, &args.group)?;
    let _at = args.at.as_deref().map(moment).transpose()?;
    let scenario = args
        .scenario
        .as_ref()
        .map(|word| plan.scenario(word, &mut most_depended_on))
        .transpose()?;
    Err(without_engine(&plan, usize::from(scenario.is_some())))
}

/// Chooses the first until the engine says on which most agents depend.
pub(super) fn most_depended_on(_parameter: &str, candidates: &[Id]) -> Id {
    candidates[0].clone()
}

fn without_engine(plan: &Loaded, scenarios: usize) -> CliError {
    CliError::Ours(format!("{} and {scenarios} scenarios read; no engine yet", plan.name))
}

fn group(plan: &Loaded, name: &str) -> Result<Id, CliError> {
    match plan.plan.groups.get_key_value(name) {
        Some((id, _)) => Ok(id.clone()),
        None => Err(CliError::Unknown(Unknown {
            what: "group",
            name: name.to_owned(),
            known: plan.plan.groups.keys().map(Id::to_string).collect(),
            lies_here: false,
            listed_by: "the plan",
        })),
    }
}

/// Reads `--at`.
fn moment(text: &str) -> Result<Millis, CliError> {
    quantity::duration(text).map_err(|fault| CliError::Value {
        option: "--at",
        fault: fault.message,
        help: fault.help,
    })
}
