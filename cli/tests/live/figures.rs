//! The screens show what `run` and `explain` print, and the command that each shows
//! prints it.

use assert_cmd::Command;
use outlast_reports::document::{
    BothDocument, CountDocument, MomentDocument, OutcomeDocument, RunDocument, RunsDocument, Tally,
};
use outlast_reports::number::grouped;
use outlast_reports::{ExplainDocument, Named};

use super::session::{Session, at};

/// What the command that a screen shows prints.
fn printed(command: &str, format: &str) -> String {
    let here = tempfile::tempdir().unwrap();
    let words = command.strip_prefix("outlast ").unwrap().replace('\'', "");
    // None of these plans, scenarios and groups has a blank in its name; a time may.
    let words: Vec<String> = match words.split_once("--at ") {
        None => words.split(' ').map(str::to_owned).collect(),
        Some((before, after)) => {
            let (at, options) = after.split_once(" --").unwrap_or((after, ""));
            let options = options.split(' ').filter(|word| !word.is_empty());
            let mut options: Vec<String> = options.map(str::to_owned).collect();
            if let Some(first) = options.first_mut() {
                first.insert_str(0, "--");
            }
            let before = before.trim_end().split(' ').map(str::to_owned);
            before.chain(["--at".to_owned(), at.to_owned()]).chain(options).collect()
        }
    };
    let mut outlast = Command::cargo_bin("outlast").unwrap();
    let output = outlast.current_dir(here.path()).args(&words).args(["--format", format]);
    let output = output.output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn run(command: &str) -> RunDocument {
    let mut document: RunsDocument = serde_json::from_str(&printed(command, "json")).unwrap();
    document.runs.remove(0)
}

/// Whether a line of the screen begins with a name and goes on with these words.
fn shows(screen: &str, name: &str, words: &[String]) -> bool {
    screen.lines().any(|line| {
        let line = line.trim_start_matches(['>', ' ']);
        let rest = line.strip_prefix(name).filter(|rest| rest.starts_with(' '));
        rest.is_some_and(|rest| {
            let mut shown = rest.split_whitespace();
            words.iter().all(|word| shown.next() == Some(word))
        })
    })
}

fn tallies(screen: &str, what: &str, all: &Named<Tally>) {
    let all_of = |figure: fn(&Tally) -> u64| all.iter().any(|(_, tally)| figure(tally) > 0);
    let (impaired, moving) = (all_of(|tally| tally.impaired), all_of(|tally| tally.in_transit));
    assert!(!all.is_empty());
    for (name, tally) in all.iter() {
        let mut figures = vec![tally.working];
        figures.extend(impaired.then_some(tally.impaired));
        figures.extend(moving.then_some(tally.in_transit));
        figures.extend([tally.stranded, tally.on_shift]);
        let words: Vec<String> = figures.into_iter().map(grouped).collect();
        assert!(shows(screen, name, &words), "{what}: {name} {words:?}\n{screen}");
    }
}

fn objectives(screen: &str, all: &[CountDocument]) {
    for one in all {
        let met = if one.met { "yes" } else { "NO" };
        let words =
            format!("{}  {} {} {met}", one.objective, grouped(one.counted), grouped(one.need));
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(squeezed(screen).contains(&squeezed(&words)), "{words}\n{screen}");
    }
}

/// The figures of one screen: stage and steering as the keys have set them.
fn compare(session: &mut Session<'_>, moment: &MomentDocument, outcome: &OutcomeDocument) {
    let breakdowns = [&outcome.by_site, &outcome.by_group, &outcome.by_queue, &outcome.by_phone];
    for (what, all) in ["sites", "groups", "queues", "phones"].iter().zip(breakdowns) {
        let screen = session.screen(140, 60);
        tallies(&screen, what, all);
        objectives(&screen, &outcome.objectives);
        let all = &outcome.all;
        let says = format!("{} of {} work", grouped(all.working), grouped(all.on_shift));
        assert!(screen.lines().nth(1).unwrap().contains(&says), "{says}\n{screen}");
        assert!(screen.lines().nth(1).unwrap().contains(&moment.hour), "{screen}");
        session.keys("b");
    }
}

#[test]
fn every_figure_of_the_overview_is_that_of_run() {
    let scenarios = ["data-center-lost:dc-york", "private-network-lost", "pandemic"];
    at("bank", &scenarios, |session| {
        for _ in scenarios {
            let document = run(&session.state.command());
            assert_eq!(Some(&document), session.state.run());
            for moment in &document.moments {
                for both in [&moment.moved, &moment.untouched, &moment.settled] {
                    let BothDocument { left_alone, directed } = both;
                    compare(session, moment, left_alone);
                    session.keys("a");
                    compare(session, moment, directed);
                    session.keys("at");
                }
                session.keys("]");
            }
            session.keys("n");
        }
    });
}

/// Where facts are not known, a screen shows what is certain and what is possible.
#[test]
fn what_is_not_known_is_shown_between_two_figures() {
    let here = tempfile::tempdir().unwrap();
    let path = here.path().join("plan.yaml");
    let plan = "outlast: 1
name: Unsure
sites: {york: {kind: office}}
circuits: {york-net: {from: york, to: internet, capacity: unknown}}
groups: {sales: {agents: 40, work_at: [york], phones: webrtc-embedded, access: [internet]}}
";
    std::fs::write(&path, plan).unwrap();
    at(path.to_str().unwrap(), &["nothing-fails"], |session| {
        let Some(document) = session.state.run().cloned() else { panic!("no run") };
        if let Some(span) = document.between(0, |one| &one.moved.left_alone.all) {
            let says = format!("{}-{} of 40 work", span.certain, span.possible);
            assert!(session.screen(100, 30).contains(&says), "{}", session.screen(100, 30));
        } else {
            panic!("nothing is open in it: {}", document.verdict);
        }
    });
}

/// Whatever is tried, the command on the screen answers with the same document.
#[test]
fn the_command_on_the_screen_gives_the_same_answer() {
    at("bank", &["isp-lost", "national-blackout"], |session| {
        let keys = ["2jjljjf", "jjd60\n", "/vpn\nfjf", "u", "\u{1b}gf", "n", "/grid\njr", "x", "u"];
        for keys in keys {
            session.keys(keys);
            let command = session.state.command();
            assert_eq!(Some(&run(&command)), session.state.run(), "{command}");
        }
        session.keys("3]]j");
        for keys in ["", "jj", "]", "n"] {
            session.keys(keys);
            let command = session.state.command();
            let document: ExplainDocument =
                serde_json::from_str(&printed(&command, "json")).unwrap();
            assert_eq!(Some(&document), session.state.explanation(), "{command}");
            let page = printed(&command, "human");
            let shown = session.screen(120, 60);
            for line in page.lines().take(20) {
                assert!(shown.contains(line.trim_end()), "{command}: {line}\n{shown}");
            }
        }
    });
}
