//! `outlast init`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::args::Init;
use crate::error::{CliError, Unknown};
use crate::exit::Exit;
use crate::shipped;
use crate::{files, out};

/// Writes the files of a sample plan.
pub(super) fn write(args: &Init) -> Result<Exit, CliError> {
    let sample = shipped::plan(&args.sample).map_err(|error| may_be_a_folder(error, args))?;
    let folder = args.out.clone().unwrap_or_else(|| PathBuf::from(sample.name));
    let targets: Vec<(PathBuf, &str)> =
        sample.files.iter().map(|(name, text)| (folder.join(name), *text)).collect();
    if !args.force {
        refuse_what_is_there(&targets)?;
    }
    for (path, text) in &targets {
        if let Some(parent) = path.parent() {
            make_folder(&folder, parent)?;
        }
        files::write_whole(path, text.as_bytes(), args.force)?;
    }
    if !args.quiet {
        out::print(&remark(&folder, &targets))?;
    }
    Ok(Exit::Answered)
}

/// What stands where a sample does was perhaps meant to be written.
fn may_be_a_folder(error: CliError, args: &Init) -> CliError {
    match error {
        CliError::Unknown(unknown) if args.out.is_none() => {
            CliError::Unknown(Unknown { to_write: true, lies_here: false, ..unknown })
        }
        error => error,
    }
}

/// Before the first file is written, so that it is all or nothing.
fn refuse_what_is_there(targets: &[(PathBuf, &str)]) -> Result<(), CliError> {
    match targets.iter().find(|(path, _)| files::is_there(path)) {
        Some((path, _)) => Err(CliError::Exists { path: path.clone() }),
        None => Ok(()),
    }
}

/// Makes a folder of the plan, and refuses a link in its place, which would
/// lead the files elsewhere.
fn make_folder(root: &Path, folder: &Path) -> Result<(), CliError> {
    let fail = |source| CliError::CannotWrite { path: folder.to_owned(), source };
    fs::create_dir_all(folder).map_err(fail)?;
    if folder != root && folder.is_symlink() {
        return Err(fail(std::io::ErrorKind::NotADirectory.into()));
    }
    Ok(())
}

fn remark(folder: &Path, targets: &[(PathBuf, &str)]) -> String {
    let mut text = String::new();
    for (path, _) in targets {
        text.extend(["wrote ", &shown(path), "\n"]);
    }
    text.extend(["\nTry:  outlast run ", &shown(folder), " corporate-systems-lost\n"]);
    text
}

/// As the command line takes it: a bare word would be a shipped plan.
fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    let text =
        if path.is_relative() && !text.starts_with('.') { format!("./{text}") } else { text };
    outlast_tui::harmless(&text)
}
