//! What an id may name.

use crate::id::Kind;
use crate::plan::SiteKind;

/// The sorts of things with ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Site,
    Network,
    Circuit,
    Bundle,
    Firewall,
    Workstation,
    Proxy,
    Vpn,
    Vdi,
    Pbx,
    Sbc,
    Trunk,
    Carrier,
    Pool,
    Resource,
    Component,
    Feed,
    Conduit,
    HomeIsp,
    MobileOperator,
    Cloud,
    CloudRegion,
    Pac,
    Phone,
    Queue,
    Group,
    CommonCause,
    Hazard,
}

/// Everything that can fail, so that `needs` may name it.
pub(super) const COMPONENTS: &[Sort] = &[
    Sort::Site,
    Sort::Network,
    Sort::Circuit,
    Sort::Bundle,
    Sort::Firewall,
    Sort::Workstation,
    Sort::Proxy,
    Sort::Vpn,
    Sort::Vdi,
    Sort::Pbx,
    Sort::Sbc,
    Sort::Trunk,
    Sort::Carrier,
    Sort::Pool,
    Sort::Component,
    Sort::Feed,
    Sort::Conduit,
    Sort::HomeIsp,
    Sort::MobileOperator,
    Sort::Cloud,
    Sort::CloudRegion,
];

impl Sort {
    /// The sort of the entries of the section whose singular is `word`.
    pub(super) fn of_word(word: &str) -> Self {
        match word {
            "site" => Self::Site,
            "network" => Self::Network,
            "circuit" => Self::Circuit,
            "bundle" => Self::Bundle,
            "firewall" => Self::Firewall,
            "workstation" => Self::Workstation,
            "proxy" => Self::Proxy,
            "pac" => Self::Pac,
            "vpn" => Self::Vpn,
            "vdi" => Self::Vdi,
            "pbx" => Self::Pbx,
            "sbc" => Self::Sbc,
            "trunk" => Self::Trunk,
            "carrier" => Self::Carrier,
            "phone" => Self::Phone,
            "pool" => Self::Pool,
            "resource" => Self::Resource,
            "queue" => Self::Queue,
            "group" => Self::Group,
            _ => Self::Component,
        }
    }

    /// What a thing of this sort is as something that can fail, if it can; of a site,
    /// where its kind is known.
    pub(super) fn kind(self, site: Option<SiteKind>) -> Option<Kind> {
        Some(match self {
            Self::Site => site?.kind(),
            Self::Network => Kind::Network,
            Self::Circuit => Kind::Circuit,
            Self::Bundle => Kind::Bundle,
            Self::Firewall => Kind::Firewall,
            Self::Workstation => Kind::Workstation,
            Self::Proxy => Kind::Proxy,
            Self::Vpn => Kind::Vpn,
            Self::Vdi => Kind::Vdi,
            Self::Pbx => Kind::Pbx,
            Self::Sbc => Kind::Sbc,
            Self::Trunk => Kind::Trunk,
            Self::Carrier => Kind::Carrier,
            Self::Pool => Kind::Pool,
            Self::Component => Kind::Component,
            Self::Feed => Kind::Feed,
            Self::Conduit => Kind::Conduit,
            Self::HomeIsp => Kind::HomeIsp,
            Self::MobileOperator => Kind::MobileOperator,
            Self::Cloud => Kind::Cloud,
            Self::CloudRegion => Kind::CloudRegion,
            Self::Resource
            | Self::Pac
            | Self::Phone
            | Self::Queue
            | Self::Group
            | Self::CommonCause
            | Self::Hazard => return None,
        })
    }

    /// Whether its ids stand in the one namespace of what can fail.
    pub(super) fn is_shared(self) -> bool {
        !matches!(self, Self::Pac | Self::Phone | Self::Queue | Self::Group)
    }

    /// Whether it is named by mention, so that naming it again is no mistake.
    pub(super) fn is_mentioned(self) -> bool {
        matches!(self, Self::Feed | Self::Conduit)
    }

    /// The sort with its article.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Site => "a site",
            Self::Network => "a network",
            Self::Circuit => "a circuit",
            Self::Bundle => "a bundle",
            Self::Firewall => "a firewall",
            Self::Workstation => "a workstation",
            Self::Proxy => "a proxy",
            Self::Vpn => "a VPN",
            Self::Vdi => "a VDI",
            Self::Pbx => "a PBX",
            Self::Sbc => "an SBC",
            Self::Trunk => "a trunk",
            Self::Carrier => "a carrier",
            Self::Pool => "a pool",
            Self::Resource => "a resource",
            Self::Component => "a component",
            Self::Feed => "a power feed",
            Self::Conduit => "a conduit",
            Self::HomeIsp => "a home provider",
            Self::MobileOperator => "a mobile operator",
            Self::Cloud => "a system of the cloud",
            Self::CloudRegion => "a region of the cloud",
            Self::Pac => "a PAC file",
            Self::Phone => "a phone",
            Self::Queue => "a queue",
            Self::Group => "a group",
            Self::CommonCause => "a common cause",
            Self::Hazard => "a hazard",
        }
    }

    /// Several sorts in words: `a site or a VPN`.
    pub(super) fn list(sorts: &[Self]) -> String {
        if sorts.len() > 7 {
            return "anything that can fail".to_owned();
        }
        let nouns: Vec<&str> = sorts.iter().map(|sort| sort.noun()).collect();
        match nouns.split_last() {
            None => "anything".to_owned(),
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        }
    }
}
