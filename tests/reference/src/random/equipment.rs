//! Workstations, proxies, PAC files, VPNs, VDIs, telephony, carriers.

use std::collections::BTreeMap;

use outlast_models::catalogue::SERVICES;

use crate::revocation::LISTS;

use super::{Draft, list};

/// The text of a PAC file that answers each host so.
pub(super) fn pac_text(hosts: &BTreeMap<String, String>) -> String {
    let mut text = "function FindProxyForURL(url, host) {\n".to_owned();
    for (host, answer) in hosts {
        text.push_str("  if (host == \"");
        text.push_str(host);
        text.push_str("\") return \"");
        text.push_str(answer);
        text.push_str("\";\n");
    }
    text.push_str("  return \"DIRECT\";\n}\n");
    text
}

impl Draft {
    pub(super) fn workstations(&mut self) {
        if self.rng.chance(50) {
            return;
        }
        let mut entries = Vec::new();
        for id in ["pc", "thin"].iter().take(1 + usize::from(self.rng.chance(30))) {
            let mut fields = Vec::new();
            if self.rng.chance(25) {
                fields.push("endpoint: linux-elux".to_owned());
            }
            if self.rng.chance(70) {
                fields.push("revocation: hard-fail".to_owned());
            }
            if self.rng.chance(20) {
                let blocks = [
                    "softphone",
                    "browser",
                    "screen-recording",
                    "webrtc-embedded",
                    "sip-softphone",
                    "webrtc-softphone",
                ];
                fields.push(format!("firewall: {{blocks: [{}]}}", self.rng.pick(&blocks)));
            }
            self.profiles.push((*id).to_owned());
            entries.push(((*id).to_owned(), fields));
        }
        self.section(0, "workstations", &entries);
    }

    pub(super) fn proxies(&mut self) {
        let count = if self.rng.chance(55) { 1 + self.rng.below(2) } else { 0 };
        let mut entries = Vec::new();
        let mut sites = self.sites_on("internet");
        sites.extend(self.vendors.clone());
        if sites.is_empty() || self.rng.chance(15) {
            sites = self.company_sites();
        }
        for id in ["proxy-a", "proxy-b"].iter().take(usize::try_from(count).unwrap_or(0)) {
            let port = self.rng.pick(&[8080, 3128, 443]);
            let name = format!("{id}.example:{port}");
            self.proxies.push(((*id).to_owned(), name));
        }
        for (id, name) in self.proxies.clone() {
            let site = self.rng.pick(&sites);
            let fields = self.proxy(&site, &name);
            self.stands.push((id.clone(), site));
            entries.push((id, fields));
        }
        self.section(0, "proxies", &entries);
    }

    fn proxy(&mut self, site: &str, name: &str) -> Vec<String> {
        let mut fields = vec![format!("site: {site}"), format!("names: [\"{name}\"]")];
        if self.rng.chance(50) {
            let reaches = if self.private.is_empty() && self.wan.is_none() {
                "[internet]"
            } else {
                self.rng.pick(&[
                    "[internet, private]",
                    "[internet, private]",
                    "[private]",
                    "[internet]",
                ])
            };
            fields.push(format!("reaches: {reaches}"));
        }
        if self.rng.chance(40) {
            fields.push("exclude: [turn]".to_owned());
        }
        if self.rng.chance(30) {
            let mut words = self.words(4);
            if self.rng.chance(60) {
                words.push("cloud-domain".to_owned());
            }
            if self.rng.chance(60) {
                words.push("crl".to_owned());
            }
            words.sort();
            words.dedup();
            fields.push(format!("allow: {}", list(&words)));
        }
        if self.rng.chance(35) {
            let words = self.words(4);
            let exempt = [
                "{}".to_owned(),
                "{exempt: [webrtc-signalling]}".to_owned(),
                format!("{{exempt: {}}}", list(&words)),
            ];
            fields.push(format!("authentication: {}", self.rng.pick(&exempt)));
        }
        if self.rng.chance(15) {
            fields.push(format!("dpi: {}", self.rng.pick(&["{turn: true}", "{tls: only}"])));
        }
        fields.extend(self.limit("sessions", 12, "9000"));
        if self.binding && self.rng.chance(20) {
            fields.push("sessions_per_agent: 2".to_owned());
        }
        if self.binding && self.rng.chance(20) {
            let size = 200 + 50 * self.rng.below(10);
            fields.push(format!("throughput: {size}kbps"));
        }
        if self.rng.chance(20) {
            let egresses = ["nat-a", "nat-a", "nat-a", "20.40.1.7", "20.40.1.7", "198.51.100.7"];
            fields.push(format!("egress: {}", self.rng.pick(&egresses)));
        }
        fields.extend(self.needs());
        fields
    }

    /// Every host that a PAC file is asked for.
    pub(super) fn hosts(&self) -> Vec<String> {
        let mut hosts: Vec<String> =
            SERVICES.iter().map(|service| format!("{}.cloud.example", service.id)).collect();
        hosts.push("cloud.example".to_owned());
        hosts.push(self.turn_host.clone());
        hosts.push(LISTS.to_owned());
        hosts
    }

    pub(super) fn pac_files(&mut self) {
        if self.proxies.is_empty() || !self.rng.chance(60) {
            return;
        }
        let hosts = self.hosts();
        let mut entries = Vec::new();
        for id in ["corporate", "emergency"].iter().take(1 + usize::from(self.rng.chance(40))) {
            let usual = self.pac_answer();
            let media = if self.rng.chance(65) { "DIRECT".to_owned() } else { self.pac_answer() };
            let mut answers: BTreeMap<String, String> =
                hosts.iter().map(|host| (host.clone(), usual.clone())).collect();
            answers.insert(self.turn_host.clone(), media);
            if self.rng.chance(40) {
                let other = self.pac_answer();
                let lists = self.rng.pick(&["DIRECT".to_owned(), other]);
                answers.insert(LISTS.to_owned(), lists);
            }
            if self.rng.chance(20) {
                let (host, answer) = (self.rng.pick(&hosts), self.pac_answer());
                answers.insert(host, answer);
            }
            self.pacs.push(((*id).to_owned(), answers));
            entries.push(((*id).to_owned(), vec![format!("file: {id}.pac")]));
        }
        self.section(0, "pac", &entries);
    }

    fn pac_answer(&mut self) -> String {
        let (_, name) = self.rng.pick(&self.proxies.clone());
        let (_, other) = self.rng.pick(&self.proxies.clone());
        match self.rng.below(12) {
            0 => "DIRECT".to_owned(),
            1 => format!("PROXY {name}; PROXY {other}"),
            2 | 3 => format!("PROXY {name}; DIRECT"),
            4 => "PROXY stranger.example:8080".to_owned(),
            5 if self.rng.chance(50) => "PROXY".to_owned(),
            6 if self.rng.chance(50) => "SOCKS socks.example:1080".to_owned(),
            _ => format!("PROXY {name}"),
        }
    }

    pub(super) fn vpns(&mut self) {
        let mut sites = self.sites_on("internet");
        if sites.is_empty() {
            sites = self.company_sites();
        }
        let count = if self.rng.chance(60) { 1 + usize::from(self.rng.chance(20)) } else { 0 };
        let mut entries = Vec::new();
        for id in ["vpn-a", "vpn-b"].iter().take(count) {
            let site = self.rng.pick(&sites);
            let split = self.rng.chance(60);
            let tunnel = if split { "split" } else { "full" };
            let mut fields = vec![format!("site: {site}"), format!("tunnel: {tunnel}")];
            if split || self.rng.chance(30) {
                let mut words = self.words(5);
                if self.rng.chance(60) {
                    words.extend(["services-private", "sbc", "proxies"].map(str::to_owned));
                }
                if self.rng.chance(25) {
                    words.push("crl".to_owned());
                }
                words.sort();
                words.dedup();
                fields.push(format!("include: {}", list(&words)));
            }
            fields.extend(self.limit("sessions", 12, "9000"));
            if self.binding && self.rng.chance(30) {
                fields.push(format!("throughput: {}kbps", 200 + 100 * self.rng.below(15)));
            }
            let own: Vec<String> = self
                .circuits
                .iter()
                .filter(|(_, from, to)| *from == site && to == "internet")
                .map(|(id, _, _)| id.clone())
                .collect();
            if !own.is_empty() && self.rng.chance(15) {
                fields.push(format!("pool: {{nat: {}}}", self.rng.pick(&own)));
            } else if self.rng.chance(25) {
                let egress = self.one(&["nat-v", "nat-v", "20.50.1.7", "20.50.1.7", "10.50.1.7"]);
                fields.push(format!("egress: {egress}"));
                self.egresses.push(egress.to_owned());
            }
            if self.rng.chance(10) {
                fields.push("overhead: {voice: 25%, data: 5%}".to_owned());
            }
            fields.extend(self.needs());
            self.vpns.push((*id).to_owned());
            self.stands.push(((*id).to_owned(), site));
            entries.push(((*id).to_owned(), fields));
        }
        self.section(0, "vpn", &entries);
    }

    pub(super) fn vdis(&mut self) {
        let count = if self.rng.chance(35) { 1 + usize::from(self.rng.chance(20)) } else { 0 };
        let mut sites = self.company_sites();
        sites.extend(self.vendors.iter().flat_map(|id| [id.clone(), id.clone()]));
        let mut entries = Vec::new();
        for id in ["farm-a", "farm-b"].iter().take(count) {
            let site = self.rng.pick(&sites);
            let fields = self.vdi(&site);
            self.vdis.push((*id).to_owned());
            self.stands.push(((*id).to_owned(), site));
            entries.push(((*id).to_owned(), fields));
        }
        self.section(0, "vdi", &entries);
    }

    fn vdi(&mut self, site: &str) -> Vec<String> {
        let platforms = ["citrix-7", "citrix-7", "horizon-7", "horizon-7", "rds", "other"];
        let platform = self.rng.pick(&platforms);
        let mut fields = vec![format!("site: {site}"), format!("platform: {platform}")];
        if self.rng.chance(50) {
            let server = self.rng.pick(&["windows-2012r2", "windows-2008r2", "windows-2019"]);
            fields.push(format!("server: {server}"));
        }
        if self.rng.chance(20) {
            fields.push("adapter: false".to_owned());
        }
        if self.rng.chance(70) {
            let mut over = vec!["internet".to_owned()];
            over.extend(self.private.iter().chain(&self.wan).chain(&self.vpns).cloned());
            let over = self.rng.some(&over, 3);
            fields.push(format!("reached_over: {}", list(&over)));
        }
        let vendor = self.vendors.iter().any(|id| id == site);
        if !vendor && self.rng.chance(50) {
            let mut exits = vec!["own".to_owned(), "private".to_owned()];
            exits.extend(self.proxies.iter().map(|(id, _)| id.clone()));
            let own = self.circuits.iter().filter(|(_, from, to)| from == site && to != "pstn");
            exits.extend(own.map(|(id, _, _)| id.clone()).take(2));
            let shared = self.shared.iter().filter(|(id, _)| id.starts_with(site));
            exits.extend(shared.flat_map(|(_, members)| members.iter().take(2).cloned()));
            exits.extend(self.bundles.iter().filter(|id| id.starts_with(site)).cloned());
            let exit = self.rng.pick(&exits);
            fields.push(format!("exit: {exit}"));
        }
        fields.extend(self.limit("sessions", 12, "9000"));
        if self.rng.chance(15) {
            let egresses = ["nat-b", "nat-b", "nat-b", "nat-b", "172.20.1.7"];
            fields.push(format!("egress: {}", self.rng.pick(&egresses)));
        }
        fields.extend(self.needs());
        fields
    }
}
