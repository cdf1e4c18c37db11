//! The terminal UI: its screens, its figures, its keys, and a run in a terminal.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

mod figures;
mod keys;
mod picture;
mod screens;
mod session;
#[cfg(unix)]
mod terminal;
