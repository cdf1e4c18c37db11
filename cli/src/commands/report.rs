//! `outlast report`: runs and findings of a plan as a page and the figures behind it.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use outlast_engine::check;
use outlast_models::read::quantity;
use outlast_reports::document::OptionsDocument;
use outlast_reports::report::{self, Asked};
use outlast_reports::{ReportDocument, checked};
use outlast_tui::run::verdicts;
use outlast_tui::{harmless, quoted};

use super::run::{Task, exit, scenes};
use crate::args::{Format, Report, Tried, Writing};
use crate::error::CliError;
use crate::exit::Exit;
use crate::out::{self, Out};
use crate::progress::Bar;
use crate::unknown::Doubts;
use crate::variants::Compiled;
use crate::{files, load, shell};

/// The page, and the figures behind it.
const FILES: [&str; 2] = ["report.html", "report.json"];

/// Writes the continuity report.
pub(super) fn report(args: &Report) -> Result<Exit, CliError> {
    let date = args.date.as_deref().map(day).transpose()?;
    let targets = targets(args)?;
    let bar = Bar::new(args.quiet);
    bar.say("reading the plan");
    let loaded =
        load::plan(&args.plan).map_err(|error| load::with_scenarios(error, &args.scenarios))?;
    let written: Vec<&Path> = targets.iter().map(PathBuf::as_path).collect();
    written.iter().try_for_each(|out| loaded.keep(Some(out), &args.scenarios))?;
    let doubts = Doubts::of(&loaded, &args.unknown)?;
    let compiled = Compiled::of(&loaded, &bar);
    let scenes = scenes(&compiled, (&args.scenarios, &args.tried), &written, &bar)?;
    let task = Task { compiled: &compiled, doubts: &doubts, annex: false };
    let (runs, _) = task.document(scenes, args.work, &bar)?;
    bar.say("checking the plan");
    let found = check::check(&loaded.plan, &loaded.pac, &compiled.problem);
    let check = checked(compiled.context(&[]), &found);
    let document = report::reported(runs, check, asked(args, date));
    bar.say("drawing the charts");
    let texts = [report::html(&document), super::json(&document)?];
    drop(bar);
    write(args, &targets, &texts)?;
    say(args, &loaded, &document, &targets)?;
    Ok(exit(args.fail_on, &document.runs))
}

fn day(text: &str) -> Result<String, CliError> {
    let day = quantity::day(text).map_err(|fault| CliError::Value {
        option: "--date",
        fault: fault.message,
        help: fault.help,
    })?;
    Ok(day.to_string())
}

/// The files to write, none of which is in the way.
fn targets(args: &Report) -> Result<Vec<PathBuf>, CliError> {
    let folder = &args.out;
    let value = |fault: String| CliError::Value {
        option: "--out",
        fault,
        help: Some("name a folder for report.html and report.json, like `--out report`".to_owned()),
    };
    if folder.as_os_str() == "-" {
        return Err(value("`-` is no folder, and does not mean standard output".to_owned()));
    }
    if files::is_there(folder) && !folder.is_dir() {
        let name = folder.display();
        return Err(value(format!("`{name}` is a file, and a report is a folder of files")));
    }
    let targets = FILES.map(|name| folder.join(name));
    CliError::all(targets.iter().map(|path| files::can_be_written(path, args.force)))?;
    files::takes_files(folder)?;
    Ok(targets.into())
}

fn asked(args: &Report, date: Option<String>) -> Asked {
    let fail_on = args.fail_on.and_then(|on| on.to_possible_value());
    let fail_on = fail_on.map(|on| on.get_name().to_owned());
    let mut words = vec!["outlast".to_owned(), "report".to_owned(), shell::plan(&args.plan)];
    words.extend(args.scenarios.iter().map(|word| shell::scenario(word)));
    words.extend(args.tried.words());
    // Where it was written to is of no interest, and would tell one report from another.
    words.extend(["--out", "report"].map(str::to_owned));
    let options = date.iter().map(|date| ("--date", date));
    let options = options.chain(args.unknown.iter().map(|id| ("--unknown", id)));
    for (option, value) in options.chain(fail_on.iter().map(|on| ("--fail-on", on))) {
        words.extend([option.to_owned(), value.clone()]);
    }
    let command = words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ");
    let Tried { fail, degrade, restore } = args.tried.clone();
    let options =
        OptionsDocument { fail, degrade, restore, unknown: args.unknown.clone(), fail_on };
    Asked { date, command, options }
}

fn write(args: &Report, targets: &[PathBuf], texts: &[String; 2]) -> Result<(), CliError> {
    let fail = |source| CliError::CannotWrite { path: args.out.clone(), source };
    fs::create_dir_all(&args.out).map_err(fail)?;
    let files: Vec<(PathBuf, &[u8])> =
        targets.iter().cloned().zip(texts.iter().map(String::as_bytes)).collect();
    files::write_together(&files, args.force)
}

fn say(
    args: &Report,
    loaded: &load::Loaded,
    document: &ReportDocument,
    targets: &[PathBuf],
) -> Result<(), CliError> {
    let writing = Writing { format: Format::Human, out: None, force: false, quiet: args.quiet };
    let out = Out::new(&writing);
    out.remark_shadow(&args.plan);
    out.remark_roster(loaded);
    if args.quiet {
        return Ok(());
    }
    let mut text = verdicts(&document.runs, &document.head.plan.name, out.palette());
    text.push('\n');
    for path in targets {
        text.extend(["written to ", &harmless(&path.display().to_string()), "\n"]);
    }
    out::print(&text)
}
