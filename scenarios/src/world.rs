//! A plan as selectors see it: things with attributes, and the names it knows.

use outlast_models::catalogue::PhoneKind;
use outlast_models::plan::{Group, NetworkKind, SiteKind};
use outlast_models::{ComponentId, Id, Kind, Plan};

use crate::class::Class;
use crate::components::{Attributes, add_new, components, site_kind};

/// Something that a selector may take.
#[derive(Clone)]
pub(crate) struct Thing {
    pub(crate) id: Id,
    pub(crate) sort: Sort,
    pub(crate) attributes: Attributes,
}

/// What sort of thing it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A component.
    Component(Kind),
    /// A group, with the kind of its first place and its first phone.
    Group(Kind, Option<PhoneKind>),
    /// A queue.
    Queue,
}

impl Thing {
    /// Whether a class covers it.
    pub(crate) fn is(&self, class: Class) -> bool {
        let Attributes { is_private, at_vendor, .. } = self.attributes;
        match (class, self.sort) {
            (Class::Component(Kind::Pbx), Sort::Group(_, phone)) => phone == Some(PhoneKind::Pbx),
            (Class::Component(kind), Sort::Component(own) | Sort::Group(own, _)) => kind == own,
            (Class::Site, Sort::Component(own) | Sort::Group(own, _)) => {
                is_corporate(own) || own == Kind::Vendor
            }
            (Class::CorporateSite, Sort::Component(own) | Sort::Group(own, _)) => is_corporate(own),
            (Class::PrivateNetwork, Sort::Component(own)) => own == Kind::Network && is_private,
            (Class::PrivateCircuit, Sort::Component(own)) => own == Kind::Circuit && is_private,
            (Class::CloudProxy, Sort::Component(own)) => own == Kind::Proxy && at_vendor,
            (Class::Phone(kind), Sort::Group(_, phone)) => phone == Some(kind),
            (Class::Group, Sort::Group(..)) | (Class::Queue, Sort::Queue) => true,
            _ => false,
        }
    }
}

fn is_corporate(kind: Kind) -> bool {
    matches!(kind, Kind::Office | Kind::DataCenter)
}

/// The plan's things.
pub(crate) struct World<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) components: Vec<Thing>,
    pub(crate) groups: Vec<Thing>,
    pub(crate) queues: Vec<Thing>,
}

impl<'a> World<'a> {
    pub(crate) fn of(plan: &'a Plan) -> Self {
        let components = components(plan)
            .into_iter()
            .map(|(ComponentId { kind, id }, attributes)| Thing {
                id,
                sort: Sort::Component(kind),
                attributes,
            })
            .collect();
        let groups: Vec<Thing> =
            plan.groups.iter().map(|(id, group)| group_thing(plan, id, group)).collect();
        let queues = plan.queues.keys().map(|id| queue_thing(id, &groups)).collect();
        Self { plan, components, groups, queues }
    }

    /// The ids of a class, as arguments may name them.
    pub(crate) fn candidates(&self, class: Class) -> Vec<Id> {
        match class {
            Class::Provider => self.providers(|_| true),
            Class::Isp => self.providers(|thing| {
                thing.attributes.networks.iter().any(|network| network == "internet")
                    && thing.sort != Sort::Component(Kind::Network)
            }),
            Class::Region => self.regions(),
            Class::Group => self.plan.groups.keys().cloned().collect(),
            Class::Queue => self.plan.queues.keys().cloned().collect(),
            Class::Component(_)
            | Class::Site
            | Class::CorporateSite
            | Class::PrivateNetwork
            | Class::PrivateCircuit
            | Class::CloudProxy
            | Class::Phone(_) => {
                let of_class = self.components.iter().filter(|thing| thing.is(class));
                of_class.map(|thing| thing.id.clone()).collect()
            }
        }
    }

    fn providers(&self, take: impl Fn(&Thing) -> bool) -> Vec<Id> {
        let mut list = Vec::new();
        for thing in self.components.iter().filter(|thing| take(thing)) {
            for provider in &thing.attributes.providers {
                add_new(&mut list, provider);
            }
        }
        list
    }

    pub(crate) fn regions(&self) -> Vec<Id> {
        let mut list = Vec::new();
        for site in self.plan.sites.values() {
            add_new(&mut list, &site.region.value);
        }
        list
    }

    pub(crate) fn tags(&self) -> Vec<Id> {
        let mut list = Vec::new();
        for thing in self.components.iter().chain(&self.groups) {
            for tag in &thing.attributes.tags {
                add_new(&mut list, tag);
            }
        }
        list
    }

    /// What a name is, in words, wherever it is one; for messages.
    pub(crate) fn role(&self, id: &Id) -> Option<&'static str> {
        let plan = self.plan;
        if let Some(thing) = self.components.iter().find(|thing| thing.id == *id) {
            let Sort::Component(kind) = thing.sort else { return None };
            return Some(kind.word());
        }
        if plan.groups.contains_key(id) {
            Some("group")
        } else if plan.queues.contains_key(id) {
            Some("queue")
        } else if plan.phones.contains_key(id) {
            Some("phone")
        } else if plan.pac.contains_key(id) {
            Some("pac")
        } else if plan.bundles.contains_key(id) {
            Some("bundle")
        } else if self.regions().contains(id) {
            Some("region")
        } else if self.candidates(Class::Provider).contains(id) {
            Some("provider")
        } else if self.tags().contains(id) {
            Some("tag")
        } else {
            None
        }
    }

    /// Whether the plan has a network of this kind by this id.
    pub(crate) fn is_pstn(&self, id: &Id) -> bool {
        self.plan.networks.get(id).is_some_and(|network| network.kind == NetworkKind::Pstn)
    }
}

/// A group stands where it sits: at its first place.
fn group_thing(plan: &Plan, id: &Id, group: &Group) -> Thing {
    let mut attributes = Attributes {
        groups: vec![id.clone()],
        queues: group.queues.iter().map(|named| named.id.clone()).collect(),
        tags: group.tags.clone(),
        ..Attributes::default()
    };
    let first = group.work_at.first().and_then(|named| plan.sites.get_key_value(&named.id));
    if let Some((site, entry)) = first {
        attributes.sites = vec![site.clone()];
        attributes.regions = vec![entry.region.value.clone()];
        attributes.feeds = entry.power.feeds.value.iter().map(|feed| feed.id.clone()).collect();
    }
    let place = first.map_or(SiteKind::Homes, |(_, entry)| entry.kind);
    let phone = group.phones.first().and_then(|named| plan.phones.get(&named.id));
    let sort = Sort::Group(site_kind(place), phone.map(|phone| phone.kind));
    Thing { id: id.clone(), sort, attributes }
}

/// A queue stands where the groups that serve it do.
fn queue_thing(id: &Id, groups: &[Thing]) -> Thing {
    let mut attributes = Attributes { queues: vec![id.clone()], ..Attributes::default() };
    for group in groups.iter().filter(|group| group.attributes.queues.contains(id)) {
        let from = &group.attributes;
        add_new(&mut attributes.groups, &group.id);
        from.sites.iter().for_each(|site| add_new(&mut attributes.sites, site));
        from.regions.iter().for_each(|region| add_new(&mut attributes.regions, region));
        from.tags.iter().for_each(|tag| add_new(&mut attributes.tags, tag));
    }
    Thing { id: id.clone(), sort: Sort::Queue, attributes }
}
