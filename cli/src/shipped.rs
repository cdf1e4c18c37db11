//! The plans and scenarios that Outlast ships, by name.

use crate::error::{CliError, Unknown};
use crate::resolve;

/// A sample plan: its files by path inside its folder, the plan first.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Its name.
    pub name: &'static str,
    /// What it shows, in one clause.
    pub about: &'static str,
    /// Path inside the folder, and text.
    pub files: &'static [(&'static str, &'static str)],
}

macro_rules! sample_file {
    ($path:literal) => {
        include_str!(concat!("../../scenarios/library/plans/", $path))
    };
}

/// Every sample plan.
pub const SAMPLES: &[Sample] = &[
    Sample {
        name: "starter",
        about: "a small contact center to begin with",
        files: &[("starter.yaml", sample_file!("starter.yaml"))],
    },
    Sample {
        name: "bank",
        about: "a bank with three offices, two data centers and people at home",
        files: &[
            ("plan.yaml", sample_file!("bank/plan.yaml")),
            ("pac/corporate.pac", sample_file!("bank/pac/corporate.pac")),
            ("pac/legacy.pac", sample_file!("bank/pac/legacy.pac")),
        ],
    },
];

/// Finds a sample plan.
pub fn sample(name: &str) -> Result<&'static Sample, CliError> {
    SAMPLES.iter().find(|sample| sample.name == name).ok_or_else(|| {
        CliError::Unknown(Unknown {
            what: "shipped plan",
            name: name.to_owned(),
            known: SAMPLES.iter().map(|sample| sample.name.to_owned()).collect(),
            lies_here: resolve::lies_here(name),
            listed_by: "`outlast scenarios`",
        })
    })
}
