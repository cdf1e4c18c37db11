//! Firewalls, and the words that name where traffic goes.

use super::common::{Common, Named};
use crate::fact::Fact;
use crate::id::Id;
use crate::place::Place;
use crate::units::{Day, Millis};

/// An entry of `firewalls`.
#[derive(Debug, Clone, PartialEq)]
pub struct Firewall {
    /// Where it is written.
    pub place: Place,
    /// `site`.
    pub site: Named,
    /// `guards`: networks (`private` has been replaced by every private network).
    pub guards: Vec<Named>,
    /// `before`: the component it stands before; `None` = the site's edge.
    pub before: Option<Named>,
    /// `allow`; `None` = as the guide asks.
    pub allow: Fact<Option<Vec<AllowRule>>>,
    /// `inbound`: which SBCs the cloud may call; `None` = as the guide asks.
    pub inbound: Fact<Option<Vec<Named>>>,
    /// `workstations` in `inbound`, which nothing needs (TRN-06, a finding).
    pub inbound_to_workstations: Vec<Place>,
    /// `dpi.turn`: whether TURN is inspected.
    pub inspects_turn: Fact<bool>,
    /// `udp_idle`; the default is what the guide asks, 140 s.
    pub udp_idle: Fact<Millis>,
    /// `nat_pool`: address:port pairs; `None` = without limit.
    pub nat_pool: Fact<Option<u64>>,
    /// `exposes`: private interfaces exposed to the Internet (PRV-02, a finding).
    pub exposes: Fact<Vec<Named>>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// A rule of `allow`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowRule {
    /// Where it is written.
    pub place: Place,
    /// `from`.
    pub from: Fact<Senders>,
    /// `to`; nothing where that is unknown.
    pub to: Fact<Vec<Destination>>,
    /// `tcp`: this TCP port only; `None` = all ports and protocols.
    pub tcp: Fact<Option<u16>>,
}

/// Whose traffic a rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Senders {
    /// Everybody.
    Any,
    /// Workstations with their phones and virtual desktops.
    Workstations,
    /// Proxies.
    Proxies,
    /// Corporate telephony.
    Pbx,
    /// The customer's SBCs.
    Sbc,
}

/// A destination word, as in firewall rules, tunnel lists and allow lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Where it is written.
    pub place: Place,
    /// What it names.
    pub word: Word,
}

/// What a destination word names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// `any`.
    Any,
    /// `services`: all HTTPS services by name, on the Internet.
    Services,
    /// `services-private`: all HTTPS services on the private network.
    ServicesPrivate,
    /// `sbc`: signalling and media of the cloud's SBC.
    Sbc,
    /// `sbc-signalling`.
    SbcSignalling,
    /// `sbc-media`.
    SbcMedia,
    /// `turn`.
    Turn,
    /// `proxies`: every proxy.
    Proxies,
    /// One proxy.
    Proxy(Id),
    /// `vpns`: sessions with every VPN gateway.
    Vpns,
    /// With one of them.
    Vpn(Id),
    /// `vdis`: sessions with every virtual desktop.
    Vdis,
    /// With one of them.
    Vdi(Id),
    /// `pbxs`: calls of phones and SBCs to every PBX.
    Pbxs,
    /// To one of them.
    Pbx(Id),
    /// `cloud-domain`: every name under the cloud's domain.
    CloudDomain,
    /// `crl`.
    Crl,
    /// One service (application or helper) by name.
    Service(Id),
    /// `{resolved: DATE}`: the services' Internet addresses of that day.
    Resolved(Day),
    /// An address block.
    Block(ipnet::IpNet),
}
