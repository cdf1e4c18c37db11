//! Everything that can fail, for people.

use outlast_reports::ContingencyDocument;

use crate::Palette;

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// At most so many rows of each table; `None` as many as fit a screen.
    pub top: Option<usize>,
    /// Everything.
    pub details: bool,
}

/// The page.
pub fn page(document: &ContingencyDocument, _shown: Shown, _palette: Palette) -> String {
    format!("{}\n", document.verdict)
}
