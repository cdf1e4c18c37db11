//! From the parser's character counts to lines, columns and bytes.
//!
//! The parser counts characters; excerpts are cut by bytes. A table of every
//! 64th character and of every line keeps both conversions cheap on one line
//! of a megabyte as on a million lines.

use crate::place::{FileId, Place};

const STEP: usize = 64;

/// Positions in one text.
pub(super) struct Positions<'a> {
    file: FileId,
    text: &'a str,
    /// Bytes before the text (a byte order mark).
    skipped: usize,
    /// Byte of every 64th character.
    sampled: Vec<u32>,
    /// Character index at which each line begins.
    lines: Vec<u32>,
    chars: usize,
}

impl<'a> Positions<'a> {
    pub(super) fn new(file: FileId, text: &'a str, skipped: usize) -> Self {
        let (mut sampled, mut lines, mut chars) = (Vec::new(), vec![0], 0_usize);
        for (byte, c) in text.char_indices() {
            if chars.is_multiple_of(STEP) {
                sampled.push(byte as u32);
            }
            chars += 1;
            if c == '\n' {
                lines.push(chars as u32);
            }
        }
        Self { file, text, skipped, sampled, lines, chars }
    }

    fn byte(&self, index: usize) -> usize {
        let index = index.min(self.chars);
        let Some(&base) = self.sampled.get(index / STEP) else { return self.text.len() };
        let rest = self.text.get(base as usize..).unwrap_or_default();
        rest.char_indices()
            .nth(index % STEP)
            .map_or(self.text.len(), |(offset, _)| base as usize + offset)
    }

    /// The place of the characters `start..end`, cut to its first line and
    /// without blanks at its end.
    pub(super) fn place(&self, start: usize, end: usize) -> Place {
        let start = start.min(self.chars);
        let line = self.lines.partition_point(|&first| first as usize <= start).max(1);
        let first = self.lines.get(line - 1).map_or(0, |&first| first as usize);
        let from = self.byte(start);
        let to = self.byte(end.max(start)).max(from);
        let cut = self.text.get(from..to).unwrap_or_default();
        let cut = cut.split(['\n', '\r']).next().unwrap_or_default().trim_end();
        Place {
            file: self.file,
            line: line as u32,
            column: (start - first + 1) as u32,
            start: (self.skipped + from) as u32,
            end: (self.skipped + from + cut.len()) as u32,
        }
    }
}
