//! How far long work has come: one line on standard error, where somebody watches.
//!
//! Nothing is shown in a pipe, with `--quiet`, or of what is done within half a
//! second. The line is drawn by a thread of its own, so that a long step shows as
//! well as many short ones, and is gone when the answer or a message comes.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use outlast_engine::risk::{BLOCK, YEARS_AT_ONCE};
use outlast_engine::{Observer, Stage};
use outlast_reports::number::grouped;

/// What is done sooner is not worth a line.
const PATIENCE: Duration = Duration::from_millis(500);
/// Between two looks at what is to be shown.
const TICK: Duration = Duration::from_millis(100);
/// Longer lines would break on a narrow terminal and could not be wiped.
const WIDTH: usize = 78;

/// A line that says what is being done; dropped, it is wiped.
#[derive(Debug)]
pub(crate) struct Bar {
    line: Arc<Line>,
    drawing: Option<JoinHandle<()>>,
    pace: Mutex<Option<Pace>>,
}

/// Since when a stage goes on, and from which step.
#[derive(Debug, Clone, Copy)]
struct Pace {
    stage: Stage,
    of: usize,
    from: usize,
    since: Instant,
}

/// What the drawing thread looks at.
#[derive(Debug, Default)]
struct Line {
    said: Mutex<Said>,
    ends: Condvar,
}

#[derive(Debug, Default)]
struct Said {
    text: String,
    ended: bool,
}

/// The line, said of one scenario.
#[derive(Debug)]
pub(crate) struct OfScenario<'a> {
    bar: &'a Bar,
    name: &'a str,
}

impl Bar {
    /// Begins where somebody watches and has not asked for quiet.
    pub(crate) fn new(quiet: bool) -> Self {
        let can_wipe = env::var_os("TERM").is_some_and(|term| term != "dumb");
        let line = Arc::<Line>::default();
        let watched = !quiet && can_wipe && io::stderr().is_terminal();
        let drawn = line.clone();
        Self {
            line,
            drawing: watched.then(|| thread::spawn(move || drawn.draw(&mut io::stderr()))),
            pace: Mutex::default(),
        }
    }

    /// Says what is being done from now on.
    pub(crate) fn say(&self, text: &str) {
        if self.drawing.is_some() {
            let text = outlast_tui::harmless(text).chars().take(WIDTH).collect();
            self.line.said().text = text;
        }
    }

    /// For what is done for one scenario.
    pub(crate) fn of<'a>(&'a self, name: &'a str) -> OfScenario<'a> {
        OfScenario { bar: self, name }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.line.said().ended = true;
        self.line.ends.notify_all();
        if let Some(drawing) = self.drawing.take() {
            // It only draws: if it failed, there is nothing to wipe.
            let _ = drawing.join();
        }
    }
}

impl Line {
    fn said(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Draws what is said whenever it has changed, until the end.
    fn draw(&self, to: &mut impl Write) {
        let mut shown = String::new();
        let mut wait = PATIENCE;
        let mut said = self.said();
        loop {
            let waited = self.ends.wait_timeout_while(said, wait, |said| !said.ended);
            said = waited.unwrap_or_else(PoisonError::into_inner).0;
            if said.ended {
                break;
            }
            if said.text != shown {
                shown.clone_from(&said.text);
                // Who cannot be shown anything misses nothing that matters.
                let _ = write!(to, "{WIPE}{shown}").and_then(|()| to.flush());
            }
            wait = TICK;
        }
        if !shown.is_empty() {
            let _ = write!(to, "{WIPE}").and_then(|()| to.flush());
        }
    }
}

/// Back to the start of the line, and everything on it away.
const WIPE: &str = "\r\x1b[2K";

impl Observer for Bar {
    fn begins(&self, stage: Stage, step: usize, of: usize) {
        if self.drawing.is_some() {
            let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
            let left = Pace::of(&mut pace, (stage, step, of), now());
            self.say(&(words(stage, step, of) + &left));
        }
    }
}

impl Observer for OfScenario<'_> {
    fn begins(&self, stage: Stage, step: usize, of: usize) {
        if self.bar.drawing.is_some() {
            self.bar.say(&format!("{}: {}", self.name, words(stage, step, of)));
        }
    }
}

/// The clock says how fast work goes and nothing else: no result sees it.
#[allow(clippy::disallowed_methods, reason = "shown to who waits, and part of no answer")]
fn now() -> Instant {
    Instant::now()
}

impl Pace {
    /// How fast it goes and how long it takes still, once that can be told.
    fn of(
        known: &mut Option<Self>,
        (stage, step, of): (Stage, usize, usize),
        now: Instant,
    ) -> String {
        let same = known.filter(|pace| pace.stage == stage && pace.of == of && step > pace.from);
        let Some(pace) = same else {
            *known = Some(Self { stage, of, from: step, since: now });
            return String::new();
        };
        let millis = now.duration_since(pace.since).as_millis();
        if millis < 1000 {
            return String::new();
        }
        let done = (step - pace.from) as u128;
        let each = match stage {
            Stage::Trials => Some((BLOCK, "states")),
            Stage::Years => Some((YEARS_AT_ONCE, "years")),
            Stage::Groups | Stage::Moments | Stage::Combinations | Stage::Sets | Stage::Cuts => {
                None
            }
        };
        let rate = each.map_or_else(String::new, |(each, what)| {
            let rate = u64::try_from(done * u128::from(each) * 1000 / millis).unwrap_or(u64::MAX);
            format!("{} {what} a second, ", grouped(rate))
        });
        let left = millis * (of + 1).saturating_sub(step) as u128 / done;
        format!(": {rate}{} left", lasting(left.div_ceil(1000)))
    }
}

/// Seconds as people say them, rounded up.
fn lasting(seconds: u128) -> String {
    match seconds {
        0..=90 => format!("{seconds} s"),
        91..=5400 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3600)),
    }
}

fn words(stage: Stage, step: usize, of: usize) -> String {
    match stage {
        Stage::Groups => format!("walking the routes of group {step} of {of}"),
        Stage::Moments => format!("assessing moment {step} of {of}"),
        Stage::Combinations => format!("trying combination {step} of {of}"),
        Stage::Sets => format!("assessing sets of failures, part {step} of {of}"),
        Stage::Cuts => format!("looking for cut sets of {step} of {of}"),
        Stage::Years => format!("simulating years, part {step} of {of}"),
        Stage::Trials => format!("drawing states, block {step} of {of}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_at_once_shows_nothing() {
        let line = Line::default();
        *line.said() = Said { text: "reading".to_owned(), ended: true };
        let mut shown = Vec::new();
        line.draw(&mut shown);
        assert!(shown.is_empty());
    }

    #[test]
    fn what_takes_long_is_shown_and_wiped() {
        let line = Arc::<Line>::default();
        line.said().text = words(Stage::Groups, 2, 9);
        let drawn = line.clone();
        let drawing = thread::spawn(move || {
            let mut shown = Vec::new();
            drawn.draw(&mut shown);
            shown
        });
        thread::sleep(2 * PATIENCE);
        line.said().ended = true;
        line.ends.notify_all();
        let shown = drawing.join().expect("it only draws");
        let shown = String::from_utf8(shown).expect("text");
        assert_eq!(shown, format!("{WIPE}walking the routes of group 2 of 9{WIPE}"));
    }

    #[test]
    fn the_time_that_is_left_follows_from_the_pace() {
        let (start, mut pace) = (now(), None);
        let mut at = |stage, step, of, seconds| {
            Pace::of(&mut pace, (stage, step, of), start + Duration::from_secs(seconds))
        };
        assert_eq!(at(Stage::Sets, 1, 5, 0), "");
        assert_eq!(at(Stage::Sets, 2, 5, 10), ": 40 s left");
        assert_eq!(at(Stage::Trials, 1, 1_000, 10), "");
        assert_eq!(at(Stage::Trials, 17, 1_000, 10), "", "too soon to say");
        assert_eq!(at(Stage::Trials, 33, 1_000, 12), ": 65,536 states a second, 61 s left");
        assert_eq!(at(Stage::Years, 1, 40, 20), "");
        assert_eq!(at(Stage::Years, 2, 40, 620), ": 0 years a second, 7 h left");
        assert_eq!(at(Stage::Years, 1, 40, 700), "", "another time over");
    }

    #[test]
    fn nobody_watches_a_pipe() {
        // Under the test runner standard error may be a terminal: quiet is not.
        assert!(Bar::new(true).drawing.is_none());
    }
}
