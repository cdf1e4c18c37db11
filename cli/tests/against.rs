//! Two plans compared by what chance does to them.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use outlast_reports::AgainstDocument;

/// One line out of one office, down a tenth of the time.
const OLD: &str = "\
outlast: 1
name: One line
sites: {a: {kind: office}}
circuits:
  one: {from: a, to: internet}
queues: {q: {priority: 1}, r: {priority: 2}}
objectives: [{queue: q, mbco: 50%, rto: 1h}, {queue: r, mbco: 50%, rto: 1h}]
groups:
  team: {agents: 10, work_at: a, phones: webrtc-embedded, access: internet, queue: q}
  gone: {agents: 2, work_at: a, phones: webrtc-embedded, access: internet, queue: r}
failures:
  components:
    one: {probability: 10%, mttr: 1h}
  hazards: {storm: {per_year: 0.1, lasts: 1d, hits: {one: 50%}}}
";

/// A second line, a shorter repair, and no second group.
fn new() -> String {
    OLD.replace("One line", "Two lines")
        .replace("queues:", "  two: {from: a, to: internet}\nqueues:")
        .replace("mttr: 1h}\n", "mttr: 30min}\n    two: {probability: 20%, mttr: 1h}\n")
        .replace(", {queue: r, mbco: 50%, rto: 1h}", "")
        .replace("  gone: {agents: 2, work_at: a, phones: webrtc-embedded, access: internet, queue: r}\n", "")
}

fn folder(new: &str, old: &str) -> tempfile::TempDir {
    let here = tempfile::tempdir().unwrap();
    for (name, text) in [("new.yaml", new), ("old.yaml", old)] {
        fs::write(here.path().join(name), text).unwrap();
    }
    here
}

fn outlast(folder: &Path, words: &[&str]) -> Output {
    let words = [&["risk", "new.yaml", "--against", "old.yaml"], words].concat();
    Command::cargo_bin("outlast").unwrap().current_dir(folder).args(words).output().unwrap()
}

fn said(output: &Output) -> String {
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn page(new: &str, old: &str, words: &[&str]) -> String {
    let text = said(&outlast(folder(new, old).path(), words));
    for line in text.lines() {
        assert!(outlast_tui::width(line) <= 80, "{words:?}: {line}");
        assert_eq!(line, line.trim_end(), "{words:?}");
    }
    text
}

fn document(new: &str, old: &str, words: &[&str]) -> AgainstDocument {
    let words = [words, &["--format", "json"]].concat();
    serde_json::from_str(&said(&outlast(folder(new, old).path(), &words))).unwrap()
}

const FEW: [&str; 4] = ["--years", "100", "--trials", "5000"];

#[test]
fn pages() {
    let details = page(&new(), OLD, &[&FEW[..], &["--details"]].concat());
    insta::assert_snapshot!("against-details", details);
    let json = outlast(folder(&new(), OLD).path(), &[&FEW[..], &["--format", "json"]].concat());
    insta::assert_snapshot!("against-json", said(&json));
    insta::assert_snapshot!("against-itself", page(OLD, OLD, &FEW));
}

/// By hand: both lines are down at once a fiftieth of the time, but for the storm.
#[test]
fn a_second_line_by_hand() {
    let found = document(&new(), OLD, &FEW);
    assert_eq!(found.judged, "better");
    assert!(found.verdict.starts_with("The new plan is better. q is missed"), "{}", found.verdict);
    let missed = &found.moment.as_ref().unwrap().objectives[0].missed;
    // P(one) = 1 − 0.9 × (1 − 0.5 × (1 − e^(−0.1 ÷ 365))), twice; two stands beside it.
    let one = 1.0 - 0.9 * (1.0 - 0.5 * -libm_expm1(-0.1 / 365.0));
    let expected = (one * 0.2 - one) * 1e12;
    #[allow(clippy::cast_precision_loss)] // of 10^12
    let off = missed.difference.best.e12 as f64 - expected;
    assert!(off.abs() < 2.0, "{off}");
    assert_eq!(missed.judged, "better");
    let year = found.year.unwrap();
    assert!(year.lost.still.difference < 0 && year.lost.still.judged == "better");
    assert_eq!(
        (found.only_objectives.old, found.only_groups.old),
        (vec!["r".into()], vec!["gone".into()])
    );
    assert!(found.only_objectives.new.is_empty() && found.only_groups.new.is_empty());
    let changed: Vec<&str> = found.changed.iter().map(|one| one.id.as_str()).collect();
    assert_eq!((changed, found.alike), (vec!["one", "two"], 1));
}

/// A series: the clock's functions differ by machine.
fn libm_expm1(x: f64) -> f64 {
    x + x * x / 2.0 + x * x * x / 6.0
}

#[test]
fn swapped_it_is_worse_by_as_much() {
    let [one, other] = [document(&new(), OLD, &FEW), document(OLD, &new(), &FEW)];
    assert_eq!((one.judged.as_str(), other.judged.as_str()), ("better", "worse"));
    let [a, b] = [&one, &other].map(|found| found.moment.as_ref().unwrap());
    let best = |moment: &outlast_reports::document::MomentOfBothDocument| {
        moment.objectives[0].missed.difference.best.e12
    };
    assert_eq!(best(a), -best(b));
    let [a, b] = [one, other].map(|found| found.year.unwrap().lost.moved.difference);
    assert_eq!(a, -b);
}

#[test]
fn a_plan_against_itself_differs_by_nothing() {
    let found = document(OLD, OLD, &FEW);
    assert_eq!((found.judged.as_str(), found.alike, found.changed.len()), ("same", 2, 0));
    let moment = found.moment.unwrap();
    for missed in moment.objectives.iter().map(|one| &one.missed) {
        let ends = [&missed.difference.certain, &missed.difference.likely];
        assert!(ends.iter().all(|ends| (ends.low.e12, ends.high.e12) == (0, 0)));
        assert_eq!((missed.difference.best.e12, missed.new == missed.old), (0, true));
    }
    let year = found.year.unwrap();
    assert_eq!((year.lost.moved.difference, year.lost.still.differ), (0, 0));
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = folder(&new(), OLD);
    let bytes = |threads: &str| {
        let words = [&FEW[..], &["--format", "json", "--threads", threads]].concat();
        outlast(folder.path(), &words).stdout
    };
    let one = bytes("1");
    assert!(!one.is_empty());
    for threads in ["2", "7"] {
        assert_eq!(bytes(threads), one, "{threads} threads");
    }
}

#[test]
fn every_key_is_documented() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/results.md");
    let results = fs::read_to_string(path).unwrap();
    let words = [&FEW[..], &["--format", "json"]].concat();
    for line in said(&outlast(folder(&new(), OLD).path(), &words)).lines() {
        let key = line.trim().strip_prefix('"').and_then(|rest| rest.split_once("\": "));
        let Some((key, _)) = key else { continue };
        assert!(results.contains(&format!("`{key}`")), "{key}");
    }
}

#[test]
fn what_cannot_be_compared_is_said() {
    let (bare, _) = OLD.split_once("failures:").unwrap();
    let text = page(&new(), bare, &FEW);
    assert!(text.contains("how often anything fails\n(the old plan)."), "{text}");
    assert!(text.contains("  failures:\n    kinds:\n"), "{text}");
    assert_eq!(document(bare, OLD, &FEW).silence.unwrap().of, "new");
    let output = outlast(folder(&new(), OLD).path(), &["--until-error", "1%"]);
    assert_eq!(output.status.code(), Some(2));
    let wrong = outlast(folder("outlast: 2\n", "sites: 7\n").path(), &FEW);
    let text = String::from_utf8(wrong.stderr).unwrap();
    assert!(text.contains("new.yaml") && text.contains("old.yaml"), "{text}");
    assert_eq!(wrong.status.code(), Some(3));
}

#[test]
fn too_few_years_that_differ_are_said() {
    let text = page(&new(), OLD, &["--years", "7", "--trials", "0"]);
    assert!(text.contains("7 of 7 years lose"), "{text}");
    assert!(text.contains("7 years differ  cannot be said"), "{text}");
}

#[test]
fn names_of_a_plan_move_no_cursor() {
    let evil = OLD.replace("name: One line", "name: \"evil\\e[2J\\u202e\"");
    let text = page(&new(), &evil, &["--years", "5"]);
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
}
