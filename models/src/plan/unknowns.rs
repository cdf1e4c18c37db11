//! Every fact that a plan calls `unknown`, and what it leaves to a reading.

use super::{
    AllowRule, Carrier, Circuit, Common, FailureEntry, Firewall, Frequency, Group, Network,
    OnShift, Phone, Plan, Proxy, Site, SiteKind, Strikes, Use, Vdi, Vpn, Workstation,
};
use crate::fact::{Fact, Origin};
use crate::id::Id;
use crate::place::Place;

/// Readings of facts that plans mostly leave out, by fact.
const READINGS: [(&str, &str); 12] = [
    ("allow", "firewalls_as_asked"),
    ("battery", "mobile_battery"),
    ("connector", "connectors_enabled"),
    ("encrypted", "sip_unencrypted"),
    ("feeds", "power_never_lost"),
    ("home_line", "home_lines_carry"),
    ("home_providers", "one_home_provider"),
    ("ip", "ipv4_lines"),
    ("operator", "one_mobile_operator"),
    ("provisioned", "first_phone_provisioned"),
    ("revocation", "revocation_soft"),
    ("rings", "pstn_rings_at_home"),
];

/// Whose fact it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// Something that can fail, a pool or a resource.
    Component(Id),
    /// A phone.
    Phone(Id),
    /// A group.
    Group(Id),
    /// A stated way of a group.
    Way(Id, Id),
    /// A queue.
    Queue(Id),
    /// An objective, by its place in the list.
    Objective(usize),
    /// The cloud, and who is let in.
    Cloud,
    /// What fails by chance.
    Chance,
}

/// When a result lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// With whatever stands on its owner.
    WithOwner,
    /// By what uses it.
    ByUse,
    /// Never: no result uses it, or only those that reckon with chance, which list
    /// every rate that they take with its range.
    Never,
}

/// A fact that the plan does not give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Whose it is.
    pub owner: Owner,
    /// Its id among the assumptions of a result: `ups:harbour`; of what the plan does
    /// not mention, the reading that holds for all that are alike: `ipv4_lines`.
    pub id: String,
    /// When a result lists it.
    pub listed: Listed,
    /// Where it is written, if it is.
    pub place: Option<Place>,
}

impl Plan {
    /// Every fact that it calls `unknown`, section by section.
    pub fn unknowns(&self) -> Vec<Unknown> {
        let mut all = Vec::new();
        self.places(&mut all);
        self.lines(&mut all);
        self.machines(&mut all);
        self.calls(&mut all);
        self.work(&mut all);
        self.the_cloud(&mut all);
        self.chance(&mut all);
        all
    }

    fn places(&self, all: &mut Vec<Unknown>) {
        for (id, site) in &self.sites {
            let mut of = Of::component(all, id, &site.common);
            of.site(site);
        }
        for (id, exits) in &self.exits {
            let mut of = Of::new(all, Owner::Component(id.clone()), id);
            for ways in exits.by_network.values() {
                of.fact("exits", ways);
            }
        }
        for (id, component) in &self.components {
            Of::component(all, id, &component.common);
        }
        for (id, pool) in &self.pools {
            Of::component(all, id, &pool.common).by_use("count", &pool.count);
        }
        for (id, resource) in &self.resources {
            let owner = Owner::Component(id.clone());
            Of::new(all, owner, id).by_use("count", &resource.milli);
        }
    }

    fn lines(&self, all: &mut Vec<Unknown>) {
        for (id, network) in &self.networks {
            Of::component(all, id, &network.common).network(network);
        }
        for (id, circuit) in &self.circuits {
            Of::component(all, id, &circuit.common).circuit(circuit);
        }
        for (id, bundle) in &self.bundles {
            let mut of = Of::component(all, id, &bundle.common);
            of.fact("bundle_mode", &bundle.mode);
            of.fact("bundle_sharing", &bundle.adaptive);
        }
        for (id, firewall) in &self.firewalls {
            Of::component(all, id, &firewall.common).firewall(firewall);
        }
    }

    fn machines(&self, all: &mut Vec<Unknown>) {
        for (id, workstation) in &self.workstations {
            Of::component(all, id, &workstation.common).workstation(workstation);
        }
        for (id, proxy) in &self.proxies {
            Of::component(all, id, &proxy.common).proxy(proxy);
        }
        for (id, vpn) in &self.vpn {
            Of::component(all, id, &vpn.common).vpn(vpn);
        }
        for (id, vdi) in &self.vdi {
            Of::component(all, id, &vdi.common).vdi(vdi);
        }
    }

    fn calls(&self, all: &mut Vec<Unknown>) {
        for (id, pbx) in &self.pbxs {
            Of::component(all, id, &pbx.common).fact("dials_out", &pbx.pstn);
        }
        for (id, sbc) in &self.sbcs {
            Of::component(all, id, &sbc.common).by_use("capacity", &sbc.sessions);
        }
        for (id, trunk) in &self.trunks {
            Of::component(all, id, &trunk.common).by_use("capacity", &trunk.channels);
        }
        for (id, carrier) in &self.carriers {
            Of::component(all, id, &carrier.common).carrier(carrier);
        }
        for (id, phone) in &self.phones {
            let mut of = Of::new(all, Owner::Phone(id.clone()), id);
            of.phone(phone);
            of.common(&phone.common);
        }
    }

    fn work(&self, all: &mut Vec<Unknown>) {
        for (id, queue) in &self.queues {
            let owner = Owner::Queue(id.clone());
            Of::new(all, owner, id).by_use("queue_priority", &queue.priority);
        }
        for (n, objective) in self.objectives.iter().enumerate() {
            let of = objective.queue.as_ref().map_or("overall", |queue| queue.id.as_str());
            let mut of = Of::new(all, Owner::Objective(n), &Id::new(of));
            of.by_use("mbco", &objective.mbco);
            of.by_use("rto", &objective.rto);
            of.by_use("mtpd", &objective.mtpd);
            of.by_use("objective_counts", &objective.counts_working);
        }
        for (id, group) in &self.groups {
            Of::new(all, Owner::Group(id.clone()), id).group(group);
            for (way, stated) in &group.ways {
                let named = Id::new(&format!("{id}.{way}"));
                let mut of = Of::new(all, Owner::Way(id.clone(), way.clone()), &named);
                of.fact("way_ready", &stated.ready);
                of.uses(&stated.uses);
            }
        }
    }

    fn the_cloud(&self, all: &mut Vec<Unknown>) {
        let cloud = &self.cloud;
        for (id, region) in &cloud.regions {
            let mut of = Of::new(all, Owner::Component(id.clone()), id);
            of.by_use("standby", &region.standby);
            of.by_use("takeover", &region.after);
        }
        for (id, service) in &cloud.services {
            let mut of = Of::new(all, Owner::Cloud, id);
            of.by_use("service_host", &service.host);
            of.by_use("service_networks", &service.networks);
            of.by_use("open_access", &service.open_access);
            of.by_use("service_login", &service.authentication);
        }
        let addresses = &cloud.addresses;
        for (word, list) in [
            ("services", &addresses.services),
            ("services-private", &addresses.services_private),
            ("sbc", &addresses.sbc),
            ("turn", &addresses.turn),
        ] {
            Of::new(all, Owner::Cloud, &Id::new(word)).by_use("addresses", list);
        }
        let mut of = Of::new(all, Owner::Cloud, &Id::new(""));
        of.by_use("domain", &cloud.domain);
        of.by_use("turn_host", &cloud.turn_host);
        of.never("sip_ports", &cloud.sip_ports);
        of.never("media_ports", &cloud.media_ports);
        let access = &cloud.access;
        of.by_use("sso", &access.sso);
        of.by_use("mfa", &access.mfa);
        of.by_use("open_services", &access.open_access);
        of.by_use("authentication_ip_control", &access.ip_control);
        of.by_use("off_site_data", &access.off_site_forbidden);
        of.by_use("known_sources", &access.known);
        if let Some(known) = &access.known.value {
            of.by_use("known_sources", &known.internet);
            of.by_use("known_private", &known.private);
        }
        of.by_use("direct_urls", &access.direct_urls);
        if let Some(urls) = &access.direct_urls.value {
            of.by_use("direct_urls", &urls.services);
            of.by_use("direct_urls_of", &urls.as_of);
        }
        of.by_use("date", &self.date);
    }

    fn chance(&self, all: &mut Vec<Unknown>) {
        let failures = &self.failures;
        for (kind, entry) in &failures.kinds {
            Of::new(all, Owner::Chance, &Id::new(kind.word())).failures(entry);
        }
        for (id, entry) in &failures.components {
            Of::new(all, Owner::Chance, id).failures(entry);
        }
        for (id, cause) in &failures.common {
            Of::new(all, Owner::Chance, id).never("beta", &cause.beta.fact);
        }
        for (id, hazard) in &failures.hazards {
            let mut of = Of::new(all, Owner::Chance, id);
            of.never("per_year", &hazard.per_year.fact);
            of.never("lasts", &hazard.lasts.fact);
            of.never("repair", &hazard.repair);
            if let Strikes::Hits(hits) = &hazard.strikes {
                for hit in hits {
                    of.never("hit", &hit.chance.fact);
                }
            }
        }
    }
}

/// The facts of one owner.
struct Of<'a> {
    all: &'a mut Vec<Unknown>,
    owner: Owner,
    /// What ids name.
    named: Id,
}

impl<'a> Of<'a> {
    fn new(all: &'a mut Vec<Unknown>, owner: Owner, of: &Id) -> Self {
        Self { all, owner, named: of.clone() }
    }

    fn component(all: &'a mut Vec<Unknown>, id: &Id, common: &Common) -> Self {
        let mut of = Self::new(all, Owner::Component(id.clone()), id);
        of.common(common);
        of
    }

    fn add(&mut self, kind: &str, origin: Origin, listed: Listed) {
        let of = self.named.as_str();
        let (id, place) = match origin {
            Origin::Given(_) => return,
            Origin::Unknown(place) if of.is_empty() => (kind.to_owned(), Some(place)),
            Origin::Unknown(place) => (format!("{kind}:{of}"), Some(place)),
            Origin::Defaulted => match READINGS.iter().find(|(fact, _)| *fact == kind) {
                Some((_, reading)) => ((*reading).to_owned(), None),
                None => return,
            },
        };
        self.all.push(Unknown { owner: self.owner.clone(), id, listed, place });
    }

    fn fact<T>(&mut self, kind: &str, fact: &Fact<T>) {
        self.add(kind, fact.origin, Listed::WithOwner);
    }

    /// A fact that matters for some only; elsewhere nobody minds a default.
    fn fact_where<T>(&mut self, matters: bool, kind: &str, fact: &Fact<T>) {
        if matters || fact.is_unknown() {
            self.fact(kind, fact);
        }
    }

    fn by_use<T>(&mut self, kind: &str, fact: &Fact<T>) {
        self.add(kind, fact.origin, Listed::ByUse);
    }

    fn never<T>(&mut self, kind: &str, fact: &Fact<T>) {
        self.add(kind, fact.origin, Listed::Never);
    }

    /// Units fail as one; how many there are decides nothing so far.
    fn common(&mut self, common: &Common) {
        self.never("units", &common.units);
    }

    fn failures(&mut self, entry: &FailureEntry) {
        match &entry.frequency {
            Some(Frequency::Mtbf(mtbf)) => self.never("mtbf", &mtbf.fact),
            Some(Frequency::Probability(probability)) => self.never("probability", probability),
            None => {}
        }
        if let Some(mttr) = &entry.mttr {
            self.never("mttr", &mttr.fact);
        }
        if let Some(repair) = &entry.repair {
            self.never("repair", repair);
        }
    }

    fn uses(&mut self, uses: &[Use]) {
        for (_, milli) in uses {
            self.fact("uses", milli);
        }
    }

    fn site(&mut self, site: &Site) {
        self.fact("region", &site.region);
        self.fact("feeds", &site.power.feeds);
        self.by_use("ups", &site.power.ups);
        self.by_use("fuel", &site.power.fuel);
        self.by_use("seats", &site.seats);
        let homes = site.kind == SiteKind::Homes;
        self.fact_where(homes, "home_line", &site.internet.per_agent);
        self.fact_where(homes, "home_providers", &site.internet.isps);
        self.fact_where(homes, "ip", &site.internet.ip);
        self.uses(&site.uses);
    }

    fn network(&mut self, network: &Network) {
        self.fact("provider", &network.carrier);
        self.fact("cloud_regions", &network.cloud_regions);
        self.fact("routed", &network.routed);
    }

    fn circuit(&mut self, circuit: &Circuit) {
        self.by_use("capacity", &circuit.capacity);
        self.fact("provider", &circuit.provider);
        self.by_use("conduit", &circuit.conduit);
        self.fact("egress", &circuit.egress);
        self.fact("ip", &circuit.ip);
        self.fact("admission", &circuit.admission);
    }

    fn firewall(&mut self, firewall: &Firewall) {
        self.fact("allow", &firewall.allow);
        for rule in firewall.allow.value.iter().flatten() {
            self.rule(rule);
        }
        self.fact("inbound", &firewall.inbound);
        self.by_use("dpi", &firewall.inspects_turn);
        self.by_use("udp_idle", &firewall.udp_idle);
        self.by_use("capacity", &firewall.nat_pool);
        self.never("exposes", &firewall.exposes);
    }

    fn rule(&mut self, rule: &AllowRule) {
        self.fact("allow_from", &rule.from);
        self.fact("allow_to", &rule.to);
        self.fact("allow_port", &rule.tcp);
    }

    fn workstation(&mut self, workstation: &Workstation) {
        self.never("os", &workstation.os);
        self.fact("endpoint", &workstation.elux);
        self.fact("revocation", &workstation.hard_fail);
        self.fact("blocks", &workstation.blocks);
    }

    fn proxy(&mut self, proxy: &Proxy) {
        self.fact("reaches", &proxy.reaches);
        self.fact("exclude", &proxy.excludes_turn);
        self.fact("proxy_allow", &proxy.allow);
        let login = if proxy.authentication.value.is_some() { "exempt" } else { "authentication" };
        self.fact(login, &proxy.authentication);
        self.by_use("dpi", &proxy.inspects_turn);
        self.fact("tls", &proxy.tls_only);
        self.by_use("capacity", &proxy.sessions);
        self.fact("sessions_per_agent", &proxy.sessions_per_agent);
        self.by_use("capacity", &proxy.throughput);
        self.fact("egress", &proxy.egress);
    }

    fn vpn(&mut self, vpn: &Vpn) {
        self.fact("tunnel", &vpn.split);
        self.by_use("capacity", &vpn.sessions);
        self.by_use("capacity", &vpn.throughput);
        self.fact("include", &vpn.include);
        self.fact("egress", &vpn.nat);
        self.fact("egress", &vpn.egress);
        let of = std::mem::replace(&mut self.named, Id::new(""));
        self.by_use("vpn_voice_overhead", &vpn.voice_overhead);
        self.by_use("vpn_data_overhead", &vpn.data_overhead);
        self.named = of;
    }

    fn vdi(&mut self, vdi: &Vdi) {
        self.fact("platform", &vdi.platform);
        self.by_use("vdi_server", &vdi.server);
        self.by_use("vdi_adapter", &vdi.adapter);
        self.by_use("capacity", &vdi.sessions);
        self.by_use("reached_over", &vdi.reached_over);
        self.fact("exit", &vdi.exit);
        let of = std::mem::replace(&mut self.named, Id::new(""));
        self.by_use("vdi_per_session", &vdi.per_session);
        self.named = of;
        self.fact("egress", &vdi.egress);
    }

    fn carrier(&mut self, carrier: &Carrier) {
        self.fact("role", &carrier.for_agents);
        self.fact("hands_over", &carrier.hands_over);
        self.by_use("capacity", &carrier.channels);
    }

    fn phone(&mut self, phone: &Phone) {
        use crate::catalogue::PhoneKind::{Pstn, SipPhone, SipSoftphone, WebrtcSoftphone};
        let is = |kinds: &[_]| kinds.contains(&phone.kind);
        self.fact_where(is(&[SipSoftphone, WebrtcSoftphone]), "connector", &phone.connector);
        self.fact_where(is(&[SipSoftphone, SipPhone]), "encrypted", &phone.encrypted);
        self.fact("softphone_proxy", &phone.proxy);
        if let Some(option) = &phone.proxy.value {
            self.fact("proxy_set_in", &option.set_in);
        }
        self.fact("phone_machine", &phone.on);
        self.fact_where(is(&[Pstn]), "rings", &phone.rings);
        self.fact_where(phone.rings_in_pocket(), "operator", &phone.operators);
        self.fact_where(phone.rings_in_pocket(), "battery", &phone.battery);
        self.fact("via", &phone.via);
        self.fact("off_site", &phone.off_site);
        self.uses(&phone.uses);
    }

    fn group(&mut self, group: &Group) {
        let of = std::mem::replace(&mut self.named, Id::new(""));
        if let OnShift::Always(share) = &group.on_shift {
            self.by_use("on_shift", share);
        }
        self.by_use("moving_place", &group.moving.place);
        self.by_use("moving_machine", &group.moving.machine);
        self.by_use("moving_phone", &group.moving.phone);
        self.by_use("moving_notice", &group.moving.notice);
        self.named = of.clone();
        if let OnShift::ByHour(table) = &group.on_shift {
            self.fact("shifts", table);
        }
        self.fact("priority", &group.priority);
        self.fact_where(group.phones.len() > 1, "provisioned", &group.provisioned);
        self.fact("access", &group.access);
        self.fact("enters_by", &group.enters_direct);
        self.fact("browser", &group.browser);
        self.fact("group_occupancy", &group.occupancy);
        self.fact("traffic_voice", &group.traffic.voice);
        self.fact("traffic_desktop", &group.traffic.desktop);
        self.fact("traffic_recording", &group.traffic.recording);
        self.fact("recording", &group.recording);
        if let Some(recording) = &group.recording.value {
            self.fact("recording_share", &recording.share);
            self.fact("recording_screens", &recording.screens);
            self.fact("recording_version", &recording.version);
            self.fact("recording_machine", &recording.on);
            self.fact("recording_proxy", &recording.proxy);
            if let Some(option) = &recording.proxy.value {
                self.fact("proxy_set_in", &option.set_in);
            }
            self.fact("recording_upload", &recording.scheduled);
            self.fact("recording_required", &recording.required);
        }
        for (id, app) in &group.apps {
            self.named = Id::new(&format!("{of}.{id}"));
            self.fact("app_required", &app.required);
            self.fact("app_machine", &app.on);
        }
    }
}
