//! What the command line tries on top of a scenario: `--fail`, `--degrade`,
//! `--restore`.

use std::ffi::OsString;

use outlast_models::ComponentId;
use outlast_models::read::quantity;
use outlast_scenarios::{Trial, WhatIf, components};

use crate::args::Tried;
use crate::error::{CliError, Unknown};
use crate::load::{Loaded, Scene, Wanted};
use crate::variants::Compiled;

/// The scenarios that the command line names, or the one in which nothing happens, each
/// with what is tried on top of it; every mistake at once.
pub fn scenes(
    compiled: &Compiled<'_>,
    words: &[OsString],
    tried: &Tried,
) -> Result<Vec<Scene>, CliError> {
    let loaded = compiled.loaded;
    let (what_if, fault) = match what_if(loaded, tried) {
        Ok(what_if) => (what_if, None),
        Err(fault) => (WhatIf::default(), Some(Err(fault))),
    };
    let wanted: Vec<Result<Wanted, CliError>> = match words {
        [] => vec![Ok(Wanted::nothing())],
        _ => words.iter().map(|word| Wanted::of(word)).collect(),
    };
    let scenes = wanted
        .into_iter()
        .map(|wanted| loaded.bound(wanted?.with(what_if.clone()), &mut compiled.chooser()));
    CliError::all(fault.into_iter().chain(scenes))
}

/// Gives the words of the options their meaning for a plan.
pub fn what_if(loaded: &Loaded, tried: &Tried) -> Result<WhatIf, CliError> {
    let mut all = WhatIf::default();
    let failed = tried.fail.iter().map(|id| Ok(("--fail", id.as_str(), Trial::Fail)));
    let degraded = tried.degrade.iter().map(|text| degraded(text));
    let restored = tried.restore.iter().map(|id| Ok(("--restore", id.as_str(), Trial::Restore)));
    let trials = failed.chain(degraded).chain(restored).map(|trial| {
        let (option, id, trial) = trial?;
        let component = component(loaded, id)?;
        match all.get(&component) {
            Some(other) if other != trial => Err(CliError::Value {
                option,
                fault: format!("something else is tried on `{id}` already"),
                help: None,
            }),
            Some(_) | None => {
                all.put(component, trial);
                Ok(())
            }
        }
    });
    CliError::all(trials.collect::<Vec<_>>())?;
    Ok(all)
}

/// Reads `vpn-york=60%`.
fn degraded(text: &str) -> Result<(&'static str, &str, Trial), CliError> {
    let option = "--degrade";
    let fail = |fault: String, help: Option<String>| CliError::Value { option, fault, help };
    let Some((id, share)) = text.split_once('=') else {
        let help = format!("write what it keeps: `{text}=60%`");
        return Err(fail(format!("`{text}` says no share"), Some(help)));
    };
    let share = quantity::share(share).map_err(|fault| fail(fault.message, fault.help))?;
    Ok((option, id, WhatIf::keeping(share)))
}

/// Finds a component of the plan by its id.
pub fn component(loaded: &Loaded, id: &str) -> Result<ComponentId, CliError> {
    let id = id.trim();
    let all = components(&loaded.plan).into_iter().map(|(component, _)| component);
    let all: Vec<ComponentId> = all.collect();
    match all.iter().find(|one| one.id.as_str() == id) {
        Some(component) => Ok(component.clone()),
        None => Err(CliError::Unknown(Box::new(Unknown {
            what: "component",
            name: id.to_owned(),
            known: all.iter().map(|one| one.id.to_string()).collect(),
            swapped: None,
            lies_here: None,
            instead: None,
            listed_by: None,
        }))),
    }
}
