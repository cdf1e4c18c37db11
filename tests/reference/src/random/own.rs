//! Small plans around the company's own systems: lists that speak of sessions
//! and calls, desktops beside other machines, optional applications that find
//! no room, lists of revocation through firewalls in series.

use super::{Draft, list};

/// An office on a WAN to a data center, and homes.
const TWO_ENDS: &str = "\
sites:
  leeds: {kind: office, seats: 100}
  york: {kind: office, seats: 100}
  dc: {kind: data-center}
  homes: {kind: homes, region: north}
networks: {wan: {kind: private, cloud_regions: []}, mpls: {kind: private}}
circuits:
  leeds-wan: {from: leeds, to: wan}
  york-wan: {from: york, to: wan}
  dc-wan: {from: dc, to: wan}
  dc-mpls: {from: dc, to: mpls}
  dc-net: {from: dc, to: internet}";

const OPEN_TO_ALL: &str = "\
cloud:
  access:
    sso: {provider: cloud}
    mfa: true
    open_access: [agent-desktop, webrtc-signalling]
    authentication_ip_control: false
    direct_urls: {services: [agent-desktop]}";

impl Draft {
    /// Whether the office has the Internet and the cloud's network by itself.
    fn two_ends(&mut self) -> bool {
        self.line(TWO_ENDS);
        let by_itself = self.rng.chance(50);
        if by_itself {
            self.line("  leeds-net: {from: leeds, to: internet}");
            self.line("  leeds-mpls: {from: leeds, to: mpls}");
        }
        let leeds = if by_itself {
            self.one(&["internet: [here, dc]", "internet: [here]", "internet: [dc]"])
        } else {
            "internet: [dc], private: [dc]"
        };
        self.line(&format!(
            "exits: {{leeds: {{{leeds}}}, york: {{internet: [dc], private: [dc]}}}}"
        ));
        by_itself
    }

    /// A rule of some words for the company's own systems, more or less fitting.
    fn own_rule(&mut self) -> String {
        let from =
            self.one(&["", "", "from: workstations, ", "from: sbc, ", "from: pbx, "]).to_owned();
        let words = [
            "vpns", "vdis", "pbxs", "vpns", "vdis", "pbxs", "tun", "farm", "switch", "proxies",
            "any", "sbc",
        ];
        let words = words.map(str::to_owned);
        let to = list(&self.rng.some(&words, 5));
        let port = self.one(&["", "", "", ", tcp: 443", ", tcp: 5061"]);
        format!("{{{from}to: {to}{port}}}")
    }

    /// Firewalls at every end, some without a list, some with words for one's
    /// own systems and some without; some before what stands in the data center.
    fn firewalls_at_each_end(&mut self, in_dc: &[&str]) {
        let ends = [
            ("near", "leeds", "wan"),
            ("far", "dc", "wan"),
            ("edge", "dc", "[internet, mpls]"),
            ("branch", "york", "wan"),
            ("front", "leeds", "internet"),
        ];
        let mut entries = Vec::new();
        for (id, site, guards) in ends {
            if !self.rng.chance(55) {
                continue;
            }
            let mut rules = vec![
                "{to: [services, services-private, turn, sbc, crl]}".to_owned(),
                "{to: proxies}".to_owned(),
            ];
            for _ in 0..self.rng.below(3) {
                rules.push(self.own_rule());
            }
            if self.rng.chance(15) {
                rules = vec![self.one(&["any", "any-443"]).to_owned()];
            }
            let mut fields = vec![format!("site: {site}"), format!("guards: {guards}")];
            if site == "dc" && self.rng.chance(25) {
                let before = self.one(in_dc);
                fields.push(format!("before: {before}"));
            }
            if self.rng.chance(90) {
                fields.push(format!("allow: {}", list(&rules)));
            }
            entries.push((id.to_owned(), fields));
        }
        self.section(0, "firewalls", &entries);
    }

    /// Desktops, a gateway and a PBX behind firewalls at other sites.
    pub(super) fn own_systems(&mut self) {
        let by_itself = self.two_ends();
        let ends: &[&str] = if by_itself { &["dc", "leeds"] } else { &["dc"] };
        let gateway = self.one(ends);
        let tunnel = self.one(&[
            "full",
            "split, include: [sbc, services-private]",
            "split, include: [services-private, vdis]",
            "split, include: [any]",
            "split, include: [pbxs, farm, services-private]",
        ]);
        self.line(&format!("vpn: {{tun: {{site: {gateway}, tunnel: {tunnel}}}}}"));
        let over = self.one(&["[wan]", "[internet]", "[wan, tun]", "[tun, internet]"]);
        self.line(&format!(
            "vdi: {{farm: {{site: dc, platform: citrix-7, reached_over: {over}}}}}"
        ));
        let (pbx, sbc) = (self.one(&["dc", "leeds", "york"]), self.one(ends));
        self.line("telephony:");
        self.line(&format!("  sbcs: {{sbc: {{site: {sbc}}}}}"));
        self.line("  trunks: {trunk: {sbc: sbc, network: mpls}}");
        self.line(&format!("  pbxs: {{switch: {{site: {pbx}, sbc: sbc}}}}"));
        let off_site = self.one(&["softphone-by-vpn", "pbx-edge", "forward-to-mobile"]);
        self.line(&format!("phones: {{line: {{kind: pbx, off_site: {off_site}}}}}"));
        let mut in_dc = vec!["farm", "dc-wan"];
        in_dc.extend((gateway == "dc").then_some("tun"));
        in_dc.extend((pbx == "dc").then_some("switch"));
        self.firewalls_at_each_end(&in_dc);
        self.line(OPEN_TO_ALL);
        let places = self.one(&["[leeds, homes]", "[york, homes]", "[york, leeds]", "[dc, york]"]);
        let phone = self.one(&["media: [digital]", "phones: [line]", "phones: [line]"]);
        let access = self.one(&["farm", "tun", "private, farm", "tun, farm", "internet, tun"]);
        let apps = self.one(&["", "", ", apps: {}", ", apps: {agent-desktop: {on: farm}}"]);
        let enters = self.one(&["", ", enters_by: direct"]);
        self.team(&format!("work_at: {places}, {phone}, access: [{access}]{apps}{enters}"));
    }

    /// Applications with machines of their own and without, beside desktops with
    /// such, under every access way.
    pub(super) fn beside_a_desktop(&mut self) {
        self.office_and_homes("", "");
        let exits = self.one(&["", ", exit: private", ", exit: leeds-net"]);
        self.line("vdi:");
        self.line(&format!(
            "  farm: {{site: leeds, platform: citrix-7, sessions: 5, reached_over: [internet, mpls]{exits}}}"
        ));
        self.line(
            "  other: {site: swg, platform: horizon-7, sessions: 4, reached_over: [internet]}",
        );
        let blocks =
            self.one(&["{}", "{firewall: {blocks: [browser]}}", "{revocation: hard-fail}"]);
        self.line(&format!("workstations: {{pc: {blocks}}}"));
        self.line(OPEN_TO_ALL);
        let desktop = self.one(&["required", "{on: farm}", "{on: other}", "{on: workstation}"]);
        let mut apps = vec![format!("agent-desktop: {desktop}")];
        for id in ["wfm", "crm-desktop", "designer"] {
            let how = self.one(&[
                "required",
                "optional",
                "{on: farm}",
                "{on: other, required: false}",
                "{on: workstation}",
            ]);
            if self.rng.chance(50) {
                apps.push(format!("{id}: {how}"));
            }
        }
        let access =
            self.one(&["internet", "private, internet", "farm", "other", "farm, other, private"]);
        let phone = self.one(&["media: [digital]", "phones: [webrtc-embedded]"]);
        let places = self.one(&["[leeds]", "[leeds, homes]"]);
        self.team(&format!(
            "work_at: {places}, {phone}, access: [{access}], apps: {{{}}}",
            apps.join(", ")
        ));
    }

    /// Optional applications, recorders and lists by proxies with few sessions,
    /// beside others who need these.
    pub(super) fn few_sessions(&mut self) {
        let circuit = self.one(&[
            "",
            "",
            ", capacity: 300kbps",
            ", capacity: 100kbps, admission: cac",
            ", capacity: 600kbps, admission: cac",
        ]);
        self.office_and_homes("", circuit);
        self.line("proxies:");
        for id in ["near", "far"] {
            let sessions = 1 + self.rng.below(8);
            let more = self.one(&["", "", ", sessions_per_agent: 2"]);
            let sessions = self
                .one(&["", ", sessions: 9000", "few", "few", "few"])
                .replace("few", &format!(", sessions: {sessions}{more}"));
            self.line(&format!("  {id}: {{site: leeds, names: [\"{id}.example:80\"]{sessions}}}"));
        }
        let profile = self.one(&["hard-fail", "soft-fail", "soft-fail"]);
        self.line(&format!("workstations: {{pc: {{revocation: {profile}}}}}"));
        let (near, far) = ("PROXY near.example:80", "PROXY far.example:80");
        let usual = self.one(&["DIRECT", "DIRECT", near]);
        let crm = self.one(&[near, far, "DIRECT"]);
        let login = self.one(&["DIRECT", near, far]);
        self.pac(
            usual,
            &[
                ("wfm.cloud.example", far),
                ("crm-desktop.cloud.example", crm),
                ("authentication.cloud.example", login),
            ],
        );
        self.line("queues: {cards: {priority: 1}, loans: {priority: 2}}");
        self.line("objectives: [{queue: cards, mbco: 50%}, {queue: loans, mbco: 2 agents}]");
        self.line("groups:");
        for (id, queue) in [("first", "cards"), ("second", "loans")] {
            let agents = 2 + self.rng.below(7);
            let apps = self.one(&[
                "agent-desktop: required, wfm: optional",
                "agent-desktop: required, crm-desktop: optional",
                "agent-desktop: optional, wfm: optional, crm-desktop: optional",
                "agent-desktop: required, wfm: required",
                "wfm: required, crm-desktop: optional",
            ]);
            let recording = self.one(&[
                "",
                "",
                ", recording: {required: false, version: 8.5.370.78, proxy: near}",
                ", recording: {required: true, version: 8.5.370.78, proxy: far, upload: scheduled}",
            ]);
            let setting = self.one(&["pac: corporate", "pac: corporate", "proxy: [near, far]"]);
            self.line(&format!(
                "  {id}: {{agents: {agents}, work_at: [leeds], queue: {queue}, media: [digital], access: [internet], apps: {{{apps}}}, {setting}{recording}}}"
            ));
        }
    }

    /// APP-07: firewalls in series that let lists through on one port each.
    pub(super) fn lists_in_series(&mut self) {
        self.two_ends();
        let mut entries = Vec::new();
        for (id, site, guards) in
            [("near", "leeds", "wan"), ("far", "dc", "wan"), ("edge", "dc", "[internet, mpls]")]
        {
            let lists = self.one(&[
                "{to: crl, tcp: 80}",
                "{to: crl, tcp: 80}",
                "{to: crl, tcp: 443}",
                "{to: crl}",
                "any-443",
                "{from: proxies, to: crl, tcp: 80}, {from: workstations, to: crl, tcp: 443}",
            ]);
            let rule = format!(
                "allow: [{{to: [services, services-private, turn, proxies, vpns, vdis]}}, {lists}]"
            );
            let fields = vec![format!("site: {site}"), format!("guards: {guards}"), rule];
            if self.rng.chance(75) {
                entries.push((id.to_owned(), fields));
            }
        }
        self.section(0, "firewalls", &entries);
        self.line("workstations: {pc: {revocation: hard-fail}}");
        self.line("proxies: {gate: {site: dc, names: [\"gate.example:80\"], exclude: [turn]}}");
        self.line("vdi: {farm: {site: dc, platform: citrix-7, reached_over: [wan]}}");
        let include = self.one(&["[services-private, crl]", "[any]", "[services-private]"]);
        self.line(&format!("vpn: {{tun: {{site: dc, tunnel: split, include: {include}}}}}"));
        self.line(OPEN_TO_ALL);
        let phone = self.one(&["media: [digital]", "phones: [webrtc-softphone]"]);
        let access = self.one(&["internet", "private, internet", "gate", "farm", "tun"]);
        let places = self.one(&["[leeds]", "[leeds, homes]"]);
        self.team(&format!("work_at: {places}, {phone}, access: [{access}]"));
    }
}
