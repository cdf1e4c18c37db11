//! Virtual desktops: how an agent reaches one, and where it leaves for the
//! cloud (VDI-01 to VDI-05, INT-07).

use outlast_models::plan::{Senders, SiteKind, VdiExit, VdiPlatform, VdiServer};
use outlast_models::units::Bps;
use outlast_models::{Id, Place};

use super::network::{PrivateSource, Sender};
use super::path::{Load, Path, Refusal, ResourceKey, Traffic, UNIT};
use super::words::Cover;
use super::{Dest, Flow, Spot, Transport, Walker};

/// What of the agent's programs runs together on one virtual desktop (VDI-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OnDesktop {
    /// A softphone with Connector and adapter beside the desktop.
    pub(crate) softphone: bool,
    /// The screen recorder.
    pub(crate) recorder: bool,
}

/// VDI-02's table: whether a combination with the desktop is supported.
pub(crate) fn supported(
    platform: VdiPlatform,
    server: &VdiServer,
    elux: bool,
    on: OnDesktop,
) -> bool {
    // The eLux column holds beside the server's own, whatever the server.
    if elux && on.recorder {
        return false;
    }
    match (platform, server) {
        (VdiPlatform::Citrix7, _) => true,
        (VdiPlatform::Horizon7, VdiServer::Windows2008R2) => !on.softphone && !on.recorder,
        (VdiPlatform::Horizon7, VdiServer::Windows2012R2 | VdiServer::Other(_)) => !on.softphone,
        (VdiPlatform::Rds | VdiPlatform::Other, _) => false,
    }
}

impl Walker<'_> {
    /// VDI-01, VDI-02: whether the agent desktop may run there with what is
    /// beside it.
    pub(crate) fn check_desktop(&self, vdi: &Id, elux: bool, on: OnDesktop) -> Option<Refusal> {
        let entry = &self.plan.vdi[vdi];
        let place = Some(entry.place);
        if matches!(entry.platform.value, VdiPlatform::Rds | VdiPlatform::Other) {
            let says = format!("the agent desktop supports Citrix 7 and Horizon 7, not {vdi}");
            return Some(Refusal::new("VDI-01", says, place));
        }
        if supported(entry.platform.value, &entry.server.value, elux, on) {
            return None;
        }
        let beside = match (on.softphone, on.recorder) {
            (true, true) => "a softphone with connector and a screen recorder",
            (true, false) => "a softphone with connector",
            (false, _) => "a screen recorder",
        };
        let says = format!("{vdi} does not support the desktop beside {beside}");
        Some(Refusal::new("VDI-02", says, place))
    }

    /// The session between an agent and a virtual desktop, over what the
    /// desktop may be reached over: alternatives that the user may take.
    pub(crate) fn desktop_session(&mut self, spot: &Spot, vdi: &Id) -> Vec<Path> {
        let entry = &self.plan.vdi[vdi];
        let site = entry.site.id.clone();
        let Bps(bits) = entry.per_session.value;
        let over: Vec<Id> = entry.reached_over.value.iter().map(|n| n.id.clone()).collect();
        let traffic = Traffic { voice: false, held: (bits, bits), in_call: (0, 0) };
        let mut paths = Vec::new();
        if let Some(beside) = self.beside(spot, vdi) {
            paths.extend(self.reach_site(beside, &site, &Flow::to_desktop(vdi, traffic)));
        } else {
            // Over a VPN that the desktop names, it is reached by that VPN alone.
            let named = |way: &&Id| match spot {
                Spot::Tunnel { vpn, .. } if over.contains(vpn) => *way == vpn,
                _ => true,
            };
            for way in over.iter().filter(named) {
                paths.extend(self.session_over(spot, vdi, way, traffic));
            }
        }
        if paths.is_empty() {
            let says = format!("{vdi} cannot be reached from there");
            let place = self.plan.vdi[vdi].reached_over.place().unwrap_or(self.plan.vdi[vdi].place);
            paths.push(Path::refused(Refusal::new("TRN-01", says, Some(place))));
        }
        for path in &mut paths {
            self.through(path, vdi);
            let key = ResourceKey::Sessions(vdi.clone());
            path.loads.push(Load { key, held: UNIT, in_call: 0 });
            if !self.plan.vdi[vdi].per_session.is_given() {
                path.assumptions.insert("vdi_per_session".to_owned());
            }
            path.assume(&self.plan.vdi[vdi].reached_over, || format!("reached_over:{vdi}"));
        }
        paths
    }

    /// From where the machine is on the desktop's own LAN: at its site, or behind a
    /// tunnel that ends there and takes the session in.
    fn beside<'s>(&self, spot: &'s Spot, vdi: &Id) -> Option<&'s Spot> {
        let site = &self.plan.vdi[vdi].site.id;
        match spot {
            Spot::Site(at) => (at == site).then_some(spot),
            Spot::Tunnel { vpn, split, .. } if self.is_inside(vpn, *split, vdi) => {
                (self.plan.vpn[vpn].site.id == *site).then_some(spot)
            }
            Spot::Tunnel { under, .. } => self.beside(under, vdi),
            Spot::Home { .. } | Spot::Desktop(_) => None,
        }
    }

    fn session_over(&mut self, spot: &Spot, vdi: &Id, over: &Id, traffic: Traffic) -> Vec<Path> {
        let site = &self.plan.vdi[vdi].site.id.clone();
        let flow = Flow::to_desktop(vdi, traffic);
        if self.plan.vpn.contains_key(over) {
            return match spot {
                Spot::Tunnel { vpn, split, .. } if vpn == over => {
                    let mut paths = self.reach_site(spot, site, &flow);
                    self.takes_own_system(vpn, *split, &Dest::Desktop(vdi.clone()), &mut paths);
                    paths
                }
                _ => Vec::new(),
            };
        }
        if *over == "internet" {
            let head = self.internet(spot, &flow);
            let tail = self.inbound(site, over, traffic, vdi);
            return self.seq(&head, &tail);
        }
        match spot {
            Spot::Site(from) => self.wan_over(from, site, over, &flow, Sender::workstation()),
            Spot::Tunnel { vpn, split, under } if self.is_inside(vpn, *split, vdi) => {
                let head = self.enter_tunnel(vpn, under, traffic);
                let from = self.plan.vpn[vpn].site.id.clone();
                let owners = [vpn.clone()];
                let sender = Sender::of(Senders::Workstations, &owners);
                let tail = self.wan_over(&from, site, over, &flow, sender);
                self.seq(&head, &tail)
            }
            Spot::Tunnel { under, .. } => self.session_over(under, vdi, over, traffic),
            Spot::Home { .. } | Spot::Desktop(_) => Vec::new(),
        }
    }

    /// Whether a tunnel takes sessions with a desktop in: a split one by its list,
    /// which need not name those that are reached over that VPN.
    fn is_inside(&self, vpn: &Id, split: bool, vdi: &Id) -> bool {
        let dest = Dest::Desktop(vdi.clone());
        self.goes_in(vpn, split, &dest, Transport::Private) == Cover::Yes
    }

    pub(super) fn is_at_vendor(&self, vdi: &Id) -> bool {
        self.plan.sites[&self.plan.vdi[vdi].site.id].kind == SiteKind::Vendor
    }

    fn vdi_owner(&self, vdi: &Id) -> (Id, bool, Option<Id>, VdiExit) {
        let entry = &self.plan.vdi[vdi];
        let site = entry.site.id.clone();
        let vendor = self.is_at_vendor(vdi);
        let egress = entry.egress.value.as_ref().map(|named| named.id.clone());
        (site, vendor, egress, entry.exit.value.clone())
    }

    /// What a desktop whose exit is a proxy cannot send by it has no way: only
    /// TURN leaves beside a proxy that excludes it.
    fn needs_its_proxy(&self, vdi: &Id, flow: &Flow) -> Option<Path> {
        let VdiExit::Proxy(proxy) = &self.plan.vdi[vdi].exit.value else { return None };
        let rule = match &flow.dest {
            Dest::Proxy(_)
            | Dest::Gateway(_)
            | Dest::Desktop(_)
            | Dest::Pbx(_)
            | Dest::Unlisted => return None,
            Dest::Turn if self.plan.proxies[&proxy.id].excludes_turn.value => return None,
            Dest::Turn => "PRX-03",
            Dest::Sip => "APP-08",
            Dest::Revocation => "APP-07",
            Dest::Service(_) if flow.softphone => "PRX-09",
            Dest::Service(_) => "PRX-04",
        };
        let what = flow.dest.words();
        let says = format!("{vdi} leaves by {} only, and {what} is not sent by it", proxy.id);
        Some(Path::refused(Refusal::new(rule, says, Some(proxy.place))))
    }

    /// From a virtual desktop onto the Internet.
    pub(crate) fn desktop_internet(&mut self, vdi: &Id, flow: &Flow) -> Vec<Path> {
        let (site, vendor, egress, exit) = self.vdi_owner(vdi);
        let only = match &exit {
            VdiExit::Own | VdiExit::Proxy(_) => None,
            VdiExit::Circuit(named) | VdiExit::Bundle(named) => Some(named.id.clone()),
            VdiExit::Private(place) => return vec![self.no_exit(vdi, flow, *place)],
        };
        if let Some(refused) = self.needs_its_proxy(vdi, flow) {
            return vec![refused];
        }
        let owners = [vdi.clone()];
        let sender = Sender { only: only.as_ref(), ..Sender::of(Senders::Workstations, &owners) };
        let mut paths = self.out(&site, &Id::new("internet"), flow, sender);
        for path in &mut paths {
            self.through(path, vdi);
            self.source_of_equipment(path, vdi, egress.as_ref(), vendor);
        }
        paths
    }

    /// TRN-03, TRN-01: a desktop that leaves by the private network only.
    fn no_exit(&self, vdi: &Id, flow: &Flow, place: Place) -> Path {
        let why = format!("the exit of {vdi} does not lead to the Internet");
        let (rule, says) = if self.is_internet_only(&flow.dest) {
            ("TRN-03", format!("{} exists on the Internet only, and {why}", flow.dest.words()))
        } else {
            ("TRN-01", why)
        };
        Path::refused(Refusal::new(rule, says, Some(place)))
    }

    /// From a virtual desktop to the cloud over a private network.
    pub(crate) fn desktop_private(&mut self, vdi: &Id, flow: &Flow) -> Vec<Path> {
        let (site, _, _, exit) = self.vdi_owner(vdi);
        let only = match &exit {
            VdiExit::Own | VdiExit::Proxy(_) | VdiExit::Private(_) => None,
            VdiExit::Circuit(named) | VdiExit::Bundle(named) => Some(named.id.clone()),
        };
        if let Some(refused) = self.needs_its_proxy(vdi, flow) {
            return vec![refused];
        }
        let owners = [vdi.clone()];
        let sender = Sender { only: only.as_ref(), ..Sender::of(Senders::Workstations, &owners) };
        let names = [site.clone(), vdi.clone()];
        let source = PrivateSource { names: &names, shown: &site };
        let mut paths = self.out_private(&site, flow, sender, source, None);
        for path in &mut paths {
            self.through(path, vdi);
        }
        paths
    }
}
