//! What is worth asking, and of whom.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use outlast_models::figures;
use outlast_reports::document::AskDocument;

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
    assert_eq!(timeout.write, "udp_idle: 30s");
    assert_eq!(timeout.place.as_deref(), Some("plan.yaml:9"));
    let capacity = find("capacity:york-mpls").unwrap();
    assert!(capacity.suffices.as_ref().unwrap().contains("bit/s"), "{capacity:#?}");
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
    assert!(document.scenarios.iter().any(|one| one == "private-network-lost"));
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
