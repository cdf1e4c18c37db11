//! `outlast run`: load, bind, hand over to the engine, write what it found.

use std::ffi::OsString;

use outlast_engine::run;
use outlast_reports::{Context, Files, Input, RunDocument, RunsDocument};
use outlast_tui::run::runs;
use rayon::prelude::*;

use super::outside;
use crate::args::{Run, Work};
use crate::error::CliError;
use crate::exit::Exit;
use crate::load::{self, Scene};
use crate::out::Out;
use crate::progress::Bar;
use crate::variants::Compiled;

/// Says who works when the scenarios strike.
pub(super) fn run(args: &Run) -> Result<Exit, CliError> {
    let bar = Bar::new(args.output.quiet);
    bar.say("reading the plan");
    let loaded =
        load::plan(&args.plan).map_err(|error| load::with_scenarios(error, &args.scenarios))?;
    loaded.keep(args.output.out.as_deref(), &args.scenarios)?;
    let compiled = Compiled::of(&loaded, &bar);
    let scenes = scenes(&compiled, args, &bar)?;
    let document = document(&compiled, scenes, args.work, &bar)?;
    drop(bar);
    let out = Out::new(&args.output);
    out.remark_shadow(&args.plan);
    let human = || runs(&document, args.output.details, out.palette());
    let text = super::written(args.output.format, &document, human)?;
    out.answer(&text)?;
    let missed = document.runs.iter().any(|one| one.missed);
    Ok(if args.fail_on.is_some() && missed { Exit::Findings } else { Exit::Answered })
}

fn scenes(compiled: &Compiled<'_>, args: &Run, bar: &Bar) -> Result<Vec<Scene>, CliError> {
    bar.say("choosing what fails");
    let scene = |word: &OsString| {
        let scene = compiled.loaded.scenario(word, &mut compiled.chooser())?;
        scene.keep(args.output.out.as_deref()).map(|()| scene)
    };
    CliError::all(args.scenarios.iter().map(scene))
}

fn document(
    compiled: &Compiled<'_>,
    scenes: Vec<Scene>,
    work: Work,
    bar: &Bar,
) -> Result<RunsDocument, CliError> {
    let loaded = compiled.loaded;
    let runs = in_parallel(work, || {
        scenes.par_iter().map(|scene| one(compiled, scene, bar)).collect::<Result<Vec<_>, _>>()
    })??;
    let mut inputs = loaded.inputs();
    for input in scenes.into_iter().flat_map(|scene| scene.inputs) {
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }
    Ok(outlast_reports::documents(context(compiled, &inputs), runs))
}

fn one(compiled: &Compiled<'_>, scene: &Scene, bar: &Bar) -> Result<RunDocument, CliError> {
    let loaded = compiled.loaded;
    let name = &scene.bound.name;
    let run = run::observed(&scene.bound, &mut compiled.variants(), &bar.of(name))
        .map_err(|fault| CliError::Setting { scenario: scene.bound.name.clone(), fault })?;
    bar.say(&format!("{name}: making the tables"));
    let mut document = outlast_reports::run(&loaded.plan, Files::new(&loaded.sources), &run);
    document.remarks.extend(outside::remarks(loaded, |_| true));
    Ok(document)
}

/// Does work on so many threads; results do not depend on how many.
fn in_parallel<T: Send>(work: Work, does: impl FnOnce() -> T + Send) -> Result<T, CliError> {
    let threads = work.threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| CliError::Ours(format!("cannot start threads: {error}")))?;
    Ok(pool.install(does))
}

/// What documents are made with.
pub(super) fn context<'a>(compiled: &Compiled<'a>, inputs: &'a [Input]) -> Context<'a> {
    Context {
        plan: &compiled.loaded.plan,
        files: Files::new(&compiled.loaded.sources),
        version: env!("CARGO_PKG_VERSION"),
        inputs,
    }
}
