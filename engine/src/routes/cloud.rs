//! The cloud's edge: what stands before a service, and who is let in.
//!
//! INT-04 to INT-10 on the Internet, PRV-08 on private networks, APP-04,
//! APP-07 and APP-09 for what every HTTPS route stands on.

use outlast_models::catalogue::{Networks, OpenAccess};
use outlast_models::plan::{KnownSource, Service};
use outlast_models::{Id, Place};

use super::line::Line;
use super::path::{Path, Refusal, Source};
use super::{Flow, Transport, Walker};
use crate::input::Change;

/// The blocks that the Internet does not route (INT-05).
const NOT_ROUTABLE: [&str; 15] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
];

/// Whether the Internet routes an address block.
fn is_routable(net: &ipnet::IpNet) -> bool {
    let reserved =
        |text: &&'static str| text.parse::<ipnet::IpNet>().is_ok_and(|r| r.contains(net));
    !NOT_ROUTABLE.iter().any(reserved)
}

/// Why the cloud never knows an address, listed or not: rule and clause.
pub(crate) fn never_known(net: &ipnet::IpNet) -> Option<(&'static str, &'static str)> {
    if matches!(net, ipnet::IpNet::V6(_)) {
        return Some(("TRN-05", "is IPv6, and the cloud knows IPv4 addresses only"));
    }
    (!is_routable(net)).then_some(("INT-05", "is not routed on the Internet"))
}

/// Whether a block holds some of the ranges that the Internet does not route.
pub(crate) fn has_reserved(net: &ipnet::IpNet) -> bool {
    let within = |text: &&'static str| text.parse::<ipnet::IpNet>().is_ok_and(|r| net.contains(&r));
    NOT_ROUTABLE.iter().any(within)
}

impl Walker<'_> {
    /// Whether an egress is on the list of known Internet addresses (INT-04).
    /// `members` are circuits; `bundle` is the bundle they stand in.
    pub(crate) fn is_listed(&self, names: &[Id], bundle: &Id) -> bool {
        if names.iter().any(|name| self.useless(name).is_some()) {
            return false;
        }
        let Some(known) = self.plan.cloud.access.known_internet() else { return true };
        let is = |id: &Id| names.contains(id) || id == bundle;
        known.iter().any(|entry| match entry {
            KnownSource::Name(named) => is(&named.id),
            KnownSource::Address(address, of) => {
                never_known(&address.net).is_none()
                    && (of.as_ref().is_some_and(|of| is(&of.id))
                        || names.iter().any(|name| self.egress_lies_in(name, &address.net)))
            }
        })
    }

    fn egress_lies_in(&self, circuit: &Id, net: &ipnet::IpNet) -> bool {
        let egress = self.plan.circuits.get(circuit).and_then(|c| c.egress.value.as_ref());
        egress.is_some_and(|address| net.contains(&address.net))
    }

    /// The source address of a line: known if every member in use is.
    pub(crate) fn line_source(&self, line: &Line) -> Source {
        let mut names = self.carrying(&line.members);
        // A bundle counts as known only where all its members are; those whose
        // address is not routed stay, for they are why.
        if !names.iter().all(|m| self.is_listed(std::slice::from_ref(m), &line.resource)) {
            names.retain(|member| self.useless(member).is_some());
        }
        names.push(line.resource.clone());
        let shown =
            if let [only] = line.members.as_slice() { only.clone() } else { line.resource.clone() };
        Source::Egress { names, shown, vendor: false }
    }

    /// Replaces the source by equipment's own where it has one, else adds its
    /// id to the names under which its circuit's address may be listed.
    pub(crate) fn source_of_equipment(
        &self,
        path: &mut Path,
        id: &Id,
        egress: Option<&Id>,
        at_vendor: bool,
    ) {
        if at_vendor || egress.is_some() {
            let mut names = vec![id.clone()];
            names.extend(egress.cloned());
            path.source = Source::Egress { names, shown: id.clone(), vendor: at_vendor };
        } else if let Source::Egress { names, .. } = &mut path.source {
            names.push(id.clone());
        }
    }

    /// INT-05, TRN-05: the written address of an egress, a circuit's or equipment's
    /// own, that the cloud never knows.
    fn useless(&self, name: &Id) -> Option<(ipnet::IpNet, Option<Place>)> {
        let circuit = self.plan.circuits.get(name).and_then(|c| c.egress.value.as_ref());
        let written = circuit.map(|address| (address.net, Some(address.place)));
        let own = || {
            let address: std::net::IpAddr = name.as_str().parse().ok()?;
            Some((address.into(), self.egress_of_equipment(name)))
        };
        written.or_else(own).filter(|(net, _)| never_known(net).is_some())
    }

    /// Where an address is written as the egress of some equipment.
    fn egress_of_equipment(&self, address: &Id) -> Option<Place> {
        let proxies = self.plan.proxies.values().map(|proxy| &proxy.egress.value);
        let gateways = self.plan.vpn.values().map(|vpn| &vpn.egress.value);
        let desktops = self.plan.vdi.values().map(|vdi| &vdi.egress.value);
        let mut all = proxies.chain(gateways).chain(desktops).flatten();
        all.find(|named| named.id == *address).map(|named| named.place)
    }

    /// INT-04: whether the cloud knows the address a path comes from.
    fn is_known(&self, source: &Source) -> bool {
        match source {
            Source::Inside | Source::Home | Source::Private { .. } => false,
            Source::Egress { names, vendor, .. } => {
                if names.iter().any(|name| self.useless(name).is_some()) {
                    return false;
                }
                if self.plan.cloud.access.known_internet().is_none() {
                    return !vendor;
                }
                names.iter().any(|name| self.is_listed(std::slice::from_ref(name), name))
                    || names.iter().any(|n| self.own_egress_listed(n))
            }
        }
    }

    /// A proxy, VPN or VDI whose `egress` is an address on the list.
    fn own_egress_listed(&self, name: &Id) -> bool {
        let Some(known) = self.plan.cloud.access.known_internet() else { return false };
        let Ok(address) = name.as_str().parse::<std::net::IpAddr>() else { return false };
        known.iter().any(|entry| match entry {
            KnownSource::Name(_) => false,
            KnownSource::Address(a, _) => never_known(&a.net).is_none() && a.net.contains(&address),
        })
    }

    /// Whether a service exists on a transport (TRN-03, TRN-04).
    pub(crate) fn exists_on(&self, service: &Id, transport: Transport) -> Result<(), Refusal> {
        let entry = &self.plan.cloud.services[service];
        match (entry.networks.value, transport) {
            (Networks::InternetOnly, Transport::Private) => {
                let says = format!("{service} exists on the Internet only");
                Err(Refusal::new("TRN-03", says, entry.networks.place()))
            }
            (Networks::PrivateOnly, Transport::Internet) => {
                let says = format!("{service} exists on private networks only");
                Err(Refusal::new("TRN-04", says, entry.networks.place()))
            }
            _ => Ok(()),
        }
    }

    /// Enters a service over the Internet.
    pub(crate) fn enter_internet(&mut self, path: &mut Path, service: &Id, flow: &Flow) {
        self.assume_networks(path, service);
        if let Err(refusal) = self.exists_on(service, Transport::Internet) {
            path.refuse(refusal);
        }
        self.through_named(path, "internet");
        self.through_named(path, "dns"); // APP-04
        self.through_named(path, "cloud.security-gateways"); // TRN-08
        let region = self.graph.cloud_gate(&mut self.gates, None);
        self.through_region(path, region);
        self.service_components(path, service);
        self.access_control(path, service, flow);
    }

    /// Enters a service over a private network.
    pub(crate) fn enter_private(&mut self, path: &mut Path, service: &Id) {
        self.assume_networks(path, service);
        if let Err(refusal) = self.exists_on(service, Transport::Private) {
            path.refuse(refusal);
        }
        self.through_named(path, "dns"); // APP-04
        self.service_components(path, service);
        if *service == "portal" {
            path.assumptions.insert("portal_over_private".to_owned());
            if !self.plan.figures.portal_over_private.value {
                let says = "the Portal does not answer over private networks";
                let place = self.plan.figures.portal_over_private.place();
                path.refuse(Refusal::new("TRN-02", says, place));
            }
        }
        if *service == "authentication" && self.plan.cloud.access.ip_control.value {
            path.assumptions.insert("login_over_private".to_owned());
            if !self.plan.figures.login_over_private.value {
                let says = "IP control at the login refuses private addresses";
                let place = self.plan.figures.login_over_private.place();
                path.refuse(Refusal::new("INT-08", says, place));
            }
        }
    }

    fn assume_networks(&self, path: &mut Path, service: &Id) {
        let networks = &self.plan.cloud.services[service].networks;
        path.assume_unknown(networks, || format!("service_networks:{service}"));
    }

    /// Enters TURN: open to all addresses (INT-04), no gateways (TRN-08), no
    /// certificates (APP-07).
    pub(crate) fn enter_turn(&mut self, path: &mut Path) {
        self.through_named(path, "internet");
        self.through_named(path, "dns"); // APP-04
        if self.plan.figures.turn_passes_security_gateways.value {
            self.through_named(path, "cloud.security-gateways");
        }
        path.assumptions.insert("turn_passes_security_gateways".to_owned());
        let region = self.graph.cloud_gate(&mut self.gates, None);
        self.through_region(path, region);
        self.through_named(path, "cloud.turn");
    }

    pub(crate) fn through_region(&mut self, path: &mut Path, gate: crate::gates::GateId) {
        let region = self.plan.cloud.regions.keys().next().cloned();
        let id = region.unwrap_or_else(|| Id::new(crate::graph::UNNAMED_REGION));
        path.gate = self.gates.and([path.gate, gate]);
        path.hops.push(super::path::Hop { id, gate });
    }

    fn service_components(&mut self, path: &mut Path, service: &Id) {
        match service.as_str() {
            "portal" => self.through_named(path, "cloud.portal"),
            "authentication" => {
                self.through_named(path, "cloud.authentication");
                path.assume(&self.plan.cloud.access.sso, || "sso".to_owned());
                if self.plan.cloud.access.sso.value.is_some() {
                    self.through_named(path, "sso-provider");
                    path.assumptions.insert("identity_provider".to_owned());
                }
            }
            "webrtc-signalling" => self.through_named(path, "cloud.webrtc"),
            "screen-recording" | "recording-ui" => self.through_named(path, "cloud.recording"),
            _ => {}
        }
    }

    /// INT-04, INT-08, INT-09, INT-10, OFF-02, OFF-09: who is let in over the Internet.
    fn access_control(&self, path: &mut Path, service: &Id, flow: &Flow) {
        let source = path.source.clone();
        if self.plan.cloud.access.known_internet().is_none() {
            path.assumptions.insert("known_sources".to_owned());
        }
        if self.is_known(&source) {
            return;
        }
        let mut asked = Path { refusal: None, changes: Vec::new(), ..path.clone() };
        self.ask_access(&mut asked, service, flow, &source);
        let closed = asked.refusal.is_some() || !asked.changes.is_empty();
        path.assumptions.append(&mut asked.assumptions);
        path.notes.append(&mut asked.notes);
        // INT-05, TRN-05: such an address is never known, listed or not.
        if let Some(refusal) = self.listed_in_vain(&source).filter(|_| closed) {
            path.refuse(refusal);
            return;
        }
        path.changes.append(&mut asked.changes);
        if let Some(refusal) = asked.refusal {
            path.refuse(refusal);
        }
    }

    /// What an address that is not known is let in to.
    fn ask_access(&self, path: &mut Path, service: &Id, flow: &Flow, source: &Source) {
        let from = shown(source);
        let access = &self.plan.cloud.access;
        let listed = self.known_place(None);
        let register = self.register(source);
        if *service == "authentication" {
            path.assume(&access.ip_control, || "authentication_ip_control".to_owned());
            path.assumptions.insert("one_ip_control".to_owned());
            if access.ip_control.value {
                let says = format!("the login accepts known addresses only, and {from} is not one");
                let place = access.ip_control.place().or(listed);
                let mend = register.or_else(|| self.open_access_ends_control());
                path.refuse_until(Refusal::new("INT-08", says, place), mend);
            }
            return;
        }
        if *service == "portal" {
            // OFF-09: what is open behind the Portal does not open the Portal.
            let open = if access.open_access.value.is_empty() {
                ""
            } else {
                ", open access or not (OFF-09)"
            };
            let says =
                format!("the Portal answers known addresses only{open}, and {from} is not one");
            path.refuse_until(Refusal::new("INT-04", says, listed), register);
            return;
        }
        self.open_access(path, service, flow, &from, register);
    }

    /// INT-05, TRN-05: an address that the Internet does not route, or of IPv6, is
    /// never on the list, whatever the plan says.
    fn listed_in_vain(&self, source: &Source) -> Option<Refusal> {
        let Source::Egress { names, .. } = source else { return None };
        let refused = |net: &ipnet::IpNet, place| {
            let (rule, why) = never_known(net)?;
            Some(Refusal::new(rule, format!("{} {why}", address_words(net)), place))
        };
        if let Some((net, place)) = names.iter().find_map(|name| self.useless(name)) {
            return refused(&net, place);
        }
        let known = self.plan.cloud.access.known_internet()?;
        known.iter().find_map(|entry| match entry {
            KnownSource::Name(_) => None,
            KnownSource::Address(address, of) => {
                let ours = of.as_ref().is_some_and(|of| names.contains(&of.id))
                    || names.iter().any(|name| self.egress_lies_in(name, &address.net));
                refused(&address.net, Some(address.place)).filter(|_| ours)
            }
        })
    }

    fn register(&self, source: &Source) -> Option<Change> {
        match source {
            Source::Egress { shown, .. } => {
                Some(Change::RegisterKnownIps { egress: shown.clone() })
            }
            Source::Inside | Source::Home | Source::Private { .. } => None, // INT-06
        }
    }

    fn open_access(
        &self,
        path: &mut Path,
        service: &Id,
        flow: &Flow,
        from: &str,
        register: Option<Change>,
    ) {
        let access = &self.plan.cloud.access;
        path.assume(&access.off_site_forbidden, || "off_site_data".to_owned());
        path.assume_unknown(&access.open_access, || "open_services".to_owned());
        let in_force = access.open_access.value.iter().find(|named| {
            named.id == *service
                || (flow.softphone
                    && *service == "webrtc-signalling"
                    && named.id == "webrtc-softphone")
        });
        if in_force.is_some() {
            path.assume(&access.sso, || "sso".to_owned());
            path.assume(&access.mfa, || "mfa".to_owned());
        }
        let entry = &self.plan.cloud.services[service];
        let place = in_force.map(|named| named.place).or(entry.open_access.place());
        let known = self.known_place(place);
        let lacking = self.open_access_lacks();
        match (in_force.is_some(), entry.open_access.value, lacking) {
            (true, OpenAccess::Approved, None) => {}
            (true, OpenAccess::Approved, Some((lacks, place))) => {
                let says = format!("{service} is not open to the Internet while {lacks}");
                path.refuse(Refusal::new("INT-09", says, place));
            }
            (_, OpenAccess::Never, _) => {
                let says =
                    format!("{service} is never open to the Internet, and {from} is not known");
                path.refuse_until(Refusal::new("INT-10", says, known), register);
            }
            (asked, OpenAccess::Unknown, _) => {
                path.assumptions.insert(format!("open_access:{service}"));
                let mut says =
                    format!("{service} accepts known addresses only, and {from} is not one");
                if asked {
                    says.push_str("; whether its open access is approved is not known");
                }
                path.refuse_until(Refusal::new("INT-04", says, known), register);
            }
            (false, OpenAccess::Approved, lacks) => {
                let says = format!("{service} accepts known addresses only, and {from} is not one");
                let request = Change::RequestOpenAccess { service: service.clone() };
                let mend = register.or(lacks.is_none().then_some(request));
                path.refuse_until(Refusal::new("INT-04", says, known), mend);
            }
        }
    }

    /// Control of the login that nobody asked for ends with the first service
    /// that is opened.
    fn open_access_ends_control(&self) -> Option<Change> {
        let access = &self.plan.cloud.access;
        if access.ip_control.is_given() || self.open_access_lacks().is_some() {
            return None;
        }
        // The login service itself is none that can be opened.
        let opens = |(id, entry): &(&Id, &Service)| {
            **id != "authentication" && entry.open_access.value == OpenAccess::Approved
        };
        let (service, _) = self.plan.cloud.services.iter().find(opens)?;
        Some(Change::RequestOpenAccess { service: service.clone() })
    }

    /// The line that says who is known, where none says it of the service.
    fn known_place(&self, place: Option<Place>) -> Option<Place> {
        let access = &self.plan.cloud.access;
        let known = access.known.value.as_ref().and_then(|known| known.place);
        place.or(known).or(Some(access.place)).filter(Place::is_written)
    }

    /// What stands against open access (INT-09), and the plan's line.
    fn open_access_lacks(&self) -> Option<(&'static str, Option<Place>)> {
        let access = &self.plan.cloud.access;
        let asked = access.open_access.value.first().map(|named| named.place);
        if access.off_site_forbidden.value {
            Some(("off-site data is forbidden", access.off_site_forbidden.place().or(asked)))
        } else if access.sso.value.is_none() {
            Some(("there is no single sign-on", access.sso.place().or(asked)))
        } else if !access.mfa.value {
            Some(("there is no multi-factor authentication", access.mfa.place().or(asked)))
        } else {
            None
        }
    }

    /// PRV-08: whether the cloud knows a private source; the site or VPN must
    /// also be routed on the network.
    pub(crate) fn check_private_source(&self, path: &mut Path, names: &[Id], shown: &Id) {
        if let Some(known) = &self.plan.cloud.access.known.value {
            path.assume_unknown(&known.private, || "known_private".to_owned());
        }
        let Some(known) = self.plan.cloud.access.known_private() else { return };
        if known.iter().any(|n| names.contains(&n.id)) {
            return;
        }
        let says = format!("{shown} is not among the known private addresses");
        let register = Change::RegisterPrivateIps { source: shown.clone() };
        path.refuse_until(Refusal::new("PRV-08", says, self.known_place(None)), Some(register));
    }
}

/// A block, or a single address as such.
pub(crate) fn address_words(net: &ipnet::IpNet) -> String {
    if net.prefix_len() == net.max_prefix_len() { net.addr().to_string() } else { net.to_string() }
}

fn shown(source: &Source) -> String {
    match source {
        Source::Home => "a home address".to_owned(),
        Source::Inside => "an internal address".to_owned(),
        Source::Egress { shown, .. } | Source::Private { shown, .. } => shown.to_string(),
    }
}
