//! Whether a program is a flow: its resources as places, its targets as gains.

use crate::assess::program::{Crew, Program, Stage};

const WHOLE: u128 = 1_000_000;

impl Program {
    /// The resources as a forest of places; `None` where columns load one
    /// differently, or where who loads it does not always load the same next
    /// one.
    pub(super) fn places(&self) -> Option<Places> {
        let mut users = vec![0; self.capacities.len()];
        for (resource, _) in self.columns.iter().flat_map(|column| &column.loads) {
            users[resource.index()] += 1;
        }
        let mut units: Vec<Option<(u64, Option<usize>)>> = vec![None; users.len()];
        let mut first = Vec::new();
        for column in &self.columns {
            let mut chain = column.loads.clone();
            chain.sort_by_key(|(resource, _)| (users[resource.index()], *resource));
            for (n, (resource, load)) in chain.iter().enumerate() {
                let next = chain.get(n + 1).map(|(next, _)| next.index());
                let unit = (*load, next);
                if *units[resource.index()].get_or_insert(unit) != unit {
                    return None;
                }
            }
            first.push(chain.first().map(|(resource, _)| resource.index()));
        }
        let place = |(unit, capacity): (Option<(u64, Option<usize>)>, &Option<u64>)| {
            let (unit, next) = unit.unwrap_or((1, None));
            Place { room: capacity.map_or(u64::MAX, |capacity| capacity / unit), next }
        };
        Some(Places { all: units.into_iter().zip(&self.capacities).map(place).collect(), first })
    }

    /// How a target counts in costs; `None` where an agent counts for less than
    /// one, since what is rounded down is no sum.
    pub(super) fn counting(&self, target: usize) -> Option<Counting> {
        let entry = &self.targets[target];
        if entry.have >= entry.millionths() {
            return Some(Counting::Not);
        }
        if !self.counts_whole(target) {
            return None;
        }
        let apart = entry.overall
            || self.crews_of(target).all(|(_, crew)| self.open_queues(crew).count() == 1);
        if apart && self.at_most(target) <= entry.millionths() {
            return Some(Counting::Always);
        }
        let missing = (entry.millionths() - entry.have) / WHOLE;
        let everybody = self.crews.iter().filter(|crew| !crew.columns.is_empty()).count();
        let fits = !entry.overall || self.crews_of(target).count() == everybody;
        fits.then(|| Counting::First(u64::try_from(missing).unwrap_or(u64::MAX)))
    }

    /// The queues' objectives that an agent of a crew may still count towards.
    pub(super) fn open_queues<'a>(&'a self, crew: &'a Crew) -> impl Iterator<Item = usize> + 'a {
        let open = |t: &usize| {
            let target = &self.targets[*t];
            !target.overall && target.have < target.millionths()
        };
        crew.targets.iter().copied().filter(open)
    }

    /// Whether no allocation that is as good counts more objectives as met, or
    /// a larger least share: true where each stage that counts several meets
    /// them all.
    pub(super) fn is_even_anyhow(&self, agents: &[u64]) -> bool {
        let order = self.order();
        if !order.contains(&Stage::Even) {
            return true;
        }
        let counted = self.counted(agents);
        let open = |t: &&usize| self.targets[**t].have < self.targets[**t].millionths();
        let met = |t: &usize| counted[*t] >= self.targets[*t].millionths();
        order.iter().all(|stage| match stage {
            Stage::Count(list) => list.iter().filter(open).count() < 2 || list.iter().all(met),
            _ => true,
        })
    }
}

/// Resources as a forest: whoever is on one is on the next one as well.
pub(super) struct Places {
    pub(super) all: Vec<Place>,
    /// Where the agents of each column enter.
    pub(super) first: Vec<Option<usize>>,
}

pub(super) struct Place {
    /// Whole agents.
    pub(super) room: u64,
    pub(super) next: Option<usize>,
}

/// How a target counts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Counting {
    /// Its need is met already.
    Not,
    /// Every agent: nothing is cut off.
    Always,
    /// The first agents only, so many.
    First(u64),
}
