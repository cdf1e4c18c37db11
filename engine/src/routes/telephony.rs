//! Phones that others ring: behind a PBX (PHN-02) and on the PSTN (PHN-01).
//!
//! Lists of trunks and carriers are *overflow*: alternatives in their order. What
//! lies beyond the last carrier is one component that may decline a share of calls
//! (INB-02).

use outlast_models::plan::{HandsOver, Named, OffSite, Phone, Rings, Senders, SiteKind};
use outlast_models::{Id, Place};

use super::network::Sender;
use super::path::{Load, Path, Refusal, ResourceKey, Traffic, UNIT};
use super::phone::{PhoneUse, written};
use super::{Dest, Flow, Spot, Walker};
use crate::input::Change;

impl Walker<'_> {
    /// PHN-02: cloud SBC, trunk, customer SBC, PBX, last leg.
    pub(super) fn behind_pbx(&mut self, phone: &PhoneUse<'_>) -> Vec<Path> {
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
        let flow = Flow::to_pbx(pbx, self.voice(phone, false));
        let owners = [sbc.clone()];
        let sender = Sender::of(Senders::Sbc, &owners);
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
            let regions = self.plan.networks[&network].cloud_regions.value.as_ref();
            let regions: Option<Vec<Id>> =
                regions.map(|list| list.iter().map(|n| n.id.clone()).collect());
            let region = self.graph.cloud_gate(&mut self.gates, regions.as_deref());
            self.through_region(&mut path, region);
            let owners = [sbc.clone(), trunk.clone()];
            let mut inbound = self.inbound_to(&site, &network, traffic.reversed(), &owners);
            for path in &mut inbound {
                self.check_trunk(path, &trunk, &site, &network);
                self.check_inbound(path, sbc, &trunk, &network);
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
        if entry.cloud_regions.value.as_ref().is_some_and(Vec::is_empty) {
            let says = format!("{network}, the network of {trunk}, does not reach the cloud");
            path.refuse(Refusal::new("TRN-01", says, place));
        }
        if !self.is_routed(site, network) {
            let says = format!("{site} is not routed on {network}");
            let change = Change::EnableRouting { source: site.clone() };
            path.refuse_until(Refusal::new("PRV-08", says, place), Some(change));
        }
        self.check_private_source(path, std::slice::from_ref(site), site);
    }

    /// TRN-06, PRV-07: the cloud calls the SBC, so a firewall that lists what
    /// may come in must list it.
    fn check_inbound(&self, path: &mut Path, sbc: &Id, trunk: &Id, network: &Id) {
        let site = &self.plan.sbcs[sbc].site.id;
        for (id, wall) in &self.plan.firewalls {
            let guards = wall.site.id == *site && wall.guards.iter().any(|n| n.id == *network);
            let crossed =
                |id: &Id| [sbc, trunk].contains(&id) || path.hops.iter().any(|hop| hop.id == *id);
            let applies = wall.before.as_ref().is_none_or(|before| crossed(&before.id));
            let Some(inbound) = wall.inbound.value.as_ref().filter(|_| guards && applies) else {
                continue;
            };
            if !inbound.iter().any(|named| named.id == *sbc) {
                let ports = super::words::sip_ports(self.plan);
                let says = format!("{id} does not let the cloud call {sbc}{ports} (TRN-06)");
                path.refuse(Refusal::new("PRV-07", says, Some(wall.place)));
            }
        }
    }

    fn last_leg(&mut self, pbx: &Id, phone: &PhoneUse<'_>) -> Vec<Path> {
        let site = self.plan.pbxs[pbx].site.id.clone();
        let flow = Flow::to_pbx(pbx, self.voice(phone, false));
        if self.is_desk(phone) {
            // The phone registers with its PBX, as every phone does (TRN-06).
            return self.wan(phone.place, &site, &flow, Sender::workstation());
        }
        match phone.phone.off_site.value {
            OffSite::None => {
                let says = format!("{} has no way to ring away from its site", phone.id);
                vec![Path::refused(Refusal::new("PHN-02", says, written(phone.phone)))]
            }
            OffSite::ForwardToMobile => self.forward_to_mobile(pbx, phone),
            OffSite::SoftphoneByVpn => match &phone.agent {
                Spot::Tunnel { vpn, split, .. } => {
                    let mut paths = self.reach_site(&phone.agent, &site, &flow);
                    self.takes_own_system(vpn, *split, &Dest::Pbx(pbx.clone()), &mut paths);
                    paths
                }
                Spot::Site(_) | Spot::Home { .. } | Spot::Desktop(_) => {
                    let says = format!("{} off site needs a VPN", phone.id);
                    vec![Path::refused(Refusal::new("PHN-02", says, written(phone.phone)))]
                }
            },
            OffSite::PbxEdge => {
                let head = self.internet(&phone.agent, &flow);
                let tail = self.inbound(&site, &Id::new("internet"), flow.traffic, pbx);
                self.seq(&head, &tail)
            }
        }
    }

    fn forward_to_mobile(&mut self, pbx: &Id, phone: &PhoneUse<'_>) -> Vec<Path> {
        let entry = &self.plan.pbxs[pbx];
        let site = entry.site.id.clone();
        let carriers: Vec<Id> = entry.pstn.value.iter().map(|named| named.id.clone()).collect();
        let mut all = Vec::new();
        let out = self.onto_pstn(&site);
        for carrier in carriers.iter().map(Some).chain(carriers.is_empty().then_some(None)) {
            let mut path = Path::start();
            match carrier {
                Some(carrier) => self.by_carrier(&mut path, carrier),
                None => without_carrier(&mut path),
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
            .filter(|(_, carrier)| {
                carrier.for_agents.value && hands_over(&carrier.hands_over.value)
            })
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
        let mut paths = self.out(
            site,
            &pstn,
            &Flow::to(Dest::Unlisted, Traffic::default()),
            Sender::workstation(),
        );
        let line = self.lines(site, &pstn).into_iter().next();
        if let Some(line) = line {
            for path in &mut paths {
                path.loads.push(channels(&line.resource));
            }
        }
        paths
    }

    /// PHN-01: by each carrier or SBC in order (overflow).
    pub(super) fn pstn(&mut self, phone: &PhoneUse<'_>) -> Vec<Path> {
        let via: Vec<Id> = if phone.phone.via.value.is_empty() {
            self.carriers_at(|over| matches!(over, HandsOver::Cloud))
        } else {
            phone.phone.via.value.iter().map(|named: &Named| named.id.clone()).collect()
        };
        let last = self.where_it_rings(phone);
        let mut all = Vec::new();
        for one in via {
            let head = self.via(&one, phone);
            all.extend(self.seq(&head, &last));
        }
        if all.is_empty() {
            let says = "no carrier takes calls to agents' phones at the cloud";
            let carrier = self.plan.carriers.values().map(|c| c.place).find(Place::is_written);
            let place = carrier.or_else(|| written(phone.phone));
            all.push(Path::refused(Refusal::new("PHN-01", says, place)));
        }
        all
    }

    fn via(&mut self, one: &Id, phone: &PhoneUse<'_>) -> Vec<Path> {
        let carrier = self.plan.carriers.get(one).map(|carrier| carrier.hands_over.value.clone());
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
        if let Some(carrier) = carrier {
            // The carrier comes to the SBC or PBX over its own lines.
            self.by_carrier(&mut path, carrier);
        } else {
            onto = self.onto_pstn(site);
            without_carrier(&mut path);
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
            Rings::Home if phone.phone.rings.is_given() => refuse("at home only"),
            Rings::Home => {
                refuse("at home, as nothing else is said; write `rings: desk` or `rings: mobile`")
            }
            Rings::Mobile => {
                let mut path = Path::start();
                self.ring_pocket(&mut path, phone);
                vec![path]
            }
        }
    }
}

/// An SBC or PBX for which the plan names no carrier reaches the PSTN all the same.
fn without_carrier(path: &mut Path) {
    path.assumptions.insert("pstn_without_carrier".to_owned());
}

fn channels(id: &Id) -> Load {
    Load { key: ResourceKey::Channels(id.clone()), held: 0, in_call: UNIT }
}
