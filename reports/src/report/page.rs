//! The page around the sections, and what they have in common.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{agents, capacity, findings, identity, over_time, repeat, standing, summary, verdicts};
use crate::chart::palette;
use crate::document::{MomentDocument, ReportDocument, RunDocument};
use crate::figure::{Spot, spot};
use crate::text::{harmless, shortened};

const STYLE: &str = include_str!("style.css");
/// Rows of a table that are shown at once; the others fold.
const SHOWN: usize = 24;
/// Names longer than this are cut in headings, and stand in full under Identity.
const HEADING: usize = 100;

/// A section: its id, what it is called, and what makes it.
type Section = (&'static str, &'static str, fn(&Spot<'_, ReportDocument>) -> Markup);

const SECTIONS: [Section; 9] = [
    ("identity", "Identity", identity::section),
    ("summary", "Summary", summary::section),
    ("verdicts", "Verdicts", verdicts::section),
    ("over-time", "Agents over time", over_time::section),
    ("agents", "Agents by site, queue, phone and group", agents::section),
    ("capacity", "Capacity", capacity::section),
    ("findings", "Findings", findings::section),
    ("assumptions", "Assumptions and what is not known", standing::section),
    ("repeat", "How to repeat it", repeat::section),
];

pub(super) fn page(report: &ReportDocument) -> Markup {
    let root = Spot::root(report);
    let title = heading(&report.head.plan.name);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Continuity report: " (title) }
                style { (PreEscaped(palette::css())) (PreEscaped(STYLE)) }
            }
            body {
                header {
                    p.kind { "Continuity report" }
                    h1 { (title) }
                    p.date { (report.date.as_deref().unwrap_or("no date given")) }
                    nav aria-label="Contents" {
                        ol {
                            @for (id, name, _) in SECTIONS { li { a href={ "#" (id) } { (name) } } }
                        }
                    }
                }
                main {
                    @for (n, (id, name, section)) in SECTIONS.iter().enumerate() {
                        section id=(id) aria-labelledby={ (id) "-heading" } {
                            h2 id={ (id) "-heading" } { span.nth { (n + 1) } " " (name) }
                            (section(&root))
                        }
                    }
                }
            }
        }
    }
}

/// A name in a heading.
pub(super) fn heading(name: &str) -> String {
    shortened(&harmless(name), HEADING)
}

/// The runs of a report, each with a heading of its own.
pub(super) fn each_run(
    report: &Spot<'_, ReportDocument>,
    section: &str,
    make: impl Fn(usize, &Spot<'_, RunDocument>) -> Markup,
) -> Markup {
    let runs = spot!(report, runs).each();
    html! {
        @for (n, run) in runs.iter().enumerate() {
            h3 id={ (section) "-" (n + 1) } {
                (heading(&run.it.scenario)) " " span.title { (heading(&run.it.title)) }
            }
            (make(n, run))
        }
    }
}

/// The moment that results speak of first.
pub(super) fn worst<'a>(run: &Spot<'a, RunDocument>) -> Option<Spot<'a, MomentDocument>> {
    let moments = spot!(run, moments).each();
    moments.into_iter().find(|one| one.it.at_ms == run.it.worst_at_ms)
}

/// A table of these columns; those after the first `names` hold figures. Rows beyond
/// the first screen fold, and unfold in print.
pub(super) fn table(caption: &str, columns: &[&str], names: usize, rows: &[Markup]) -> Markup {
    let shown = if rows.len() > SHOWN + SHOWN / 4 { SHOWN } else { rows.len() };
    let part = |caption: &str, rows: &[Markup]| {
        html! {
            div.scroll role="region" tabindex="0" aria-label=(caption) {
                table {
                    caption { (caption) }
                    thead {
                        tr {
                            @for (n, column) in columns.iter().enumerate() {
                                th scope="col" class=[(n >= names).then_some("figure")] { (column) }
                            }
                        }
                    }
                    tbody { @for row in rows { tr { (row) } } }
                }
            }
        }
    };
    let rest = &rows[shown..];
    html! {
        (part(caption, &rows[..shown]))
        @if !rest.is_empty() {
            details {
                summary { (rest.len()) " more" }
                (part(&format!("{caption}, continued"), rest))
            }
        }
    }
}

/// A picture and what can be seen in it.
pub(super) fn figure(picture: &str, says: &str) -> Markup {
    html! {
        figure {
            div.scroll role="region" tabindex="0" aria-label="Chart" { (PreEscaped(picture)) }
            figcaption { (says) }
        }
    }
}

/// Whether some figure of the report has bounds.
pub(super) fn is_open(report: &ReportDocument) -> bool {
    report.runs.iter().any(RunDocument::is_open)
}

/// What bounds behind a figure mean.
pub(super) fn about_bounds(is_open: bool) -> Markup {
    html! {
        @if is_open {
            p.note {
                "Not everything is known. A figure with two more behind it, as in 412 (310\u{2013}500), "
                "is that of the plan as it is read; the two are the least and the most of all "
                "combinations of what may be that were tried, each for itself."
            }
        }
    }
}
