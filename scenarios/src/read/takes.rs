//! Reads `takes`, and finds parameters that nothing uses.

use indexmap::IndexMap;
use outlast_models::diagnostic::Diagnostic;
use outlast_models::place::Place;
use outlast_models::read::{self, Fields, Issues, quantity};
use outlast_models::yaml::Node;
use outlast_models::{Id, read::Parsed};

use crate::class::Class;
use crate::scenario::{
    Action, Arg, ArgValue, Asks, DefaultArgument, Misconfiguration, Parameter, ParameterKind,
    Scenario, Selector, Terms,
};

pub(super) fn read(fields: &Fields<'_>) -> IndexMap<Id, Parameter> {
    let mut takes = IndexMap::new();
    for (key, node) in fields.entries("takes") {
        let Some(id) = fields.issues().parsed(read::id(&key.text), key.place) else { continue };
        if let Some(parameter) = parameter(fields.issues(), &id, key.place, node) {
            takes.insert(id, parameter);
        }
    }
    takes
}

fn parameter(issues: &Issues, id: &Id, place: Place, node: &Node) -> Option<Parameter> {
    let fields = Fields::of(issues, format!("parameter `{id}`"), place, node)?;
    let kind = fields.need_parse("kind", kind);
    let default = fields.node("default").and_then(|node| default(issues, kind, node));
    fields.finish();
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
        ParameterKind::Times => issues.parse(node, super::action::demand).map(|_| value),
        ParameterKind::Thing(_) => match text {
            "most-depended-on" => Some(DefaultArgument::MostDependedOn),
            "every" => Some(DefaultArgument::Every),
            _ => issues.parse(node, read::id).map(|_| value),
        },
    }
}

/// Reports parameters that no event uses: an argument would change nothing.
pub(super) fn check_used(issues: &Issues, scenario: &Scenario) {
    let mut used = Vec::new();
    for event in &scenario.events {
        note(&event.at, &mut used);
        if let Some(lasts) = &event.lasts {
            note(lasts, &mut used);
        }
        in_action(&event.action, &mut used);
    }
    for (id, parameter) in &scenario.takes {
        if !used.contains(id) && !issues.has_errors() {
            let message = format!("no event uses `${id}`");
            let help = format!("write `${id}` where its value belongs, or remove it from `takes`");
            issues.push(Diagnostic::error("unused", message, parameter.place).help(help));
        }
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
