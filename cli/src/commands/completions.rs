//! `outlast completions`.

use clap::CommandFactory;

use crate::args::{Cli, Completions};
use crate::error::CliError;
use crate::exit::Exit;
use crate::out;

/// Writes the completions of a shell.
pub(super) fn write(args: &Completions) -> Result<Exit, CliError> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "outlast", &mut bytes);
    out::print(&String::from_utf8_lossy(&bytes))?;
    Ok(Exit::Answered)
}
