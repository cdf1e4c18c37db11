//! Reading: everything shipped reads, and wrong scenarios are told what is wrong.

use std::path::{Path, PathBuf};

use outlast_models::Sources;
use outlast_models::diagnostic::render;
use outlast_scenarios::{
    Candidate, bind_draft, draft, library, names, near_plan, near_scenario, plan_sample, read,
    scenario,
};

use crate::common::sample;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn every_shipped_scenario_reads() {
    for name in names().scenarios {
        let mut sources = Sources::new();
        let file = sources.add(name, scenario(name).unwrap());
        let read = read(&mut sources, file)
            .unwrap_or_else(|mistakes| panic!("{}", render(&mistakes, &sources, false)));
        assert_eq!(read.id, name);
        assert!(read.about.len() > 200, "`{name}` says too little about itself");
    }
}

#[test]
fn the_folder_and_the_list_agree() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("library");
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".yaml").map(str::to_owned))
        .collect();
    found.sort_unstable();
    let mut listed = names().scenarios;
    listed.sort_unstable();
    assert_eq!(found, listed);
}

#[test]
fn bare_names() {
    assert!(plan_sample("bank").is_some_and(|sample| sample.file("pac/legacy.pac").is_some()));
    assert!(plan_sample("banc").is_none());
    assert_eq!(near_plan("banc"), Some("bank"));
    assert_eq!(near_scenario("data-centre-lost"), Some("data-center-lost"));
    assert!(scenario("data-center-lost:dc-york").is_none());
    assert!(library::PLANS.iter().all(|sample| sample.plan().contains("outlast: 1")));
}

#[test]
fn the_starter_is_short() {
    let lines = plan_sample("starter").unwrap().plan().lines().count();
    assert!(lines < 80, "{lines} lines");
}

/// One file per fault; what is said about it stands in a snapshot beside.
#[test]
fn wrong_scenarios_are_told_what_is_wrong() {
    let folder = root().join("tests/fixtures/invalid-scenarios");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    files.sort();
    assert!(files.len() >= 20);
    let plan = sample("bank");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path(&folder);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for path in files {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let mut sources = Sources::new();
            let text = std::fs::read_to_string(&path).unwrap();
            let file = sources.add(format!("{name}.yaml"), text);
            let draft = draft(&mut sources, file);
            let load = &mut |_: &str, _: &str| Err("there is no such file".to_owned());
            let choose = &mut |of: &[Candidate]| of[0].id.clone();
            let (_, mistakes) = bind_draft(&draft, &plan, &[], &mut sources, load, choose);
            assert!(!mistakes.is_empty(), "`{name}` should have a mistake");
            insta::assert_snapshot!(name, render(&mistakes, &sources, false));
        }
    });
}
