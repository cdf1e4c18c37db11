//! Who waits is told of every step in order, and changes nothing.

use std::sync::{Arc, Mutex};

use outlast_engine::run::{self, Run};
use outlast_engine::{Observer, Problem, Stage, compile};
use outlast_models::pac::PacAnswers;
use outlast_models::{Plan, Sources};
use outlast_scenarios::{Bound, bind, plan_sample, read, shipped};
use outlast_tests::small::plan_with;

/// Writes down what he is told.
#[derive(Debug, Default)]
struct Clerk(Mutex<Vec<(Stage, usize, usize)>>);

impl Observer for Clerk {
    fn begins(&self, stage: Stage, step: usize, of: usize) {
        self.0.lock().unwrap().push((stage, step, of));
    }
}

impl Clerk {
    fn told(&self, stage: Stage) -> Vec<(usize, usize)> {
        let all = self.0.lock().unwrap();
        let of_stage = all.iter().filter(|told| told.0 == stage);
        of_stage.map(|(_, step, of)| (*step, *of)).collect()
    }
}

fn plan() -> Plan {
    let sample = plan_sample("starter").unwrap();
    plan_with(sample.plan(), &mut |_| Err(String::new())).unwrap()
}

fn bound(plan: &Plan) -> Bound {
    let text = "outlast-scenario: 1\nname: a day\nhorizon: 24h\nevents:\n  \
                - {at: 1h, for: 1h, fail: [internet]}\n";
    let mut sources = Sources::new();
    let file = sources.add("a day", text);
    let scenario = read(&mut sources, file).unwrap();
    let find = |name: &str| shipped(&mut Sources::new(), name);
    bind(&scenario, plan, &[], &find, &mut |some| some[0].id.clone()).unwrap()
}

fn run_with(bound: &Bound, problem: &Arc<Problem>, observer: &dyn Observer) -> Run {
    run::observed(bound, &mut |_| Ok(problem.clone()), observer).unwrap()
}

#[test]
fn every_group_and_every_moment_is_told_once() {
    let plan = plan();
    let clerk = Clerk::default();
    let problem = Arc::new(compile::observed(&plan, &PacAnswers::default(), &clerk));
    let groups = plan.groups.len();
    let each: Vec<(usize, usize)> = (1..=groups).map(|n| (n, groups)).collect();
    assert_eq!(clerk.told(Stage::Groups), each);
    let bound = bound(&plan);
    let run = run_with(&bound, &problem, &clerk);
    let moments = run.moments.len();
    let each: Vec<(usize, usize)> = (1..=moments).map(|n| (n, moments)).collect();
    assert_eq!(clerk.told(Stage::Moments), each);
    let unseen = run_with(&bound, &problem, &());
    assert_eq!(format!("{:?}", run.curve), format!("{:?}", unseen.curve));
}
