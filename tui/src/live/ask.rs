//! Questions to whoever knows the plan, and what comes back.

use outlast_reports::{ExplainDocument, RunDocument};
use outlast_scenarios::WhatIf;

/// Something to be computed.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// Who works.
    Run {
        /// The scenario, by its place among them.
        scene: usize,
        /// What is tried on top of it.
        what_if: WhatIf,
    },
    /// Who works with nothing tried, to compare with.
    Base {
        /// The scenario.
        scene: usize,
    },
    /// Why a group works as it does.
    Explain {
        /// The scenario.
        scene: usize,
        /// What is tried on top of it.
        what_if: WhatIf,
        /// The group.
        group: String,
        /// The time asked about, in milliseconds from the start.
        at_ms: u64,
    },
}

/// What was found.
#[derive(Debug)]
pub enum Reply {
    /// Who works; what is not known may still have to be varied.
    Run {
        /// The run.
        run: Box<RunDocument>,
        /// Whether nothing more comes.
        whole: bool,
    },
    /// Why.
    Explained(Box<ExplainDocument>),
    /// It cannot be said: a clause why.
    Fault(String),
}

/// Whoever answers.
pub trait Answers {
    /// Answers a question, in one reply or in several that become better. `give`
    /// says whether the answer is still wanted.
    fn answer(&mut self, question: &Question, give: &mut dyn FnMut(Reply) -> bool);
}

/// A question with its number; the higher one is the later.
pub type Numbered<T> = (u64, T);

/// What is waited for and what is there: the last answer stays until a better one
/// comes, and what answers an earlier question is dropped.
#[derive(Debug, Clone)]
pub(crate) struct Awaited<T> {
    asked: u64,
    is_whole: bool,
    /// The last answer.
    pub(crate) last: Option<T>,
    /// Why there is no newer one.
    pub(crate) fault: Option<String>,
}

impl<T> Default for Awaited<T> {
    fn default() -> Self {
        Self { asked: 0, is_whole: true, last: None, fault: None }
    }
}

impl<T> Awaited<T> {
    /// Waits for the answer to a question.
    pub(crate) fn ask(&mut self, number: u64) {
        (self.asked, self.is_whole, self.fault) = (number, false, None);
    }

    /// Whether this answers what was asked last.
    pub(crate) const fn expects(&self, number: u64) -> bool {
        self.asked == number
    }

    pub(crate) fn take(&mut self, value: T, whole: bool) {
        (self.last, self.is_whole) = (Some(value), whole);
    }

    pub(crate) fn fail(&mut self, why: String) {
        (self.fault, self.is_whole) = (Some(why), true);
    }

    /// Whether something is still being computed.
    pub(crate) const fn is_open(&self) -> bool {
        !self.is_whole
    }
}
