//! The commands, one file each.

mod annex;
mod ask;
mod check;
mod compile;
mod completions;
mod contingency;
mod explain;
mod init;
mod man;
mod pac;
mod remarks;
mod report;
mod risk;
mod rule;
mod run;
mod scenarios;
mod schema;
mod tui;
mod welcome;

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use crate::args::{Cli, Command, Format, PacCommand};
use crate::error::CliError;
use crate::exit::Exit;
use crate::pac::worker;

/// Does what the command line asks.
pub(crate) fn obey(cli: &Cli) -> Result<Exit, CliError> {
    match &cli.command {
        None => welcome::show(),
        Some(Command::Init(args)) => init::write(args),
        Some(Command::Completions(args)) => completions::write(args),
        Some(Command::Man(args)) => man::write(args),
        Some(Command::PacWorker) => {
            worker::serve(io::stdin().lock(), io::stdout().lock()).map_err(CliError::Stdout)?;
            Ok(Exit::Answered)
        }
        Some(Command::Schema(args)) => schema::write(args),
        Some(Command::Scenarios(args)) => scenarios::list(args),
        Some(Command::Check(args)) => check::check(args),
        Some(Command::Rule(args)) => rule::show(args),
        Some(Command::Pac(args)) => match &args.command {
            PacCommand::Test(args) => pac::test(args),
        },
        Some(Command::Run(args)) => run::run(args),
        Some(Command::Contingency(args)) => contingency::contingency(args),
        Some(Command::Risk(args)) => risk::risk(args),
        Some(Command::Compile(args)) => compile::write(args),
        Some(Command::Report(args)) => report::report(args),
        Some(Command::Ask(args)) => ask::ask(args),
        Some(Command::Explain(args)) => explain::explain(args),
        Some(Command::Tui(args)) => tui::show(args),
    }
}

/// Writes a document in the format asked for, or for people.
fn written(
    format: Format,
    document: &impl Serialize,
    human: impl FnOnce() -> String,
) -> Result<String, CliError> {
    match format {
        Format::Human => Ok(human()),
        Format::Json => json(document),
        Format::Yaml => yaml(document),
    }
}

/// Writes a YAML document; one that holds what has to be escaped is written as JSON,
/// which is YAML too, since block scalars know no escapes.
fn yaml(document: &impl Serialize) -> Result<String, CliError> {
    let text = serde_yaml::to_string(document)
        .map_err(|error| CliError::Ours(format!("cannot write YAML: {error}")))?;
    if escaped(&text) == text { Ok(text) } else { json(document) }
}

/// Writes a JSON document.
fn json(document: &impl Serialize) -> Result<String, CliError> {
    let mut text = serde_json::to_string_pretty(document)
        .map_err(|error| CliError::Ours(format!("cannot write JSON: {error}")))?;
    text.push('\n');
    Ok(escaped(&text))
}

/// Writes a JSON document that no person reads, in one line.
fn json_line(document: &impl Serialize) -> Result<String, CliError> {
    let mut text = serde_json::to_string(document)
        .map_err(|error| CliError::Ours(format!("cannot write JSON: {error}")))?;
    text.push('\n');
    Ok(escaped(&text))
}

/// JSON in which nothing moves a terminal's cursor or turns a line round: such
/// characters stand in texts only, where an escape says the same.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() || outlast_tui::harmless(c.encode_utf8(&mut [0; 4])).contains(c) {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}"); // a String takes everything
        }
    }
    out
}
