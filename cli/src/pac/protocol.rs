//! What the runner and its child say to each other, a JSON document a line.
//!
//! In: one [`Task`], then nothing. Out: one [`Reply`] for each question, in order.

use serde::{Deserialize, Serialize};

/// One PAC file with all questions to it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Task {
    /// The text of the file.
    pub(super) text: String,
    /// The questions.
    pub(super) asks: Vec<Ask>,
}

/// One question.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Ask {
    /// The first argument of `FindProxyForURL`.
    pub(super) url: String,
    /// The second argument.
    pub(super) host: String,
    /// What name resolution answers for this host, where the plan says so.
    pub(super) address: Option<String>,
}

/// The answer to one question.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Reply {
    /// What the file returned, or why it returned nothing.
    pub(super) returned: Result<String, String>,
    /// What the file asked of the machine and got a fixed answer for.
    pub(super) outside: Vec<Outside>,
}

/// What a PAC file may ask of the machine. The runner gives fixed answers, so
/// an answer that used one holds only as far as they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outside {
    /// Name resolution: no name has an address unless the plan gives it.
    Names,
    /// The machine's own address: `127.0.0.1`.
    OwnAddress,
    /// The time: Monday 3 June 2024, 12:00 UTC.
    Time,
    /// Chance: `Math.random()` is nought.
    Chance,
}

impl Outside {
    /// Reads the word that the helper functions note.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "names" => Some(Self::Names),
            "own-address" => Some(Self::OwnAddress),
            "time" => Some(Self::Time),
            "chance" => Some(Self::Chance),
            _ => None,
        }
    }

    /// Says what was assumed, as a clause for a sentence about the PAC file.
    pub const fn assumed(self) -> &'static str {
        match self {
            Self::Names => "no name resolves unless the plan gives its address",
            Self::OwnAddress => "the workstation's own address is 127.0.0.1",
            Self::Time => "it is Monday, 12:00",
            Self::Chance => "chance always draws nought",
        }
    }
}
