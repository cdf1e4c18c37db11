//! Scenarios within scenarios: shipped ones by their bare names, the user's own
//! by paths of files beside them.

use std::collections::BTreeMap;

use outlast_models::Id;
use outlast_models::diagnostic::{Diagnostic, Sources, quoted};
use outlast_models::place::FileId;
use outlast_models::read::hint;
use outlast_models::units::Millis;

use super::arguments::{Argument, Environment};
use super::{Asked, Binder, Load};
use crate::library;
use crate::read::{Draft, draft};
use crate::scenario::{Include, Scenario};

/// How deep scenarios may include one another.
const DEPTH_MAX: usize = 16;
/// How many scenarios one may include, each as often as it is included: a few
/// small files that include one another could else make events without end.
const INCLUDES_MAX: usize = 1_000;
/// How many events there may be before another scenario is included.
const EVENTS_MAX: usize = 100_000;

/// Where included scenarios are found.
pub(super) trait Library {
    /// A shipped one, by its bare name.
    fn shipped(&mut self, name: &str) -> Option<Draft>;
    /// One in a file, and whether it is read for the first time.
    fn file(&mut self, step: &Step, folder: &str, name: &str) -> Result<(Draft, bool), String>;
}

/// Scenarios by their names alone.
pub(super) struct Shelf<'a>(pub(super) &'a dyn Fn(&str) -> Option<Scenario>);

impl Library for Shelf<'_> {
    fn shipped(&mut self, name: &str) -> Option<Draft> {
        (self.0)(name).map(Draft::from)
    }

    fn file(&mut self, _: &Step, _: &str, _: &str) -> Result<(Draft, bool), String> {
        Err("no files can be included here".to_owned())
    }
}

/// Scenarios by their names and in files; each is read once.
pub(super) struct Files<'a> {
    sources: &'a mut Sources,
    load: Load<'a>,
    /// The folder of the first scenario, as its name in messages shows it.
    root: String,
    read: BTreeMap<String, Draft>,
}

impl<'a> Files<'a> {
    /// `first` is the file of the scenario that was asked for.
    pub(super) fn new(sources: &'a mut Sources, first: Option<FileId>, load: Load<'a>) -> Self {
        let name = first.map_or("", |file| sources.name(file));
        let root = name.rfind(['/', '\\']).map_or("", |at| &name[..=at]).to_owned();
        Self { sources, load, root, read: BTreeMap::new() }
    }
}

impl Library for Files<'_> {
    fn shipped(&mut self, name: &str) -> Option<Draft> {
        if let Some(draft) = self.read.get(name) {
            return Some(draft.clone());
        }
        let draft = Draft::from(library::shipped(self.sources, name)?);
        self.read.insert(name.to_owned(), draft.clone());
        Some(draft)
    }

    fn file(&mut self, step: &Step, folder: &str, name: &str) -> Result<(Draft, bool), String> {
        if let Some(draft) = self.read.get(&step.0) {
            return Ok((draft.clone(), false));
        }
        let text = (self.load)(folder, name)?;
        let path = step.0.strip_prefix("./").unwrap_or(&step.0);
        let file = self.sources.add(format!("{}{path}", self.root), text);
        let draft = draft(self.sources, file);
        self.read.insert(step.0.clone(), draft.clone());
        Ok((draft, true))
    }
}

/// What a scenario is known by: a bare name, or `./` and the path of its file
/// from the folder of the first of all.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Step(String);

impl Step {
    /// The scenario that was asked for, whose folder is where paths begin.
    pub(super) fn first(id: &str) -> Self {
        if is_file(id) {
            Self(joined("", id.rsplit(['/', '\\']).next().unwrap_or(id)))
        } else {
            Self(id.to_owned())
        }
    }

    /// Its folder; nothing for the folder of the first of all.
    fn folder(&self) -> &str {
        let path = self.0.strip_prefix("./").unwrap_or_default();
        path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// Whether a name is that of a file, as on the command line: it has a separator
/// or an ending.
fn is_file(name: &str) -> bool {
    name.contains(['/', '\\', '.'])
}

/// A path without what says nothing, so that a file has one name.
fn joined(folder: &str, name: &str) -> String {
    let parts = folder.split('/').chain(name.split('/'));
    let parts: Vec<&str> = parts.filter(|part| !matches!(*part, "" | ".")).collect();
    format!("./{}", parts.join("/"))
}

impl Binder<'_> {
    pub(super) fn include(&mut self, include: &Include, environment: &Environment, at: Millis) {
        let Some((step, mut inner)) = self.found(include) else { return };
        if let Some(inner) = &mut inner.scenario {
            inner.id.clone_from(&include.name);
        }
        let given = include.arguments.iter().map(|text| handed_on(text, environment)).collect();
        self.scenario(&inner, given, Asked { step, offset: at, place: include.place });
    }

    /// The scenario that is included, with its own mistakes noted.
    fn found(&mut self, include: &Include) -> Option<(Step, Draft)> {
        let of_file = is_file(&include.name);
        let folder = self.stack.last().map_or("", Step::folder).to_owned();
        let step =
            Step(if of_file { joined(&folder, &include.name) } else { include.name.clone() });
        self.may_include(include, &step)?;
        if !of_file {
            let draft = self.library.shipped(&include.name);
            if draft.is_none() {
                self.unknown(include);
            }
            return Some((step, draft?));
        }
        match self.library.file(&step, &folder, &include.name) {
            Ok((draft, is_new)) => {
                if is_new {
                    // How long it is looked at by itself is no matter here.
                    let own = draft.mistakes.iter().filter(|one| one.code != "after-horizon");
                    own.cloned().for_each(|mistake| self.issues.push(mistake));
                }
                Some((step, draft))
            }
            Err(reason) => {
                let message = format!("cannot include {}: {reason}", quoted(&include.name));
                let help = "a file is named as seen from the folder of the scenario that includes \
                            it, and lies in that folder or below it";
                let error = Diagnostic::error("not-included", message, include.place);
                self.issues.push(error.help(help));
                None
            }
        }
    }

    /// Nothing, and a mistake noted, where scenarios would go on for ever.
    fn may_include(&mut self, include: &Include, step: &Step) -> Option<()> {
        if self.stack.contains(step) {
            let round = self.stack.iter().skip_while(|one| *one != step).chain([step]);
            let round: Vec<&str> = round.map(|step| step.0.as_str()).collect();
            let message = format!("the scenario includes itself: {}", round.join(" → "));
            self.issues.error("include-cycle", message, include.place);
            return None;
        }
        if self.stack.len() >= DEPTH_MAX {
            let message = format!("scenarios include one another more than {DEPTH_MAX} deep");
            self.issues.error("include-depth", message, include.place);
            return None;
        }
        if self.included > INCLUDES_MAX {
            // Said already; what is left is not looked at.
            return None;
        }
        self.included += 1;
        if self.included > INCLUDES_MAX || self.events.len() > EVENTS_MAX {
            self.included = INCLUDES_MAX + 1;
            let message =
                format!("more than {INCLUDES_MAX} scenarios, or {EVENTS_MAX} events, are included");
            let help = "each counts as often as it is included";
            let error = Diagnostic::error("include-count", message, include.place);
            self.issues.push(error.help(help));
            return None;
        }
        Some(())
    }

    fn unknown(&self, include: &Include) {
        let message = format!("there is no scenario {}", quoted(&include.name));
        let names = library::names();
        let help = hint(&include.name, names.scenarios.iter().copied()).unwrap_or_else(|| {
            format!(
                "`outlast scenarios` lists what is shipped; a file of yours is named with its \
                 ending: `./{}.yaml`",
                include.name
            )
        });
        let error = Diagnostic::error("unknown-scenario", message, include.place);
        self.issues.push(error.help(help));
    }
}

fn handed_on(text: &str, environment: &Environment) -> Argument {
    let mut argument = Argument::of_text(text);
    if let Some(name) = argument.text.strip_prefix('$') {
        argument.value = environment.0.get(&Id::new(name)).cloned();
        argument.is_unclear = argument.value.is_none();
    }
    argument
}
