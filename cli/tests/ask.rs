//! What is worth asking, and of whom.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use outlast_models::figures;
use outlast_reports::document::{AskDocument, QuestionDocument, RunDocument, RunsDocument};

fn said(folder: &Path, words: &[&str]) -> String {
    let mut outlast = Command::cargo_bin("outlast").unwrap();
    let output = outlast.current_dir(folder).args(words).output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const PLAN: &str = "outlast: 1
name: =Ask us
sites: {york: {kind: office}}
networks: {mpls: {}}
circuits:
  york-mpls: {from: york, to: mpls, capacity: unknown}
  york-net: {from: york, to: internet}
firewalls:
  fw-mpls: {site: york, guards: mpls, udp_idle: unknown}
  fw-net: {site: york, guards: internet, dpi: {turn: unknown}}
objectives: [{overall: true, mbco: 60%, rto: 1h}]
groups:
  team: {agents: 50, work_at: [york], phones: [sip-phone], access: [private]}
";

fn asked(words: &[&str]) -> String {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), PLAN).unwrap();
    said(here.path(), &[&["ask", "plan.yaml"], words].concat())
}

#[test]
fn what_decides_is_asked_and_what_decides_nothing_is_not() {
    let document: AskDocument =
        serde_json::from_str(&asked(&["isp-lost", "--format", "json"])).unwrap();
    let find = |fact: &str| document.questions.iter().find(|one| one.fact == fact);
    let timeout = find("udp_idle:fw-mpls").unwrap();
    assert_eq!((timeout.ask.as_str(), timeout.agents), ("network team", 50));
    assert_eq!(timeout.verdicts, 2, "{timeout:#?}");
    assert_eq!(timeout.write, "udp_idle: <time, like 30min>");
    assert_eq!(timeout.place.as_deref(), Some("plan.yaml:9"));
    let capacity = find("capacity:york-mpls").unwrap();
    assert_eq!(capacity.suffices.as_deref(), Some("4640kbps"));
    assert!(find("dpi:fw-net").is_none());
    assert!(document.decides_nothing.iter().any(|fact| fact == "dpi:fw-net"));
    // What holds for much at once comes last.
    let order: Vec<(bool, u64, u64)> = document
        .questions
        .iter()
        .map(|one| (!figures::is_left_out(&one.fact), one.verdicts, one.agents))
        .collect();
    assert!(order.windows(2).all(|two| two[0] >= two[1]), "{order:?}");
}

#[test]
fn everybodys_scenarios_are_looked_at_as_far_as_they_apply() {
    let document: AskDocument = serde_json::from_str(&asked(&["--format", "json"])).unwrap();
    assert_eq!(document.scenarios[0], "normal");
    assert!(document.scenarios.iter().any(|one| one == "private-network-lost:mpls"));
    assert!(document.remarks.iter().any(|one| one.contains("data-center-lost")), "{document:#?}");
}

#[test]
fn the_page_fits_and_the_table_is_no_formula() {
    let page = asked(&["private-network-lost"]);
    for line in page.lines() {
        assert!(outlast_tui::width(line) <= 80, "{line}");
        assert_eq!(line, line.trim_end());
    }
    insta::assert_snapshot!("page", page);
    let table = asked(&["private-network-lost", "--format", "csv"]);
    for line in table.lines().skip(1) {
        for cell in line.split("\",\"") {
            assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
    let text = asked(&["private-network-lost", "--format", "markdown"]);
    assert!(text.contains("Ask: network team. Please tell us how long fw-mpls"), "{text}");
}

/// The plan with an answer written where a question says.
fn answered(question: &QuestionDocument, value: &str) -> Option<String> {
    let written = |path: &String| {
        let (section, rest) = path.split_once('.')?;
        let line = |head: &str, old: &str, new: String| {
            let at = PLAN.find(head)?;
            let line = &PLAN[at..at + PLAN[at..].find('\n')?];
            line.contains(old).then(|| PLAN.replacen(line, &line.replacen(old, &new, 1), 1))
        };
        match rest.split_once('.') {
            None => Some(format!("{PLAN}{section}: {{{rest}: {value}}}\n")),
            Some((owner, key)) if question.unknown => {
                let key = key.rsplit('.').next()?;
                line(&format!("  {owner}: "), &format!("{key}: unknown"), format!("{key}: {value}"))
            }
            Some((owner, key)) => line(&format!("  {owner}: "), "{", format!("{{{key}: {value}, ")),
        }
    };
    let [path] = question.paths.as_slice() else { return None };
    written(path)
}

/// What comes as near to nothing as a scenario may.
const NORMAL: &str = "outlast-scenario: 1
name: nothing
horizon: 72h
events: [{at: 71h, fail: york-net}]
";

/// Runs a plan in one of the scenarios asked about.
fn run(plan: &str, scenario: &str) -> Option<RunDocument> {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    fs::write(here.path().join("normal.yaml"), NORMAL).unwrap();
    let scenario = if scenario == "normal" { "normal.yaml" } else { scenario };
    let words = ["run", "plan.yaml", scenario, "--format", "json"];
    let mut outlast = Command::cargo_bin("outlast").unwrap();
    let output = outlast.current_dir(here.path()).args(words).output().unwrap();
    let document: RunsDocument = serde_json::from_slice(&output.stdout).ok()?;
    document.runs.into_iter().next()
}

/// Agents at work, moved, at a time.
fn at_work(run: &RunDocument, at: u64, counted: &str) -> i64 {
    let moment = run.moments.iter().rfind(|one| one.at_ms <= at).unwrap();
    let both = &moment.moved;
    let outcome = if counted == "directed" { &both.directed } else { &both.left_alone };
    i64::try_from(outcome.all.working).unwrap()
}

/// Who writes an answer into the plan finds what was said of it. What other facts are
/// not known is read as before.
#[test]
fn what_is_said_of_an_answer_comes_true() {
    let document: AskDocument = serde_json::from_str(&asked(&["--format", "json"])).unwrap();
    let (mut counts, mut verdicts) = (0, 0);
    for question in &document.questions {
        for effect in &question.effects {
            let Some(plan) = answered(question, &effect.value) else { continue };
            let (before, after) = (run(PLAN, &effect.scenario), run(&plan, &effect.scenario));
            let before = before.unwrap();
            let what = format!("{} = {}: {}", question.fact, effect.value, effect.says);
            let after = after.unwrap_or_else(|| panic!("{what}: no plan\n{plan}"));
            if ["moved", "directed"].contains(&effect.counted.as_str()) {
                let [before, after] =
                    [&before, &after].map(|run| at_work(run, effect.at_ms, &effect.counted));
                assert_eq!(after - before, effect.agents, "{what}\n{plan}");
                counts += 1;
            }
            for verdict in &effect.verdicts {
                let after = after.objectives.iter().find(|one| one.objective == verdict.objective);
                let is = &after.unwrap().verdict;
                // Beside other facts that are not known nothing may be certain.
                let open = is == "cannot be said" && verdict.becomes != *is;
                assert!(open || is.starts_with(&verdict.becomes), "{what}: {is}\n{plan}");
                verdicts += usize::from(!open);
            }
        }
    }
    assert!(counts >= 10 && verdicts >= 3, "{counts} counts, {verdicts} verdicts");
}
