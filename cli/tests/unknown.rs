//! What nobody knows: whatever it turns out to be, the answer lies between certain and
//! possible.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

#[path = "../../tests/src/between.rs"]
#[allow(unreachable_pub, reason = "the tests of truth share it")]
mod between;

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use outlast_reports::document::{RunDocument, RunsDocument};

fn outlast(folder: &Path, words: &[&str]) -> Output {
    Command::cargo_bin("outlast").unwrap().current_dir(folder).args(words).output().unwrap()
}

fn said(folder: &Path, words: &[&str]) -> String {
    let output = outlast(folder, words);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn run_of(plan: &str, words: &[&str]) -> RunDocument {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    let asked = [&["run", "plan.yaml"], words, &["--format", "json"]].concat();
    let document: RunsDocument = serde_json::from_str(&said(here.path(), &asked)).unwrap();
    document.runs.into_iter().next().unwrap()
}

/// A plan in which `?` stands for what nobody knows, and what each may be.
const PLAN: &str = "outlast: 1
sites:
  york: {kind: office, power: {feeds: [grid], ups: ?}}
  dc: {kind: data-center}
  homes: {kind: homes}
networks: {mpls: {}}
circuits:
  york-mpls: {from: york, to: mpls, capacity: 6Mbps, conduit: ?}
  york-net: {from: york, to: internet, conduit: duct}
  dc-net: {from: dc, to: internet}
firewalls:
  fw-mpls: {site: york, guards: mpls, udp_idle: ?}
  fw-net: {site: york, guards: internet, dpi: {turn: ?}}
vpn: {gate: {site: dc, tunnel: ?, include: [services-private, sbc], sessions: 30}}
queues: {cards: {priority: 1}, sales: {priority: 2}}
objectives:
  - {queue: cards, mbco: 60%, rto: 1h}
  - {queue: sales, mbco: 60%, rto: 1h}
groups:
  cards: {agents: 50, work_at: [york, homes], queue: cards, phones: [sip-phone, webrtc-embedded], provisioned: [sip-phone, webrtc-embedded], access: [private, internet, gate]}
  sales: {agents: 40, work_at: [york, homes], queue: sales, phones: webrtc-embedded, access: [internet, gate]}
";

/// What each may turn out to be: the values tried, and some that come to the same.
const FIXED: [&[&str]; 5] = [
    &["0s", "52w"],
    &["duct", "own-duct"],
    &["140s", "60s", "30s"],
    &["false", "true"],
    &["full", "split"],
];

/// The plan with a text for each `?`.
fn with(texts: &[&str]) -> String {
    let parts: Vec<&str> = PLAN.split('?').collect();
    assert_eq!(parts.len(), texts.len() + 1);
    let joined = parts.iter().zip(texts).map(|(part, text)| format!("{part}{text}"));
    joined.collect::<String>() + parts[texts.len()]
}

/// Every choice of one text each.
fn choices() -> Vec<Vec<&'static str>> {
    FIXED.iter().fold(vec![Vec::new()], |all, texts| {
        let longer = |choice: &Vec<&'static str>| {
            texts.iter().map(|text| [choice.as_slice(), &[*text]].concat()).collect::<Vec<_>>()
        };
        all.iter().flat_map(longer).collect()
    })
}

const SCENARIO: &str = "outlast-scenario: 1
name: a bad day
horizon: 12h
events:
  - {at: 1h, for: 8h, fail: [grid]}
  - {at: 2h, for: 4h, fail: [duct]}
";

fn assert_between(open: &RunDocument, fixed: &RunDocument, what: &str) {
    let faults = between::faults(open, fixed);
    assert!(faults.is_empty(), "{what}: {}", faults.join("\n"));
}

#[test]
fn whatever_it_turns_out_to_be_lies_between_certain_and_possible() {
    let here = tempfile::tempdir().unwrap();
    let scenario = here.path().join("bad-day.yaml");
    fs::write(&scenario, SCENARIO).unwrap();
    let scenario = scenario.to_str().unwrap();
    let open = run_of(&with(&["unknown"; 5]), &[scenario]);
    let unknown = open.unknown.as_ref().unwrap();
    assert_eq!((unknown.combinations, unknown.tried, unknown.exact), (32, 32, true));
    assert!(unknown.facts.iter().filter(|fact| fact.matters).count() >= 4, "{unknown:#?}");
    assert!(open.objectives.iter().any(|one| one.verdict == "cannot be said"));
    for choice in choices() {
        let fixed = run_of(&with(&choice), &[scenario]);
        assert_between(&open, &fixed, &format!("{choice:?}"));
    }
}

/// Facts of the bank, each with what it may turn out to be.
const OF_THE_BANK: [(&str, &str, &[&str]); 9] = [
    ("udp_idle: 180s\n    nat_pool: 4000", "udp_idle: ?\n    nat_pool: 4000", &["140s", "30s"]),
    (
        "fw-york-net: {site: dc-york, guards: internet, dpi: {turn: false}}",
        "fw-york-net: {site: dc-york, guards: internet, dpi: {turn: ?}}",
        &["false", "true"],
    ),
    ("sessions: 600, throughput: 120Mbps", "sessions: ?, throughput: 120Mbps", &["100000", "0"]),
    ("network: mpls-atlas, channels: 200", "network: mpls-atlas, channels: ?", &["100000", "0"]),
    ("    battery: 4h", "    battery: ?", &["0s", "52w"]),
    ("    platform: citrix-7", "    platform: ?", &["other", "citrix-7", "rds"]),
    ("    mfa: true", "    mfa: ?", &["false", "true"]),
    (
        "{queue: cards, mbco: 75%, rto: 1h, mtpd: 8h}",
        "{queue: cards, mbco: 75%, rto: ?, mtpd: 52w}",
        &["0s", "52w"],
    ),
    (
        "bristol-net: {from: bristol, to: internet, capacity: 100Mbps, provider: kestrel",
        "bristol-net: {from: bristol, to: internet, capacity: 100Mbps, provider: ?",
        &["delta", "atlas"],
    ),
];

/// Three facts of the bank at a time, under a scenario each.
#[test]
fn so_it_is_with_any_facts_of_the_bank() {
    let scenarios = ["private-network-lost", "isp-lost:delta", "data-center-lost:dc-york"];
    for (n, scenario) in scenarios.into_iter().enumerate() {
        let here = tempfile::tempdir().unwrap();
        said(here.path(), &["init", "bank", "--out", "b", "--quiet"]);
        let file = here.path().join("b/plan.yaml");
        let written = fs::read_to_string(&file).unwrap();
        let facts: Vec<_> = (0..3).map(|k| OF_THE_BANK[(n + 3 * k) % OF_THE_BANK.len()]).collect();
        let run = |texts: &[&str]| {
            let mut plan = written.clone();
            for ((old, new, _), text) in facts.iter().zip(texts) {
                assert!(plan.contains(old), "{old}");
                plan = plan.replacen(old, &new.replace('?', text), 1);
            }
            fs::write(&file, plan).unwrap();
            let asked = ["run", "./b", scenario, "--format", "json"];
            let text = said(here.path(), &asked);
            serde_json::from_str::<RunsDocument>(&text).unwrap().runs.remove(0)
        };
        let open = run(&["unknown"; 3]);
        for a in facts[0].2 {
            for b in facts[1].2 {
                for c in facts[2].2 {
                    assert_between(&open, &run(&[a, b, c]), &format!("{scenario}: {a}, {b}, {c}"));
                }
            }
        }
    }
}

#[test]
fn a_component_of_unknown_state_is_up_or_down() {
    let known = with(&["10min", "duct", "140s", "false", "split"]);
    let words = ["private-network-lost:mpls", "--unknown", "york-net", "--unknown", "dc-net"];
    let open = run_of(&known, &words);
    let unknown = open.unknown.as_ref().unwrap();
    assert_eq!((unknown.combinations, unknown.exact), (4, true));
    let names: Vec<&str> = unknown.facts.iter().map(|fact| fact.fact.as_str()).collect();
    assert_eq!(names, ["york-net", "dc-net"]);
    assert!(unknown.facts[0].matters, "{unknown:#?}");
    let fixed = run_of(&known, &words[..1]);
    assert_between(&open, &fixed, "up");
}

#[test]
fn what_is_known_says_nothing_of_the_unknown() {
    let run = run_of(&with(&["10min", "duct", "140s", "false", "split"]), &["isp-lost"]);
    assert!(run.unknown.is_none());
    assert!(run.objectives.iter().all(|one| one.decided_by.is_none()));
}

/// What nobody can vouch for is no pass: only `surely-missed` asks for a certain miss.
#[test]
fn what_may_be_missed_ends_with_a_status() {
    let here = tempfile::tempdir().unwrap();
    let only_cards = with(&["10min", "own-duct", "unknown", "false", "split"])
        .replace("  - {queue: sales, mbco: 60%, rto: 1h}\n", "");
    fs::write(here.path().join("plan.yaml"), only_cards).unwrap();
    let no_internet = SCENARIO.replace("[grid]", "[internet]");
    fs::write(here.path().join("day.yaml"), no_internet).unwrap();
    let status = |on: &str| {
        let words = ["run", "plan.yaml", "day.yaml", "--fail-on", on, "--format", "json"];
        let output = outlast(here.path(), &words);
        let document: RunsDocument = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code().unwrap(), document.runs[0].objectives[0].verdict.clone())
    };
    assert_eq!(status("missed"), (1, "cannot be said".to_owned()));
    assert_eq!(status("surely-missed"), (0, "cannot be said".to_owned()));
}

#[test]
fn a_component_that_there_is_not_is_refused() {
    let here = tempfile::tempdir().unwrap();
    let output = outlast(here.path(), &["run", "bank", "isp-lost", "--unknown", "york-wam"]);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("there is no component `york-wam`"), "{text}");
    assert!(text.contains("did you mean `york-wan`?"), "{text}");
}

#[test]
fn the_page_says_what_is_certain_and_what_decides() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), with(&["unknown"; 5])).unwrap();
    fs::write(here.path().join("day.yaml"), SCENARIO).unwrap();
    let text = said(here.path(), &["run", "plan.yaml", "day.yaml"]);
    for line in text.lines() {
        assert!(outlast_tui::width(line) <= 80, "{line}");
    }
    insta::assert_snapshot!("page", text);
}
