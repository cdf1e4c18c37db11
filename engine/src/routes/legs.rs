//! The legs of one posture: tunnel, desktop sessions, applications, phone; each
//! application on the machine that the plan gives it (OFF-03).

use outlast_models::catalogue::{PhoneKind, Program, service};
use outlast_models::plan::{
    AccessWay, AppUse, Blocked, BrowserSetting, Group, LegWord, Machine, Recording, VdiServer,
    Workstation,
};
use outlast_models::{Id, Place};

use super::connection::Connection;
use super::desktop::OnDesktop;
use super::leg::{Agent, Leg, Role};
use super::memory::{Ask, Paths, Setting};
use super::path::{Path, Refusal, Traffic};
use super::phone::{LISTS, PhoneUse};
use super::{Flow, Spot, Transport, Walker};

/// VDI-02: nobody is out of work for a recorder that he may work without.
const RECORDER_UNSUPPORTED: &str =
    "the screen recorder, which is optional, is not supported where the desktop runs";

/// Everything fixed for one posture while its legs are walked.
pub(super) struct Draft<'a> {
    pub(super) agent: &'a Agent<'a>,
    pub(super) place: &'a Id,
    pub(super) way: &'a AccessWay,
    pub(super) connection: &'a Connection,
    pub(super) browser: BrowserSetting,
    pub(super) direct: bool,
    pub(super) workstation: &'a Workstation,
}

impl Draft<'_> {
    pub(super) fn desktop_machine(&self) -> Machine {
        if let Some(vdi) = &self.connection.desktop {
            return machine(vdi);
        }
        let desktop =
            self.agent.group.apps.get("agent-desktop").and_then(|app| app.on.value.clone());
        desktop.unwrap_or(Machine::Workstation)
    }

    /// The machine of the recorder: its own `on:`, else the desktop's.
    pub(super) fn recorder_machine(&self, recording: &Recording) -> Machine {
        recording.on.value.clone().unwrap_or_else(|| self.desktop_machine())
    }

    /// The access way decides where the desktop itself runs, and whatever has no
    /// `on:` of its own.
    pub(super) fn machine_of_app(&self, id: &Id, app: &AppUse) -> Machine {
        if *id == "agent-desktop" {
            return self.desktop_machine();
        }
        let of_way = || self.connection.desktop.as_ref().map_or(Machine::Workstation, machine);
        app.on.value.clone().unwrap_or_else(of_way)
    }

    pub(super) fn spot_of(&self, machine: &Machine) -> Spot {
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
    pub(super) fn legs(
        &mut self,
        draft: &Draft<'_>,
        phone: Option<&Id>,
        base: &mut Path,
    ) -> Vec<Leg> {
        let mut legs = Vec::new();
        if let Spot::Tunnel { vpn, under, .. } = &draft.connection.spot {
            let ask = Ask::Tunnel { vpn: vpn.clone(), under: (**under).clone() };
            let paths =
                self.remembered(ask, |walker| walker.enter_tunnel(vpn, under, Traffic::default()));
            legs.push(required("tunnel", paths));
        }
        self.session_legs(draft, phone, &mut legs);
        self.application_legs(draft, &mut legs);
        if let Some(phone) = phone {
            self.add_phone_legs(draft, phone, base, &mut legs);
        }
        if let Some(recording) = &draft.agent.group.recording.value {
            self.add_recording(draft, recording, &mut legs);
        }
        let embedded =
            phone.is_some_and(|id| self.plan.phones[id].kind == PhoneKind::WebrtcEmbedded);
        self.add_revocation(draft, embedded, &mut legs);
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
            want(draft.machine_of_app(id, app), app.required.value);
        }
        if let Some(phone) = phone.map(|id| &self.plan.phones[id]) {
            match (phone.kind, &phone.on.value) {
                (PhoneKind::WebrtcEmbedded, _) => want(draft.desktop_machine(), true),
                (_, Some(on)) => want(on.clone(), true),
                (_, None) => {}
            }
        }
        if let Some(recording) = &draft.agent.group.recording.value {
            want(draft.recorder_machine(recording), recording.required.value);
        }
        for (vdi, needed) in wanted {
            let spot = &draft.connection.spot;
            let ask = Ask::Session { spot: spot.clone(), vdi: vdi.clone() };
            let paths = self.remembered(ask, |walker| walker.desktop_session(spot, &vdi));
            let name = on_machine("desktop session", &machine(&vdi));
            let role = Role::Behind(Some(vdi));
            legs.push(Leg { name, required: needed, voice: false, part: None, role, paths });
        }
    }

    /// Portal, login and service for each application.
    fn application_legs(&mut self, draft: &Draft<'_>, legs: &mut Vec<Leg>) {
        let mut portals: Vec<(Machine, bool)> = Vec::new();
        let mut logins: Vec<(Machine, bool)> = Vec::new();
        for (id, app) in &draft.agent.group.apps {
            let machine = draft.machine_of_app(id, app);
            if !(draft.direct && self.has_direct_url(id)) {
                merge(&mut portals, &machine, app.required.value);
            }
            if self.plan.cloud.services[id].authentication.value {
                merge(&mut logins, &machine, app.required.value);
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
            self.web_leg(draft, &machine, id.as_str(), app.required.value, traffic, legs);
        }
    }

    /// BWD-03.
    fn application_traffic(&self, group: &Group, id: &Id, _app: &AppUse) -> Traffic {
        if *id != "agent-desktop" && *id != "crm-desktop" {
            return Traffic::default();
        }
        let bits = group.traffic.desktop.value.unwrap_or(self.plan.figures.desktop_traffic.value);
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
        let spot = draft.spot_of(machine);
        let transports = self.transports(draft, machine, &id);
        let is_blocked =
            *machine == Machine::Workstation && blocks(draft.workstation, Blocked::Browser);
        let without_url = service == "portal" && draft.direct;
        let ask = Ask::Web {
            spot: spot.clone(),
            blocked: is_blocked.then(|| draft.agent.group.workstation.id.clone()),
            service: id.clone(),
            traffic,
            browser: Setting::of(&draft.browser),
            transports: transports.clone(),
            without_url,
        };
        let paths = self.remembered(ask, |walker| {
            if is_blocked {
                return vec![Path::refused(blocked("the browser", draft.workstation))];
            }
            let mut paths = walker.web_paths(&spot, &id, traffic, &draft.browser, &transports);
            if without_url {
                no_direct_url(&mut paths, &walker.no_fresh_url());
            }
            paths
        });
        let role = if matches!(service, "portal" | "authentication") {
            Role::Behind(desktop_of(machine))
        } else {
            Role::Application(desktop_of(machine))
        };
        let (name, part) = (leg_name(service), Some(LegWord::Applications));
        legs.push(Leg { name, required: needed, voice: false, part, role, paths });
    }

    fn web_paths(
        &mut self,
        spot: &Spot,
        service: &Id,
        traffic: Traffic,
        browser: &BrowserSetting,
        transports: &[Transport],
    ) -> Vec<Path> {
        let flow = Flow::to_service(service.as_str(), traffic);
        let mut paths = Vec::new();
        for &transport in transports {
            let mut found = self.browse(spot, &flow, transport, browser);
            for path in &mut found {
                self.enter(path, service, &flow, transport);
                if !traffic.is_none() {
                    path.assumptions.insert("desktop_traffic".to_owned());
                }
            }
            paths.extend(found);
        }
        if *service == "authentication" {
            self.meet_identity_provider(spot, &mut paths);
        }
        paths
    }

    pub(super) fn enter(
        &mut self,
        path: &mut Path,
        service: &Id,
        flow: &Flow,
        transport: Transport,
    ) {
        match transport {
            Transport::Internet => self.enter_internet(path, service, flow),
            Transport::Private => self.enter_private(path, service),
        }
    }

    /// Which transports an application has on its machine.
    pub(super) fn transports(
        &self,
        draft: &Draft<'_>,
        machine: &Machine,
        service: &Id,
    ) -> Vec<Transport> {
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
            entry.on.value.clone().unwrap_or(Machine::Workstation)
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
            insists: draft.workstation.hard_fail.value,
        };
        let walk = |walker: &mut Self| walker.phone_legs(&used);
        for (name, paths) in self.remembered_legs(used.ask(draft.agent.group_id), walk) {
            let part = (name != LISTS).then_some(LegWord::Phone);
            let (name, role) = (name.to_owned(), Role::Own);
            legs.push(Leg { name, required: true, voice: true, part, role, paths });
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
        if !app.required.value {
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
        if !draft.agent.group.apps.get("agent-desktop").is_some_and(|app| app.required.value) {
            return;
        }
        let entry = &self.plan.vdi[&vdi.id];
        let softphone = phone.map(|id| &self.plan.phones[id]).filter(|phone| {
            matches!(phone.kind, PhoneKind::SipSoftphone | PhoneKind::WebrtcSoftphone)
                && phone.connector.value
        });
        if softphone.is_some() {
            base.assume(&entry.adapter, || format!("vdi_adapter:{}", vdi.id));
        }
        if let Some(phone) = softphone.filter(|_| !entry.adapter.value) {
            let says =
                format!("a softphone with connector beside {} needs the VDI adapter", vdi.id);
            let place = phone.connector.place().unwrap_or(entry.place);
            base.refuse(Refusal::new("PHN-09", says, Some(place)));
        }
        let recording = draft.agent.group.recording.value.as_ref();
        let recorder = recording.map(|recording| draft.recorder_machine(recording));
        let required = recording.is_some_and(|recording| recording.required.value);
        let elux = draft.workstation.elux.value;
        let on_endpoint = elux && recorder == Some(Machine::Workstation);
        if on_endpoint && required {
            let says = "an eLux endpoint does not run the screen recorder";
            base.refuse(Refusal::new("VDI-02", says, Some(draft.workstation.place)));
        }
        let beside = recorder.as_ref() == Some(&desktop);
        let on = OnDesktop { softphone: softphone.is_some(), recorder: beside && required };
        let refused = |recorder| self.check_desktop(&vdi.id, elux, OnDesktop { recorder, ..on });
        let in_vain = on_endpoint || (refused(false).is_none() && refused(beside).is_some());
        if in_vain && !required {
            base.notes.insert(("VDI-02", RECORDER_UNSUPPORTED));
        }
        if on.softphone || on.recorder {
            base.assume(&entry.server, || format!("vdi_server:{}", vdi.id));
            if matches!(entry.server.value, VdiServer::Other(_)) {
                base.assumptions.insert(format!("vdi_other_server:{}", vdi.id));
            }
            if elux {
                base.assumptions.insert("elux_is_the_endpoint".to_owned());
            }
        }
        if let Some(refusal) = refused(on.recorder) {
            base.refuse(refusal);
        }
    }
}

/// OFF-08: who enters directly meets the Portal only for want of a fresh URL.
fn no_direct_url(paths: &mut [Path], why: &str) {
    for path in paths {
        if let Some(refusal) = path.refusal.as_mut().filter(|refusal| refusal.rule == "INT-04") {
            refusal.rule = "OFF-08".into();
            refusal.says = format!("{why}, and {}", refusal.says);
        }
    }
}

fn required(name: &str, paths: Paths) -> Leg {
    let (name, role) = (name.to_owned(), Role::Own);
    Leg { name, required: true, voice: false, part: None, role, paths }
}

/// The virtual desktop that a machine is, if it is one.
pub(super) fn desktop_of(machine: &Machine) -> Option<Id> {
    match machine {
        Machine::Workstation => None,
        Machine::Vdi(vdi) => Some(vdi.id.clone()),
    }
}

pub(super) fn merge(list: &mut Vec<(Machine, bool)>, machine: &Machine, required: bool) {
    match list.iter_mut().find(|(m, _)| m == machine) {
        Some((_, so_far)) => *so_far |= required,
        None => list.push((machine.clone(), required)),
    }
}

/// The name of a leg that a machine has: a workstation needs no name.
pub(super) fn on_machine(what: &str, machine: &Machine) -> String {
    match machine {
        Machine::Workstation => what.to_owned(),
        Machine::Vdi(vdi) => format!("{what} on {}", vdi.id),
    }
}

pub(super) fn leg_name(id: &str) -> String {
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

pub(super) fn blocks(workstation: &Workstation, what: Blocked) -> bool {
    workstation.blocks.value.contains(&what)
}

fn phone_is_blocked(workstation: &Workstation, kind: PhoneKind) -> bool {
    let softphone = matches!(kind, PhoneKind::SipSoftphone | PhoneKind::WebrtcSoftphone);
    let browser = kind == PhoneKind::WebrtcEmbedded;
    blocks(workstation, Blocked::Phone(kind))
        || (softphone && blocks(workstation, Blocked::Softphone))
        || (browser && blocks(workstation, Blocked::Browser))
}

/// INT-02: software firewalls are on the path too.
pub(super) fn blocked(what: &str, workstation: &Workstation) -> Refusal {
    Refusal::new(
        "INT-02",
        format!("the workstation's own firewall blocks {what}"),
        Some(workstation.place),
    )
}
