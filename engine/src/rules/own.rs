//! Outlast's own findings, which no page of the guide speaks of.

use super::page;

/// One of them.
#[derive(Debug, Clone, Copy)]
pub struct OwnRule {
    /// `OWN-02`; never given to another.
    pub id: &'static str,
    /// Named for the offence.
    pub name: &'static str,
    /// What it says, in a few words.
    pub says: &'static str,
    /// The module that finds it.
    pub applied: &'static str,
    /// Its text for planners.
    pub text: &'static str,
}

impl OwnRule {
    /// Its text, taken apart.
    pub fn page(&self) -> page::Page {
        page::parse(self.text)
    }
}

/// A rule of ours, with its text from `engine/rules`.
macro_rules! own {
    ($id:literal, $name:literal, $says:literal, $applied:literal) => {
        OwnRule {
            id: $id,
            name: $name,
            says: $says,
            applied: $applied,
            text: include_str!(concat!("../../rules/", $id, ".md")),
        }
    };
}

/// All of them, in order.
#[rustfmt::skip]
pub const OWN: &[OwnRule] = &[
    own!("OWN-01", "out-with-nothing-failed", "agents who do not work with nothing failed", "engine::check::normal"),
    own!("OWN-02", "all-ways-share-a-fate", "every way of working falls with one component", "engine::check::fate"),
    own!("OWN-03", "alternative-falls-with-the-first", "an alternative falls with what it replaces", "engine::check::fate"),
    own!("OWN-04", "alternative-congests-with-callers", "an alternative is congested with what it replaces", "engine::check::fate"),
    own!("OWN-05", "name-used-once", "a shared thing that only one entry names", "engine::check::names"),
    own!("OWN-06", "names-look-alike", "two names that look like one", "engine::check::names"),
    own!("OWN-07", "no-room-for-all", "less room than those want who may come", "engine::check::room"),
    own!("OWN-08", "stand-by-larger-than-the-first", "a stand-by with more capacity than what it backs", "engine::check::larger"),
    own!("OWN-09", "waiver-out-of-date", "a waiver that no longer holds, or of which nobody can say it", "engine::check::waivers"),
    own!("OWN-10", "waiver-of-nothing", "a waiver that accepts no finding", "engine::check::waivers"),
];

/// Looks one up by its id or name as people type them.
pub fn find(typed: &str) -> Option<&'static OwnRule> {
    OWN.iter().find(|rule| super::is_called(typed, rule.id, rule.name))
}
