//! Revocation lists: what strict programs must fetch (APP-07, APP-08).
//!
//! They lie on the Internet, whichever network carries the service itself, so
//! every client that speaks HTTPS has a leg of its own for them.

use std::collections::BTreeSet;

use outlast_models::catalogue::PhoneKind;
use outlast_models::plan::Senders;

use crate::leave::{Path, Side};
use crate::legs::{Kind, Leg, records, required_apps};
use crate::posture::{Machine, Posture};
use crate::rules::refusals;
use crate::sites::Sent;
use crate::words::Flow;
use crate::world::World;

/// Stands for the host of any authority's lists.
pub(crate) const LISTS: &str = "crl.authority.example";

impl World<'_> {
    fn is_hard_fail(&self, posture: &Posture) -> bool {
        let profile = self.plan.workstations.get(&posture.group.workstation.id);
        profile.is_some_and(|profile| profile.hard_fail.value)
    }

    /// One leg for each machine and client of a required program.
    pub(crate) fn revocation_legs(&self, posture: &Posture) -> Vec<Leg> {
        if !self.is_hard_fail(posture) {
            return Vec::new();
        }
        let browsers = self.required_browsers(posture);
        let mut legs: Vec<Leg> =
            browsers.iter().map(|machine| self.browser_fetches(posture, machine)).collect();
        legs.extend(self.phone_fetches(posture));
        if records(posture) {
            legs.push(self.recorder_fetches(posture));
        }
        legs
    }

    /// The same for what strands nobody: browsers with these optional
    /// applications alone, and the recorder if it is one.
    pub(crate) fn optional_revocation_legs(
        &self,
        posture: &Posture,
        apps: &[String],
        recorder: bool,
    ) -> Vec<Leg> {
        if !self.is_hard_fail(posture) {
            return Vec::new();
        }
        let more = browsers(posture, apps);
        let needed = self.required_browsers(posture);
        let only = more.difference(&needed);
        let mut legs: Vec<Leg> =
            only.map(|machine| self.browser_fetches(posture, machine)).collect();
        legs.extend(recorder.then(|| self.recorder_fetches(posture)));
        legs
    }

    /// The machines whose browser a required application or the phone needs.
    fn required_browsers(&self, posture: &Posture) -> BTreeSet<Machine> {
        let mut machines = browsers(posture, &required_apps(posture));
        if kind(posture) == Some(PhoneKind::WebrtcEmbedded) {
            machines.insert(posture.phone_machine());
        }
        machines
    }

    /// A browser goes by its setting; a PAC file is asked about the lists' host.
    fn browser_fetches(&self, posture: &Posture, machine: &Machine) -> Leg {
        let way = |flow: &Flow| self.browser(posture, machine, Side::Internet, flow, LISTS);
        leg(vec![self.fetch("APP-07", way)])
    }

    /// A softphone in WebRTC mode by its own proxy, or one that could be set;
    /// one in SIP mode direct, if it encrypts.
    fn phone_fetches(&self, posture: &Posture) -> Option<Leg> {
        let (_, phone) = posture.phone.as_ref()?;
        match phone.kind {
            PhoneKind::WebrtcSoftphone => {
                let own = crate::phones::effective_proxy(phone);
                let mut paths = vec![self.program_fetches(posture, "APP-07", own)];
                for proxy in self.proxies_to_set(posture, phone) {
                    let mut path = self.program_fetches(posture, "APP-07", Some(&proxy));
                    path.changes.insert("set_softphone_proxy");
                    paths.push(path);
                }
                Some(leg(paths))
            }
            PhoneKind::SipSoftphone if phone.encrypted.value => {
                Some(leg(vec![self.program_fetches(posture, "APP-08", None)]))
            }
            PhoneKind::SipPhone if phone.encrypted.value => {
                Some(leg(vec![self.hard_phone_fetches(posture)]))
            }
            _ => None,
        }
    }

    /// A hard phone, from where it stands.
    fn hard_phone_fetches(&self, posture: &Posture) -> Path {
        self.fetch("APP-08", |flow| {
            let sent = Sent { sender: Senders::Workstations, flow: flow.clone() };
            self.leave_site(&posture.place, Side::Internet, &sent, &[], None)
        })
    }

    /// The program of the phone, on its machine.
    fn program_fetches(&self, posture: &Posture, rule: &'static str, proxy: Option<&str>) -> Path {
        let machine = posture.phone_machine();
        self.fetch(rule, |flow| self.standalone(posture, &machine, Side::Internet, flow, proxy))
    }

    /// The recorder by its proxy, or by the one that an upgrade would heed.
    fn recorder_fetches(&self, posture: &Posture) -> Leg {
        let machine = posture.recorder_machine();
        let by = |proxy: Option<&str>| {
            let way = |flow: &Flow| self.standalone(posture, &machine, Side::Internet, flow, proxy);
            self.fetch("APP-07", way)
        };
        let mut paths = vec![by(Self::recorder_proxy(posture))];
        if let Some(proxy) = Self::proxy_after_upgrade(posture) {
            let mut path = by(Some(proxy));
            path.changes.insert("upgrade_screen_recorder");
            paths.push(path);
        }
        leg(paths)
    }

    /// TCP 80 or 443, whichever is let out all the way; whatever refuses it is
    /// refused as this rule.
    fn fetch(&self, rule: &'static str, way: impl Fn(&Flow) -> Path) -> Path {
        let on = |port: u16| {
            self.steer.begins();
            let mut path = way(&Flow::Lists { port });
            path.part("dns");
            path.part("crl");
            path.refused_as = Some(rule);
            path
        };
        let (plain, secure) = (on(80), on(443));
        let plain_is_out = refusals(self, &plain).is_empty();
        if plain_is_out || !refusals(self, &secure).is_empty() { plain } else { secure }
    }
}

fn leg(paths: Vec<Path>) -> Leg {
    Leg::new(Kind::Revocation, paths)
}

fn kind(posture: &Posture) -> Option<PhoneKind> {
    posture.phone.as_ref().map(|(_, phone)| phone.kind)
}

/// The machines on which these applications run in a browser.
fn browsers(posture: &Posture, apps: &[String]) -> BTreeSet<Machine> {
    let web = apps.iter().filter(|app| World::is_web(app));
    web.map(|app| posture.app_machine(app)).collect()
}
