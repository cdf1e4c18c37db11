//! A part of a program as a program of its own.

use super::program::{Column, Crew, Program};
use crate::problem::ResourceId;

/// A part of a program, and where its columns stand in the whole.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) program: Program,
    pub(super) columns: Vec<usize>,
}

impl Part {
    /// Writes the part's agents where they stand in the whole.
    pub(super) fn give_back(&self, agents: &[u64], whole: &mut [u64]) {
        for (&column, &count) in self.columns.iter().zip(agents) {
            whole[column] = count;
        }
    }
}

impl Program {
    /// The named crews with their kept columns, the kept resources that these
    /// load, and the named targets, all in the order of the whole.
    pub(super) fn part(
        &self,
        crews: &[usize],
        columns: &[bool],
        resources: &[bool],
        targets: &[usize],
    ) -> Part {
        let mut part = Program::new(Vec::new());
        let mut from = Vec::new();
        for &crew in crews {
            let crew = &self.crews[crew];
            let here = |t: &usize| targets.iter().position(|target| target == t);
            let counted = crew.targets.iter().filter_map(here).collect();
            part.add_crew(crew.agents, crew.priority, counted);
            for column in crew.columns.clone().filter(|&column| columns[column]) {
                part.add_column(self.columns[column].clone());
                from.push(column);
            }
        }
        part.targets = targets.iter().map(|&t| self.targets[t].clone()).collect();
        part.capacities = self.renumber(&mut part.columns, resources);
        Part { program: part, columns: from }
    }

    /// Numbers the kept resources that the columns load, and takes the others
    /// off; returns their capacities.
    fn renumber(&self, columns: &mut [Column], resources: &[bool]) -> Vec<Option<u64>> {
        let mut used = vec![false; self.capacities.len()];
        for (resource, _) in columns.iter().flat_map(|column| &column.loads) {
            used[resource.index()] = resources[resource.index()];
        }
        let mut numbers = vec![None; self.capacities.len()];
        let mut capacities = Vec::new();
        for n in (0..used.len()).filter(|&n| used[n]) {
            numbers[n] = Some(ResourceId(u32::try_from(capacities.len()).expect("dense")));
            capacities.push(self.capacities[n]);
        }
        for column in columns {
            let here = |&(resource, load): &(ResourceId, u64)| {
                numbers[resource.index()].map(|number| (number, load))
            };
            column.loads = column.loads.iter().filter_map(here).collect();
        }
        capacities
    }

    /// The crews that count towards a target and have a way at all.
    pub(super) fn crews_of(&self, target: usize) -> impl Iterator<Item = (usize, &Crew)> {
        let crews = self.crews.iter().enumerate();
        crews.filter(move |(_, crew)| crew.targets.contains(&target) && !crew.columns.is_empty())
    }
}
