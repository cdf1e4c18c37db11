//! What is asked and what is answered.

use std::collections::{BTreeMap, BTreeSet};

/// The whole, in millionths.
pub(crate) const WHOLE: u32 = 1_000_000;

/// A failure state.
#[derive(Default, Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Components that have failed, by id as in plans: `dc-york`, `cloud.turn`,
    /// `dns`, `homes-north.civic`, `mobile.north.operator`, feeds and conduits.
    pub failed: BTreeSet<String>,
    /// Sites that nobody may work at; their equipment runs.
    pub evacuated: BTreeSet<String>,
    /// Sites whose UPS and fuel have run out, and mobile operators whose
    /// battery has; they are lost once their feeds are gone too.
    pub unpowered: BTreeSet<String>,
    /// Degraded: component with a capacity, and the millionths left of it.
    pub shares: BTreeMap<String, u32>,
    /// Blocking in millionths by carrier, or `pstn`.
    pub blocking: BTreeMap<String, u32>,
    /// Whether the services' Internet addresses have rotated.
    pub rotated: bool,
    /// PAC files that no longer run.
    pub pac_broken: BTreeSet<String>,
    /// Firewalls and proxies that now inspect TURN.
    pub turn_inspected: BTreeSet<String>,
    /// Split VPNs that have become full tunnels.
    pub split_to_full: BTreeSet<String>,
    /// Firewalls whose UDP idle timeout has become too short.
    pub udp_idle_short: BTreeSet<String>,
}

impl Failure {
    /// Whether occupancy counts as stressed: a failure, evacuation,
    /// degradation, misconfiguration or congestion.
    pub fn is_stressed(&self) -> bool {
        *self != Self::default()
    }
}

/// One posture of one group, for the people with these providers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The group.
    pub group: String,
    /// The place; empty for a way that the plan states.
    pub place: String,
    /// `private`, `internet`, the id of a VPN, proxy or VDI, or of a stated way.
    pub access: String,
    /// The VPN of the connection, if it is one.
    pub vpn: Option<String>,
    /// The phone, for a group with voice.
    pub phone: Option<String>,
    /// Whether applications are entered by direct URLs.
    pub direct: bool,
    /// The prepared PAC file in use, if one is.
    pub pac: Option<String>,
    /// The Internet provider at each of the group's homes, as components.
    pub isps: Vec<String>,
    /// The mobile operator of the phone, as a component.
    pub operator: Option<String>,
    /// By drawn bundle on the group's routes: its members in these people's
    /// order.
    pub draws: BTreeMap<String, Vec<String>>,
    /// Whether it works.
    pub state: WayState,
}

/// Whether a way of working works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayState {
    /// Every required leg is live.
    Live,
    /// A component on it has failed, and no rule refuses it.
    Down,
    /// Every rule that refuses some required leg.
    Refused(BTreeSet<String>),
    /// Live once these changes are made.
    NeedsChange(BTreeSet<String>),
}
