//! Finds the text of a plan, and the files that it names.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::error::CliError;
use crate::files;
use crate::resolve::{Named, plan_word};
use crate::shipped::{self, Sample};

/// The file of a plan that is a folder.
const PLAN_FILE: &str = "plan.yaml";

/// The text of a plan with its surroundings.
#[derive(Debug)]
pub struct PlanText {
    /// Its name in messages.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Where the files that it names are.
    pub home: Home,
}

/// Where the files of a plan are.
#[derive(Debug)]
pub enum Home {
    /// In a folder, and never outside it.
    Folder(PathBuf),
    /// Built in.
    Shipped(&'static Sample),
}

/// Finds the plan that a word of the command line names.
pub fn plan_text(word: &OsStr) -> Result<PlanText, CliError> {
    match plan_word(word) {
        Named::Shipped(name) => shipped_plan(&name),
        Named::Path(path) if path.is_dir() => {
            let file = path.join(PLAN_FILE);
            if !files::is_there(&file) {
                return Err(CliError::NoPlanInside { folder: path });
            }
            plan_file(&file)
        }
        Named::Path(path) => plan_file(&path),
    }
}

fn shipped_plan(name: &str) -> Result<PlanText, CliError> {
    let sample = shipped::sample(name)?;
    let (file, text) =
        sample.files.first().ok_or_else(|| CliError::Ours(format!("sample `{name}` is empty")))?;
    let name = if sample.files.len() == 1 { (*file).to_owned() } else { format!("{name}/{file}") };
    Ok(PlanText { name, text: (*text).to_owned(), home: Home::Shipped(sample) })
}

fn plan_file(path: &Path) -> Result<PlanText, CliError> {
    let text = files::read_named(path)?;
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let home = Home::Folder(folder.to_owned());
    Ok(PlanText { name: path.display().to_string(), text, home })
}

impl Home {
    /// Reads a file that the plan names, or says in a clause why not.
    pub fn read(&self, name: &str) -> Result<String, String> {
        match self {
            Self::Folder(folder) => files::read_inside(folder, name).map_err(|fault| fault.text()),
            Self::Shipped(sample) => {
                let found = sample.files.iter().find(|(file, _)| *file == name);
                found
                    .map(|(_, text)| (*text).to_owned())
                    .ok_or_else(|| "there is no such file".into())
            }
        }
    }
}
