//! Revocation lists: what insists on them must fetch them (APP-07, APP-08).
//!
//! The lists lie on the Internet whichever network carries the service, so
//! they are legs of their own: one for each client on each machine.

use outlast_models::plan::{BrowserSetting, Machine, Recording};

use super::leg::{Leg, Role};
use super::legs::{Draft, desktop_of, merge, on_machine};
use super::memory::{Ask, Setting};
use super::path::{Path, Refusal, Traffic};
use super::phone::{PhoneUse, effective_proxy};
use super::recording::Sent;
use super::{Dest, Flow, Spot, Transport, Walker};

const WHAT: &str = "revocation lists";

impl Walker<'_> {
    /// APP-07: the legs of browsers and of the recorder, where the workstation
    /// is `hard-fail`. A virtual desktop is taken to be as strict.
    pub(super) fn add_revocation(
        &mut self,
        draft: &Draft<'_>,
        embedded: bool,
        legs: &mut Vec<Leg>,
    ) {
        if !draft.workstation.hard_fail.value {
            return;
        }
        let mut browsers: Vec<(Machine, bool)> = Vec::new();
        for (id, app) in &draft.agent.group.apps {
            merge(&mut browsers, &draft.machine_of_app(id, app), app.required.value);
        }
        if embedded {
            merge(&mut browsers, &draft.desktop_machine(), true);
        }
        for (machine, required) in browsers {
            let spot = draft.spot_of(&machine);
            let ask = Ask::Lists { spot: spot.clone(), browser: Setting::of(&draft.browser) };
            let paths =
                self.remembered(ask, |walker| walker.browser_fetches(&spot, &draft.browser));
            let name = on_machine(WHAT, &machine);
            let role = Role::Behind(desktop_of(&machine));
            legs.push(Leg { name, required, voice: false, part: None, role, paths });
        }
        if let Some(recording) = &draft.agent.group.recording.value {
            let machine = draft.recorder_machine(recording);
            let (group, spot) = (draft.agent.group_id.clone(), draft.spot_of(&machine));
            let ask = Ask::RecorderLists { group, spot: spot.clone() };
            let paths =
                self.remembered(ask, |walker| walker.recorder_fetches(draft, recording, &spot));
            let name = on_machine("revocation lists for the recorder", &machine);
            let required = recording.required.value;
            let role = Role::Application(desktop_of(&machine));
            legs.push(Leg { name, required, voice: false, part: None, role, paths });
        }
    }

    fn browser_fetches(&mut self, spot: &Spot, setting: &BrowserSetting) -> Vec<Path> {
        let mut paths = self.browse(spot, &fetch(), Transport::Internet, setting);
        if matches!(setting, BrowserSetting::Pac(_)) {
            for path in &mut paths {
                path.assumptions.insert("crl_host".to_owned());
            }
        }
        self.fetched(paths, spot, "APP-07")
    }

    fn recorder_fetches(
        &mut self,
        draft: &Draft<'_>,
        recording: &Recording,
        spot: &Spot,
    ) -> Vec<Path> {
        let (flow, group) = (fetch(), draft.agent.group_id);
        let sent = Sent { recording, group, spot, flow: &flow };
        let paths = self.recorder_ways(sent, Transport::Internet);
        self.fetched(paths, spot, "APP-07")
    }

    /// APP-07: the signalling of a WebRTC softphone, by its own proxy.
    pub(super) fn softphone_fetches(&mut self, phone: &PhoneUse<'_>) -> Vec<Path> {
        let mut paths;
        if let Some(proxy) = effective_proxy(phone.phone) {
            paths = self.by_proxy(&phone.spot, &fetch(), Transport::Internet, proxy).0;
        } else {
            paths = self.internet(&phone.spot, &fetch());
            let more = self.with_proxy_option(phone, &fetch(), &mut paths);
            paths.extend(more);
        }
        self.fetched(paths, &phone.spot, "APP-07")
    }

    /// APP-08: an encrypted SIP phone, from where it stands; no proxy serves it.
    pub(super) fn sip_fetches(&mut self, spot: &Spot) -> Vec<Path> {
        let paths = self.internet(spot, &fetch());
        self.fetched(paths, spot, "APP-08")
    }

    /// At the authorities: any address is served, and the cloud is not asked.
    fn fetched(&mut self, mut paths: Vec<Path>, spot: &Spot, rule: &'static str) -> Vec<Path> {
        for path in &mut paths {
            self.through_named(path, "internet");
            self.through_named(path, "dns"); // APP-04
            self.through_named(path, "crl");
            if matches!(spot, Spot::Desktop(_)) {
                path.assumptions.insert("vdi_revocation".to_owned());
            }
            if let Some(refusal) = path.refusal.take() {
                let says = format!("{WHAT}, which are insisted on: {}", refusal.says);
                path.refusal = Some(Refusal { rule: rule.into(), says, ..refusal });
            }
        }
        paths
    }
}

fn fetch() -> Flow {
    Flow::to(Dest::Revocation, Traffic::default())
}
