//! What the `outlast` command does: arguments, files, child processes, exit
//! status. The only crate that touches the world.

pub mod args;
mod commands;
pub mod desk;
pub mod error;
pub mod exit;
pub mod files;
mod hazards;
pub mod load;
pub mod out;
mod outside;
pub mod pac;
mod progress;
pub mod resolve;
mod settings;
pub mod shell;
pub mod shipped;
pub mod unknown;
mod url;
pub mod variants;
pub mod whatif;

use std::any::Any;
use std::ffi::OsString;
use std::panic;

use clap::Parser;

use crate::args::Cli;
use crate::exit::Exit;

/// Runs the command and says how it ended. Nothing gets past this: a panic is
/// our fault and ends with its own status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |place| format!(" ({place})"));
        let what = message(info.payload());
        let text = format!("this is Outlast's own fault, please report it: {what}{place}\n");
        out::complain(&outlast_tui::harmless_lines(&text));
    }));
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    panic::catch_unwind(|| answer(arguments)).unwrap_or(Exit::Ours)
}

/// What a panic said: a text, or nothing that could be shown.
fn message(payload: &(dyn Any + Send)) -> &str {
    let literal = payload.downcast_ref::<&str>().copied();
    literal.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

fn answer(arguments: Vec<OsString>) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers; if nobody reads them, so be it.
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Answered };
        }
    };
    match commands::obey(&cli) {
        Ok(exit) => exit,
        Err(error) => {
            out::complain(&error.render(out::error_palette()));
            error.exit()
        }
    }
}
