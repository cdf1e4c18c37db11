//! The ways of a group as they are shown: one entry for each way, whatever
//! tells its agents from one another.

use outlast_engine::explain::{Explanation, WayReason};
use outlast_engine::problem::ResourceId;

/// A way as shown.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    /// The engine's reason, over all agents for whom it is the same.
    pub(crate) reason: WayReason,
    /// What some of its agents find full while others work on it.
    pub(crate) full: Option<ResourceId>,
    /// Whether the same way stands in another entry, for other agents.
    pub(crate) apart: bool,
}

/// Ways in the engine's order. The same way open to some and full for others
/// is one; a way under a setting that is not in force is left out where it
/// stands under the one that is.
pub(crate) fn ways(explanation: &Explanation) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for way in &explanation.ways {
        let mut same = all.iter_mut().filter(|shown| shown.reason.key == way.key);
        if same.any(|shown| shown.reason.cohorts == way.cohorts) {
            continue;
        }
        let open = all.iter_mut().find(|shown| {
            shown.reason.key == way.key && shown.reason.status.is_open() && way.status.is_open()
        });
        match open {
            Some(shown) => join(shown, way),
            None => all.push(Shown { reason: way.clone(), full: way.full, apart: false }),
        }
    }
    let keys: Vec<_> = all.iter().map(|shown| shown.reason.key.clone()).collect();
    for shown in &mut all {
        shown.apart = keys.iter().filter(|key| **key == shown.reason.key).count() > 1;
    }
    all
}

fn join(shown: &mut Shown, way: &WayReason) {
    shown.full = shown.full.or(way.full);
    let reason = &mut shown.reason;
    reason.left_alone += way.left_alone;
    reason.directed += way.directed;
    reason.cohorts.extend(&way.cohorts);
    for id in &way.detail {
        if !reason.detail.contains(id) {
            reason.detail.push(id.clone());
        }
    }
}
