//! Identity: kind and id, never an index.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

/// An id as written in the plan. Ids of everything that can fail share one
/// namespace; order is the order of the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(Arc<str>);

impl Id {
    /// Makes an id of a text.
    pub fn new(text: &str) -> Self {
        Self(Arc::from(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

/// What a component is; the words that a selector's `kind` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Site where people sit.
    Office,
    /// Site where systems stand.
    DataCenter,
    /// The homes of one region.
    Homes,
    /// A third party's site.
    Vendor,
    /// Internet, PSTN, or a private network.
    Network,
    /// A circuit from a site to a network.
    Circuit,
    /// Circuits used as one.
    Bundle,
    /// A firewall.
    Firewall,
    /// A fleet of workstations.
    Workstation,
    /// A web proxy.
    Proxy,
    /// A VPN gateway.
    Vpn,
    /// A farm of virtual desktops.
    Vdi,
    /// Corporate telephony.
    Pbx,
    /// A session border controller of the customer.
    Sbc,
    /// A SIP trunk.
    Trunk,
    /// A PSTN carrier.
    Carrier,
    /// A counted pool.
    Pool,
    /// A power feed.
    Feed,
    /// A duct that circuits share.
    Conduit,
    /// One Internet provider of the homes of one site: `homes-north.civic`.
    HomeIsp,
    /// One mobile operator in one region: `mobile.north.tellus`.
    MobileOperator,
    /// A system of the cloud: `cloud.portal`, `dns`, `crl`, `sso-provider`.
    Cloud,
    /// A region of the cloud.
    CloudRegion,
    /// Anything else that the plan says can fail.
    Component,
}

impl Kind {
    /// The word for it in plans, scenarios and results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::DataCenter => "data-center",
            Self::Homes => "homes",
            Self::Vendor => "vendor",
            Self::Network => "network",
            Self::Circuit => "circuit",
            Self::Bundle => "bundle",
            Self::Firewall => "firewall",
            Self::Workstation => "workstation",
            Self::Proxy => "proxy",
            Self::Vpn => "vpn",
            Self::Vdi => "vdi",
            Self::Pbx => "pbx",
            Self::Sbc => "sbc",
            Self::Trunk => "trunk",
            Self::Carrier => "carrier",
            Self::Pool => "pool",
            Self::Feed => "feed",
            Self::Conduit => "conduit",
            Self::HomeIsp => "home-isp",
            Self::MobileOperator => "mobile-operator",
            Self::Cloud => "cloud",
            Self::CloudRegion => "cloud-region",
            Self::Component => "component",
        }
    }

    /// Every kind, in order.
    pub const ALL: [Self; 24] = [
        Self::Office,
        Self::DataCenter,
        Self::Homes,
        Self::Vendor,
        Self::Network,
        Self::Circuit,
        Self::Bundle,
        Self::Firewall,
        Self::Workstation,
        Self::Proxy,
        Self::Vpn,
        Self::Vdi,
        Self::Pbx,
        Self::Sbc,
        Self::Trunk,
        Self::Carrier,
        Self::Pool,
        Self::Feed,
        Self::Conduit,
        Self::HomeIsp,
        Self::MobileOperator,
        Self::Cloud,
        Self::CloudRegion,
        Self::Component,
    ];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What can fail: kind and id. Stable against reordering of the plan and
/// against everything else in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ComponentId {
    /// What it is.
    pub kind: Kind,
    /// Its id, unique among everything that can fail.
    pub id: Id,
}

impl ComponentId {
    /// Makes an identity.
    pub fn new(kind: Kind, id: impl Into<Id>) -> Self {
        Self { kind, id: id.into() }
    }
}

impl fmt::Display for ComponentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}
