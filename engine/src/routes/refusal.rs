//! Why a rule closes a path, in a sentence and at a line of the plan.

use std::fmt;

use outlast_models::{Id, Place};

use super::posture::Lines;

/// A rule that refuses; written as `PRX-07` or `policy:no-home-cards`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleId {
    /// One of the guide's ([`crate::rules`]).
    Guide(&'static str),
    /// A policy of the plan.
    Policy(Id),
}

impl RuleId {
    /// The guide's rule, if it is one.
    pub fn guide(&self) -> Option<&'static str> {
        match self {
            Self::Guide(id) => Some(id),
            Self::Policy(_) => None,
        }
    }

    /// Whether it is one of these of the guide.
    pub(crate) fn is_one_of(&self, ids: &[&str]) -> bool {
        self.guide().is_some_and(|id| ids.contains(&id))
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guide(id) => f.write_str(id),
            Self::Policy(id) => write!(f, "policy:{id}"),
        }
    }
}

impl From<&'static str> for RuleId {
    fn from(id: &'static str) -> Self {
        Self::Guide(id)
    }
}

impl PartialEq<str> for RuleId {
    fn eq(&self, other: &str) -> bool {
        match self {
            Self::Guide(id) => *id == other,
            Self::Policy(id) => other.strip_prefix("policy:").is_some_and(|own| *id == *own),
        }
    }
}

impl PartialEq<&str> for RuleId {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

/// Why a rule closes a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The rule.
    pub rule: RuleId,
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
    pub(crate) fn new(
        rule: impl Into<RuleId>,
        says: impl Into<String>,
        place: Option<Place>,
    ) -> Self {
        Self { rule: rule.into(), says: says.into(), place, pac: None }
    }

    /// Whether there is no network to go by.
    pub(crate) fn is_no_way(&self) -> bool {
        self.rule == "TRN-01"
    }

    /// Points at a line of the group unless it points at one.
    pub(crate) fn at(mut self, lines: Lines) -> Self {
        let of_phone = self.rule.guide().is_some_and(|id| id.starts_with("PHN"));
        let line = if of_phone { lines.phone } else { lines.access };
        self.place = self.place.or(line).filter(Place::is_written);
        self
    }
}
