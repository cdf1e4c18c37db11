//! Compares engine and reference on many random plans: `compare FIRST COUNT STATES`.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use outlast_engine::compile;
use outlast_reference::{failures, random_case};
use outlast_tests::compare::differences;
use outlast_tests::small::plan_with;

fn main() {
    let args: Vec<u64> = std::env::args().skip(1).map(|a| a.parse().unwrap()).collect();
    let (first, count, limit) = (args[0], args[1], args[2]);
    let (mut states, mut wrong) = (0_u64, 0_u64);
    for seed in first..first + count {
        let (text, files, answers) = random_case(seed);
        let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
        let plan = match plan_with(&text, &mut load) {
            Ok(p) => p,
            Err(e) => {
                println!("seed {seed}: {e}");
                continue;
            }
        };
        let problem = compile(&plan, &answers);
        let mut shown = false;
        for failure in failures(&plan, seed, usize::try_from(limit).unwrap()) {
            states += 1;
            let found = differences(&plan, &problem, &answers, &failure);
            if !found.is_empty() {
                wrong += 1;
            }
            if let (Some(one), false) = (found.first(), shown) {
                shown = true;
                println!("seed {seed}: {one}\n    in {failure:?}");
            }
        }
    }
    println!("{wrong} of {states} states differ");
}
