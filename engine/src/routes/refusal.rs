//! Why a rule closes a path, in a sentence and at a line of the plan.

use outlast_models::{Id, Place};

use super::posture::Lines;

/// Why a rule closes a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The rule.
    pub rule: &'static str,
    /// What it says here, one clause.
    pub says: String,
    /// The line of the plan that decides.
    pub place: Option<Place>,
    /// The answer of a PAC file that has sent the flow there.
    pub pac: Option<Box<PacSays>>,
}

/// What a PAC file has answered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PacSays {
    /// The file.
    pub pac: Id,
    /// Its answer: `answers DIRECT for`, `sends to proxy`.
    pub answer: PacWords,
    /// The host that it was asked about.
    pub host: String,
    /// The plan's line of the file.
    pub place: Place,
}

/// An answer for sentences.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PacWords {
    /// `DIRECT` and nothing else.
    Direct,
    /// One thing after the other: `proxy-a, then DIRECT`.
    Sends(String),
}

impl PacSays {
    /// What it says of these hosts: `PAC file office answers DIRECT for HOSTS`.
    pub fn words(&self, hosts: &str) -> String {
        match &self.answer {
            PacWords::Direct => format!("PAC file {} answers DIRECT for {hosts}", self.pac),
            PacWords::Sends(to) => format!("PAC file {} sends {hosts} to {to}", self.pac),
        }
    }
}

impl Refusal {
    /// Makes a refusal.
    pub(crate) fn new(rule: &'static str, says: impl Into<String>, place: Option<Place>) -> Self {
        Self { rule, says: says.into(), place, pac: None }
    }

    /// Whether there is no network to go by.
    pub(crate) fn is_no_way(&self) -> bool {
        self.rule == "TRN-01"
    }

    /// Points at a line of the group unless it points at one.
    pub(crate) fn at(mut self, lines: Lines) -> Self {
        let line = if self.rule.starts_with("PHN") { lines.phone } else { lines.access };
        self.place = self.place.or(line).filter(Place::is_written);
        self
    }
}
