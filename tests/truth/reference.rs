//! Random small plans × failure states against the independent reference.
//!
//! A few thousand states here, of which none may differ; `--bin compare` runs any
//! number. Where the two differ one of them is wrong, or `docs/semantics.md` does not
//! say: there is no list of differences to expect.

use outlast_engine::compile;
use outlast_models::Plan;
use outlast_models::plan::Capacity;
use outlast_models::units::Millionths;
use outlast_reference::{failures, random_case};
use outlast_tests::compare::Comparison;
use outlast_tests::many::{Tally, exhausted, sampled};
use outlast_tests::small::plan_with;

const SEEDS: std::ops::Range<u64> = 1..161;
const STATES: usize = 20;
const SMALL: std::ops::Range<u64> = 1..31;

#[test]
fn engine_and_reference_agree_on_random_plans() {
    agrees(&sampled(SEEDS, STATES));
}

/// Plans of a dozen components at most, every set of them failed.
#[test]
fn engine_and_reference_agree_in_every_state_of_small_plans() {
    let tally = exhausted(SMALL);
    assert!(tally.states > 5_000, "only {} states", tally.states);
    agrees(&tally);
}

fn agrees(tally: &Tally) {
    let (states, firsts) = (tally.states, tally.firsts.join("\n"));
    assert!(tally.differ == 0, "{} of {states} states differ:\n{firsts}", tally.differ);
}

/// The first difference of each seed; `--bin compare` shows them too.
fn first_of_each(differences: &[(u64, String)]) -> String {
    let seeds = differences.chunk_by(|one, other| one.0 == other.0);
    let firsts: Vec<String> = seeds.map(|all| format!("seed {} {}", all[0].0, all[0].1)).collect();
    firsts.join("\n")
}

/// Groups too large to be solved as integers at once: where the reference can
/// still try all allocations, the engine is within the gap that it reports.
#[test]
fn engine_and_reference_agree_on_larger_groups() {
    let mut wrong = Vec::new();
    for seed in SEEDS {
        let (text, files, answers) = random_case(seed);
        let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
        let plan = plan_with(&larger(&text), &mut load).unwrap();
        let problem = compile(&plan, &answers);
        let comparison = Comparison::new(&plan, &problem, &answers);
        for failure in failures(&plan, seed, 4) {
            for difference in comparison.directed_differences(&failure) {
                wrong.push((seed, format!("{failure:?}: {difference}")));
            }
        }
    }
    let shown = first_of_each(&wrong);
    assert!(wrong.is_empty(), "{} differences:\n{shown}", wrong.len());
}

/// The same plan with eleven times the agents in every group.
fn larger(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix("    agents: ").map(str::parse::<u64>) {
        Some(Ok(agents)) => format!("    agents: {}\n", agents * 11),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// The judge finds people left out, sent where there is no room, and counted
/// twice, whether they were directed or left alone.
#[test]
fn planted_faults_are_judged() {
    let mut found = Vec::new();
    for seed in 0..60 {
        let (text, files, answers) = random_case(seed);
        let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
        let plan = plan_with(&text, &mut load).unwrap();
        let mut judge = |wrong: &Plan| {
            let problem = compile(wrong, &answers);
            let nothing = outlast_reference::Failure::default();
            found.extend(Comparison::new(&plan, &problem, &answers).judgements(&nothing));
        };
        let mut roomy = plan.clone();
        roomy.sites.values_mut().for_each(|site| site.seats.value = None);
        roomy.vpn.values_mut().for_each(|vpn| vpn.sessions.value = None);
        roomy
            .circuits
            .values_mut()
            .for_each(|circuit| circuit.capacity.value = Capacity::Unlimited);
        judge(&roomy);
        let mut cramped = plan.clone();
        cramped.sites.values_mut().for_each(|site| site.seats.value = Some(1));
        judge(&cramped);
        let mut crowded = plan.clone();
        crowded.groups.values_mut().for_each(|group| group.agents += 1);
        judge(&crowded);
    }
    for steering in ["left alone", "directed"] {
        for fault in ["while there is room", "refuses, and carries", "heads of"] {
            let one = |line: &&String| line.starts_with(steering) && line.contains(fault);
            assert!(found.iter().any(|line| one(&line)), "{steering}: no {fault}");
        }
    }
    assert!(found.iter().any(|line| line.contains("working on")), "nobody should be impaired");
}

/// The comparison finds an engine that takes blocking for nothing.
#[test]
fn planted_faults_of_effectiveness_are_found() {
    let mut found = 0;
    for seed in 0..200 {
        let (text, files, answers) = random_case(seed);
        let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
        let plan = plan_with(&text, &mut load).unwrap();
        let mut wrong = plan.clone();
        wrong.figures.grade_of_service.value = Millionths(1);
        let problem = compile(&wrong, &answers);
        let nothing = outlast_reference::Failure::default();
        let lines = Comparison::new(&plan, &problem, &answers).directed_differences(&nothing);
        found += usize::from(lines.join(" ").contains("effective than the best"));
    }
    assert!(found > 0, "a grade of service of nearly nought went unnoticed");
}

/// The comparison finds an engine that has room where there is none, and one that
/// has none where there is room.
#[test]
fn planted_faults_of_allocation_are_found() {
    let (mut above, mut below) = (0, 0);
    for seed in 0..60 {
        let (text, files, answers) = random_case(seed);
        let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
        let plan = plan_with(&text, &mut load).unwrap();
        let found = |wrong: &Plan| {
            let problem = compile(wrong, &answers);
            let nothing = outlast_reference::Failure::default();
            Comparison::new(&plan, &problem, &answers).directed_differences(&nothing).join(" ")
        };
        let mut roomy = plan.clone();
        roomy.sites.values_mut().for_each(|site| site.seats.value = None);
        roomy.vpn.values_mut().for_each(|vpn| vpn.sessions.value = None);
        roomy.vdi.values_mut().for_each(|vdi| vdi.sessions.value = None);
        above += usize::from(found(&roomy).contains("above the best"));
        let mut cramped = plan.clone();
        cramped.sites.values_mut().for_each(|site| site.seats.value = Some(1));
        below += usize::from(found(&cramped).contains("below the best"));
    }
    assert!(above > 0 && below > 0, "{above} above, {below} below");
}
