//! Reads a scenario: all mistakes at once, each with its place.

mod action;
mod arg;
mod selector;
mod takes;

use outlast_models::diagnostic::{Diagnostic, Sources};
use outlast_models::place::FileId;
use outlast_models::read::quantity::Fault;
use outlast_models::read::{Fields, Issues, Parsed, quantity};
use outlast_models::units::Millis;
use outlast_models::yaml::{self, Node};

use crate::scenario::{Arg, ArgValue, Event, Scenario};
use takes::Takes;

/// How long a scenario is looked at if it does not say.
pub const HORIZON: Millis = Millis::hours(72);

/// What reading an event needs to know.
#[derive(Clone, Copy)]
struct Reader<'a> {
    issues: &'a Issues,
    takes: &'a Takes,
}

/// A scenario as far as it could be read, so that the names in it can be looked
/// up although something else is wrong: all mistakes are shown at once.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Without the events that make no sense; what else is wrong in one has some
    /// value. `None`: nothing could be read.
    pub scenario: Option<Scenario>,
    /// What is wrong, in the order of the file.
    pub mistakes: Vec<Diagnostic>,
    /// Whether all of `takes` could be read: else nothing is known of arguments.
    pub(crate) knows_takes: bool,
}

impl Draft {
    /// The scenario, if nothing is wrong with it.
    ///
    /// # Errors
    /// Returns every mistake.
    pub fn whole(self) -> Result<Scenario, Vec<Diagnostic>> {
        match self.scenario {
            Some(scenario) if self.mistakes.is_empty() => Ok(scenario),
            Some(_) | None => Err(self.mistakes),
        }
    }
}

impl From<Scenario> for Draft {
    fn from(scenario: Scenario) -> Self {
        Self { scenario: Some(scenario), mistakes: Vec::new(), knows_takes: true }
    }
}

/// Reads the scenario in `file`.
///
/// # Errors
/// Returns every mistake in the file, in its order.
pub fn read(sources: &mut Sources, file: FileId) -> Result<Scenario, Vec<Diagnostic>> {
    draft(sources, file).whole()
}

/// Reads of the scenario in `file` what can be read.
pub fn draft(sources: &mut Sources, file: FileId) -> Draft {
    let (tree, repeated) = match yaml::parse_on(file, sources.text(file)) {
        Ok(parsed) => parsed,
        Err(mistakes) => return Draft { scenario: None, mistakes, knows_takes: false },
    };
    let issues = Issues::of(repeated);
    let (scenario, knows_takes) = match whole(&issues, &tree, stem(sources.name(file))) {
        Some((scenario, takes)) => (Some(scenario), takes),
        None => (None, false),
    };
    Draft { scenario, mistakes: issues.into_sorted(), knows_takes }
}

/// The name of a file without folder and ending.
fn stem(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")).unwrap_or(name).to_owned()
}

fn whole(issues: &Issues, tree: &Node, id: String) -> Option<(Scenario, bool)> {
    if let (Some(key), None) = (tree.key("outlast"), tree.key("outlast-scenario")) {
        let message = "this is a plan, not a scenario";
        let help = "the plan comes first: `outlast run PLAN SCENARIO`";
        issues.push(Diagnostic::error("not-a-scenario", message, key.place).help(help));
        return None;
    }
    let fields = Fields::of(issues, "the scenario", tree.place, tree)?;
    version(&fields);
    let title = fields.need_parse("name", quantity::text);
    let about = fields.parse("about", quantity::text);
    let takes = takes::read(&fields);
    let horizon = fields.parse("horizon", quantity::duration);
    let starts = fields.parse("starts", quantity::week_hour);
    let reader = Reader { issues, takes: &takes };
    let events = reader.events(&fields);
    fields.unread(&["respond"]);
    let place = fields.place();
    fields.finish();
    let scenario = Scenario {
        id,
        title: title.unwrap_or_default(),
        about: about.unwrap_or_default().trim().to_owned(),
        takes: takes.known.clone(),
        horizon: horizon.unwrap_or(HORIZON),
        starts,
        events,
        place,
    };
    check_times(issues, &scenario, tree);
    takes::check_used(issues, &scenario, tree);
    Some((scenario, takes.is_whole()))
}

/// Parses how many times as many customers call, in thousandths.
pub(crate) fn times(text: &str) -> Parsed<u64> {
    match quantity::milli(text)? {
        0 => Err(Fault::with_help(
            "nobody would call",
            "write how many times as many call: `2.5`, or `0.5` for half of them",
        )),
        milli => Ok(milli),
    }
}

fn version(fields: &Fields<'_>) {
    let Some(node) = fields.need("outlast-scenario") else { return };
    if node.text() != Some("1") {
        let message = "this version reads scenarios of `outlast-scenario: 1`";
        fields.issues().error("wrong-version", message, node.place);
    }
}

/// An event that begins after the horizon would never be seen.
fn check_times(issues: &Issues, scenario: &Scenario, tree: &Node) {
    if scenario.horizon == Millis::ZERO {
        let place = tree.get("horizon").map_or(scenario.place, |node| node.place);
        let message = "a scenario of no duration shows nothing";
        let help = "write how long it is looked at: `horizon: 72h`";
        issues.push(Diagnostic::error("no-time", message, place).help(help));
        return;
    }
    for event in &scenario.events {
        if let Arg { place, value: ArgValue::Is(at) } = &event.at
            && *at >= scenario.horizon
        {
            let horizon = scenario.horizon;
            let message = format!("the event begins at {at}, the scenario ends at {horizon}");
            let help = "let it begin earlier, or write a longer `horizon`";
            issues.push(Diagnostic::error("after-horizon", message, *place).help(help));
        }
    }
}

impl Reader<'_> {
    fn events(self, fields: &Fields<'_>) -> Vec<Event> {
        let Some(node) = fields.need("events") else { return Vec::new() };
        let items = match &node.value {
            yaml::Value::Seq(items) if !items.is_empty() => items,
            yaml::Value::Seq(_) | yaml::Value::Empty => {
                let message = "a scenario without events is no scenario";
                let help = "write a list such as `- {at: 0min, fail: dc-york}`";
                self.issues.push(Diagnostic::error("no-events", message, node.place).help(help));
                return Vec::new();
            }
            yaml::Value::Map(_) | yaml::Value::Scalar { .. } => {
                let message = format!("expected a list of events, found {}", node.shape());
                let help = "begin each event with `- `, such as `- {at: 0min, fail: dc-york}`";
                let error = Diagnostic::error("wrong-shape", message, node.place);
                self.issues.push(error.help(help));
                let is_map = matches!(node.value, yaml::Value::Map(_));
                return if is_map { self.event(node) } else { Vec::new() };
            }
        };
        items.iter().flat_map(|item| self.event(item)).collect()
    }
}
