//! Machines: what runs where, which pairs are supported, how a VDI is reached.

use std::collections::BTreeSet;

use outlast_models::catalogue::PhoneKind;
use outlast_models::plan::{Blocked, NetworkKind, OffSite, Vdi, VdiPlatform, VdiServer};

use crate::leave::Path;
use crate::legs::{records, required_apps};
use crate::posture::{Machine, Posture, machine_of};
use crate::sites::{Hop, Sent};
use crate::words::Flow;
use crate::world::World;

fn to_vdi(id: &str, private: bool) -> Flow {
    Flow::ToVdi { id: id.to_owned(), private }
}

fn kind(posture: &Posture) -> Option<PhoneKind> {
    posture.phone.as_ref().map(|(_, phone)| phone.kind)
}

fn is_softphone(posture: &Posture) -> bool {
    matches!(kind(posture), Some(PhoneKind::SipSoftphone | PhoneKind::WebrtcSoftphone))
}

/// A softphone with the Workspace Connector enabled.
fn has_connector(posture: &Posture) -> bool {
    let connector = posture.phone.as_ref().is_some_and(|(_, phone)| phone.connector.value);
    is_softphone(posture) && connector
}

impl World<'_> {
    /// Every VDI that a required program runs on.
    pub(crate) fn required_vdis(posture: &Posture) -> BTreeSet<String> {
        let mut machines: BTreeSet<Machine> =
            required_apps(posture).iter().map(|app| posture.app_machine(app)).collect();
        if records(posture) {
            machines.insert(posture.recorder_machine());
        }
        if is_softphone(posture) || kind(posture) == Some(PhoneKind::WebrtcEmbedded) {
            machines.insert(posture.phone_machine());
        }
        let vdi = |machine| match machine {
            Machine::Vdi(id) => Some(id),
            Machine::Workstation => None,
        };
        machines.into_iter().filter_map(vdi).collect()
    }

    /// The desktop session, from the place or through the tunnel to a VDI: one
    /// path for each network that it is reached over, for the user may take any.
    /// At its own site it is on the LAN, unless a full tunnel takes everything in.
    pub(crate) fn sessions(&self, posture: &Posture, id: &str) -> Vec<Path> {
        self.steer.begins();
        let entry = &self.plan.vdi[id];
        let site = entry.site.id.as_str();
        let mut path = Path::new(Flow::Other);
        let named = |vpn: &str| entry.reached_over.value.iter().any(|over| over.id == *vpn);
        let over_vpn = posture.vpn.as_ref().filter(|vpn| {
            let listed = named(vpn) || self.on_list(vpn, &to_vdi(id, true));
            !self.is_split(vpn) || (posture.place != site && listed)
        });
        let by_network = match over_vpn {
            None => self.over_networks(&posture.place, None, id),
            Some(vpn) => {
                let gateway = self.vpn(vpn).site.id.to_string();
                path.tunnel = self.tunnel(&posture.place, vpn);
                path.part(vpn);
                if named(vpn) {
                    vec![self.between(&gateway, site, &Sent::from_workstation(to_vdi(id, true)))]
                } else {
                    self.over_networks(&gateway, Some(vpn), id)
                }
            }
        };
        let mut ends = vec![id];
        ends.extend(over_vpn.map(String::as_str));
        let to_desktop = |hops: Vec<Hop>| {
            let mut path = path.clone();
            path.hops.extend(hops);
            path.part(id);
            path
        };
        let ways = by_network.iter().filter_map(|ways| self.first_up(ways, &ends));
        let paths: Vec<Path> = ways.map(to_desktop).collect();
        if paths.is_empty() { vec![path.refuse("TRN-01")] } else { paths }
    }

    /// From a site to a VDI, for each network that it is reached over, in order,
    /// every way out to that network.
    fn over_networks(&self, from: &str, vpn: Option<&str>, id: &str) -> Vec<Vec<Vec<Hop>>> {
        let vdi = &self.plan.vdi[id];
        let to = vdi.site.id.as_str();
        if from == to {
            return vec![self.between(from, to, &Sent::other())];
        }
        let mut by_network = Vec::new();
        for over in &vdi.reached_over.value {
            let network = over.id.as_str();
            let routed = match self.kind_of(network) {
                Some(NetworkKind::Internet) => true,
                Some(NetworkKind::Private) => {
                    self.is_routed(from, network) && self.is_routed(to, network)
                }
                Some(NetworkKind::Pstn) | None => false,
            };
            let private = network != "internet";
            let sent = Sent::from_workstation(to_vdi(id, private));
            // What reaches own equipment from the Internet is no matter of lists.
            let inward = if private { sent.clone() } else { Sent::other() };
            let Some(into) = self.way_in(to, network, &inward).filter(|_| routed) else { continue };
            let out = self.out(from, vpn, network, &sent).into_iter();
            by_network.push(out.map(|way| [way, into.clone()].concat()).collect());
        }
        by_network
    }

    /// Rules on the machines of a posture, whatever the network.
    pub(crate) fn machine_rules(&self, posture: &Posture) -> BTreeSet<&'static str> {
        let rules: [(&'static str, bool); 5] = [
            ("VDI-01", self.vdi_01(posture)),
            ("VDI-02", self.vdi_02(posture)),
            ("APP-03", app_03(posture)),
            ("PHN-09", self.phn_09(posture)),
            ("INT-02", self.blocked(posture)),
        ];
        rules.into_iter().filter(|(_, refuses)| *refuses).map(|(id, _)| id).collect()
    }

    /// The VDI that the required desktop runs in.
    fn desktop_vdi(&self, posture: &Posture) -> Option<(String, &Vdi)> {
        let wanted = posture.group.apps.get("agent-desktop").is_some_and(|app| app.required.value);
        match posture.desktop_machine() {
            Machine::Vdi(id) if wanted => {
                let vdi = &self.plan.vdi[id.as_str()];
                Some((id, vdi))
            }
            _ => None,
        }
    }

    /// The desktop runs in Citrix 7 or Horizon 7, in no other VDI.
    fn vdi_01(&self, posture: &Posture) -> bool {
        let vdi = self.desktop_vdi(posture);
        vdi.is_some_and(|(_, vdi)| {
            matches!(vdi.platform.value, VdiPlatform::Rds | VdiPlatform::Other)
        })
    }

    /// The guide's table of desktop, softphone with connector, and recorder; an
    /// eLux endpoint rules out the recorder on any platform and on itself.
    fn vdi_02(&self, posture: &Posture) -> bool {
        self.unsupported(posture, records(posture))
    }

    fn unsupported(&self, posture: &Posture, records: bool) -> bool {
        let Some((id, vdi)) = self.desktop_vdi(posture) else { return false };
        let softphone = has_connector(posture);
        let at = posture.recorder_machine();
        let at_endpoint = records && at == Machine::Workstation;
        let recorder = records && at == Machine::Vdi(id);
        let elux = self
            .plan
            .workstations
            .get(&posture.group.workstation.id)
            .is_some_and(|profile| profile.elux.value);
        let supported = match (vdi.platform.value, &vdi.server.value) {
            _ if elux && (recorder || at_endpoint) => false,
            (VdiPlatform::Citrix7 | VdiPlatform::Rds | VdiPlatform::Other, _) => true,
            (VdiPlatform::Horizon7, VdiServer::Windows2008R2) => !softphone && !recorder,
            (VdiPlatform::Horizon7, _) => !softphone,
        };
        !supported
    }

    /// A softphone with the connector beside a desktop in a VDI needs its adapter.
    fn phn_09(&self, posture: &Posture) -> bool {
        let vdi = self.desktop_vdi(posture);
        has_connector(posture) && vdi.is_some_and(|(_, vdi)| !vdi.adapter.value)
    }

    /// Whether an optional recorder does not run: not supported beside the
    /// desktop, or blocked by the workstation's own firewall.
    pub(crate) fn refuses_recorder(&self, posture: &Posture) -> bool {
        let here = posture.recorder_machine() == Machine::Workstation;
        self.unsupported(posture, true) || (here && self.blocks(posture, Blocked::ScreenRecording))
    }

    /// Whether the workstation's own firewall blocks an application's browser.
    pub(crate) fn blocks_browser(&self, posture: &Posture, app: &str) -> bool {
        let here = posture.app_machine(app) == Machine::Workstation;
        here && self.blocks(posture, Blocked::Browser)
    }

    fn blocks(&self, posture: &Posture, what: Blocked) -> bool {
        let profile = self.plan.workstations.get(&posture.group.workstation.id);
        profile.is_some_and(|profile| profile.blocks.value.contains(&what))
    }

    /// The workstation's own firewall blocks a required program.
    fn blocked(&self, posture: &Posture) -> bool {
        let blocks = |what: Blocked| self.blocks(posture, what);
        let here = |machine: Machine| machine == Machine::Workstation;
        let browser = required_apps(posture)
            .iter()
            .any(|app| Self::is_web(app) && self.blocks_browser(posture, app));
        let phone_here = match kind(posture) {
            None | Some(PhoneKind::SipPhone | PhoneKind::Pstn) => false,
            Some(PhoneKind::Pbx) => software_pbx(posture),
            Some(_) => here(posture.phone_machine()),
        };
        let phone = kind(posture).is_some_and(|kind| {
            let in_browser = kind == PhoneKind::WebrtcEmbedded && blocks(Blocked::Browser);
            blocks(Blocked::Phone(kind))
                || in_browser
                || (is_softphone(posture) && blocks(Blocked::Softphone))
        });
        browser
            || (phone_here && phone)
            || (records(posture)
                && here(posture.recorder_machine())
                && blocks(Blocked::ScreenRecording))
    }
}

/// Whether a phone behind the PBX is a program on the workstation here.
fn software_pbx(posture: &Posture) -> bool {
    let off_site = posture.phone.as_ref().map(|(_, phone)| phone.off_site.value);
    matches!(off_site, Some(OffSite::SoftphoneByVpn | OffSite::PbxEdge))
        && !posture.is_first_place()
}

/// An embedded phone runs where the desktop runs.
fn app_03(posture: &Posture) -> bool {
    let Some((_, phone)) = &posture.phone else { return false };
    let on = phone.on.value.as_ref().map(machine_of);
    phone.kind == PhoneKind::WebrtcEmbedded
        && (on.is_some_and(|machine| machine != posture.desktop_machine())
            || !posture.group.apps.contains_key("agent-desktop"))
}
