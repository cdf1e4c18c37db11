//! What `run` and `explain` answer: nothing raw on the terminal, and the pages that
//! planners read.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use outlast_reports::document::Tally;
use outlast_reports::{ExplainDocument, Named, RunsDocument};
use serde_json::Value;

fn outlast(folder: &Path, words: &[&str]) -> Output {
    Command::cargo_bin("outlast").unwrap().current_dir(folder).args(words).output().unwrap()
}

/// The answer of a command that succeeds.
fn said(words: &[&str]) -> String {
    let here = tempfile::tempdir().unwrap();
    let output = outlast(here.path(), words);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What fits a screen.
fn page(words: &[&str]) -> String {
    let text = said(words);
    for line in text.lines() {
        assert!(outlast_tui::width(line) <= 80, "{words:?}: {line}");
        assert_eq!(line, line.trim_end(), "{words:?}");
    }
    text
}

fn runs(words: &[&str]) -> RunsDocument {
    let words: Vec<&str> = words.iter().copied().chain(["--format", "json"]).collect();
    serde_json::from_str(&said(&words)).unwrap()
}

#[test]
fn pages_of_runs() {
    let pages: [(&str, &[&str]); 6] = [
        ("starter-private-network", &["run", "starter", "private-network-lost"]),
        ("starter-corporate", &["run", "starter", "corporate-systems-lost"]),
        ("bank-corporate", &["run", "bank", "corporate-systems-lost"]),
        ("bank-disaster", &["run", "bank", "disaster"]),
        ("bank-several", &["run", "bank", "data-center-lost", "private-network-lost"]),
        ("bank-details", &["run", "bank", "pstn-congested", "--details"]),
    ];
    for (name, words) in pages {
        insta::assert_snapshot!(name, page(words));
    }
}

#[test]
fn pages_of_explanations() {
    let scenario = "data-center-lost:dc-york";
    let pages: [(&str, &[&str]); 4] = [
        ("explain-normal", &["explain", "bank", "--group", "pilot-bristol"]),
        ("explain-lost", &["explain", "bank", scenario, "--group", "lending-glasgow"]),
        ("explain-full", &["explain", "bank", "private-network-lost", "--group", "cards-leeds"]),
        ("explain-details", &["explain", "starter", "--group", "home-team", "--details"]),
    ];
    for (name, words) in pages {
        insta::assert_snapshot!(name, page(words));
    }
}

#[test]
fn documents_read_back() {
    let text = said(&["run", "bank", "disaster", "isp-lost", "--format", "json"]);
    let document: RunsDocument = serde_json::from_str(&text).unwrap();
    assert_eq!(document.head.outlast_results, 1);
    assert_eq!(serde_json::to_string_pretty(&document).unwrap() + "\n", text);
    let yaml = said(&["run", "bank", "disaster", "isp-lost", "--format", "yaml"]);
    let from_yaml: RunsDocument = serde_yaml::from_str(&yaml).unwrap();
    assert_eq!(from_yaml, document);
    let words = ["explain", "bank", "isp-lost", "--group", "cards-leeds", "--format", "json"];
    let explained: ExplainDocument = serde_json::from_str(&said(&words)).unwrap();
    assert_eq!(explained.head.kind, "explain");
    assert!(!text.contains('.') || !has_floats(&serde_json::from_str(&text).unwrap()));
}

fn has_floats(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(items) => items.iter().any(has_floats),
        Value::Object(entries) => entries.values().any(has_floats),
        _ => false,
    }
}

/// `docs/results.md` names every key of every document.
#[test]
fn every_key_is_documented() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/results.md");
    let page = fs::read_to_string(page).unwrap();
    let documents: [&[&str]; 6] = [
        &["run", "bank", "disaster", "pstn-congested", "data-center-lost:dc-york"],
        &["run", "starter", "private-network-lost"],
        &["explain", "bank", "data-center-lost", "--group", "lending-glasgow"],
        &["explain", "bank", "private-network-lost", "--group", "cards-leeds"],
        &["explain", "bank", "--group", "mortgages-bristol"],
        &["risk", "clinic", "--years", "20", "--trials", "0"],
    ];
    let mut keys = BTreeSet::new();
    for words in documents {
        let words: Vec<&str> = words.iter().copied().chain(["--format", "json"]).collect();
        collect(&serde_json::from_str(&said(&words)).unwrap(), &mut keys);
    }
    let missing: Vec<&String> =
        keys.iter().filter(|key| !page.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn collect(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, keys)),
        Value::Object(entries) => {
            for (key, value) in entries {
                keys.insert(key.clone());
                let named = key.contains("by_") || key == "attainable" || key == "counted";
                match value {
                    Value::Object(by_name) if named => {
                        by_name.values().for_each(|value| collect(value, keys));
                    }
                    _ => collect(value, keys),
                }
            }
        }
        _ => {}
    }
}

const HOSTILE: &str = r#"
outlast: 1
name: "evil\e]0;title\a\u202egnp.exe\u0007"
sites: {office-1: {kind: office}}
circuits: {c: {from: office-1, to: internet}}
queues: {q: {}}
objectives: [{queue: q, mbco: 50%}]
groups:
  g: {agents: 10, work_at: [office-1], queue: q, access: [internet], phones: [webrtc-embedded]}
"#;

const HOSTILE_SCENARIO: &str = r#"
outlast-scenario: 1
name: "gone\e[2J\u202e"
about: "nothing\e[31m"
horizon: 1d
events: [{at: 0min, fail: c}]
"#;

#[test]
fn hostile_names_are_harmless() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), HOSTILE).unwrap();
    fs::write(here.path().join("gone.yaml"), HOSTILE_SCENARIO).unwrap();
    let commands: [&[&str]; 3] = [
        &["run", "plan.yaml", "gone.yaml"],
        &["run", "plan.yaml", "gone.yaml", "gone.yaml", "--details"],
        &["explain", "plan.yaml", "gone.yaml", "--group", "g", "--details"],
    ];
    for words in commands {
        let output = outlast(here.path(), words);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{words:?}");
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
        assert!(text.lines().all(|line| outlast_tui::width(line) <= 80), "{text}");
    }
}

#[test]
fn a_missed_objective_fails_only_if_asked() {
    let here = tempfile::tempdir().unwrap();
    let status = |words: &[&str]| outlast(here.path(), words).status.code().unwrap();
    assert_eq!(status(&["run", "bank", "corporate-systems-lost"]), 0);
    assert_eq!(status(&["run", "bank", "corporate-systems-lost", "--fail-on", "missed"]), 1);
    assert_eq!(status(&["run", "bank", "address-rotation", "--fail-on", "missed"]), 0);
}

#[test]
fn the_answer_goes_to_a_file_once() {
    let here = tempfile::tempdir().unwrap();
    let words = ["run", "starter", "isp-lost", "-o", "result.txt", "--quiet"];
    let first = outlast(here.path(), &words);
    assert!(first.status.success() && first.stdout.is_empty() && first.stderr.is_empty());
    let written = fs::read_to_string(here.path().join("result.txt")).unwrap();
    assert_eq!(written, said(&["run", "starter", "isp-lost"]));
    assert_eq!(outlast(here.path(), &words).status.code(), Some(2));
}

#[test]
fn what_was_read_is_never_overwritten() {
    let here = tempfile::tempdir().unwrap();
    let plan = "outlast: 1\nsites: {leeds: {kind: office}}\npac: {p: {file: p.pac}}\n\
                groups: {team: {agents: 1, work_at: leeds, phones: webrtc-embedded}}\n";
    let scenario = "outlast-scenario: 1\nname: S\nevents: [{at: 0h, fail: leeds}]\n";
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    fs::write(here.path().join("s.yaml"), scenario).unwrap();
    fs::write(here.path().join("p.pac"), "function FindProxyForURL() { return 'DIRECT'; }")
        .unwrap();
    let refused = |words: &[&str], file: &str| {
        let output = outlast(here.path(), &[words, &["--force", "-o", file]].concat());
        let says = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?} {file}");
        assert!(
            says.contains(&format!("`{file}` is a file that the answer is made from")),
            "{says}"
        );
    };
    fs::create_dir(here.path().join("up")).unwrap();
    for file in ["plan.yaml", "././plan.yaml", "up/../plan.yaml", "s.yaml", "p.pac"] {
        refused(&["run", "./plan.yaml", "./s.yaml"], file);
        refused(&["explain", "./plan.yaml", "./s.yaml", "--group", "team"], file);
    }
    refused(&["run", ".", "isp-lost"], "plan.yaml");
    refused(&["scenarios", "./plan.yaml"], "plan.yaml");
    refused(&["scenarios", "."], "./p.pac");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("plan.yaml", here.path().join("link.yaml")).unwrap();
        refused(&["scenarios", "./plan.yaml"], "link.yaml");
        refused(&["run", "./link.yaml", "isp-lost"], "plan.yaml");
    }
    assert_eq!(fs::read_to_string(here.path().join("plan.yaml")).unwrap(), plan);
    assert_eq!(fs::read_to_string(here.path().join("s.yaml")).unwrap(), scenario);
}

#[test]
fn a_dash_is_no_file() {
    let here = tempfile::tempdir().unwrap();
    let output = outlast(here.path(), &["run", "starter", "isp-lost", "-o", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard output"));
    assert!(!here.path().join("-").exists());
}

#[test]
fn a_pac_file_that_does_not_run_is_said() {
    let here = tempfile::tempdir().unwrap();
    let plan = "outlast: 1
sites: {leeds: {kind: office}}
circuits: {leeds-net: {from: leeds, to: internet}}
pac: {corporate: {file: corp.pac}}
groups: {team: {agents: 10, work_at: leeds, phones: webrtc-embedded, pac: corporate}}
";
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    fs::write(here.path().join("corp.pac"), "function FindProxyForURL(url, host) {").unwrap();
    let output = outlast(here.path(), &["run", "./plan.yaml", "isp-lost"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("Note: corp.pac (PAC file corporate) does not run"), "{text}{complaint}");
}

#[test]
fn wrong_words_are_told_apart() {
    let here = tempfile::tempdir().unwrap();
    let cases: [(&[&str], &str); 4] = [
        (&["explain", "bank", "--group", "cards-leed"], "did you mean `cards-leeds`?"),
        (&["explain", "bank", "isp-lost", "--group", "cards-leeds", "--at", "9d"], "`isp-lost`"),
        (&["explain", "bank", "isp-lost", "--group", "cards-leeds", "--at", "4"], "--at"),
        (&["run", "bank", "isp-lots"], "did you mean `isp-lost`?"),
    ];
    for (words, expected) in cases {
        let output = outlast(here.path(), words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains(expected), "{words:?}: {text}");
    }
}

/// A setting that a scenario changes: the plan is read and compiled again, and
/// nothing of the scenario's file is taken for a line of the plan.
#[test]
fn settings_are_changed_by_scenarios() {
    let here = tempfile::tempdir().unwrap();
    let plan = HOSTILE.replace("{c: {from", "{c: {capacity: 10Mbps, from");
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    let scenario = |set: &str| {
        let text = format!(
            "outlast-scenario: 1\nname: s\nhorizon: 1d\nevents: [{{at: 1h, misconfigure: {set}}}]"
        );
        fs::write(here.path().join("s.yaml"), text).unwrap();
    };
    scenario("{set: circuits.c.capacity, to: 10kbps}");
    let output = outlast(here.path(), &["run", "plan.yaml", "s.yaml", "--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let document: RunsDocument = serde_json::from_slice(&output.stdout).unwrap();
    let moved: Vec<u64> =
        document.runs[0].moments.iter().map(|m| m.moved.left_alone.all.working).collect();
    assert_eq!(moved, [10, 0]);
    scenario("{set: circuits.c.capacity, to: nonsense}");
    let output = outlast(here.path(), &["run", "plan.yaml", "s.yaml"]);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    // At the line of the scenario, not at one of the plan.
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("--> s.yaml:4:"), "{message}");
    assert!(message.contains("`nonsense` is not a number"), "{message}");
    scenario("{set: circuits.d.capacity, to: 10kbps}");
    let output = outlast(here.path(), &["run", "plan.yaml", "s.yaml"]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("--> s.yaml:4:39"), "{message}");
    assert!(message.contains("`circuits` has no entry `d`"), "{message}");
}

/// A PAC file that asks the machine: the result says what it was told.
#[test]
fn fixed_answers_to_pac_files_are_assumptions() {
    let here = tempfile::tempdir().unwrap();
    let plan = HOSTILE.replace("queues:", "pac: {p: {file: p.pac}}\nqueues:");
    let plan = plan.replace("queue: q, access", "queue: q, pac: p, access");
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    fs::write(here.path().join("gone.yaml"), HOSTILE_SCENARIO).unwrap();
    let pac = "function FindProxyForURL(u, h) { myIpAddress(); return 'DIRECT'; }";
    fs::write(here.path().join("p.pac"), pac).unwrap();
    let output = outlast(here.path(), &["run", "plan.yaml", "gone.yaml", "--format", "json"]);
    let document: RunsDocument = serde_json::from_slice(&output.stdout).unwrap();
    let told =
        document.runs[0].assumptions.iter().find(|one| one.id == "pac:p:own-address").unwrap();
    assert!(told.value.contains("127.0.0.1"), "{told:?}");
    let group = document.runs[0].normal.left_alone.by_group.iter().next().unwrap().0;
    for words in
        [&["run", "plan.yaml", "gone.yaml"][..], &["explain", "plan.yaml", "--group", group]]
    {
        let page = String::from_utf8(outlast(here.path(), words).stdout).unwrap();
        assert!(page.contains("Note: the PAC file p asks the machine"), "{page}");
    }
}

/// Who has moved stays: a later loss that hits nobody starts no clock again.
#[test]
fn what_hits_nobody_changes_nothing() {
    let document = runs(&["run", "bank", "disaster"]);
    let run = &document.runs[0];
    let last = run.moments.last().unwrap();
    assert!(last.happens[0].starts_with("dc-york is without power"), "{:?}", last.happens);
    assert!(run.curve.iter().all(|point| point.at_ms < last.at_ms), "{:?}", run.curve);
}

/// Who moves is counted where the group's first preference puts him.
#[test]
fn breakdowns_are_by_first_preference() {
    let document = runs(&["run", "starter", "private-network-lost"]);
    let moved = &document.runs[0].moments[0].moved.left_alone;
    let agents = |by: &Named<Tally>, name: &str| by.get(name).unwrap().on_shift;
    assert_eq!(agents(&moved.by_site, "leeds"), 180);
    assert_eq!(agents(&moved.by_site, "homes-north"), 40);
    assert_eq!(agents(&moved.by_phone, "sip-softphone"), 220);
}

/// What the README shows is the beginning of what comes out, line by line but for
/// what stands behind a `…`.
#[test]
fn the_readme_shows_what_comes_out() {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let mut shown = 0;
    for block in readme.split("```").filter(|block| block.trim_start().starts_with("$ outlast ")) {
        let (command, lines) = block.trim_start().split_once('\n').unwrap();
        let words: Vec<&str> = command.split(' ').skip(2).collect();
        let page = page(&words);
        let mut real = page.lines();
        let mut cut = false;
        for line in lines.lines() {
            if line.trim() == "…" {
                cut = true;
                continue;
            }
            let found = if cut { real.find(|l| *l == line) } else { real.next() };
            assert_eq!(found, Some(line), "{command}\n{page}");
            cut = false;
        }
        shown += 1;
    }
    assert_eq!(shown, 2);
}

/// Work at home that the house refuses in one group, and in the other does not.
const WITH_A_POLICY: &str = "outlast: 1
name: Policies
sites: {leeds: {kind: office}, homes: {kind: homes}}
circuits: {leeds-net: {from: leeds, to: internet}}
cloud:
  access:
    sso: {provider: cloud}
    mfa: true
    open_access: [agent-desktop, webrtc-signalling]
    direct_urls: {services: [agent-desktop], as_of: 2026-06-15}
policies:
  no-home-cards:
    for: card-data
    refuse: {place: homes, machine: workstation}
    reason: card numbers stay off machines at home
    owner: information security
groups:
  cards:
    agents: 300
    work_at: [leeds, homes]
    phones: webrtc-embedded
    access: internet
    enters_by: direct
    tags: card-data
  others: {like: cards, agents: 200, tags: []}
";

#[test]
fn pages_of_a_policy() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), WITH_A_POLICY).unwrap();
    let scenario = "outlast-scenario: 1\nname: Leeds lost\nevents: [{at: 0min, fail: leeds}]\n";
    fs::write(here.path().join("lost.yaml"), scenario).unwrap();
    let pages: [(&str, &[&str]); 2] = [
        ("policy-explain", &["explain", "./plan.yaml", "./lost.yaml", "--group", "cards"]),
        ("policy-run", &["run", "./plan.yaml", "./lost.yaml"]),
    ];
    for (name, words) in pages {
        let output = outlast(here.path(), words);
        insta::assert_snapshot!(name, String::from_utf8(output.stdout).unwrap());
    }
}
