//! Small plans around what places and phones use, and VPNs with an address of
//! their own.

use super::Draft;

impl Draft {
    /// Two groups who hold the same few things.
    pub(super) fn holders(&mut self) {
        let (laptops, headsets) = (2 + self.rng.below(9), 2 + self.rng.below(9));
        let needs = self.one(&["", ", needs: [store]"]);
        self.line("components: {store: {}}");
        self.line(&format!(
            "pools: {{laptops: {{count: {laptops}{needs}}}, headsets: {headsets}}}"
        ));
        let coaches = self.one(&["0.75", "1.5", "3"]);
        self.line(&format!("resources: {{coaches: {coaches}}}"));
        self.line("sites:");
        let at_office = self.one(&["", "", ", uses: {headsets: 1}", ", uses: {coaches: 0.25}"]);
        self.line(&format!("  leeds: {{kind: office, seats: 100{at_office}}}"));
        let at_home = self.one(&[
            "",
            ", uses: {laptops: 1}",
            ", uses: {laptops: 1}",
            ", uses: {laptops: 1, coaches: 0.5}",
        ]);
        self.line(&format!("  homes: {{kind: homes, region: north{at_home}}}"));
        self.line("circuits: {leeds-net: {from: leeds, to: internet}}");
        self.line("vpn: {tun: {site: leeds, tunnel: full}}");
        self.line("phones:");
        for kind in ["webrtc-embedded", "webrtc-softphone", "pstn"] {
            let uses = self.one(&[
                "{headsets: 1}",
                "{headsets: 0.5}",
                "{laptops: 0.5, headsets: 1}",
                "{coaches: 0.125}",
            ]);
            self.line(&format!("  {kind}: {{uses: {uses}}}"));
        }
        self.line("queues: {cards: {priority: 1}, loans: {priority: 2}}");
        self.line("objectives: [{queue: loans, mbco: 50%}, {queue: cards, mbco: 2 agents}]");
        self.line("groups:");
        for (id, queue) in [("first", "cards"), ("second", "loans")] {
            let agents = 2 + self.rng.below(6);
            let places = self.one(&["[leeds, homes]", "[homes]", "[homes, leeds]", "[leeds]"]);
            let phones = self.one(&[
                "media: [digital]",
                "phones: [webrtc-embedded], provisioned: [webrtc-embedded]",
                "phones: [webrtc-embedded, pstn], provisioned: [webrtc-embedded, pstn]",
                "phones: [webrtc-softphone, webrtc-embedded], provisioned: [webrtc-softphone, webrtc-embedded]",
            ]);
            let access = self.one(&["tun, internet", "tun", "internet, tun"]);
            let ways =
                self.one(&["", "", ", ways: {partner: {needs: [store], uses: {headsets: 1}}}"]);
            self.line(&format!(
                "  {id}: {{agents: {agents}, work_at: {places}, queue: {queue}, {phones}, access: [{access}]{ways}}}"
            ));
        }
    }

    /// INT-04 and INT-05: tunnels that leave with an address of their own.
    pub(super) fn own_egress(&mut self) {
        self.office_and_homes("", ", egress: 20.30.1.7");
        let split = self.one(&["full", "full", "split, include: [services, turn]"]);
        let egress =
            self.one(&["nat-v", "20.50.1.7", "20.50.1.7", "10.50.1.7", "203.0.113.9", "leeds-nat"]);
        self.line("vpn:");
        self.line(&format!("  tun: {{site: leeds, tunnel: {split}, egress: {egress}}}"));
        self.line("  bare: {site: leeds, tunnel: full}");
        self.line("proxies: {gate: {site: leeds, names: [\"gate.example:80\"], egress: nat-p}}");
        self.line("cloud:");
        self.line("  access:");
        if self.rng.chance(85) {
            let own = if egress == "leeds-nat" { "nat-p" } else { egress };
            let known = self.one(&[
                "leeds-net",
                "leeds-net, tun",
                "tun, gate",
                own,
                own,
                "leeds",
                "20.50.0.0/16",
                "{address: 20.60.1.0/24, of: tun}",
                "{address: 20.30.1.7, of: leeds-net}, nat-p",
                "10.0.0.0/8, bare",
            ]);
            self.line(&format!("    known: {{internet: [{known}]}}"));
        }
        let control = self.one(&["true", "false", "true"]);
        self.line(&format!("    authentication_ip_control: {control}"));
        let open = self.one(&["", "    open_access: [agent-desktop, webrtc-signalling]"]);
        if control == "false" && !open.is_empty() {
            self.line("    sso: {provider: cloud}");
            self.line("    mfa: true");
            self.line(open);
        }
        let setting = self.one(&["", ", proxy: gate"]);
        let phone = self.one(&["media: [digital]", "phones: [webrtc-embedded]"]);
        let access = self.one(&["tun", "tun, bare", "bare, tun", "internet, tun"]);
        self.team(&format!("work_at: [homes, leeds], {phone}, access: [{access}]{setting}"));
    }
}
