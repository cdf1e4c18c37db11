//! Plans that the benchmarks work on.
#![allow(dead_code, reason = "each benchmark works on some of them")]

use outlast_engine::problem::Capacity;
use outlast_engine::{Problem, compile};
use outlast_models::diagnostic::Sources;
use outlast_models::pac::PacAnswers;
use outlast_models::{Plan, read};
use outlast_scenarios::plan_sample;
use rayon::{ThreadPool, ThreadPoolBuilder};

#[path = "../../../tests/src/large.rs"]
#[allow(unreachable_pub, reason = "it is public in the crate that it is shared with")]
mod large;

/// The shipped `bank`.
pub(crate) fn bank() -> Plan {
    let sample = plan_sample("bank").expect("the bank is shipped");
    let mut sources = Sources::default();
    let file = sources.add("plan.yaml", sample.plan());
    let mut load = |path: &str| sample.file(path).map(str::to_owned).ok_or_else(String::new);
    read::plan(&mut sources, file, &mut load).expect("the bank is valid")
}

/// A plan that needs no other file.
pub(crate) fn written(text: &str) -> Plan {
    let mut sources = Sources::default();
    let file = sources.add("plan.yaml", text);
    read::plan(&mut sources, file, &mut |_: &str| Err(String::new())).expect("it is valid")
}

/// A generated plan of `size` × 20,000 agents.
pub(crate) fn generated(size: u64) -> Plan {
    written(&large::plan(1, size))
}

/// A plan by name: the bank, or the generated one of a size.
pub(crate) fn named(name: &str) -> Plan {
    match name.strip_prefix('x').and_then(|size| size.parse().ok()) {
        Some(size) => generated(size),
        None => bank(),
    }
}

/// A plan compiled, without answers of PAC files.
pub(crate) fn compiled(plan: &Plan) -> Problem {
    compile(plan, &PacAnswers::default())
}

/// The same with room for everybody everywhere: what is live decides alone.
pub(crate) fn roomy(mut problem: Problem) -> Problem {
    problem.resources.iter_mut().for_each(|one| one.capacity = Capacity::Unlimited);
    problem
}

/// So many threads to work on.
pub(crate) fn threads(count: usize) -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(count).build().expect("threads can be had")
}
