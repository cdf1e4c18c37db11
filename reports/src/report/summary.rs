//! The summary, for a reader who is not technical.

use maud::{Markup, html};

use super::agents::effective;
use super::bounds::{Stage, bounds_at, normally, working};
use super::page::{about_bounds, figure, heading, is_open, table, worst};
use super::verdicts::{Word, word};
use super::{findings, scenario};
use crate::chart::states::{STATES, States};
use crate::document::{FindingDocument, ReportDocument, RunDocument};
use crate::figure::{Figure, Spot, spot};
use crate::number::{counted, grouped, time};
use outlast_models::units::Millis;

/// So many findings are named.
const FINDINGS: usize = 3;

pub(super) fn section(report: &Spot<'_, ReportDocument>) -> Markup {
    let runs = spot!(report, runs).each();
    let states = States::of(report);
    html! {
        (intro(report.it))
        @for run in &runs {
            div.verdict.(standing(run.it)) {
                h3 { (heading(&run.it.title)) " " span.title { (heading(&run.it.scenario)) } }
                p { (run.it.verdict) }
                p.note { (scenario::in_a_line(run.it)) "." }
                @for remark in &run.it.remarks { p.note { "Note: " (remark) "." } }
            }
        }
        (the_worst(&runs))
        (table(
            "Each scenario at its worst moment",
            &["scenario", "missed", "cannot be said", "on shift", "works on", "once moved",
              "effective", "directed", "well again"],
            3,
            &runs.iter().map(row).collect::<Vec<_>>(),
        ))
        p.note {
            "Works on: how many agents work without doing anything; at a later moment of a scenario "
            "many of the others may have moved by then. Once moved: those have logged "
            "in again another way or travelled who must. Effective: these, times the share of their "
            "calls that get through. Directed: somebody has told people which "
            "way to take. Well again: from when on as many work as normally."
            @if is_open(report.it) { " Well again is said of the plan as it is read." }
        }
        (about_bounds(is_open(report.it)))
        (figure(
            &states.picture("chart-states"),
            "Agents at the worst moment of each scenario, once all have moved, left alone; and with \
             nothing failed. The table has the figures.",
        ))
        (bars(&states))
        @if is_open(report.it) {
            p.note { "With nothing failed impaired, in transit and stranded are those of the plan as it is read." }
        }
        h3 { "The findings that matter most" }
        (worst_findings(report.it))
    }
}

fn intro(report: &ReportDocument) -> Markup {
    let tried = counted(report.runs.len() as u64, "scenario was", "scenarios were");
    let (working, all) = (grouped(report.check.working), grouped(report.check.on_shift));
    html! {
        p.lead {
            (tried) " tried on the plan of " (heading(&report.head.plan.name)) ". With nothing failed "
            (working) " of " (all) " agents on shift at the busiest hour work"
            @if is_open(report) { ", as the plan is read" } ". " (objectives(report))
        }
    }
}

/// How many scenarios miss an objective, or may.
fn objectives(report: &ReportDocument) -> String {
    let judged = report.runs.iter().filter(|run| run.applies && !run.objectives.is_empty());
    let judged: Vec<&RunDocument> = judged.collect();
    if judged.is_empty() {
        return "No objective could be judged.".to_owned();
    }
    let missed = judged.iter().filter(|run| run.missed).count();
    let open = judged.iter().filter(|run| run.may_be_missed && !run.missed).count();
    let says = match (missed, open) {
        (0, 0) => return "Every objective is met in every scenario.".to_owned(),
        (_, 0) => String::new(),
        _ => format!("; of {open} it cannot be said"),
    };
    format!(
        "{missed} of {} miss an objective{says}.",
        counted(judged.len() as u64, "scenario", "scenarios")
    )
}

/// The look of a scenario: how its objectives stand, if any was judged.
fn standing(run: &RunDocument) -> &'static str {
    match () {
        () if run.objectives.is_empty() || !run.applies => "none",
        () if run.missed => "missed",
        () if run.may_be_missed => "open",
        () => "met",
    }
}

/// The scenario that takes most agents, certain figures first.
fn the_worst(runs: &[Spot<'_, RunDocument>]) -> Markup {
    let lost = |run: &Spot<'_, RunDocument>| {
        let moment = worst(run)?;
        let bounds = bounds_at(run, moment.it.at_ms);
        let works = working(&moment, bounds.as_ref(), Stage::Moved);
        let least = works.bounds.as_ref().map_or(works.read.value, |(least, _)| least.value);
        let lost = i128::from(moment.it.normally_working) - least;
        Some((lost, works, normally(&moment, bounds.as_ref())))
    };
    let all = runs.iter().filter_map(|run| lost(run).map(|lost| (run, lost)));
    let all = all.filter(|(_, (lost, ..))| *lost > 0);
    let found = all.rev().max_by_key(|(_, (lost, ..))| *lost);
    html! {
        @match found {
            Some((run, (_, works, normally))) if runs.len() > 1 => p {
                "Most agents are lost in " strong { (heading(&run.it.scenario)) } ": once all have moved "
                (works) " work, normally " (normally) "."
            },
            None if runs.iter().any(|run| run.it.may_be_missed) => p {
                "No scenario takes an agent from work, once all have moved; what objectives lack "
                "are calls that get through, or time."
            },
            None => p { "No scenario costs an agent, once all have moved." },
            Some(_) => {},
        }
    }
}

fn row(run: &Spot<'_, RunDocument>) -> Markup {
    let named = |which: fn(Word) -> bool| {
        let names = run.it.objectives.iter().filter(|one| which(word(one)));
        names.map(|one| heading(&one.objective)).collect::<Vec<_>>().join(", ")
    };
    let (missed, open) = (named(|word| word == Word::Missed), named(|word| word == Word::Open));
    let none = if run.it.objectives.is_empty() { "no objective" } else { "none" };
    let or_none = |text: String| if text.is_empty() { none.to_owned() } else { text };
    let moment = worst(run);
    let stage = |stage| {
        moment
            .as_ref()
            .map(|moment| working(moment, bounds_at(run, moment.it.at_ms).as_ref(), stage))
    };
    html! {
        th scope="row" { (heading(&run.it.scenario)) }
        td { (or_none(missed)) }
        td { (or_none(open)) }
        td.figure {
            @if let Some(moment) = &moment {
                (super::agents::on_shift(run, moment))
            }
        }
        td.figure { (shown(stage(Stage::Untouched))) }
        td.figure { (shown(stage(Stage::Moved))) }
        td.figure { @if let Some(moment) = &moment { (effective(run, moment)) } }
        td.figure { (shown(stage(Stage::Directed))) }
        td.figure { (well(run)) }
    }
}

fn shown(figure: Option<crate::figure::Between>) -> Markup {
    html! { @if let Some(figure) = figure { (figure) } }
}

fn well(run: &Spot<'_, RunDocument>) -> Markup {
    let horizon = time(Millis(run.it.horizon_ms));
    html! {
        @match &run.it.well_again_ms {
            _ if !run.it.applies => "does not apply",
            Some(0) => "always",
            Some(at) => (Figure::time(&Spot { at: format!("{}/well_again_ms", run.at), it: at })),
            None => { "not within " (horizon) },
        }
    }
}

fn bars(states: &States) -> Markup {
    let row = |bar: &crate::chart::states::Bar| {
        html! {
            th scope="row" { (heading(&bar.name)) }
            td.hour { @if let Some(at) = &bar.at { (at) ", " } (bar.hour) }
            @for one in &bar.states { td.figure { (one) } }
            td.figure { (bar.on_shift) }
        }
    };
    let columns: Vec<&str> = ["scenario", "at"]
        .into_iter()
        .chain(STATES.map(|(state, _)| state))
        .chain(["on shift"])
        .collect();
    let rows: Vec<Markup> = states.bars.iter().map(row).collect();
    table("Agents at the worst moment, moved and left alone", &columns, 2, &rows)
}

fn worst_findings(report: &ReportDocument) -> Markup {
    let mut found: Vec<&FindingDocument> = report.check.findings.iter().collect();
    found.retain(|one| one.severity != "note");
    found.sort_by_key(|one| findings::rank(one));
    found.truncate(FINDINGS);
    html! {
        @if found.is_empty() {
            p { "The check of the plan found no error and no warning." }
        } @else {
            ol.findings {
                @for one in found {
                    li {
                        span.severity { (one.severity) } " "
                        strong { (counted(one.agents, "agent", "agents")) } ": " (one.says) "."
                        @if let Some(mend) = &one.mend { " " em { "Mend: " (mend) "." } }
                    }
                }
            }
        }
    }
}
