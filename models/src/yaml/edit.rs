//! Changes to a tree: what scenarios set before the plan is read again.

use super::{Key, Node, Value};
use crate::diagnostic::quoted;
use crate::place::Place;
use crate::read::{few, nearest};

/// Sections of entries by id: the word for one entry, and the path to them.
pub const SECTIONS: &[(&str, &[&str])] = &[
    ("site", &["sites"]),
    ("network", &["networks"]),
    ("circuit", &["circuits"]),
    ("bundle", &["bundles"]),
    ("firewall", &["firewalls"]),
    ("workstation", &["workstations"]),
    ("proxy", &["proxies"]),
    ("pac", &["pac"]),
    ("vpn", &["vpn"]),
    ("vdi", &["vdi"]),
    ("pbx", &["telephony", "pbxs"]),
    ("sbc", &["telephony", "sbcs"]),
    ("trunk", &["telephony", "trunks"]),
    ("carrier", &["carriers"]),
    ("phone", &["phones"]),
    ("pool", &["pools"]),
    ("resource", &["resources"]),
    ("component", &["components"]),
    ("queue", &["queues"]),
    ("group", &["groups"]),
];

/// Sections in which a path may begin an entry that the plan does not write,
/// because the thing exists without one.
const OPEN_SECTIONS: &[&str] =
    &["networks", "phones", "exits", "cloud", "assumptions", "shared", "objectives", "failures"];

/// Keys of the plan that are no sections.
const HEAD: &[&str] = &["name", "date", "currency", "agent_hour", "appetite"];

/// The path to the section whose entries are called `word`.
pub fn section_of(word: &str) -> Option<&'static [&'static str]> {
    SECTIONS.iter().find(|(singular, _)| *singular == word).map(|(_, path)| *path)
}

/// Sets what stands at a dotted `path` (map keys by id); a list is replaced
/// whole, a key that is not there is added.
pub fn set(tree: &mut Node, path: &str, value: Node) -> Result<(), String> {
    let place = value.place;
    set_in(tree, (path, place), value, true)
}

/// The same where it is known in which `place` the path stands: keys that are
/// added have it.
pub fn set_at(tree: &mut Node, path: &str, place: Place, value: Node) -> Result<(), String> {
    set_in(tree, (path, place), value, true)
}

fn set_in(
    tree: &mut Node,
    (path, place): (&str, Place),
    value: Node,
    from_top: bool,
) -> Result<(), String> {
    let parts: Vec<&str> = path.split('.').collect();
    if parts.iter().any(|part| part.is_empty()) {
        return Err(format!("`{path}` is no path; write keys with dots between them"));
    }
    let own = tree.place.file;
    let mut at = tree;
    let mut done = 0;
    while done < parts.len() {
        let entries = map_of(at, &parts[..done])?;
        let (index, used) = if let Some(found) = longest(entries, &parts[done..]) {
            found
        } else {
            if from_top {
                may_add(entries, &parts, done)?;
            }
            let key = Key { text: parts[done].to_owned(), place };
            entries.push((key, Node { place, value: Value::Empty }));
            (entries.len() - 1, 1)
        };
        // A key that was added stands where it was set last.
        if entries[index].0.place.file != own {
            entries[index].0.place = place;
        }
        at = &mut entries[index].1;
        done += used;
    }
    *at = value;
    Ok(())
}

/// Sets `path` in every written entry of the section whose entries are called
/// `word`, and returns how many there are.
pub fn set_every(tree: &mut Node, word: &str, path: &str, value: &Node) -> Result<usize, String> {
    let Some(section) = section_of(word) else {
        let known = SECTIONS.iter().map(|(singular, _)| *singular);
        let hint = nearest(word, known).map(|near| format!("; did you mean `{near}`?"));
        return Err(format!("`{word}` is no kind of entry{}", hint.unwrap_or_default()));
    };
    let mut at = &mut *tree;
    for part in section {
        let Value::Map(entries) = &mut at.value else { return Ok(0) };
        let Some((_, node)) = entries.iter_mut().find(|(key, _)| key.text == *part) else {
            return Ok(0);
        };
        at = node;
    }
    let Value::Map(entries) = &mut at.value else { return Ok(0) };
    for (_, entry) in entries.iter_mut() {
        set_in(entry, (path, value.place), value.clone(), false)?;
    }
    Ok(entries.len())
}

/// Whether a dotted `path` leads to something of the plan: to what is written, or
/// to a key that an entry may have and does not write.
///
/// # Errors
/// Says where it leads nowhere.
pub fn leads(tree: &Node, path: &str) -> Result<(), String> {
    let parts: Vec<&str> = path.split('.').collect();
    if parts.iter().any(|part| part.is_empty()) {
        return Err(format!("{} is no path; write keys with dots between them", quoted(path)));
    }
    let (mut at, mut done) = (tree, 0);
    while done < parts.len() {
        let Some((index, used)) = longest(at.entries(), &parts[done..]) else {
            return may_lead(at, &parts, done);
        };
        at = &at.entries()[index].1;
        done += used;
    }
    Ok(())
}

/// Whether what is not written may be there all the same.
fn may_lead(at: &Node, parts: &[&str], done: usize) -> Result<(), String> {
    let is_map = matches!(at.value, Value::Map(_) | Value::Empty);
    let known: Vec<&str> = at.entries().iter().map(|(key, _)| key.text.as_str()).collect();
    let is_key = match (done, parts.len() - done) {
        (0, 1) => is_section(parts[0]),
        // What exists without an entry may do without its section.
        (0, 2) | (1, 1) => OPEN_SECTIONS.contains(&parts[0]),
        (2, 1) => parts[0] != "telephony",
        (_, left) => left == 1,
    };
    if is_map && is_key {
        return Ok(());
    }
    let within = match done {
        0 => "the plan".to_owned(),
        _ => quoted(&parts[..done].join(".")),
    };
    let hint = match nearest(parts[done], known.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None if known.is_empty() => String::new(),
        None => format!("; it has: {}", few(&known)),
    };
    Err(format!("{within} has no {}{hint}", quoted(parts[done])))
}

fn is_section(word: &str) -> bool {
    let sections = SECTIONS.iter().map(|(_, path)| path[0]);
    sections.chain(OPEN_SECTIONS.iter().copied()).chain(HEAD.iter().copied()).any(|w| w == word)
}

/// Puts a value in the stead of an `unknown` at its place; whether there is one.
pub fn put(tree: &mut Node, value: &Node) -> bool {
    if tree.place == value.place && tree.is_unknown() {
        *tree = value.clone();
        return true;
    }
    let mut done = false;
    match &mut tree.value {
        Value::Map(entries) => {
            for (_, node) in entries {
                done |= put(node, value);
            }
        }
        Value::Seq(items) => {
            for node in items {
                done |= put(node, value);
            }
        }
        Value::Scalar { .. } | Value::Empty => {}
    }
    done
}

fn map_of<'a>(node: &'a mut Node, path: &[&str]) -> Result<&'a mut Vec<(Key, Node)>, String> {
    if node.value == Value::Empty {
        node.value = Value::Map(Vec::new());
    }
    match &mut node.value {
        Value::Map(entries) => Ok(entries),
        Value::Scalar { .. } | Value::Seq(_) | Value::Empty => {
            Err(format!("`{}` is not a map; set it whole", path.join(".")))
        }
    }
}

/// The entry whose key is the longest run of `parts` (ids may have dots).
fn longest(entries: &[(Key, Node)], parts: &[&str]) -> Option<(usize, usize)> {
    (1..=parts.len()).rev().find_map(|used| {
        let wanted = parts[..used].join(".");
        entries.iter().position(|(key, _)| key.text == wanted).map(|index| (index, used))
    })
}

/// Refuses to begin an entry of a section by setting one of its keys: the id
/// is mistyped.
fn may_add(entries: &[(Key, Node)], parts: &[&str], done: usize) -> Result<(), String> {
    let begins_entry = match done {
        1 => !OPEN_SECTIONS.contains(&parts[0]) && parts[0] != "telephony" && parts.len() > 2,
        2 => parts[0] == "telephony" && parts.len() > 3,
        _ => false,
    };
    if !begins_entry {
        return Ok(());
    }
    let id = parts[done];
    let known: Vec<&str> = entries.iter().map(|(key, _)| key.text.as_str()).collect();
    let hint = match nearest(id, known.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None if known.is_empty() => String::new(),
        None => format!("; it has: {}", few(&known)),
    };
    Err(format!("`{}` has no entry `{id}`{hint}", parts[..done].join(".")))
}

impl Node {
    /// An empty map, for changes to a tree.
    pub fn empty_map(place: Place) -> Self {
        Self { place, value: Value::Map(Vec::new()) }
    }
}
