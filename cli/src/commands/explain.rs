//! `outlast explain`: why each way of working of a group is open or refused.

use outlast_engine::run::{self, Instant};
use outlast_models::Id;
use outlast_models::read::quantity;
use outlast_models::units::{Millis, WeekHour};
use outlast_reports::{Asked, explained};
use outlast_scenarios::Bound;
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

/// Explains a group, in a scenario or in the normal state.
pub(super) fn explain(args: &Explain) -> Result<Exit, CliError> {
    let bar = Bar::new(args.output.quiet);
    bar.say("reading the plan");
    let loaded = load::plan(&args.plan)?;
    loaded.keep(args.output.out.as_deref(), args.scenario.as_slice())?;
    let group = group(&loaded, &args.group)?;
    let at = args.at.as_deref().map(moment).transpose()?.unwrap_or(Millis::ZERO);
    let compiled = Compiled::of(&loaded, &bar);
    bar.say("assessing the moment");
    let scene = args
        .scenario
        .as_ref()
        .map(|word| loaded.scenario(word, &mut compiled.chooser()))
        .transpose()?;
    let mut inputs = loaded.inputs();
    inputs.extend(scene.iter().flat_map(|scene| scene.inputs.clone()));
    let bound = scene.as_ref().map_or_else(nothing, |Scene { bound, .. }| bound.clone());
    within(at, &bound)?;
    let instant = instant(&compiled, &bound, at)?;
    let scenario = scene.as_ref().map(|_| bound.name.as_str());
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

/// The scenario in which nothing happens.
fn nothing() -> Bound {
    Bound {
        name: String::new(),
        title: String::new(),
        about: String::new(),
        horizon: Millis(1),
        starts: None::<WeekHour>,
        events: Vec::new(),
        chosen: Vec::new(),
        notes: Vec::new(),
    }
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
        None => Err(CliError::Unknown(Unknown {
            what: "group",
            name: name.to_owned(),
            known: plan.plan.groups.keys().map(Id::to_string).collect(),
            swapped: None,
            lies_here: false,
            listed_by: None,
            to_write: false,
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
