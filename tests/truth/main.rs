//! Truth: the engine against independent answers.
#![allow(clippy::unwrap_used)]

mod examples;
mod invariants;
mod puzzles;
mod reference;
