//! Minimal cut sets beyond the orders of which every set is looked at.
//!
//! A set that misses nothing has a witness, and every cut set that holds it contains a
//! failure on which that stands ([`crate::assess::bulk::Bulk::stands`]). So from nothing
//! failed, level by level, each set is continued by those failures only; of each minimal
//! cut set some chain of such sets leads to it. What is neither proven is continued by
//! everything.

use std::collections::{BTreeMap, BTreeSet};

use super::cuts::Cuts;
use crate::assess::bulk::{Aim, Bulk, Standing};
use crate::failures::{FailureId, Set};
use crate::progress::{Observer, Stage};

/// A level with more sets is not begun.
const MOST: usize = 1 << 18;

/// Finds cut sets of an aim of the orders after `known`, up to `order`; returns up to
/// which all are found. `cuts` holds those of the orders up to `known`.
pub(super) fn branch(
    bulk: &Bulk<'_>,
    classes: &[Vec<FailureId>],
    (aim, cuts): (Aim<'_>, &mut Cuts),
    (known, order): (usize, usize),
    observer: &dyn Observer,
) -> usize {
    if cuts.whole == Standing::Missed {
        return order;
    }
    let first: BTreeMap<FailureId, FailureId> =
        classes.iter().flat_map(|class| class.iter().map(|one| (*one, class[0]))).collect();
    let mut level = vec![Set::default()];
    for size in 0..=order {
        observer.begins(Stage::Cuts, size, order);
        if level.len() > MOST || observer.stops() {
            return known.max(size.saturating_sub(1));
        }
        let mut next = BTreeSet::new();
        for (set, stands) in level.iter().zip(bulk.stands(aim, &level)) {
            if size > known {
                cuts.see(set, stands.standing);
            }
            if stands.standing == Standing::Missed || size == order {
                continue;
            }
            let on =
                stands.on.map(|on| on.iter().filter_map(|one| first.get(one)).copied().collect());
            let on: BTreeSet<FailureId> =
                on.unwrap_or_else(|| classes.iter().map(|class| class[0]).collect());
            let more = on.into_iter().filter(|one| !set.contains(*one)).map(|one| set.with(one));
            next.extend(more.filter(|set| !cuts.minimal.iter().any(|cut| set.includes(cut))));
        }
        level = next.into_iter().collect();
    }
    order
}
