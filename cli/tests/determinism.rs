//! Determinism: same plan, scenario and version, same bytes, whatever the threads,
//! the environment, the folder and the terminal.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::path::Path;

use assert_cmd::Command;
use outlast_reports::RunsDocument;

const SCENARIOS: [&str; 3] = ["disaster", "isp-lost", "private-network-lost"];

/// What `run` and `explain` are asked, for people and as JSON.
fn questions() -> Vec<Vec<&'static str>> {
    let run = [&["run", "bank"], &SCENARIOS[..]].concat();
    let explain = vec!["explain", "bank", "disaster", "--group", "cards-leeds"];
    let styles: [&[&str]; 2] = [&["--details"], &["--format", "json"]];
    let styled = |question: Vec<&'static str>| styles.map(|style| [&question, style].concat());
    [run, explain].into_iter().flat_map(styled).collect()
}

/// What takes longer, and is asked on 1, 2 and 7 threads where it is tested.
const RISK: [&str; 8] = ["risk", "clinic", "--years", "5", "--trials", "4096", "--format", "json"];

fn outlast(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::cargo_bin("outlast").unwrap();
    command.current_dir(folder).args(words);
    command
}

fn said(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let here = tempfile::tempdir().unwrap();
    for question in questions() {
        let once = said(outlast(here.path(), &question));
        for threads in ["1", "2", "3"] {
            let words = [&question[..], &["--threads", threads]].concat();
            assert_eq!(said(outlast(here.path(), &words)), once, "{words:?}");
        }
    }
}

#[test]
fn any_environment_and_folder_give_the_same_bytes() {
    let (here, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for question in questions().into_iter().chain([RISK.to_vec()]) {
        let once = said(outlast(here.path(), &question));
        let mut other = outlast(elsewhere.path(), &question);
        other
            .envs([("LANG", "ar_EG.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Asia/Kolkata")])
            .env("HOME", elsewhere.path());
        assert_eq!(said(other), once, "{question:?}");
        let mut bare = outlast(elsewhere.path(), &question);
        bare.env_clear();
        assert_eq!(said(bare), once, "{question:?} with no environment");
    }
}

/// A plan in a folder of one's own gives the same document wherever it lies.
#[test]
fn no_folder_is_named() {
    let one = tempfile::tempdir().unwrap();
    let other = tempfile::tempdir().unwrap();
    let mut texts = Vec::new();
    for folder in [one.path(), other.path()] {
        said(outlast(folder, &["init", "bank", "--quiet"]));
        let plan = folder.join("bank");
        let words = ["run", plan.to_str().unwrap(), "disaster", "--format", "json"];
        texts.push(said(outlast(folder, &words)));
    }
    assert!(!texts[0].contains(one.path().to_str().unwrap()));
    assert_eq!(texts[0], texts[1]);
    let named = |document: &RunsDocument| document.head.inputs[0].name.clone();
    assert_eq!(named(&serde_json::from_str(&texts[0]).unwrap()), "plan.yaml");
}

/// On a terminal of any width the text is that of a pipe, but for its colours.
#[cfg(unix)]
#[test]
fn a_terminal_adds_colours_and_nothing_else() {
    let here = tempfile::tempdir().unwrap();
    for question in questions() {
        let piped = said(outlast(here.path(), &question));
        for columns in [40, 200] {
            let shown = terminal::shown(here.path(), &question, columns);
            let is_json = question.contains(&"json");
            assert_eq!(shown.contains('\u{1b}'), !is_json, "{question:?}: colours");
            assert_eq!(terminal::without_colours(&shown), piped, "{question:?} on {columns}");
        }
    }
}

/// A terminal of our own.
#[cfg(unix)]
mod terminal {
    use std::fs::OpenOptions;
    use std::io::Read;
    use std::path::Path;
    use std::process::{Command, Stdio};

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use rustix::termios::{Winsize, tcsetwinsize};

    /// What a command shows on a terminal of so many columns.
    pub(super) fn shown(folder: &Path, words: &[&str], columns: u16) -> String {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&ours).unwrap();
        unlockpt(&ours).unwrap();
        let name = ptsname(&ours, Vec::new()).unwrap().into_string().unwrap();
        let theirs = OpenOptions::new().read(true).write(true).open(name).unwrap();
        let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&theirs, size).unwrap();
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("outlast"));
        command.current_dir(folder).args(words).env("TERM", "xterm").env_remove("NO_COLOR");
        // What it says of long work goes to stderr, and when depends on the clock.
        command.stdin(theirs.try_clone().unwrap()).stderr(Stdio::null());
        let mut child = command.stdout(theirs).spawn().unwrap();
        // It holds the other end too, and nobody else may when it is gone.
        drop(command);
        let mut bytes = Vec::new();
        // Once the other end is closed, reading ends or fails, as the system has it.
        let _ = std::fs::File::from(ours).read_to_end(&mut bytes);
        assert!(child.wait().unwrap().success(), "{words:?}");
        // A terminal is sent a return before each new line.
        String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
    }

    pub(super) fn without_colours(text: &str) -> String {
        let mut parts = text.split("\u{1b}[");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |plain, part| plain + part.split_once('m').unwrap().1)
    }
}
