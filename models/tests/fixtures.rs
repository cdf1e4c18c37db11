//! Plans with one fault each, and what is said about it; valid plans read.
//!
//! `OUTLAST_UPDATE=1 cargo test -p outlast-models --test fixtures` writes the
//! expected messages anew; look at the difference before it is committed.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};

use outlast_models::{Plan, Sources, diagnostic, read};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(name)
}

fn plans_in(name: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder(name)).unwrap();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    found.sort();
    found
}

fn load(path: &str) -> Result<String, String> {
    match path {
        "direct.pac" => Ok("function FindProxyForURL() { return \"DIRECT\"; }".to_owned()),
        _ if path.starts_with("roster") => {
            let found = ["invalid", "valid"].map(|name| folder(name).join(path));
            let text = found.iter().find_map(|path| std::fs::read_to_string(path).ok());
            text.ok_or_else(|| "no such file".to_owned())
        }
        _ => Err("no such file".to_owned()),
    }
}

fn read_plan(path: &Path) -> Result<Plan, String> {
    let mut sources = Sources::new();
    let text = std::fs::read_to_string(path).unwrap();
    let file = sources.add(path.file_name().unwrap().to_string_lossy(), text);
    read::plan(&mut sources, file, &mut load)
        .map_err(|errors| diagnostic::render(&errors, &sources, false))
}

#[test]
fn every_fault_has_its_message() {
    let update = std::env::var_os("OUTLAST_UPDATE").is_some();
    let plans = plans_in("invalid");
    assert!(plans.len() >= 60, "only {} faults", plans.len());
    let mut wrong = Vec::new();
    for path in plans {
        let message = match read_plan(&path) {
            Ok(_) => "no fault found\n".to_owned(),
            Err(message) => message,
        };
        let expected = path.with_extension("txt");
        if update {
            std::fs::write(&expected, &message).unwrap();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != message {
            wrong.push(format!("{}:\n{message}", path.display()));
        }
        if message.starts_with("no fault") {
            wrong.push(format!("{}: no fault found", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn valid_plans_read() {
    let plans = plans_in("valid");
    assert!(!plans.is_empty());
    for path in plans {
        if let Err(message) = read_plan(&path) {
            panic!("{}:\n{message}", path.display());
        }
    }
}
