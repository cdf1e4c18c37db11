//! Reads a scenario: all mistakes at once, each with its place.

mod action;
mod arg;
mod selector;
mod takes;

pub(crate) use action::demand;

use indexmap::IndexMap;
use outlast_models::Id;
use outlast_models::diagnostic::{Diagnostic, Sources};
use outlast_models::place::FileId;
use outlast_models::read::{Fields, Issues, quantity};
use outlast_models::units::Millis;
use outlast_models::yaml::{self, Node};

use crate::scenario::{Arg, ArgValue, Event, Parameter, Scenario};

/// How long a scenario is looked at if it does not say.
const HORIZON: Millis = Millis::hours(72);

/// What reading an event needs to know.
#[derive(Clone, Copy)]
struct Reader<'a> {
    issues: &'a Issues,
    takes: &'a IndexMap<Id, Parameter>,
}

/// Reads the scenario in `file`.
///
/// # Errors
/// Returns every mistake in the file, in its order.
pub fn read(sources: &mut Sources, file: FileId) -> Result<Scenario, Vec<Diagnostic>> {
    let tree = yaml::parse(file, sources.text(file))?;
    let issues = Issues::new();
    let scenario = whole(&issues, &tree, stem(sources.name(file)));
    match scenario {
        Some(scenario) if !issues.has_errors() => Ok(scenario),
        Some(_) | None => Err(issues.into_sorted()),
    }
}

/// The name of a file without folder and ending.
fn stem(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")).unwrap_or(name).to_owned()
}

fn whole(issues: &Issues, tree: &Node, id: String) -> Option<Scenario> {
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
        takes,
        horizon: horizon.unwrap_or(HORIZON),
        starts,
        events,
        place,
    };
    check_times(issues, &scenario);
    takes::check_used(issues, &scenario);
    Some(scenario)
}

fn version(fields: &Fields<'_>) {
    let Some(node) = fields.need("outlast-scenario") else { return };
    if node.text() != Some("1") {
        let message = "this version reads scenarios of `outlast-scenario: 1`";
        fields.issues().error("wrong-version", message, node.place);
    }
}

/// An event that begins after the horizon would never be seen.
fn check_times(issues: &Issues, scenario: &Scenario) {
    if scenario.horizon == Millis::ZERO {
        issues.error("no-time", "a scenario of no duration shows nothing", scenario.place);
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
                self.issues.wrong_shape("a list of events", node);
                return Vec::new();
            }
        };
        items.iter().filter_map(|item| self.event(item)).collect()
    }
}
