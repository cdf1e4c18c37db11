//! `sites` and what is shared between them.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::fact::Fact;
use crate::id::Id;
use crate::place::Place;
use crate::plan::{
    Directions, HomeInternet, IpVersion, Named, Power, Section, Shared, Site, SiteKind,
};
use crate::read::Fields;
use crate::read::quantity::{bandwidth, count, duration, one_of};
use crate::units::{Millionths, Millis};
use crate::yaml::{Node, Value};

use super::context::{Cx, site_kind};
use super::sort::Sort;

impl<'a> Cx<'a> {
    /// `shared`, first of all, because mentions are checked against it.
    pub(super) fn read_shared(&mut self, top: &Fields<'a>) {
        let Some(f) = top.map("shared") else { return };
        let mut listed = BTreeMap::new();
        let mut names = |key| {
            let Some(names) = f.names(key) else { return Vec::new() };
            listed.insert(key, names.iter().map(|named| named.id.clone()).collect());
            names
        };
        let shared = Shared {
            conduits: names("conduits"),
            feeds: names("feeds"),
            providers: names("providers"),
        };
        f.finish();
        self.shared = Some(shared);
        self.listed = listed;
    }

    pub(super) fn sites(&self, top: &Fields<'a>) -> Section<Site> {
        self.section(top, "sites", "site", |f, _| self.site(f))
    }

    fn site(&self, f: &Fields<'a>) -> Option<Site> {
        let kind = f.need_parse("kind", site_kind);
        let internet = self.home_internet(f);
        let homes = kind.is_none_or(|kind| kind == SiteKind::Homes);
        if let Some(place) = f.key_place("internet").filter(|_| !homes) {
            let message = format!("{} is not of kind `homes`, so it has no `internet`", f.what());
            let help = "connect it by `circuits`";
            f.issues().push(Diagnostic::error("wrong-key", message, place).help(help));
        }
        Some(Site {
            place: f.place(),
            region: f.fact("region", Id::new("region"), crate::read::id),
            power: self.power(f),
            seats: f.maybe("seats", count),
            internet,
            uses: self.uses(f),
            common: self.common(f),
            kind: kind?,
        })
    }

    fn power(&self, f: &Fields<'a>) -> Power {
        let Some(power) = f.map("power") else { return Power::default() };
        let feeds = power.names("feeds").unwrap_or_default();
        for feed in &feeds {
            self.listed(feed, "feeds");
        }
        let ups = power.parse("ups", duration).unwrap_or(Millis::ZERO);
        let fuel = power.map("generator").and_then(|generator| {
            let fuel = generator.need_parse("fuel", duration);
            generator.finish();
            fuel
        });
        power.finish();
        Power { feeds, ups, fuel: fuel.unwrap_or(Millis::ZERO) }
    }

    fn home_internet(&self, f: &Fields<'a>) -> HomeInternet {
        let isp = Named { id: Id::new("isp"), place: Place::BUILT_IN };
        let mut internet = HomeInternet {
            per_agent: Fact::defaulted(None),
            isps: Fact::defaulted(vec![(isp, Millionths::ONE)]),
            ip: Fact::defaulted(IpVersion::V4),
        };
        let Some(home) = f.map("internet") else { return internet };
        internet.per_agent = match home.node("per_agent") {
            None => internet.per_agent,
            Some(node) if node.is_unknown() => Fact::unknown(None, node.place),
            Some(node) => Fact::given(self.directions(&home, node), node.place),
        };
        internet.isps = match home.node("isps") {
            None => internet.isps,
            Some(node) if node.is_unknown() => Fact::unknown(internet.isps.value, node.place),
            Some(node) => {
                let isps = self.shares(node).unwrap_or_default();
                for (isp, _) in &isps {
                    self.provider(Some(isp));
                }
                Fact::given(isps, node.place)
            }
        };
        internet.ip = home.fact("ip", IpVersion::V4, ip_version);
        home.finish();
        internet
    }

    /// One bandwidth for both directions, or `{down, up}`.
    pub(super) fn directions(&self, f: &Fields<'a>, node: &'a Node) -> Option<Directions> {
        if let Value::Scalar { .. } = node.value {
            let both = self.issues.parse(node, bandwidth)?;
            return Some(Directions { down: both, up: both });
        }
        let what = format!("the bandwidth of {}", f.what());
        let both = Fields::of(self.issues, what, node.place, node)?;
        let down = both.need_parse("down", bandwidth);
        let up = both.need_parse("up", bandwidth);
        both.finish();
        Some(Directions { down: down?, up: up? })
    }

    /// Every feed and conduit: those of `shared` first, then as mentioned.
    pub(super) fn mentioned(&self, sort: Sort) -> Section<Place> {
        let declared = self.names.shared.iter().filter(|(_, declared)| declared.sort == sort);
        declared.map(|(id, declared)| (id.clone(), declared.place)).collect()
    }
}

/// Parses `ip`.
pub(super) fn ip_version(text: &str) -> crate::read::Parsed<IpVersion> {
    one_of(&[("v4", IpVersion::V4), ("v6", IpVersion::V6), ("both", IpVersion::Both)])(text)
}
