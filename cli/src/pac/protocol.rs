//! What the runner and its child say to each other, a JSON document a line.
//!
//! In: one [`Task`], then nothing. Out: one [`Reply`] for each question, in order.

use outlast_models::pac::Outside;
use serde::{Deserialize, Serialize};

/// One PAC file with all questions to it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Task {
    /// The text of the file.
    pub(super) text: String,
    /// The questions.
    pub(super) asks: Vec<Ask>,
    /// Whether to run a copy of the file that tells its lines.
    pub(super) tell_lines: bool,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ask {
    /// The first argument of `FindProxyForURL`.
    pub(super) url: String,
    /// The second argument.
    pub(super) host: String,
    /// What name resolution answers for this host, where the plan says so.
    pub(super) address: Option<String>,
    /// What the file learns as the machine's own address, where that is given.
    pub(super) own_address: Option<String>,
}

/// The answer to one question.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Reply {
    /// What the file returned, or why it returned nothing.
    pub(super) returned: Result<String, String>,
    /// What the file asked of the machine and got a fixed answer for.
    pub(super) outside: Vec<Outside>,
    /// The line of the `return` that gave the answer, where it was asked for and
    /// is known.
    pub(super) line: Option<u32>,
}
