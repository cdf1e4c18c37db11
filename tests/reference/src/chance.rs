//! The chance of every state of a small plan (section 10): all that may be in force at a
//! moment, all that it may hit, and what reserves are left.

#![expect(clippy::disallowed_methods, reason = "what comes of it is compared to a billionth")]

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::plan::{Frequency, Plan, Rate, Strikes};

/// A year in milliseconds.
const YEAR: f64 = 8_760.0 * 3_600_000.0;

/// One of the states that there are, and how likely it is.
#[derive(Clone, Debug)]
pub struct Lot {
    /// Its chance.
    pub chance: f64,
    /// Components, common causes and hazards in force.
    pub happened: BTreeSet<String>,
    /// Components that are down by these.
    pub failed: BTreeSet<String>,
    /// Sites that are dark and have used up their reserve.
    pub spent: BTreeSet<String>,
}

/// What comes and goes by itself.
struct Event {
    id: String,
    chance: f64,
    /// What it takes, each with a chance whenever it comes.
    hits: Vec<(String, f64)>,
}

/// Returns every state that has a chance. What time has done since a failure goes by its
/// component's own time to repair, and apart for each site: so where a hazard or common
/// cause takes a feed, or several reserves stand on the same, this is not the place to
/// ask, nor where operators of mobile phones have feeds.
pub fn lots(plan: &Plan, components: &[(String, Rate)]) -> Vec<Lot> {
    let nothing = Lot {
        chance: 1.0,
        happened: BTreeSet::new(),
        failed: BTreeSet::new(),
        spent: BTreeSet::new(),
    };
    let mut all = vec![nothing];
    for event in events(plan, components) {
        let of_lot = |lot: &Lot| {
            let mut without = lot.clone();
            without.chance *= 1.0 - event.chance;
            let mut with = vec![lot.clone()];
            with[0].chance *= event.chance;
            with[0].happened.insert(event.id.clone());
            for (id, chance) in &event.hits {
                with = with.iter().flat_map(|lot| either(lot, id, *chance)).collect();
            }
            with.push(without);
            with
        };
        all = all.iter().flat_map(of_lot).filter(|lot| lot.chance > 0.0).collect();
    }
    let repair: BTreeMap<&str, f64> =
        components.iter().map(|(id, rate)| (id.as_str(), millis(rate.mttr.fact.value.0))).collect();
    let all: Vec<Lot> = all.iter().flat_map(|lot| drained(plan, &repair, lot)).collect();
    all.iter().flat_map(|lot| late(plan, &repair, lot)).collect()
}

/// A region that backs another may not stand in yet: then it is as good as down.
fn late(plan: &Plan, repair: &BTreeMap<&str, f64>, lot: &Lot) -> Vec<Lot> {
    let mut all = vec![lot.clone()];
    for (id, region) in plan.cloud.regions.iter().filter(|(id, _)| lot.failed.contains(id.as_str()))
    {
        let (Some(standby), Some(after)) = (&region.standby.value, region.after.value) else {
            continue;
        };
        let there = (-millis(after.0) / repair[id.as_str()]).exp();
        let two = |lot: &Lot| either(lot, standby.id.as_str(), 1.0 - there);
        all = all.iter().flat_map(two).collect();
    }
    all
}

/// Hit or not.
fn either(lot: &Lot, id: &str, chance: f64) -> Vec<Lot> {
    let (mut hit, mut spared) = (lot.clone(), lot.clone());
    hit.chance *= chance;
    hit.failed.insert(id.to_owned());
    spared.chance *= 1.0 - chance;
    vec![hit, spared]
}

/// Every way in which reserves of sites without a feed may stand.
fn drained(plan: &Plan, repair: &BTreeMap<&str, f64>, lot: &Lot) -> Vec<Lot> {
    let mut all = vec![lot.clone()];
    for (id, site) in &plan.sites {
        let feeds = &site.power.feeds.value;
        let dark = !feeds.is_empty() && feeds.iter().all(|f| lot.failed.contains(f.id.as_str()));
        let reserve = millis(site.power.ups.value.0) + millis(site.power.fuel.value.0);
        if !dark || reserve == 0.0 {
            continue;
        }
        let back: f64 = feeds.iter().map(|feed| 1.0 / repair[feed.id.as_str()]).sum();
        let gone = (-reserve * back).exp();
        let two = |lot: &Lot| {
            let (mut spent, mut lasts) = (lot.clone(), lot.clone());
            spent.chance *= gone;
            spent.spent.insert(id.to_string());
            lasts.chance *= 1.0 - gone;
            [spent, lasts]
        };
        all = all.iter().flat_map(two).collect();
    }
    all
}

fn events(plan: &Plan, components: &[(String, Rate)]) -> Vec<Event> {
    let rate = |id: &str| components.iter().find(|(own, _)| own == id).map(|(_, rate)| rate);
    let often = |id: &str| rate(id).map_or(0.0, |rate| 1.0 / up(rate));
    let lasts = |id: &str| rate(id).map_or(0.0, |rate| millis(rate.mttr.fact.value.0));
    let commons: Vec<(String, Vec<String>, f64)> = plan
        .failures
        .common
        .iter()
        .map(|(id, common)| {
            let of: Vec<String> =
                common.of.iter().map(|part| part.component.id.to_string()).collect();
            let least = of.iter().map(|id| often(id)).fold(f64::INFINITY, f64::min);
            (id.to_string(), of, least * f64::from(common.beta.fact.value.0) / 1e6)
        })
        .collect();
    let mut all = Vec::new();
    for (id, _) in components {
        let shared = commons.iter().filter(|(_, of, _)| of.contains(id));
        let own = often(id) - shared.map(|(_, _, rate)| rate).sum::<f64>();
        all.push(Event { id: id.clone(), chance: down(own, lasts(id)), hits: sure([id]) });
    }
    for (id, of, rate) in &commons {
        let longest = of.iter().map(|id| lasts(id)).fold(0.0, f64::max);
        all.push(Event { id: id.clone(), chance: down(*rate, longest), hits: sure(of) });
    }
    for (id, hazard) in &plan.failures.hazards {
        let Strikes::Hits(hits) = &hazard.strikes else { continue };
        #[expect(clippy::cast_precision_loss, reason = "they are small")]
        let often = hazard.per_year.fact.value.0 as f64 / 1e9 / YEAR;
        let busy = -(-often * millis(hazard.lasts.fact.value.0)).exp_m1();
        #[expect(clippy::cast_precision_loss, reason = "they are small")]
        let chance = |chance: u64| chance as f64 / 1e12;
        let hits = hits
            .iter()
            .map(|hit| (hit.part.component.id.to_string(), chance(hit.chance.fact.value.0)));
        all.push(Event { id: id.to_string(), chance: busy, hits: hits.collect() });
    }
    all
}

fn sure<'a>(ids: impl IntoIterator<Item = &'a String>) -> Vec<(String, f64)> {
    ids.into_iter().map(|id| (id.clone(), 1.0)).collect()
}

/// The share of the time that something is down which fails so often while it is up.
fn down(rate: f64, lasts: f64) -> f64 {
    rate * lasts / (1.0 + rate * lasts)
}

/// The mean time up.
fn up(rate: &Rate) -> f64 {
    match rate.frequency {
        Frequency::Mtbf(mtbf) => millis(mtbf.fact.value.0),
        #[expect(clippy::cast_precision_loss, reason = "chances are small")]
        Frequency::Probability(share) => {
            let share = share.value.0 as f64 / 1e12;
            millis(rate.mttr.fact.value.0) * (1.0 - share) / share
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "times are short")]
fn millis(of: u64) -> f64 {
    of as f64
}
