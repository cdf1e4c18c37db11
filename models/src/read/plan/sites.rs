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
use crate::yaml::Value;

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
        let feeds = power.read("feeds", Vec::new(), |node| self.issues.names(node));
        for feed in &feeds.value {
            self.listed(feed, "feeds");
        }
        let ups = power.fact("ups", Millis::ZERO, duration);
        let fuel = power.map("generator").and_then(|generator| {
            let fuel = generator.need_fact("fuel", Millis::ZERO, duration);
            generator.finish();
            fuel
        });
        power.finish();
        Power { feeds, ups, fuel: fuel.unwrap_or(Fact::defaulted(Millis::ZERO)) }
    }

    fn home_internet(&self, f: &Fields<'a>) -> HomeInternet {
        let isp = Named { id: Id::new("isp"), place: Place::BUILT_IN };
        let mut internet = HomeInternet {
            per_agent: Fact::defaulted(None),
            isps: Fact::defaulted(vec![(isp, Millionths::ONE)]),
            ip: Fact::defaulted(IpVersion::V4),
        };
        let Some(home) = f.map("internet") else { return internet };
        internet.per_agent = self.directions(&home, "per_agent", None, Some);
        internet.isps = self.shares(&home, "isps", internet.isps.value);
        for (isp, _) in internet.isps.value.iter().filter(|(isp, _)| isp.place.is_written()) {
            self.provider(Some(isp));
        }
        internet.ip = home.fact("ip", IpVersion::V4, ip_version);
        home.finish();
        internet
    }

    /// One bandwidth for both directions, or `{down, up}`.
    pub(super) fn directions<T>(
        &self,
        f: &Fields<'a>,
        key: &'static str,
        default: T,
        wrap: impl Fn(Directions) -> T,
    ) -> Fact<T> {
        let mut unknown = None;
        let both = f.read(key, default, |node| {
            if let Value::Scalar { .. } = node.value {
                let both = Some(self.issues.parse(node, bandwidth)?);
                return Some(wrap(Directions { down: both, up: both }));
            }
            let what = format!("the bandwidth of {}", f.what());
            let both = Fields::of(self.issues, what, node.place, node)?;
            let bits = |text: &str| bandwidth(text).map(Some);
            let down = both.need_fact("down", None, bits);
            let up = both.need_fact("up", None, bits);
            both.finish();
            let (down, up) = (down?, up?);
            unknown = [down, up].into_iter().find(Fact::is_unknown).and_then(|one| one.place());
            Some(wrap(Directions { down: down.value, up: up.value }))
        });
        match unknown {
            Some(place) => Fact::unknown(both.value, place),
            None => both,
        }
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
