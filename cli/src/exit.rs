//! The exit status: one table for every command.

use std::process::ExitCode;

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The question is answered.
    Answered,
    /// There are findings or differences.
    Findings,
    /// The command line is wrong.
    Usage,
    /// A file, plan or scenario is wrong.
    Input,
    /// Shards are missing, or it was interrupted.
    Incomplete,
    /// Outlast itself is wrong.
    Ours,
}

impl Exit {
    /// The number that the shell sees.
    pub const fn status(self) -> u8 {
        match self {
            Self::Answered => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Input => 3,
            Self::Incomplete => 4,
            Self::Ours => 70,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.status())
    }
}
