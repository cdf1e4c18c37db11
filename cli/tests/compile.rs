//! The compiled plan as other programs read it.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;

use assert_cmd::Command;
use outlast_reports::CompiledDocument;
use outlast_reports::document::CapacityDocument;

/// Two lines out of one office whose power has a battery, and seats for half of it at
/// another.
const TINY: &str = "\
outlast: 1
name: Tiny
sites:
  a: {kind: office, power: {feeds: [grid], ups: 20min}}
  b: {kind: office, seats: 5}
circuits:
  one: {from: a, to: internet}
  two: {from: a, to: internet}
  other: {from: b, to: internet}
queues: {q: {priority: 1}}
objectives: [{queue: q, mbco: 50%}]
groups:
  team:
    {agents: 10, work_at: [a, b], phones: webrtc-embedded, access: internet, queue: q}
";

fn outlast(words: &[&str]) -> String {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), TINY).unwrap();
    let output =
        Command::cargo_bin("outlast").unwrap().current_dir(here.path()).args(words).output();
    let output = output.unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

fn compiled() -> CompiledDocument {
    serde_json::from_str(&outlast(&["compile", ".", "--format", "json"])).unwrap()
}

#[test]
fn people_are_told_how_large_it_is() {
    insta::assert_snapshot!(outlast(&["compile", "."]));
}

#[test]
fn it_stands_in_no_list_of_commands() {
    assert!(!outlast(&["--help"]).contains("compile"));
}

#[test]
fn a_battery_holds_while_its_feed_does() {
    let document = compiled();
    let says = |n: u32| document.network.inputs[n as usize].says.as_str();
    let [reserve] = &document.network.reserves[..] else { panic!("one battery") };
    assert_eq!(says(reserve.input), "reserve a");
    assert_eq!(reserve.feeds.iter().map(|n| says(*n)).collect::<Vec<_>>(), ["up grid"]);
    let grid = document.failures.iter().find(|failure| failure.id == "grid").unwrap();
    assert_eq!(grid.takes, reserve.feeds);
}

#[test]
fn an_agent_takes_one_of_the_seats_that_are_few() {
    let document = compiled();
    let seats =
        document.resources.iter().position(|one| one.id == "b" && one.unit == "seats").unwrap();
    assert_eq!(document.resources[seats].capacity, CapacityDocument::Fixed(5_000));
    let [cohort] = &document.cohorts[..] else { panic!("one cohort") };
    assert_eq!((cohort.agents, &cohort.objectives[..]), (10, &[0][..]));
    let loads = cohort.ways.iter().flat_map(|way| &way.loads);
    let of_seats: Vec<_> = loads.filter(|load| load.0 as usize == seats).collect();
    assert!(!of_seats.is_empty() && of_seats.iter().all(|load| load.1 == 1000));
    assert_eq!((document.objectives[0].of.as_str(), document.objectives[0].need), ("q", 5));
}
