//! Programs with one right answer each, derived by hand: what a rung of the ladder,
//! a bound or a figure could get wrong without random programs noticing.

use super::blocks;
use super::ladder::Rung;
use super::prices::priced;
use super::program::{Column, Counted, Program, Solution, Stage, Target};
use super::stages::Search;
use super::trials::{SMALL, Shape, random};
use crate::problem::ResourceId;

/// Capacities, each of one resource.
fn resources(capacities: &[u64]) -> Program {
    Program::new(capacities.iter().map(|capacity| Some(*capacity)).collect())
}

/// A queue's objective; `program.targets` take several.
fn queue(priority: u32, need: u64) -> Target {
    Target { need, have: 0, counts: Counted::Working, priority, overall: false }
}

fn overall(need: u64) -> Target {
    Target { overall: true, ..queue(1, need) }
}

/// A way that loads resources.
fn column(loads: &[(u32, u64)]) -> Column {
    let loads = loads.iter().map(|(resource, load)| (ResourceId(*resource), *load)).collect();
    Column { loads, pass: 1_000_000, moved: 0, dropped: 0, rank: 0 }
}

/// Adds a crew: agents, class, targets, and what each of its columns loads.
fn crew(
    program: &mut Program,
    (agents, class): (u64, u32),
    targets: &[usize],
    columns: &[&[(u32, u64)]],
) {
    program.add_crew(agents, class, targets.to_vec());
    for loads in columns {
        program.add_column(column(loads));
    }
}

/// Crews who all need one resource: agents, class and targets of each.
fn contested(capacity: u64, targets: &[Target], crews: &[(u64, u32, &[usize])]) -> Program {
    let mut program = resources(&[capacity]);
    program.targets = targets.to_vec();
    for &(agents, class, targets) in crews {
        crew(&mut program, (agents, class), targets, &[&[(0, 1)]]);
    }
    program
}

/// Holds both exact rungs to the agents on each column.
fn assert_exact(program: &Program, agents: &[u64]) {
    for rung in [Rung::Flow, Rung::Integers] {
        let solution = program.climb(rung);
        assert_eq!((solution.agents.as_slice(), solution.gap), (agents, 0), "{rung:?}");
    }
}

/// Two of four for one objective, two of six for the other: the same sum as one and
/// three, and one of them is met.
#[test]
fn of_equal_sums_that_with_an_objective_met_is_taken() {
    let targets = [queue(1, 2), queue(1, 6)];
    let mut program = contested(4, &targets, &[(2, 1, &[0]), (6, 1, &[1])]);
    // Nobody would have to move for the other sums.
    program.columns[0].moved = 1;
    assert_exact(&program, &[2, 2]);
}

#[test]
fn where_none_can_be_met_shares_are_even() {
    let need = || queue(1, 10);
    let mut two = contested(6, &[need(), need()], &[(8, 1, &[0]), (8, 1, &[1])]);
    two.columns[0].moved = 1;
    assert_exact(&two, &[3, 3]);
    let crews: [(u64, u32, &[usize]); 3] = [(8, 1, &[0]), (8, 1, &[1]), (8, 1, &[2])];
    let mut three = contested(6, &[need(), need(), need()], &crews);
    three.columns[0].moved = 1;
    assert_exact(&three, &[2, 2, 2]);
}

#[test]
fn a_queue_of_higher_priority_comes_first_whoever_has_to_move() {
    let targets = [queue(1, 3), queue(2, 3)];
    let mut program = contested(3, &targets, &[(4, 1, &[1]), (4, 1, &[0])]);
    program.columns[1].moved = 1;
    assert_exact(&program, &[0, 3]);
}

/// Who may count for two queues counts for one, so he is not worth more than one of a
/// higher class who counts for the first.
#[test]
fn an_agent_of_two_queues_counts_once() {
    let targets = [queue(1, 10), queue(2, 10)];
    assert_exact(&contested(3, &targets, &[(3, 2, &[0, 1]), (3, 1, &[0])]), &[0, 3]);
}

#[test]
fn who_does_not_count_overall_gives_way_to_who_does() {
    assert_exact(&contested(3, &[overall(3)], &[(4, 2, &[0]), (4, 1, &[])]), &[3, 0]);
}

#[test]
fn a_way_is_kept_before_optional_legs_and_these_before_preference() {
    let steps = |moved, dropped, rank| Column { moved, dropped, rank, ..column(&[]) }.steps();
    assert_eq!(steps(0, 0, 0), 0);
    assert!(steps(0, 0, 1) < steps(0, 0, 2) && steps(0, 0, 9) < steps(0, 1, 0));
    assert!(steps(0, 1, 0) < steps(0, 2, 0) && steps(0, 9, 9) < steps(1, 0, 0));
}

#[test]
fn queues_are_counted_by_priority_and_ties_looked_at_where_several_compete() {
    let mut program = resources(&[]);
    program.targets = vec![queue(2, 5), queue(1, 5), queue(2, 5)];
    crew(&mut program, (3, 1), &[0], &[&[]]);
    let several =
        [Stage::Count(vec![1]), Stage::Count(vec![0, 2]), Stage::Class(1), Stage::Met, Stage::Even];
    assert_eq!(program.order(), [&several[..], &[Stage::Stay]].concat());
    program.targets[2].have = 5_000_000;
    let alone = [Stage::Count(vec![1]), Stage::Count(vec![0, 2]), Stage::Class(1), Stage::Stay];
    assert_eq!(program.order(), alone);
}

#[test]
fn only_the_last_stages_break_ties() {
    let firm = [Stage::Count(vec![0]), Stage::Class(1), Stage::Effective];
    assert!(firm.iter().all(|stage| !stage.is_tie_break()));
    assert!([Stage::Met, Stage::Even, Stage::Stay].iter().all(Stage::is_tie_break));
}

#[test]
fn gaps_of_blocks_add_up() {
    let mut program = resources(&[1, 1]);
    crew(&mut program, (2, 1), &[], &[&[(0, 1)]]);
    crew(&mut program, (2, 1), &[], &[&[(1, 1)]]);
    let one_short = |block: &Program| Solution { agents: vec![0; block.columns.len()], gap: 1 };
    assert_eq!(blocks::solve(&program, &one_short).gap, 2);
}

/// What the bound is ahead, in the first figure where it is.
#[test]
fn a_gap_is_said_in_whole_agents() {
    let mut program = resources(&[]);
    program.targets = vec![queue(1, 5)];
    crew(&mut program, (9, 1), &[0], &[&[]]);
    let gap = |count: f64, class: f64| {
        program.gap(&[(Stage::Count(vec![0]), count), (Stage::Class(1), class)], &[5])
    };
    assert_eq!(gap(5.0, 5.0), 0);
    assert_eq!(gap(5.0, 7.0), 2);
    assert_eq!(gap(8.0, 7.0), 3);
    // What a solver is off by is no agent.
    assert_eq!(gap(5.9, 5.999_95), 1);
}

/// What counts already is kept apart for each objective, of queues and overall.
#[test]
fn what_counts_already_is_counted_where_it_belongs() {
    let mut program = resources(&[]);
    program.targets = vec![queue(1, 9), queue(2, 9), overall(9), overall(9)];
    for (target, have) in program.targets.iter_mut().zip([1, 2, 3, 4]) {
        target.have = have * 1_000_000;
    }
    assert_eq!(program.counted(&[]), [1_000_000, 2_000_000, 3_000_000, 4_000_000]);
    crew(&mut program, (5, 1), &[2, 3], &[&[]]);
    assert_eq!(program.counted(&[5]), [1_000_000, 2_000_000, 8_000_000, 9_000_000]);
}

/// Four by what is limited, three who need nothing, none of those who do not
/// count; a resource that nobody loads changes nothing.
#[test]
fn a_bound_adds_what_capacity_admits_and_who_needs_none() {
    let mut program = resources(&[4, 7]);
    program.targets = vec![queue(1, 20)];
    crew(&mut program, (10, 1), &[0], &[&[(0, 1)]]);
    crew(&mut program, (3, 1), &[0], &[&[]]);
    crew(&mut program, (5, 1), &[], &[&[]]);
    let found = priced(&program, 0);
    assert_eq!((found.at_most, found.binding), (7, vec![ResourceId(0)]));
}

/// Two by the one, one and three quarters by the other.
#[test]
fn the_resource_that_admits_least_bounds() {
    let mut program = resources(&[4, 7]);
    program.targets = vec![queue(1, 20)];
    crew(&mut program, (10, 1), &[0], &[&[(0, 2), (1, 4)]]);
    let found = priced(&program, 0);
    assert_eq!((found.at_most, found.binding), (1, vec![ResourceId(1)]));
}

#[test]
fn what_counts_already_is_added_to_the_bound() {
    let mut program = resources(&[4]);
    program.targets = vec![Target { have: 2_000_000, ..queue(1, 20) }];
    crew(&mut program, (10, 1), &[0], &[&[(0, 2)]]);
    assert_eq!(priced(&program, 0).at_most, 4);
}

/// Stopped at the first node, the solver does not claim to have proven anything.
#[test]
fn a_search_that_was_cut_short_proves_nothing() {
    let mut cut = 0;
    for seed in 0..60 {
        let program = random(seed, SMALL);
        let few = program.stages(Search::Whole(1), None);
        let enough = program.stages(Search::Whole(4_000), None).expect("few agents");
        let Some(few) = few else { continue };
        cut += usize::from(!few.proven);
        if few.proven && enough.proven {
            let figures = |x: &[f64]| program.figures(&program.whole(x));
            assert_eq!(figures(&few.x), figures(&enough.x), "seed {seed}");
        }
    }
    assert!(cut > 0, "one node was always enough");
}

/// Linear programs made whole fit, are never better than integers, and say by how much
/// they are worse at most; few are worse at all.
#[test]
fn whole_agents_from_linear_programs_come_close_and_say_how_close() {
    let mut worse = 0;
    for seed in 7_000..7_500 {
        let program = random(seed, Shape { lossy: seed % 3 == 0, apart: seed % 3 == 1, ..SMALL });
        let exact = program.climb(Rung::Integers);
        let linear = program.climb(Rung::Linear);
        assert!(program.fits(&linear.agents), "seed {seed}");
        if exact.gap > 0 {
            continue;
        }
        let (best, found) = (program.figures(&exact.agents), program.figures(&linear.agents));
        if let Some((best, found)) = best.iter().zip(&found).find(|(best, found)| best != found) {
            let honest = found < best && best - found <= linear.gap.into();
            assert!(honest, "seed {seed}: {found} of {best}, gap {}", linear.gap);
            worse += 1;
        }
    }
    assert!(worse <= 2, "{worse} of 500 programs");
}
