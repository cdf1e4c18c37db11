//! Screens: pure functions of the state.

mod explain;
mod overlay;
mod overview;
mod paint;
mod slider;
mod time;
mod whatif;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::command::named;
use super::figures::everybody;
use super::keys::{Action, KEYS};
use super::state::{Prompt, State, View};
use crate::run::time;
use crate::{Palette, Tone, grouped, harmless, shortened, width, wrapped};
use paint::{Painter, beside};

/// The smallest screen that everything fits on.
pub(super) const LEAST: (u16, u16) = (80, 24);
/// Lines for the verdict.
const VERDICT: usize = 6;

/// Draws the screen.
pub fn draw(frame: &mut Frame<'_>, state: &State, palette: Palette) {
    let area = frame.area();
    let paint = Painter::new(palette);
    if area.width < LEAST.0 || area.height < LEAST.1 {
        paint.lines(frame, area, too_small(area, paint));
        return;
    }
    let parts =
        Layout::vertical([Constraint::Length(3), Constraint::Min(0), Constraint::Length(3)]);
    let [head, body, foot] = parts.areas(area);
    paint.lines(frame, head, heading(state, paint, usize::from(head.width)));
    match state.view {
        View::Overview => overview::draw(frame, body, state, paint),
        View::WhatIf => whatif::draw(frame, body, state, paint),
        View::Explain => explain::draw(frame, body, state, paint),
        View::Time => time::draw(frame, body, state, paint),
    }
    paint.lines(frame, foot, footing(state, paint, usize::from(foot.width)));
    overlay::draw(frame, body, state, paint);
}

fn too_small(area: Rect, paint: Painter) -> Vec<Line<'static>> {
    let (columns, lines) = LEAST;
    let says = format!(
        "{columns} columns and {lines} lines are needed; here are {} and {}. q quits.",
        area.width, area.height
    );
    let text = wrapped(&says, usize::from(area.width.max(1)), 0);
    text.lines().map(|line| paint.line(Tone::Strong, line)).collect()
}

/// What is looked at, how it stands, and the views.
fn heading(state: &State, paint: Painter, columns: usize) -> Vec<Line<'static>> {
    let scene = &state.facts.scenes[state.scene];
    let name = named(scene.word.as_deref(), state.what_if());
    let title = harmless(&format!("{} · {name}", state.facts.plan));
    let place = match state.facts.scenes.len() {
        1 => String::new(),
        n => format!("{} of {n}", state.scene + 1),
    };
    vec![
        beside(&paint.span(Tone::Strong, &title), paint.plain(&place), columns),
        paint.line(Tone::Faint, &now(state, columns)),
        beside(&tabs(state), paint.span(Tone::Notice, waiting(state)), columns),
    ]
}

/// The chosen moment in one line, as much of it as fits.
fn now(state: &State, columns: usize) -> String {
    let (Some(run), Some(moment)) = (&state.run.last, state.moment()) else { return String::new() };
    let all = everybody(run, moment, state.scope);
    let of = all.of(|tally| tally.on_shift);
    let counts = [
        (all.of(|tally| tally.stranded), "stranded"),
        (all.of(|tally| tally.impaired), "impaired"),
        (all.of(|tally| tally.in_transit), "in transit"),
    ];
    let counts = counts.into_iter().filter(|(figure, _)| figure != "0");
    let more = counts.map(|(figure, word)| format!(", {figure} {word}"));
    let normally = format!("; normally {}", grouped(moment.normally_working));
    let (at, hour) = (time(moment.at_ms), &moment.hour);
    let mut text = format!("{at} {hour}, {}: {} of {of} work", state.scope.words(), all.working());
    for part in more.chain([normally]) {
        if width(&text) + width(&part) <= columns {
            text.push_str(&part);
        }
    }
    text
}

fn tabs(state: &State) -> Span<'static> {
    let tab = |view: &View| {
        let (n, word) = (view.place() + 1, view.word());
        if *view == state.view { format!("[{n} {word}]") } else { format!(" {n} {word} ") }
    };
    Span::raw(View::ALL.iter().map(tab).collect::<Vec<_>>().join(" "))
}

const fn waiting(state: &State) -> &'static str {
    match (state.is_waiting(), state.run.last.is_some()) {
        (true, false) => "computing …",
        (true, true) => "computing …, shown: as before",
        (false, _) => "",
    }
}

/// The moments, the command line, and keys.
fn footing(state: &State, paint: Painter, columns: usize) -> Vec<Line<'static>> {
    let last = match (&state.prompt, &state.message, &state.run.fault) {
        (Some(prompt), ..) => paint.line(Tone::Strong, &asks(state, prompt, columns)),
        (None, Some(message), _) => {
            paint.line(Tone::Notice, &shortened(&harmless(message), columns))
        }
        (None, None, Some(fault)) => paint.line(Tone::Bad, &shortened(&harmless(fault), columns)),
        (None, None, None) => Line::raw(brief_keys(state, columns)),
    };
    let command = format!("$ {}", harmless(&state.command()));
    vec![
        slider::line(state, paint, columns),
        paint.line(Tone::Faint, &shortened(&command, columns)),
        last,
    ]
}

fn asks(state: &State, prompt: &Prompt, columns: usize) -> String {
    let says = match prompt {
        Prompt::Filter => format!("Show what contains: {}_   (Enter, Esc)", state.filter),
        Prompt::Share(chosen, text) => {
            let what = match chosen.as_slice() {
                [one] => one.id.to_string(),
                many => format!("these {}", many.len()),
            };
            format!("Share that is left of {what}, in percent (50): {text}_   (Enter, Esc)")
        }
    };
    shortened(&harmless(&says), columns)
}

/// Keys of the view, as many as fit; help and quit always.
fn brief_keys(state: &State, columns: usize) -> String {
    let is_last = |does: Action| matches!(does, Action::Help | Action::Quit);
    let shown = KEYS.iter().filter(|one| one.is_for(state.view) && !one.brief.is_empty());
    let (last, others): (Vec<_>, Vec<_>) = shown.partition(|one| is_last(one.does));
    let words = |one: &&super::keys::Binding| format!("{} {}", one.shown, one.brief);
    let last: Vec<String> = last.iter().map(words).collect();
    let mut all = last.join("  ");
    let mut filter = state.filter.clone();
    if !filter.is_empty() {
        filter = format!("filter: {}  ", harmless(&filter));
        all.insert_str(0, &filter);
    }
    for word in others.iter().map(words) {
        if width(&all) + width(&word) + 2 <= columns {
            all = format!("{all}  {word}");
        }
    }
    shortened(&all, columns)
}

/// The verdict of the run, in a few lines.
fn verdict(state: &State, paint: Painter, columns: usize) -> Vec<Line<'static>> {
    let Some(run) = &state.run.last else { return vec![Line::raw("")] };
    let tone = if run.may_be_missed { Tone::Bad } else { Tone::Good };
    let text = wrapped(&harmless(&run.verdict), columns, 0);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.len() > VERDICT {
        lines.truncate(VERDICT);
        lines[VERDICT - 1] = shortened(&format!("{} …", lines[VERDICT - 1]), columns);
    }
    lines.iter().map(|line| paint.line(tone, line)).collect()
}
