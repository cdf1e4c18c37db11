//! Findings on a plan as written: what does not work, what will not when it is
//! needed, and how to mend it.
//!
//! Its sources are the plan with nothing failed ([`normal`]), the ways of working
//! that the rules refuse, that one failure takes together or that are too narrow
//! ([`ways`], [`standby`], [`fate`], [`room`], [`larger`]), what stands in the plan
//! itself ([`lists`], [`cloud`], [`machines`], [`pac`], [`names`]), the remarks of
//! rules on open ways ([`notes`]), and what they ask there and nobody knows
//! ([`unknown`]). A finding is right or it is not made: what no way of working uses is
//! none.

mod cloud;
mod fate;
mod larger;
mod lists;
mod machines;
mod mends;
mod names;
mod normal;
mod notes;
mod pac;
mod room;
mod standby;
mod subject;
mod unknown;
mod waivers;
mod ways;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use outlast_models::diagnostic::Severity;
use outlast_models::pac::PacAnswers;
use outlast_models::{Id, Place, Plan};

use crate::problem::Problem;
use subject::Subject;
pub use waivers::Waived;

/// Something about a plan that its owner should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule: `PRV-02`, `OWN-03`, `policy:ID`.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// The path of the entry in the plan that it speaks of: `firewalls.fw-york`.
    pub at: String,
    /// Where that stands.
    pub place: Option<Place>,
    /// What is the matter, one sentence without a full stop.
    pub says: String,
    /// What of whom it breaks: `phone mobile of lending`.
    pub breaks: BTreeSet<String>,
    /// Whom it concerns.
    whom: Whom,
    /// What to do.
    pub mend: String,
    /// The lines to write, where they can be given.
    pub write: Option<String>,
}

impl Finding {
    fn new(rule: impl Into<String>, severity: Severity, at: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            severity,
            at: at.into(),
            place: None,
            says: String::new(),
            breaks: BTreeSet::new(),
            whom: Whom::new(),
            mend: String::new(),
            write: None,
        }
    }

    fn error(rule: impl Into<String>, at: impl Into<String>) -> Self {
        Self::new(rule, Severity::Error, at)
    }

    fn warning(rule: impl Into<String>, at: impl Into<String>) -> Self {
        Self::new(rule, Severity::Warning, at)
    }

    fn note(rule: impl Into<String>, at: impl Into<String>) -> Self {
        Self::new(rule, Severity::Note, at)
    }

    fn place(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into().filter(Place::is_written);
        self
    }

    fn says(mut self, says: impl Into<String>) -> Self {
        self.says = says.into();
        self
    }

    fn hits(mut self, whom: Whom) -> Self {
        self.whom = whom;
        self
    }

    fn mend(mut self, mend: impl Into<String>) -> Self {
        self.mend = mend.into();
        self
    }

    fn write(mut self, line: impl Into<String>) -> Self {
        self.write = Some(line.into());
        self
    }

    /// How many agents it concerns: those on shift at the busiest hour.
    pub fn agents(&self) -> u64 {
        self.whom.values().sum()
    }

    /// The same by group.
    pub fn groups(&self) -> BTreeMap<Id, u64> {
        by_group(&self.whom)
    }

    /// Most agents first, then the worst, then as the plan has it.
    fn order(&self) -> impl Ord + use<> {
        let agents = std::cmp::Reverse(self.agents());
        (agents, self.severity, self.place, self.rule.clone(), self.at.clone(), self.says.clone())
    }
}

/// Agents of each cohort, under their group: of those who are alike either all are
/// concerned or none, so that who is met twice counts once.
type Whom = BTreeMap<(Id, usize), u64>;

fn by_group(whom: &Whom) -> BTreeMap<Id, u64> {
    let mut groups = BTreeMap::new();
    for ((group, _), agents) in whom {
        *groups.entry(group.clone()).or_default() += agents;
    }
    groups
}

/// `a`, `a and b`, `a, b and c`; or with another word for `and`.
fn joined(mut words: Vec<String>, and: &str) -> String {
    let last = words.pop().unwrap_or_default();
    if words.is_empty() { last } else { format!("{} {and} {last}", words.join(", ")) }
}

/// What was found on a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// On shift at the busiest hour.
    pub on_shift: u64,
    /// Of these, working with nothing failed.
    pub working: u64,
    /// Most agents first.
    pub all: Vec<Finding>,
    /// Those that the house has accepted.
    pub waived: Vec<Waived>,
}

/// Every finding on a plan as written.
pub fn check(plan: &Plan, answers: &PacAnswers, problem: &Problem) -> Findings {
    let subject = Subject::new(plan, answers, problem);
    let mut gathered = Gathered::default();
    for part in [
        normal::findings,
        ways::findings,
        fate::findings,
        standby::findings,
        room::findings,
        larger::findings,
        lists::findings,
        cloud::findings,
        machines::findings,
        pac::findings,
        names::findings,
        notes::findings,
        unknown::findings,
    ] {
        for finding in part(&subject) {
            gathered.add(finding);
        }
    }
    let (mut all, waived) = waivers::applied(plan, gathered.into_sorted());
    all.sort_by_cached_key(Finding::order);
    Findings { on_shift: subject.on_shift(), working: subject.working(), all, waived }
}

/// Whether two findings are of one rule, at one line.
fn is_one_entry(one: &Finding, other: &Finding) -> bool {
    (one.severity, one.place, &one.rule, &one.at)
        == (other.severity, other.place, &other.rule, &other.at)
}

/// Whether two findings are one for whoever mends them: of one rule, at one line, with
/// one mend and for the same agents.
fn is_one_cause(one: &Finding, other: &Finding) -> bool {
    one.place.is_some()
        && is_one_entry(one, other)
        && (&one.mend, &one.write, &one.whom) == (&other.mend, &other.write, &other.whom)
}

/// Findings that say the same of the same entry are one: by rule, place and sentence.
#[derive(Default)]
struct Gathered(BTreeMap<(String, Option<Place>, String), Finding>);

impl Gathered {
    fn add(&mut self, finding: Finding) {
        match self.0.entry((finding.rule.clone(), finding.place, finding.says.clone())) {
            Entry::Vacant(new) => _ = new.insert(finding),
            Entry::Occupied(known) => {
                let known = known.into_mut();
                known.severity = known.severity.min(finding.severity);
                known.breaks.extend(finding.breaks);
                known.whom.extend(finding.whom);
            }
        }
    }

    fn into_sorted(self) -> Vec<Finding> {
        let mut sorted: Vec<Finding> = self.0.into_values().collect();
        sorted.sort_by_cached_key(Finding::order);
        let mut all: Vec<Finding> = Vec::new();
        for finding in sorted {
            // Those of one entry and as many agents stand together.
            let mut near = all.iter_mut().rev().take_while(|other| is_one_entry(other, &finding));
            match near.find(|other| is_one_cause(other, &finding)) {
                Some(known) => {
                    known.says = format!("{}; {}", known.says, finding.says);
                    known.breaks.extend(finding.breaks);
                }
                None => all.push(finding),
            }
        }
        all
    }
}
