//! Which doubts decide about a verdict.

use std::collections::BTreeMap;

use super::Choice;

/// More facts than these are not looked for as a smallest set.
const LARGEST_SET: usize = 4;

/// What one choice makes of an objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot<V> {
    /// The choice.
    pub choice: Choice,
    /// The verdict.
    pub verdict: V,
    /// Agents counted.
    pub counted: u64,
}

/// The smallest set of doubts that, once known, settle a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision<V> {
    /// The doubts, in order.
    pub doubts: Vec<usize>,
    /// The verdict for each of their values together, as they come.
    pub answers: Vec<(Vec<usize>, V)>,
}

/// What one doubt alone is worth to an objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// The doubt.
    pub doubt: usize,
    /// Whether it changes the verdict somewhere, all others being equal.
    pub decides: bool,
    /// The most by which it changes who counts, all others being equal.
    pub agents: u64,
}

/// Finds the smallest set of doubts that settles the verdict, the first of several;
/// `None` where it takes more than four.
pub fn decide<V: Copy + PartialEq>(ballots: &[Ballot<V>], among: &[usize]) -> Option<Decision<V>> {
    (1..=LARGEST_SET.min(among.len())).find_map(|size| {
        let mut set: Vec<usize> = (0..size).collect();
        loop {
            let doubts: Vec<usize> = set.iter().map(|at| among[*at]).collect();
            if let Some(answers) = answers(ballots, &doubts) {
                return Some(Decision { doubts, answers });
            }
            if !next(&mut set, among.len()) {
                return None;
            }
        }
    })
}

/// The verdict for each value of some doubts, if these settle it.
fn answers<V: Copy + PartialEq>(
    ballots: &[Ballot<V>],
    doubts: &[usize],
) -> Option<Vec<(Vec<usize>, V)>> {
    let mut known: BTreeMap<Vec<usize>, V> = BTreeMap::new();
    for ballot in ballots {
        let values: Vec<usize> = doubts.iter().map(|doubt| ballot.choice[*doubt]).collect();
        if *known.entry(values).or_insert(ballot.verdict) != ballot.verdict {
            return None;
        }
    }
    Some(known.into_iter().collect())
}

/// The next set of so many out of `of`, in order.
fn next(set: &mut [usize], of: usize) -> bool {
    let size = set.len();
    let Some(at) = (0..size).rev().find(|at| set[*at] < of - size + at) else { return false };
    set[at] += 1;
    for later in at + 1..size {
        set[later] = set[later - 1] + 1;
    }
    true
}

/// What each doubt is worth: those first that change the verdict, then by agents.
pub fn ranked<V: Copy + PartialEq>(ballots: &[Ballot<V>], doubts: usize) -> Vec<Rank> {
    let mut all: Vec<Rank> = (0..doubts).map(|doubt| rank(ballots, doubt)).collect();
    all.retain(|rank| rank.decides || rank.agents > 0);
    all.sort_by_key(|rank| std::cmp::Reverse((rank.decides, rank.agents)));
    all
}

fn rank<V: Copy + PartialEq>(ballots: &[Ballot<V>], doubt: usize) -> Rank {
    let mut alike: BTreeMap<Choice, (V, u64, u64)> = BTreeMap::new();
    let mut rank = Rank { doubt, decides: false, agents: 0 };
    for ballot in ballots {
        let mut others = ballot.choice.clone();
        others[doubt] = 0;
        let counted = ballot.counted;
        let (verdict, least, most) =
            alike.entry(others).or_insert((ballot.verdict, counted, counted));
        rank.decides |= *verdict != ballot.verdict;
        (*least, *most) = ((*least).min(counted), (*most).max(counted));
        rank.agents = rank.agents.max(*most - *least);
    }
    rank
}
