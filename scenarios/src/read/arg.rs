//! Reads what may be a value or an argument: `40%` or `$share`.

use outlast_models::Id;
use outlast_models::diagnostic::Diagnostic;
use outlast_models::place::Place;
use outlast_models::read::{Parsed, hint, id};
use outlast_models::yaml::Node;

use super::Reader;
use crate::scenario::{Arg, ArgValue, ParameterKind};

impl Reader<'_> {
    /// A quantity, or a parameter of its kind.
    pub(super) fn quantity<T>(
        self,
        node: &Node,
        kind: ParameterKind,
        parse: impl Fn(&str) -> Parsed<T>,
    ) -> Option<Arg<T>> {
        let text = self.issues.scalar(node)?;
        if let Some(name) = text.strip_prefix('$') {
            let found = self.parameter(name, node.place)?;
            if found.1 != kind {
                let message = format!("`${name}` is {}, not {}", a(found.1), a(kind));
                self.issues.push(
                    Diagnostic::error("wrong-kind", message, node.place)
                        .related(self.takes.known[&found.0].place, "declared here"),
                );
                return None;
            }
            return Some(Arg { place: node.place, value: ArgValue::Parameter(found.0) });
        }
        let value = self.issues.parse(node, parse)?;
        Some(Arg { place: node.place, value: ArgValue::Is(value) })
    }

    /// An id, or a parameter that stands for one.
    pub(super) fn name(self, node: &Node) -> Option<Arg<Id>> {
        let text = self.issues.scalar(node)?;
        let Some(name) = text.strip_prefix('$') else {
            let value = self.issues.parse(node, id)?;
            return Some(Arg { place: node.place, value: ArgValue::Is(value) });
        };
        let (id, kind) = self.parameter(name, node.place)?;
        if !matches!(kind, ParameterKind::Thing(_)) {
            let message = format!("`${name}` is {}, not the name of something", a(kind));
            let place = self.takes.known[&id].place;
            self.issues.push(
                Diagnostic::error("wrong-kind", message, node.place)
                    .related(place, "declared here"),
            );
            return None;
        }
        Some(Arg { place: node.place, value: ArgValue::Parameter(id) })
    }

    /// A list of ids; one word counts as a list of one.
    pub(super) fn names(self, node: &Node) -> Option<Vec<Arg<Id>>> {
        let items = self.issues.items(node)?;
        Some(items.into_iter().filter_map(|item| self.name(item)).collect())
    }

    /// Looks a parameter up.
    pub(super) fn parameter(self, name: &str, place: Place) -> Option<(Id, ParameterKind)> {
        if let Some((id, parameter)) = self.takes.known.get_key_value(name) {
            return Some((id.clone(), parameter.kind));
        }
        if self.takes.may_hold(name) {
            return None;
        }
        if name.is_empty() {
            let help = "write the name of a parameter behind it, such as `$site`";
            let error = Diagnostic::error("unknown-parameter", "`$` names nothing", place);
            self.issues.push(error.help(help));
            return None;
        }
        let message = format!("the scenario takes no `{name}`");
        let near = hint(name, self.takes.known.keys().map(Id::as_str));
        let help = near.unwrap_or_else(|| format!("declare it: `takes: {{{name}: {{kind: …}}}}`"));
        self.issues.push(Diagnostic::error("unknown-parameter", message, place).help(help));
        None
    }
}

fn a(kind: ParameterKind) -> String {
    match kind {
        ParameterKind::Share => "a share".to_owned(),
        ParameterKind::Time => "a time".to_owned(),
        ParameterKind::Times => "a factor".to_owned(),
        ParameterKind::Thing(class) => format!("of kind `{}`", class.word()),
    }
}
