//! Phones that register themselves: SIP and WebRTC.

use outlast_models::catalogue::PhoneKind;
use outlast_models::plan::{Phone, Senders, SetIn, SiteKind};

use crate::leave::{Path, Program, Side};
use crate::legs::{Kind, Leg};
use crate::posture::{Machine, Posture};
use crate::rules::refusals;
use crate::sites::{Hop, Sent};
use crate::words::Flow;
use crate::world::World;

/// What says that a network does not lead there, whatever is allowed.
const NO_WAY: [&str; 3] = ["TRN-01", "TRN-05", "PRX-10"];

impl World<'_> {
    /// Every leg of the posture's phone.
    pub(crate) fn phone_legs(&self, posture: &Posture) -> Vec<Leg> {
        let Some((id, phone)) = &posture.phone else { return Vec::new() };
        let mut legs = match phone.kind {
            PhoneKind::SipSoftphone => self.sip_softphone(posture),
            PhoneKind::SipPhone => self.sip_phone(posture),
            PhoneKind::WebrtcEmbedded => self.embedded(posture),
            PhoneKind::WebrtcSoftphone => self.softphone(posture, phone),
            PhoneKind::Pbx => vec![Leg::new(Kind::Pbx, self.pbx_paths(posture, id, phone))],
            PhoneKind::Pstn => vec![Leg::new(Kind::Pstn, self.pstn_paths(posture, id, phone))],
        };
        for leg in &mut legs {
            for path in &mut leg.paths {
                path.part("cloud.voice");
                path.hops.push(Hop::Region);
            }
        }
        legs
    }

    fn sip_legs(way: impl Fn(&Flow) -> Path) -> Vec<Leg> {
        let end = |flow: Flow, kind: Kind| {
            let mut path = way(&flow);
            path.part("cloud.sbc");
            Leg::new(kind, vec![path])
        };
        vec![end(Flow::SipSignalling, Kind::Signalling), end(Flow::SipMedia, Kind::SipMedia)]
    }

    /// A softphone in SIP mode: from the place's site or through the VPN.
    fn sip_softphone(&self, posture: &Posture) -> Vec<Leg> {
        let machine = posture.phone_machine();
        Self::sip_legs(|flow| {
            self.steer.begins();
            let path = self.leave(posture, &machine, Side::Private, flow);
            self.trn_04(posture, &machine, path)
        })
    }

    /// From a home without a tunnel there is only the Internet, which carries
    /// no SIP phone.
    fn trn_04(&self, posture: &Posture, machine: &Machine, mut path: Path) -> Path {
        let at_home = *machine == Machine::Workstation
            && posture.vpn.is_none()
            && self.is_homes(&posture.place);
        if at_home && path.refused.remove("TRN-01") {
            path.refused.insert("TRN-04");
        }
        path
    }

    /// A hard phone: only at the group's first place, if that is no home.
    fn sip_phone(&self, posture: &Posture) -> Vec<Leg> {
        Self::sip_legs(|flow| {
            let sent = Sent { sender: Senders::Workstations, flow: flow.clone() };
            let path = self.leave_site(&posture.place, Side::Private, &sent, &[], None);
            let at_home = self.site(&posture.place).kind == SiteKind::Homes;
            if at_home || !posture.is_first_place() { path.refuse("PHN-03") } else { path }
        })
    }

    /// In the desktop's browser, on the desktop's machine (APP-03).
    fn embedded(&self, posture: &Posture) -> Vec<Leg> {
        let machine = posture.phone_machine();
        let signalling = self.signalling(posture, &machine, Program::Browser, None);
        let media = self.media(posture, &machine, Program::Browser);
        vec![Leg::new(Kind::Signalling, vec![signalling]), Leg::new(Kind::WebrtcMedia, vec![media])]
    }

    /// A softphone in WebRTC mode: signalling by its own proxy, media direct.
    fn softphone(&self, posture: &Posture, phone: &Phone) -> Vec<Leg> {
        let machine = posture.phone_machine();
        let proxy = effective_proxy(phone);
        let by =
            |proxy: Option<&str>| self.signalling(posture, &machine, Program::Softphone, proxy);
        let mut paths = vec![by(proxy)];
        for id in self.proxies_to_set(posture, phone) {
            let mut with = by(Some(&id));
            with.changes.insert("set_softphone_proxy");
            paths.push(with);
        }
        let media = self.media(posture, &machine, Program::Softphone);
        vec![Leg::new(Kind::Signalling, paths), Leg::new(Kind::WebrtcMedia, vec![media])]
    }

    /// The proxies that could carry the signalling of a softphone that has
    /// none and is refused without (`set_softphone_proxy`).
    pub(crate) fn proxies_to_set(&self, posture: &Posture, phone: &Phone) -> Vec<String> {
        let machine = posture.phone_machine();
        let is_open = |proxy: Option<&str>| {
            // A proxy that there is no way by brings nobody by the bundles on it.
            let trial = self.clone();
            let path = trial.signalling(posture, &machine, Program::Softphone, proxy);
            let refused = refusals(&trial, &path);
            if !NO_WAY.iter().any(|rule| refused.contains(rule)) {
                self.met.borrow_mut().extend(trial.met.into_inner());
            }
            refused.is_empty()
        };
        if effective_proxy(phone).is_some() || is_open(None) {
            return Vec::new();
        }
        let all = self.plan.proxies.keys().map(ToString::to_string);
        all.filter(|id| is_open(Some(id))).collect()
    }
}

/// PRX-09: in the cloud's settings with the connector enabled, in the local
/// file with it disabled.
pub(crate) fn effective_proxy(phone: &Phone) -> Option<&str> {
    let option = phone.proxy.value.as_ref()?;
    let effective = match option.set_in.value {
        None => true,
        Some(SetIn::Cloud) => phone.connector.value,
        Some(SetIn::File) => !phone.connector.value,
    };
    effective.then(|| option.via.id.as_str())
}
