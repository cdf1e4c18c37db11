//! `failures`: what fails by chance. What every component has of it is put together
//! when it is asked for ([`Failures::rate`]).

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::fact::Fact;
use crate::id::{ComponentId, Id, Kind};
use crate::place::Place;
use crate::plan::{
    CommonCause, Estimate, FailureEntry, Failures, Frequency, Hazard, Hit, Named, Part, Repair,
    Section, Strikes,
};
use crate::rates::{self, RateSpec, Usual};
use crate::read::quantity::{chance, duration, mean_time, one_of, per_year, share, sigma, text};
use crate::read::{Fault, Fields, Parsed, id};
use crate::units::{Chance, Millionths, Millis};
use crate::yaml::{Key, Node, Value};

use super::context::Cx;
use super::sort::COMPONENTS;

/// What bundles are told.
const BUNDLE: &str = "a bundle does not fail by itself: it stands for its circuits";

impl<'a> Cx<'a> {
    pub(super) fn failures(&self, top: &Fields<'a>) -> Failures {
        let Some(node) = top.certain_node("failures") else { return Failures::default() };
        let place = top.key_place("failures").unwrap_or(node.place);
        let Some(f) = Fields::of(self.issues, "`failures`", place, node) else {
            return Failures::default();
        };
        let failures = Failures {
            place: Some(place),
            kinds: self.failing_kinds(&f),
            components: self.failing_components(&f),
            common: self.section(&f, "common", "common cause", |f, _| self.common_cause(f)),
            hazards: self.section(&f, "hazards", "hazard", |f, id| self.hazard(f, id)),
        };
        self.lasting(&failures);
        self.rated(&f, &failures);
        self.shares_of_causes(&failures.common);
        f.finish();
        failures
    }

    fn failing_kinds(&self, f: &Fields<'a>) -> BTreeMap<Kind, FailureEntry> {
        let Some(node) = f.certain_node("kinds") else { return BTreeMap::new() };
        let what = format!("`kinds` of {}", f.what());
        let place = f.key_place("kinds").unwrap_or(node.place);
        let Some(kinds) = Fields::of(self.issues, what, place, node) else {
            return BTreeMap::new();
        };
        if let Some(place) = kinds.key_place(Kind::Bundle.word()) {
            kinds.node(Kind::Bundle.word());
            let help = "give its circuits a rate: `circuit: {}`";
            self.issues.push(Diagnostic::error("wrong-sort", BUNDLE, place).help(help));
        }
        let read = |usual: &'static RateSpec| {
            let node = kinds.node(usual.kind.word())?;
            let place = kinds.key_place(usual.kind.word()).unwrap_or(node.place);
            Some((
                usual.kind,
                self.failure_entry(usual, &format!("kind `{}`", usual.kind), place, node)?,
            ))
        };
        let entries = rates::RATES.iter().filter_map(read).collect();
        kinds.finish();
        entries
    }

    fn failing_components(&self, f: &Fields<'a>) -> Section<FailureEntry> {
        let mut section = Section::new();
        for (key, node) in f.entries("components") {
            let Some(id) = self.issues.parsed(id(&key.text), key.place) else { continue };
            // What it is only its rates hang on: the entry's own mistakes are told all the same.
            let named = Named { id: id.clone(), place: key.place };
            let usual = match self.failing(&named) {
                Some(part) => rates::of(part.component.kind),
                None => rates::of(Kind::Component),
            };
            let Some(usual) = usual else { continue };
            let what = format!("component `{id}`");
            section
                .extend(self.failure_entry(usual, &what, key.place, node).map(|entry| (id, entry)));
        }
        section
    }

    fn failure_entry(
        &self,
        usual: &RateSpec,
        what: &str,
        place: Place,
        node: &'a Node,
    ) -> Option<FailureEntry> {
        let f = Fields::of(self.issues, what, place, node)?;
        let mtbf = estimate(&f, "mtbf", usual.mtbf, mean_up);
        let probability = match f.node("probability") {
            Some(node) if node.is_unknown() => {
                Some(Frequency::Mtbf(Estimate::unknown(usual.mtbf, node.place)))
            }
            Some(node) => self
                .issues
                .parse(node, chance)
                .map(|chance| Frequency::Probability(Fact::given(chance, node.place))),
            None => None,
        };
        if let (Some(first), Some(second)) = (f.key_place("mtbf"), f.key_place("probability")) {
            let message = format!("{} has both `mtbf` and `probability`", f.what());
            let help = "each says how often it is down: leave one of them out";
            let error = Diagnostic::error("wrong-key", message, second).help(help);
            self.issues.push(error.related(first, "the other"));
        }
        let entry = FailureEntry {
            place,
            frequency: mtbf.map(Frequency::Mtbf).or(probability),
            mttr: estimate(&f, "mttr", usual.mttr, duration),
            repair: self.repair(&f, Repair::Exponential),
        };
        f.finish();
        Some(entry)
    }

    /// `repair`, where it is written.
    fn repair(&self, f: &Fields<'a>, default: Repair) -> Option<Fact<Repair>> {
        let node = f.node("repair")?;
        if node.is_unknown() {
            return Some(Fact::unknown(default, node.place));
        }
        let repair = if let Value::Map(_) = node.value {
            let what = format!("`repair` of {}", f.what());
            let map = Fields::of(self.issues, what, node.place, node)?;
            let sigma = map.need_parse("lognormal", sigma);
            map.finish();
            Repair::Lognormal(sigma?)
        } else {
            self.issues.parse(node, spread)?
        };
        Some(Fact::given(repair, node.place))
    }

    /// Notes what is wrong with a mention of something that fails by itself.
    fn failing(&self, named: &Named) -> Option<Part> {
        self.resolve(named, COMPONENTS)?;
        let kind = self.names.kind(&named.id)?;
        if kind != Kind::Bundle {
            let component = ComponentId::new(kind, named.id.clone());
            return Some(Part { component, place: named.place });
        }
        let bundle = self.tree.get("bundles").and_then(|all| all.get(named.id.as_str()));
        let of = bundle.and_then(|bundle| bundle.get("of")).map(|of| match &of.value {
            Value::Seq(items) => items.iter().filter_map(Node::text).collect(),
            _ => of.text().into_iter().collect::<Vec<_>>(),
        });
        let circuits = of.filter(|of| !of.is_empty());
        let help = circuits.map(|of| format!("name its circuits: {}", crate::read::few(&of)));
        let message = format!("`{}`: {BUNDLE}", named.id);
        self.issues.push(Diagnostic::error("wrong-sort", message, named.place).maybe_help(help));
        None
    }

    fn common_cause(&self, f: &Fields<'a>) -> Option<CommonCause> {
        let node = f.need("of");
        let names = f.names("of");
        let beta =
            estimate(f, "beta", rates::BETA, share).unwrap_or_else(|| Estimate::ours(rates::BETA));
        let names = names?;
        let of: Vec<Part> = names.iter().filter_map(|named| self.failing(named)).collect();
        let written = node.map_or(1, |node| length(&node.value));
        if written < 2 {
            let what = if written == 0 { "nothing" } else { "only one component" };
            let message = format!("{} names {what}", f.what());
            let place = node.map_or(f.place(), |node| node.place);
            let help = "a common cause takes two or more at once; one alone has its rate \
                        under `components`";
            self.issues.push(Diagnostic::error("bad-value", message, place).help(help));
        }
        Some(CommonCause { place: f.place(), of, beta })
    }

    fn hazard(&self, f: &Fields<'a>, id: &Id) -> Option<Hazard> {
        f.need("per_year");
        let per_year = estimate(f, "per_year", rates::PER_YEAR, per_year);
        f.need("lasts");
        let lasts = estimate(f, "lasts", rates::LASTS, duration);
        let repair = self.repair(f, Repair::Fixed).unwrap_or(Fact::defaulted(Repair::Fixed));
        let hits = f.certain_node("hits").and_then(|node| self.hits(f, node));
        let scenario = f.parse("plays", text);
        match (f.key_place("hits"), f.key_place("plays")) {
            (None, None) => {
                let help = format!(
                    "say what goes down, `hits: {{ID: 60%}}`, or what scenario it is like, \
                     `plays: {id}`"
                );
                f.missing("hits", &help);
            }
            (Some(first), Some(second)) => {
                let message = format!("{} has both `hits` and `plays`", f.what());
                let help = "a scenario says itself what goes down: leave one of them out";
                let error = Diagnostic::error("wrong-key", message, second).help(help);
                self.issues.push(error.related(first, "the other"));
            }
            _ => {}
        }
        let place = f.node("plays").map_or(f.place(), |node| node.place);
        let strikes = match (hits, scenario) {
            (Some(hits), _) => Strikes::Hits(hits),
            (None, Some(scenario)) => Strikes::Plays { scenario, place },
            (None, None) => return None,
        };
        Some(Hazard { place: f.place(), per_year: per_year?, lasts: lasts?, repair, strikes })
    }

    /// `{dc-york: 100%, duct-9: 60%}`, or a list of what is always hit.
    fn hits(&self, f: &Fields<'a>, node: &'a Node) -> Option<Vec<Hit>> {
        let (hits, written) = match &node.value {
            Value::Map(entries) => {
                let hits = entries.iter().filter_map(|(key, node)| self.hit(key, node));
                (hits.collect(), entries.len())
            }
            other => {
                let names = self.issues.names(node)?;
                let parts = names.iter().filter_map(|named| self.failing(named));
                let always = |part: Part| {
                    let chance = Estimate::given(Chance::ONE, part.place);
                    Hit { part, chance }
                };
                (parts.map(always).collect::<Vec<_>>(), length(other))
            }
        };
        if written == 0 {
            let message = format!("`hits` of {} names nothing", f.what());
            let help = "name what goes down: `hits: {ID: 60%}`";
            self.issues.push(Diagnostic::error("bad-value", message, node.place).help(help));
        }
        Some(hits)
    }

    fn hit(&self, key: &Key, node: &Node) -> Option<Hit> {
        let id = self.issues.parsed(id(&key.text), key.place);
        let part = id.and_then(|id| self.failing(&Named { id, place: key.place }));
        let chance = if node.is_unknown() {
            Some(Estimate::unknown(rates::HIT, node.place))
        } else {
            let chance = self.issues.parse(node, chance);
            chance.map(|chance| Estimate::given(chance, node.place))
        };
        Some(Hit { part: part?, chance: chance? })
    }

    /// What is repaired at once is never down for a share of the time.
    fn lasting(&self, failures: &Failures) {
        let components = failures.components.iter().filter_map(|(id, entry)| {
            let kind = self.names.kind(id)?;
            Some((entry, ComponentId { kind, id: id.clone() }))
        });
        let kinds = failures.kinds.iter();
        let kinds = kinds.map(|(kind, entry)| (entry, ComponentId::new(*kind, "")));
        for (entry, component) in kinds.chain(components) {
            let Some(rate) = failures.rate(&component) else { continue };
            let Frequency::Probability(down) = rate.frequency else { continue };
            if down.value == Chance::ZERO || rate.mttr.fact.value != Millis::ZERO {
                continue;
            }
            let message = format!("what is repaired in 0s is not down with {}", down.value);
            let place = entry.frequency.and(down.place()).unwrap_or(entry.place);
            let error = Diagnostic::error("contradiction", message, place)
                .help("write how long a repair takes as `mttr`, or `probability: 0%`");
            let repaired = rate.mttr.fact.place();
            self.issues.push(match repaired {
                Some(place) => error.related(place, "the time to repair"),
                None => error,
            });
        }
    }

    /// What all in a common cause have in common is a part of their rates: each has
    /// one, and is up at times.
    fn rated(&self, f: &Fields<'a>, failures: &Failures) {
        let written = |section, key| f.node(section).is_some_and(|all| all.get(key).is_some());
        for (id, cause) in &failures.common {
            for Part { component, place } in &cause.of {
                let kind = component.kind.word();
                let error = match failures.rate(component) {
                    Some(rate) if rate.mtbf() != Some(Millis::ZERO) => continue,
                    Some(_) => {
                        let message =
                            format!("`{component}` is never up, and `{id}` takes it down");
                        Diagnostic::error("contradiction", message, *place)
                            .help("take it out of this common cause, or give it an `mtbf`")
                    }
                    // An entry with a mistake in it is there.
                    None if written("components", component.id.as_str()) => continue,
                    None if written("kinds", kind) => continue,
                    None => {
                        let message =
                            format!("`{component}` has no rate of which `{id}` could be a part");
                        let help = format!(
                            "write `components: {{{component}: {{}}}}` or `kinds: {{{kind}: \
                             {{}}}}` under `failures`, with what you know"
                        );
                        Diagnostic::error("no-rate", message, *place).help(help)
                    }
                };
                self.issues.push(error);
            }
        }
    }

    /// No more than all failures of a component are in common with others.
    fn shares_of_causes(&self, common: &Section<CommonCause>) {
        let mut of: BTreeMap<&ComponentId, Vec<(&Id, Millionths, Place)>> = BTreeMap::new();
        for (id, cause) in common {
            for part in &cause.of {
                let share = (id, cause.beta.fact.value, part.place);
                of.entry(&part.component).or_default().push(share);
            }
        }
        for (component, shares) in of {
            let total: u64 = shares.iter().map(|(_, share, _)| u64::from(share.0)).sum();
            let Some(((_, _, place), others)) =
                shares.split_last().filter(|_| total > u64::from(Millionths::ONE.0))
            else {
                continue;
            };
            let total = Millionths(u32::try_from(total).unwrap_or(u32::MAX));
            let message = format!("common causes take {total} of the failures of `{component}`");
            let error = Diagnostic::error("bad-sum", message, *place)
                .help("the `beta` of all causes of a component sum to at most 100%");
            self.issues.push(others.iter().fold(error, |error, (id, share, place)| {
                error.related(*place, format!("{share} by `{id}`"))
            }));
        }
    }
}

/// How many a list has; one alone counts as a list of one.
fn length(value: &Value) -> usize {
    if let Value::Seq(items) = value { items.len() } else { 1 }
}

/// A quantity that chance goes by, where it is written.
fn estimate<T: Copy>(
    f: &Fields<'_>,
    key: &'static str,
    usual: Usual<T>,
    parse: impl Fn(&str) -> Parsed<T>,
) -> Option<Estimate<T>> {
    let node = f.node(key)?;
    if node.is_unknown() {
        return Some(Estimate::unknown(usual, node.place));
    }
    f.issues().parse(node, parse).map(|value| Estimate::given(value, node.place))
}

/// Parses `repair` where it is a word.
fn spread(text: &str) -> Parsed<Repair> {
    if text == "lognormal" {
        let help = "write it with the σ of the logarithm: `{lognormal: 1.2}`";
        return Err(Fault::with_help("`lognormal` does not say how wide", help));
    }
    one_of(&[("exponential", Repair::Exponential), ("fixed", Repair::Fixed)])(text)
}

/// Parses `mtbf`: the mean time up of what is up at times.
fn mean_up(text: &str) -> Parsed<Millis> {
    match mean_time(text)? {
        Millis::ZERO => Err(Fault::with_help(
            "what has a mean time up of 0s is never up",
            "write `probability: 100%` for what is always down",
        )),
        mtbf => Ok(mtbf),
    }
}
