//! Reads `takes`, and finds parameters that nothing uses.

use indexmap::IndexMap;
use outlast_models::diagnostic::Diagnostic;
use outlast_models::place::Place;
use outlast_models::read::{self, Fields, Issues, quantity};
use outlast_models::yaml::{Node, Value};
use outlast_models::{Id, read::Parsed};

use crate::class::Class;
use crate::scenario::{
    Action, Arg, ArgValue, Asks, DefaultArgument, Misconfiguration, Parameter, ParameterKind,
    Scenario, Selector, Terms,
};

/// `takes` as read.
pub(super) struct Takes {
    /// The parameters that could be read.
    pub(super) known: IndexMap<Id, Parameter>,
    /// The names of those that could not.
    unread: Vec<String>,
    /// Whether it is no map, so that nothing is known of its names.
    shapeless: bool,
}

impl Takes {
    pub(super) fn is_whole(&self) -> bool {
        self.unread.is_empty() && !self.shapeless
    }

    /// Whether a name may be that of a parameter that could not be read.
    pub(super) fn may_hold(&self, name: &str) -> bool {
        self.shapeless || self.unread.iter().any(|unread| unread == name)
    }
}

pub(super) fn read(fields: &Fields<'_>) -> Takes {
    let written = fields.node("takes").map(|node| &node.value);
    let shapeless = matches!(written, Some(Value::Scalar { .. } | Value::Seq(_)));
    let mut takes = Takes { known: IndexMap::new(), unread: Vec::new(), shapeless };
    for (key, node) in fields.entries("takes") {
        let id = fields.issues().parsed(read::id(&key.text), key.place);
        let read =
            id.and_then(|id| Some((id.clone(), parameter(fields.issues(), &id, key.place, node)?)));
        match read {
            Some((id, parameter)) => {
                takes.known.insert(id, parameter);
            }
            None => takes.unread.push(key.text.clone()),
        }
    }
    takes
}

fn parameter(issues: &Issues, id: &Id, place: Place, node: &Node) -> Option<Parameter> {
    let fields = Fields::of(issues, format!("parameter `{id}`"), place, node)?;
    let kind = fields.need_parse("kind", kind);
    let written = fields.node("default");
    let default = written.and_then(|node| default(issues, kind, node));
    fields.finish();
    if written.is_some() && default.is_none() {
        return None;
    }
    Some(Parameter { place, kind: kind?, default })
}

fn kind(text: &str) -> Parsed<ParameterKind> {
    match text {
        "share" => Ok(ParameterKind::Share),
        "time" => Ok(ParameterKind::Time),
        "times" => Ok(ParameterKind::Times),
        other => Class::parse(other, &Class::of_parameters(), &["share", "time", "times"])
            .map(ParameterKind::Thing),
    }
}

fn default(issues: &Issues, kind: Option<ParameterKind>, node: &Node) -> Option<DefaultArgument> {
    let text = issues.scalar(node)?;
    let value = DefaultArgument::Text(text.to_owned());
    match kind? {
        ParameterKind::Share => issues.parse(node, quantity::share).map(|_| value),
        ParameterKind::Time => issues.parse(node, quantity::duration).map(|_| value),
        ParameterKind::Times => issues.parse(node, super::times).map(|_| value),
        ParameterKind::Thing(_) => match text {
            "most-depended-on" => Some(DefaultArgument::MostDependedOn),
            "every" => Some(DefaultArgument::Every),
            _ => issues.parse(node, read::id).map(|_| value),
        },
    }
}

/// Reports parameters that no event uses: an argument would change nothing.
pub(super) fn check_used(issues: &Issues, scenario: &Scenario, tree: &Node) {
    let mut used = Vec::new();
    for event in &scenario.events {
        note(&event.at, &mut used);
        if let Some(lasts) = &event.lasts {
            note(lasts, &mut used);
        }
        in_action(&event.action, &mut used);
    }
    for (id, parameter) in &scenario.takes {
        // An event that could not be read may use one.
        let may_be_used = || issues.has_errors() && mentions(tree, &format!("${id}"));
        if !used.contains(id) && !may_be_used() {
            let message = format!("no event uses `${id}`");
            let help = format!("write `${id}` where its value belongs, or remove it from `takes`");
            issues.push(Diagnostic::error("unused", message, parameter.place).help(help));
        }
    }
}

fn mentions(node: &Node, text: &str) -> bool {
    match &node.value {
        Value::Scalar { text: own, .. } => own.contains(text),
        Value::Seq(items) => items.iter().any(|item| mentions(item, text)),
        Value::Map(entries) => {
            entries.iter().any(|(key, node)| key.text.contains(text) || mentions(node, text))
        }
        Value::Empty => false,
    }
}

fn note<T>(arg: &Arg<T>, used: &mut Vec<Id>) {
    if let ArgValue::Parameter(id) = &arg.value {
        used.push(id.clone());
    }
}

fn in_action(action: &Action, used: &mut Vec<Id>) {
    match action {
        Action::Fail(selector) | Action::Evacuate(selector) => in_selector(selector, used),
        Action::Degrade(selector, share)
        | Action::Congest(selector, share)
        | Action::Absent(selector, share) => {
            in_selector(selector, used);
            note(share, used);
        }
        Action::Surge(selector, times) => {
            in_selector(selector, used);
            note(times, used);
        }
        Action::Misconfigure(Misconfiguration::Word(_, Some(list))) => {
            for arg in list {
                note(arg, used);
            }
        }
        Action::Misconfigure(_) => {}
        Action::Include(include) => {
            used.extend(include.arguments.iter().filter_map(|text| parameter_in(text)));
        }
    }
}

/// The parameter in an argument of `include`: `$site`, `site=$site`.
fn parameter_in(text: &str) -> Option<Id> {
    text.split_once('$').map(|(_, name)| Id::new(name))
}

fn in_selector(selector: &Selector, used: &mut Vec<Id>) {
    match &selector.terms {
        Terms::Word(word) => note(word, used),
        Terms::Any(list) => list.iter().for_each(|one| in_selector(one, used)),
        Terms::All(criteria) => {
            for criterion in criteria {
                match &criterion.asks {
                    Asks::Name(_, values) => values.iter().for_each(|value| note(value, used)),
                    Asks::Kind(_) => {}
                }
            }
        }
    }
}
