//! Cases: tiny plans, each with what the rules and the language say comes out.
//!
//! They stand in `tests/truth/cases`, a file for each family of rules; the
//! README there says how one is written. [`failures`] reads a file, runs every
//! case of it through the whole engine and returns a line for each expectation
//! that does not hold.

mod answers;
mod check;
mod read;
mod saying;

use std::fs;
use std::path::Path;

use outlast_models::diagnostic::{Sources, render};

pub use read::Case;
pub use saying::Saying;

/// What a family of cases shares: pieces of plans, in a file of this name.
const BASES: &str = "bases.yaml";

/// Reads the cases of `file` over the pieces in its folder's `bases.yaml`, or
/// in that of `bases` where it has none.
///
/// # Errors
/// Returns the mistakes in the files, rendered.
pub fn read(file: &Path, bases: &Path) -> Result<Vec<Case>, String> {
    let mut sources = Sources::new();
    let mut add = |path: &Path| -> Result<_, String> {
        let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(sources.add(path.display().to_string(), text))
    };
    let (pieces, cases) = (add(&bases.join(BASES))?, add(file)?);
    read::cases(&sources, pieces, cases).map_err(|found| render(&found, &sources, false))
}

/// Runs every case of a file: how many expectations it has, and a line for each
/// that does not hold.
///
/// # Errors
/// Returns the mistakes in the file, rendered.
pub fn failures(file: &Path, folder: &Path) -> Result<(usize, Vec<String>), String> {
    let (mut count, mut failed) = (0, Vec::new());
    for case in read(file, folder)? {
        count += case.says.len();
        match check::broken(&case, folder) {
            Ok(broken) => failed.extend(broken.iter().map(|line| format!("{}: {line}", case.name))),
            Err(fault) => failed.push(format!("{}: {fault}", case.name)),
        }
    }
    Ok((count, failed))
}
