//! Source addresses, and which of them the cloud knows.

use std::net::IpAddr;

use outlast_models::plan::{KnownSource, SiteKind};

use crate::routable::is_reserved;
use crate::sites::{Hop, Line};
use crate::world::World;

/// The last egress on a way to the Internet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// An address that an Internet provider gives a home.
    Home,
    /// A third party's site.
    Vendor(String),
    /// The company's circuits.
    Line(Line),
    /// A VPN, whose users leave with the address of the circuit.
    Vpn { id: String, last: Box<Source> },
    /// A proxy or VDI, or a VPN with an address of its own.
    Equipment { id: String, egress: Option<String>, vendor: bool, last: Box<Source> },
}

impl Source {
    /// The egress of a way out of a site.
    pub(crate) fn of(hops: &[Hop], site: &str) -> Self {
        let last = hops.iter().rev().find_map(|hop| match hop {
            Hop::Line(line) if line.outward => Some(Self::Line(line.clone())),
            Hop::Home { .. } => Some(Self::Home),
            _ => None,
        });
        last.unwrap_or_else(|| Self::Vendor(site.to_owned()))
    }

    /// Whether the address belongs to the company or a vendor of it, so that it
    /// could be registered (INT-07, INT-11); never a home's (INT-06).
    pub(crate) fn can_be_registered(&self) -> bool {
        *self != Self::Home
    }
}

impl World<'_> {
    /// Whether the cloud knows an Internet address (INT-04).
    pub(crate) fn is_known(&self, source: &Source) -> bool {
        if self.is_unroutable(source) {
            return false;
        }
        match self.plan.cloud.access.known_internet() {
            None => self.is_own(source),
            Some(_) => self.is_listed(source),
        }
    }

    /// Whether the egress has a written address that the Internet does not
    /// route: it is never known, listed or not (INT-05).
    pub(crate) fn is_unroutable(&self, source: &Source) -> bool {
        match source {
            Source::Home | Source::Vendor(_) => false,
            Source::Line(line) => line.in_use.iter().any(|id| self.is_reserved(id)),
            Source::Vpn { last, .. } | Source::Equipment { egress: None, last, .. } => {
                self.is_unroutable(last)
            }
            Source::Equipment { egress: Some(egress), .. } => is_reserved(egress),
        }
    }

    /// Whether a circuit's written address lies in a reserved block.
    fn is_reserved(&self, circuit: &str) -> bool {
        let circuit = self.plan.circuits.get(circuit);
        let address = circuit.and_then(|circuit| circuit.egress.value.as_ref());
        address.is_some_and(|address| is_reserved(&address.net.to_string()))
    }

    /// `known` absent: the company's circuits, proxies and equipment.
    fn is_own(&self, source: &Source) -> bool {
        match source {
            Source::Home | Source::Vendor(_) => false,
            Source::Line(line) => self.is_company(&line.site),
            Source::Vpn { id, .. } => !self.is_vendor(self.vpn(id).site.id.as_str()),
            Source::Equipment { vendor, .. } => !vendor,
        }
    }

    fn is_company(&self, site: &str) -> bool {
        !matches!(self.site(site).kind, SiteKind::Vendor | SiteKind::Homes)
    }

    /// `known` present: exactly the listed names.
    fn is_listed(&self, source: &Source) -> bool {
        match source {
            Source::Home => false,
            Source::Vendor(site) => self.lists(site),
            Source::Line(line) => self.lists_line(line),
            Source::Vpn { id, last } => self.lists(id) || self.is_listed(last),
            Source::Equipment { id, egress, vendor, last } => {
                let own = self.lists(id);
                match egress {
                    Some(egress) => own || self.lists(egress) || self.lists_address(egress),
                    None if *vendor => own,
                    None => own || self.is_listed(last),
                }
            }
        }
    }

    /// Known only where the members in use are.
    fn lists_line(&self, line: &Line) -> bool {
        line.bundle.as_ref().is_some_and(|id| self.lists(id))
            || line.in_use.iter().all(|id| self.lists_circuit(id))
    }

    /// Whether the cloud knows a member of a bundle, by itself or as a part of it.
    pub(crate) fn knows_member(&self, bundle: &str, circuit: &str) -> bool {
        if self.is_reserved(circuit) {
            return false;
        }
        match self.plan.cloud.access.known_internet() {
            None => self.site_of(circuit).is_some_and(|site| self.is_company(&site)),
            Some(_) => self.lists(bundle) || self.lists_circuit(circuit),
        }
    }

    fn lists_circuit(&self, id: &str) -> bool {
        let circuit = self.plan.circuits.get(id);
        let address = circuit.and_then(|circuit| circuit.egress.value.as_ref());
        self.lists(id)
            || address.is_some_and(|address| {
                self.known().any(|entry| match entry {
                    KnownSource::Address(block, _) => block.net.contains(&address.net),
                    KnownSource::Name(_) => false,
                })
            })
    }

    fn known(&self) -> impl Iterator<Item = &KnownSource> {
        self.plan.cloud.access.known_internet().into_iter().flatten()
    }

    /// Whether a name is listed, or is that of a listed address.
    fn lists(&self, name: &str) -> bool {
        self.known().any(|entry| match entry {
            KnownSource::Name(named) => named.id == *name,
            KnownSource::Address(_, of) => of.as_ref().is_some_and(|named| named.id == *name),
        })
    }

    /// Whether a text is an address in a listed block.
    fn lists_address(&self, text: &str) -> bool {
        let Ok(address) = text.parse::<IpAddr>() else { return false };
        self.known().any(|entry| match entry {
            KnownSource::Address(block, _) => block.net.contains(&address),
            KnownSource::Name(_) => false,
        })
    }

    /// Whether the cloud knows a private address: a site's, or a VPN's.
    pub(crate) fn is_known_private(&self, site: &str, vpn: Option<&str>) -> bool {
        let Some(known) = self.plan.cloud.access.known_private() else { return true };
        let lists = |id: &str| known.iter().any(|named| named.id == *id);
        match vpn {
            None => lists(site),
            Some(vpn) => lists(vpn) || (self.vpn(vpn).nat.value.is_some() && lists(site)),
        }
    }
}
