//! Plans and scenarios for tests.

use outlast_models::diagnostic::render;
use outlast_models::{Diagnostic, Plan, Sources};
use outlast_scenarios::{Bound, Candidate, Sample, Scenario, bind, plan_sample, read, shipped};

/// Reads a sample plan.
pub(crate) fn sample(name: &str) -> Plan {
    plan_of(plan_sample(name).expect("a shipped plan"))
}

pub(crate) fn plan_of(sample: &Sample) -> Plan {
    plan_of_text(sample.name, sample.plan(), &|path| sample.file(path).map(str::to_owned))
}

/// Reads a plan; `file` gives the files that it names.
pub(crate) fn plan_of_text(name: &str, text: &str, file: &dyn Fn(&str) -> Option<String>) -> Plan {
    let mut sources = Sources::new();
    let id = sources.add(name, text);
    let mut load = |path: &str| file(path).ok_or("missing".to_owned());
    outlast_models::read::plan(&mut sources, id, &mut load)
        .unwrap_or_else(|mistakes| panic!("{}", render(&mistakes, &sources, false)))
}

/// Reads a scenario of these events.
pub(crate) fn events(text: &str) -> Scenario {
    whole(&format!("outlast-scenario: 1\nname: Test\nevents:\n{text}"))
}

/// Reads a scenario.
pub(crate) fn whole(text: &str) -> Scenario {
    let mut sources = Sources::new();
    let file = sources.add("test.yaml", text);
    read(&mut sources, file)
        .unwrap_or_else(|mistakes| panic!("{}", render(&mistakes, &sources, false)))
}

pub(crate) fn from_library(name: &str) -> Option<Scenario> {
    shipped(&mut Sources::new(), name)
}

/// Binds, choosing the first candidate.
pub(crate) fn try_bind(
    scenario: &Scenario,
    plan: &Plan,
    arguments: &[&str],
) -> Result<Bound, Vec<Diagnostic>> {
    let arguments: Vec<String> = arguments.iter().map(|text| (*text).to_owned()).collect();
    bind(scenario, plan, &arguments, &from_library, &mut |of: &[Candidate]| of[0].id.clone())
}

pub(crate) fn bound(scenario: &Scenario, plan: &Plan, arguments: &[&str]) -> Bound {
    match try_bind(scenario, plan, arguments) {
        Ok(bound) => bound,
        Err(mistakes) => panic!("{}", messages(&mistakes)),
    }
}

/// Messages with their advice, one a line.
pub(crate) fn messages(mistakes: &[Diagnostic]) -> String {
    let lines = mistakes.iter().map(|mistake| {
        let help = mistake.help.as_ref().map(|help| format!(" ({help})"));
        format!("{}{}", mistake.message, help.unwrap_or_default())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Events and notes, one a line.
pub(crate) fn shown(bound: &Bound) -> String {
    let events = bound.events.iter().map(|event| match event.until {
        Some(until) => format!("{} to {until}: {}", event.at, event.text),
        None => format!("{} on: {}", event.at, event.text),
    });
    let chosen = bound.chosen.iter().map(|(parameter, id, given)| {
        format!("{parameter} = {id}{}", if *given { "" } else { " (chosen)" })
    });
    let notes = bound.notes.iter().map(|note| format!("note: {note}"));
    chosen.chain(events).chain(notes).collect::<Vec<_>>().join("\n")
}
