//! Sites, circuits and firewalls: how a flow leaves a site for a network.
//!
//! Exits, private networks and the circuits of a bundle are *fixed*
//! alternatives: the first that is up carries the flow, and if a rule refuses
//! it there, it is refused. So each way keeps the gates of the earlier ones in
//! [`Path::after`], and these gates speak of components only, never of rules.

use outlast_models::fact::Fact;
use outlast_models::plan::{BundleMode, Exit, Firewall, IpVersion, Senders, SiteKind};
use outlast_models::units::Millis;
use outlast_models::{Id, Place};

use super::path::{Load, Path, Refusal, ResourceKey, Source, Traffic, UNIT};
use super::words::{self, Cover};
use super::{Class, Dest, Flow, Transport, Walker};
use crate::gates::GateId;
use crate::input::{Input, Setting};

/// What a firewall must keep an idle UDP session for (PRV-03).
const SIP_EXPIRY: Millis = Millis(140_000);

/// A circuit or bundle as one hop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Whose capacity it is: the bundle's, the implied bundle's or the circuit's.
    pub(crate) resource: Id,
    /// The circuits in order.
    pub(crate) members: Vec<Id>,
}

/// One passage between a site and a network.
#[derive(Debug, Clone)]
struct Crossing {
    site: Id,
    network: Id,
    line: Line,
    outward: bool,
}

/// One way from a site to a network: passages in order.
type Way = Vec<Crossing>;

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

/// Joins the ids of circuits that stand in no written bundle.
pub(crate) fn implied_bundle(members: &[Id]) -> Id {
    let ids: Vec<&str> = members.iter().map(Id::as_str).collect();
    Id::new(&ids.join("+"))
}

impl Walker<'_> {
    /// The circuits of a site to a network as hops, in file order.
    pub(crate) fn lines(&self, site: &Id, network: &Id) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut loose: Vec<Id> = Vec::new();
        for (id, circuit) in &self.plan.circuits {
            if circuit.from.id != *site || circuit.to.id != *network {
                continue;
            }
            let written =
                self.plan.bundles.iter().find(|(_, b)| b.of.iter().any(|member| member.id == *id));
            match written {
                None => loose.push(id.clone()),
                Some((bundle, _)) if lines.iter().any(|line| line.resource == *bundle) => {}
                Some((bundle, entry)) => {
                    let members: Vec<Id> = entry.of.iter().map(|m| m.id.clone()).collect();
                    lines.push(Line { resource: bundle.clone(), members });
                }
            }
        }
        if !loose.is_empty() {
            lines.push(Line { resource: implied_bundle(&loose), members: loose });
        }
        lines.into_iter().flat_map(|line| self.split_by_member(line, network)).collect()
    }

    /// An active-passive bundle with some members unknown to the cloud, or behind
    /// a firewall of their own, becomes one line for each member: which one is in
    /// use decides (INT-04, INT-02).
    fn split_by_member(&self, line: Line, network: &Id) -> Vec<Line> {
        let known = |member: &Id| self.is_listed(std::slice::from_ref(member), &line.resource);
        let passive = self
            .plan
            .bundles
            .get(&line.resource)
            .is_none_or(|bundle| bundle.mode == BundleMode::ActivePassive);
        let mixed = *network == "internet"
            && line.members.iter().any(known)
            && !line.members.iter().all(known);
        let walled = self.plan.firewalls.values().any(|wall| {
            wall.before.as_ref().is_some_and(|before| line.members.contains(&before.id))
        });
        if !passive && mixed {
            // While an unknown member is up, some flows leave by it.
            let (known, unknown): (Vec<Id>, Vec<Id>) =
                line.members.iter().cloned().partition(|member| known(member));
            let part = |members| Line { resource: line.resource.clone(), members };
            return vec![part(unknown), part(known)];
        }
        if !(passive && (mixed || walled)) || line.members.len() == 1 {
            return vec![line];
        }
        let one =
            |member: &Id| Line { resource: line.resource.clone(), members: vec![member.clone()] };
        let all_v6 = line.members.iter().all(|member| self.is_v6(member));
        line.members.iter().filter(|member| all_v6 || !self.is_v6(member)).map(one).collect()
    }

    /// The ways from a site to a network, in their fixed order.
    fn ways_out(&self, site: &Id, network: &Id, crossed: &mut Vec<Id>) -> Vec<Way> {
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

    fn exits(&self, site: &Id, network: &Id) -> Vec<Exit> {
        let written = self.plan.exits.get(site).and_then(|exits| {
            exits.by_network.get(network).or_else(|| {
                let private =
                    self.plan.networks[network].kind == outlast_models::plan::NetworkKind::Private;
                exits.by_network.get("private").filter(|_| private)
            })
        });
        written.cloned().unwrap_or_else(|| vec![Exit::Here(Place::BUILT_IN)])
    }

    fn own_ways(&self, site: &Id, network: &Id) -> Vec<Way> {
        let crossing = |line| {
            vec![Crossing { site: site.clone(), network: network.clone(), line, outward: true }]
        };
        self.lines(site, network).into_iter().map(crossing).collect()
    }

    /// The ways between two sites over the private networks that join them.
    fn between(&self, from: &Id, to: &Id, over: Option<&Id>) -> Vec<Way> {
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
        let routed = &self.plan.networks[network].routed;
        routed.as_ref().is_none_or(|sites| sites.iter().any(|named| named.id == *site))
    }

    /// Whether a site reaches the Internet by itself, without circuits.
    fn is_by_itself(&self, site: &Id, network: &Id) -> bool {
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
            restrict(&mut ways, only);
        }
        if ways.is_empty() && self.is_by_itself(site, network) && sender.only.is_none() {
            let mut path = Path::start();
            self.through(&mut path, site);
            self.through(&mut path, network);
            path.source = vendor_source(site);
            return vec![path];
        }
        if ways.is_empty() {
            let place = self.plan.sites.get(site).map(|s| s.place);
            return vec![Path::refused(self.no_way(site, network, flow, place))];
        }
        self.fixed(&ways, flow, sender)
    }

    /// TRN-01; TRN-03 for what exists on the Internet only.
    fn no_way(&self, site: &Id, network: &Id, flow: &Flow, place: Option<Place>) -> Refusal {
        let only = match &flow.dest {
            Dest::Turn => true,
            Dest::Service(id) => {
                let networks = self.plan.cloud.services[id].networks.value;
                networks == outlast_models::catalogue::Networks::InternetOnly
            }
            Dest::Sip | Dest::Proxy(_) | Dest::Corporate => false,
        };
        if only && *network == "internet" {
            let what = flow.dest.words();
            let says = format!("{what} exists on the Internet only, and {site} has no way onto it");
            return Refusal::new("TRN-03", says, place);
        }
        Refusal::new("TRN-01", format!("{site} has no circuit or exit to {network}"), place)
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
        let flow = Flow::corporate(traffic);
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
        let owners = [owner.clone()];
        self.fixed(&ways, &flow, Sender::of(Senders::Any, &owners))
    }

    /// The paths of a flow between two sites of the company.
    pub(crate) fn wan(&mut self, from: &Id, to: &Id, flow: &Flow, sender: Sender<'_>) -> Vec<Path> {
        self.wan_over(from, to, None, flow, sender)
    }

    /// The same over one network only.
    pub(crate) fn wan_over(
        &mut self,
        from: &Id,
        to: &Id,
        over: Option<&Id>,
        flow: &Flow,
        sender: Sender<'_>,
    ) -> Vec<Path> {
        if from == to {
            let mut path = Path::start();
            self.through(&mut path, from);
            return vec![path];
        }
        let ways = self.between(from, to, over);
        if ways.is_empty() {
            let says = format!("no private network joins {from} and {to}");
            let place = self.plan.sites.get(from).map(|s| s.place);
            return vec![Path::refused(Refusal::new("TRN-01", says, place))];
        }
        self.fixed(&ways, flow, sender)
    }

    fn fixed(&mut self, ways: &[Way], flow: &Flow, sender: Sender<'_>) -> Vec<Path> {
        let mut earlier: Vec<GateId> = Vec::new();
        let mut paths = Vec::new();
        for way in ways {
            let (mut path, up) = self.walk_way(way, flow, sender);
            path.after.clone_from(&earlier);
            earlier.push(up);
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
            owners.extend(crossing.line.members.iter().cloned());
        }
        for crossing in way {
            self.cross_components(&mut path, crossing, &owners);
        }
        let up = path.gate;
        for crossing in way {
            self.apply_line(&mut path, crossing, flow);
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

    fn through_line(&mut self, path: &mut Path, line: &Line) {
        let all_v6 = line.members.iter().all(|id| self.is_v6(id));
        let mut members = Vec::new();
        for member in &line.members {
            if all_v6 || !self.is_v6(member) {
                members.push(self.up(member));
            }
        }
        let mut gate = self.gates.or(members);
        if let Some(bundle) = self
            .graph
            .find(line.resource.as_str())
            .filter(|_| self.plan.bundles.contains_key(&line.resource))
        {
            // Whatever makes the circuits one may fail as such.
            let own = self.gates.input(crate::input::Input::Up(bundle.id.clone()));
            gate = self.gates.and([gate, own]);
        }
        path.gate = self.gates.and([path.gate, gate]);
        let shown = if let [only] = line.members.as_slice() { only } else { &line.resource };
        path.hops.push(super::path::Hop { id: shown.clone(), gate });
    }

    fn is_v6(&self, circuit: &Id) -> bool {
        self.plan.circuits[circuit].ip.value == IpVersion::V6
    }

    fn apply_line(&self, path: &mut Path, crossing: &Crossing, flow: &Flow) {
        if crossing.line.members.iter().all(|id| self.is_v6(id)) {
            // TRN-05: the services speak IPv4 only.
            let id = &crossing.line.members[0];
            let place = self.plan.circuits[id].ip.place();
            path.refuse(Refusal::new("TRN-05", format!("{id} carries IPv6 only"), place));
        }
        let resource = crossing.line.resource.clone();
        let key = |outward| ResourceKey::Line(resource.clone(), outward);
        path.loads.extend(flow.traffic.on(key, crossing.outward));
    }

    fn firewalls(&self, crossing: &Crossing, owners: &[Id]) -> Vec<(Id, Firewall)> {
        self.plan
            .firewalls
            .iter()
            .filter(|(_, wall)| {
                wall.site.id == crossing.site
                    && wall.guards.iter().any(|network| network.id == crossing.network)
                    && wall.before.as_ref().is_none_or(|before| owners.contains(&before.id))
            })
            .map(|(id, wall)| (id.clone(), wall.clone()))
            .collect()
    }

    fn apply_firewalls(
        &mut self,
        path: &mut Path,
        crossing: &Crossing,
        owners: &[Id],
        flow: &Flow,
        class: Class,
    ) {
        let over = self.transport_of(crossing, flow);
        for (id, wall) in self.firewalls(crossing, owners) {
            if flow.dest == Dest::Sip {
                self.check_udp_idle(path, &id, &wall);
            }
            // What inspects or translates does so both ways.
            self.check_inspection(path, &id, &wall, &flow.dest);
            self.load_nat_pool(path, &id, &flow.dest);
            if crossing.outward {
                self.check_allow(path, &id, &wall, class, &flow.dest, over);
            }
        }
    }

    /// A rule speaks of where a flow goes, not of the networks between: one that
    /// leaves by another site is an Internet flow on the WAN too. To a proxy it is
    /// the network that is crossed.
    fn transport_of(&self, crossing: &Crossing, flow: &Flow) -> Transport {
        let over =
            if crossing.network == "internet" { Transport::Internet } else { Transport::Private };
        match flow.dest {
            Dest::Service(_) | Dest::Turn => flow.over.unwrap_or(over),
            Dest::Sip | Dest::Proxy(_) | Dest::Corporate => over,
        }
    }

    /// INT-02, PRV-05, PRV-07: what the firewall lets out; INT-01: a rule by
    /// address holds only until the services' Internet addresses rotate.
    fn check_allow(
        &mut self,
        path: &mut Path,
        id: &Id,
        wall: &Firewall,
        class: Class,
        dest: &Dest,
        over: Transport,
    ) {
        let Some(allow) = &wall.allow else { return };
        let place = allow.first().map_or(wall.place, |rule| rule.place);
        match words::rules(self.plan, allow, class, dest, over) {
            Cover::Yes => {}
            Cover::UntilRotation => {
                let says = format!("{id} allows only the addresses resolved earlier");
                self.until_rotation(path, Refusal::new("INT-01", says, Some(place)));
            }
            Cover::No => {
                let rule = match (over, dest) {
                    (Transport::Internet, _) => "INT-02",
                    (Transport::Private, Dest::Sip) => "PRV-07",
                    (Transport::Private, _) => "PRV-05",
                };
                let says = format!("{id} does not let {} out to {}", sender(class), dest.words());
                path.refuse(Refusal::new(rule, says, Some(place)));
            }
        }
    }

    /// Adds the condition that the services' addresses have not rotated.
    pub(crate) fn until_rotation(&mut self, path: &mut Path, refusal: Refusal) {
        let gate = self.gates.input(Input::AsWritten(Setting::Addresses));
        self.also(path, gate);
        path.conditions.push((gate, refusal));
    }

    /// INT-03: TURN is SRTP and does not survive inspection.
    fn check_inspection(&mut self, path: &mut Path, id: &Id, wall: &Firewall, dest: &Dest) {
        if *dest != Dest::Turn {
            return;
        }
        let refusal =
            Refusal::new("INT-03", format!("{id} inspects TURN"), wall.inspects_turn.place());
        self.unless(path, wall.inspects_turn, Setting::TurnClear(id.clone()), refusal);
    }

    /// Refuses where a bad setting is written; else adds the condition that
    /// nobody spoils it.
    pub(crate) fn unless(
        &mut self,
        path: &mut Path,
        bad: Fact<bool>,
        setting: Setting,
        refusal: Refusal,
    ) {
        if bad.value {
            path.refuse(refusal);
        } else {
            let gate = self.gates.input(Input::AsWritten(setting));
            self.also(path, gate);
            path.conditions.push((gate, refusal));
        }
    }

    /// PRV-03: the firewall must outlast the registration, 140 s.
    fn check_udp_idle(&mut self, path: &mut Path, id: &Id, wall: &Firewall) {
        let breaks = self.plan.figures.short_udp_timeout_breaks;
        if !breaks.value {
            path.assumptions.insert("short_udp_timeout_breaks".to_owned());
            return;
        }
        let short = wall.udp_idle.map(|idle| idle < SIP_EXPIRY);
        let says = format!("{id} drops idle UDP sessions before the registration expires (140 s)");
        let refusal = Refusal::new("PRV-03", says, wall.udp_idle.place());
        if short.value {
            path.assumptions.insert("short_udp_timeout_breaks".to_owned());
        }
        self.unless(path, short, Setting::UdpIdle(id.clone()), refusal);
    }

    /// PRV-06: a SIP phone's UDP sessions take address and port pairs.
    fn load_nat_pool(&self, path: &mut Path, id: &Id, dest: &Dest) {
        let key = ResourceKey::NatPool(id.clone());
        // Through the same firewall in and out again, a session is one session.
        if *dest == Dest::Sip && path.loads.iter().all(|load| load.key != key) {
            let sessions = self.plan.figures.udp_sessions_per_sip_phone.value;
            path.loads.push(Load { key, held: sessions * UNIT, in_call: 0 });
            path.assumptions.insert("udp_sessions_per_sip_phone".to_owned());
        }
    }
}

/// Keeps the ways that leave by one circuit or bundle, and nothing else of them.
fn restrict(ways: &mut Vec<Way>, only: &Id) {
    ways.retain_mut(|way| {
        let Some(last) = way.last_mut() else { return false };
        if last.line.members.contains(only) {
            last.line.members = vec![only.clone()];
            last.line.resource = only.clone();
        }
        last.line.resource == *only || last.line.members == [only.clone()]
    });
}

fn vendor_source(site: &Id) -> Source {
    Source::Egress { names: vec![site.clone()], shown: site.clone(), vendor: true }
}

fn sender(class: Class) -> &'static str {
    match class {
        Senders::Any => "anybody",
        Senders::Workstations => "workstations",
        Senders::Proxies => "proxies",
        Senders::Pbx => "the PBX",
        Senders::Sbc => "the SBC",
    }
}

impl Flow {
    /// A flow to something of the company: no rule of `allow` speaks of it.
    pub(crate) fn corporate(traffic: Traffic) -> Self {
        Self {
            dest: Dest::Corporate,
            traffic,
            hard_fail: false,
            softphone: false,
            over: None,
            toward: None,
        }
    }

    /// The same flow to one component.
    pub(crate) fn toward(self, id: &Id) -> Self {
        Self { toward: Some(id.clone()), ..self }
    }

    /// The same flow to a proxy on the way.
    pub(crate) fn to_proxy(&self, proxy: &Id) -> Self {
        Self { dest: Dest::Proxy(proxy.clone()), ..self.clone() }.toward(proxy)
    }
}

impl Dest {
    /// For sentences.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Service(id) => id.to_string(),
            Self::Turn => "TURN".to_owned(),
            Self::Sip => "the cloud's SBC".to_owned(),
            Self::Proxy(id) => format!("proxy {id}"),
            Self::Corporate => "the company's systems".to_owned(),
        }
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
                restrict(&mut found, only);
            }
            over.extend(found.iter().map(|_| network.clone()));
            ways.extend(found);
        }
        if ways.is_empty() {
            let place = self.plan.sites.get(site).map(|s| s.place);
            let (rule, what) = if flow.dest == Dest::Sip {
                ("TRN-04", "SIP phones exist on private networks only, and ")
            } else {
                ("TRN-01", "")
            };
            let says = format!("{what}{site} has no way onto a private network to the cloud");
            return vec![Path::refused(Refusal::new(rule, says, place))];
        }
        let mut paths = self.fixed(&ways, flow, sender);
        for (path, network) in paths.iter_mut().zip(&over) {
            self.arrive_private(path, network, source, unrouted);
        }
        paths
    }

    fn has_way(&self, site: &Id, networks: &[Id]) -> bool {
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
        let regions = self.plan.networks[network].cloud_regions.as_ref();
        let regions: Option<Vec<Id>> =
            regions.map(|list| list.iter().map(|named| named.id.clone()).collect());
        let gate = self.graph.cloud_gate(&mut self.gates, regions.as_deref());
        self.through_region(path, gate);
    }
}
