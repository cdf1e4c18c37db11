//! Random plans. (being written)

use std::collections::BTreeMap;

use outlast_models::pac::PacAnswers;

/// The texts of PAC files, by the name that the plan gives the file.
pub type PacFilesByName = BTreeMap<String, String>;

/// Returns a random plan.
pub fn random_plan(seed: u64) -> String {
    random_case(seed).0
}

/// Returns a random plan with its PAC files and their answers.
pub fn random_case(_seed: u64) -> (String, PacFilesByName, PacAnswers) {
    (String::new(), BTreeMap::new(), PacAnswers::default())
}
