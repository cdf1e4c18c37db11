//! A tree spoilt in one place.

use outlast_models::Place;
use outlast_models::yaml::{self, Key, Node, Value};

/// The way to a place in a tree: keys, and `[]` for the first item of a list.
pub(crate) type Way = Vec<String>;

/// Every place of a tree that has one of its own: of a list the first item.
pub(crate) fn ways(node: &Node) -> Vec<Way> {
    fn walk(node: &Node, at: &mut Way, into: &mut Vec<Way>) {
        into.push(at.clone());
        match &node.value {
            Value::Map(entries) => {
                for (key, inner) in entries {
                    at.push(key.text.clone());
                    walk(inner, at, into);
                    at.pop();
                }
            }
            Value::Seq(items) => {
                for (index, item) in items.iter().enumerate() {
                    at.push(format!("[{index}]"));
                    walk(item, at, into);
                    at.pop();
                }
            }
            Value::Scalar { .. } | Value::Empty => {}
        }
    }
    let mut into = Vec::new();
    walk(node, &mut Vec::new(), &mut into);
    into
}

/// The node at a place.
pub(crate) fn at<'a>(tree: &'a mut Node, way: &[String]) -> &'a mut Node {
    way.iter().fold(tree, |node, step| match &mut node.value {
        Value::Map(entries) => {
            entries.iter_mut().find(|(key, _)| key.text == *step).map(|(_, node)| node).unwrap()
        }
        Value::Seq(items) => &mut items[step.trim_matches(['[', ']']).parse::<usize>().unwrap()],
        Value::Scalar { .. } | Value::Empty => unreachable!("{way:?} leads through maps and lists"),
    })
}

/// A value as it is written.
pub(crate) fn value(text: &str) -> Value {
    let node = yaml::parse(outlast_models::FileId(0), text).unwrap();
    node.value
}

/// The tree with something else at a place.
pub(crate) fn with(tree: &Node, way: &[String], value: Value) -> Node {
    let mut spoilt = tree.clone();
    let node = at(&mut spoilt, way);
    *node = Node { place: unlike_any(node.place), value };
    spoilt
}

/// The tree without a key.
pub(crate) fn without(tree: &Node, way: &[String]) -> Option<Node> {
    let (last, above) = way.split_last()?;
    let mut spoilt = tree.clone();
    let Value::Map(entries) = &mut at(&mut spoilt, above).value else { return None };
    entries.retain(|(key, _)| key.text != *last);
    Some(spoilt)
}

/// The tree with a key that says this; nothing where there is no map.
pub(crate) fn with_key(tree: &Node, way: &[String], name: &str, says: &str) -> Option<Node> {
    let mut changed = tree.clone();
    let node = at(&mut changed, way);
    let place = unlike_any(node.place);
    let Value::Map(entries) = &mut node.value else { return None };
    let value = Node { place, value: value(says) };
    match entries.iter_mut().find(|(key, _)| key.text == name) {
        Some((_, node)) => *node = value,
        None => entries.push((Key { text: name.to_owned(), place }, value)),
    }
    Some(changed)
}

/// The tree with a key that no map has; nothing where there is no map.
pub(crate) fn with_stray_key(tree: &Node, way: &[String]) -> Option<Node> {
    with_key(tree, way, "no-such-key-anywhere", "~")
}

/// A place that nothing else in the tree has.
fn unlike_any(place: Place) -> Place {
    Place { line: 1, column: 1, start: 0, end: 0, file: outlast_models::FileId(place.file.0) }
}
