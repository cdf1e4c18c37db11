//! What people work on and through: workstations, proxies, PAC files, VPN
//! gateways, virtual desktops.

use super::common::{Common, Named};
use super::firewalls::Destination;
use crate::catalogue::PhoneKind;
use crate::fact::Fact;
use crate::place::Place;
use crate::units::{Bps, Millionths};

/// An entry of `workstations`.
#[derive(Debug, Clone, PartialEq)]
pub struct Workstation {
    /// Where it is written.
    pub place: Place,
    /// `os`.
    pub os: Fact<Option<String>>,
    /// `endpoint: linux-elux`.
    pub elux: Fact<bool>,
    /// `revocation: hard-fail`: whether browsers refuse without CRL.
    pub hard_fail: Fact<bool>,
    /// `firewall.blocks`; empty = any.
    pub blocks: Fact<Vec<Blocked>>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// What a software firewall on a workstation blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocked {
    /// A phone of this kind.
    Phone(PhoneKind),
    /// Both kinds of softphone.
    Softphone,
    /// The browser.
    Browser,
    /// The screen recorder.
    ScreenRecording,
}

/// A machine that an application runs on; the same one wherever it is named.
#[derive(Debug, Clone)]
pub enum Machine {
    /// The agent's workstation.
    Workstation,
    /// A virtual desktop.
    Vdi(Named),
}

impl PartialEq for Machine {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Workstation, Self::Workstation) => true,
            (Self::Vdi(one), Self::Vdi(two)) => one.id == two.id,
            (Self::Workstation, Self::Vdi(_)) | (Self::Vdi(_), Self::Workstation) => false,
        }
    }
}

impl Eq for Machine {}

/// An entry of `proxies`.
#[derive(Debug, Clone, PartialEq)]
pub struct Proxy {
    /// Where it is written.
    pub place: Place,
    /// `site`.
    pub site: Named,
    /// `names`: host and port as a PAC file writes them.
    pub names: Vec<String>,
    /// `reaches`: networks; the default is the Internet.
    pub reaches: Fact<Vec<Named>>,
    /// `exclude: [turn]`: whether browsers set to it leave TURN direct.
    pub excludes_turn: Fact<bool>,
    /// `allow`; `None` = any.
    pub allow: Fact<Option<Vec<Destination>>>,
    /// `authentication`; `None` = off, else what is exempt.
    pub authentication: Fact<Option<Vec<Destination>>>,
    /// `dpi.turn`: whether TURN is inspected.
    pub inspects_turn: Fact<bool>,
    /// `dpi.tls: only`: whether everything that is not TLS is refused.
    pub tls_only: Fact<bool>,
    /// `sessions`; `None` = without limit.
    pub sessions: Fact<Option<u64>>,
    /// `sessions_per_agent`.
    pub sessions_per_agent: Fact<u64>,
    /// `throughput`; `None` = without limit.
    pub throughput: Fact<Option<Bps>>,
    /// `egress`: a name or address of its own.
    pub egress: Fact<Option<Named>>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// The proxy of a standalone program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyOption {
    /// `via`.
    pub via: Named,
    /// `set_in`; `None` = wherever it is effective.
    pub set_in: Fact<Option<SetIn>>,
}

/// Where a proxy option is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetIn {
    /// In the cloud's settings.
    Cloud,
    /// In the local configuration file.
    File,
}

/// An entry of `pac`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PacFile {
    /// Where it is written.
    pub place: Place,
    /// `file`: path as written.
    pub file: Named,
    /// Its text.
    pub text: String,
}

/// An entry of `vpn`.
#[derive(Debug, Clone, PartialEq)]
pub struct Vpn {
    /// Where it is written.
    pub place: Place,
    /// `site`.
    pub site: Named,
    /// `tunnel: split`; full where that is unknown.
    pub split: Fact<bool>,
    /// `sessions`; `None` = without limit.
    pub sessions: Fact<Option<u64>>,
    /// `throughput`; `None` = without limit.
    pub throughput: Fact<Option<Bps>>,
    /// `include`: what goes into a split tunnel.
    pub include: Fact<Vec<Destination>>,
    /// `pool.nat`: the bundle or circuit whose address its users leave with.
    pub nat: Fact<Option<Named>>,
    /// `egress`: a name or address of its own, never beside `pool.nat`.
    pub egress: Fact<Option<Named>>,
    /// `overhead.voice`.
    pub voice_overhead: Fact<Millionths>,
    /// `overhead.data`.
    pub data_overhead: Fact<Millionths>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// An entry of `vdi`.
#[derive(Debug, Clone, PartialEq)]
pub struct Vdi {
    /// Where it is written.
    pub place: Place,
    /// `site`.
    pub site: Named,
    /// `platform`; `other` where that is unknown.
    pub platform: Fact<VdiPlatform>,
    /// `server`.
    pub server: Fact<VdiServer>,
    /// `adapter`: whether the softphone's VDI adapter is installed.
    pub adapter: Fact<bool>,
    /// `sessions`; `None` = without limit.
    pub sessions: Fact<Option<u64>>,
    /// `reached_over`: networks and VPNs in order; its own site always reaches it.
    pub reached_over: Fact<Vec<Named>>,
    /// `exit`.
    pub exit: Fact<VdiExit>,
    /// `per_session`.
    pub per_session: Fact<Bps>,
    /// `egress`: a name or address of its own (vendor sites).
    pub egress: Fact<Option<Named>>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// `platform` of a VDI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VdiPlatform {
    /// `citrix-7`.
    Citrix7,
    /// `horizon-7`.
    Horizon7,
    /// `rds`: Remote Desktop Services.
    Rds,
    /// `other`.
    Other,
}

/// `server` of a VDI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VdiServer {
    /// `windows-2012r2`.
    Windows2012R2,
    /// `windows-2008r2`.
    Windows2008R2,
    /// Any other word: not in the guide's table, read as its newest column.
    Other(String),
}

/// `exit` of a VDI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VdiExit {
    /// As a workstation of its site.
    Own,
    /// The private network only.
    Private(Place),
    /// An explicit proxy.
    Proxy(Named),
    /// A circuit.
    Circuit(Named),
    /// A bundle.
    Bundle(Named),
}
