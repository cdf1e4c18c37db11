//! Scenarios in files that other scenarios include.

use std::collections::BTreeMap;

use outlast_models::Sources;
use outlast_models::diagnostic::render;
use outlast_scenarios::{Bound, Candidate, bind_draft, draft};

use crate::common::{sample, shown};

/// Binds `start` to the starter plan; the folder holds these other files. What
/// went wrong comes as people see it.
fn bound(start: &str, files: &[(&str, &str)], arguments: &[&str]) -> Result<Bound, String> {
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    let mut sources = Sources::new();
    let file = sources.add("plans/start.yaml", whole(start));
    let mut draft = draft(&mut sources, file);
    if let Some(scenario) = &mut draft.scenario {
        "start.yaml".clone_into(&mut scenario.id);
    }
    let mut load = |folder: &str, name: &str| {
        let path = format!("{folder}/{}", name.trim_start_matches("./"));
        let found = files.get(path.trim_start_matches('/'));
        found.map(|text| whole(text)).ok_or_else(|| "there is no such file".to_owned())
    };
    let arguments: Vec<String> = arguments.iter().map(|text| (*text).to_owned()).collect();
    let choose = &mut |of: &[Candidate]| of[0].id.clone();
    let (bound, mistakes) =
        bind_draft(&draft, &sample("starter"), &arguments, &mut sources, &mut load, choose);
    match bound {
        Some(bound) if mistakes.is_empty() => Ok(bound),
        _ => Err(render(&mistakes, &sources, false)),
    }
}

fn whole(text: &str) -> String {
    format!("outlast-scenario: 1\nname: Test\n{text}")
}

#[test]
fn files_stand_where_the_including_file_stands() {
    let files = [
        (
            "parts/all.yaml",
            "events:\n  - {at: 1h, include: ./one.yaml}\n  - include: sub/two.yaml\n",
        ),
        ("parts/one.yaml", "events:\n  - {at: 30min, fail: york}\n"),
        ("parts/sub/two.yaml", "events:\n  - {fail: leeds}\n"),
    ];
    let bound = bound("events:\n  - {at: 2h, include: parts/all.yaml}\n", &files, &[]).unwrap();
    assert_eq!(shown(&bound), "2h on: fail leeds\n3h 30min on: fail york");
}

#[test]
fn arguments_are_handed_on_to_files() {
    let files = [(
        "part.yaml",
        "takes:\n  what: {kind: site}\n  left: {kind: share}\nevents:\n\
         \x20 - {degrade: $what, to: $left}\n  - {at: 1h, include: \"site-evacuated:leeds\"}\n",
    )];
    let start = "takes: {where: {kind: site}}\nevents:\n\
                 \x20 - {include: \"./part.yaml:left=40%:$where\"}\n";
    let bound = bound(start, &files, &["york"]).unwrap();
    let events: Vec<&str> = bound.events.iter().map(|event| event.text.as_str()).collect();
    assert_eq!(events, ["degrade york to 40%", "evacuate leeds"]);
}

#[test]
fn how_long_a_file_is_looked_at_by_itself_is_no_matter() {
    let files = [("part.yaml", "horizon: 1h\nevents:\n  - {at: 100h, fail: york}\n")];
    let bound = bound("horizon: 200h\nevents:\n  - include: ./part.yaml\n", &files, &[]).unwrap();
    assert_eq!(shown(&bound), "4d 4h on: fail york");
}

#[test]
fn a_file_is_read_once() {
    let start = "events:\n  - include: ./a.yaml\n  - {at: 1h, include: a.yaml}\n";
    let says = bound(start, &[("a.yaml", "events:\n  - {fail: yorkk}\n")], &[]).unwrap_err();
    assert_eq!(says.matches("yorkk`").count(), 1, "{says}");
}

#[test]
fn circles_are_shown() {
    let files = [
        ("x/b.yaml", "events:\n  - include: ./c.yaml\n"),
        ("x/c.yaml", "events:\n  - include: b.yaml\n"),
    ];
    let says = bound("events:\n  - {at: 1h, include: ./x/b.yaml}\n", &files, &[]).unwrap_err();
    insta::assert_snapshot!(says);
}

#[test]
fn what_is_wrong_in_an_included_file_is_shown_there_with_all_the_rest() {
    let files = [("part.yaml", "events:\n  - {at: 5, fail: yorkk}\n  - {fail: leeds, too: 1}\n")];
    let start =
        "events:\n  - {fail: leedss}\n  - {include: ./part.yaml:x}\n  - {include: ./no.yaml}\n";
    insta::assert_snapshot!(bound(start, &files, &[]).unwrap_err());
}

#[test]
fn few_files_do_not_make_events_without_end() {
    let twice = |name: &str| format!("events:\n  - include: ./{name}\n  - include: ./{name}\n");
    let names: Vec<(String, String)> =
        (0..14).map(|n| (format!("f{n}.yaml"), twice(&format!("f{}.yaml", n + 1)))).collect();
    let mut files: Vec<(&str, &str)> =
        names.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    files.push(("f14.yaml", "events:\n  - {fail: york}\n"));
    let says = bound("events:\n  - include: ./f0.yaml\n", &files, &[]).unwrap_err();
    assert!(says.contains("more than 1000 scenarios"), "{says}");
    let says = bound("events:\n  - include: ./g0.yaml\n", &chain(), &[]).unwrap_err();
    assert!(says.contains("more than 16 deep"), "{says}");
}

/// Files that include one another in a row.
fn chain() -> Vec<(&'static str, &'static str)> {
    let leaked = |text: String| -> &'static str { text.leak() };
    let text = |n: usize| format!("events:\n  - include: ./g{}.yaml\n", n + 1);
    (0..20).map(|n| (leaked(format!("g{n}.yaml")), leaked(text(n)))).collect()
}
