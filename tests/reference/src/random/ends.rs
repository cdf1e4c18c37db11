//! Small plans around both ends of a stretch: desktops whose exit is a proxy,
//! firewalls at both ends of a WAN, the site of a trunk's SBC.

use super::Draft;
use super::themes::ADDRESSES;

const GATE: &str =
    "gate: {site: leeds, names: [\"gate.example:8080\"], reaches: [internet, private]";

impl Draft {
    /// Recorders, softphones and browsers of desktops that leave by a proxy.
    pub(super) fn behind_a_gate(&mut self) {
        self.office_and_homes("", "");
        let exclude = self.one(&[", exclude: [turn]", ", exclude: [turn]", ""]);
        let login = self.one(&["", "", ", authentication: {}"]);
        self.line("proxies:");
        self.line(&format!("  {GATE}{exclude}{login}}}"));
        self.line("  far: {site: swg, names: [\"far.example:8080\"], exclude: [turn]}");
        let profile = self.one(&["hard-fail", "soft-fail", "soft-fail, endpoint: linux-elux"]);
        self.line(&format!("workstations: {{pc: {{revocation: {profile}}}}}"));
        let exit = self.one(&["gate", "gate", "gate", "far", "own"]);
        self.line(&format!(
            "vdi: {{farm: {{site: leeds, platform: citrix-7, reached_over: [internet, mpls], exit: {exit}}}}}"
        ));
        let encrypted = self.one(&["true", "false"]);
        let own = self.one(&["", ", proxy: far", ", proxy: {via: gate, set_in: cloud}"]);
        self.line("phones:");
        self.line(&format!("  sip: {{kind: sip-softphone, encrypted: {encrypted}, on: farm}}"));
        self.line(&format!("  web: {{kind: webrtc-softphone, on: farm{own}}}"));
        let phone = self.one(&["sip", "web", "web", "webrtc-embedded"]);
        let version = self.one(&["8.5.370.9", "8.5.370.78"]);
        let by = self.one(&["", ", proxy: gate", ", proxy: {via: far, set_in: file}"]);
        let on = self.one(&["", "", ", on: workstation"]);
        let recording = self.one(&["required: true", "required: false"]);
        let recording = format!("recording: {{{recording}, version: {version}{by}{on}}}");
        let with = self.one(&["", ", enters_by: direct"]);
        let recorded = if self.rng.chance(60) { format!(", {recording}") } else { String::new() };
        self.team(&format!(
            "work_at: [leeds], phones: [{phone}], provisioned: [{phone}], access: [farm]{recorded}{with}"
        ));
    }

    /// An office that leaves by a data center, with allow lists where the WAN
    /// begins, where it ends, and behind it.
    pub(super) fn both_ends(&mut self) {
        self.line("sites:");
        self.line("  leeds: {kind: office, seats: 100}");
        self.line("  dc: {kind: data-center}");
        self.line("networks: {wan: {kind: private, cloud_regions: []}, mpls: {kind: private}}");
        self.line("circuits:");
        self.line("  leeds-wan: {from: leeds, to: wan}");
        for network in ["wan", "internet", "mpls"] {
            self.line(&format!("  dc-{network}: {{from: dc, to: {network}}}"));
        }
        self.line("exits: {leeds: {internet: [dc], private: [dc]}}");
        self.line(&format!("proxies: {{{}}}}}", GATE.replace("leeds", "dc")));
        self.line("vdi: {farm: {site: dc, platform: citrix-7, reached_over: [wan]}}");
        self.end_firewalls();
        self.line(ADDRESSES);
        let phone =
            self.one(&["media: [digital]", "phones: [webrtc-embedded]", "phones: [sip-softphone]"]);
        let access = self.one(&["internet", "private", "gate", "farm", "private, internet, gate"]);
        self.team(&format!("work_at: [leeds], {phone}, access: [{access}]"));
    }

    fn end_firewalls(&mut self) {
        let mut entries = Vec::new();
        for (id, site, guards) in
            [("near", "leeds", "wan"), ("far", "dc", "wan"), ("edge", "dc", "[internet, mpls]")]
        {
            if self.rng.chance(70) {
                let allow = format!("allow: [{}]", self.end_rule());
                let fields = vec![format!("site: {site}"), format!("guards: {guards}"), allow];
                entries.push((id.to_owned(), fields));
            }
        }
        self.section(0, "firewalls", &entries);
    }

    fn end_rule(&mut self) -> &'static str {
        self.one(&[
            "any",
            "any",
            "{to: [services, turn]}",
            "{to: [services, services-private, turn, sbc]}",
            "{from: workstations, to: any}",
            "{to: [cloud-domain, sbc, gate]}",
            "{to: proxies}, {from: proxies, to: [services, services-private]}",
            "{to: services-private}",
            "{to: [{resolved: 2026-09-01}, turn, proxies]}",
        ])
    }

    /// PRV-08: phones that the cloud calls over a trunk, and the private
    /// addresses that it knows.
    pub(super) fn known_trunks(&mut self) {
        self.office_and_homes("", "");
        self.line("  leeds-isdn: {from: leeds, to: pstn}");
        self.line("telephony:");
        self.line("  sbcs: {sbc: {site: leeds}}");
        self.line("  trunks: {trunk: {sbc: sbc, network: mpls}}");
        self.line("  pbxs: {switch: {site: leeds, sbc: sbc}}");
        self.line("phones: {outside: {kind: pstn, rings: home, via: [sbc]}}");
        self.line("vpn: {tun: {site: leeds, tunnel: full}}");
        let private = self.one(&["", ", private: [leeds]", ", private: [tun]", ", private: [tun]"]);
        self.line(&format!(
            "cloud: {{access: {{known: {{internet: [leeds-net, tun]{private}}}}}}}"
        ));
        let access = self.one(&["internet", "tun", "private, internet"]);
        self.team(&format!(
            "work_at: [leeds, homes], phones: [pbx, outside], provisioned: [pbx, outside], access: [{access}], apps: {{}}"
        ));
    }
}
