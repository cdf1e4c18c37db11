//! The words of `outlast risk`.

use std::ffi::OsString;

use clap::Args;
use outlast_models::read::quantity;
use outlast_models::units::Millionths;

use super::{Output, Work};

/// `outlast risk`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast risk clinic
  outlast risk ./bank --years 100000 --format json -o risk.json
  outlast risk ./bank --until-error 1% --trials 10000000
  outlast risk ./bank --years 0     only the chances at one moment
  outlast risk ./bank --seed 2      other draws: figures move within their range
  outlast risk ./new --against ./bank   which of two plans is hit less, how surely

How often things fail stands under `failures` in the plan. Ctrl-C ends it with
what is done so far and status 4; a second one ends it at once.")]
pub struct Risk {
    /// The plan: a shipped one, a file, or a folder with plan.yaml
    pub plan: OsString,
    /// Compare it with this plan, on the same failures at the same times
    #[arg(long, value_name = "PLAN", conflicts_with = "until_error")]
    pub against: Option<OsString>,
    /// What is asked
    #[command(flatten)]
    pub asking: Asking,
    /// How to answer
    #[command(flatten)]
    pub output: Output,
    /// How to work
    #[command(flatten)]
    pub work: Work,
}

/// What is asked of chance.
#[derive(Debug, Clone, Copy, Args)]
pub struct Asking {
    /// Draw so many states beside those that are all looked at
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub trials: u64,
    /// Simulate so many years
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub years: u64,
    /// Draw by this number; the same one gives the same answer
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Draw no more states once each chance is known so well, as a part of itself
    #[arg(long, value_name = "SHARE", value_parser = error)]
    pub until_error: Option<u32>,
}

/// A share above nought, in millionths.
fn error(text: &str) -> Result<u32, String> {
    match quantity::share(text) {
        Ok(Millionths(share)) if share > 0 => Ok(share),
        _ => Err("write a share above nought such as `1%`".to_owned()),
    }
}
