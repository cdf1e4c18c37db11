//! Prints the large plan of a seed: `large SEED SIZE`, of SIZE × 20,000 agents.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

fn main() {
    let mut numbers = std::env::args().skip(1).map(|word| word.parse().unwrap());
    print!("{}", outlast_tests::large::plan(numbers.next().unwrap(), numbers.next().unwrap()));
}
