//! A run for people: the verdict first, one table of moments, what decided it.

mod details;
mod groups;
mod moments;
mod resources;
mod unknown;

use outlast_models::units::Millis;
use outlast_reports::document::{
    Extent, ExtentMomentDocument, MomentDocument, OutcomeDocument, ReasonDocument, RunDocument,
    RunsDocument, VerdictDocument,
};

use crate::assumptions::assumptions;
use crate::{Align, Palette, SCREEN_COLUMNS, Table, Tone, counted, harmless, wrapped};

/// Runs of one or several scenarios.
pub fn runs(document: &RunsDocument, details: bool, palette: Palette) -> String {
    let mut text = String::new();
    if document.runs.len() > 1 {
        text.push_str(&summary(document, palette));
        text.push('\n');
    }
    let each =
        document.runs.iter().map(|run| Page { run, palette, plan: &document.head.plan.name });
    let pages: Vec<String> = each.map(|page| page.text(details)).collect();
    text.push_str(&pages.join("\n"));
    text
}

/// What is said first of each run, without a table.
pub fn verdicts(runs: &[RunDocument], plan: &str, palette: Palette) -> String {
    let each = runs.iter().map(|run| Page { run, plan, palette }.head());
    each.collect::<Vec<_>>().join("\n")
}

/// Several scenarios side by side, at the worst moment of each.
fn summary(document: &RunsDocument, palette: Palette) -> String {
    let mut table = Table::new([
        ("scenario", Align::Left),
        ("works on", Align::Right),
        ("moved", Align::Right),
        ("directed", Align::Right),
        ("of", Align::Right),
        ("missed", Align::Right),
        ("well again", Align::Right),
    ]);
    for run in &document.runs {
        let worst = worst(run);
        let working = |both: fn(&MomentDocument) -> &OutcomeDocument,
                       of: fn(&ExtentMomentDocument) -> &Extent| {
            let between = run.between(worst.at_ms, of);
            between.map_or_else(|| crate::grouped(both(worst).all.working), unknown::range)
        };
        let missed = run.objectives.iter().filter(|one| one.verdict.starts_with("missed"));
        let missed = format!("{}/{}", missed.count(), run.objectives.len());
        let well = match run.well_again_ms {
            _ if !run.applies => "n/a".to_owned(),
            Some(0) => "always".to_owned(),
            Some(at) => time(at),
            None => format!("not in {}", time(run.horizon_ms)),
        };
        table.row([
            run.scenario.clone(),
            working(|one| &one.untouched.left_alone, |one| &one.untouched.left_alone.all),
            working(|one| &one.moved.left_alone, |one| &one.moved.left_alone.all),
            working(|one| &one.moved.directed, |one| &one.moved.directed.all),
            crate::grouped(worst.moved.left_alone.all.on_shift),
            missed,
            well,
        ]);
    }
    let title = format!("{}: {} scenarios", document.head.plan.name, document.runs.len());
    let title = palette.paint(Tone::Strong, &harmless(&title));
    let table = table.indented(2).render(SCREEN_COLUMNS, palette);
    let mut text = format!("{title}\n\n{table}");
    if document.runs.iter().any(|run| !run.applies) {
        let legend = palette.paint(Tone::Faint, "n/a: nothing of the scenario applies to the plan");
        text.extend(["  ", &legend, "\n"]);
    }
    text
}

fn worst(run: &RunDocument) -> &MomentDocument {
    let found = run.moments.iter().find(|moment| moment.at_ms == run.worst_at_ms);
    found.unwrap_or(&run.moments[0])
}

/// Groups named that do not work even with nothing failed.
const NOT_NORMALLY: usize = 6;

/// A group that does not work even with nothing failed, and why.
fn not_normally(reason: &ReasonDocument, is_users: bool) -> String {
    let agents = crate::grouped(reason.agents);
    let why = match &reason.resource {
        Some(resource) if reason.state == "impaired" => format!("{resource} over its limit"),
        Some(resource) => format!("{resource} full"),
        None => reason.reason.clone(),
    };
    let users = if is_users { " users" } else { "" };
    format!("{} {agents}{users} ({why})", reason.group)
}

/// A time as people say it.
pub(crate) fn time(ms: u64) -> String {
    outlast_reports::number::time(Millis(ms))
}

/// One scenario.
struct Page<'a> {
    run: &'a RunDocument,
    plan: &'a str,
    palette: Palette,
}

impl Page<'_> {
    fn text(&self, details: bool) -> String {
        let mut parts = vec![self.head(), self.moments(details)];
        let (unknown, differs) = (self.unknown(details), self.run.is_open());
        parts.extend(unknown.clone().filter(|_| differs));
        parts.extend(self.groups(details));
        parts.extend(self.resources(details));
        parts.extend(self.objectives());
        parts.push(self.took());
        parts.extend(unknown.filter(|_| !differs));
        let all = self.run.assumptions.iter().filter(|one| details || one.in_scenario);
        parts.push(assumptions(&all.collect::<Vec<_>>(), details, self.palette));
        if details {
            parts.extend(self.details());
        }
        parts.join("\n")
    }

    fn heading(&self, text: &str) -> String {
        format!("{}\n", self.palette.paint(Tone::Strong, &harmless(text)))
    }

    /// A sentence, set in.
    fn says(&self, text: &str, indent: usize) -> String {
        let blanks = " ".repeat(indent);
        format!("{blanks}{}\n", wrapped(&harmless(text), SCREEN_COLUMNS - indent, indent))
    }

    /// A sentence beside the point, set in.
    fn faint(&self, text: &str) -> String {
        let lines = wrapped(&harmless(text), SCREEN_COLUMNS - 2, 0);
        let painted = lines.lines().map(|line| self.palette.paint(Tone::Faint, line));
        painted.flat_map(|line| ["  ".to_owned(), line, "\n".to_owned()]).collect()
    }

    fn head(&self) -> String {
        let run = self.run;
        let why = if run.starts_at_busiest_hour { ", the busiest hour" } else { "" };
        let line = format!("{} · {} · {}{why}", run.scenario, self.plan, run.starts);
        let mut text = String::new();
        for line in wrapped(&harmless(&line), SCREEN_COLUMNS, 2).lines() {
            text.push_str(&self.heading(line));
        }
        let tone = if run.missed { Tone::Bad } else { Tone::Good };
        for line in wrapped(&harmless(&run.verdict), SCREEN_COLUMNS, 0).lines() {
            text.extend([&self.palette.paint(tone, line), "\n"]);
        }
        text.push_str(&self.normal());
        for remark in &run.remarks {
            text.push_str(&self.says(&format!("Note: {remark}."), 0));
        }
        text
    }

    /// The normal state, if not everybody works in it.
    fn normal(&self) -> String {
        let normal = &self.run.normal.left_alone;
        let (working, on_shift) = (normal.all.working, normal.all.on_shift);
        if working == on_shift {
            return String::new();
        }
        let is_users = |group: &str| normal.users.get(group).is_some();
        let shown = normal.reasons.iter().take(NOT_NORMALLY);
        let mut out: Vec<String> =
            shown.map(|reason| not_normally(reason, is_users(&reason.group))).collect();
        let more = normal.reasons.len().saturating_sub(out.len());
        if more > 0 {
            out.push(format!("{more} more"));
        }
        let text = format!(
            "With nothing failed {} of {} work; not: {}.",
            crate::grouped(working),
            counted(on_shift, "agent", "agents"),
            out.join(", ")
        );
        self.says(&text, 0)
    }

    fn objectives(&self) -> Option<String> {
        if self.run.objectives.is_empty() {
            return None;
        }
        let mut text = self.heading("Objectives");
        let wide = self.run.objectives.iter().map(|one| crate::width(&harmless(&one.objective)));
        let wide = wide.max().unwrap_or(0).min(24);
        for one in &self.run.objectives {
            text.push_str(&self.objective(one, wide));
        }
        Some(text)
    }

    fn objective(&self, one: &VerdictDocument, wide: usize) -> String {
        let name = crate::shortened(&harmless(&one.objective), wide);
        let blanks = " ".repeat(wide - crate::width(&name));
        let word = match one.verdict.as_str() {
            "met" => "met     ",
            "cannot be said" => "open    ",
            _ => "MISSED  ",
        };
        let tone = match one.verdict.as_str() {
            "met" => Tone::Good,
            "cannot be said" => Tone::Notice,
            _ => Tone::Bad,
        };
        let start = 2 + wide + 2 + 8;
        let says = wrapped(&harmless(&one.says), SCREEN_COLUMNS - start, start);
        format!("  {name}{blanks}  {}{says}\n", self.palette.paint(tone, word))
    }

    /// What the scenario is, and what it took where it had to choose.
    fn took(&self) -> String {
        let run = self.run;
        let mut text = self.heading("The scenario");
        let horizon = time(run.horizon_ms);
        text.push_str(&self.says(&format!("{}; looked at for {horizon}", run.title), 2));
        let choices = self.choices();
        for (parameter, values, given) in &choices {
            let why = if *given { "as asked" } else { "its own choice" };
            text.push_str(&self.says(&format!("{parameter}: {values} ({why})"), 2));
        }
        if choices.iter().any(|(_, _, given)| !given) {
            let name = run.scenario.split([':', ' ']).next().unwrap_or_default();
            let says = format!("Another: outlast run PLAN {name}:{}", self.pattern(&choices));
            text.push_str(&self.says(&says, 2));
        }
        text
    }

    /// How arguments are written behind the scenario.
    fn pattern(&self, choices: &[(String, String, bool)]) -> String {
        choices.iter().map(|(name, ..)| name.to_uppercase()).collect::<Vec<_>>().join(":")
    }

    fn choices(&self) -> Vec<(String, String, bool)> {
        let mut all: Vec<(String, String, bool)> = Vec::new();
        for one in &self.run.chose {
            match all.iter_mut().find(|(parameter, ..)| *parameter == one.parameter) {
                Some((_, values, _)) => {
                    values.push_str(", ");
                    values.push_str(&one.value);
                }
                None => all.push((one.parameter.clone(), one.value.clone(), one.given)),
            }
        }
        all
    }
}
