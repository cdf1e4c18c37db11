//! The document of `outlast contingency`.

use serde::{Deserialize, Serialize};

use super::HeadDocument;
use crate::named::Named;

/// Results of `outlast contingency`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContingencyDocument {
    /// What it was made from; of the kind `contingency`.
    #[serde(flatten)]
    pub head: HeadDocument,
    /// Sets of up to so many failures were looked at.
    pub order: usize,
    /// Up to how many were asked for, where there are not as many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_asked: Option<usize>,
    /// Minimal cut sets of up to so many failures are all there.
    pub cuts: usize,
    /// Up to how many were asked for, where there was too much to look for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cuts_asked: Option<usize>,
    /// The hour of the week.
    pub hour: String,
    /// Whether more are on shift then than at another.
    pub busiest: bool,
    /// What people were to be shown alone: an objective, a group, or both of one name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked_for: Vec<WhomDocument>,
    /// The verdict in one paragraph.
    pub verdict: String,
    /// Whether a set misses an objective, or what was asked for, for certain.
    pub missed: bool,
    /// Whether one misses it or may.
    pub may_be_missed: bool,
    /// What hazards leave out, and other remarks.
    pub remarks: Vec<String>,
    /// With nothing failed.
    pub normal: UsualDocument,
    /// How many of those lost by any set are lost to the occupancy of an emergency.
    pub lost_to_stress: i64,
    /// Everything that can fail.
    pub failures: Vec<FailureDocument>,
    /// Failures of equal effect, where there are several; sets name the first.
    pub classes: Vec<Vec<String>>,
    /// What each failure does alone, worst first; of equal effect the first.
    pub singles: Vec<SetDocument>,
    /// Sets that do more than their parts, by how much more they lose.
    pub worse: Vec<SetDocument>,
    /// What misses each objective.
    pub objectives: Vec<CutsDocument>,
    /// What leaves nobody of a group a way.
    pub groups: Vec<CutsDocument>,
    /// Single points of failure.
    pub single_points: SinglePointsDocument,
    /// What was looked at, by order.
    pub looked: Vec<LookedDocument>,
}

impl ContingencyDocument {
    /// Something that can fail.
    pub fn failure(&self, id: &str) -> Option<&FailureDocument> {
        self.failures.iter().find(|one| one.id == id)
    }

    /// Whether a failure is of the cloud.
    pub fn is_cloud(&self, id: &str) -> bool {
        self.failure(id).is_some_and(FailureDocument::is_cloud)
    }

    /// Everything of equal effect with a failure that stands for it.
    pub fn alike(&self, first: &str) -> Vec<&str> {
        match self.classes.iter().find(|class| class[0] == first) {
            Some(class) => class.iter().map(String::as_str).collect(),
            None => self.failure(first).iter().map(|one| one.id.as_str()).collect(),
        }
    }
}

/// An objective or group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhomDocument {
    /// `objective` or `group`.
    pub what: String,
    /// Its name.
    pub name: String,
}

/// The normal state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsualDocument {
    /// Agents on shift.
    pub on_shift: u64,
    /// Of these, working.
    pub working: u64,
    /// How many more might.
    pub gap: u64,
    /// Agents without a live way, by group.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub without_way: Named<u64>,
}

/// Something that can fail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureDocument {
    /// Its id.
    pub id: String,
    /// The kind of the component, `common-cause` or `hazard`.
    pub kind: String,
    /// What else than itself it takes down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub takes: Vec<String>,
    /// The scenario that a hazard plays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plays: Option<String>,
    /// Whether anything stands on it.
    pub decides: bool,
}

impl FailureDocument {
    /// Whether it is a system or region of the cloud.
    pub fn is_cloud(&self) -> bool {
        self.kind.starts_with("cloud")
    }
}

/// A set of failures, and what it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetDocument {
    /// The failures.
    pub set: Vec<String>,
    /// How many sets are of equal effect, itself among them.
    pub stands_for: u64,
    /// How many fewer agents work than normally.
    pub lost: i64,
    /// How many more that is than by its parts; of one failure beyond the stress.
    pub beyond: i64,
    /// Agents who work.
    pub working: u64,
    /// How many more might.
    pub gap: u64,
    /// Objectives of which fewer work, or that are missed or open.
    pub objectives: Vec<HitObjectiveDocument>,
    /// Agents lost, by group.
    pub by_group: Named<i64>,
    /// Users lost who are no agents, by group; counted nowhere else.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub users: Named<i64>,
    /// By the first place of the group.
    pub by_site: Named<i64>,
    /// By the first queue of the group.
    pub by_queue: Named<i64>,
    /// By the kind of the group's first phone.
    pub by_phone: Named<i64>,
    /// Who has no live way and normally has one, by group.
    pub without_way: Named<u64>,
    /// Groups that normally work and of which nobody has a live way.
    pub groups_out: Vec<String>,
    /// What keeps the last of it off for a time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grace: Vec<GraceDocument>,
}

impl SetDocument {
    /// Objectives that it misses and that are normally attainable, in order, none twice.
    pub fn misses(&self) -> Vec<&str> {
        self.named("missed")
    }

    /// Objectives of which it cannot be said whether it misses them.
    pub fn opens(&self) -> Vec<&str> {
        self.named("open")
    }

    fn named(&self, standing: &str) -> Vec<&str> {
        let of = |one: &&HitObjectiveDocument| one.standing == standing && one.normally != standing;
        let mut names: Vec<&str> =
            self.objectives.iter().filter(of).map(|one| one.objective.as_str()).collect();
        names.dedup();
        names
    }
}

/// An objective that a set hits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HitObjectiveDocument {
    /// The queue, or `overall`.
    pub objective: String,
    /// `attained`, `open` or `missed`.
    pub standing: String,
    /// The same with nothing failed.
    pub normally: String,
    /// How many fewer work of those who may count towards it.
    pub lost: i64,
}

/// Something with a reserve whose last feed is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraceDocument {
    /// The component.
    pub id: String,
    /// How long batteries and fuel last.
    pub lasts_ms: u64,
}

/// What it takes to miss an objective or to stop a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutsDocument {
    /// The queue, `overall`, or the group.
    pub of: String,
    /// Agents on shift of the objective or group.
    pub on_shift: u64,
    /// Of an objective, how many it needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<u64>,
    /// `attained`, `open` or `missed` with nothing failed.
    pub normally: String,
    /// Minimal cut sets.
    pub minimal: Vec<CutDocument>,
    /// Sets of which it cannot be said, without a cut set in them.
    pub open: Vec<CutDocument>,
}

/// A cut set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutDocument {
    /// The failures.
    pub set: Vec<String>,
    /// How many sets are of equal effect, itself among them.
    pub stands_for: u64,
}

/// Single points of failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SinglePointsDocument {
    /// What alone misses an objective.
    pub objectives: Vec<SinglePointsOfDocument>,
    /// What alone leaves agents of a queue without a live way.
    pub queues: Vec<SinglePointsOfDocument>,
    /// The same of a group.
    pub groups: Vec<SinglePointsOfDocument>,
}

/// Single points of failure of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SinglePointsOfDocument {
    /// The objective, queue or group.
    pub of: String,
    /// Every such failure, those of equal effect each; most agents first.
    pub failures: Vec<SinglePointDocument>,
}

/// A single point of failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SinglePointDocument {
    /// The failure.
    pub id: String,
    /// Agents without a live way; of an objective how many fewer work.
    pub agents: i64,
}

/// Sets of one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedDocument {
    /// Of so many failures.
    pub order: usize,
    /// Sets of failures that decide something.
    pub sets: u64,
    /// Of these assessed; the others are of equal effect.
    pub assessed: u64,
    /// How many sets each assessed one stands for: `1.5`.
    pub for_each: String,
    /// Of those assessed, with agents lost.
    pub lose: u64,
    /// Of those assessed, with a gap.
    pub gaps: u64,
}
