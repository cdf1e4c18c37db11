//! What is the matter with the plan itself.

use maud::{Markup, html};

use super::page::{heading, is_open, table};
use crate::document::{FindingDocument, ReportDocument, WaivedDocument};
use crate::figure::{Figure, Spot, spot};

pub(super) fn section(report: &Spot<'_, ReportDocument>) -> Markup {
    let check = spot!(report, check);
    let counts = html! {
        td.figure { (Figure::count(&spot!(check, on_shift))) }
        td.figure { (Figure::count(&spot!(check, working))) }
        td.figure { (Figure::small(&spot!(check, errors))) }
        td.figure { (Figure::small(&spot!(check, warnings))) }
        td.figure { (Figure::small(&spot!(check, notes))) }
    };
    let columns = ["on shift, busiest hour", "working, nothing failed", "errors", "warnings"];
    let columns = [&columns[..], &["notes"]].concat();
    let mut found = spot!(check, findings).each();
    found.sort_by_key(|one| rank(one.it));
    html! {
        (table("The plan as written", &columns, 0, &[counts]))
        @if is_open(report.it) {
            p.note { "Said of the plan as it is read, whatever else is not known." }
        }
        @if found.is_empty() { p { "Nothing was found." } }
        @for one in &found { (finding(one)) }
        @if !check.it.waived.is_empty() {
            h3 { "Accepted by the house; counted nowhere else" }
            @for one in spot!(check, waived).each() { (waived(&one)) }
        }
    }
}

/// Errors first, then warnings, then notes; else as they come: most agents first.
pub(super) fn rank(one: &FindingDocument) -> u8 {
    match one.severity.as_str() {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    }
}

fn waived(one: &Spot<'_, WaivedDocument>) -> Markup {
    let it = one.it;
    html! {
        (finding(&spot!(one, finding)))
        p.note {
            "Accepted by " (it.owner) " until " (it.until) " (" (it.waiver) "): "
            (it.reason.trim_end_matches('.')) "."
        }
    }
}

fn finding(one: &Spot<'_, FindingDocument>) -> Markup {
    let it = one.it;
    let place = it.place.as_ref().map(|at| format!("{}:{}:{}", at.file, at.line, at.column));
    html! {
        article.finding.(it.severity) {
            h4 {
                span.severity { (it.severity) } " " (it.rule)
                @if let Some(title) = &it.title { " " span.title { (heading(title)) } }
            }
            p.where {
                (Figure::count(&spot!(one, agents))) " agents \u{b7} " code { (it.at) }
                @if let Some(place) = place { " \u{b7} " (place) }
            }
            p { (it.says) "." }
            @if !it.breaks.is_empty() { p { "Breaks " (it.breaks.join("; ")) "." } }
            @if let Some(mend) = &it.mend { p { strong { "Mend: " } (mend) "." } }
            @if let Some(write) = &it.write { pre { code { (write) } } }
        }
    }
}
