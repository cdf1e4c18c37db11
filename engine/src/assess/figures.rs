//! The figures of an allocation, and how far they are below their bounds.

use super::counts::{Supplies, share_out};
use super::program::{Crew, Program, Stage, Target, weight};

impl Program {
    /// Agents counted towards the targets, each rounded down, and working by
    /// class, in the order of the stages.
    pub(super) fn figures(&self, agents: &[u64]) -> Vec<u128> {
        let counted = self.counted(agents);
        self.order()
            .iter()
            .filter_map(|stage| match stage {
                Stage::Count(list) => Some(list.iter().map(|t| counted[*t] / 1_000_000).sum()),
                Stage::Class(class) => Some(self.of_class(*class, agents)),
                _ => None,
            })
            .collect()
    }

    fn of_class(&self, class: u32, agents: &[u64]) -> u128 {
        let crews = self.crews.iter().filter(|crew| crew.priority == class);
        let working: u64 = crews.flat_map(|crew| &agents[crew.columns.clone()]).sum();
        u128::from(working)
    }

    /// Millionths counted towards each target, capped at its need.
    pub(super) fn counted(&self, agents: &[u64]) -> Vec<u128> {
        let queued: Vec<usize> =
            (0..self.targets.len()).filter(|&t| !self.targets[t].overall).collect();
        let mut supplies = Supplies::default();
        let mut serves: Vec<usize> = Vec::new();
        for crew in &self.crews {
            serves.clear();
            serves.extend(crew.targets.iter().filter_map(|t| queued.binary_search(t).ok()));
            serves.sort_unstable();
            if let Some(first) = serves.first() {
                let target = &self.targets[queued[*first]];
                supplies.add(self.weighed(crew, agents, target), &serves);
            }
        }
        for (n, &t) in queued.iter().enumerate() {
            supplies.add(self.targets[t].have, &[n]);
        }
        let need = |t: usize| self.targets[t].millionths();
        let needs: Vec<u128> = queued.iter().map(|&t| need(t)).collect();
        let mut counted = vec![0; self.targets.len()];
        for (&t, got) in queued.iter().zip(share_out(&supplies, &needs)) {
            counted[t] = got;
        }
        for t in (0..self.targets.len()).filter(|t| self.targets[*t].overall) {
            let target = &self.targets[t];
            let crews = self.crews.iter().filter(|crew| crew.targets.contains(&t));
            let ours: u128 = crews.map(|crew| self.weighed(crew, agents, target)).sum();
            counted[t] = (target.have + ours).min(need(t));
        }
        counted
    }

    fn weighed(&self, crew: &Crew, agents: &[u64], target: &Target) -> u128 {
        let columns = crew.columns.clone();
        columns.map(|c| u128::from(agents[c]) * weight(&self.columns[c], target.counts)).sum()
    }

    /// How many whole agents the fluid optimum is ahead in the first figure
    /// where it is.
    pub(super) fn gap(&self, bounds: &[(Stage, f64)], agents: &[u64]) -> u64 {
        let bounds =
            bounds.iter().filter(|(stage, _)| matches!(stage, Stage::Count(_) | Stage::Class(_)));
        for ((_, bound), figure) in bounds.zip(self.figures(agents)) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let bound = (bound + 1e-4).floor().max(0.0) as u64;
            let reached = u64::try_from(figure).unwrap_or(u64::MAX);
            if bound > reached {
                return bound - reached;
            }
        }
        0
    }
}
