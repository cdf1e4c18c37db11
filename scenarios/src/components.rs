//! Everything of a plan that can fail, with what selectors ask about it.
//!
//! One entry for each section entry that can fail, in the order of the plan's
//! sections, then what the plan implies (home providers, mobile operators) and
//! what every plan has (the cloud's own systems). Bundles are no components:
//! their members are. Neither are phones and PAC files.

mod used;

use indexmap::IndexMap;
use outlast_models::catalogue::BUILT_IN;
use outlast_models::plan::{NetworkKind, SiteKind};
use outlast_models::{ComponentId, Id, Kind, Plan};

/// What a selector may ask about a component.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// Where it stands; a feed has every site that it feeds.
    pub sites: Vec<Id>,
    /// Their regions.
    pub regions: Vec<Id>,
    /// The network it is, or belongs to.
    pub networks: Vec<Id>,
    /// Who provides it.
    pub providers: Vec<Id>,
    /// The duct it lies in, or is.
    pub conduit: Option<Id>,
    /// The power feeds of its site, or the feed it is.
    pub feeds: Vec<Id>,
    /// The groups that name it.
    pub groups: Vec<Id>,
    /// The queues of these groups.
    pub queues: Vec<Id>,
    /// Its tags.
    pub tags: Vec<Id>,
    /// Whether it is a private network, or a circuit to one.
    pub is_private: bool,
    /// Whether it stands at a vendor's site.
    pub at_vendor: bool,
}

/// Returns everything that a selector can take, with its attributes.
pub fn components(plan: &Plan) -> Vec<(ComponentId, Attributes)> {
    let mut list = List { plan, entries: IndexMap::new() };
    list.sites();
    list.networks();
    list.circuits();
    list.equipment();
    list.telephony();
    list.pools_and_shared();
    list.home_isps();
    list.mobile_operators();
    list.cloud();
    used::mark(plan, &mut list.entries);
    list.entries.into_iter().collect()
}

/// The kind of a site as a component.
pub(crate) fn site_kind(kind: SiteKind) -> Kind {
    match kind {
        SiteKind::Office => Kind::Office,
        SiteKind::DataCenter => Kind::DataCenter,
        SiteKind::Homes => Kind::Homes,
        SiteKind::Vendor => Kind::Vendor,
    }
}

/// The component id of one Internet provider of the homes of a site.
pub(crate) fn home_isp_id(site: &Id, isp: &Id) -> Id {
    Id::new(&format!("{site}.{isp}"))
}

/// The component id of one mobile operator in a region.
pub(crate) fn mobile_operator_id(region: &Id, operator: &Id) -> Id {
    Id::new(&format!("mobile.{region}.{operator}"))
}

/// Adds what is not there yet.
pub(crate) fn add_new(list: &mut Vec<Id>, id: &Id) {
    if !list.contains(id) {
        list.push(id.clone());
    }
}

struct List<'a> {
    plan: &'a Plan,
    entries: IndexMap<ComponentId, Attributes>,
}

impl List<'_> {
    fn add(&mut self, kind: Kind, id: &Id, attributes: Attributes) {
        self.entries.insert(ComponentId::new(kind, id.clone()), attributes);
    }

    /// Attributes of what stands in a site.
    fn at(&self, site: &Id, tags: &[Id]) -> Attributes {
        let mut attributes = Attributes { tags: tags.to_vec(), ..Attributes::default() };
        self.locate(&mut attributes, site);
        attributes
    }

    fn locate(&self, attributes: &mut Attributes, site: &Id) {
        let Some(entry) = self.plan.sites.get(site) else { return };
        attributes.at_vendor = entry.kind == SiteKind::Vendor;
        add_new(&mut attributes.sites, site);
        add_new(&mut attributes.regions, &entry.region.value);
        for feed in &entry.power.feeds.value {
            add_new(&mut attributes.feeds, &feed.id);
        }
    }

    fn sites(&mut self) {
        for (id, site) in &self.plan.sites {
            let attributes = self.at(id, &site.common.tags);
            self.add(site_kind(site.kind), id, attributes);
        }
    }

    fn networks(&mut self) {
        for (id, network) in &self.plan.networks {
            let attributes = Attributes {
                networks: vec![id.clone()],
                providers: network.carrier.value.iter().map(|named| named.id.clone()).collect(),
                tags: network.common.tags.clone(),
                is_private: network.kind == NetworkKind::Private,
                ..Attributes::default()
            };
            self.add(Kind::Network, id, attributes);
        }
    }

    fn circuits(&mut self) {
        for (id, circuit) in &self.plan.circuits {
            let mut attributes = self.at(&circuit.from.id, &circuit.common.tags);
            attributes.networks.push(circuit.to.id.clone());
            let network = self.plan.networks.get(&circuit.to.id);
            attributes.is_private =
                network.is_some_and(|network| network.kind == NetworkKind::Private);
            attributes
                .providers
                .extend(circuit.provider.value.iter().map(|named| named.id.clone()));
            attributes.conduit = circuit.conduit.value.as_ref().map(|named| named.id.clone());
            self.add(Kind::Circuit, id, attributes);
        }
    }

    fn equipment(&mut self) {
        let plan = self.plan;
        for (id, entry) in &plan.firewalls {
            self.add(Kind::Firewall, id, self.at(&entry.site.id, &entry.common.tags));
        }
        for (id, entry) in &plan.workstations {
            let tags = entry.common.tags.clone();
            self.add(Kind::Workstation, id, Attributes { tags, ..Attributes::default() });
        }
        for (id, entry) in &plan.proxies {
            self.add(Kind::Proxy, id, self.at(&entry.site.id, &entry.common.tags));
        }
        for (id, entry) in &plan.vpn {
            self.add(Kind::Vpn, id, self.at(&entry.site.id, &entry.common.tags));
        }
        for (id, entry) in &plan.vdi {
            self.add(Kind::Vdi, id, self.at(&entry.site.id, &entry.common.tags));
        }
    }

    fn telephony(&mut self) {
        let plan = self.plan;
        for (id, entry) in &plan.pbxs {
            self.add(Kind::Pbx, id, self.at(&entry.site.id, &entry.common.tags));
        }
        for (id, entry) in &plan.sbcs {
            self.add(Kind::Sbc, id, self.at(&entry.site.id, &entry.common.tags));
        }
        for (id, entry) in &plan.trunks {
            let site = plan.sbcs.get(&entry.sbc.id).map(|sbc| &sbc.site.id);
            let mut attributes = site.map_or_else(Attributes::default, |site| self.at(site, &[]));
            attributes.networks.push(entry.network.id.clone());
            attributes.tags.clone_from(&entry.common.tags);
            self.add(Kind::Trunk, id, attributes);
        }
        for (id, entry) in &plan.carriers {
            let attributes = Attributes {
                networks: vec![Id::new("pstn")],
                providers: vec![id.clone()],
                tags: entry.common.tags.clone(),
                ..Attributes::default()
            };
            self.add(Kind::Carrier, id, attributes);
        }
    }

    fn pools_and_shared(&mut self) {
        let plan = self.plan;
        for (id, entry) in &plan.pools {
            let tags = entry.common.tags.clone();
            self.add(Kind::Pool, id, Attributes { tags, ..Attributes::default() });
        }
        for id in plan.feeds.keys() {
            let mut attributes = Attributes::default();
            for (site, entry) in &plan.sites {
                if entry.power.feeds.value.iter().any(|feed| feed.id == *id) {
                    add_new(&mut attributes.sites, site);
                    add_new(&mut attributes.regions, &entry.region.value);
                }
            }
            attributes.feeds = vec![id.clone()];
            self.add(Kind::Feed, id, attributes);
        }
        for id in plan.conduits.keys() {
            self.add(Kind::Conduit, id, self.conduit(id));
        }
        for (id, entry) in &plan.components {
            let tags = entry.common.tags.clone();
            self.add(Kind::Component, id, Attributes { tags, ..Attributes::default() });
        }
    }

    /// A duct stands where its circuits begin.
    fn conduit(&self, id: &Id) -> Attributes {
        let mut attributes = Attributes { conduit: Some(id.clone()), ..Attributes::default() };
        for circuit in self.plan.circuits.values() {
            if circuit.conduit.value.as_ref().is_some_and(|named| named.id == *id) {
                let site = &circuit.from.id;
                add_new(&mut attributes.sites, site);
                if let Some(entry) = self.plan.sites.get(site) {
                    add_new(&mut attributes.regions, &entry.region.value);
                }
            }
        }
        attributes
    }

    fn home_isps(&mut self) {
        let plan = self.plan;
        for (id, site) in &plan.sites {
            if site.kind != SiteKind::Homes {
                continue;
            }
            for (isp, _) in &site.internet.isps.value {
                let mut attributes = self.at(id, &[]);
                attributes.networks.push(Id::new("internet"));
                attributes.providers.push(isp.id.clone());
                self.add(Kind::HomeIsp, &home_isp_id(id, &isp.id), attributes);
            }
        }
    }

    fn mobile_operators(&mut self) {
        for (region, operator) in used::mobile_operators(self.plan) {
            let attributes = Attributes {
                regions: vec![region.clone()],
                networks: vec![Id::new("pstn")],
                providers: vec![operator.clone()],
                ..Attributes::default()
            };
            self.add(Kind::MobileOperator, &mobile_operator_id(&region, &operator), attributes);
        }
    }

    fn cloud(&mut self) {
        for id in self.plan.cloud.regions.keys() {
            self.add(Kind::CloudRegion, id, Attributes::default());
        }
        if self.plan.cloud.regions.is_empty() {
            self.add(Kind::CloudRegion, &Id::new("cloud.region"), Attributes::default());
        }
        for (id, _) in BUILT_IN {
            self.add(Kind::Cloud, &Id::new(id), Attributes::default());
        }
    }
}
