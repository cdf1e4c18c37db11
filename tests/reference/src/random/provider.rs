//! Small plans around the company's own identity provider, and around lists
//! whose blocks hold the addresses only together.

use super::{Draft, list};

/// Sign-on at a site of one's own, and open access with direct URLs.
const SIGN_ON: &str = "\
cloud:
  access:
    sso: {provider: own, at: SITE}
    mfa: true
    open_access: [agent-desktop, webrtc-signalling]
    authentication_ip_control: false
    direct_urls: {services: [agent-desktop]}";

/// Both halves of blocks, and a third that is in none.
const HALVES: &[[&str; 2]] = &[
    ["50.1.2.0/24", "50.1.3.0/24"],
    ["50.1.2.0/25", "50.1.2.128/25"],
    ["10.9.1.0/25", "10.9.1.128/25"],
    ["50.2.1.0/25", "50.2.1.128/25"],
    ["50.3.1.0/25", "50.3.1.128/25"],
    ["0.0.0.0/1", "128.0.0.0/1"],
];

impl Draft {
    /// Two blocks that hold more together than each alone.
    pub(super) fn halves(&mut self) -> Vec<String> {
        self.rng.pick(HALVES).map(str::to_owned).to_vec()
    }

    /// A provider at a site with only private circuits, with only the Internet,
    /// with both or none, and machines wherever there may be any.
    pub(super) fn own_provider(&mut self) {
        let circuits = self.sites_of_provider();
        self.gateways_and_desktops(&circuits);
        let at = self.one(&["hill", "hill", "hill", "hill", "dc", "leeds", "swg"]);
        self.walls(at, &circuits);
        self.line(&SIGN_ON.replace("SITE", at));
        let places = self.one(&[
            "[leeds, homes]",
            "[homes]",
            "[york, homes]",
            "[hill, leeds]",
            "[york, leeds, homes]",
        ]);
        let access = self.one(&[
            "internet",
            "private, internet",
            "private",
            "tun",
            "tun, internet",
            "farm",
            "cloud-farm",
            "farm, cloud-farm",
            "gate",
        ]);
        let phone =
            self.one(&["media: [digital]", "media: [digital]", "phones: [webrtc-embedded]"]);
        let apps = self.one(&[
            "",
            "",
            "",
            ", apps: {agent-desktop: {on: cloud-farm}}",
            ", apps: {agent-desktop: {on: farm}, crm-desktop: optional}",
        ]);
        let enters = self.one(&["", ", enters_by: direct", ", enters_by: direct"]);
        let setting = self.one(&["", "", "", ", proxy: [gate]"]);
        self.team(&format!(
            "work_at: {places}, {phone}, access: [{access}]{apps}{enters}{setting}"
        ));
    }

    /// Sites, networks, circuits and exits; the circuits as (id, site, network).
    fn sites_of_provider(&mut self) -> Vec<(String, &'static str, &'static str)> {
        self.line("sites:");
        for site in ["leeds: {kind: office, seats: 100}", "york: {kind: office, seats: 100}"] {
            self.line(&format!("  {site}"));
        }
        for site in ["dc: {kind: data-center}", "hill: {kind: data-center}", "swg: {kind: vendor}"]
        {
            self.line(&format!("  {site}"));
        }
        let ip = self.one(&["", "", "", "", ", internet: {ip: v6}"]);
        self.line(&format!("  homes: {{kind: homes, region: north{ip}}}"));
        let routed =
            self.one(&["", "", ", routed: [leeds, york, dc]", ", routed: [hill, dc, leeds]"]);
        self.line("networks:");
        self.line(&format!("  wan: {{kind: private, cloud_regions: []{routed}}}"));
        self.line("  mpls: {kind: private}");
        let hill: &[&str] = match self.rng.below(7) {
            0 => &["mpls"],
            1 => &["wan"],
            2 => &["mpls", "wan"],
            3 => &["internet"],
            4 => &["internet", "wan"],
            5 => &["internet", "mpls", "pstn"],
            _ => &["pstn"],
        };
        let mut all: Vec<(String, &str, &str)> = Vec::new();
        let mut add = |site, network: &&'static str| {
            all.push((format!("{site}-{network}"), site, *network));
        };
        for network in hill {
            add("hill", network);
        }
        for (site, networks, chance) in [
            ("leeds", ["internet", "mpls", "wan"], 75),
            ("york", ["wan", "mpls", "internet"], 50),
            ("dc", ["internet", "mpls", "wan"], 85),
            ("swg", ["mpls", "wan", "internet"], 12),
        ] {
            let drawn = networks.iter().filter(|_| self.rng.chance(chance));
            drawn.for_each(|network| add(site, network));
        }
        self.line("circuits:");
        for (id, site, network) in all.clone() {
            let ip = if self.rng.chance(4) { ", ip: v6" } else { "" };
            self.line(&format!("  {id}: {{from: {site}, to: {network}{ip}}}"));
            if network != "pstn" && self.rng.chance(12) {
                self.line(&format!("  {id}-2: {{from: {site}, to: {network}}}"));
            }
        }
        let leeds = self.one(&["", "internet: [here, dc]", "internet: [dc], private: [dc]"]);
        let york = self.one(&["internet: [dc], private: [dc]", "internet: [leeds, dc]", ""]);
        self.line(&format!("exits: {{leeds: {{{leeds}}}, york: {{{york}}}}}"));
        all
    }

    /// A gateway with either kind of tunnel, a proxy, and desktops with each
    /// kind of exit at a site of the company's and at a vendor's.
    fn gateways_and_desktops(&mut self, circuits: &[(String, &'static str, &'static str)]) {
        let gateway = self.one(&["dc", "dc", "leeds", "hill"]);
        let tunnel = self.one(&[
            "full",
            "full",
            "split, include: [any]",
            "split, include: [any]",
            "split, include: [services-private, proxies]",
            "split, include: [services, services-private]",
            "full, include: [services]",
        ]);
        let of = |site: &str, to: &[&str]| -> Vec<String> {
            let own = circuits.iter().filter(|(_, from, _)| *from == site);
            own.filter(|(_, _, net)| to.contains(net)).map(|(id, _, _)| id.clone()).collect()
        };
        let own = of(gateway, &["internet"]);
        let pool = match self.rng.pick_any(&own) {
            Some(id) if self.rng.chance(20) => format!(", pool: {{nat: {id}}}"),
            _ => String::new(),
        };
        self.line(&format!("vpn: {{tun: {{site: {gateway}, tunnel: {tunnel}{pool}}}}}"));
        let gate = self.one(&["dc", "leeds", "swg"]);
        self.line(&format!(
            "proxies: {{gate: {{site: {gate}, names: [\"gate.example:8080\"], exclude: [turn], reaches: [internet, private]}}}}"
        ));
        self.line("vdi:");
        for (id, sites) in [("farm", ["dc", "leeds", "hill"]), ("cloud-farm", ["swg"; 3])] {
            let site = self.rng.pick(&sites);
            let mut exits = vec!["own".to_owned(), "own".to_owned(), "private".to_owned()];
            exits.push("gate".to_owned());
            exits.extend(of(site, &["internet", "mpls", "wan"]));
            let vendor = site == "swg" && self.rng.chance(60);
            let exit = if vendor { "own".to_owned() } else { self.rng.pick(&exits) };
            let over = self.one(&["[internet, wan]", "[wan, mpls]", "[internet]", "[tun, wan]"]);
            self.line(&format!(
                "  {id}: {{site: {site}, platform: citrix-7, reached_over: {over}, exit: {exit}}}"
            ));
        }
    }

    /// Firewalls at edges, before circuits and before the provider, which let
    /// everything through or speak of something else.
    fn walls(&mut self, at: &str, circuits: &[(String, &'static str, &'static str)]) {
        let mut entries = Vec::new();
        for (id, site, network) in circuits.iter().filter(|(_, _, to)| *to != "pstn") {
            if !self.rng.chance(20) {
                continue;
            }
            let allow = self.one(&["", "", ", allow: [any]", ", allow: [{to: [services, turn]}]"]);
            let before = self.rng.chance(40);
            let before = if before { format!(", before: {id}") } else { String::new() };
            let fields = format!("site: {site}, guards: {network}{before}{allow}");
            entries.push((format!("fw-{id}"), vec![fields]));
        }
        if self.rng.chance(40) {
            let guards = self.one(&["internet", "wan", "mpls", "[internet, mpls, wan]"]);
            let fields = format!("site: {at}, guards: {guards}, before: sso-provider");
            entries.push(("fw-provider".to_owned(), vec![fields]));
        }
        self.section(0, "firewalls", &entries);
    }

    /// Lists of blocks, of one rule or of two, each of which holds a part.
    pub(super) fn half_blocks(&mut self) {
        self.office_and_homes("", "");
        let mut blocks = Vec::new();
        for _ in 0..=self.rng.below(4) {
            blocks.extend(self.halves());
        }
        if self.rng.chance(40) {
            let last = self.rng.below(blocks.len() as u64);
            blocks.remove(usize::try_from(last).unwrap_or(0));
        }
        let (first, second) = blocks.split_at(blocks.len() / 2);
        let from = self.one(&["", "", "from: workstations, ", "from: proxies, "]);
        let port = self.one(&["", "", ", tcp: 443", ", tcp: 8080"]);
        let rules = if self.rng.chance(50) {
            format!("{{to: {}}}", list(&blocks))
        } else {
            format!("{{to: {}}}, {{{from}to: {}{port}}}", list(first), list(second))
        };
        let guards = self.one(&["internet", "mpls", "[internet, mpls]"]);
        let more = self.one(&["", ", {to: turn}", ", {to: services}", ", {to: [vpns, crl]}"]);
        self.line(&format!(
            "firewalls: {{fw: {{site: leeds, guards: {guards}, allow: [{rules}{more}]}}}}"
        ));
        let include = self.halves();
        let include = [include, self.halves(), vec!["services-private".to_owned()]].concat();
        let kept = 2 + usize::try_from(self.rng.below(4)).unwrap_or(0);
        let include = &include[..kept.min(include.len())];
        self.line(&format!(
            "vpn: {{tun: {{site: leeds, tunnel: split, include: {}}}}}",
            list(include)
        ));
        let services = self.one(&["[50.1.2.0/24]", "[50.1.2.0/23]", "[50.1.2.0/24, 50.1.3.7]"]);
        self.line("cloud:");
        self.line(&format!("  addresses: {{services: {services}, services-private: [10.9.1.0/24], sbc: [50.2.1.0/24], turn: [50.3.1.0/24]}}"));
        let phone =
            self.one(&["media: [digital]", "phones: [webrtc-embedded]", "phones: [sip-softphone]"]);
        let access = self.one(&["internet", "private", "tun", "private, internet, tun"]);
        let places = self.one(&["[leeds]", "[leeds, homes]", "[homes]"]);
        self.team(&format!("work_at: {places}, {phone}, access: [{access}]"));
    }
}
