//! The language as data: every key with what it says and an example, written as
//! JSON Schema (draft-07) for editors.
//!
//! A key is one line of a table (`schema/plan/`). The readers ask for keys in the
//! order that suits them; a test holds both together: it spoils the examples of
//! the page on the language in every place, and what the reader refuses the
//! schema has to refuse, and the other way round.

mod json;
pub mod leaves;
mod plan;

pub use json::{Json, of_node};
pub use plan::plan;

use leaves::Leaf;

/// A language of Outlast: that of plans or that of scenarios.
#[derive(Debug, Clone)]
pub struct Language {
    /// What the file is.
    pub title: &'static str,
    /// What it says.
    pub about: &'static str,
    /// The whole file.
    pub root: Shape,
    /// Shapes that stand in themselves, by name.
    pub definitions: Vec<(&'static str, Shape)>,
}

/// A key of a map.
#[derive(Debug, Clone)]
pub struct Key {
    /// As written.
    pub name: &'static str,
    /// What it says, in one clause.
    pub about: String,
    /// A value, as it may be written.
    pub example: String,
    /// What may stand there.
    pub shape: Shape,
    /// Whether it must be there.
    pub is_needed: bool,
    /// Whether `unknown` may stand in its place.
    pub may_be_unknown: bool,
    /// The key that has to stand beside it.
    pub beside: Option<&'static str>,
}

/// What may stand somewhere.
#[derive(Debug, Clone)]
pub enum Shape {
    /// One of these words.
    Words(Vec<&'static str>),
    /// `true` or `false`, in all their spellings.
    YesNo,
    /// A word or number of some form.
    Leaf(Leaf),
    /// A list of these; one alone counts as a list of one.
    List(Box<Shape>),
    /// A list of these, and nothing else.
    Rows(Box<Shape>),
    /// A map of these keys and no others.
    Map(Keys),
    /// A map whose keys are of one form, such as ids, and how many there may be.
    By(Leaf, Box<Shape>, Size),
    /// Any of several.
    Any(Vec<Shape>),
    /// One of the language's definitions.
    Named(&'static str),
    /// Whatever the plan takes elsewhere.
    Anything,
}

/// How many entries a map by some key may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Any number; nothing at all counts as none.
    Any,
    /// Any number, but it has to be a map.
    Written,
    /// One.
    One,
}

/// The keys of a closed map.
#[derive(Debug, Clone)]
pub struct Keys {
    /// Each key.
    pub list: Vec<Key>,
    /// The key that stands for all that are needed (`like`).
    pub instead: Option<&'static str>,
}

impl Language {
    /// The JSON Schema of the language.
    pub fn document(&self) -> Json {
        json::document(self)
    }

    /// Looks a definition up.
    pub fn definition(&self, name: &str) -> Option<&Shape> {
        self.definitions.iter().find(|(known, _)| *known == name).map(|(_, shape)| shape)
    }
}

impl Key {
    /// The same, that must be there.
    #[must_use]
    pub fn needed(self) -> Self {
        Self { is_needed: true, ..self }
    }

    /// The same, that says something only beside another.
    #[must_use]
    pub fn beside(self, other: &'static str) -> Self {
        Self { beside: Some(other), ..self }
    }

    /// The same, that cannot be `unknown`: it gives the file its shape, or is
    /// the writer's to choose.
    #[must_use]
    pub fn certain(self) -> Self {
        Self { may_be_unknown: false, ..self }
    }
}

/// A key that may be left out, or `unknown`.
pub fn key(name: &'static str, shape: Shape, about: &str, example: &str) -> Key {
    let (about, example) = (about.to_owned(), example.to_owned());
    Key { name, about, example, shape, is_needed: false, may_be_unknown: true, beside: None }
}

/// One of these words.
pub fn words(words: &[&'static str]) -> Shape {
    Shape::Words(words.to_vec())
}

/// A list, or one alone.
pub fn list(item: Shape) -> Shape {
    Shape::List(Box::new(item))
}

/// A closed map.
pub fn map(keys: impl Into<Vec<Key>>) -> Shape {
    Shape::Map(Keys { list: keys.into(), instead: None })
}

/// Entries by id.
pub fn by_id(entry: Shape) -> Shape {
    Shape::By(leaves::ID, Box::new(entry), Size::Any)
}

/// A table: a map that has to be there, whose keys are of one form.
pub fn table(key: Leaf, entry: Shape) -> Shape {
    Shape::By(key, Box::new(entry), Size::Written)
}

/// A map of one entry whose key is of some form.
pub fn choice(key: Leaf, entry: Shape) -> Shape {
    Shape::By(key, Box::new(entry), Size::One)
}

/// Any of several.
pub fn any(shapes: impl Into<Vec<Shape>>) -> Shape {
    Shape::Any(shapes.into())
}

/// Words of the language, or ids beside them.
pub fn words_or_id(of: &[&'static str]) -> Shape {
    any([words(of), leaves::id()])
}

/// The same, or `unknown`: for entries, whose keys do not say so.
pub fn or_unknown(shape: Shape) -> Shape {
    any([shape, words(&["unknown"])])
}
