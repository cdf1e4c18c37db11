//! `cloud`: regions, services, addresses, and who is let in.

use crate::catalogue::{Networks, OpenAccess, SERVICES, ServiceSpec, service};
use crate::diagnostic::{Diagnostic, quoted};
use crate::fact::{Fact, Origin};
use crate::id::Id;
use crate::place::Place;
use crate::plan::{
    Access, Address, Cloud, CloudAddresses, CloudRegion, DirectUrls, Known, KnownSource, Named,
    Ports, Section, Service, SiteKind, Sso,
};
use crate::read::quantity::{Fault, block, day, duration, one_of, text, yes_no};
use crate::read::{Fields, Issues, hint};
use crate::yaml::{Key, Node, Value};

use super::context::Cx;
use super::firewalls::{is_like_an_address, port};
use super::sort::Sort;

/// What holds where nothing is written.
static NOTHING: Node = Node { place: Place::BUILT_IN, value: Value::Empty };

/// Sorts whose source address may be known to the cloud.
const SOURCES: &[Sort] =
    &[Sort::Circuit, Sort::Bundle, Sort::Proxy, Sort::Vpn, Sort::Vdi, Sort::Site];

impl<'a> Cx<'a> {
    pub(super) fn cloud(&self, top: &Fields<'a>) -> Option<Cloud> {
        let node = top.node("cloud").unwrap_or(&NOTHING);
        let place = top.key_place("cloud").unwrap_or(Place::BUILT_IN);
        let f = Fields::of(self.issues, "`cloud`", place, node)?;
        let domain = f.fact("domain", "cloud.example".to_owned(), host);
        let turn = format!("turn.{}", domain.value);
        let services = self.services(&f, &domain.value);
        let access = f.node("access").unwrap_or(&NOTHING);
        let place = f.key_place("access").unwrap_or(place);
        let access = Fields::facts(self.issues, "`cloud.access`", place, access)?;
        let cloud = Cloud {
            regions: self.cloud_regions(&f),
            turn_host: f.fact("turn_host", turn, host),
            addresses: self.addresses(&f),
            sip_ports: self.ports(&f, "sip_ports"),
            media_ports: self.ports(&f, "media_ports"),
            access: self.access(&access, &services),
            services,
            domain,
        };
        access.finish();
        f.finish();
        Some(cloud)
    }

    fn cloud_regions(&self, f: &Fields<'a>) -> Section<CloudRegion> {
        self.section(f, "regions", "region", |f, id| {
            let standby = self.named_fact(f, "standby", &[Sort::CloudRegion]);
            if let Some(standby) = standby.value.as_ref().filter(|standby| standby.id == *id) {
                let message = "a region cannot stand by itself";
                self.issues.error("bad-value", message, standby.place);
            }
            if standby.value.is_some() {
                f.need("after");
            }
            Some(CloudRegion { place: f.place(), standby, after: f.maybe("after", duration) })
        })
    }

    fn services(&self, f: &Fields<'a>, domain: &str) -> Section<Service> {
        let written = f.entries("services");
        for (key, _) in written.iter().filter(|(key, _)| service(&key.text).is_none()) {
            self.issues.push(unknown_service(&key.text, key.place));
        }
        let services = SERVICES.iter().map(|spec| {
            let entry = written.iter().find(|(key, _)| key.text == spec.id);
            (Id::new(spec.id), self.service(spec, entry, domain))
        });
        services.collect()
    }

    fn service(&self, spec: &ServiceSpec, entry: Option<&'a (Key, Node)>, domain: &str) -> Service {
        let default = match spec.id {
            "portal" => domain.to_owned(),
            id => format!("{id}.{domain}"),
        };
        let (place, node) = entry.map_or((Place::BUILT_IN, &NOTHING), |(k, node)| (k.place, node));
        let what = format!("service `{}`", spec.id);
        let f = Fields::facts(self.issues, what, place, node);
        let f = f.unwrap_or_else(|| Fields::over(self.issues, "", place, Vec::new(), 0));
        let networks = one_of(&[
            ("both", Networks::Both),
            ("internet", Networks::InternetOnly),
            ("private", Networks::PrivateOnly),
        ]);
        let service = Service {
            place,
            host: f.fact("host", default, host),
            networks: f.fact("networks", spec.networks, networks),
            open_access: open_access(&f, spec),
            authentication: f.fact("authentication", spec.authentication, yes_no),
        };
        f.finish();
        service
    }

    fn addresses(&self, f: &Fields<'a>) -> CloudAddresses {
        let map = f.map("addresses");
        let blocks = |key| {
            let Some(f) = &map else { return Fact::defaulted(Vec::new()) };
            f.read(key, Vec::new(), |node| {
                let items = self.issues.items(node)?.into_iter();
                Some(items.filter_map(|item| address(self.issues, item)).collect())
            })
        };
        let addresses = CloudAddresses {
            services: blocks("services"),
            services_private: blocks("services-private"),
            sbc: blocks("sbc"),
            turn: blocks("turn"),
        };
        map.into_iter().for_each(Fields::finish);
        addresses
    }

    /// Ports and ranges of ports.
    fn ports(&self, f: &Fields<'a>, key: &'static str) -> Fact<Vec<Ports>> {
        f.read(key, Vec::new(), |node| {
            let items = self.issues.items(node)?.into_iter();
            Some(items.filter_map(|item| self.issues.parse(item, ports)).collect())
        })
    }

    fn access(&self, f: &Fields<'a>, services: &Section<Service>) -> Access {
        let open_access = f.read("open_access", Vec::new(), |node| self.issues.names(node));
        for named in &open_access.value {
            self.may_be_open(named, services);
        }
        let off_site = one_of(&[("allowed", false), ("forbidden", true)]);
        Access {
            place: f.place(),
            sso: self.sso(f),
            mfa: f.fact("mfa", false, yes_no),
            ip_control: f.fact("authentication_ip_control", open_access.value.is_empty(), yes_no),
            open_access,
            off_site_forbidden: f.fact("off_site_data", false, off_site),
            known: self.known(f),
            direct_urls: self.direct_urls(f),
        }
    }

    fn may_be_open(&self, named: &Named, services: &Section<Service>) {
        let Some(service) = services.get(&named.id) else {
            self.issues.push(unknown_service(named.id.as_str(), named.place));
            return;
        };
        let diagnostic = if named.id == "authentication" {
            let message = "the login service never stands in `open_access`";
            Diagnostic::error("never-open", message, named.place)
                .help("it answers every address unless `authentication_ip_control` is on")
        } else if service.open_access.value == OpenAccess::Never {
            let message = format!("`{}` is never open to every address (INT-10)", named.id);
            let diagnostic = Diagnostic::error("never-open", message, named.place)
                .help("it stays behind known addresses; remove it from the list");
            match service.open_access.place() {
                Some(place) => diagnostic.related(place, "said here"),
                None => diagnostic,
            }
        } else {
            return;
        };
        self.issues.push(diagnostic);
    }

    fn sso(&self, f: &Fields<'a>) -> Fact<Option<Sso>> {
        let Some(node) = f.node("sso") else { return Fact::defaulted(None) };
        if node.text().is_some() {
            return f.fact("sso", None, |word| match word {
                "none" => Ok(None),
                _ => Err(Fault::with_help(
                    format!("{} does not say who runs the identity provider", quoted(word)),
                    "write `none`, `{provider: cloud}` or `{provider: own, at: SITE}`",
                )),
            });
        }
        let Some(sso) = f.map("sso") else { return Fact::defaulted(None) };
        let at = self.named_fact(&sso, "at", &[Sort::Site]);
        // A provider `at` a site is the company's own, even if that is not known.
        let providers = one_of(&[("own", true), ("cloud", false)]);
        let own = sso.need_fact("provider", at.value.is_some(), providers);
        sso.finish();
        let own = own.unwrap_or(Fact::defaulted(false));
        let unknown = own.is_unknown() || at.is_unknown();
        let said = if own.is_unknown() { own.place() } else { at.place() };
        if own.value && at.value.is_none() && !unknown {
            let message = "a provider of your own stands somewhere, and falls with that";
            let help = "say at which site: `{provider: own, at: SITE}`";
            self.issues.push(
                Diagnostic::error("missing-key", message, node.place)
                    .label("`at` is missing here")
                    .help(help),
            );
        }
        let (own, at) = (own.value, at.value);
        if let Some(at) = at.as_ref().filter(|_| !own) {
            let message = "only a provider of your own stands `at` a site of the plan";
            let help = "write `provider: own`, or remove `at`";
            self.issues.push(Diagnostic::error("wrong-key", message, at.place).help(help));
        }
        let sso = Some(Sso { own, at });
        match said.filter(|_| unknown) {
            Some(place) => Fact::unknown(sso, place),
            None => Fact::given(sso, node.place),
        }
    }

    fn known(&self, f: &Fields<'a>) -> Fact<Option<Known>> {
        f.read("known", None, |_| {
            let known = f.map("known")?;
            let sources = known.read("internet", None, |node| {
                let items = self.issues.items(node)?.into_iter();
                Some(Some(items.filter_map(|item| self.known_source(item)).collect()))
            });
            // Exhaustive once it is there, so that not to name any is to know none.
            let internet = match sources.origin {
                Origin::Defaulted => Fact::defaulted(Some(Vec::new())),
                _ => sources,
            };
            let private = self.names_fact(&known, "private", &[Sort::Site, Sort::Vpn]);
            let place = Some(known.place());
            known.finish();
            Some(Some(Known { place, internet, private }))
        })
    }

    fn known_source(&self, node: &'a Node) -> Option<KnownSource> {
        if self.issues.is_unknown(node) {
            return None;
        }
        if let Some(text) = node.text() {
            if is_like_an_address(text) {
                return Some(KnownSource::Address(address(self.issues, node)?, None));
            }
            return Some(KnownSource::Name(self.source_name(self.issues.named(node)?)));
        }
        let f = Fields::of(self.issues, "an entry of `known`", node.place, node)?;
        let net = f.need("address").and_then(|node| address(self.issues, node));
        let of = f.named("of").map(|named| self.source_name(named));
        let kind = of.as_ref().and_then(|named| self.site_kind(&named.id));
        if let Some(named) = of.as_ref().filter(|_| kind.is_some_and(|k| k != SiteKind::Vendor)) {
            let message = format!("`{}` is a site, which has no address of its own", named.id);
            let help = "name the circuit, bundle, proxy, VPN or virtual desktop that has it";
            self.issues.push(Diagnostic::error("bad-value", message, named.place).help(help));
        }
        f.finish();
        Some(KnownSource::Address(net?, of))
    }

    /// A name whose source address may be known: equipment, or an egress name.
    fn source_name(&self, named: Named) -> Named {
        if !self.names.egresses.contains_key(&named.id) {
            self.resolve(&named, SOURCES);
        }
        if self.site_kind(&named.id) == Some(SiteKind::Homes) {
            let message = format!("the addresses of `{}` are their providers' (INT-06)", named.id);
            let help = "name circuits, bundles, proxies, VPNs, virtual desktops, or their sites";
            self.issues.push(Diagnostic::error("bad-value", message, named.place).help(help));
        }
        named
    }

    fn direct_urls(&self, f: &Fields<'a>) -> Fact<Option<DirectUrls>> {
        f.read("direct_urls", None, |_| {
            let direct = f.map("direct_urls")?;
            let services = direct.read("services", Vec::new(), |node| self.issues.names(node));
            for named in &services.value {
                if service(named.id.as_str()).is_none() {
                    self.issues.push(unknown_service(named.id.as_str(), named.place));
                }
            }
            let as_of = direct.maybe("as_of", day);
            let place = direct.place();
            direct.finish();
            Some(Some(DirectUrls { place, services, as_of }))
        })
    }
}

/// `unknown` is a reading of its own here, not the default (INT-09).
fn open_access(f: &Fields<'_>, spec: &ServiceSpec) -> Fact<OpenAccess> {
    let words = [("approved", OpenAccess::Approved), ("never", OpenAccess::Never)];
    let mut fact = f.fact("open_access", spec.open_access, one_of(&words));
    if matches!(fact.origin, crate::Origin::Unknown(_)) {
        fact.value = OpenAccess::Unknown;
    }
    fact
}

fn address(issues: &Issues, node: &Node) -> Option<Address> {
    let net = issues.parse(node, block)?;
    Some(Address { net, place: node.place })
}

/// Parses a port, `5060`, or a range of ports, `10000-20000`.
fn ports(text: &str) -> crate::read::Parsed<Ports> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let fault = |_| {
        Fault::with_help(
            format!("{} is no port or range of ports", quoted(text)),
            "write `5060` or `10000-20000`; ports are 1 to 65535",
        )
    };
    let first = port(first.trim()).map_err(fault)?;
    let last = port(last.trim()).map_err(fault)?;
    if last < first {
        return Err(Fault::with_help(
            format!("the range of ports {} runs backwards", quoted(text)),
            format!("write `{last}-{first}`"),
        ));
    }
    Ok(Ports { first, last })
}

/// The mistake of naming a service that the catalogue does not have.
pub(super) fn unknown_service(word: &str, place: Place) -> Diagnostic {
    let message = format!("{} is no service of the cloud", quoted(word));
    let list = || SERVICES.iter().map(|spec| spec.id).collect::<Vec<_>>().join(", ");
    let near = hint(word, SERVICES.iter().map(|spec| spec.id));
    let help = near.unwrap_or_else(|| format!("services: {}", list()));
    Diagnostic::error("unknown-service", message, place).help(help)
}

/// Parses the name of a host.
fn host(name: &str) -> crate::read::Parsed<String> {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let name = text(name)?;
    if !name.chars().all(good) || name.starts_with('.') || name.ends_with('.') || name.len() > 253 {
        return Err(Fault::with_help(
            format!("{} is no name of a host", quoted(&name)),
            "write letters, digits and `-` with dots between them, without `https://`",
        ));
    }
    Ok(name)
}
