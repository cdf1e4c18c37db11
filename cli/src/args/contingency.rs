//! The words of `outlast contingency`.

use std::ffi::OsString;

use clap::Args;

use super::{FailOn, Output, Work};

/// `outlast contingency`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast contingency bank
  outlast contingency ./bank --order 1 --fail-on missed --quiet
  outlast contingency bank --order 3 --format json -o contingency.json
  outlast contingency bank --cuts 4
  outlast contingency bank --for cards
  outlast contingency bank --for cards-leeds

Every component, common cause and hazard of the plan fails alone, then with
every other, at the busiest hour, with everything that has time to happen:
batteries are empty, nobody has changed anything, people take the way that
they are told to. A hazard takes all that it may hit.")]
pub struct Contingency {
    /// The plan: a shipped one, a file, or a folder with plan.yaml
    pub plan: OsString,
    /// Look at sets of up to so many failures
    #[arg(long, value_name = "K", default_value_t = 2,
          value_parser = clap::value_parser!(u16).range(1..))]
    pub order: u16,
    /// Find minimal cut sets of up to so many failures, though not every such set is
    /// looked at
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u16).range(1..))]
    pub cuts: Option<u16>,
    /// Only this objective (its queue, or `overall`) or group; a document has all
    #[arg(long = "for", value_name = "OBJECTIVE|GROUP")]
    pub whom: Option<String>,
    /// End with status 1 if some set makes it so
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Option<FailOn>,
    /// Show people so many rows of each table at most; a document has all
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
    /// How to answer
    #[command(flatten)]
    pub output: Output,
    /// How to work
    #[command(flatten)]
    pub work: Work,
}
