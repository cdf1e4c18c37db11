//! Directed: the best whole-agent allocation, in lexicographic order.
//!
//! Everybody fits on the first of his best ways, or the crews that share a
//! resource which can bind become a program, and that climbs the ladder
//! ([`super::ladder`]). Everything starts from the state, never from a
//! neighbouring one.

use std::sync::Arc;

use super::choices::{Blocked, Choice, reduced_choices};
use super::ladder::Rung;
use super::live::{Crew, Scene};
use super::placement::{Placement, Placements, Unplaced};
use super::prices::priced;
use super::program::{Column, Counted, Program, Solution, Target};
use crate::problem::{Objective, ResourceId};
use crate::routes::path::ResourceKey;

/// Allocates, beginning on a rung of the ladder; crews are in the order of
/// their content.
pub(crate) fn directed(scene: &Scene<'_>, crews: &[Arc<Crew>], from: Rung) -> Placements {
    let (choices, binding) = reduced_choices(scene, crews, Blocked::AtMost);
    let solve = |program: &Program| program.solve(from);
    let (agents, gap) = allocation(scene, crews, &choices, &binding, &solve);
    finish(scene, crews, &choices, &agents, gap)
}

/// Agents by crew and choice, and the gap.
pub(super) fn allocation(
    scene: &Scene<'_>,
    crews: &[Arc<Crew>],
    choices: &[Vec<Choice>],
    binding: &[bool],
    solve: &dyn Fn(&Program) -> Solution,
) -> (Vec<Vec<u64>>, u64) {
    let mut agents: Vec<Vec<u64>> = choices.iter().map(|list| vec![0; list.len()]).collect();
    let mut bound: Vec<usize> = Vec::new();
    for (n, crew) in crews.iter().enumerate() {
        let free = |choice: &Choice| choice.loads.iter().all(|(r, _)| !binding[r.index()]);
        match choices[n].first() {
            None => {}
            Some(first) if free(first) => agents[n][0] = crew.agents,
            Some(_) => bound.push(n),
        }
    }
    if !bound.is_empty() {
        bound = with_shared(scene, crews, choices, &bound, &mut agents);
    }
    let mut gap = 0;
    if !bound.is_empty() {
        let leading = scene.problem.leading(&needs(scene));
        let solution = solve(&program(scene, crews, choices, &bound, &agents, &leading));
        take(&solution, &bound, &mut agents);
        gap = solution.gap;
    }
    (agents, gap)
}

/// Adds the crews that count towards several queues: for which one they count
/// is part of the question.
fn with_shared(
    scene: &Scene<'_>,
    crews: &[Arc<Crew>],
    choices: &[Vec<Choice>],
    bound: &[usize],
    agents: &mut [Vec<u64>],
) -> Vec<usize> {
    let leading = scene.problem.leading(&needs(scene));
    let queued = |n: usize| {
        let targets = targets_of(scene, crews, n, &leading);
        targets.iter().filter(|t| scene.problem.objectives[**t].queue.is_some()).count()
    };
    let joins = |n: &usize| bound.contains(n) || (queued(*n) > 1 && !choices[*n].is_empty());
    let all: Vec<usize> = (0..crews.len()).filter(joins).collect();
    for &n in &all {
        agents[n].fill(0);
    }
    all
}

/// What the fluid optimum says about each objective: *yes* with the most that
/// may be blocked, *no* with the least. Those that are known to be attainable are
/// not asked about.
pub(crate) fn attainable(
    scene: &Scene<'_>,
    crews: &[Arc<Crew>],
    known: &[bool],
) -> Vec<Attainable> {
    let working = fluid_program(scene, crews, Blocked::Nothing);
    let effective = fluid_program(scene, crews, Blocked::Beyond);
    let least = fluid_program(scene, crews, Blocked::AtMost);
    (0..least.targets.len())
        .map(|n| {
            if known[n] {
                return Attainable::Yes;
            }
            let most = match least.targets[n].counts {
                Counted::Working => &working,
                Counted::Effective => &effective,
            };
            let need = most.targets[n].need;
            let found = priced(most, n);
            if found.at_most < need {
                let binding = found.binding.into_iter().map(|r| scene.key(r)).collect();
                return Attainable::No { at_most: found.at_most, binding };
            }
            #[allow(clippy::cast_precision_loss)] // needs are far below 2^53
            let reached = least.most(n) + 1e-6 >= need as f64;
            if reached { Attainable::Yes } else { Attainable::Undecided }
        })
        .collect()
}

/// Everybody in one program.
fn fluid_program(scene: &Scene<'_>, crews: &[Arc<Crew>], blocked: Blocked) -> Program {
    let (choices, _) = reduced_choices(scene, crews, blocked);
    everybody(scene, crews, &choices, blocked)
}

/// The same of choices that are known.
pub(super) fn everybody(
    scene: &Scene<'_>,
    crews: &[Arc<Crew>],
    choices: &[Vec<Choice>],
    blocked: Blocked,
) -> Program {
    let agents: Vec<Vec<u64>> = choices.iter().map(|list| vec![0; list.len()]).collect();
    let all: Vec<usize> = (0..crews.len()).filter(|n| !choices[*n].is_empty()).collect();
    // Each objective is maximised by itself: none leads.
    let each = vec![true; scene.problem.objectives.len()];
    let program = program(scene, crews, choices, &all, &agents, &each);
    program.within(blocked.capacities(scene))
}

/// Whether an objective can be reached, agents divisible and every live route
/// steerable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attainable {
    /// An allocation reaches it, whatever trunks block within their grade of
    /// service.
    Yes,
    /// Prices prove that none does.
    No {
        /// At most so many agents can count.
        at_most: u64,
        /// The capacities that bind, none where ways are what is missing.
        binding: Vec<ResourceKey>,
    },
    /// Neither is proven: the bound, which takes trunks to block nothing, and the
    /// allocation, which takes them to block the most that they may, fall on both
    /// sides of the need.
    Undecided,
}

impl Attainable {
    /// Whether it can be reached for certain.
    pub fn is_yes(&self) -> bool {
        matches!(self, Self::Yes)
    }
}

/// Puts the agents of the program's crews where it has them.
fn take(solution: &Solution, bound: &[usize], agents: &mut [Vec<u64>]) {
    let mut all = solution.agents.iter();
    for &n in bound {
        for (count, solved) in agents[n].iter_mut().zip(all.by_ref()) {
            *count = *solved;
        }
    }
}

/// The program of the crews that share binding resources.
fn program(
    scene: &Scene<'_>,
    crews: &[Arc<Crew>],
    choices: &[Vec<Choice>],
    bound: &[usize],
    agents: &[Vec<u64>],
    leading: &[bool],
) -> Program {
    let problem = scene.problem;
    let mut program = Program::new(scene.capacities.clone());
    for &n in bound {
        let cohort = &problem.cohorts[crews[n].cohort];
        let counted = targets_of(scene, crews, n, leading);
        program.add_crew(crews[n].agents, cohort.priority, counted);
        for choice in &choices[n] {
            program.add_column(Column {
                loads: choice.loads.clone(),
                pass: choice.planned,
                moved: choice.moved,
                dropped: choice.dropped,
                rank: u32::try_from(problem.ways[crews[n].ways[choice.way].way].rank)
                    .unwrap_or(u32::MAX),
            });
        }
    }
    program.targets = targets(scene, crews, choices, bound, agents);
    for (target, _) in program.targets.iter_mut().zip(leading).filter(|(_, leads)| !**leads) {
        target.need = 0;
    }
    program
}

/// The objectives towards which a crew counts, by index: of each queue the
/// leading one.
fn targets_of(scene: &Scene<'_>, crews: &[Arc<Crew>], crew: usize, leading: &[bool]) -> Vec<usize> {
    let cohort = &scene.problem.cohorts[crews[crew].cohort];
    let objectives = scene.problem.objectives.iter().enumerate();
    objectives.filter(|(n, o)| leading[*n] && o.counts(cohort)).map(|(n, _)| n).collect()
}

/// What each objective needs, with nothing counted yet.
pub(super) fn needs(scene: &Scene<'_>) -> Vec<u64> {
    let cohorts = &scene.problem.cohorts;
    let need = |objective: &Objective| {
        let base = cohorts.iter().filter(|cohort| objective.counts(cohort));
        objective.need(base.map(|cohort| cohort.on_shift(scene.state.hour)).sum())
    };
    scene.problem.objectives.iter().map(need).collect()
}

/// What each objective still needs beyond the crews that are placed already.
fn targets(
    scene: &Scene<'_>,
    crews: &[Arc<Crew>],
    choices: &[Vec<Choice>],
    bound: &[usize],
    agents: &[Vec<u64>],
) -> Vec<Target> {
    let free = |n: &usize| !bound.contains(n);
    scene
        .problem
        .objectives
        .iter()
        .zip(needs(scene))
        .map(|(objective, need)| {
            let counts = |c: usize| objective.counts(&scene.problem.cohorts[c]);
            let have: u128 = (0..crews.len())
                .filter(free)
                .filter(|&n| counts(crews[n].cohort))
                .map(|n| counted(&choices[n], &agents[n], objective.counts_working))
                .sum();
            Target {
                need,
                have,
                counts: if objective.counts_working {
                    Counted::Working
                } else {
                    Counted::Effective
                },
                priority: objective.priority,
                overall: objective.queue.is_none(),
            }
        })
        .collect()
}

/// Agents on choices in millionths, working or effective.
fn counted(choices: &[Choice], agents: &[u64], working: bool) -> u128 {
    choices
        .iter()
        .zip(agents)
        .map(|(choice, n)| {
            u128::from(*n) * if working { 1_000_000 } else { u128::from(choice.planned) }
        })
        .sum()
}

fn finish(
    scene: &Scene<'_>,
    crews: &[Arc<Crew>],
    choices: &[Vec<Choice>],
    agents: &[Vec<u64>],
    gap: u64,
) -> Placements {
    let mut out =
        Placements { used: vec![0; scene.capacities.len()], gap, ..Placements::default() };
    for (n, crew) in crews.iter().enumerate() {
        for (choice, &count) in choices[n].iter().zip(&agents[n]) {
            if count == 0 {
                continue;
            }
            for (resource, load) in &choice.loads {
                out.used[resource.index()] += load * count;
            }
            out.placed.push(Placement {
                crew: n,
                way: choice.way,
                picks: choice.picks.clone(),
                agents: count,
                pass: choice.pass,
                impaired: None,
            });
        }
        let left = crew.agents - agents[n].iter().sum::<u64>();
        if left > 0 {
            let wanted = choices[n].iter().find_map(|choice| full(scene, &out.used, choice));
            out.unplaced.push(Unplaced { crew: n, agents: left, wanted });
        }
    }
    settle_reasons(scene, choices, &mut out);
    out
}

/// The first resource of a choice that has no room for one more.
fn full(scene: &Scene<'_>, used: &[u64], choice: &Choice) -> Option<ResourceId> {
    choice
        .loads
        .iter()
        .find(|(r, load)| {
            scene.capacities[r.index()].is_some_and(|capacity| used[r.index()] + load > capacity)
        })
        .map(|(r, _)| *r)
}

/// Names what is full once everybody is placed.
fn settle_reasons(scene: &Scene<'_>, choices: &[Vec<Choice>], out: &mut Placements) {
    for unplaced in &mut out.unplaced {
        let reason =
            choices[unplaced.crew].iter().find_map(|choice| full(scene, &out.used, choice));
        unplaced.wanted = reason.or(unplaced.wanted);
    }
}
