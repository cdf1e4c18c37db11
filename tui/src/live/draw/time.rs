//! The scenario over time: who works from when on, and the moments.

use outlast_reports::document::{MomentDocument, RunDocument};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::symbols::Marker;
use ratatui::text::Line;
use ratatui::widgets::{Axis, Chart, Dataset, GraphType};

use super::paint::{Painter, beside};
use super::verdict;
use crate::live::figures::{Scope, Stage, everybody, reached};
use crate::live::state::State;
use crate::run::time;
use crate::{Align, Table, Tone, grouped};

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, paint: Painter) {
    let says = verdict(state, paint, usize::from(area.width));
    let height = u16::try_from(says.len()).unwrap_or(0);
    let [above, middle, below] =
        Layout::vertical([Constraint::Length(height), Constraint::Fill(3), Constraint::Fill(2)])
            .areas(area);
    paint.lines(frame, above, says);
    let Some(run) = &state.run.last else { return };
    chart(frame, middle, run, paint);
    let table = moments(run);
    paint.table(frame, below, "Moments", (table, Some(state.moment_place())));
}

/// A step curve: its corners as points, in hours and agents.
fn steps(points: impl Iterator<Item = (u64, u64)>, horizon_ms: u64) -> Vec<(f64, f64)> {
    let mut corners: Vec<(f64, f64)> = Vec::new();
    for (at, agents) in points {
        let (x, y) = (hours(at), float(agents));
        if let Some(&(_, before)) = corners.last() {
            corners.push((x, before));
        }
        corners.push((x, y));
    }
    if let Some(&(_, last)) = corners.last() {
        corners.push((hours(horizon_ms), last));
    }
    corners
}

fn hours(ms: u64) -> f64 {
    float(ms) / 3_600_000.0
}

/// Only for drawing: figures are never made of these.
#[allow(clippy::cast_precision_loss, reason = "a screen has some hundred columns")]
const fn float(number: u64) -> f64 {
    number as f64
}

/// Columns for what the levels are called.
const LABELS: u16 = 14;

fn chart(frame: &mut Frame<'_>, area: Rect, run: &RunDocument, paint: Painter) {
    let of = |level: &dyn Fn(&MomentDocument) -> u64| {
        let points: Vec<_> = run.moments.iter().map(|one| (one.at_ms, level(one))).collect();
        steps(points.into_iter(), run.horizon_ms)
    };
    let normal = of(&|one| one.normally_working);
    let directed = of(&|one| one.moved.directed.all.working);
    let curve = steps(run.curve.iter().map(|point| (point.at_ms, point.working)), run.horizon_ms);
    let overall = run.objectives.iter().find(|one| one.objective == "overall");
    let need = overall.map(|one| steps(std::iter::once((0, one.need)), run.horizon_ms));
    let line = |data, marker, tone| {
        let set = Dataset::default().data(data).marker(marker).graph_type(GraphType::Line);
        set.style(paint.style(tone))
    };
    // What is drawn later covers what is below it.
    let mut sets = vec![line(&normal, Marker::Custom('╌'), Tone::Faint)];
    sets.extend(need.iter().map(|need| line(need, Marker::Custom('─'), Tone::Notice)));
    sets.push(line(&directed, Marker::Custom('·'), Tone::Good));
    sets.push(line(&curve, Marker::Braille, Tone::Strong));
    let top = top(run);
    let chart = Chart::new(sets)
        .x_axis(Axis::default().bounds([0.0, hours(run.horizon_ms)]))
        .y_axis(Axis::default().bounds([0.0, float(top)]));
    let rows = [Constraint::Length(1), Constraint::Min(0), Constraint::Length(1)];
    let [title, middle, foot] = Layout::vertical(rows).areas(area);
    let columns = [Constraint::Length(LABELS), Constraint::Min(0)];
    let [labels, plot] = Layout::horizontal(columns).areas(middle);
    let says = "line: left alone; dots: told which way to take, once moved";
    let heading = [paint.span(Tone::Strong, "Agents working   "), paint.span(Tone::Faint, says)];
    paint.lines(frame, title, vec![Line::from_iter(heading)]);
    let usual = run.moments.first().map_or(0, |one| one.normally_working);
    let mut levels = vec![("normally", usual)];
    levels.extend(overall.map(|one| ("needed", one.need)));
    paint.lines(frame, labels, levels_beside(&levels, top, usize::from(labels.height)));
    frame.render_widget(chart, plot);
    let (left, end) = (usize::from(LABELS), time(run.horizon_ms));
    let start = format!("{}0h", " ".repeat(left));
    let ends = beside(&paint.plain(&start), paint.plain(&end), usize::from(foot.width));
    paint.lines(frame, foot, vec![ends]);
}

/// The top of the chart: a little above everything in it.
fn top(run: &RunDocument) -> u64 {
    let moments = run.moments.iter();
    let levels = moments.map(|one| one.normally_working.max(one.moved.directed.all.working));
    let needs = run.objectives.iter().filter(|one| one.objective == "overall").map(|one| one.need);
    let all = levels.chain(needs).chain(run.curve.iter().map(|point| point.working));
    let most = all.max().unwrap_or(0);
    most + most / 20 + 1
}

/// What the levels are called, each in its line; of two in one the first.
fn levels_beside(levels: &[(&str, u64)], top: u64, height: usize) -> Vec<Line<'static>> {
    let mut lines = vec![String::new(); height];
    let mut put = |line: usize, text: String| {
        if let Some(free) = lines.get_mut(line).filter(|line| line.is_empty()) {
            *free = text;
        }
    };
    for (word, agents) in levels {
        let above = u128::from(top - agents) * (height.max(1) - 1) as u128 / u128::from(top);
        put(usize::try_from(above).unwrap_or(usize::MAX), format!("{} {word}", grouped(*agents)));
    }
    put(height.saturating_sub(1), "0".to_owned());
    let right = |text: String| format!("{text:>0$} ", usize::from(LABELS) - 1);
    lines.into_iter().map(|text| Line::raw(right(text))).collect()
}

fn moments(run: &RunDocument) -> Table {
    let mut table = Table::new([
        ("at", Align::Right),
        ("untouched", Align::Right),
        ("settled", Align::Right),
        ("moved", Align::Right),
        ("directed", Align::Right),
        ("normal", Align::Right),
        ("met", Align::Right),
        ("what happens", Align::Left),
    ]);
    for moment in &run.moments {
        let working = |stage, directed| everybody(run, moment, Scope { stage, directed }).working();
        let (met, of) = reached(&moment.moved.left_alone);
        table.row([
            time(moment.at_ms),
            working(Stage::Untouched, false),
            working(Stage::Settled, false),
            working(Stage::Moved, false),
            working(Stage::Moved, true),
            grouped(moment.normally_working),
            format!("{met}/{of}"),
            moment.happens.join("; "),
        ]);
    }
    table
}
