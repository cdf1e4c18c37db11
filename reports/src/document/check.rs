//! The document of `outlast check`.

use serde::{Deserialize, Serialize};

use super::HeadDocument;

/// Results of `outlast check`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckDocument {
    /// What it was made from; of the kind `check`.
    #[serde(flatten)]
    pub head: HeadDocument,
    /// Agents on shift at the busiest hour.
    pub on_shift: u64,
    /// Of these, working with nothing failed, left alone.
    pub working: u64,
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are notes.
    pub notes: usize,
    /// Most agents first, then the worst.
    pub findings: Vec<FindingDocument>,
    /// Findings that the house has accepted; they count nowhere else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waived: Vec<WaivedDocument>,
}

/// A finding that the house has accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaivedDocument {
    /// The waiver of the plan.
    pub waiver: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub owner: String,
    /// The last day on which it is.
    pub until: String,
    /// The finding.
    pub finding: FindingDocument,
}

/// Something about a plan that its owner should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingDocument {
    /// The rule: of the guide, `OWN-…`, `policy:ID`.
    pub rule: String,
    /// The guide's page, or what our own rule is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// `error`, `warning`, `note`.
    pub severity: String,
    /// The entry of the plan, as a dotted path.
    pub at: String,
    /// Where that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<LineDocument>,
    /// What is the matter.
    pub says: String,
    /// What of whom it breaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<String>,
    /// How many agents it concerns.
    pub agents: u64,
    /// Of which groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<HitDocument>,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mend: Option<String>,
    /// The lines to write, where they can be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub write: Option<String>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineDocument {
    /// The file, without its folder.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// A group that a finding concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HitDocument {
    /// The group.
    pub group: String,
    /// How many of it.
    pub agents: u64,
}
