//! `networks`, `circuits`, `bundles`, `exits`.

use indexmap::IndexMap;

use crate::diagnostic::Diagnostic;
use crate::fact::Fact;
use crate::id::Id;
use crate::place::Place;
use crate::plan::{
    Address, Bundle, BundleMode, Capacity, Circuit, Common, Exit, Exits, IpVersion, Named, Network,
    NetworkKind, Section, SiteKind,
};
use crate::read::quantity::{block, channels, one_of};
use crate::read::{Fields, id};
use crate::yaml::{Node, Value};

use super::context::Cx;
use super::sites::ip_version;
use super::sort::Sort;

impl<'a> Cx<'a> {
    pub(super) fn networks_section(&self, top: &Fields<'a>) -> Section<Network> {
        let mut all: Section<Network> = Section::new();
        for (id, kind) in [("internet", NetworkKind::Internet), ("pstn", NetworkKind::Pstn)] {
            all.insert(Id::new(id), built_in(kind));
        }
        let written = self.section(top, "networks", "network", |f, id| Some(self.network(f, id)));
        all.extend(written);
        all
    }

    fn network(&self, f: &Fields<'a>, id: &Id) -> Network {
        let kind = match id.as_str() {
            "internet" => NetworkKind::Internet,
            "pstn" => NetworkKind::Pstn,
            _ => NetworkKind::Private,
        };
        let word = |text: &str| match kind {
            NetworkKind::Internet => one_of(&[("internet", kind)])(text),
            NetworkKind::Pstn => one_of(&[("pstn", kind)])(text),
            NetworkKind::Private => one_of(&[("private", kind)])(text),
        };
        f.parse("kind", word);
        for key in ["cloud_regions", "routed"] {
            let place = f.key_place(key).filter(|_| kind != NetworkKind::Private);
            if let Some(place) = place {
                let message = format!("`{id}` is built in and has no `{key}`");
                self.issues.error("wrong-key", message, place);
            }
        }
        let carrier = f.read("carrier", None, |node| self.issues.named(node).map(Some));
        self.provider(carrier.value.as_ref());
        Network {
            place: f.place(),
            kind,
            carrier,
            cloud_regions: self.names_fact(f, "cloud_regions", &[Sort::CloudRegion]),
            routed: self.names_fact(f, "routed", &[Sort::Site]),
            common: self.common(f),
        }
    }

    pub(super) fn circuits(&self, top: &Fields<'a>) -> Section<Circuit> {
        self.section(top, "circuits", "circuit", |f, _| self.circuit(f))
    }

    fn circuit(&self, f: &Fields<'a>) -> Option<Circuit> {
        let from = self.need(f, "from", &[Sort::Site]);
        let to = self.need(f, "to", &[Sort::Network]);
        let homes = |from: &&Named| self.site_kind(&from.id) == Some(SiteKind::Homes);
        if let Some(from) = from.as_ref().filter(homes) {
            let message = format!("`{}` is of kind `homes`, which have no circuits", from.id);
            let help = "say what lines the homes have under `internet` of the site";
            f.issues().push(Diagnostic::error("wrong-sort", message, from.place).help(help));
        }
        let provider = f.read("provider", None, |node| self.issues.named(node).map(Some));
        self.provider(provider.value.as_ref());
        let cac = one_of(&[("cac", true), ("none", false)]);
        Some(Circuit {
            place: f.place(),
            capacity: self.capacity(f, to.as_ref()),
            provider,
            conduit: self.conduit(f),
            egress: self.egress_address(f),
            ip: f.fact("ip", IpVersion::V4, ip_version),
            admission: f.fact("admission", false, cac),
            common: self.common(f),
            from: from?,
            to: to?,
        })
    }

    fn capacity(&self, f: &Fields<'a>, to: Option<&Named>) -> Fact<Capacity> {
        if to.is_some_and(|to| to.id == "pstn") {
            let read = |text: &str| channels(text).map(Capacity::Channels);
            return f.fact("capacity", Capacity::Unlimited, read);
        }
        if to.is_none() {
            // Where it runs to is the mistake.
            f.node("capacity");
            return Fact::defaulted(Capacity::Unlimited);
        }
        self.directions(f, "capacity", Capacity::Unlimited, Capacity::Bits)
    }

    fn conduit(&self, f: &Fields<'a>) -> Fact<Option<Named>> {
        let conduit = f.read("conduit", None, |node| self.issues.named(node).map(Some));
        if let Some(named) = &conduit.value {
            self.listed(named, "conduits");
        }
        conduit
    }

    fn egress_address(&self, f: &Fields<'a>) -> Fact<Option<Address>> {
        f.read("egress", None, |node| {
            let net = self.issues.parse(node, block)?;
            Some(Some(Address { net, place: node.place }))
        })
    }

    pub(super) fn bundles(&self, top: &Fields<'a>) -> Section<Bundle> {
        self.section(top, "bundles", "bundle", |f, _| self.bundle(f))
    }

    fn bundle(&self, f: &Fields<'a>) -> Option<Bundle> {
        let of = f.need("of").and_then(|_| self.names(f, "of", &[Sort::Circuit]));
        let modes = [
            ("active-active", BundleMode::ActiveActive),
            ("active-passive", BundleMode::ActivePassive),
        ];
        let sharing = one_of(&[("adaptive", true), ("nominal", false)]);
        Some(Bundle {
            place: f.place(),
            mode: f.fact("mode", BundleMode::ActivePassive, one_of(&modes)),
            adaptive: f.fact("sharing", false, sharing),
            common: self.common(f),
            of: of?,
        })
    }

    pub(super) fn exits(&self, top: &Fields<'a>) -> Section<Exits> {
        let mut section = Section::new();
        for (key, node) in top.entries("exits") {
            let Some(site) = self.issues.parsed(id(&key.text), key.place) else { continue };
            let named = Named { id: site.clone(), place: key.place };
            self.resolve(&named, &[Sort::Site]);
            let Value::Map(entries) = &node.value else {
                self.issues.wrong_shape("a map of networks", node);
                continue;
            };
            let mut by_network = IndexMap::new();
            for (network, ways) in entries {
                let Some(id) = self.issues.parsed(id(&network.text), network.place) else {
                    continue;
                };
                let named = Named { id: id.clone(), place: network.place };
                if id != "private" {
                    self.resolve(&named, &[Sort::Network]);
                }
                let ways = if ways.is_unknown() {
                    Fact::unknown(vec![Exit::Here(ways.place)], ways.place)
                } else {
                    Fact::given(self.ways_out(ways, &site), ways.place)
                };
                by_network.insert(id, ways);
            }
            section.insert(site, Exits { place: key.place, by_network });
        }
        section
    }

    fn ways_out(&self, node: &Node, site: &Id) -> Vec<Exit> {
        let names = self.issues.names(node).unwrap_or_default();
        let ways = names.into_iter().map(|named| {
            if named.id == "here" {
                return Exit::Here(named.place);
            }
            if named.id == *site {
                let message = format!("`{site}` is the site itself");
                let help = "write `here` for its own circuits";
                let diagnostic = Diagnostic::error("bad-value", message, named.place).help(help);
                self.issues.push(diagnostic);
            }
            self.resolve(&named, &[Sort::Site]);
            Exit::Site(named)
        });
        ways.collect()
    }
}

fn built_in(kind: NetworkKind) -> Network {
    Network {
        place: Place::BUILT_IN,
        kind,
        carrier: Fact::defaulted(None),
        cloud_regions: Fact::defaulted(None),
        routed: Fact::defaulted(None),
        common: Common::default(),
    }
}
