//! `outlast rule`, as a reader meets it.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use outlast_engine::rules::own::OWN;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

fn rule(words: &[&str]) -> Output {
    Command::cargo_bin("outlast").unwrap().arg("rule").args(words).output().unwrap()
}

fn said(words: &[&str]) -> String {
    let output = rule(words);
    assert_eq!(output.status.code(), Some(0), "{words:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn refused(words: &[&str]) -> String {
    let output = rule(words);
    assert_eq!(output.status.code(), Some(2), "{words:?}");
    assert!(output.stdout.is_empty(), "{words:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_page_reads_well() {
    insta::assert_snapshot!("rule-prx-07", said(&["PRX-07"]));
}

#[test]
fn a_rule_is_shown_however_its_id_is_typed() {
    let page = said(&["PRX-07"]);
    for typed in ["prx-7", "PRX7", "prx_007", "turn-inspected-by-proxy"] {
        assert_eq!(said(&[typed]), page, "{typed}");
    }
    assert_eq!(said(&["PRX-07", "prx-7"]), page);
    assert!(said(&["own-1"]).starts_with("OWN-01: "));
}

#[test]
fn without_an_id_the_rules_are_listed() {
    let list = said(&[]);
    assert_eq!(list.lines().filter(|line| line.starts_with("  ")).count(), 94 + OWN.len());
    assert!(list.contains("  PRX-07  turn-inspected-by-proxy"), "{list}");
}

#[test]
fn all_pages_fit_a_screen_and_hold_no_markup() {
    let all = said(&["--all"]);
    for line in all.lines().chain(said(&[]).lines()) {
        assert!(line.chars().count() <= 80, "{line}");
        let markup = ["##", "```", "**", "# expect", "]("];
        assert!(!markup.iter().any(|mark| line.contains(mark)), "{line}");
    }
    assert_eq!(all.matches("\nMend\n").count(), 94 + OWN.len());
}

#[test]
fn a_document_has_every_part_of_every_rule() {
    let document: Value = serde_json::from_str(&said(&["--all", "--format", "json"])).unwrap();
    assert_eq!(document["document"], "outlast-rules");
    let rules = document["rules"].as_array().unwrap();
    let of_guide = |rule: &Value| !rule["id"].as_str().unwrap().starts_with("OWN");
    assert_eq!(rules.iter().filter(|rule| of_guide(rule)).count(), 94);
    for rule in rules {
        for key in ["meaning", "why", "mend", "limits", "name", "family"] {
            assert!(!rule[key].as_str().unwrap().is_empty(), "{} {key}", rule["id"]);
        }
        let shows: Vec<&str> = rule["examples"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["shows"].as_str().unwrap())
            .collect();
        assert!(shows.contains(&"works") && shows[0] != "works", "{} {shows:?}", rule["id"]);
        let pages = rule["guide"].as_array().unwrap().len();
        assert_eq!(pages > 0, of_guide(rule), "{}", rule["id"]);
        assert!(!rule["effects"].as_array().unwrap().is_empty(), "{}", rule["id"]);
    }
}

#[test]
fn a_stranger_is_told_what_there_is() {
    let text = refused(&["prx-77"]);
    assert!(text.contains("there is no rule `prx-77`"), "{text}");
    assert!(text.contains("did you mean `PRX-07`?"), "{text}");
    let text = refused(&["prx-4711"]);
    assert!(text.contains("the rules on proxies and PAC files are PRX-01 to PRX-10"), "{text}");
    let text = refused(&["nonsense"]);
    assert!(text.contains("`outlast rule` lists them"), "{text}");
    let text = refused(&["turn-inspected-by-proxi", "a\u{1b}[2Jb"]);
    assert!(text.contains("did you mean `turn-inspected-by-proxy`?"), "{text}");
    assert!(text.matches("there is no rule").count() == 2 && !text.contains('\u{1b}'), "{text}");
    assert!(refused(&["PRX-07", "--all"]).contains("cannot be used with"));
}
