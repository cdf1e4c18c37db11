//! Minimum-cost flow in whole numbers, with costs compared as vectors.
//!
//! Successive shortest paths, all paths of one length at a time: distances by
//! label correcting, then as many augmenting paths of arcs that are on shortest
//! paths as there are, each by its bottleneck. So the work depends on how many
//! different path costs there are, hardly on amounts. Costs are compared
//! lexicographically; since a constant vector keeps the order, everything that
//! holds of numbers holds of them. The network must begin without a cycle of
//! negative cost. Reference: Ahuja, Magnanti, Orlin, *Network Flows*, 9.7, 9.8.

use std::cmp::Ordering;
use std::collections::VecDeque;

/// A network with the flow so far.
pub(super) struct Network {
    /// How many numbers a cost has.
    width: usize,
    /// Arcs out of each node; arc `a ^ 1` is the way back along `a`.
    out: Vec<Vec<usize>>,
    to: Vec<usize>,
    left: Vec<u64>,
    costs: Vec<i64>,
}

impl Network {
    pub(super) fn new(nodes: usize, width: usize) -> Self {
        let out = vec![Vec::new(); nodes];
        Self { width, out, to: Vec::new(), left: Vec::new(), costs: Vec::new() }
    }

    /// Adds an arc; costs that are not named are nought.
    pub(super) fn add(
        &mut self,
        from: usize,
        to: usize,
        capacity: u64,
        cost: &[(usize, i64)],
    ) -> usize {
        let arc = self.to.len();
        for (head, tail, left, sign) in [(to, from, capacity, 1), (from, to, 0, -1)] {
            self.out[tail].push(self.to.len());
            self.to.push(head);
            self.left.push(left);
            let at = self.costs.len();
            self.costs.resize(at + self.width, 0);
            for (place, cost) in cost {
                self.costs[at + place] += sign * cost;
            }
        }
        arc
    }

    /// The flow on an arc.
    pub(super) fn flow(&self, arc: usize) -> u64 {
        self.left[arc ^ 1]
    }

    /// Sends flow for as long as another unit lowers the cost.
    pub(super) fn lower_cost(&mut self, source: usize, sink: usize) {
        loop {
            let distances = self.distances(source);
            let Some(distance) = distances.of(sink) else { return };
            if distance.iter().find(|part| **part != 0).is_none_or(|part| *part > 0) {
                return;
            }
            let tight = self.tight(&distances);
            while self.augment(source, sink, &tight) {}
        }
    }

    fn cost(&self, arc: usize) -> &[i64] {
        &self.costs[arc * self.width..(arc + 1) * self.width]
    }

    fn distances(&self, source: usize) -> Distances {
        let mut distances = Distances::new(self.out.len(), self.width, source);
        let mut waiting = VecDeque::from([source]);
        let mut queued = vec![false; self.out.len()];
        while let Some(node) = waiting.pop_front() {
            queued[node] = false;
            for &arc in self.out[node].iter().filter(|&&arc| self.left[arc] > 0) {
                let to = self.to[arc];
                if distances.shorten(node, to, self.cost(arc)) && !queued[to] {
                    queued[to] = true;
                    waiting.push_back(to);
                }
            }
        }
        distances
    }

    /// Arcs on shortest paths, either way.
    fn tight(&self, distances: &Distances) -> Vec<bool> {
        let is_tight = |arc: usize| {
            let (from, to) = (self.to[arc ^ 1], self.to[arc]);
            distances.compare(from, to, self.cost(arc)) == Some(Ordering::Equal)
        };
        (0..self.to.len()).map(is_tight).collect()
    }

    /// One path of tight arcs, by its bottleneck; false where there is none.
    fn augment(&mut self, source: usize, sink: usize, tight: &[bool]) -> bool {
        let mut by: Vec<Option<usize>> = vec![None; self.out.len()];
        let mut waiting = VecDeque::from([source]);
        while let Some(node) = waiting.pop_front() {
            for &arc in self.out[node].iter().filter(|&&arc| tight[arc] && self.left[arc] > 0) {
                let to = self.to[arc];
                if to != source && by[to].is_none() {
                    by[to] = Some(arc);
                    waiting.push_back(to);
                }
            }
            if by[sink].is_some() {
                break;
            }
        }
        let mut path = Vec::new();
        let mut node = sink;
        while let Some(arc) = by[node] {
            path.push(arc);
            node = self.to[arc ^ 1];
        }
        let Some(amount) = path.iter().map(|&arc| self.left[arc]).min() else { return false };
        for arc in path {
            self.left[arc] -= amount;
            self.left[arc ^ 1] += amount;
        }
        true
    }
}

/// Distances from the source, where it reaches.
struct Distances {
    width: usize,
    reached: Vec<bool>,
    parts: Vec<i64>,
}

impl Distances {
    fn new(nodes: usize, width: usize, source: usize) -> Self {
        let mut reached = vec![false; nodes];
        reached[source] = true;
        Self { width, reached, parts: vec![0; nodes * width] }
    }

    fn of(&self, node: usize) -> Option<&[i64]> {
        let at = node * self.width;
        self.reached[node].then(|| &self.parts[at..at + self.width])
    }

    /// The way over an arc against the best one so far; `None` where an end is
    /// not reached.
    fn compare(&self, from: usize, to: usize, cost: &[i64]) -> Option<Ordering> {
        let (from, to) = (self.of(from)?, self.of(to)?);
        Some(from.iter().zip(cost).map(|(from, cost)| from + cost).cmp(to.iter().copied()))
    }

    fn shorten(&mut self, from: usize, to: usize, cost: &[i64]) -> bool {
        let shorter = !self.reached[to] || self.compare(from, to, cost) == Some(Ordering::Less);
        if shorter {
            self.reached[to] = true;
            for (n, cost) in cost.iter().enumerate() {
                self.parts[to * self.width + n] = self.parts[from * self.width + n] + cost;
            }
        }
        shorter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two agents, two seats: the one who could sit anywhere gives way, and a
    /// second number decides only where the first is even.
    #[test]
    fn later_numbers_only_break_ties() {
        let mut network = Network::new(6, 2);
        network.add(0, 1, 1, &[(0, -1)]);
        network.add(0, 2, 1, &[(0, -1)]);
        let cheap = network.add(1, 3, 1, &[]);
        let dear = network.add(1, 4, 1, &[(1, 5)]);
        let only = network.add(2, 3, 1, &[]);
        network.add(3, 5, 1, &[]);
        network.add(4, 5, 1, &[]);
        network.lower_cost(0, 5);
        assert_eq!([cheap, dear, only].map(|arc| network.flow(arc)), [0, 1, 1]);
    }

    /// A unit that costs more than it brings stays.
    #[test]
    fn flow_stops_where_it_brings_nothing() {
        let mut network = Network::new(2, 1);
        let good = network.add(0, 1, 70_000, &[(0, -3)]);
        let bad = network.add(0, 1, 70_000, &[(0, 1)]);
        network.lower_cost(0, 1);
        assert_eq!([good, bad].map(|arc| network.flow(arc)), [70_000, 0]);
    }
}
