//! A run in a terminal of our own: it draws, answers, and leaves all as it was.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use outlast_tui::Palette;
use outlast_tui::live::terminal::{End, show};
use outlast_tui::live::{Answers, Facts, Question, Reply, SceneFacts};
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};

/// Longer than anything takes that works.
const PATIENCE: Duration = Duration::from_secs(120);

/// Sent when a program goes back to the screen as it was, and shows the cursor.
const SCREEN_AS_IT_WAS: &str = "\u{1b}[?1049l";
const CURSOR: &str = "\u{1b}[?25h";

struct Terminal {
    ours: File,
    theirs: File,
    child: Child,
    shown: Receiver<Vec<u8>>,
    so_far: String,
}

/// The two ends of a terminal of 80 columns and 24 lines.
fn ends() -> (File, File) {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    // Whoever runs in it must not hold our end, or it would never be closed.
    fcntl_setfd(&ours, FdFlags::CLOEXEC).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    let name = ptsname(&ours, Vec::new()).unwrap().into_string().unwrap();
    let theirs = OpenOptions::new().read(true).write(true).open(name).unwrap();
    let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&theirs, size).unwrap();
    (File::from(ours), theirs)
}

impl Terminal {
    fn with(words: &[&str], no_color: bool) -> Self {
        Self::of(Path::new(env!("CARGO_BIN_EXE_outlast")), words, no_color)
    }

    fn of(program: &Path, words: &[&str], no_color: bool) -> Self {
        let (ours, theirs) = ends();
        let mut command = Command::new(program);
        command.args(words).env("TERM", "xterm-256color").env_remove("NO_COLOR");
        if no_color {
            command.env("NO_COLOR", "1");
        }
        let end = || Stdio::from(OwnedFd::from(theirs.try_clone().unwrap()));
        let child = command.stdin(end()).stdout(end()).stderr(end()).spawn().unwrap();
        let mut reads = ours.try_clone().unwrap();
        let (sender, shown) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = reads.read(&mut bytes) {
                if sender.send(bytes[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { ours, theirs, child, shown, so_far: String::new() }
    }

    fn keys(&mut self, keys: &str) {
        self.ours.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until something has been shown after what was waited for before.
    fn wait_for(&mut self, text: &str) {
        while !self.so_far.contains(text) {
            let more = self.shown.recv_timeout(PATIENCE);
            let more = more.unwrap_or_else(|_| panic!("{text} is not shown: {}", self.so_far));
            self.so_far.push_str(&String::from_utf8_lossy(&more));
        }
        let end = self.so_far.find(text).unwrap() + text.len();
        self.so_far.drain(..end);
    }

    fn is_raw(&self) -> bool {
        !tcgetattr(&self.theirs).unwrap().local_modes.contains(LocalModes::ICANON)
    }

    /// The status it ends with, the terminal being as it was.
    fn ends(&mut self) -> i32 {
        let status = self.child.wait().unwrap();
        assert!(!self.is_raw(), "the terminal still swallows lines");
        status.code().unwrap()
    }
}

#[test]
fn it_draws_answers_and_leaves_all_as_it_was() {
    let mut terminal = Terminal::with(&["tui", "starter"], false);
    terminal.wait_for("Overview");
    assert!(terminal.is_raw());
    terminal.keys("2/york-net\rjf");
    terminal.wait_for("FAILED");
    terminal.keys("q");
    terminal.wait_for(SCREEN_AS_IT_WAS);
    terminal.wait_for("outlast run starter --fail york-net");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn control_c_quits() {
    let mut terminal = Terminal::with(&["tui", "starter"], false);
    terminal.wait_for("Overview");
    terminal.keys("/");
    terminal.wait_for("contains");
    terminal.keys("\u{3}");
    terminal.wait_for(SCREEN_AS_IT_WAS);
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn being_told_to_end_restores_the_terminal() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let mut terminal = Terminal::with(&["tui", "starter"], false);
        terminal.wait_for("Overview");
        kill_process(Pid::from_child(&terminal.child), signal).unwrap();
        terminal.wait_for(SCREEN_AS_IT_WAS);
        assert_eq!(terminal.ends(), 4, "{signal:?}");
    }
}

/// Nobody can press `q` any more, and no signal comes to who is in no session.
#[test]
fn it_ends_with_its_terminal() {
    let (mut ours, theirs) = ends();
    let end = || Stdio::from(OwnedFd::from(theirs.try_clone().unwrap()));
    let mut command = Command::new(env!("CARGO_BIN_EXE_outlast"));
    command.args(["tui", "starter"]).env("TERM", "xterm");
    let mut child = command.stdin(end()).stdout(end()).stderr(end()).spawn().unwrap();
    let (mut shown, mut bytes) = (Vec::new(), [0; 4096]);
    while !String::from_utf8_lossy(&shown).contains("Overview") {
        let n = ours.read(&mut bytes).unwrap();
        shown.extend_from_slice(&bytes[..n]);
    }
    drop((command, theirs, ours));
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(4), "{status}");
}

#[test]
fn a_panic_restores_the_terminal() {
    let own = std::env::current_exe().unwrap();
    for (fails, status) in [("fails_where_it_computes", 0), ("fails_where_it_draws", 101)] {
        let test = format!("terminal::{fails}");
        let words = ["--ignored", "--nocapture", "--exact", &test];
        let mut terminal = Terminal::of(&own, &words, false);
        terminal.wait_for(SCREEN_AS_IT_WAS);
        assert_eq!(terminal.ends(), status, "{fails}");
    }
}

struct Fails;

impl Answers for Fails {
    fn answer(&mut self, _: &Question, _: &mut dyn FnMut(Reply) -> bool) {
        panic!("it was to fail");
    }
}

fn fails(scenes: Vec<SceneFacts>) {
    let facts = Facts { scenes, ..Facts::default() };
    let end = show(facts, &mut Fails, Palette::PLAIN, &AtomicBool::new(false));
    assert_eq!(end.unwrap(), End::Failed);
}

#[test]
#[ignore = "needs a terminal: a_panic_restores_the_terminal gives it one"]
fn fails_where_it_computes() {
    fails(vec![SceneFacts::default()]);
}

/// There is always a scenario, if only nothing.
#[test]
#[ignore = "needs a terminal: a_panic_restores_the_terminal gives it one"]
fn fails_where_it_draws() {
    fails(Vec::new());
}

#[test]
fn no_color_is_obeyed() {
    for (no_color, coloured) in [(false, true), (true, false)] {
        let mut terminal = Terminal::with(&["tui", "bank", "corporate-systems-lost"], no_color);
        let mut shown = String::new();
        while !shown.contains("MISSED") {
            let bytes = terminal.shown.recv_timeout(PATIENCE).unwrap();
            shown.push_str(&String::from_utf8_lossy(&bytes));
        }
        assert_eq!(shown.contains("\u{1b}[38;5;1;"), coloured, "{shown:?}");
        terminal.keys("q");
        terminal.wait_for(CURSOR);
        assert_eq!(terminal.ends(), 0);
    }
}

#[test]
fn without_a_terminal_the_command_that_answers_is_named() {
    let words = ["tui", "bank", "isp-lost"];
    let output = assert_cmd::Command::cargo_bin("outlast").unwrap().args(words).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("`outlast run bank isp-lost` answers without one"), "{text}");
    assert!(output.stdout.is_empty());
}
