//! The document of `outlast report`.

use serde::{Deserialize, Serialize};

use super::{CheckDocument, FindingDocument, HeadDocument, RunDocument, WaivedDocument};

/// A report: runs and findings of one plan, and how to repeat them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDocument {
    /// What it was made from; of the kind `report`.
    #[serde(flatten)]
    pub head: HeadDocument,
    /// The day of the report, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The command that makes the same report again.
    pub command: String,
    /// What was asked for besides plan and scenarios.
    pub options: OptionsDocument,
    /// A run for each scenario, in the order asked for.
    pub runs: Vec<RunDocument>,
    /// What `outlast check` finds.
    pub check: FoundDocument,
}

/// Options that change what a report says or how its command ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionsDocument {
    /// Components that fail besides, in every scenario.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fail: Vec<String>,
    /// Components that keep a share: `vpn-york=60%`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub degrade: Vec<String>,
    /// Components that the scenarios spare.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restore: Vec<String>,
    /// Components of which nobody knows whether they are up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
    /// When the command ends with status 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<String>,
}

/// The findings on a plan, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundDocument {
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

impl From<CheckDocument> for FoundDocument {
    fn from(check: CheckDocument) -> Self {
        Self {
            on_shift: check.on_shift,
            working: check.working,
            errors: check.errors,
            warnings: check.warnings,
            notes: check.notes,
            findings: check.findings,
            waived: check.waived,
        }
    }
}
