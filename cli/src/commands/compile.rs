//! `outlast compile`: the compiled plan, for other programs.

use outlast_engine::failures::Failures;
use outlast_engine::risk::Events;
use outlast_engine::run::busiest_hour;
use outlast_models::Id;
use outlast_reports::CompiledDocument;
use outlast_reports::compiled::{Asked, compiled as document};

use crate::args::{Compile, Format};
use crate::error::CliError;
use crate::exit::Exit;
use crate::out::Out;
use crate::progress::Bar;
use crate::variants::Compiled;
use crate::{hazards, load};

/// Writes what a plan is compiled to.
pub(super) fn write(args: &Compile) -> Result<Exit, CliError> {
    let bar = Bar::new(args.writing.quiet);
    bar.say("reading the plan");
    let loaded = load::plan(&args.plan)?;
    loaded.keep(args.writing.out.as_deref(), &[])?;
    let compiled = Compiled::of(&loaded, &bar);
    let played = hazards::played(&compiled, args.writing.out.as_deref())?;
    let (problem, plan) = (&*compiled.problem, &loaded.plan);
    let failures = Failures::of(problem, plan, &played.takes);
    let plays = |hazard: &Id| played.takes.get(hazard).cloned().unwrap_or_default();
    let events = Events::of(problem, plan, &failures, &plays);
    let mut inputs = loaded.inputs();
    inputs.extend(played.inputs);
    let hour = busiest_hour(problem);
    let asked = Asked { problem, failures: &failures, events: &events, hour };
    let document = document(compiled.context(&inputs), &asked);
    drop(bar);
    let out = Out::new(&args.writing);
    out.remark_shadow(&args.plan);
    out.answer(&match args.writing.format {
        Format::Json => super::json_line(&document)?,
        other => super::written(other, &document, || sizes(&document))?,
    })?;
    Ok(Exit::Answered)
}

/// How large everything is.
fn sizes(document: &CompiledDocument) -> String {
    let CompiledDocument { network, failures, resources, cohorts, objectives, hour, .. } = document;
    let ways: usize = cohorts.iter().map(|cohort| cohort.ways.len()).sum();
    let agents: u64 = cohorts.iter().map(|cohort| cohort.agents).sum();
    format!(
        "Compiled for {hour}. People: {agents}; cohorts: {}; ways: {ways}; inputs: {};\n\
         gates: {}; resources: {}; failures: {}; objectives: {}.\n\
         `--format json` writes all of it for other programs.\n",
        cohorts.len(),
        network.inputs.len(),
        network.gates.len(),
        resources.len(),
        failures.len(),
        objectives.len(),
    )
}
