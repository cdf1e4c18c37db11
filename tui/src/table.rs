//! Tables that fit a screen: columns aligned, numbers to the right, long names
//! shortened where the whole would be too wide. Numbers are never shortened.

use crate::colour::{Palette, Tone};
use crate::{harmless, shortened, width};

/// Blanks between two columns.
const GAP: usize = 2;
/// A column of names is not shortened below this.
const NARROWEST: usize = 8;

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Names.
    Left,
    /// Numbers.
    Right,
}

/// A table. Cells are made harmless when they come in.
#[derive(Debug, Clone)]
pub struct Table {
    heads: Vec<String>,
    aligns: Vec<Align>,
    rows: Vec<Vec<String>>,
    indent: usize,
}

impl Table {
    /// Starts a table with its columns.
    pub fn new<'a>(columns: impl IntoIterator<Item = (&'a str, Align)>) -> Self {
        let (heads, aligns) =
            columns.into_iter().map(|(head, align)| (harmless(head), align)).unzip();
        Self { heads, aligns, rows: Vec::new(), indent: 0 }
    }

    /// Sets every line in by so many blanks.
    #[must_use]
    pub fn indented(mut self, blanks: usize) -> Self {
        self.indent = blanks;
        self
    }

    /// Adds a row. A row that is too short ends in empty cells; what is too
    /// many is left out.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        let mut row: Vec<String> =
            cells.into_iter().map(|cell| harmless(cell.as_ref())).take(self.heads.len()).collect();
        row.resize(self.heads.len(), String::new());
        self.rows.push(row);
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the table, a line each for the heads and for every row, each line
    /// with its line break and no wider than `columns` where names can give way.
    pub fn render(&self, columns: usize, palette: Palette) -> String {
        let widths = self.widths(columns);
        let mut out = String::new();
        if self.heads.iter().any(|head| !head.is_empty()) {
            let line = self.line(&self.heads, &widths);
            out.push_str(&palette.paint(Tone::Strong, &line));
            out.push('\n');
        }
        for row in &self.rows {
            out.push_str(&self.line(row, &widths));
            out.push('\n');
        }
        out
    }

    fn line(&self, cells: &[String], widths: &[usize]) -> String {
        let mut out = " ".repeat(self.indent);
        for (index, (cell, &wide)) in cells.iter().zip(widths).enumerate() {
            if index > 0 {
                out.push_str(&" ".repeat(GAP));
            }
            let cell = shortened(cell, wide);
            let blanks = " ".repeat(wide - width(&cell));
            match self.aligns[index] {
                Align::Left => out.extend([cell, blanks]),
                Align::Right => out.extend([blanks, cell]),
            }
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// Natural widths, then the widest column of names gives way, column by
    /// column of the screen, until all fits or no name can be shortened.
    fn widths(&self, columns: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = (0..self.heads.len()).map(|i| self.natural(i)).collect();
        let gaps = self.indent + GAP * widths.len().saturating_sub(1);
        let mut excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(columns);
        while excess > 0 {
            let names = (0..widths.len()).filter(|&i| self.aligns[i] == Align::Left);
            let widest = names.max_by_key(|&i| widths[i]);
            match widest {
                Some(index) if widths[index] > NARROWEST => widths[index] -= 1,
                _ => break,
            }
            excess -= 1;
        }
        widths
    }

    fn natural(&self, column: usize) -> usize {
        let cells = self.rows.iter().map(|row| width(&row[column]));
        cells.chain([width(&self.heads[column])]).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Table {
        let mut table =
            Table::new([("group", Align::Left), ("agents", Align::Right), ("why", Align::Left)]);
        table.row(["cards", "1,200", "no proxy"]);
        table.row(["北京", "80", ""]);
        table
    }

    #[test]
    fn columns_are_aligned() {
        let expected = "group  agents  why\ncards   1,200  no proxy\n北京       80\n";
        assert_eq!(sample().render(80, Palette::PLAIN), expected);
    }

    #[test]
    fn the_widest_name_gives_way() {
        let mut table = sample().indented(2);
        table.row(["a".repeat(100), "1,000,000".into(), "because".into()]);
        let text = table.render(40, Palette::PLAIN);
        assert!(text.lines().all(|line| width(line) <= 40), "{text}");
        assert!(text.contains("1,000,000") && text.contains('…'), "{text}");
    }

    #[test]
    fn numbers_are_never_shortened() {
        let mut table = Table::new([("n", Align::Right)]);
        table.row(["123,456,789"]);
        assert_eq!(table.render(5, Palette::PLAIN), "          n\n123,456,789\n");
    }

    #[test]
    fn cells_are_harmless_and_rows_regular() {
        let mut table = Table::new([("", Align::Left), ("", Align::Left)]);
        table.row(["a\u{1b}[31m\nb"]);
        table.row(["c", "d", "e"]);
        assert_eq!(table.render(80, Palette::PLAIN), "a␛[31m b\nc         d\n");
    }
}
