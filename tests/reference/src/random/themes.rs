//! Small plans around one matter that plans of every kind seldom decide on.

use std::collections::BTreeMap;

use super::{Draft, list};

/// Sign-on and open access with all it needs.
const OPEN: &str = "\
cloud:
  access:
    sso: {provider: cloud}
    mfa: true
    open_access: [agent-desktop, crm-desktop, webrtc-signalling]
    authentication_ip_control: false
    direct_urls: {services: [agent-desktop, crm-desktop]}
  services:
    crm-desktop: {open_access: approved}";

pub(super) const ADDRESSES: &str = "\
cloud:
  addresses:
    services: [50.1.2.0/24]
    services-private: [10.9.1.0/24]
    sbc: [50.2.1.0/24]
    turn: [50.3.1.0/24]";

impl Draft {
    /// A plan on a theme of the seed's choice.
    pub(super) fn themed(&mut self) {
        match self.rng.below(40) {
            0 => self.rotation(),
            1 => self.softphone_login(),
            2 | 10 => self.revocation(),
            3 => self.media_by_proxy(),
            4 => self.thin_lines(),
            5 | 12 | 25 => self.proxies_on_the_list(),
            6 => self.proxies_in_order(),
            7 => self.channels(),
            8 | 9 => self.drawn(),
            11 => self.lists_in_tunnels(),
            14 | 15 => self.behind_a_gate(),
            16 => self.both_ends(),
            17 => self.known_trunks(),
            18..=20 | 26 | 27 => self.own_systems(),
            21 => self.beside_a_desktop(),
            22 | 23 | 34 | 35 => self.few_sessions(),
            24 => self.lists_in_series(),
            28..=30 => self.pinned(),
            31 | 32 => self.holders(),
            33 => self.own_egress(),
            36..=38 => self.own_provider(),
            39 => self.half_blocks(),
            _ => self.stated(),
        }
    }

    /// One of these texts.
    pub(super) fn one<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        self.rng.pick(texts)
    }

    /// An office on both transports, and homes.
    pub(super) fn office_and_homes(&mut self, homes: &str, circuit: &str) {
        self.line("sites:");
        self.line("  leeds: {kind: office, seats: 100}");
        self.line(&format!("  homes: {{kind: homes, region: north{homes}}}"));
        self.line("  swg: {kind: vendor}");
        self.line("networks: {mpls: {kind: private}}");
        self.line("circuits:");
        self.line(&format!("  leeds-net: {{from: leeds, to: internet{circuit}}}"));
        self.line("  leeds-mpls: {from: leeds, to: mpls}");
    }

    pub(super) fn team(&mut self, keys: &str) {
        let agents = 2 + self.rng.below(9);
        self.line("groups:");
        self.line(&format!("  team: {{agents: {agents}, {keys}}}"));
    }

    /// A PAC file that answers so, but otherwise for some hosts.
    pub(super) fn pac(&mut self, usual: &str, others: &[(&str, &str)]) {
        let usual = self.hosts().into_iter().map(|host| (host, usual.to_owned()));
        let mut answers: BTreeMap<String, String> = usual.collect();
        answers.extend(others.iter().map(|(host, said)| ((*host).to_owned(), (*said).to_owned())));
        self.pacs.push(("corporate".to_owned(), answers));
        self.line("pac: {corporate: {file: corporate.pac}}");
    }

    /// INT-01 and VPN-07: lists by addresses of today.
    fn rotation(&mut self) {
        self.office_and_homes("", "");
        let words = ["{resolved: 2026-09-01}", "50.1.0.0/16", "services", "50.1.2.0/25"];
        let (out, inside) = (self.one(&words), self.one(&words));
        let more = self.one(&["", ", agent-desktop", ", portal, authentication"]);
        self.line(&format!(
            "firewalls: {{fw: {{site: leeds, guards: internet, allow: [{{to: [{out}{more}, turn]}}]}}}}"
        ));
        self.line(&format!("vpn: {{tun: {{site: leeds, tunnel: split, include: [{inside}]}}}}"));
        self.line(ADDRESSES);
        let phone = self.one(&["webrtc-embedded", "webrtc-softphone"]);
        let app = self.one(&["agent-desktop: required", "recording-ui: required"]);
        self.team(&format!(
            "work_at: [leeds, homes], phones: [{phone}], access: [internet, tun], apps: {{{app}}}"
        ));
    }

    /// PRX-06 and PRX-09: a softphone's signalling by a proxy with a login.
    fn softphone_login(&mut self) {
        self.office_and_homes("", "");
        let login = self.one(&[
            "{}",
            "{}",
            "{exempt: [webrtc-signalling]}",
            "{exempt: [services-private]}",
            "{exempt: [services, 50.1.0.0/16]}",
            "{exempt: [0.0.0.0/0, crl, turn]}",
            "{exempt: [any]}",
        ]);
        self.line("proxies:");
        self.line(&format!(
            "  gate: {{site: leeds, names: [\"gate.example:8080\"], exclude: [turn], authentication: {login}}}"
        ));
        self.line("  open: {site: leeds, names: [\"open.example:8080\"], exclude: [turn]}");
        let by =
            self.one(&[", proxy: gate", ", proxy: {via: gate, set_in: file}", ", proxy: open", ""]);
        let connector = self.one(&["true", "false"]);
        self.line(&format!(
            "phones: {{soft: {{kind: webrtc-softphone, connector: {connector}{by}}}}}"
        ));
        let from = self.one(&["proxies", "any"]);
        self.line(&format!(
            "firewalls: {{fw: {{site: leeds, guards: internet, allow: [{{from: {from}, to: any}}, {{to: turn}}]}}}}"
        ));
        self.team("work_at: [leeds], phones: [soft], access: [internet], proxy: [gate]");
    }

    /// APP-06, PRX-07, PRX-08: media of an embedded phone in front of proxies.
    fn media_by_proxy(&mut self) {
        self.office_and_homes("", "");
        self.line("proxies:");
        for id in ["near", "far"] {
            let exclude = self.one(&["", ", exclude: [turn]"]);
            let dpi = self.one(&["", ", dpi: {tls: only}", ", dpi: {turn: true}"]);
            self.line(&format!(
                "  {id}: {{site: leeds, names: [\"{id}.example:80\"]{exclude}{dpi}}}"
            ));
        }
        let setting = if self.rng.chance(40) {
            let media =
                self.one(&["DIRECT", "PROXY far.example:80", "PROXY far.example:80; DIRECT"]);
            self.pac("PROXY near.example:80", &[("turn.cloud.example", media)]);
            "pac: corporate"
        } else {
            self.one(&["proxy: [near, far]", "proxy: [far, near]", "proxy: [far]"])
        };
        self.team(&format!(
            "work_at: [leeds], phones: [webrtc-embedded], access: [internet], {setting}"
        ));
    }

    /// BWD: lines of homes that carry some of it.
    fn thin_lines(&mut self) {
        let up = 100 + 4 * self.rng.below(20);
        let line = format!(", internet: {{per_agent: {{down: 2Mbps, up: {up}kbps}}}}");
        self.office_and_homes(&line, "");
        let tunnel = self.one(&["full", "split, include: [services-private, sbc]"]);
        self.line(&format!("vpn: {{tun: {{site: leeds, tunnel: {tunnel}}}}}"));
        self.line(OPEN);
        let phones = self.one(&["[webrtc-embedded]", "[sip-softphone, webrtc-embedded]"]);
        let more = self.one(&[
            "",
            ", recording: {required: true, screens: 1, share: 20%, upload: scheduled}",
            ", recording: {required: true, screens: 1, share: 10%}",
            ", apps: {agent-desktop: required, crm-desktop: required}",
        ]);
        self.team(&format!(
            "work_at: [homes], phones: {phones}, provisioned: {phones}, access: [internet, tun], enters_by: direct{more}"
        ));
    }

    /// VPN-03 and VPN-06: proxies that a tunnel's list has or has not.
    fn proxies_on_the_list(&mut self) {
        self.office_and_homes("", "");
        self.line("proxies: {gate: {site: leeds, names: [\"gate.example:80\"], reaches: [internet, private]}}");
        let words = ["services-private", "proxies", "gate", "portal", "crm-desktop"];
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let include = self.rng.some(&words, 3);
        self.line(&format!(
            "vpn: {{tun: {{site: leeds, tunnel: split, include: {}}}}}",
            list(&include)
        ));
        let answer = self.one(&["PROXY gate.example:80", "PROXY gate.example:80; DIRECT"]);
        let usual = self.one(&["DIRECT", "DIRECT", "PROXY gate.example:80"]);
        self.pac(usual, &[("crm-desktop.cloud.example", answer)]);
        let networks = self.one(&["private", "internet", "both"]);
        let open = OPEN.replace(
            "{open_access: approved}",
            &format!("{{open_access: approved, authentication: false, networks: {networks}}}"),
        );
        self.line(&open.replace(", networks: both", ""));
        self.team(
            "work_at: [homes], media: [digital], access: [tun], enters_by: direct, apps: {crm-desktop: required}, pac: corporate",
        );
    }

    /// Proxies that a firewall keeps from the machines, and others after them.
    fn proxies_in_order(&mut self) {
        self.office_and_homes("", "");
        self.line("proxies:");
        self.line("  far: {site: swg, names: [\"far.example:8080\"]}");
        let exclude = self.one(&["", ", exclude: [turn]"]);
        self.line(&format!("  near: {{site: leeds, names: [\"near.example:3128\"]{exclude}}}"));
        let rule = self.one(&[
            "{to: services}",
            "{from: proxies, to: any}",
            "{to: far, tcp: 8080}",
            "{to: [any], tcp: 443}",
            "any",
        ]);
        let before = self.one(&["", "", ", before: near", ", before: leeds-net"]);
        self.line(&format!(
            "firewalls: {{fw: {{site: leeds, guards: internet{before}, allow: [{rule}, {{to: turn}}]}}}}"
        ));
        self.line("vpn: {tun: {site: leeds, tunnel: split, include: [near]}}");
        let known = self.one(&["far, leeds-net", "leeds-net", "near"]);
        self.line(&format!("cloud: {{access: {{known: {{internet: [{known}]}}}}}}"));
        let (far, near) = ("PROXY far.example:8080", "PROXY near.example:3128");
        let setting = if self.rng.chance(60) {
            let direct = self.one(&["", "; DIRECT"]);
            self.pac(&format!("{far}; {near}{direct}"), &[("turn.cloud.example", "DIRECT")]);
            "pac: corporate"
        } else {
            "proxy: [far, near]"
        };
        let phone = self.one(&["media: [digital]", "phones: [webrtc-embedded]"]);
        self.team(&format!("work_at: [leeds, homes], {phone}, access: [internet, tun], {setting}"));
    }

    /// Several carriers, trunks and circuits to the PSTN, all with channels.
    fn channels(&mut self) {
        let size = |draft: &mut Self| 3 + draft.rng.below(9);
        self.office_and_homes("", "");
        if self.rng.chance(60) {
            let channels = size(self);
            self.line(&format!(
                "  leeds-isdn: {{from: leeds, to: pstn, capacity: {channels} channels}}"
            ));
        }
        self.line("telephony:");
        let sessions = 2 + self.rng.below(9);
        self.line(&format!("  sbcs: {{sbc: {{site: leeds, sessions: {sessions}}}}}"));
        let (first, second) = (size(self), size(self));
        self.line(&format!(
            "  trunks: {{trunk-a: {{sbc: sbc, network: mpls, channels: {first}}}, trunk-b: {{sbc: sbc, network: mpls, channels: {second}}}}}"
        ));
        let dials = self.one(&["", ", pstn: [tellus]", ", pstn: [vox, tellus]"]);
        self.line(&format!("  pbxs: {{switch: {{site: leeds, sbc: sbc{dials}}}}}"));
        self.line("carriers:");
        for id in ["tellus", "vox", "nova"] {
            let channels = size(self);
            let end = self.one(&["cloud", "sbc", "switch"]);
            let end = if id == "tellus" { "cloud" } else { end };
            let role = self.one(&["agents", "customers, agents"]);
            self.line(&format!(
                "  {id}: {{hands_over: {end}, role: [{role}], channels: {channels}}}"
            ));
        }
        self.line("phones:");
        let via = self.one(&["[tellus, vox]", "[sbc, tellus]", "[nova, sbc]", "[vox]"]);
        let rings = self.one(&["home", "mobile"]);
        self.line(&format!("  outside: {{kind: pstn, rings: {rings}, via: {via}}}"));
        let off_site = self.one(&["forward-to-mobile", "pbx-edge", "none"]);
        self.line(&format!("  inside: {{kind: pbx, off_site: {off_site}}}"));
        let count = self.one(&["", ", count: working"]);
        self.line("queues: {cards: {}}");
        self.line(&format!("objectives: [{{queue: cards, mbco: 100%{count}}}]"));
        self.team(
            "work_at: [leeds, homes], queue: cards, phones: [inside, outside], provisioned: [inside, outside], access: [internet], apps: {}",
        );
    }

    /// Pools and resources of stated ways; units and needs of equipment.
    fn stated(&mut self) {
        self.office_and_homes("", "");
        let needs = self.one(&[
            "[cooling]",
            "[{any: [cooling, chiller]}]",
            "[{2 of: [cooling, chiller, pumps]}]",
        ]);
        self.line("components: {cooling: {}, chiller: {needs: [pumps]}, pumps: {units: {count: 3, needed: 2}}}");
        let (desks, headsets) = (1 + self.rng.below(8), 1 + self.rng.below(8));
        self.line(&format!("pools: {{headsets: {{count: {headsets}}}}}"));
        self.line(&format!("resources: {{desks: {desks}}}"));
        let sessions = 1 + self.rng.below(8);
        self.line(&format!(
            "vpn: {{tun: {{site: leeds, tunnel: full, sessions: {sessions}, units: {{count: 2, needed: 1}}, needs: {needs}}}}}"
        ));
        let first = self.one(&["{headsets: 1}", "{headsets: 0.5, desks: 1}"]);
        let second = self.one(&["{desks: 1.5}", "{headsets: 1, desks: 0.25}"]);
        let access = self.one(&["[]", "[tun]", "[internet, tun]"]);
        self.line("queues: {cards: {priority: 1}, loans: {priority: 2}}");
        self.line("objectives: [{queue: loans, mbco: 50%}, {queue: cards, mbco: 2 agents}]");
        self.line("groups:");
        for (id, queue, uses) in [("north", "cards", first), ("south", "loans", second)] {
            let agents = 2 + self.rng.below(7);
            self.line(&format!("  team-{id}:"));
            self.line(&format!("    agents: {agents}"));
            self.line("    work_at: [homes]");
            self.line(&format!("    queue: {queue}"));
            self.line("    media: [digital]");
            self.line(&format!("    access: {access}"));
            self.line(&format!("    ways: {{partner: {{needs: {needs}, uses: {uses}}}}}"));
        }
    }
}
