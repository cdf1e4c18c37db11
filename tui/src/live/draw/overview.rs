//! Who works: by site, group, queue or phone; objectives; the tightest resources.

use outlast_reports::amount::amount;
use outlast_reports::document::{
    LoadDocument, MomentDocument, RunDocument, UseDocument, VerdictDocument,
};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::paint::Painter;
use super::verdict;
use crate::live::figures::{Row, Scope, Stage, tightest, tightness};
use crate::live::state::State;
use crate::{Align, Palette, Table, grouped, width};

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, paint: Painter) {
    let says = verdict(state, paint, usize::from(area.width));
    let height = u16::try_from(says.len()).unwrap_or(0) + 1;
    let [above, below] =
        Layout::vertical([Constraint::Length(height), Constraint::Min(0)]).areas(area);
    paint.lines(frame, above, says);
    let (Some(run), Some(moment)) = (&state.run.last, state.moment()) else { return };
    let rows = state.rows();
    let chosen = Some(state.overview.of(rows.len()));
    let table = agents(&rows);
    let [left, right] = halves(below, least(&table));
    paint.table(frame, left, state.breakdown.word(), (table, chosen));
    let objectives = u16::try_from(run.objectives.len()).unwrap_or(u16::MAX).saturating_add(3);
    let [top, bottom] =
        Layout::vertical([Constraint::Max(objectives), Constraint::Min(6)]).areas(right);
    let as_read = if run.is_open() { ", as the plan is read" } else { "" };
    let counts = run.objectives.first().map_or("", |one| one.counts.as_str());
    let counted = if counts == "effective" { " (effective agents)" } else { "" };
    let title = format!("Objectives{counted}{as_read}");
    paint.table(frame, top, &title, (self::objectives(run, moment, state), None));
    let title = match state.scope.stage {
        Stage::Moved => "Tightest",
        Stage::Untouched | Stage::Settled => "Tightest, once moved",
    };
    let title = format!("{title}{as_read}");
    paint.table(frame, bottom, &title, (resources(moment, state.scope, bottom.width), None));
}

/// Where the agents stand and where the rest does: side by side where figures fit,
/// else one below the other, since a figure is never cut.
fn halves(area: Rect, least: usize) -> [Rect; 2] {
    let parts = [Constraint::Fill(5), Constraint::Length(2), Constraint::Fill(6)];
    let [left, _, right] = Layout::horizontal(parts).areas(area);
    if least <= usize::from(left.width) {
        return [left, right];
    }
    Layout::vertical([Constraint::Fill(1), Constraint::Fill(1)]).areas(area)
}

/// The least width of a table: names as short as can be.
fn least(table: &Table) -> usize {
    let text = table.clone().indented(2).render(1, Palette::PLAIN);
    text.lines().map(width).max().unwrap_or(0)
}

/// Agents by what became of them; what is nought everywhere has no column.
pub(super) fn agents(rows: &[Row]) -> Table {
    let is_there = |figure: fn(&Row) -> String| rows.iter().any(|row| figure(row) != "0");
    let impaired = |row: &Row| row.of(|tally| tally.impaired);
    let in_transit = |row: &Row| row.of(|tally| tally.in_transit);
    let (with_impaired, with_transit) = (is_there(impaired), is_there(in_transit));
    let mut heads = vec![("", Align::Left), ("working", Align::Right)];
    heads.extend(with_impaired.then_some(("impaired", Align::Right)));
    heads.extend(with_transit.then_some(("moving", Align::Right)));
    heads.extend([("stranded", Align::Right), ("of", Align::Right)]);
    let mut table = Table::new(heads);
    for row in rows {
        let mut cells = vec![row.name.clone(), row.working()];
        cells.extend(with_impaired.then(|| impaired(row)));
        cells.extend(with_transit.then(|| in_transit(row)));
        cells.extend([row.of(|tally| tally.stranded), row.of(|tally| tally.on_shift)]);
        table.row(cells);
    }
    table
}

/// Objectives now, and over the whole scenario.
fn objectives(run: &RunDocument, moment: &MomentDocument, state: &State) -> Table {
    let mut table = Table::new([
        ("", Align::Left),
        ("now", Align::Right),
        ("need", Align::Right),
        ("now", Align::Left),
        (if state.scope.directed { "left alone" } else { "in all" }, Align::Left),
    ]);
    let counts = &state.scope.outcome(moment).objectives;
    for verdict in &run.objectives {
        let now = counts.iter().find(|one| one.objective == verdict.objective);
        let figure = |n: Option<u64>| n.map_or_else(String::new, grouped);
        let met = now.map_or("", |one| if one.met { "yes" } else { "NO" });
        table.row([
            verdict.objective.as_str(),
            &figure(now.map(|one| one.counted)),
            &figure(now.map(|one| one.need)),
            met,
            word(verdict),
        ]);
    }
    table
}

fn word(verdict: &VerdictDocument) -> &'static str {
    match verdict.verdict.as_str() {
        "met" => "met",
        "cannot be said" => "open",
        _ => "MISSED",
    }
}

/// From this width on the share is written out beside what it is of.
const SHARES: u16 = 50;

fn resources(moment: &MomentDocument, scope: Scope, columns: u16) -> Table {
    let mut heads = vec![("", Align::Left), ("used", Align::Right), ("of", Align::Right)];
    let with_share = columns >= SHARES;
    heads.extend(with_share.then_some(("", Align::Right)));
    heads.push(("", Align::Left));
    let mut table = Table::new(heads);
    for load in tightest(moment, scope) {
        let one = scope.load(load);
        let figure = |n: u64| amount(&load.unit, n);
        let limit = one.limit.map_or_else(String::new, figure);
        let mut cells = vec![load.resource.clone(), figure(one.used), limit];
        cells.extend(with_share.then(|| share(one)));
        cells.push(room(load, one));
        table.row(cells);
    }
    table
}

fn share(one: &UseDocument) -> String {
    match tightness(one) {
        None => String::new(),
        Some(u64::MAX) => "over".to_owned(),
        Some(thousandths) => format!("{}%", grouped(thousandths / 10)),
    }
}

/// What is counted, and whether there is room for more.
fn room(load: &LoadDocument, one: &UseDocument) -> String {
    let what = load.what.replace("bit/s ", "");
    match one.limit {
        Some(limit) if one.used > limit => format!("OVER {what}"),
        _ if one.full => format!("FULL {what}"),
        _ => what,
    }
}
