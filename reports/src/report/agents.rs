//! Who works at the worst moment, by site, queue, phone, priority and group.

use maud::{Markup, html};

use super::bounds::{
    self, EFFECTIVE, IMPAIRED, IN_TRANSIT, ON_SHIFT, STRANDED, WORKING, bounds_at, broken_down,
    part,
};
use super::page::{about_bounds, each_run, heading, table, worst};
use crate::document::{
    BreakdownDocument, Extent, GroupDocument, MomentDocument, OutcomeDocument, ReportDocument,
    RunDocument, Tally,
};
use crate::figure::{Between, Figure, Spot, spot};
use crate::named::Named;
use crate::number::time;
use outlast_models::units::Millis;

/// A breakdown: what it is by, where an outcome has it, and where its bounds are.
struct Breakdown {
    by: &'static str,
    of: fn(&OutcomeDocument) -> (&'static str, &Named<Tally>),
    bounds: fn(&BreakdownDocument<Extent>) -> (&'static str, &Named<Extent>),
}

impl Breakdown {
    fn of_outcome<'a>(&self, outcome: &Spot<'a, OutcomeDocument>) -> Spot<'a, Named<Tally>> {
        let (key, it) = (self.of)(outcome.it);
        Spot { at: format!("{}/{key}", outcome.at), it }
    }
}

macro_rules! breakdown {
    ($by:literal, $key:ident) => {
        Breakdown {
            by: $by,
            of: |outcome| (stringify!($key), &outcome.$key),
            bounds: |all| (stringify!($key), &all.$key),
        }
    };
}

const BREAKDOWNS: [Breakdown; 6] = [
    breakdown!("site (first place)", by_site),
    breakdown!("queue (first)", by_queue),
    breakdown!("phone (first)", by_phone),
    breakdown!("priority (1 is the highest)", by_priority),
    breakdown!("group", by_group),
    breakdown!("group of users who are no agents", users),
];

pub(super) fn section(report: &Spot<'_, ReportDocument>) -> Markup {
    html! {
        p.note {
            "Every agent is counted once in each table: by the first place, queue and phone of the "
            "group, wherever its agents are now. Moved and left alone, but for the last column."
        }
        (each_run(report, "agents", |_, run| of_run(run)))
    }
}

/// How many came, at a moment.
pub(super) fn on_shift(run: &Spot<'_, RunDocument>, moment: &Spot<'_, MomentDocument>) -> Between {
    let extent = bounds_at(run, moment.it.at_ms).map(|one| spot!(one, moved.left_alone.all));
    bounds::between(&spot!(moment, moved.left_alone).all(), extent.as_ref(), ON_SHIFT)
}

/// Who works, times the share of their calls that get through: moved and left alone.
pub(super) fn effective(run: &Spot<'_, RunDocument>, moment: &Spot<'_, MomentDocument>) -> Between {
    let extent = bounds_at(run, moment.it.at_ms).map(|one| spot!(one, moved.left_alone.all));
    bounds::between(&spot!(moment, moved.left_alone).all(), extent.as_ref(), EFFECTIVE)
}

fn of_run(run: &Spot<'_, RunDocument>) -> Markup {
    let Some(moment) = worst(run) else { return html! {} };
    let at = time(Millis(moment.it.at_ms));
    html! {
        p { "At the worst moment, " (at) " from the start (" (moment.it.hour) "), once all have moved." }
        (about_bounds(run.it.is_open()))
        @for one in &BREAKDOWNS { (breakdown(run, &moment, one)) }
        (hit(run))
    }
}

fn breakdown(
    run: &Spot<'_, RunDocument>,
    moment: &Spot<'_, MomentDocument>,
    breakdown: &Breakdown,
) -> Markup {
    let of = breakdown.of_outcome(&spot!(moment, moved.left_alone));
    if of.it.is_empty() {
        return html! {};
    }
    let directed = breakdown.of_outcome(&spot!(moment, moved.directed));
    let normal = normal_hour(run.it, moment.it)
        .then(|| breakdown.of_outcome(&spot!(run, normal.left_alone)));
    let extents = bounds_at(run, moment.it.at_ms).map(|one| spot!(one, moved));
    let bounds =
        |directed, name: &str| broken_down(extents.as_ref()?, directed, breakdown.bounds).get(name);
    let row = |(name, tally): (&str, Spot<'_, Tally>)| {
        let extent = bounds(false, name);
        let of = |which| bounds::between(&tally, extent.as_ref(), which);
        let told = directed.get(name);
        let told = told.map(|one| bounds::between(&one, bounds(true, name).as_ref(), WORKING));
        let normally = normal.as_ref().map(|all| all.get(name));
        html! {
            th scope="row" { (heading(name)) }
            td.figure { (of(ON_SHIFT)) }
            @if let Some(normally) = normally {
                td.figure { @if let Some(one) = normally { (Figure::count(&part(&one, WORKING))) } }
            }
            td.figure { (of(WORKING)) }
            td.figure { (of(IMPAIRED)) }
            td.figure { (of(IN_TRANSIT)) }
            td.figure { (of(STRANDED)) }
            td.figure { @if let Some(told) = told { (told) } }
        }
    };
    let rows: Vec<Markup> = of.each().into_iter().map(row).collect();
    let normally = format!("normally ({})", run.it.starts);
    let mut columns = vec![breakdown.by, "on shift"];
    columns.extend(normal.is_some().then_some(normally.as_str()));
    columns.extend(["working", "impaired", "in transit", "stranded", "working, directed"]);
    table(&format!("By {}", breakdown.by), &columns, 1, &rows)
}

/// Whether the normal state of the start is that of the moment: the same hour, and
/// nothing of the normal figures open.
fn normal_hour(run: &RunDocument, moment: &MomentDocument) -> bool {
    let same = |one: &OutcomeDocument, other: &OutcomeDocument| {
        let each = one.by_group.iter().zip(other.by_group.iter());
        one.by_group.0.len() == other.by_group.0.len()
            && each.into_iter().all(|(a, b)| a.0 == b.0 && a.1.on_shift == b.1.on_shift)
    };
    let normal = &run.normal.left_alone;
    let is_same = moment.hour == run.starts
        || (same(normal, &moment.moved.left_alone)
            && moment.normally_working == normal.all.working);
    is_same && !run.is_open()
}

/// Groups that lose somebody, and why.
fn hit(run: &Spot<'_, RunDocument>) -> Markup {
    let row = |one: &Spot<'_, GroupDocument>| {
        let count = |tally: Spot<'_, Tally>, which| Figure::count(&part(&tally, which));
        let absent =
            one.it.why.is_empty() && one.it.left_alone.working == one.it.left_alone.on_shift;
        html! {
            th scope="row" { (heading(&one.it.group)) @if one.it.users { " (users)" } }
            td.figure { (Figure::count(&spot!(one, normally_working))) }
            td.figure { (count(spot!(one, left_alone), ON_SHIFT)) }
            td.figure { (count(spot!(one, left_alone), WORKING)) }
            td.figure { (count(spot!(one, directed), WORKING)) }
            td {
                @for why in &one.it.why { div { (why) } }
                @if absent { "all who came work" }
            }
            td {
                @if let Some(nearest) = one.it.nearest.as_ref().filter(|_| !absent) {
                    (nearest.changes.join(", ")) " would open: " (nearest.way)
                }
            }
        }
    };
    let rows: Vec<Markup> = spot!(run, groups_hit).each().iter().map(row).collect();
    let columns = ["group", "normally working", "on shift", "working", "working, directed", "why"];
    let columns = [&columns[..], &["nearest way"]].concat();
    html! {
        @if !rows.is_empty() {
            (table("Groups that lose agents, and why", &columns, columns.len(), &rows))
            @if run.it.is_open() { p.note { "Said of the plan as it is read." } }
        }
    }
}
