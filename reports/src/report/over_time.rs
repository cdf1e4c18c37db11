//! Who works over the time of each scenario.

use maud::{Markup, html};

use super::agents::effective;
use super::bounds::{Stage, bounds_at, normally, working};
use super::page::{about_bounds, each_run, figure, table, worst};
use super::scenario;
use crate::blocked::clause;
use crate::chart::over_time::{OverTime, PointRow};
use crate::document::{MomentDocument, ReportDocument, RunDocument};
use crate::figure::{Figure, Spot, spot};

pub(super) fn section(report: &Spot<'_, ReportDocument>) -> Markup {
    html! {
        p.note {
            "Untouched: nobody does anything. Settled: all have logged in again in the same place. "
            "Moved: those have travelled who must. Effective: these, times the share of their calls "
            "that get through. Directed: moved, and told which way to take. "
            "The curve is exact: it follows each group as it logs in again and travels."
        }
        (each_run(report, "over-time", of_run))
    }
}

fn of_run(n: usize, run: &Spot<'_, RunDocument>) -> Markup {
    let over_time = OverTime::of(run);
    let is_open = run.it.is_open();
    let moments = spot!(run, moments).each();
    let mut columns = vec!["at", "hour", "what happens", "untouched", "settled", "moved"];
    columns.extend(["directed", "normal", "needed, all agents"]);
    if !is_open {
        columns.push("objectives met, moved");
    }
    let effective = columns.iter().position(|one| *one == "directed").unwrap_or(columns.len());
    columns.insert(effective, "effective, moved");
    let rows: Vec<Markup> = moments
        .iter()
        .zip(&over_time.moments)
        .map(|(one, drawn)| moment(run, one, drawn.needed.as_ref(), is_open))
        .collect();
    html! {
        (scenario::of_run(run.it))
        @if !run.it.applies {
            p { "Nothing of this scenario applies to the plan: every moment is the normal state." }
        }
        (figure(&over_time.picture(&format!("chart-over-time-{}", n + 1)), &over_time.says()))
        (blocking(run))
        (about_bounds(is_open))
        (table("Agents working, moment by moment", &columns, 3, &rows))
        (table(
            "Left alone over time: the points of the curve",
            &["from", "working", "effective"],
            1,
            &over_time.points.iter().map(point).collect::<Vec<_>>(),
        ))
    }
}

/// What keeps calls from getting through at the worst moment.
fn blocking(run: &Spot<'_, RunDocument>) -> Markup {
    let moment = worst(run).filter(|moment| !moment.it.blocking.is_empty());
    html! {
        @if let Some(moment) = moment {
            p {
                "At " (Figure::time(&spot!(moment, at_ms))) ", once moved, "
                (clause(&moment.it.blocking)) "; those who work get as many calls through as "
                (effective(run, &moment)) " would."
            }
        }
    }
}

fn point(point: &PointRow) -> Markup {
    html! {
        th scope="row" { (point.at) }
        td.figure { (point.working) }
        td.figure { (point.effective) }
    }
}

fn moment(
    run: &Spot<'_, RunDocument>,
    moment: &Spot<'_, MomentDocument>,
    needed: Option<&Figure>,
    is_open: bool,
) -> Markup {
    let bounds = bounds_at(run, moment.it.at_ms);
    let stage = |stage| working(moment, bounds.as_ref(), stage);
    html! {
        th scope="row" { (Figure::time(&spot!(moment, at_ms))) }
        td.hour { (moment.it.hour) }
        td { @for what in &moment.it.happens { div { (what) } } }
        td.figure { (stage(Stage::Untouched)) }
        td.figure { (stage(Stage::Settled)) }
        td.figure { (stage(Stage::Moved)) }
        td.figure { (effective(run, moment)) }
        td.figure { (stage(Stage::Directed)) }
        td.figure { (normally(moment, bounds.as_ref())) }
        td.figure { @if let Some(needed) = needed { (needed) } @else { "none" } }
        @if !is_open {
            td.figure { (Figure::met(&spot!(moment, moved.left_alone))) }
        }
    }
}
