//! The document of `outlast risk`.

use serde::{Deserialize, Serialize};

use super::HeadDocument;
use crate::named::Named;

/// Results of `outlast risk`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskDocument {
    /// What it was made from; of the kind `risk`.
    #[serde(flatten)]
    pub head: HeadDocument,
    /// What was asked.
    pub asked: RiskAskedDocument,
    /// The verdict in one paragraph.
    pub verdict: String,
    /// Whether it was stopped before its end.
    pub partial: bool,
    /// Why something cannot be said, and what to write into the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silence: Option<SilenceDocument>,
    /// What the answer does not count.
    pub remarks: Vec<String>,
    /// Everything that happens by chance: components by id, common causes, hazards.
    pub events: Vec<EventDocument>,
    /// Components without a rate.
    pub never: Vec<String>,
    /// Figures of events that are ours.
    pub assumptions: Vec<GuessDocument>,
    /// One moment of the busiest hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moment: Option<MomentViewDocument>,
    /// A year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<YearViewDocument>,
}

/// What was asked of `outlast risk`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskAskedDocument {
    /// States to be drawn beside those enumerated.
    pub trials: u64,
    /// Years to be simulated.
    pub years: u64,
    /// By what both are drawn.
    pub seed: u64,
    /// Draw no more once every chance is known so well: `1%`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_error: Option<String>,
}

/// Why something cannot be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SilenceDocument {
    /// Of what: `everything` or `moment`.
    pub of: String,
    /// Why.
    pub why: String,
    /// What to do.
    pub help: String,
    /// What to write into the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub write: Option<String>,
}

/// A chance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChanceDocument {
    /// As people read it, with four digits: `0.01234%`.
    pub says: String,
    /// In parts of 10¹².
    pub e12: i64,
}

/// Between what something lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BetweenDocument<T> {
    /// Not below.
    pub low: T,
    /// Not above.
    pub high: T,
}

/// A figure of the state view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownDocument<T> {
    /// By all that was looked at.
    pub best: T,
    /// Whatever was not looked at comes to.
    pub certain: BetweenDocument<T>,
    /// With 95 %.
    pub likely: BetweenDocument<T>,
}

/// Something that happens by chance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDocument {
    /// The component, common cause or hazard.
    pub id: String,
    /// The kind of the component, `common-cause` or `hazard`.
    pub kind: String,
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
    /// How that is spread: `exponential`, `fixed`, `lognormal 1.2`.
    pub law: String,
    /// Figures of it that are ours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<String>,
    /// Whether anything stands on what it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decides: Option<bool>,
    /// Thousandths of agents lost by the time it is in force, expected at a moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost_thousandths: Option<i64>,
    /// Agent-hours lost a year while it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<EndsDocument<ShareDocument>>,
    /// What it is to each objective that is ever missed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub importance: Vec<ImportanceDocument>,
}

/// Something that a hazard may hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MayTakeDocument {
    /// The component.
    pub id: String,
    /// With what chance.
    pub chance: ChanceDocument,
}

/// What an event has of the agent-hours lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareDocument {
    /// In all years, exactly.
    pub sum_agent_ms: String,
    /// Of all that is lost, in thousandths.
    pub thousandths: i64,
}

/// How much an event matters to an objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportanceDocument {
    /// The queue, or `overall`.
    pub objective: String,
    /// The chance of missing it while the event is in force.
    pub given: ChanceDocument,
    /// The same while it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without: Option<ChanceDocument>,
    /// Birnbaum's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birnbaum: Option<ChanceDocument>,
    /// Fussell and Vesely's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fussell_vesely: Option<ChanceDocument>,
    /// Risk achievement worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achievement: Option<String>,
    /// Risk reduction worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reduction: Option<String>,
}

/// A figure of events that is ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuessDocument {
    /// What it is: `mtbf of circuit`.
    pub figure: String,
    /// The value used.
    pub value: String,
    /// The low end of what is plausible.
    pub low: String,
    /// The high end.
    pub high: String,
    /// Of how many events.
    pub events: usize,
    /// The chance of missing each objective at either end, where any is ever missed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<GuessEffectDocument>,
}

/// What a guess does to an objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuessEffectDocument {
    /// The queue, or `overall`.
    pub objective: String,
    /// The chance of missing it with the low end.
    pub low: ChanceDocument,
    /// With the high end.
    pub high: ChanceDocument,
}

/// The state view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MomentViewDocument {
    /// The hour of the week.
    pub hour: String,
    /// Whether more are on shift then than at another.
    pub busiest: bool,
    /// Sets of up to so many events were enumerated.
    pub order: usize,
    /// The chance of more events at once.
    pub rest: ChanceDocument,
    /// States drawn of those.
    pub trials: u64,
    /// Agents on shift.
    pub on_shift: u64,
    /// Of these, working with nothing failed.
    pub normally_working: u64,
    /// Thousandths of agents working, expected.
    pub working_thousandths: KnownDocument<u64>,
    /// So many or more work with a chance.
    pub at_least: Vec<AtLeastDocument>,
    /// The chance that fewer than a share of the normal work.
    pub fewer_than: Vec<FewerDocument>,
    /// Thousandths of agents working in the worst share of the time, expected.
    pub shortfall: Vec<ShortfallDocument>,
    /// Thousandths of agents lost, expected, by the first place of the group.
    pub lost_by_site: Named<i64>,
    /// By the first queue of the group.
    pub lost_by_queue: Named<i64>,
    /// By the kind of the group's first phone.
    pub lost_by_phone: Named<i64>,
    /// Each objective.
    pub objectives: Vec<MissedDocument>,
}

impl MomentViewDocument {
    /// `at Mon 10:00`; `at any moment` where all hours are alike.
    pub fn when(&self) -> String {
        if self.busiest { format!("at {}", self.hour) } else { "at any moment".to_owned() }
    }
}

/// How many work at least.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtLeastDocument {
    /// With this chance: `99.9%`.
    pub chance: String,
    /// By what was drawn.
    pub best: u64,
    /// Where nobody works in states that were not enumerated.
    pub worst: u64,
    /// Where everybody does.
    pub most: u64,
}

/// The chance that few work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FewerDocument {
    /// Of those who normally work.
    pub share: String,
    /// Fewer than so many.
    pub agents: u64,
    /// With what chance.
    pub chance: KnownDocument<ChanceDocument>,
}

/// How it is where it is worst.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShortfallDocument {
    /// Of the time.
    pub share: String,
    /// Thousandths of agents working then, expected.
    pub working_thousandths: u64,
}

/// The chance of missing an objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedDocument {
    /// The queue, or `overall`.
    pub objective: String,
    /// Agents needed.
    pub need: u64,
    /// Agents on shift who may count.
    pub on_shift: u64,
    /// `attained`, `open` or `missed` with nothing failed.
    pub normally: String,
    /// The chance that it is missed; what is undecided counts half in the best figure.
    pub missed: KnownDocument<ChanceDocument>,
    /// The chance of a state of which it cannot be said.
    pub undecided: ChanceDocument,
}

/// Everybody has moved at once, and nobody has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndsDocument<T> {
    /// Everybody who can has moved at once and is directed.
    pub moved: T,
    /// Nobody does anything.
    pub still: T,
}

/// A loss of agents' work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursDocument {
    /// In whole hours, half up.
    pub agent_hours: u64,
    /// In milliseconds.
    pub agent_ms: u64,
}

/// The year view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearViewDocument {
    /// Years simulated.
    pub years: u64,
    /// What a year loses.
    pub lost: EndsDocument<LostInYearDocument>,
    /// Episodes in all years.
    pub episodes: u64,
    /// Of these with more than one event in force at once.
    pub of_several: u64,
    /// States at an hour that were assessed.
    pub assessed: u64,
    /// The plan's appetite.
    pub appetite: Vec<AppetiteDocument>,
    /// Each objective.
    pub objectives: Vec<BreachesDocument>,
}

/// What a year loses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostInYearDocument {
    /// The mean.
    pub mean: HoursDocument,
    /// By how much the mean may be off for the number of years: its standard error.
    pub standard_error: HoursDocument,
    /// Between what the mean lies, with 95 % by the normal law; absent where too few years
    /// lose anything for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likely: Option<BetweenDocument<HoursDocument>>,
    /// All years, exactly.
    pub sum_agent_ms: String,
    /// What a whole year loses, by how seldom (AEP).
    pub year: Vec<OnceInDocument>,
    /// What its worst episode loses (OEP).
    pub episode: Vec<OnceInDocument>,
}

/// A loss that a year reaches once in so many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnceInDocument {
    /// In so many years.
    pub years: u64,
    /// The loss of that rank, between the ends of its bin.
    pub lost: BetweenDocument<HoursDocument>,
    /// Not below, with 95 %.
    pub low: HoursDocument,
    /// Not above; absent where the years are too few to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<HoursDocument>,
}

/// A loss that is borne, against what years lose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppetiteDocument {
    /// As the plan says it.
    pub lost: String,
    /// The same in agents' work.
    pub agent_ms: u64,
    /// With what chance in a year it is borne.
    pub yearly: String,
    /// The chance of a year that loses so much, with 95 %.
    pub chance: EndsDocument<BetweenDocument<ChanceDocument>>,
    /// `within`, `beyond`, `cannot be said`.
    pub verdict: String,
}

/// How an objective fares in years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreachesDocument {
    /// The queue, or `overall`.
    pub objective: String,
    /// By when it has to be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rto_ms: Option<u64>,
    /// How long below is tolerable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mtpd_ms: Option<u64>,
    /// Below for longer than the RTO, or at all without one.
    pub rto: EndsDocument<BrokenDocument>,
    /// Below for longer than the MTPD.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mtpd: Option<EndsDocument<BrokenDocument>>,
    /// The longest time below in a year, by how seldom.
    pub longest: EndsDocument<Vec<LongestDocument>>,
}

/// How often something is broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokenDocument {
    /// In all years.
    pub times: u64,
    /// A year, with four digits.
    pub per_year: String,
    /// Years with one.
    pub years: u64,
    /// The chance of such a year, with 95 %.
    pub chance: BetweenDocument<ChanceDocument>,
}

/// A time below that a year reaches once in so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LongestDocument {
    /// In so many years.
    pub years: u64,
    /// Not below, by the bins.
    pub low_ms: u64,
    /// Not above.
    pub high_ms: u64,
}
