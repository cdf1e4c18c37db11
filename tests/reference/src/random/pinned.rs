//! Small plans around a bundle and what leaves by one of its members alone.

use super::{Draft, list};

const IDS: [&str; 3] = ["net-a", "net-b", "net-c"];

impl Draft {
    /// A farm, and at times a tunnel, that leaves by one member of a bundle,
    /// beside people who leave by the bundle.
    pub(super) fn pinned(&mut self) {
        self.line("sites:");
        self.line("  leeds: {kind: office, seats: 100}");
        self.line("  york: {kind: office, seats: 100}");
        self.line("  homes: {kind: homes, region: north}");
        self.line("networks: {wan: {kind: private, cloud_regions: []}}");
        let count = self.rng.pick(&[2, 2, 3]);
        let members: Vec<String> = IDS.iter().take(count).map(|id| (*id).to_owned()).collect();
        self.line("circuits:");
        for id in &members {
            let fields = self.small_member();
            self.line(&format!("  {id}: {{from: leeds, to: internet{fields}}}"));
        }
        self.line("  leeds-wan: {from: leeds, to: wan}");
        self.line("  york-wan: {from: york, to: wan}");
        self.how_members_share(&members);
        self.line("exits: {york: {internet: [leeds]}}");
        let exit = self.rng.pick(&members);
        let other = self.rng.pick(&members);
        let second = self.one(&["own", "net", "other"]).replace("other", &other);
        let second = if second == "net" && !self.text.contains("bundles:") {
            "own".to_owned()
        } else {
            second
        };
        self.line("vdi:");
        for (id, exit) in [("farm", exit), ("field", second)] {
            self.line(&format!(
                "  {id}: {{site: leeds, platform: citrix-7, reached_over: [wan, internet], exit: {exit}}}"
            ));
        }
        let tunnel = self.one(&["full", "full", "split, include: [any]"]);
        let pool = self.rng.pick(&members);
        let pool =
            if self.rng.chance(50) { format!(", pool: {{nat: {pool}}}") } else { String::new() };
        self.line(&format!("vpn: {{tun: {{site: leeds, tunnel: {tunnel}{pool}}}}}"));
        self.pinned_teams();
    }

    fn small_member(&mut self) -> String {
        let (down, up) = (100 + 50 * self.rng.below(14), 100 + 50 * self.rng.below(14));
        let size = if self.rng.chance(92) {
            format!(", capacity: {{down: {down}kbps, up: {up}kbps}}")
        } else {
            String::new()
        };
        let admission = self.one(&["", "", "", ", admission: cac"]);
        let ip = self.one(&["", "", "", "", "", "", "", "", ", ip: v6", ", ip: both"]);
        [&size, admission, ip].concat()
    }

    fn how_members_share(&mut self, members: &[String]) {
        let mode = self.one(&[
            "mode: active-active",
            "mode: active-active",
            "mode: active-active, sharing: adaptive",
            "mode: active-active, sharing: adaptive",
            "mode: active-passive",
            "",
        ]);
        if !mode.is_empty() {
            self.line(&format!("bundles: {{net: {{of: {}, {mode}}}}}", list(members)));
        }
        if self.rng.chance(15) {
            let member = self.rng.pick(members);
            self.line(&format!(
                "firewalls: {{fw: {{site: leeds, guards: internet, before: {member}}}}}"
            ));
        }
    }

    fn pinned_teams(&mut self) {
        self.line("queues: {cards: {priority: 1}, loans: {priority: 2}}");
        self.line("objectives: [{queue: loans, mbco: 50%}, {queue: cards, mbco: 40%}]");
        self.line("groups:");
        for (id, queue) in [("first", "cards"), ("second", "loans")] {
            let agents = 2 + self.rng.below(5);
            let places = self.one(&["[leeds]", "[leeds]", "[york]", "[leeds, homes]", "[homes]"]);
            let phones = self.one(&[
                "media: [digital]",
                "phones: [webrtc-embedded]",
                "phones: [webrtc-embedded]",
                "phones: [webrtc-softphone]",
            ]);
            let access = self.one(&[
                "internet",
                "internet, farm",
                "farm, internet",
                "farm",
                "field, farm",
                "tun",
                "internet, tun",
            ]);
            let apps =
                self.one(&["", "", ", apps: {agent-desktop: required, crm-desktop: optional}"]);
            self.line(&format!(
                "  {id}: {{agents: {agents}, work_at: {places}, queue: {queue}, {phones}, access: [{access}]{apps}}}"
            ));
        }
    }
}
