//! `outlast run`: load, bind, hand over to the engine, write what it found.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use outlast_engine::run;
use outlast_reports::{Annex, RunDocument, RunsDocument};
use outlast_tui::run::runs;
use rayon::prelude::*;

use super::annex;
use crate::args::{FailOn, Run, Tried, Work};
use crate::error::CliError;
use crate::exit::Exit;
use crate::load::{self, Scene};
use crate::out::Out;
use crate::progress::Bar;
use crate::unknown::Doubts;
use crate::variants::Compiled;
use crate::whatif;

/// Says who works when the scenarios strike.
pub(super) fn run(args: &Run) -> Result<Exit, CliError> {
    let bar = Bar::new(args.output.quiet);
    bar.say("reading the plan");
    let loaded =
        load::plan(&args.plan).map_err(|error| load::with_scenarios(error, &args.scenarios))?;
    for out in written_to(args) {
        loaded.keep(Some(out), &args.scenarios)?;
    }
    annex::check(args, &loaded)?;
    let doubts = Doubts::of(&loaded, &args.unknown)?;
    let compiled = Compiled::of(&loaded, &bar);
    let written: Vec<&Path> = written_to(args).collect();
    let scenes = scenes(&compiled, (&args.scenarios, &args.tried), &written, &bar)?;
    let task = Task { compiled: &compiled, doubts: &doubts, annex: args.annex.is_some() };
    let (document, annexes) = task.document(scenes, args.work, &bar)?;
    drop(bar);
    let out = Out::new(&args.output);
    out.remark_shadow(&args.plan);
    out.remark_roster(&loaded);
    let human = || runs(&document, args.output.details, out.palette());
    let text = super::written(args.output.format, &document, human)?;
    if let Some(path) = &args.annex {
        annex::write(path, &annexes, args.output.force)?;
        out.remark(&format!("written to {}", path.display()));
    }
    out.answer(&text)?;
    Ok(exit(args.fail_on, &document.runs))
}

/// How a command ends that has run scenarios.
pub(super) fn exit(fail_on: Option<FailOn>, runs: &[RunDocument]) -> Exit {
    let fails = |one: &RunDocument| match fail_on {
        Some(FailOn::Missed) => one.may_be_missed,
        Some(FailOn::SurelyMissed) => one.missed,
        None => false,
    };
    if runs.iter().any(fails) { Exit::Findings } else { Exit::Answered }
}

/// The files that the command line asks for.
fn written_to(args: &Run) -> impl Iterator<Item = &Path> {
    [&args.output.out, &args.annex].into_iter().flatten().map(PathBuf::as_path)
}

/// The scenarios asked for, bound to the plan; none may be written over.
pub(super) fn scenes(
    compiled: &Compiled<'_>,
    (scenarios, tried): (&[OsString], &Tried),
    written: &[&Path],
    bar: &Bar,
) -> Result<Vec<Scene>, CliError> {
    bar.say("choosing what fails");
    let scenes = whatif::scenes(compiled, scenarios, tried)?;
    for scene in &scenes {
        written.iter().try_for_each(|out| scene.keep(Some(out)))?;
    }
    Ok(scenes)
}

/// Scenarios to be run.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    /// On what plan.
    pub(super) compiled: &'a Compiled<'a>,
    /// What nobody knows of it.
    pub(super) doubts: &'a Doubts,
    /// Whether each agent is asked for.
    pub(super) annex: bool,
}

impl Task<'_> {
    /// The document of all scenarios, and an annex of each, if asked for.
    pub(super) fn document(
        self,
        scenes: Vec<Scene>,
        work: Work,
        bar: &Bar,
    ) -> Result<(RunsDocument, Vec<Annex>), CliError> {
        let one = |scene| self.one(scene, bar);
        let runs =
            in_parallel(work, || scenes.par_iter().map(one).collect::<Result<Vec<_>, _>>())??;
        let (runs, annexes): (Vec<_>, Vec<_>) = runs.into_iter().unzip();
        let mut inputs = self.compiled.loaded.inputs();
        for input in scenes.into_iter().flat_map(|scene| scene.inputs) {
            if !inputs.contains(&input) {
                inputs.push(input);
            }
        }
        let document = outlast_reports::documents(self.compiled.context(&inputs), runs);
        Ok((document, annexes.into_iter().flatten().collect()))
    }

    fn one(self, scene: &Scene, bar: &Bar) -> Result<(RunDocument, Option<Annex>), CliError> {
        let Self { compiled, doubts, annex } = self;
        let name = &scene.bound.name;
        let run = run::observed(&scene.bound, &mut compiled.variants(), &bar.of(name))
            .map_err(|fault| CliError::Setting { scenario: scene.bound.name.clone(), fault })?;
        bar.say(&format!("{name}: making the tables"));
        let document = doubts.document(compiled, scene, &run, &bar.of(name));
        Ok((document, annex.then(|| Annex::of(&run))))
    }
}

/// Does work on so many threads; results do not depend on how many.
pub(super) fn in_parallel<T: Send>(
    work: Work,
    does: impl FnOnce() -> T + Send,
) -> Result<T, CliError> {
    let threads = work.threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| CliError::Ours(format!("cannot start threads: {error}")))?;
    Ok(pool.install(does))
}
