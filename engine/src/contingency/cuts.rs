//! Minimal cut sets, gathered as sets are looked at in order.

use std::collections::BTreeMap;

use outlast_models::Id;

use crate::assess::bulk::{Bulk, Effect, Standing};
use crate::failures::Set;

/// How it is with nothing failed.
pub type Whole = Standing;

/// What it takes to miss one objective, or to stop one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cuts {
    /// With nothing failed; where it is missed already, nothing is asked.
    pub whole: Whole,
    /// Minimal cut sets by order, then in order.
    pub minimal: Vec<Set>,
    /// Sets between proof of yes and proof of no, with neither a cut set nor another of
    /// them in them.
    pub open: Vec<Set>,
}

impl Cuts {
    pub(super) fn of_objective(whole: Standing) -> Self {
        Self { whole, minimal: Vec::new(), open: Vec::new() }
    }

    /// Sees the next set; lower orders come first. Whether it is a minimal cut set.
    pub(super) fn see(&mut self, set: &Set, standing: Standing) -> bool {
        let news = standing != Standing::Attained && self.whole != Standing::Missed;
        if !news || self.minimal.iter().any(|cut| set.includes(cut)) {
            return false;
        }
        match standing {
            Standing::Missed => self.minimal.push(set.clone()),
            _ if self.open.iter().any(|open| set.includes(open)) => {}
            _ => self.open.push(set.clone()),
        }
        standing == Standing::Missed
    }
}

/// Every group with agents on shift, before anything is seen.
pub(super) fn of_groups(bulk: &Bulk<'_>) -> Vec<(Id, Cuts)> {
    let mut all = BTreeMap::new();
    for (n, cohort) in bulk.problem.cohorts.iter().enumerate() {
        if bulk.people[n] > 0 {
            let whole = of_group(bulk, &cohort.group, bulk.normal());
            all.insert(cohort.group.clone(), Cuts::of_objective(whole));
        }
    }
    all.into_iter().collect()
}

/// Missed where nobody of a group has a live way.
pub(super) fn of_group(bulk: &Bulk<'_>, group: &Id, effect: &Effect) -> Standing {
    let out = |n: usize| effect.out.binary_search(&(n as u32)).is_ok();
    let all_out = cohorts_of(bulk, group).into_iter().all(out);
    if all_out { Standing::Missed } else { Standing::Attained }
}

/// Cohorts of a group with agents on shift.
pub(super) fn cohorts_of(bulk: &Bulk<'_>, group: &Id) -> Vec<usize> {
    let cohorts = bulk.problem.cohorts.iter().enumerate();
    let own = cohorts.filter(|(n, cohort)| cohort.group == *group && bulk.people[*n] > 0);
    own.map(|(n, _)| n).collect()
}
