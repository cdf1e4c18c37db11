//! A plan with settings that a scenario changes, read again as a whole.

use outlast_models::diagnostic::Diagnostic;
use outlast_models::pac::PacAnswers;
use outlast_models::yaml::{self, Key, Node, Value};
use outlast_models::{FileId, Place, Plan, read};
use outlast_scenarios::{Bound, BoundEvent, Effect};

use crate::files;
use crate::load::{Loaded, ask_pac_files};

/// A dotted path of the plan, and what stands there from then on.
type Setting = (String, Node);

/// Why a plan with changed settings is none.
enum Spoilt {
    /// A path leads nowhere.
    Path(String),
    /// What comes out is wrong.
    Plan(Vec<Diagnostic>),
}

impl Loaded {
    /// The plan with settings changed, its PAC files asked again.
    pub fn changed(&self, settings: &[Setting]) -> Result<(Plan, PacAnswers), String> {
        let plan = self.read_with(settings).map_err(|spoilt| match spoilt {
            Spoilt::Path(fault) => fault,
            Spoilt::Plan(list) => list.first().map_or_else(String::new, |one| one.message.clone()),
        })?;
        let pac = ask_pac_files(&plan).map_err(|error| format!("{error:?}"))?;
        Ok((plan, pac))
    }

    /// Finds out, before anything runs, whether the settings of a scenario
    /// leave a plan, and says it at the scenario's lines.
    pub(crate) fn check_settings(&self, bound: &Bound) -> Result<(), Vec<Diagnostic>> {
        for event in &bound.events {
            if let Effect::Set(_) = event.effect {
                self.read_with(&in_force(bound, event)).map_err(|spoilt| said(spoilt, event))?;
            }
        }
        Ok(())
    }

    fn read_with(&self, settings: &[Setting]) -> Result<Plan, Spoilt> {
        let file = FileId(0);
        let mut tree = yaml::parse(file, self.sources.text(file)).map_err(Spoilt::Plan)?;
        for (path, value) in settings {
            yaml::set(&mut tree, path, elsewhere(value)).map_err(Spoilt::Path)?;
        }
        let mut left = files::LARGEST_BYTES;
        read::plan_from_tree(&tree, &mut |path| self.home.read(path, &mut left))
            .map_err(Spoilt::Plan)
    }
}

/// Everything that is set when an event begins.
fn in_force(bound: &Bound, event: &BoundEvent) -> Vec<Setting> {
    let earlier = bound.events.iter().filter(|other| other.at <= event.at);
    let set = earlier.filter_map(|other| match &other.effect {
        Effect::Set(list) => Some(list),
        _ => None,
    });
    set.flatten().cloned().collect()
}

/// The faults at the lines of the scenario: at the value where it is to blame,
/// else at the event.
fn said(spoilt: Spoilt, event: &BoundEvent) -> Vec<Diagnostic> {
    let here = event.place;
    let faults = match spoilt {
        Spoilt::Path(fault) => return vec![Diagnostic::error("wrong-setting", fault, here)],
        Spoilt::Plan(faults) => faults,
    };
    let each = faults.into_iter().map(|fault| {
        let of_value = fault.place.file == outlast_reports::SET_BY_SCENARIO;
        let place = if of_value { Place { file: here.file, ..fault.place } } else { here };
        Diagnostic::error("wrong-setting", fault.message, place).maybe_help(fault.help)
    });
    each.collect()
}

/// A value that a scenario sets stands in no file of the plan.
fn elsewhere(node: &Node) -> Node {
    let place = |place: Place| Place { file: outlast_reports::SET_BY_SCENARIO, ..place };
    let value = match &node.value {
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|(key, value)| {
                    (Key { place: place(key.place), ..key.clone() }, elsewhere(value))
                })
                .collect(),
        ),
        Value::Seq(items) => Value::Seq(items.iter().map(elsewhere).collect()),
        other => other.clone(),
    };
    Node { place: place(node.place), value }
}
