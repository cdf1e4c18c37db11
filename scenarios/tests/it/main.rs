//! Tests of the scenario language and of what is shipped.

mod binding;
mod common;
mod including;
mod properties;
mod reading;
mod samples;
