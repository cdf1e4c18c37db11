//! The company's own identity provider: every way to it that a login may take.
//!
//! Any of them will do, no rule refuses on them, and nothing is loaded; so they
//! stand on a login's path as alternatives, of which one must be up.

use outlast_models::plan::{NetworkKind, VdiExit, Word};

use crate::leave::Path;
use crate::posture::{Machine, Posture};
use crate::rules::carries_nothing;
use crate::sites::{Hop, Sent, stretch};
use crate::world::World;

/// The provider of single sign-on.
const PROVIDER: &str = "sso-provider";

impl World<'_> {
    /// The site that the company's own provider stands at.
    pub(crate) fn provider_site(&self) -> Option<&str> {
        let sso = self.plan.cloud.access.sso.value.as_ref();
        sso.and_then(|sso| sso.at.as_ref()).map(|at| at.id.as_str())
    }

    /// A login from a machine, as far as the provider goes.
    pub(crate) fn sign_on(&self, mut path: Path, posture: &Posture, machine: &Machine) -> Path {
        if self.plan.cloud.access.sso.value.is_none() {
            return path;
        }
        path.part(PROVIDER);
        let Some(site) = self.provider_site().filter(|site| self.has_circuits(site)) else {
            return path;
        };
        let ways = self.ways_to_provider(posture, machine, site);
        if ways.is_empty() {
            return path.refuse("TRN-01");
        }
        path.hops.push(Hop::AnyOf(ways));
        path
    }

    /// Whether a site has circuits, those to the PSTN apart.
    fn has_circuits(&self, site: &str) -> bool {
        self.plan.circuits.values().any(|circuit| {
            circuit.from.id == *site
                && self.kind_of(circuit.to.id.as_str()) != Some(NetworkKind::Pstn)
        })
    }

    /// The LAN or a network that joins the two sites, whatever a desktop's exit;
    /// and the Internet at both ends, as the machine leaves for it. Without those
    /// that carry nothing (TRN-05).
    fn ways_to_provider(&self, posture: &Posture, machine: &Machine, to: &str) -> Vec<Vec<Hop>> {
        let sent = Sent::other();
        let (inside, outside) = self.stands_at(posture, machine);
        let mut ways = self.between(&inside, to, &sent);
        if let Some(into) = self.way_in(to, "internet", &sent) {
            let out = self.onto_the_internet(posture, machine, &outside);
            ways.extend(out.into_iter().map(|way| [way, into.clone()].concat()));
        }
        ways.retain(|way| !way.iter().any(|hop| carries_nothing(self, hop)));
        ways.into_iter().map(|way| stretch(way, &[PROVIDER])).collect()
    }

    /// A desktop by its exit, the users of a full tunnel by its pool.
    fn onto_the_internet(&self, posture: &Posture, machine: &Machine, site: &str) -> Vec<Vec<Hop>> {
        let sent = Sent::other();
        let Machine::Vdi(id) = machine else {
            let full = posture.vpn.as_deref().filter(|vpn| !self.is_split(vpn));
            return self.out(site, full, "internet", &sent);
        };
        match &self.plan.vdi[id.as_str()].exit.value {
            VdiExit::Own | VdiExit::Proxy(_) => self.out(site, None, "internet", &sent),
            VdiExit::Private(_) => Vec::new(),
            VdiExit::Circuit(named) | VdiExit::Bundle(named) => self
                .ways_by(site, named.id.as_str(), &sent)
                .filter(|(line, _)| line.network == "internet")
                .map_or_else(Vec::new, |(_, ways)| ways),
        }
    }

    /// The sites that a machine counts at: for the LAN and networks, and for
    /// the Internet. In a full tunnel both are the gateway's; in a split one the
    /// first, if its list says `any`.
    fn stands_at(&self, posture: &Posture, machine: &Machine) -> (String, String) {
        let place = &posture.place;
        let vpn = match machine {
            Machine::Vdi(id) => {
                let site = self.plan.vdi[id.as_str()].site.id.to_string();
                return (site.clone(), site);
            }
            Machine::Workstation => posture.vpn.as_ref(),
        };
        let Some(vpn) = vpn else { return (place.clone(), place.clone()) };
        let gateway = self.vpn(vpn).site.id.to_string();
        if !self.is_split(vpn) {
            return (gateway.clone(), gateway);
        }
        let all_inside = self.vpn(vpn).include.value.iter().any(|entry| entry.word == Word::Any);
        (if all_inside { gateway } else { place.clone() }, place.clone())
    }
}
