//! HTTPS and TURN flows, and which side of the cloud each may take.

use outlast_models::catalogue::Networks;
use outlast_models::plan::{AccessWay, SetIn, VdiExit};
use outlast_models::units::Version;

use crate::leave::{Path, Program, Side};
use crate::posture::{Machine, Posture};
use crate::sites::Hop;
use crate::words::Flow;
use crate::world::World;

fn service_flow(id: &str, side: Side) -> Flow {
    Flow::Service { id: id.to_owned(), private: side == Side::Private }
}

/// The first recorder that knows proxies (PRX-04, OFF-07).
fn proxy_version() -> Version {
    Version(vec![8, 5, 370, 78])
}

impl World<'_> {
    fn host(&self, service: &str) -> String {
        self.plan.cloud.services.get(service).map_or_else(String::new, |s| s.host.value.clone())
    }

    /// The sides that a machine's applications may take, in order.
    fn sides(&self, posture: &Posture, machine: &Machine) -> Vec<Side> {
        let both = vec![Side::Private, Side::Internet];
        let of_network = |network: &str| {
            if network == "internet" { vec![Side::Internet] } else { vec![Side::Private] }
        };
        match machine {
            Machine::Vdi(vdi) => match &self.plan.vdi[vdi.as_str()].exit.value {
                VdiExit::Own | VdiExit::Proxy(_) => both,
                VdiExit::Private(_) => vec![Side::Private],
                VdiExit::Circuit(named) => of_network(self.plan.circuits[&named.id].to.id.as_str()),
                VdiExit::Bundle(named) => {
                    let first = self.plan.bundles[&named.id].of.first();
                    let circuit = first.and_then(|named| self.plan.circuits.get(&named.id));
                    circuit.map_or(both, |circuit| of_network(circuit.to.id.as_str()))
                }
            },
            Machine::Workstation => match posture.access {
                AccessWay::Private(_) => vec![Side::Private],
                AccessWay::Internet(_) | AccessWay::Proxy(_) => vec![Side::Internet],
                AccessWay::Vpn(_) | AccessWay::Vdi(_) => both,
            },
        }
    }

    /// The sides for one service (TRN-02, TRN-03, TRN-04), and the rule that
    /// refuses where none is left.
    fn sides_for(
        &self,
        posture: &Posture,
        machine: &Machine,
        service: &str,
    ) -> (Vec<Side>, &'static str) {
        let mut sides = self.sides(posture, machine);
        let networks = self
            .plan
            .cloud
            .services
            .get(service)
            .map_or(Networks::Both, |entry| entry.networks.value);
        match networks {
            Networks::Both => (sides, "TRN-02"),
            Networks::InternetOnly => {
                sides.retain(|side| *side == Side::Internet);
                let private = matches!(posture.access, AccessWay::Private(_));
                let here = *machine == Machine::Workstation;
                if here && private && Self::has_both(posture.group) {
                    sides.push(Side::Internet);
                }
                (sides, "TRN-03")
            }
            Networks::PrivateOnly => {
                sides.retain(|side| *side == Side::Private);
                (sides, "TRN-04")
            }
        }
    }

    /// Every path of a web application, helper or recorder to its service.
    pub(crate) fn to_service(
        &self,
        posture: &Posture,
        machine: &Machine,
        service: &str,
        program: Program,
    ) -> Vec<Path> {
        let (sides, rule) = self.sides_for(posture, machine, service);
        if sides.is_empty() {
            let flow = service_flow(service, Side::Internet);
            return vec![Path::new(flow).refuse(rule)];
        }
        sides.iter().map(|side| self.https(posture, machine, *side, service, program)).collect()
    }

    fn https(
        &self,
        posture: &Posture,
        machine: &Machine,
        side: Side,
        service: &str,
        program: Program,
    ) -> Path {
        self.steer.begins();
        let flow = service_flow(service, side);
        let path = if program == Program::Browser {
            self.browser(posture, machine, side, &flow, &self.host(service))
        } else {
            self.standalone(posture, machine, side, &flow, Self::recorder_proxy(posture))
        };
        let mut path = self.ends_at(path, service, side);
        if service == "authentication" {
            path = self.sign_on(path, posture, machine);
        }
        let private_portal = service == "portal" && side == Side::Private;
        if private_portal && !self.plan.figures.portal_over_private.value {
            return path.refuse("TRN-02");
        }
        path
    }

    /// What stands at the cloud's end of an HTTPS flow.
    fn ends_at(&self, mut path: Path, service: &str, side: Side) -> Path {
        path.part("dns");
        if side == Side::Internet {
            path.part("cloud.security-gateways");
        }
        match service {
            "portal" => path.part("cloud.portal"),
            "authentication" => path.part("cloud.authentication"),
            "webrtc-signalling" => path.part("cloud.webrtc"),
            "screen-recording" | "recording-ui" => path.part("cloud.recording"),
            _ => {}
        }
        path.hops.push(Hop::Region);
        path
    }

    /// The recorder's proxy, if it is effective (PRX-04).
    pub(crate) fn recorder_proxy<'b>(posture: &'b Posture) -> Option<&'b str> {
        let recording = posture.group.recording.value.as_ref()?;
        if recording.version.value < proxy_version() {
            return None;
        }
        Self::recorder_proxy_if_new(posture)
    }

    fn recorder_proxy_if_new<'b>(posture: &'b Posture) -> Option<&'b str> {
        let option = posture.group.recording.value.as_ref()?.proxy.value.as_ref()?;
        if option.set_in.value == Some(SetIn::Cloud) {
            return None;
        }
        Some(option.via.id.as_str())
    }

    /// The proxy that a recorder too old for it would heed (`upgrade_screen_recorder`).
    pub(crate) fn proxy_after_upgrade<'b>(posture: &'b Posture) -> Option<&'b str> {
        let recording = posture.group.recording.value.as_ref()?;
        let old = recording.version.value < proxy_version();
        Self::recorder_proxy_if_new(posture).filter(|_| old)
    }

    /// Every path of the recorder; with an upgrade too, where that would help.
    pub(crate) fn upload(&self, posture: &Posture) -> Vec<Path> {
        let machine = posture.recorder_machine();
        let mut paths = self.to_service(posture, &machine, "screen-recording", Program::Other);
        let (sides, _) = self.sides_for(posture, &machine, "screen-recording");
        if let Some(proxy) = Self::proxy_after_upgrade(posture) {
            for side in sides {
                self.steer.begins();
                let flow = service_flow("screen-recording", side);
                let path = self.standalone(posture, &machine, side, &flow, Some(proxy));
                let mut path = self.ends_at(path, "screen-recording", side);
                path.changes.insert("upgrade_screen_recorder");
                paths.push(path);
            }
        }
        paths
    }

    /// Signalling of a WebRTC phone: in the browser, or a softphone by `proxy`.
    pub(crate) fn signalling(
        &self,
        posture: &Posture,
        machine: &Machine,
        program: Program,
        proxy: Option<&str>,
    ) -> Path {
        self.steer.begins();
        let (side, service) = (Side::Internet, "webrtc-signalling");
        let flow = service_flow(service, side);
        let mut path = if program == Program::Browser {
            self.browser(posture, machine, side, &flow, &self.host(service))
        } else {
            self.standalone(posture, machine, side, &flow, proxy)
        };
        path.program = program;
        self.ends_at(path, service, side)
    }

    /// Media of a WebRTC phone to TURN.
    pub(crate) fn media(&self, posture: &Posture, machine: &Machine, program: Program) -> Path {
        self.steer.begins();
        let flow = Flow::Turn;
        let mut path = if program == Program::Browser {
            let host = self.plan.cloud.turn_host.value.clone();
            self.browser(posture, machine, Side::Internet, &flow, &host)
        } else {
            self.leave(posture, machine, Side::Internet, &flow)
        };
        path.program = program;
        for part in ["cloud.turn", "dns"] {
            path.part(part);
        }
        if self.plan.figures.turn_passes_security_gateways.value {
            path.part("cloud.security-gateways");
        }
        path
    }
}
