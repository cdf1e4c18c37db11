//! Times the engine for `engine/benches/peers`: one question of one compiled plan, the
//! answer and the seconds it took on standard output as one line of JSON.
//!
//! `timed PLAN COMPILED with|without QUESTION …`: COMPILED is what `outlast compile`
//! wrote of the plan, for the chances; `without` takes everything to have room. Questions:
//!
//! - `states FILE`: what each of the sets of failures does that stand in a file.
//! - `sample TRIALS SEED`: draws states and adds up who works.
//! - `order K`: every set of K failures.
//! - `cuts K`: minimal sets of up to K failures that leave some cohort without a way.
//! - `chance TRIALS`: how likely each objective is missed, and that few work, with intervals.
//! - `passes`: one evaluation of the gates, and how large they are.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::time::Duration;

use outlast_cli::load::read_plan;
use outlast_cli::pac::Runner;
use outlast_engine::assess::bulk::{Aim, Bulk, Effect};
use outlast_engine::chance::sparse::Sparse;
use outlast_engine::chance::stream::Stream;
use outlast_engine::contingency::cut_sets;
use outlast_engine::failures::{FailureId, Failures, Set, sets_of};
use outlast_engine::problem::Capacity;
use outlast_engine::risk::{Chances, ENUMERATED, Question, state_view};
use outlast_engine::run::busiest_hour;
use outlast_engine::{Problem, compile};
use outlast_models::Plan;
use outlast_reports::CompiledDocument;
use serde_json::{Value, json};

/// Trials in a block, at most: 2 to the power of this.
const BLOCK: u32 = 12;
/// Sets looked at at a time.
const AT_ONCE: usize = 1 << 12;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [plan, compiled, room, question, rest @ ..] = &words[..] else {
        panic!("timed PLAN COMPILED with|without QUESTION …");
    };
    let timed = Timed::of(plan, Path::new(compiled), room == "without");
    let number = |n: usize| rest[n].parse::<u64>().unwrap();
    let answer = match question.as_str() {
        "states" => timed.states(Path::new(&rest[0])),
        "sample" => timed.sample(number(0), number(1)),
        "order" => timed.order(usize::try_from(number(0)).unwrap()),
        "cuts" => timed.cuts(usize::try_from(number(0)).unwrap()),
        "chance" => timed.chance(number(0)),
        "passes" => timed.passes(),
        other => panic!("there is no question `{other}`"),
    };
    println!("{answer}");
}

#[allow(clippy::disallowed_methods, reason = "this program tells the time")]
fn seconds<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = std::time::Instant::now();
    let done = work();
    (done, start.elapsed().as_secs_f64())
}

struct Timed {
    plan: Plan,
    problem: Problem,
    failures: Failures,
    chances: Vec<f64>,
}

impl Timed {
    fn of(word: &str, compiled: &Path, roomy: bool) -> Self {
        let loaded = read_plan(word.as_ref()).unwrap_or_else(|_| panic!("{word} is no plan"));
        let outlast = std::env::current_exe().unwrap().with_file_name("outlast");
        let answers = Runner::new(outlast, Duration::from_secs(60)).ask(&loaded.plan);
        let mut problem = compile(&loaded.plan, &answers);
        let failures = Failures::of(&problem, &loaded.plan, &BTreeMap::new());
        let text = std::fs::read(compiled).unwrap();
        let document: CompiledDocument = serde_json::from_slice(&text).unwrap();
        let ids = document.failures.iter().map(|one| one.id.as_str());
        assert!(ids.eq(failures.all.iter().map(|one| one.id.as_str())), "it is of another plan");
        if roomy {
            problem.resources.iter_mut().for_each(|one| one.capacity = Capacity::Unlimited);
        }
        #[allow(clippy::cast_precision_loss)] // that is far below what a chance is known by
        let chances = document.failures.iter().map(|one| one.chance_e15 as f64 / 1e15).collect();
        Self { plan: loaded.plan, problem, failures, chances }
    }

    fn bulk(&self) -> (Bulk<'_>, f64) {
        seconds(|| Bulk::new(&self.problem, &self.failures, busiest_hour(&self.problem)))
    }

    fn states(&self, file: &Path) -> Value {
        let sets: Vec<Vec<u32>> = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let sets: Vec<Set> =
            sets.into_iter().map(|set| Set::new(set.into_iter().map(FailureId))).collect();
        let (bulk, ready) = self.bulk();
        let of = |one: Effect| [one.working, one.gap, one.out.len() as u64];
        let all = || sets.chunks(AT_ONCE).flat_map(|some| bulk.effects(some)).map(of);
        let (found, work) = seconds(|| all().collect::<Vec<_>>());
        let each = |n: usize| found.iter().map(|one| one[n]).collect::<Vec<_>>();
        json!({
            "ready_s": ready,
            "work_s": work,
            "working": each(0),
            "gap": each(1),
            "out": each(2),
        })
    }

    /// Draws states and adds up the agents lost beyond those whom an emergency alone costs.
    fn sample(&self, trials: u64, seed: u64) -> Value {
        let (bulk, ready) = self.bulk();
        let bits = trials.trailing_zeros().min(BLOCK);
        let sparse = Sparse::new(&self.chances, bits);
        let blocks = trials >> bits;
        let ((sum, drawn, states), work) = seconds(|| {
            let drawn = drawn(&sparse, seed, blocks, self.failures.all.len());
            let (sets, counts): (Vec<Set>, Vec<u64>) = drawn.into_iter().unzip();
            let effects = bulk.effects(&sets);
            let all: u64 = counts.iter().sum();
            let stress = bulk.under_stress();
            let lost = effects.iter().zip(&counts).map(|(effect, count)| {
                i128::from(bulk.normal().lost(effect.working) - stress) * i128::from(*count)
            });
            (lost.sum::<i128>(), all, sets.len())
        });
        #[allow(clippy::cast_precision_loss)]
        let mean = sum as f64 / trials as f64;
        json!({
            "ready_s": ready,
            "work_s": work,
            "trials": trials,
            "with_failures": drawn,
            "states": states,
            "mean_lost": mean,
        })
    }

    fn order(&self, order: usize) -> Value {
        let (bulk, ready) = self.bulk();
        let ((sets, working), work) = seconds(|| {
            let mut all = sets_of(order, self.failures.all.len()).peekable();
            let (mut sets, mut working) = (0_u64, 0_u128);
            while all.peek().is_some() {
                let some: Vec<Set> = all.by_ref().take(AT_ONCE).collect();
                sets += some.len() as u64;
                working +=
                    bulk.effects(&some).iter().map(|one| u128::from(one.working)).sum::<u128>();
            }
            (sets, u64::try_from(working).unwrap())
        });
        json!({"ready_s": ready, "work_s": work, "sets": sets, "working": working})
    }

    /// Failures of equal effect are looked at once, and counted.
    fn cuts(&self, order: usize) -> Value {
        let (bulk, ready) = self.bulk();
        let (by_order, work) = seconds(|| {
            let (classes, _) = bulk.classes();
            let mut by_order = vec![0; order + 1];
            for cut in cuts_of(&bulk, &classes, order) {
                let class = |first| classes.iter().find(|class| class[0] == first).unwrap();
                by_order[cut.len()] += cut.iter().map(|one| class(one).len()).product::<usize>();
            }
            by_order
        });
        json!({"ready_s": ready, "work_s": work, "by_order": by_order})
    }

    fn chance(&self, trials: u64) -> Value {
        let hour = busiest_hour(&self.problem);
        let question =
            Question { trials, seed: 1, hour, until_error: None, enumerated: ENUMERATED };
        let view = || state_view(&self.problem, &self.plan, &|_| Vec::new(), question, &());
        let (view, work) = seconds(view);
        let Ok(view) = view else { return json!({"work_s": work, "misses": []}) };
        let of = |of: String, one: Chances| {
            let [likely, certain] = [one.likely, one.certain].map(|one| [one.low, one.high]);
            json!({"of": of, "best": one.best, "likely": likely, "certain": certain})
        };
        let objectives = self.problem.objectives.iter().enumerate();
        let missed = objectives.map(|(n, objective)| of(objective.name(), view.missed(n)));
        let share = |percent: u64| {
            let agents = view.normal.working * percent / 100;
            of(format!("fewer than {percent} % work"), view.fewer_than(agents))
        };
        let misses: Vec<Value> = missed.chain([90, 50, 10].map(share)).collect();
        json!({"work_s": work, "order": view.order, "misses": misses})
    }

    /// The gates alone: all of them, as one state at a time is assessed, 64 at once.
    fn passes(&self) -> Value {
        let gates = &self.problem.gates;
        let inputs = vec![u64::MAX; gates.inputs().len()];
        let (mut words, passes) = (Vec::new(), 20_000_u32);
        let pass = || {
            for _ in 0..passes {
                gates.evaluate(std::hint::black_box(&inputs), &mut words);
            }
        };
        let ((), work) = seconds(pass);
        json!({"passes": passes, "work_s": work, "gates": gates.all().len()})
    }
}

/// Minimal sets that leave a cohort without a way that normally has one.
fn cuts_of(bulk: &Bulk<'_>, classes: &[Vec<FailureId>], order: usize) -> Vec<Set> {
    let usual = &bulk.normal().out;
    let people = bulk.on_shift().filter(|n| !usual.contains(&u32::try_from(*n).unwrap()));
    let mut all: Vec<Set> = people
        .flat_map(|n| cut_sets(bulk, classes, (Aim::Anybody(&[n]), order), &()).0.minimal)
        .collect();
    all.sort_by_key(Set::len);
    let mut minimal: HashSet<Set> = HashSet::new();
    let mut cuts = Vec::new();
    for set in all {
        let subsets = 1_u32..1 << set.len();
        let part = |mask: u32| {
            Set::new(set.iter().enumerate().filter(|(n, _)| mask >> n & 1 == 1).map(|(_, one)| one))
        };
        if !subsets.map(part).any(|part| minimal.contains(&part)) {
            minimal.insert(set.clone());
            cuts.push(set);
        }
    }
    cuts
}

/// Each state drawn that has a failure, and how often.
fn drawn(sparse: &Sparse, seed: u64, blocks: u64, failures: usize) -> Vec<(Set, u64)> {
    let (mut hits, mut keys) = (Vec::new(), Vec::<u64>::new());
    let mut alone = vec![0_u64; failures];
    let mut several: HashMap<Box<[u32]>, u64> = HashMap::new();
    for block in 0..blocks {
        sparse.draw(&mut Stream::open(seed, 0, block), &mut hits);
        keys.clear();
        keys.extend(hits.iter().map(|hit| u64::from(hit.trial) << 32 | u64::from(hit.event)));
        keys.sort_unstable();
        keys.dedup();
        let mut set: Vec<u32> = Vec::new();
        for trial in keys.chunk_by(|a, b| a >> 32 == b >> 32) {
            if let [one] = trial {
                alone[*one as u32 as usize] += 1;
                continue;
            }
            set.clear();
            set.extend(trial.iter().map(|key| *key as u32));
            match several.get_mut(&set[..]) {
                Some(count) => *count += 1,
                None => _ = several.insert(set.as_slice().into(), 1),
            }
        }
    }
    let of_one = (0..).zip(alone).filter(|(_, count)| *count > 0);
    let of_one = of_one.map(|(failure, count)| (Set::new([FailureId(failure)]), count));
    let mut all: Vec<(Set, u64)> = of_one.collect();
    #[allow(clippy::iter_over_hash_type, reason = "sorted below")]
    for (set, count) in several {
        all.push((Set::new(set.iter().copied().map(FailureId)), count));
    }
    all.sort_unstable();
    all
}
