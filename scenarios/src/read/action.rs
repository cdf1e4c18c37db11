//! Reads one event.

use outlast_models::diagnostic::{Diagnostic, quoted};
use outlast_models::place::Place;
use outlast_models::read::{Fault, Fields, Parsed, hint, quantity};
use outlast_models::units::Millis;
use outlast_models::yaml::{self, Node, Value};

use super::Reader;
use crate::scenario::{
    Action, Arg, ArgValue, ConditionWord, Event, Include, Misconfiguration, ParameterKind,
};

/// The keys that say what happens; an event has exactly one.
const VERBS: [&str; 8] =
    ["fail", "degrade", "congest", "misconfigure", "surge", "evacuate", "absent", "include"];

/// Parses how many times as much customers call.
pub(crate) fn demand(text: &str) -> Parsed<u64> {
    let times = quantity::milli(text)?;
    if times < 1000 {
        let message = format!("{} times the calls is no surge", quoted(text));
        return Err(Fault::with_help(message, "write `1.5` for half as many again"));
    }
    Ok(times)
}

impl Reader<'_> {
    pub(super) fn event(self, node: &Node) -> Option<Event> {
        let fields = Fields::of(self.issues, "the event", node.place, node)?;
        let at = fields.node("at").and_then(|node| self.time(node));
        let lasts = fields.node("for").and_then(|node| self.time(node));
        let verb = self.verb(&fields, node);
        let action = verb.and_then(|verb| self.action(verb, &fields));
        if let (Some(place), Some(verb @ ("misconfigure" | "include"))) =
            (fields.key_place("for"), verb)
        {
            self.no_duration(verb, place);
        }
        if let Some(Arg { place, value: ArgValue::Is(Millis::ZERO) }) = &lasts {
            self.issues.error("no-time", "an event of no duration changes nothing", *place);
        }
        // Without a verb the left-over keys are reported as part of that mistake.
        if verb.is_some() {
            fields.finish();
        }
        let start = Arg { place: node.place, value: ArgValue::Is(Millis::ZERO) };
        Some(Event { place: node.place, at: at.unwrap_or(start), lasts, action: action? })
    }

    fn no_duration(self, verb: &str, place: Place) {
        let (message, help) = if verb == "include" {
            ("an included scenario has durations of its own", "remove `for`")
        } else {
            ("a misconfiguration stays until a change mends it", "remove `for`")
        };
        self.issues.push(Diagnostic::error("no-duration", message, place).help(help));
    }

    fn verb(self, fields: &Fields<'_>, node: &Node) -> Option<&'static str> {
        let found: Vec<(&'static str, Place)> =
            VERBS.iter().filter_map(|verb| Some((*verb, fields.key_place(verb)?))).collect();
        match found.as_slice() {
            [(verb, _)] => Some(verb),
            [] => {
                self.no_verb(node);
                None
            }
            [(first, first_place), (second, second_place), ..] => {
                let message = format!("the event says both `{first}` and `{second}`");
                self.issues.push(
                    Diagnostic::error("two-verbs", message, *second_place)
                        .related(*first_place, "first said here")
                        .help("write two events with the same `at`"),
                );
                None
            }
        }
    }

    fn no_verb(self, node: &Node) {
        let near = node.entries().iter().find_map(|(key, _)| hint(&key.text, VERBS));
        let help = near.unwrap_or_else(|| format!("write one of {}", VERBS.join(", ")));
        let message = "the event does not say what happens";
        self.issues.push(Diagnostic::error("no-verb", message, node.place).help(help));
    }

    fn action(self, verb: &'static str, fields: &Fields<'_>) -> Option<Action> {
        let node = fields.node(verb)?;
        Some(match verb {
            "fail" => Action::Fail(self.selector(node)?),
            "evacuate" => Action::Evacuate(self.selector(node)?),
            "degrade" => {
                let (selector, to) = (self.selector(node), self.share(fields, "to", "60%"));
                Action::Degrade(selector?, to?)
            }
            "congest" => {
                let (selector, blocking) =
                    (self.selector(node), self.share(fields, "blocking", "40%"));
                Action::Congest(selector?, blocking?)
            }
            "absent" => {
                let (selector, share) = (self.selector(node), self.share(fields, "share", "30%"));
                Action::Absent(selector?, share?)
            }
            "surge" => {
                let (selector, times) = (self.selector(node), self.measure(fields, "times", "2.5"));
                let times = times.and_then(|n| self.quantity(n, ParameterKind::Times, demand));
                Action::Surge(selector?, times?)
            }
            "misconfigure" => Action::Misconfigure(self.misconfiguration(node)?),
            _ => Action::Include(self.include(node)?),
        })
    }

    fn time(self, node: &Node) -> Option<Arg<Millis>> {
        self.quantity(node, ParameterKind::Time, quantity::duration)
    }

    fn share(
        self,
        fields: &Fields<'_>,
        key: &'static str,
        example: &str,
    ) -> Option<Arg<outlast_models::units::Millionths>> {
        let node = self.measure(fields, key, example)?;
        self.quantity(node, ParameterKind::Share, quantity::share)
    }

    /// How much of it happens, which must be said.
    fn measure<'n>(
        self,
        fields: &Fields<'n>,
        key: &'static str,
        example: &str,
    ) -> Option<&'n Node> {
        let node = fields.node(key);
        if node.is_none() {
            let message = format!("{} has no `{key}`", fields.what());
            self.issues.push(
                Diagnostic::error("missing-key", message, fields.place())
                    .label(format!("`{key}` is missing here"))
                    .help(format!("say how much beside it: `{key}: {example}`")),
            );
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
        let fields = Fields::of(self.issues, "the misconfiguration", node.place, node)?;
        let every = fields.node("every");
        let set = fields.need_parse("set", quantity::text);
        let to = fields.need("to").cloned();
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
                self.parameter(parameter, node.place)?;
            }
        }
        Some(Include { place: node.place, name, arguments })
    }
}
