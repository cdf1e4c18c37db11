//! Leaving: from a machine to the Internet or to the cloud's private side.

use std::collections::BTreeSet;

use outlast_models::plan::{BundleMode, Senders, VdiExit};

use crate::posture::{Machine, Posture};
use crate::sites::{Hop, Line, Sent, stretch};
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The one rule that stands for whatever refuses it.
    pub(crate) refused_as: Option<&'static str>,
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
            refused_as: None,
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
}

impl World<'_> {
    /// From a site to the Internet or to the private side, with the equipment
    /// at the `ends` of this stretch. `reaches` narrows the private networks.
    pub(crate) fn leave_site(
        &self,
        site: &str,
        side: Side,
        sent: &Sent,
        ends: &[&str],
        reaches: Option<&[String]>,
    ) -> Path {
        let ways = match side {
            Side::Internet => self.ways_out(site, "internet", sent, &[]),
            Side::Private => self.private_ways(site, sent, reaches),
        };
        self.leave_over(site, &ways, sent, ends)
    }

    fn leave_over(&self, site: &str, ways: &[Vec<Hop>], sent: &Sent, ends: &[&str]) -> Path {
        let mut path = Path::new(sent.flow.clone());
        site.clone_into(&mut path.site);
        let Some(hops) = self.first_up(ways, ends) else { return path.refuse("TRN-01") };
        path.source = Some(Source::of(&hops, site));
        path.hops = hops;
        path
    }

    /// Every way to the cloud's private side, networks in file order. Those on
    /// which the site is not routed are passed over while there is another.
    fn private_ways(&self, site: &str, sent: &Sent, reaches: Option<&[String]>) -> Vec<Vec<Hop>> {
        let (mut routed, mut others) = (Vec::new(), Vec::new());
        for network in self.private_networks() {
            let regions = &self.plan.networks[network.as_str()].cloud_regions.value;
            if regions.as_ref().is_some_and(Vec::is_empty) {
                continue;
            }
            if reaches.is_some_and(|only| !only.contains(&network)) {
                continue;
            }
            let ways = if self.is_routed(site, &network) { &mut routed } else { &mut others };
            for mut way in self.ways_out(site, &network, sent, &[]) {
                way.push(Hop::Reach(network.clone()));
                ways.push(way);
            }
        }
        if routed.is_empty() { others } else { routed }
    }

    /// Every way out of a site for its own machines, or for the users of a VPN
    /// there, who leave for the Internet by `pool.nat` alone where it is given.
    pub(crate) fn out(
        &self,
        site: &str,
        vpn: Option<&str>,
        network: &str,
        sent: &Sent,
    ) -> Vec<Vec<Hop>> {
        match vpn.and_then(|vpn| self.vpn(vpn).nat.value.as_ref()) {
            Some(nat) if network == "internet" => self
                .ways_by(site, nat.id.as_str(), sent)
                .filter(|(line, _)| line.network == "internet")
                .map_or_else(Vec::new, |(_, ways)| ways),
            _ => self.ways_out(site, network, sent, &[]),
        }
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
        let outside = || self.leave_site(&posture.place, side, &sent, &[], None);
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
    pub(crate) fn leave_tunnel(
        &self,
        posture: &Posture,
        vpn: &str,
        side: Side,
        sent: &Sent,
    ) -> Path {
        let site = self.vpn(vpn).site.id.to_string();
        let ways = match side {
            Side::Internet => self.out(&site, Some(vpn), "internet", sent),
            Side::Private => self.private_ways(&site, sent, None),
        };
        let mut path = self.leave_over(&site, &ways, sent, &[vpn]);
        path.tunnel = self.tunnel(&posture.place, vpn);
        path.source = path.source.map(|last| self.source_of_vpn(vpn, last));
        path.vpn = Some(vpn.to_owned());
        path.part(vpn);
        path
    }

    /// Who comes out of a tunnel: an address of its own, as a proxy has one, or
    /// that of the circuit.
    fn source_of_vpn(&self, id: &str, last: Source) -> Source {
        let (id, last, vpn) = (id.to_owned(), Box::new(last), self.vpn(id));
        match &vpn.egress.value {
            None => Source::Vpn { id, last },
            Some(named) => Source::Equipment {
                id,
                egress: Some(named.id.to_string()),
                vendor: self.is_vendor(vpn.site.id.as_str()),
                last,
            },
        }
    }

    /// From a place to a VPN gateway over the Internet. Out of the place lists
    /// speak of it; what comes in to the gateway is no matter of theirs.
    pub(crate) fn tunnel(&self, place: &str, vpn: &str) -> Vec<Hop> {
        let site = self.vpn(vpn).site.id.to_string();
        let sent = Sent::from_workstation(Flow::ToVpn { id: vpn.to_owned() });
        let ways = self.ways_out(place, "internet", &sent, &[]);
        let mut hops = self.first_up(&ways, &[vpn]).unwrap_or_default();
        hops.extend(self.way_in(&site, "internet", &Sent::other()).unwrap_or_default());
        hops.push(Hop::Part(vpn.to_owned()));
        stretch(hops, &[vpn])
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
        let mut path = match &vdi.exit.value {
            VdiExit::Proxy(proxy) if !self.passes_beside(proxy.id.as_str(), flow) => {
                Path::new(flow.clone()).refuse(for_want_of_proxy(flow))
            }
            VdiExit::Own | VdiExit::Proxy(_) => self.leave_site(site, side, &sent, &[id], None),
            VdiExit::Private(_) if side == Side::Private => {
                self.leave_site(site, side, &sent, &[id], None)
            }
            VdiExit::Private(_) => Path::new(flow.clone()).refuse("TRN-03"),
            VdiExit::Circuit(named) | VdiExit::Bundle(named) => {
                self.leave_by(site, named.id.as_str(), side, &sent, &[id])
            }
        };
        let egress = vdi.egress.value.as_ref().map(|named| named.id.to_string());
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

    /// Whether a flow leaves beside the proxy that a VDI exits by: TURN that
    /// the proxy excludes.
    fn passes_beside(&self, proxy: &str, flow: &Flow) -> bool {
        *flow == Flow::Turn && self.plan.proxies[proxy].excludes_turn.value
    }

    /// By one circuit or bundle and no other.
    fn leave_by(&self, site: &str, line: &str, side: Side, sent: &Sent, ends: &[&str]) -> Path {
        let path = Path::new(sent.flow.clone());
        let Some((line, mut ways)) = self.ways_by(site, line, sent) else {
            return path.refuse("TRN-01");
        };
        let goes = if line.network == "internet" { Side::Internet } else { Side::Private };
        let regions = &self.plan.networks[line.network.as_str()].cloud_regions.value;
        let is_wan = regions.as_ref().is_some_and(Vec::is_empty);
        if goes != side || is_wan {
            return path.refuse("TRN-01");
        }
        if side == Side::Private {
            for way in &mut ways {
                way.push(Hop::Reach(line.network.clone()));
            }
        }
        self.leave_over(site, &ways, sent, ends)
    }

    /// Every way from a site by one circuit or bundle, which may be at another.
    pub(crate) fn ways_by(
        &self,
        site: &str,
        id: &str,
        sent: &Sent,
    ) -> Option<(Line, Vec<Vec<Hop>>)> {
        let line = match self.plan.bundles.get(id) {
            None => self.line_of(&[id.to_owned()], BundleMode::ActivePassive, None, true)?,
            Some(bundle) => {
                let members: Vec<String> = bundle.of.iter().map(|m| m.id.to_string()).collect();
                self.line_of(&members, bundle.mode.value, Some(id.to_owned()), true)?
            }
        };
        let by_line = |mut way: Vec<Hop>| {
            way.push(sent.cross(&line.site, &line.network));
            way.push(Hop::Line(line.clone()));
            way.push(Hop::Part(line.network.clone()));
            way
        };
        let ways = self.between(site, &line.site, sent).into_iter().map(by_line).collect();
        Some((line, ways))
    }
}

/// The rule by which a flow that no proxy carries has no way direct: the
/// recorder's, a softphone's signalling and its media, SIP, lists.
fn for_want_of_proxy(flow: &Flow) -> &'static str {
    match flow {
        Flow::Service { id, .. } if id == "webrtc-signalling" => "PRX-09",
        Flow::Turn => "PRX-03",
        Flow::SipSignalling | Flow::SipMedia => "APP-08",
        Flow::Lists { .. } => "APP-07",
        _ => "PRX-04",
    }
}
