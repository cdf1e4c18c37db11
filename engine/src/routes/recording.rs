//! The screen recorder's control and upload (PRX-04, OFF-07, APP-11, BWD-04).

use outlast_models::Id;
use outlast_models::plan::{Blocked, Group, LegWord, Machine, Recording, SetIn};
use outlast_models::units::Version;

use super::leg::{Leg, Role};
use super::legs::{Draft, blocked, blocks, desktop_of, leg_name};
use super::memory::Ask;
use super::path::{Path, Refusal, Traffic};
use super::{Flow, Spot, Transport, Walker};
use crate::input::Change;

/// The first screen recorder that knows web proxies (PRX-04, OFF-07).
const RECORDER_WITH_PROXY: [u64; 4] = [8, 5, 370, 78];

/// What a recorder sends, and from where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sent<'a> {
    pub(super) recording: &'a Recording,
    pub(super) group: &'a Id,
    pub(super) spot: &'a Spot,
    pub(super) flow: &'a Flow,
}

impl Walker<'_> {
    /// PRX-04, OFF-07, APP-11, BWD-04: the screen recorder's upload.
    pub(super) fn add_recording(
        &mut self,
        draft: &Draft<'_>,
        recording: &Recording,
        legs: &mut Vec<Leg>,
    ) {
        let id = Id::new("screen-recording");
        let machine = draft.recorder_machine(recording);
        let traffic = self.upload(draft.agent.group, recording);
        let flow = Flow::to_service("screen-recording", traffic);
        let spot = draft.spot_of(&machine);
        let transports = self.transports(draft, &machine, &id);
        let is_blocked =
            machine == Machine::Workstation && blocks(draft.workstation, Blocked::ScreenRecording);
        let group = draft.agent.group_id;
        let sent = Sent { recording, group, spot: &spot, flow: &flow };
        let ask = Ask::Upload {
            group: group.clone(),
            spot: spot.clone(),
            transports: transports.clone(),
        };
        let paths = self.remembered(ask, |walker| {
            if is_blocked {
                return vec![Path::refused(blocked("the screen recorder", draft.workstation))];
            }
            let mut paths = Vec::new();
            for transport in transports {
                paths.extend(walker.upload_paths(sent, transport));
            }
            paths
        });
        let name = leg_name("screen-recording");
        let (required, role) = (recording.required.value, Role::Application(desktop_of(&machine)));
        let part = Some(LegWord::Recording);
        legs.push(Leg { name, required, voice: false, part, role, paths });
    }

    fn upload_paths(&mut self, sent: Sent<'_>, transport: Transport) -> Vec<Path> {
        let Sent { recording, flow, .. } = sent;
        let id = Id::new("screen-recording");
        let able = knows_proxies(recording);
        let in_cloud = recording.proxy.value.is_some() && proxy_in_file(recording).is_none();
        let mut paths = self.ways_today(sent, transport);
        for path in &mut paths {
            self.enter(path, &id, flow, transport);
            // PRX-04, OFF-07: what keeps it from a proxy is why it goes direct.
            let outside = ["INT-02", "INT-04", "PRX-04"];
            let denied = path.refusal.as_ref().filter(|refusal| refusal.rule.is_one_of(&outside));
            if let Some(refusal) = denied {
                let why = match (able, in_cloud) {
                    (false, _) => Some(("OFF-07", "the recorder is too old for a proxy")),
                    (true, true) => {
                        Some(("PRX-04", "the recorder reads its proxy from the file only"))
                    }
                    (true, false) => None,
                };
                if let Some((rule, why)) = why {
                    let says = format!("{}; {why}", refusal.says);
                    path.refusal = Some(Refusal::new(rule, says, recording.version.place()));
                }
            }
            let figure = match recording.screens.value {
                1 => "recording_one_screen",
                _ => "recording_two_screens",
            };
            path.assumptions.insert(figure.to_owned());
        }
        for mut path in self.after_upgrade(sent, transport) {
            self.enter(&mut path, &id, flow, transport);
            paths.push(path);
        }
        paths
    }

    /// The ways of whatever the recorder fetches, as its upload goes.
    pub(super) fn recorder_ways(&mut self, sent: Sent<'_>, transport: Transport) -> Vec<Path> {
        let mut paths = self.ways_today(sent, transport);
        paths.extend(self.after_upgrade(sent, transport));
        paths
    }

    fn ways_today(&mut self, sent: Sent<'_>, transport: Transport) -> Vec<Path> {
        let Sent { recording, group, spot, flow } = sent;
        let in_file = proxy_in_file(recording);
        if let Some(proxy) = in_file.filter(|_| knows_proxies(recording)) {
            return self.by_proxy(spot, flow, transport, proxy).0;
        }
        let mut paths = self.direct(spot, flow, transport);
        if in_file.is_some() {
            for path in &mut paths {
                self.until(path, &upgrade(group));
            }
        }
        paths
    }

    /// OFF-07: by the proxy in the file, once the recorder knows proxies.
    fn after_upgrade(&mut self, sent: Sent<'_>, transport: Transport) -> Vec<Path> {
        let Sent { recording, group, spot, flow } = sent;
        let Some(proxy) = proxy_in_file(recording).filter(|_| !knows_proxies(recording)) else {
            return Vec::new();
        };
        let mut paths = self.by_proxy(spot, flow, transport, proxy).0;
        for path in &mut paths {
            let says = "the screen recorder is too old for a proxy";
            let refusal = Refusal::new("OFF-07", says, recording.version.place());
            path.refuse_until(refusal, Some(upgrade(group)));
        }
        paths
    }

    fn upload(&self, group: &Group, recording: &Recording) -> Traffic {
        if recording.scheduled.value {
            return Traffic::default();
        }
        let figures = &self.plan.figures;
        let default = if recording.screens.value == 1 {
            figures.recording_one_screen.value
        } else {
            figures.recording_two_screens.value
        };
        let bits = group.traffic.recording.value.unwrap_or(default);
        Traffic::in_call(false, recording.share.value.of_up(bits.0), 0)
    }
}

fn upgrade(group: &Id) -> Change {
    Change::UpgradeScreenRecorder { group: group.clone() }
}

fn knows_proxies(recording: &Recording) -> bool {
    recording.version.value >= Version(RECORDER_WITH_PROXY.to_vec())
}

/// PRX-04: the recorder reads its proxy from the file only.
fn proxy_in_file(recording: &Recording) -> Option<&Id> {
    let option =
        recording.proxy.value.as_ref().filter(|option| option.set_in.value != Some(SetIn::Cloud));
    option.map(|option| &option.via.id)
}
