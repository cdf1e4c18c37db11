//! `outlast init`.

use std::fs;
use std::path::{Path, PathBuf};

use outlast_scenarios::{self as library, Sample};

use super::schema;
use crate::args::Init;
use crate::error::{CliError, Unknown};
use crate::exit::Exit;
use crate::load::PLAN_FILE;
use crate::shipped;
use crate::{files, out};

/// Writes the files of a sample plan.
pub(super) fn write(args: &Init) -> Result<Exit, CliError> {
    let sample = shipped::plan(&args.sample).map_err(|error| for_a_folder(error, &args.sample))?;
    let folder = args.out.clone().unwrap_or_else(|| PathBuf::from(sample.name));
    let targets: Vec<(PathBuf, String)> =
        files_of(sample)?.into_iter().map(|(name, text)| (folder.join(name), text)).collect();
    refuse_a_file(&folder)?;
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
        out::print(&remark(&folder, &targets, &of_others(sample, &folder)))?;
    }
    Ok(Exit::Answered)
}

/// The files of a sample, and the schema by which editors read its plan.
fn files_of(sample: &Sample) -> Result<Vec<(&'static str, String)>, CliError> {
    let for_editors = schema::text_of(&outlast_models::schema::plan())?;
    let files = sample.files.iter().map(|(name, text)| match *name {
        PLAN_FILE => (*name, format!("{}{text}", schema::HEAD)),
        _ => (*name, (*text).to_owned()),
    });
    Ok(files.chain([(schema::FILE, for_editors)]).collect())
}

/// What is no plan that is shipped may have been meant for the folder.
fn for_a_folder(error: CliError, word: &str) -> CliError {
    let CliError::Unknown(unknown) = error else { return error };
    let folder = word.strip_suffix(".yaml").or_else(|| word.strip_suffix(".yml")).unwrap_or(word);
    let instead = (!folder.is_empty()).then(|| {
        format!(
            "`outlast init --out {folder}` writes the plan `starter` into the folder `{folder}`"
        )
    });
    CliError::Unknown(Box::new(Unknown { swapped: None, lies_here: None, instead, ..*unknown }))
}

/// Before the first file is written, so that it is all or nothing.
fn refuse_what_is_there(targets: &[(PathBuf, String)]) -> Result<(), CliError> {
    match targets.iter().find(|(path, _)| files::is_there(path)) {
        Some((path, _)) => Err(CliError::Exists { path: path.clone() }),
        None => Ok(()),
    }
}

/// Where the folder shall be, a file may lie.
fn refuse_a_file(folder: &Path) -> Result<(), CliError> {
    if !folder.exists() || folder.is_dir() {
        return Ok(());
    }
    Err(CliError::Value {
        option: "--out",
        fault: format!("`{}` is a file, and the plan is a folder of files", folder.display()),
        help: Some("name a folder that is empty or not there yet".to_owned()),
    })
}

/// Files of other samples that lie in the folder.
fn of_others(sample: &Sample, folder: &Path) -> Vec<PathBuf> {
    let own = |name: &str| sample.files.iter().any(|(known, _)| *known == name);
    let shipped = library::names().plans.into_iter().filter_map(library::plan_sample);
    let others = shipped.flat_map(|other| other.files);
    let others = others.map(|(name, _)| *name).filter(|name| !own(name));
    let mut there: Vec<PathBuf> = others.map(|name| folder.join(name)).collect();
    there.retain(|path| files::is_there(path));
    there.sort();
    there.dedup();
    there
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

fn remark(folder: &Path, targets: &[(PathBuf, String)], left: &[PathBuf]) -> String {
    let mut text = String::new();
    for (path, _) in targets {
        text.extend(["wrote ", &shown(path), "\n"]);
    }
    for path in left {
        text.extend(["left, of another plan: ", &shown(path), "\n"]);
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
