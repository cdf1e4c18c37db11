//! The legs of a posture: what must be carried, from where to where.

use std::collections::BTreeSet;

use crate::leave::{Path, Program};
use crate::posture::{Machine, Posture};
use crate::sites::Hop;
use crate::words::Flow;
use crate::world::World;

/// What a leg carries, which fixes its traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Tunnel,
    Session,
    /// Portal and login: they load nothing.
    Helper,
    /// `agent-desktop` and `crm-desktop`.
    Desktop,
    /// Any other application.
    App,
    Upload,
    /// Revocation lists, for one client on one machine: they load nothing.
    Revocation,
    /// Signalling of a SIP or WebRTC phone.
    Signalling,
    SipMedia,
    WebrtcMedia,
    Pbx,
    Pstn,
}

/// One leg with every path that could carry it.
#[derive(Clone, Debug)]
pub(crate) struct Leg {
    pub(crate) kind: Kind,
    pub(crate) paths: Vec<Path>,
}

impl Leg {
    pub(crate) fn new(kind: Kind, paths: Vec<Path>) -> Self {
        Self { kind, paths }
    }
}

impl World<'_> {
    /// Every required leg of a posture.
    pub(crate) fn legs(&self, posture: &Posture) -> Vec<Leg> {
        let mut legs = Vec::new();
        legs.extend(self.tunnel_leg(posture));
        for vdi in Self::required_vdis(posture) {
            legs.push(Leg::new(Kind::Session, self.sessions(posture, &vdi)));
        }
        let (portals, logins) = self.helpers(posture, &required_apps(posture));
        legs.extend(self.helper_legs(posture, &portals, &logins));
        for app in required_apps(posture) {
            legs.push(self.app_leg(posture, &app));
        }
        legs.extend(self.phone_legs(posture));
        if records(posture) {
            legs.push(Leg::new(Kind::Upload, self.upload(posture)));
        }
        legs.extend(self.revocation_legs(posture));
        legs
    }

    /// The legs that strand nobody, but load while they are live.
    pub(crate) fn optional_legs(&self, posture: &Posture) -> Vec<Leg> {
        let optional = posture.group.apps.iter().filter(|(_, app)| !app.required.value);
        let apps: Vec<String> = optional
            .map(|(id, _)| id.to_string())
            .filter(|app| !(Self::is_web(app) && self.blocks_browser(posture, app)))
            .collect();
        let (needed, wanted) =
            (self.helpers(posture, &required_apps(posture)), self.helpers(posture, &apps));
        let more = |needed: &BTreeSet<Machine>, wanted: &BTreeSet<Machine>| {
            wanted.difference(needed).cloned().collect::<BTreeSet<Machine>>()
        };
        let (portals, logins) = (more(&needed.0, &wanted.0), more(&needed.1, &wanted.1));
        let mut legs = self.helper_legs(posture, &portals, &logins);
        legs.extend(apps.iter().map(|app| self.app_leg(posture, app)));
        let recorder = posture.group.recording.value.as_ref().is_some_and(|r| !r.required.value)
            && !self.refuses_recorder(posture);
        if recorder {
            legs.push(Leg::new(Kind::Upload, self.upload(posture)));
        }
        legs.extend(self.optional_revocation_legs(posture, &apps, recorder));
        legs
    }

    fn app_leg(&self, posture: &Posture, app: &str) -> Leg {
        let machine = posture.app_machine(app);
        let program = if Self::is_web(app) { Program::Browser } else { Program::Other };
        let is_desktop = matches!(app, "agent-desktop" | "crm-desktop");
        let kind = if is_desktop { Kind::Desktop } else { Kind::App };
        Leg::new(kind, self.to_service(posture, &machine, app, program))
    }

    fn tunnel_leg(&self, posture: &Posture) -> Option<Leg> {
        let vpn = posture.vpn.as_ref()?;
        self.steer.begins();
        let mut path = Path::new(Flow::Other);
        path.tunnel = self.tunnel(&posture.place, vpn);
        if !self.has_tunnel(&posture.place, vpn) {
            path.refused.insert("TRN-01");
        }
        Some(Leg::new(Kind::Tunnel, vec![path]))
    }

    /// The machines that need the Portal, and those that need the login, for
    /// these applications.
    fn helpers(
        &self,
        posture: &Posture,
        apps: &[String],
    ) -> (BTreeSet<Machine>, BTreeSet<Machine>) {
        let (mut portals, mut logins) = (BTreeSet::new(), BTreeSet::new());
        for app in apps.iter().filter(|app| Self::is_web(app)) {
            let machine = posture.app_machine(app);
            if !(posture.direct && self.has_direct_url(app)) {
                portals.insert(machine.clone());
            }
            let entry = self.plan.cloud.services.get(app.as_str());
            if entry.is_some_and(|entry| entry.authentication.value) {
                logins.insert(machine);
            }
        }
        (portals, logins)
    }

    /// Portal and login, once for each machine that needs them.
    fn helper_legs(
        &self,
        posture: &Posture,
        portals: &BTreeSet<Machine>,
        logins: &BTreeSet<Machine>,
    ) -> Vec<Leg> {
        let leg = |machine: &Machine, service: &str| {
            Leg::new(Kind::Helper, self.to_service(posture, machine, service, Program::Browser))
        };
        let portals = portals.iter().map(|machine| leg(machine, "portal"));
        let logins = logins.iter().map(|machine| leg(machine, "authentication"));
        let survives = self.plan.figures.sessions_survive_login_loss.value;
        let mut legs: Vec<Leg> = portals.collect();
        legs.extend(logins.map(|leg| if survives { without_login(leg) } else { leg }));
        legs
    }
}

/// `sessions_survive_login_loss`: the login's own systems matter no more, nor the
/// ways to the company's own provider.
fn without_login(mut leg: Leg) -> Leg {
    let lost = |hop: &Hop| match hop {
        Hop::Part(id) => id == "cloud.authentication" || id == "sso-provider",
        Hop::AnyOf(_) => true,
        _ => false,
    };
    for path in &mut leg.paths {
        path.hops.retain(|hop| !lost(hop));
    }
    leg
}

/// The applications that an agent cannot work without.
pub(crate) fn required_apps(posture: &Posture) -> Vec<String> {
    // APP-03: an embedded phone cannot do without the desktop it is part of.
    let embedded = posture.phone.as_ref().is_some_and(|(_, phone)| {
        phone.kind == outlast_models::catalogue::PhoneKind::WebrtcEmbedded
    });
    let apps = posture.group.apps.iter();
    apps.filter(|(id, app)| app.required.value || (embedded && **id == "agent-desktop"))
        .map(|(id, _)| id.to_string())
        .collect()
}

/// Whether recording is required.
pub(crate) fn records(posture: &Posture) -> bool {
    posture.group.recording.value.as_ref().is_some_and(|recording| recording.required.value)
}
