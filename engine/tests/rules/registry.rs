//! The registry: complete, in order, and nothing is cited that it lacks.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use outlast_engine::rules::own::OWN;
use outlast_engine::rules::{self, Family, RULES, rule};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

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
fn a_rule_is_found_as_people_type_it() {
    for typed in ["prx-7", "PRX-07", " prx7 ", "Prx 007", "prx_7", "turn-inspected-by-proxy"] {
        assert_eq!(rules::find(typed).map(|rule| rule.id), Some("PRX-07"), "{typed:?}");
    }
    for typed in ["prx", "7", "", "prx-", "prx-0", "prx-77", "prxx-7", "prx-7-1", "prx--7 x", "é7"]
    {
        assert_eq!(rules::find(typed).map(|rule| rule.id), None, "{typed:?}");
    }
}

#[test]
fn a_family_is_found_by_its_letters() {
    let family = |typed| rules::family_of(typed).map(|rules| rules[0].family);
    assert_eq!(family("prx-77"), Some(Family::Proxies));
    assert_eq!(family("Bcp"), Some(Family::Continuity));
    assert_eq!(family("pr-7"), None);
}

#[test]
fn every_page_belongs_to_a_rule() {
    for entry in std::fs::read_dir(here("rules")).unwrap() {
        let path = entry.unwrap().path();
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let own = || OWN.iter().find(|own| own.id == id).map(|own| own.text);
        assert_eq!(rule(&id).map(|rule| rule.text).or_else(own), Some(text.as_str()), "{id}");
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
    let strangers: Vec<&String> = ids.iter().filter(|id| rules::title(id).is_none()).collect();
    assert!(strangers.is_empty(), "{strangers:?}");
}
