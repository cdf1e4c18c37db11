//! What things are called by policies.

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::plan::{AccessWay, Machine, Named, NetworkKind, SiteKind};
use outlast_models::{Id, Kind, Plan};

use super::Traits;
use crate::graph::{ServiceGraph, home_isp, providers};
use crate::routes::legs::Draft;
use crate::routes::{Spot, Walker};

/// What a thing may be called by: id, kind, tags, provider.
pub(super) type Words = BTreeSet<Id>;

/// The words of every component.
#[derive(Debug, Default)]
pub(super) struct Names {
    own: BTreeMap<Id, Words>,
    /// The site that equipment or a home line is at.
    sites: BTreeMap<Id, Id>,
}

impl Names {
    pub(super) fn new(graph: &ServiceGraph<'_>) -> Self {
        let plan = graph.plan;
        let mut own: BTreeMap<Id, Words> = BTreeMap::new();
        for node in graph.components() {
            let id = &node.id.id;
            let tags = graph.common(&node.id).into_iter().flat_map(|common| common.tags.clone());
            let words = tags.chain([id.clone()]).chain(kind_word(node.id.kind));
            own.entry(id.clone()).or_default().extend(words);
        }
        let private = plan.networks.iter().filter(|(_, net)| net.kind == NetworkKind::Private);
        let private = private.map(|(id, _)| (id.clone(), Id::new("private")));
        for (id, word) in
            providers(plan).into_iter().map(|(id, named)| (id, named.id)).chain(private)
        {
            own.entry(id).or_default().insert(word);
        }
        Self { own, sites: sites(plan) }
    }

    pub(super) fn of(&self, id: &Id) -> Words {
        self.own.get(id).cloned().unwrap_or_default()
    }

    /// The same with those of the site where it is.
    pub(super) fn over(&self, id: &Id) -> Words {
        let mut words = self.of(id);
        words.extend(self.sites.get(id).into_iter().flat_map(|site| self.of(site)));
        words
    }
}

/// The word for a kind, where policies have one; else it could be a tag only.
fn kind_word(kind: Kind) -> Option<Id> {
    let without = matches!(
        kind,
        Kind::Network | Kind::Pool | Kind::Feed | Kind::Conduit | Kind::Cloud | Kind::Component
    );
    (!without).then(|| Id::new(kind.word()))
}

/// Where equipment stands, and at whose homes a line ends.
fn sites(plan: &Plan) -> BTreeMap<Id, Id> {
    let mut all = BTreeMap::new();
    let mut add = |id: &Id, site: &Named| {
        all.insert(id.clone(), site.id.clone());
    };
    plan.firewalls.iter().for_each(|(id, entry)| add(id, &entry.site));
    plan.proxies.iter().for_each(|(id, entry)| add(id, &entry.site));
    plan.vpn.iter().for_each(|(id, entry)| add(id, &entry.site));
    plan.vdi.iter().for_each(|(id, entry)| add(id, &entry.site));
    plan.pbxs.iter().for_each(|(id, entry)| add(id, &entry.site));
    plan.sbcs.iter().for_each(|(id, entry)| add(id, &entry.site));
    for (id, site) in plan.sites.iter().filter(|(_, site)| site.kind == SiteKind::Homes) {
        let lines = site.internet.isps.value.iter().map(|(isp, _)| home_isp(id, &isp.id));
        all.extend(lines.map(|line| (line, id.clone())));
    }
    all
}

/// Whether a list is silent, or has one of the words.
pub(super) fn has(list: &[Named], words: &Words) -> bool {
    list.is_empty() || list.iter().any(|named| words.contains(&named.id))
}

impl Walker<'_> {
    pub(super) fn traits(&self, draft: &Draft<'_>, phone: Option<&Id>) -> Traits {
        let required = draft.agent.group.apps.iter().filter(|(_, app)| app.required.value);
        let mut machines: Vec<Machine> =
            required.map(|(id, app)| draft.machine_of_app(id, app)).collect();
        if machines.is_empty() {
            machines.push(draft.desktop_machine());
        }
        let machine = |machine: &Machine| match machine {
            Machine::Workstation => self.house.names.of(&draft.agent.group.workstation.id),
            Machine::Vdi(vdi) => self.house.names.of(&vdi.id),
        };
        Traits {
            place: self.house.names.of(draft.place),
            machines: machines.iter().map(machine).collect(),
            phone: phone.map(|id| self.phone_words(id)),
            access: self.access_words(draft),
        }
    }

    fn phone_words(&self, id: &Id) -> Words {
        let phone = &self.plan.phones[id];
        let tags = phone.common.tags.iter().cloned();
        tags.chain([id.clone(), Id::new(phone.kind.word())]).collect()
    }

    /// A proxy as access way is the Internet by that proxy; a desktop that is reached
    /// over a VPN is both.
    fn access_words(&self, draft: &Draft<'_>) -> Words {
        let mut words = match draft.way {
            AccessWay::Private(_) => Words::from([Id::new("private")]),
            AccessWay::Internet(_) => Words::from([Id::new("internet")]),
            AccessWay::Proxy(named) => {
                let mut words = self.house.names.of(&named.id);
                words.insert(Id::new("internet"));
                words
            }
            AccessWay::Vpn(named) | AccessWay::Vdi(named) => self.house.names.of(&named.id),
        };
        if let Spot::Tunnel { vpn, split, .. } = &draft.connection.spot {
            words.extend(self.house.names.of(vpn));
            words.insert(Id::new(if *split { "split-tunnel" } else { "full-tunnel" }));
        }
        words
    }
}
