//! What the results stand on: assumptions, and what is not known.

use maud::{Markup, html};

use super::page::{each_run, heading, table};
use crate::document::{AssumptionDocument, FactDocument, ReportDocument, UnknownDocument};
use crate::figure::Spot;
use crate::unknown::tried;

pub(super) fn section(report: &Spot<'_, ReportDocument>) -> Markup {
    let all = assumptions(report.it);
    let columns =
        ["id", "what it says", "value", "range", "source", "leans", "scenarios that stand on it"];
    let rows: Vec<Markup> = all.iter().map(|one| row(one, report.it.runs.len())).collect();
    html! {
        @if rows.is_empty() {
            p { "The plan gives every fact that was used." }
        } @else {
            p {
                "What the plan does not give, and what was taken for it. A default is a figure or "
                "fact that Outlast takes unless the plan says otherwise: nobody has measured it here. "
                "Those that favour working matter most: perhaps fewer agents work."
            }
            (table("Assumptions", &columns, columns.len(), &rows))
        }
        h3 { "What is not known" }
        @if report.it.runs.iter().all(|run| run.unknown.is_none()) {
            p { "The plan calls nothing `unknown`, and no component was named as unknown." }
        } @else {
            (each_run(report, "unknown", |_, run| if let Some(unknown) = &run.it.unknown {
                not_known(unknown) } else { html! { p { "Nothing." } } }))
        }
    }
}

/// An assumption, and the scenarios in which something stands on it.
struct Assumed<'a> {
    it: &'a AssumptionDocument,
    scenarios: Vec<&'a str>,
}

/// Those of all runs; what is said otherwise in another run stands for itself.
fn assumptions(report: &ReportDocument) -> Vec<Assumed<'_>> {
    let mut all: Vec<Assumed<'_>> = Vec::new();
    let key = |one: &AssumptionDocument| AssumptionDocument { in_scenario: true, ..one.clone() };
    for run in &report.runs {
        for one in &run.assumptions {
            let known = all.iter_mut().find(|known| key(known.it) == key(one));
            let scenario = one.in_scenario.then_some(run.scenario.as_str());
            match known {
                Some(known) => known.scenarios.extend(scenario),
                None => all.push(Assumed { it: one, scenarios: scenario.into_iter().collect() }),
            }
        }
    }
    let lean = |one: &Assumed<'_>| match one.it.leans.as_str() {
        "favours-working" => 0,
        "neither" => 1,
        _ => 2,
    };
    all.sort_by_key(lean);
    all
}

fn row(one: &Assumed<'_>, runs: usize) -> Markup {
    let it = one.it;
    let leans = match it.leans.as_str() {
        "favours-working" => "favours working",
        "against-working" => "against working",
        _ => "neither way",
    };
    let source = match it.source.as_str() {
        "language" => "default of Outlast".to_owned(),
        rule => format!("default, rule {rule}"),
    };
    let scenarios = match one.scenarios.len() {
        0 => "none, the normal state alone".to_owned(),
        n if n == runs => "all".to_owned(),
        _ => one.scenarios.iter().map(|name| heading(name)).collect::<Vec<_>>().join(", "),
    };
    html! {
        th scope="row" { (it.id) }
        td { (it.says) }
        td { (it.value) }
        td { (it.range) }
        td { (source) }
        td { (leans) }
        td { (scenarios) }
    }
}

fn not_known(unknown: &UnknownDocument) -> Markup {
    let rows: Vec<Markup> = unknown.facts.iter().map(fact).collect();
    let columns = ["fact", "what is not known", "may be", "whom to ask", "matters"];
    html! {
        p { (tried(unknown)) "." }
        @if unknown.facts.iter().any(|one| one.open) {
            p { "A quantity or list may be another than those tried, with more or fewer agents at work." }
        }
        @if !rows.is_empty() { (table("What was varied", &columns, columns.len(), &rows)) }
        @if !unknown.not_varied.is_empty() {
            ul {
                @for one in &unknown.not_varied {
                    li { "Not varied: " code { (one.path) } " (" (one.why) ")" }
                }
            }
        }
    }
}

fn fact(one: &FactDocument) -> Markup {
    html! {
        th scope="row" { (one.fact) @if let Some(place) = &one.place { br; (place) } }
        td { (one.says) }
        td {
            (one.values.join("; or "))
            @if one.open { "; or something else" }
        }
        td { (one.ask) }
        td { @if one.matters { "yes" } @else { "changes nothing here" } }
    }
}
