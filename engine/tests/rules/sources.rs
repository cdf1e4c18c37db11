//! The tree's sources, as far as rules are looked for in them.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the tree.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Files with an ending under a folder: path from the root, and text; in order.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(root().join(&folder)) else { continue };
        for entry in entries {
            let entry = entry.expect("an entry");
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(name);
            } else if name.ends_with(ending) {
                found.push((name, fs::read_to_string(entry.path()).expect("a text")));
            }
        }
    }
    found.sort();
    found
}

/// Writes a page if asked to; whether the page that is there says just this.
pub(crate) fn is_current(page: &str, text: &str) -> bool {
    let path = root().join(page);
    if std::env::var_os("OUTLAST_UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a page that can be written");
    }
    fs::read_to_string(&path).is_ok_and(|written| written == text)
}
