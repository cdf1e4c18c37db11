//! `outlast risk`: what chance does.

mod against;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use outlast_engine::failures::Failures;
use outlast_engine::risk::{ENUMERATED, Events, Question, Years, state_view, year_view};
use outlast_engine::run::busiest_hour;
use outlast_engine::{Observer, Stage};
use outlast_models::Id;
use outlast_reports::RiskDocument;
use outlast_reports::risk::{Asked, Found};
use outlast_tui::risk::page;

use super::remarks;
use super::run::in_parallel;
use crate::args::{Asking, Risk};
use crate::error::CliError;
use crate::exit::Exit;
use crate::hazards::{self, Played};
use crate::load;
use crate::out::Out;
use crate::progress::Bar;
use crate::variants::Compiled;

/// Says how likely it is that too few work, and what a year costs.
pub(super) fn risk(args: &Risk) -> Result<Exit, CliError> {
    if let Some(old) = &args.against {
        return against::against(args, old);
    }
    let bar = Bar::new(args.output.quiet);
    bar.say("reading the plan");
    let loaded = load::plan(&args.plan)?;
    loaded.keep(args.output.out.as_deref(), &[])?;
    let compiled = Compiled::of(&loaded, &bar);
    let played = hazards::played(&compiled, args.output.out.as_deref())?;
    let stop = heeded()?;
    let waiting = Waiting { bar: &bar, stop: &stop };
    let document = in_parallel(args.work, || document(&compiled, args.asking, played, &waiting))?;
    drop(bar);
    let out = Out::new(&args.output);
    out.remark_shadow(&args.plan);
    out.remark_roster(&loaded);
    let human = || page(&document, args.output.details, out.palette());
    out.answer(&super::written(args.output.format, &document, human)?)?;
    Ok(if document.partial { Exit::Incomplete } else { Exit::Answered })
}

fn document(
    compiled: &Compiled<'_>,
    asked: Asking,
    played: Played,
    observer: &dyn Observer,
) -> RiskDocument {
    let (plan, problem) = (&compiled.loaded.plan, &*compiled.problem);
    let plays = |hazard: &Id| played.takes.get(hazard).cloned().unwrap_or_default();
    let failures = Failures::in_time(problem);
    let events = Events::of(problem, plan, &failures, &plays);
    let question = Question {
        trials: asked.trials,
        seed: asked.seed,
        hour: busiest_hour(problem),
        enumerated: ENUMERATED,
        until_error: asked.until_error,
    };
    let years = Years { years: asked.years, seed: asked.seed };
    let moment = state_view(problem, plan, &plays, question, observer);
    let of_years = (asked.years > 0).then(|| year_view(problem, plan, &plays, years, observer));
    let found = Found { moment, years: of_years };
    let mut inputs = compiled.loaded.inputs();
    inputs.extend(played.inputs);
    let remarks = played.remarks.into_iter().chain(remarks::of(compiled.loaded)).collect();
    let asked = Asked { problem, failures: &failures, events: &events, question, years, remarks };
    outlast_reports::risk::risk(compiled.context(&inputs), &asked, &found)
}

/// Somebody who watches, and who may have had enough.
#[derive(Debug)]
struct Waiting<'a> {
    bar: &'a Bar,
    stop: &'a AtomicBool,
}

impl Observer for Waiting<'_> {
    fn begins(&self, stage: Stage, step: usize, of: usize) {
        self.bar.begins(stage, step, of);
    }

    fn stops(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// A flag that an interrupt sets.
fn heeded() -> Result<Arc<AtomicBool>, CliError> {
    let stop = Arc::new(AtomicBool::new(false));
    listen(&stop).map_err(|error| CliError::Ours(format!("cannot listen to signals: {error}")))?;
    Ok(stop)
}

/// Sets a flag at the first interrupt; the second ends the process.
#[cfg(unix)]
fn listen(stop: &Arc<AtomicBool>) -> io::Result<()> {
    use signal_hook::consts::SIGINT;
    let status = i32::from(Exit::Incomplete.status());
    signal_hook::flag::register_conditional_shutdown(SIGINT, status, stop.clone())?;
    signal_hook::flag::register(SIGINT, stop.clone())?;
    Ok(())
}

#[cfg(not(unix))]
fn listen(_: &Arc<AtomicBool>) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use outlast_tui::Palette;

    use super::*;

    /// Nine lines: more at once than are enumerated.
    fn plan() -> String {
        let lines = (0..9).map(|n| format!("  l{n}: {{from: a, to: internet}}\n"));
        format!(
            "outlast: 1\nsites: {{a: {{kind: office}}}}\ncircuits:\n{}groups:\n  team: {{agents: \
             10, work_at: a, phones: webrtc-embedded, access: internet}}\nfailures: {{kinds: \
             {{circuit: {{}}, office: {{}}}}}}\n",
            lines.collect::<String>()
        )
    }

    /// Has enough once a stage has come so far.
    #[derive(Debug)]
    struct Impatient(Stage, AtomicBool);

    impl Observer for Impatient {
        fn begins(&self, stage: Stage, _: usize, _: usize) {
            self.1.fetch_or(stage == self.0, Ordering::Relaxed);
        }

        fn stops(&self) -> bool {
            self.1.load(Ordering::Relaxed)
        }
    }

    fn stopped(at: Stage) -> RiskDocument {
        let here = tempfile::tempdir().unwrap();
        let path = here.path().join("plan.yaml");
        fs::write(&path, plan()).unwrap();
        let loaded = load::plan(path.as_os_str()).unwrap();
        let compiled = Compiled::of(&loaded, &());
        let enough = Impatient(at, AtomicBool::new(false));
        let asked = Asking { trials: 1 << 20, years: 2_000, seed: 1, until_error: None };
        document(&compiled, asked, Played::default(), &enough)
    }

    #[test]
    fn what_is_done_when_it_is_stopped_is_the_answer() {
        let of_years = stopped(Stage::Years);
        let year = of_years.year.as_ref().unwrap();
        assert!(of_years.partial && year.years > 0 && year.years < 2_000, "{}", year.years);
        assert_eq!(of_years.moment.as_ref().unwrap().trials, 1 << 20);
        assert!(page(&of_years, false, Palette::PLAIN).contains("Note: it was stopped:"));
        let of_states = stopped(Stage::Trials);
        let trials = of_states.moment.as_ref().unwrap().trials;
        assert!(of_states.partial && trials > 0 && trials < 1 << 20, "{trials}");
        assert!(of_states.year.is_none());
        // Whole orders only, and the bounds that they give.
        let of_sets = stopped(Stage::Sets);
        let moment = of_sets.moment.as_ref().unwrap();
        assert!(of_sets.partial && moment.order == 0 && moment.trials == 0, "{moment:?}");
        let [some, all] = [&of_sets, &of_years].map(|found| &found.moment.as_ref().unwrap().rest);
        assert!(some.e12 > all.e12, "{some:?} {all:?}");
    }
}
