//! The postures of a group: everything an agent decides once, with its legs.
//!
//! The product of places, access ways, phones, entries and browser settings,
//! in the group's own order; each posture is then walked leg by leg. What
//! legs share (place, machines, connection) stands in the posture, so legs are
//! independent of one another (TRN-07) and never multiplied out.

use std::collections::BTreeMap;

use outlast_models::catalogue::{PhoneKind, Program, service};
use outlast_models::plan::{
    AccessWay, AppUse, Blocked, BrowserSetting, Group, Machine, Recording, SetIn, SiteKind,
    StatedWay, Workstation,
};
use outlast_models::units::{Millionths, Millis, Version};
use outlast_models::{Id, Place};

use super::desktop::OnDesktop;
use super::path::{Load, Path, Refusal, ResourceKey, Traffic, UNIT};
use super::phone::PhoneUse;
use super::{Dest, Flow, Spot, Transport, Walker};
use crate::gates::GateId;
use crate::input::{Change, Input, Setting};

/// The first screen recorder that knows web proxies (PRX-04, OFF-07).
const RECORDER_WITH_PROXY: [u64; 4] = [8, 5, 370, 78];

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

/// One leg: alternatives in order.
#[derive(Debug, Clone)]
pub(crate) struct Leg {
    pub(crate) name: String,
    pub(crate) required: bool,
    /// Whether it carries voice: lost, an agent with other media is impaired.
    pub(crate) voice: bool,
    pub(crate) paths: Vec<Path>,
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
}

/// Agents of one group who are alike: same home provider, same operator.
pub(crate) struct Agent<'a> {
    pub(crate) group_id: &'a Id,
    pub(crate) group: &'a Group,
    /// Homes → provider component.
    pub(crate) isps: &'a BTreeMap<Id, Id>,
    /// Phone → operator component.
    pub(crate) operators: &'a BTreeMap<Id, Id>,
}

/// One choice of connection: the spot of the workstation and what it rests on.
struct Connection {
    spot: Spot,
    access: Id,
    /// The VDI of the access way.
    desktop: Option<Id>,
    /// Condition or change behind a switched tunnel.
    tunnel: Tunnel,
}

enum Tunnel {
    None,
    AsWritten,
    /// A split tunnel that a scenario has made full.
    MadeFull(Id),
    /// A split tunnel as written, which a scenario may spoil.
    Split(Id),
    /// A full tunnel made split by a change.
    MadeSplit(Id),
}

/// Everything fixed for one posture while its legs are walked.
struct Draft<'a> {
    agent: &'a Agent<'a>,
    place: &'a Id,
    way: &'a AccessWay,
    connection: &'a Connection,
    browser: BrowserSetting,
    direct: bool,
    hard_fail: bool,
    workstation: &'a Workstation,
}

impl Draft<'_> {
    fn desktop_machine(&self) -> Machine {
        if let Some(vdi) = &self.connection.desktop {
            return machine(vdi);
        }
        let desktop = self.agent.group.apps.get("agent-desktop").and_then(|app| app.on.clone());
        desktop.unwrap_or(Machine::Workstation)
    }

    fn machine_of(&self, on: Option<&Machine>) -> Machine {
        on.cloned().unwrap_or_else(|| self.desktop_machine())
    }

    /// The access way decides where the desktop itself runs.
    fn machine_of_app(&self, id: &Id, app: &AppUse) -> Machine {
        if *id == "agent-desktop" {
            return self.desktop_machine();
        }
        self.machine_of(app.on.as_ref())
    }

    fn spot_of(&self, machine: &Machine) -> Spot {
        match machine {
            Machine::Workstation => self.connection.spot.clone(),
            Machine::Vdi(vdi) => Spot::Desktop(vdi.id.clone()),
        }
    }
}

fn machine(vdi: &Id) -> Machine {
    Machine::Vdi(outlast_models::plan::Named { id: vdi.clone(), place: Place::BUILT_IN })
}

impl Walker<'_> {
    /// Every posture of an agent, most preferred first; stated ways last.
    pub(crate) fn postures(&mut self, agent: &Agent<'_>) -> Vec<Posture> {
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
        let Some(urls) = &self.plan.cloud.access.direct_urls else { return false };
        urls.services.iter().any(|named| named.id == *service) && !self.urls_are_stale()
    }

    fn urls_are_stale(&self) -> bool {
        let urls = self.plan.cloud.access.direct_urls.as_ref();
        let (Some(as_of), Some(date)) =
            (urls.and_then(|urls| urls.as_of.value), self.plan.date.value)
        else {
            return false;
        };
        let limit = self.plan.figures.direct_url_age.value.0 / 86_400_000;
        let days = date.0.since(as_of.0).map_or(0, |span| span.get_days());
        u64::try_from(days).is_ok_and(|days| days > limit)
    }

    /// The group's own setting (`None`) and every prepared PAC file.
    fn browser_settings(&self, way: &AccessWay) -> Vec<Option<Id>> {
        let mut all = vec![None];
        if !matches!(way, AccessWay::Proxy(_)) {
            let used = |pac: &Id| {
                let uses = |g: &Group| matches!(&g.browser, BrowserSetting::Pac(p) if p.id == *pac);
                self.plan.groups.values().any(uses)
            };
            all.extend(self.plan.pac.keys().filter(|pac| !used(pac)).cloned().map(Some));
        }
        all
    }

    fn connections(&self, agent: &Agent<'_>, place: &Id, way: &AccessWay) -> Vec<Connection> {
        let at = self.at(agent, place);
        let plain = |access: &str, desktop: Option<Id>| Connection {
            spot: at.clone(),
            access: Id::new(access),
            desktop,
            tunnel: Tunnel::None,
        };
        match way {
            AccessWay::Private(_) => vec![plain("private", None)],
            AccessWay::Internet(_) => vec![plain("internet", None)],
            AccessWay::Proxy(proxy) => vec![plain(proxy.id.as_str(), None)],
            AccessWay::Vpn(vpn) => self.tunnels(&at, &vpn.id, None),
            AccessWay::Vdi(vdi) => {
                let over = &self.plan.vdi[&vdi.id].reached_over.value;
                let (vpns, networks): (Vec<_>, Vec<_>) =
                    over.iter().partition(|named| self.plan.vpn.contains_key(&named.id));
                let mut all = Vec::new();
                let beside = at == Spot::Site(self.plan.vdi[&vdi.id].site.id.clone());
                if !networks.is_empty() || vpns.is_empty() || beside {
                    all.push(plain(vdi.id.as_str(), Some(vdi.id.clone())));
                }
                for vpn in vpns {
                    all.extend(self.tunnels(&at, &vpn.id, Some(&vdi.id)));
                }
                all
            }
        }
    }

    fn at(&self, agent: &Agent<'_>, place: &Id) -> Spot {
        match (self.plan.sites[place].kind, agent.isps.get(place)) {
            (SiteKind::Homes, Some(isp)) => Spot::Home { site: place.clone(), isp: isp.clone() },
            _ => Spot::Site(place.clone()),
        }
    }

    fn tunnels(&self, at: &Spot, vpn: &Id, desktop: Option<&Id>) -> Vec<Connection> {
        let entry = &self.plan.vpn[vpn];
        let access = match desktop {
            None => vpn.clone(),
            Some(vdi) => Id::new(&format!("{vdi}+{vpn}")),
        };
        let one = |split, tunnel| Connection {
            spot: Spot::Tunnel { vpn: vpn.clone(), split, under: Box::new(at.clone()) },
            access: access.clone(),
            desktop: desktop.cloned(),
            tunnel,
        };
        if entry.split {
            return vec![
                one(true, Tunnel::Split(vpn.clone())),
                one(false, Tunnel::MadeFull(vpn.clone())),
            ];
        }
        let mut all = vec![one(false, Tunnel::AsWritten)];
        if !entry.include.is_empty() {
            all.push(one(true, Tunnel::MadeSplit(vpn.clone())));
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
            (_, None) => agent.group.browser.clone(),
        };
        let draft = Draft {
            agent,
            place,
            way,
            connection,
            browser,
            direct,
            hard_fail: workstation.hard_fail.value,
            workstation,
        };
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
        self.base_changes(&mut base, &draft, phone, pac);
        let legs = self.legs(&draft, phone, &mut base);
        let machine = match draft.desktop_machine() {
            Machine::Workstation => None,
            Machine::Vdi(vdi) => Some(vdi.id),
        };
        let mut posture = Posture { key, base, legs, ready: Millis::ZERO, setting, machine };
        self.check_home_line(&mut posture);
        count_sessions_once(&mut posture);
        posture
    }

    /// Place, workstation, seat, tunnel.
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
        }
        if self.plan.sites[draft.place].seats.value.is_some() {
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
            Tunnel::None | Tunnel::AsWritten | Tunnel::MadeSplit(_) => None,
        };
        if let Some((input, vpn, other)) = condition {
            let gate = self.gates.input(input);
            self.also(&mut base, gate);
            let says = format!("{vpn} is {other}");
            base.conditions.push((gate, Refusal::new("VPN-01", says, None)));
            *setting = Some(gate);
        }
        if let Spot::Tunnel { vpn, .. } = &draft.connection.spot {
            let key = ResourceKey::Sessions(vpn.clone());
            base.loads.push(Load { key, held: UNIT, in_call: 0 });
        }
        base
    }

    fn base_changes(
        &self,
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
                let refusal = Refusal::new("PHN-06", says, list.place());
                let change = Change::ProvisionPhone { phone: phone.clone(), group: group.clone() };
                base.refuse_until(refusal, Some(change));
            }
        }
        if draft.direct && !draft.agent.group.enters_direct.value {
            let refusal = Refusal::new("OFF-08", "users enter by the Portal today", None);
            base.refuse_until(refusal, Some(Change::UseDirectUrls { group: group.clone() }));
        }
        if let Some(pac) = pac {
            let place = Some(self.plan.pac[pac].place);
            let refusal = Refusal::new("OFF-04", format!("{pac} is not in force"), place);
            base.refuse_until(refusal, Some(Change::DeployPac { pac: pac.clone(), group }));
        }
        if let Tunnel::MadeSplit(vpn) = &draft.connection.tunnel {
            let place = Some(self.plan.vpn[vpn].place);
            let refusal = Refusal::new("OFF-06", format!("{vpn} is a full tunnel today"), place);
            base.refuse_until(refusal, Some(Change::EnableSplitTunnel { vpn: vpn.clone() }));
        }
    }

    fn legs(&mut self, draft: &Draft<'_>, phone: Option<&Id>, base: &mut Path) -> Vec<Leg> {
        let mut legs = Vec::new();
        if let Spot::Tunnel { vpn, under, .. } = &draft.connection.spot {
            let paths = self.enter_tunnel(vpn, under, Traffic::default());
            legs.push(required("tunnel", paths));
        }
        self.session_legs(draft, phone, &mut legs);
        self.application_legs(draft, &mut legs);
        if let Some(phone) = phone {
            self.add_phone_legs(draft, phone, base, &mut legs);
        }
        if let Some(recording) = &draft.agent.group.recording {
            self.add_recording(draft, recording, &mut legs);
        }
        self.check_machines(draft, phone, base);
        legs
    }

    /// The desktop sessions that required programs run in.
    fn session_legs(&mut self, draft: &Draft<'_>, phone: Option<&Id>, legs: &mut Vec<Leg>) {
        let mut wanted: Vec<(Id, bool)> = Vec::new();
        let mut want = |machine: Machine, required: bool| {
            if let Machine::Vdi(vdi) = machine {
                match wanted.iter_mut().find(|(id, _)| *id == vdi.id) {
                    Some((_, so_far)) => *so_far |= required,
                    None => wanted.push((vdi.id, required)),
                }
            }
        };
        for (id, app) in &draft.agent.group.apps {
            want(draft.machine_of_app(id, app), app.required);
        }
        if let Some(phone) = phone.map(|id| &self.plan.phones[id]) {
            match (phone.kind, &phone.on) {
                (PhoneKind::WebrtcEmbedded, _) => want(draft.desktop_machine(), true),
                (_, Some(on)) => want(on.clone(), true),
                (_, None) => {}
            }
        }
        if let Some(recording) = &draft.agent.group.recording {
            want(draft.machine_of(recording.on.as_ref()), recording.required);
        }
        for (vdi, needed) in wanted {
            let paths = self.desktop_session(&draft.connection.spot, &vdi);
            let name = format!("desktop session on {vdi}");
            legs.push(Leg { name, required: needed, voice: false, paths });
        }
    }

    /// Portal, login and service for each application.
    fn application_legs(&mut self, draft: &Draft<'_>, legs: &mut Vec<Leg>) {
        let mut portals: Vec<(Machine, bool)> = Vec::new();
        let mut logins: Vec<(Machine, bool)> = Vec::new();
        for (id, app) in &draft.agent.group.apps {
            let machine = draft.machine_of_app(id, app);
            if !(draft.direct && self.has_direct_url(id)) {
                merge(&mut portals, &machine, app.required);
            }
            if self.plan.cloud.services[id].authentication.value {
                merge(&mut logins, &machine, app.required);
            }
        }
        for (machine, needed) in portals {
            self.web_leg(draft, &machine, "portal", needed, Traffic::default(), legs);
        }
        for (machine, needed) in logins {
            self.web_leg(draft, &machine, "authentication", needed, Traffic::default(), legs);
        }
        for (id, app) in &draft.agent.group.apps {
            let machine = draft.machine_of_app(id, app);
            let traffic = self.application_traffic(draft.agent.group, id, app);
            self.web_leg(draft, &machine, id.as_str(), app.required, traffic, legs);
        }
    }

    /// BWD-03.
    fn application_traffic(&self, group: &Group, id: &Id, _app: &AppUse) -> Traffic {
        if *id != "agent-desktop" && *id != "crm-desktop" {
            return Traffic::default();
        }
        let bits =
            group.traffic.desktop.map_or(self.plan.figures.desktop_traffic.value, |f| f.value);
        Traffic::in_call(false, bits.0, bits.0)
    }

    fn web_leg(
        &mut self,
        draft: &Draft<'_>,
        machine: &Machine,
        service: &str,
        needed: bool,
        traffic: Traffic,
        legs: &mut Vec<Leg>,
    ) {
        let id = Id::new(service);
        let flow = Flow {
            dest: Dest::Service(id.clone()),
            traffic,
            hard_fail: draft.hard_fail,
            softphone: false,
            over: None,
            toward: None,
        };
        let spot = draft.spot_of(machine);
        let mut paths = Vec::new();
        if *machine == Machine::Workstation && blocks(draft.workstation, Blocked::Browser) {
            paths.push(Path::refused(blocked("the browser", draft.workstation)));
        } else {
            for transport in self.transports(draft, machine, &id) {
                let mut found = self.browse(&spot, &flow, transport, &draft.browser);
                for path in &mut found {
                    self.enter(path, &id, &flow, transport);
                    if traffic.is_none() {
                        continue;
                    }
                    path.assumptions.insert("desktop_traffic".to_owned());
                }
                paths.extend(found);
            }
        }
        if service == "portal" && draft.direct {
            no_direct_url(&mut paths);
        }
        legs.push(Leg { name: leg_name(service), required: needed, voice: false, paths });
    }

    fn enter(&mut self, path: &mut Path, service: &Id, flow: &Flow, transport: Transport) {
        match transport {
            Transport::Internet => self.enter_internet(path, service, flow),
            Transport::Private => self.enter_private(path, service, flow),
        }
    }

    /// Which transports an application has on its machine.
    fn transports(&self, draft: &Draft<'_>, machine: &Machine, service: &Id) -> Vec<Transport> {
        use outlast_models::catalogue::Networks;
        let networks = self.plan.cloud.services[service].networks.value;
        if matches!(machine, Machine::Vdi(_)) {
            return self.either(networks);
        }
        match draft.way {
            AccessWay::Internet(_) | AccessWay::Proxy(_) => vec![Transport::Internet],
            AccessWay::Vpn(_) | AccessWay::Vdi(_) => self.either(networks),
            AccessWay::Private(_) => {
                // TRN-03: what exists on the Internet only uses the place's Internet.
                let only = networks == Networks::InternetOnly;
                let may = draft.agent.group.access.value.iter();
                let may = may.clone().any(|way| matches!(way, AccessWay::Internet(_)));
                if only && may { vec![Transport::Internet] } else { vec![Transport::Private] }
            }
        }
    }

    /// Both transports, private first, without one that nobody could use: its
    /// refusal would stand before the reason that matters.
    fn either(&self, networks: outlast_models::catalogue::Networks) -> Vec<Transport> {
        use outlast_models::catalogue::Networks;
        let has_private = self.graph.private_networks(true).next().is_some();
        match networks {
            Networks::PrivateOnly => vec![Transport::Private],
            Networks::Both if has_private => vec![Transport::Private, Transport::Internet],
            Networks::Both | Networks::InternetOnly => vec![Transport::Internet],
        }
    }

    fn add_phone_legs(
        &mut self,
        draft: &Draft<'_>,
        phone: &Id,
        base: &mut Path,
        legs: &mut Vec<Leg>,
    ) {
        let entry = &self.plan.phones[phone];
        let embedded = entry.kind == PhoneKind::WebrtcEmbedded;
        if embedded {
            self.check_embedded(draft, phone, base, legs);
        }
        let machine = if embedded {
            draft.desktop_machine()
        } else {
            entry.on.clone().unwrap_or(Machine::Workstation)
        };
        if machine == Machine::Workstation && phone_is_blocked(draft.workstation, entry.kind) {
            base.refuse(blocked(entry.kind.name(), draft.workstation));
        }
        let used = PhoneUse {
            id: phone,
            phone: entry,
            group: draft.agent.group,
            spot: draft.spot_of(&machine),
            desktop: draft.spot_of(&draft.desktop_machine()),
            place: draft.place,
            agent: draft.connection.spot.clone(),
            operator: draft.agent.operators.get(phone).cloned(),
            browser: &draft.browser,
            hard_fail: draft.hard_fail,
        };
        for (name, paths) in self.phone_legs(&used) {
            legs.push(Leg { name: name.to_owned(), required: true, voice: true, paths });
        }
    }

    /// APP-03: the embedded phone lives in the desktop, so it cannot work without.
    fn check_embedded(&self, draft: &Draft<'_>, phone: &Id, base: &mut Path, legs: &mut [Leg]) {
        let apps = &draft.agent.group.apps;
        let Some(app) = apps.get("agent-desktop") else {
            let says =
                format!("{phone} is part of the agent desktop, which the group does not use");
            base.refuse(Refusal::new("APP-03", says, Some(draft.agent.group.place)));
            return;
        };
        if !app.required {
            let desktop = leg_name("agent-desktop");
            let helpers = [desktop.as_str(), "login service", "Portal"];
            for leg in legs.iter_mut().filter(|leg| helpers.contains(&leg.name.as_str())) {
                leg.required = true;
            }
        }
    }

    /// VDI-01, VDI-02, PHN-09, APP-03: what may run together.
    fn check_machines(&self, draft: &Draft<'_>, phone: Option<&Id>, base: &mut Path) {
        let desktop = draft.desktop_machine();
        let Machine::Vdi(vdi) = &desktop else { return };
        if !draft.agent.group.apps.get("agent-desktop").is_some_and(|app| app.required) {
            return;
        }
        let softphone = phone.map(|id| &self.plan.phones[id]).filter(|phone| {
            matches!(phone.kind, PhoneKind::SipSoftphone | PhoneKind::WebrtcSoftphone)
                && phone.connector.value
        });
        if let Some(phone) = softphone
            && !self.plan.vdi[&vdi.id].adapter.value
        {
            let says =
                format!("a softphone with connector beside {} needs the VDI adapter", vdi.id);
            let place = phone.connector.place().unwrap_or(self.plan.vdi[&vdi.id].place);
            base.refuse(Refusal::new("PHN-09", says, Some(place)));
        }
        let recorder = draft.agent.group.recording.as_ref().is_some_and(|recording| {
            recording.required && draft.machine_of(recording.on.as_ref()) == desktop
        });
        let on = OnDesktop { softphone: softphone.is_some(), recorder };
        if let Some(refusal) = self.check_desktop(&vdi.id, draft.workstation.elux, on) {
            base.refuse(refusal);
        }
    }

    /// PRX-04, OFF-07, APP-11, BWD-04: the screen recorder's upload.
    fn add_recording(&mut self, draft: &Draft<'_>, recording: &Recording, legs: &mut Vec<Leg>) {
        let id = Id::new("screen-recording");
        let machine = draft.machine_of(recording.on.as_ref());
        let traffic = self.upload(draft.agent.group, recording);
        let flow = Flow {
            dest: Dest::Service(id.clone()),
            traffic,
            hard_fail: draft.hard_fail,
            softphone: false,
            over: None,
            toward: None,
        };
        let spot = draft.spot_of(&machine);
        let mut paths = Vec::new();
        if machine == Machine::Workstation && blocks(draft.workstation, Blocked::ScreenRecording) {
            paths.push(Path::refused(blocked("the screen recorder", draft.workstation)));
        } else {
            for transport in self.transports(draft, &machine, &id) {
                paths.extend(self.upload_paths(draft, recording, &spot, &flow, transport));
            }
        }
        let name = leg_name("screen-recording");
        legs.push(Leg { name, required: recording.required, voice: false, paths });
    }

    fn upload_paths(
        &mut self,
        draft: &Draft<'_>,
        recording: &Recording,
        spot: &Spot,
        flow: &Flow,
        transport: Transport,
    ) -> Vec<Path> {
        let id = Id::new("screen-recording");
        let able = recording.version.value >= Version(RECORDER_WITH_PROXY.to_vec());
        let in_file = recording.proxy.as_ref().filter(|o| o.set_in != Some(SetIn::Cloud));
        let mut paths = match (in_file, spot) {
            (Some(option), _) if able => self.by_proxy(spot, flow, transport, &option.via.id).0,
            _ => self.direct(spot, flow, transport),
        };
        let in_cloud = recording.proxy.is_some() && in_file.is_none();
        for path in &mut paths {
            self.enter(path, &id, flow, transport);
            // PRX-04, OFF-07: what keeps it from a proxy is why it goes direct.
            let outside = |rule: &str| matches!(rule, "INT-02" | "INT-04");
            let denied = path.refusal.as_ref().filter(|refusal| outside(refusal.rule));
            if let Some(refusal) = denied {
                let why = match (able, in_cloud) {
                    (false, _) => Some(("OFF-07", "the recorder is too old for a proxy")),
                    (true, true) => {
                        Some(("PRX-04", "the recorder reads its proxy from the file only"))
                    }
                    (true, false) => None,
                };
                if let Some((rule, why)) = why {
                    let says = format!("{}; {why}", refusal.says);
                    path.refusal = Some(Refusal::new(rule, says, recording.version.place()));
                }
            }
            let figure = match recording.screens.value {
                1 => "recording_one_screen",
                _ => "recording_two_screens",
            };
            path.assumptions.insert(figure.to_owned());
        }
        if let (Some(option), false) = (in_file, able) {
            let (more, _) = self.by_proxy(spot, flow, transport, &option.via.id);
            let group = draft.agent.group_id.clone();
            for mut path in more {
                self.enter(&mut path, &id, flow, transport);
                let says = "the screen recorder is too old for a proxy";
                let refusal = Refusal::new("OFF-07", says, recording.version.place());
                path.refuse_until(
                    refusal,
                    Some(Change::UpgradeScreenRecorder { group: group.clone() }),
                );
                paths.push(path);
            }
        }
        paths
    }

    fn upload(&self, group: &Group, recording: &Recording) -> Traffic {
        if recording.scheduled.value {
            return Traffic::default();
        }
        let figures = &self.plan.figures;
        let default = if recording.screens.value == 1 {
            figures.recording_one_screen.value
        } else {
            figures.recording_two_screens.value
        };
        let bits = group.traffic.recording.map_or(default, |fact| fact.value);
        Traffic::in_call(false, recording.share.value.of_up(bits.0), 0)
    }

    /// A home line too thin for its agent's own traffic.
    fn check_home_line(&self, posture: &mut Posture) {
        let site = &self.plan.sites[&posture.key.place];
        let Some(line) = site.internet.per_agent.value else { return };
        let (mut up, mut down) = (0, 0);
        for leg in posture.legs.iter().filter(|leg| leg.required) {
            let taken = leg.paths.iter().find(|path| path.refusal.is_none());
            for traffic in taken.into_iter().flat_map(|path| &path.home_line) {
                up += traffic.held.0 + traffic.in_call.0;
                down += traffic.held.1 + traffic.in_call.1;
            }
        }
        if up > line.up.0 || down > line.down.0 {
            let says = format!(
                "a home line at {} is too thin: {up} bit/s up, {down} down needed",
                posture.key.place
            );
            let place = site.internet.per_agent.place();
            posture.base.refuse(Refusal::new("OFF-05", says, place));
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
        for (named, milli) in &way.uses {
            let key = if self.plan.pools.contains_key(&named.id) {
                self.through(&mut base, &named.id);
                ResourceKey::Pool(named.id.clone())
            } else {
                ResourceKey::Counted(named.id.clone())
            };
            base.loads.push(Load { key, held: *milli, in_call: 0 });
        }
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
        Posture { key, base, legs: Vec::new(), ready: way.ready, setting: None, machine: None }
    }
}

/// OFF-08: who enters directly meets the Portal only for want of a fresh URL.
fn no_direct_url(paths: &mut [Path]) {
    for path in paths {
        if let Some(refusal) = path.refusal.as_mut().filter(|refusal| refusal.rule == "INT-04") {
            refusal.rule = "OFF-08";
            refusal.says =
                format!("no direct URL is on file, or it is stale, and {}", refusal.says);
        }
    }
}

fn required(name: &str, paths: Vec<Path>) -> Leg {
    Leg { name: name.to_owned(), required: true, voice: false, paths }
}

fn merge(list: &mut Vec<(Machine, bool)>, machine: &Machine, required: bool) {
    let same = |m: &Machine| match (m, machine) {
        (Machine::Vdi(a), Machine::Vdi(b)) => a.id == b.id,
        (a, b) => a == b,
    };
    match list.iter_mut().find(|(m, _)| same(m)) {
        Some((_, so_far)) => *so_far |= required,
        None => list.push((machine.clone(), required)),
    }
}

fn leg_name(id: &str) -> String {
    service(id).map_or_else(
        || id.to_owned(),
        |spec| {
            if spec.program == Program::Standalone {
                format!("{} upload", spec.name)
            } else {
                spec.name.to_owned()
            }
        },
    )
}

fn blocks(workstation: &Workstation, what: Blocked) -> bool {
    workstation.blocks.contains(&what)
}

fn phone_is_blocked(workstation: &Workstation, kind: PhoneKind) -> bool {
    let softphone = matches!(kind, PhoneKind::SipSoftphone | PhoneKind::WebrtcSoftphone);
    let browser = kind == PhoneKind::WebrtcEmbedded;
    blocks(workstation, Blocked::Phone(kind))
        || (softphone && blocks(workstation, Blocked::Softphone))
        || (browser && blocks(workstation, Blocked::Browser))
}

/// INT-02: software firewalls are on the path too.
fn blocked(what: &str, workstation: &Workstation) -> Refusal {
    Refusal::new(
        "INT-02",
        format!("the workstation's own firewall blocks {what}"),
        Some(workstation.place),
    )
}

/// An agent holds one proxy session whatever runs through it: only the first
/// leg that may use a proxy keeps the load.
fn count_sessions_once(posture: &mut Posture) {
    let mut seen: Vec<ResourceKey> = Vec::new();
    for leg in &mut posture.legs {
        let mut here: Vec<ResourceKey> = Vec::new();
        for path in &mut leg.paths {
            path.loads.retain(|load| {
                !matches!(load.key, ResourceKey::Sessions(_)) || !seen.contains(&load.key)
            });
            for load in &path.loads {
                if matches!(load.key, ResourceKey::Sessions(_)) && !here.contains(&load.key) {
                    here.push(load.key.clone());
                }
            }
        }
        seen.extend(here);
    }
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
