//! The inputs of the gate network: basic events, conditions, changes.
//!
//! A basic event is what happens by chance or scenario and is kept apart from
//! the components it takes down. A condition is a setting that a scenario can
//! spoil: a pair of inputs of which a state has exactly one.

use outlast_models::{ComponentId, Id};

/// An input of one problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InputId(pub u32);

impl InputId {
    /// Its index in dense columns.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What an input says while it is true.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// The component itself has not failed.
    Up(ComponentId),
    /// The site's UPS and fuel still carry it without any feed (or a mobile
    /// operator's battery, by its component id).
    Reserve(Id),
    /// The site may be entered.
    Open(Id),
    /// A setting is as the plan has it.
    AsWritten(Setting),
    /// A setting is spoiled.
    Spoiled(Setting),
    /// A region of the cloud stands in for the one that it backs.
    StandsIn(Id),
    /// A change is in force.
    InForce(Change),
    /// A change that switches something is not in force yet: the other one of
    /// the pair.
    NotYet(Change),
}

/// A setting that a scenario can spoil.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// The services' Internet addresses are those that were resolved.
    Addresses,
    /// A PAC file works as its text says; spoiled, it fails open.
    Pac(Id),
    /// A firewall or proxy leaves TURN alone.
    TurnClear(Id),
    /// A VPN's tunnel is split.
    Split(Id),
    /// A firewall keeps idle UDP sessions long enough.
    UdpIdle(Id),
}

/// A failover step that opens a way of working (rules with effect Change).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// Provision a phone for a group (PHN-06).
    ProvisionPhone {
        /// The phone.
        phone: Id,
        /// For whom.
        group: Id,
    },
    /// Let a group enter by direct URLs (OFF-08).
    UseDirectUrls {
        /// For whom.
        group: Id,
    },
    /// Put a prepared PAC file in force for a group (OFF-04).
    DeployPac {
        /// The PAC file.
        pac: Id,
        /// For whom.
        group: Id,
    },
    /// Ask the vendor to open a service to the Internet (INT-09).
    RequestOpenAccess {
        /// The service.
        service: Id,
    },
    /// Ask the vendor to accept an egress (INT-11).
    RegisterKnownIps {
        /// The egress.
        egress: Id,
    },
    /// Route a site or VPN on the private network (PRV-08).
    EnableRouting {
        /// The site or VPN.
        source: Id,
    },
    /// Ask the vendor to accept a private address (PRV-08).
    RegisterPrivateIps {
        /// The site or VPN.
        source: Id,
    },
    /// Set the proxy option of a softphone (PRX-09).
    SetSoftphoneProxy {
        /// The phone.
        phone: Id,
        /// The proxy.
        proxy: Id,
    },
    /// Turn a full tunnel into a split one (OFF-06).
    EnableSplitTunnel {
        /// The VPN.
        vpn: Id,
    },
    /// Upgrade the screen recorder of a group (OFF-07).
    UpgradeScreenRecorder {
        /// For whom.
        group: Id,
    },
}

impl Change {
    /// Whether it exchanges one thing for another, so that it may close ways as
    /// well as open them; the others only add.
    pub const fn switches(&self) -> bool {
        match self {
            Self::DeployPac { .. }
            | Self::SetSoftphoneProxy { .. }
            | Self::EnableSplitTunnel { .. }
            | Self::UpgradeScreenRecorder { .. } => true,
            Self::ProvisionPhone { .. }
            | Self::UseDirectUrls { .. }
            | Self::RequestOpenAccess { .. }
            | Self::RegisterKnownIps { .. }
            | Self::EnableRouting { .. }
            | Self::RegisterPrivateIps { .. } => false,
        }
    }

    /// Its name in plans and results.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ProvisionPhone { .. } => "provision_phone",
            Self::UseDirectUrls { .. } => "use_direct_urls",
            Self::DeployPac { .. } => "deploy_pac",
            Self::RequestOpenAccess { .. } => "request_open_access",
            Self::RegisterKnownIps { .. } => "register_known_ips",
            Self::EnableRouting { .. } => "enable_routing",
            Self::RegisterPrivateIps { .. } => "register_private_ips",
            Self::SetSoftphoneProxy { .. } => "set_softphone_proxy",
            Self::EnableSplitTunnel { .. } => "enable_split_tunnel",
            Self::UpgradeScreenRecorder { .. } => "upgrade_screen_recorder",
        }
    }

    /// The rule that asks for it.
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::ProvisionPhone { .. } => "PHN-06",
            Self::UseDirectUrls { .. } => "OFF-08",
            Self::DeployPac { .. } => "OFF-04",
            Self::RequestOpenAccess { .. } => "INT-09",
            Self::RegisterKnownIps { .. } => "INT-11",
            Self::EnableRouting { .. } | Self::RegisterPrivateIps { .. } => "PRV-08",
            Self::SetSoftphoneProxy { .. } => "PRX-09",
            Self::EnableSplitTunnel { .. } => "OFF-06",
            Self::UpgradeScreenRecorder { .. } => "OFF-07",
        }
    }

    /// What it is done to.
    pub fn object(&self) -> &Id {
        match self {
            Self::ProvisionPhone { phone, .. } | Self::SetSoftphoneProxy { phone, .. } => phone,
            Self::UseDirectUrls { group } | Self::UpgradeScreenRecorder { group } => group,
            Self::DeployPac { pac, .. } => pac,
            Self::RequestOpenAccess { service } => service,
            Self::RegisterKnownIps { egress } => egress,
            Self::EnableRouting { source } | Self::RegisterPrivateIps { source } => source,
            Self::EnableSplitTunnel { vpn } => vpn,
        }
    }
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}({})", self.name(), self.object())
    }
}
