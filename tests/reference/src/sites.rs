//! Sites and networks: every way out of a site, every way between two sites.

use std::collections::BTreeSet;

use outlast_models::plan::{BundleMode, Exit, NetworkKind, Senders};

use crate::words::Flow;
use crate::world::World;

/// The circuits of one site to one network, used as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) site: String,
    pub(crate) network: String,
    /// The member in use, or those of an active-active bundle that are up, if
    /// it is not drawn.
    pub(crate) in_use: Vec<String>,
    /// The members that share its load.
    pub(crate) share: Vec<String>,
    /// The written bundle.
    pub(crate) bundle: Option<String>,
    pub(crate) active_active: bool,
    /// Whether the flow leaves the site by it.
    pub(crate) outward: bool,
    /// Whether it speaks IPv6 only.
    pub(crate) v6: bool,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hop {
    /// A component that must be up.
    Part(String),
    /// Circuits.
    Line(Line),
    /// The Internet line of a home.
    Home { site: String, isp: String },
    /// Between a site and a network, through the firewalls there; `with` is
    /// what else belongs to the stretch that is being walked.
    Cross { site: String, network: String, sender: Senders, flow: Flow, with: BTreeSet<String> },
    /// A private network's end at the cloud.
    Reach(String),
    /// The region of the cloud in force.
    Region,
    /// A SIP trunk, called by the cloud.
    Trunk(String),
    /// Ways of which any that is up will do, whatever rules say.
    AnyOf(Vec<Vec<Hop>>),
}

/// Who sends what: what a firewall asks.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) sender: Senders,
    pub(crate) flow: Flow,
}

impl Sent {
    pub(crate) fn other() -> Self {
        Self::from_workstation(Flow::Other)
    }

    pub(crate) fn from_workstation(flow: Flow) -> Self {
        Self { sender: Senders::Workstations, flow }
    }

    pub(crate) fn cross(&self, site: &str, network: &str) -> Hop {
        let (sender, flow) = (self.sender, self.flow.clone());
        let (site, network, with) = (site.to_owned(), network.to_owned(), BTreeSet::new());
        Hop::Cross { site, network, sender, flow, with }
    }
}

/// One stretch, from a machine or a piece of equipment to the next: tells each
/// crossing on it what it belongs to, its circuits and the equipment at its
/// `ends`.
pub(crate) fn stretch(mut hops: Vec<Hop>, ends: &[&str]) -> Vec<Hop> {
    let mut all: BTreeSet<String> = ends.iter().map(|id| (*id).to_owned()).collect();
    for hop in &hops {
        if let Hop::Line(line) = hop {
            all.extend(line.in_use.iter().cloned());
            all.extend(line.bundle.clone());
        }
    }
    for hop in &mut hops {
        if let Hop::Cross { with, .. } = hop {
            with.clone_from(&all);
        }
    }
    hops
}

/// The ids of the components that hops name.
pub(crate) fn ids(hops: &[Hop]) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for hop in hops {
        match hop {
            Hop::Part(id) | Hop::Trunk(id) => {
                ids.insert(id.clone());
            }
            Hop::Line(line) => {
                ids.extend(line.in_use.iter().cloned());
                ids.extend(line.bundle.clone());
            }
            Hop::Home { .. } | Hop::Cross { .. } | Hop::Reach(_) | Hop::Region | Hop::AnyOf(_) => {}
        }
    }
    ids
}

impl World<'_> {
    /// The circuits of a site to a network; `None` if there are none.
    pub(crate) fn line(&self, site: &str, network: &str, outward: bool) -> Option<Line> {
        let plan = self.plan;
        let of_both = |id: &str| {
            plan.circuits.get(id).is_some_and(|c| c.from.id == *site && c.to.id == *network)
        };
        let written = plan
            .bundles
            .iter()
            .find(|(_, b)| b.of.iter().any(|member| of_both(member.id.as_str())));
        let members: Vec<String> = match written {
            Some((_, bundle)) => bundle.of.iter().map(|member| member.id.to_string()).collect(),
            None => plan
                .circuits
                .keys()
                .filter(|id| of_both(id.as_str()))
                .map(ToString::to_string)
                .collect(),
        };
        let mode = written.map_or(BundleMode::ActivePassive, |(_, bundle)| bundle.mode.value);
        let bundle = written.map(|(id, _)| id.to_string());
        self.line_of(&members, mode, bundle, outward)
    }

    /// Circuits used as one, as they stand.
    pub(crate) fn line_of(
        &self,
        members: &[String],
        mode: BundleMode,
        bundle: Option<String>,
        outward: bool,
    ) -> Option<Line> {
        let circuit = self.plan.circuits.get(members.first()?.as_str())?;
        let carrying: Vec<String> = members.iter().filter(|id| !self.is_v6(id)).cloned().collect();
        let v6 = carrying.is_empty();
        let members = if v6 { members.to_vec() } else { carrying };
        let or_all = |members: &[String]| -> Vec<String> {
            let up: Vec<String> = members.iter().filter(|id| self.up(id)).cloned().collect();
            if up.is_empty() { members.to_vec() } else { up }
        };
        let active_active = mode == BundleMode::ActiveActive;
        let first = |members: &[String]| {
            let mut members = or_all(members);
            vec![members.swap_remove(self.steer.pick(members.len()))]
        };
        let drawn = bundle.as_ref().and_then(|id| self.draws.get(id));
        let share = if active_active { or_all(&members) } else { first(&members) };
        let in_use = drawn.map_or_else(|| share.clone(), |order| first(order));
        let (site, network) = (circuit.from.id.to_string(), circuit.to.id.to_string());
        Some(Line { site, network, in_use, share, bundle, active_active, outward, v6 })
    }

    pub(crate) fn is_private(&self, network: &str) -> bool {
        self.plan.networks.get(network).is_some_and(|entry| entry.kind == NetworkKind::Private)
    }

    pub(crate) fn private_networks(&self) -> Vec<String> {
        self.plan
            .networks
            .keys()
            .map(ToString::to_string)
            .filter(|id| self.is_private(id))
            .collect()
    }

    pub(crate) fn is_routed(&self, site: &str, network: &str) -> bool {
        let routed = self.plan.networks.get(network).and_then(|entry| entry.routed.value.as_ref());
        routed.is_none_or(|sites| sites.iter().any(|named| named.id == *site))
    }

    /// Every way out of a site to a network, in the order of preference.
    pub(crate) fn ways_out(
        &self,
        site: &str,
        network: &str,
        sent: &Sent,
        crossed: &[String],
    ) -> Vec<Vec<Hop>> {
        let exits = self.plan.exits.get(site).and_then(|exits| {
            let by = &exits.by_network;
            by.get(network)
                .or_else(|| if self.is_private(network) { by.get("private") } else { None })
        });
        let Some(exits) = exits else { return self.own_way_out(site, network, sent) };
        let mut ways = Vec::new();
        for exit in &exits.value {
            match exit {
                Exit::Here(_) => ways.extend(self.own_way_out(site, network, sent)),
                Exit::Site(next) => {
                    let next = next.id.as_str();
                    if next == site || crossed.iter().any(|before| before == next) {
                        continue;
                    }
                    let mut crossed = crossed.to_vec();
                    crossed.push(site.to_owned());
                    for first in self.between(site, next, sent) {
                        for rest in self.ways_out(next, network, sent, &crossed) {
                            ways.push([first.clone(), rest].concat());
                        }
                    }
                }
            }
        }
        ways
    }

    /// By its own circuits; homes and vendor sites reach the Internet by themselves.
    fn own_way_out(&self, site: &str, network: &str, sent: &Sent) -> Vec<Vec<Hop>> {
        if let Some(line) = self.line(site, network, true) {
            let cross = sent.cross(site, network);
            let site = Hop::Part(site.to_owned());
            return vec![vec![site, cross, Hop::Line(line), Hop::Part(network.to_owned())]];
        }
        if network != "internet" {
            return Vec::new();
        }
        let internet = Hop::Part("internet".to_owned());
        if self.is_homes(site) {
            let isp = self.isps.get(site).cloned().unwrap_or_default();
            return vec![vec![Hop::Home { site: site.to_owned(), isp }, internet]];
        }
        if self.is_vendor(site) {
            let cross = sent.cross(site, network);
            return vec![vec![Hop::Part(site.to_owned()), cross, internet]];
        }
        Vec::new()
    }

    /// Into a site from a network by its own circuits; a vendor's from the
    /// Internet by itself.
    pub(crate) fn way_in(&self, site: &str, network: &str, sent: &Sent) -> Option<Vec<Hop>> {
        let cross = sent.cross(site, network);
        let part = Hop::Part(site.to_owned());
        if let Some(line) = self.line(site, network, false) {
            return Some(vec![Hop::Line(line), cross, part]);
        }
        (network == "internet" && self.is_vendor(site)).then(|| vec![cross, part])
    }

    /// Every way between two sites: the LAN, or one common private network.
    pub(crate) fn between(&self, from: &str, to: &str, sent: &Sent) -> Vec<Vec<Hop>> {
        if from == to {
            return vec![vec![Hop::Part(from.to_owned())]];
        }
        let mut ways = Vec::new();
        for network in self.private_networks() {
            if !self.is_routed(from, &network) || !self.is_routed(to, &network) {
                continue;
            }
            let (Some(out), Some(into)) =
                (self.line(from, &network, true), self.way_in(to, &network, sent))
            else {
                continue;
            };
            let mut way = vec![Hop::Part(from.to_owned()), sent.cross(from, &network)];
            way.push(Hop::Line(out));
            way.push(Hop::Part(network));
            way.extend(into);
            ways.push(way);
        }
        ways
    }

    /// The firewalls that a crossing passes. One before a component stands on
    /// the stretches of that component alone, if it is at the same site.
    pub(crate) fn firewalls(
        &self,
        site: &str,
        network: &str,
        with: &BTreeSet<String>,
    ) -> Vec<String> {
        let stands_before =
            |id: &str| with.contains(id) && self.site_of(id).as_deref() == Some(site);
        let passed = self.plan.firewalls.iter().filter(|(_, firewall)| {
            firewall.site.id == *site
                && firewall.guards.iter().any(|named| named.id == *network)
                && firewall.before.as_ref().is_none_or(|named| stands_before(named.id.as_str()))
        });
        passed.map(|(id, _)| id.to_string()).collect()
    }

    /// Whether every component of some hops is up.
    pub(crate) fn alive(&self, hops: &[Hop]) -> bool {
        hops.iter().all(|hop| match hop {
            Hop::Part(id) | Hop::Trunk(id) => self.up(id),
            Hop::Line(line) => {
                line.in_use.iter().any(|id| self.up(id))
                    && line.bundle.as_ref().is_none_or(|id| self.up(id))
            }
            Hop::Home { isp, .. } => self.up(isp),
            Hop::Cross { site, network, with, .. } => {
                self.firewalls(site, network, with).iter().all(|id| self.up(id))
            }
            Hop::Reach(network) => self.reaches_cloud(network),
            Hop::Region => self.region().is_some(),
            Hop::AnyOf(ways) => ways.iter().any(|way| self.alive(way)),
        })
    }

    /// A fixed choice between ways of one stretch: the first that is up, else
    /// the first. Whether a network reaches the region in force is no matter of
    /// the choice.
    pub(crate) fn first_up(&self, ways: &[Vec<Hop>], ends: &[&str]) -> Option<Vec<Hop>> {
        let ways: Vec<Vec<Hop>> = ways.iter().map(|way| stretch(way.clone(), ends)).collect();
        for way in &ways {
            self.meet(way);
        }
        if let [only] = ways.as_slice() {
            return Some(only.clone());
        }
        let is_up = |way: &&Vec<Hop>| {
            let reach = |hop: &&Hop| matches!(hop, Hop::Reach(_));
            way.iter().filter(|hop| !reach(hop)).all(|hop| self.alive(std::slice::from_ref(hop)))
        };
        let up: Vec<&Vec<Hop>> = ways.iter().filter(is_up).collect();
        up.get(self.steer.pick(up.len())).copied().or(ways.first()).cloned()
    }
}
