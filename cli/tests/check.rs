//! What `check` says of a plan: the pages that planners read, the document that a
//! pipeline reads, and the exit status that it goes by.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use outlast_reports::CheckDocument;

fn outlast(folder: &Path, words: &[&str]) -> Output {
    Command::cargo_bin("outlast").unwrap().current_dir(folder).args(words).output().unwrap()
}

fn here(words: &[&str]) -> Output {
    outlast(tempfile::tempdir().unwrap().path(), words)
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What fits a screen.
fn page(words: &[&str]) -> String {
    let text = said(&here(words));
    for line in text.lines() {
        assert!(outlast_tui::width(line) <= 80, "{words:?}: {line}");
        assert_eq!(line, line.trim_end(), "{words:?}");
    }
    text
}

fn document(plan: &str) -> CheckDocument {
    serde_json::from_str(&said(&here(&["check", plan, "--format", "json"]))).unwrap()
}

#[test]
fn pages_of_findings() {
    insta::assert_snapshot!("check-bank", page(&["check", "bank"]));
    insta::assert_snapshot!("check-starter-details", page(&["check", "starter", "--details"]));
    insta::assert_snapshot!("check-starter-json", page_of_json("starter"));
}

fn page_of_json(plan: &str) -> String {
    said(&here(&["check", plan, "--format", "json"]))
}

/// Every row of the bank's TRAPS.md that names a rule, or shared fate, is found by it,
/// at what the row speaks of.
#[test]
fn the_traps_of_the_bank_are_found() {
    let traps = concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios/library/plans/bank/TRAPS.md");
    let traps = fs::read_to_string(traps).unwrap();
    let found = document("bank").findings;
    let mut rows = 0;
    for row in traps.lines().filter(|line| line.starts_with("| ")).skip(1) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let (place, rules) = (cells[1], rules(cells[3]));
        if rules.is_empty() {
            continue;
        }
        rows += 1;
        let names = names(place);
        let is_it = |text: &str| names.iter().any(|name| text.contains(name));
        let hit = found.iter().any(|one| {
            let text = serde_json::to_string(one).unwrap();
            rules.contains(&one.rule.as_str()) && is_it(&text)
        });
        assert!(hit, "{row}\nis found by none of {rules:?} at {names:?}");
    }
    assert_eq!(rows, 9, "rows of TRAPS.md that check should find");
}

/// The rules of a cell; shared fate is ours.
fn rules(cell: &str) -> Vec<&str> {
    let words = cell.split([' ', ',', ';']);
    let mut all: Vec<&str> = words
        .filter(|word| {
            word.len() == 6 && word.as_bytes()[3] == b'-' && word.ends_with(char::is_numeric)
        })
        .collect();
    if cell.contains("shared fate") {
        all.extend(["OWN-02", "OWN-03"]);
    }
    all
}

/// The ids of a cell, without the sections that they stand in.
fn names(cell: &str) -> Vec<&str> {
    let quoted = cell.split('`').skip(1).step_by(2);
    let last = quoted.map(|path| {
        path.split_once('.').map_or(
            path,
            |(first, rest)| {
                if first.contains('-') { first } else { rest }
            },
        )
    });
    last.filter(|name| name.len() > 3).collect()
}

#[test]
fn findings_add_up() {
    for plan in outlast_scenarios::names().plans {
        let document = document(plan);
        let count = |severity| document.findings.iter().filter(|f| f.severity == severity).count();
        assert_eq!(document.errors, count("error"), "{plan}");
        assert_eq!(document.warnings, count("warning"), "{plan}");
        assert_eq!(document.notes, count("note"), "{plan}");
        for finding in &document.findings {
            let agents: u64 = finding.groups.iter().map(|group| group.agents).sum();
            assert_eq!(finding.agents, agents, "{plan}: {}", finding.says);
            assert!(finding.agents <= document.on_shift, "{plan}: {}", finding.says);
            assert!(!finding.says.ends_with('.'), "{plan}: {}", finding.says);
        }
    }
}

#[test]
fn the_status_is_what_was_asked_for() {
    let cases: [(&[&str], i32); 8] = [
        (&["check", "bank"], 1),
        (&["check", "bank", "--fail-on", "never"], 0),
        (&["check", "starter"], 0),
        (&["check", "starter", "--fail-on", "error"], 0),
        (&["check", "starter", "--fail-on", "warning"], 1),
        (&["check", "example-1", "--fail-on", "warning"], 0),
        (&["check", "no-such-plan.yaml"], 3),
        (&["check"], 2),
    ];
    for (words, expected) in cases {
        assert_eq!(status(&here(words)), expected, "{words:?}");
    }
}

#[test]
fn a_wrong_plan_is_no_finding() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.yaml"), "outlast: 1\nsite: {}\n").unwrap();
    let output = outlast(folder.path(), &["check", "plan.yaml"]);
    assert_eq!(status(&output), 3);
    assert_eq!(said(&output), "");
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("plan.yaml:2:1"), "{text}");
}

#[test]
fn the_most_important_come_first() {
    let all = page(&["check", "bank"]);
    let two = page(&["check", "bank", "--top", "2"]);
    let entries = |text: &str| -> Vec<String> {
        let is_entry = |line: &&str| line.starts_with("error ") || line.starts_with("warning ");
        text.lines().filter(is_entry).map(str::to_owned).collect()
    };
    assert_eq!(entries(&two), entries(&all)[..2]);
    assert!(two.contains("more: --top "), "{two}");
    assert_eq!(entries(&page(&["check", "bank", "--top", "0"])), Vec::<String>::new());
}
