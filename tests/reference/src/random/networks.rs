//! Sites, networks, circuits, bundles, exits.

use super::{Draft, list};

impl Draft {
    /// Readings of what the guide leaves open.
    pub(super) fn assumptions(&mut self) {
        if !self.rng.chance(12) {
            return;
        }
        let figures = [
            "proxy_from_internet: no",
            "portal_over_private: no",
            "login_over_private: no",
            "short_udp_timeout_breaks: no",
            "turn_passes_security_gateways: yes",
            "direct_url_age: 30d",
            "udp_sessions_per_sip_phone: 2",
            "occupancy: 70%",
            "grade_of_service: 5%",
        ];
        let some = self.rng.some(&figures, 2);
        self.line(&format!("assumptions: {{{}}}", some.join(", ")));
    }

    /// Cooling and the like, which equipment may need, and what is counted.
    pub(super) fn utilities(&mut self) {
        let (needed, counted) = (self.rng.chance(20), self.rng.chance(25));
        if needed {
            self.utilities = ["cooling", "chiller", "pumps"].map(str::to_owned).to_vec();
            self.line("components: {cooling: {}, chiller: {}, pumps: {}}");
        }
        if needed || counted {
            let (headsets, laptops) = (2 + self.rng.below(9), 2 + self.rng.below(9));
            let coaches = self.one(&["1.5", "2.25", "40"]);
            self.line(&format!("resources: {{partner-desks: 3, coaches: {coaches}}}"));
            self.line(&format!("pools: {{headsets: {{count: {headsets}}}, laptops: {laptops}}}"));
        }
        if counted {
            self.uses = [
                "{laptops: 1}",
                "{headsets: 1}",
                "{headsets: 0.5, coaches: 0.25}",
                "{laptops: 0.5}",
            ]
            .map(str::to_owned)
            .to_vec();
        }
    }

    /// What whoever works there or with it holds, if anything.
    pub(super) fn held(&mut self, percent: u64) -> Option<String> {
        let uses = self.rng.pick_any(&self.uses.clone())?;
        self.rng.chance(percent).then(|| format!("uses: {uses}"))
    }

    pub(super) fn sites(&mut self) {
        let take = |names: &[&str], count: u64| -> Vec<String> {
            names
                .iter()
                .take(usize::try_from(count).unwrap_or(0))
                .map(|s| (*s).to_owned())
                .collect()
        };
        let (more, two) = (self.rng.chance(40) && !self.few, self.rng.below(3));
        let two = if self.few { two.min(1) } else { two };
        self.offices = take(&["leeds", "york"], 1 + u64::from(more));
        self.data_centers = take(&["dc-a", "dc-b"], two);
        let homes = if self.rng.chance(85) { 1 + u64::from(self.rng.chance(25)) } else { 0 };
        let homes = if self.few { homes.min(1) } else { homes };
        self.homes = take(&["homes-n", "homes-s"], homes);
        let vendors = u64::from(self.rng.chance(25));
        self.vendors = take(&["vendor"], vendors);
        let mut entries = Vec::new();
        for (ids, kind) in [
            (self.offices.clone(), "office"),
            (self.data_centers.clone(), "data-center"),
            (self.homes.clone(), "homes"),
            (self.vendors.clone(), "vendor"),
        ] {
            for id in ids {
                let fields = self.site(kind);
                entries.push((id, fields));
            }
        }
        self.section(0, "sites", &entries);
    }

    fn site(&mut self, kind: &str) -> Vec<String> {
        let mut fields = vec![format!("kind: {kind}")];
        if self.rng.chance(60) {
            let region = self.rng.pick(&["north", "south"]);
            fields.push(format!("region: {region}"));
        }
        if self.rng.chance(25) {
            let feeds = self.rng.pick(&["[grid-a]", "[grid-b]", "[grid-a, grid-b]"]);
            let ups = self.rng.pick(&["", ", ups: 20min", ", generator: {fuel: 48h}"]);
            fields.push(format!("power: {{feeds: {feeds}{ups}}}"));
        }
        if kind == "homes" && self.rng.chance(50) {
            fields.push(self.home_lines());
        }
        fields.extend(self.held(35));
        if kind == "office" {
            if self.binding && self.rng.chance(40) {
                let seats = 1 + self.rng.below(10);
                fields.push(format!("seats: {seats}"));
            } else if self.rng.chance(60) {
                fields.push("seats: 500".to_owned());
            }
        }
        fields
    }

    fn home_lines(&mut self) -> String {
        let mut inside = Vec::new();
        if self.rng.chance(40) {
            let lines = ["50Mbps", "{down: 20Mbps, up: 2Mbps}", "{down: 2Mbps, up: 120kbps}"];
            inside.push(format!("per_agent: {}", self.rng.pick(&lines)));
        }
        if self.rng.chance(60) {
            let isps = ["{civic: 50%, delta: 50%}", "{civic: 70%, delta: 30%}", "{civic: 100%}"];
            inside.push(format!("isps: {}", self.rng.pick(&isps)));
        }
        if self.rng.chance(8) {
            inside.push(format!("ip: {}", self.rng.pick(&["v6", "both"])));
        }
        format!("internet: {{{}}}", inside.join(", "))
    }

    pub(super) fn networks(&mut self) {
        self.has_regions = self.rng.chance(15);
        let mut entries = Vec::new();
        if self.rng.chance(80) {
            self.private.push("mpls".to_owned());
            if self.rng.chance(25) {
                self.private.push("vpls".to_owned());
            }
        }
        if self.rng.chance(40) {
            self.wan = Some("wan".to_owned());
        }
        for id in self.private.clone() {
            let mut fields = vec!["kind: private".to_owned()];
            if self.has_regions && self.rng.chance(60) {
                let regions = self.rng.pick(&["[eu-west]", "[eu-west, eu-central]"]);
                fields.push(format!("cloud_regions: {regions}"));
            }
            if self.rng.chance(20) {
                let mut routed = self.company_sites();
                if self.rng.chance(50) {
                    routed = self.rng.some(&routed, 3);
                }
                fields.push(format!("routed: {}", list(&routed)));
            }
            entries.push((id, fields));
        }
        if let Some(wan) = self.wan.clone() {
            let mut fields = vec!["kind: private".to_owned(), "cloud_regions: []".to_owned()];
            if self.rng.chance(10) {
                let sites = self.company_sites();
                let routed = self.rng.some(&sites, 4);
                fields.push(format!("routed: {}", list(&routed)));
            }
            entries.push((wan, fields));
        }
        if self.rng.chance(30) {
            entries.reverse();
        }
        self.section(0, "networks", &entries);
    }

    pub(super) fn circuits(&mut self) {
        let mut entries = Vec::new();
        let mut bundles = Vec::new();
        for site in self.company_sites() {
            let is_dc = self.data_centers.contains(&site);
            let mut wanted: Vec<(String, u64)> =
                vec![("internet".to_owned(), if is_dc { 95 } else { 65 })];
            wanted.extend(self.private.iter().map(|id| (id.clone(), 80)));
            wanted.extend(self.wan.iter().map(|id| (id.clone(), 85)));
            wanted.push(("pstn".to_owned(), 15));
            for (network, percent) in wanted {
                if !self.rng.chance(percent) {
                    continue;
                }
                let count = self.members(&network);
                self.one_line(&site, &network, count, &mut entries, &mut bundles);
            }
        }
        self.section(0, "circuits", &entries);
        self.section(0, "bundles", &bundles);
    }

    /// How many circuits: several of one site once a plan at most, so that
    /// kinds of people stay few.
    fn members(&mut self, network: &str) -> u64 {
        if network == "pstn" {
            return 1;
        }
        let most = if self.shared.iter().any(|(_, members)| members.len() > 2) { 2 } else { 5 };
        let count: u64 = match self.rng.below(100) {
            0..62 => 1,
            62..82 => 2,
            82..92 => 3,
            92..98 => 4,
            _ => 5,
        };
        count.min(if self.few { 2 } else { most })
    }

    fn one_line(
        &mut self,
        site: &str,
        network: &str,
        count: u64,
        entries: &mut Vec<(String, Vec<String>)>,
        bundles: &mut Vec<(String, Vec<String>)>,
    ) {
        let sized = self.binding || self.rng.chance(if count > 1 { 60 } else { 30 });
        let mut ids = Vec::new();
        for n in 1..=count {
            let id = format!("{site}-{network}-{n}");
            let mut fields = vec![format!("from: {site}"), format!("to: {network}")];
            if sized {
                let size = self.circuit_size(network);
                fields.push(format!("capacity: {size}"));
            }
            if sized && network != "pstn" && self.rng.chance(12) {
                fields.push("admission: cac".to_owned());
            }
            if self.rng.chance(20) {
                fields.push(format!("conduit: {}", self.rng.pick(&["duct-a", "duct-b"])));
            }
            if self.rng.chance(7) {
                fields.push(format!("ip: {}", self.rng.pick(&["v6", "both"])));
            }
            if network == "internet" && self.rng.chance(25) {
                let host = 1 + self.rng.below(250);
                let block = if self.rng.chance(6) { "10.30" } else { "20.30" };
                fields.push(format!("egress: {block}.{}.{host}", self.circuits.len()));
            }
            fields.extend(self.needs());
            self.circuits.push((id.clone(), site.to_owned(), network.to_owned()));
            ids.push(id.clone());
            entries.push((id, fields));
        }
        if count > 1 && self.rng.chance(75) {
            let bundle = format!("{site}-{network}");
            let mut fields = vec![format!("of: {}", list(&ids))];
            let mode = self.rng.pick(&["active-active", "active-active", "active-passive"]);
            fields.push(format!("mode: {mode}"));
            if mode == "active-active" && self.rng.chance(30) {
                fields.push("sharing: adaptive".to_owned());
            }
            if mode == "active-active" {
                self.shared.push((bundle.clone(), ids));
            }
            self.bundles.push(bundle.clone());
            bundles.push((bundle, fields));
        }
    }

    fn circuit_size(&mut self, network: &str) -> String {
        if network == "pstn" {
            let channels = if self.binding { 2 + self.rng.below(8) } else { 500 };
            return format!("{channels} channels");
        }
        if self.binding && self.rng.chance(40) {
            return format!("{}kbps", 200 + 100 * self.rng.below(15));
        }
        let sizes =
            ["1Gbps", "{down: 500Mbps, up: 300Mbps}", "300Mbps", "{down: 50Mbps, up: 2Gbps}"];
        self.rng.pick(&sizes).to_owned()
    }

    pub(super) fn exits(&mut self) {
        let mut entries = Vec::new();
        for site in self.company_sites() {
            let mut fields = Vec::new();
            let others: Vec<String> =
                self.company_sites().into_iter().filter(|other| *other != site).collect();
            let needs = !self.has_line(&site, "internet");
            if !others.is_empty() && (self.rng.chance(12) || (needs && self.rng.chance(60))) {
                let ways = self.ways_out(&site, "internet", &others);
                fields.push(format!("internet: {}", list(&ways)));
            }
            if let Some(network) = self.private.first().cloned() {
                let needs = !self.has_line(&site, &network);
                if !others.is_empty() && (self.rng.chance(8) || (needs && self.rng.chance(50))) {
                    let key = self.rng.pick(&["private".to_owned(), network.clone()]);
                    let ways = self.ways_out(&site, &network, &others);
                    fields.push(format!("{key}: {}", list(&ways)));
                }
            }
            if !fields.is_empty() {
                entries.push((site, fields));
            }
        }
        self.section(0, "exits", &entries);
    }

    fn ways_out(&mut self, site: &str, network: &str, others: &[String]) -> Vec<String> {
        let good: Vec<String> =
            others.iter().filter(|other| self.has_line(other, network)).cloned().collect();
        let from = if good.is_empty() || self.rng.chance(10) { others.to_vec() } else { good };
        let mut ways = self.rng.some(&from, 2);
        if self.has_line(site, network) {
            let at = usize::from(self.rng.chance(50)) * ways.len();
            ways.insert(at, "here".to_owned());
        }
        ways
    }
}
