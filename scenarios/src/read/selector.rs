//! Reads selectors: a word, a list (any), a map (all).

use outlast_models::Id;
use outlast_models::diagnostic::{Diagnostic, quoted};
use outlast_models::read::hint;
use outlast_models::yaml::{Key, Node, Value};

use super::Reader;
use crate::class::Class;
use crate::scenario::{
    Arg, ArgValue, Asks, Criterion, ParameterKind, Selector, SelectorKey, Terms,
};

impl Reader<'_> {
    pub(super) fn selector(self, node: &Node) -> Option<Selector> {
        let terms = match &node.value {
            Value::Scalar { .. } => Terms::Word(self.word_of(node)?),
            Value::Seq(items) if !items.is_empty() => {
                Terms::Any(items.iter().filter_map(|item| self.selector(item)).collect())
            }
            Value::Map(entries) if !entries.is_empty() => {
                Terms::All(entries.iter().filter_map(|entry| self.criterion(entry)).collect())
            }
            Value::Seq(_) | Value::Map(_) | Value::Empty => {
                let message = "a selector that says nothing takes nothing";
                let help =
                    "write an id, a list of ids, or a map such as `{site: leeds, kind: circuit}`";
                self.issues
                    .push(Diagnostic::error("empty-selector", message, node.place).help(help));
                return None;
            }
        };
        Some(Selector { place: node.place, terms })
    }

    /// A bare word is an id; providers and regions are no things of their own.
    fn word_of(self, node: &Node) -> Option<Arg<Id>> {
        let word = self.name(node)?;
        let ArgValue::Parameter(id) = &word.value else { return Some(word) };
        let key = match self.takes.known[id].kind {
            ParameterKind::Thing(Class::Provider | Class::Isp) => "provider",
            ParameterKind::Thing(Class::Region) => "region",
            _ => return Some(word),
        };
        let message = format!("`${id}` is a {key}, not something that can be taken by itself");
        let help = format!("write `{{{key}: ${id}}}`");
        self.issues.push(Diagnostic::error("wrong-kind", message, node.place).help(help));
        None
    }

    fn criterion(self, (key, node): &(Key, Node)) -> Option<Criterion> {
        let asks = if key.text == "kind" {
            let classes = Class::of_selectors();
            let parse = |text: &str| Class::parse(text, &classes, &[]);
            let items = self.issues.items(node)?;
            Asks::Kind(
                items.into_iter().filter_map(|item| self.issues.parse(item, parse)).collect(),
            )
        } else {
            let found = SelectorKey::ALL.into_iter().find(|known| known.word() == key.text);
            let Some(known) = found else {
                self.unknown_key(key);
                return None;
            };
            Asks::Name(known, self.names(node)?)
        };
        Some(Criterion { place: key.place, asks })
    }

    fn unknown_key(self, key: &Key) {
        let mut words: Vec<&str> = SelectorKey::ALL.into_iter().map(SelectorKey::word).collect();
        words.push("kind");
        words.sort_unstable();
        let near = hint(&key.text, words.iter().copied());
        let help = near.unwrap_or_else(|| format!("keys: {}", words.join(", ")));
        let message = format!("a selector has no key {}", quoted(&key.text));
        self.issues.push(Diagnostic::error("unknown-key", message, key.place).help(help));
    }
}
