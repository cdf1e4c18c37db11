//! What stands in and is larger than what it backs (OWN-08).
//!
//! Of fixed alternatives one is in use: where the second is larger, more agents may
//! work while the first is lost than while it is not.

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::plan::{BrowserSetting, BundleMode, Capacity, Circuit, Named};
use outlast_models::units::Bps;
use outlast_models::{Id, Place};

use super::Finding;
use super::subject::Subject;

/// Findings on bundles, private networks and lists of proxies.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let plan = subject.plan;
    let mut all = Vec::new();
    let passive = plan.bundles.values().filter(|b| b.mode.value == BundleMode::ActivePassive);
    let mut bundles: Vec<Vec<&Id>> =
        passive.map(|bundle| bundle.of.iter().map(|named| &named.id).collect()).collect();
    bundles.extend(implied(subject));
    for members in bundles {
        all.extend(of_circuits(subject, &members));
    }
    let networks: Vec<&Id> = subject.graph.private_networks(true).collect();
    let mut by_site: BTreeMap<&Id, Vec<(&Id, &Circuit)>> = BTreeMap::new();
    for (id, circuit) in &plan.circuits {
        by_site.entry(&circuit.from.id).or_default().push((id, circuit));
    }
    for circuits in plan.sites.keys().filter_map(|site| by_site.get(site)) {
        all.extend(of_circuits(subject, &one_to_each(circuits, &networks)));
    }
    for group in plan.groups.values() {
        if let BrowserSetting::Proxies(list) = &group.browser.value {
            all.extend(of_proxies(subject, list));
        }
    }
    all.retain(|finding| finding.agents() > 0); // what no way goes by breaks nothing
    all
}

/// The circuits of a site to one network that stand in no written bundle.
fn implied<'a>(subject: &Subject<'a>) -> Vec<Vec<&'a Id>> {
    let plan = subject.plan;
    let bundled: BTreeSet<&Id> =
        plan.bundles.values().flat_map(|bundle| &bundle.of).map(|one| &one.id).collect();
    let mut all: BTreeMap<(&Id, &Id), Vec<&Id>> = BTreeMap::new();
    for (id, circuit) in plan.circuits.iter().filter(|(id, _)| !bundled.contains(id)) {
        all.entry((&circuit.from.id, &circuit.to.id)).or_default().push(id);
    }
    all.into_values().collect()
}

/// The circuits of a site to some networks, where it has just one to each: the first
/// that is up is used.
fn one_to_each<'a>(circuits: &[(&'a Id, &Circuit)], networks: &[&Id]) -> Vec<&'a Id> {
    let mut all = Vec::new();
    for network in networks {
        let mut own = circuits.iter().filter(|(_, circuit)| circuit.to.id == **network);
        match (own.next(), own.next()) {
            (Some((circuit, _)), None) => all.push(*circuit),
            (Some(_), Some(_)) => return Vec::new(),
            (None, _) => {}
        }
    }
    all
}

fn of_circuits(subject: &Subject<'_>, list: &[&Id]) -> Option<Finding> {
    let circuit = |id: &Id| subject.plan.circuits.get(id);
    let (first, others) = list.split_first()?;
    let one = circuit(first)?;
    let later = others.iter().find_map(|id| {
        let two = circuit(id)?;
        larger(one, two).map(|(small, large)| (*id, two.place, small, large))
    });
    let (second, place, small, large) = later?;
    let at = format!("circuits.{second}");
    Some(finding(subject, at, place, (*first, second), (small.to_string(), large.to_string())))
}

/// The capacities of two circuits in the first direction in which the second has more.
fn larger(one: &Circuit, two: &Circuit) -> Option<(Bps, Bps)> {
    let (Capacity::Bits(one), Capacity::Bits(two)) = (one.capacity.value, two.capacity.value)
    else {
        return None;
    };
    let both = [(one.down, two.down), (one.up, two.up)];
    both.into_iter().find_map(|(one, two)| one.zip(two).filter(|(one, two)| two.0 > one.0))
}

fn of_proxies(subject: &Subject<'_>, list: &[Named]) -> Option<Finding> {
    let (first, others) = list.split_first()?;
    let sessions = |named: &Named| subject.plan.proxies.get(&named.id)?.sessions.value;
    let has = sessions(first)?;
    let second = others.iter().find(|named| sessions(named).is_some_and(|more| more > has))?;
    let large = format!("{} sessions", sessions(second)?);
    let place = subject.plan.proxies.get(&second.id)?.place;
    let at = format!("proxies.{}", second.id);
    Some(finding(subject, at, place, (&first.id, &second.id), (has.to_string(), large)))
}

fn finding(
    subject: &Subject<'_>,
    at: String,
    place: Place,
    (first, second): (&Id, &Id),
    (small, large): (String, String),
) -> Finding {
    let whom = subject.over_line(second);
    Finding::note("OWN-08", at)
        .place(place)
        .says(format!(
            "{second} stands in for {first} and is larger ({large} against {small}): while \
             {first} is lost more agents may work than while it is not"
        ))
        .mend(format!("use {second} first, or give {first} as much"))
        .hits(whom)
}
