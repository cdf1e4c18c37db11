//! One graph of every component: what needs what, what carries what.
//!
//! `Needs` edges run from a component to what it stands on (site, conduit,
//! feeds, network, and the plan's own `needs`); `Carries` edges are directed
//! from the workstation side towards the cloud (TRN-06). Nothing here knows
//! rules: they decide on the walk, in [`crate::routes`].

mod standing;

use std::collections::BTreeMap;

use outlast_models::catalogue::BUILT_IN;
use outlast_models::plan::{Common, Named, Need, NetworkKind, SiteKind};
use outlast_models::units::Millis;
use outlast_models::{ComponentId, Id, Kind, Place, Plan};
use petgraph::graph::{DiGraph, NodeIndex};

/// How one component relates to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The source stands on the target.
    Needs,
    /// The source hands traffic to the target.
    Carries,
}

/// A component in the graph.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its identity.
    pub id: ComponentId,
    /// Where the plan has it.
    pub place: Place,
}

/// The graph of a plan.
#[derive(Debug)]
pub struct ServiceGraph<'p> {
    /// The plan it shows.
    pub plan: &'p Plan,
    /// Components and relations.
    pub graph: DiGraph<Node, Edge>,
    index: BTreeMap<Id, NodeIndex>,
}

/// The id of a home provider's component.
pub fn home_isp(site: &Id, isp: &Id) -> Id {
    Id::new(&format!("{site}.{isp}"))
}

/// The id of a mobile operator's component in a region.
pub fn mobile_operator(region: &Id, operator: &Id) -> Id {
    Id::new(&format!("mobile.{region}.{operator}"))
}

/// Every component that somebody provides, with the provider where the plan names it.
pub fn providers(plan: &Plan) -> Vec<(Id, Named)> {
    let mut all = Vec::new();
    let mut add = |id: Id, provider: &Named| all.push((id, provider.clone()));
    for (id, circuit) in &plan.circuits {
        circuit.provider.value.iter().for_each(|provider| add(id.clone(), provider));
    }
    for (id, network) in &plan.networks {
        network.carrier.value.iter().for_each(|carrier| add(id.clone(), carrier));
    }
    for (id, site) in &plan.sites {
        let homes = site.kind == SiteKind::Homes;
        for (isp, _) in site.internet.isps.value.iter().filter(|_| homes) {
            add(home_isp(id, &isp.id), isp);
        }
        for (operator, _) in plan.phones.values().flat_map(|phone| &phone.operators.value) {
            add(mobile_operator(&site.region.value, &operator.id), operator);
        }
    }
    all
}

/// The component that stands for an unnamed cloud region.
pub const UNNAMED_REGION: &str = "cloud.region";

impl<'p> ServiceGraph<'p> {
    /// Builds the graph of a plan.
    pub fn new(plan: &'p Plan) -> Self {
        let mut this = Self { plan, graph: DiGraph::new(), index: BTreeMap::new() };
        this.add_nodes();
        this.add_needs();
        this.add_carries();
        this
    }

    /// Looks a component up.
    pub fn find(&self, id: &str) -> Option<&Node> {
        self.index.get(id).map(|&node| &self.graph[node])
    }

    /// Every component, by id.
    pub fn components(&self) -> impl Iterator<Item = &Node> {
        self.index.values().map(|&node| &self.graph[node])
    }

    fn add(&mut self, kind: Kind, id: &Id, place: Place) {
        if !self.index.contains_key(id.as_str()) {
            let node = Node { id: ComponentId::new(kind, id.clone()), place };
            let at = self.graph.add_node(node);
            self.index.insert(id.clone(), at);
        }
    }

    fn add_nodes(&mut self) {
        let plan = self.plan;
        for (id, site) in &plan.sites {
            self.add(site_kind(site.kind), id, site.place);
            if site.kind == SiteKind::Homes {
                for (isp, _) in &site.internet.isps.value {
                    self.add(Kind::HomeIsp, &home_isp(id, &isp.id), isp.place);
                }
            }
        }
        macro_rules! section {
            ($($field:ident => $kind:ident),*) => {
                $( for (id, entry) in &plan.$field { self.add(Kind::$kind, id, entry.place); } )*
            };
        }
        section!(networks => Network, circuits => Circuit, bundles => Bundle, firewalls => Firewall,
            workstations => Workstation, proxies => Proxy, vpn => Vpn, vdi => Vdi, pbxs => Pbx,
            sbcs => Sbc, trunks => Trunk, carriers => Carrier, pools => Pool, components => Component);
        for (id, place) in &plan.feeds {
            self.add(Kind::Feed, id, *place);
        }
        for (id, place) in &plan.conduits {
            self.add(Kind::Conduit, id, *place);
        }
        for (id, region) in &plan.cloud.regions {
            self.add(Kind::CloudRegion, id, region.place);
        }
        if plan.cloud.regions.is_empty() {
            self.add(Kind::CloudRegion, &Id::new(UNNAMED_REGION), Place::BUILT_IN);
        }
        for (id, _) in BUILT_IN {
            self.add(Kind::Cloud, &Id::new(id), Place::BUILT_IN);
        }
        for (id, place) in self.mobile_operators() {
            self.add(Kind::MobileOperator, &id, place);
        }
    }

    /// One operator component for each region of a site and operator of a phone.
    fn mobile_operators(&self) -> BTreeMap<Id, Place> {
        let mut all = BTreeMap::new();
        for site in self.plan.sites.values() {
            for (operator, _) in self.plan.phones.values().flat_map(|p| &p.operators.value) {
                let id = mobile_operator(&site.region.value, &operator.id);
                all.entry(id).or_insert(operator.place);
            }
        }
        all
    }

    fn add_needs(&mut self) {
        let all: Vec<ComponentId> = self.components().map(|node| node.id.clone()).collect();
        for id in &all {
            for need in self.needs(id) {
                self.link_need(&id.id, &need);
            }
        }
    }

    fn link_need(&mut self, from: &Id, need: &Need) {
        match need {
            Need::One(named) => self.link(from, &named.id, Edge::Needs),
            Need::Any(of) | Need::All(of) | Need::AtLeast(_, of) => {
                for inner in of {
                    self.link_need(from, inner);
                }
            }
        }
    }

    fn link(&mut self, from: &Id, to: &Id, edge: Edge) {
        if let (Some(&from), Some(&to)) = (self.index.get(from), self.index.get(to)) {
            self.graph.update_edge(from, to, edge);
        }
    }

    fn add_carries(&mut self) {
        let plan = self.plan;
        for (id, circuit) in &plan.circuits {
            self.link(&circuit.from.id, id, Edge::Carries);
            self.link(id, &circuit.to.id, Edge::Carries);
        }
        for (id, trunk) in &plan.trunks {
            self.link(&trunk.network.id, id, Edge::Carries);
            self.link(id, &trunk.sbc.id, Edge::Carries);
        }
        let internet = Id::new("internet");
        for (id, site) in &plan.sites {
            for (isp, _) in &site.internet.isps.value {
                let isp = home_isp(id, &isp.id);
                self.link(id, &isp, Edge::Carries);
                self.link(&isp, &internet, Edge::Carries);
            }
        }
    }

    /// What a component stands on by nature and by the plan's own `needs`;
    /// power is apart (see [`Self::gate`]).
    pub fn needs(&self, component: &ComponentId) -> Vec<Need> {
        let plan = self.plan;
        let id = &component.id;
        let mut all: Vec<Need> = self.common(component).map_or_else(Vec::new, |c| c.needs.clone());
        let mut one = |named: &outlast_models::plan::Named| all.push(Need::One(named.clone()));
        match component.kind {
            Kind::Circuit => {
                let circuit = &plan.circuits[id];
                one(&circuit.from);
                one(&circuit.to);
                if let Some(conduit) = &circuit.conduit.value {
                    one(conduit);
                }
            }
            Kind::Firewall => one(&plan.firewalls[id].site),
            Kind::Proxy => one(&plan.proxies[id].site),
            Kind::Vpn => one(&plan.vpn[id].site),
            Kind::Vdi => one(&plan.vdi[id].site),
            Kind::Pbx => one(&plan.pbxs[id].site),
            Kind::Sbc => one(&plan.sbcs[id].site),
            Kind::Bundle => {
                let of = plan.bundles[id].of.iter().cloned().map(Need::One).collect();
                all.push(Need::Any(of));
            }
            Kind::Cloud if id == "sso-provider" => {
                if let Some(at) = plan.cloud.access.sso.value.as_ref().and_then(|s| s.at.as_ref()) {
                    one(at);
                }
            }
            Kind::Office
            | Kind::DataCenter
            | Kind::Homes
            | Kind::Vendor
            | Kind::Network
            | Kind::Workstation
            | Kind::Trunk
            | Kind::Carrier
            | Kind::Pool
            | Kind::Feed
            | Kind::Conduit
            | Kind::HomeIsp
            | Kind::MobileOperator
            | Kind::Cloud
            | Kind::CloudRegion
            | Kind::Component => {}
        }
        all
    }

    /// What a component has of what every one may have, if it is written.
    pub fn common(&self, component: &ComponentId) -> Option<&'p Common> {
        let plan = self.plan;
        let id = &component.id;
        Some(match component.kind {
            Kind::Office | Kind::DataCenter | Kind::Homes | Kind::Vendor => &plan.sites[id].common,
            Kind::Network => &plan.networks[id].common,
            Kind::Circuit => &plan.circuits[id].common,
            Kind::Bundle => &plan.bundles[id].common,
            Kind::Firewall => &plan.firewalls[id].common,
            Kind::Workstation => &plan.workstations[id].common,
            Kind::Proxy => &plan.proxies[id].common,
            Kind::Vpn => &plan.vpn[id].common,
            Kind::Vdi => &plan.vdi[id].common,
            Kind::Pbx => &plan.pbxs[id].common,
            Kind::Sbc => &plan.sbcs[id].common,
            Kind::Trunk => &plan.trunks[id].common,
            Kind::Carrier => &plan.carriers[id].common,
            Kind::Pool => &plan.pools[id].common,
            Kind::Component => &plan.components[id].common,
            Kind::Feed
            | Kind::Conduit
            | Kind::HomeIsp
            | Kind::MobileOperator
            | Kind::Cloud
            | Kind::CloudRegion => return None,
        })
    }

    /// The feeds behind a component's power and the reserve that outlasts them:
    /// a site's own, or for a mobile operator those of its region's homes.
    pub fn power(&self, component: &ComponentId) -> Vec<Id> {
        match component.kind {
            Kind::Office | Kind::DataCenter | Kind::Homes | Kind::Vendor => {
                let power = &self.plan.sites[&component.id].power;
                power.feeds.value.iter().map(|feed| feed.id.clone()).collect()
            }
            Kind::MobileOperator => self.region_feeds(&component.id),
            _ => Vec::new(),
        }
    }

    /// How long a component outlasts its last feed: UPS and fuel, or battery.
    pub fn reserve(&self, component: &ComponentId) -> Millis {
        match component.kind {
            Kind::Office | Kind::DataCenter | Kind::Homes | Kind::Vendor => {
                let power = &self.plan.sites[&component.id].power;
                Millis(power.ups.value.0 + power.fuel.value.0)
            }
            Kind::MobileOperator => {
                let runs = |phone: &outlast_models::plan::Phone| {
                    let id = component.id.as_str();
                    phone.operators.value.iter().any(|(o, _)| id.ends_with(&format!(".{}", o.id)))
                };
                let phones = self.plan.phones.values().filter(|phone| runs(phone));
                phones.map(|phone| phone.battery.value).max().unwrap_or(Millis::ZERO)
            }
            _ => Millis::ZERO,
        }
    }

    /// The feeds of a region: its homes', or where these name none its sites'.
    fn region_feeds(&self, operator: &Id) -> Vec<Id> {
        let here = |site: &&outlast_models::plan::Site| {
            operator.as_str().starts_with(&format!("mobile.{}.", site.region.value))
        };
        let of = |homes: bool| -> Vec<Id> {
            let sites = self.plan.sites.values().filter(here);
            let sites = sites.filter(|site| !homes || site.kind == SiteKind::Homes);
            let feeds = sites.flat_map(|site| &site.power.feeds.value);
            let mut ids: Vec<Id> = feeds.map(|feed| feed.id.clone()).collect();
            ids.sort();
            ids.dedup();
            ids
        };
        let homes = of(true);
        if homes.is_empty() { of(false) } else { homes }
    }

    /// The private networks in file order; `cloud` keeps those that reach it.
    pub fn private_networks(&self, cloud: bool) -> impl Iterator<Item = &'p Id> {
        self.plan
            .networks
            .iter()
            .filter(move |(_, network)| {
                network.kind == NetworkKind::Private
                    && !(cloud && network.cloud_regions.value.as_ref().is_some_and(Vec::is_empty))
            })
            .map(|(id, _)| id)
    }
}

/// The kind of a site's component.
pub fn site_kind(kind: SiteKind) -> Kind {
    match kind {
        SiteKind::Office => Kind::Office,
        SiteKind::DataCenter => Kind::DataCenter,
        SiteKind::Homes => Kind::Homes,
        SiteKind::Vendor => Kind::Vendor,
    }
}
