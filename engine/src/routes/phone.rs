//! Agent phones: how the voice service reaches each kind, by ways that customers'
//! calls have no part in (PHN-01 to PHN-09, PHN-07).
//!
//! A phone has one leg or two (PHN-04, WebRTC: signalling and media); each leg's
//! alternatives are *overflow* where the plan gives a list (trunks, carriers).

use outlast_models::Id;
use outlast_models::catalogue::PhoneKind;
use outlast_models::plan::{BrowserSetting, Group, Machine, Phone, ProxyOption, SetIn, SiteKind};

use super::memory::{Ask, Setting};
use super::path::{Path, Refusal, Traffic};
use super::{Dest, Flow, Spot, Transport, Walker};
use crate::input::Change;

/// The phone of one posture and where it stands.
pub(crate) struct PhoneUse<'a> {
    pub(crate) id: &'a Id,
    pub(crate) phone: &'a Phone,
    pub(crate) group: &'a Group,
    /// Where the phone's machine is on the network.
    pub(crate) spot: Spot,
    /// Where the desktop's machine is.
    pub(crate) desktop: Spot,
    /// The agent's place.
    pub(crate) place: &'a Id,
    /// Where the agent sits on the network, tunnel included.
    pub(crate) agent: Spot,
    /// The mobile operator's component, for phones that ring in a pocket.
    pub(crate) operator: Option<Id>,
    pub(crate) browser: &'a BrowserSetting,
    /// Whether revocation lists are insisted on.
    pub(crate) insists: bool,
}

impl PhoneUse<'_> {
    /// What its legs hang on.
    pub(super) fn ask(&self, group: &Id) -> Ask {
        Ask::Phone {
            group: group.clone(),
            phone: self.id.clone(),
            spot: self.spot.clone(),
            desktop: self.desktop.clone(),
            place: self.place.clone(),
            work_at: self.group.work_at.iter().map(|named| named.id.clone()).collect(),
            agent: self.agent.clone(),
            operator: self.operator.clone(),
            browser: Setting::of(self.browser),
            insists: self.insists,
        }
    }
}

pub(super) const LISTS: &str = "revocation lists for the phone";

/// The legs of a phone: name and alternatives.
pub(crate) type PhoneLegs = Vec<(&'static str, Vec<Path>)>;

/// What the cloud's vendor says of any WebRTC phone in a virtual desktop.
const WEBRTC_IN_VDI: (&str, &str) =
    ("VDI-03", "a WebRTC phone in a VDI is the customer's own risk");

impl Walker<'_> {
    /// The legs of a phone, a way for each kind (BCP-03).
    pub(crate) fn phone_legs(&mut self, phone: &PhoneUse<'_>) -> PhoneLegs {
        match phone.phone.kind {
            PhoneKind::SipPhone => match self.stays_at_desk(phone) {
                Some(refusal) => vec![("phone", vec![Path::refused(refusal)])],
                None => self.sip(phone, &Spot::Site(phone.place.clone())),
            },
            PhoneKind::SipSoftphone => self.sip(phone, &phone.spot),
            PhoneKind::WebrtcEmbedded => self.webrtc_embedded(phone),
            PhoneKind::WebrtcSoftphone => self.webrtc_softphone(phone),
            PhoneKind::Pbx => vec![("phone", self.behind_pbx(phone))],
            PhoneKind::Pstn => vec![("phone", self.pstn(phone))],
        }
    }

    pub(super) fn is_desk(&self, phone: &PhoneUse<'_>) -> bool {
        let first = &phone.group.work_at[0].id;
        phone.place == first && self.plan.sites[first].kind != SiteKind::Homes
    }

    /// PHN-03: a hard phone stays where it is plugged in.
    fn stays_at_desk(&self, phone: &PhoneUse<'_>) -> Option<Refusal> {
        let says = || {
            let first = &phone.group.work_at[0].id;
            if phone.place == first {
                format!("{} is a hard phone on an office's private network", phone.id)
            } else {
                format!("{} stays at {first}", phone.id)
            }
        };
        (!self.is_desk(phone)).then(|| Refusal::new("PHN-03", says(), written(phone.phone)))
    }

    /// PHN-05, BWD-01, BWD-02: what a call takes on the cloud's side of the way.
    pub(super) fn voice(&self, phone: &PhoneUse<'_>, webrtc: bool) -> Traffic {
        let figures = &self.plan.figures;
        let default =
            if webrtc { figures.voice_webrtc_planned.value } else { figures.voice_sip.value };
        let bits = phone.group.traffic.voice.value.unwrap_or(default).0;
        Traffic::in_call(true, bits, bits)
    }

    /// The voice service and the cloud's SBCs, before every phone.
    pub(super) fn voice_service(&mut self, path: &mut Path, sbc: bool) {
        self.through_named(path, "cloud.voice");
        if sbc {
            self.through_named(path, "cloud.sbc");
        }
    }

    /// PHN-03, TRN-04: SIP over a private network; no DNS (APP-04), no proxy
    /// (APP-08).
    fn sip(&mut self, phone: &PhoneUse<'_>, spot: &Spot) -> PhoneLegs {
        let flow = Flow::to(Dest::Sip, self.voice(phone, false)).of_softphone();
        let mut paths = self.private(spot, &flow);
        for path in &mut paths {
            self.voice_service(path, true);
            path.assumptions.insert("voice_sip".to_owned());
        }
        let mut legs = vec![("phone", paths)];
        if phone.insists && phone.phone.encrypted.value {
            legs.push((LISTS, self.sip_fetches(spot)));
        }
        legs
    }

    /// APP-03, PRX-07, PRX-08: signalling and media in the browser.
    fn webrtc_embedded(&mut self, phone: &PhoneUse<'_>) -> PhoneLegs {
        if let Some(on) = &phone.phone.on.value
            && machine_spot(on) != desktop_of(&phone.desktop)
        {
            let says = "the embedded phone cannot leave the desktop's machine";
            let refusal = Refusal::new("APP-03", says, written(phone.phone));
            return vec![("phone signalling", vec![Path::refused(refusal)])];
        }
        let signalling = Flow::to_service("webrtc-signalling", Traffic::default());
        let media =
            Flow { dest: Dest::Turn, traffic: self.voice(phone, true), ..signalling.clone() };
        let spot = phone.desktop.clone();
        let browser = phone.browser;
        let mut first = self.browse(&spot, &signalling, Transport::Internet, browser);
        let mut second = self.browse(&spot, &media, Transport::Internet, browser);
        self.finish_webrtc(&mut first, &mut second, &signalling);
        if matches!(spot, Spot::Desktop(_)) {
            let works = self.plan.figures.embedded_webrtc_in_vdi;
            for path in first.iter_mut().chain(&mut second) {
                path.assumptions.insert("embedded_webrtc_in_vdi".to_owned());
                path.notes.insert(WEBRTC_IN_VDI);
                if !works.value {
                    let says = "the plan says that embedded WebRTC phones do not work in a VDI";
                    path.refuse(Refusal::new("VDI-03", says, works.place()));
                }
            }
        }
        vec![("phone signalling", first), ("phone media", second)]
    }

    fn finish_webrtc(&mut self, signalling: &mut [Path], media: &mut [Path], flow: &Flow) {
        self.finish_signalling(signalling, flow);
        for path in media {
            self.enter_turn(path);
            path.assumptions.insert("voice_webrtc_planned".to_owned());
        }
    }

    fn finish_signalling(&mut self, paths: &mut [Path], flow: &Flow) {
        let service = Id::new("webrtc-signalling");
        for path in paths {
            self.enter_internet(path, &service, flow);
            self.voice_service(path, false);
        }
    }

    /// PRX-02, PRX-03, PRX-09: signalling by the option's proxy, media direct.
    fn webrtc_softphone(&mut self, phone: &PhoneUse<'_>) -> PhoneLegs {
        let flow = Flow::to_service("webrtc-signalling", Traffic::default()).of_softphone();
        let media_flow =
            Flow { dest: Dest::Turn, traffic: self.voice(phone, true), ..flow.clone() };
        let effective = effective_proxy(phone.phone);
        let mut signalling = if let Some(proxy) = effective {
            self.by_proxy(&phone.spot, &flow, Transport::Internet, proxy).0
        } else {
            self.internet(&phone.spot, &flow)
        };
        let mut media = self.internet(&phone.spot, &media_flow);
        self.finish_webrtc(&mut signalling, &mut media, &flow);
        if matches!(phone.spot, Spot::Desktop(_)) {
            for path in signalling.iter_mut().chain(&mut media) {
                path.notes.insert(WEBRTC_IN_VDI);
            }
        }
        if effective.is_none() {
            self.note_ineffective(&mut signalling, phone.phone);
            let mut more = self.with_proxy_option(phone, &flow, &mut signalling);
            self.finish_signalling(&mut more, &flow);
            more.retain(|path| path.refusal.is_none());
            signalling.extend(more);
        }
        let mut legs = vec![("phone signalling", signalling), ("phone media", media)];
        if phone.insists {
            legs.push((LISTS, self.softphone_fetches(phone)));
        }
        legs
    }

    /// PRX-09: an option in the wrong place is not read, so the signalling
    /// leaves directly; what then refuses it is named with the option.
    fn note_ineffective(&self, signalling: &mut [Path], phone: &Phone) {
        if phone.proxy.value.is_none() {
            return;
        }
        let not_read = "the softphone's proxy option is set where it is not read";
        for path in signalling {
            path.notes.insert(("PRX-09", not_read));
            let outside = ["INT-02", "INT-04", "TRN-01", "TRN-03"];
            if let Some(refusal) = path.refusal.as_mut().filter(|r| r.rule.is_one_of(&outside)) {
                let says = format!("{}; {not_read}", refusal.says);
                *refusal = Refusal::new("PRX-09", says, written(phone));
            }
        }
    }

    /// Where direct signalling is refused, what the proxy option would open.
    pub(super) fn with_proxy_option(
        &mut self,
        phone: &PhoneUse<'_>,
        flow: &Flow,
        direct: &mut [Path],
    ) -> Vec<Path> {
        let Some(reason) = direct.iter().find_map(|path| {
            path.refusal.clone().or_else(|| path.changes.first().map(|(_, reason)| reason.clone()))
        }) else {
            return Vec::new();
        };
        let proxies: Vec<Id> = self.plan.proxies.keys().cloned().collect();
        let mut found = Vec::new();
        for proxy in proxies {
            let change =
                Change::SetSoftphoneProxy { phone: phone.id.clone(), proxy: proxy.clone() };
            for path in direct.iter_mut() {
                self.until(path, &change);
            }
            let mut paths = self.by_proxy(&phone.spot, flow, Transport::Internet, &proxy).0;
            for path in &mut paths {
                path.changes.push((change.clone(), reason.clone()));
            }
            found.extend(paths.into_iter().filter(|path| path.refusal.is_none()));
        }
        found
    }
}

impl Traffic {
    /// The same traffic seen from the other end.
    pub(crate) fn reversed(self) -> Self {
        let turn = |(up, down): (u64, u64)| (down, up);
        Self { held: turn(self.held), in_call: turn(self.in_call), ..self }
    }
}

fn machine_spot(machine: &Machine) -> Option<Id> {
    match machine {
        Machine::Workstation => None,
        Machine::Vdi(named) => Some(named.id.clone()),
    }
}

fn desktop_of(spot: &Spot) -> Option<Id> {
    match spot {
        Spot::Desktop(vdi) => Some(vdi.clone()),
        Spot::Site(_) | Spot::Home { .. } | Spot::Tunnel { .. } => None,
    }
}

/// The proxy of a softphone's signalling, if its option is read.
pub(super) fn effective_proxy(phone: &Phone) -> Option<&Id> {
    let option = phone.proxy.value.as_ref().filter(|option| option_is_effective(phone, option));
    option.map(|option| &option.via.id)
}

/// PRX-09: in the cloud's settings with the connector enabled, in the local
/// file with it disabled.
fn option_is_effective(phone: &Phone, option: &ProxyOption) -> bool {
    match option.set_in.value {
        None => true,
        Some(SetIn::Cloud) => phone.connector.value,
        Some(SetIn::File) => !phone.connector.value,
    }
}

pub(super) fn written(phone: &Phone) -> Option<outlast_models::Place> {
    phone.place.is_written().then_some(phone.place)
}
