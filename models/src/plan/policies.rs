//! The house's own rules, and the findings it has accepted.

use std::fmt;

use super::common::Named;
use crate::id::Id;
use crate::place::Place;
use crate::units::Day;

/// An entry of `policies`: a kind of route that groups must not take, or must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Where it is written.
    pub place: Place,
    /// `for`: tags of groups, one of which suffices; empty for all groups.
    pub groups: Vec<Named>,
    /// `when`: the routes that it speaks of; `None` for all of them.
    pub when: Option<RouteKind>,
    /// Whether it refuses what is of the kind, or what is not.
    pub verb: Verb,
    /// `refuse` or `require`.
    pub kind: RouteKind,
    /// `reason`.
    pub reason: String,
    /// `owner`.
    pub owner: Option<String>,
}

/// What a policy does with a kind of route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// `refuse`.
    Refuse,
    /// `require`.
    Require,
}

/// A kind of route: of every criterion that is written, one of the words. A word
/// is the id of a thing, its kind, one of its tags, or (of `over`) its provider.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RouteKind {
    /// `place`: of work.
    pub place: Vec<Named>,
    /// `machine`: where the required applications run.
    pub machine: Vec<Named>,
    /// `phone`.
    pub phone: Vec<Named>,
    /// `access`: the access way.
    pub access: Vec<Named>,
    /// `leg`: what the route is for.
    pub leg: Vec<LegWord>,
    /// `over`: what the route goes by.
    pub over: Vec<Named>,
}

/// What a route is for, as policies say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LegWord {
    /// Portal, login and web applications.
    Applications,
    /// The phone: signalling and media.
    Phone,
    /// Control and upload of the screen recorder.
    Recording,
}

impl LegWord {
    /// Every word.
    pub const ALL: [Self; 3] = [Self::Applications, Self::Phone, Self::Recording];

    /// The word as written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Applications => "applications",
            Self::Phone => "phone",
            Self::Recording => "recording",
        }
    }
}

/// Words that `access` takes besides ids and tags.
pub const ACCESS_WORDS: [&str; 7] =
    ["private", "internet", "proxy", "vpn", "split-tunnel", "full-tunnel", "vdi"];

impl RouteKind {
    /// Whether it speaks of single routes and not of a way of working as a whole.
    pub fn is_of_routes(&self) -> bool {
        !self.leg.is_empty() || !self.over.is_empty()
    }
}

/// As it is written, without brackets: `place homes, machine workstation or tablet`.
impl fmt::Display for RouteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |list: &[Named]| list.iter().map(|named| named.id.to_string()).collect();
        let legs = self.leg.iter().map(|leg| leg.word().to_owned()).collect();
        let all: [(&str, Vec<String>); 6] = [
            ("place", names(&self.place)),
            ("machine", names(&self.machine)),
            ("phone", names(&self.phone)),
            ("access", names(&self.access)),
            ("leg", legs),
            ("over", names(&self.over)),
        ];
        let written = all.into_iter().filter(|(_, words)| !words.is_empty());
        let each = written.map(|(key, words)| format!("{key} {}", words.join(" or ")));
        f.write_str(&each.collect::<Vec<_>>().join(", "))
    }
}

impl Policy {
    /// What it says, with who says so and why, in one clause.
    pub fn sentence(&self) -> String {
        let who = self.owner.as_deref().unwrap_or("the house");
        let does = match self.verb {
            Verb::Refuse => "refuses",
            Verb::Require => "requires",
        };
        let when = self.when.as_ref().map(|when| format!(" when {when}"));
        let reason = self.reason.trim_end_matches('.');
        format!("{who} {does} {}{}: {reason}", self.kind, when.unwrap_or_default())
    }

    /// Whether it speaks of a group with these tags.
    pub fn is_for(&self, tags: &[Id]) -> bool {
        self.groups.is_empty() || self.groups.iter().any(|named| tags.contains(&named.id))
    }
}

/// An entry of `waivers`: a finding that the house has accepted. It changes nothing
/// but what is said of that finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// Where it is written.
    pub place: Place,
    /// `rule`: the finding's, such as `PRV-03` or `policy:no-home-cards`.
    pub rule: Named,
    /// `at`: the dotted path of what the finding speaks of.
    pub at: Named,
    /// `reason`.
    pub reason: String,
    /// `owner`.
    pub owner: String,
    /// `until`: the last day on which it holds.
    pub until: Day,
}
