//! Tests of the scenario language and of what is shipped.

mod binding;
mod common;
mod reading;
mod samples;
