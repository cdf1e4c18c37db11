//! Mistakes in the input: what, where, and what to do about it.
//!
//! Mistakes are collected, never thrown one by one, and shown with the line of
//! the file. A message is one lower-case clause without a period, names in
//! backticks; what to do stands under `help`.

mod render;
mod sources;

pub use render::{SHOWN_MAX, render};
pub use sources::{Sources, is_unseen};

use serde::Serialize;

use crate::place::Place;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The input cannot be used.
    Error,
    /// The input can be used, but probably does not say what was meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// A mistake in the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// What sort of mistake it is: `unknown-key`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one clause.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What stands there, beside the caret; may be empty.
    pub label: String,
    /// Other places that matter, with what stands there.
    pub related: Vec<(Place, String)>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    fn new(code: &'static str, severity: Severity, message: String, place: Place) -> Self {
        let (label, related, help) = (String::new(), Vec::new(), None);
        Self { code, severity, message, place, label, related, help }
    }

    /// Begins an error.
    pub fn error(code: &'static str, message: impl Into<String>, place: Place) -> Self {
        Self::new(code, Severity::Error, message.into(), place)
    }

    /// Begins a note.
    pub fn note(code: &'static str, message: impl Into<String>, place: Place) -> Self {
        Self::new(code, Severity::Note, message.into(), place)
    }

    /// Says what stands at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        self.maybe_help(Some(help.into()))
    }

    /// Says what to do, where there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }
}

/// A text of the input in backticks, cut to a length that fits a sentence.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = sources::harmless(text, true);
    if text.chars().count() <= LONGEST {
        return format!("`{text}`");
    }
    let cut: String = text.chars().take(LONGEST).collect();
    format!("`{cut}…`")
}
