//! Phones that the cloud calls: behind the PBX and on the PSTN.

use outlast_models::plan::{HandsOver, OffSite, Pbx, Phone, Rings, Senders};

use crate::leave::Path;
use crate::posture::Posture;
use crate::rules::at_cloud;
use crate::sites::{Hop, Sent, stretch};
use crate::words::Flow;
use crate::world::World;

fn to_pbx(id: &str, private: bool) -> Flow {
    Flow::ToPbx { id: id.to_owned(), private }
}

fn start() -> Path {
    let mut path = Path::new(Flow::Other);
    path.part("cloud.sbc");
    path
}

impl World<'_> {
    /// From the cloud's SBC by each trunk to a customer's SBC (overflow).
    fn by_trunk(&self, sbc: &str) -> Vec<Path> {
        let site = self.plan.sbcs[sbc].site.id.to_string();
        let mut paths = Vec::new();
        for (id, trunk) in self.plan.trunks.iter().filter(|(_, trunk)| trunk.sbc.id == *sbc) {
            let network = trunk.network.id.as_str();
            let mut path = start();
            site.clone_into(&mut path.site);
            path.hops.push(Hop::Trunk(id.to_string()));
            path.hops.push(Hop::Reach(network.to_owned()));
            for part in [network, sbc] {
                path.part(part);
            }
            let regions = &self.plan.networks[network].cloud_regions.value;
            if regions.as_ref().is_some_and(Vec::is_empty) {
                path.refused.insert("TRN-01");
            }
            match self.way_in(&site, network, &Sent::other()) {
                Some(hops) => path.hops.extend(stretch(hops, &[sbc])),
                None => path = path.refuse("TRN-01"),
            }
            paths.push(path);
        }
        if paths.is_empty() {
            return vec![start().refuse("TRN-01")];
        }
        paths
    }

    /// On from every path so far to another site, the first way that is up.
    /// Whoever `sent` it, the firewalls between are the same.
    fn on_to(
        &self,
        paths: Vec<Path>,
        (from, to): (&str, &str),
        sent: &Sent,
        ends: &[&str],
    ) -> Vec<Path> {
        let ways = self.between(from, to, sent);
        let each = |mut path: Path| match self.first_up(&ways, ends) {
            Some(hops) => {
                path.hops.extend(hops);
                path
            }
            None => path.refuse("TRN-01"),
        };
        paths.into_iter().map(each).collect()
    }

    /// To a PBX: a trunk of its SBC, the SBC, the PBX.
    fn to_pbx(&self, id: &str, pbx: &Pbx) -> Vec<Path> {
        let sbc = pbx.sbc.id.as_str();
        let sbc_site = self.plan.sbcs[sbc].site.id.to_string();
        let sent = Sent { sender: Senders::Sbc, flow: to_pbx(id, true) };
        let between = (sbc_site.as_str(), pbx.site.id.as_str());
        let mut paths = self.on_to(self.by_trunk(sbc), between, &sent, &[sbc, id]);
        for path in &mut paths {
            path.part(id);
        }
        paths
    }

    /// A phone behind the PBX: one path by trunk and carrier.
    pub(crate) fn pbx_paths(&self, posture: &Posture, id: &str, phone: &Phone) -> Vec<Path> {
        self.steer.begins();
        let named = phone.pbx.as_ref().map(|named| named.id.as_str());
        let first = self.plan.pbxs.keys().next().map(outlast_models::Id::as_str);
        let Some(pbx_id) = named.or(first) else { return vec![start().refuse("PHN-02")] };
        let pbx = &self.plan.pbxs[pbx_id];
        let site = pbx.site.id.as_str();
        let paths = self.to_pbx(pbx_id, pbx);
        let registers = Sent::from_workstation(to_pbx(pbx_id, true));
        if posture.is_first_place() && !self.is_homes(&posture.place) {
            return self.on_to(paths, (site, &posture.place), &registers, &[pbx_id]);
        }
        match phone.off_site.value {
            OffSite::None => refuse_all(paths, "PHN-02"),
            OffSite::ForwardToMobile => {
                let carriers: Vec<String> =
                    pbx.pstn.value.iter().map(|named| named.id.to_string()).collect();
                let paths = self.by_site(paths, site, &carriers);
                paths.into_iter().map(|path| self.to_mobile(path, id)).collect()
            }
            OffSite::SoftphoneByVpn => match &posture.vpn {
                None => refuse_all(paths, "PHN-02"),
                Some(vpn) => {
                    let gateway = self.vpn(vpn).site.id.as_str();
                    let ends = [pbx_id, vpn.as_str()];
                    let mut paths = self.on_to(paths, (site, gateway), &registers, &ends);
                    for path in &mut paths {
                        path.tunnel = self.tunnel(&posture.place, vpn);
                        path.part(vpn);
                    }
                    paths
                }
            },
            OffSite::PbxEdge => self.by_edge(paths, posture, pbx_id, site),
        }
    }

    /// A software phone over the Internet to the PBX's edge.
    fn by_edge(&self, paths: Vec<Path>, posture: &Posture, pbx: &str, site: &str) -> Vec<Path> {
        let Some(into) = self.way_in(site, "internet", &Sent::other()) else {
            return refuse_all(paths, "TRN-01");
        };
        let flow = to_pbx(pbx, false);
        let inside =
            posture.vpn.as_deref().filter(|vpn| !self.is_split(vpn) || self.on_list(vpn, &flow));
        let (from, mut ends) = (inside.map(|vpn| self.vpn(vpn).site.id.to_string()), vec![pbx]);
        ends.extend(inside);
        let from = from.unwrap_or_else(|| posture.place.clone());
        let out = self.out(&from, inside, "internet", &Sent::from_workstation(flow));
        let Some(mut hops) = self.first_up(&out, &ends) else {
            return refuse_all(paths, "TRN-01");
        };
        hops.extend(into);
        let hops = stretch(hops, &ends);
        let each = |mut path: Path| {
            path.hops.extend(hops.clone());
            if let Some(vpn) = inside {
                path.tunnel = self.tunnel(&posture.place, vpn);
                path.part(vpn);
            }
            path
        };
        paths.into_iter().map(each).collect()
    }

    /// By each carrier to the PSTN (overflow), over the carrier's own lines.
    fn by_carriers(paths: &[Path], carriers: &[String]) -> Vec<Path> {
        let mut all = Vec::new();
        for path in paths {
            for carrier in carriers {
                let mut path = path.clone();
                path.part(carrier);
                path.part("pstn");
                all.push(path);
            }
        }
        all
    }

    /// Out by a site's circuits to the PSTN, if it has any, and by each of
    /// these carriers, if there are any.
    fn by_site(&self, mut paths: Vec<Path>, site: &str, carriers: &[String]) -> Vec<Path> {
        if let Some(line) = self.line(site, "pstn", true) {
            for path in &mut paths {
                path.hops.push(Hop::Line(line.clone()));
            }
        }
        if !carriers.is_empty() {
            return Self::by_carriers(&paths, carriers);
        }
        for path in &mut paths {
            path.part("pstn");
        }
        paths
    }

    /// A number on the PSTN: one path by carrier, trunk, and SBC.
    pub(crate) fn pstn_paths(&self, posture: &Posture, id: &str, phone: &Phone) -> Vec<Path> {
        self.steer.begins();
        let by_default = || {
            let carriers = self.plan.carriers.iter();
            let serves =
                carriers.filter(|(_, c)| c.for_agents.value && at_cloud(&c.hands_over.value));
            serves.map(|(id, _)| id.to_string()).collect::<Vec<_>>()
        };
        let via: Vec<String> = if phone.via.value.is_empty() {
            by_default()
        } else {
            phone.via.value.iter().map(|named| named.id.to_string()).collect()
        };
        if via.is_empty() {
            return vec![start().refuse("PHN-01")];
        }
        let paths = via.iter().flat_map(|id| self.out_by(id));
        paths.map(|path| self.rings(path, posture, id, phone)).collect()
    }

    /// Out to the PSTN by a carrier or an SBC.
    fn out_by(&self, id: &str) -> Vec<Path> {
        let Some(carrier) = self.plan.carriers.get(id) else {
            let hands_here =
                |over: &HandsOver| matches!(over, HandsOver::Sbc(sbc) if sbc.id == *id);
            let carriers: Vec<String> = self
                .plan
                .carriers
                .iter()
                .filter(|(_, carrier)| {
                    carrier.for_agents.value && hands_here(&carrier.hands_over.value)
                })
                .map(|(id, _)| id.to_string())
                .collect();
            let paths = self.by_trunk(id);
            if carriers.is_empty() {
                return self.by_site(paths, self.plan.sbcs[id].site.id.as_str(), &[]);
            }
            return Self::by_carriers(&paths, &carriers);
        };
        let own = [id.to_owned()];
        match &carrier.hands_over.value {
            HandsOver::Cloud => Self::by_carriers(&[start()], &own),
            HandsOver::Sbc(sbc) => Self::by_carriers(&self.by_trunk(sbc.id.as_str()), &own),
            HandsOver::Pbx(named) => {
                let pbx = &self.plan.pbxs[&named.id];
                Self::by_carriers(&self.to_pbx(named.id.as_str(), pbx), &own)
            }
        }
    }

    /// Where it rings.
    fn rings(&self, mut path: Path, posture: &Posture, id: &str, phone: &Phone) -> Path {
        match phone.rings.value {
            Rings::Desk if !posture.is_first_place() => path.refuse("PHN-01"),
            Rings::Desk => {
                path.part(&posture.place);
                if let Some(line) = self.line(&posture.place, "pstn", false) {
                    path.hops.push(Hop::Line(line));
                }
                path
            }
            Rings::Home if !self.is_homes(&posture.place) => path.refuse("PHN-01"),
            Rings::Home => path,
            Rings::Mobile => self.to_mobile(path, id),
        }
    }

    fn to_mobile(&self, mut path: Path, phone: &str) -> Path {
        if let Some(operator) = self.operators.get(phone) {
            path.part(&operator.clone());
        }
        path
    }
}

fn refuse_all(paths: Vec<Path>, rule: &'static str) -> Vec<Path> {
    paths.into_iter().map(|path| path.refuse(rule)).collect()
}
