//! Leaving: from a machine to the Internet or to the cloud's private side.

use std::collections::BTreeSet;

use outlast_models::plan::{BundleMode, Senders, VdiExit};

use crate::posture::{Machine, Posture};
use crate::sites::{Hop, Sent, ids};
use crate::source::Source;
use crate::words::Flow;
use crate::world::World;

/// Which side of the cloud a flow goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Private,
    Internet,
}

/// Which program sends a flow; proxies treat them differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    Browser,
    Softphone,
    Other,
}

/// One finished path of one leg.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    pub(crate) flow: Flow,
    pub(crate) program: Program,
    /// From the place to the VPN gateway, where the flow is inside a tunnel.
    pub(crate) tunnel: Vec<Hop>,
    /// From there, or from the machine, to the end.
    pub(crate) hops: Vec<Hop>,
    /// The last egress on the Internet.
    pub(crate) source: Option<Source>,
    /// Whose private address the flow has: a site's, or a VPN's.
    pub(crate) site: String,
    pub(crate) vpn: Option<String>,
    /// The proxy it goes through, and whether a PAC file said so.
    pub(crate) proxy: Option<(String, bool)>,
    /// Rules that refuse it because there is no such way.
    pub(crate) refused: BTreeSet<&'static str>,
    /// Changes that this path supposes.
    pub(crate) changes: BTreeSet<&'static str>,
}

impl Path {
    pub(crate) fn new(flow: Flow) -> Self {
        Self {
            flow,
            program: Program::Other,
            tunnel: Vec::new(),
            hops: Vec::new(),
            source: None,
            site: String::new(),
            vpn: None,
            proxy: None,
            refused: BTreeSet::new(),
            changes: BTreeSet::new(),
        }
    }

    pub(crate) fn refuse(mut self, rule: &'static str) -> Self {
        self.refused.insert(rule);
        self
    }

    pub(crate) fn part(&mut self, id: &str) {
        self.hops.push(Hop::Part(id.to_owned()));
    }

    pub(crate) fn parts(&self) -> BTreeSet<String> {
        ids(&self.hops).union(&ids(&self.tunnel)).cloned().collect()
    }
}

impl World<'_> {
    /// From a site to the Internet or to the private side. `reaches` narrows
    /// the private networks.
    pub(crate) fn leave_site(
        &self,
        site: &str,
        side: Side,
        sent: &Sent,
        route: &BTreeSet<String>,
        reaches: Option<&[String]>,
    ) -> Path {
        let mut path = Path::new(sent.flow.clone());
        site.clone_into(&mut path.site);
        let ways = match side {
            Side::Internet => self.ways_out(site, "internet", sent, &[]),
            Side::Private => self.private_ways(site, sent, reaches),
        };
        let Some(hops) = self.first_up(&ways, route) else { return path.refuse("TRN-01") };
        path.source = Some(Source::of(&hops, site));
        path.hops = hops;
        path
    }

    /// Every way to the cloud's private side, networks in file order.
    fn private_ways(&self, site: &str, sent: &Sent, reaches: Option<&[String]>) -> Vec<Vec<Hop>> {
        let mut ways = Vec::new();
        for network in self.private_networks() {
            let regions = &self.plan.networks[network.as_str()].cloud_regions;
            if regions.as_ref().is_some_and(Vec::is_empty) {
                continue;
            }
            if reaches.is_some_and(|only| !only.contains(&network)) {
                continue;
            }
            for mut way in self.ways_out(site, &network, sent, &[]) {
                way.push(Hop::Reach(network.clone()));
                ways.push(way);
            }
        }
        ways
    }

    /// From a machine of a posture.
    pub(crate) fn leave(
        &self,
        posture: &Posture,
        machine: &Machine,
        side: Side,
        flow: &Flow,
    ) -> Path {
        match machine {
            Machine::Vdi(vdi) => self.leave_vdi(vdi, side, flow),
            Machine::Workstation => self.leave_workstation(posture, side, flow),
        }
    }

    fn leave_workstation(&self, posture: &Posture, side: Side, flow: &Flow) -> Path {
        let sent = Sent { sender: Senders::Workstations, flow: flow.clone() };
        let outside = || self.leave_site(&posture.place, side, &sent, &BTreeSet::new(), None);
        let Some(vpn) = &posture.vpn else { return outside() };
        if self.is_split(vpn) && !self.on_list(vpn, flow) {
            return match side {
                Side::Private => Path::new(flow.clone()).refuse("VPN-02"),
                Side::Internet => outside(),
            };
        }
        self.leave_tunnel(posture, vpn, side, &sent)
    }

    /// Inside the tunnel, and then as a workstation of the VPN's site.
    fn leave_tunnel(&self, posture: &Posture, vpn: &str, side: Side, sent: &Sent) -> Path {
        let site = self.vpn(vpn).site.id.to_string();
        let route = BTreeSet::from([vpn.to_owned()]);
        let mut path = self.leave_site(&site, side, sent, &route, None);
        path.tunnel = self.tunnel(&posture.place, vpn);
        path.source =
            path.source.map(|last| Source::Vpn { id: vpn.to_owned(), last: Box::new(last) });
        path.vpn = Some(vpn.to_owned());
        path.part(vpn);
        path
    }

    /// From a place to a VPN gateway over the Internet.
    pub(crate) fn tunnel(&self, place: &str, vpn: &str) -> Vec<Hop> {
        let route = BTreeSet::from([vpn.to_owned()]);
        let site = self.vpn(vpn).site.id.to_string();
        let ways = self.ways_out(place, "internet", &Sent::other(), &[]);
        let mut hops = self.first_up(&ways, &route).unwrap_or_default();
        hops.extend(self.way_in(&site, "internet", &Sent::other()).unwrap_or_default());
        hops.push(Hop::Part(vpn.to_owned()));
        hops
    }

    /// Whether there is any way from a place to a VPN gateway, up or down.
    pub(crate) fn has_tunnel(&self, place: &str, vpn: &str) -> bool {
        let site = self.vpn(vpn).site.id.to_string();
        !self.ways_out(place, "internet", &Sent::other(), &[]).is_empty()
            && self.way_in(&site, "internet", &Sent::other()).is_some()
    }

    fn leave_vdi(&self, id: &str, side: Side, flow: &Flow) -> Path {
        let vdi = &self.plan.vdi[id];
        let site = vdi.site.id.as_str();
        let sent = Sent { sender: Senders::Workstations, flow: flow.clone() };
        let route = BTreeSet::from([id.to_owned()]);
        let mut path = match &vdi.exit {
            VdiExit::Own | VdiExit::Proxy(_) => self.leave_site(site, side, &sent, &route, None),
            VdiExit::Private(_) if side == Side::Private => {
                self.leave_site(site, side, &sent, &route, None)
            }
            VdiExit::Private(_) => Path::new(flow.clone()).refuse("TRN-03"),
            VdiExit::Circuit(named) => {
                let members = vec![named.id.to_string()];
                self.leave_by(site, &members, BundleMode::ActivePassive, None, side, &sent)
            }
            VdiExit::Bundle(named) => {
                let bundle = &self.plan.bundles[&named.id];
                let members: Vec<String> = bundle.of.iter().map(|m| m.id.to_string()).collect();
                self.leave_by(site, &members, bundle.mode, Some(named.id.to_string()), side, &sent)
            }
        };
        let egress = vdi.egress.as_ref().map(|named| named.id.to_string());
        path.source = path.source.map(|last| Source::Equipment {
            id: id.to_owned(),
            egress,
            vendor: self.is_vendor(site),
            last: Box::new(last),
        });
        site.clone_into(&mut path.site);
        path.part(id);
        path
    }

    /// By one circuit or bundle and no other.
    fn leave_by(
        &self,
        site: &str,
        members: &[String],
        mode: BundleMode,
        bundle: Option<String>,
        side: Side,
        sent: &Sent,
    ) -> Path {
        let path = Path::new(sent.flow.clone());
        let Some(line) = self.line_of(members, mode, bundle, true) else {
            return path.refuse("TRN-01");
        };
        let goes = if line.network == "internet" { Side::Internet } else { Side::Private };
        let regions = &self.plan.networks[line.network.as_str()].cloud_regions;
        let is_wan = regions.as_ref().is_some_and(Vec::is_empty);
        if goes != side || is_wan {
            return path.refuse("TRN-01");
        }
        let mut path = path;
        let before = self.first_up(&self.between(site, &line.site, sent), &BTreeSet::new());
        let Some(before) = before else { return path.refuse("TRN-01") };
        path.hops = before;
        path.hops.push(Hop::Cross {
            site: line.site.clone(),
            network: line.network.clone(),
            outward: true,
            sender: sent.sender,
            flow: sent.flow.clone(),
        });
        path.part(&line.network.clone());
        if side == Side::Private {
            path.hops.push(Hop::Reach(line.network.clone()));
        }
        path.source = Some(Source::Line(line.clone()));
        path.hops.push(Hop::Line(line));
        path
    }
}
