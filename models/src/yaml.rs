//! YAML as a tree with places, read from parser events.
//!
//! Not by serde: every leaf stays the text that was written (`0123`, `12:00`,
//! `off` and `no` are not turned into something else), every key and value
//! knows its place, and repeated keys are found at every depth. What a plan has
//! no use for (anchors, tags, several documents) is refused, and so are files
//! that are too large or too deep, before they cost anything.

mod build;
mod edit;
mod help;
mod position;
mod repeated;

pub use edit::{SECTIONS, leads, put, section_of, set, set_at, set_every};

use crate::diagnostic::Diagnostic;
use crate::place::{FileId, Place};

/// How deep maps and lists may nest.
pub const DEPTH_MAX: usize = 64;
/// How many bytes a file may have.
pub const BYTES_MAX: usize = 64 << 20;
/// How many keys and values a file may have.
pub const NODES_MAX: usize = 4_000_000;

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where it stands: a scalar from its first to its last character, a map
    /// or list from its first entry on.
    pub place: Place,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text, as written.
    Scalar {
        /// The text, with quotes and escapes undone.
        text: String,
        /// Whether it was quoted or a block.
        quoted: bool,
    },
    /// A map, in the order of the file.
    Map(Vec<(Key, Node)>),
    /// A list.
    Seq(Vec<Node>),
    /// Nothing (`key:` alone, `~` or `null`).
    Empty,
}

/// A key with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl Node {
    /// Makes a scalar, for changes to a tree.
    pub fn scalar(text: &str, place: Place) -> Self {
        Self { place, value: Value::Scalar { text: text.to_owned(), quoted: false } }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            Value::Map(_) | Value::Seq(_) | Value::Empty => None,
        }
    }

    /// The entries of a map; none for anything else.
    pub fn entries(&self) -> &[(Key, Self)] {
        match &self.value {
            Value::Map(entries) => entries,
            Value::Scalar { .. } | Value::Seq(_) | Value::Empty => &[],
        }
    }

    /// The value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(k, _)| k.text == key).map(|(_, node)| node)
    }

    /// A key of a map, with its place.
    pub fn key(&self, key: &str) -> Option<&Key> {
        self.entries().iter().map(|(found, _)| found).find(|found| found.text == key)
    }

    /// What it is, in words: `a map`, `a list`.
    pub fn shape(&self) -> &'static str {
        match &self.value {
            Value::Scalar { .. } => "a word or number",
            Value::Map(_) => "a map",
            Value::Seq(_) => "a list",
            Value::Empty => "nothing",
        }
    }

    /// Whether it is the plain word `unknown`.
    pub fn is_unknown(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, quoted: false } if text == "unknown")
    }
}

/// Parses one document.
///
/// # Errors
/// Returns everything that is wrong with it as YAML.
pub fn parse(file: FileId, text: &str) -> Result<Node, Vec<Diagnostic>> {
    match build::parse(file, text)? {
        (node, errors) if errors.is_empty() => Ok(node),
        (_, errors) => Err(errors),
    }
}

/// Parses one document that is read on although keys in it are written twice:
/// returns the tree with the first of them each, and what is wrong.
///
/// # Errors
/// Returns what is wrong where there is no tree to be read.
pub fn parse_on(file: FileId, text: &str) -> Result<(Node, Vec<Diagnostic>), Vec<Diagnostic>> {
    build::parse(file, text)
}
