//! Sets of independent events, the likeliest first: how few events are other than usual.
//!
//! What is in force more than half of the time is usually in force. A *surprise* is an
//! event that is not as usual: never likelier than one half, so that sets of few
//! surprises hold most of the chance wherever any sets of few do.

use crate::chance::order::Orders;
use crate::chance::stream::Stream;

/// Sets that are assessed together.
pub(super) const PART: usize = 1 << 12;
/// Surprises at once that are enumerated at most, and drawn beyond.
const ORDERS: usize = 8;

/// Sets of events by the surprises in them.
pub(super) struct Sets {
    /// In force in the likeliest set, ascending.
    usual: Vec<u32>,
    /// What may be a surprise, ascending.
    pub(super) open: Vec<u32>,
    /// The chance of each surprise, by its place; nought of what is none.
    pub(super) chances: Vec<f64>,
    pub(super) orders: Orders,
    /// All sets of up to so many surprises are enumerated.
    pub(super) order: usize,
}

impl Sets {
    /// Of events with these chances, at most so many sets being enumerated; nothing where
    /// no set has a chance worth a name.
    pub(super) fn of(chances: &[f64], most: u64) -> Option<Self> {
        let all = || (0..).zip(chances);
        let usual: Vec<u32> = all().filter(|(_, p)| **p > 0.5).map(|(n, _)| n).collect();
        let open: Vec<u32> =
            all().filter(|(_, p)| **p > 0.0 && **p < 1.0).map(|(n, _)| n).collect();
        let chances = surprises(&usual, chances);
        let orders = Orders::new(&chances, ORDERS + 1)?;
        let (mut order, mut sets, mut of_order) = (0, 1_u128, 1_u128);
        while order < ORDERS && order < open.len() {
            of_order = of_order * (open.len() - order) as u128 / (order as u128 + 1);
            sets += of_order;
            if sets > u128::from(most) {
                break;
            }
            order += 1;
        }
        Some(Self { usual, open, chances, orders, order })
    }

    /// The chance of more surprises than so many.
    pub(super) fn more_than(&self, order: usize) -> f64 {
        self.orders.at_least(order + 1)
    }

    /// Every set of so many surprises.
    pub(super) fn of_order(&self, order: usize) -> impl Iterator<Item = Vec<u32>> {
        crate::failures::sets_of(order, self.open.len())
            .map(|set| set.iter().map(|n| self.open[n.index()]).collect())
    }

    /// How many parts of [`PART`] sets the enumeration has, each order's its own.
    pub(super) fn parts(&self) -> usize {
        let (mut of_order, mut parts) = (1, 0);
        for order in 0..=self.order {
            parts += usize::div_ceil(of_order, PART);
            of_order = of_order * (self.open.len() - order) / (order + 1);
        }
        parts
    }

    /// Draws surprises, given that there are more than are enumerated.
    pub(super) fn draw(&self, stream: &mut Stream, set: &mut Vec<u32>) {
        self.orders.draw_at_least(self.order + 1, stream, set);
    }

    /// Whether an event is in force in the likeliest set.
    pub(super) fn is_usual(&self, n: usize) -> bool {
        self.usual.iter().any(|one| *one as usize == n)
    }

    /// All that is in force with these surprises.
    pub(super) fn in_force(&self, surprises: &[u32]) -> Vec<u32> {
        let usual = self.usual.iter().filter(|n| surprises.binary_search(n).is_err());
        let other = surprises.iter().filter(|n| self.usual.binary_search(n).is_err());
        let mut all: Vec<u32> = usual.chain(other).copied().collect();
        all.sort_unstable();
        all
    }

    /// The same sets where the events have other chances.
    pub(super) fn with(&self, chances: &[f64]) -> Option<Orders> {
        Orders::new(&surprises(&self.usual, chances), 0)
    }
}

/// The chance of each surprise. Of what is above one half the difference to 1 is exact.
fn surprises(usual: &[u32], chances: &[f64]) -> Vec<f64> {
    let of = |(n, chance): (u32, &f64)| match usual.binary_search(&n) {
        Ok(_) => 1.0 - chance,
        Err(_) => *chance,
    };
    (0..).zip(chances).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_has_its_chance_whatever_is_usual() {
        let chances = [0.9, 0.2, 1.0, 0.0, 0.5, 0.999];
        let sets = Sets::of(&chances, 50_000).unwrap();
        assert_eq!(
            (sets.usual.as_slice(), sets.open.as_slice()),
            (&[0, 2, 5][..], &[0, 1, 4, 5][..])
        );
        assert_eq!(sets.in_force(&[1, 5]), [0, 1, 2]);
        let mut sum = 0.0;
        for set in (0..=sets.order).flat_map(|order| sets.of_order(order)) {
            let in_force = sets.in_force(&set);
            let one = |n: &u32| {
                let p = chances[*n as usize];
                if in_force.contains(n) { p } else { 1.0 - p }
            };
            let expected: f64 = (0..6).map(|n| one(&n)).product();
            let found = sets.orders.alone(&set);
            assert!((found - expected).abs() < 1e-15, "{set:?}: {found} {expected}");
            sum += found;
        }
        assert!((sum - 1.0).abs() < 1e-14 && sets.more_than(sets.order) <= 0.0);
    }

    /// Far too much is down for sets of few events, and few sets hold it all the same.
    #[test]
    fn what_is_nearly_always_in_force_is_no_surprise() {
        let sets = Sets::of(&[0.999_999; 300], 50_000).unwrap();
        assert_eq!((sets.order, sets.parts()), (2, 1 + 1 + 11));
        assert!(sets.more_than(sets.order) < 1e-10);
        assert!(Sets::of(&[0.5; 1_100], 50_000).is_none());
    }
}
