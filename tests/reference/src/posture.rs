//! Postures: everything that an agent decides once.

use std::collections::BTreeSet;

use outlast_models::catalogue::{PhoneKind, Program};
use outlast_models::plan::{self, AccessWay, BrowserSetting, Group, NetworkKind, Phone, VdiExit};

use crate::world::World;

/// Where a program runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Machine {
    Workstation,
    Vdi(String),
}

/// How a browser finds its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    Direct,
    Explicit(Vec<String>),
    Pac(String),
}

/// One posture of one group.
#[derive(Clone, Debug)]
pub(crate) struct Posture<'a> {
    pub(crate) group_id: String,
    pub(crate) group: &'a Group,
    pub(crate) place: String,
    pub(crate) access: &'a AccessWay,
    /// The VPN of the connection.
    pub(crate) vpn: Option<String>,
    pub(crate) phone: Option<(String, &'a Phone)>,
    pub(crate) direct: bool,
    /// The group's own setting, or that of the access way or prepared PAC file.
    pub(crate) setting: Setting,
    pub(crate) pac: Option<String>,
    /// What must be changed before it can be taken up.
    pub(crate) changes: BTreeSet<&'static str>,
}

impl Posture<'_> {
    pub(crate) fn access_word(&self) -> String {
        match self.access {
            AccessWay::Private(_) => "private".to_owned(),
            AccessWay::Internet(_) => "internet".to_owned(),
            AccessWay::Vpn(named) | AccessWay::Proxy(named) | AccessWay::Vdi(named) => {
                named.id.to_string()
            }
        }
    }

    pub(crate) fn is_first_place(&self) -> bool {
        self.group.work_at.first().is_some_and(|named| named.id == *self.place.as_str())
    }

    /// The desktop's machine: the VDI of the access way, or its `on:`.
    pub(crate) fn desktop_machine(&self) -> Machine {
        let on = self.group.apps.get("agent-desktop").and_then(|app| app.on.value.as_ref());
        match (self.default_machine(), on) {
            (Machine::Workstation, Some(on)) => machine_of(on),
            (machine, _) => machine,
        }
    }

    /// The machine of every program without an `on:` of its own.
    fn default_machine(&self) -> Machine {
        match self.access {
            AccessWay::Vdi(named) => Machine::Vdi(named.id.to_string()),
            _ => Machine::Workstation,
        }
    }

    pub(crate) fn app_machine(&self, app: &str) -> Machine {
        if app == "agent-desktop" {
            return self.desktop_machine();
        }
        match self.group.apps.get(app).and_then(|app| app.on.value.as_ref()) {
            Some(on) => machine_of(on),
            None => self.default_machine(),
        }
    }

    pub(crate) fn recorder_machine(&self) -> Machine {
        match self.group.recording.value.as_ref().and_then(|recording| recording.on.value.as_ref())
        {
            Some(on) => machine_of(on),
            None => self.desktop_machine(),
        }
    }

    /// The machine of a softphone, or of an embedded phone.
    pub(crate) fn phone_machine(&self) -> Machine {
        match &self.phone {
            Some((_, phone)) if phone.kind == PhoneKind::WebrtcEmbedded => self.desktop_machine(),
            Some((_, phone)) => phone.on.value.as_ref().map_or(Machine::Workstation, machine_of),
            None => Machine::Workstation,
        }
    }
}

pub(crate) fn machine_of(machine: &plan::Machine) -> Machine {
    match machine {
        plan::Machine::Workstation => Machine::Workstation,
        plan::Machine::Vdi(named) => Machine::Vdi(named.id.to_string()),
    }
}

/// One choice of access: the way, the VPN of its connection, its setting, and
/// whether a prepared PAC file could stand in.
struct Choice<'a> {
    access: &'a AccessWay,
    vpn: Option<String>,
    setting: Setting,
    takes_pac: bool,
}

impl<'a> World<'a> {
    pub(crate) fn is_web(service: &str) -> bool {
        outlast_models::catalogue::service(service).is_some_and(|spec| spec.program == Program::Web)
    }

    /// Whether a service has a direct URL on file that is not stale.
    pub(crate) fn has_direct_url(&self, service: &str) -> bool {
        let Some(urls) = &self.plan.cloud.access.direct_urls.value else { return false };
        urls.services.value.iter().any(|named| named.id == *service) && !self.off_08()
    }

    /// Whether the direct URLs on file are stale; an unknown day never is.
    fn off_08(&self) -> bool {
        let as_of =
            self.plan.cloud.access.direct_urls.value.as_ref().and_then(|urls| urls.as_of.value);
        let (Some(today), Some(as_of)) = (self.plan.date.value, as_of) else { return false };
        let days = today.0.since(as_of.0).map_or(0, |span| i64::from(span.get_days()));
        let limit = i64::try_from(self.plan.figures.direct_url_age.value.0 / 86_400_000);
        days > limit.unwrap_or(i64::MAX)
    }

    /// Every posture of a group, in the order of preference.
    pub(crate) fn postures(&self, group_id: &str, group: &'a Group) -> Vec<Posture<'a>> {
        let mut postures = Vec::new();
        for place in &group.work_at {
            for choice in self.choices(group) {
                for phone in self.phones_of(group) {
                    for (direct, switched) in self.entries(group) {
                        let changes = BTreeSet::new();
                        let mut posture = Posture {
                            group_id: group_id.to_owned(),
                            group,
                            place: place.id.to_string(),
                            access: choice.access,
                            vpn: choice.vpn.clone(),
                            phone: phone.clone(),
                            direct,
                            setting: choice.setting.clone(),
                            pac: None,
                            changes,
                        };
                        if switched {
                            posture.changes.insert("use_direct_urls");
                        }
                        if !is_provisioned(&posture) {
                            posture.changes.insert("provision_phone");
                        }
                        postures.push(posture.clone());
                        if choice.takes_pac {
                            postures.extend(self.prepared().map(|pac| with_pac(&posture, pac)));
                        }
                    }
                }
            }
        }
        postures
    }

    fn choices(&self, group: &'a Group) -> Vec<Choice<'a>> {
        let own = match &group.browser.value {
            BrowserSetting::Direct => Setting::Direct,
            BrowserSetting::Pac(named) => Setting::Pac(named.id.to_string()),
            BrowserSetting::Proxies(list) => {
                Setting::Explicit(list.iter().map(|named| named.id.to_string()).collect())
            }
        };
        let mut choices = Vec::new();
        for access in &group.access.value {
            let mut add = |vpn: Option<String>, setting: Setting, takes_pac: bool| {
                choices.push(Choice { access, vpn, setting, takes_pac });
            };
            match access {
                AccessWay::Private(_) | AccessWay::Internet(_) => add(None, own.clone(), true),
                AccessWay::Vpn(vpn) => add(Some(vpn.id.to_string()), own.clone(), true),
                AccessWay::Proxy(proxy) => {
                    add(None, Setting::Explicit(vec![proxy.id.to_string()]), false);
                }
                AccessWay::Vdi(named) => {
                    let vdi = &self.plan.vdi[&named.id];
                    let takes_pac = vdi.exit.value == VdiExit::Own;
                    add(None, own.clone(), takes_pac);
                    for over in &vdi.reached_over.value {
                        if self.plan.vpn.contains_key(&over.id) {
                            add(Some(over.id.to_string()), own.clone(), takes_pac);
                        }
                    }
                }
            }
        }
        choices
    }

    fn phones_of(&self, group: &'a Group) -> Vec<Option<(String, &'a Phone)>> {
        if !group.voice {
            return vec![None];
        }
        let phone = |id: &str| (id.to_owned(), &self.plan.phones[id]);
        group.phones.iter().map(|named| Some(phone(named.id.as_str()))).collect()
    }

    /// Whether entered directly, and whether that is a change.
    fn entries(&self, group: &Group) -> Vec<(bool, bool)> {
        if group.enters_direct.value {
            return vec![(true, false)];
        }
        let mut web = group.apps.keys().filter(|app| Self::is_web(app.as_str()));
        if web.any(|app| self.has_direct_url(app.as_str())) {
            return vec![(false, false), (true, true)];
        }
        vec![(false, false)]
    }

    /// The PAC files that no group uses.
    fn prepared(&self) -> impl Iterator<Item = &str> {
        let used = |id: &str| {
            self.plan.groups.values().any(|group| match &group.browser.value {
                BrowserSetting::Pac(named) => named.id == *id,
                _ => false,
            })
        };
        self.plan.pac.keys().map(outlast_models::Id::as_str).filter(move |id| !used(id))
    }

    /// Whether both transports stand in a group's access.
    pub(crate) fn has_both(group: &Group) -> bool {
        let has = |wanted: fn(&AccessWay) -> bool| group.access.value.iter().any(wanted);
        has(|way| matches!(way, AccessWay::Private(_)))
            && has(|way| matches!(way, AccessWay::Internet(_)))
    }

    /// Whether a network is private (for `reached_over` and `reaches`).
    pub(crate) fn kind_of(&self, network: &str) -> Option<NetworkKind> {
        self.plan.networks.get(network).map(|entry| entry.kind)
    }
}

fn is_provisioned(posture: &Posture) -> bool {
    let Some((id, _)) = &posture.phone else { return true };
    posture.group.provisioned.value.iter().any(|named| named.id == *id.as_str())
}

fn with_pac<'a>(posture: &Posture<'a>, pac: &str) -> Posture<'a> {
    let mut with = posture.clone();
    with.setting = Setting::Pac(pac.to_owned());
    with.pac = Some(pac.to_owned());
    with.changes.insert("deploy_pac");
    with
}
