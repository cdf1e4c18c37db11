//! `outlast explain`: why each way of working of a group is open or refused.

use outlast_engine::run::{self, Instant};
use outlast_models::Id;
use outlast_models::read::quantity;
use outlast_models::units::Millis;
use outlast_reports::{Asked, explained};
use outlast_scenarios::{Bound, NOTHING};
use outlast_tui::explain::explanation;

use super::outside;
use super::run::context;
use crate::args::Explain;
use crate::error::{CliError, Unknown};
use crate::exit::Exit;
use crate::load::{self, Loaded, Scene};
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
    let Scene { bound, .. } = &scenes[0];
    scenes[0].keep(args.output.out.as_deref())?;
    let mut inputs = loaded.inputs();
    inputs.extend(scenes[0].inputs.clone());
    within(at, bound)?;
    let instant = instant(&compiled, bound, at)?;
    let scenario = (bound.name != NOTHING).then_some(bound.name.as_str());
    let asked = Asked { group: &group, scenario, at };
    let mut document = explained(context(&compiled, &inputs), asked, &instant);
    document.remarks.extend(bound.notes.iter().cloned());
    document.remarks.extend(outside::remarks(&loaded, |id| *id == group));
    drop(bar);
    let out = Out::new(&args.output);
    out.remark_shadow(&args.plan);
    let human = || explanation(&document, args.output.details, out.palette());
    out.answer(&super::written(args.output.format, &document, human)?)?;
    Ok(Exit::Answered)
}

fn instant(compiled: &Compiled<'_>, bound: &Bound, at: Millis) -> Result<Instant, CliError> {
    run::instant(bound, &mut compiled.variants(), at)
        .map_err(|fault| CliError::Setting { scenario: bound.name.clone(), fault })
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
