//! What the report is of, and what it was made from.

use maud::{Markup, html};

use crate::document::ReportDocument;
use crate::figure::{Figure, Spot, spot};
use crate::report::page::table;

pub(super) fn section(report: &Spot<'_, ReportDocument>) -> Markup {
    let it = report.it;
    let tried = |verb: &str, all: &[String]| {
        (!all.is_empty()).then(|| format!("{verb} {}", all.join(", ")))
    };
    let options = [
        tried("--fail", &it.options.fail),
        tried("--degrade", &it.options.degrade),
        tried("--restore", &it.options.restore),
        (!it.options.unknown.is_empty())
            .then(|| format!("of {} nobody knows whether it is up", it.options.unknown.join(", "))),
        it.options.fail_on.as_ref().map(|on| format!("--fail-on {on}")),
    ];
    let options: Vec<String> = options.into_iter().flatten().collect();
    let options = if options.is_empty() { "none".to_owned() } else { options.join("; ") };
    html! {
        dl {
            dt { "Plan" } dd { (it.head.plan.name) }
            dt { "Agents in it" } dd { (Figure::count(&spot!(report.head(), plan.agents))) }
            @if let Some(day) = &it.head.plan.date { dt { "It speaks of" } dd { (day) } }
            dt { "Date of the report" } dd { (it.date.as_deref().unwrap_or("no date given")) }
            dt { "Made by" } dd { (it.head.engine.name) " " (it.head.engine.version) }
            dt { "Options" } dd { (options) }
        }
        (table("Inputs", &["file", "SHA-256 of its text"], 2, &inputs(it)))
        @if it.head.inputs.iter().any(|one| one.name.ends_with(" (shipped)")) {
            p.note { "Shipped: it comes with Outlast; " code { "outlast init" } " writes a shipped plan." }
        }
    }
}

fn inputs(report: &ReportDocument) -> Vec<Markup> {
    let row = |name: &str, digest: &str| html! { th scope="row" { (name) } td.digest { code { (digest) } } };
    report.head.inputs.iter().map(|one| row(&one.name, &one.sha256)).collect()
}
