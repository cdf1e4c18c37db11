//! The postures of a group: everything an agent decides once, with its legs.
//!
//! The product of places, access ways, phones, entries and browser settings,
//! in the group's own order; each posture is then walked leg by leg. What
//! legs share (place, machines, connection) stands in the posture, so legs are
//! independent of one another (TRN-07) and never multiplied out.

use std::sync::Arc;

use outlast_models::plan::{AccessWay, BrowserSetting, Group, Machine, StatedWay, Use};
use outlast_models::units::{Bps, Millionths, Millis};
use outlast_models::{Id, Place};

use super::connection::{Connection, Tunnel};
use super::leg::{Agent, Leg};
use super::legs::Draft;
use super::path::{Load, Path, Refusal, ResourceKey, UNIT};
use super::{Spot, Walker};
use crate::gates::GateId;
use crate::input::{Change, Input, Setting};

/// What tells one posture of a group from another; its identity in results.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostureKey {
    /// The place of work.
    pub place: Id,
    /// The access way: `private`, `internet`, or an id; a VDI over a VPN is
    /// `vdi+vpn`; a stated way is its own name.
    pub access: Id,
    /// The phone.
    pub phone: Option<Id>,
    /// Whether applications are entered by direct URLs.
    pub direct: bool,
    /// A PAC file put in force by a change.
    pub pac: Option<Id>,
    /// Whether a change has turned the full tunnel into a split one.
    pub split: bool,
    /// Whether the plan states the way instead of Outlast deriving it.
    pub stated: bool,
}

/// A posture as walked.
#[derive(Debug, Clone)]
pub(crate) struct Posture {
    pub(crate) key: PostureKey,
    /// Place, machines and settings: components and conditions in common.
    pub(crate) base: Path,
    pub(crate) legs: Vec<Leg>,
    /// How long a stated way takes after everybody has moved.
    pub(crate) ready: Millis,
    /// The virtual desktop that the desktop runs in, if it does.
    pub(crate) machine: Option<Id>,
    /// The setting of the tunnel that this posture is about, if it has two.
    pub(crate) setting: Option<GateId>,
    /// The lines of the group that ask for it.
    pub(crate) lines: Lines,
}

/// Where a group asks for an access way and a phone: lines for refusals that no
/// other line of the plan decides.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lines {
    pub(crate) access: Option<Place>,
    pub(crate) phone: Option<Place>,
}

impl Lines {
    fn of(group: &Group, way: &AccessWay, phone: Option<&Id>) -> Self {
        let written = |place: Place| Some(place).filter(Place::is_written);
        let access = match way {
            AccessWay::Private(place) | AccessWay::Internet(place) => *place,
            AccessWay::Vpn(named) | AccessWay::Proxy(named) | AccessWay::Vdi(named) => named.place,
        };
        let phone = group.phones.iter().find(|named| Some(&named.id) == phone);
        let group = written(group.place);
        Self {
            access: written(access).or(group),
            phone: phone.and_then(|named| written(named.place)).or(group),
        }
    }
}

impl Walker<'_> {
    /// Every posture of an agent, most preferred first; stated ways last.
    pub(crate) fn postures(&mut self, agent: &Agent<'_>) -> Vec<Posture> {
        self.draw(agent.draws);
        let mut all = Vec::new();
        for place in &agent.group.work_at {
            for way in &agent.group.access.value {
                for connection in self.connections(agent, &place.id, way) {
                    self.with_connection(agent, &place.id, way, &connection, &mut all);
                }
            }
        }
        for (id, way) in &agent.group.ways {
            all.push(self.stated(agent, id, way));
        }
        for posture in &mut all {
            self.name_unknowns(agent, posture);
        }
        all
    }

    fn with_connection(
        &mut self,
        agent: &Agent<'_>,
        place: &Id,
        way: &AccessWay,
        connection: &Connection,
        all: &mut Vec<Posture>,
    ) {
        let group = agent.group;
        let phones: Vec<Option<&Id>> = if group.voice {
            group.phones.iter().map(|named| Some(&named.id)).collect()
        } else {
            vec![None]
        };
        for phone in phones {
            for direct in self.entries(agent) {
                for pac in self.browser_settings(way) {
                    all.push(self.posture(
                        agent,
                        place,
                        way,
                        connection,
                        phone,
                        direct,
                        pac.as_ref(),
                    ));
                }
            }
        }
    }

    /// OFF-08: by the Portal, by direct URLs, or by these after a change.
    fn entries(&self, agent: &Agent<'_>) -> Vec<bool> {
        let own = agent.group.enters_direct.value;
        let listed = agent.group.apps.keys().any(|app| self.has_direct_url(app));
        if !own && listed { vec![own, true] } else { vec![own] }
    }

    /// Whether a direct URL of a service is on file and not stale.
    pub(crate) fn has_direct_url(&self, service: &Id) -> bool {
        let Some(urls) = &self.plan.cloud.access.direct_urls.value else { return false };
        urls.services.value.iter().any(|named| named.id == *service) && !self.urls_are_stale()
    }

    fn urls_are_stale(&self) -> bool {
        let urls = self.plan.cloud.access.direct_urls.value.as_ref();
        let (Some(as_of), Some(date)) =
            (urls.and_then(|urls| urls.as_of.value), self.plan.date.value)
        else {
            return false;
        };
        let limit = self.plan.figures.direct_url_age.value.0 / 86_400_000;
        u64::try_from(date.days_since(as_of)).is_ok_and(|days| days > limit)
    }

    /// OFF-08: what is not known of the ways in.
    fn assume_entry(&self, base: &mut Path, agent: &Agent<'_>, direct: bool) {
        let cloud = &self.plan.cloud;
        for app in agent.group.apps.keys() {
            let login = &cloud.services[app].authentication;
            base.assume_unknown(login, || format!("service_login:{app}"));
        }
        let urls = &cloud.access.direct_urls;
        base.assume_unknown(urls, || "direct_urls".to_owned());
        if let Some(urls) = &urls.value {
            base.assume_unknown(&urls.services, || "direct_urls".to_owned());
            if direct {
                base.assume_unknown(&urls.as_of, || "direct_urls_of".to_owned());
                base.assume_unknown(&self.plan.date, || "date".to_owned());
            }
        }
    }

    /// OFF-08: why who enters directly has to go by the Portal.
    pub(super) fn no_fresh_url(&self) -> String {
        let urls = self.plan.cloud.access.direct_urls.value.as_ref();
        match urls.and_then(|urls| urls.as_of.value) {
            Some(as_of) if self.urls_are_stale() => {
                let limit = self.plan.figures.direct_url_age.value;
                format!("the direct URLs on file are of {as_of}, older than {limit}")
            }
            _ => "no direct URL is on file".to_owned(),
        }
    }

    fn pac_changes(&self, agent: &Agent<'_>, way: &AccessWay) -> Vec<Change> {
        let prepared = self.browser_settings(way).into_iter().flatten();
        let group = agent.group_id;
        prepared.map(|pac| Change::DeployPac { pac, group: group.clone() }).collect()
    }

    /// The group's own setting (`None`) and every prepared PAC file.
    fn browser_settings(&self, way: &AccessWay) -> Vec<Option<Id>> {
        let mut all = vec![None];
        if !matches!(way, AccessWay::Proxy(_)) {
            let used = |pac: &Id| {
                let uses =
                    |g: &Group| matches!(&g.browser.value, BrowserSetting::Pac(p) if p.id == *pac);
                self.plan.groups.values().any(uses)
            };
            all.extend(self.plan.pac.keys().filter(|pac| !used(pac)).cloned().map(Some));
        }
        all
    }

    #[allow(clippy::too_many_arguments)] // the seven things that make a posture
    fn posture(
        &mut self,
        agent: &Agent<'_>,
        place: &Id,
        way: &AccessWay,
        connection: &Connection,
        phone: Option<&Id>,
        direct: bool,
        pac: Option<&Id>,
    ) -> Posture {
        let workstation = &self.plan.workstations[&agent.group.workstation.id];
        let browser = match (way, pac) {
            (AccessWay::Proxy(proxy), _) => BrowserSetting::Proxies(vec![proxy.clone()]),
            (_, Some(pac)) => BrowserSetting::Pac(outlast_models::plan::Named {
                id: pac.clone(),
                place: self.plan.pac[pac].place,
            }),
            (_, None) => agent.group.browser.value.clone(),
        };
        let draft = Draft { agent, place, way, connection, browser, direct, workstation };
        let key = PostureKey {
            place: place.clone(),
            access: connection.access.clone(),
            phone: phone.cloned(),
            direct,
            pac: pac.cloned(),
            split: matches!(connection.tunnel, Tunnel::MadeSplit(_)),
            stated: false,
        };
        let mut setting = None;
        let mut base = self.base(&draft, phone, &mut setting);
        self.assume_entry(&mut base, agent, direct);
        self.base_changes(&mut base, &draft, phone, pac);
        let mut legs = self.legs(&draft, phone, &mut base);
        self.apply_policies(&draft, phone, &mut base, &mut legs);
        self.extra_addresses(&draft, &legs, &mut base);
        let machine = match draft.desktop_machine() {
            Machine::Workstation => None,
            Machine::Vdi(vdi) => Some(vdi.id),
        };
        let lines = Lines::of(agent.group, way, phone);
        let ready = Millis::ZERO;
        let mut posture = Posture { key, base, legs, ready, machine, setting, lines };
        self.check_home_line(&mut posture);
        posture
    }

    /// Place, workstation, seat, tunnel with its session (VPN-05).
    fn base(
        &mut self,
        draft: &Draft<'_>,
        phone: Option<&Id>,
        setting: &mut Option<GateId>,
    ) -> Path {
        let mut base = Path::start();
        self.through(&mut base, draft.place);
        let open = self.gates.input(Input::Open(draft.place.clone()));
        self.also(&mut base, open);
        let says = format!("{} may not be entered", draft.place);
        base.conditions.push((open, Refusal::new("BCP-02", says, None)));
        self.through(&mut base, &draft.agent.group.workstation.id);
        if let Some(phone) = phone {
            for need in &self.plan.phones[phone].common.needs {
                let gate = self.graph.need_gate(&mut self.gates, need);
                self.also(&mut base, gate);
            }
            self.hold(&mut base, &self.plan.phones[phone].uses);
        }
        self.hold(&mut base, &self.plan.sites[draft.place].uses);
        let seats = &self.plan.sites[draft.place].seats;
        if seats.value.is_some() {
            base.assume(seats, || format!("seats:{}", draft.place));
            let key = ResourceKey::Seats(draft.place.clone());
            base.loads.push(Load { key, held: UNIT, in_call: 0 });
        }
        let condition = match &draft.connection.tunnel {
            Tunnel::Split(vpn) => {
                Some((Input::AsWritten(Setting::Split(vpn.clone())), vpn, "full"))
            }
            Tunnel::MadeFull(vpn) => {
                Some((Input::Spoiled(Setting::Split(vpn.clone())), vpn, "split"))
            }
            Tunnel::None | Tunnel::AsWritten(_) | Tunnel::MadeSplit(_) => None,
        };
        if let Some((input, vpn, other)) = condition {
            let gate = self.gates.input(input);
            self.also(&mut base, gate);
            let says = format!("{vpn} is {other}");
            base.conditions
                .push((gate, Refusal::new("VPN-01", says, Some(self.plan.vpn[vpn].place))));
            *setting = Some(gate);
        }
        if let Spot::Tunnel { vpn, .. } = &draft.connection.spot {
            let key = ResourceKey::Sessions(vpn.clone());
            base.loads.push(Load { key, held: UNIT, in_call: 0 });
        }
        base
    }

    fn base_changes(
        &mut self,
        base: &mut Path,
        draft: &Draft<'_>,
        phone: Option<&Id>,
        pac: Option<&Id>,
    ) {
        let group = draft.agent.group_id.clone();
        if let Some(phone) = phone {
            let list = &draft.agent.group.provisioned;
            if !list.value.iter().any(|named| named.id == *phone) {
                let says = format!("{phone} is not provisioned for {group}");
                let place =
                    list.place().or(Lines::of(draft.agent.group, draft.way, Some(phone)).phone);
                let refusal = Refusal::new("PHN-06", says, place);
                // BCP-04: in an emergency as at any other time.
                let change = Change::ProvisionPhone { phone: phone.clone(), group: group.clone() };
                base.refuse_until(refusal, Some(change));
            }
        }
        if draft.direct && !draft.agent.group.enters_direct.value {
            let place = draft.agent.group.enters_direct.place().unwrap_or(draft.agent.group.place);
            let refusal = Refusal::new("OFF-08", "users enter by the Portal today", Some(place));
            base.refuse_until(refusal, Some(Change::UseDirectUrls { group: group.clone() }));
        }
        if pac.is_none() {
            for change in self.pac_changes(draft.agent, draft.way) {
                self.until(base, &change);
            }
        }
        if let Some(pac) = pac {
            let place = Some(self.plan.pac[pac].place);
            let refusal = Refusal::new("OFF-04", format!("{pac} is not in force"), place);
            base.refuse_until(refusal, Some(Change::DeployPac { pac: pac.clone(), group }));
        }
        if let Tunnel::AsWritten(vpn) = &draft.connection.tunnel
            && !self.plan.vpn[vpn].include.value.is_empty()
        {
            self.until(base, &Change::EnableSplitTunnel { vpn: vpn.clone() });
        }
        if let Tunnel::MadeSplit(vpn) = &draft.connection.tunnel {
            let place = Some(self.plan.vpn[vpn].place);
            let refusal = Refusal::new("OFF-06", format!("{vpn} is a full tunnel today"), place);
            base.refuse_until(refusal, Some(Change::EnableSplitTunnel { vpn: vpn.clone() }));
        }
    }

    /// OFF-05: a home line too thin for its agent's own traffic. Of each leg
    /// those paths stay that fit beside whatever the others may take.
    fn check_home_line(&self, posture: &mut Posture) {
        let site = &self.plan.sites[&posture.key.place];
        let Some(line) = site.internet.per_agent.value else { return };
        let wide = |bits: Option<Bps>| bits.map_or(u64::MAX, |bits| bits.0);
        let line = (wide(line.up), wide(line.down));
        let exceeds = |need: (u64, u64)| need.0 > line.0 || need.1 > line.1;
        let too_thin = |(up, down): (u64, u64)| {
            let place = &posture.key.place;
            let says =
                format!("a home line at {place} is too thin: {up} bit/s up, {down} down needed");
            Refusal::new("OFF-05", says, site.internet.per_agent.place())
        };
        let required = || posture.legs.iter().enumerate().filter(|(_, leg)| leg.required);
        let mut later = required().map(|(_, leg)| leg.least_on_home_line()).fold((0, 0), plus);
        if exceeds(later) {
            let refusal = too_thin(later);
            posture.base.refuse(refusal);
            return;
        }
        let mut earlier = (0, 0);
        let mut refused = Vec::new();
        for (n, leg) in required() {
            let least = leg.least_on_home_line();
            later = (later.0 - least.0, later.1 - least.1);
            let mut most = (0, 0);
            for (m, path) in leg.open_paths() {
                let need = plus(plus(earlier, path.on_home_line()), later);
                if exceeds(need) {
                    refused.push((n, m, too_thin(need)));
                } else {
                    let own = path.on_home_line();
                    most = (most.0.max(own.0), most.1.max(own.1));
                }
            }
            earlier = plus(earlier, most);
        }
        for (n, m, refusal) in refused {
            Arc::make_mut(&mut posture.legs[n].paths)[m].refuse(refusal);
        }
    }

    /// Takes what an agent holds of pools and resources.
    fn hold(&mut self, base: &mut Path, uses: &[Use]) {
        for (named, milli) in uses {
            let key = if self.plan.pools.contains_key(&named.id) {
                self.through(base, &named.id);
                ResourceKey::Pool(named.id.clone())
            } else {
                ResourceKey::Counted(named.id.clone())
            };
            base.loads.push(Load { key, held: milli.value, in_call: 0 });
        }
    }

    /// A way that the plan states: it needs what it names and nothing else.
    fn stated(&mut self, agent: &Agent<'_>, id: &Id, way: &StatedWay) -> Posture {
        let mut base = Path::start();
        for need in &way.needs {
            let gate = self.graph.need_gate(&mut self.gates, need);
            self.also(&mut base, gate);
            let shown = match need {
                outlast_models::plan::Need::One(named) => named.id.clone(),
                _ => id.clone(),
            };
            base.hops.push(super::path::Hop { id: shown, gate });
        }
        self.hold(&mut base, &way.uses);
        self.apply_policies_to_stated(agent, (id, way), &mut base);
        base.notes.insert(("stated", "stated by the plan, not derived"));
        let first = agent.group.work_at[0].id.clone();
        let key = PostureKey {
            place: first,
            access: id.clone(),
            phone: None,
            direct: false,
            pac: None,
            split: false,
            stated: true,
        };
        let (ready, lines) = (way.ready.value, Lines::default());
        Posture { key, base, legs: Vec::new(), ready, setting: None, machine: None, lines }
    }
}

/// Bit/s up and down.
fn plus(a: (u64, u64), b: (u64, u64)) -> (u64, u64) {
    (a.0 + b.0, a.1 + b.1)
}

impl Posture {
    /// Whether some rule closes it whatever is up: the base, or a required leg
    /// without any alternative.
    pub(crate) fn refusals(&self) -> Vec<&Refusal> {
        let mut all: Vec<&Refusal> = self.base.refusal.iter().collect();
        for leg in self.legs.iter().filter(|leg| leg.required) {
            if leg.paths.iter().all(|path| path.refusal.is_some()) {
                all.extend(leg.paths.iter().filter_map(|path| path.refusal.as_ref()));
            }
        }
        all
    }

    /// Whether a rule closes it even for somebody who does without voice.
    pub(crate) fn is_refused_but_for_voice(&self) -> bool {
        let closed = |leg: &&Leg| leg.paths.iter().all(|path| path.refusal.is_some());
        self.base.refusal.is_some()
            || self.legs.iter().filter(|leg| leg.required && !leg.voice).any(|leg| closed(&leg))
    }

    /// Whether some flow goes by a circuit or bundle.
    pub(crate) fn crosses(&self, bundle: &Id) -> bool {
        let mut paths = self.legs.iter().flat_map(|leg| leg.paths.iter());
        paths.any(|path| path.bundles.contains(bundle))
    }

    /// The gate of what all legs share.
    pub(crate) fn gate(&self) -> GateId {
        self.base.gate
    }
}

/// Shares of a whole, by largest remainder; ties go to the earlier.
pub(crate) fn split(total: u64, shares: &[Millionths]) -> Vec<u64> {
    let mut parts: Vec<u64> = shares.iter().map(|share| share.of_down(total)).collect();
    let remainder = |n: usize| u128::from(total) * u128::from(shares[n].0) % 1_000_000;
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|&n| std::cmp::Reverse(remainder(n)));
    let mut left = total - parts.iter().sum::<u64>().min(total);
    for &n in order.iter().cycle().take(shares.len() * 2) {
        if left == 0 {
            break;
        }
        parts[n] += 1;
        left -= 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shares of shares are rounded down, so that each may lack a millionth.
    #[test]
    fn nobody_is_lost_where_shares_do_not_make_a_whole() {
        assert_eq!(split(1_500_000, &[Millionths(249_999); 4]), [375_000; 4]);
    }
}
