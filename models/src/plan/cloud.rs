//! The cloud service and who may enter it.

use std::fmt;

use super::common::{Named, Section};
use super::networks::Address;
use crate::catalogue::{Networks, OpenAccess};
use crate::fact::Fact;
use crate::place::Place;
use crate::units::{Day, Millis};

/// `cloud`.
#[derive(Debug, Clone, PartialEq)]
pub struct Cloud {
    /// `regions`; empty = one unnamed region, component `cloud.region`.
    pub regions: Section<CloudRegion>,
    /// `domain` (default `cloud.example`).
    pub domain: Fact<String>,
    /// `turn_host` (default `turn.DOMAIN`, an assumption).
    pub turn_host: Fact<String>,
    /// Every service of the catalogue with the plan's overrides.
    pub services: Section<Service>,
    /// `addresses`, to compare blocks with.
    pub addresses: CloudAddresses,
    /// `sip_ports`, UDP; empty = not given.
    pub sip_ports: Fact<Vec<Ports>>,
    /// `media_ports`, UDP; empty = not given.
    pub media_ports: Fact<Vec<Ports>>,
    /// `access`.
    pub access: Access,
}

/// One port or a range of ports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ports {
    /// The first.
    pub first: u16,
    /// The last; of a single port the same.
    pub last: u16,
}

impl fmt::Display for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.last > self.first { write!(f, "-{}", self.last) } else { Ok(()) }
    }
}

/// An entry of `cloud.regions`.
#[derive(Debug, Clone, PartialEq)]
pub struct CloudRegion {
    /// Where it is written.
    pub place: Place,
    /// `standby`: the region that takes over.
    pub standby: Fact<Option<Named>>,
    /// `after`: how long that takes; `None`, where that is unknown, is for ever.
    pub after: Fact<Option<Millis>>,
}

/// A service in force.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Where it is written.
    pub place: Place,
    /// `host` (default `ID.DOMAIN`; the Portal's is the domain).
    pub host: Fact<String>,
    /// `networks`.
    pub networks: Fact<Networks>,
    /// `open_access`.
    pub open_access: Fact<OpenAccess>,
    /// `authentication`.
    pub authentication: Fact<bool>,
}

/// `cloud.addresses`: blocks per word; empty = not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloudAddresses {
    /// `services` on the Internet.
    pub services: Fact<Vec<Address>>,
    /// `services-private`.
    pub services_private: Fact<Vec<Address>>,
    /// `sbc`.
    pub sbc: Fact<Vec<Address>>,
    /// `turn`.
    pub turn: Fact<Vec<Address>>,
}

/// `cloud.access`.
#[derive(Debug, Clone, PartialEq)]
pub struct Access {
    /// Where it is written, else where `cloud` is.
    pub place: Place,
    /// `sso`: `None` = no single sign-on.
    pub sso: Fact<Option<Sso>>,
    /// `mfa`.
    pub mfa: Fact<bool>,
    /// `open_access`: the services in force.
    pub open_access: Fact<Vec<Named>>,
    /// `authentication_ip_control` (default: on while `open_access` is empty).
    pub ip_control: Fact<bool>,
    /// `off_site_data: forbidden`.
    pub off_site_forbidden: Fact<bool>,
    /// `known`; `None` = the company's own circuits, proxies and sites.
    pub known: Fact<Option<Known>>,
    /// `direct_urls`; `None` = none on file.
    pub direct_urls: Fact<Option<DirectUrls>>,
}

impl Access {
    /// The sources on the Internet that the cloud accepts; `None` = the company's
    /// own circuits, proxies and sites.
    pub fn known_internet(&self) -> Option<&[KnownSource]> {
        self.known.value.as_ref()?.internet.value.as_deref()
    }

    /// The private sources that the cloud accepts; `None` = all.
    pub fn known_private(&self) -> Option<&[Named]> {
        self.known.value.as_ref()?.private.value.as_deref()
    }
}

/// `sso`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sso {
    /// `provider: own`: whether the company runs the identity provider.
    pub own: bool,
    /// `at`: the site where it stands.
    pub at: Option<Named>,
}

/// `known`: exhaustive where it is present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Where it is written.
    pub place: Option<Place>,
    /// `internet`: names of egresses, addresses; `None`, where that is unknown,
    /// are the company's own.
    pub internet: Fact<Option<Vec<KnownSource>>>,
    /// `private`: sites and VPNs; `None` = all.
    pub private: Fact<Option<Vec<Named>>>,
}

/// An entry of `known.internet`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownSource {
    /// A circuit, bundle, proxy, VPN, VDI or site by name.
    Name(Named),
    /// An address, and whose it is where the plan says.
    Address(Address, Option<Named>),
}

/// `direct_urls`.
#[derive(Debug, Clone, PartialEq)]
pub struct DirectUrls {
    /// Where it is written.
    pub place: Place,
    /// `services`.
    pub services: Fact<Vec<Named>>,
    /// `as_of`.
    pub as_of: Fact<Option<Day>>,
}
