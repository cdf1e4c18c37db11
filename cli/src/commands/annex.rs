//! `--annex agents`: the one file that names people.

use std::path::Path;

use outlast_reports::{ANNEX_HEADER, Annex};

use crate::args::Run;
use crate::error::CliError;
use crate::files;
use crate::load::Loaded;

/// Refuses an annex of nobody, and one that the answer would be written over.
pub(super) fn check(args: &Run, loaded: &Loaded) -> Result<(), CliError> {
    let Some(path) = &args.annex else { return Ok(()) };
    let fault = |fault: &str, help: &str| {
        let (fault, help) = (fault.to_owned(), Some(help.to_owned()));
        Err(CliError::Value { option: "--annex", fault, help })
    };
    if loaded.plan.roster.is_none() {
        return fault(
            "the plan has no roster, so there is nobody to name",
            "`roster` names the agents",
        );
    }
    if args.output.out.as_ref() == Some(path) {
        return fault(
            "the answer is written to the same file",
            "`--annex agents=FILE` names another",
        );
    }
    if files::is_there(path) && !args.output.force {
        return Err(CliError::Exists { path: path.clone() });
    }
    Ok(())
}

/// Writes the annexes of all scenarios into one file.
pub(super) fn write(path: &Path, annexes: &[Annex], force: bool) -> Result<(), CliError> {
    files::write_by(path, force, |file| {
        file.write_all(ANNEX_HEADER.as_bytes())?;
        let mut lines = annexes.iter().flat_map(Annex::lines);
        lines.try_for_each(|line| file.write_all(line.as_bytes()))
    })
}
