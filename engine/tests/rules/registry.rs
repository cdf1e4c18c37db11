//! The registry: complete, in order, and nothing is cited that it lacks.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use outlast_engine::rules::{self, Effect, RULES, rule};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Rules that speak of customers' calls only; queues come in a later release.
const WITHOUT_PAGE: [&str; 2] = ["INB-01", "INB-04"];

#[test]
fn ids_are_unique_and_in_order() {
    let keys: Vec<_> = RULES.iter().map(|rule| (rule.family, rule.id)).collect();
    let mut sorted = keys.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(keys, sorted);
    for rule in RULES {
        assert!(rule.id.starts_with(rule.family.prefix()), "{}", rule.id);
    }
}

#[test]
fn numbers_have_no_gaps() {
    for pair in RULES.windows(2) {
        let number = |id: &str| id[4..].parse::<u32>().expect("a number");
        let expected = if pair[0].family == pair[1].family { number(pair[0].id) + 1 } else { 1 };
        assert_eq!(number(pair[1].id), expected, "{}", pair[1].id);
    }
}

#[test]
fn names_are_unique_kebab_case() {
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
    for name in names {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(name.chars().all(plain), "{name}");
    }
}

#[test]
fn a_rule_is_found_by_its_id() {
    assert_eq!(rule("PRX-07").map(|rule| rule.name), Some("turn-inspected-by-proxy"));
    assert!(rule("PRX-99").is_none());
}

#[test]
fn whatever_decides_or_measures_has_a_page() {
    for rule in RULES {
        let decides = rule.has(Effect::Route) || rule.has(Effect::Load);
        let expected = decides && !WITHOUT_PAGE.contains(&rule.id);
        assert!(!expected || rule.docs.is_some(), "{} has no page", rule.id);
    }
}

#[test]
fn every_page_belongs_to_a_rule() {
    for entry in std::fs::read_dir(here("rules")).unwrap() {
        let path = entry.unwrap().path();
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let docs = rule(&id).and_then(|rule| rule.docs);
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(docs, Some(text.as_str()), "{id}");
    }
}

#[test]
fn modules_that_apply_rules_exist() {
    let modules = RULES.iter().flat_map(|rule| rule.applied.split([' ', ',', ';']));
    for module in modules.filter_map(|word| word.strip_prefix("engine::")) {
        let path = here("src").join(module.replace("::", "/")).with_extension("rs");
        assert!(path.exists(), "{}", path.display());
    }
}

/// Every `"PRX-07"` in the sources.
fn cited(folder: &Path, ids: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            cited(&path, ids);
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source");
        ids.extend(text.split('"').filter(|word| is_id(word)).map(str::to_owned));
    }
}

fn is_id(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 6
        && bytes[..3].iter().all(u8::is_ascii_uppercase)
        && bytes[3] == b'-'
        && bytes[4..].iter().all(u8::is_ascii_digit)
}

#[test]
fn whatever_the_engine_cites_is_registered() {
    let mut ids = BTreeSet::new();
    cited(&here("src"), &mut ids);
    assert!(ids.contains("PRX-07"));
    let strangers: Vec<&String> = ids.iter().filter(|id| rule(id).is_none()).collect();
    assert!(strangers.is_empty(), "{strangers:?}");
}

#[test]
fn the_index_is_current() {
    let path = here("../docs/rules.md");
    let text = rules::index();
    if std::env::var_os("OUTLAST_UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/rules.md is not current: run with OUTLAST_UPDATE=1");
}
