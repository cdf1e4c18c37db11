//! Random small plans × failure states against the independent reference.

use outlast_engine::compile;
use outlast_reference::{failures, random_case};
use outlast_tests::compare::differences;
use outlast_tests::small::plan_with;

#[test]
fn engine_and_reference_agree_on_random_plans() {
    let seeds = std::env::var("OUTLAST_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(60_u64);
    let first = std::env::var("OUTLAST_FIRST").ok().and_then(|n| n.parse().ok()).unwrap_or(0_u64);
    let mut wrong = Vec::new();
    let (mut states, mut plans) = (0, 0);
    for seed in first..first + seeds {
        let (text, files, answers) = random_case(seed);
        let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
        let plan = plan_with(&text, &mut load).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        let problem = compile(&plan, &answers);
        plans += 1;
        for failure in failures(&plan, seed, 40) {
            states += 1;
            for difference in differences(&plan, &problem, &answers, &failure) {
                wrong.push(format!("seed {seed} {failure:?}: {difference}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {states} states of {plans} plans:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(12)].join("\n")
    );
}
