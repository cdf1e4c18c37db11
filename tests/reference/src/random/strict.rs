//! Small plans around revocation lists: who may fetch them, and by which way.

use crate::revocation::LISTS;

use super::themes::ADDRESSES;
use super::{Draft, list};

const LIST_ANSWERS: &[&str] = &[
    "DIRECT",
    "PROXY gate.example:8080",
    "PROXY far.example:8080",
    "PROXY far.example:8080; DIRECT",
];

impl Draft {
    fn profile(&mut self) {
        let profile = self.one(&["hard-fail", "hard-fail", "hard-fail", "soft-fail"]);
        self.line(&format!("workstations: {{pc: {{revocation: {profile}}}}}"));
    }

    /// Some rules of the office's firewall, of which some speak of the lists.
    fn lists_firewall(&mut self) {
        let rule = self.one(&[
            "{to: services}",
            "{to: [services, crl]}",
            "{to: services}, {to: crl, tcp: 80}",
            "{to: services}, {from: proxies, to: crl}",
            "{from: proxies, to: any}",
            "any-443",
        ]);
        self.line(&format!(
            "firewalls: {{fw: {{site: leeds, guards: internet, allow: [{rule}, {{to: [turn, proxies]}}]}}}}"
        ));
    }

    /// APP-07 and PRX-05: names that a proxy allows, and PAC files that send
    /// the lists elsewhere.
    pub(super) fn revocation(&mut self) {
        self.office_and_homes("", "");
        self.profile();
        let allow = self.one(&[
            "[cloud-domain]",
            "[cloud-domain, crl]",
            "[services, crl]",
            "[services-private, crl]",
            "[portal, authentication, agent-desktop, crl]",
            "[10.9.0.0/16, 50.1.0.0/16, crl]",
        ]);
        let reaches = self.one(&["[internet, private]", "[internet, private]", "[private]"]);
        self.line("proxies:");
        self.line(&format!(
            "  gate: {{site: leeds, names: [\"gate.example:8080\"], reaches: {reaches}, allow: {allow}}}"
        ));
        self.line("  far: {site: swg, names: [\"far.example:8080\"], allow: [crl]}");
        self.line(ADDRESSES);
        if self.rng.chance(40) {
            self.lists_firewall();
        }
        let setting = if self.rng.chance(50) {
            let lists = self.one(LIST_ANSWERS);
            self.pac("PROXY gate.example:8080", &[(LISTS, lists)]);
            "pac: corporate"
        } else {
            "proxy: [gate]"
        };
        let access = self.one(&["private", "internet", "gate", "private, internet"]);
        self.team(&format!("work_at: [leeds], media: [digital], access: [{access}], {setting}"));
    }

    /// Tunnels that take the lists in or leave them out, an office on MPLS
    /// alone, and softphones that fetch for themselves.
    pub(super) fn lists_in_tunnels(&mut self) {
        self.line("sites:");
        self.line("  leeds: {kind: office, seats: 100}");
        self.line("  york: {kind: office, seats: 100}");
        self.line("  homes: {kind: homes, region: north}");
        self.line("networks: {mpls: {kind: private}}");
        self.line("circuits:");
        self.line("  leeds-net: {from: leeds, to: internet}");
        self.line("  leeds-mpls: {from: leeds, to: mpls}");
        self.line("  york-mpls: {from: york, to: mpls}");
        if self.rng.chance(40) {
            self.line("exits: {york: {internet: [leeds]}}");
        }
        self.profile();
        let words = ["services-private", "sbc", "crl", "any", "proxies", "agent-desktop"];
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let include = self.rng.some(&words, 4);
        let tunnel = self.one(&["split", "split", "full"]);
        self.line(&format!(
            "vpn: {{tun: {{site: leeds, tunnel: {tunnel}, include: {}}}}}",
            list(&include)
        ));
        let exit = self.one(&["own", "private", "leeds-net"]);
        self.line(&format!(
            "vdi: {{farm: {{site: leeds, platform: citrix-7, reached_over: [internet, mpls, tun], exit: {exit}}}}}"
        ));
        self.lists_firewall();
        let on = self.one(&["workstation", "farm"]);
        self.line("phones:");
        self.line(&format!("  safe: {{kind: sip-softphone, encrypted: true, on: {on}}}"));
        self.line("  web: {kind: webrtc-softphone}");
        let apps = self.one(&["agent-desktop: required", "agent-desktop: optional", ""]);
        let access = self.one(&["private", "tun", "private, tun", "farm", "internet, tun"]);
        let office = self.one(&["leeds", "york", "york"]);
        self.team(&format!(
            "work_at: [{office}, homes], phones: [safe, web], provisioned: [safe, web], access: [{access}], apps: {{{apps}}}"
        ));
    }
}
