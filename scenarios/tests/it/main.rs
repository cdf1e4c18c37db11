//! Tests of the scenario language and of what is shipped.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod binding;
mod common;
mod including;
mod properties;
mod reading;
mod samples;
mod schema;
#[path = "../../../models/tests/schema/spoil.rs"]
mod spoil;
#[path = "../../../models/tests/schema/validator.rs"]
mod validator;
