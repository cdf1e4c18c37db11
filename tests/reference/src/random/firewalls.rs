//! Firewalls and the destination words of every allow list.

use super::{Draft, list};

impl Draft {
    pub(super) fn firewalls(&mut self) {
        let mut entries = Vec::new();
        for site in self.company_sites() {
            let networks: Vec<String> = ["internet".to_owned()]
                .into_iter()
                .chain(self.private.clone())
                .chain(self.wan.clone())
                .filter(|network| self.has_line(&site, network))
                .collect();
            let mut guarded: Vec<String> = Vec::new();
            for network in networks {
                if !self.rng.chance(35) {
                    continue;
                }
                guarded.push(network);
            }
            if guarded.is_empty() {
                continue;
            }
            if self.rng.chance(40) {
                let id = format!("fw-{site}");
                let fields = self.firewall(&site, &guarded, None);
                entries.push((id, fields));
            } else {
                for network in &guarded {
                    let id = format!("fw-{site}-{network}");
                    let fields = self.firewall(&site, std::slice::from_ref(network), None);
                    entries.push((id, fields));
                }
            }
        }
        if self.rng.chance(30) {
            entries.extend(self.inner_firewall());
        }
        self.section(0, "firewalls", &entries);
    }

    /// A firewall before one piece of equipment, or a circuit, of its site.
    fn inner_firewall(&mut self) -> Option<(String, Vec<String>)> {
        let mut all: Vec<(String, String)> = self.stands.clone();
        all.retain(|(_, site)| !self.vendors.contains(site));
        let mut networks = vec!["internet".to_owned()];
        networks.extend(self.private.iter().chain(&self.wan).cloned());
        if self.rng.chance(45) {
            return self.before_circuit(&networks);
        }
        let (before, site) = match self.provider.clone() {
            Some(site) if self.rng.chance(25) => ("sso-provider".to_owned(), site),
            _ => self.rng.pick_any(&all)?,
        };
        let guards = self.rng.some(&networks, 2);
        let fields = self.firewall(&site, &guards, Some(&before));
        Some(("fw-inner".to_owned(), fields))
    }

    /// Before a circuit, rather one of an active-active bundle, and against the
    /// network that it runs to.
    fn before_circuit(&mut self, networks: &[String]) -> Option<(String, Vec<String>)> {
        let mut all = self.circuits.clone();
        all.retain(|(_, _, to)| to != "pstn");
        if !self.shared.is_empty() && self.rng.chance(75) {
            let shared = |id: &String| self.shared.iter().any(|(_, of)| of.contains(id));
            all.retain(|(id, _, _)| shared(id));
        }
        let (before, site, network) = self.rng.pick_any(&all)?;
        let mut guards = vec![network.clone()];
        let others: Vec<String> = networks.iter().filter(|id| **id != network).cloned().collect();
        if self.rng.chance(25) {
            guards.extend(self.rng.pick_any(&others));
        }
        let fields = self.firewall(&site, &guards, Some(&before));
        Some(("fw-inner".to_owned(), fields))
    }

    fn firewall(&mut self, site: &str, guards: &[String], before: Option<&str>) -> Vec<String> {
        let mut fields = vec![format!("site: {site}"), format!("guards: {}", list(guards))];
        fields.extend(before.map(|before| format!("before: {before}")));
        if self.rng.chance(55) {
            let rules = self.allow();
            fields.push(format!("allow: {}", list(&rules)));
        }
        if !self.sbcs.is_empty() && self.rng.chance(25) {
            let mut inbound = self.sbcs.clone();
            if self.rng.chance(30) {
                inbound.remove(0);
            }
            let rules: Vec<String> = inbound.iter().map(|sbc| format!("{{to: {sbc}}}")).collect();
            fields.push(format!("inbound: {}", list(&rules)));
        }
        if self.rng.chance(8) {
            fields.push("dpi: {turn: true}".to_owned());
        }
        if self.rng.chance(25) {
            let idle = self.rng.pick(&["60s", "139s", "140s", "180s"]);
            fields.push(format!("udp_idle: {idle}"));
        }
        fields.extend(self.limit("nat_pool", 12, "4000"));
        fields
    }

    fn allow(&mut self) -> Vec<String> {
        if self.rng.chance(25) {
            return vec!["any".to_owned()];
        }
        let mut rules = Vec::new();
        if self.rng.chance(60) {
            rules.push("any-443".to_owned());
        }
        if self.rng.chance(60) {
            rules.push("{from: workstations, to: [sbc]}".to_owned());
        }
        if self.rng.chance(50) {
            rules.push("{to: proxies}".to_owned());
        }
        if self.rng.chance(55) {
            rules.push(self.own_systems_rule());
        }
        if self.rng.chance(35) {
            let from = self.rng.pick(&["", "", "from: workstations, ", "from: proxies, "]);
            let port = self.rng.pick(&["", ", tcp: 80", ", tcp: 443", ", tcp: 8080"]);
            let more = self.rng.pick(&["", ", services"]);
            rules.push(format!("{{{from}to: [crl{more}]{port}}}"));
        }
        for _ in 0..self.rng.below(3) {
            let from = self.rng.pick(&["any", "workstations", "proxies", "pbx", "sbc"]);
            let words = self.words(4);
            let port = self.rng.pick(&["", "", ", tcp: 443", ", tcp: 8080"]);
            rules.push(format!("{{from: {from}, to: {}{port}}}", list(&words)));
        }
        if rules.is_empty() {
            rules.push("any".to_owned());
        }
        rules
    }

    /// Sessions with gateways and desktops, calls of PBXs.
    fn own_systems_rule(&mut self) -> String {
        let from = self.rng.pick(&["", "", "from: workstations, ", "from: sbc, "]);
        let to = self.rng.pick(&["[vpns, vdis]", "[vpns, vdis, pbxs]", "[pbxs]", "[vpns]"]);
        let port = self.rng.pick(&["", "", ", tcp: 443"]);
        format!("{{{from}to: {to}{port}}}")
    }

    /// Some destination words.
    pub(super) fn words(&mut self, most: u64) -> Vec<String> {
        let mut all: Vec<String> = [
            "any",
            "services",
            "services",
            "services-private",
            "services-private",
            "sbc",
            "sbc",
            "sbc-signalling",
            "sbc-media",
            "turn",
            "turn",
            "proxies",
            "cloud-domain",
            "cloud-domain",
            "portal",
            "authentication",
            "webrtc-signalling",
            "screen-recording",
            "crl",
            "agent-desktop",
            "wfm",
            "vpns",
            "vdis",
            "pbxs",
            "{resolved: 2026-09-01}",
            "50.1.0.0/16",
            "50.2.0.0/16",
            "50.3.0.0/16",
            "10.9.0.0/16",
            "50.1.2.0/24",
        ]
        .iter()
        .map(|word| (*word).to_owned())
        .collect();
        all.extend(self.proxies.iter().map(|(id, _)| id.clone()));
        all.extend(self.vpns.iter().chain(&self.vdis).chain(&self.pbxs).cloned());
        let mut words = self.rng.some(&all, most);
        if self.rng.chance(12) {
            words.extend(self.halves());
        }
        words.sort();
        words.dedup();
        words
    }
}
