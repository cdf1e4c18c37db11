//! Queues and objectives.

use super::common::Named;
use crate::fact::Fact;
use crate::place::Place;
use crate::units::{Millionths, Millis};

/// An entry of `queues`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Where it is written.
    pub place: Place,
    /// `priority`, 1 the highest (default 1).
    pub priority: Fact<u32>,
}

/// An entry of `objectives`.
#[derive(Debug, Clone, PartialEq)]
pub struct Objective {
    /// Where it is written.
    pub place: Place,
    /// `queue` or `overall: true` (`None`).
    pub queue: Option<Named>,
    /// `mbco`; all of those on shift where that is unknown.
    pub mbco: Fact<Mbco>,
    /// `rto`.
    pub rto: Fact<Option<Millis>>,
    /// `mtpd`.
    pub mtpd: Fact<Option<Millis>>,
    /// `count: working`; else effective.
    pub counts_working: Fact<bool>,
}

/// The minimum business continuity objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mbco {
    /// A share of those on shift.
    Share(Millionths),
    /// So many agents.
    Agents(u64),
}
