//! Corporate telephony, carriers, phones.

use super::{Draft, list};

impl Draft {
    pub(super) fn telephony(&mut self) {
        let sites = self.sites_on_private();
        if sites.is_empty() || !self.rng.chance(55) {
            return;
        }
        let (mut sbcs, mut trunks, mut pbxs) = (Vec::new(), Vec::new(), Vec::new());
        for id in ["sbc-a", "sbc-b"].iter().take(1 + usize::from(self.rng.chance(25))) {
            let site = self.rng.pick(&sites);
            let mut fields = vec![format!("site: {site}")];
            fields.extend(self.limit("sessions", 12, "9000"));
            fields.extend(self.needs());
            self.sbcs.push((*id).to_owned());
            self.stands.push(((*id).to_owned(), site.clone()));
            sbcs.push(((*id).to_owned(), fields));
            for n in 1..=1 + self.rng.below(2) {
                let mut networks = self.private.clone();
                networks.retain(|network| self.has_line(&site, network) || self.rng.chance(10));
                if self.rng.chance(4) {
                    networks.extend(self.wan.clone());
                }
                let Some(network) = self.rng.pick_any(&networks) else { continue };
                let mut fields = vec![format!("sbc: {id}"), format!("network: {network}")];
                fields.extend(self.limit("channels", 14, "900"));
                trunks.push((format!("trunk-{id}-{n}"), fields));
            }
        }
        if self.rng.chance(75) {
            let all = self.company_sites();
            for id in ["pbx-a", "pbx-b"].iter().take(1 + usize::from(self.rng.chance(15))) {
                let site = self.rng.pick(&all);
                let sbc = self.rng.pick(&self.sbcs.clone());
                self.pbxs.push((*id).to_owned());
                self.stands.push(((*id).to_owned(), site.clone()));
                pbxs.push(((*id).to_owned(), vec![format!("site: {site}"), format!("sbc: {sbc}")]));
            }
        }
        self.plan_carriers();
        for (_, fields) in &mut pbxs {
            if self.rng.chance(70) {
                let carriers = self.rng.some(&self.carriers.clone(), 2);
                fields.push(format!("pstn: {}", list(&carriers)));
            }
        }
        self.line("telephony:");
        self.section(2, "pbxs", &pbxs);
        self.section(2, "sbcs", &sbcs);
        self.section(2, "trunks", &trunks);
    }

    /// Chooses the ids of carriers, before their entries are written.
    fn plan_carriers(&mut self) {
        if !self.carriers.is_empty() {
            return;
        }
        self.carriers = match self.rng.below(4) {
            0 | 1 => vec!["cloud-carrier".to_owned()],
            2 => vec!["tellus".to_owned(), "vox".to_owned()],
            _ => vec!["tellus".to_owned(), "vox".to_owned(), "nova".to_owned()],
        };
    }

    pub(super) fn carriers(&mut self) {
        self.plan_carriers();
        if self.carriers == ["cloud-carrier"] {
            return;
        }
        let mut entries = Vec::new();
        for (n, id) in self.carriers.clone().into_iter().enumerate() {
            let mut fields = Vec::new();
            let mut ends = vec!["cloud".to_owned()];
            if n > 0 {
                ends.extend(self.sbcs.iter().chain(&self.pbxs).cloned());
            }
            fields.push(format!("hands_over: {}", self.rng.pick(&ends)));
            if self.rng.chance(40) {
                fields.push("role: [customers, agents]".to_owned());
            }
            fields.extend(self.limit("channels", 14, "900"));
            entries.push((id, fields));
        }
        self.section(0, "carriers", &entries);
    }

    pub(super) fn phones(&mut self) {
        self.phones = ["sip-phone", "sip-softphone", "webrtc-embedded", "webrtc-softphone", "pstn"]
            .map(str::to_owned)
            .to_vec();
        let mut entries = Vec::new();
        if self.pbxs.len() == 1 {
            self.phones.push("pbx".to_owned());
        }
        if !self.pbxs.is_empty() {
            let fields = self.pbx_phone();
            entries.push(("switch".to_owned(), fields));
        }
        for (id, kind) in [("sip-soft", "sip-softphone"), ("web-soft", "webrtc-softphone")] {
            if self.rng.chance(50) {
                let fields = self.softphone(kind);
                entries.push((id.to_owned(), fields));
            }
        }
        if !self.vdis.is_empty() && self.rng.chance(20) {
            let on = self.rng.pick(&["workstation".to_owned(), self.vdis[0].clone()]);
            let fields = vec!["kind: webrtc-embedded".to_owned(), format!("on: {on}")];
            entries.push(("embedded-on".to_owned(), fields));
        }
        for id in ["line-a", "line-b"].iter().take(usize::try_from(self.rng.below(3)).unwrap_or(0))
        {
            let fields = self.pstn_phone();
            entries.push(((*id).to_owned(), fields));
        }
        self.phones.extend(entries.iter().map(|(id, _)| id.clone()));
        entries.extend(["webrtc-embedded", "pstn"].map(|id| (id.to_owned(), Vec::new())));
        for (_, fields) in &mut entries {
            fields.extend(self.held(35));
        }
        entries.retain(|(_, fields)| !fields.is_empty());
        self.section(0, "phones", &entries);
    }

    fn pbx_phone(&mut self) -> Vec<String> {
        let pbx = self.rng.pick(&self.pbxs.clone());
        let ways = ["none", "forward-to-mobile", "softphone-by-vpn", "pbx-edge"];
        let off_site = self.rng.pick(&ways);
        let mut fields = vec!["kind: pbx".to_owned(), format!("pbx: {pbx}")];
        fields.push(format!("off_site: {off_site}"));
        fields.extend(self.operator().into_iter().filter(|_| off_site == "forward-to-mobile"));
        fields
    }

    fn operator(&mut self) -> Option<String> {
        let operators = ["operator: alpha", "operator: {alpha: 60%, beta: 40%}"];
        self.rng.chance(40).then(|| self.rng.pick(&operators).to_owned())
    }

    fn softphone(&mut self, kind: &str) -> Vec<String> {
        let mut fields = vec![format!("kind: {kind}")];
        let connector = self.rng.chance(50);
        fields.push(format!("connector: {connector}"));
        if kind == "sip-softphone" && self.rng.chance(40) {
            fields.push("encrypted: true".to_owned());
        }
        let proxy = self.rng.pick_any(&self.proxies.clone());
        if let (Some((proxy, _)), "webrtc-softphone", true) = (proxy, kind, self.rng.chance(70)) {
            let set_in = self.rng.pick(&["", ", set_in: cloud", ", set_in: file"]);
            fields.push(format!("proxy: {{via: {proxy}{set_in}}}"));
        }
        if !self.vdis.is_empty() && self.rng.chance(15) {
            let on = self.rng.pick(&self.vdis.clone());
            fields.push(format!("on: {on}"));
        }
        fields
    }

    fn pstn_phone(&mut self) -> Vec<String> {
        let rings = self.rng.pick(&["desk", "home", "mobile", "mobile"]);
        let mut fields = vec!["kind: pstn".to_owned(), format!("rings: {rings}")];
        if rings == "mobile" {
            fields.extend(self.operator());
            if self.rng.chance(30) {
                fields.push("battery: 4h".to_owned());
            }
        }
        if self.rng.chance(50) {
            let all: Vec<String> = self.carriers.iter().chain(&self.sbcs).cloned().collect();
            let via = self.rng.some(&all, 2);
            fields.push(format!("via: {}", list(&via)));
        }
        fields
    }
}
