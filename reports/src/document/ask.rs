//! The document of `outlast ask`.

use serde::{Deserialize, Serialize};

use super::HeadDocument;

/// Results of `outlast ask`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskDocument {
    /// What it was made from; of the kind `ask`.
    #[serde(flatten)]
    pub head: HeadDocument,
    /// In what it was looked at: `normal`, and scenarios.
    pub scenarios: Vec<String>,
    /// Scenarios that do not apply to this plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// What decides something, most first.
    pub questions: Vec<QuestionDocument>,
    /// What was varied and decides nothing.
    pub decides_nothing: Vec<String>,
    /// What results stand on and was not varied.
    pub not_varied: Vec<UnaskedDocument>,
}

/// A question worth asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionDocument {
    /// The id of the assumption.
    pub fact: String,
    /// Whom to ask.
    pub ask: String,
    /// The question, as it can be sent.
    pub question: String,
    /// What is taken for it now.
    pub taken: String,
    /// Whether the plan says `unknown`; else it leaves it out.
    pub unknown: bool,
    /// Verdicts that it changes: of each objective in each scenario.
    pub verdicts: u64,
    /// The most agents by which it changes who works or is effective.
    pub agents: u64,
    /// From how much on a capacity suffices in everything looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffices: Option<String>,
    /// What each other value changes, scenario by scenario.
    pub effects: Vec<EffectDocument>,
    /// Where the plan writes it, in keys; of several things of a kind each.
    pub paths: Vec<String>,
    /// Where the plan has the `unknown`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The line to write there, with one of the values.
    pub write: String,
}

/// What a value changes in a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectDocument {
    /// The value.
    pub value: String,
    /// The scenario, or `normal`.
    pub scenario: String,
    /// How many more work then, where that differs most; negative: fewer.
    pub agents: i64,
    /// What of them is counted: `moved`, `directed`, `over time`, `effective`.
    pub counted: String,
    /// When that is.
    pub at_ms: u64,
    /// The groups concerned, most first.
    pub groups: Vec<GroupEffectDocument>,
    /// Verdicts that change.
    pub verdicts: Vec<VerdictEffectDocument>,
    /// In a sentence.
    pub says: String,
}

/// What a value changes for a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupEffectDocument {
    /// The group.
    pub group: String,
    /// How many more work; negative: fewer.
    pub agents: i64,
}

/// A verdict that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictEffectDocument {
    /// The objective.
    pub objective: String,
    /// As the plan is read.
    pub was: String,
    /// With the value.
    pub becomes: String,
}

/// What was not varied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnaskedDocument {
    /// The id of the assumption.
    pub fact: String,
    /// Why.
    pub why: String,
}
