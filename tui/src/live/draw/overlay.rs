//! What lies over a screen: help, made from the table of keys, and the command line in
//! full.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Paragraph};

use super::paint::Painter;
use crate::live::keys::{Binding, KEYS};
use crate::live::state::{Sheet, State};
use crate::{Tone, harmless, width, wrapped};

pub(super) fn draw(frame: &mut Frame<'_>, body: Rect, state: &State, paint: Painter) {
    let columns = usize::from(body.width).saturating_sub(4);
    let (title, lines) = match state.sheet {
        None => return,
        Some(Sheet::Help) => ("Keys; any key closes", help(state, columns)),
        Some(Sheet::Command) => {
            let mut lines = broken(&harmless(&state.command()), columns);
            lines.push(Line::raw(""));
            lines.push(Line::raw("It is printed once more when you quit."));
            ("The command that gives the same answer; any key closes", lines)
        }
    };
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).min(body.height);
    let area = Rect { height, ..body };
    frame.render_widget(Clear, body);
    let block = Block::bordered().title(title).title_style(paint.style(Tone::Strong));
    frame.render_widget(Paragraph::new(lines).block(block), area);
}

/// A text in lines of so many columns; a word that is longer goes on in the next.
fn broken(text: &str, columns: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for line in wrapped(text, columns, 0).lines() {
        let mut rest = String::new();
        for c in line.chars() {
            if width(&rest) + 2 > columns {
                lines.push(Line::raw(std::mem::take(&mut rest)));
            }
            rest.push(c);
        }
        lines.push(Line::raw(rest));
    }
    lines
}

/// The keys of the view in two columns.
fn help(state: &State, columns: usize) -> Vec<Line<'static>> {
    let all: Vec<&Binding> = KEYS.iter().filter(|one| one.is_for(state.view)).collect();
    let rows = all.len().div_ceil(2);
    let half = columns / 2;
    let mut lines = Vec::new();
    for row in 0..rows {
        let left = entry(all[row], half);
        let right = all.get(row + rows).map_or_else(String::new, |one| entry(one, half));
        let blanks = " ".repeat(half.saturating_sub(width(&left)));

        lines.push(Line::raw(format!("{left}{blanks}{right}")));
    }
    lines
}

fn entry(one: &Binding, columns: usize) -> String {
    crate::shortened(&format!("{:<9} {}", one.shown, one.says), columns.saturating_sub(1))
}
