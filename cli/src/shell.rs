//! Words of a command line as documents repeat it: without the folders of this machine,
//! and so that a shell takes them back as they are.

use std::ffi::OsStr;
use std::path::Path;

use crate::load::PLAN_FILE;
use crate::resolve::{Named, plan_word, scenario_word};

/// The word for a plan; of a folder the file in it, whatever the folder is called.
pub fn plan(word: &OsStr) -> String {
    match plan_word(word) {
        Named::Path(path) if path.is_dir() => PLAN_FILE.to_owned(),
        named => self::named(&named),
    }
}

/// The word for a scenario, with its arguments.
pub fn scenario(word: &OsStr) -> String {
    let scenario = scenario_word(word);
    let arguments = scenario.arguments.iter().map(|text| format!(":{text}"));
    std::iter::once(named(&scenario.name)).chain(arguments).collect()
}

fn named(name: &Named) -> String {
    match name {
        Named::Shipped(name) => name.clone(),
        Named::Path(path) => short(path),
    }
}

/// The last part of a path, still a path: a bare word would be something shipped.
fn short(path: &Path) -> String {
    let name = path.file_name().map_or(path, Path::new);
    let text = name.display().to_string();
    let is_path = text.contains('.') && !text.starts_with('-');
    if is_path { text } else { format!("./{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_left_out_and_paths_stay_paths() {
        let cases = [
            ("bank", "bank"),
            ("./bank", "./bank"),
            ("/home/me/bank", "./bank"),
            ("/home/me/plan.yaml", "plan.yaml"),
            (".", "plan.yaml"),
            ("drills/-odd.yaml", "./-odd.yaml"),
        ];
        for (word, expected) in cases {
            assert_eq!(plan(word.as_ref()), expected, "{word}");
        }
    }

    #[test]
    fn scenarios_keep_their_arguments() {
        let cases = [
            ("isp-lost", "isp-lost"),
            ("data-center-lost:dc-york", "data-center-lost:dc-york"),
            ("/home/me/own.yaml:a:b", "own.yaml:a:b"),
        ];
        for (word, expected) in cases {
            assert_eq!(scenario(word.as_ref()), expected, "{word}");
        }
    }
}
