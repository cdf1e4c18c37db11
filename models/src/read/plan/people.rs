//! `queues`, `objectives`, and what is counted: `pools`, `resources`,
//! `components`.

use crate::diagnostic::Diagnostic;
use crate::fact::Fact;
use crate::id::Id;
use crate::place::Place;
use crate::plan::{Component, CountedResource, Mbco, Named, Objective, Pool, Queue, Section};
use crate::read::quantity::{Fault, count, duration, milli, one_of, share, yes_no};
use crate::read::{Fields, Parsed, id};
use crate::units::{Millionths, Millis};
use crate::yaml::{Key, Node, Value};

use super::context::Cx;
use super::sort::Sort;

/// What this version does not read of a queue.
const QUEUE_UNREAD: &[&str] =
    &["offered", "per", "aht", "patience", "target", "inbound", "retry", "growth", "season"];

impl<'a> Cx<'a> {
    pub(super) fn queues(&self, top: &Fields<'a>) -> Section<Queue> {
        let mut section = self.section(top, "queues", "queue", |f, _| {
            f.unread(QUEUE_UNREAD);
            Some(Queue { place: f.place(), priority: f.fact("priority", 1, priority) })
        });
        if section.is_empty() {
            let queue = Queue { place: Place::BUILT_IN, priority: Fact::defaulted(1) };
            section.insert(Id::new("all"), queue);
        }
        section
    }

    /// A list of objectives, or a map of named ones.
    pub(super) fn objectives(&self, top: &Fields<'a>) -> Vec<Objective> {
        let Some(node) = top.node("objectives") else { return Vec::new() };
        let list: Vec<(Place, &Node)> = match &node.value {
            Value::Seq(items) => items.iter().map(|item| (item.place, item)).collect(),
            Value::Map(entries) => entries.iter().map(|(key, item)| (key.place, item)).collect(),
            Value::Empty => Vec::new(),
            Value::Scalar { .. } => {
                self.issues.wrong_shape("a list of objectives", node);
                Vec::new()
            }
        };
        list.into_iter().filter_map(|(place, node)| self.objective(place, node)).collect()
    }

    fn objective(&self, place: Place, node: &'a Node) -> Option<Objective> {
        let f = Fields::of(self.issues, "this objective", place, node)?;
        f.unread(&["critical_dates"]);
        let queue = self.named(&f, "queue", &[Sort::Queue]);
        let overall = f.parse("overall", yes_no).unwrap_or(false);
        let unread = ["queue", "overall"].into_iter().filter_map(|key| f.node(key));
        if overall == queue.is_some() && !unread.into_iter().any(Node::is_unknown) {
            let message = if overall {
                "an objective is for one `queue` or `overall`, not both"
            } else {
                "this objective does not say for what: `queue` or `overall: true`"
            };
            self.issues.error("missing-key", message, place);
        }
        let mbco = f.need_fact("mbco", Mbco::Share(Millionths::ONE), mbco);
        let counts = one_of(&[("effective", false), ("working", true)]);
        let objective = Objective {
            place,
            queue,
            rto: f.maybe("rto", duration),
            mtpd: f.maybe("mtpd", duration),
            counts_working: f.fact("count", false, counts),
            mbco: mbco.unwrap_or(Fact::defaulted(Mbco::Agents(0))),
        };
        if let (Some(rto), Some(mtpd)) = (objective.rto.value, objective.mtpd.value)
            && mtpd < rto
        {
            self.tolerated_too_shortly(&f, rto, mtpd);
        }
        f.finish();
        Some(objective)
    }

    /// What has to be back only later cannot be borne for less.
    fn tolerated_too_shortly(&self, f: &Fields<'a>, rto: Millis, mtpd: Millis) {
        let message = format!("the `mtpd` of {mtpd} is shorter than the `rto` of {rto}");
        let place = |key: &'static str| f.node(key).map_or(f.place(), |node| node.place);
        let error = Diagnostic::error("contradiction", message, place("mtpd"))
            .related(place("rto"), "the minimum is due back only then")
            .help("the MTPD is how long it can be borne, so at least the RTO");
        self.issues.push(error);
    }

    pub(super) fn pools(&self, top: &Fields<'a>) -> Section<Pool> {
        self.counted(top, "pools", "pool", |node, f| match f {
            None => {
                let count = self.number(node, count)?;
                Some(Pool { place: node.place, count, common: crate::plan::Common::default() })
            }
            Some(f) => {
                let count = f.need_fact("count", 0, count);
                Some(Pool { place: f.place(), common: self.common(f), count: count? })
            }
        })
    }

    pub(super) fn resources(&self, top: &Fields<'a>) -> Section<CountedResource> {
        self.counted(top, "resources", "resource", |node, f| {
            let milli = match f {
                None => self.number(node, milli),
                Some(f) => {
                    f.unread(&["cost"]);
                    f.need_fact("count", 0, milli)
                }
            };
            Some(CountedResource { place: f.map_or(node.place, Fields::place), milli: milli? })
        })
    }

    /// How many there are; none, where that is unknown.
    fn number(&self, node: &Node, parse: impl Fn(&str) -> Parsed<u64>) -> Option<Fact<u64>> {
        if node.is_unknown() {
            return Some(Fact::unknown(0, node.place));
        }
        self.issues.parse(node, parse).map(|count| Fact::given(count, node.place))
    }

    /// A section whose entries are a number or a map.
    fn counted<T>(
        &self,
        top: &Fields<'a>,
        key: &'static str,
        noun: &str,
        read: impl Fn(&'a Node, Option<&Fields<'a>>) -> Option<T>,
    ) -> Section<T> {
        let mut section = Section::new();
        for (Key { text, place }, node) in top.entries(key) {
            let Ok(id) = id(text) else { continue };
            if node.text().is_some() {
                section.extend(read(node, None).map(|entry| (id, entry)));
                continue;
            }
            let what = format!("{noun} `{id}`");
            let Some(f) = Fields::of(self.issues, what, *place, node) else { continue };
            section.extend(read(node, Some(&f)).map(|entry| (id, entry)));
            f.finish();
        }
        section
    }

    pub(super) fn components(&self, top: &Fields<'a>) -> Section<Component> {
        self.section(top, "components", "component", |f, _| {
            Some(Component { place: f.place(), common: self.common(f) })
        })
    }

    /// `assumptions`: overrides of figures by id.
    pub(super) fn read_assumptions(&mut self, top: &Fields<'a>) {
        for (Key { text, place }, node) in top.entries("assumptions") {
            if node.is_unknown() {
                if !self.figures.set_unknown(text, node.place) {
                    self.issues.push(unknown_figure(text, *place));
                }
                continue;
            }
            let Some(value) = self.issues.scalar(node) else { continue };
            match self.figures.set(text, value, node.place) {
                Some(parsed) => {
                    self.issues.parsed(parsed, node.place);
                }
                None => self.issues.push(unknown_figure(text, *place)),
            }
        }
    }

    /// The queues of a group: `queue`, `queues`, or the one of a plan without.
    pub(super) fn group_queues(&self, f: &Fields<'a>, has_media: bool) -> Vec<Named> {
        let one = self.named(f, "queue", &[Sort::Queue]);
        let several = self.names(f, "queues", &[Sort::Queue]);
        if let (Some(one), Some(place)) = (&one, f.key_place("queues")) {
            self.issues.push(
                Diagnostic::error("wrong-key", "a group has `queue` or `queues`, not both", place)
                    .related(one.place, "the one queue"),
            );
        }
        let list = several.unwrap_or_else(|| one.into_iter().collect());
        if !has_media {
            // Who takes no calls serves no queue, whatever a group it is `like` does.
            return Vec::new();
        }
        if !list.is_empty() {
            return list;
        }
        let known: Vec<&str> = self.names.of_sorts(&[Sort::Queue]).collect();
        if known == ["all"] {
            return vec![Named { id: Id::new("all"), place: Place::BUILT_IN }];
        }
        // Where no queue could be read, that is the mistake.
        let unread =
            f.key_place("queue").is_some() || f.node("queues").is_some_and(Node::is_unknown);
        if !unread && !known.is_empty() {
            let message = format!("{} has no `queue`", f.what());
            let help = format!(
                "queues: {}; users who are no agents have `media: []`",
                crate::read::few(&known)
            );
            self.issues.push(Diagnostic::error("missing-key", message, f.place()).help(help));
        }
        list
    }
}

fn unknown_figure(word: &str, place: Place) -> Diagnostic {
    let known = crate::figures::FIGURES.iter().map(|figure| figure.id);
    let message = format!("{} is no assumption of Outlast", crate::diagnostic::quoted(word));
    let help = crate::read::hint(word, known)
        .unwrap_or_else(|| "the page on the plan language lists them all".to_owned());
    Diagnostic::error("unknown-key", message, place).help(help)
}

/// Parses a priority; 1 is the highest.
pub(super) fn priority(text: &str) -> Parsed<u32> {
    match count(text)? {
        0 => Err(Fault::with_help("priority 0 does not exist", "1 is the highest")),
        number if number <= 1000 => Ok(number as u32),
        _ => Err(Fault::with_help("a priority is at most 1000", "1 is the highest")),
    }
}

/// Parses `mbco`: `60%`, `1000 agents` or `0`.
fn mbco(text: &str) -> Parsed<Mbco> {
    if text.contains('%') {
        return share(text).map(Mbco::Share);
    }
    let bare = text.trim().strip_suffix("agents").or_else(|| text.trim().strip_suffix("agent"));
    match bare {
        Some(number) => count(number).map(Mbco::Agents),
        None if text.trim() == "0" => Ok(Mbco::Agents(0)),
        None => Err(Fault::with_help(
            format!("{} says neither what share nor how many", crate::diagnostic::quoted(text)),
            "write `60%` or `1000 agents`",
        )),
    }
}
