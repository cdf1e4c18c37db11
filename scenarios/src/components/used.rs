//! Which groups and queues name a component: what `group` and `queue` of a
//! selector mean.
//!
//! A group names its places, its machines, the ways of its `access` and what
//! its phones are given to hang on. What the network puts between them is found
//! by the engine, not here.

use indexmap::{IndexMap, IndexSet};
use outlast_models::catalogue::PhoneKind;
use outlast_models::plan::{
    AccessWay, BrowserSetting, Group, HandsOver, Machine, OffSite, Phone, ProxyOption, SiteKind,
};
use outlast_models::{ComponentId, Id, Plan};

use super::{Attributes, add_new, home_isp_id, mobile_operator_id};

/// Adds groups and queues to the attributes.
pub(super) fn mark(plan: &Plan, entries: &mut IndexMap<ComponentId, Attributes>) {
    let index: IndexMap<Id, usize> =
        entries.keys().enumerate().map(|(at, component)| (component.id.clone(), at)).collect();
    for (id, group, _) in plan.crews() {
        for named in names(plan, group) {
            let Some((_, attributes)) = index.get(&named).and_then(|&at| entries.get_index_mut(at))
            else {
                continue;
            };
            add_new(&mut attributes.groups, id);
            for queue in &group.queues {
                add_new(&mut attributes.queues, &queue.id);
            }
        }
    }
}

/// The regions and operators of the mobile phones of all groups.
pub(super) fn mobile_operators(plan: &Plan) -> Vec<(Id, Id)> {
    let mut pairs = IndexSet::new();
    for (_, group, _) in plan.crews() {
        pairs.extend(operators_of(plan, group));
    }
    pairs.into_iter().collect()
}

fn operators_of(plan: &Plan, group: &Group) -> IndexSet<(Id, Id)> {
    let regions = phone_regions(plan, group);
    let mut pairs = IndexSet::new();
    for phone in phones(plan, group).filter(|phone| phone.rings_in_pocket()) {
        for region in &regions {
            for (operator, _) in &phone.operators.value {
                pairs.insert((region.clone(), operator.id.clone()));
            }
        }
    }
    pairs
}

/// Where the agents' own phones are: the regions of their homes, of their first
/// place if they have none.
fn phone_regions(plan: &Plan, group: &Group) -> Vec<Id> {
    let mut regions = Vec::new();
    for named in &group.work_at {
        match plan.sites.get(&named.id) {
            Some(site) if site.kind == SiteKind::Homes => {
                add_new(&mut regions, &site.region.value);
            }
            Some(_) | None => {}
        }
    }
    if regions.is_empty() {
        let first = group.work_at.first().and_then(|named| plan.sites.get(&named.id));
        regions.extend(first.map(|site| site.region.value.clone()));
    }
    regions
}

fn phones<'a>(plan: &'a Plan, group: &'a Group) -> impl Iterator<Item = &'a Phone> {
    group.phones.iter().filter_map(|named| plan.phones.get(&named.id))
}

fn names(plan: &Plan, group: &Group) -> IndexSet<Id> {
    let mut names = IndexSet::new();
    names.insert(group.workstation.id.clone());
    for named in &group.work_at {
        names.insert(named.id.clone());
        if let Some(site) = plan.sites.get(&named.id)
            && site.kind == SiteKind::Homes
        {
            let isps = &site.internet.isps.value;
            names.extend(isps.iter().map(|(isp, _)| home_isp_id(&named.id, &isp.id)));
        }
    }
    for way in &group.access.value {
        match way {
            AccessWay::Vpn(named) | AccessWay::Proxy(named) | AccessWay::Vdi(named) => {
                names.insert(named.id.clone());
            }
            AccessWay::Private(_) | AccessWay::Internet(_) => {}
        }
    }
    match &group.browser.value {
        BrowserSetting::Proxies(list) => names.extend(list.iter().map(|named| named.id.clone())),
        BrowserSetting::Direct | BrowserSetting::Pac(_) => {}
    }
    for app in group.apps.values() {
        names.extend(machine(app.on.value.as_ref()));
    }
    if let Some(recording) = &group.recording.value {
        names.extend(machine(recording.on.value.as_ref()));
        names.extend(via(recording.proxy.value.as_ref()));
    }
    for phone in phones(plan, group) {
        phone_names(plan, phone, &mut names);
    }
    for (region, operator) in operators_of(plan, group) {
        names.insert(mobile_operator_id(&region, &operator));
    }
    names
}

fn machine(machine: Option<&Machine>) -> Option<Id> {
    match machine {
        Some(Machine::Vdi(named)) => Some(named.id.clone()),
        Some(Machine::Workstation) | None => None,
    }
}

fn via(option: Option<&ProxyOption>) -> Option<Id> {
    option.map(|option| option.via.id.clone())
}

/// A phone names its proxy and machine, its PBX with SBC, trunks and carriers,
/// or the carriers and SBCs that it is rung by.
fn phone_names(plan: &Plan, phone: &Phone, names: &mut IndexSet<Id>) {
    names.extend(via(phone.proxy.value.as_ref()));
    names.extend(machine(phone.on.value.as_ref()));
    if phone.kind == PhoneKind::Pstn {
        let all = plan.carriers.iter().filter(|(_, carrier)| {
            phone.via.value.is_empty()
                && carrier.for_agents.value
                && carrier.hands_over.value == HandsOver::Cloud
        });
        names.extend(all.map(|(id, _)| id.clone()));
        for named in &phone.via.value {
            names.insert(named.id.clone());
            add_trunks(plan, &named.id, names);
        }
    }
    if let Some((id, pbx)) = phone.pbx.as_ref().and_then(|named| plan.pbxs.get_key_value(&named.id))
    {
        names.insert(id.clone());
        names.insert(pbx.sbc.id.clone());
        add_trunks(plan, &pbx.sbc.id, names);
        if phone.off_site.value == OffSite::ForwardToMobile {
            names.extend(pbx.pstn.value.iter().map(|named| named.id.clone()));
        }
    }
}

fn add_trunks(plan: &Plan, sbc: &Id, names: &mut IndexSet<Id>) {
    let trunks = plan.trunks.iter().filter(|(_, trunk)| trunk.sbc.id == *sbc);
    names.extend(trunks.map(|(id, _)| id.clone()));
}
