//! The terminal UI: who works, what if something else breaks, why, and when.
//!
//! [`State`] is everything that is shown, [`State::update`] the only thing that
//! changes it, [`draw`] makes a screen of it. Figures come from the documents that
//! every other view is made from: [`Answers`] is asked for them on a thread of its
//! own ([`terminal`]), and an answer to a question that is no longer asked is dropped.

pub mod ask;
mod command;
mod draw;
mod facts;
mod figures;
mod keys;
mod lines;
mod state;
pub mod terminal;
mod tree;
mod update;

pub use ask::{Answers, Question, Reply};
pub use draw::draw;
pub use facts::{Facts, Part, SceneFacts};
pub use state::{State, View};
pub use update::Event;
