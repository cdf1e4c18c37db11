//! What hazards of a plan take that play a scenario.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::Path;

use outlast_models::diagnostic::{Diagnostic, Sources};
use outlast_models::plan::Strikes;
use outlast_models::{Id, Place, read};
use outlast_reports::Input;
use outlast_scenarios::{Bound, Effect, names};

use crate::error::CliError;
use crate::load::{Loaded, Scene, Wanted};
use crate::resolve::{Named, played_word};
use crate::variants::Compiled;

/// Hazards that play a scenario.
#[derive(Debug, Default)]
pub(crate) struct Played {
    /// The components that each takes down.
    pub(crate) takes: BTreeMap<Id, Vec<Id>>,
    /// What each chose, and what of its scenario is no failure.
    pub(crate) remarks: Vec<String>,
    /// The files of their scenarios.
    pub(crate) inputs: Vec<Input>,
}

/// What the scenarios of a plan's hazards take down of it; every mistake at once. None of
/// their files may be written over.
pub(crate) fn played(compiled: &Compiled<'_>, out: Option<&Path>) -> Result<Played, CliError> {
    let loaded = compiled.loaded;
    let (mut all, mut wrong, mut elsewhere) = (Played::default(), Vec::new(), Vec::new());
    for (id, hazard) in &loaded.plan.failures.hazards {
        let Strikes::Plays { scenario, place } = &hazard.strikes else { continue };
        let scene = wanted(loaded, scenario, *place)
            .and_then(|wanted| loaded.bound(wanted, &mut compiled.chooser()));
        match scene {
            Ok(scene) => {
                scene.keep(out)?;
                all.take(id, scenario, scene);
            }
            Err(error) => {
                let (here, there) = placed(error, *place);
                wrong.extend(here);
                elsewhere.extend(there);
            }
        }
    }
    let own = (!wrong.is_empty())
        .then(|| CliError::Mistakes { diagnostics: wrong, sources: loaded.sources.clone() });
    CliError::all(own.into_iter().chain(elsewhere).map(Err::<(), _>))?;
    Ok(all)
}

impl Played {
    fn take(&mut self, hazard: &Id, scenario: &str, scene: Scene) {
        let Scene { bound, inputs, .. } = scene;
        let takes = takes(&bound);
        let chosen = bound.chosen.iter().filter(|(.., given)| !given);
        let chosen: Vec<String> = chosen.map(|(name, id, _)| format!("{name} is {id}")).collect();
        let of = format!("the hazard {hazard} plays {scenario}");
        if !chosen.is_empty() {
            self.remarks.push(format!("{of}, which chose: {}", chosen.join(", ")));
        }
        if takes.is_empty() {
            self.remarks.push(format!("{of}, by which nothing fails"));
        }
        let others: Vec<&str> = bound
            .events
            .iter()
            .filter(|event| !event.effect.is_empty() && !matches!(event.effect, Effect::Fail(_)))
            .map(|event| event.text.as_str())
            .collect();
        if !others.is_empty() {
            let others = others.join("; ");
            self.remarks.push(format!("{of}; only what fails by it counts here, not: {others}"));
        }
        self.remarks.extend(bound.notes.iter().map(|note| format!("{of}: {note}")));
        self.takes.insert(hazard.clone(), takes);
        for input in inputs {
            if !self.inputs.contains(&input) {
                self.inputs.push(input);
            }
        }
    }
}

/// Everything that ever fails by a scenario.
fn takes(bound: &Bound) -> Vec<Id> {
    let failed = bound.events.iter().filter_map(|event| match &event.effect {
        Effect::Fail(all) => Some(all),
        _ => None,
    });
    let all: BTreeSet<&Id> = failed.flatten().map(|component| &component.id).collect();
    all.into_iter().cloned().collect()
}

/// The scenario: a shipped one, or a file of the plan's folder.
fn wanted(loaded: &Loaded, scenario: &str, place: Place) -> Result<Wanted, CliError> {
    let word = played_word(scenario);
    let fail = |message: String, help: Option<String>| {
        let diagnostic = Diagnostic::error("unknown-scenario", message, place).maybe_help(help);
        CliError::Mistakes { diagnostics: vec![diagnostic], sources: Sources::new() }
    };
    match &word.name {
        Named::Shipped(name) if !names().scenarios.contains(&name.as_str()) => {
            let near = read::hint(name, names().scenarios);
            let here = loaded.beside(name).map(|here| format!("a file is written `{here}`"));
            let help = here.or(near).unwrap_or("`outlast scenarios` lists them".to_owned());
            Err(fail(format!("there is no scenario `{name}` to be played"), Some(help)))
        }
        Named::Shipped(_) => Wanted::of(OsStr::new(scenario)),
        Named::Path(path) => {
            let path = path.display().to_string();
            loaded.played(&path, word.arguments.as_deref()).map_err(|why| {
                let help = "a scenario of your own lies in the folder of the plan";
                fail(format!("cannot read `{path}`: {why}"), Some(help.to_owned()))
            })
        }
    }
}

/// What is wrong with a hazard's scenario: mistakes that stand nowhere are the hazard's,
/// those in the scenario's own files stay there.
fn placed(error: CliError, place: Place) -> (Vec<Diagnostic>, Option<CliError>) {
    let CliError::Mistakes { diagnostics, sources } = error else {
        return (Vec::new(), Some(error));
    };
    let is_there =
        |one: &Diagnostic| one.place.is_written() && !sources.name(one.place.file).is_empty();
    let (there, here): (Vec<_>, Vec<_>) = diagnostics.into_iter().partition(is_there);
    let here = here.into_iter().map(|one| Diagnostic { place, ..one });
    let there = (!there.is_empty()).then_some(CliError::Mistakes { diagnostics: there, sources });
    (here.collect(), there)
}
