//! How a workstation is connected: at a site, behind a tunnel, in a desktop.

use outlast_models::Id;
use outlast_models::plan::{AccessWay, SiteKind};

use super::leg::Agent;
use super::{Spot, Walker};

/// One choice of connection: the spot of the workstation and what it rests on.
pub(super) struct Connection {
    pub(super) spot: Spot,
    pub(super) access: Id,
    /// The VDI of the access way.
    pub(super) desktop: Option<Id>,
    /// Condition or change behind a switched tunnel.
    pub(super) tunnel: Tunnel,
}

pub(super) enum Tunnel {
    None,
    /// A full tunnel.
    AsWritten(Id),
    /// A split tunnel that a scenario has made full.
    MadeFull(Id),
    /// A split tunnel as written, which a scenario may spoil.
    Split(Id),
    /// A full tunnel made split by a change.
    MadeSplit(Id),
}

impl Walker<'_> {
    pub(super) fn connections(
        &self,
        agent: &Agent<'_>,
        place: &Id,
        way: &AccessWay,
    ) -> Vec<Connection> {
        let at = self.at(agent, place);
        let plain = |access: &str, desktop: Option<Id>| Connection {
            spot: at.clone(),
            access: Id::new(access),
            desktop,
            tunnel: Tunnel::None,
        };
        match way {
            AccessWay::Private(_) => vec![plain("private", None)],
            AccessWay::Internet(_) => vec![plain("internet", None)],
            AccessWay::Proxy(proxy) => vec![plain(proxy.id.as_str(), None)],
            AccessWay::Vpn(vpn) => self.tunnels(&at, &vpn.id, None),
            AccessWay::Vdi(vdi) => {
                let over = &self.plan.vdi[&vdi.id].reached_over.value;
                let (vpns, networks): (Vec<_>, Vec<_>) =
                    over.iter().partition(|named| self.plan.vpn.contains_key(&named.id));
                let mut all = Vec::new();
                let beside = at == Spot::Site(self.plan.vdi[&vdi.id].site.id.clone());
                if !networks.is_empty() || vpns.is_empty() || beside {
                    all.push(plain(vdi.id.as_str(), Some(vdi.id.clone())));
                }
                for vpn in vpns {
                    all.extend(self.tunnels(&at, &vpn.id, Some(&vdi.id)));
                }
                all
            }
        }
    }

    fn at(&self, agent: &Agent<'_>, place: &Id) -> Spot {
        match (self.plan.sites[place].kind, agent.isps.get(place)) {
            (SiteKind::Homes, Some(isp)) => Spot::Home { site: place.clone(), isp: isp.clone() },
            _ => Spot::Site(place.clone()),
        }
    }

    fn tunnels(&self, at: &Spot, vpn: &Id, desktop: Option<&Id>) -> Vec<Connection> {
        let entry = &self.plan.vpn[vpn];
        let access = match desktop {
            None => vpn.clone(),
            Some(vdi) => Id::new(&format!("{vdi}+{vpn}")),
        };
        let one = |split, tunnel| Connection {
            spot: Spot::Tunnel { vpn: vpn.clone(), split, under: Box::new(at.clone()) },
            access: access.clone(),
            desktop: desktop.cloned(),
            tunnel,
        };
        if entry.split.value {
            return vec![
                one(true, Tunnel::Split(vpn.clone())),
                one(false, Tunnel::MadeFull(vpn.clone())),
            ];
        }
        let mut all = vec![one(false, Tunnel::AsWritten(vpn.clone()))];
        if !entry.include.value.is_empty() {
            all.push(one(true, Tunnel::MadeSplit(vpn.clone())));
        }
        all
    }
}
