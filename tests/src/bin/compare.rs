//! Compares engine and reference on many random plans, and says how far these go:
//! `compare FIRST PLANS STATES`, `compare every FIRST PLANS`, `compare coverage FIRST PLANS`.
#![allow(clippy::print_stdout)]

use std::process::ExitCode;

use outlast_tests::coverage::Coverage;
use outlast_tests::many::{Tally, exhausted, sampled};

const USAGE: &str = "compare FIRST PLANS STATES      so many states of the plans from seed FIRST on
compare every FIRST PLANS       small plans: all sets of their components failed
compare coverage FIRST PLANS    what small plans from seed FIRST on consist of";

/// Seeds of one step, after which something is said.
const STEP: u64 = 50;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let (mode, numbers) = match words.as_slice() {
        [mode @ ("every" | "coverage"), rest @ ..] => (*mode, rest),
        all => ("sample", all),
    };
    let numbers: Option<Vec<u64>> = numbers.iter().map(|word| word.parse().ok()).collect();
    let tally = match (mode, numbers.as_deref()) {
        ("sample", Some([first, plans, states])) => {
            let states = usize::try_from(*states).unwrap_or(usize::MAX);
            all(*first, *plans, |seeds| sampled(seeds, states))
        }
        ("every", Some([first, plans])) => all(*first, *plans, exhausted),
        ("coverage", Some([first, plans])) => {
            print!("{}", Coverage::of(*first, *plans));
            return ExitCode::SUCCESS;
        }
        _ => {
            println!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if tally.differ == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Step by step until there are so many plans; each step says from which seed to go on.
fn all(first: u64, plans: u64, compare: impl Fn(std::ops::Range<u64>) -> Tally) -> Tally {
    let (mut tally, mut next) = (Tally::default(), first);
    while (tally.plans as u64) < plans {
        let step = STEP.min(plans - tally.plans as u64);
        let found = compare(next..next + step);
        next += step;
        found.firsts.iter().for_each(|line| println!("{line}"));
        tally = tally.and(found);
        let Tally { plans, states, differ, .. } = &tally;
        println!("{differ} of {states} states of {plans} plans differ; next seed {next}");
    }
    tally
}
