//! What comes from outside: occurrences by a Poisson process, each lasting a while, any
//! number of them at once.
//!
//! From the long-run state on: of the occurrences that began before 0 a Poisson number of
//! mean ν E\[S\] is still in force, each drawn by length and begun any part of itself ago;
//! from 0 on they come at ν. So at any moment something is in force with 1 − e^(−ν E\[S\]),
//! whatever the law of S (the M/G/∞ queue; Takács, *Introduction to the Theory of
//! Queues*, 1962). Durations of occurrences that overlap do not add.

use super::poisson::Poisson;
use super::renewal::{Period, Repair};
use super::stream::Stream;

/// What comes so often and lasts so long.
#[derive(Clone, Debug)]
pub struct Hazard {
    /// The mean time between two beginnings, in milliseconds.
    between: f64,
    lasts: f64,
    law: Repair,
    /// How many are in force at a moment.
    at_once: Poisson,
}

impl Hazard {
    /// Prepares what comes `per_year` times in 8,760 hours (no number or below 0: never)
    /// and lasts so many milliseconds on average.
    pub fn new(per_year: f64, (lasts, law): (u64, Repair)) -> Self {
        const YEAR: f64 = 8_760.0 * 3_600_000.0;
        let between = YEAR / per_year.max(0.0);
        let lasts = lasts as f64;
        Self { between, lasts, law, at_once: Poisson::new(lasts / between) }
    }

    /// Draws all occurrences that are in force between 0 and the horizon, by their
    /// beginning. Each is a thing of its own; they may overlap.
    pub fn occurrences(&self, horizon: i64, stream: &mut Stream) -> Vec<Period> {
        let mut periods = Vec::new();
        for _ in 0..self.at_once.draw(stream) {
            let whole = self.law.draw_by_length(self.lasts, stream);
            let left = whole * stream.unit();
            periods.extend(Period::rounded(left - whole, left));
        }
        let mut clock = self.between * stream.exponential();
        while clock < horizon as f64 {
            let end = clock + self.law.draw(self.lasts, stream);
            periods.extend(Period::rounded(clock, end));
            clock += self.between * stream.exponential();
        }
        periods.sort_unstable();
        periods
    }
}

/// Joins periods that overlap or touch. They come by their beginning.
pub fn joined(periods: impl IntoIterator<Item = Period>) -> Vec<Period> {
    let mut joined: Vec<Period> = Vec::new();
    for period in periods {
        match joined.last_mut().filter(|last| period.begin <= last.end) {
            Some(last) => last.end = last.end.max(period.end),
            None => joined.push(period),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::super::law::{fits, near};
    use super::*;

    const HOUR: i64 = 3_600_000;
    const RUNS: u64 = 10_000;

    #[test]
    fn at_every_moment_something_is_in_force_as_often_as_in_an_endless_queue() {
        for (stratum, law) in
            (0..).zip([Repair::Exponential, Repair::Fixed, Repair::Lognormal(1.0)])
        {
            // Once a hundred hours, for 60 on average.
            let hazard = Hazard::new(87.6, (60 * HOUR as u64, law));
            let mut counts = vec![[0_u64; 8]; 4];
            for block in 0..RUNS {
                let mut stream = Stream::open(10, stratum, block);
                let periods = hazard.occurrences(400 * HOUR, &mut stream);
                for (hour, seen) in [0, 1, 150, 399].into_iter().zip(&mut counts) {
                    let moment = hour * HOUR;
                    let on = |period: &&Period| period.begin <= moment && moment < period.end;
                    seen[periods.iter().filter(on).count().min(7)] += 1;
                }
            }
            let term = |count: i32| {
                let factorial = libm::tgamma(f64::from(count) + 1.0);
                RUNS as f64 * libm::exp(-0.6) * 0.6_f64.powi(count) / factorial
            };
            let mut law: Vec<f64> = (0..8).map(term).collect();
            law[7] += RUNS as f64 - law.iter().sum::<f64>();
            for seen in counts {
                near(seen[0] as f64, law[0], (law[0] * (1.0 - libm::exp(-0.6))).sqrt());
                fits(&seen, &law);
            }
        }
    }

    #[test]
    fn what_is_joined_lasts_as_long_as_anything_does() {
        // Share of time in force: 1 − e^−0.6, less than the 0.6 that durations sum to.
        let hazard = Hazard::new(87.6, (60 * HOUR as u64, Repair::Exponential));
        let horizon = 1_000 * HOUR;
        let shares: Vec<f64> = (0..2_000)
            .map(|block| hazard.occurrences(horizon, &mut Stream::open(10, 9, block)))
            .map(|periods| joined(periods).into_iter().map(|one| one.within(horizon)).sum::<i64>())
            .map(|lasting| lasting as f64 / horizon as f64)
            .collect();
        let count = shares.len() as f64;
        let mean = shares.iter().sum::<f64>() / count;
        let spread = shares.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
        near(mean, -libm::expm1(-0.6), (spread / count).sqrt());
    }

    #[test]
    fn beginnings_come_at_their_rate() {
        let hazard = Hazard::new(2.0, (HOUR as u64, Repair::Fixed));
        let begun = |block| {
            let periods = hazard.occurrences(8_760 * HOUR, &mut Stream::open(10, 10, block));
            periods.iter().filter(|period| period.begin >= 0).count() as f64
        };
        near((0..5_000).map(begun).sum(), 10_000.0, 100.0);
    }

    #[test]
    fn what_overlaps_or_touches_is_one() {
        let period = |begin, end| Period { begin, end };
        let parts = [period(-3, 5), period(1, 2), period(5, 6), period(8, 9)];
        assert_eq!(joined(parts), [period(-3, 6), period(8, 9)]);
    }

    #[test]
    fn what_never_comes_or_lasts_no_time_is_never_in_force() {
        let mut stream = Stream::open(10, 11, 0);
        for (per_year, lasts) in [(0.0, 5), (-1.0, 5), (f64::NAN, 5), (1e6, 0)] {
            let hazard = Hazard::new(per_year, (lasts, Repair::Fixed));
            assert!(hazard.occurrences(HOUR, &mut stream).is_empty());
        }
    }
}
