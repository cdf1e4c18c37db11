//! Why a group works or not: the groups, and the page that `explain` prints.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::paint::Painter;
use crate::explain::explanation;
use crate::live::figures::{Breakdown, Row, rows};
use crate::live::state::State;
use crate::{Align, Palette, SCREEN_COLUMNS, Table, Tone, harmless, shortened};

/// From this width on the groups stand beside the page.
const BOTH: u16 = SCREEN_COLUMNS as u16 + 32;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, paint: Painter) {
    if area.width >= BOTH {
        let columns = SCREEN_COLUMNS as u16;
        let [left, _, right] = Layout::horizontal([
            Constraint::Min(0),
            Constraint::Length(2),
            Constraint::Length(columns),
        ])
        .areas(area);
        groups(frame, left, state, paint);
        page(frame, right, state, paint);
    } else if state.page_open {
        page(frame, area, state, paint);
    } else {
        groups(frame, area, state, paint);
    }
}

fn groups(frame: &mut Frame<'_>, area: Rect, state: &State, paint: Painter) {
    let heads = [("", Align::Left), ("working", Align::Right), ("of", Align::Right)];
    let mut table = Table::new(heads);
    let all = match (&state.run.last, state.moment()) {
        (Some(run), Some(moment)) => rows(run, moment, state.scope, Breakdown::Groups),
        _ => Vec::new(),
    };
    let listed = state.listed_groups();
    for name in &listed {
        let row = all.iter().find(|row| row.name == *name);
        let working = row.map_or_else(|| "nobody".to_owned(), Row::working);
        let of = row.map_or_else(String::new, |row| row.of(|tally| tally.on_shift));
        table.row([(*name).to_owned(), working, of]);
    }
    let chosen = Some(state.groups.of(listed.len()));
    let title = if state.page_open { "Groups (Esc)" } else { "Groups (Enter: read the page)" };
    paint.table(frame, area, title, (table, chosen));
}

fn page(frame: &mut Frame<'_>, area: Rect, state: &State, paint: Painter) {
    let height = usize::from(area.height);
    if let Some(fault) = &state.explained.fault {
        paint.lines(frame, area, vec![paint.line(Tone::Bad, &harmless(fault))]);
        return;
    }
    let text = state.page_text();
    let all: Vec<&str> = text.lines().collect();
    // Scrolled by its top line: a page is read, not chosen from.
    let shown = all.iter().enumerate().skip(state.page.of(all.len())).take(height);
    let columns = usize::from(area.width);
    let lines = shown.map(|(n, line)| {
        let line = shortened(line, columns);
        if n == 0 { paint.line(Tone::Strong, &line) } else { Line::raw(line) }
    });
    paint.lines(frame, area, lines.collect());
}

impl State {
    /// The page of the chosen group; empty while it is not known.
    pub(crate) fn page_text(&self) -> String {
        let known =
            self.explained.last.as_ref().filter(|one| Some(one.group.as_str()) == self.group());
        known.map_or_else(String::new, |one| explanation(one, self.details, Palette::PLAIN))
    }

    pub(crate) fn page_lines(&self) -> usize {
        self.page_text().lines().count()
    }
}
