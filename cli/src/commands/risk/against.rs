//! `outlast risk NEW --against OLD`: which of two plans chance hits less.

use std::ffi::OsStr;

use outlast_engine::Observer;
use outlast_engine::failures::Failures;
use outlast_engine::risk::against::{Subject, against as compare};
use outlast_engine::risk::{ENUMERATED, Events, Question, Years};
use outlast_engine::run::busiest_hour;
use outlast_models::Id;
use outlast_reports::AgainstDocument;
use outlast_reports::risk::against::Compared;
use outlast_tui::against::page;

use super::super::remarks;
use super::super::run::in_parallel;
use super::super::written;
use super::{Waiting, heeded};
use crate::args::{Asking, Risk};
use crate::error::CliError;
use crate::exit::Exit;
use crate::hazards::{self, Played};
use crate::load::{self, Loaded};
use crate::out::Out;
use crate::progress::Bar;
use crate::variants::Compiled;

/// Compares two plans.
pub(super) fn against(args: &Risk, old: &OsStr) -> Result<Exit, CliError> {
    let bar = Bar::new(args.output.quiet);
    let out = args.output.out.as_deref();
    bar.say("reading the plans");
    let words = [args.plan.as_os_str(), old];
    let loaded: Vec<Loaded> = CliError::all(words.map(load::plan))?;
    let compiled: Vec<Compiled<'_>> = loaded.iter().map(|one| Compiled::of(one, &bar)).collect();
    let (mut played, mut inputs) = (Vec::new(), Vec::new());
    for (loaded, compiled) in loaded.iter().zip(&compiled) {
        loaded.keep(out, &[])?;
        let of = hazards::played(compiled, out)?;
        inputs.push(loaded.inputs().into_iter().chain(of.inputs.clone()).collect::<Vec<_>>());
        played.push(of);
    }
    let stop = heeded()?;
    let waiting = Waiting { bar: &bar, stop: &stop };
    let sides =
        [0, 1].map(|n| Side { compiled: &compiled[n], played: &played[n], inputs: &inputs[n] });
    let document = in_parallel(args.work, || document(sides, args.asking, &waiting))?;
    drop(bar);
    let out = Out::new(&args.output);
    for (word, loaded) in words.into_iter().zip(&loaded) {
        out.remark_shadow(word);
        out.remark_roster(loaded);
    }
    let human = || page(&document, args.output.details, out.palette());
    out.answer(&written(args.output.format, &document, human)?)?;
    Ok(if document.partial { Exit::Incomplete } else { Exit::Answered })
}

/// One of the plans.
#[derive(Clone, Copy)]
struct Side<'a> {
    compiled: &'a Compiled<'a>,
    played: &'a Played,
    inputs: &'a [outlast_reports::Input],
}

fn document(sides: [Side<'_>; 2], asked: Asking, observer: &dyn Observer) -> AgainstDocument {
    let plays = sides
        .map(|side| move |hazard: &Id| side.played.takes.get(hazard).cloned().unwrap_or_default());
    let plans = [0, 1].map(|n| Subject {
        problem: &sides[n].compiled.problem,
        plan: &sides[n].compiled.loaded.plan,
        plays: &plays[n],
    });
    let question = Question {
        trials: asked.trials,
        seed: asked.seed,
        hour: busiest_hour(plans[0].problem),
        enumerated: ENUMERATED,
        until_error: None,
    };
    let years = Years { years: asked.years, seed: asked.seed };
    let found = compare(plans, question, years, observer);
    let failures = plans.map(|plan| Failures::in_time(plan.problem));
    let events =
        [0, 1].map(|n| Events::of(plans[n].problem, plans[n].plan, &failures[n], plans[n].plays));
    let compared = Compared {
        contexts: sides.map(|side| side.compiled.context(side.inputs)),
        problems: plans.map(|plan| plan.problem),
        failures: [&failures[0], &failures[1]],
        events: [&events[0], &events[1]],
        question,
        years,
        remarks: said(sides),
    };
    outlast_reports::risk::against::against(&compared, &found)
}

/// What is to be said beside the answer, of which plan.
fn said(sides: [Side<'_>; 2]) -> Vec<String> {
    let of = |side: Side<'_>| -> Vec<String> {
        let all = side.played.remarks.iter().cloned();
        all.chain(remarks::of(side.compiled.loaded)).collect()
    };
    let [new, old] = sides.map(of);
    let mut all = new.clone();
    all.extend(
        old.into_iter().filter(|one| !new.contains(one)).map(|one| format!("old plan: {one}")),
    );
    all
}
