//! Cohorts: the people of a group who share their providers and draws.

use std::collections::BTreeMap;

use outlast_models::catalogue::PhoneKind;
use outlast_models::pac::PacAnswers;
use outlast_models::plan::{Group, OffSite, Phone, Plan, Rings, SiteKind};

use crate::draw::on_routes;
use crate::types::{Failure, WHOLE};
use crate::world::World;

/// An exact share, reduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    above: u128,
    below: u128,
}

impl Part {
    pub(crate) const ONE: Self = Self { above: 1, below: 1 };

    pub(crate) fn times(self, above: u64, below: u64) -> Self {
        let (above, below) = (self.above * u128::from(above), self.below * u128::from(below));
        let both = common_divisor(above, below);
        Self { above: above / both, below: below / both }
    }

    /// So much of a number, rounded down.
    pub(crate) fn of_down(self, number: u64) -> u64 {
        u64::try_from(self.above * u128::from(number) / self.below).unwrap_or(u64::MAX)
    }
}

fn common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a.max(1) } else { common_divisor(b, a % b) }
}

/// The people of a group who share their providers and draws.
#[derive(Clone, Debug)]
pub(crate) struct Cohort {
    /// The provider's component by homes site.
    pub(crate) isps: BTreeMap<String, String>,
    /// The operator's component by phone.
    pub(crate) operators: BTreeMap<String, String>,
    /// The members in their order by drawn bundle.
    pub(crate) draws: BTreeMap<String, Vec<String>>,
    /// Where these orders stand in file order, for ties.
    ranks: Vec<usize>,
    /// Their share of the group.
    share: Part,
}

impl Cohort {
    fn everybody() -> Self {
        Self {
            isps: BTreeMap::new(),
            operators: BTreeMap::new(),
            draws: BTreeMap::new(),
            ranks: Vec::new(),
            share: Part::ONE,
        }
    }

    fn with_share(&self, millionths: u32) -> Self {
        let share = self.share.times(u64::from(millionths), u64::from(WHOLE));
        Self { share, ..self.clone() }
    }
}

/// Every combination of Internet provider (by homes site), mobile operator (by
/// phone) and draw (by bundle) of a group, independent of one another.
pub(crate) fn cohorts(plan: &Plan, pac: &PacAnswers, id: &str, group: &Group) -> Vec<Cohort> {
    let mut all = vec![Cohort::everybody()];
    let homes: Vec<&str> = group
        .work_at
        .iter()
        .map(|named| named.id.as_str())
        .filter(|id| plan.sites[*id].kind == SiteKind::Homes)
        .collect();
    for site in &homes {
        all = by_provider(plan, site, &all);
    }
    let lives = homes.first().copied().or_else(|| group.work_at.first().map(|n| n.id.as_str()));
    if let Some(lives) = lives {
        all = by_operator(plan, group, &plan.sites[lives].region.value.to_string(), all);
    }
    by_draw(plan, pac, id, group, all)
}

fn by_provider(plan: &Plan, site: &str, all: &[Cohort]) -> Vec<Cohort> {
    let isps = &plan.sites[site].internet.isps.value;
    all.iter()
        .flat_map(|cohort| {
            isps.iter().map(|(isp, share)| {
                let mut cohort = cohort.with_share(share.0);
                cohort.isps.insert(site.to_owned(), format!("{site}.{}", isp.id));
                cohort
            })
        })
        .collect()
}

fn by_operator(plan: &Plan, group: &Group, region: &str, mut all: Vec<Cohort>) -> Vec<Cohort> {
    for named in &group.phones {
        let phone = &plan.phones[&named.id];
        if !is_mobile(phone) {
            continue;
        }
        all = all
            .iter()
            .flat_map(|cohort| {
                phone.operators.value.iter().map(|(operator, share)| {
                    let mut cohort = cohort.with_share(share.0);
                    let component = format!("mobile.{region}.{}", operator.id);
                    cohort.operators.insert(named.id.to_string(), component);
                    cohort
                })
            })
            .collect();
    }
    all
}

fn by_draw(
    plan: &Plan,
    pac: &PacAnswers,
    id: &str,
    group: &Group,
    mut all: Vec<Cohort>,
) -> Vec<Cohort> {
    let nothing = Failure::default();
    let drawn = World::new(plan, pac, &nothing).drawn();
    if drawn.is_empty() {
        return all;
    }
    let met = on_routes(plan, pac, id, group);
    for (bundle, orders) in drawn.iter().filter(|(bundle, _)| met.contains(bundle)) {
        all = all
            .iter()
            .flat_map(|cohort| {
                orders.iter().enumerate().map(|(rank, (order, share))| {
                    let mut cohort = cohort.with_share(*share);
                    cohort.draws.insert(bundle.clone(), order.clone());
                    cohort.ranks.push(rank);
                    cohort
                })
            })
            .collect();
    }
    all
}

/// Whether a phone's last leg is a mobile operator.
pub(crate) fn is_mobile(phone: &Phone) -> bool {
    match phone.kind {
        PhoneKind::Pstn => phone.rings.value == Rings::Mobile,
        PhoneKind::Pbx => phone.off_site.value == OffSite::ForwardToMobile,
        _ => false,
    }
}

/// Splits agents over cohorts by largest remainder; ties by provider, then by
/// the file order of draws.
pub(crate) fn split(agents: u64, cohorts: &[Cohort]) -> Vec<u64> {
    let below = cohorts.iter().fold(1, |all, cohort| {
        let below = cohort.share.below;
        all / common_divisor(all, below) * below
    });
    let exact: Vec<u128> = cohorts
        .iter()
        .map(|cohort| u128::from(agents) * cohort.share.above * (below / cohort.share.below))
        .collect();
    let floor = |exact: &u128| u64::try_from(exact / below).unwrap_or(u64::MAX);
    let mut heads: Vec<u64> = exact.iter().map(floor).collect();
    let mut order: Vec<usize> = (0..cohorts.len()).collect();
    let rest = |at: usize| exact[at] % below;
    let name = |at: usize| (&cohorts[at].isps, &cohorts[at].operators, &cohorts[at].ranks);
    order.sort_by(|a, b| rest(*b).cmp(&rest(*a)).then_with(|| name(*a).cmp(&name(*b))));
    let missing = agents.saturating_sub(heads.iter().sum());
    for at in order.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
        heads[at] += 1;
    }
    heads
}
