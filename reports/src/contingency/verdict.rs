//! The verdict on everything that can fail, in one paragraph.

use crate::document::{ContingencyDocument, CutsDocument, SetDocument, WhomDocument};
use crate::number::{counted, grouped};
use crate::refused::list;

/// Whether what was asked for is missed by some set, and whether it may be.
pub(super) fn misses(document: &ContingencyDocument) -> (bool, bool) {
    let asked: Vec<&CutsDocument> = match document.asked_for.as_slice() {
        [] => document.objectives.iter().collect(),
        some => some.iter().flat_map(|whom| asked_cuts(document, whom)).collect(),
    };
    let missed = |one: &&CutsDocument| one.normally == "missed" || !one.minimal.is_empty();
    let open = |one: &&CutsDocument| one.normally == "open" || !one.open.is_empty();
    let is_missed = asked.iter().any(missed);
    (is_missed, is_missed || asked.iter().any(open))
}

/// A group, or an objective, which may be written several times.
fn asked_cuts<'a>(
    document: &'a ContingencyDocument,
    whom: &'a WhomDocument,
) -> impl Iterator<Item = &'a CutsDocument> {
    let all = if whom.what == "group" { &document.groups } else { &document.objectives };
    all.iter().filter(|one| one.of == whom.name)
}

pub(super) fn verdict(document: &ContingencyDocument) -> String {
    let deciding = document.failures.iter().filter(|one| one.decides).count();
    if document.failures.is_empty() {
        return "Nothing in this plan can fail.".to_owned();
    }
    if deciding == 0 {
        let all = counted(document.failures.len() as u64, "failure", "failures");
        return format!("Of {all} none decides anything: no way of working stands on one.");
    }
    if document.asked_for.is_empty() {
        return of_all(document);
    }
    let each = document.asked_for.iter().flat_map(|whom| {
        let says: Vec<String> = asked_cuts(document, whom)
            .map(|cuts| match whom.what.as_str() {
                "group" => of_group(document, cuts),
                _ => of_objective(document, cuts),
            })
            .collect();
        let nobody = format!("Nobody of {} is on shift at {}.", whom.name, document.hour);
        if says.is_empty() { vec![nobody] } else { says }
    });
    each.collect::<Vec<_>>().join(" ")
}

fn of_all(document: &ContingencyDocument) -> String {
    let asked: Vec<&CutsDocument> =
        document.objectives.iter().filter(|one| one.normally != "missed").collect();
    let mut said = Vec::new();
    let missed: Vec<String> =
        names(document.objectives.iter().filter(|one| one.normally == "missed"));
    if document.objectives.is_empty() {
        said.push(format!("The plan has no objectives; {}.", worst(document, false)));
    } else if asked.is_empty() {
        said.push(format!(
            "Every objective is missed with nothing failed; {}.",
            worst(document, false)
        ));
    } else {
        let alone = alone(document, &asked);
        said.push(format!("{}; {}.", alone.says, worst(document, alone.cloud)));
    }
    if !asked.is_empty() && !missed.is_empty() {
        let is = if missed.len() == 1 { "is" } else { "are" };
        said.push(format!("{} {is} missed with nothing failed.", list(&missed)));
    }
    said.extend(stress(document));
    said.join(" ")
}

fn names<'a>(cuts: impl Iterator<Item = &'a CutsDocument>) -> Vec<String> {
    let mut names: Vec<String> = cuts.map(|one| one.of.clone()).collect();
    names.dedup();
    names
}

/// How many failures alone miss something, in words.
struct Alone {
    says: String,
    /// Whether some of them are of the cloud.
    cloud: bool,
}

fn alone(document: &ContingencyDocument, asked: &[&CutsDocument]) -> Alone {
    let all = counted(document.failures.len() as u64, "failure", "failures");
    let hits = |hit: &dyn Fn(&SetDocument) -> bool| -> Vec<&str> {
        let found = document.singles.iter().filter(|one| hit(one));
        found.flat_map(|one| document.alike(&one.set[0])).collect()
    };
    let misses = hits(&|one| !one.misses().is_empty());
    let opens = hits(&|one| one.misses().is_empty() && !one.opens().is_empty());
    let cloud = misses.iter().filter(|id| document.is_cloud(id)).count();
    let says = match (misses.len(), opens.len()) {
        (0, 0) => format!("None of {all} alone misses an objective{}", together(document, asked)),
        (0, open) => format!("Of {all} none misses an objective alone for certain, {open} may"),
        (1, _) => format!("1 of {all} alone misses an objective"),
        (some, _) => format!("{some} of {all} alone miss an objective"),
    };
    let says = match cloud {
        0 => says,
        n if n == misses.len() && n == 1 => format!("{says}, one of the cloud's"),
        n if n == misses.len() => format!("{says}, all of them the cloud's"),
        n => format!("{says}, {n} of them the cloud's"),
    };
    Alone { says, cloud: cloud > 0 }
}

/// What is missed by several at once where nothing is by one.
fn together(document: &ContingencyDocument, asked: &[&CutsDocument]) -> String {
    if document.cuts < 2 {
        return String::new();
    }
    let minimal = asked.iter().flat_map(|one| &one.minimal);
    match minimal.map(|cut| cut.set.len()).min() {
        None => format!(", nor do up to {} at once", document.cuts),
        Some(order) => format!(", but some sets of {order} do"),
    }
}

/// The worst failure alone. Where the cloud's own come first, the worst of the others.
fn worst(document: &ContingencyDocument, but_cloud: bool) -> String {
    let all = document.normal.working;
    let of = counted(all, "agent", "agents");
    let is_own = |one: &&SetDocument| {
        !but_cloud || document.alike(&one.set[0]).iter().any(|id| !document.is_cloud(id))
    };
    let found = document.singles.iter().filter(|one| one.lost > 0).find(is_own);
    let others = if but_cloud { " of the others" } else { "" };
    let Some(found) = found else { return format!("none{others} costs an agent") };
    let lost = grouped(u64::try_from(found.lost).unwrap_or(0));
    let ids = document.alike(&found.set[0]);
    let id = ids.iter().find(|id| !but_cloud || !document.is_cloud(id)).unwrap_or(&ids[0]);
    format!("the worst{others}, {id}, costs {lost} of {of}")
}

fn stress(document: &ContingencyDocument) -> Option<String> {
    let lost = u64::try_from(document.lost_to_stress).ok().filter(|lost| *lost > 0)?;
    let agents = counted(lost, "agent", "agents");
    Some(format!(
        "Of what any failure costs, {agents} are lost to the occupancy of an emergency alone."
    ))
}

fn of_objective(document: &ContingencyDocument, cuts: &CutsDocument) -> String {
    let need = cuts.need.unwrap_or(0);
    let needs = format!("needs {} of {}", grouped(need), counted(cuts.on_shift, "agent", "agents"));
    if cuts.normally == "missed" {
        return format!("{} ({needs}) is missed with nothing failed.", cuts.of);
    }
    match reach(cuts) {
        None => format!("{} misses {} ({needs}).", nothing(document), cuts.of),
        Some(reach) => format!("{} ({needs}) is missed by {reach}.", cuts.of),
    }
}

fn nothing(document: &ContingencyDocument) -> String {
    match document.cuts {
        1 => "No failure alone".to_owned(),
        order => format!("Nothing of up to {order} failures"),
    }
}

fn of_group(document: &ContingencyDocument, cuts: &CutsDocument) -> String {
    let whom = format!("{} ({})", cuts.of, counted(cuts.on_shift, "agent", "agents"));
    if cuts.normally == "missed" {
        return format!("Nobody of {whom} has a live way with nothing failed.");
    }
    match reach(cuts) {
        None => format!("{} leaves everybody of {whom} without a way.", nothing(document)),
        Some(reach) => format!("Everybody of {whom} is left without a way by {reach}."),
    }
}

/// Cut sets by how many fail: `3 failures alone, 12 pairs`; nothing where there are none.
pub fn reach(cuts: &CutsDocument) -> Option<String> {
    let largest = cuts.minimal.iter().map(|cut| cut.set.len()).max()?;
    let of = |order: usize| -> u64 {
        let cuts = cuts.minimal.iter().filter(|cut| cut.set.len() == order);
        cuts.map(|cut| cut.stands_for).sum()
    };
    let each = (1..=largest).map(|order| (order, of(order))).filter(|(_, sets)| *sets > 0);
    let each = each.map(|(order, sets)| match order {
        1 => counted(sets, "failure alone", "failures alone"),
        2 => counted(sets, "pair", "pairs"),
        3 => counted(sets, "triple", "triples"),
        n => counted(sets, &format!("set of {n}"), &format!("sets of {n}")),
    });
    Some(list(&each.collect::<Vec<_>>()))
}
