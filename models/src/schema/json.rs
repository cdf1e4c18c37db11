//! Writes a language as JSON Schema, draft-07, and what stands in YAML as JSON.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::leaves::Leaf;
use super::{Key, Keys, Language, Shape, Size};
use crate::place::FileId;
use crate::yaml::{self, Node, Value};

/// A JSON value whose keys keep their order.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Nothing,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Number(u64),
    /// A number with decimals, which only YAML tells from text.
    Decimal(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// A map.
    Map(Vec<(String, Json)>),
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => to.serialize_none(),
            Self::Flag(flag) => to.serialize_bool(*flag),
            Self::Number(number) => to.serialize_u64(*number),
            Self::Decimal(number) => to.serialize_f64(*number),
            Self::Text(text) => to.serialize_str(text),
            Self::List(items) => {
                let mut list = to.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Self::Map(entries) => {
                let mut map = to.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
        }
    }
}

/// What an editor takes a YAML value for: plain numbers, `true` and `false` are
/// no text to it.
pub fn of_node(node: &Node) -> Json {
    match &node.value {
        Value::Empty => Json::Nothing,
        Value::Scalar { text: written, quoted: false } => plain(written),
        Value::Scalar { text: written, quoted: true } => text(written),
        Value::Seq(items) => Json::List(items.iter().map(of_node).collect()),
        Value::Map(entries) => {
            Json::Map(entries.iter().map(|(key, node)| (key.text.clone(), of_node(node))).collect())
        }
    }
}

fn plain(written: &str) -> Json {
    if let "true" | "false" = written {
        return Json::Flag(written == "true");
    }
    if written.bytes().all(|b| b.is_ascii_digit()) {
        return written.parse().map_or_else(|_| text(written), Json::Number);
    }
    let is_number = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+');
    match written.parse() {
        Ok(number) if written.bytes().all(is_number) => Json::Decimal(number),
        _ => text(written),
    }
}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

fn texts(all: &[&str]) -> Json {
    Json::List(all.iter().map(|one| text(one)).collect())
}

fn types(names: &[&str]) -> Json {
    if let [one] = names { text(one) } else { texts(names) }
}

fn object(entries: Vec<(&str, Json)>) -> Json {
    Json::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// The keywords of a schema.
type Words = Vec<(&'static str, Json)>;

pub(super) fn document(language: &Language) -> Json {
    let mut all: Words = vec![
        ("$schema", text("http://json-schema.org/draft-07/schema#")),
        ("title", text(language.title)),
        ("description", text(language.about)),
    ];
    all.extend(of_shape(&language.root, false));
    let definitions = language.definitions.iter();
    let definitions = definitions.map(|(name, shape)| (*name, object(of_shape(shape, false))));
    all.push(("definitions", object(definitions.collect())));
    object(all)
}

fn of_key(key: &Key) -> Json {
    let mut all: Words = vec![("description", text(&key.about))];
    let example = yaml::parse(FileId(0), &key.example);
    let example = example.map_or_else(|_| text(&key.example), |node| of_node(&node));
    all.push(("examples", Json::List(vec![example])));
    all.extend(of_shape(&key.shape, key.may_be_unknown));
    object(all)
}

fn of_shape(shape: &Shape, may_be_unknown: bool) -> Words {
    let (mut words, mut forms) = (Vec::new(), Vec::new());
    alternatives(shape, &mut words, &mut forms);
    if may_be_unknown && !matches!(shape, Shape::Anything) {
        words.push(text("unknown"));
    }
    if !words.is_empty() {
        forms.push(vec![("enum", Json::List(words))]);
    }
    match forms.len() {
        // What stands beside a `$ref` is not read.
        1 if forms[0].iter().all(|(word, _)| *word != "$ref") => forms.remove(0),
        _ => vec![("anyOf", Json::List(forms.into_iter().map(object).collect()))],
    }
}

/// The words that may stand there, and whatever else.
fn alternatives(shape: &Shape, words: &mut Vec<Json>, forms: &mut Vec<Words>) {
    match shape {
        Shape::Words(list) => words.extend(list.iter().map(|word| text(word))),
        Shape::YesNo => forms.push(vec![
            ("type", types(&["boolean", "string"])),
            ("pattern", text("^(true|false|yes|no|on|off)$")),
        ]),
        Shape::Leaf(leaf) => forms.push(of_leaf(leaf)),
        Shape::List(item) => {
            alternatives(item, words, forms);
            forms.push(array(item));
        }
        Shape::Rows(item) => forms.push(array(item)),
        Shape::Map(keys) => forms.push(of_keys(keys)),
        Shape::By(key, entry, size) => forms.push(of_entries(key, entry, *size)),
        Shape::Any(shapes) => {
            for shape in shapes {
                alternatives(shape, words, forms);
            }
        }
        Shape::Named(name) => forms.push(vec![("$ref", text(&format!("#/definitions/{name}")))]),
        Shape::Anything => forms.push(Vec::new()),
    }
}

fn array(item: &Shape) -> Words {
    vec![("type", text("array")), ("items", object(of_shape(item, false)))]
}

fn of_entries(key: &Leaf, entry: &Shape, size: Size) -> Words {
    let of: &[&str] = if size == Size::Any { &["object", "null"] } else { &["object"] };
    let mut all: Words = vec![
        ("type", types(of)),
        ("patternProperties", object(vec![(key.pattern, object(of_shape(entry, false)))])),
        ("additionalProperties", Json::Flag(false)),
    ];
    if size == Size::One {
        all.extend([("minProperties", Json::Number(1)), ("maxProperties", Json::Number(1))]);
    }
    all
}

fn of_leaf(leaf: &Leaf) -> Words {
    let mut all: Words = vec![("type", types(leaf.types)), ("pattern", text(leaf.pattern))];
    if let Some((low, high)) = leaf.range {
        all.push(("minimum", Json::Number(low)));
        if high < u64::MAX {
            all.push(("maximum", Json::Number(high)));
        }
    }
    if leaf.is_any_word() {
        all.push(("not", object(vec![("const", text("unknown"))])));
    }
    all
}

fn of_keys(keys: &Keys) -> Words {
    let properties = keys.list.iter().map(|key| (key.name, of_key(key))).collect();
    let needed: Vec<&str> =
        keys.list.iter().filter(|key| key.is_needed).map(|key| key.name).collect();
    let mut all: Words = vec![
        ("type", types(if needed.is_empty() { &["object", "null"] } else { &["object"] })),
        ("properties", object(properties)),
        ("additionalProperties", Json::Flag(false)),
    ];
    let beside = keys.list.iter().filter_map(|key| Some((key.name, texts(&[key.beside?]))));
    let beside: Words = beside.collect();
    if !beside.is_empty() {
        all.push(("dependencies", object(beside)));
    }
    match keys.instead {
        _ if needed.is_empty() => {}
        None => all.push(("required", texts(&needed))),
        Some(instead) => {
            let needs = |keys: &[&str]| object(vec![("required", texts(keys))]);
            all.push(("anyOf", Json::List(vec![needs(&needed), needs(&[instead])])));
        }
    }
    all
}
