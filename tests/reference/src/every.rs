//! Every set of failures of a small plan, one by one (section 9).

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::plan::{Plan, Strikes};

use crate::attain::{Seen, Verdict};
use crate::failures::exhausted;
use crate::opinion::Opinion;
use crate::types::Failure;

/// Something that happens by itself, and the components that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The component, common cause or hazard.
    pub id: String,
    /// What goes down.
    pub takes: BTreeSet<String>,
}

/// Returns some components as causes, then the plan's common causes and hazards, these
/// with their whole footprints.
pub fn causes(plan: &Plan, components: &[String]) -> Vec<Cause> {
    let own = |id: &String| Cause { id: id.clone(), takes: BTreeSet::from([id.clone()]) };
    let mut all: Vec<Cause> = components.iter().map(own).collect();
    for (id, common) in &plan.failures.common {
        let takes = common.of.iter().map(|part| part.component.id.to_string()).collect();
        all.push(Cause { id: id.to_string(), takes });
    }
    for (id, hazard) in &plan.failures.hazards {
        if let Strikes::Hits(hits) = &hazard.strikes {
            let takes = hits.iter().map(|hit| hit.part.component.id.to_string()).collect();
            all.push(Cause { id: id.to_string(), takes });
        }
    }
    all
}

/// The state in which these components are down for good: no reserve is left.
pub fn state(plan: &Plan, failed: BTreeSet<String>) -> Failure {
    let unpowered = if failed.is_empty() { BTreeSet::new() } else { exhausted(plan) };
    Failure { failed, unpowered, ..Failure::default() }
}

/// What every set does. A set is a number, its nth bit the nth cause.
pub struct Every {
    /// What happens in each set, the empty one first.
    pub seen: Vec<Seen>,
    /// What everything in an emergency is, that takes nothing down.
    pub emergency: Seen,
    causes: usize,
}

impl Every {
    /// Looks at all sets of some causes.
    pub fn of(opinion: &Opinion, plan: &Plan, causes: &[Cause]) -> Self {
        let mut known: BTreeMap<BTreeSet<String>, Seen> = BTreeMap::new();
        let look = |set: usize| {
            let down = causes.iter().enumerate().filter(|(n, _)| set >> n & 1 == 1);
            let failed = down.flat_map(|(_, cause)| cause.takes.iter().cloned()).collect();
            let new = |failed: &BTreeSet<String>| opinion.seen(&state(plan, failed.clone()));
            known.entry(failed).or_insert_with_key(new).clone()
        };
        let seen = (0..1 << causes.len()).map(look).collect();
        let nothing = Failure { failed: ["nothing".to_owned()].into(), ..Failure::default() };
        Self { seen, emergency: opinion.seen(&nothing), causes: causes.len() }
    }

    /// Agents lost; nothing where it is not known how many work.
    pub fn lost(&self, set: usize) -> Option<i64> {
        fewer(&self.seen[0], &self.seen[set])
    }

    /// Whether it is shown of every set that an objective is missed or not.
    pub fn is_plain(&self, objective: usize) -> bool {
        self.seen.iter().all(|seen| seen.objectives[objective] != Verdict::Open)
    }

    /// The sets that miss an objective and no part of which does; none if it is missed
    /// with nothing failed.
    pub fn cuts(&self, objective: usize) -> BTreeSet<usize> {
        self.minimal(|seen| seen.objectives[objective] == Verdict::Missed)
    }

    /// The same of everybody in a group being out.
    pub fn group_cuts(&self, group: &str) -> BTreeSet<usize> {
        self.minimal(|seen| seen.out.contains(group))
    }

    fn minimal(&self, is_so: impl Fn(&Seen) -> bool) -> BTreeSet<usize> {
        let parts_of = |set: usize| (0..set).filter(move |part| part & set == *part);
        let sets = (1..self.seen.len()).filter(|set| is_so(&self.seen[*set]));
        sets.filter(|set| !parts_of(*set).any(|part| is_so(&self.seen[part]))).collect()
    }

    /// Pairs by which more are lost than by both of their failures, and how many more:
    /// beyond what the occupancy of an emergency costs in any case.
    pub fn worse_pairs(&self) -> Vec<(usize, i64)> {
        let mut pairs = Vec::new();
        let beyond = |set: usize| fewer(&self.emergency, &self.seen[set]);
        for one in 0..self.causes {
            for other in 0..one {
                let (one, other) = (1 << one, 1 << other);
                let lost = (beyond(one | other), beyond(one), beyond(other));
                if let (Some(both), Some(one_alone), Some(other_alone)) = lost {
                    pairs.push((one | other, both - one_alone - other_alone));
                }
            }
        }
        pairs.retain(|(_, beyond)| *beyond > 0);
        pairs
    }
}

/// How many fewer work than in another state.
fn fewer(than: &Seen, here: &Seen) -> Option<i64> {
    let working = |seen: &Seen| i64::try_from(seen.working?).ok();
    Some(working(than)? - working(here)?)
}
