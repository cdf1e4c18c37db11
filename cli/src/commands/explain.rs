//! `outlast explain`: why each way of working of a group is open or refused.

use outlast_models::Id;
use outlast_models::read::quantity;
use outlast_models::units::Millis;
use outlast_scenarios::Bound;
use outlast_tui::explain::explanation;

use crate::args::Explain;
use crate::desk;
use crate::error::{CliError, Unknown};
use crate::exit::Exit;
use crate::load::{self, Loaded};
use crate::out::Out;
use crate::progress::Bar;
use crate::variants::Compiled;
use crate::whatif;

/// Explains a group, in a scenario or in the normal state.
pub(super) fn explain(args: &Explain) -> Result<Exit, CliError> {
    let bar = Bar::new(args.output.quiet);
    bar.say("reading the plan");
    let loaded = load::plan(&args.plan)
        .map_err(|error| load::with_scenarios(error, args.scenario.as_slice()))?;
    loaded.keep(args.output.out.as_deref(), args.scenario.as_slice())?;
    let group = group(&loaded, &args.group)?;
    let at = args.at.as_deref().map(moment).transpose()?.unwrap_or(Millis::ZERO);
    let compiled = Compiled::of(&loaded, &bar);
    bar.say("assessing the moment");
    let scenes = whatif::scenes(&compiled, args.scenario.as_slice(), &args.tried)?;
    let scene = &scenes[0];
    scene.keep(args.output.out.as_deref())?;
    within(at, &scene.bound)?;
    let document = desk::explanation(&compiled, scene, &mut compiled.variants(), (&group, at))
        .map_err(|fault| CliError::Setting { scenario: scene.bound.name.clone(), fault })?;
    drop(bar);
    let out = Out::new(&args.output);
    out.remark_shadow(&args.plan);
    let human = || explanation(&document, args.output.details, out.palette());
    out.answer(&super::written(args.output.format, &document, human)?)?;
    Ok(Exit::Answered)
}

fn within(at: Millis, bound: &Bound) -> Result<(), CliError> {
    if at < bound.horizon {
        return Ok(());
    }
    Err(CliError::Value {
        option: "--at",
        fault: format!("`{}` is looked at for {} only", bound.name, bound.horizon),
        help: None,
    })
}

fn group(plan: &Loaded, name: &str) -> Result<Id, CliError> {
    match plan.plan.groups.get_key_value(name) {
        Some((id, _)) => Ok(id.clone()),
        None => Err(CliError::Unknown(Box::new(Unknown {
            what: "group",
            name: name.to_owned(),
            known: plan.plan.groups.keys().map(Id::to_string).collect(),
            swapped: None,
            lies_here: None,
            instead: None,
            listed_by: None,
        }))),
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
