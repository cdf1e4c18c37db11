//! A map being taken apart, key by key.

use std::cell::RefCell;

use super::issues::Issues;
use super::near::hint;
use super::quantity::Parsed;
use crate::diagnostic::{Diagnostic, quoted};
use crate::fact::Fact;
use crate::place::Place;
use crate::plan::Named;
use crate::yaml::{Key, Node, SECTIONS, Value};

/// The keys of one map. Each is asked for by name; [`Fields::finish`] reports
/// those that nobody asked for.
#[derive(Debug)]
pub struct Fields<'a> {
    issues: &'a Issues,
    what: String,
    place: Place,
    entries: Vec<(&'a Key, &'a Node)>,
    /// How many of the entries are written in this map; the rest are inherited.
    own: usize,
    /// The word `unknown` in place of the map: so is all that it may say.
    unknown: Option<&'a Node>,
    known: RefCell<Vec<&'static str>>,
    unread: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    /// Takes a map apart; `what` names it in messages, `place` is that of its
    /// key. Nothing written counts as an empty map.
    pub fn of(
        issues: &'a Issues,
        what: impl Into<String>,
        place: Place,
        node: &'a Node,
    ) -> Option<Self> {
        match &node.value {
            Value::Map(_) | Value::Empty => {
                let entries: Vec<_> =
                    node.entries().iter().map(|(key, node)| (key, node)).collect();
                let own = entries.len();
                Some(Self::over(issues, what, place, entries, own))
            }
            Value::Scalar { .. } | Value::Seq(_) => {
                issues.wrong_shape("a map", node);
                None
            }
        }
    }

    /// The same of a map of facts: `unknown` in its place is said of each of them.
    pub fn facts(
        issues: &'a Issues,
        what: impl Into<String>,
        place: Place,
        node: &'a Node,
    ) -> Option<Self> {
        if !node.is_unknown() {
            return Self::of(issues, what, place, node);
        }
        let none = Self::over(issues, what, place, Vec::new(), 0);
        Some(Self { unknown: Some(node), ..none })
    }

    /// The same over entries that come from several maps (`like`); the first
    /// `own` are the map's own.
    pub fn over(
        issues: &'a Issues,
        what: impl Into<String>,
        place: Place,
        entries: Vec<(&'a Key, &'a Node)>,
        own: usize,
    ) -> Self {
        let (known, unread) = (RefCell::default(), RefCell::default());
        Self { issues, what: what.into(), place, entries, own, unknown: None, known, unread }
    }

    /// Where mistakes are noted.
    pub fn issues(&self) -> &'a Issues {
        self.issues
    }

    /// What the map is, for messages.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// The place of the map's key.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The value of a key.
    pub fn node(&self, key: &'static str) -> Option<&'a Node> {
        self.known.borrow_mut().push(key);
        let entry = self.entries.iter().find(|(found, _)| found.text == key);
        entry.map(|(_, node)| *node).or(self.unknown)
    }

    /// The place of a key that is written.
    pub fn key_place(&self, key: &str) -> Option<Place> {
        self.entries.iter().find(|(found, _)| found.text == key).map(|(found, _)| found.place)
    }

    /// The value of a key that must be there.
    pub fn need(&self, key: &'static str) -> Option<&'a Node> {
        let node = self.node(key);
        if node.is_none() {
            let message = format!("{} has no `{key}`", self.what);
            let help = match key {
                "outlast" | "outlast-scenario" => Some(format!("begin the file with `{key}: 1`")),
                _ => self.section_meant(),
            };
            self.issues.push(
                Diagnostic::error("missing-key", message, self.place)
                    .label(format!("`{key}` is missing here"))
                    .maybe_help(help),
            );
        }
        node
    }

    /// Notes that a key is missing, and what it is for.
    pub fn missing(&self, key: &str, help: &str) {
        let message = format!("{} has no `{key}`", self.what);
        self.issues.push(
            Diagnostic::error("missing-key", message, self.place)
                .label(format!("`{key}` is missing here"))
                .help(help),
        );
    }

    /// A parsed value, where the key is written and right.
    pub fn parse<T>(&self, key: &'static str, parse: impl Fn(&str) -> Parsed<T>) -> Option<T> {
        self.issues.parse(self.certain_node(key)?, parse)
    }

    /// A parsed value that must be there.
    pub fn need_parse<T>(&self, key: &'static str, parse: impl Fn(&str) -> Parsed<T>) -> Option<T> {
        self.issues.parse(self.certain(key, self.need(key)?)?, parse)
    }

    /// What is written under a key that may not be `unknown`.
    pub fn certain_node(&self, key: &'static str) -> Option<&'a Node> {
        self.certain(key, self.node(key)?)
    }

    /// A value that may not be `unknown`, because the shape of the plan hangs on it.
    fn certain(&self, key: &str, node: &'a Node) -> Option<&'a Node> {
        if !node.is_unknown() {
            return Some(node);
        }
        let help = match key {
            "agents" => "it is what results count in; write an estimate",
            "outlast" | "outlast-scenario" => "it says how the file is to be read; write `1`",
            "name" | "currency" | "tags" | "for" | "when" | "refuse" | "require" | "reason"
            | "owner" => "it is yours to choose; write it, or leave it out",
            "needs" => "name what it is known to stand on, or leave it out",
            _ => "the shape of the plan hangs on it; write what is there, or leave the entry out",
        };
        let message = format!("`{key}` of {} cannot be `unknown`", self.what);
        self.issues.push(Diagnostic::error("not-unknown", message, node.place).help(help));
        None
    }

    /// A fact: given, `unknown` or defaulted.
    pub fn fact<T>(
        &self,
        key: &'static str,
        default: T,
        parse: impl Fn(&str) -> Parsed<T>,
    ) -> Fact<T> {
        self.fact_or(key, Fact::defaulted(default), parse)
    }

    /// A fact whose default is a fact itself (a figure of the plan).
    pub fn fact_or<T>(
        &self,
        key: &'static str,
        default: Fact<T>,
        parse: impl Fn(&str) -> Parsed<T>,
    ) -> Fact<T> {
        self.read_or(key, default, |node| self.issues.parse(node, parse))
    }

    /// A fact that is more than one word; `read` gets what is written.
    pub fn read<T>(
        &self,
        key: &'static str,
        default: T,
        read: impl FnOnce(&'a Node) -> Option<T>,
    ) -> Fact<T> {
        self.read_or(key, Fact::defaulted(default), read)
    }

    fn read_or<T>(
        &self,
        key: &'static str,
        default: Fact<T>,
        read: impl FnOnce(&'a Node) -> Option<T>,
    ) -> Fact<T> {
        match self.node(key) {
            None => default,
            Some(node) if node.is_unknown() => Fact::unknown(default.value, node.place),
            Some(node) => match read(node) {
                Some(value) => Fact::given(value, node.place),
                None => default,
            },
        }
    }

    /// A fact that must be said; `unknown` is one way of saying it.
    pub fn need_fact<T>(
        &self,
        key: &'static str,
        default: T,
        parse: impl Fn(&str) -> Parsed<T>,
    ) -> Option<Fact<T>> {
        self.need(key)?;
        Some(self.fact(key, default, parse))
    }

    /// A fact that may be absent.
    pub fn maybe<T>(
        &self,
        key: &'static str,
        parse: impl Fn(&str) -> Parsed<T>,
    ) -> Fact<Option<T>> {
        self.fact(key, None, |text| parse(text).map(Some))
    }

    /// A mention.
    pub fn named(&self, key: &'static str) -> Option<Named> {
        self.issues.named(self.certain_node(key)?)
    }

    /// A mention that must be there.
    pub fn need_named(&self, key: &'static str) -> Option<Named> {
        self.issues.named(self.certain(key, self.need(key)?)?)
    }

    /// A list of mentions.
    pub fn names(&self, key: &'static str) -> Option<Vec<Named>> {
        self.issues.names(self.certain_node(key)?)
    }

    /// The items of a list.
    pub fn items(&self, key: &'static str) -> Option<Vec<&'a Node>> {
        self.issues.items(self.certain_node(key)?)
    }

    /// A map of facts under a key.
    pub fn map(&self, key: &'static str) -> Option<Self> {
        let node = self.node(key)?;
        let place = self.key_place(key).unwrap_or(node.place);
        Fields::facts(self.issues, format!("`{key}` of {}", self.what), place, node)
    }

    /// The entries of a map of ids under a key; other shapes are noted.
    pub fn entries(&self, key: &'static str) -> &'a [(Key, Node)] {
        let Some(node) = self.node(key) else { return &[] };
        if node.is_unknown() {
            let message = format!("`{key}` of {} cannot be `unknown`", self.what);
            let help = "write the entries that there are; what they say may be `unknown`";
            self.issues.push(Diagnostic::error("not-unknown", message, node.place).help(help));
            return &[];
        }
        match &node.value {
            Value::Map(entries) => entries,
            Value::Empty => &[],
            Value::Scalar { .. } | Value::Seq(_) => {
                let message = format!("expected a map of entries by id, found {}", node.shape());
                let help = format!("write `{key}:` and under it `id: …` for each entry");
                let diagnostic = Diagnostic::error("wrong-shape", message, node.place);
                self.issues.push(diagnostic.help(help));
                &[]
            }
        }
    }

    /// Keys of the language that this version does not read: reported as such.
    pub fn unread(&self, keys: &[&'static str]) {
        self.unread.borrow_mut().extend_from_slice(keys);
    }

    /// An entry that is called like a section was probably meant as one.
    fn section_meant(&self) -> Option<String> {
        let id = self.what.split('`').nth(1)?;
        let is_section = SECTIONS.iter().any(|(_, path)| path[0] == id);
        is_section.then(|| {
            format!("if the section `{id}` is meant, begin the line with it, without blanks")
        })
    }

    /// What there is instead of an unknown key.
    fn list(&self, known: &[&str], node: &Node) -> String {
        let list = format!("keys: {}", known.join(", "));
        match (&node.value, self.what.as_str()) {
            (Value::Map(_), "the plan") => {
                format!("an entry stands indented under its section; {list}")
            }
            _ => list,
        }
    }

    /// Reports what nobody asked for.
    pub fn finish(self) {
        let (known, unread) = (self.known.take(), self.unread.take());
        for (key, node) in self.entries.iter().take(self.own) {
            if known.contains(&key.text.as_str()) {
                continue;
            }
            let shown = quoted(&key.text);
            let diagnostic = if unread.contains(&key.text.as_str()) {
                let message = match self.what.as_str() {
                    "the plan" => format!("this version does not read {shown}"),
                    what => format!("this version does not read {shown} of {what}"),
                };
                Diagnostic::error("unread-key", message, key.place)
                    .help("remove it or comment it out; it would change nothing")
            } else {
                let message = format!("{} has no key {shown}", self.what);
                let mut all = known.clone();
                all.sort_unstable();
                all.dedup();
                let near = hint(&key.text, all.iter().copied());
                let list = || self.list(&all, node);
                Diagnostic::error("unknown-key", message, key.place)
                    .maybe_help(Some(near.unwrap_or_else(list)))
            };
            self.issues.push(diagnostic);
        }
    }
}
