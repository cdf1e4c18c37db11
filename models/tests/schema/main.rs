//! The schema of plans and the reader of plans agree.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../page/mod.rs"]
mod page;
mod spoil;
mod validator;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use outlast_models::schema::{self, Key, Language, Shape, of_node};
use outlast_models::yaml::{self, Node};
use outlast_models::{Diagnostic, FileId, read};
use spoil::Way;
use validator::Validator;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn example() -> Node {
    yaml::parse(FileId(0), &page::examples(&page::page())).unwrap()
}

/// What the plan names beside its own files is there, and empty.
fn load(path: &str) -> Result<String, String> {
    page::load(path).or_else(|_| Ok(String::new()))
}

fn refused(tree: &Node) -> Vec<Diagnostic> {
    let read = read::plan_from_tree(tree, &mut load);
    read.err().unwrap_or_default()
}

/// Whether the reader says it of how something is written, not of what it names.
fn is_of_shape(error: &Diagnostic) -> bool {
    const CODES: [&str; 7] = [
        "unknown-key",
        "unread-key",
        "not-unknown",
        "wrong-shape",
        "bad-value",
        "missing-key",
        "unknown-service",
    ];
    CODES.contains(&error.code)
}

/// What may stand at a place, by the schema.
fn shapes<'a>(language: &'a Language, way: &[String]) -> Vec<&'a Shape> {
    way.iter().fold(flat(language, &language.root), |shapes, step| {
        let inner = shapes.into_iter().filter_map(|shape| match shape {
            Shape::Map(keys) => keys.list.iter().find(|key| key.name == step).map(|key| &key.shape),
            Shape::By(_, entry, _) if !step.starts_with('[') => Some(&**entry),
            Shape::List(item) | Shape::Rows(item) if step.starts_with('[') => Some(&**item),
            _ => None,
        });
        inner.flat_map(|shape| flat(language, shape)).collect()
    })
}

fn flat<'a>(language: &'a Language, shape: &'a Shape) -> Vec<&'a Shape> {
    match shape {
        Shape::Any(all) => all.iter().flat_map(|shape| flat(language, shape)).collect(),
        Shape::Named(name) => flat(language, language.definition(name).unwrap()),
        // One alone counts as a list of one.
        Shape::List(item) => std::iter::once(shape).chain(flat(language, item)).collect(),
        _ => vec![shape],
    }
}

fn keys<'a>(shape: &'a Shape, at: &str, with: &mut dyn FnMut(&str, &'a Key)) {
    match shape {
        Shape::Map(of) => {
            for key in &of.list {
                let at = format!("{at}.{}", key.name);
                with(&at, key);
                keys(&key.shape, &at, with);
            }
        }
        Shape::By(_, inner, _) | Shape::List(inner) | Shape::Rows(inner) => keys(inner, at, with),
        Shape::Any(all) => all.iter().for_each(|shape| keys(shape, at, with)),
        Shape::Words(_) | Shape::YesNo | Shape::Leaf(_) | Shape::Named(_) | Shape::Anything => {}
    }
}

fn shown(way: &Way) -> String {
    way.join(".").replace(".[", "[")
}

/// The keys that the reader lists where a map has one that it does not know.
fn listed(errors: &[Diagnostic]) -> Option<BTreeSet<String>> {
    let stray = errors.iter().find(|error| error.message.contains("no-such-key-anywhere"))?;
    let list = stray.help.as_deref()?.strip_prefix("keys: ")?;
    Some(list.split(", ").map(str::to_owned).collect())
}

#[test]
fn every_key_that_is_read_is_in_the_schema_and_no_other() {
    let (language, tree) = (schema::plan(), example());
    let (mut maps, mut wrong) = (0, Vec::new());
    for way in spoil::ways(&tree) {
        let Some(spoilt) = spoil::with_stray_key(&tree, &way) else { continue };
        let Some(read) = listed(&refused(&spoilt)) else { continue };
        let known: BTreeSet<String> = shapes(&language, &way)
            .into_iter()
            .flat_map(|shape| match shape {
                Shape::Map(keys) => keys.list.iter().map(|key| key.name.to_owned()).collect(),
                _ => Vec::new(),
            })
            .collect();
        maps += 1;
        for key in read.difference(&known) {
            wrong.push(format!("{}: the schema lacks `{key}`", shown(&way)));
        }
        for key in known.difference(&read) {
            wrong.push(format!("{}: nobody reads `{key}`", shown(&way)));
        }
    }
    assert!(wrong.is_empty(), "models/src/schema/plan:\n{}", wrong.join("\n"));
    assert!(maps > 70, "only {maps} maps");
}

#[test]
fn every_key_has_a_description_and_an_example() {
    let mut count = 0;
    let language = schema::plan();
    let mut all = vec![("plan", &language.root)];
    all.extend(language.definitions.iter().map(|(name, shape)| (*name, shape)));
    let mut look = |at: &str, key: &Key| {
        count += 1;
        assert!(key.about.len() > 3 && !key.about.ends_with('.'), "{at}: {}", key.about);
        assert!(!key.example.is_empty(), "{at}");
    };
    for (name, shape) in all {
        keys(shape, name, &mut look);
    }
    assert!(count >= 300, "only {count} keys");
}

#[test]
fn every_example_is_valid_where_it_stands() {
    let (language, tree) = (schema::plan(), example());
    let validator = Validator::of(language.document());
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for way in spoil::ways(&tree) {
        for shape in shapes(&language, &way) {
            let Shape::Map(keys) = shape else { continue };
            if !seen.insert(std::ptr::from_ref(shape)) {
                continue;
            }
            for key in &keys.list {
                let Some(changed) = spoil::with_key(&tree, &way, key.name, &key.example) else {
                    continue;
                };
                let at = format!("{}.{}: {}", shown(&way), key.name, key.example);
                let fault = validator.faults(&of_node(&changed)).into_iter().next();
                let error =
                    refused(&changed).into_iter().find(|one| is_of_shape(one) && !is_beyond(one));
                wrong.extend(
                    fault.or(error.map(|one| one.message)).map(|say| format!("{at}: {say}")),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_schema_and_the_reader_take_the_same_words() {
    let (language, tree) = (schema::plan(), example());
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for way in spoil::ways(&tree).into_iter().skip(1) {
        let words: BTreeSet<&str> = shapes(&language, &way)
            .into_iter()
            .flat_map(|shape| if let Shape::Words(words) = shape { words.clone() } else { vec![] })
            .collect();
        if words.is_empty() || !seen.insert((words.clone(), way.last().cloned())) {
            continue;
        }
        for word in &words {
            let errors = refused(&spoil::with(&tree, &way, spoil::value(word)));
            let error = errors.iter().find(|error| is_of_shape(error) && !is_beyond(error));
            wrong.extend(error.map(|one| format!("{} is `{word}`: {}", shown(&way), one.message)));
        }
        for error in refused(&spoil::with(&tree, &way, spoil::value("zzz"))) {
            let Some((_, list)) = error.message.split_once("is not one of ") else { continue };
            let read: BTreeSet<&str> = list.split('`').skip(1).step_by(2).collect();
            let lacking: Vec<&&str> = read.difference(&words).collect();
            if !lacking.is_empty() {
                wrong.push(format!("{}: the schema lacks {lacking:?}", shown(&way)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen.len() > 25, "only {} places with words", seen.len());
}

/// What is put in every place in turn.
const SPOILT: [&str; 7] = ["unknown", "no such word!", "zzz", "{}", "[]", "5min", "~"];

/// What the reader says that a schema cannot know: it hangs on another place, on
/// what the plan names, or on there being anything in a list.
const BEYOND: [&str; 26] = [
    "is no unit of bandwidth",
    "is no number of channels",
    "is not `private`",
    "is not `sip-phone`",
    "stand by itself",
    "not both",
    "has no circuits",
    "is no destination",
    "units",
    "has no `kind`",
    "has no `after`",
    "a provider of your own",
    "of only 0",
    "does not say for what",
    "works nowhere",
    "has no `workstation`",
    "has no `queue`",
    "but no `phones`",
    "no row in the roster",
    "the roster has no rows",
    "has no `refuse`",
    "says nothing",
    "names nothing",
    "names only one component",
    "has no `hits`",
    "needs `agent_hour`",
];

fn is_beyond(error: &Diagnostic) -> bool {
    BEYOND.iter().any(|say| error.message.contains(say))
}

#[test]
fn the_schema_and_the_reader_refuse_the_same() {
    let (language, tree) = (schema::plan(), example());
    let validator = Validator::of(language.document());
    assert_eq!(validator.faults(&of_node(&tree)), Vec::<String>::new());
    let (mut tried, mut wrong) = (0, Vec::new());
    let (mut seen, mut forms) = (BTreeSet::new(), BTreeSet::new());
    for way in spoil::ways(&tree).into_iter().skip(1) {
        let shapes = shapes(&language, &way);
        // The same key once; and values once where the same may stand.
        if !seen.insert(shapes.iter().copied().map(std::ptr::from_ref).collect::<Vec<_>>()) {
            continue;
        }
        let is_new = forms.insert(format!("{shapes:?}"));
        for (how, spoilt) in spoilt_in_all_ways(&tree, &way, is_new) {
            tried += 1;
            let faults = validator.faults(&of_node(&spoilt));
            let errors = refused(&spoilt);
            let misshapen = errors.iter().find(|error| is_of_shape(error));
            let at = format!("{} with {how}", shown(&way));
            match (faults.first(), misshapen) {
                (Some(fault), _) if errors.is_empty() => {
                    wrong.push(format!("{at}: the schema alone refuses {fault}"));
                }
                (None, Some(one)) if !is_beyond(one) => {
                    wrong.push(format!("{at}: the reader alone says: {}", one.message));
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 900, "only {tried} tried");
}

fn spoilt_in_all_ways(tree: &Node, way: &[String], by_all: bool) -> Vec<(&'static str, Node)> {
    let values = if by_all { &SPOILT[..] } else { &SPOILT[..2] };
    let with = |text: &&'static str| (*text, spoil::with(tree, way, spoil::value(text)));
    let mut all: Vec<_> = values.iter().map(with).collect();
    all.extend(spoil::without(tree, way).map(|spoilt| ("nothing at all", spoilt)));
    all.extend(spoil::with_stray_key(tree, way).map(|spoilt| ("a stray key", spoilt)));
    all
}

/// The plans in a folder below the root, with their paths.
fn plans_in(folder: &str) -> Vec<(PathBuf, Node)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "yaml") {
                let text = std::fs::read_to_string(&path).unwrap();
                let tree = yaml::parse(FileId(0), &text);
                found.extend(tree.ok().map(|tree| (path, tree)));
            }
        }
    }
    found
}

#[test]
fn every_plan_that_is_right_is_valid() {
    let validator = Validator::of(schema::plan().document());
    let shipped = plans_in("scenarios/library/plans");
    assert!(shipped.len() >= 2);
    for (path, tree) in shipped.into_iter().chain(plans_in("tests/fixtures/valid")) {
        assert_eq!(validator.faults(&of_node(&tree)), Vec::<String>::new(), "{}", path.display());
    }
}

fn is_of_key_or_word(error: &Diagnostic) -> bool {
    let codes = ["unknown-key", "unread-key", "not-unknown", "wrong-shape"];
    codes.contains(&error.code)
        || (error.code == "bad-value" && error.message.contains("is not one of"))
}

#[test]
fn every_plan_with_a_wrong_key_or_word_is_not() {
    let validator = Validator::of(schema::plan().document());
    let (mut refused_by_both, mut wrong) = (0, Vec::new());
    for (path, tree) in plans_in("tests/fixtures/invalid") {
        let valid = validator.faults(&of_node(&tree)).is_empty();
        let errors = refused(&tree);
        let error = errors.iter().find(|error| is_of_key_or_word(error) && !is_beyond(error));
        refused_by_both += usize::from(!valid);
        wrong.extend(
            error.filter(|_| valid).map(|one| format!("{}: {}", path.display(), one.message)),
        );
        if !valid && errors.is_empty() {
            wrong.push(format!("{}: refused by the schema alone", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(refused_by_both >= 60, "only {refused_by_both}");
}
