//! Which agents count towards which objective: an agent of several queues
//! counts for one of them.

use std::collections::{BTreeMap, VecDeque};

/// Amounts with the targets that they may serve, in rising order. What serves
/// the same targets is one amount: how it is made up changes nothing that a target
/// gets, and agents are many while sets of queues are few.
#[derive(Default)]
pub(crate) struct Supplies(BTreeMap<Vec<usize>, u128>);

impl Supplies {
    pub(crate) fn add(&mut self, amount: u128, serves: &[usize]) {
        if amount == 0 || serves.is_empty() {
            return;
        }
        match self.0.get_mut(serves) {
            Some(so_far) => *so_far += amount,
            None => drop(self.0.insert(serves.to_vec(), amount)),
        }
    }

    /// What serves one target and nothing else.
    pub(crate) fn alone(&self, target: usize) -> u128 {
        self.0.get([target].as_slice()).copied().unwrap_or(0)
    }
}

/// Shares supplies out to targets, earlier targets first, by augmenting paths.
///
/// `needs` are what the targets ask, in order of priority. Returns what each target
/// gets, at most its need. An earlier target never gets less because of a later
/// one, and each gets the most that is left for it: the lexicographic optimum.
pub(crate) fn share_out(supplies: &Supplies, needs: &[u128]) -> Vec<u128> {
    let serves: Vec<&[usize]> = supplies.0.keys().map(Vec::as_slice).collect();
    let mut given = vec![vec![0_u128; needs.len()]; serves.len()];
    let mut free: Vec<u128> = supplies.0.values().copied().collect();
    let mut got = vec![0_u128; needs.len()];
    for target in 0..needs.len() {
        while got[target] < needs[target] {
            let Some(path) = find_path(&serves, &given, &free, target) else { break };
            let limit = needs[target] - got[target];
            got[target] += push(&path, &mut given, &mut free, limit);
        }
    }
    got
}

/// A chain: target ← supply ← another target's part of that supply ← …, ending
/// at a supply with something free. Pairs of (supply, target it gives to).
fn find_path(
    supplies: &[&[usize]],
    given: &[Vec<u128>],
    free: &[u128],
    target: usize,
) -> Option<Vec<(usize, usize)>> {
    let mut from: Vec<Option<(usize, usize)>> = vec![None; supplies.len()];
    let mut seen = vec![false; supplies.len()];
    let mut queue = VecDeque::from([target]);
    let mut reached = vec![usize::MAX; given.first().map_or(0, Vec::len)];
    while let Some(at) = queue.pop_front() {
        for (s, serves) in supplies.iter().enumerate() {
            if seen[s] || !serves.contains(&at) {
                continue;
            }
            seen[s] = true;
            from[s] = Some((s, at));
            if free[s] > 0 {
                return Some(trace(&from, &reached, s, target));
            }
            for (other, &part) in given[s].iter().enumerate() {
                if part > 0 && other != target && reached[other] == usize::MAX {
                    reached[other] = s;
                    queue.push_back(other);
                }
            }
        }
    }
    None
}

fn trace(
    from: &[Option<(usize, usize)>],
    reached: &[usize],
    last: usize,
    target: usize,
) -> Vec<(usize, usize)> {
    let mut path = Vec::new();
    let mut supply = last;
    loop {
        let (s, t) = from[supply].expect("every supply on the way was reached");
        path.push((s, t));
        if t == target {
            return path;
        }
        supply = reached[t];
    }
}

fn push(path: &[(usize, usize)], given: &mut [Vec<u128>], free: &mut [u128], limit: u128) -> u128 {
    let mut amount = limit.min(free[path[0].0]);
    for pair in path.windows(2) {
        let (target, supply) = (pair[0].1, pair[1].0);
        amount = amount.min(given[supply][target]);
    }
    free[path[0].0] -= amount;
    for (n, &(supply, target)) in path.iter().enumerate() {
        given[supply][target] += amount;
        if let Some(&(next, _)) = path.get(n + 1) {
            given[next][target] -= amount;
        }
    }
    amount
}

#[cfg(test)]
mod tests {
    use super::*;

    fn supplies(all: &[(u128, &[usize])]) -> Supplies {
        let mut supplies = Supplies::default();
        for (amount, serves) in all {
            supplies.add(*amount, serves);
        }
        supplies
    }

    #[test]
    fn a_supply_of_two_gives_way_to_one_that_has_no_other() {
        let supplies = supplies(&[(5, &[0, 1]), (5, &[0])]);
        assert_eq!(share_out(&supplies, &[5, 5]), vec![5, 5]);
    }

    /// The first target took what the second needs, and has something else, which it
    /// gets from a third that has something else in turn.
    #[test]
    fn a_target_gives_way_along_a_chain() {
        let supplies = supplies(&[(5, &[0, 1]), (5, &[0, 2]), (5, &[2, 3])]);
        assert_eq!(share_out(&supplies, &[5, 5, 0, 0]), vec![5, 5, 0, 0]);
        assert_eq!(share_out(&supplies, &[5, 0, 5, 4]), vec![5, 0, 5, 4]);
    }

    #[test]
    fn the_earlier_target_comes_first() {
        let supplies = supplies(&[(4, &[0, 1])]);
        assert_eq!(share_out(&supplies, &[3, 3]), vec![3, 1]);
    }

    #[test]
    fn what_serves_the_same_is_one_supply() {
        let supplies = supplies(&[(2, &[0, 1]), (3, &[1]), (3, &[0, 1]), (0, &[0]), (1, &[])]);
        assert_eq!(share_out(&supplies, &[3, 9]), vec![3, 5]);
        assert_eq!((supplies.alone(1), supplies.alone(0)), (3, 0));
    }

    /// The best shares there are, one unit after the other given to whom it may serve.
    fn by_trying_all(units: &[&[usize]], got: &mut [u128], needs: &[u128], best: &mut Vec<u128>) {
        let Some((serves, rest)) = units.split_first() else {
            *best = best.clone().max(got.to_vec());
            return;
        };
        by_trying_all(rest, got, needs, best);
        for &target in *serves {
            if got[target] < needs[target] {
                got[target] += 1;
                by_trying_all(rest, got, needs, best);
                got[target] -= 1;
            }
        }
    }

    #[test]
    fn shares_are_what_trying_all_finds() {
        use crate::assess::trials::Rng;
        for seed in 0..400 {
            let mut rng = Rng::new(seed);
            let mut all: Vec<(u128, Vec<usize>)> = Vec::new();
            for _ in 0..4 {
                let mut serves: Vec<usize> = (0..4).filter(|_| rng.below(2) == 0).collect();
                serves.truncate(2);
                all.push((1 + u128::from(rng.below(2)), serves));
            }
            let needs: Vec<u128> = (0..4).map(|_| rng.below(4).into()).collect();
            let mut supplies = Supplies::default();
            for (amount, serves) in &all {
                supplies.add(*amount, serves);
            }
            let units = all.iter().flat_map(|(amount, serves)| {
                std::iter::repeat_n(serves.as_slice(), usize::try_from(*amount).unwrap())
            });
            let mut best = Vec::new();
            by_trying_all(&units.collect::<Vec<_>>(), &mut [0; 4], &needs, &mut best);
            assert_eq!(share_out(&supplies, &needs), best, "seed {seed}: {all:?} for {needs:?}");
        }
    }
}
