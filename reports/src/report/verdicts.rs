//! Objectives: which are met in which scenario, by how much, and what decides.

use maud::{Markup, html};

use super::page::{each_run, heading, table};
use crate::document::{DecidedDocument, ReportDocument, RunDocument, VerdictDocument};
use crate::figure::{Between, Figure, Spot, spot};

/// How an objective stands, as every page says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Met,
    Missed,
    Open,
}

/// The word of a verdict.
pub(super) fn word(one: &VerdictDocument) -> Word {
    match one.verdict.as_str() {
        "met" => Word::Met,
        "cannot be said" => Word::Open,
        _ => Word::Missed,
    }
}

/// With a sign, so that it is not by colour alone.
fn shown(one: &VerdictDocument) -> Markup {
    let (class, sign) = match word(one) {
        Word::Met => ("met", "\u{2713}"),
        Word::Missed => ("missed", "\u{2717}"),
        Word::Open => ("open", "?"),
    };
    html! { span.word.(class) { span aria-hidden="true" { (sign) " " } (one.verdict) } }
}

pub(super) fn section(report: &Spot<'_, ReportDocument>) -> Markup {
    let names = objectives(report.it);
    if names.is_empty() {
        return html! { p { "The plan sets no objectives, so none can be met or missed." } };
    }
    html! {
        (matrix(report.it, &names))
        p.note {
            "Needed, counted and directed are figures of one time: of an objective that is missed "
            "the worst after its RTO, of one that is met the worst of those at which it is held. "
            "At other times of the scenario fewer may count, directed too."
        }
        (each_run(report, "verdicts", |_, run| of_run(run)))
    }
}

/// Every objective of any run, in order.
fn objectives(report: &ReportDocument) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for one in report.runs.iter().flat_map(|run| &run.objectives) {
        if !names.contains(&one.objective.as_str()) {
            names.push(&one.objective);
        }
    }
    names
}

fn matrix(report: &ReportDocument, names: &[&str]) -> Markup {
    let scenarios: Vec<String> = report.runs.iter().map(|run| heading(&run.scenario)).collect();
    let columns: Vec<&str> =
        std::iter::once("objective").chain(scenarios.iter().map(String::as_str)).collect();
    let cell = |run: &RunDocument, name: &str| {
        let one = run.objectives.iter().find(|one| one.objective == name);
        html! { td { @if let Some(one) = one { (shown(one)) } @else { "\u{2013}" } } }
    };
    let row = |name: &&str| {
        html! {
            th scope="row" { (heading(name)) }
            @for run in &report.runs { (cell(run, name)) }
        }
    };
    let rows: Vec<Markup> = names.iter().map(row).collect();
    table("Objectives in each scenario", &columns, columns.len(), &rows)
}

fn of_run(run: &Spot<'_, RunDocument>) -> Markup {
    let columns =
        ["objective", "verdict", "in words", "needed", "counted", "margin", "directed", "RTO"];
    let rows: Vec<Markup> = spot!(run, objectives).each().iter().map(row).collect();
    html! {
        (table("Needed and counted", &columns, 3, &rows))
        @for one in &run.it.objectives {
            @if let Some(decided) = &one.decided_by { (decides(one, decided)) }
        }
    }
}

fn row(one: &Spot<'_, VerdictDocument>) -> Markup {
    let (need, counted) = (spot!(one, need), spot!(one, counted));
    let decided = one.it.decided_by.as_ref();
    let span = decided.map(|it| Spot { at: format!("{}/decided_by", one.at), it });
    let span = span.map(|decided| spot!(decided, counted));
    let bounds = |of: &dyn Fn(&Spot<'_, u64>) -> Figure| {
        span.as_ref().map(|span| (of(&spot!(span, certain)), of(&spot!(span, possible))))
    };
    let margin = |counted: &Spot<'_, u64>| Figure::less(counted, &need);
    let rto = one.it.rto_ms.as_ref().map(|it| Spot { at: format!("{}/rto_ms", one.at), it });
    html! {
        th scope="row" { (heading(&one.it.objective)) }
        td { (shown(one.it)) }
        td { (one.it.says) }
        td.figure { (Figure::count(&need)) }
        td.figure { (Between::new(Figure::count(&counted), bounds(&Figure::count))) }
        td.figure { (Between::new(margin(&counted), bounds(&margin))) }
        td.figure {
            (Figure::count(&spot!(one, directed)))
            @if span.is_some() { " " span.bounds { "(as read)" } }
        }
        td.figure { @if let Some(rto) = &rto { (Figure::time(rto)) } @else { "none" } }
    }
}

/// What a verdict hangs on, where it cannot be said.
fn decides(one: &VerdictDocument, decided: &DecidedDocument) -> Markup {
    html! {
        @if word(one) == Word::Open {
            p {
                strong { (heading(&one.objective)) } ": "
                @if decided.facts.is_empty() {
                    "no four facts settle it."
                } @else {
                    "it is decided by " (decided.facts.join(" and ")) "."
                }
            }
            @if !decided.answers.is_empty() {
                ul {
                    @for answer in &decided.answers {
                        li { (values(decided, &answer.values)) ": " strong { (answer.verdict) } }
                    }
                }
            }
        }
    }
}

/// What each fact is: `york-net-a up, wan failed`.
fn values(decided: &DecidedDocument, values: &[String]) -> String {
    let each = decided.facts.iter().zip(values).map(|(fact, value)| format!("{fact} = {value}"));
    each.collect::<Vec<_>>().join(", ")
}
