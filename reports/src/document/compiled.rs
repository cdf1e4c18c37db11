//! The document of `outlast compile`: a compiled plan for other programs to work on.

use serde::{Deserialize, Serialize};

use super::HeadDocument;

/// A load of one working agent: on which resource, how much he holds, and how much more
/// while in a call.
pub type LoadOfOne = (u32, u64, u64);

/// Results of `outlast compile`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompiledDocument {
    /// What it was made from; of the kind `compile`.
    #[serde(flatten)]
    pub head: HeadDocument,
    /// The hour of the week.
    pub hour: String,
    /// Blocking at which channels are full, in millionths.
    pub grade_of_service: u32,
    /// Whether who is logged in works on without the login service.
    pub sessions_survive_login_loss: bool,
    /// What is live.
    pub network: NetworkDocument,
    /// Everything that can fail.
    pub failures: Vec<CompiledFailureDocument>,
    /// Everything that is loaded.
    pub resources: Vec<ResourceDocument>,
    /// Legs of ways; ways name them by place.
    pub legs: Vec<CompiledLegDocument>,
    /// Agents who are alike.
    pub cohorts: Vec<CohortDocument>,
    /// Objectives, highest priority first.
    pub objectives: Vec<NeedDocument>,
}

/// The gates and what they stand on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkDocument {
    /// The inputs.
    pub inputs: Vec<SignalDocument>,
    /// The gates; operands come first.
    pub gates: Vec<GateDocument>,
    /// Inputs that hold while a feed does.
    pub reserves: Vec<ReserveDocument>,
    /// Inputs that hold once a region does not.
    pub standbys: Vec<StandbyDocument>,
}

/// An input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalDocument {
    /// What it says while it holds: `up dc-york`.
    pub says: String,
    /// Whether it holds with nothing failed.
    pub holds: bool,
}

/// What a gate computes; operands are places of gates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateDocument {
    /// Always on.
    On,
    /// Never on.
    Off,
    /// An input by its place.
    Input(u32),
    /// On while all are.
    And(Vec<u32>),
    /// On while one is.
    Or(Vec<u32>),
    /// On while so many are.
    AtLeast(u32, Vec<u32>),
}

/// An input that holds while one of its feeds does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReserveDocument {
    /// The input.
    pub input: u32,
    /// The inputs of its feeds.
    pub feeds: Vec<u32>,
}

/// An input that holds once one of its regions does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandbyDocument {
    /// The input.
    pub input: u32,
    /// The inputs of the regions that it stands in for.
    pub regions: Vec<u32>,
}

/// Something that can fail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompiledFailureDocument {
    /// The component, common cause or hazard.
    pub id: String,
    /// Which kind of component it is, or `common-cause` or `hazard`.
    pub kind: String,
    /// The inputs that it turns off.
    pub takes: Vec<u32>,
    /// The share of the time that it is in force, in 10⁻¹⁵; of what has no rate nought.
    pub chance_e15: u64,
}

/// Something that is loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceDocument {
    /// The component whose capacity it is.
    pub id: String,
    /// What is counted.
    pub unit: String,
    /// Whether it refuses what does not fit; else it impairs all who share it.
    pub refuses: bool,
    /// Whether an agent holds it once, whatever of his runs through it.
    pub once: bool,
    /// How much there is.
    pub capacity: CapacityDocument,
    /// Members of a line that carry something alone too: the member by its place, and
    /// the resource on which its share of the line's load falls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared_by: Vec<(u32, u32)>,
}

/// A capacity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapacityDocument {
    /// None.
    Unlimited,
    /// So much, whatever fails.
    Fixed(u64),
    /// Channels of each member that is up, admitted by Erlang B together.
    Channels(Vec<MemberDocument>),
    /// The first member that is up.
    First(Vec<MemberDocument>),
    /// All that are up, each loaded in proportion to what it has.
    Shared(Vec<MemberDocument>),
    /// All that are up, each loaded by what it has left.
    Sum(Vec<MemberDocument>),
}

/// A part of a capacity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberDocument {
    /// It is up while all of these gates are on.
    pub gates: Vec<u32>,
    /// How much it has; absent: without limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has: Option<u64>,
}

/// A leg with its alternatives, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompiledLegDocument {
    /// Whether the agent cannot work without it.
    pub required: bool,
    /// The alternatives that no rule refuses.
    pub routes: Vec<RouteDocument>,
}

/// An alternative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteDocument {
    /// On while everything it stands on is up.
    pub gate: u32,
    /// Used only while none of these is taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<EarlierDocument>,
    /// What it loads.
    pub loads: Vec<LoadOfOne>,
}

/// An earlier one of fixed alternatives: taken while it is on and none of those before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierDocument {
    /// On while it is up.
    pub gate: u32,
    /// Those before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<EarlierDocument>,
}

/// Agents who are alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CohortDocument {
    /// Their group.
    pub group: String,
    /// How many of them are there at the hour.
    pub agents: u64,
    /// Whether they are agents at all.
    pub counted: bool,
    /// Their class; 1 is the highest.
    pub priority: u32,
    /// Their occupancy in a state with a failure, in millionths.
    pub occupancy: u32,
    /// The objectives towards which they count.
    pub objectives: Vec<u32>,
    /// Their ways, most preferred first, but for those that a rule closes.
    pub ways: Vec<CompiledWayDocument>,
}

/// A way of working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompiledWayDocument {
    /// Preference, 0 the first.
    pub rank: u32,
    /// On while place, machines and settings are.
    pub gate: u32,
    /// What it loads whatever its legs do.
    pub loads: Vec<LoadOfOne>,
    /// Its legs.
    pub legs: Vec<u32>,
}

/// What an objective needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedDocument {
    /// Its queue, or `overall`.
    pub of: String,
    /// Its priority.
    pub priority: u32,
    /// Whether it is of everybody.
    pub overall: bool,
    /// How many agents it needs.
    pub need: u64,
    /// Whether working agents count; else those whose calls get through.
    pub counts_working: bool,
    /// Whether it asks for the most of those of its queue.
    pub leads: bool,
}
