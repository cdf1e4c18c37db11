//! What chance does: the pages that people read, the document, and what is said where
//! nothing can be.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use outlast_reports::RiskDocument;

/// Two lines out of one office, each down a tenth of the time; nothing else fails.
const TINY: &str = "\
outlast: 1
name: Tiny
sites: {a: {kind: office}}
circuits:
  one: {from: a, to: internet}
  two: {from: a, to: internet}
queues: {q: {priority: 1}}
objectives: [{queue: q, mbco: 50%, rto: 1h, mtpd: 1d}]
groups:
  team: {agents: 10, work_at: a, phones: webrtc-embedded, access: internet, queue: q}
failures:
  components:
    one: {probability: 10%, mttr: 1h}
    two: {probability: 10%, mttr: 1h}
appetite: [{lost: 10 agent-hours, yearly: 50%}, {lost: 5000 agent-hours, yearly: 10%}]
";

fn outlast(folder: &Path, words: &[&str]) -> Output {
    let words = [&["risk"], words].concat();
    Command::cargo_bin("outlast").unwrap().current_dir(folder).args(words).output().unwrap()
}

fn said(output: &Output) -> String {
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A folder with a plan.
fn with(plan: &str) -> tempfile::TempDir {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    here
}

/// What fits a screen.
fn page(plan: &str, words: &[&str]) -> String {
    let text = said(&outlast(with(plan).path(), &[&["."], words].concat()));
    for line in text.lines() {
        assert!(outlast_tui::width(line) <= 80, "{words:?}: {line}");
        assert_eq!(line, line.trim_end(), "{words:?}");
    }
    text
}

fn document(plan: &str, words: &[&str]) -> RiskDocument {
    let words = [&["."], words, &["--format", "json"]].concat();
    serde_json::from_str(&said(&outlast(with(plan).path(), &words))).unwrap()
}

const FEW: [&str; 4] = ["--years", "200", "--trials", "5000"];

/// Ten lines and a storm: more at once than are enumerated.
fn many() -> String {
    let lines: Vec<String> =
        (0..10).map(|n| format!("  l{n}: {{from: a, to: internet, provider: p{n}}}\n")).collect();
    let hits = "hazards: {storm: {per_year: 2, lasts: 1d, hits: {l0: 50%, l1: 100%}}}";
    TINY.replace("circuits:\n", &format!("circuits:\n{}", lines.concat()))
        .replace("failures:\n", &format!("failures:\n  kinds: {{circuit: {{}}}}\n  {hits}\n"))
}

#[test]
fn pages() {
    insta::assert_snapshot!("risk-tiny-details", page(TINY, &[&FEW[..], &["--details"]].concat()));
    let json = outlast(with(TINY).path(), &[&["."], &FEW[..], &["--format", "json"]].concat());
    insta::assert_snapshot!("risk-tiny-json", said(&json));
    let here = tempfile::tempdir().unwrap();
    let clinic = said(&outlast(here.path(), &["clinic", "--years", "200", "--trials", "5000"]));
    insta::assert_snapshot!("risk-clinic", clinic);
}

/// By hand: both lines are down at once with 1 %, and then nobody works.
#[test]
fn a_tiny_plan_by_hand() {
    let found = document(TINY, &FEW);
    let moment = found.moment.unwrap();
    let missed = &moment.objectives[0].missed;
    assert_eq!((missed.best.e12, missed.best.says.as_str()), (10_000_000_000, "1%"));
    assert!(missed.certain.low.e12 <= 10_000_000_000 && missed.certain.high.e12 >= 10_000_000_000);
    assert!(missed.certain.high.e12 - missed.certain.low.e12 < 1000);
    assert_eq!(moment.working_thousandths.best, 9_900);
    assert_eq!(moment.lost_by_site.get("a"), Some(&100));
    assert_eq!((moment.order, moment.rest.e12), (2, 0));
    let one = found.events.iter().find(|event| event.id == "one").unwrap();
    let importance = &one.importance[0];
    assert_eq!((importance.given.says.as_str(), importance.given.e12), ("10%", 100_000_000_000));
    assert_eq!(importance.fussell_vesely.as_ref().unwrap().says, "100%");
    assert_eq!(importance.achievement.as_deref(), Some("10"));
    assert_eq!(one.lost_thousandths, Some(100));
    // Ten agents for 87.6 hours of a year.
    let year = found.year.unwrap();
    let mean = year.lost.still.mean.agent_hours;
    assert!((840..=910).contains(&mean), "{mean}");
    assert_eq!(year.lost.moved, year.lost.still);
    let appetite: Vec<&str> = year.appetite.iter().map(|one| one.verdict.as_str()).collect();
    assert_eq!(appetite, ["beyond", "within"]);
    assert!(!found.partial && found.silence.is_none());
    assert!(found.never.contains(&"a".to_owned()));
}

#[test]
fn every_key_is_documented() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/results.md");
    let page = fs::read_to_string(page).unwrap();
    let plan = TINY.replace("mttr: 1h}\nappetite", "}\nappetite");
    let output = outlast(with(&plan).path(), &[&["."], &FEW[..], &["--format", "json"]].concat());
    for line in said(&output).lines() {
        let Some((key, _)) = line.trim().strip_prefix('"').and_then(|rest| rest.split_once("\": "))
        else {
            continue;
        };
        let is_name = ["a", "q", "webrtc-embedded"].contains(&key);
        assert!(is_name || page.contains(&format!("`{key}`")), "{key}");
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = with(&many());
    let bytes = |threads: &str| {
        let words = [&["."], &FEW[..], &["--format", "json", "--threads", threads]].concat();
        outlast(folder.path(), &words).stdout
    };
    let one = bytes("1");
    assert!(!one.is_empty());
    for threads in ["2", "7"] {
        assert_eq!(bytes(threads), one, "{threads} threads");
    }
}

#[test]
fn another_seed_changes_what_is_drawn_and_nothing_else() {
    let [one, two] = ["1", "2"].map(|seed| document(TINY, &[&FEW[..], &["--seed", seed]].concat()));
    assert_ne!(one.year, two.year);
    assert_eq!(one.moment, two.moment);
    let [one, two] = ["1", "2"].map(|seed| document(&many(), &["--years", "0", "--seed", seed]));
    let certain =
        |found: &RiskDocument| found.moment.as_ref().unwrap().objectives[0].missed.certain.clone();
    assert_eq!(certain(&one), certain(&two));
    assert!(one.moment.as_ref().unwrap().trials > 0);
    let rates = |found: &RiskDocument| -> Vec<_> {
        found.events.iter().map(|event| (event.chance.clone(), event.per_year.clone())).collect()
    };
    assert_eq!(rates(&one), rates(&two));
}

#[test]
fn no_years_and_no_trials_leave_what_is_enumerated() {
    let found = document(TINY, &["--years", "0", "--trials", "0"]);
    assert!(found.year.is_none() && found.moment.is_some());
    let text = page(TINY, &["--years", "0", "--trials", "0"]);
    assert!(text.contains("At any moment q is missed with a chance of 1%."), "{text}");
    assert!(!text.contains("What a year loses"), "{text}");
}

#[test]
fn silence_has_words_and_what_to_write() {
    let (bare, _) = TINY.split_once("failures:").unwrap();
    let text = page(bare, &[]);
    assert!(text.contains("the plan does not say how often anything fails"), "{text}");
    assert!(text.contains("  failures:\n    kinds:\n") && text.contains("circuit: {}"), "{text}");
    let found = document(bare, &[]);
    let silence = found.silence.unwrap();
    assert_eq!(silence.of, "everything");
    // What it says can be written.
    let mended = format!("{bare}{}", silence.write.unwrap());
    assert!(document(&mended, &FEW).silence.is_none());
    let idle = format!("{bare}failures: {{components: {{cloud.recording: {{}}}}}}\n");
    assert!(page(&idle, &[]).contains("nobody's work stands on what fails by chance"));
}

#[test]
fn too_much_and_too_many_hits_are_said() {
    let hits: Vec<String> = (0..13).map(|n| format!("l{n}: 50%")).collect();
    let lines: Vec<String> =
        (0..13).map(|n| format!("  l{n}: {{from: a, to: internet}}\n")).collect();
    let plan = TINY.replace("circuits:\n", &format!("circuits:\n{}", lines.concat()));
    let hazard = format!(
        "failures:\n  hazards: {{h: {{per_year: 1, lasts: 1d, hits: {{{}}}}}}}\n",
        hits.join(", ")
    );
    let text = page(&plan.replace("failures:\n", &hazard), &[]);
    let text = text.replace('\n', " ");
    assert!(text.contains("more than 12 parts that they hit with a chance"), "{text}");
}

#[test]
fn wrong_words_are_refused() {
    let folder = with(TINY);
    for words in [
        &[".", "--trials", "-1"][..],
        &[".", "--years", "some"],
        &[".", "--until-error", "0%"],
        &[".", "--until-error", "near"],
        &[".", "--seed", "x"],
    ] {
        assert_eq!(outlast(folder.path(), words).status.code(), Some(2), "{words:?}");
    }
    let wrong = with(&TINY.replace("probability: 10%", "probability: 110%"));
    assert_eq!(outlast(wrong.path(), &["."]).status.code(), Some(3));
}

#[test]
fn huge_numbers_are_taken() {
    let words = [".", "--trials", "18446744073709551615", "--until-error", "1%", "--years", "0"];
    let found: RiskDocument = serde_json::from_str(&said(&outlast(
        with(TINY).path(),
        &[&words[..], &["--format", "json"]].concat(),
    )))
    .unwrap();
    assert_eq!(found.asked.trials, u64::MAX);
    assert_eq!(found.asked.until_error.as_deref(), Some("1%"));
}

#[test]
fn names_of_a_plan_move_no_cursor() {
    let text = page(&TINY.replace("name: Tiny", "name: \"evil\\e[2J\\u202e\""), &["--years", "5"]);
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
}
