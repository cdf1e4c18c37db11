//! What can be said where facts are not known: every figure twice, certain and
//! possible.

use serde::{Deserialize, Serialize};

use super::Tally;
use crate::named::Named;

/// What is not known, and what can be said all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownDocument {
    /// What was varied.
    pub facts: Vec<FactDocument>,
    /// What is not known and was not varied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_varied: Vec<NotVariedDocument>,
    /// Combinations of the values of all facts.
    pub combinations: u64,
    /// Those that were tried and make a plan.
    pub tried: u64,
    /// Those tried that make no plan.
    #[serde(default, skip_serializing_if = "is_none")]
    pub impossible: u64,
    /// Whether no other combination can come to anything else.
    pub exact: bool,
    /// Every figure of every moment; empty where all combinations come to the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moments: Vec<ExtentMomentDocument>,
    /// The curve; empty where all combinations come to the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub curve: Vec<ExtentPointDocument>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_none(count: &u64) -> bool {
    *count == 0
}

/// A fact that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactDocument {
    /// Its id among the assumptions, or the component's.
    pub fact: String,
    /// What is not known.
    pub says: String,
    /// What it may be; the first is what the plan is read as.
    pub values: Vec<String>,
    /// Who would know.
    pub ask: String,
    /// Where the plan writes it, in keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Where the plan writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Whether it changes a figure or verdict in any combination tried.
    pub matters: bool,
    /// Whether it may be something else than these: a quantity between them, another
    /// list.
    #[serde(default)]
    pub open: bool,
}

/// What is not known and was not varied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotVariedDocument {
    /// Its id among the assumptions.
    pub fact: String,
    /// Where the plan writes it, in keys.
    pub path: String,
    /// Why.
    pub why: String,
}

/// The least and the most that a figure can be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// In every combination.
    pub certain: u64,
    /// In some combination.
    pub possible: u64,
}

/// Agents by what became of them, each figure for itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// So many in every combination.
    pub certain: Tally,
    /// So many in some combination.
    pub possible: Tally,
}

/// Everybody, counted once in every breakdown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BreakdownDocument<T> {
    /// Everybody.
    pub all: T,
    /// By class of agents; 1 is the highest.
    pub by_priority: Named<T>,
    /// By group.
    pub by_group: Named<T>,
    /// Users who are no agents, by group; counted nowhere else.
    #[serde(default = "Named::default", skip_serializing_if = "Named::is_empty")]
    pub users: Named<T>,
    /// By the first place of the group.
    pub by_site: Named<T>,
    /// By the first queue of the group.
    pub by_queue: Named<T>,
    /// By the kind of the group's first phone.
    pub by_phone: Named<T>,
}

/// Left alone and directed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SidesDocument<T> {
    /// Everybody by himself.
    pub left_alone: BreakdownDocument<T>,
    /// Somebody has told people.
    pub directed: BreakdownDocument<T>,
}

/// From a time on: moments of all combinations together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtentMomentDocument {
    /// From when.
    pub at_ms: u64,
    /// How many would work with nothing failed.
    pub normally_working: Span,
    /// Who works on without doing anything.
    pub untouched: SidesDocument<Extent>,
    /// Once everybody has logged in again another way in the same place.
    pub settled: SidesDocument<Extent>,
    /// Once those have travelled who must.
    pub moved: SidesDocument<Extent>,
}

/// Agents from a time on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtentPointDocument {
    /// From when.
    pub at_ms: u64,
    /// Working.
    pub working: Span,
    /// Effective, rounded down.
    pub effective: Span,
    /// Counted towards each objective.
    pub counted: Named<Span>,
}

/// What a verdict hangs on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedDocument {
    /// Agents who count at the worst time: in every combination, and in some.
    pub counted: Span,
    /// The smallest set of facts that settles it; empty where it takes more than four.
    pub facts: Vec<String>,
    /// The verdict for each of their values together.
    pub answers: Vec<AnswerDocument>,
    /// What each fact alone is worth, those that change the verdict first.
    pub ranked: Vec<RankDocument>,
}

/// A verdict for some values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerDocument {
    /// A value of each fact.
    pub values: Vec<String>,
    /// `met`, `missed` or `cannot be said` within the horizon.
    pub verdict: String,
}

/// What one fact alone is worth to a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankDocument {
    /// The fact.
    pub fact: String,
    /// Whether it changes the verdict, all others being equal.
    pub decides: bool,
    /// The most by which it changes who counts at the worst time.
    pub agents: u64,
}
