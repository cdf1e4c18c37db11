//! Everything that can go wrong, and what people are told about it.
//!
//! A message is one lower-case clause without a period; what to do stands in
//! `help:` lines of its own. Files of the user are quoted by `models`' own
//! diagnostics; the texts of everything else stand here and nowhere else.

use std::io;
use std::path::{Path, PathBuf};

use outlast_models::diagnostic::{self, Diagnostic, Sources};
use outlast_tui::{Palette, Tone, harmless};

use crate::exit::Exit;
use crate::files::STDIN;

/// Why a command gave no answer.
#[derive(Debug)]
pub enum CliError {
    /// A bare word that nothing shipped is called.
    Unknown(Box<Unknown>),
    /// A file that the command line names cannot be read.
    CannotRead {
        /// The file.
        path: PathBuf,
        /// Why.
        fault: ReadFault,
    },
    /// A folder without a plan.
    NoPlanInside {
        /// The folder.
        folder: PathBuf,
    },
    /// Mistakes in a plan or scenario.
    Mistakes {
        /// The mistakes.
        diagnostics: Vec<Diagnostic>,
        /// The texts that they stand in.
        sources: Sources,
    },
    /// The file to write is there already.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file to write is one that the answer is made from.
    Input {
        /// The file.
        path: PathBuf,
    },
    /// A file cannot be written.
    CannotWrite {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Standard output cannot be written.
    Stdout(io::Error),
    /// An option whose value cannot be read.
    Value {
        /// The option: `--at`.
        option: &'static str,
        /// What is wrong with it.
        fault: String,
        /// What to do.
        help: Option<String>,
    },
    /// A setting that a scenario changes spoils the plan.
    Setting {
        /// The scenario.
        scenario: String,
        /// What is wrong then.
        fault: String,
    },
    /// The terminal UI without a terminal.
    NoTerminal {
        /// The command that answers instead.
        instead: String,
    },
    /// Several, for different things that the command line names.
    Several(Vec<Self>),
    /// Our fault.
    Ours(String),
}

/// A name that nothing has.
#[derive(Debug)]
pub struct Unknown {
    /// What was asked for: `shipped plan`, `group`.
    pub what: &'static str,
    /// The name.
    pub name: String,
    /// What there is.
    pub known: Vec<String>,
    /// What else of that name is shipped: `scenario`.
    pub swapped: Option<&'static str>,
    /// The file or folder of that name that lies here, as it has to be written.
    pub lies_here: Option<String>,
    /// What else may have been meant: a help of its own.
    pub instead: Option<String>,
    /// The command that lists them all, where there is one.
    pub listed_by: Option<&'static str>,
}

/// Why a file was not read.
#[derive(Debug)]
pub enum ReadFault {
    /// The system refused.
    Io(io::Error),
    /// Folders, devices, pipes.
    NotAFile,
    /// More than so many bytes.
    TooLarge {
        /// How many are read.
        most: u64,
    },
    /// Not UTF-8, first in this line.
    NotText {
        /// The line, from 1.
        line: usize,
    },
    /// Text of another encoding.
    Encoded {
        /// Which.
        encoding: &'static str,
    },
    /// Named by a plan or scenario, but not in its folder.
    LeavesFolder,
}

impl CliError {
    /// All results, or everything that went wrong with some.
    pub fn all<T>(results: impl IntoIterator<Item = Result<T, Self>>) -> Result<Vec<T>, Self> {
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for result in results {
            match result {
                Ok(value) => good.push(value),
                Err(error) => bad.push(error),
            }
        }
        match bad.len() {
            0 => Ok(good),
            1 => Err(bad.remove(0)),
            _ => Err(Self::Several(bad)),
        }
    }

    /// The exit status that goes with it. A broken pipe is nobody's fault:
    /// whoever read has read enough.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Stdout(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Answered,
            Self::Unknown(_)
            | Self::Exists { .. }
            | Self::Input { .. }
            | Self::CannotWrite { .. }
            | Self::Stdout(_)
            | Self::Value { .. }
            | Self::NoTerminal { .. } => Exit::Usage,
            Self::CannotRead { .. }
            | Self::NoPlanInside { .. }
            | Self::Mistakes { .. }
            | Self::Setting { .. } => Exit::Input,
            // The first is what would have been said alone.
            Self::Several(list) => list.first().map_or(Exit::Ours, Self::exit),
            Self::Ours(_) => Exit::Ours,
        }
    }

    /// What people are told; empty where there is nothing to tell.
    pub fn render(&self, palette: Palette) -> String {
        match self {
            Self::Stdout(error) if error.kind() == io::ErrorKind::BrokenPipe => String::new(),
            Self::Mistakes { diagnostics, sources } => {
                diagnostic::render(diagnostics, sources, palette.is_coloured())
            }
            Self::Several(list) => {
                let each: Vec<String> = list.iter().map(|error| error.render(palette)).collect();
                each.join("\n")
            }
            other => {
                let (message, help) = other.told();
                let line = |tone, word, text: &str| {
                    format!("{}: {}\n", palette.paint(tone, word), harmless(text))
                };
                let help =
                    help.iter().map(|text| format!("  {}", line(Tone::Strong, "help", text)));
                [line(Tone::Bad, "error", &message)].into_iter().chain(help).collect()
            }
        }
    }

    fn told(&self) -> (String, Vec<String>) {
        match self {
            Self::Unknown(unknown) => unknown.told(),
            Self::CannotRead { path, fault } => {
                (format!("cannot read {}: {}", named(path), fault.text()), fault.help())
            }
            Self::NoPlanInside { folder } => (
                format!("the folder {} has no `plan.yaml`", named(folder)),
                vec!["name the plan's file, or a folder that holds a `plan.yaml`".to_owned()],
            ),
            Self::Exists { path } => (
                format!("{} is there already", named(path)),
                vec!["`--force` overwrites it".to_owned()],
            ),
            Self::Input { path } => (
                format!("{} is a file that the answer is made from", named(path)),
                vec!["write into another file".to_owned()],
            ),
            Self::CannotWrite { path, source } => {
                (format!("cannot write {}: {}", named(path), system(source)), Vec::new())
            }
            Self::Stdout(error) => {
                (format!("cannot write the answer: {}", system(error)), Vec::new())
            }
            Self::Value { option, fault, help } => {
                (format!("`{option}`: {fault}"), help.iter().cloned().collect())
            }
            Self::Setting { scenario, fault } => (
                format!("with the settings that `{scenario}` changes the plan is wrong: {fault}"),
                Vec::new(),
            ),
            Self::NoTerminal { instead } => (
                "`outlast tui` needs a terminal to draw on and to listen to".to_owned(),
                vec![format!("`{instead}` answers without one")],
            ),
            Self::Ours(what) => (format!("this is Outlast's own fault: {what}"), Vec::new()),
            // Shown one by one, with their lines, by `render`.
            Self::Mistakes { .. } | Self::Several(_) => {
                ("the input has mistakes".to_owned(), Vec::new())
            }
        }
    }
}

impl Unknown {
    fn told(&self) -> (String, Vec<String>) {
        let mut help = Vec::new();
        if self.name == "-" {
            help.push(format!("standard input is named as a file: `{STDIN}`"));
        }
        if let Some(other) = self.swapped {
            let order = "the plan comes first: `outlast run PLAN SCENARIO`";
            help.push(format!("`{}` is a {other}; {order}", self.name));
        }
        if let Some(here) = &self.lies_here {
            help.push(format!("a path is written with `./`: `{here}`"));
        }
        let known = || self.known.iter().map(String::as_str);
        if let Some(near) = outlast_models::read::nearest(&self.name, known()) {
            help.push(format!("did you mean `{near}`?"));
        }
        if help.is_empty() {
            help.extend(self.instead.clone());
            help.push(match self.listed_by {
                Some(command) => format!("{command} lists them"),
                None => format!(
                    "there are: {}",
                    outlast_models::read::few(&known().collect::<Vec<_>>())
                ),
            });
        }
        (format!("there is no {} `{}`", self.what, self.name), help)
    }
}

impl ReadFault {
    /// The fault as a clause.
    pub fn text(&self) -> String {
        match self {
            Self::Io(error) => system(error),
            Self::NotAFile => "it is no file".to_owned(),
            Self::TooLarge { most } => format!("it is larger than {} MiB", most >> 20),
            Self::NotText { line } => format!("line {line} is not UTF-8 text"),
            Self::Encoded { encoding } => format!("it is {encoding} text, not UTF-8"),
            Self::LeavesFolder => "it lies outside the folder of the file that names it".to_owned(),
        }
    }

    fn help(&self) -> Vec<String> {
        match self {
            Self::NotText { .. } | Self::Encoded { .. } => vec!["save it as UTF-8".to_owned()],
            _ => Vec::new(),
        }
    }
}

/// The commonest system errors in the same words everywhere.
fn system(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "part of its path is no folder".to_owned(),
        io::ErrorKind::StorageFull => "there is no space left".to_owned(),
        _ => error.to_string(),
    }
}

fn named(path: &Path) -> String {
    format!("`{}`", path.display())
}
