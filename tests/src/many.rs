//! Many random plans at once, each in many states, on all cores.

use std::collections::BTreeSet;
use std::ops::Range;

use outlast_engine::{Problem, compile};
use outlast_models::Plan;
use outlast_models::pac::PacAnswers;
use outlast_reference::{
    Failure, PacFilesByName, RandomCase, every_state, failures, own_components, random_case,
    random_few,
};
use rayon::prelude::*;

use crate::compare::Comparison;
use crate::small::plan_with;

/// At most so many components fail in all combinations.
pub const FEW: usize = 12;

/// A random plan, read and compiled.
pub struct Subject {
    /// What it was made from.
    pub seed: u64,
    /// Its text.
    pub text: String,
    /// Its PAC files by path.
    pub files: PacFilesByName,
    /// The plan.
    pub plan: Plan,
    /// What its PAC files answer.
    pub answers: PacAnswers,
    /// What the engine makes of it.
    pub problem: Problem,
}

impl Subject {
    fn new(seed: u64, (text, files, answers): RandomCase) -> Self {
        let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
        let plan = plan_with(&text, &mut load).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        let problem = compile(&plan, &answers);
        Self { seed, text, files, plan, answers, problem }
    }

    /// The plan of a seed.
    pub fn of(seed: u64) -> Self {
        Self::new(seed, random_case(seed))
    }

    /// The plan of a seed with few components, if it names no more than [`FEW`].
    pub fn small(seed: u64) -> Option<Self> {
        let subject = Self::new(seed, random_few(seed));
        (subject.components().len() <= FEW).then_some(subject)
    }

    /// The components that the plan's text names.
    pub fn components(&self) -> Vec<String> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let words: BTreeSet<&str> = self.text.split(|c| !is_part(c)).collect();
        let is_line = |id: &str| id != "pstn" || self.text.contains("to: pstn");
        let mut ids = own_components(&self.plan);
        ids.retain(|id| words.contains(id.as_str()) && is_line(id));
        ids
    }

    /// Every set of its components failed, and what else may be the matter.
    pub fn every_state(&self) -> Vec<Failure> {
        every_state(&self.plan, self.seed, &self.components())
    }

    /// So many states of its own.
    pub fn states(&self, limit: usize) -> Vec<Failure> {
        failures(&self.plan, self.seed, limit)
    }

    /// Compares engine and reference in these states.
    pub fn compared(&self, states: &[Failure]) -> Tally {
        let comparison = Comparison::new(&self.plan, &self.problem, &self.answers);
        let mut tally = Tally { plans: 1, states: states.len(), ..Tally::default() };
        for failure in states {
            let found = comparison.differences(failure);
            if let Some(first) = found.first() {
                if tally.differ == 0 {
                    let line = format!("seed {}: {first}\n    in {failure:?}", self.seed);
                    tally.firsts.push(line);
                }
                tally.differ += 1;
            }
        }
        tally
    }
}

/// What a comparison of many plans has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Plans compared.
    pub plans: usize,
    /// States of all of them.
    pub states: usize,
    /// States in which engine and reference differ.
    pub differ: usize,
    /// The first difference of each plan that has one.
    pub firsts: Vec<String>,
}

impl Tally {
    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.plans += other.plans;
        self.states += other.states;
        self.differ += other.differ;
        self.firsts.extend(other.firsts);
        self
    }
}

/// Compares the plans of these seeds in so many states each.
pub fn sampled(seeds: Range<u64>, states: usize) -> Tally {
    let compared = |seed| {
        let subject = Subject::of(seed);
        subject.compared(&subject.states(states))
    };
    seeds
        .into_par_iter()
        .map(compared)
        .collect::<Vec<_>>()
        .into_iter()
        .fold(<_>::default(), Tally::and)
}

/// Compares the small plans among these seeds in every state.
pub fn exhausted(seeds: Range<u64>) -> Tally {
    let compared = |seed| {
        let subject = Subject::small(seed)?;
        Some(subject.compared(&subject.every_state()))
    };
    let all: Vec<Tally> = seeds.into_par_iter().filter_map(compared).collect();
    all.into_iter().fold(Tally::default(), Tally::and)
}
