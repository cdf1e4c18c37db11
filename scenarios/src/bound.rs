//! A scenario with its meaning for one plan.

use outlast_models::units::{Millionths, Millis, WeekHour};
use outlast_models::yaml::Node;
use outlast_models::{ComponentId, Id, Place};

/// A scenario bound to a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// What was asked for: the scenario's id with the arguments given.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it models and assumes.
    pub about: String,
    /// How long it is looked at.
    pub horizon: Millis,
    /// When it begins; `None` = at the busiest hour.
    pub starts: Option<WeekHour>,
    /// What happens, by time, then in the order of the file.
    pub events: Vec<BoundEvent>,
    /// Each parameter with its value (several rows for several values), and
    /// whether the user gave it.
    pub chosen: Vec<(String, Id, bool)>,
    /// Selectors that took nothing, and what does not apply to this plan.
    pub notes: Vec<String>,
}

/// What a parameter may stand for where the default is the one on which most
/// agents depend.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Its id.
    pub id: Id,
    /// Everything that the scenario loses with it: all lines of a provider, not
    /// one of them.
    pub lost: Vec<Id>,
}

/// One event, bound.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundEvent {
    /// When it begins.
    pub at: Millis,
    /// When it ends; `None` = with the scenario.
    pub until: Option<Millis>,
    /// What it does.
    pub effect: Effect,
    /// Where it is written; where settings are changed, the path of these.
    pub place: Place,
    /// One line for people: `fail dc-york`.
    pub text: String,
}

/// What an event does to a plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// These are lost. A site is lost with its equipment and people, at once.
    Fail(Vec<ComponentId>),
    /// These keep a share: of their capacity, or else of who stands on them.
    Degrade(Vec<ComponentId>, Millionths),
    /// Calls over these carriers, mobile operators or the PSTN, and calls to
    /// phones in these regions, are declined with this probability.
    Congest(Vec<ComponentId>, Vec<Id>, Millionths),
    /// Nobody is at these sites; their equipment runs.
    Evacuate(Vec<Id>),
    /// This share of each of these groups does not come.
    Absent(Vec<Id>, Millionths),
    /// Demand of these queues, in thousandths of the usual.
    Surge(Vec<Id>, u64),
    /// A setting is spoiled.
    Condition(Condition),
    /// The plan's text is changed: dotted paths with their new values.
    Set(Vec<(String, Node)>),
}

impl Effect {
    /// Whether it takes nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Fail(all) | Self::Degrade(all, _) => all.is_empty(),
            Self::Congest(all, regions, _) => all.is_empty() && regions.is_empty(),
            Self::Evacuate(ids) | Self::Absent(ids, _) | Self::Surge(ids, _) => ids.is_empty(),
            Self::Set(settings) => settings.is_empty(),
            Self::Condition(_) => false,
        }
    }
}

/// A setting that can be spoiled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// The services' Internet addresses change.
    RotateInternetAddresses,
    /// This PAC file fails.
    PacBroken(Id),
    /// This firewall or proxy inspects TURN.
    TurnInspected(Id),
    /// This VPN's split tunnel is full.
    SplitToFull(Id),
    /// This firewall forgets UDP sessions before 140 s.
    UdpIdleShort(Id),
}
