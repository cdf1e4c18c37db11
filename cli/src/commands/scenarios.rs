//! `outlast scenarios`: what is shipped, and what it would mean for a plan.

use outlast_models::catalogue::BUILT_IN;
use outlast_models::diagnostic::Sources;
use outlast_models::units::Millis;
use outlast_scenarios::{
    self as shipped, Bound, BoundEvent, DefaultArgument, ParameterKind, Scenario,
};
use outlast_tui::{Palette, SCREEN_COLUMNS, Tone, harmless, width, wrapped};
use serde::Serialize;

use crate::args::Scenarios;
use crate::error::CliError;
use crate::exit::Exit;
use crate::load;
use crate::out::Out;
use crate::variants::Compiled;

/// The JSON document, and what the human view is made from.
#[derive(Debug, Serialize)]
struct Listing {
    document: &'static str,
    version: u32,
    scenarios: Vec<Entry>,
    plans: Vec<Named>,
    components: Vec<Named>,
}

#[derive(Debug, Serialize)]
struct Named {
    name: &'static str,
    about: &'static str,
}

#[derive(Debug, Serialize)]
struct Entry {
    name: &'static str,
    /// Which sort of scenario it is.
    sort: &'static str,
    title: String,
    about: String,
    takes: Vec<Taken>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_plan: Option<InPlan>,
}

/// A parameter of a scenario.
#[derive(Debug, Serialize)]
struct Taken {
    name: String,
    kind: &'static str,
    default: Option<String>,
}

/// What a scenario with its default arguments means for a plan.
#[derive(Debug, Serialize)]
struct InPlan {
    arguments: Vec<Argument>,
    events: Vec<String>,
    notes: Vec<String>,
    mistakes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Argument {
    name: String,
    values: Vec<String>,
}

/// Lists what is shipped.
pub(super) fn list(args: &Scenarios) -> Result<Exit, CliError> {
    let plan = args.plan.as_deref().map(load::plan).transpose()?;
    if let Some(plan) = &plan {
        plan.keep(args.output.out.as_deref(), &[])?;
    }
    let plan = plan.as_ref().map(|loaded| Compiled::of(loaded, &()));
    let out = Out::new(&args.output);
    let listing = listing(plan.as_ref())?;
    let human = || human(&listing, args.output.details, out.palette());
    let text = super::written(args.output.format, &listing, human)?;
    out.answer(&text)?;
    Ok(Exit::Answered)
}

fn listing(plan: Option<&Compiled<'_>>) -> Result<Listing, CliError> {
    let mut scenarios = Vec::new();
    for shelf in shipped::library::SHELVES {
        for name in shelf.names() {
            let wrong = || CliError::Ours(format!("the shipped scenario `{name}` has mistakes"));
            let scenario = shipped::shipped(&mut Sources::new(), name).ok_or_else(wrong)?;
            scenarios.push(entry((name, shelf.title), scenario, plan));
        }
    }
    let plans = shipped::library::PLANS.iter();
    Ok(Listing {
        document: "outlast-scenarios",
        version: 1,
        scenarios,
        plans: plans.map(|plan| Named { name: plan.name, about: plan.about }).collect(),
        components: BUILT_IN.iter().map(|&(name, about)| Named { name, about }).collect(),
    })
}

fn entry(
    (name, sort): (&'static str, &'static str),
    scenario: Scenario,
    plan: Option<&Compiled<'_>>,
) -> Entry {
    let in_plan = plan.map(|plan| match plan.loaded.bind(&scenario, &mut plan.chooser()) {
        Ok(bound) => InPlan::of(&bound),
        Err(mistakes) => InPlan {
            arguments: Vec::new(),
            events: Vec::new(),
            notes: Vec::new(),
            mistakes: mistakes.into_iter().map(|mistake| mistake.message).collect(),
        },
    });
    let takes = scenario.takes.iter().map(|(name, parameter)| Taken {
        name: name.to_string(),
        kind: kind_word(parameter.kind),
        default: parameter.default.as_ref().map(default_word),
    });
    let takes = takes.collect();
    Entry { name, sort, title: scenario.title, about: scenario.about, takes, in_plan }
}

impl InPlan {
    fn of(bound: &Bound) -> Self {
        let mut arguments: Vec<Argument> = Vec::new();
        for (name, value, _) in &bound.chosen {
            let value = value.to_string();
            match arguments.iter_mut().find(|one| one.name == *name) {
                Some(one) => one.values.push(value),
                None => arguments.push(Argument { name: name.clone(), values: vec![value] }),
            }
        }
        Self {
            arguments,
            events: bound.events.iter().map(event_line).collect(),
            notes: bound.notes.clone(),
            mistakes: Vec::new(),
        }
    }
}

fn event_line(event: &BoundEvent) -> String {
    let begins =
        if event.at == Millis::ZERO { String::new() } else { format!("at {}: ", event.at) };
    let ends = event.until.map_or_else(String::new, |until| format!(", until {until}"));
    format!("{begins}{}{ends}", event.text)
}

fn kind_word(kind: ParameterKind) -> &'static str {
    match kind {
        ParameterKind::Thing(class) => class.word(),
        ParameterKind::Share => "share",
        ParameterKind::Time => "time",
        ParameterKind::Times => "factor",
    }
}

fn default_word(default: &DefaultArgument) -> String {
    match default {
        DefaultArgument::MostDependedOn => "most-depended-on".to_owned(),
        DefaultArgument::Every => "every".to_owned(),
        DefaultArgument::Text(text) => text.clone(),
    }
}

fn human(listing: &Listing, details: bool, palette: Palette) -> String {
    let mut text = String::new();
    for one in listing.scenarios.chunk_by(|one, next| one.sort == next.sort) {
        let sort = one.first().map_or("", |entry| entry.sort);
        text.extend([&palette.paint(Tone::Strong, &format!("Scenarios: {sort}")), "\n"]);
        let in_full = |entry| in_full(entry, details);
        if details || one.iter().any(|entry| entry.in_plan.is_some()) {
            text.extend(one.iter().map(in_full));
        } else {
            let row = |entry: &Entry| [entry.call(), entry.title.clone()];
            text.push_str(&table(one.iter().map(row)));
        }
        text.push('\n');
    }
    text.extend([&palette.paint(Tone::Strong, "Sample plans"), "\n"]);
    let named = |named: &Named| [named.name.to_owned(), named.about.to_owned()];
    text.push_str(&table(listing.plans.iter().map(named)));
    let heading = "Components of every plan, for scenarios to name";
    text.extend(["\n", &palette.paint(Tone::Strong, heading), "\n"]);
    text.push_str(&table(listing.components.iter().map(named)));
    text
}

/// Names and what they are; what does not fit goes on in the next line.
fn table(rows: impl Iterator<Item = [String; 2]>) -> String {
    let rows: Vec<[String; 2]> = rows.map(|row| row.map(|cell| harmless(&cell))).collect();
    let start = 4 + rows.iter().map(|[name, _]| width(name)).max().unwrap_or(0);
    let line = |[name, about]: &[String; 2]| {
        let blanks = " ".repeat(start - 2 - width(name));
        format!("  {name}{blanks}{}\n", wrapped(about, SCREEN_COLUMNS - start, start))
    };
    rows.iter().map(line).collect()
}

fn in_full(entry: &Entry, details: bool) -> String {
    let mut lines = vec![format!("  {}", harmless(&entry.call()))];
    let mut say = |text: &str| {
        lines.push(format!("      {}", wrapped(&harmless(text), SCREEN_COLUMNS - 6, 6)));
    };
    say(&entry.title);
    if details {
        say(&entry.about);
        for taken in &entry.takes {
            let default = taken.default.as_deref().unwrap_or("has to be given");
            say(&format!("{}: {} ({default})", taken.name.to_uppercase(), taken.kind));
        }
    }
    if let Some(in_plan) = &entry.in_plan {
        in_plan.lines().for_each(|line| say(&line));
    }
    lines.push(String::new());
    lines.join("\n")
}

impl Entry {
    /// As the command line takes it: `data-center-lost:SITE`.
    fn call(&self) -> String {
        let takes = self.takes.iter().map(|taken| format!(":{}", taken.name.to_uppercase()));
        [self.name.to_owned()].into_iter().chain(takes).collect()
    }
}

impl InPlan {
    fn lines(&self) -> impl Iterator<Item = String> {
        let arguments = self
            .arguments
            .iter()
            .map(|one| format!("{} = {}", one.name.to_uppercase(), one.values.join(", ")));
        let is_idle = self.events.is_empty() && self.mistakes.is_empty();
        let idle = is_idle.then(|| "nothing of it applies to this plan".to_owned());
        let rest = idle.into_iter().chain(self.events.iter().chain(&self.notes).cloned());
        let mistakes = self.mistakes.iter().map(|mistake| format!("does not apply: {mistake}"));
        arguments.chain(rest).chain(mistakes)
    }
}
