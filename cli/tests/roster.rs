//! The annex by agent: its counts are those of the result, each agent stands in it
//! once, and nothing else names anybody.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use outlast_reports::document::{OutcomeDocument, Tally};
use outlast_reports::{Named, RunsDocument};
use tempfile::TempDir;

const PLAN: &str = "\
outlast: 1
name: Helpdesk
sites:
  leeds: {kind: office, region: north}
  york: {kind: office, region: north}
  homes-north: {kind: homes, region: north, internet: {isps: {civic: 60%, delta: 40%}}}
  homes-south: {kind: homes, region: south}
circuits:
  leeds-isp: {from: leeds, to: internet, capacity: 3Mbps}
  york-isp: {from: york, to: internet}
phones: {mobile: {kind: pstn, rings: mobile}}
vpn: {vpn-york: {site: york, tunnel: full}}
roster: {file: people.csv}
groups:
  cards:
    work_at: [leeds, homes-north, homes-south]
    phones: [webrtc-embedded, mobile]
    provisioned: [webrtc-embedded, mobile]
    access: [internet, vpn-york]
  loans: {work_at: [york], phones: [webrtc-embedded], on_shift: 80%}
  staff: {work_at: [york], media: []}
";

const EVENTS: &str = "\
outlast-scenario: 1
name: a bad day
events:
  - {at: 0s, for: 4h, fail: leeds}
  - {at: 1h, for: 2h, fail: homes-north.civic}
  - {at: 1h, for: 2h, absent: {group: loans}, share: 25%}
";

/// Agents whose ids and numbers occur nowhere else: `zq…z`, `+990…`.
fn rows() -> String {
    let mut rows = "agent_id,group,site,home_region,provisioned,phone_number,priority\n".to_owned();
    for n in 0..90 {
        let (site, region) = [("", "north"), ("", "south"), ("york", ""), ("", "")][n % 4];
        let provisioned = ["", "mobile", "webrtc-embedded"][n % 3];
        let number = format!("+990 5550{n:02}");
        writeln!(rows, "zq{n:02}z,cards,{site},{region},{provisioned},{number},").unwrap();
    }
    (0..21).for_each(|n| writeln!(rows, "zqL{n:02}z,loans,,,,,{}", n % 2 + 1).unwrap());
    (0..3).for_each(|n| writeln!(rows, "zqS{n}z,staff,,,,,").unwrap());
    rows
}

fn folder() -> TempDir {
    let here = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(here.path().join(name), text).unwrap();
    write("plan.yaml", PLAN);
    write("people.csv", &rows());
    write("s.yaml", EVENTS);
    here
}

fn outlast(folder: &Path, words: &[&str]) -> Output {
    Command::cargo_bin("outlast").unwrap().current_dir(folder).args(words).output().unwrap()
}

fn said(folder: &Path, words: &[&str]) -> String {
    let output = outlast(folder, words);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{words:?}: {told}");
    assert!(!told.contains("zq"), "{told}");
    String::from_utf8(output.stdout).unwrap()
}

/// The cells of a line; none of ours has a quote in it.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    for (n, part) in line.split('"').enumerate() {
        let mut pieces = part.split(',').map(str::to_owned);
        if n % 2 == 1 {
            cells.last_mut().unwrap().push_str(part);
        } else {
            cells.last_mut().unwrap().push_str(&pieces.next().unwrap());
            cells.extend(pieces);
        }
    }
    cells
}

fn annex(folder: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(folder.join(name)).unwrap();
    let mut lines = text.lines().map(cells);
    let header = lines.next().unwrap();
    let row = |cells: Vec<String>| {
        assert_eq!(cells.len(), header.len(), "{cells:?}");
        header.iter().cloned().zip(cells).collect()
    };
    lines.map(row).collect()
}

#[test]
fn the_annex_counts_what_the_result_counts() {
    let here = folder();
    let words = ["run", "./plan.yaml", "./s.yaml", "--annex", "agents", "--format", "json"];
    let document: RunsDocument = serde_json::from_str(&said(here.path(), &words)).unwrap();
    let run = &document.runs[0];
    let worst = run.moments.iter().find(|moment| moment.at_ms == run.worst_at_ms).unwrap();
    let rows = annex(here.path(), "agents.csv");
    assert_eq!(rows.len(), 114);
    assert!(rows.windows(2).all(|two| two[0]["agent_id"] < two[1]["agent_id"]));
    let both = [("left_alone", &worst.moved.left_alone), ("directed", &worst.moved.directed)];
    for (side, outcome) in both {
        let count = |group: &str, state: &str| {
            rows.iter().filter(|row| row["group"] == group && row[side] == state).count() as u64
        };
        for (group, tally) in outcome.by_group.0.iter().chain(&outcome.users.0) {
            let said = ["working", "impaired", "stranded"].map(|state| count(group, state));
            assert_eq!(said, [tally.working, tally.impaired, tally.stranded], "{side} {group}");
        }
        assert_eq!(count("loans", "not there"), 9, "16 of 21 on shift, 4 of these absent");
        for row in &rows {
            let alike = &row[&format!("{side}_alike")];
            let works = row[side] == "working";
            assert_eq!(works, !row[&format!("{side}_way")].is_empty(), "{row:?}");
            assert_eq!(works, row[&format!("{side}_reason")].is_empty(), "{row:?}");
            assert!(alike.split_once(" of ").is_some(), "{alike}");
        }
    }
    let shared = |row: &&BTreeMap<String, String>| {
        let (some, all) = row["left_alone_alike"].split_once(" of ").unwrap();
        some != all
    };
    assert!(rows.iter().any(|row| shared(&row)), "home providers divide some who are alike");
}

#[test]
fn every_breakdown_adds_up() {
    let here = folder();
    let json = said(here.path(), &["run", ".", "./s.yaml", "--format", "json"]);
    let document: RunsDocument = serde_json::from_str(&json).unwrap();
    let sum = |named: &Named<Tally>| -> u64 { named.0.iter().map(|(_, t)| t.working).sum() };
    let check = |one: &OutcomeDocument| {
        let named = [&one.by_site, &one.by_phone, &one.by_priority, &one.by_group, &one.by_queue];
        assert_eq!(named.map(sum), [one.all.working; 5]);
    };
    for moment in &document.runs[0].moments {
        for both in [&moment.untouched, &moment.settled, &moment.moved] {
            check(&both.left_alone);
            check(&both.directed);
        }
    }
    let normal = &document.runs[0].normal.left_alone;
    let of = |named: &Named<Tally>, name: &str| {
        named.0.iter().find(|(found, _)| found == name).map(|(_, tally)| tally.on_shift)
    };
    assert_eq!(of(&normal.by_site, "leeds"), Some(68), "90 cards but those whose row says york");
    assert_eq!(of(&normal.by_priority, "2"), Some(8), "10 of 21 loans, 80% of them on shift");
    assert_eq!(document.head.plan.agents, 111);
}

#[test]
fn nothing_but_the_annex_names_a_person() {
    let here = folder();
    let run: &[&str] = &["run", ".", "./s.yaml", "isp-lost"];
    let explain: &[&str] = &["explain", ".", "./s.yaml", "--group", "cards"];
    let list: &[&str] = &["scenarios", "."];
    for words in [run, explain, list] {
        for style in [&[][..], &["--details"], &["--format", "json"], &["--format", "yaml"]] {
            let text = said(here.path(), &[words, style].concat());
            assert!(!text.contains("zq") && !text.contains("990"), "{words:?} {style:?}");
            assert!(!text.contains("people.csv:"), "no line of a person: {words:?}");
        }
    }
    let annexed = said(here.path(), &[run, &["--annex", "agents=a.csv"]].concat());
    assert_eq!(annexed, said(here.path(), run), "an annex changes nothing else");
    let text = fs::read_to_string(here.path().join("a.csv")).unwrap();
    assert!(text.contains("zq01z") && !text.contains("990"));
}

#[test]
fn an_annex_is_written_over_nothing() {
    let here = folder();
    let told = |words: &[&str]| {
        let words = [&["run", ".", "./s.yaml", "--quiet"], words].concat();
        let output = outlast(here.path(), &words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    fs::write(here.path().join("there.csv"), "mine").unwrap();
    assert!(told(&["--annex", "agents=there.csv"]).contains("is there already"));
    for input in ["people.csv", "./plan.yaml", "s.yaml"] {
        let annex = format!("agents={input}");
        let said = told(&["--annex", &annex, "--force"]);
        assert!(said.contains("is a file that the answer is made from"), "{said}");
    }
    assert!(told(&["--annex", "agents=x", "--out", "x"]).contains("written to the same file"));
    assert!(told(&["--annex", "staff"]).contains("write `agents`, or `agents=FILE`"));
    assert_eq!(fs::read_to_string(here.path().join("there.csv")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(here.path().join("people.csv")).unwrap(), rows());
    said(here.path(), &["run", ".", "./s.yaml", "--annex", "agents=there.csv", "--force"]);
    assert_eq!(annex(here.path(), "there.csv").len(), 114);
    let output = outlast(here.path(), &["run", "bank", "isp-lost", "--annex", "agents"]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("the plan has no roster"));
}

/// A setting that a scenario changes may make other people alike.
#[test]
fn people_stay_themselves_when_a_setting_changes() {
    let here = folder();
    let set = "outlast-scenario: 1\nname: S\nevents: [{at: 0s, misconfigure: {set: \
               groups.cards.work_at, to: [york, homes-north, homes-south]}}, {at: 0s, evacuate: york}]\n";
    fs::write(here.path().join("set.yaml"), set).unwrap();
    said(here.path(), &["run", ".", "./set.yaml", "--annex", "agents"]);
    let rows = annex(here.path(), "agents.csv");
    assert_eq!(rows.len(), 114);
    // Row 1 works at home in the south, and row 0 in the north.
    let place = |id: &str| {
        rows.iter().find(|row| row["agent_id"] == id).unwrap()["left_alone_place"].clone()
    };
    assert_eq!([place("zq01z"), place("zq04z")], ["homes-south", "homes-north"]);
}
