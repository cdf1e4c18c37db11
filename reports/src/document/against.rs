//! The document of `outlast risk NEW --against OLD`.

use serde::{Deserialize, Serialize};

use super::{
    BetweenDocument, ChanceDocument, EndsDocument, HeadDocument, InputDocument, KnownDocument,
    MayTakeDocument, PlanDocument, RiskAskedDocument, SilenceDocument,
};

/// Results of `outlast risk NEW --against OLD`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgainstDocument {
    /// What it was made from, of the new plan; of the kind `risk-against`.
    #[serde(flatten)]
    pub head: HeadDocument,
    /// The old plan.
    pub old: OldDocument,
    /// What was asked.
    pub asked: RiskAskedDocument,
    /// The verdict in one paragraph.
    pub verdict: String,
    /// `better`, `worse`, `better and worse`, `same` or `cannot be said`.
    pub judged: String,
    /// Whether it was stopped before its end.
    pub partial: bool,
    /// Why the plans cannot be compared, and what to write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silence: Option<SilenceDocument>,
    /// What the answer does not count.
    pub remarks: Vec<String>,
    /// Objectives of one plan only.
    pub only_objectives: BothDocuments<Vec<String>>,
    /// Groups of one plan only.
    pub only_groups: BothDocuments<Vec<String>>,
    /// Events that are the same in both plans.
    pub alike: usize,
    /// Events that are not.
    pub changed: Vec<ChangedDocument>,
    /// One moment of the new plan's busiest hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moment: Option<MomentOfBothDocument>,
    /// A year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<YearOfBothDocument>,
}

/// The plan that another is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldDocument {
    /// The plan.
    pub plan: PlanDocument,
    /// Its files.
    pub inputs: Vec<InputDocument>,
}

/// The same of both plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BothDocuments<T> {
    /// Of the new one.
    pub new: T,
    /// Of the old one.
    pub old: T,
}

/// An event that is not the same in both plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedDocument {
    /// The component, common cause or hazard.
    pub id: String,
    /// The kind of the component, `common-cause` or `hazard`.
    pub kind: String,
    /// How it is in the new plan; absent: not in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<CourseDocument>,
    /// How it is in the old plan; absent: not in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<CourseDocument>,
}

/// How an event comes and goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseDocument {
    /// What else than itself it takes down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub takes: Vec<String>,
    /// What it takes with a chance, whenever it comes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub may_take: Vec<MayTakeDocument>,
    /// Share of the time that it is in force.
    pub chance: ChanceDocument,
    /// How often it comes in a year; of a component, of a year up.
    pub per_year: String,
    /// How long it lasts, in the mean.
    pub lasts_ms: u64,
    /// How that is spread.
    pub law: String,
}

/// Both plans at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MomentOfBothDocument {
    /// The hour of the week.
    pub hour: String,
    /// Whether more are on shift in the new plan then than at another hour.
    pub busiest: bool,
    /// Sets that differ by up to so many events from the likeliest were all looked at.
    pub order: usize,
    /// The chance of the others.
    pub rest: ChanceDocument,
    /// States drawn of those.
    pub trials: u64,
    /// Agents who work with nothing failed.
    pub normally_working: BothDocuments<u64>,
    /// Thousandths of agents working, expected.
    pub working_thousandths: ComparedDocument<i64>,
    /// Thousandths of agents lost, expected: of those who normally work in each plan.
    pub lost_thousandths: ComparedDocument<i64>,
    /// Each objective of both plans.
    pub objectives: Vec<MissedOfBothDocument>,
}

/// A figure of both plans, and the difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedDocument<T> {
    /// Of the new plan.
    pub new: KnownDocument<T>,
    /// Of the old one.
    pub old: KnownDocument<T>,
    /// New less old.
    pub difference: KnownDocument<T>,
    /// The new plan is `better`, `worse`, the `same`, or it `cannot be said`.
    pub judged: String,
}

/// The chance of missing an objective in both plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedOfBothDocument {
    /// The queue, or `overall`.
    pub objective: String,
    /// Agents needed.
    pub need: BothDocuments<u64>,
    /// The chance that it is missed.
    pub missed: ComparedDocument<ChanceDocument>,
}

/// Both plans over the same years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearOfBothDocument {
    /// Years simulated.
    pub years: u64,
    /// Agent-milliseconds lost a year.
    pub lost: EndsDocument<AverageDocument<i64>>,
    /// How often a year the RTO of each objective of both plans is broken.
    pub rto: Vec<RtoOfBothDocument>,
}

/// How often the RTO of an objective is broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RtoOfBothDocument {
    /// The queue, or `overall`.
    pub objective: String,
    /// Times a year, with four digits.
    pub broken: EndsDocument<AverageDocument<String>>,
}

/// A mean of years, and of their differences one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AverageDocument<T> {
    /// Of the new plan.
    pub new: T,
    /// Of the old one.
    pub old: T,
    /// New less old.
    pub difference: T,
    /// Between what the difference lies, with 95 % by the normal law; absent where fewer
    /// than 30 years differ, which is too few for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likely: Option<BetweenDocument<T>>,
    /// Years that differ.
    pub differ: u64,
    /// The new plan is `better`, `worse`, the `same`, or it `cannot be said`.
    pub judged: String,
}
