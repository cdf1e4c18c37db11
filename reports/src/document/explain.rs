//! The document of `outlast explain`.

use serde::{Deserialize, Serialize};

use super::{AssumptionDocument, BlockingDocument, HeadDocument, NoteDocument};

/// Results of `outlast explain`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainDocument {
    /// What it was made from; of the kind `explain`.
    #[serde(flatten)]
    pub head: HeadDocument,
    /// The group.
    pub group: String,
    /// Whether its people are users who are no agents.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub users: bool,
    /// The scenario; absent for the normal state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// The time asked about.
    pub at_ms: u64,
    /// Hour of the week.
    pub hour: String,
    /// Who came.
    pub on_shift: u64,
    /// Working once all have moved.
    pub working: EitherDocument,
    /// Working, times the share of their calls that get through, rounded down.
    pub effective: EitherDocument,
    /// What keeps calls from getting through, left alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocking: Vec<BlockingDocument>,
    /// At work, but not as it should be.
    pub impaired: EitherDocument,
    /// What the answer rests on besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// Those that work first, then the nearest to opening.
    pub ways: Vec<WayDocument>,
    /// What its ways, open or refused, stand on and the plan does not give.
    pub assumptions: Vec<AssumptionDocument>,
}

/// Agents left alone and directed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EitherDocument {
    /// Everybody by himself.
    pub left_alone: u64,
    /// Somebody has told people.
    pub directed: u64,
}

/// One way of working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayDocument {
    /// In words.
    pub way: String,
    /// The place of work.
    pub place: String,
    /// The access way.
    pub access: String,
    /// The phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Whether applications are entered by direct URLs.
    pub direct_urls: bool,
    /// Home providers and mobile operators of those concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub detail: Vec<String>,
    /// `works`, `impaired`, `open`, `full`, `needs`, `refused`, `down`.
    pub status: String,
    /// Agents working on it.
    pub working: EitherDocument,
    /// Agents impaired on it.
    pub impaired: EitherDocument,
    /// What decides, in words.
    pub decides: String,
    /// What decides, apart.
    #[serde(flatten)]
    pub because: BecauseDocument,
    /// Leg by leg.
    pub legs: Vec<LegDocument>,
    /// Remarks of rules.
    pub notes: Vec<NoteDocument>,
}

/// What decides about a way or leg.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BecauseDocument {
    /// What has no room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full: Option<String>,
    /// Changes that would open it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeDocument>,
    /// Rules that close it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refusals: Vec<RefusalDocument>,
    /// Other rules that close the other routes of the legs that are closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_routes: Vec<RefusalDocument>,
    /// What is down on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub down: Option<DownDocument>,
}

/// A change that would open a way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeDocument {
    /// Its name.
    pub change: String,
    /// What it is done to.
    pub object: String,
    /// Why it is needed.
    pub refusal: RefusalDocument,
}

/// A rule that closes a way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalDocument {
    /// The rule.
    pub rule: String,
    /// What it says here.
    pub says: String,
    /// The line of the plan that decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The answer of the PAC file that has sent the flow there (PRX-08).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pac: Option<String>,
}

/// A component that is down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DownDocument {
    /// On the way.
    pub component: String,
    /// What is behind it.
    pub because: Vec<String>,
}

/// One leg of a way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegDocument {
    /// What it is.
    pub leg: String,
    /// Whether the agent cannot work without it.
    pub required: bool,
    /// `works`, `full`, `needs`, `refused`, `down`.
    pub status: String,
    /// What decides, in words; empty where it works.
    pub decides: String,
    /// What decides, apart.
    #[serde(flatten)]
    pub because: BecauseDocument,
    /// The components of the alternative in use, or of the nearest one.
    pub hops: Vec<String>,
}
