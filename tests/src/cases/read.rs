//! Reads a file of cases: a map from a case's name to its plan and what is
//! expected of it.

use std::fmt::Write as _;

use outlast_models::diagnostic::{Diagnostic, Sources};
use outlast_models::place::{FileId, Place};
use outlast_models::yaml::{self, Key, Node, Value};

use super::saying::Saying;

/// A tiny plan with what is expected of it.
#[derive(Debug)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Its plan: the pieces that it stands on, and what it says itself over them.
    pub plan: Node,
    /// Its scenario as text, without its head; empty where it has none.
    pub scenario: String,
    /// What is expected.
    pub says: Vec<Saying>,
}

type Found<T> = Result<T, Vec<Diagnostic>>;

/// What belongs to the scenario and not to the plan.
const OF_SCENARIO: &[&str] = &["events", "starts", "horizon"];

pub(super) fn cases(sources: &Sources, pieces: FileId, cases: FileId) -> Found<Vec<Case>> {
    let pieces = yaml::parse(pieces, sources.text(pieces))?;
    let tree = yaml::parse(cases, sources.text(cases))?;
    tree.entries().iter().map(|(key, node)| case(key, node, &pieces)).collect()
}

fn case(key: &Key, node: &Node, pieces: &Node) -> Found<Case> {
    let mut plan = Node::empty_map(key.place);
    for word in words(node.get("on")) {
        let piece = pieces.get(word.0).ok_or_else(|| wrong("no piece has this name", word.1))?;
        lay_over(&mut plan, piece);
    }
    let mut scenario = String::new();
    let version = Key { text: "outlast".to_owned(), place: key.place };
    let mut own = vec![(version, Node::scalar("1", key.place))];
    for (key, node) in node.entries() {
        match key.text.as_str() {
            "on" | "expect" => {}
            word if OF_SCENARIO.contains(&word) => {
                let _ = writeln!(scenario, "{word}: {}", flow(node));
            }
            _ => own.push((key.clone(), node.clone())),
        }
    }
    lay_over(&mut plan, &Node { place: key.place, value: Value::Map(own) });
    Ok(Case { name: key.text.clone(), plan, scenario, says: says(key, node)? })
}

fn says(key: &Key, node: &Node) -> Found<Vec<Saying>> {
    let mut says = Vec::new();
    for (who, sayings) in node.get("expect").map_or(&[][..], Node::entries) {
        for (text, place) in words(Some(sayings)) {
            let said = Saying::parse(&who.text, text);
            says.push(said.map_err(|fault| wrong(&fault, place))?);
        }
    }
    if says.is_empty() {
        return Err(wrong("nothing is expected of this case", key.place));
    }
    Ok(says)
}

/// One text, or a list of texts.
fn words(node: Option<&Node>) -> Vec<(&str, Place)> {
    let Some(node) = node else { return Vec::new() };
    let items = match &node.value {
        Value::Seq(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    items.iter().filter_map(|item| Some((item.text()?, item.place))).collect()
}

/// Maps are merged key by key; anything else takes the place of what was there.
fn lay_over(under: &mut Node, over: &Node) {
    let (Value::Map(under), Value::Map(over)) = (&mut under.value, &over.value) else {
        *under = over.clone();
        return;
    };
    for (key, node) in over {
        match under.iter_mut().find(|(own, _)| own.text == key.text) {
            Some((_, own)) => lay_over(own, node),
            None => under.push((key.clone(), node.clone())),
        }
    }
}

/// A tree as text on one line, for readers that want text.
fn flow(node: &Node) -> String {
    let joined = |items: Vec<String>| items.join(", ");
    match &node.value {
        Value::Scalar { text, .. } => format!("{text:?}"),
        Value::Empty => "null".to_owned(),
        Value::Seq(items) => format!("[{}]", joined(items.iter().map(flow).collect())),
        Value::Map(entries) => {
            let entry = |(key, node): &(Key, Node)| format!("{:?}: {}", key.text, flow(node));
            format!("{{{}}}", joined(entries.iter().map(entry).collect()))
        }
    }
}

fn wrong(message: &str, place: Place) -> Vec<Diagnostic> {
    vec![Diagnostic::error("case", message, place)]
}
