//! What the words PLAN and SCENARIO of the command line name.
//!
//! A bare word is something that Outlast ships, whatever lies in the current
//! folder; anything with a separator or an ending is a path. So a command reads
//! the same everywhere, and no file that happens to lie about changes it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// What a word names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// Something shipped, by this name.
    Shipped(String),
    /// A file or folder.
    Path(PathBuf),
}

/// A scenario with its arguments, as written behind the colon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioWord {
    /// The scenario.
    pub name: Named,
    /// What stands behind the colon.
    pub arguments: Option<String>,
}

/// Reads the word for a plan.
pub fn plan_word(word: &OsStr) -> Named {
    match word.to_str() {
        Some(text) if is_bare(text) => Named::Shipped(text.to_owned()),
        _ => Named::Path(PathBuf::from(word)),
    }
}

/// Reads the word for a scenario: `data-center-lost:dc-york`, `./own.yaml:dc-york`.
pub fn scenario_word(word: &OsStr) -> ScenarioWord {
    let whole = || ScenarioWord { name: Named::Path(PathBuf::from(word)), arguments: None };
    let Some(text) = word.to_str() else { return whole() };
    let played = played_word(text);
    let is_path = matches!(played.name, Named::Path(_));
    // A file may have a colon in its name.
    if is_path && played.arguments.is_some() && Path::new(text).is_file() {
        return whole();
    }
    played
}

/// The same in a plan, whatever lies in the current folder.
pub fn played_word(text: &str) -> ScenarioWord {
    let last_part = text.rfind(is_separator).map_or(0, |at| at + 1);
    let colon = text[last_part..].find(':').map(|at| last_part + at);
    let (head, arguments) = match colon {
        Some(at) => (&text[..at], Some(text[at + 1..].to_owned())),
        None => (text, None),
    };
    if is_bare(head) {
        return ScenarioWord { name: Named::Shipped(head.to_owned()), arguments };
    }
    ScenarioWord { name: Named::Path(PathBuf::from(head)), arguments }
}

/// The file or folder that lies here and that a bare word could have meant, as
/// it has to be written.
pub fn lies_here(word: &str) -> Option<String> {
    if word.is_empty() {
        return None;
    }
    let is_there = |name: &String| Path::new(name).symlink_metadata().is_ok();
    let names = ["", ".yaml", ".yml"].map(|ending| format!("./{word}{ending}"));
    names.into_iter().find(is_there)
}

/// What to remark where a shipped plan is meant and one of that name lies here.
pub fn shadow(word: &OsStr) -> Option<String> {
    match plan_word(word) {
        Named::Shipped(name) => lies_here(&name).map(|here| {
            format!("note: `{name}` is the plan that Outlast ships; what lies here is `{here}`")
        }),
        Named::Path(_) => None,
    }
}

fn is_bare(text: &str) -> bool {
    !text.contains(|c| is_separator(c) || c == '.')
}

/// Both, on every system, so that a command line means the same on each.
fn is_separator(c: char) -> bool {
    c == '/' || c == '\\'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_words_are_shipped() {
        for word in ["bank", "example-4-proxy", "Bank", ""] {
            assert_eq!(plan_word(word.as_ref()), Named::Shipped(word.into()), "{word:?}");
        }
    }

    #[test]
    fn separators_and_endings_make_paths() {
        for word in ["./bank", "bank/", "plan.yaml", ".", "..", "/a/b", "a\\b", ".hidden"] {
            assert_eq!(plan_word(word.as_ref()), Named::Path(word.into()), "{word:?}");
        }
    }

    #[test]
    fn arguments_stand_behind_the_colon() {
        let cases = [
            ("lost", Named::Shipped("lost".into()), None),
            ("lost:dc-york", Named::Shipped("lost".into()), Some("dc-york")),
            ("lost:cloud.portal", Named::Shipped("lost".into()), Some("cloud.portal")),
            ("lost:", Named::Shipped("lost".into()), Some("")),
            ("./lost", Named::Path("./lost".into()), None),
            ("./lost:a", Named::Path("./lost".into()), Some("a")),
            ("own.yaml:a:b", Named::Path("own.yaml".into()), Some("a:b")),
            ("C:\\own.yaml:a", Named::Path("C:\\own.yaml".into()), Some("a")),
            ("a:b/own.yaml", Named::Path("a:b/own.yaml".into()), None),
        ];
        for (word, name, arguments) in cases {
            let expected = ScenarioWord { name, arguments: arguments.map(str::to_owned) };
            assert_eq!(scenario_word(word.as_ref()), expected, "{word:?}");
        }
    }
}
