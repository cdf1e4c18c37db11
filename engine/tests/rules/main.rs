//! The guide's rules: the registry, the text of each, the plans in it, and the
//! pages that are written from them.
#![allow(clippy::unwrap_used)]

mod coverage;
mod documents;
mod expect;
mod registry;
mod sources;
mod world;
mod written;
