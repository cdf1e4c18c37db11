//! Groups fall apart into agents who are alike: same home provider, same mobile
//! operator, same order of the members of a bundle.

use std::collections::BTreeMap;

use outlast_models::plan::{Group, SiteKind};
use outlast_models::units::Millionths;
use outlast_models::{Id, Plan};

use crate::graph::{home_isp, mobile_operator};
use crate::routes::Walker;
use crate::routes::leg::Agent;
use crate::routes::line::Order;
use crate::routes::posture::split;

/// Agents of a group who are alike.
pub(super) struct Alike {
    pub(super) heads: u64,
    pub(super) kind: Alikeness,
    /// Share of the group, for splitting those on shift.
    pub(super) part: usize,
    pub(super) shares: Vec<Millionths>,
}

/// In what agents are alike.
#[derive(Clone, Default)]
pub(super) struct Alikeness {
    /// Homes → provider component.
    isps: BTreeMap<Id, Id>,
    /// Phone → operator component.
    operators: BTreeMap<Id, Id>,
    /// Bundle → the order in which its members serve.
    draws: BTreeMap<Id, Vec<Id>>,
}

impl Alikeness {
    /// What tells these agents from others of their group.
    pub(super) fn detail(&self) -> Vec<Id> {
        let order = self.draws.values().map(|order| in_words(order));
        self.isps.values().chain(self.operators.values()).cloned().chain(order).collect()
    }
}

/// `net-a then net-b`: the last of an order follows from the others.
fn in_words(order: &[Id]) -> Id {
    let ids: Vec<&str> = order[..order.len() - 1].iter().map(Id::as_str).collect();
    Id::new(&ids.join(" then "))
}

impl Alike {
    /// One of them, for walking his postures.
    pub(super) fn agent<'a>(&'a self, id: &'a Id, group: &'a Group) -> Agent<'a> {
        agent(&self.kind, id, group)
    }
}

fn agent<'a>(kind: &'a Alikeness, group_id: &'a Id, group: &'a Group) -> Agent<'a> {
    let Alikeness { isps, operators, draws } = kind;
    Agent { group_id, group, isps, operators, draws }
}

/// Splits a group by the providers of its homes, the operators of its mobiles
/// and the bundles that its flows cross; shares of several are independent of
/// one another.
pub(super) fn alike_agents(
    walker: &mut Walker<'_>,
    bundles: &BTreeMap<Id, Vec<Order>>,
    id: &Id,
    group: &Group,
) -> Vec<Alike> {
    let mut kinds = by_provider(walker.plan, group);
    if !bundles.is_empty() {
        let crossed = crossed(walker, bundles, &agent(&kinds[0].1, id, group));
        for bundle in crossed {
            kinds = multiply(&kinds, &bundles[bundle], |kind, order| {
                kind.draws.insert(bundle.clone(), order.clone());
            });
        }
    }
    let shares: Vec<Millionths> =
        kinds.iter().map(|kind| Millionths(u32::try_from(kind.0).expect("a share"))).collect();
    let heads = split(group.agents, &shares);
    let numbered = kinds.into_iter().enumerate();
    numbered
        .map(|(part, (_, kind))| Alike { heads: heads[part], kind, part, shares: shares.clone() })
        .collect()
}

fn by_provider(plan: &Plan, group: &Group) -> Vec<Weighed> {
    let mut kinds: Vec<Weighed> = vec![(1_000_000, Alikeness::default())];
    for place in &group.work_at {
        let site = &plan.sites[&place.id];
        if site.kind == SiteKind::Homes {
            kinds = multiply(&kinds, &site.internet.isps.value, |kind, isp| {
                kind.isps.insert(place.id.clone(), home_isp(&place.id, &isp.id));
            });
        }
    }
    let region = phone_region(plan, group);
    for phone in group.phones.iter().filter(|_| group.voice) {
        let entry = &plan.phones[&phone.id];
        if entry.rings_in_pocket() {
            kinds = multiply(&kinds, &entry.operators.value, |kind, operator| {
                let component = mobile_operator(&region, &operator.id);
                kind.operators.insert(phone.id.clone(), component);
            });
        }
    }
    kinds
}

/// The bundles that some flow of an agent goes by.
fn crossed<'b>(
    walker: &mut Walker<'_>,
    bundles: &'b BTreeMap<Id, Vec<Order>>,
    agent: &Agent<'_>,
) -> Vec<&'b Id> {
    let postures = walker.postures(agent);
    let crosses = |id: &&Id| postures.iter().any(|posture| posture.crosses(id));
    bundles.keys().filter(crosses).collect()
}

/// Millionths of the group, and in what they are alike.
type Weighed = (u64, Alikeness);

fn multiply<T>(
    kinds: &[Weighed],
    shares: &[(T, Millionths)],
    mut set: impl FnMut(&mut Alikeness, &T),
) -> Vec<Weighed> {
    let mut all = Vec::new();
    for (millionths, kind) in kinds {
        for (value, share) in shares {
            let mut one = kind.clone();
            set(&mut one, value);
            all.push((millionths * u64::from(share.0) / 1_000_000, one));
        }
    }
    all
}

/// The region of an agent's mobile: that of his homes, else of his first place.
pub(super) fn phone_region(plan: &Plan, group: &Group) -> Id {
    let homes = group.work_at.iter().find(|p| plan.sites[&p.id].kind == SiteKind::Homes);
    let place = homes.unwrap_or(&group.work_at[0]);
    plan.sites[&place.id].region.value.clone()
}
