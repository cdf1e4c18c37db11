//! Plants every fault in turn and says after how many plans the comparison noticed.
#![allow(clippy::print_stdout)]

use outlast_tests::planted::FAULTS;
use rayon::prelude::*;

/// Plans that a fault is planted in at most.
const MOST: usize = 100;

fn main() {
    let after: Vec<Option<usize>> =
        FAULTS.par_iter().map(|fault| fault.noticed_after(1, MOST)).collect();
    println!("plans until noticed");
    for (fault, after) in FAULTS.iter().zip(after) {
        let after = after.map_or_else(|| format!("> {MOST}"), |plans| plans.to_string());
        println!("{after:>6}  {}", fault.name);
    }
}
