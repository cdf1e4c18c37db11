//! Agent phones: how the voice service reaches each kind (PHN-01 to PHN-09).
//!
//! A phone has one leg or two (WebRTC: signalling and media); each leg's
//! alternatives are *overflow* where the plan gives a list (trunks, carriers).

use outlast_models::Id;
use outlast_models::catalogue::PhoneKind;
use outlast_models::plan::{
    BrowserSetting, Group, HandsOver, Machine, Named, OffSite, Phone, ProxyOption, Rings, SetIn,
    SiteKind,
};

use super::network::Sender;
use super::path::{Load, Path, Refusal, ResourceKey, Traffic, UNIT};
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
    pub(crate) hard_fail: bool,
}

/// The legs of a phone: name and alternatives.
pub(crate) type PhoneLegs = Vec<(&'static str, Vec<Path>)>;

impl Walker<'_> {
    /// The legs of a phone.
    pub(crate) fn phone_legs(&mut self, phone: &PhoneUse<'_>) -> PhoneLegs {
        match phone.phone.kind {
            PhoneKind::SipPhone => {
                if let Some(refusal) = self.stays_at_desk(phone) {
                    return vec![("phone", vec![Path::refused(refusal)])];
                }
                vec![("phone", self.sip(phone))]
            }
            PhoneKind::SipSoftphone => vec![("phone", self.sip(phone))],
            PhoneKind::WebrtcEmbedded => self.webrtc_embedded(phone),
            PhoneKind::WebrtcSoftphone => self.webrtc_softphone(phone),
            PhoneKind::Pbx => vec![("phone", self.behind_pbx(phone))],
            PhoneKind::Pstn => vec![("phone", self.pstn(phone))],
        }
    }

    fn is_desk(&self, phone: &PhoneUse<'_>) -> bool {
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

    fn voice(&self, phone: &PhoneUse<'_>, webrtc: bool) -> Traffic {
        let figures = &self.plan.figures;
        let default =
            if webrtc { figures.voice_webrtc_planned.value } else { figures.voice_sip.value };
        let bits = phone.group.traffic.voice.map_or(default, |fact| fact.value).0;
        Traffic::in_call(true, bits, bits)
    }

    /// The voice service and the cloud's SBCs, before every phone.
    fn voice_service(&mut self, path: &mut Path, sbc: bool) {
        self.through_named(path, "cloud.voice");
        if sbc {
            self.through_named(path, "cloud.sbc");
        }
    }

    /// PHN-03, TRN-04: SIP over a private network; no DNS (APP-04), no proxy
    /// (APP-08).
    fn sip(&mut self, phone: &PhoneUse<'_>) -> Vec<Path> {
        let traffic = self.voice(phone, false);
        let flow = Flow {
            dest: Dest::Sip,
            traffic,
            hard_fail: false,
            softphone: true,
            over: None,
            toward: None,
        };
        let spot = if phone.phone.kind == PhoneKind::SipPhone {
            Spot::Site(phone.place.clone())
        } else {
            phone.spot.clone()
        };
        let mut paths = self.private(&spot, &flow);
        for path in &mut paths {
            self.voice_service(path, true);
            path.assumptions.insert("voice_sip".to_owned());
            if phone.phone.encrypted.value && phone.hard_fail {
                self.through_named(path, "crl"); // APP-08
            }
        }
        paths
    }

    /// APP-03, PRX-07, PRX-08: signalling and media in the browser.
    fn webrtc_embedded(&mut self, phone: &PhoneUse<'_>) -> PhoneLegs {
        if let Some(on) = &phone.phone.on
            && machine_spot(on) != desktop_of(&phone.desktop)
        {
            let says = "the embedded phone cannot leave the desktop's machine";
            let refusal = Refusal::new("APP-03", says, written(phone.phone));
            return vec![("phone signalling", vec![Path::refused(refusal)])];
        }
        let signalling = self.signalling_flow(phone, false);
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
                path.notes.insert(("VDI-03", "a WebRTC phone in a VDI is the customer's own risk"));
                if !works.value {
                    let says = "the plan says that embedded WebRTC phones do not work in a VDI";
                    path.refuse(Refusal::new("VDI-03", says, works.place()));
                }
            }
        }
        vec![("phone signalling", first), ("phone media", second)]
    }

    fn signalling_flow(&self, phone: &PhoneUse<'_>, softphone: bool) -> Flow {
        Flow {
            dest: Dest::Service(Id::new("webrtc-signalling")),
            traffic: Traffic::default(),
            hard_fail: phone.hard_fail,
            softphone,
            over: None,
            toward: None,
        }
    }

    fn finish_webrtc(&mut self, signalling: &mut [Path], media: &mut [Path], flow: &Flow) {
        let service = Id::new("webrtc-signalling");
        for path in signalling {
            self.enter_internet(path, &service, flow);
            self.voice_service(path, false);
        }
        for path in media {
            self.enter_turn(path);
            path.assumptions.insert("voice_webrtc_planned".to_owned());
        }
    }

    /// PRX-02, PRX-03, PRX-09: signalling by the option's proxy, media direct.
    fn webrtc_softphone(&mut self, phone: &PhoneUse<'_>) -> PhoneLegs {
        let flow = self.signalling_flow(phone, true);
        let media_flow =
            Flow { dest: Dest::Turn, traffic: self.voice(phone, true), ..flow.clone() };
        let effective = phone.phone.proxy.as_ref().filter(|o| option_is_effective(phone.phone, o));
        let mut signalling = if let Some(option) = effective {
            self.by_proxy(&phone.spot, &flow, Transport::Internet, &option.via.id).0
        } else {
            self.internet(&phone.spot, &flow)
        };
        let mut media = self.internet(&phone.spot, &media_flow);
        self.finish_webrtc(&mut signalling, &mut media, &flow);
        if effective.is_none() {
            self.note_ineffective(&mut signalling, phone.phone);
            let more = self.with_proxy_option(phone, &flow, &signalling);
            signalling.extend(more);
        }
        vec![("phone signalling", signalling), ("phone media", media)]
    }

    /// PRX-09: an option in the wrong place is not read, so the signalling
    /// leaves directly; what then refuses it is named with the option.
    fn note_ineffective(&self, signalling: &mut [Path], phone: &Phone) {
        if phone.proxy.is_none() {
            return;
        }
        for path in signalling {
            path.notes
                .insert(("PRX-09", "the softphone's proxy option is set where it is not read"));
        }
    }

    /// Where direct signalling is refused, what the proxy option would open.
    fn with_proxy_option(
        &mut self,
        phone: &PhoneUse<'_>,
        flow: &Flow,
        direct: &[Path],
    ) -> Vec<Path> {
        let Some(reason) = direct.iter().find_map(|path| {
            path.refusal.clone().or_else(|| path.changes.first().map(|(_, reason)| reason.clone()))
        }) else {
            return Vec::new();
        };
        let proxies: Vec<Id> = self.plan.proxies.keys().cloned().collect();
        let mut found = Vec::new();
        for proxy in proxies {
            let mut paths = self.by_proxy(&phone.spot, flow, Transport::Internet, &proxy).0;
            let service = Id::new("webrtc-signalling");
            for path in &mut paths {
                self.enter_internet(path, &service, flow);
                self.voice_service(path, false);
                let change =
                    Change::SetSoftphoneProxy { phone: phone.id.clone(), proxy: proxy.clone() };
                path.changes.push((change, reason.clone()));
            }
            found.extend(paths.into_iter().filter(|path| path.refusal.is_none()));
        }
        found
    }

    /// PHN-02: cloud SBC, trunk, customer SBC, PBX, last leg.
    fn behind_pbx(&mut self, phone: &PhoneUse<'_>) -> Vec<Path> {
        let Some(pbx) = self.pbx_of(phone.phone) else {
            let says = format!("{} has no PBX", phone.id);
            return vec![Path::refused(Refusal::new("PHN-02", says, written(phone.phone)))];
        };
        let head = self.call_pbx(&pbx, phone);
        let tail = self.last_leg(&pbx, phone);
        self.seq(&head, &tail)
    }

    fn pbx_of(&self, phone: &Phone) -> Option<Id> {
        phone.pbx.as_ref().map(|n| n.id.clone()).or_else(|| self.plan.pbxs.keys().next().cloned())
    }

    fn call_pbx(&mut self, pbx: &Id, phone: &PhoneUse<'_>) -> Vec<Path> {
        let entry = &self.plan.pbxs[pbx];
        let (sbc, site) = (entry.sbc.id.clone(), entry.site.id.clone());
        let sbc_site = self.plan.sbcs[&sbc].site.id.clone();
        let head = self.call_sbc(&sbc, phone);
        let flow = Flow::corporate(self.voice(phone, false)).toward(pbx);
        let owners = [sbc.clone()];
        let sender = Sender::of(outlast_models::plan::Senders::Sbc, &owners);
        let mut inner = self.wan(&sbc_site, &site, &flow, sender);
        for path in &mut inner {
            self.through(path, pbx);
        }
        self.seq(&head, &inner)
    }

    /// From the voice service over each trunk (overflow) to a customer's SBC.
    fn call_sbc(&mut self, sbc: &Id, phone: &PhoneUse<'_>) -> Vec<Path> {
        let site = self.plan.sbcs[sbc].site.id.clone();
        let traffic = self.voice(phone, false);
        let trunks: Vec<(Id, Id)> = self
            .plan
            .trunks
            .iter()
            .filter(|(_, trunk)| trunk.sbc.id == *sbc)
            .map(|(id, trunk)| (id.clone(), trunk.network.id.clone()))
            .collect();
        if trunks.is_empty() {
            let says = format!("no SIP trunk leads to {sbc}");
            let place = self.plan.sbcs[sbc].place;
            return vec![Path::refused(Refusal::new("PHN-02", says, Some(place)))];
        }
        let mut all = Vec::new();
        for (trunk, network) in trunks {
            let mut path = Path::start();
            self.voice_service(&mut path, true);
            self.through(&mut path, &trunk);
            path.loads.push(channels(&trunk));
            let regions = self.plan.networks[&network].cloud_regions.as_ref();
            let regions: Option<Vec<Id>> =
                regions.map(|list| list.iter().map(|n| n.id.clone()).collect());
            let region = self.graph.cloud_gate(&mut self.gates, regions.as_deref());
            self.through_region(&mut path, region);
            let mut inbound = self.inbound(&site, &network, traffic.reversed(), sbc);
            for path in &mut inbound {
                self.check_trunk(path, &trunk, &site, &network);
                self.check_inbound(path, sbc, &network);
                self.through(path, sbc);
                let key = ResourceKey::Sessions(sbc.clone());
                path.loads.push(Load { key, held: UNIT, in_call: 0 });
                path.assumptions.insert("voice_sip".to_owned());
            }
            all.extend(self.seq(&[path], &inbound));
        }
        all
    }

    /// TRN-01, PRV-08: the trunk's network must reach the cloud, and route the
    /// SBC's site.
    fn check_trunk(&self, path: &mut Path, trunk: &Id, site: &Id, network: &Id) {
        let entry = &self.plan.networks[network];
        let place = Some(self.plan.trunks[trunk].place);
        if entry.cloud_regions.as_ref().is_some_and(Vec::is_empty) {
            let says = format!("{network}, the network of {trunk}, does not reach the cloud");
            path.refuse(Refusal::new("TRN-01", says, place));
        }
        if !self.is_routed(site, network) {
            let says = format!("{site} is not routed on {network}");
            let change = Change::EnableRouting { source: site.clone() };
            path.refuse_until(Refusal::new("PRV-08", says, place), Some(change));
        }
    }

    /// TRN-06, PRV-07: the cloud calls the SBC, so a firewall that lists what
    /// may come in must list it.
    fn check_inbound(&self, path: &mut Path, sbc: &Id, network: &Id) {
        let site = &self.plan.sbcs[sbc].site.id;
        for (id, wall) in &self.plan.firewalls {
            let guards = wall.site.id == *site && wall.guards.iter().any(|n| n.id == *network);
            let applies = wall.before.as_ref().is_none_or(|before| before.id == *sbc);
            let Some(inbound) = wall.inbound.as_ref().filter(|_| guards && applies) else {
                continue;
            };
            if !inbound.iter().any(|named| named.id == *sbc) {
                let says = format!("{id} does not let the cloud call {sbc}");
                path.refuse(Refusal::new("PRV-07", says, Some(wall.place)));
            }
        }
    }

    fn last_leg(&mut self, pbx: &Id, phone: &PhoneUse<'_>) -> Vec<Path> {
        let site = self.plan.pbxs[pbx].site.id.clone();
        let flow = Flow::corporate(self.voice(phone, false).reversed());
        if self.is_desk(phone) {
            let owners = [pbx.clone()];
            let sender = Sender::of(outlast_models::plan::Senders::Pbx, &owners);
            return self.wan(&site, phone.place, &flow, sender);
        }
        match phone.phone.off_site {
            OffSite::None => {
                let says = format!("{} has no way to ring away from its site", phone.id);
                vec![Path::refused(Refusal::new("PHN-02", says, written(phone.phone)))]
            }
            OffSite::ForwardToMobile => self.forward_to_mobile(pbx, phone),
            OffSite::SoftphoneByVpn => match &phone.agent {
                Spot::Tunnel { .. } => {
                    let flow = Flow::corporate(self.voice(phone, false)).toward(pbx);
                    self.reach_site(&phone.agent, &site, &flow)
                }
                Spot::Site(_) | Spot::Home { .. } | Spot::Desktop(_) => {
                    let says = format!("{} off site needs a VPN", phone.id);
                    vec![Path::refused(Refusal::new("PHN-02", says, written(phone.phone)))]
                }
            },
            OffSite::PbxEdge => {
                let flow = Flow::corporate(self.voice(phone, false)).toward(pbx);
                let head = self.internet(&outside_of(&phone.agent), &flow);
                let tail = self.inbound(&site, &Id::new("internet"), flow.traffic, pbx);
                self.seq(&head, &tail)
            }
        }
    }

    fn forward_to_mobile(&mut self, pbx: &Id, phone: &PhoneUse<'_>) -> Vec<Path> {
        let entry = &self.plan.pbxs[pbx];
        let site = entry.site.id.clone();
        let carriers: Vec<Id> = entry.pstn.iter().map(|named| named.id.clone()).collect();
        let mut all = Vec::new();
        let out = self.onto_pstn(&site);
        for carrier in carriers.iter().map(Some).chain(carriers.is_empty().then_some(None)) {
            let mut path = Path::start();
            if let Some(carrier) = carrier {
                self.by_carrier(&mut path, carrier);
            }
            self.cross_pstn(&mut path);
            self.ring_pocket(&mut path, phone);
            all.extend(self.seq(&out, &[path]));
        }
        all
    }

    fn carriers_at(&self, hands_over: impl Fn(&HandsOver) -> bool) -> Vec<Id> {
        self.plan
            .carriers
            .iter()
            .filter(|(_, carrier)| carrier.for_agents && hands_over(&carrier.hands_over))
            .map(|(id, _)| id.clone())
            .collect()
    }

    fn by_carrier(&mut self, path: &mut Path, carrier: &Id) {
        self.through(path, carrier);
        path.loads.push(channels(carrier));
        path.blocking.push(carrier.clone());
    }

    fn cross_pstn(&mut self, path: &mut Path) {
        self.through_named(path, "pstn");
        path.blocking.push(Id::new("pstn"));
        path.notes.insert(("INB-03", "calls over the PSTN may be declined when carriers congest"));
    }

    fn ring_pocket(&mut self, path: &mut Path, phone: &PhoneUse<'_>) {
        if let Some(operator) = &phone.operator {
            self.through(path, operator);
            path.blocking.push(operator.clone());
        }
        let homes = |place: &&Named| self.plan.sites[&place.id].kind == SiteKind::Homes;
        let places = &phone.group.work_at;
        let region = places.iter().find(homes).unwrap_or(&places[0]).id.clone();
        self.in_region(path, &region);
    }

    /// Congestion may be that of the region where the phone is (INB-03).
    fn in_region(&self, path: &mut Path, place: &Id) {
        let region = &self.plan.sites[place].region.value;
        path.blocking.push(Id::new(&format!("region:{region}")));
    }

    /// A site's own way onto the PSTN: its circuits to it, if it has any.
    fn onto_pstn(&mut self, site: &Id) -> Vec<Path> {
        let pstn = Id::new("pstn");
        if self.lines(site, &pstn).is_empty() {
            let mut path = Path::start();
            self.through(&mut path, site);
            return vec![path];
        }
        let mut paths =
            self.out(site, &pstn, &Flow::corporate(Traffic::default()), Sender::workstation());
        let line = self.lines(site, &pstn).into_iter().next();
        if let Some(line) = line {
            for path in &mut paths {
                path.loads.push(channels(&line.resource));
            }
        }
        paths
    }

    /// PHN-01: by each carrier or SBC in order (overflow).
    fn pstn(&mut self, phone: &PhoneUse<'_>) -> Vec<Path> {
        let via: Vec<Id> = if phone.phone.via.is_empty() {
            self.carriers_at(|over| matches!(over, HandsOver::Cloud))
        } else {
            phone.phone.via.iter().map(|named: &Named| named.id.clone()).collect()
        };
        let last = self.where_it_rings(phone);
        let mut all = Vec::new();
        for one in via {
            let head = self.via(&one, phone);
            all.extend(self.seq(&head, &last));
        }
        if all.is_empty() {
            let says = "no carrier takes calls to agents' phones";
            all.push(Path::refused(Refusal::new("PHN-01", says, written(phone.phone))));
        }
        all
    }

    fn via(&mut self, one: &Id, phone: &PhoneUse<'_>) -> Vec<Path> {
        let carrier = self.plan.carriers.get(one).map(|carrier| carrier.hands_over.clone());
        match carrier {
            Some(HandsOver::Cloud) => {
                let mut path = Path::start();
                self.voice_service(&mut path, true);
                let region = self.graph.cloud_gate(&mut self.gates, None);
                self.through_region(&mut path, region);
                self.by_carrier(&mut path, one);
                self.cross_pstn(&mut path);
                vec![path]
            }
            Some(HandsOver::Sbc(sbc)) => {
                let head = self.call_sbc(&sbc.id, phone);
                let site = self.plan.sbcs[&sbc.id].site.id.clone();
                self.out_by(&head, &site, Some(one))
            }
            Some(HandsOver::Pbx(pbx)) => {
                let head = self.call_pbx(&pbx.id, phone);
                let site = self.plan.pbxs[&pbx.id].site.id.clone();
                self.out_by(&head, &site, Some(one))
            }
            None => {
                let head = self.call_sbc(one, phone);
                let site = self.plan.sbcs[one].site.id.clone();
                let carriers =
                    self.carriers_at(|over| matches!(over, HandsOver::Sbc(n) if n.id == *one));
                if carriers.is_empty() {
                    return self.out_by(&head, &site, None);
                }
                carriers.iter().flat_map(|c| self.out_by(&head, &site, Some(c))).collect()
            }
        }
    }

    fn out_by(&mut self, head: &[Path], site: &Id, carrier: Option<&Id>) -> Vec<Path> {
        let mut path = Path::start();
        let mut onto = vec![Path::start()];
        match carrier {
            // The carrier comes to the SBC or PBX over its own lines.
            Some(carrier) => self.by_carrier(&mut path, carrier),
            None => onto = self.onto_pstn(site),
        }
        self.cross_pstn(&mut path);
        let out = self.seq(&onto, &[path]);
        self.seq(head, &out)
    }

    fn where_it_rings(&mut self, phone: &PhoneUse<'_>) -> Vec<Path> {
        let kind = self.plan.sites[phone.place].kind;
        let refuse = |where_: &str| {
            let says = format!("{} rings {where_}", phone.id);
            vec![Path::refused(Refusal::new("PHN-01", says, written(phone.phone)))]
        };
        match phone.phone.rings.value {
            Rings::Desk if *phone.place == phone.group.work_at[0].id => {
                // Incoming calls load the site's channels just as outgoing ones do.
                let mut paths = self.onto_pstn(phone.place);
                for path in &mut paths {
                    self.in_region(path, phone.place);
                }
                paths
            }
            Rings::Desk => refuse(&format!("on the desk at {}", phone.group.work_at[0].id)),
            Rings::Home if kind == SiteKind::Homes => {
                let mut path = Path::start();
                self.in_region(&mut path, phone.place);
                vec![path]
            }
            Rings::Home => refuse("at home (`rings:` says where)"),
            Rings::Mobile => {
                let mut path = Path::start();
                self.ring_pocket(&mut path, phone);
                vec![path]
            }
        }
    }
}

impl Traffic {
    /// The same traffic seen from the other end.
    pub(crate) fn reversed(self) -> Self {
        let turn = |(up, down): (u64, u64)| (down, up);
        Self { held: turn(self.held), in_call: turn(self.in_call), ..self }
    }
}

fn channels(id: &Id) -> Load {
    Load { key: ResourceKey::Channels(id.clone()), held: 0, in_call: UNIT }
}

fn outside_of(spot: &Spot) -> Spot {
    match spot {
        Spot::Tunnel { under, split: true, .. } => (**under).clone(),
        other => other.clone(),
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

/// PRX-09: in the cloud's settings with the connector enabled, in the local
/// file with it disabled.
fn option_is_effective(phone: &Phone, option: &ProxyOption) -> bool {
    match option.set_in {
        None => true,
        Some(SetIn::Cloud) => phone.connector.value,
        Some(SetIn::File) => !phone.connector.value,
    }
}

fn written(phone: &Phone) -> Option<outlast_models::Place> {
    phone.place.is_written().then_some(phone.place)
}
