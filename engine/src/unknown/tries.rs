//! The combinations to try, in a fixed order.

use std::collections::BTreeSet;

use super::Choice;

/// Every combination of values; the last doubt changes fastest.
pub(super) fn every(values: &[Vec<usize>], count: usize) -> Vec<Choice> {
    let nth = |mut n: usize| {
        let mut choice = vec![0; values.len()];
        for (at, values) in values.iter().enumerate().rev() {
            choice[at] = values[n % values.len()];
            n /= values.len();
        }
        choice
    };
    (0..count).map(nth).collect()
}

/// All at their worst and at their best; all but one so; then pairs of changes, while
/// there are fewer than `most`.
pub(super) fn some(
    values: &[Vec<usize>],
    worst: &[usize],
    best: &[usize],
    most: usize,
) -> Vec<Choice> {
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    let mut add = |choice: Choice| {
        if all.len() < most && seen.insert(choice.clone()) {
            all.push(choice);
        }
    };
    for extreme in [worst, best] {
        add(extreme.to_vec());
    }
    for extreme in [worst, best] {
        for (doubt, values) in values.iter().enumerate() {
            for value in values {
                add(with(extreme, &[(doubt, *value)]));
            }
        }
    }
    let base = vec![0; values.len()];
    for a in 0..values.len() {
        for b in a + 1..values.len() {
            for x in &values[a] {
                for y in &values[b] {
                    add(with(&base, &[(a, *x), (b, *y)]));
                }
            }
        }
    }
    all
}

fn with(choice: &[usize], changes: &[(usize, usize)]) -> Choice {
    let mut changed = choice.to_vec();
    for (doubt, value) in changes {
        changed[*doubt] = *value;
    }
    changed
}
