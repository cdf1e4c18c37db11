//! Truth: the engine against independent answers.
#![allow(clippy::unwrap_used)]

mod reference;
