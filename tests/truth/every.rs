//! Every set of failures of random small plans, against the reference: what it costs, what
//! it misses and whom it stops; cut sets and pairs by their definitions.

use std::collections::BTreeSet;

use outlast_engine::assess::bulk::{Bulk, Effect, Standing};
use outlast_engine::contingency::{Contingency, Question, contingency};
use outlast_engine::failures::{FailureId, Failures, Set};
use outlast_engine::{Problem, compile};
use outlast_models::Plan;
use outlast_models::pac::PacAnswers;
use outlast_models::units::WeekHour;
use outlast_reference::{
    Cause, Every, Opinion, Seen, Verdict, causes, random_failures, random_few,
};
use outlast_tests::small::plan_with;
use rayon::prelude::*;

pub(crate) const HOUR: WeekHour = WeekHour(0);
/// Plans that the reference is quick with; it agrees on whatever others were tried, but for
/// those with a larger stand-by.
pub(crate) const SEEDS: std::ops::Range<u64> = 20_085..20_115;
/// So many components fail in all combinations, and what is common to them besides.
const MOST: usize = 6;

/// A random plan whose failures are those of a few components that decide something.
pub(crate) struct Trial {
    pub(crate) plan: Plan,
    pub(crate) answers: PacAnswers,
    pub(crate) problem: Problem,
    pub(crate) causes: Vec<Cause>,
    pub(crate) failures: Failures,
}

impl Trial {
    /// The plan of a seed, if it has objectives and two components that decide something.
    pub(crate) fn of(seed: u64) -> Option<Self> {
        let (mut text, files, answers) = random_few(seed);
        let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
        let mut read = |text: &str| {
            plan_with(text, &mut load).unwrap_or_else(|e| panic!("seed {seed}: {e}\n{text}"))
        };
        let problem = compile(&read(&text), &answers);
        let components = deciding(&problem, &text, seed);
        if components.len() < 2 || problem.objectives.is_empty() {
            return None;
        }
        text.push_str(&random_failures(seed, &components));
        let plan = read(&text);
        let problem = compile(&plan, &answers);
        let causes = causes(&plan, &components);
        let mut failures = Failures::of(&problem, &plan, &<_>::default());
        failures.all.retain(|failure| causes.iter().any(|cause| failure.id == *cause.id.as_str()));
        assert_eq!(failures.all.len(), causes.len(), "seed {seed}");
        Some(Self { plan, answers, problem, causes, failures })
    }

    /// The causes of a set of the reference, as the engine has them.
    fn set(&self, set: usize) -> Set {
        let down = self.causes.iter().enumerate().filter(|(n, _)| set >> n & 1 == 1);
        Set::new(down.map(|(_, cause)| self.failures.find(&cause.id).unwrap()))
    }

    /// The sets of the reference that a set of classes stands for.
    fn sets(&self, set: &Set, classes: &[Vec<FailureId>]) -> Vec<usize> {
        let mut all = vec![0];
        for first in set.iter() {
            let class = classes.iter().find(|class| class[0] == first).unwrap();
            let bit = |failure: &FailureId| {
                let id = &self.failures.get(*failure).id;
                1 << self.causes.iter().position(|cause| *id == *cause.id.as_str()).unwrap()
            };
            let bits: Vec<usize> = class.iter().map(bit).collect();
            all = all.iter().flat_map(|set| bits.iter().map(move |bit| set | bit)).collect();
        }
        all
    }

    fn words(&self, set: usize) -> String {
        let down = self.causes.iter().enumerate().filter(|(n, _)| set >> n & 1 == 1);
        down.map(|(_, cause)| cause.id.as_str()).collect::<Vec<_>>().join(" + ")
    }
}

/// A few components that decide something, those that the text names first.
fn deciding(problem: &Problem, text: &str, seed: u64) -> Vec<String> {
    let failures = Failures::of_components(problem);
    let (classes, _) = Bulk::new(problem, &failures, HOUR).classes();
    let ids = classes.iter().flatten().map(|failure| failures.get(*failure).id.to_string());
    let (named, others): (Vec<String>, Vec<String>) =
        ids.partition(|id| text.contains(id.as_str()));
    let mut named: Vec<String> = named;
    let turn = usize::try_from(seed).unwrap() % named.len().max(1);
    named.rotate_left(turn);
    named.truncate(MOST - 1);
    let turn = usize::try_from(seed).unwrap() % others.len().max(1);
    let one = others.into_iter().nth(turn);
    named.into_iter().chain(one).collect()
}

/// What differs between engine and reference.
fn differences(trial: &Trial) -> Vec<String> {
    let opinion = Opinion::new(&trial.plan, &trial.answers);
    let every = Every::of(&opinion, &trial.plan, &trial.causes);
    let bulk = Bulk::new(&trial.problem, &trial.failures, HOUR);
    let sets: Vec<Set> = (0..every.seen.len()).map(|set| trial.set(set)).collect();
    let effects = bulk.effects(&sets);
    let mut found = Vec::new();
    for (set, (seen, effect)) in every.seen.iter().zip(&effects).enumerate() {
        if let Some(fault) = state_differs(&trial.plan, &trial.problem, seen, effect) {
            found.push(format!("[{}] {fault}", trial.words(set)));
        }
    }
    if found.is_empty() {
        let all = trial.causes.len();
        let question = Question { order: all, cuts: 0, hour: HOUR };
        let says = contingency(&trial.problem, &trial.failures, question, &());
        found.extend(cuts_differ(trial, &every, &says));
        let question = Question { order: 1, cuts: all, hour: HOUR };
        let branched = contingency(&trial.problem, &trial.failures, question, &());
        let same = branched.objectives == says.objectives && branched.groups == says.groups;
        if !same || branched.cuts < says.cuts {
            found.push("branching finds other cut sets than all sets".to_owned());
        }
        if effects.iter().all(|effect| effect.gap == 0) {
            found.extend(losses_differ(trial, &every, &says));
        }
    }
    found
}

/// Where each objective of the engine stands in the plan.
pub(crate) fn order_of(plan: &Plan, problem: &Problem) -> Vec<usize> {
    let queue =
        |n: &outlast_models::plan::Objective| n.queue.as_ref().map(|named| named.id.clone());
    let place = |objective: &outlast_engine::problem::Objective| {
        plan.objectives.iter().position(|one| queue(one) == objective.queue).unwrap()
    };
    problem.objectives.iter().map(place).collect()
}

fn state_differs(plan: &Plan, problem: &Problem, seen: &Seen, effect: &Effect) -> Option<String> {
    if let Some(working) = seen.working
        && working.abs_diff(effect.working) > effect.gap
    {
        return Some(format!("{} work, reference {working}", effect.working));
    }
    let by_queue = order_of(plan, problem);
    for (n, standing) in effect.objectives.iter().enumerate() {
        let verdict = seen.objectives[by_queue[n]];
        let agrees = match verdict {
            Verdict::Attained => *standing == Standing::Attained,
            Verdict::Missed => *standing == Standing::Missed,
            Verdict::Open => true,
        };
        if !agrees {
            return Some(format!("objective {n} {standing:?}, reference {verdict:?}"));
        }
    }
    let is_out = |group: &str| {
        let mut own = (0..problem.cohorts.len()).filter(|c| {
            let cohort = &problem.cohorts[*c];
            cohort.group == *group && cohort.on_shift(HOUR) > 0
        });
        own.all(|c| effect.out.contains(&u32::try_from(c).unwrap()))
    };
    let all: BTreeSet<&str> = problem
        .cohorts
        .iter()
        .filter(|cohort| cohort.on_shift(HOUR) > 0)
        .map(|cohort| cohort.group.as_str())
        .collect();
    let wrong = all.into_iter().find(|group| is_out(group) != seen.out.contains(*group))?;
    Some(format!("{wrong} out: {}, reference {}", is_out(wrong), !is_out(wrong)))
}

fn cuts_differ(trial: &Trial, every: &Every, says: &Contingency) -> Vec<String> {
    let expand = |sets: &[Set]| -> BTreeSet<usize> {
        sets.iter().flat_map(|set| trial.sets(set, &says.classes)).collect()
    };
    let mut found = Vec::new();
    let mut compare = |name: String, ours: BTreeSet<usize>, theirs: BTreeSet<usize>| {
        for set in ours.symmetric_difference(&theirs) {
            let who = if ours.contains(set) { "engine" } else { "reference" };
            found.push(format!("{name}: [{}] only by the {who}", trial.words(*set)));
        }
    };
    let places = order_of(&trial.plan, &trial.problem);
    for (n, cuts) in places.into_iter().zip(&says.objectives).filter(|(n, _)| every.is_plain(*n)) {
        let missed_anyway = every.seen[0].objectives[n] == Verdict::Missed;
        assert_eq!(cuts.whole == Standing::Missed, missed_anyway);
        let theirs = if missed_anyway { BTreeSet::new() } else { every.cuts(n) };
        compare(format!("objective {n}"), expand(&cuts.minimal), theirs);
    }
    for (group, cuts) in &says.groups {
        let out_anyway = every.seen[0].out.contains(group.as_str());
        let theirs = if out_anyway { BTreeSet::new() } else { every.group_cuts(group.as_str()) };
        compare(format!("group {group}"), expand(&cuts.minimal), theirs);
    }
    found
}

fn losses_differ(trial: &Trial, every: &Every, says: &Contingency) -> Vec<String> {
    let mut found = Vec::new();
    for single in &says.singles {
        for set in trial.sets(&single.set, &says.classes) {
            if every.lost(set).is_some_and(|lost| lost != single.lost) {
                let lost = every.lost(set);
                found.push(format!("[{}] loses {}, {lost:?}", trial.words(set), single.lost));
            }
        }
    }
    let of_two = says.worse.iter().filter(|worse| worse.set.len() == 2 && worse.beyond > 0);
    let ours: BTreeSet<(usize, i64)> = of_two
        .flat_map(|worse| {
            let all = trial.sets(&worse.set, &says.classes);
            all.into_iter().map(|set| (set, worse.beyond))
        })
        .collect();
    let alike = |set: usize| {
        says.classes.iter().any(|class| trial.set(set).iter().all(|one| class.contains(&one)))
    };
    let theirs = every.worse_pairs().into_iter().filter(|(set, _)| !alike(*set)).collect();
    for (set, beyond) in ours.symmetric_difference(&theirs) {
        let who = if ours.contains(&(*set, *beyond)) { "engine" } else { "reference" };
        let words = trial.words(*set);
        found.push(format!("[{words}] worse than its parts by {beyond} only by the {who}"));
    }
    found
}

/// The first differences of each seed, and how many plans and sets were compared.
fn compared(seeds: std::ops::Range<u64>) -> (Vec<String>, usize, usize) {
    let one = |seed: u64| {
        let trial = Trial::of(seed)?;
        let found = differences(&trial);
        let shown = found.iter().take(3).map(|line| format!("seed {seed}: {line}"));
        Some((shown.collect::<Vec<_>>(), 1 << trial.causes.len()))
    };
    let all: Vec<(Vec<String>, usize)> = seeds.into_par_iter().filter_map(one).collect();
    let (plans, sets) = (all.len(), all.iter().map(|(_, sets)| sets).sum());
    (all.into_iter().flat_map(|(lines, _)| lines).collect(), plans, sets)
}

#[test]
fn every_set_of_failures_of_small_plans_does_what_the_reference_says() {
    let (found, plans, sets) = compared(SEEDS);
    assert!(found.is_empty(), "{plans} plans, {sets} sets:\n{}", found.join("\n"));
    assert!(plans > 15 && sets > 5_000, "only {plans} plans, {sets} sets");
}

/// A site whose first line is small and whose stand-by is not, and who all need it.
const LARGER_STANDBY: &str = "outlast: 1
sites: {office: {kind: office}}
circuits:
  small: {from: office, to: internet, capacity: 300kbps}
  large: {from: office, to: internet}
groups: {team: {agents: 10, work_at: office, phones: webrtc-embedded, access: internet}}
objectives: [{overall: true, mbco: 100%}]
";

/// The one exception to coherence: a bundle is one hop, also with every route steered, so
/// that the failure of a smaller member makes room on a larger one (OWN-08).
#[test]
fn only_a_larger_stand_by_mends_what_was_missed() {
    let plan = outlast_tests::small::plan(LARGER_STANDBY).unwrap();
    let problem = compile(&plan, &PacAnswers::default());
    let failures = Failures::of_components(&problem);
    let bulk = Bulk::new(&problem, &failures, HOUR);
    let small = Set::new(failures.find("small"));
    let effects = bulk.effects(&[Set::default(), small]);
    let standings = [0, 1].map(|n| effects[n].objectives[0]);
    assert_eq!(standings, [Standing::Missed, Standing::Attained]);
}
