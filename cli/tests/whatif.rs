//! What is tried on top of a scenario: `--fail`, `--degrade`, `--restore`.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use outlast_reports::{ExplainDocument, RunDocument, RunsDocument};

fn outlast(folder: &Path, words: &[&str]) -> Output {
    Command::cargo_bin("outlast").unwrap().current_dir(folder).args(words).output().unwrap()
}

fn said(folder: &Path, words: &[&str]) -> String {
    let output = outlast(folder, words);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A run without what it is called.
fn run(folder: &Path, words: &[&str]) -> RunDocument {
    let words: Vec<&str> =
        ["run"].iter().chain(words).chain(&["--format", "json"]).copied().collect();
    let mut document: RunsDocument = serde_json::from_str(&said(folder, &words)).unwrap();
    let run = document.runs.remove(0);
    let unnamed = (String::new(), String::new(), String::new(), Vec::new());
    let (scenario, title, about, chose) = unnamed;
    RunDocument { scenario, title, about, chose, ..run }
}

/// The same events as a scenario of its own.
fn written(events: &str) -> tempfile::TempDir {
    let here = tempfile::tempdir().unwrap();
    let text = format!("outlast-scenario: 1\nname: written\nevents:\n{events}");
    fs::write(here.path().join("written.yaml"), text).unwrap();
    here
}

#[test]
fn what_is_tried_is_what_a_scenario_would_say() {
    let here = written("  - fail: dc-york\n  - degrade: vpn-slough\n    to: 60%\n");
    let tried = ["bank", "--fail", "dc-york", "--degrade", "vpn-slough=60%"];
    assert_eq!(run(here.path(), &tried), run(here.path(), &["bank", "written.yaml"]));
}

#[test]
fn what_is_tried_comes_on_top_of_the_scenario() {
    let here = written("  - fail: dc-slough\n  - include: data-center-lost:dc-york\n");
    let tried = ["bank", "data-center-lost:dc-york", "--fail", "dc-slough"];
    let (tried, written) = (run(here.path(), &tried), run(here.path(), &["bank", "written.yaml"]));
    assert_eq!((tried.moments, tried.curve), (written.moments, written.curve));
}

#[test]
fn a_share_takes_the_place_of_what_the_scenario_leaves() {
    let here = written("  - degrade: [vpn-york, vpn-slough]\n    to: 20%\n");
    let tried = ["bank", "written.yaml", "--degrade", "vpn-york=80%,vpn-slough=80%"];
    let other = written("  - degrade: [vpn-slough, vpn-york]\n    to: 80%\n");
    let (tried, written) = (run(here.path(), &tried), run(other.path(), &["bank", "written.yaml"]));
    assert_eq!(tried.moments[0].moved, written.moments[0].moved);
}

#[test]
fn what_is_restored_is_not_touched() {
    let here = tempfile::tempdir().unwrap();
    let cases: [(&[&str], &[&str]); 4] = [
        (&["bank", "data-center-lost:dc-york", "--restore", "dc-york"], &["bank"]),
        (&["bank", "site-evacuated:leeds", "--restore", "leeds"], &["bank"]),
        (&["bank", "vpn-overload", "--restore", "vpn-york,vpn-slough"], &["bank"]),
        (&["bank", "--restore", "dc-york"], &["bank", "nothing-fails"]),
    ];
    for (restored, normal) in cases {
        let (restored, normal) = (run(here.path(), restored), run(here.path(), normal));
        assert_eq!(restored.moments[0].moved, normal.moments[0].moved);
        assert_eq!(restored.moments[0].happens, Vec::<String>::new());
    }
}

#[test]
fn what_is_restored_still_stands_on_what_is_lost() {
    let here = tempfile::tempdir().unwrap();
    let lost = run(here.path(), &["bank", "--fail", "dc-york"]);
    let down = &lost.moments[0].down;
    assert!(down.iter().any(|id| id == "dc-york") && down.iter().any(|id| id == "vpn-york"));
    let restored = run(here.path(), &["bank", "--fail", "dc-york", "--restore", "vpn-york"]);
    assert_eq!(lost.moments, restored.moments);
}

#[test]
fn nothing_tried_is_the_normal_state() {
    let here = tempfile::tempdir().unwrap();
    let normal = run(here.path(), &["bank"]);
    assert_eq!(normal.moments[0].moved, normal.normal);
    assert!(normal.applies && normal.moments[0].down.is_empty(), "{}", normal.verdict);
    let page = said(here.path(), &["run", "bank"]);
    assert!(page.starts_with("nothing-fails · Northmere Bank"), "{page}");
}

#[test]
fn a_group_is_explained_with_what_is_tried() {
    let here = tempfile::tempdir().unwrap();
    let explained = |words: &[&str]| -> ExplainDocument {
        let words: Vec<&str> = ["explain", "bank", "--group", "lending-glasgow"]
            .iter()
            .chain(words)
            .chain(&["--format", "json"])
            .copied()
            .collect();
        serde_json::from_str(&said(here.path(), &words)).unwrap()
    };
    let tried = explained(&["--fail", "dc-york", "--at", "4h"]);
    assert_eq!(tried.scenario.as_deref(), Some("--fail dc-york"));
    let lost = explained(&["data-center-lost:dc-york", "--at", "4h"]);
    assert_eq!((tried.working, &tried.ways), (lost.working, &lost.ways));
}

#[test]
fn every_mistake_is_named() {
    let here = tempfile::tempdir().unwrap();
    let words = [
        "run",
        "bank",
        "isp-lots",
        "--fail",
        "dc-yrok,leeds",
        "--degrade",
        "vpn-york,leeds=200%",
        "--restore",
        "leeds",
    ];
    let output = outlast(here.path(), &words);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    for part in ["`dc-york`", "`vpn-york=60%`", "200%", "on `leeds` already", "isp-lost"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}
