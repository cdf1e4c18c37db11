//! What fails and is repaired, again and again, from the long-run state on.
//!
//! Times up are exponential, times down follow [`Repair`], all independent: an alternating
//! renewal process (Cox, *Renewal Theory*, 1962, chapter 7). In the long run a component
//! is down at a moment with MTTR ÷ (MTBF + MTTR) and fails 1 ÷ (MTBF + MTTR) times per
//! time. To begin there: it is up with its availability, and then up for an exponential
//! time still; or it is down, and the period that holds the moment is drawn by length
//! (long ones hold more moments) and began any part of itself ago, all parts alike.

use super::stream::Stream;

/// How long something is down, or lasts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Repair {
    /// Exponential: what is left is as long as the whole.
    Exponential,
    /// Always the mean.
    Fixed,
    /// Lognormal, with this standard deviation of the logarithm (at least 0).
    Lognormal(f64),
}

impl Repair {
    /// Draws a duration of this mean.
    pub fn draw(self, mean: f64, stream: &mut Stream) -> f64 {
        match self {
            Self::Exponential => mean * stream.exponential(),
            Self::Fixed => mean,
            // The mean of e^(m + σ Z) is e^(m + σ² ÷ 2).
            Self::Lognormal(sigma) => mean * skewed(sigma, -0.5, stream),
        }
    }

    /// Draws the duration that holds a given moment: of density x f(x) ÷ mean.
    pub fn draw_by_length(self, mean: f64, stream: &mut Stream) -> f64 {
        match self {
            Self::Exponential => mean * (stream.exponential() + stream.exponential()),
            Self::Fixed => mean,
            // x × a lognormal density is one whose logarithm's mean is higher by σ².
            Self::Lognormal(sigma) => mean * skewed(sigma, 0.5, stream),
        }
    }
}

/// e^(σ Z + shift × σ²).
fn skewed(sigma: f64, shift: f64, stream: &mut Stream) -> f64 {
    libm::exp(sigma * stream.normal() + shift * sigma * sigma)
}

/// A time during which something is down or in force, in milliseconds from the start: it
/// may have begun before, and may end after what is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// The first millisecond of it.
    pub begin: i64,
    /// The first millisecond after it.
    pub end: i64,
}

impl Period {
    /// Rounds both ends down: lengths are right on average. What ends within the
    /// millisecond in which it began, or before the first, is nothing.
    pub fn rounded(begin: f64, end: f64) -> Option<Self> {
        let (begin, end) = (begin.floor() as i64, end.floor() as i64);
        (begin < end && end > 0).then_some(Self { begin, end })
    }

    /// Returns how long of it lies from 0 to a horizon.
    pub fn within(self, horizon: i64) -> i64 {
        (self.end.min(horizon) - self.begin.max(0)).max(0)
    }
}

/// The periods in which a component is down, in order, until one begins after the
/// horizon. They share no moment, but may touch.
pub struct Renewal<'a> {
    stream: &'a mut Stream,
    mtbf: f64,
    mttr: f64,
    repair: Repair,
    horizon: f64,
    /// When it fails next; before anything is drawn, nothing.
    clock: Option<f64>,
}

impl<'a> Renewal<'a> {
    /// Prepares a component of these mean times, in milliseconds. One that is repaired at
    /// once is never down; one that is never up is always down.
    pub fn new(
        mtbf: u64,
        (mttr, repair): (u64, Repair),
        horizon: i64,
        stream: &'a mut Stream,
    ) -> Self {
        let (mtbf, mttr) = (mtbf as f64, mttr as f64);
        Self { stream, mtbf, mttr, repair, horizon: horizon as f64, clock: None }
    }

    /// Draws the state at 0 and, of one that is down, the period.
    fn beginning(&mut self) -> Option<(f64, f64)> {
        let up = self.stream.unit() * (self.mtbf + self.mttr) < self.mtbf;
        if up {
            return None;
        }
        let whole = self.repair.draw_by_length(self.mttr, self.stream);
        let left = whole * self.stream.unit();
        Some((left - whole, left))
    }
}

impl Iterator for Renewal<'_> {
    type Item = Period;

    fn next(&mut self) -> Option<Period> {
        if self.mttr <= 0.0 {
            return None;
        }
        loop {
            let (begin, end) = match self.clock {
                None => self.beginning().unwrap_or((0.0, 0.0)),
                Some(clock) => (clock, clock + self.repair.draw(self.mttr, self.stream)),
            };
            if begin >= self.horizon {
                return None;
            }
            self.clock = Some(end + self.mtbf * self.stream.exponential());
            if let Some(period) = Period::rounded(begin, end) {
                return Some(period);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::law::{fits, near};
    use super::*;

    const KINDS: [Repair; 4] =
        [Repair::Exponential, Repair::Fixed, Repair::Lognormal(0.8), Repair::Lognormal(0.0)];

    /// The periods of many components over `horizon`, one stream each.
    fn periods(repair: Repair, stratum: u32, horizon: i64) -> Vec<Vec<Period>> {
        let one = |block| {
            let mut stream = Stream::open(9, stratum, block);
            Renewal::new(30_000, (10_000, repair), horizon, &mut stream).collect()
        };
        (0..20_000).map(one).collect()
    }

    #[test]
    fn in_the_long_run_state_every_moment_is_like_any_other() {
        for (stratum, repair) in (0..).zip(KINDS) {
            let runs = periods(repair, stratum, 100_000);
            let count = runs.len() as f64;
            for moment in [0, 1, 5_000, 17_000, 60_000, 99_999] {
                let down = |run: &&Vec<Period>| {
                    run.iter().any(|period| period.begin <= moment && moment < period.end)
                };
                let down = runs.iter().filter(down).count() as f64;
                near(down, count * 0.25, (count * 0.25 * 0.75).sqrt());
            }
        }
    }

    #[test]
    fn failures_come_once_per_mean_cycle() {
        for (stratum, repair) in (10..).zip(KINDS) {
            let runs = periods(repair, stratum, 40_000);
            let failures: Vec<f64> = runs
                .iter()
                .map(|run| run.iter().filter(|period| period.begin >= 0).count() as f64)
                .collect();
            let count = failures.len() as f64;
            let spread = failures.iter().map(|x| (x - 1.0) * (x - 1.0)).sum::<f64>() / count;
            near(failures.iter().sum::<f64>() / count, 1.0, (spread / count).sqrt());
        }
    }

    #[test]
    fn what_is_left_of_a_repair_has_the_law_of_the_residual() {
        // Density (1 − F(x)) ÷ mean: exponential again, or even from nought to the mean.
        for (stratum, repair) in [(20, Repair::Exponential), (21, Repair::Fixed)] {
            let mut seen = [0; 5];
            let mut down = 0;
            for run in periods(repair, stratum, 1) {
                if let Some(first) = run.first().filter(|period| period.begin < 0) {
                    seen[(first.end as usize / 2_000).min(4)] += 1;
                    down += 1;
                }
            }
            let beyond = |cell: f64| match repair {
                Repair::Fixed => 1.0 - cell / 5.0,
                _ => libm::exp(-cell / 5.0),
            };
            let law = [0.0, 1.0, 2.0, 3.0, 4.0].map(|cell| {
                let next = if cell > 3.5 { 0.0 } else { beyond(cell + 1.0) };
                f64::from(down) * (beyond(cell) - next)
            });
            fits(&seen, &law);
        }
    }

    #[test]
    fn durations_have_their_mean_and_by_length_their_second_moment() {
        // E[X] = m; by length E[X²] ÷ m = m (1 + c²), c² = 1, 0, e^σ² − 1.
        for (repair, square) in [
            (Repair::Exponential, 1.0),
            (Repair::Fixed, 0.0),
            (Repair::Lognormal(0.6), libm::expm1(0.36)),
        ] {
            let mut stream = Stream::open(9, 30, 0);
            let mut mean = |draw: &dyn Fn(&mut Stream) -> f64| {
                let all: Vec<f64> = (0..100_000).map(|_| draw(&mut stream)).collect();
                let mean = all.iter().sum::<f64>() / 1e5;
                let spread = all.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 1e5;
                (mean, (spread / 1e5).sqrt() + 1e-9)
            };
            let (whole, error) = mean(&|stream| repair.draw(2.0, stream));
            near(whole, 2.0, error);
            let (long, error) = mean(&|stream| repair.draw_by_length(2.0, stream));
            near(long, 2.0 * (1.0 + square), error);
        }
    }

    #[test]
    fn the_ends_of_the_range_have_an_answer() {
        let mut stream = Stream::open(9, 40, 0);
        let mut of = |mtbf, mttr| -> Vec<Period> {
            Renewal::new(mtbf, (mttr, Repair::Fixed), 1000, &mut stream).collect()
        };
        assert!(of(10, 0).is_empty() && of(0, 0).is_empty());
        assert_eq!(of(0, 400).iter().map(|period| period.within(1000)).sum::<i64>(), 1000);
        assert!(of(u64::MAX, 1).is_empty());
        assert_eq!(Period { begin: -5, end: 1200 }.within(1000), 1000);
        assert_eq!(Period { begin: 1001, end: 1200 }.within(1000), 0);
    }
}
