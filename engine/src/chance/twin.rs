//! The same thing in two worlds, drawn so that it differs no more than it has to (common
//! random numbers; Glasserman & Yao, *Some guidelines and guarantees for common random
//! numbers*, 1992).
//!
//! What comes at the lesser of two rates comes to both worlds at the same times, and what
//! is above it only to the one of the greater: Poisson processes that are independent
//! sum to one. A time down is drawn by the same numbers in both. A failure that finds the
//! component down is lost; as times up are exponential, what is left is a
//! [renewal](super::renewal) of its own rate in each.

use super::renewal::{Period, Repair};
use super::stream::Stream;

/// More failures than this are not thinned.
const MOST: f64 = 1e5;

/// How something fails: in a millisecond up, how long it is down then, and by which law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Failing {
    /// Per millisecond.
    pub rate: f64,
    /// Milliseconds, in the mean.
    pub lasts: f64,
    /// How that is spread.
    pub law: Repair,
}

impl Failing {
    /// The periods down from 0 to the horizon of a component that shares failures at the
    /// rate `common` with its twin; `streams` are by what is drawn. Nothing where so
    /// many fail that thinning is no use.
    pub fn beside(
        self,
        common: f64,
        horizon: i64,
        streams: &dyn Fn(&str) -> Stream,
    ) -> Option<Vec<Period>> {
        if self.rate * horizon as f64 > MOST {
            return None;
        }
        let mut all = self.arrivals(common, horizon, (streams("times"), streams("lengths")));
        let (times, lengths) = (streams("more times"), streams("more lengths"));
        all.extend(self.arrivals(self.rate - common, horizon, (times, lengths)));
        all.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut begins = streams("begin");
        let mut clock = 0.0;
        let mut periods = Vec::new();
        if self.lasts > 0.0 && begins.unit() * (1.0 + self.rate * self.lasts) >= 1.0 {
            let whole = self.law.draw_by_length(self.lasts, &mut begins);
            clock = whole * begins.unit();
            periods.extend(Period::rounded(clock - whole, clock));
        }
        for (begin, end) in all {
            if begin >= clock {
                clock = end;
                periods.extend(Period::rounded(begin, end));
            }
        }
        Some(periods)
    }

    /// What would come at a rate if nothing were ever down.
    fn arrivals(
        self,
        rate: f64,
        horizon: i64,
        (mut times, mut lengths): (Stream, Stream),
    ) -> Vec<(f64, f64)> {
        let mut all = Vec::new();
        if rate <= 0.0 || self.lasts <= 0.0 {
            return all;
        }
        let mut clock = times.exponential() / rate;
        while clock < horizon as f64 {
            all.push((clock, clock + self.law.draw(self.lasts, &mut lengths)));
            clock += times.exponential() / rate;
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::super::law::near;
    use super::*;

    const HORIZON: i64 = 1_000_000;
    const RUNS: u64 = 5_000;

    fn periods(of: Failing, common: f64, run: u64) -> Vec<Period> {
        let streams = |part: &str| Stream::named(13, part, run);
        of.beside(common, HORIZON, &streams).unwrap()
    }

    fn down(periods: &[Period]) -> i64 {
        periods.iter().map(|period| period.within(HORIZON)).sum()
    }

    #[test]
    fn each_twin_is_a_renewal_of_its_own() {
        let laws = [Repair::Exponential, Repair::Fixed, Repair::Lognormal(0.8)];
        for (law, common) in laws.into_iter().zip([0.0, 4e-6, 2e-5]) {
            let of = Failing { rate: 2e-5, lasts: 2e4, law };
            let share = of.rate * of.lasts / (1.0 + of.rate * of.lasts);
            let runs: Vec<Vec<Period>> = (0..RUNS).map(|run| periods(of, common, run)).collect();
            for moment in [0, 10_000, 500_000, 999_999] {
                let is_down = |run: &&Vec<Period>| {
                    run.iter().any(|period| period.begin <= moment && moment < period.end)
                };
                let count = runs.iter().filter(is_down).count() as f64;
                let all = RUNS as f64;
                near(count, all * share, (all * share * (1.0 - share)).sqrt());
            }
            for run in &runs {
                assert!(run.windows(2).all(|two| two[0].end <= two[1].begin));
            }
        }
    }

    #[test]
    fn twins_differ_no_more_than_they_have_to() {
        let one = Failing { rate: 2e-5, lasts: 5e3, law: Repair::Exponential };
        let seldom = Failing { rate: 1e-5, ..one };
        let short = Failing { lasts: 1e3, ..one };
        let mut longer = 0;
        for run in 0..200 {
            let usual = periods(one, one.rate, run);
            assert_eq!(usual, periods(one, one.rate, run));
            // A failure that is lost to one may be long in the other, seldom.
            longer += u32::from(down(&periods(short, one.rate, run)) > down(&usual));
            let rarer = down(&periods(seldom, seldom.rate, run));
            longer += u32::from(rarer > down(&periods(one, seldom.rate, run)));
        }
        assert!(longer < 20, "{longer} of 400");
        let streams = |part: &str| Stream::named(13, part, 0);
        assert!(Failing { rate: 1.0, ..one }.beside(1.0, HORIZON, &streams).is_none());
    }
}
