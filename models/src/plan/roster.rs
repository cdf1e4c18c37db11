//! The roster: who the agents are, and in what they differ from their group.

use super::common::Named;
use super::groups::Group;
use crate::diagnostic::Diagnostic;
use crate::id::Id;

/// `roster`: the agents one by one.
#[derive(Debug, Clone, PartialEq)]
pub struct Roster {
    /// `file`: path as written.
    pub file: Named,
    /// Who is alike, group by group; within a group in the order of what they
    /// have, never of the file.
    pub crews: Vec<Crew>,
    /// What is allowed, but may not be meant; the one thing here that points to rows.
    pub remarks: Vec<Diagnostic>,
}

/// Agents of one group whose rows say the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Crew {
    /// Their group.
    pub group: Id,
    /// The group as it is for them: as many agents as they are, and their own
    /// places, phones and priority.
    pub own: Group,
    /// What tells them from the other crews of their group, in words: `phones
    /// pstn`; empty where there is no other.
    pub detail: Vec<Id>,
    /// Their ids, in alphabetical order.
    pub people: Vec<Box<str>>,
}
