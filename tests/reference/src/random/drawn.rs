//! Small plans around one active-active bundle whose members a rule may tell
//! apart.

use super::{Draft, list};

const IDS: [&str; 5] = ["net-a", "net-b", "net-c", "net-d", "net-e"];

impl Draft {
    /// Two to four members, seldom five, of different capacities.
    pub(super) fn drawn(&mut self) {
        self.line("sites:");
        self.line("  leeds: {kind: office, seats: 100}");
        self.line("  york: {kind: office, seats: 100}");
        let isps = self.one(&["", ", internet: {isps: {civic: 60%, delta: 40%}}"]);
        self.line(&format!("  homes: {{kind: homes, region: north{isps}}}"));
        self.line("networks: {mpls: {kind: private}}");
        let count = self.rng.pick(&[2, 2, 2, 3, 3, 3, 4, 4, 5]);
        let members: Vec<String> = IDS.iter().take(count).map(|id| (*id).to_owned()).collect();
        let sized = self.rng.chance(70);
        self.line("circuits:");
        for id in &members {
            let fields = self.member(sized);
            self.line(&format!("  {id}: {{from: leeds, to: internet{fields}}}"));
        }
        self.line("  leeds-mpls: {from: leeds, to: mpls}");
        self.line("  york-mpls: {from: york, to: mpls}");
        let sharing = self.one(&["", "", ", sharing: adaptive"]);
        self.line(&format!(
            "bundles: {{net: {{of: {}, mode: active-active{sharing}}}}}",
            list(&members)
        ));
        self.line("exits: {york: {internet: [leeds]}}");
        self.line("vpn: {tun: {site: leeds, tunnel: full, sessions: 7}}");
        self.before_member(&members);
        self.known_in_part(&members);
        self.two_teams();
    }

    fn member(&mut self, sized: bool) -> String {
        let sizes = ["100Mbps", "300Mbps", "{down: 200Mbps, up: 700Mbps}", "300kbps", "900kbps"];
        let size = self.rng.pick(&sizes);
        let mut fields = String::new();
        if sized && self.rng.chance(95) {
            fields.push_str(", capacity: ");
            fields.push_str(size);
        }
        if self.rng.chance(10) {
            let ip = self.one(&["v6", "both"]);
            fields.push_str(", ip: ");
            fields.push_str(ip);
        }
        fields
    }

    fn before_member(&mut self, members: &[String]) {
        if !self.rng.chance(50) {
            return;
        }
        let member = self.rng.pick(members);
        let allow =
            self.one(&["", "", ", allow: [{to: turn}]", ", allow: [{to: [services, turn]}]"]);
        let pool = self.one(&["", ", dpi: {turn: true}"]);
        self.line(&format!(
            "firewalls: {{fw: {{site: leeds, guards: internet, before: {member}{allow}{pool}}}}}"
        ));
    }

    fn known_in_part(&mut self, members: &[String]) {
        self.line("cloud:");
        self.line("  access:");
        self.line("    sso: {provider: cloud}");
        self.line("    mfa: true");
        if self.rng.chance(75) {
            let known = self.rng.some(members, members.len() as u64);
            self.line(&format!("    known: {{internet: {}}}", list(&known)));
        }
        if self.rng.chance(30) {
            self.line("    open_access: [webrtc-signalling]");
        }
    }

    fn two_teams(&mut self) {
        self.line("queues: {cards: {priority: 1}, loans: {priority: 2}}");
        self.line("objectives: [{queue: cards, mbco: 60%}, {queue: loans, mbco: 50%}]");
        self.line("groups:");
        for (id, queue) in [("first", "cards"), ("second", "loans")] {
            let agents = 2 + self.rng.below(7);
            let places = self.one(&["[leeds]", "[york]", "[leeds, homes]", "[york, homes]"]);
            let phones = self.one(&["media: [digital]", "phones: [webrtc-softphone]"]);
            let access = self.one(&["internet", "internet, tun", "private, tun", "tun"]);
            self.line(&format!(
                "  {id}: {{agents: {agents}, work_at: {places}, queue: {queue}, {phones}, access: [{access}]}}"
            ));
        }
    }
}
