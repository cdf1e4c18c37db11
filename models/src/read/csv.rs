//! Comma-separated text, cell by cell, each with its place.
//!
//! As RFC 4180 has it, but for two things. The separator is the first of comma,
//! semicolon and tab that stands in the first line, because spreadsheets write the
//! one of their country. And a cell ends with its line: none of ours has a reason
//! for a line break, and a forgotten quote then spoils one line, not the rest of
//! the file. Blanks around a cell do not count.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::place::{FileId, Place};

/// The longest line that is read, in bytes.
const LINE_MAX: usize = 10_000;

/// One cell.
#[derive(Debug)]
pub(crate) struct Cell<'t> {
    /// What it says.
    pub(crate) text: Cow<'t, str>,
    /// Where.
    pub(crate) place: Place,
}

/// One line that is not empty: its cells, or what is wrong with it.
pub(crate) struct Line<'t> {
    /// Where it begins.
    pub(crate) place: Place,
    /// Its cells.
    pub(crate) cells: Result<Vec<Cell<'t>>, Box<Diagnostic>>,
}

/// The lines of a text.
pub(crate) fn lines(file: FileId, text: &str) -> impl Iterator<Item = Line<'_>> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut at = start;
    let numbered = text[start..].split_inclusive('\n').enumerate().map(move |(n, line)| {
        let from = at;
        at += line.len();
        (n as u32 + 1, from, line.trim_end_matches(['\n', '\r']))
    });
    let mut separator = None;
    numbered.filter_map(move |(number, start, line)| {
        let separator = *separator.get_or_insert_with(|| separator_of(line));
        let blank = |c: char| c == separator || c.is_ascii_whitespace();
        if line.chars().all(blank) {
            return None;
        }
        let mut reader = Reader { file, line, number, start, at: 0, column: 1, separator };
        Some(Line { place: reader.place((0, 1), 1.min(line.len())), cells: reader.cells() })
    })
}

fn separator_of(line: &str) -> char {
    line.chars().find(|c| matches!(c, ',' | ';' | '\t')).unwrap_or(',')
}

/// A line on its way.
struct Reader<'t> {
    file: FileId,
    line: &'t str,
    number: u32,
    /// Where it begins in the text.
    start: usize,
    /// How far it is read, in bytes.
    at: usize,
    /// The column there, in characters from 1.
    column: u32,
    separator: char,
}

impl<'t> Reader<'t> {
    fn cells(&mut self) -> Result<Vec<Cell<'t>>, Box<Diagnostic>> {
        if self.line.len() > LINE_MAX {
            let message = format!("this line is longer than {LINE_MAX} bytes");
            return Err(Box::new(Diagnostic::error("bad-row", message, self.place((0, 1), 1))));
        }
        let mut cells = Vec::with_capacity(8);
        loop {
            cells.push(self.cell()?);
            if self.next().is_none() {
                return Ok(cells);
            }
        }
    }

    fn cell(&mut self) -> Result<Cell<'t>, Box<Diagnostic>> {
        self.skip_blanks();
        if self.peek() == Some('"') {
            return self.quoted();
        }
        let from = (self.at, self.column);
        while self.peek().is_some_and(|c| c != self.separator) {
            self.next();
        }
        let text = self.line[from.0..self.at].trim_end();
        Ok(Cell { text: Cow::Borrowed(text), place: self.place(from, from.0 + text.len()) })
    }

    fn quoted(&mut self) -> Result<Cell<'t>, Box<Diagnostic>> {
        let from = (self.at, self.column);
        self.next();
        let inner = self.at;
        loop {
            match self.next() {
                Some('"') if self.peek() == Some('"') => _ = self.next(),
                Some('"') => break,
                Some(_) => {}
                None => {
                    let place = self.place(from, from.0 + 1);
                    let help =
                        "a cell ends with its line; a quote inside a quoted cell is written twice";
                    let message = "this quote is not closed";
                    return Err(Box::new(Diagnostic::error("bad-row", message, place).help(help)));
                }
            }
        }
        let (text, end) = (&self.line[inner..self.at - 1], self.at);
        self.skip_blanks();
        if self.peek().is_some_and(|c| c != self.separator) {
            let place = self.place((self.at, self.column), self.at + 1);
            let help = "quote the whole cell or none of it; a quote inside is written twice";
            let message = "something follows the closing quote";
            return Err(Box::new(Diagnostic::error("bad-row", message, place).help(help)));
        }
        let text = if text.contains("\"\"") {
            Cow::Owned(text.replace("\"\"", "\"").trim().to_owned())
        } else {
            Cow::Borrowed(text.trim())
        };
        Ok(Cell { text, place: self.place(from, end) })
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|c| c != self.separator && c.is_whitespace()) {
            self.next();
        }
    }

    fn peek(&self) -> Option<char> {
        self.line[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        self.column += 1;
        Some(next)
    }

    /// From a byte and column of the line to a byte of it.
    fn place(&self, (from, column): (usize, u32), to: usize) -> Place {
        let byte = |at: usize| u32::try_from(self.start + at).unwrap_or(u32::MAX);
        Place { file: self.file, line: self.number, column, start: byte(from), end: byte(to) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<Vec<String>, String>> {
        let cells = |line: Line<'_>| {
            let cells = line.cells.map_err(|fault| fault.message)?;
            Ok(cells.into_iter().map(|cell| cell.text.into_owned()).collect())
        };
        lines(FileId(1), text).map(cells).collect()
    }

    fn cells(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|&cell| cell.to_owned()).collect()
    }

    #[test]
    fn cells_are_what_their_writer_meant() {
        let text = "\u{feff}a,b , c\r\n\"x, y\",\"say \"\"no\"\"\",\r\n\r\n,,\r\n é,\"\",z";
        let expected = [
            Ok(cells(&["a", "b", "c"])),
            Ok(cells(&["x, y", "say \"no\"", ""])),
            Ok(cells(&["é", "", "z"])),
        ];
        assert_eq!(read(text), expected);
    }

    #[test]
    fn the_first_line_says_what_separates() {
        assert_eq!(read("a;b\n1,2;3"), [Ok(cells(&["a", "b"])), Ok(cells(&["1,2", "3"]))]);
        assert_eq!(read("a\tb\n1;2\t\t"), [Ok(cells(&["a", "b"])), Ok(cells(&["1;2", "", ""]))]);
    }

    #[test]
    fn a_bad_quote_spoils_one_line() {
        let all = read("a,b\n\"x,1\n\"x\"y,1\nx,2");
        assert_eq!(all[1], Err("this quote is not closed".to_owned()));
        assert_eq!(all[2], Err("something follows the closing quote".to_owned()));
        assert_eq!(all[3], Ok(cells(&["x", "2"])));
    }

    #[test]
    fn places_point_to_the_cell() {
        let text = "\u{feff}a,b\r\n\r\né , \"ü\"\n";
        let line = lines(FileId(1), text).nth(1).unwrap();
        let cells = line.cells.unwrap();
        let shown = |cell: &Cell<'_>| {
            let Place { line, column, start, end, .. } = cell.place;
            (line, column, &text[start as usize..end as usize])
        };
        assert_eq!(shown(&cells[0]), (3, 1, "é"));
        assert_eq!(shown(&cells[1]), (3, 5, "\"ü\""));
    }

    #[test]
    fn endless_lines_are_refused() {
        let text = format!("a\n{}\nb", ",x".repeat(9_000_000));
        let all = read(&text);
        assert_eq!(all[1], Err("this line is longer than 10000 bytes".to_owned()));
        assert_eq!(all[2], Ok(cells(&["b"])));
    }
}
