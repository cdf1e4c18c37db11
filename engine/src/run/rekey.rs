//! The same allocation on another problem of the same people.
//!
//! A changed setting gives another problem: ways keep their identity, not their
//! index, and it may split a group into other cohorts (another home provider,
//! another order of a bundle).

use std::collections::BTreeMap;

use outlast_models::Id;

use crate::problem::{Cohort, Problem, divided};
use crate::routes::posture::PostureKey;
use crate::state::Held;

/// What is held, in terms of another problem. Where a group is split otherwise,
/// those who hold a way are shared out over its new cohorts by heads.
pub(super) fn rekey(held: &Held, from: &Problem, to: &Problem) -> Held {
    if std::ptr::eq(from, to) {
        return held.clone();
    }
    let mut all = vec![Vec::new(); to.cohorts.len()];
    for (group, new) in by_group(to) {
        let old = by_group(from).remove(group).unwrap_or_default();
        let holders: Vec<Vec<(&PostureKey, u64)>> =
            old.iter().map(|&n| holders(held, from, n)).collect();
        let alike = old.len() == new.len()
            && old.iter().zip(&new).all(|(&a, &b)| same(&from.cohorts[a], &to.cohorts[b]));
        let shared = if alike { holders } else { shared_out(&holders, to, &new) };
        for (&cohort, holders) in new.iter().zip(shared) {
            all[cohort] = indexed(&holders, to, cohort);
        }
    }
    Held(all)
}

fn by_group(problem: &Problem) -> BTreeMap<&Id, Vec<usize>> {
    let mut all: BTreeMap<&Id, Vec<usize>> = BTreeMap::new();
    for (n, cohort) in problem.cohorts.iter().enumerate() {
        all.entry(&cohort.group).or_default().push(n);
    }
    all
}

fn same(a: &Cohort, b: &Cohort) -> bool {
    a.detail == b.detail && a.heads == b.heads
}

fn holders<'p>(held: &Held, problem: &'p Problem, cohort: usize) -> Vec<(&'p PostureKey, u64)> {
    let list = held.0.get(cohort).into_iter().flatten();
    list.map(|&(way, agents)| (&problem.ways[way].key, agents)).collect()
}

fn shared_out<'p>(
    holders: &[Vec<(&'p PostureKey, u64)>],
    to: &Problem,
    cohorts: &[usize],
) -> Vec<Vec<(&'p PostureKey, u64)>> {
    let heads: Vec<u64> = cohorts.iter().map(|&n| to.cohorts[n].heads).collect();
    let mut sums: Vec<(&PostureKey, u64)> = Vec::new();
    for &(key, agents) in holders.iter().flatten() {
        match sums.iter_mut().find(|(known, _)| *known == key) {
            Some((_, sum)) => *sum += agents,
            None => sums.push((key, agents)),
        }
    }
    let mut all = vec![Vec::new(); cohorts.len()];
    for (key, agents) in sums {
        for (list, agents) in all.iter_mut().zip(divided(&heads, agents)) {
            list.push((key, agents));
        }
    }
    all
}

/// By index; a way that is no more is held by nobody.
fn indexed(holders: &[(&PostureKey, u64)], to: &Problem, cohort: usize) -> Vec<(usize, u64)> {
    let way = |key: &PostureKey| to.cohorts[cohort].ways.clone().find(|n| to.ways[*n].key == *key);
    let known = holders.iter().filter_map(|&(key, agents)| Some((way(key)?, agents)));
    known.filter(|(_, agents)| *agents > 0).collect()
}
