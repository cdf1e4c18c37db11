//! Keys that are written twice: a mistake, but none that keeps the rest of the
//! file from being read. The first is taken. Of a section that is written twice
//! the entries of both are read, so that what stands in the second is not
//! missing to those that name it.

use super::{Key, Node, Value};
use crate::diagnostic::{Diagnostic, quoted};

/// How deep sections may stand: `telephony: {trunks: …}`.
const SECTION_DEPTH: usize = 2;

/// Notes that a key is written a second time.
pub(super) fn note(second: &Key, first: &Key, errors: &mut Vec<Diagnostic>) {
    let message = format!("key {} is written twice", quoted(&second.text));
    errors.push(
        Diagnostic::error("repeated-key", message, second.place)
            .label("second time")
            .related(first.place, "first time"),
    );
}

/// Joins what stands under a key at its second time to what stands there at its
/// first. `depth` is how deep the key stands, 1 at the top of the file.
pub(super) fn join(first: &mut Node, second: Node, depth: usize, errors: &mut Vec<Diagnostic>) {
    match (&mut first.value, second.value) {
        (Value::Empty, value) => *first = Node { place: second.place, value },
        (Value::Seq(items), Value::Seq(more)) if depth <= SECTION_DEPTH => items.extend(more),
        (Value::Map(entries), Value::Map(more)) if depth == 1 || holds_entries(&more) => {
            // Not by search: both may be long.
            let at: std::collections::HashMap<String, usize> =
                entries.iter().enumerate().map(|(at, (key, _))| (key.text.clone(), at)).collect();
            for (key, node) in more {
                match at.get(&key.text) {
                    Some(&at) => {
                        note(&key, &entries[at].0, errors);
                        join(&mut entries[at].1, node, depth + 1, errors);
                    }
                    None => entries.push((key, node)),
                }
            }
        }
        _ => {}
    }
}

/// Whether a map looks like a section: entries by id, no values.
fn holds_entries(map: &[(Key, Node)]) -> bool {
    map.iter().all(|(_, node)| matches!(node.value, Value::Map(_)))
}
