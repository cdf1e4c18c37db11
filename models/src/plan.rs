//! The plan as read: valid, typed, names resolved, every entry with its place.
//!
//! Field names are the keys of the language (`docs/plan-language.md`). Lists
//! of ids keep the place of each mention ([`Named`]). Sections keep the order
//! of the file, which matters in a few places (two circuits of one site to one
//! network are active and passive in file order).

mod cloud;
mod common;
mod failures;
mod firewalls;
mod groups;
mod machines;
mod networks;
mod policies;
mod queues;
mod roster;
mod sites;
mod telephony;
mod unknowns;

use std::sync::Arc;

use crate::fact::Fact;
use crate::figures::Figures;
use crate::id::Id;
use crate::place::Place;
use crate::units::{Day, Money};

pub use cloud::{
    Access, Cloud, CloudAddresses, CloudRegion, DirectUrls, Known, KnownSource, Ports, Service, Sso,
};
pub use common::{
    Common, Component, CountedResource, Named, Need, Pool, Section, Shared, Units, Use,
};
pub use failures::{
    Appetite, CommonCause, Estimate, FailureEntry, Failures, Frequency, Hazard, Hit, Lost, Part,
    Rate, Repair, Strikes,
};
pub use firewalls::{AllowRule, Destination, Firewall, Senders, Word};
pub use groups::{
    AccessWay, AppUse, BrowserSetting, Group, Moving, OnShift, Recording, StatedWay, Traffic,
};
pub use machines::{
    Blocked, Machine, PacFile, Proxy, ProxyOption, SetIn, Vdi, VdiExit, VdiPlatform, VdiServer,
    Vpn, Workstation,
};
pub use networks::{
    Address, Bundle, BundleMode, Capacity, Circuit, Directions, Exit, Exits, IpVersion, Network,
    NetworkKind,
};
pub use policies::{ACCESS_WORDS, LegWord, Policy, RouteKind, Verb, Waiver};
pub use queues::{Mbco, Objective, Queue};
pub use roster::{Crew, Roster};
pub use sites::{HomeInternet, Power, Site, SiteKind};
pub use telephony::{Carrier, HandsOver, OffSite, Pbx, Phone, Rings, Sbc, Trunk};
pub use unknowns::{Listed, Owner, Unknown};

/// A whole plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// `name`.
    pub name: Option<String>,
    /// `date`: the day the plan speaks of.
    pub date: Fact<Option<Day>>,
    /// `currency`.
    pub currency: Option<String>,
    /// Figures, with the overrides under `assumptions`.
    pub figures: Figures,
    /// `sites`.
    pub sites: Section<Site>,
    /// `networks`, with the built-in `internet` and `pstn` first.
    pub networks: Section<Network>,
    /// `circuits`.
    pub circuits: Section<Circuit>,
    /// `bundles` as written; circuits of one site to one network that stand in
    /// no bundle are active and passive in file order.
    pub bundles: Section<Bundle>,
    /// `exits`: site, then network, then the ways out in order.
    pub exits: Section<Exits>,
    /// `firewalls`.
    pub firewalls: Section<Firewall>,
    /// `workstations`, with a built-in `workstation` where the plan names none.
    pub workstations: Section<Workstation>,
    /// `proxies`.
    pub proxies: Section<Proxy>,
    /// `pac`.
    pub pac: Section<PacFile>,
    /// `vpn`.
    pub vpn: Section<Vpn>,
    /// `vdi`.
    pub vdi: Section<Vdi>,
    /// `telephony.pbxs`.
    pub pbxs: Section<Pbx>,
    /// `telephony.sbcs`.
    pub sbcs: Section<Sbc>,
    /// `telephony.trunks`.
    pub trunks: Section<Trunk>,
    /// `carriers`, with the built-in `cloud-carrier` where the plan names none.
    pub carriers: Section<Carrier>,
    /// `phones`, with the six kinds built in.
    pub phones: Section<Phone>,
    /// `cloud`.
    pub cloud: Cloud,
    /// `pools`: something counted.
    pub pools: Section<Pool>,
    /// `resources` of the escape hatch: a capacity in thousandths.
    pub resources: Section<CountedResource>,
    /// `components` of the escape hatch.
    pub components: Section<Component>,
    /// `shared`, where the plan has it (then exhaustive).
    pub shared: Option<Shared>,
    /// Every feed named by a site or under `shared`.
    pub feeds: Section<Place>,
    /// Every conduit named by a circuit or under `shared`.
    pub conduits: Section<Place>,
    /// `queues`, with the built-in `all` where the plan names none.
    pub queues: Section<Queue>,
    /// `objectives`, in file order.
    pub objectives: Vec<Objective>,
    /// `groups`; those that the roster fills have as many agents as it has rows.
    pub groups: Section<Group>,
    /// `policies`: the house's own rules, in file order.
    pub policies: Section<Policy>,
    /// `waivers`: findings that the house has accepted.
    pub waivers: Section<Waiver>,
    /// `roster`.
    pub roster: Option<Arc<Roster>>,
    /// `failures`: what fails by chance.
    pub failures: Failures,
    /// `appetite`: what losses are borne, in file order.
    pub appetite: Vec<Appetite>,
    /// `agent_hour`: what an hour of an agent's work is worth.
    pub agent_hour: Option<Money>,
}

impl Plan {
    /// Agents who are alike as far as the plan tells, group by group: those of one
    /// crew of the roster, with its number, or all of a group that it does not fill.
    pub fn crews(&self) -> impl Iterator<Item = (&Id, &Group, Option<usize>)> {
        let crews = self.roster.as_ref().map_or(&[][..], |roster| &roster.crews);
        self.groups.iter().flat_map(move |(id, group)| {
            let from = crews.iter().position(|crew| crew.group == *id);
            let own = from.map_or(&[][..], |from| &crews[from..]);
            let own = own.iter().take_while(move |crew| crew.group == *id);
            let own =
                own.enumerate().map(move |(n, crew)| (id, &crew.own, from.map(|from| from + n)));
            let whole = from.is_none().then_some((id, group, None));
            own.chain(whole)
        })
    }
}
