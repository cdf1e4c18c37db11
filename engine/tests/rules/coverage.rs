//! Which rule is applied where and tested by what, found by looking: whatever
//! mentions a rule's id has to do with it. Written as `docs/rules/coverage.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use outlast_engine::rules::{Effect, RULES, Rule};

use crate::sources::{files, is_current};

/// Rules about failures, changes and queues that are still to come.
const TO_COME: [&str; 4] = ["BCP-01", "BCP-06", "INB-01", "INB-04"];

/// Sources that apply rules.
const APPLYING: [&str; 3] = ["engine/src", "models/src", "scenarios/src"];
/// Sources that only speak of rules.
const SPEAKING: [&str; 5] = [
    "engine/src/lib.rs",
    "engine/src/rules",
    "engine/src/check/mends.rs",
    "engine/tests/rules",
    "cli/tests/rules.rs",
];
/// Where tests are, but those of this folder and of the reference.
const TESTING: [&str; 9] = [
    "engine/src",
    "engine/tests",
    "models/src",
    "models/tests",
    "scenarios/src",
    "scenarios/tests",
    "reports/src",
    "cli/tests",
    "tests/truth",
];

/// What mentions each rule: names by file.
type Found = BTreeMap<&'static str, BTreeMap<String, BTreeSet<String>>>;

/// All that was found about the rules.
struct Coverage {
    applied: Found,
    cases: Found,
    tests: Found,
    reference: Found,
}

impl Coverage {
    fn scan() -> Self {
        let mut coverage = Self {
            applied: Found::new(),
            cases: Found::new(),
            tests: Found::new(),
            reference: Found::new(),
        };
        for (file, text) in APPLYING.iter().flat_map(|folder| files(folder, ".rs")) {
            if !only_speaks(&file) {
                note(&mut coverage.applied, &file, "", code(&text));
            }
        }
        for (file, text) in files("tests/truth/cases", ".yaml") {
            for (name, text) in cases(&text) {
                note(&mut coverage.cases, &file, name, &text);
            }
        }
        for (file, text) in TESTING.iter().flat_map(|folder| files(folder, ".rs")) {
            if !only_speaks(&file) {
                note_tests(&mut coverage.tests, &file, &text);
            }
        }
        for (file, text) in files("tests/reference/tests", ".rs") {
            note_tests(&mut coverage.reference, &file, &text);
        }
        for (file, text) in files("tests/reference/src", ".rs") {
            note(&mut coverage.reference, &file, "", code(&text));
        }
        coverage
    }

    /// What a rule that should be covered lacks.
    fn lacks(&self, rule: &Rule) -> Option<&'static str> {
        let changes_only = rule.effects == [Effect::Change];
        if changes_only || TO_COME.contains(&rule.id) {
            return None;
        }
        if !self.applied.contains_key(rule.id) {
            return Some("no module applies it");
        }
        let decides = rule.has(Effect::Route) || rule.has(Effect::Load);
        let tested = [&self.cases, &self.tests, &self.reference];
        let is_tested = tested.iter().any(|found| names(found, rule) > 0);
        (decides && !is_tested).then_some("nothing but its page tests it")
    }
}

fn only_speaks(file: &str) -> bool {
    SPEAKING.iter().any(|speaking| file.starts_with(speaking))
}

/// The part of a source that is not its own tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

/// Ids of rules in a text.
fn mentioned(text: &str) -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.id).filter(|id| text.contains(id))
}

fn note(found: &mut Found, file: &str, name: &str, text: &str) {
    for id in mentioned(text) {
        let names = found.entry(id).or_default().entry(file.to_owned()).or_default();
        if !name.is_empty() {
            names.insert(name.to_owned());
        }
    }
}

/// Tests are named by the rule they are about (`prx_07_…`), or mention it.
fn note_tests(found: &mut Found, file: &str, text: &str) {
    for (name, body) in tests(text) {
        let id = name.get(..6).unwrap_or_default().to_uppercase().replace('_', "-");
        note(found, file, name, &format!("{id}\n{body}"));
    }
}

/// The names of a file's tests, each with its text and the comment above it.
fn tests(text: &str) -> Vec<(&str, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.trim() == "#[test]") {
        let rest = &lines[at + 1..];
        let Some(start) = rest.iter().position(|line| line.trim().starts_with("fn ")) else {
            continue;
        };
        let name = rest[start].trim().trim_start_matches("fn ");
        let name = name.split('(').next().unwrap_or(name);
        let indent = &line[..line.len() - line.trim_start().len()];
        let end = rest.iter().position(|line| line.strip_prefix(indent) == Some("}"));
        let comment = lines[..at].iter().rev().take_while(|line| line.trim().starts_with("//"));
        let body = rest[..end.unwrap_or(rest.len())].iter().chain(comment);
        found.push((name, body.copied().collect::<Vec<&str>>().join("\n")));
    }
    found
}

/// The names of a file's cases, each with its text and the comment above it.
fn cases(text: &str) -> Vec<(&str, String)> {
    let mut found: Vec<(&str, String)> = Vec::new();
    let mut comment = String::new();
    for line in text.lines() {
        if line.starts_with('#') {
            comment.push_str(line);
        } else if line.is_empty() {
            comment.clear();
        } else if line.starts_with(' ') {
            if let Some((_, text)) = found.last_mut() {
                text.extend([line, "\n"]);
            }
        } else {
            found.push((line.trim_end_matches(':'), std::mem::take(&mut comment)));
        }
    }
    found
}

/// How many tests or cases there are.
fn names(found: &Found, rule: &Rule) -> usize {
    found.get(rule.id).map_or(0, |files| files.values().map(BTreeSet::len).sum())
}

fn page(coverage: &Coverage) -> String {
    let mut text = String::from(INTRODUCTION);
    for rule in RULES {
        let modules = coverage.applied.get(rule.id).map_or(0, BTreeMap::len);
        let page = rule.page().examples.len();
        let [cases, tests, reference] =
            [&coverage.cases, &coverage.tests, &coverage.reference].map(|found| names(found, rule));
        let anchor = format!("{}-{}", rule.id.to_lowercase(), rule.name);
        let _ = writeln!(
            text,
            "| [{}](#{anchor}) | {modules} | {page} | {cases} | {tests} | {reference} |",
            rule.id
        );
    }
    for rule in RULES {
        let _ = writeln!(text, "\n## {}: {}\n", rule.id, rule.name);
        let examples = rule.page().examples;
        let shown: Vec<&str> = examples.iter().map(|one| one.shows.heading()).collect();
        if let Some(awaits) = rule.awaits {
            let _ = writeln!(text, "- still to come: {awaits}");
        }
        list(&mut text, "applied in", coverage.applied.get(rule.id));
        let _ = writeln!(text, "- page: [{0}.md]({0}.md): {1}", rule.id, shown.join(", "));
        list(&mut text, "cases", coverage.cases.get(rule.id));
        list(&mut text, "tests", coverage.tests.get(rule.id));
        list(&mut text, "reference", coverage.reference.get(rule.id));
    }
    text
}

fn list(text: &mut String, title: &str, files: Option<&BTreeMap<String, BTreeSet<String>>>) {
    for (file, names) in files.into_iter().flatten() {
        let names: Vec<String> = names.iter().map(|name| name.replace('*', "\\*")).collect();
        let colon = if names.is_empty() { "" } else { ": " };
        let _ = writeln!(text, "- {title}: `{file}`{colon}{}", names.join("; "));
    }
}

const INTRODUCTION: &str = "\
# Coverage of the rules

For each rule: the modules that apply it, the plans on its page, and what else
tests it. Whatever mentions a rule's id counts: a source, the name or the text of
a test, a case or the comment above it. The reference is the naive second engine
and its own tests.

Written by `OUTLAST_UPDATE=1 cargo test -p outlast-engine --test rules`, which
also fails when a rule is applied nowhere, or decides or measures ways of working
and is tested by its page alone. Rules that are changes only, and those whose
failures, changes or queues are still to come, may be.

| rule | modules | plans on its page | cases | tests | reference's tests |
|---|---|---|---|---|---|
";

#[test]
fn every_rule_is_applied_and_tested() {
    let coverage = Coverage::scan();
    let lacking: Vec<String> = RULES
        .iter()
        .filter_map(|rule| Some(format!("{}: {}", rule.id, coverage.lacks(rule)?)))
        .collect();
    assert!(lacking.is_empty(), "\n{}", lacking.join("\n"));
}

#[test]
fn the_coverage_is_current() {
    let text = page(&Coverage::scan());
    assert!(is_current("docs/rules/coverage.md", &text), "run with OUTLAST_UPDATE=1");
}

/// What a rule claims of where it is applied is so.
#[test]
fn modules_that_apply_a_rule_cite_it() {
    let coverage = Coverage::scan();
    for rule in RULES {
        for module in rule.applied {
            let (krate, path) = module.split_once("::").expect("a path");
            let file = format!("{krate}/src/{}.rs", path.replace("::", "/"));
            let cited =
                coverage.applied.get(rule.id).is_some_and(|files| files.contains_key(&file));
            assert!(cited, "{} is not mentioned in {file}", rule.id);
        }
        assert!(!rule.applied.is_empty() || rule.awaits.is_some(), "{}", rule.id);
    }
}
