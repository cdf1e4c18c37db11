//! Every plan of the library reads without a mistake.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};

use outlast_models::{Plan, Sources, diagnostic, read};

fn read_plan(path: &Path) -> Result<Plan, String> {
    let mut sources = Sources::new();
    let text = std::fs::read_to_string(path).unwrap();
    let file = sources.add(path.file_name().unwrap().to_string_lossy(), text);
    let folder = path.parent().unwrap().to_path_buf();
    let mut load =
        |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    read::plan(&mut sources, file, &mut load)
        .map_err(|errors| diagnostic::render(&errors, &sources, false))
}

fn plans() -> Vec<PathBuf> {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/library/plans");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(library).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.push(path.join("plan.yaml"));
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn the_library_reads() {
    let plans = plans();
    assert!(plans.len() >= 3);
    for path in plans {
        if let Err(message) = read_plan(&path) {
            panic!("{}:\n{message}", path.display());
        }
    }
}
