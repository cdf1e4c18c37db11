//! Assumptions that a plan does not write, and where it could.

use std::collections::BTreeSet;

use super::table::{SWINGS, SwingSpec};
use super::{Step, Whom, ends, others};
use crate::figures;
use crate::id::Id;
use crate::plan::{Owner, Plan};
use crate::yaml::Node;

/// An assumption that a plan does not write.
#[derive(Debug, Clone)]
pub struct Left {
    /// Its id.
    pub id: String,
    /// Where the plan could write it: keys with dots, of several things of a kind all.
    pub paths: Vec<String>,
    /// What it may be besides what is taken for it.
    pub others: Vec<String>,
    /// Who would know.
    pub whom: Whom,
}

/// How a plan could write an assumption: once, or for each thing that it is a fact of
/// in a way of its own. Nothing where it cannot.
pub fn left_out(plan: &Plan, tree: &Node, id: &str) -> Vec<Left> {
    if let Some(spec) = figures::spec(id) {
        let paths = vec![format!("assumptions.{id}")];
        let whom = Whom::of_figure(spec);
        return vec![Left { id: id.to_owned(), paths, others: ends(id), whom }];
    }
    let (kind, of) = id.split_once(':').unwrap_or((id, ""));
    let rows = SWINGS.iter().filter(|spec| spec.kinds.split(' ').any(|one| one == kind));
    let simple = rows.filter(|spec| !spec.path.contains("[]") && !is_whole(spec, kind));
    let left = |spec: &'static SwingSpec| {
        let paths = paths(plan, tree, spec, kind, of);
        let first = paths.first()?;
        let steps: Vec<Step<'_>> = first.split('.').map(Step::Key).collect();
        let others = others(spec, plan, &steps, tree);
        Some(Left { id: id.to_owned(), paths, others, whom: spec.whom })
    };
    simple.filter_map(left).collect()
}

/// Whether a row speaks of several facts in one word, and another of this one alone.
fn is_whole(spec: &SwingSpec, kind: &str) -> bool {
    let alone = |other: &SwingSpec| {
        let rest = other.path.strip_prefix(spec.path).and_then(|rest| rest.strip_prefix('.'));
        rest.is_some_and(|rest| !rest.contains('*'))
            && other.kinds.split(' ').any(|one| one == kind)
    };
    SWINGS.iter().any(alone)
}

/// Where the plan could write it, of all whose fact it is.
fn paths(plan: &Plan, tree: &Node, spec: &SwingSpec, kind: &str, of: &str) -> Vec<String> {
    let Some((section, key)) = spec.path.split_once('*') else {
        let free = of.is_empty() && at(tree, spec.path).is_none();
        return if free { vec![spec.path.to_owned()] } else { Vec::new() };
    };
    if key.contains('*') {
        return Vec::new();
    }
    let section = section.trim_end_matches('.');
    let owners: Vec<Id> =
        if of.is_empty() { owners(plan, tree, section, kind) } else { vec![Id::new(of)] };
    let entries = at(tree, section);
    let written = |id: &Id| entries.is_some_and(|node| node.get(id.as_str()).is_some());
    let open = ["cloud.services", "phones"].contains(&section);
    let there = owners.iter().filter(|id| open && known(plan, section, id) || written(id));
    let path = |id: &Id| format!("{section}.{id}{key}");
    there.map(path).filter(|path| at(tree, path).is_none()).collect()
}

/// Whether a thing of a section that need not be written is there all the same.
fn known(plan: &Plan, section: &str, id: &Id) -> bool {
    match section {
        "phones" => plan.phones.contains_key(id),
        _ => plan.cloud.services.contains_key(id),
    }
}

/// Whose fact it is.
fn owners(plan: &Plan, tree: &Node, section: &str, kind: &str) -> Vec<Id> {
    let unknowns = plan.unknowns().into_iter();
    let own = unknowns.filter(|one| one.id == kind && one.place.is_none());
    let mut seen = BTreeSet::new();
    let mut all: Vec<Id> = own
        .filter_map(|one| match one.owner {
            Owner::Component(id) | Owner::Phone(id) | Owner::Group(id) => Some(id),
            Owner::Way(..)
            | Owner::Queue(_)
            | Owner::Objective(_)
            | Owner::Cloud
            | Owner::Chance => None,
        })
        .filter(|id| seen.insert(id.clone()))
        .collect();
    if figures::is_left_out(kind) {
        return all;
    }
    if let Some(node) = at(tree, section) {
        all.extend(node.entries().iter().map(|(key, _)| Id::new(&key.text)));
    }
    all
}

/// What stands at keys with dots; ids may have dots themselves.
fn at<'t>(tree: &'t Node, path: &str) -> Option<&'t Node> {
    if let Some(found) = tree.get(path) {
        return Some(found);
    }
    path.match_indices('.').rev().find_map(|(dot, _)| at(tree.get(&path[..dot])?, &path[dot + 1..]))
}
