//! Networks, circuits, bundles and exits.

use indexmap::IndexMap;

use super::common::{Common, Named};
use crate::fact::Fact;
use crate::id::Id;
use crate::place::Place;
use crate::units::Bps;

/// A network.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// Where it is written.
    pub place: Place,
    /// What it is.
    pub kind: NetworkKind,
    /// `carrier`: the provider (a word for selectors).
    pub carrier: Fact<Option<Named>>,
    /// `cloud_regions`: which regions of the cloud it reaches; `None` = all,
    /// an empty list = a corporate WAN between sites.
    pub cloud_regions: Fact<Option<Vec<Named>>>,
    /// `routed`: the sites that are routed on it; `None` = all.
    pub routed: Fact<Option<Vec<Named>>>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// The three kinds of network (TRN-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkKind {
    /// The Internet.
    Internet,
    /// The public switched telephone network.
    Pstn,
    /// A private network.
    Private,
}

/// An entry of `circuits`.
#[derive(Debug, Clone, PartialEq)]
pub struct Circuit {
    /// Where it is written.
    pub place: Place,
    /// `from`: a site.
    pub from: Named,
    /// `to`: a network.
    pub to: Named,
    /// `capacity`.
    pub capacity: Fact<Capacity>,
    /// `provider`.
    pub provider: Fact<Option<Named>>,
    /// `conduit`.
    pub conduit: Fact<Option<Named>>,
    /// `egress`: its source address, where the plan gives one.
    pub egress: Fact<Option<Address>>,
    /// `ip`.
    pub ip: Fact<IpVersion>,
    /// `admission: cac`: whether it refuses what does not fit.
    pub admission: Fact<bool>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// Capacity of a circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capacity {
    /// Not given: unlimited, which favours working.
    Unlimited,
    /// Bits per second each way.
    Bits(Directions),
    /// Voice channels (circuits to the PSTN).
    Channels(u64),
}

/// Bits per second each way, as the site sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Directions {
    /// Towards the site or agent; `None` is without limit.
    pub down: Option<Bps>,
    /// Away from the site or agent; `None` is without limit.
    pub up: Option<Bps>,
}

/// `ip` of a circuit or home line; an IPv6-only one carries nothing (TRN-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IpVersion {
    /// `v4`.
    V4,
    /// `v6`.
    V6,
    /// `both`.
    Both,
}

/// An address in the plan, with its text for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// One address or block; a single address is a block of one.
    pub net: ipnet::IpNet,
    /// Where it is written.
    pub place: Place,
}

/// An entry of `bundles`.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// Where it is written.
    pub place: Place,
    /// `of`: circuits of one site to one network, in order.
    pub of: Vec<Named>,
    /// `mode`.
    pub mode: Fact<BundleMode>,
    /// `sharing: adaptive`: whether capacity is the sum of what is left.
    pub adaptive: Fact<bool>,
    /// `tags`, `needs`, `units`.
    pub common: Common,
}

/// How a bundle uses its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundleMode {
    /// All members that are up, by nominal capacity.
    ActiveActive,
    /// The first member that is up.
    ActivePassive,
}

/// `exits` of one site.
#[derive(Debug, Clone, PartialEq)]
pub struct Exits {
    /// Where they are written.
    pub place: Place,
    /// For a network (or `private` for every private network), the ways out.
    pub by_network: IndexMap<Id, Fact<Vec<Exit>>>,
}

/// One way out of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    /// `here`.
    Here(Place),
    /// Through another site.
    Site(Named),
}
