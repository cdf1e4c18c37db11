//! What fails alone and together: the pages that people read, the document, and what is
//! said of questions that have no answer.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use outlast_reports::ContingencyDocument;

/// Two lines out of one office, and a workstation without which nobody works.
const TINY: &str = "\
outlast: 1
name: Tiny
sites: {a: {kind: office, power: {feeds: [grid], ups: 20min}}}
circuits:
  one: {from: a, to: internet}
  two: {from: a, to: internet}
queues: {q: {priority: 1}}
objectives: [{queue: q, mbco: 50%}]
groups:
  team: {agents: 10, work_at: a, phones: webrtc-embedded, access: internet, queue: q}
";

fn outlast(folder: &Path, words: &[&str]) -> Output {
    Command::cargo_bin("outlast").unwrap().current_dir(folder).args(words).output().unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with a plan.
fn with(plan: &str) -> tempfile::TempDir {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    here
}

/// What fits a screen.
fn page(folder: &Path, words: &[&str]) -> String {
    let output = outlast(folder, &[&["contingency"], words].concat());
    assert_eq!(complained(&output), "");
    let text = said(&output);
    for line in text.lines() {
        assert!(outlast_tui::width(line) <= 80, "{words:?}: {line}");
        assert_eq!(line, line.trim_end(), "{words:?}");
    }
    text
}

fn here(words: &[&str]) -> String {
    page(tempfile::tempdir().unwrap().path(), words)
}

fn of_tiny(plan: &str, words: &[&str]) -> String {
    page(with(plan).path(), &[&["."], words].concat())
}

fn document(folder: &Path, words: &[&str]) -> ContingencyDocument {
    let words = [&["contingency"], words, &["--format", "json"]].concat();
    let output = outlast(folder, &words);
    assert_eq!(complained(&output), "");
    serde_json::from_str(&said(&output)).unwrap()
}

#[test]
fn pages() {
    insta::assert_snapshot!("contingency-clinic", here(&["clinic"]));
    insta::assert_snapshot!("contingency-both", here(&["clinic", "--for", "appointments"]));
    insta::assert_snapshot!("contingency-tiny-details", of_tiny(TINY, &["--details"]));
    let json = outlast(with(TINY).path(), &["contingency", ".", "--format", "json"]);
    insta::assert_snapshot!("contingency-tiny-json", said(&json));
}

#[test]
fn a_bank() {
    let folder = tempfile::tempdir().unwrap();
    let text = page(folder.path(), &["bank"]);
    insta::assert_snapshot!("contingency-bank", text);
    figures_are_in(&text, &document(folder.path(), &["bank"]));
}

/// Every figure of the two tables and of what objectives need is in the document, of the
/// failure that the page names.
fn figures_are_in(text: &str, document: &ContingencyDocument) {
    let number = |word: &str| -> Option<i64> { word.replace(',', "").parse().ok() };
    let part = |title: &str| -> Vec<&str> {
        let lines = text.lines().skip_while(|line| *line != title).skip(2);
        lines.take_while(|line| line.starts_with("  ")).filter(|l| !l.contains('…')).collect()
    };
    let alone = part("Worst alone");
    for line in &alone {
        let words: Vec<&str> = line.split_whitespace().collect();
        let id = words[0].trim_end_matches(',');
        let first = document.classes.iter().find(|class| class.iter().any(|one| one == id));
        let first = first.map_or(id, |class| &class[0]);
        let single = document.singles.iter().find(|one| one.set == [first]).unwrap();
        assert!(words.iter().any(|word| number(word) == Some(single.lost)), "{line}");
        let said = single.misses().iter().all(|name| line.contains(name));
        assert!(said || line.contains(" of 5") || line.contains("all 5"), "{line}");
    }
    let together = part("Worse together than one by one");
    for line in &together {
        let figures: Vec<i64> = line.split_whitespace().filter_map(number).collect();
        let is_it =
            |lost: i64, beyond: i64| figures.windows(2).any(|two| two == [lost, lost - beyond]);
        assert!(document.worse.iter().any(|one| is_it(one.lost, one.beyond)), "{line}");
    }
    assert!(alone.len() > 5 && together.len() > 3, "{text}");
    for one in &document.objectives {
        let says =
            format!("{} (needs {} of", one.of, outlast_reports::number::grouped(one.need.unwrap()));
        assert!(text.contains(&says), "{says}");
    }
}

/// By hand: either line suffices, both are needed; everything else stops all ten.
#[test]
fn a_tiny_plan_by_hand() {
    let folder = with(TINY);
    let found = document(folder.path(), &["."]);
    let alone = |id: &str| found.singles.iter().find(|one| one.set == [id]).unwrap();
    assert_eq!(alone("one").lost, 0);
    assert_eq!(alone("a").lost, 10);
    assert_eq!(alone("a").by_site.get("a"), Some(&10));
    assert_eq!(alone("a").by_phone.get("webrtc-embedded"), alone("a").by_queue.get("q"));
    assert_eq!(alone("grid").grace[0].lasts_ms, 20 * 60_000);
    let both = found.worse.iter().find(|one| one.set == ["one", "two"]).unwrap();
    assert_eq!(
        (both.lost, both.beyond, both.groups_out.as_slice()),
        (10, 10, &["team".to_owned()][..])
    );
    let cuts = &found.objectives[0];
    assert_eq!((cuts.on_shift, cuts.need), (10, Some(5)));
    let pairs: Vec<_> = cuts.minimal.iter().filter(|cut| cut.set.len() > 1).collect();
    assert_eq!(pairs.len(), 1);
    assert_eq!(pairs[0].set, ["one", "two"]);
    let points = &found.single_points;
    let ids: BTreeSet<&str> =
        points.objectives[0].failures.iter().map(|one| one.id.as_str()).collect();
    let of_group: BTreeSet<&str> =
        points.groups[0].failures.iter().map(|one| one.id.as_str()).collect();
    assert!(ids.contains("a") && !ids.contains("one"));
    assert_eq!(ids, of_group);
    assert!(points.groups[0].failures.iter().all(|one| one.agents == 10));
}

#[test]
fn classes_members_and_sets_add_up() {
    let found = document(tempfile::tempdir().unwrap().path(), &["clinic"]);
    let members: u64 = found.singles.iter().map(|one| one.stands_for).sum();
    assert_eq!(members, found.looked[0].sets);
    assert_eq!(found.singles.len() as u64, found.looked[0].assessed);
    let idle = found.failures.iter().filter(|one| !one.decides).count() as u64;
    assert_eq!(members + idle, found.failures.len() as u64);
    for one in &found.singles {
        let by: [i64; 4] = [&one.by_group, &one.by_site, &one.by_queue, &one.by_phone]
            .map(|by| by.iter().map(|(_, lost)| lost).sum());
        assert_eq!(by, [one.lost; 4], "{:?}", one.set);
        assert_eq!(
            one.lost,
            i64::try_from(found.normal.working).unwrap() - i64::try_from(one.working).unwrap()
        );
    }
}

#[test]
fn cut_sets_beyond_the_order_are_those_of_all_sets() {
    let folder = tempfile::tempdir().unwrap();
    let all = document(folder.path(), &["bank", "--order", "2"]);
    let branched = document(folder.path(), &["bank", "--order", "1", "--cuts", "2"]);
    assert_eq!((branched.order, branched.cuts, branched.cuts_asked), (1, 2, None));
    assert_eq!(branched.objectives, all.objectives);
    assert_eq!(branched.groups, all.groups);
    assert!(all.objectives.iter().any(|one| one.minimal.iter().any(|cut| cut.set.len() > 1)));
    let text = of_tiny(TINY, &["--order", "1", "--cuts", "2"]);
    assert!(text.contains("each failure alone, cut sets of up to 2"), "{text}");
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = |threads: &str| {
        let words = [
            "contingency",
            "clinic",
            "--order",
            "2",
            "--cuts",
            "3",
            "--format",
            "json",
            "--threads",
            threads,
        ];
        outlast(folder.path(), &words).stdout
    };
    let one = bytes("1");
    assert!(!one.is_empty());
    for threads in ["2", "7"] {
        assert_eq!(bytes(threads), one, "{threads} threads");
    }
}

#[test]
fn the_status_says_whether_anything_is_missed() {
    let folder = with(TINY);
    fs::write(folder.path().join("none.yaml"), TINY.replace("objectives", "tags: {x: []}\n#"))
        .unwrap();
    let ends =
        |words: &[&str]| status(&outlast(folder.path(), &[&["contingency"], words].concat()));
    assert_eq!(ends(&["."]), 0);
    assert_eq!(ends(&[".", "--order", "1", "--fail-on", "missed"]), 1);
    assert_eq!(ends(&[".", "--fail-on", "surely-missed"]), 1);
    assert_eq!(ends(&["clinic", "--for", "billing", "--fail-on", "surely-missed"]), 1);
}

#[test]
fn what_is_missed_with_nothing_failed_has_no_cut_sets() {
    let plan = TINY.replace(
        "{queue: q, mbco: 50%}",
        "{queue: q, mbco: 50%}, {overall: true, mbco: 20 agents}",
    );
    let text = of_tiny(&plan, &[]);
    assert!(text.contains("overall is missed with nothing failed."), "{text}");
    assert!(text.contains("overall (needs 20 of 10 agents): missed with nothing failed"), "{text}");
    let all = of_tiny(&TINY.replace("mbco: 50%", "mbco: 11 agents"), &[]);
    assert!(all.contains("Every objective is missed with nothing failed; the worst"), "{all}");
}

#[test]
fn no_objectives_and_nobody_on_shift_are_said() {
    let bare = TINY.replace("objectives: [{queue: q, mbco: 50%}]\n", "");
    let text = of_tiny(&bare, &[]);
    assert!(text.contains("The plan has no objectives; the worst"), "{text}");
    let absent = format!("{TINY}  night: {{like: team, agents: 4, on_shift: 0%}}\n");
    let text = of_tiny(&absent, &["--for", "night"]);
    assert!(text.contains("Nobody of night is on shift at Mon 00:00."), "{text}");
}

#[test]
fn an_order_beyond_everything_is_answered_or_refused_in_words() {
    let text = of_tiny(TINY, &["--order", "400"]);
    assert!(text.contains("Note: 400 at once were asked for; beyond"), "{text}");
    let folder = tempfile::tempdir().unwrap();
    let output = outlast(folder.path(), &["contingency", "bank", "--order", "9"]);
    assert_eq!(status(&output), 2);
    let text = complained(&output);
    assert!(text.contains("98 failures make more sets of up to 9 than can be looked at"), "{text}");
    assert!(text.contains("the most is `--order 4`"), "{text}");
    let none = outlast(folder.path(), &["contingency", "bank", "--order", "0"]);
    assert_eq!(status(&none), 2);
}

#[test]
fn a_name_that_nothing_has_is_refused() {
    let folder = with(TINY);
    for (name, near) in [("tem", "team"), ("p", "q"), ("overal", "there are: q, team")] {
        let output = outlast(folder.path(), &["contingency", ".", "--for", name]);
        assert_eq!(status(&output), 2);
        let text = complained(&output);
        assert!(text.contains(&format!("there is no objective or group `{name}`")), "{text}");
        assert!(text.contains(near), "{text}");
    }
}

/// The tiny plan with a hazard that plays a scenario.
fn played(scenario: &str) -> String {
    let hazards = format!("{{h: {{per_year: 1, lasts: 1d, plays: \"{scenario}\"}}}}");
    format!("{TINY}failures:\n  hazards: {hazards}\n")
}

const OWN: &str = "\
outlast-scenario: 1
name: Both lines
takes: {first: {kind: circuit}}
events:
  - {fail: $first}
  - {at: 2h, for: 1h, fail: two}
  - {surge: q, times: 2}
";

#[test]
fn a_hazard_takes_what_fails_in_its_scenario() {
    let folder = with(&played("./own.yaml:one"));
    fs::write(folder.path().join("own.yaml"), OWN).unwrap();
    let found = document(folder.path(), &["."]);
    let hazard = found.failure("h").unwrap();
    assert_eq!(
        (hazard.kind.as_str(), hazard.takes.as_slice()),
        ("hazard", &["one".to_owned(), "two".to_owned()][..])
    );
    assert_eq!(hazard.plays.as_deref(), Some("./own.yaml:one"));
    assert_eq!(found.singles.iter().find(|one| one.set == ["h"]).unwrap().lost, 10);
    let says = found.remarks.join(". ");
    assert!(says.contains("only what fails by it counts here, not: demand of q"), "{says}");
    assert!(says.contains("a hazard takes all that it may hit"), "{says}");
    assert!(found.head.inputs.iter().any(|input| input.name == "own.yaml"));
    let over = outlast(folder.path(), &["contingency", ".", "-o", "own.yaml", "--force"]);
    assert_eq!(status(&over), 2);
    assert_eq!(fs::read_to_string(folder.path().join("own.yaml")).unwrap(), OWN);
}

#[test]
fn a_hazard_that_plays_nothing_is_refused_where_it_is_written() {
    let cases = [
        ("isp-lots", "there is no scenario `isp-lots` to be played", "did you mean `isp-lost`?"),
        ("own", "there is no scenario `own` to be played", "a file is written `./own.yaml`"),
        (
            "./no.yaml",
            "cannot read `./no.yaml`: there is no such file",
            "in the folder of the plan",
        ),
        ("../x.yaml", "cannot read `../x.yaml`: it lies outside", "in the folder of the plan"),
        ("data-center-lost:a", "`a` is of kind `office`, not `data-center`", "of kind"),
    ];
    for (scenario, fault, help) in cases {
        let folder = with(&played(scenario));
        fs::write(folder.path().join("own.yaml"), OWN).unwrap();
        let output = outlast(folder.path(), &["contingency", "."]);
        assert_eq!(status(&output), 3, "{scenario}");
        let text = complained(&output);
        for part in [fault, help, "plan.yaml:12:48"] {
            assert!(text.contains(part), "no `{part}` in: {text}");
        }
    }
    let folder = with(&played("./own.yaml:one"));
    fs::write(folder.path().join("own.yaml"), OWN.replace("times: 2", "time: 2")).unwrap();
    let output = outlast(folder.path(), &["contingency", ".", "--for", "tem"]);
    let text = complained(&output);
    assert!(text.contains("own.yaml:7:") && text.contains("did you mean `team`?"), "{text}");
}
