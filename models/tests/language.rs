//! The page on the language and the reader agree: its examples are one valid
//! plan, every key of its tables is used in them, and every key that the reader
//! knows stands on the page.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod page;

use std::collections::BTreeSet;

use outlast_models::catalogue::{BUILT_IN, PhoneKind, SERVICES};
use outlast_models::figures::FIGURES;
use outlast_models::rates::{BETA, HIT, LASTS, PER_YEAR, RATES};
use outlast_models::units::Millis;
use outlast_models::yaml::{self, Key, Node, Value};
use outlast_models::{Diagnostic, Place, Sources, diagnostic, read};
use page::{examples, load, page};

fn tree(page: &str) -> (Sources, Node) {
    let mut sources = Sources::new();
    let file = sources.add("plan-language.md", examples(page));
    let tree = yaml::parse(file, sources.text(file));
    let tree = tree.map_err(|errors| diagnostic::render(&errors, &sources, false)).unwrap();
    (sources, tree)
}

#[test]
fn examples_are_one_valid_plan() {
    let (sources, tree) = tree(&page());
    if let Err(errors) = read::plan_from_tree(&tree, &mut load) {
        panic!("{}", diagnostic::render(&errors, &sources, false));
    }
}

fn keys_of(node: &Node, into: &mut BTreeSet<String>) {
    for (key, inner) in node.entries() {
        into.insert(key.text.clone());
        keys_of(inner, into);
    }
    if let Value::Seq(items) = &node.value {
        for item in items {
            keys_of(item, into);
        }
    }
}

/// The words in backticks of a line's first cell.
fn first_cell(line: &str) -> Vec<&str> {
    let cell = line.trim_start_matches('|').split('|').next().unwrap_or_default();
    cell.split('`').skip(1).step_by(2).collect()
}

/// Addresses reserved for documentation are what INT-05 refuses.
#[test]
fn no_example_has_an_address_that_is_refused() {
    for block in ["192.0.2.", "198.51.100.", "203.0.113."] {
        assert!(!page().contains(block), "{block}");
    }
}

#[test]
fn every_documented_key_is_used() {
    let page = page();
    let mut used = BTreeSet::new();
    keys_of(&tree(&page).1, &mut used);
    let mut in_keys = false;
    for line in page.lines() {
        in_keys = if line.starts_with("| key |") { true } else { in_keys && line.starts_with('|') };
        if in_keys && line.starts_with("| `") {
            for key in first_cell(line) {
                assert!(used.contains(key), "no example has `{key}`: {line}");
            }
        }
    }
}

/// Calls `with` on each map of the tree, with a key added that does not exist.
fn with_stray_keys(tree: &Node, with: &mut dyn FnMut(&Node)) {
    fn paths(node: &Node, at: &[usize], into: &mut Vec<Vec<usize>>) {
        let children: Vec<&Node> = match &node.value {
            Value::Map(entries) => {
                into.push(at.to_vec());
                entries.iter().map(|(_, node)| node).collect()
            }
            Value::Seq(items) => items.iter().collect(),
            Value::Scalar { .. } | Value::Empty => Vec::new(),
        };
        for (index, child) in children.into_iter().enumerate() {
            paths(child, &[at, &[index]].concat(), into);
        }
    }
    let mut all = Vec::new();
    paths(tree, &[], &mut all);
    for path in all {
        let mut changed = tree.clone();
        let mut node = &mut changed;
        for index in path {
            node = match &mut node.value {
                Value::Map(entries) => &mut entries[index].1,
                Value::Seq(items) => &mut items[index],
                Value::Scalar { .. } | Value::Empty => unreachable!("a path leads through maps"),
            };
        }
        let place = Place { line: 1, column: 1, ..Place::BUILT_IN };
        let Value::Map(entries) = &mut node.value else { unreachable!("a path leads to a map") };
        let key = Key { text: "no-such-key-anywhere".to_owned(), place };
        entries.push((key, Node { place, value: Value::Empty }));
        with(&changed);
    }
}

fn known_keys(errors: &[Diagnostic]) -> Vec<String> {
    let helps = errors.iter().filter(|error| error.code == "unknown-key");
    let lists = helps.filter_map(|error| error.help.as_deref()?.strip_prefix("keys: "));
    lists.flat_map(|list| list.split(", ").map(str::to_owned)).collect()
}

#[test]
fn every_known_key_is_documented() {
    let page = page();
    let (_, tree) = tree(&page);
    let mut known = BTreeSet::new();
    with_stray_keys(&tree, &mut |changed| {
        if let Err(errors) = read::plan_from_tree(changed, &mut load) {
            known.extend(known_keys(&errors));
        }
    });
    assert!(known.len() > 100, "only {} keys known", known.len());
    for key in &known {
        let shown = [format!("`{key}`"), format!("{key}: "), format!("{{{key}"), format!("{key},")];
        assert!(shown.iter().any(|form| page.contains(form)), "`{key}` is not on the page");
    }
}

#[test]
fn every_rate_is_documented() {
    let page = page();
    for spec in RATES {
        let [mtbf, mttr] = [spec.mtbf, spec.mttr].map(|usual| {
            let [low, value, high] = [usual.low, usual.value, usual.high].map(Millis::in_years);
            format!("`{value}` | {low} to {high}")
        });
        let (kind, source, says) = (spec.kind, spec.source, spec.says);
        let row = format!("| `{kind}` | {mtbf} | {mttr} | {source} | {says} |\n");
        assert!(page.contains(&row), "missing: {row}");
    }
    let rows = page.lines().skip_while(|line| !line.starts_with("| kind | `mtbf` |"));
    let rows = rows.skip(2).take_while(|line| line.starts_with('|')).count();
    assert_eq!(rows, RATES.len(), "the page has a rate that does not exist");
    let words = [
        format!("`{}` (*assumption*; plausible {} to {})", BETA.value, BETA.low, BETA.high),
        format!("is {} (plausible {} to {})", PER_YEAR.value, PER_YEAR.low, PER_YEAR.high),
        format!("is {} (plausible {} to {})", LASTS.value, LASTS.low, LASTS.high),
        format!("(`unknown` is {})", HIT.value),
    ];
    for words in words {
        assert!(page.contains(&words), "missing: {words}");
    }
}

#[test]
fn every_figure_service_phone_and_component_is_documented() {
    let page = page();
    for figure in FIGURES {
        let from = if figure.source == "language" { "ours" } else { figure.source };
        let row = format!(
            "| `{}` | `{}` | {} | {from} | {} |\n",
            figure.id, figure.default, figure.range, figure.says
        );
        assert!(page.contains(&row), "missing: {row}");
    }
    let rows = page.lines().skip_while(|line| !line.starts_with("| id | default | plausible"));
    let rows = rows.skip(2).take_while(|line| line.starts_with('|')).count();
    assert_eq!(rows, FIGURES.len(), "the page has a figure that does not exist");
    let services = SERVICES.iter().map(|service| service.id);
    let phones = PhoneKind::ALL.iter().map(|kind| kind.word());
    for word in services.chain(phones).chain(BUILT_IN.iter().map(|(id, _)| *id)) {
        assert!(page.contains(&format!("`{word}`")), "`{word}` is not on the page");
    }
}
