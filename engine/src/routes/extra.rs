//! APP-09: addresses that applications send the browser on to.
//!
//! Nobody stops working for want of these, so they are no legs: where a proxy's
//! or firewall's list lets the application through and not these, that is a note.

use outlast_models::Id;

use super::leg::Leg;
use super::legs::{Draft, leg_name};
use super::memory::{Ask, Setting};
use super::path::{Path, Traffic};
use super::{Flow, Walker};

/// Applications, what they call besides, and what is lost without it.
const EXTRA: [(&str, &[&str], &str); 2] = [
    (
        "agent-desktop",
        &["telemetry"],
        "a proxy or firewall lets the desktop through and not telemetry: nothing is measured of it",
    ),
    (
        "recording-ui",
        &["crypto", "playback"],
        "a proxy or firewall lets the recordings' pages through and not crypto and playback: \
         recordings cannot be played",
    ),
];

/// What refuses a flow for want of an entry in a list.
const LISTS: [&str; 3] = ["INT-02", "PRV-05", "PRX-05"];

impl Walker<'_> {
    /// Notes what the lists on the way of an application leave out.
    pub(super) fn extra_addresses(&mut self, draft: &Draft<'_>, legs: &[Leg], base: &mut Path) {
        let proxies = self.plan.proxies.values().any(|proxy| proxy.allow.value.is_some());
        let walls = self.plan.firewalls.values().any(|wall| wall.allow.value.is_some());
        if !proxies && !walls {
            return;
        }
        for (application, helpers, says) in EXTRA {
            let is_open =
                |leg: &Leg| leg.name == leg_name(application) && leg.open_paths().next().is_some();
            if draft.agent.group.apps.contains_key(application)
                && legs.iter().any(is_open)
                && helpers.iter().any(|helper| self.is_left_out(draft, application, helper))
            {
                base.notes.insert(("APP-09", says));
            }
        }
    }

    /// Whether the browser that shows an application cannot get at a helper, and
    /// a list is why.
    fn is_left_out(&mut self, draft: &Draft<'_>, application: &str, helper: &str) -> bool {
        let application = Id::new(application);
        let machine = draft.machine_of_app(&application, &draft.agent.group.apps[&application]);
        let spot = draft.spot_of(&machine);
        let service = Id::new(helper);
        let transports = self.transports(draft, &machine, &service);
        let ask = Ask::Helper {
            spot: spot.clone(),
            service,
            browser: Setting::of(&draft.browser),
            transports: transports.clone(),
        };
        let paths = self.remembered(ask, |walker| {
            let flow = Flow::to_service(helper, Traffic::default());
            let by = |transport| walker.browse(&spot, &flow, transport, &draft.browser);
            transports.into_iter().flat_map(by).collect()
        });
        let open = paths.iter().any(|path| path.refusal.is_none());
        let by_list = |path: &Path| {
            path.refusal.as_ref().is_some_and(|refusal| refusal.rule.is_one_of(&LISTS))
        };
        !open && paths.iter().any(by_list)
    }
}
