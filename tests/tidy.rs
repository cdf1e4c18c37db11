//! The tree's Rust sources stay short, finished and free of the machine they
//! were written on.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const FILE_LINES: usize = 600;
const FUNCTION_LINES: usize = 70;

/// What no source may say, in pieces so that this file does not say it either.
const BANNED: &[(&str, &str)] = &[
    (concat!("TO", "DO"), "is unfinished"),
    (concat!("FIX", "ME"), "is unfinished"),
    (concat!("to", "do!("), "is unfinished"),
    (concat!("unimple", "mented!("), "is unfinished"),
    (concat!("/wo", "rk/"), "names a path of one machine"),
    (concat!("/ro", "ot/"), "names a path of one machine"),
    (concat!("/us", "r/"), "names a path of one machine"),
    (concat!("/tm", "p/"), "names a path of one machine"),
    (concat!("crates", ".io"), "names a registry"),
    (concat!("arti", "factory"), "names a registry"),
];

#[test]
fn sources_are_tidy() {
    let mut faults = String::new();
    for (name, text) in sources() {
        let mut fault =
            |line: usize, what: &str| writeln!(faults, "{name}:{line}: {what}").unwrap();
        let lines: Vec<&str> = text.lines().collect();
        if lines.len() > FILE_LINES {
            fault(1, &format!("{} lines, at most {FILE_LINES}", lines.len()));
        }
        if !text.starts_with("//! ") {
            fault(1, "does not begin by saying what it is for (`//! …`)");
        }
        for (line, function, length) in functions(&lines) {
            if length > FUNCTION_LINES {
                fault(line, &format!("`{function}` has {length} lines, at most {FUNCTION_LINES}"));
            }
        }
        for (at, line) in lines.iter().enumerate() {
            for (word, why) in BANNED.iter().filter(|(word, _)| line.contains(word)) {
                fault(at + 1, &format!("`{word}` {why}"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// Every Rust source of the tree by its path, in order.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() && !name.starts_with('.') && name != "target" {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// The line, name and length of the body of each function. Sources are
/// formatted, so a body ends at the first brace that stands as far in as `fn`.
fn functions<'a>(lines: &[&'a str]) -> Vec<(usize, &'a str, usize)> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line).filter(|_| !line.ends_with(';')) else { continue };
        let indent = &line[..line.len() - line.trim_start().len()];
        let end = lines[at..].iter().position(|line| line.strip_prefix(indent) == Some("}"));
        found.push((at + 1, name, end.unwrap_or(0).saturating_sub(1)));
    }
    found
}

fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let only_marks = before
        .split_whitespace()
        .all(|word| word.starts_with("pub") || ["const", "async", "unsafe"].contains(&word));
    only_marks.then(|| after.split(['(', '<']).next()).flatten()
}

/// `Cargo.toml` names licences; their texts lie beside it.
#[test]
fn licences_lie_beside_what_names_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let read = |name: &str| fs::read_to_string(root.join(name)).unwrap();
    assert!(read("Cargo.toml").contains("license = \"MIT OR Apache-2.0\""));
    assert!(read("LICENSE-MIT").starts_with("Copyright (c) The Outlast authors\n"));
    assert!(read("LICENSE-MIT").contains("Permission is hereby granted, free of charge"));
    assert!(read("LICENSE-APACHE").contains("Version 2.0, January 2004"));
}
