//! `outlast tui`: the terminal UI.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{process, thread};

use outlast_tui::live::terminal::{self, End};

use crate::args::{Tried, Tui};
use crate::desk::{self, Desk};
use crate::error::CliError;
use crate::exit::Exit;
use crate::load;
use crate::out;
use crate::progress::Bar;
use crate::variants::Compiled;
use crate::whatif;

/// How long it may take to end by itself.
const GRACE: Duration = Duration::from_millis(500);

/// Shows a plan and what becomes of it.
pub(super) fn show(args: &Tui) -> Result<Exit, CliError> {
    let bar = Bar::new(false);
    bar.say("reading the plan");
    let loaded =
        load::plan(&args.plan).map_err(|error| load::with_scenarios(error, &args.scenarios))?;
    bar.say("walking the routes of every group");
    let compiled = Compiled::of(&loaded, &());
    let scenes = whatif::scenes(&compiled, &args.scenarios, &Tried::default())?;
    let facts = desk::facts(&loaded, &args.plan, &args.scenarios, &scenes);
    drop(bar);
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        return Err(CliError::NoTerminal { instead: facts.command() });
    }
    let mut desk = Desk::new(&compiled, scenes)?;
    let stop = Arc::new(AtomicBool::new(false));
    listen(&stop).map_err(|error| CliError::Ours(format!("cannot listen to signals: {error}")))?;
    guard(stop.clone());
    let palette = out::answer_palette();
    match terminal::show(facts, &mut desk, palette, &stop) {
        Ok(End::Quit(command)) => {
            out::print(&format!("{}\n", outlast_tui::harmless(&command)))?;
            Ok(Exit::Answered)
        }
        Ok(End::Stopped) => Ok(Exit::Incomplete),
        Ok(End::Failed) => Ok(Exit::Ours),
        // Whichever of us two sees first that the terminal is gone.
        Err(_) if !io::stdin().is_terminal() => Ok(Exit::Incomplete),
        Err(error) => Err(CliError::Stdout(error)),
    }
}

/// Ends the process where its terminal is gone, or where it was told to end and does
/// not: whoever waits for keys of a closed terminal waits for ever.
fn guard(stop: Arc<AtomicBool>) {
    thread::spawn(move || {
        let mut was_told = false;
        loop {
            thread::sleep(GRACE);
            if was_told || !io::stdin().is_terminal() {
                terminal::leave();
                process::exit(i32::from(Exit::Incomplete.status()));
            }
            was_told = stop.load(Ordering::Relaxed);
        }
    });
}

/// Sets a flag when the process is told to end.
#[cfg(unix)]
fn listen(stop: &Arc<AtomicBool>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, stop.clone())?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn listen(_: &Arc<AtomicBool>) -> io::Result<()> {
    Ok(())
}
