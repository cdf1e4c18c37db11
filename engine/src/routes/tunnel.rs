//! VPN tunnels: what goes in, what stays out, and where it leaves (VPN-01 to
//! VPN-07), by the same systems as everybody else's traffic (OFF-01).

use outlast_models::Id;
use outlast_models::plan::{Destination, Named};

use super::network::{PrivateSource, Sender};
use super::path::{Path, Refusal, ResourceKey, Source, Traffic};
use super::words::{self, Cover};
use super::{Dest, Flow, Spot, Transport, Walker};
use crate::input::{Input, Setting};

impl Walker<'_> {
    /// The paths of a flow onto the Internet, without any proxy.
    pub(crate) fn internet(&mut self, spot: &Spot, flow: &Flow) -> Vec<Path> {
        match spot {
            Spot::Site(site) => self.out(site, &Id::new("internet"), flow, Sender::workstation()),
            Spot::Home { site, isp } => vec![self.home_line(site, isp, flow.traffic)],
            Spot::Desktop(vdi) => self.desktop_internet(vdi, flow),
            Spot::Tunnel { vpn, split, under } => {
                let inside = |this: &mut Self| this.tunnel_internet(vpn, under, flow);
                match self.goes_in(vpn, *split, &flow.dest, Transport::Internet) {
                    Cover::Yes => inside(self),
                    Cover::No => {
                        let mut paths = self.internet(under, flow);
                        let list = &self.plan.vpn[vpn].include.value;
                        let over = Transport::Internet;
                        let missing = words::missing_addresses(self.plan, list, &flow.dest, over);
                        for path in paths.iter_mut().filter(|_| missing.is_some()) {
                            path.assumptions.extend(missing.clone());
                        }
                        paths
                    }
                    Cover::UntilRotation => {
                        let mut paths = inside(self);
                        let says = format!("{vpn} lists only the addresses resolved earlier");
                        let refusal = Refusal::new("VPN-07", says, Some(self.list_place(vpn)));
                        for path in &mut paths {
                            self.until_rotation(path, refusal.clone());
                        }
                        let spoiled = self.gates.input(Input::Spoiled(Setting::Addresses));
                        let mut outside = self.internet(under, flow);
                        for path in &mut outside {
                            self.also(path, spoiled);
                        }
                        paths.extend(outside);
                        paths
                    }
                }
            }
        }
    }

    /// The paths of a flow to the cloud over a private network.
    pub(crate) fn private(&mut self, spot: &Spot, flow: &Flow) -> Vec<Path> {
        match spot {
            Spot::Site(site) => {
                let names = [site.clone()];
                let source = PrivateSource { names: &names, shown: site };
                self.out_private(site, flow, Sender::workstation(), source, None)
            }
            Spot::Home { site, .. } => {
                let rule = if flow.dest == Dest::Sip { "TRN-04" } else { "TRN-01" };
                let says = format!("no private network reaches {site} without a tunnel");
                let place = self.plan.sites[site].place;
                vec![Path::refused(Refusal::new(rule, says, Some(place)))]
            }
            Spot::Desktop(vdi) => self.desktop_private(vdi, flow),
            Spot::Tunnel { vpn, split, under } => {
                match self.goes_in(vpn, *split, &flow.dest, Transport::Private) {
                    Cover::No => {
                        let mut path = Path::refused(self.stays_outside(vpn, flow));
                        let list = &self.plan.vpn[vpn].include.value;
                        let over = Transport::Private;
                        let missing = words::missing_addresses(self.plan, list, &flow.dest, over);
                        path.assumptions.extend(missing);
                        vec![path]
                    }
                    Cover::Yes | Cover::UntilRotation => self.tunnel_private(vpn, under, flow),
                }
            }
        }
    }

    /// VPN-02: the stable private addresses must be listed; TRN-01, TRN-04: no list
    /// helps where the gateway's site has no private network to the cloud.
    fn stays_outside(&self, vpn: &Id, flow: &Flow) -> Refusal {
        let site = &self.plan.vpn[vpn].site.id;
        let networks: Vec<Id> = self.graph.private_networks(true).cloned().collect();
        if !self.has_way(site, &networks) {
            return self.no_private_way(site, flow, Sender::workstation(), &networks);
        }
        let list: Vec<&Destination> = self.plan.vpn[vpn].include.value.iter().collect();
        let says = format!("{vpn}'s list lacks {}", words::lacking(self.plan, &list, &flow.dest));
        Refusal::new("VPN-02", says, Some(self.list_place(vpn)))
    }

    /// Whether a flow goes into a tunnel; TURN too if it is listed (VPN-04).
    pub(crate) fn goes_in(&self, vpn: &Id, split: bool, dest: &Dest, over: Transport) -> Cover {
        if !split {
            return Cover::Yes;
        }
        let list: Vec<&Destination> = self.plan.vpn[vpn].include.value.iter().collect();
        words::list(self.plan, &list, dest, over)
    }

    /// What the plan sends by a split tunnel goes in though its list is silent.
    pub(crate) fn takes_own_system(&self, vpn: &Id, split: bool, dest: &Dest, paths: &mut [Path]) {
        if self.goes_in(vpn, split, dest, Transport::Private) != Cover::Yes {
            for path in paths {
                path.assumptions.insert("split_takes_own_systems".to_owned());
            }
        }
    }

    pub(crate) fn list_place(&self, vpn: &Id) -> outlast_models::Place {
        let entry = &self.plan.vpn[vpn];
        entry.include.value.first().map_or(entry.place, |word| word.place)
    }

    fn home_line(&mut self, site: &Id, isp: &Id, traffic: Traffic) -> Path {
        let mut path = Path::start();
        self.through(&mut path, isp);
        self.through_named(&mut path, "internet");
        let ip = self.plan.sites[site].internet.ip;
        if ip.value == outlast_models::plan::IpVersion::V6 {
            let says = format!("the lines of {site} carry IPv6 only"); // TRN-05
            path.refuse(Refusal::new("TRN-05", says, ip.place()));
        }
        path.home_line.push(traffic);
        path.source = Source::Home;
        path
    }

    /// From the machine into the gateway: the agent's own way onto the
    /// Internet, then in through the gateway's site.
    pub(crate) fn enter_tunnel(&mut self, vpn: &Id, under: &Spot, traffic: Traffic) -> Vec<Path> {
        let entry = &self.plan.vpn[vpn];
        let overhead = if traffic.voice { entry.voice_overhead } else { entry.data_overhead };
        let site = entry.site.id.clone();
        let wrapped = traffic.wrapped(overhead.value);
        let outside = self.internet(under, &Flow::to_gateway(vpn, wrapped));
        let inbound = self.inbound(&site, &Id::new("internet"), wrapped, vpn);
        let mut paths = self.seq(&outside, &inbound);
        for path in &mut paths {
            self.through(path, vpn);
            path.source = Source::Inside;
            let key = |outward| ResourceKey::Throughput(vpn.clone(), outward);
            path.loads.extend(wrapped.on(key, true));
            if traffic.voice {
                // PHN-08: a tunnel adds jitter and latency.
                path.notes.insert(("PHN-08", "voice quality may fall over a VPN"));
            }
        }
        paths
    }

    fn tunnel_internet(&mut self, vpn: &Id, under: &Spot, flow: &Flow) -> Vec<Path> {
        let entry = &self.plan.vpn[vpn];
        let site = entry.site.id.clone();
        let of = |named: &Option<Named>| named.as_ref().map(|named| named.id.clone());
        let (nat, egress) = (of(&entry.nat.value), of(&entry.egress.value));
        let head = self.enter_tunnel(vpn, under, flow.traffic);
        let owners = [vpn.clone()];
        let sender = Sender {
            only: nat.as_ref(),
            ..Sender::of(outlast_models::plan::Senders::Workstations, &owners)
        };
        let mut tail = self.out(&site, &Id::new("internet"), flow, sender);
        for path in &mut tail {
            self.source_of_equipment(path, vpn, egress.as_ref(), false);
        }
        self.seq(&head, &tail)
    }

    fn tunnel_private(&mut self, vpn: &Id, under: &Spot, flow: &Flow) -> Vec<Path> {
        let entry = &self.plan.vpn[vpn];
        let (site, nat) = (entry.site.id.clone(), entry.nat.value.is_some());
        let head = self.enter_tunnel(vpn, under, flow.traffic);
        let mut names = vec![vpn.clone()];
        if nat {
            names.push(site.clone());
        }
        let owners = [vpn.clone()];
        let sender = Sender::of(outlast_models::plan::Senders::Workstations, &owners);
        let source = PrivateSource { names: &names, shown: vpn };
        let tail = self.out_private(&site, flow, sender, source, None);
        self.seq(&head, &tail)
    }

    /// The paths from a machine to a site of the company, not onto a network:
    /// over the WAN from a site, through the tunnel from behind a VPN.
    pub(crate) fn reach_site(&mut self, spot: &Spot, to: &Id, flow: &Flow) -> Vec<Path> {
        match spot {
            Spot::Site(site) => self.wan(site, to, flow, Sender::workstation()),
            Spot::Tunnel { vpn, under, .. } => {
                let site = self.plan.vpn[vpn].site.id.clone();
                let head = self.enter_tunnel(vpn, under, flow.traffic);
                let owners = [vpn.clone()];
                let sender = Sender::of(outlast_models::plan::Senders::Workstations, &owners);
                let tail = self.wan(&site, to, flow, sender);
                self.seq(&head, &tail)
            }
            Spot::Desktop(vdi) => {
                let site = self.plan.vdi[vdi].site.id.clone();
                let mut head = Path::start();
                self.through(&mut head, vdi);
                let owners = [vdi.clone()];
                let sender = Sender::of(outlast_models::plan::Senders::Workstations, &owners);
                let tail = self.wan(&site, to, flow, sender);
                self.seq(&[head], &tail)
            }
            Spot::Home { site, .. } => {
                let says = format!("{to} cannot be reached from {site} without a tunnel");
                let place = self.plan.sites[site].place;
                vec![Path::refused(Refusal::new("TRN-01", says, Some(place)))]
            }
        }
    }
}
