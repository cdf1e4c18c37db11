//! The cloud: regions, services, addresses, access.

use super::{Draft, list};

const CLOUD: &str = "{provider: cloud}";

impl Draft {
    pub(super) fn cloud(&mut self) {
        self.line("cloud:");
        self.line("  domain: cloud.example");
        if self.has_regions {
            self.line("  regions:");
            self.line("    eu-west: {standby: eu-central, after: 1h}");
            self.line("    eu-central: {}");
        }
        if self.rng.chance(15) {
            "media.relay.example".clone_into(&mut self.turn_host);
        }
        let line = format!("  turn_host: {}", self.turn_host);
        self.line(&line);
        self.services();
        if self.rng.chance(40) {
            self.line("  addresses:");
            self.line("    services: [50.1.2.0/24, 50.1.3.0/24]");
            self.line("    services-private: [10.9.1.0/24]");
            self.line("    sbc: [50.2.1.0/24]");
            self.line("    turn: [50.3.1.0/24]");
        }
        self.access();
    }

    fn services(&mut self) {
        let mut entries: Vec<(String, Vec<String>)> = Vec::new();
        if self.rng.chance(12) {
            let open = self.rng.pick(&["never", "unknown"]);
            if open == "never" {
                self.open.retain(|id| *id != "agent-desktop");
            }
            entries.push(("agent-desktop".to_owned(), vec![format!("open_access: {open}")]));
        }
        if self.rng.chance(25) {
            self.open.push("wfm");
            entries.push(("wfm".to_owned(), vec!["open_access: approved".to_owned()]));
        }
        if self.rng.chance(10) {
            let networks = self.rng.pick(&["internet", "private"]);
            entries.push(("crm-desktop".to_owned(), vec![format!("networks: {networks}")]));
        }
        if self.rng.chance(8) {
            let fields = vec!["authentication: false".to_owned()];
            entries.push(("designer".to_owned(), fields));
        }
        self.section(2, "services", &entries);
    }

    fn access(&mut self) {
        let mut fields = Vec::new();
        if self.rng.chance(75) {
            let mut sites = self.company_sites();
            if self.rng.chance(10) {
                sites.extend(self.vendors.clone());
            }
            let at = self.rng.pick(&sites);
            let own = self.rng.chance(60);
            let sso = if own { format!("{{provider: own, at: {at}}}") } else { CLOUD.to_owned() };
            self.provider = own.then_some(at);
            fields.push(format!("sso: {sso}"));
        }
        if self.rng.chance(75) {
            fields.push("mfa: true".to_owned());
        }
        if self.rng.chance(70) {
            let open = if self.rng.chance(70) {
                self.open.iter().map(|id| (*id).to_owned()).collect()
            } else {
                let all: Vec<String> = self.open.iter().map(|id| (*id).to_owned()).collect();
                self.rng.some(&all, 3)
            };
            fields.push(format!("open_access: {}", list(&open)));
        }
        if self.rng.chance(20) {
            let on = self.rng.chance(50);
            fields.push(format!("authentication_ip_control: {on}"));
        }
        if self.rng.chance(8) {
            fields.push("off_site_data: forbidden".to_owned());
        }
        if self.rng.chance(if self.shared.is_empty() { 45 } else { 65 }) {
            fields.push(format!("known: {}", self.known()));
        }
        if self.rng.chance(50) {
            let services =
                self.rng.pick(&["[agent-desktop]", "[agent-desktop, wfm]", "[wfm, recording-ui]"]);
            let as_of = self.rng.pick(&[", as_of: 2026-08-01", ", as_of: 2025-12-01", ""]);
            fields.push(format!("direct_urls: {{services: {services}{as_of}}}"));
        }
        if !fields.is_empty() {
            self.line("  access:");
            for field in fields {
                self.line(&format!("    {field}"));
            }
        }
    }

    /// Some members of active-active bundles in the place of the whole.
    fn know_in_part(&mut self, sources: &mut Vec<String>) {
        for (bundle, members) in self.shared.clone() {
            if !bundle.ends_with("internet") || !self.rng.chance(60) {
                continue;
            }
            sources.retain(|id| *id != bundle);
            sources.extend(self.rng.some(&members, members.len() as u64 - 1));
        }
    }

    /// Leaves out the sites of SBCs, if there are others.
    fn forget_sbcs(&self, sites: &mut Vec<String>) {
        let is_sbc = |id: &String| self.sbcs.contains(id);
        let at_sbc =
            |site: &String| self.stands.iter().any(|(id, stands)| is_sbc(id) && stands == site);
        if sites.iter().any(|site| !at_sbc(site)) {
            sites.retain(|site| !at_sbc(site));
        }
    }

    fn known(&mut self) -> String {
        let of_bundle = |id: &String| self.bundles.iter().any(|b| id.starts_with(&format!("{b}-")));
        let mut sources: Vec<String> = self
            .circuits
            .iter()
            .filter(|(id, _, to)| to == "internet" && !of_bundle(id))
            .map(|(id, _, _)| id.clone())
            .collect();
        sources.extend(self.bundles.iter().filter(|id| id.ends_with("internet")).cloned());
        if self.rng.chance(30) {
            sources = self.rng.some(&sources, 3);
        }
        self.know_in_part(&mut sources);
        let mut equipment: Vec<String> = self.proxies.iter().map(|(id, _)| id.clone()).collect();
        equipment.extend(self.vpns.iter().chain(&self.vdis).cloned());
        for id in equipment {
            if self.rng.chance(35) {
                sources.push(id);
            }
        }
        for egress in self.egresses.clone() {
            if self.rng.chance(40) {
                sources.push(if egress == "20.50.1.7" {
                    "20.50.0.0/16".to_owned()
                } else {
                    egress
                });
            }
        }
        if self.rng.chance(15) {
            sources.push("20.30.0.0/16".to_owned());
        }
        if let (true, Some((proxy, _))) =
            (self.rng.chance(15), self.rng.pick_any(&self.proxies.clone()))
        {
            sources.push(format!("{{address: 20.40.1.0/24, of: {proxy}}}"));
        }
        let mut parts = vec![format!("internet: {}", list(&sources))];
        if self.rng.chance(40) {
            let mut sites = self.company_sites();
            if self.rng.chance(40) {
                sites = self.rng.some(&sites, 3);
            }
            if self.rng.chance(30) {
                self.forget_sbcs(&mut sites);
            }
            for vpn in self.vpns.clone() {
                if self.rng.chance(70) {
                    sites.push(vpn);
                }
            }
            parts.push(format!("private: {}", list(&sites)));
        }
        format!("{{{}}}", parts.join(", "))
    }
}
