//! Files that no text fixture can hold: wrong encodings, control characters,
//! files of other programs. One fault each; what is said stands beside.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::path::{Path, PathBuf};

use assert_cmd::Command;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/invalid-raw")
}

fn files() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    files
}

/// What is said of a file of the folder, as a plan or as a scenario.
fn said(words: &[&str]) -> String {
    let mut command = Command::cargo_bin("outlast").unwrap();
    let output = command.current_dir(folder()).args(words).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{words:?}: {text}");
    assert_eq!(output.stdout, b"", "{words:?}");
    let is_tricky = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!text.contains(is_tricky), "{words:?}: {text:?}");
    text
}

#[test]
fn every_wrong_file_has_its_message() {
    let files = files();
    assert!(files.len() >= 20, "only {} files", files.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path(folder());
    settings.set_omit_expression(true);
    settings.bind(|| {
        for path in files {
            let name = path.file_name().unwrap().to_str().unwrap();
            let plan = said(&["scenarios", name]);
            let scenario = said(&["run", "starter", name]);
            let stem = name.strip_suffix(".yaml").unwrap();
            insta::assert_snapshot!(
                stem,
                format!("As a plan:\n{plan}\nAs a scenario:\n{scenario}")
            );
        }
    });
}
