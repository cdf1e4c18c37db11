//! Small plans of a dozen components around what such plans seldom have otherwise:
//! corporate telephony, private addresses, and limits of every kind.

use super::{Draft, list};

impl Draft {
    /// A plan of few components on a theme of the seed's choice.
    pub(super) fn few_themed(&mut self) {
        match self.rng.below(4) {
            0 => self.switchboard(),
            1 => self.carriers_of_phones(),
            2 => self.private_addresses(),
            _ => self.thin_tunnel(),
        }
    }

    fn small_queues(&mut self) {
        let objectives = self.one(&[
            "[{queue: cards, mbco: 60%}]",
            "[{queue: cards, mbco: 3 agents, count: working}, {overall: true, mbco: 50%}]",
            "[{queue: loans, mbco: 50%}]",
        ]);
        self.line("queues: {cards: {priority: 1}, loans: {priority: 2}}");
        self.line(&format!("objectives: {objectives}"));
        self.line("groups:");
    }

    fn small_group(&mut self, id: &str, queue: &str, keys: &str) {
        let agents = 2 + self.rng.below(6);
        self.line(&format!("  {id}: {{agents: {agents}, queue: {queue}, {keys}}}"));
    }

    /// PHN-02: a phone behind the PBX on and off site, by each way that it may go,
    /// over trunks and sessions that are few.
    fn switchboard(&mut self) {
        let seats = self.one(&["4", "100"]);
        self.line("sites:");
        self.line(&format!("  leeds: {{kind: office, seats: {seats}}}"));
        self.line("  homes: {kind: homes, region: north}");
        self.line("networks: {mpls: {kind: private}}");
        self.line("circuits:");
        self.line("  leeds-net: {from: leeds, to: internet}");
        let size = self.one(&["", ", capacity: 400kbps", ", capacity: 700kbps, admission: cac"]);
        self.line(&format!("  leeds-mpls: {{from: leeds, to: mpls{size}}}"));
        let (calls, channels) = (2 + self.rng.below(8), 3 + self.rng.below(12));
        let limit = format!(", channels: {channels}");
        let channels = self.one(&["", limit.as_str(), limit.as_str()]).to_owned();
        let sessions = self.rng.chance(40).then(|| format!(", sessions: {calls}"));
        let own = self.one(&["", ", pstn: [tellus]"]);
        self.line("telephony:");
        self.line(&format!("  sbcs: {{border: {{site: leeds{}}}}}", sessions.unwrap_or_default()));
        self.line(&format!("  trunks: {{trunk: {{sbc: border, network: mpls{channels}}}}}"));
        self.line(&format!("  pbxs: {{switch: {{site: leeds, sbc: border{own}}}}}"));
        self.line(&format!("carriers: {{tellus: {{hands_over: switch{channels}}}}}"));
        if self.rng.chance(70) {
            self.line("vpn: {tun: {site: leeds, tunnel: full}}");
        }
        let has_tunnel = self.text.contains("vpn:");
        let off_site =
            self.one(&["none", "forward-to-mobile", "softphone-by-vpn", "pbx-edge", "pbx-edge"]);
        self.line("phones:");
        self.line(&format!("  ext: {{kind: pbx, pbx: switch, off_site: {off_site}}}"));
        self.small_queues();
        let access: &[&str] = if has_tunnel {
            &["private, tun", "tun", "internet, tun"]
        } else {
            &["private, internet"]
        };
        for (id, queue) in [("first", "cards"), ("second", "loans")] {
            let places = self.one(&["[leeds, homes]", "[homes]", "[homes, leeds]"]);
            let access = self.one(access);
            let apps = self.one(&["", ", apps: {}"]);
            let keys = format!(
                "work_at: {places}, phones: [ext], provisioned: [ext], access: [{access}]{apps}"
            );
            self.small_group(id, queue, &keys);
        }
    }

    /// PHN-01 and INB-03: phones on the PSTN by carriers with few channels, at the
    /// cloud or at an SBC.
    fn carriers_of_phones(&mut self) {
        self.line("sites:");
        self.line("  leeds: {kind: office}");
        self.line("  homes: {kind: homes, region: north}");
        self.line("networks: {mpls: {kind: private}}");
        self.line("circuits:");
        self.line("  leeds-net: {from: leeds, to: internet}");
        self.line("  leeds-mpls: {from: leeds, to: mpls}");
        let channels = 2 + self.rng.below(9);
        self.line(&format!(
            "  leeds-isdn: {{from: leeds, to: pstn, capacity: {channels} channels}}"
        ));
        let own = self.rng.chance(50);
        let (border, hands_over) = if own { ("border", "border") } else { ("tellus", "cloud") };
        if own {
            self.line("telephony:");
            self.line("  sbcs: {border: {site: leeds}}");
            self.line("  trunks: {trunk: {sbc: border, network: mpls}}");
        }
        let (some, more) = (2 + self.rng.below(8), 2 + self.rng.below(12));
        self.line("carriers:");
        self.line(&format!("  tellus: {{hands_over: {hands_over}, channels: {some}}}"));
        self.line(&format!("  vox: {{hands_over: cloud, channels: {more}}}"));
        let via = self.rng.some(&[border.to_owned(), "vox".to_owned()], 2);
        let rings =
            self.one(&["desk", "home", "mobile", "mobile, operator: {alpha: 60%, beta: 40%}"]);
        self.line("phones:");
        self.line(&format!("  line: {{kind: pstn, rings: {rings}, via: {}}}", list(&via)));
        self.small_queues();
        for (id, queue) in [("first", "cards"), ("second", "loans")] {
            let places = self.one(&["[leeds, homes]", "[homes]", "[leeds]"]);
            let phones = self.one(&["[line]", "[line, webrtc-embedded]"]);
            let apps = self.one(&["", ", apps: {}"]);
            let keys = format!("work_at: {places}, phones: {phones}, provisioned: {phones}{apps}");
            self.small_group(id, queue, &keys);
        }
    }

    /// PRV-03 and PRV-05 to PRV-08: SIP phones on a private network whose sites are
    /// routed and known in part, behind a firewall with a small pool.
    fn private_addresses(&mut self) {
        self.line("sites:");
        self.line("  leeds: {kind: office}");
        self.line("  york: {kind: office}");
        let routed = self.one(&["", "", ", routed: [leeds]", ", routed: [york, leeds]"]);
        self.line(&format!("networks: {{mpls: {{kind: private{routed}}}}}"));
        self.line("circuits:");
        self.line("  leeds-net: {from: leeds, to: internet}");
        self.line("  leeds-mpls: {from: leeds, to: mpls}");
        self.line("  york-mpls: {from: york, to: mpls}");
        let gateway = self.one(&["leeds", "york"]);
        self.line(&format!("vpn: {{tun: {{site: {gateway}, tunnel: full}}}}"));
        let pool = 4 + self.rng.below(24);
        let idle = self.one(&["", "", ", udp_idle: 140s", ", udp_idle: 139s"]);
        let allow = self.one(&[
            "",
            "",
            ", allow: [{to: [services-private, sbc]}]",
            ", allow: [{to: sbc}]",
            ", allow: [{to: services-private, tcp: 443}, {to: sbc-media}]",
            ", allow: [any-443]",
        ]);
        self.line(&format!(
            "firewalls: {{fw: {{site: leeds, guards: mpls, nat_pool: {pool}{idle}{allow}}}}}"
        ));
        let known = self.one(&["", "[leeds]", "[leeds, york]", "[tun]", "[leeds, tun]"]);
        if !known.is_empty() {
            self.line(&format!("cloud: {{access: {{known: {{private: {known}}}}}}}"));
        }
        self.small_queues();
        for (id, queue) in [("first", "cards"), ("second", "loans")] {
            let places = self.one(&["[leeds]", "[york]", "[york, leeds]", "[leeds, york]"]);
            let phone = self.one(&["sip-phone", "sip-softphone", "sip-softphone"]);
            let access = self.one(&["private", "private, tun", "tun, private"]);
            let keys = format!("work_at: {places}, phones: [{phone}], access: [{access}]");
            self.small_group(id, queue, &keys);
        }
    }

    /// VPN-05 and OFF-06: desktops and tunnels with few sessions and little throughput.
    fn thin_tunnel(&mut self) {
        self.line("sites:");
        self.line("  leeds: {kind: office}");
        self.line("  homes: {kind: homes, region: north}");
        self.line("networks: {mpls: {kind: private}}");
        self.line("circuits:");
        let size = self.one(&["", ", capacity: 900kbps", ", capacity: {down: 300kbps, up: 2Mbps}"]);
        self.line(&format!("  leeds-net: {{from: leeds, to: internet{size}}}"));
        self.line("  leeds-mpls: {from: leeds, to: mpls}");
        let tunnel = self.one(&[
            "full",
            "full",
            "split, include: [services-private, sbc]",
            "split, include: [services-private, gate]",
            "split, include: [cloud-domain, vdis]",
        ]);
        let (some, speed) = (2 + self.rng.below(9), 100 + 100 * self.rng.below(9));
        self.line(&format!(
            "vpn: {{tun: {{site: leeds, tunnel: {tunnel}, sessions: {some}, throughput: {speed}kbps}}}}"
        ));
        let (desktops, calls) = (2 + self.rng.below(8), 100 + 100 * self.rng.below(9));
        let exit = self.one(&["own", "private", "gate"]);
        self.line(&format!(
            "vdi: {{farm: {{site: leeds, platform: citrix-7, reached_over: [internet, tun], sessions: {desktops}, exit: {exit}}}}}"
        ));
        self.line(&format!(
            "proxies: {{gate: {{site: leeds, names: [\"gate.example:80\"], reaches: [internet, private], throughput: {calls}kbps}}}}"
        ));
        self.small_queues();
        for (id, queue) in [("first", "cards"), ("second", "loans")] {
            let places = self.one(&["[leeds, homes]", "[homes]", "[leeds]"]);
            let phone = self.one(&[
                "media: [digital]",
                "phones: [webrtc-embedded]",
                "phones: [webrtc-softphone]",
                "phones: [sip-softphone]",
            ]);
            let access = self.one(&["farm", "tun, farm", "tun", "farm, tun", "private, tun"]);
            let setting = self.one(&["", "", ", proxy: gate"]);
            let keys = format!("work_at: {places}, {phone}, access: [{access}]{setting}");
            self.small_group(id, queue, &keys);
        }
    }
}
