//! What random plans consist of: how large they are, what refuses in them, what they
//! load and what of it is ever too little.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use outlast_engine::outcome::{Impairment, Want};
use outlast_engine::{Disposition, Outcome, Scope, State, Steering, assess};
use outlast_models::catalogue::PhoneKind;
use outlast_models::units::WeekHour;
use outlast_reference::{Failure, Opinion, WayState};
use rayon::prelude::*;

use crate::compare::state_of;
use crate::many::Subject;

/// States of a plan that are looked at.
const STATES: usize = 60;

/// What of plans is seen, by name, in how many of them.
#[derive(Default)]
pub struct Coverage {
    plans: usize,
    seeds: u64,
    /// Plans by number of components.
    sizes: BTreeMap<usize, usize>,
    /// Plans in which somebody lacks room, or is impaired for want of it.
    short: usize,
    live: usize,
    refused: BTreeMap<String, usize>,
    alone: BTreeMap<String, usize>,
    mended: BTreeMap<String, usize>,
    traffic: BTreeMap<&'static str, usize>,
    limited: BTreeMap<String, usize>,
    binding: BTreeMap<String, usize>,
}

/// The same of one plan.
#[derive(Default)]
struct Seen {
    refused: BTreeSet<String>,
    alone: BTreeSet<String>,
    mended: BTreeSet<String>,
    traffic: BTreeSet<&'static str>,
    limited: BTreeSet<String>,
    binding: BTreeSet<String>,
    size: usize,
}

impl Coverage {
    /// Of so many small plans, from this seed on.
    pub fn of(first: u64, plans: u64) -> Self {
        let (mut all, mut next) = (Self::default(), first);
        while (all.plans as u64) < plans {
            let step = 100.min(4 * (plans - all.plans as u64));
            let seen = |seed| Subject::small(seed).map(|subject| seen(&subject));
            let found: Vec<Seen> = (next..next + step).into_par_iter().filter_map(seen).collect();
            next += step;
            found.into_iter().take(plans as usize - all.plans).for_each(|seen| all.add(seen));
        }
        Self { seeds: next - first, ..all }
    }

    fn add(&mut self, seen: Seen) {
        self.plans += 1;
        *self.sizes.entry(seen.size).or_default() += 1;
        self.short += usize::from(!seen.binding.is_empty());
        self.live += usize::from(!seen.traffic.is_empty());
        let count = |into: &mut BTreeMap<String, usize>, words: BTreeSet<String>| {
            for word in words {
                *into.entry(word).or_default() += 1;
            }
        };
        count(&mut self.refused, seen.refused);
        count(&mut self.alone, seen.alone);
        count(&mut self.mended, seen.mended);
        count(&mut self.limited, seen.limited);
        count(&mut self.binding, seen.binding);
        for word in seen.traffic {
            *self.traffic.entry(word).or_default() += 1;
        }
    }

    /// Rules that refuse somewhere.
    pub fn refusing(&self) -> impl Iterator<Item = &str> {
        self.refused.keys().map(String::as_str)
    }
}

fn seen(subject: &Subject) -> Seen {
    let mut seen = Seen { size: subject.components().len(), ..Seen::default() };
    let opinion = Opinion::new(&subject.plan, &subject.answers);
    let held = assess::normal(&subject.problem, &State::normal(WeekHour(0))).0;
    for failure in subject.states(STATES) {
        refusals(&mut seen, subject, &opinion, &failure);
        let state = state_of(&subject.plan, &failure);
        for steering in [Steering::LeftAlone, Steering::Directed] {
            let outcome = assess(&subject.problem, &state, &held, Scope::Moved, steering);
            short(&mut seen, subject, &outcome);
        }
    }
    seen
}

fn refusals(seen: &mut Seen, subject: &Subject, opinion: &Opinion<'_>, failure: &Failure) {
    let judgement = opinion.of(failure);
    for way in judgement.ways() {
        match &way.state {
            WayState::Refused(rules) => {
                if rules.len() == 1 {
                    seen.alone.extend(rules.iter().cloned());
                }
                seen.refused.extend(rules.iter().cloned());
            }
            WayState::NeedsChange(changes) => seen.mended.extend(changes.iter().cloned()),
            WayState::Live => seen.traffic.extend(traffic(subject, way)),
            WayState::Down => {}
        }
    }
    let kind = |name: &String| name.split('(').next().unwrap_or_default().to_owned();
    seen.limited.extend(judgement.room().limits.keys().map(kind));
}

/// What somebody who works so sends.
fn traffic(subject: &Subject, way: &outlast_reference::Way) -> Vec<&'static str> {
    let group = &subject.plan.groups[way.group.as_str()];
    let mut all = vec![];
    let kind = way.phone.as_ref().map(|id| subject.plan.phones[id.as_str()].kind);
    all.extend(kind.map(|kind| match kind {
        PhoneKind::WebrtcEmbedded | PhoneKind::WebrtcSoftphone => "BWD-02 WebRTC voice",
        _ => "BWD-01 SIP voice",
    }));
    let desktop = |(id, _): (&outlast_models::Id, _)| id.as_str().ends_with("desktop");
    all.extend(group.apps.iter().any(desktop).then_some("BWD-03 desktop"));
    all.extend(group.recording.value.is_some().then_some("BWD-04 screen recording"));
    all
}

/// What somebody finds no room on.
fn short(seen: &mut Seen, subject: &Subject, outcome: &Outcome) {
    for entry in outcome.entries.iter().filter(|entry| entry.agents > 0) {
        if let Disposition::Stranded(Want::Room(id))
        | Disposition::Impaired { by: Impairment::OverLimit(id), .. } = entry.disposition
        {
            let key = format!("{:?}", subject.problem.resources[id.index()].key);
            seen.binding.insert(key.split('(').next().unwrap_or_default().to_owned());
        }
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { plans, seeds, short, live, .. } = self;
        writeln!(
            f,
            "{plans} plans among {seeds} seeds; somebody works in {live}; in {short} something is too little"
        )?;
        let sizes: Vec<String> = self.sizes.iter().map(|(n, of)| format!("{n}: {of}")).collect();
        writeln!(f, "components: plans   {}", sizes.join(", "))?;
        writeln!(f, "\n{:24} {:>8} {:>8}", "refused by, in plans", "at all", "alone")?;
        for (rule, at_all) in &self.refused {
            let alone = self.alone.get(rule).copied().unwrap_or(0);
            writeln!(f, "{rule:24} {at_all:>8} {alone:>8}")?;
        }
        writeln!(f, "\n{:24} {:>8}", "opened by, in plans", "")?;
        self.mended.iter().try_for_each(|(change, n)| writeln!(f, "{change:24} {n:>8}"))?;
        writeln!(f, "\n{:24} {:>8}", "sent, in plans", "")?;
        self.traffic.iter().try_for_each(|(what, n)| writeln!(f, "{what:24} {n:>8}"))?;
        writeln!(f, "\n{:24} {:>8}", "has a limit, in plans", "")?;
        self.limited.iter().try_for_each(|(kind, n)| writeln!(f, "{kind:24} {n:>8}"))?;
        writeln!(f, "\n{:24} {:>8}", "is too little, in plans", "")?;
        self.binding.iter().try_for_each(|(kind, n)| writeln!(f, "{kind:24} {n:>8}"))
    }
}
