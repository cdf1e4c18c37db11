//! How many independent events happen at once (the Poisson-binomial law), and which, given
//! that k or at least k do.
//!
//! With odds oᵢ = pᵢ ÷ (1 − pᵢ) a set S happens alone with Π(1 − pᵢ) × Π{S} oᵢ, so that
//! P(N = k) = Π(1 − pᵢ) × eₖ(o), the elementary symmetric polynomial (Chen & Liu,
//! *Statistical applications of the Poisson-binomial and conditional Bernoulli
//! distributions*, 1997). Of the events from i on
//!
//! - exactly j: e(i, j) = e(i + 1, j) + oᵢ e(i + 1, j − 1), where e(i, 0) = 1;
//! - at least j: the same, where e(i, 0) = Π(1 + oᵢ): nothing more is asked.
//!
//! Only products and sums of what is not negative: nothing cancels, and the smallest tail
//! is right to [as many digits](Orders::relative_error) as the largest. Given that j are
//! still to come, the first of them lies beyond i with e(i + 1, j) ÷ e(0, j), which is
//! found by bisection: a draw costs k looks, not one per event.

use super::stream::Stream;

/// What may happen up to an order.
#[derive(Clone, Debug)]
pub struct Orders {
    /// The place of each event that is neither impossible nor certain, and its odds.
    events: Vec<u32>,
    odds: Vec<f64>,
    /// By order, then by the first event looked at: exactly, and at least, so many.
    exactly: Vec<Vec<f64>>,
    least: Vec<Vec<f64>>,
    /// That nothing happens.
    none: f64,
}

impl Orders {
    /// Makes the tables for orders up to `most`. Events whose chance is no number or at
    /// most 0 never happen; those of at least 1 are left out too: they always happen, and
    /// no count here includes them. There is nothing where Π(1 − pᵢ) is below 10⁻³⁰⁰: so
    /// much happens at once that orders mean nothing.
    pub fn new(chances: &[f64], most: usize) -> Option<Self> {
        let open = (0..).zip(chances).filter(|&(_, &chance)| chance > 0.0 && chance < 1.0);
        let (events, odds): (Vec<u32>, Vec<f64>) =
            open.clone().map(|(event, &chance)| (event, chance / (1.0 - chance))).unzip();
        let none: f64 = open.map(|(_, &chance)| 1.0 - chance).product();
        if none < 1e-300 {
            return None;
        }
        let mut any = vec![1.0; odds.len() + 1];
        for at in (0..odds.len()).rev() {
            any[at] = (1.0 + odds[at]) * any[at + 1];
        }
        let exactly = columns(vec![1.0; odds.len() + 1], &odds, most);
        let least = columns(any, &odds, most);
        Some(Self { events, odds, exactly, least, none })
    }

    /// Returns the chance that exactly `order` events happen.
    pub fn exactly(&self, order: usize) -> f64 {
        (self.none * self.exactly[order][0]).min(1.0)
    }

    /// Returns the chance that at least `order` events happen.
    pub fn at_least(&self, order: usize) -> f64 {
        if order == 0 { 1.0 } else { (self.none * self.least[order][0]).min(1.0) }
    }

    /// Returns the chance that of the events that are not certain just these happen:
    /// places among the chances, ascending.
    pub fn alone(&self, set: &[u32]) -> f64 {
        let odds = |event| self.events.binary_search(event).map_or(0.0, |at| self.odds[at]);
        set.iter().fold(self.none, |chance, event| chance * odds(event))
    }

    /// Returns by how large a part of itself a chance of this table may be off. Each of n
    /// steps rounds a sum, a product and odds (twice), each factor of Π(1 − pᵢ) twice; the
    /// bound is 6 n + 1 halves of 2⁻⁵², and a third more for products of these.
    pub fn relative_error(&self) -> f64 {
        8.0 * (self.odds.len() as f64 + 1.0) * (f64::EPSILON / 2.0)
    }

    /// Draws which events happen, given that exactly `order` do, into `set`, ascending.
    ///
    /// # Panics
    ///
    /// If that cannot be, or is above the tables' highest order.
    pub fn draw_exactly(&self, order: usize, stream: &mut Stream, set: &mut Vec<u32>) {
        self.draw(&self.exactly, order, stream, set);
    }

    /// The same, given that at least `order` do.
    ///
    /// # Panics
    ///
    /// If that cannot be, or is above the tables' highest order.
    pub fn draw_at_least(&self, order: usize, stream: &mut Stream, set: &mut Vec<u32>) {
        self.draw(&self.least, order, stream, set);
    }

    fn draw(&self, table: &[Vec<f64>], order: usize, stream: &mut Stream, set: &mut Vec<u32>) {
        assert!(table[order][0] > 0.0, "so many events cannot happen at once");
        set.clear();
        let (mut from, mut wanted) = (0, order);
        while from < self.odds.len() {
            let column = &table[wanted][from..];
            let level = stream.unit() * column[0];
            // Rounding may lift the level to the first entry, once in 2⁵² times.
            let beyond = column.partition_point(|&rest| rest > level).max(1);
            from += beyond;
            match self.events.get(from - 1) {
                Some(&event) => set.push(event),
                None => break,
            }
            wanted = wanted.saturating_sub(1);
        }
    }
}

/// The columns of orders 0 to `most`, the first as given.
fn columns(first: Vec<f64>, odds: &[f64], most: usize) -> Vec<Vec<f64>> {
    let mut columns = vec![first];
    for order in 1..=most {
        let mut column = vec![0.0; odds.len() + 1];
        for at in (0..odds.len()).rev() {
            column[at] = column[at + 1] + odds[at] * columns[order - 1][at + 1];
        }
        columns.push(column);
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::super::law::{close, fits};
    use super::*;

    const CHANCES: [f64; 8] = [0.5, 0.01, 0.0, 0.9, 0.001, 0.35, 1.0, 0.2];

    /// Each set of the events that are open, with its chance.
    fn sets(chances: &[f64]) -> Vec<(Vec<u32>, f64)> {
        let open: Vec<u32> = (0..chances.len() as u32)
            .filter(|&event| chances[event as usize] > 0.0 && chances[event as usize] < 1.0)
            .collect();
        let states = 0..1_u32 << open.len();
        states
            .map(|state| {
                let mut chance = 1.0;
                let mut set = Vec::new();
                for (bit, &event) in open.iter().enumerate() {
                    let happens = state >> bit & 1 == 1;
                    let p = chances[event as usize];
                    chance *= if happens { p } else { 1.0 - p };
                    set.extend(happens.then_some(event));
                }
                (set, chance)
            })
            .collect()
    }

    fn sum(chances: &[f64], keep: impl Fn(usize) -> bool) -> f64 {
        sets(chances).iter().filter(|(set, _)| keep(set.len())).map(|(_, chance)| chance).sum()
    }

    #[test]
    fn chances_of_orders_are_those_of_all_states() {
        let orders = Orders::new(&CHANCES, 9).unwrap();
        for order in 0..=9 {
            close(orders.exactly(order), sum(&CHANCES, |size| size == order), 1e-13);
            close(orders.at_least(order), sum(&CHANCES, |size| size >= order), 1e-13);
        }
        assert!(orders.exactly(7).abs() < f64::MIN_POSITIVE);
        for (set, chance) in sets(&CHANCES) {
            close(orders.alone(&set), chance, 1e-13);
        }
        assert!(orders.alone(&[2]).abs() < f64::MIN_POSITIVE);
    }

    #[test]
    fn small_tails_keep_their_digits() {
        // Binomial: C(200, k) pᵏ qⁿ⁻ᵏ, whose tail a difference from one would lose.
        let p = 1e-5;
        let orders = Orders::new(&[p; 200], 6).unwrap();
        let mut term = libm::exp(200.0 * libm::log1p(-p));
        let mut terms = Vec::new();
        for k in 0..200 {
            terms.push(term);
            term *= f64::from(200 - k) / f64::from(k + 1) * (p / (1.0 - p));
        }
        for order in 0..=6 {
            close(orders.exactly(order), terms[order], 1e-12);
            close(orders.at_least(order), terms[order..].iter().rev().sum(), 1e-12);
        }
        assert!(orders.at_least(6) < 1e-19 && orders.relative_error() < 2e-13);
    }

    #[test]
    fn sets_of_an_order_come_as_often_as_they_should() {
        const DRAWS: usize = 100_000;
        let orders = Orders::new(&CHANCES, 6).unwrap();
        for order in 0..=6 {
            for exact in [true, false] {
                let mut stream = Stream::open(5, u32::from(exact), order as u64);
                let law: Vec<(Vec<u32>, f64)> = sets(&CHANCES)
                    .into_iter()
                    .filter(|(set, _)| set.len() == order || !exact && set.len() > order)
                    .collect();
                let total: f64 = law.iter().map(|(_, chance)| chance).sum();
                let mut seen = vec![0; law.len()];
                let mut set = Vec::new();
                for _ in 0..DRAWS {
                    if exact {
                        orders.draw_exactly(order, &mut stream, &mut set);
                    } else {
                        orders.draw_at_least(order, &mut stream, &mut set);
                    }
                    seen[law.iter().position(|(one, _)| *one == set).unwrap()] += 1;
                }
                let expected = law.iter().map(|(_, chance)| chance / total * DRAWS as f64);
                fits(&seen, &expected.collect::<Vec<f64>>());
            }
        }
    }

    #[test]
    fn without_events_nothing_happens_for_certain() {
        let orders = Orders::new(&[0.0, 1.0], 2).unwrap();
        assert_eq!(
            [orders.exactly(0), orders.at_least(0)].map(f64::to_bits),
            [1.0_f64.to_bits(); 2]
        );
        assert_eq!(orders.at_least(1).to_bits(), 0);
        let mut set = vec![9];
        orders.draw_at_least(0, &mut Stream::open(5, 2, 0), &mut set);
        assert!(set.is_empty());
    }

    #[test]
    fn so_much_at_once_that_orders_mean_nothing_is_refused() {
        assert!(Orders::new(&[0.999; 99], 3).is_some());
        assert!(Orders::new(&[0.999; 101], 3).is_none());
    }
}
