//! What can be said where facts are not known: their values combined.
//!
//! A *doubt* is a fact with a closed list of values, the first of which is what the
//! plan is read as; a *choice* takes one of each. Whatever is to be known of a choice
//! is its *answer*, a pure function of it; what does not differ between answers is
//! certain.
//!
//! The total is not monotone (one failure more may free a circuit), so that nothing
//! but trying proves that no combination is worse. All are tried while they are at
//! most [`WHOLE`]. Of more, a doubt rests (keeps its first value) that no single change
//! of any other brings up and that by itself changes nothing. Up to [`MOST`], twelve
//! facts of two values that matter, all of the others are tried. Of still more, values
//! that alone change the same are one. Are there too many even so,
//! the range is only that of those tried: each doubt alone, all at their worst and at
//! their best, all but one so, pairs. The true range is then at least as wide.
//!
//! Limits: a doubt that rests might matter once two others have both changed.

mod decide;
mod tries;

use std::collections::BTreeSet;

use rayon::prelude::*;

pub use decide::{Ballot, Decision, Rank, decide, ranked};
use tries::{every, some};

use crate::progress::{Observer, Stage};

/// Most combinations that are tried whether or not a doubt seems to matter.
pub const WHOLE: usize = 1 << 8;
/// Most combinations that are tried one by one.
pub const MOST: usize = 1 << 12;
/// How many are under way at a time, so that not all answers are kept.
const AT_ONCE: usize = 64;

/// One value of each doubt, by its place in the list of values.
pub type Choice = Vec<usize>;

/// What becomes of a choice.
pub trait Answer: Send + PartialEq {
    /// How favourable it is.
    fn worth(&self) -> u64;
    /// Whether some result stands on a doubt, by the doubt's place.
    fn stands_on(&self, doubt: usize) -> bool;
}

/// Finds the answer of a choice; `None` where these values make no plan together.
pub type Ask<'a, A> = &'a (dyn Fn(&[usize]) -> Option<A> + Sync);

/// How much was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Combinations that there are.
    pub of: u128,
    /// Combinations that were tried and make a plan.
    pub tried: usize,
    /// Combinations that make no plan.
    pub impossible: usize,
    /// Whether those tried are all that matter.
    pub exact: bool,
    /// Doubts that were kept at their first value beside others.
    pub resting: Vec<usize>,
}

/// Tries the combinations of doubts with so many values each, and hands every answer
/// over in a fixed order: first the plan as read, then each change alone.
pub fn explore<A: Answer>(
    sizes: &[usize],
    ask: Ask<'_, A>,
    observer: &dyn Observer,
    absorb: &mut dyn FnMut(&[usize], A),
) -> Tried {
    let base: Choice = vec![0; sizes.len()];
    let single = |doubt: usize, value: usize| -> Choice {
        let mut choice = base.clone();
        choice[doubt] = value;
        choice
    };
    let of_doubt = |doubt: usize| (1..sizes[doubt]).map(move |value| (doubt, value));
    let alone: Vec<(usize, usize)> = (0..sizes.len()).flat_map(of_doubt).collect();
    let mut first = vec![base.clone()];
    first.extend(alone.iter().map(|&(doubt, value)| single(doubt, value)));
    let answers: Vec<Option<A>> = first.par_iter().map(|choice| ask(choice)).collect();
    let survey = Survey { sizes, alone: &alone, answers: &answers };
    let (choices, exact, resting) = survey.choices();
    let mut done: BTreeSet<Choice> = first.iter().cloned().collect();
    let mut tried = Tried { of: survey.all(), tried: 0, impossible: 0, exact, resting };
    let mut count = |choice: &[usize], answer: Option<A>| match answer {
        Some(answer) => {
            tried.tried += 1;
            absorb(choice, answer);
        }
        None => tried.impossible += 1,
    };
    for (choice, answer) in first.iter().zip(answers) {
        count(choice, answer);
    }
    let rest: Vec<Choice> =
        choices.into_iter().filter(|choice| done.insert(choice.clone())).collect();
    for (n, some) in rest.chunks(AT_ONCE).enumerate() {
        observer.begins(Stage::Combinations, n * AT_ONCE + 1, rest.len());
        let answers: Vec<Option<A>> = some.par_iter().map(|choice| ask(choice)).collect();
        for (choice, answer) in some.iter().zip(answers) {
            count(choice, answer);
        }
    }
    tried
}

/// What the plan as read and each change alone come to.
struct Survey<'a, A> {
    sizes: &'a [usize],
    /// The doubt and value of each change.
    alone: &'a [(usize, usize)],
    /// The answer of the plan as read, then of each change.
    answers: &'a [Option<A>],
}

impl<A: Answer> Survey<'_, A> {
    fn all(&self) -> u128 {
        self.sizes.iter().fold(1, |all, size| all.saturating_mul(*size as u128))
    }

    /// The choices to try, whether these are all that matter, and who rests.
    fn choices(&self) -> (Vec<Choice>, bool, Vec<usize>) {
        let mut values: Vec<Vec<usize>> =
            self.sizes.iter().map(|size| (0..*size).collect()).collect();
        let mut resting = Vec::new();
        if few(&values, WHOLE).is_none() {
            resting = (0..self.sizes.len()).filter(|doubt| self.rests(*doubt)).collect();
            for doubt in &resting {
                values[*doubt].truncate(1);
            }
        }
        if few(&values, MOST).is_none() {
            for (doubt, values) in values.iter_mut().enumerate() {
                self.merge(doubt, values);
            }
        }
        match few(&values, MOST) {
            Some(count) => (every(&values, count), true, resting),
            None => (some(&values, &self.worst(), &self.best(), MOST), false, resting),
        }
    }

    fn answer(&self, doubt: usize, value: usize) -> Option<&A> {
        let at = self.alone.iter().position(|one| *one == (doubt, value));
        self.answers[at.map_or(0, |at| at + 1)].as_ref()
    }

    /// Whether no result stands on it, neither in the plan as read nor with one change,
    /// and its own change nothing.
    fn rests(&self, doubt: usize) -> bool {
        let base = self.answers[0].as_ref();
        let own = (1..self.sizes[doubt]).all(|value| self.answer(doubt, value) == base);
        own && self.answers.iter().flatten().all(|answer| !answer.stands_on(doubt))
    }

    /// Keeps the first of the values that alone come to the same.
    fn merge(&self, doubt: usize, values: &mut Vec<usize>) {
        let all = std::mem::take(values);
        for value in all {
            let same = |known: &&usize| self.answer(doubt, **known) == self.answer(doubt, value);
            if values.iter().find(same).is_none() {
                values.push(value);
            }
        }
    }

    fn worst(&self) -> Choice {
        self.extreme(std::cmp::Reverse)
    }

    fn best(&self) -> Choice {
        self.extreme(|worth| worth)
    }

    /// The most extreme value of each doubt alone; the first of several.
    fn extreme<K: Ord>(&self, key: impl Fn(u64) -> K) -> Choice {
        let of = |doubt: usize| {
            let there = (0..self.sizes[doubt])
                .filter_map(|value| Some((value, key(self.answer(doubt, value)?.worth()))));
            there.rev().max_by(|a, b| a.1.cmp(&b.1)).map_or(0, |(value, _)| value)
        };
        (0..self.sizes.len()).map(of).collect()
    }
}

/// How many combinations there are, if not too many.
fn few(values: &[Vec<usize>], most: usize) -> Option<usize> {
    let all = values.iter().try_fold(1_usize, |all, values| all.checked_mul(values.len()));
    all.filter(|all| *all <= most)
}

#[cfg(test)]
mod tests;
