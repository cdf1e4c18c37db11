//! `outlast man`.

use std::fs;
use std::path::Path;

use clap::CommandFactory;

use crate::args::{Cli, Man};
use crate::error::{CliError, Unknown};
use crate::exit::Exit;
use crate::{files, out};

/// Writes one page to standard output, or all of them into a folder.
pub(super) fn write(args: &Man) -> Result<Exit, CliError> {
    let mut whole = Cli::command();
    whole.build();
    match &args.out {
        Some(folder) => write_all(&whole, folder, args.force)?,
        None => out::print(&page(&chosen(whole, args.command.as_deref())?)?)?,
    }
    Ok(Exit::Answered)
}

fn chosen(whole: clap::Command, name: Option<&str>) -> Result<clap::Command, CliError> {
    let Some(name) = name else { return Ok(whole) };
    match visible(&whole).into_iter().find(|command| short(command) == name) {
        Some(command) => Ok(command.clone()),
        None => Err(CliError::Unknown(Box::new(Unknown {
            what: "command",
            name: name.to_owned(),
            known: visible(&whole).into_iter().map(|command| short(command).to_owned()).collect(),
            swapped: None,
            lies_here: None,
            instead: None,
            listed_by: Some("`outlast --help`"),
        }))),
    }
}

/// The commands below one, each before those below it.
fn visible(whole: &clap::Command) -> Vec<&clap::Command> {
    let of_ours = |command: &&clap::Command| command.get_name() != "help";
    let shown = whole.get_subcommands().filter(|command| !command.is_hide_set()).filter(of_ours);
    shown.flat_map(|command| [vec![command], visible(command)].concat()).collect()
}

/// Its name without ours: `run`, `pac-test`.
fn short(command: &clap::Command) -> &str {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    name.strip_prefix("outlast-").unwrap_or(name)
}

fn write_all(whole: &clap::Command, folder: &Path, force: bool) -> Result<(), CliError> {
    fs::create_dir_all(folder)
        .map_err(|source| CliError::CannotWrite { path: folder.to_owned(), source })?;
    for command in visible(whole).into_iter().chain([whole]) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        let path = folder.join(format!("{name}.1"));
        files::write_whole(&path, page(command)?.as_bytes(), force)?;
    }
    Ok(())
}

fn page(command: &clap::Command) -> Result<String, CliError> {
    let mut bytes = Vec::new();
    clap_mangen::Man::new(command.clone())
        .render(&mut bytes)
        .map_err(|error| CliError::Ours(error.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
