//! Sites, circuits and firewalls: how a flow leaves a site for a network.
//!
//! Exits, private networks and the circuits of a bundle are *fixed*
//! alternatives: the first that is up carries the flow, and if a rule refuses
//! it there, it is refused. So each way keeps the gates of the earlier ones in
//! [`Path::after`], and these gates speak of components only, never of rules.

use outlast_models::Id;
use outlast_models::plan::{Exit, Senders, SiteKind};

use super::line::{Crossing, Line};
use super::path::{Earlier, Path, Refusal, Source, Traffic};
use super::{Class, Dest, Flow, Transport, Walker};
use crate::gates::GateId;

/// One way from a site to a network: passages in order.
pub(super) type Way = Vec<Crossing>;

/// Who sends, and which components on the route firewalls may stand before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sender<'a> {
    pub(crate) class: Class,
    pub(crate) owners: &'a [Id],
    /// Only this circuit or bundle (the `exit` of a VDI).
    pub(crate) only: Option<&'a Id>,
}

impl<'a> Sender<'a> {
    pub(crate) fn workstation() -> Self {
        Self { class: Senders::Workstations, owners: &[], only: None }
    }

    pub(crate) fn of(class: Class, owners: &'a [Id]) -> Self {
        Self { class, owners, only: None }
    }
}

impl Walker<'_> {
    /// The ways from a site to a network, in their fixed order.
    pub(super) fn ways_out(&self, site: &Id, network: &Id, crossed: &mut Vec<Id>) -> Vec<Way> {
        if crossed.contains(site) {
            return Vec::new();
        }
        crossed.push(site.clone());
        let mut ways = Vec::new();
        for exit in self.exits(site, network) {
            match exit {
                Exit::Here(_) => ways.extend(self.own_ways(site, network)),
                Exit::Site(named) => {
                    for onward in self.ways_out(&named.id, network, crossed) {
                        for mut way in self.between(site, &named.id, None) {
                            way.extend(onward.iter().cloned());
                            ways.push(way);
                        }
                    }
                }
            }
        }
        crossed.pop();
        ways
    }

    fn own_ways(&self, site: &Id, network: &Id) -> Vec<Way> {
        let crossing = |line| {
            vec![Crossing { site: site.clone(), network: network.clone(), line, outward: true }]
        };
        self.lines(site, network).into_iter().map(crossing).collect()
    }

    /// The ways between two sites over the private networks that join them.
    pub(super) fn between(&self, from: &Id, to: &Id, over: Option<&Id>) -> Vec<Way> {
        let mut ways = Vec::new();
        let chosen = |network: &&Id| over.is_none_or(|over| *over == **network);
        for network in self.graph.private_networks(false).filter(chosen) {
            if !self.is_routed(from, network) || !self.is_routed(to, network) {
                continue;
            }
            for near in self.lines(from, network) {
                for far in self.lines(to, network) {
                    let cross = |site: &Id, line: &Line, outward| Crossing {
                        site: site.clone(),
                        network: network.clone(),
                        line: line.clone(),
                        outward,
                    };
                    ways.push(vec![cross(from, &near, true), cross(to, &far, false)]);
                }
            }
        }
        ways
    }

    /// Whether a site is routed on a private network (PRV-08).
    pub(crate) fn is_routed(&self, site: &Id, network: &Id) -> bool {
        let routed = &self.plan.networks[network].routed.value;
        routed.as_ref().is_none_or(|sites| sites.iter().any(|named| named.id == *site))
    }

    /// Whether a site reaches the Internet by itself, without circuits.
    pub(super) fn is_by_itself(&self, site: &Id, network: &Id) -> bool {
        let kind = self.plan.sites[site].kind;
        *network == "internet" && matches!(kind, SiteKind::Homes | SiteKind::Vendor)
    }

    /// The paths of a flow from a site out to a network.
    pub(crate) fn out(
        &mut self,
        site: &Id,
        network: &Id,
        flow: &Flow,
        sender: Sender<'_>,
    ) -> Vec<Path> {
        let flow = &Flow { over: Some(Transport::Internet), ..flow.clone() };
        let mut ways = self.ways_out(site, network, &mut Vec::new());
        if let Some(only) = sender.only {
            ways = self.by_one(site, network, ways, only);
        }
        if ways.is_empty() && self.is_by_itself(site, network) && sender.only.is_none() {
            let mut path = Path::start();
            self.through(&mut path, site);
            self.through(&mut path, network);
            path.source = vendor_source(site);
            return vec![path];
        }
        if ways.is_empty() {
            return vec![Path::refused(self.no_way_out(site, network, flow, sender))];
        }
        self.fixed(&ways, flow, sender)
    }

    /// The paths of a flow that comes in from a network to a site: by the
    /// site's own circuits, whose addresses it is known by; nothing is filtered
    /// inbound.
    pub(crate) fn inbound(
        &mut self,
        site: &Id,
        network: &Id,
        traffic: Traffic,
        owner: &Id,
    ) -> Vec<Path> {
        self.inbound_to(site, network, traffic, std::slice::from_ref(owner))
    }

    /// The same, where firewalls may stand before several things on the way.
    pub(crate) fn inbound_to(
        &mut self,
        site: &Id,
        network: &Id,
        traffic: Traffic,
        owners: &[Id],
    ) -> Vec<Path> {
        let flow = Flow::to(Dest::Unlisted, traffic);
        let mut ways = self.own_ways(site, network);
        for crossing in ways.iter_mut().flatten() {
            crossing.outward = false;
        }
        if ways.is_empty() {
            if self.is_by_itself(site, network) {
                let mut path = Path::start();
                self.through(&mut path, network);
                self.through(&mut path, site);
                return vec![path];
            }
            let says = format!("{site} cannot be reached from {network}: it has no circuit to it");
            let place = self.plan.sites.get(site).map(|s| s.place);
            return vec![Path::refused(Refusal::new("TRN-01", says, place))];
        }
        self.fixed(&ways, &flow, Sender::of(Senders::Any, owners))
    }

    /// The paths of a flow between two sites of the company.
    pub(crate) fn wan(&mut self, from: &Id, to: &Id, flow: &Flow, sender: Sender<'_>) -> Vec<Path> {
        let ways = self.between(from, to, None);
        self.joined(from, to, &ways, flow, sender)
    }

    /// The same over one network, which is left for by the site's exits.
    pub(crate) fn wan_over(
        &mut self,
        from: &Id,
        to: &Id,
        over: &Id,
        flow: &Flow,
        sender: Sender<'_>,
    ) -> Vec<Path> {
        let ways = self.ways_over(from, to, over, &mut Vec::new());
        self.joined(from, to, &ways, flow, sender)
    }

    fn ways_over(&self, from: &Id, to: &Id, over: &Id, crossed: &mut Vec<Id>) -> Vec<Way> {
        if crossed.contains(from) {
            return Vec::new();
        }
        crossed.push(from.clone());
        let mut ways = Vec::new();
        for exit in self.exits(from, over) {
            match exit {
                Exit::Here(_) => ways.extend(self.between(from, to, Some(over))),
                Exit::Site(named) if named.id == *to => ways.extend(self.between(from, to, None)),
                Exit::Site(named) => {
                    for onward in self.ways_over(&named.id, to, over, crossed) {
                        for mut way in self.between(from, &named.id, None) {
                            way.extend(onward.iter().cloned());
                            ways.push(way);
                        }
                    }
                }
            }
        }
        crossed.pop();
        ways
    }

    fn joined(
        &mut self,
        from: &Id,
        to: &Id,
        ways: &[Way],
        flow: &Flow,
        sender: Sender<'_>,
    ) -> Vec<Path> {
        if from == to {
            let mut path = Path::start();
            self.through(&mut path, from);
            return vec![path];
        }
        if ways.is_empty() {
            let says = format!("no private network joins {from} and {to}");
            let place = self.plan.sites.get(from).map(|s| s.place);
            return vec![Path::refused(Refusal::new("TRN-01", says, place))];
        }
        self.fixed(ways, flow, sender)
    }

    fn fixed(&mut self, ways: &[Way], flow: &Flow, sender: Sender<'_>) -> Vec<Path> {
        let mut walked: Vec<(&Way, Path, GateId)> = Vec::new();
        for way in ways {
            let (path, up) = self.walk_way(way, flow, sender);
            walked.push((way, path, up));
        }
        // Of a bundle that is not drawn, whatever a firewall refuses comes first:
        // while it is up, some flows leave by it.
        let by = |way: &Way| way.iter().map(|c| c.line.resource.clone()).collect::<Vec<_>>();
        for same in walked.chunk_by_mut(|a, b| by(a.0) == by(b.0)) {
            if same[0].0.iter().any(|crossing| self.is_undrawn(&crossing.line)) {
                same.sort_by_key(|(_, path, _)| path.refusal.is_none());
            }
        }
        let mut earlier: Vec<Earlier> = Vec::new();
        let mut paths = Vec::new();
        for (_, mut path, up) in walked {
            path.after.clone_from(&earlier);
            earlier.push(Earlier::first(up));
            paths.push(path);
        }
        paths
    }

    /// Walks one way; also returns the gate of its components alone.
    fn walk_way(&mut self, way: &Way, flow: &Flow, sender: Sender<'_>) -> (Path, GateId) {
        let mut path = Path::start();
        let mut owners = sender.owners.to_vec();
        owners.extend(flow.toward.clone());
        for crossing in way {
            owners.push(crossing.line.resource.clone());
            owners.extend(self.carrying(&crossing.line.members));
        }
        for crossing in way {
            self.cross_components(&mut path, crossing, &owners);
        }
        let up = path.gate;
        for crossing in way {
            self.apply_line(&mut path, crossing, flow);
            if self.plan.bundles.contains_key(&crossing.line.resource) {
                path.bundles.insert(crossing.line.resource.clone());
            }
            if self.draws.contains_key(&crossing.line.resource) {
                path.assumptions.insert("bundle_hash".to_owned());
            }
            self.apply_firewalls(&mut path, crossing, &owners, flow, sender.class);
        }
        if let Some(last) = way.iter().rfind(|crossing| crossing.outward) {
            path.source = self.line_source(&last.line);
        }
        (path, up)
    }

    fn cross_components(&mut self, path: &mut Path, crossing: &Crossing, owners: &[Id]) {
        let walls = self.firewalls(crossing, owners);
        if crossing.outward {
            self.through(path, &crossing.site);
            for (wall, _) in &walls {
                self.through(path, wall);
            }
        }
        self.through_line(path, &crossing.line);
        self.through(path, &crossing.network);
        if !crossing.outward {
            for (wall, _) in &walls {
                self.through(path, wall);
            }
            self.through(path, &crossing.site);
        }
    }
}

fn vendor_source(site: &Id) -> Source {
    Source::Egress { names: vec![site.clone()], shown: site.clone(), vendor: true }
}

impl Walker<'_> {
    /// The ways that leave by one circuit or bundle: by the site's exits, or where
    /// these lead elsewhere by the site's own.
    fn by_one(&self, site: &Id, network: &Id, ways: Vec<Way>, only: &Id) -> Vec<Way> {
        let found = self.restricted(ways, only);
        if found.is_empty() {
            return self.restricted(self.own_ways(site, network), only);
        }
        found
    }

    /// The ways that leave by one circuit or bundle, and nothing else of them.
    fn restricted(&self, ways: Vec<Way>, only: &Id) -> Vec<Way> {
        let mut kept = Vec::new();
        for way in ways {
            let Some((last, so_far)) = way.split_last() else { continue };
            if last.line.resource == *only {
                kept.push(way);
            } else if last.line.members.contains(only) {
                for line in self.pinned(&last.line, only) {
                    let last = Crossing { line, ..last.clone() };
                    kept.push(so_far.iter().cloned().chain([last]).collect());
                }
            }
        }
        kept
    }
}

/// A private address as the cloud sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PrivateSource<'a> {
    /// Names under which it may be listed.
    pub(crate) names: &'a [Id],
    /// The name to show.
    pub(crate) shown: &'a Id,
}

impl Walker<'_> {
    /// The paths of a flow from a site to the cloud over private networks, in
    /// their fixed order; `reaches` keeps those that a proxy reaches.
    pub(crate) fn out_private(
        &mut self,
        site: &Id,
        flow: &Flow,
        sender: Sender<'_>,
        source: PrivateSource<'_>,
        reaches: Option<&[Id]>,
    ) -> Vec<Path> {
        let flow = &Flow { over: Some(Transport::Private), ..flow.clone() };
        let networks: Vec<Id> = self
            .graph
            .private_networks(true)
            .filter(|id| reaches.is_none_or(|list| list.contains(id)))
            .cloned()
            .collect();
        let routed: Vec<Id> =
            networks.iter().filter(|id| self.is_routed(site, id)).cloned().collect();
        let (usable, unrouted) =
            if self.has_way(site, &routed) { (routed, false) } else { (networks, true) };
        let mut ways = Vec::new();
        let mut over = Vec::new();
        for network in &usable {
            let mut found = self.ways_out(site, network, &mut Vec::new());
            if let Some(only) = sender.only {
                found = self.by_one(site, network, found, only);
            }
            over.extend(found.iter().map(|_| network.clone()));
            ways.extend(found);
        }
        if ways.is_empty() {
            return vec![Path::refused(self.no_private_way(site, flow, sender, &usable))];
        }
        let mut paths = self.fixed(&ways, flow, sender);
        for (path, network) in paths.iter_mut().zip(&over) {
            self.arrive_private(path, network, source, unrouted);
        }
        paths
    }

    pub(super) fn has_way(&self, site: &Id, networks: &[Id]) -> bool {
        networks.iter().any(|network| !self.ways_out(site, network, &mut Vec::new()).is_empty())
    }

    fn arrive_private(
        &mut self,
        path: &mut Path,
        network: &Id,
        source: PrivateSource<'_>,
        unrouted: bool,
    ) {
        path.source = Source::Private { names: source.names.to_vec(), shown: source.shown.clone() };
        if unrouted {
            // PRV-08: routing comes before the vendor's list.
            let says = format!("{} is not routed on {network}", source.shown);
            let place = self.plan.networks[network].place;
            let enable = crate::input::Change::EnableRouting { source: source.shown.clone() };
            path.refuse_until(Refusal::new("PRV-08", says, Some(place)), Some(enable));
        }
        self.check_private_source(path, source.names, source.shown);
        let regions = self.plan.networks[network].cloud_regions.value.as_ref();
        let regions: Option<Vec<Id>> =
            regions.map(|list| list.iter().map(|named| named.id.clone()).collect());
        let gate = self.graph.cloud_gate(&mut self.gates, regions.as_deref());
        self.through_region(path, gate);
    }
}
