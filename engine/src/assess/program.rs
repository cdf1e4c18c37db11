//! The allocation as a program: crews × columns over shared capacities.
//!
//! Its figures come in lexicographic order ([`Stage`]): a stage maximises one
//! figure while all earlier ones keep their optimum.

use crate::problem::ResourceId;

/// One way for the agents of one crew.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Column {
    pub(crate) loads: Vec<(ResourceId, u64)>,
    /// Share of calls that get through, in millionths.
    pub(crate) pass: u32,
    /// Whether it is another way than the one held.
    pub(crate) moved: u32,
    /// Optional legs that it does without.
    pub(crate) dropped: u32,
    /// Preference, 0 the first.
    pub(crate) rank: u32,
}

impl Column {
    /// What taking it costs among ways that are equally good, in millionths of
    /// an agent moved.
    pub(super) fn steps(&self) -> i64 {
        i64::from(self.moved) * 1_000_000
            + i64::from(self.dropped.min(999)) * 1_000
            + i64::from(self.rank.min(999))
    }
}

/// How an objective counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Counted {
    Working,
    Effective,
}

/// An objective as the program sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Target {
    /// Agents needed.
    pub(crate) need: u64,
    /// Millionths of agents that count already.
    pub(crate) have: u128,
    pub(crate) counts: Counted,
    pub(crate) priority: u32,
    pub(crate) overall: bool,
}

impl Target {
    /// The need in millionths of agents.
    pub(super) fn millionths(&self) -> u128 {
        u128::from(self.need) * 1_000_000
    }
}

/// Agents who have the same ways and count alike.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Crew {
    pub(super) agents: u64,
    pub(super) priority: u32,
    pub(super) targets: Vec<usize>,
    pub(super) columns: std::ops::Range<usize>,
}

/// A whole program.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Program {
    pub(super) capacities: Vec<Option<u64>>,
    pub(super) crews: Vec<Crew>,
    pub(super) columns: Vec<Column>,
    pub(crate) targets: Vec<Target>,
}

/// Whole agents for each column, and how many more the bound allows.
#[derive(Debug, Clone)]
pub(crate) struct Solution {
    pub(crate) agents: Vec<u64>,
    pub(crate) gap: u64,
}

/// One figure of the lexicographic order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    /// Agents counted towards these targets.
    Count(Vec<usize>),
    /// Working agents of a class.
    Class(u32),
    /// Effective agents.
    Effective,
    /// Objectives met.
    Met,
    /// The smallest share of an objective that is not met.
    Even,
    /// Fewest agents moved, fewest optional legs lost, then preference.
    Stay,
}

impl Program {
    pub(crate) fn new(capacities: Vec<Option<u64>>) -> Self {
        Self { capacities, crews: Vec::new(), columns: Vec::new(), targets: Vec::new() }
    }

    /// The same within other capacities.
    pub(crate) fn within(self, capacities: Vec<Option<u64>>) -> Self {
        Self { capacities, ..self }
    }

    pub(crate) fn add_crew(&mut self, agents: u64, priority: u32, targets: Vec<usize>) {
        let at = self.columns.len();
        self.crews.push(Crew { agents, priority, targets, columns: at..at });
    }

    /// Adds a column to the last crew.
    pub(crate) fn add_column(&mut self, column: Column) {
        self.columns.push(column);
        let end = self.columns.len();
        self.crews.last_mut().expect("a crew first").columns.end = end;
    }

    pub(super) fn used(&self, agents: &[u64]) -> Vec<u128> {
        let mut used = vec![0_u128; self.capacities.len()];
        for (column, &count) in self.columns.iter().zip(agents) {
            for (resource, load) in &column.loads {
                used[resource.index()] += u128::from(*load) * u128::from(count);
            }
        }
        used
    }

    pub(super) fn fits(&self, agents: &[u64]) -> bool {
        let used = self.used(agents);
        used.iter().zip(&self.capacities).all(|(used, c)| c.is_none_or(|c| *used <= u128::from(c)))
    }

    /// The stages that can make a difference, in order.
    pub(super) fn order(&self) -> Vec<Stage> {
        let mut stages = Vec::new();
        let mut queued: Vec<usize> =
            (0..self.targets.len()).filter(|&n| !self.targets[n].overall).collect();
        queued.sort_by_key(|&n| self.targets[n].priority);
        for list in queued.chunk_by(|&a, &b| self.targets[a].priority == self.targets[b].priority) {
            stages.push(Stage::Count(list.to_vec()));
        }
        let overall: Vec<usize> =
            (0..self.targets.len()).filter(|&n| self.targets[n].overall).collect();
        if !overall.is_empty() {
            stages.push(Stage::Count(overall));
        }
        let mut classes: Vec<u32> = self.crews.iter().map(|crew| crew.priority).collect();
        classes.sort_unstable();
        classes.dedup();
        stages.extend(classes.into_iter().map(Stage::Class));
        if self.columns.iter().any(|column| column.pass < 1_000_000) {
            stages.push(Stage::Effective);
        }
        // A target that is alone in its stage keeps its figure ever after.
        let open = |t: &&usize| self.targets[**t].have < self.targets[**t].millionths();
        let contested = |stage: &Stage| match stage {
            Stage::Count(list) => list.iter().filter(open).count() > 1,
            _ => false,
        };
        if stages.iter().any(contested) {
            stages.push(Stage::Met);
            stages.push(Stage::Even);
        }
        stages.push(Stage::Stay);
        stages
    }

    /// Whether every agent counts as one towards a target, and so far whole
    /// agents count.
    pub(super) fn counts_whole(&self, target: usize) -> bool {
        let Target { have, counts, .. } = self.targets[target];
        let crews = self.crews.iter().filter(|crew| crew.targets.contains(&target));
        let mut columns = crews.flat_map(|crew| &self.columns[crew.columns.clone()]);
        have.is_multiple_of(1_000_000) && columns.all(|column| weight(column, counts) == 1_000_000)
    }

    /// Millionths that count towards a target if every agent had his best way
    /// for it: nothing reaches more.
    pub(super) fn at_most(&self, target: usize) -> u128 {
        let Target { have, counts, .. } = self.targets[target];
        let crews = self.crews.iter().filter(|crew| crew.targets.contains(&target));
        let best = |crew: &Crew| {
            let columns = &self.columns[crew.columns.clone()];
            columns.iter().map(|column| weight(column, counts)).max().unwrap_or(0)
        };
        have + crews.map(|crew| u128::from(crew.agents) * best(crew)).sum::<u128>()
    }

    pub(super) fn agents(&self) -> u64 {
        self.crews.iter().map(|crew| crew.agents).sum()
    }
}

/// What the pricing reads.
impl Program {
    pub(crate) fn capacities(&self) -> &[Option<u64>] {
        &self.capacities
    }

    pub(crate) fn crew_count(&self) -> usize {
        self.crews.len()
    }

    pub(crate) fn crew_agents(&self, crew: usize) -> u64 {
        self.crews[crew].agents
    }

    pub(crate) fn crew_counts(&self, crew: usize, target: usize) -> bool {
        self.crews[crew].targets.contains(&target)
    }

    pub(crate) fn crew_columns(&self, crew: usize) -> impl Iterator<Item = &Column> {
        self.columns[self.crews[crew].columns.clone()].iter()
    }

    /// The largest load of one agent on each resource.
    pub(crate) fn largest_loads(&self) -> Vec<u64> {
        let mut largest = vec![0; self.capacities.len()];
        for (resource, load) in self.columns.iter().flat_map(|column| &column.loads) {
            let so_far: &mut u64 = &mut largest[resource.index()];
            *so_far = (*so_far).max(*load);
        }
        largest
    }
}

/// Millionths that one agent on a column counts.
pub(crate) fn weight(column: &Column, counts: Counted) -> u128 {
    match counts {
        Counted::Working => 1_000_000,
        Counted::Effective => u128::from(column.pass),
    }
}

impl Stage {
    /// Whether it only chooses among allocations that are equally good.
    pub(super) fn is_tie_break(&self) -> bool {
        matches!(self, Self::Met | Self::Even | Self::Stay)
    }
}
