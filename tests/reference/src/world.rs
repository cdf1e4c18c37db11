//! The plan in one state, for one kind of person: what is up.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use outlast_models::pac::PacAnswers;
use outlast_models::plan::{Common, Need, Plan, Site, SiteKind, Vpn};

use crate::cohorts::Cohort;
use crate::steered::Steer;
use crate::types::{Failure, WHOLE};

/// A plan, its PAC answers, a state, and who is asking.
#[derive(Clone)]
pub(crate) struct World<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) pac: &'a PacAnswers,
    pub(crate) failure: &'a Failure,
    /// The provider's component by homes site.
    pub(crate) isps: BTreeMap<String, String>,
    /// The operator's component by phone.
    pub(crate) operators: BTreeMap<String, String>,
    /// The members in their order by drawn bundle.
    pub(crate) draws: BTreeMap<String, Vec<String>>,
    /// Bundles come by so far.
    pub(crate) met: RefCell<BTreeSet<String>>,
    /// A full tunnel that is thought split (`enable_split_tunnel`).
    pub(crate) made_split: Option<String>,
    /// How fixed choices are answered.
    pub(crate) steer: Rc<Steer>,
    /// What has been asked before; it depends on plan and state alone.
    asked: Rc<RefCell<BTreeMap<String, bool>>>,
}

impl<'a> World<'a> {
    pub(crate) fn new(plan: &'a Plan, pac: &'a PacAnswers, failure: &'a Failure) -> Self {
        Self {
            plan,
            pac,
            failure,
            isps: BTreeMap::new(),
            operators: BTreeMap::new(),
            draws: BTreeMap::new(),
            met: RefCell::default(),
            made_split: None,
            steer: Rc::default(),
            asked: Rc::default(),
        }
    }

    /// The same for the people of one cohort.
    pub(crate) fn of(&self, cohort: &Cohort) -> Self {
        Self {
            isps: cohort.isps.clone(),
            operators: cohort.operators.clone(),
            draws: cohort.draws.clone(),
            ..self.clone()
        }
    }

    /// Whether a component and all it stands on is up.
    pub(crate) fn up(&self, id: &str) -> bool {
        if let Some(up) = self.asked.borrow().get(id) {
            return *up;
        }
        let up = self.stands(id, &mut Vec::new());
        self.asked.borrow_mut().insert(id.to_owned(), up);
        up
    }

    fn stands(&self, id: &str, asking: &mut Vec<String>) -> bool {
        if self.failure.failed.contains(id) {
            return false;
        }
        if self.failure.blocking.get(id).is_some_and(|blocking| *blocking >= WHOLE) {
            return false;
        }
        if asking.iter().any(|asked| asked == id) {
            return true;
        }
        asking.push(id.to_owned());
        let up = self.parts_of(id).iter().all(|part| self.stands(part, asking))
            && self.has_power(id)
            && self.some_member(id, asking)
            && self
                .common(id)
                .is_none_or(|common| common.needs.iter().all(|need| self.met(need, asking)));
        asking.pop();
        up
    }

    /// Whether all of these are met.
    pub(crate) fn needs_met(&self, needs: &[Need]) -> bool {
        needs.iter().all(|need| self.met(need, &mut Vec::new()))
    }

    fn met(&self, need: &Need, asking: &mut Vec<String>) -> bool {
        match need {
            Need::One(named) => self.stands(named.id.as_str(), asking),
            Need::Any(needs) => needs.iter().any(|need| self.met(need, asking)),
            Need::All(needs) => needs.iter().all(|need| self.met(need, asking)),
            Need::AtLeast(count, needs) => {
                let met = needs.iter().filter(|need| self.met(need, asking)).count();
                met >= *count as usize
            }
        }
    }

    /// What a component stands on by its nature.
    fn parts_of(&self, id: &str) -> Vec<String> {
        let plan = self.plan;
        if let Some(circuit) = plan.circuits.get(id) {
            let mut parts = vec![circuit.from.id.to_string(), circuit.to.id.to_string()];
            parts.extend(circuit.conduit.value.iter().map(|conduit| conduit.id.to_string()));
            parts.extend(self.before_circuit(id));
            return parts;
        }
        if let Some(site) = self.equipment_site(id) {
            return vec![site];
        }
        if id == "sso-provider" {
            return self.provider_site().map(str::to_owned).into_iter().collect();
        }
        Vec::new()
    }

    /// The firewalls that stand before one circuit, at its own site and against
    /// the network it runs to: with either down the circuit is down.
    pub(crate) fn before_circuit(&self, circuit: &str) -> Vec<String> {
        let Some(entry) = self.plan.circuits.get(circuit) else { return Vec::new() };
        let here = self.plan.firewalls.iter().filter(|(_, firewall)| {
            let before = firewall.before.as_ref();
            firewall.site.id == entry.from.id
                && before.is_some_and(|named| named.id == *circuit)
                && firewall.guards.iter().any(|named| named.id == entry.to.id)
        });
        here.map(|(id, _)| id.to_string()).collect()
    }

    fn equipment_site(&self, id: &str) -> Option<String> {
        let plan = self.plan;
        let site = plan
            .firewalls
            .get(id)
            .map(|firewall| &firewall.site)
            .or_else(|| plan.proxies.get(id).map(|proxy| &proxy.site))
            .or_else(|| plan.vpn.get(id).map(|vpn| &vpn.site))
            .or_else(|| plan.vdi.get(id).map(|vdi| &vdi.site))
            .or_else(|| plan.pbxs.get(id).map(|pbx| &pbx.site))
            .or_else(|| plan.sbcs.get(id).map(|sbc| &sbc.site));
        site.map(|site| site.id.to_string())
    }

    /// The site where a piece of equipment, a circuit, a bundle or the company's
    /// own identity provider is.
    pub(crate) fn site_of(&self, id: &str) -> Option<String> {
        let bundle = self.plan.bundles.get(id).and_then(|bundle| bundle.of.first());
        let circuit = bundle.map_or(id, |member| member.id.as_str());
        let from = self.plan.circuits.get(circuit).map(|circuit| circuit.from.id.to_string());
        let provider = self.provider_site().filter(|_| id == "sso-provider");
        self.equipment_site(id).or(from).or(provider.map(str::to_owned))
    }

    /// A bundle is up if one member is.
    fn some_member(&self, id: &str, asking: &mut Vec<String>) -> bool {
        let Some(bundle) = self.plan.bundles.get(id) else { return true };
        bundle.of.iter().any(|member| self.stands(member.id.as_str(), asking))
    }

    /// Power is lost when every feed is gone and the batteries are empty.
    fn has_power(&self, id: &str) -> bool {
        if let Some(site) = self.plan.sites.get(id) {
            let feeds: Vec<&str> =
                site.power.feeds.value.iter().map(|feed| feed.id.as_str()).collect();
            let lasts = site.power.ups.value.0 + site.power.fuel.value.0 > 0;
            return self.fed(&feeds) || (lasts && !self.failure.unpowered.contains(id));
        }
        let Some(region) = self.operator_region(id) else { return true };
        let homes = self.feeds_of(|site| site.kind == SiteKind::Homes, region);
        let feeds = if homes.is_empty() { self.feeds_of(|_| true, region) } else { homes };
        let lasts = self.battery(id) > 0;
        self.fed(&feeds) || (lasts && !self.failure.unpowered.contains(id))
    }

    /// The feeds of some sites of a region.
    fn feeds_of(&self, of: fn(&Site) -> bool, region: &str) -> Vec<&str> {
        let there = |site: &&Site| of(site) && site.region.value.as_str() == region;
        let sites = self.plan.sites.values().filter(there);
        sites.flat_map(|site| site.power.feeds.value.iter().map(|feed| feed.id.as_str())).collect()
    }

    fn fed(&self, feeds: &[&str]) -> bool {
        feeds.is_empty() || feeds.iter().any(|feed| !self.failure.failed.contains(*feed))
    }

    /// The region in `mobile.REGION.OPERATOR`.
    fn operator_region<'b>(&self, id: &'b str) -> Option<&'b str> {
        let rest = id.strip_prefix("mobile.")?;
        self.plan
            .sites
            .values()
            .map(|site| site.region.value.as_str())
            .find(|region| rest.strip_prefix(region).is_some_and(|rest| rest.starts_with('.')))
            .map(|region| &rest[..region.len()])
    }

    /// The longest battery that any phone gives an operator.
    fn battery(&self, id: &str) -> u64 {
        let ends_so = |name: &str| id.ends_with(&format!(".{name}"));
        self.plan
            .phones
            .values()
            .filter(|phone| {
                phone.operators.value.iter().any(|(named, _)| ends_so(named.id.as_str()))
            })
            .map(|phone| phone.battery.value.0)
            .max()
            .unwrap_or(0)
    }

    fn common(&self, id: &str) -> Option<&Common> {
        let plan = self.plan;
        macro_rules! first {
            ($($section:ident),*) => {
                None$(.or_else(|| plan.$section.get(id).map(|entry| &entry.common)))*
            };
        }
        first!(
            sites,
            networks,
            circuits,
            bundles,
            firewalls,
            workstations,
            proxies,
            vpn,
            vdi,
            pbxs,
            sbcs,
            trunks,
            carriers,
            phones,
            pools,
            components
        )
    }

    /// The region of the cloud in force, if any is.
    pub(crate) fn region(&self) -> Option<String> {
        let regions = &self.plan.cloud.regions;
        if regions.is_empty() {
            return self.up("cloud.region").then(|| "cloud.region".to_owned());
        }
        let stands_by = |id: &str| {
            regions
                .values()
                .any(|region| region.standby.value.as_ref().is_some_and(|named| named.id == *id))
        };
        let first =
            regions.keys().find(|id| !stands_by(id.as_str())).or_else(|| regions.keys().next())?;
        let mut tried = BTreeSet::new();
        let mut next = Some(first.to_string());
        while let Some(id) = next {
            if self.up(&id) {
                return Some(id);
            }
            if !tried.insert(id.clone()) {
                return None;
            }
            next =
                regions.get(id.as_str())?.standby.value.as_ref().map(|named| named.id.to_string());
        }
        None
    }

    /// Whether a private network reaches the cloud as it stands.
    pub(crate) fn reaches_cloud(&self, network: &str) -> bool {
        let Some(entry) = self.plan.networks.get(network) else { return false };
        match &entry.cloud_regions.value {
            None => true,
            Some(regions) => self.region().is_some_and(|region| {
                regions.iter().any(|named| named.id == *region.as_str())
                    || (region == "cloud.region" && !regions.is_empty())
            }),
        }
    }

    pub(crate) fn site(&self, id: &str) -> &Site {
        self.plan.sites.get(id).expect("a read plan names only sites that it has")
    }

    pub(crate) fn vpn(&self, id: &str) -> &Vpn {
        self.plan.vpn.get(id).expect("a read plan names only VPNs that it has")
    }

    pub(crate) fn is_vendor(&self, site: &str) -> bool {
        self.site(site).kind == SiteKind::Vendor
    }

    pub(crate) fn is_homes(&self, site: &str) -> bool {
        self.site(site).kind == SiteKind::Homes
    }

    /// Whether a VPN's tunnel is split as it stands.
    pub(crate) fn is_split(&self, vpn: &str) -> bool {
        let spoiled = self.failure.split_to_full.contains(vpn);
        (self.vpn(vpn).split.value && !spoiled) || self.made_split.as_deref() == Some(vpn)
    }
}
