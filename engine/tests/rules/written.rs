//! Writes `docs/rules/` from the registry and the texts, and checks that it is
//! current.

use std::fmt::Write as _;

use outlast_engine::rules::own::{OWN, OwnRule};
use outlast_engine::rules::{Effect, RULES, Rule};

use crate::sources::{files, is_current};

/// One rule's page.
fn page(rule: &Rule) -> String {
    let mut text = format!("# {}: {}\n\n{}\n", rule.id, rule.name, rule.text);
    text.push_str("## How Outlast applies it\n\n");
    for effect in rule.effects {
        let _ = writeln!(text, "- {}: it {}", effect.word(), effect.means());
    }
    if !rule.applied.is_empty() {
        let modules: Vec<String> = rule.applied.iter().map(|one| format!("`{one}`")).collect();
        let _ = writeln!(text, "- in {}", modules.join(", "));
    }
    if let Some(awaits) = rule.awaits {
        let _ = writeln!(text, "- still to come: {awaits}");
    }
    let anchor = format!("{}-{}", rule.id.to_lowercase(), rule.name);
    let _ = writeln!(text, "\n[How it is tested](coverage.md#{anchor})");
    text.push_str("\n## The guide's page\n\n");
    for page in rule.pages {
        let _ = writeln!(text, "- {page}");
    }
    text
}

/// The page of one of ours.
fn own_page(own: &OwnRule) -> String {
    let effect = Effect::Check;
    format!(
        "# {}: {}\n\n{}\n## How Outlast applies it\n\n- {}: it {}\n- in `{}`\n",
        own.id,
        own.name,
        own.text,
        effect.word(),
        effect.means(),
        own.applied
    )
}

/// Every page with its id.
fn pages() -> impl Iterator<Item = (&'static str, String)> {
    let guide = RULES.iter().map(|rule| (rule.id, page(rule)));
    guide.chain(OWN.iter().map(|own| (own.id, own_page(own))))
}

/// The index of all rules.
fn index() -> String {
    let mut text = String::from(INTRODUCTION);
    for effect in Effect::ALL {
        let _ = writeln!(text, "| {} | {} |", effect.word(), effect.means());
    }
    text.push_str(REMARK);
    let mut family = None;
    for rule in RULES {
        if family != Some(rule.family) {
            family = Some(rule.family);
            let title = rule.family.name();
            let _ = write!(text, "\n## {}: {title}\n\n{HEAD}", rule.family.prefix());
        }
        let effects: Vec<&str> = rule.effects.iter().map(|effect| effect.word()).collect();
        let (id, effects, page) = (rule.id, effects.join(", "), rule.pages[0]);
        let _ = writeln!(text, "| [{id}]({id}.md) | {} | {effects} | {page} |", rule.name);
    }
    text.push_str(OURS);
    for own in OWN {
        let OwnRule { id, name, says, applied, .. } = own;
        let _ = writeln!(text, "| [{id}]({id}.md) | {name} | {says} | `{applied}` |");
    }
    text
}

const INTRODUCTION: &str = "\
# The rules

Everything that Outlast knows about the cloud comes from the vendor's
availability guide of June 2022, taken apart into 94 rules. Results cite them by
id; `outlast rule ID` shows the same page. Each has small plans that break or
show it, and plans that do not; all are run by a test.

| effect | a rule with it |
|---|---|
";

const REMARK: &str = "
[Coverage](coverage.md) says for each rule where it is applied and how it is tested.

This folder is written by a test, from `engine/rules/` and the registry in
`engine/src/rules/`: `OUTLAST_UPDATE=1 cargo test -p outlast-engine --test rules`.
";

const HEAD: &str = "\
| id | name | effect | the guide's page |
|---|---|---|---|
";

const OURS: &str = "
## OWN: Outlast's own

Findings of `check` that no page of the guide speaks of; their pages have the same shape.

| id | name | says | applied in |
|---|---|---|---|
";

#[test]
fn the_pages_are_current() {
    let stale: Vec<&str> = pages()
        .filter(|(id, page)| !is_current(&format!("docs/rules/{id}.md"), page))
        .map(|(id, _)| id)
        .collect();
    assert!(stale.is_empty(), "{stale:?} are not current: run with OUTLAST_UPDATE=1");
}

#[test]
fn the_index_is_current() {
    assert!(is_current("docs/rules/README.md", &index()), "run with OUTLAST_UPDATE=1");
}

#[test]
fn nothing_else_lies_there() {
    for (name, _) in files("docs/rules", "") {
        let page = name.strip_prefix("docs/rules/").and_then(|name| name.strip_suffix(".md"));
        let is_known =
            |page| page == "README" || page == "coverage" || pages().any(|(id, _)| id == page);
        assert!(page.is_some_and(is_known), "{name}");
    }
}
