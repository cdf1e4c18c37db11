//! `outlast report`: the page says what the document says, whatever the names are, and
//! nothing is half-written.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use outlast_models::units::Millis;
use outlast_reports::ReportDocument;
use outlast_reports::amount::amount;
use outlast_reports::number::{grouped, time};
use outlast_reports::report::pictures;
use serde_json::Value;

const SCENARIOS: [&str; 3] = ["corporate-systems-lost", "disaster", "isp-lost"];
const SECTIONS: [&str; 9] = [
    "identity",
    "summary",
    "verdicts",
    "over-time",
    "agents",
    "capacity",
    "findings",
    "assumptions",
    "repeat",
];
/// Of which facts the second report does not know all.
const UNKNOWN: [&str; 6] =
    ["--unknown", "york-net-a", "--unknown", "proxy-york", "--unknown", "wan"];

fn outlast(folder: &Path, words: &[&str]) -> Output {
    Command::cargo_bin("outlast").unwrap().current_dir(folder).args(words).output().unwrap()
}

/// Page and document of a report that succeeds.
fn report(folder: &Path, words: &[&str]) -> (String, String) {
    let words = [&["report"], words, &["--out", "out", "--force"]].concat();
    let output = outlast(folder, &words);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    let read = |name| fs::read_to_string(folder.join("out").join(name)).unwrap();
    (read("report.html"), read("report.json"))
}

fn bank(more: &[&str]) -> (String, String) {
    let here = tempfile::tempdir().unwrap();
    report(here.path(), &[&["bank"], &SCENARIOS[..], more].concat())
}

/// What is said where and why nothing is written, and the exit status.
fn refused(folder: &Path, words: &[&str]) -> String {
    let output = outlast(folder, &[&["report"], words].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
    assert_eq!(output.stdout, b"", "{words:?}");
    said
}

/// A figure of the page.
struct Shown {
    text: String,
    attributes: Vec<(String, String)>,
}

impl Shown {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Compares it with the document.
    fn check(&self, document: &Value) {
        let at = self.get("data-at").unwrap();
        let found = document.pointer(at).unwrap_or_else(|| panic!("nothing at {at}"));
        let value: i128 = self.get("value").unwrap().parse().unwrap();
        if self.get("data-met").is_some() {
            let all = found.as_array().unwrap();
            let met = all.iter().filter(|one| one["met"] == true).count();
            assert_eq!(
                (value, &self.text),
                (met as i128, &format!("{met} of {}", all.len())),
                "{at}"
            );
            return;
        }
        let whole = |found: &Value| i128::from(found.as_i64().unwrap());
        let less = self.get("data-less").map(|at| whole(document.pointer(at).unwrap()));
        assert_eq!(value, whole(found) - less.unwrap_or(0), "{at}");
        self.check_text(value, at);
    }

    fn check_text(&self, value: i128, at: &str) {
        let size = u64::try_from(value.unsigned_abs()).unwrap();
        let text = match self.get("data-unit") {
            None => grouped(size),
            Some("ms") => time(Millis(size)),
            // What is left is rounded down.
            Some("bit/s") if at.ends_with("/headroom") && value > 0 => {
                let step = if size >= 10_000_000 { 100_000 } else { 1_000 };
                amount("bit/s", size / step * step)
            }
            Some(unit) => amount(unit, size),
        };
        let text = if value < 0 { format!("-{text}") } else { text };
        assert_eq!(self.text, text, "{at}");
    }
}

/// The figures in a part of the page.
fn figures(html: &str) -> Vec<Shown> {
    let figure = |piece: &str| {
        let (head, rest) = piece.split_once('>').unwrap();
        let text = rest.split_once("</data>").unwrap().0.to_owned();
        let attribute = |one: &str| {
            let (name, value) = one.split_once("=\"").unwrap();
            (name.trim().to_owned(), value.to_owned())
        };
        let attributes = head.split('"').collect::<Vec<_>>();
        let pairs = attributes.chunks_exact(2).map(|two| two.join("\""));
        Shown { text, attributes: pairs.map(|pair| attribute(&pair)).collect() }
    };
    html.split("<data ").skip(1).map(figure).collect()
}

fn section<'a>(html: &'a str, id: &str) -> &'a str {
    let (_, rest) = html.split_once(&format!("<section id=\"{id}\"")).unwrap();
    rest.split_once("</section>").unwrap().0
}

#[test]
fn every_figure_of_the_page_is_that_of_the_document() {
    for more in [&[][..], &UNKNOWN] {
        let (html, json) = bank(more);
        let document: Value = serde_json::from_str(&json).unwrap();
        let all = figures(&html);
        assert!(all.len() > 1_000, "only {} figures", all.len());
        for figure in &all {
            figure.check(&document);
        }
        for id in ["identity", "summary", "verdicts", "over-time", "agents", "capacity", "findings"]
        {
            assert!(!figures(section(&html, id)).is_empty(), "{id} has no figure");
        }
    }
}

#[test]
fn every_cell_for_figures_has_one_or_says_why_not() {
    let (html, _) = bank(&UNKNOWN);
    let cells = html.split("<td class=\"figure\">").skip(1);
    for cell in cells.map(|cell| cell.split_once("</td>").unwrap().0) {
        let words = ["", "none", "always", "does not apply"];
        let is_said = words.contains(&cell) || cell.starts_with("not within ");
        assert!(is_said || cell.starts_with("<data "), "{cell}");
    }
}

/// Charts are drawn from what the tables beside them show; these show all of it.
#[test]
fn tables_beside_charts_leave_nothing_out() {
    let (html, json) = bank(&[]);
    let document: Value = serde_json::from_str(&json).unwrap();
    for (n, run) in document["runs"].as_array().unwrap().iter().enumerate() {
        let curve = (0..run["curve"].as_array().unwrap().len())
            .map(|k| format!("/runs/{n}/curve/{k}/working"));
        let moments = (0..run["moments"].as_array().unwrap().len())
            .map(|k| format!("/runs/{n}/moments/{k}/moved/directed/working"));
        let shown = figures(section(&html, "over-time"));
        for at in curve.chain(moments) {
            assert!(shown.iter().any(|one| one.get("data-at") == Some(&at)), "{at}");
        }
    }
}

#[test]
fn every_section_is_there_and_in_the_contents() {
    let (html, _) = bank(&[]);
    for id in SECTIONS {
        assert!(html.contains(&format!("<a href=\"#{id}\">")), "{id}");
        assert!(section(&html, id).len() > 100, "{id}");
    }
}

/// Every figure that has bounds is shown with them.
#[test]
fn bounds_stand_beside_what_is_not_known() {
    let (html, json) = bank(&UNKNOWN);
    let document: Value = serde_json::from_str(&json).unwrap();
    let all = figures(&html);
    let at = |pointer: &str| all.iter().filter(|one| one.get("data-at") == Some(pointer)).count();
    let (mut open, mut bounded) = (0, 0);
    for (n, run) in document["runs"].as_array().unwrap().iter().enumerate() {
        for (k, moment) in run["unknown"]["moments"].as_array().into_iter().flatten().enumerate() {
            let all = &moment["moved"]["left_alone"]["all"];
            if all["certain"]["working"] == all["possible"]["working"] {
                continue;
            }
            open += 1;
            let least =
                format!("/runs/{n}/unknown/moments/{k}/moved/left_alone/all/certain/working");
            bounded += usize::from(at(&least) > 0);
        }
    }
    assert!(open > 0 && bounded == open, "{bounded} of {open}");
    assert!(html.contains("? </span>cannot be said") && html.contains("it is decided by"));
}

#[test]
fn what_is_known_has_no_bounds() {
    let (html, _) = bank(&[]);
    assert!(!html.contains("class=\"bounds\""));
}

#[test]
fn the_document_reads_back() {
    let (_, json) = bank(&["--date", "2026-11-24"]);
    let document: ReportDocument = serde_json::from_str(&json).unwrap();
    assert_eq!(document.head.kind, "report");
    assert_eq!(document.date.as_deref(), Some("2026-11-24"));
    assert_eq!(document.runs.len(), SCENARIOS.len());
    assert_eq!(
        document.command,
        "outlast report bank corporate-systems-lost disaster isp-lost --out report \
         --date 2026-11-24"
    );
}

/// It stands alone: nothing is run, nothing is fetched, and no day is made up.
#[test]
fn the_page_stands_alone() {
    let (html, _) = bank(&[]);
    for word in ["<script", "javascript:", "<link", "<iframe", "<img", "src=", "@import", "url("] {
        assert!(!html.contains(word), "{word}");
    }
    let addresses = html.matches("http").count();
    assert_eq!(addresses, html.matches("xmlns=\"http://www.w3.org/2000/svg\"").count());
    assert!(html.contains("no date given") && html.starts_with("<!DOCTYPE html>"));
}

#[test]
fn charts_are_told_in_words_and_have_ids_of_their_own() {
    let (html, _) = bank(&[]);
    let charts: Vec<&str> = html.split("<svg ").skip(1).collect();
    assert_eq!(charts.len(), 1 + 2 * SCENARIOS.len());
    let mut ids: Vec<&str> =
        html.split(" id=\"").skip(1).map(|at| at.split('"').next().unwrap()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice");
    for chart in charts {
        let id = chart.split_once("aria-labelledby=\"").unwrap().1.split(' ').next().unwrap();
        assert!(chart.contains(&format!("<title id=\"{id}\">")), "{id}");
        assert!(chart.contains("role=\"img\"") && chart.contains("<desc id="), "{id}");
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let (html, json) = bank(&UNKNOWN);
    for threads in ["1", "2", "3"] {
        let again = bank(&[&UNKNOWN[..], &["--threads", threads]].concat());
        assert!(again == (html.clone(), json.clone()), "{threads} threads");
    }
    // Nor does it matter where the plan lies and where the report goes.
    let texts = ["one", "other"].map(|name| {
        let here = tempfile::tempdir().unwrap();
        let folder = here.path().join(name);
        fs::create_dir(&folder).unwrap();
        assert!(outlast(&folder, &["init", "clinic", "--quiet"]).status.success());
        let plan = folder.join("clinic");
        report(&folder, &[plan.to_str().unwrap(), "isp-lost", "--date", "2026-11-24"])
    });
    assert!(texts[0] == texts[1]);
    assert!(texts[0].1.contains("outlast report plan.yaml isp-lost --out report"));
}

/// Names that would be markup, turn a line round or are without end.
#[test]
fn hostile_names_do_no_harm() {
    let here = tempfile::tempdir().unwrap();
    assert!(outlast(here.path(), &["init", "clinic", "--quiet"]).status.success());
    let plan = here.path().join("clinic/plan.yaml");
    let text = fs::read_to_string(&plan).unwrap();
    let name = text.lines().find(|line| line.starts_with("name:")).unwrap().to_owned();
    let long = "x".repeat(10_000);
    let tricky = "<script>alert(1)</script> \\\"a\\\" 'b' & \\u202E\\e[31m \u{5317}\u{4eac}";
    for bad in [tricky, &long] {
        fs::write(&plan, text.replace(&name, &format!("name: \"{bad}\""))).unwrap();
        let scenario = format!(
            "outlast-scenario: 1\nname: \"{bad}\"\nabout: \"{bad}\"\nhorizon: 1d\n\
             events: [{{at: 0min, fail: clinic-net}}]\n"
        );
        fs::write(here.path().join("own.yaml"), scenario).unwrap();
        let (html, json) = report(here.path(), &["./clinic", "own.yaml"]);
        assert!(!html.contains("<script"), "markup got through");
        let is_tricky =
            |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!html.contains(is_tricky) && !json.contains(is_tricky));
        let longest = html.split("<title").map(|at| at.split('<').next().unwrap().len()).max();
        assert!(longest.unwrap() < 1_000, "a title without end");
        let document: Value = serde_json::from_str(&json).unwrap();
        for figure in figures(&html) {
            figure.check(&document);
        }
    }
}

#[test]
fn a_scenario_that_does_not_apply_is_said_to() {
    let here = tempfile::tempdir().unwrap();
    let (html, _) = report(here.path(), &["clinic", "vdi-farm-lost"]);
    assert!(section(&html, "summary").contains("does not apply"));
    assert!(section(&html, "over-time").contains("Nothing of this scenario applies"));
}

#[test]
fn a_plan_without_objectives_is_said_to_have_none() {
    let here = tempfile::tempdir().unwrap();
    let (html, _) = report(here.path(), &["example-1", "isp-lost"]);
    assert!(section(&html, "verdicts").contains("The plan sets no objectives"));
}

#[test]
fn what_is_there_stays_without_force() {
    let here = tempfile::tempdir().unwrap();
    let folder = here.path().join("out");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("report.json"), "mine").unwrap();
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    let said = refused(here.path(), &["clinic", "isp-lost", "--out", "out"]);
    assert_eq!(
        said,
        "error: `out/report.json` is there already\n  help: `--force` overwrites it\n"
    );
    assert!(!folder.join("report.html").exists(), "half of it was written");
    report(here.path(), &["clinic", "isp-lost"]);
    let names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert_eq!(fs::read_to_string(folder.join("notes.txt")).unwrap(), "mine");
}

#[test]
fn wrong_folders_and_days_are_refused_before_work_begins() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("file"), "").unwrap();
    fs::create_dir_all(here.path().join("odd/report.html")).unwrap();
    let with = |out: &str| refused(here.path(), &["clinic", "isp-lost", "--out", out]);
    assert!(with("file").contains("`file` is a file, and a report is a folder of files"));
    assert!(with("-").contains("`-` is no folder"));
    assert!(with("file/below").contains("part of its path is no folder"));
    assert!(with("odd").contains("it is a folder"));
    let said =
        refused(here.path(), &["clinic", "isp-lost", "--out", "out", "--date", "2026-02-30"]);
    assert!(said.contains("`--date`: `2026-02-30` is no day"), "{said}");
    let said = refused(here.path(), &["clinic", "isp-lost"]);
    assert!(said.contains("--out <FOLDER>"), "{said}");
    assert!(!here.path().join("out").exists());
}

#[test]
fn an_input_is_never_written_over() {
    let here = tempfile::tempdir().unwrap();
    let scenario = "outlast-scenario: 1\nname: Own\nabout: own\nhorizon: 1d\n\
                    events: [{at: 0min, fail: clinic-net}]\n";
    fs::write(here.path().join("report.json"), scenario).unwrap();
    let words = ["clinic", "report.json", "--out", ".", "--force"];
    let said = refused(here.path(), &words);
    assert!(said.contains("is a file that the answer is made from"), "{said}");
    assert_eq!(fs::read_to_string(here.path().join("report.json")).unwrap(), scenario);
}

#[test]
fn people_are_told_the_verdicts_and_where_the_files_are() {
    let here = tempfile::tempdir().unwrap();
    let words = ["report", "clinic", "isp-lost", "--out", "out"];
    let output = outlast(here.path(), &words);
    insta::assert_snapshot!("report-answer", String::from_utf8(output.stdout).unwrap());
    let quiet = outlast(here.path(), &[&words[..], &["--force", "--quiet"]].concat());
    assert!(quiet.stdout.is_empty() && quiet.stderr.is_empty() && quiet.status.success());
    let failing = outlast(here.path(), &[&words[..], &["--force", "--fail-on", "missed"]].concat());
    assert_eq!(failing.status.code(), Some(1));
}

/// A line a break, so that a change shows where it is.
fn broken(html: &str) -> String {
    html.replace("><", ">\n<")
}

#[test]
fn a_summary_and_a_chart() {
    let here = tempfile::tempdir().unwrap();
    let (html, json) = report(here.path(), &["clinic", "isp-lost", "--date", "2026-11-24"]);
    let summary = section(&html, "summary");
    let (before, rest) = summary.split_once("<svg ").unwrap();
    let (_, after) = rest.split_once("</svg>").unwrap();
    insta::assert_snapshot!("report-summary", broken(&format!("{before}…{after}")));
    let document: ReportDocument = serde_json::from_str(&json).unwrap();
    let (_, chart) = pictures(&document).swap_remove(1);
    let (_, drawn) = chart.split_once("</style>\n").unwrap();
    insta::assert_snapshot!("report-chart", drawn);
}

/// `OUTLAST_UPDATE=1 cargo test -p outlast-cli --test report pictures` writes them.
#[test]
fn pictures_of_the_documentation_are_current() {
    let here = tempfile::tempdir().unwrap();
    let scenarios = ["conduit-cut", "corporate-systems-lost", "disaster", "isp-lost"];
    let (_, json) = report(here.path(), &[&["bank"], &scenarios[..]].concat());
    let document: ReportDocument = serde_json::from_str(&json).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures");
    let shown = pictures(&document);
    for (name, wanted) in [("states", "states"), ("over-time", scenarios[0])] {
        let (_, picture) = shown.iter().find(|(name, _)| name == wanted).unwrap();
        let path = folder.join(format!("report-{name}.svg"));
        if std::env::var_os("OUTLAST_UPDATE").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, picture).unwrap();
        }
        let there = fs::read_to_string(&path).unwrap_or_default();
        assert!(there == *picture, "{} is not current: OUTLAST_UPDATE=1", path.display());
    }
}
