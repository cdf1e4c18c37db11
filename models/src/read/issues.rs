//! Collects mistakes while reading goes on.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::quantity::{Fault, Parsed};
use crate::diagnostic::{Diagnostic, Severity};
use crate::id::Id;
use crate::place::Place;
use crate::plan::Named;
use crate::yaml::{Node, Value};

/// The mistakes found so far. Shared by everything that reads, so that no
/// reader has to return them.
#[derive(Debug, Default)]
pub struct Issues(RefCell<Vec<Diagnostic>>);

/// Whether two say the same: an entry that is read again for another group
/// calls its map by that group's name.
fn same(a: &Diagnostic, b: &Diagnostic) -> bool {
    let by_key = matches!(a.code, "unknown-key" | "unread-key" | "missing-key");
    a.code == b.code
        && a.place == b.place
        && a.label == b.label
        && (a.message == b.message
            || (by_key && !a.label.is_empty())
            || matches!(a.code, "unknown-key" | "not-unknown"))
}

impl Issues {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Those that were found before.
    pub fn of(found: Vec<Diagnostic>) -> Self {
        Self(RefCell::new(found))
    }

    /// Notes one; the same mistake twice (an entry read again for `like`) counts once.
    pub fn push(&self, diagnostic: Diagnostic) {
        let mut list = self.0.borrow_mut();
        let recent = list.len().saturating_sub(1000);
        if !list[recent..].iter().any(|known| same(known, &diagnostic)) {
            list.push(diagnostic);
        }
    }

    /// Notes an error.
    pub fn error(&self, code: &'static str, message: impl Into<String>, place: Place) {
        self.push(Diagnostic::error(code, message, place));
    }

    /// Whether an error was noted.
    pub fn has_errors(&self) -> bool {
        self.0.borrow().iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// All, in the order of the files.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let mut list = self.0.into_inner();
        list.sort_by(|a, b| {
            (a.place, a.severity, a.code, &a.message)
                .cmp(&(b.place, b.severity, b.code, &b.message))
        });
        list.dedup();
        list
    }

    /// Unpacks a parsed value, noting the fault at `place`.
    pub fn parsed<T>(&self, parsed: Parsed<T>, place: Place) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(Fault { message, help }) => {
                self.push(Diagnostic::error("bad-value", message, place).maybe_help(help));
                None
            }
        }
    }

    /// Notes that something else was expected than `node`.
    pub fn wrong_shape(&self, expected: &str, node: &Node) {
        if node.is_unknown() {
            let message = format!("expected {expected}, found `unknown`");
            let help = "say what is there; each value in it may be `unknown`";
            self.push(Diagnostic::error("not-unknown", message, node.place).help(help));
            return;
        }
        let message = format!("expected {expected}, found {}", node.shape());
        let help = match expected {
            _ if node.value == Value::Empty => "write it, or leave the key out",
            of_map if of_map.starts_with("a map") => {
                "write `{key: value}`, or `key: value` on lines of their own"
            }
            of_list if of_list.starts_with("a list") => {
                "write `[a, b]`, or lines that begin with `- `"
            }
            _ => "write one value",
        };
        self.push(Diagnostic::error("wrong-shape", message, node.place).help(help));
    }

    /// The text of a scalar.
    pub fn scalar<'n>(&self, node: &'n Node) -> Option<&'n str> {
        let text = node.text();
        if text.is_none() {
            self.wrong_shape("a word or number", node);
        }
        text
    }

    /// Parses a scalar.
    pub fn parse<T>(&self, node: &Node, parse: impl Fn(&str) -> Parsed<T>) -> Option<T> {
        let text = self.scalar(node)?;
        if self.is_unknown(node) {
            return None;
        }
        self.parsed(parse(text), node.place)
    }

    /// Notes `unknown` where only a name or word can stand, as in a list.
    pub fn is_unknown(&self, node: &Node) -> bool {
        if node.is_unknown() {
            let message = "`unknown` cannot stand in place of a name or word";
            let help = "write those that you know; `unknown` may stand for a whole list, not for a name in it";
            self.push(Diagnostic::error("not-unknown", message, node.place).help(help));
        }
        node.is_unknown()
    }

    /// The items of a list; one word counts as a list of one.
    pub fn items<'n>(&self, node: &'n Node) -> Option<Vec<&'n Node>> {
        match &node.value {
            Value::Seq(items) => Some(items.iter().collect()),
            Value::Scalar { .. } => Some(vec![node]),
            Value::Map(_) | Value::Empty => {
                self.wrong_shape("a list", node);
                None
            }
        }
    }

    /// A mention of an id.
    pub fn named(&self, node: &Node) -> Option<Named> {
        let id = self.parse(node, super::id)?;
        Some(Named { id, place: node.place })
    }

    /// A list of mentions; a second mention of the same id is an error.
    pub fn names(&self, node: &Node) -> Option<Vec<Named>> {
        let items = self.items(node)?;
        let mut seen: BTreeMap<Id, Place> = BTreeMap::new();
        let mut names: Vec<Named> = Vec::with_capacity(items.len());
        for named in items.into_iter().filter_map(|item| self.named(item)) {
            if let Some(first) = seen.get(&named.id) {
                let message = format!("`{}` stands twice in this list", named.id);
                self.push(
                    Diagnostic::error("repeated-name", message, named.place)
                        .label("second time")
                        .related(*first, "first time"),
                );
            } else {
                seen.insert(named.id.clone(), named.place);
                names.push(named);
            }
        }
        Some(names)
    }
}
