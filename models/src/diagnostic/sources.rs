//! The texts that places point into, and making them harmless to show.

use crate::place::FileId;

/// The input files of one reading, by [`FileId`].
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<(String, String)>,
    /// Files about people: of their lines only what is wrong is shown.
    about_people: Vec<FileId>,
}

impl Sources {
    /// Without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file under the name that the user gave it.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let next = u16::try_from(self.files.len()).expect("a reading has fewer than 65,536 files");
        self.files.push((name.into(), text.into()));
        FileId(next)
    }

    /// Adds a file about people, of which nothing is shown but what is wrong in it.
    pub fn add_about_people(&mut self, name: String, text: String) -> FileId {
        let file = self.add(name, text);
        self.about_people.push(file);
        file
    }

    /// Whether a file is about people.
    pub(super) fn is_about_people(&self, file: FileId) -> bool {
        self.about_people.contains(&file)
    }

    /// The name of a file; empty for an id that is not of these sources.
    pub fn name(&self, file: FileId) -> &str {
        self.files.get(usize::from(file.0)).map_or("", |(name, _)| name)
    }

    /// The text of a file; empty for an id that is not of these sources.
    pub fn text(&self, file: FileId) -> &str {
        self.files.get(usize::from(file.0)).map_or("", |(_, text)| text)
    }
}

/// Replaces what would play tricks on a terminal (control characters and
/// direction marks), each by something of as many bytes, so that offsets hold.
pub(super) fn harmless(text: &str, one_line: bool) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' if !one_line => c,
            '\n' | '\r' | '\t' => ' ',
            '\u{61c}' => '·',
            '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => '\u{fffd}',
            c if c.is_control() && c.len_utf8() == 1 => '?',
            c if c.is_control() => '·',
            c => c,
        })
        .collect()
}

/// Whether a character shows nothing of itself, or plays tricks.
pub fn is_unseen(c: char) -> bool {
    c == '\u{a0}' || harmless(&c.to_string(), true) != c.to_string()
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn length_is_kept() {
        let nasty = "a\u{1b}[31m\u{85}\u{61c}\u{202e}\u{2066}\u{feff}\r\n\té";
        let shown = harmless(nasty, false);
        assert_eq!(shown.len(), nasty.len());
        assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'));
    }
}
