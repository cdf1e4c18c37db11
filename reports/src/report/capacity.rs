//! Resources before and after, with their limits.

use maud::{Markup, html};

use super::page::{each_run, figure, heading, table};
use crate::chart::loads::{LoadRow, Loads, Use};
use crate::document::{ReportDocument, RunDocument};
use crate::figure::{Figure, Spot};
use crate::number::time;
use outlast_models::units::Millis;

pub(super) fn section(report: &Spot<'_, ReportDocument>) -> Markup {
    html! {
        p.note {
            "Loads at the worst moment of each scenario, once all have moved, most used first. "
            "k and M are thousands and millions of bits a second; all else is counted as the "
            "column says. Resources without a limit, or of which none is left, are in the table "
            "and not in the chart; of the others the chart has those that are used most."
        }
        (each_run(report, "capacity", of_run))
    }
}

fn of_run(n: usize, run: &Spot<'_, RunDocument>) -> Markup {
    let loads = Loads::of(run);
    let at = time(Millis(run.it.worst_at_ms));
    let columns = ["resource", "counted", "state", "normally", "limit", "left alone", "limit"];
    let columns = [&columns[..], &["headroom", "directed", "headroom"]].concat();
    let rows: Vec<Markup> = loads.rows.iter().map(row).collect();
    html! {
        @if run.it.is_open() {
            p.note { "Not everything is known: these loads are those of the plan as it is read, "
                "and no bounds are known of them." }
        }
        @if let Some(picture) = loads.picture(&format!("chart-loads-{}", n + 1)) {
            (figure(&picture, "Loads as shares of their limits. The table has the figures."))
        }
        @if rows.is_empty() {
            p { "No resource is loaded." }
        } @else {
            (table(&format!("Loads at {at}"), &columns, 3, &rows))
        }
    }
}

fn row(row: &LoadRow) -> Markup {
    let limit = |one: &Use| shown(one.limit.as_ref());
    let headroom = |one: &Use| shown(one.headroom.as_ref());
    html! {
        th scope="row" { (heading(&row.resource)) }
        td { (row.what) }
        td { @if row.strain.is_empty() { "" } @else { strong { (row.strain) } } }
        td.figure { (row.normal.used) }
        td.figure { (limit(&row.normal)) }
        td.figure { (row.left_alone.used) }
        td.figure { (limit(&row.left_alone)) }
        td.figure { (headroom(&row.left_alone)) }
        td.figure { (row.directed.used) }
        td.figure { (headroom(&row.directed)) }
    }
}

fn shown(figure: Option<&Figure>) -> Markup {
    html! { @if let Some(figure) = figure { (figure) } @else { "none" } }
}
