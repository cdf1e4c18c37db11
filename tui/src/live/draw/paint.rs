//! Text, tones and tables on a screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::live::lines::first_shown;
use crate::{Palette, Table, Tone, shortened, width};

/// Colours texts, or not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Painter {
    palette: Palette,
}

impl Painter {
    pub(super) const fn new(palette: Palette) -> Self {
        Self { palette }
    }

    pub(super) fn style(self, tone: Tone) -> Style {
        let style = Style::new();
        match tone {
            Tone::Strong => style.add_modifier(Modifier::BOLD),
            _ if !self.palette.is_coloured() => style,
            Tone::Good => style.fg(Color::Green),
            Tone::Notice => style.fg(Color::Yellow),
            Tone::Bad => style.fg(Color::Red),
            Tone::Faint => style.add_modifier(Modifier::DIM),
        }
    }

    pub(super) fn span(self, tone: Tone, text: &str) -> Span<'static> {
        Span::styled(text.to_owned(), self.style(tone))
    }

    pub(super) fn plain(self, text: &str) -> Span<'static> {
        Span::raw(text.to_owned())
    }

    pub(super) fn line(self, tone: Tone, text: &str) -> Line<'static> {
        Line::from(self.span(tone, text))
    }

    /// Puts lines into an area, one below the other.
    pub(super) fn lines(self, frame: &mut Frame<'_>, area: Rect, lines: Vec<Line<'_>>) {
        frame.render_widget(Paragraph::new(lines), area);
    }

    /// A heading with a table below it, scrolled so that the chosen row is seen. A row
    /// that is chosen begins with `>` and is reversed.
    pub(super) fn table(
        self,
        frame: &mut Frame<'_>,
        area: Rect,
        title: &str,
        (table, chosen): (Table, Option<usize>),
    ) {
        let (columns, height) = (usize::from(area.width), usize::from(area.height));
        let text = table.indented(2).render(columns, Palette::PLAIN);
        let mut rows = text.lines();
        let head = rows.next().unwrap_or_default();
        let rows: Vec<&str> = rows.collect();
        let shown = height.saturating_sub(2);
        let first = first_shown(chosen.unwrap_or(0), rows.len(), shown);
        let more = match rows.len().saturating_sub(shown) {
            0 => String::new(),
            _ => format!(" {}-{} of {}", first + 1, rows.len().min(first + shown), rows.len()),
        };
        let mut lines = vec![
            beside(&self.span(Tone::Strong, title), self.span(Tone::Faint, &more), columns),
            self.line(Tone::Faint, head),
        ];
        for (n, row) in rows.iter().enumerate().skip(first).take(shown) {
            lines.push(match chosen {
                Some(chosen) if chosen == n => self.chosen(row, columns),
                _ => Line::raw((*row).to_owned()),
            });
        }
        self.lines(frame, area, lines);
    }

    /// A row that is chosen.
    pub(super) fn chosen(self, row: &str, columns: usize) -> Line<'static> {
        let row = row.strip_prefix("  ").unwrap_or(row);
        let row = shortened(&format!("> {row}"), columns);
        let blanks = " ".repeat(columns.saturating_sub(width(&row)));
        Line::styled(format!("{row}{blanks}"), Style::new().add_modifier(Modifier::REVERSED))
    }
}

/// Two texts at the two ends of a line; the left one gives way.
pub(super) fn beside(left: &Span<'_>, right: Span<'static>, columns: usize) -> Line<'static> {
    let room =
        columns.saturating_sub(width(&right.content) + usize::from(!right.content.is_empty()));
    let text = shortened(&left.content, room);
    let blanks = " ".repeat(columns.saturating_sub(width(&text) + width(&right.content)));
    Line::from(vec![Span::styled(text, left.style), Span::raw(blanks), right])
}
