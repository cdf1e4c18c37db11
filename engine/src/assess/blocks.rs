//! Connected blocks: crews that share nothing are solved apart.
//!
//! Crews are coupled by a resource that binds and by a target that they count
//! towards. Of blocks without either, the union of optima is an optimum of the
//! whole: an allocation of the whole is any choice of one allocation for each
//! block, and every figure of [`Stage`](super::program::Stage) is the sum of
//! the blocks' figures. Vectors compared lexicographically keep their order
//! when the same vector is added to both, so the sum is largest where every
//! block's vector is. Gaps add up for the same reason. *Met* and *even* come
//! out of blocks as follows: the number met is a sum, and the least share of all is the
//! least of the blocks' least shares, largest where each of them is. (Objectives
//! of different blocks compete for nothing, so each block is as even as it can
//! be, even where another one has a smaller share.)
//!
//! A target is a sum over its crews, cut off at its need; only the cut couples.
//! So it couples nothing
//! - if its need is met already: its figure is the need, whatever is done;
//! - if everybody together cannot reach it, no other target shares its stage,
//!   and every agent counts as one: it is neither cut off nor rounded, and its
//!   figure is a plain sum. (Alone in its
//!   stage it keeps its figure in every later one, so met and even cannot
//!   change by it.)
//! - if it is met although nobody cared for it. Without the target the optimum
//!   of the other figures is at least as good as with it, and no allocation gives the target
//!   more than its need; an allocation that reaches both is an optimum. This is
//!   tried first; targets that are not met then couple their crews.

use std::collections::BTreeMap;

use super::part::Part;
use super::program::{Program, Solution, Stage, Target};

/// Solves a program block by block.
pub(super) fn solve(program: &Program, climb: &dyn Fn(&Program) -> Solution) -> Solution {
    let roles = roles(program);
    let mut coupled = vec![false; program.targets.len()];
    let mut solved = BTreeMap::new();
    loop {
        let split = Split::new(program, &roles, &coupled);
        let mut whole = Solution { agents: vec![0; program.columns.len()], gap: 0 };
        let mut expected = Expected::new(program, &roles, &split.ignored);
        for (crews, targets) in &split.blocks {
            let part = part(program, &roles, crews, targets);
            let key = (crews.clone(), targets.clone());
            let solution = solved.entry(key).or_insert_with(|| climb(&part.program));
            part.give_back(&solution.agents, &mut whole.agents);
            whole.gap += solution.gap;
            expected.add(targets, &part.program.counted(&solution.agents));
        }
        let missed = expected.missed(program, &split.ignored, &whole.agents);
        if missed.is_empty() {
            return whole;
        }
        for target in missed {
            coupled[target] = true;
        }
    }
}

/// How a target bears on blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Its need is met without these crews.
    Settled,
    /// Its need is out of reach, and it is alone in its stage: a plain sum.
    Sum,
    /// It couples its crews unless it is met anyhow.
    Open,
}

fn roles(program: &Program) -> Vec<Role> {
    let settled: Vec<bool> = program.targets.iter().map(|t| t.have >= t.millionths()).collect();
    let mut roles: Vec<Role> =
        settled.iter().map(|&is| if is { Role::Settled } else { Role::Open }).collect();
    for stage in program.order() {
        let Stage::Count(list) = stage else { continue };
        let open: Vec<usize> = list.into_iter().filter(|&t| !settled[t]).collect();
        if let [alone] = open[..]
            && program.counts_whole(alone)
            && program.at_most(alone) < program.targets[alone].millionths()
        {
            roles[alone] = Role::Sum;
        }
    }
    roles
}

/// Blocks as crews and targets, and the targets that are not looked at.
struct Split {
    blocks: Vec<(Vec<usize>, Vec<usize>)>,
    ignored: Vec<usize>,
}

impl Split {
    fn new(program: &Program, roles: &[Role], coupled: &[bool]) -> Self {
        let mut sets = Sets::new(program.crews.len());
        let mut first: Vec<Option<usize>> = vec![None; program.capacities.len()];
        for (n, crew) in program.crews.iter().enumerate() {
            for column in &program.columns[crew.columns.clone()] {
                for (resource, _) in &column.loads {
                    sets.join(n, *first[resource.index()].get_or_insert(n));
                }
            }
        }
        for target in (0..coupled.len()).filter(|&target| coupled[target]) {
            let crews: Vec<usize> = program.crews_of(target).map(|(n, _)| n).collect();
            crews.windows(2).for_each(|pair| sets.join(pair[0], pair[1]));
        }
        let mut blocks: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for n in (0..program.crews.len()).filter(|&n| !program.crews[n].columns.is_empty()) {
            blocks.entry(sets.find(n)).or_default().0.push(n);
        }
        let mut ignored = Vec::new();
        for (target, role) in roles.iter().enumerate() {
            let mut homes: Vec<usize> =
                program.crews_of(target).map(|(n, _)| sets.find(n)).collect();
            homes.sort_unstable();
            homes.dedup();
            match role {
                Role::Settled => {}
                Role::Open if homes.len() > 1 => ignored.push(target),
                Role::Open | Role::Sum => {
                    for home in homes {
                        blocks.entry(home).or_default().1.push(target);
                    }
                }
            }
        }
        Self { blocks: blocks.into_values().collect(), ignored }
    }
}

/// Sets of crews that are joined, the smallest member standing for its set.
struct Sets(Vec<usize>);

impl Sets {
    fn new(len: usize) -> Self {
        Self((0..len).collect())
    }

    fn find(&mut self, mut member: usize) -> usize {
        while self.0[member] != member {
            self.0[member] = self.0[self.0[member]];
            member = self.0[member];
        }
        member
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b);
    }
}

fn part(program: &Program, roles: &[Role], crews: &[usize], targets: &[usize]) -> Part {
    let columns = vec![true; program.columns.len()];
    let resources = vec![true; program.capacities.len()];
    let mut part = program.part(crews, &columns, &resources, targets);
    for (n, &target) in targets.iter().enumerate() {
        if roles[target] == Role::Sum {
            let counting: u64 = part.program.crews_of(n).map(|(_, crew)| crew.agents).sum();
            part.program.targets[n].have = 0;
            part.program.targets[n].need = counting;
        }
    }
    part
}

/// What the blocks say is counted, in millionths, by target.
struct Expected<'a> {
    roles: &'a [Role],
    counted: Vec<u128>,
}

impl<'a> Expected<'a> {
    fn new(program: &Program, roles: &'a [Role], ignored: &[usize]) -> Self {
        let start = |(n, target): (usize, &Target)| match roles[n] {
            Role::Open if ignored.contains(&n) => target.millionths(),
            Role::Open | Role::Settled => target.have.min(target.millionths()),
            Role::Sum => target.have,
        };
        Self { roles, counted: program.targets.iter().enumerate().map(start).collect() }
    }

    fn add(&mut self, targets: &[usize], counted: &[u128]) {
        for (&target, counted) in targets.iter().zip(counted) {
            match self.roles[target] {
                Role::Sum => self.counted[target] += counted,
                Role::Open | Role::Settled => self.counted[target] = *counted,
            }
        }
    }

    /// Ignored targets to blame for a stage that falls short of what the blocks
    /// say; none where every stage is as they say.
    fn missed(&self, program: &Program, ignored: &[usize], agents: &[u64]) -> Vec<usize> {
        let counted = program.counted(agents);
        let sum =
            |of: &[u128], list: &[usize]| list.iter().map(|&t| of[t] / 1_000_000).sum::<u128>();
        let short = program.order().iter().any(|stage| match stage {
            Stage::Count(list) => sum(&counted, list) < sum(&self.counted, list),
            _ => false,
        });
        if !short {
            return Vec::new();
        }
        let below = |&target: &usize| counted[target] < program.targets[target].millionths();
        let blamed: Vec<usize> = ignored.iter().copied().filter(below).collect();
        // Crews that count for one of several targets may have been counted on
        // for two of them.
        if blamed.is_empty() { ignored.to_vec() } else { blamed }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ladder::Rung;
    use super::super::trials::{
        SMALL, Shape, TINY, all_figures, block_figures, by_trying_all, random,
    };
    use super::*;

    #[test]
    fn blocks_reach_what_trying_all_finds() {
        for seed in 0..400 {
            let program =
                random(seed, Shape { lossy: seed % 2 == 0, apart: seed % 4 == 1, ..TINY });
            let solution = program.solve(Rung::First);
            assert!(program.fits(&solution.agents), "seed {seed}");
            assert_eq!(solution.gap, 0, "seed {seed}");
            let best = block_figures(&program, by_trying_all(&program));
            let found = block_figures(&program, all_figures(&program, &solution.agents));
            assert_eq!(found, best, "seed {seed} {program:?}");
        }
    }

    #[test]
    fn the_union_of_blocks_is_the_optimum_of_the_whole() {
        let mut several = 0;
        for seed in 0..300 {
            let program = random(seed, SMALL);
            let (whole, blocks) = (program.climb(Rung::Integers), program.solve(Rung::First));
            assert!(program.fits(&blocks.agents), "seed {seed}");
            if whole.gap + blocks.gap == 0 {
                let figures = |solution: &Solution| {
                    block_figures(&program, all_figures(&program, &solution.agents))
                };
                assert_eq!(figures(&blocks), figures(&whole), "seed {seed} {program:?}");
            }
            let roles = roles(&program);
            let none = vec![false; program.targets.len()];
            several += usize::from(Split::new(&program, &roles, &none).blocks.len() > 1);
        }
        assert!(several > 50, "only {several} programs fall apart");
    }
}
