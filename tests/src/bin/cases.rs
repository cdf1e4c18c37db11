//! Runs files of cases and prints what does not hold: `cases FILE…`.
#![allow(clippy::print_stdout)]

use std::path::Path;
use std::process::ExitCode;

use outlast_tests::cases::failures;

fn main() -> ExitCode {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/truth/cases"));
    let mut good = true;
    for file in std::env::args().skip(1) {
        let (count, failed) = match failures(Path::new(&file), folder) {
            Ok(found) => found,
            Err(mistakes) => (0, vec![mistakes]),
        };
        good &= failed.is_empty();
        println!("{file}: {count} expectations, {} do not hold", failed.len());
        for line in failed {
            println!("  {line}");
        }
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
