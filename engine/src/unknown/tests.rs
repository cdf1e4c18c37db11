//! Combinations of doubts over made-up answers.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use super::{Answer, Ballot, MOST, Tried, decide, explore, ranked};

#[derive(Debug, Clone, PartialEq)]
struct Sum(u64, Vec<usize>);

impl Answer for Sum {
    fn worth(&self) -> u64 {
        self.0
    }

    fn stands_on(&self, doubt: usize) -> bool {
        self.1.contains(&doubt)
    }
}

fn range(sizes: &[usize], ask: impl Fn(&[usize]) -> Option<Sum> + Sync) -> (Tried, u64, u64) {
    let (mut least, mut most) = (u64::MAX, 0);
    let tried = explore(sizes, &ask, &(), &mut |_, answer| {
        least = least.min(answer.0);
        most = most.max(answer.0);
    });
    (tried, least, most)
}

#[test]
fn twelve_doubts_are_tried_in_full() {
    // The worst is neither end: three of twelve, as a scarce circuit has it.
    let ask = |choice: &[usize]| {
        let changed = choice.iter().filter(|value| **value == 1).count();
        Some(Sum(if changed == 3 { 1 } else { 9 }, (0..12).collect()))
    };
    let (tried, least, most) = range(&[2; 12], ask);
    assert_eq!((tried.tried, tried.exact, least, most), (MOST, true, 1, 9));
}

#[test]
fn of_thirteen_the_range_is_said_to_be_no_more_than_tried() {
    let ask = |choice: &[usize]| Some(Sum(choice.iter().sum::<usize>() as u64, vec![]));
    let (tried, least, most) = range(&[2; 13], ask);
    assert_eq!((tried.of, tried.exact), (1 << 13, false));
    assert_eq!((least, most), (0, 13));
}

#[test]
fn a_doubt_rests_on_which_nothing_stands() {
    let ask = |choice: &[usize]| Some(Sum(choice[0] as u64, vec![0]));
    let (tried, least, most) = range(&[2; 13], ask);
    assert_eq!((tried.exact, tried.resting.len()), (true, 12));
    assert_eq!((least, most), (0, 1));
}

#[test]
fn values_that_come_to_the_same_are_one() {
    let ask = |choice: &[usize]| {
        let hit = choice.iter().filter(|value| **value == 7).count();
        Some(Sum(hit as u64, (0..10).collect()))
    };
    let (tried, _, most) = range(&[9; 10], ask);
    assert!(tried.exact);
    assert_eq!(most, 10);
}

#[test]
fn combinations_that_make_no_plan_are_left_out() {
    let ask = |choice: &[usize]| (choice != [1, 1]).then(|| Sum(0, vec![]));
    let (tried, ..) = range(&[2, 2], ask);
    assert_eq!((tried.tried, tried.impossible), (3, 1));
}

fn ballots(verdict: impl Fn(&[usize]) -> bool) -> Vec<Ballot<bool>> {
    let choice = |n: usize| vec![n & 1, n >> 1 & 1, n >> 2 & 1];
    let ballot = |choice: Vec<usize>| Ballot { verdict: verdict(&choice), counted: 0, choice };
    (0..8).map(|n| ballot(choice(n))).collect()
}

#[test]
fn one_doubt_settles_a_verdict() {
    let decision = decide(&ballots(|choice| choice[1] == 0), &[0, 1, 2]).unwrap();
    assert_eq!(decision.doubts, [1]);
    assert_eq!(decision.answers, [(vec![0], true), (vec![1], false)]);
}

#[test]
fn two_doubts_settle_it_together() {
    let both = ballots(|choice| choice[0] == 0 || choice[2] == 0);
    assert_eq!(decide(&both, &[0, 1, 2]).unwrap().doubts, [0, 2]);
    let ranks = ranked(&both, 3);
    assert_eq!(ranks.iter().map(|rank| rank.doubt).collect::<Vec<_>>(), [0, 2]);
}
