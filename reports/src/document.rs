//! The documents: what `docs/results.md` describes.
//!
//! Times are milliseconds from the start, agents whole, loads in the unit that
//! stands beside them, shares in millionths, money absent so far. Optional keys are left
//! out where there is nothing to say.

mod against;
mod ask;
mod check;
mod compiled;
mod contingency;
mod explain;
mod report;
mod risk;
mod unknown;

use serde::{Deserialize, Serialize};

use crate::named::Named;

pub use against::{
    AgainstDocument, AverageDocument, BothDocuments, ChangedDocument, ComparedDocument,
    CourseDocument, MissedOfBothDocument, MomentOfBothDocument, OldDocument, RtoOfBothDocument,
    YearOfBothDocument,
};
pub use ask::{
    AskDocument, EffectDocument, GroupEffectDocument, QuestionDocument, UnaskedDocument,
    VerdictEffectDocument,
};
pub use check::{CheckDocument, FindingDocument, HitDocument, LineDocument, WaivedDocument};
pub use compiled::{
    CapacityDocument, CohortDocument, CompiledDocument, CompiledFailureDocument,
    CompiledLegDocument, CompiledWayDocument, EarlierDocument, GateDocument, LoadOfOne,
    MemberDocument, NeedDocument, NetworkDocument, ReserveDocument, ResourceDocument,
    RouteDocument, SignalDocument, StandbyDocument,
};
pub use contingency::{
    ContingencyDocument, CutDocument, CutsDocument, FailureDocument, GraceDocument,
    HitObjectiveDocument, LookedDocument, SetDocument, SinglePointDocument, SinglePointsDocument,
    SinglePointsOfDocument, UsualDocument, WhomDocument,
};
pub use explain::{
    BecauseDocument, ChangeDocument, DownDocument, EitherDocument, ExplainDocument, LegDocument,
    RefusalDocument, WayDocument,
};
pub use report::{FoundDocument, OptionsDocument, ReportDocument};
pub use risk::{
    AppetiteDocument, AtLeastDocument, BetweenDocument, BreachesDocument, BrokenDocument,
    ChanceDocument, EndsDocument, EventDocument, FewerDocument, GuessDocument, GuessEffectDocument,
    HoursDocument, ImportanceDocument, KnownDocument, LongestDocument, LostInYearDocument,
    MayTakeDocument, MissedDocument, MomentViewDocument, OnceInDocument, RiskAskedDocument,
    RiskDocument, ShareDocument, ShortfallDocument, SilenceDocument, YearViewDocument,
};
pub use unknown::{
    AnswerDocument, BreakdownDocument, DecidedDocument, Extent, ExtentMomentDocument,
    ExtentPointDocument, FactDocument, NotVariedDocument, RankDocument, SidesDocument, Span,
    UnknownDocument,
};

/// Results of `outlast run`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunsDocument {
    /// What it was made from; of the kind `run`.
    #[serde(flatten)]
    pub head: HeadDocument,
    /// A run for each scenario, in the order asked for.
    pub runs: Vec<RunDocument>,
}

/// What every document begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadDocument {
    /// The version of the document.
    pub outlast_results: u32,
    /// Of which command.
    pub kind: String,
    /// Which Outlast.
    pub engine: EngineDocument,
    /// Every file that was read.
    pub inputs: Vec<InputDocument>,
    /// The plan.
    pub plan: PlanDocument,
}

/// Which Outlast made a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineDocument {
    /// `outlast`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputDocument {
    /// Its name, without the folder.
    pub name: String,
    /// SHA-256 of its text.
    pub sha256: String,
}

/// The plan of a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanDocument {
    /// What the plan calls itself.
    pub name: String,
    /// Agents in it.
    pub agents: u64,
    /// The day it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// One scenario.
#[allow(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunDocument {
    /// The scenario with its arguments, as asked for.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// What it models.
    pub about: String,
    /// How long it is looked at.
    pub horizon_ms: u64,
    /// When it begins: `Mon 09:00`.
    pub starts: String,
    /// Whether that is the busiest hour, since the scenario does not say.
    pub starts_at_busiest_hour: bool,
    /// Whether anything of the scenario applies to the plan.
    pub applies: bool,
    /// What its parameters were.
    pub chose: Vec<ChoiceDocument>,
    /// Selectors that took nothing, and other remarks.
    pub remarks: Vec<String>,
    /// The verdict in one paragraph.
    pub verdict: String,
    /// Whether an objective is missed, for certain.
    pub missed: bool,
    /// Whether an objective is missed or may be: not all are met for certain.
    #[serde(default)]
    pub may_be_missed: bool,
    /// The plan with nothing failed, at the hour of the start.
    pub normal: BothDocument,
    /// The moment at which most agents of its hour are lost once all have moved.
    pub worst_at_ms: u64,
    /// From when on as many work as normally, to the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub well_again_ms: Option<u64>,
    /// One verdict for each objective.
    pub objectives: Vec<VerdictDocument>,
    /// Groups that lose somebody at the worst moment, most agents first.
    pub groups_hit: Vec<GroupDocument>,
    /// What happens, in order.
    pub moments: Vec<MomentDocument>,
    /// Who works over time, left alone, no change made.
    pub curve: Vec<PointDocument>,
    /// What the results stand on.
    pub assumptions: Vec<AssumptionDocument>,
    /// What can be said for certain, where facts are not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<UnknownDocument>,
}

impl RunDocument {
    /// Whether some figure is not known.
    pub fn is_open(&self) -> bool {
        self.unknown.as_ref().is_some_and(|unknown| !unknown.moments.is_empty())
    }

    /// How many work at a time, at least and at most, where facts are not known.
    pub fn between(
        &self,
        at_ms: u64,
        of: impl Fn(&ExtentMomentDocument) -> &Extent,
    ) -> Option<Span> {
        let moments = &self.unknown.as_ref()?.moments;
        let extent = of(moments.iter().rfind(|one| one.at_ms <= at_ms)?);
        Some(Span { certain: extent.certain.working, possible: extent.possible.working })
    }
}

/// A parameter of the scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceDocument {
    /// Its name.
    pub parameter: String,
    /// What it was.
    pub value: String,
    /// Whether the user said so.
    pub given: bool,
}

/// What one moment does to everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MomentDocument {
    /// Time from the start.
    pub at_ms: u64,
    /// Hour of the week: `Mon 09:00`.
    pub hour: String,
    /// What begins, ends or runs out.
    pub happens: Vec<String>,
    /// Components that are down, hit or for want of what they stand on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub down: Vec<String>,
    /// How many would work at this hour with nothing failed.
    pub normally_working: u64,
    /// Who works on without doing anything.
    pub untouched: BothDocument,
    /// Once everybody has logged in again another way in the same place.
    pub settled: BothDocument,
    /// Once those have travelled who must.
    pub moved: BothDocument,
    /// What the directed target would be without moving anybody who works;
    /// `null` where it moves nobody who works.
    pub keeping: Option<KeepingDocument>,
    /// Objectives that some allocation reaches; `null` where neither is proven.
    pub attainable: Named<Option<bool>>,
    /// Loads against limits: normal, and moved.
    pub loads: Vec<LoadDocument>,
    /// What keeps calls of those from getting through who work moved and left
    /// alone, most of them first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocking: Vec<BlockingDocument>,
    /// Remarks of rules on ways in use.
    pub notes: Vec<NoteDocument>,
}

/// Something that lets only part of the calls through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockingDocument {
    /// A trunk, carrier or circuit to the PSTN; or what is congested: a network,
    /// an operator, `region:ID`.
    pub what: String,
    /// The channels of the former.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channels: Option<u64>,
    /// The share of calls that it blocks.
    pub millionths: u32,
}

/// The directed target if nobody who works is moved for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepingDocument {
    /// Agents who work and whom the target moves to another way.
    pub moved: u64,
    /// How many work if they are left where they are.
    pub working: u64,
}

/// Left alone and directed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BothDocument {
    /// Everybody by himself.
    pub left_alone: OutcomeDocument,
    /// Somebody has told people.
    pub directed: OutcomeDocument,
}

/// Agents by what became of them; the five last sum to `on_shift`, effective
/// apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tally {
    /// Who came.
    pub on_shift: u64,
    /// Working.
    pub working: u64,
    /// Working, times the share of their calls that get through, rounded down.
    pub effective: u64,
    /// At work, but not as it should be.
    pub impaired: u64,
    /// On the way to a way of working.
    pub in_transit: u64,
    /// Not working.
    pub stranded: u64,
}

/// One outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeDocument {
    /// Everybody.
    #[serde(flatten)]
    pub all: Tally,
    /// How many more might work than were found; 0 where exact.
    pub gap: u64,
    /// By class of agents; 1 is the highest.
    pub by_priority: Named<Tally>,
    /// By group.
    pub by_group: Named<Tally>,
    /// Users who are no agents, by group; counted nowhere else.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub users: Named<Tally>,
    /// By the first place of the group.
    pub by_site: Named<Tally>,
    /// By the first queue of the group.
    pub by_queue: Named<Tally>,
    /// By the kind of the group's first phone.
    pub by_phone: Named<Tally>,
    /// Agents counted towards each objective.
    pub objectives: Vec<CountDocument>,
    /// Why agents are impaired or stranded.
    pub reasons: Vec<ReasonDocument>,
    /// Optional applications that working agents do without.
    pub lost_applications: Vec<LostDocument>,
    /// Ids of assumptions that somebody at work stands on.
    pub assumptions: Vec<String>,
}

/// An objective in one outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountDocument {
    /// The queue, or `overall`.
    pub objective: String,
    /// Agents needed.
    pub need: u64,
    /// Agents who count.
    pub counted: u64,
    /// Whether the need is reached.
    pub met: bool,
}

/// Why some agents of a group do not work as they should.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReasonDocument {
    /// The group.
    pub group: String,
    /// `stranded` or `impaired`.
    pub state: String,
    /// `no way`, `no room`, `over its limit`, `voice lost`.
    pub reason: String,
    /// What has no room or is over its limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// What of it is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// How many.
    pub agents: u64,
}

/// An optional application that is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostDocument {
    /// The group.
    pub group: String,
    /// The application.
    pub application: String,
    /// How many working agents are without it.
    pub agents: u64,
}

/// A resource at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadDocument {
    /// The component whose capacity it is.
    pub resource: String,
    /// What is counted: `sessions`, `bit/s up`.
    pub what: String,
    /// The unit of the figures: `thousandths`, `bit/s`, `agents`.
    pub unit: String,
    /// Whether it refuses what does not fit; else it impairs all who share it.
    pub refuses: bool,
    /// The least that one agent with a live way over it puts on it, at the
    /// moment; absent where nobody has such a way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smallest: Option<u64>,
    /// With nothing failed.
    pub normal: UseDocument,
    /// At the moment, moved and left alone.
    pub left_alone: UseDocument,
    /// At the moment, moved and directed.
    pub directed: UseDocument,
}

/// A load against its limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseDocument {
    /// The load.
    pub used: u64,
    /// The limit; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Limit less load; negative where it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headroom: Option<i64>,
    /// Whether it refuses and has no room for the smallest load of one agent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub full: bool,
}

/// A remark of a rule on ways in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteDocument {
    /// The rule.
    pub rule: String,
    /// What it says.
    pub says: String,
    /// Groups with agents on such ways.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
}

/// How an objective stands over the whole run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictDocument {
    /// The queue, or `overall`.
    pub objective: String,
    /// `met`, `missed`, `missed but attainable`, `cannot be said`.
    pub verdict: String,
    /// In a sentence.
    pub says: String,
    /// Agents needed, at the worst time after the RTO.
    pub need: u64,
    /// Agents counted there, left alone.
    pub counted: u64,
    /// Agents counted there, moved and directed.
    pub directed: u64,
    /// `effective` or `working`.
    pub counts: String,
    /// By when it has to be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rto_ms: Option<u64>,
    /// How long below is tolerable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mtpd_ms: Option<u64>,
    /// When it was reached for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached_ms: Option<u64>,
    /// The spells below the need, in order.
    pub spells: Vec<SpellDocument>,
    /// For how long it was below.
    pub below_ms: u64,
    /// Whether that is longer than the MTPD.
    pub beyond_mtpd: bool,
    /// Where the plan has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What it hangs on, where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<DecidedDocument>,
}

/// A time below the need, until it is met and held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpellDocument {
    /// From when.
    pub from_ms: u64,
    /// When the need was reached for good; absent: not within the horizon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_ms: Option<u64>,
}

/// A group that loses somebody at the worst moment, once all have moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupDocument {
    /// The group.
    pub group: String,
    /// Whether they are users who are no agents.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub users: bool,
    /// How many work normally.
    pub normally_working: u64,
    /// Left alone.
    pub left_alone: Tally,
    /// Directed.
    pub directed: Tally,
    /// Why, in a clause for each reason.
    pub why: Vec<String>,
    /// The way that fewest changes would open, beside what is full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<NearestDocument>,
}

/// A way that is closed until changes are made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearestDocument {
    /// In words.
    pub way: String,
    /// The changes, each with its object and rule.
    pub changes: Vec<String>,
}

/// Agents from a time on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointDocument {
    /// From when.
    pub at_ms: u64,
    /// Working.
    pub working: u64,
    /// Effective, rounded down.
    pub effective: u64,
    /// Counted towards each objective.
    pub counted: Named<u64>,
}

/// Something that the plan does not give and a result stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssumptionDocument {
    /// Its id.
    pub id: String,
    /// What it says.
    pub says: String,
    /// The value used.
    pub value: String,
    /// The plausible range.
    pub range: String,
    /// The rule it belongs to, or `language` where Outlast sets it.
    pub source: String,
    /// `favours-working`, `against-working`, `neither`.
    pub leans: String,
    /// Whether something in the scenario stands on it, not only the normal state.
    pub in_scenario: bool,
}
