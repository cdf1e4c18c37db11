//! The words of `outlast compile`.

use std::ffi::OsString;

use clap::Args;

use super::Writing;

/// `outlast compile`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast compile bank
  outlast compile ./bank --format json -o bank.json

The document is for programs that answer the same questions another way
(engine/benches/peers). It is of the busiest hour.")]
pub struct Compile {
    /// The plan: a shipped one, a file, or a folder with plan.yaml
    pub plan: OsString,
    /// How to answer
    #[command(flatten)]
    pub writing: Writing,
}
