//! What is wrong with the settings of a scenario, found before anything runs and
//! said at the scenario's lines.

use std::collections::BTreeSet;

use outlast_models::diagnostic::Diagnostic;
use outlast_models::yaml::{self, Node};
use outlast_models::{FileId, Place};
use outlast_scenarios::{Bound, BoundEvent, Effect};

use super::{Setting, moved};
use crate::load::Loaded;

/// While they are checked, what an event sets stands in a file of its own, from
/// this one on: so it is known which event a mistake belongs to.
const FIRST: u16 = 1 << 15;

/// A mistake as it is known again at a later moment.
type Known = (Place, &'static str, String);

/// Of how many events at one moment it is tried which is to blame.
const TRIED_MAX: usize = 20;

struct Check<'a> {
    loaded: &'a Loaded,
    /// The events that set something, in order of time.
    events: Vec<(&'a BoundEvent, &'a [Setting])>,
    /// What is wrong in the plan by what has been set so far.
    known: BTreeSet<Known>,
    found: Vec<Diagnostic>,
}

impl Loaded {
    /// Every mistake in what a scenario sets, each at its own line.
    pub(crate) fn wrong_settings(&self, bound: &Bound) -> Vec<Diagnostic> {
        let set = bound.events.iter().filter_map(|event| match &event.effect {
            Effect::Set(list) => Some((event, list.as_slice())),
            _ => None,
        });
        let events: Vec<_> = set.collect();
        if events.is_empty() {
            return Vec::new();
        }
        let Ok(mut tree) = self.tree() else { return Vec::new() };
        let mut check = Check { loaded: self, events, known: BTreeSet::new(), found: Vec::new() };
        let mut from = 0;
        while let Some((first, _)) = check.events.get(from) {
            let same = check.events[from..].iter().take_while(|(event, _)| event.at == first.at);
            let to = from + same.count();
            check.moment(&mut tree, from, to);
            from = to;
        }
        check.found
    }
}

impl Check<'_> {
    /// What is set at one moment counts together: one setting may only be right
    /// beside another.
    fn moment(&mut self, tree: &mut Node, from: usize, to: usize) {
        let before = tree.clone();
        for index in from..to {
            if let Err(fault) = self.set(tree, index) {
                let place = self.events[index].0.place;
                let (message, help) = match fault.split_once("; ") {
                    Some((message, help)) => (message, Some(help.to_owned())),
                    None => (fault.as_str(), None),
                };
                let error = Diagnostic::error("wrong-setting", message, place);
                self.found.push(error.maybe_help(help));
            }
        }
        let faults = self.loaded.read_tree(tree).err().unwrap_or_default();
        for fault in faults {
            if !self.known.insert(known(&fault)) {
                continue;
            }
            let by = match fault.place.file.0.checked_sub(FIRST) {
                Some(index) => usize::from(index),
                None => self.culprit(&before, from..to, &fault),
            };
            let said = self.said(fault, by);
            let again = |one: &Diagnostic| one.place == said.place && one.message == said.message;
            if !self.found.iter().any(again) {
                self.found.push(said);
            }
        }
    }

    /// Sets what an event sets, as far as its paths lead somewhere.
    fn set(&self, tree: &mut Node, index: usize) -> Result<(), String> {
        let (event, settings) = self.events[index];
        let file = file_of(index);
        let place = Place { file, ..event.place };
        let set = |tree: &mut Node, (path, value): &Setting| {
            yaml::set_at(tree, path, place, moved(value, file))
        };
        settings.iter().map(|setting| set(tree, setting)).fold(Ok(()), Result::and)
    }

    /// The event that by itself makes a mistake elsewhere in the plan; the last
    /// of the moment, where none does.
    fn culprit(&self, before: &Node, moment: std::ops::Range<usize>, fault: &Diagnostic) -> usize {
        let last = moment.end - 1;
        if !(2..=TRIED_MAX).contains(&moment.len()) {
            return last;
        }
        let makes_it = |index: &usize| {
            let mut tree = before.clone();
            let set = self.set(&mut tree, *index);
            let faults = self.loaded.read_tree(&tree).err().unwrap_or_default();
            set.is_ok() && faults.iter().any(|one| known(one) == known(fault))
        };
        moment.into_iter().find(makes_it).unwrap_or(last)
    }

    /// A mistake at the scenario's line: at the value where it is to blame, else
    /// at the path.
    fn said(&self, fault: Diagnostic, by: usize) -> Diagnostic {
        let here = self.events[by.min(self.events.len() - 1)].0.place;
        let in_value = fault.place.file.0 >= FIRST;
        let place = if in_value { Place { file: here.file, ..fault.place } } else { here };
        let said = Diagnostic::error("wrong-setting", fault.message, place).maybe_help(fault.help);
        if in_value { said.label(fault.label) } else { said }
    }
}

fn file_of(index: usize) -> FileId {
    let index = u16::try_from(index).unwrap_or(u16::MAX).min(u16::MAX - FIRST);
    FileId(FIRST + index)
}

fn known(fault: &Diagnostic) -> Known {
    (fault.place, fault.code, fault.message.clone())
}
