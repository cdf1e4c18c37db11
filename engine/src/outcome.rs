//! The outcome of one state: every agent in exactly one disposition.
//!
//! | disposition | exact condition |
//! |---|---|
//! | working | every required leg live, nothing he loads over its limit |
//! | impaired, over its limit | every required leg live, something he loads does not refuse and is over its limit |
//! | impaired, voice lost | his media are voice and digital, no way has its voice legs live, but one has all others |
//! | in transit | he takes a way up and has not arrived (only over time) |
//! | stranded, no way | no way that the scope leaves him is live |
//! | stranded, no room | a way is live, and what refuses had no room for him |

use std::collections::BTreeSet;

use crate::problem::{Problem, ResourceId};
use crate::state::Held;

/// Where an agent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disposition {
    /// Working on a way.
    Working {
        /// The way.
        way: usize,
    },
    /// At work, but not as it should be.
    Impaired {
        /// The way.
        way: usize,
        /// Why.
        by: Impairment,
    },
    /// On the way to a way.
    InTransit {
        /// The way.
        way: usize,
    },
    /// Not working.
    Stranded(Want),
}

/// Why an agent is impaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impairment {
    /// Something he shares is over its limit.
    OverLimit(ResourceId),
    /// He has lost voice and keeps digital media.
    VoiceLost,
}

/// What a stranded agent lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Want {
    /// A live way.
    Way,
    /// Room on a resource that refuses.
    Room(ResourceId),
}

/// Agents of one cohort in one disposition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whose.
    pub cohort: usize,
    /// The way they held before, if any.
    pub held: Option<usize>,
    /// Where they are.
    pub disposition: Disposition,
    /// For each leg in use, leg and route.
    pub routes: Vec<(usize, usize)>,
    /// How many.
    pub agents: u64,
    /// Share of their calls that get through, in millionths (0 if not working).
    pub pass: u32,
}

/// Load of one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// Which.
    pub resource: ResourceId,
    /// Its load.
    pub used: u64,
    /// What it has in this state; `None` is without limit.
    pub capacity: Option<u64>,
}

/// One objective in the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Agents needed.
    pub need: u64,
    /// Agents who count, rounded down; more than the need only where agents
    /// are left over.
    pub counted: u64,
}

impl Count {
    /// Whether the need is reached.
    pub fn is_met(&self) -> bool {
        self.counted >= self.need
    }
}

/// What one state does to everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Every agent, by cohort.
    pub entries: Vec<Entry>,
    /// Users who are no agents (`media: []`), by cohort: they load what agents
    /// load and are counted nowhere else.
    pub users: Vec<Entry>,
    /// Every resource that is loaded or degraded.
    pub uses: Vec<Use>,
    /// Every objective, in the problem's order.
    pub objectives: Vec<Count>,
    /// How many more working agents the bound allows; 0 where exact.
    pub gap: u64,
    /// Assumptions that somebody at work stands on.
    pub assumptions: BTreeSet<String>,
}

impl Outcome {
    /// Agents for whom a predicate on entries holds.
    pub fn sum(&self, keep: impl Fn(&Entry) -> bool) -> u64 {
        self.entries.iter().filter(|entry| keep(entry)).map(|entry| entry.agents).sum()
    }

    /// Agents and other users.
    pub fn everybody(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().chain(&self.users)
    }

    /// The entries of one cohort; entries are sorted by cohort.
    pub fn of_cohort(&self, cohort: usize) -> impl Iterator<Item = &Entry> {
        let of = |all: &'_ [Entry]| {
            let first = all.partition_point(|entry| entry.cohort < cohort);
            first..first + all[first..].partition_point(|entry| entry.cohort == cohort)
        };
        let (agents, users) = (of(&self.entries), of(&self.users));
        self.entries[agents].iter().chain(&self.users[users])
    }

    /// Agents and other users for whom a predicate on entries holds.
    pub fn count(&self, keep: impl Fn(&Entry) -> bool) -> u64 {
        self.everybody().filter(|entry| keep(entry)).map(|entry| entry.agents).sum()
    }

    /// Working agents.
    pub fn working(&self) -> u64 {
        self.sum(|entry| matches!(entry.disposition, Disposition::Working { .. }))
    }

    /// Effective agents in millionths.
    pub fn effective_millionths(&self) -> u128 {
        self.entries.iter().map(|e| u128::from(e.agents) * u128::from(e.pass)).sum()
    }

    /// The allocation that this outcome holds.
    pub fn held(&self, problem: &Problem) -> Held {
        let mut held = vec![Vec::new(); problem.cohorts.len()];
        for entry in self.everybody() {
            let way = match entry.disposition {
                Disposition::Working { way }
                | Disposition::InTransit { way }
                | Disposition::Impaired { way, .. } => way,
                Disposition::Stranded(_) => continue,
            };
            let list: &mut Vec<(usize, u64)> = &mut held[entry.cohort];
            match list.iter_mut().find(|(w, _)| *w == way) {
                Some((_, agents)) => *agents += entry.agents,
                None => list.push((way, entry.agents)),
            }
        }
        Held(held)
    }
}
