//! Reads one event.

use outlast_models::diagnostic::{Diagnostic, quoted};
use outlast_models::place::Place;
use outlast_models::read::{Fields, hint, quantity};
use outlast_models::units::{Millionths, Millis};
use outlast_models::yaml::{self, Key, Node, Value};

use super::Reader;
use crate::scenario::{
    Action, Arg, ArgValue, ConditionWord, Event, Include, Misconfiguration, ParameterKind, Path,
};

/// The keys that say what happens; an event has exactly one.
const VERBS: [&str; 8] =
    ["fail", "degrade", "congest", "misconfigure", "surge", "evacuate", "absent", "include"];

impl Reader<'_> {
    /// Reads one event. Where it says two things, both are read: what they name
    /// may be wrong as well.
    pub(super) fn event(self, node: &Node) -> Vec<Event> {
        if let Value::Scalar { .. } | Value::Seq(_) | Value::Empty = node.value {
            let message = format!("expected an event, found {}", node.shape());
            let help = "write an event such as `{at: 0min, fail: dc-york}`";
            self.issues.push(Diagnostic::error("wrong-shape", message, node.place).help(help));
            return Vec::new();
        }
        let Some(fields) = Fields::of(self.issues, "the event", node.place, node) else {
            return Vec::new();
        };
        let at = fields.node("at").and_then(|node| self.time(node));
        let lasts = fields.node("for").and_then(|node| self.time(node));
        let verbs = self.verbs(&fields, node);
        let actions: Vec<Action> =
            verbs.iter().filter_map(|verb| self.action(verb, &fields)).collect();
        if let (Some(place), [verb @ ("misconfigure" | "include")]) =
            (fields.key_place("for"), verbs.as_slice())
        {
            self.no_duration(verb, place);
        }
        if let Some(Arg { place, value: ArgValue::Is(Millis::ZERO) }) = &lasts {
            self.issues.error("no-time", "an event of no duration changes nothing", *place);
        }
        // Without a verb the left-over keys are reported as part of that mistake.
        if !verbs.is_empty() {
            fields.finish();
        }
        let start = Arg { place: node.place, value: ArgValue::Is(Millis::ZERO) };
        let at = at.unwrap_or(start);
        let event =
            |action| Event { place: node.place, at: at.clone(), lasts: lasts.clone(), action };
        actions.into_iter().map(event).collect()
    }

    fn no_duration(self, verb: &str, place: Place) {
        let (message, help) = if verb == "include" {
            ("an included scenario has durations of its own", "remove `for`")
        } else {
            ("a misconfiguration stays until a change mends it", "remove `for`")
        };
        self.issues.push(Diagnostic::error("no-duration", message, place).help(help));
    }

    fn verbs(self, fields: &Fields<'_>, node: &Node) -> Vec<&'static str> {
        let found: Vec<(&'static str, Place)> =
            VERBS.iter().filter_map(|verb| Some((*verb, fields.key_place(verb)?))).collect();
        match found.as_slice() {
            [_] => {}
            [] => self.no_verb(node),
            [(first, first_place), (second, second_place), ..] => {
                let message = format!("the event says both `{first}` and `{second}`");
                self.issues.push(
                    Diagnostic::error("two-verbs", message, *second_place)
                        .related(*first_place, "first said here")
                        .help("write two events with the same `at`"),
                );
            }
        }
        found.into_iter().map(|(verb, _)| verb).collect()
    }

    fn no_verb(self, node: &Node) {
        let near = node.entries().iter().find_map(|(key, _)| hint(&key.text, VERBS));
        let help = near.unwrap_or_else(|| format!("write one of {}", VERBS.join(", ")));
        let message = "the event does not say what happens";
        self.issues.push(Diagnostic::error("no-verb", message, node.place).help(help));
    }

    /// Reads what happens. How much of it is taken for nothing where that is
    /// wrong or missing: the mistake is noted, and the selector is looked at all
    /// the same.
    fn action(self, verb: &'static str, fields: &Fields<'_>) -> Option<Action> {
        let node = fields.node(verb)?;
        let share = |key, help| {
            let measure = self.measure(fields, key, help);
            let share =
                measure.and_then(|n| self.quantity(n, ParameterKind::Share, quantity::share));
            let none = Arg { place: node.place, value: ArgValue::Is(Millionths::ZERO) };
            share.unwrap_or(none)
        };
        Some(match verb {
            "fail" => Action::Fail(self.selector(node)?),
            "evacuate" => Action::Evacuate(self.selector(node)?),
            "degrade" => {
                let (selector, to) =
                    (self.selector(node), share("to", "say how much of it is left: `to: 40%`"));
                Action::Degrade(selector?, to)
            }
            "congest" => {
                let (selector, blocking) = (
                    self.selector(node),
                    share("blocking", "say how many of the calls are declined: `blocking: 30%`"),
                );
                Action::Congest(selector?, blocking)
            }
            "absent" => {
                let (selector, share) = (
                    self.selector(node),
                    share("share", "say how many of them do not come: `share: 20%`"),
                );
                Action::Absent(selector?, share)
            }
            "surge" => {
                let (selector, times) = (
                    self.selector(node),
                    self.measure(fields, "times", "say how many times as many call: `times: 2.5`"),
                );
                let times =
                    times.and_then(|n| self.quantity(n, ParameterKind::Times, super::times));
                let none = Arg { place: node.place, value: ArgValue::Is(0) };
                Action::Surge(selector?, times.unwrap_or(none))
            }
            "misconfigure" => Action::Misconfigure(self.misconfiguration(node)?),
            _ => Action::Include(self.include(node)?),
        })
    }

    fn time(self, node: &Node) -> Option<Arg<Millis>> {
        self.quantity(node, ParameterKind::Time, quantity::duration)
    }

    /// What an event cannot be without besides what it takes.
    fn measure<'n>(
        self,
        fields: &Fields<'n>,
        key: &'static str,
        help: &'static str,
    ) -> Option<&'n Node> {
        let node = fields.node(key);
        if node.is_none() {
            let message = format!("the event has no `{key}`");
            let error = Diagnostic::error("missing-key", message, fields.place())
                .label(format!("`{key}` is missing here"));
            self.issues.push(error.help(help));
        }
        node
    }

    fn misconfiguration(self, node: &Node) -> Option<Misconfiguration> {
        if let Some(text) = node.text() {
            return self.word(text, node.place).map(|word| Misconfiguration::Word(word, None));
        }
        if let Value::Map(entries) = &node.value
            && let [(key, of)] = entries.as_slice()
            && !["set", "to", "every"].contains(&key.text.as_str())
        {
            return self.word_for(&key.text, key.place, of);
        }
        if let Value::Seq(_) | Value::Empty = node.value {
            let message = format!("expected one misconfiguration, found {}", node.shape());
            let help = "write a word such as `pac-broken`, or `{set: path, to: value}`; for two of \
                        them write two events";
            self.issues.push(Diagnostic::error("wrong-shape", message, node.place).help(help));
            return None;
        }
        if self.are_words(node) {
            return None;
        }
        let fields = Fields::of(self.issues, "the misconfiguration", node.place, node)?;
        let every = fields.node("every");
        let set = fields.need("set").and_then(|node| {
            let text = self.issues.parse(node, quantity::text)?;
            Some(Path { place: node.place, text })
        });
        let to = fields.need("to").filter(|node| !self.is_argument(node)).cloned();
        let every = match every {
            Some(node) => Some(self.section(node)?),
            None => None,
        };
        fields.finish();
        Some(match every {
            Some(kind) => Misconfiguration::Every(kind, set?, to?),
            None => Misconfiguration::Set(set?, to?),
        })
    }

    /// Whether a value is an argument, which is noted: what is set is read as the
    /// plan reads it.
    fn is_argument(self, node: &Node) -> bool {
        let Some(text) = node.text().filter(|text| text.starts_with('$')) else { return false };
        let message = format!("{} cannot stand here", quoted(text));
        let help = "arguments stand for ids, shares, times and factors, not for settings; write \
                    the value out";
        self.issues.push(Diagnostic::error("wrong-kind", message, node.place).help(help));
        true
    }

    /// Whether a map has words for keys, which is noted: one event spoils one
    /// thing.
    fn are_words(self, node: &Node) -> bool {
        let is_word = |key: &Key| ConditionWord::ALL.iter().any(|word| word.word() == key.text);
        let Some((key, _)) = node.entries().iter().filter(|(key, _)| is_word(key)).nth(1) else {
            return false;
        };
        let message = "an event spoils one thing";
        let help = "write two events with the same `at`";
        self.issues.push(Diagnostic::error("two-words", message, key.place).help(help));
        for (key, of) in node.entries() {
            self.word_for(&key.text, key.place, of);
        }
        true
    }

    /// `{pac-broken: corporate}`.
    fn word_for(self, text: &str, place: Place, of: &Node) -> Option<Misconfiguration> {
        let word = self.word(text, place)?;
        if word == ConditionWord::RotateInternetAddresses {
            let message = format!("`{text}` is for the whole cloud, not for one thing");
            let help = format!("write `misconfigure: {text}`");
            self.issues.push(Diagnostic::error("wrong-shape", message, of.place).help(help));
            return None;
        }
        self.names(of).map(|list| Misconfiguration::Word(word, Some(list)))
    }

    fn word(self, text: &str, place: Place) -> Option<ConditionWord> {
        let found = ConditionWord::ALL.into_iter().find(|word| word.word() == text);
        if found.is_none() {
            let words = ConditionWord::ALL.map(ConditionWord::word);
            let help = hint(text, words).unwrap_or_else(|| {
                format!("words: {}; or `{{set: path, to: value}}`", words.join(", "))
            });
            let message = format!("{} is no misconfiguration", quoted(text));
            self.issues.push(Diagnostic::error("unknown-word", message, place).help(help));
        }
        found
    }

    fn section(self, node: &Node) -> Option<String> {
        let text = self.issues.scalar(node)?;
        if yaml::section_of(text).is_none() {
            let words = yaml::SECTIONS.iter().map(|(word, _)| *word);
            let list: Vec<&str> = words.clone().collect();
            let help = hint(text, words).unwrap_or_else(|| format!("words: {}", list.join(", ")));
            let message = format!("{} is no kind of entry", quoted(text));
            self.issues.push(Diagnostic::error("unknown-word", message, node.place).help(help));
            return None;
        }
        Some(text.to_owned())
    }

    fn include(self, node: &Node) -> Option<Include> {
        let text = self.issues.parse(node, quantity::text)?;
        let mut parts = text.split(':').map(str::trim);
        let name = parts.next().unwrap_or_default().to_owned();
        let arguments: Vec<String> = parts.map(str::to_owned).collect();
        for argument in &arguments {
            if let Some((_, parameter)) = argument.split_once('$') {
                self.parameter(parameter, node.place);
            }
        }
        Some(Include { place: node.place, name, arguments })
    }
}
