//! The two streams of the process, and the file that `-o` names.

use std::env;
use std::ffi::OsStr;
use std::io::{self, IsTerminal, Write};

use outlast_tui::Palette;

use crate::args::Writing;
use crate::error::CliError;
use crate::files;
use crate::load::Loaded;
use crate::resolve::shadow;

/// Where an answer goes.
#[derive(Debug)]
pub struct Out<'a> {
    options: &'a Writing,
}

impl<'a> Out<'a> {
    /// Obeys the options of a command.
    pub fn new(options: &'a Writing) -> Self {
        Self { options }
    }

    /// The colours of the answer: none in a file or pipe.
    pub fn palette(&self) -> Palette {
        if self.options.out.is_some() { Palette::PLAIN } else { answer_palette() }
    }

    /// Hands the answer over.
    pub fn answer(&self, text: &str) -> Result<(), CliError> {
        match &self.options.out {
            None => print(text),
            Some(path) if path.as_os_str() == "-" => Err(CliError::Value {
                option: "--out",
                fault: "`-` is no file, and does not mean standard output".to_owned(),
                help: Some("without `--out` the answer goes to standard output".to_owned()),
            }),
            Some(path) => {
                files::write_whole(path, text.as_bytes(), self.options.force)?;
                self.remark(&format!("written to {}", path.display()));
                Ok(())
            }
        }
    }

    /// Says where a plan that lies here is not the one that was asked for.
    pub fn remark_shadow(&self, plan: &OsStr) {
        if let Some(text) = shadow(plan) {
            self.remark(&text);
        }
    }

    /// Says what the roster of a plan may not mean.
    pub fn remark_roster(&self, loaded: &Loaded) {
        let remarks = loaded.remarks();
        if !remarks.trim().is_empty() {
            self.remark(remarks.trim_end());
        }
    }

    /// Says something beside the answer, unless it shall be quiet.
    pub fn remark(&self, text: &str) {
        if !self.options.quiet {
            complain(&format!("{}\n", outlast_tui::harmless_lines(text)));
        }
    }
}

/// The colours of standard output.
pub fn answer_palette() -> Palette {
    palette(io::stdout().is_terminal())
}

/// The colours of standard error.
pub fn error_palette() -> Palette {
    palette(io::stderr().is_terminal())
}

fn palette(is_terminal: bool) -> Palette {
    let value = |name| env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    Palette::choose(is_terminal, value("NO_COLOR").as_deref(), value("TERM").as_deref())
}

/// Writes to standard output.
pub fn print(text: &str) -> Result<(), CliError> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(CliError::Stdout)
}

/// Writes to standard error; if even that fails there is nobody to tell.
pub fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
