//! What time has done to a set of failures at a moment: reserves that are used up,
//! regions that do not stand in yet.
//!
//! Something that is down at a moment has been so for longer than t with
//! S(t) = ∫ₜ^∞ P(X > x) dx ÷ E\[X\], X its time to repair (Cox, *Renewal Theory*, 1962,
//! section 5): exp(−t ÷ mttr) where that is exponential, 1 − t ÷ mttr where it is fixed.
//! A reserve of R is used up if every feed has been away for R: these times are
//! independent, and sites that share a feed share its time.

use std::collections::BTreeMap;

use super::events::Course;
use crate::chance::renewal::{Period, Repair};
use crate::failures::{FailureId, Failures, Sort};
use crate::problem::Problem;

/// Reserves and standbys of one problem.
#[derive(Debug, Clone, Default)]
pub(super) struct Lags {
    sites: Vec<Site>,
    regions: Vec<Region>,
}

/// What has feeds and a reserve.
#[derive(Debug, Clone)]
struct Site {
    spent: FailureId,
    feeds: Vec<FailureId>,
    reserve: f64,
}

/// A region that another backs.
#[derive(Debug, Clone)]
struct Region {
    late: FailureId,
    own: FailureId,
    after: f64,
}

/// Something that is down, and what took it: how long each takes.
pub(super) type Down = BTreeMap<FailureId, Vec<Course>>;

impl Lags {
    pub(super) fn of(problem: &Problem, failures: &Failures) -> Self {
        #[allow(clippy::cast_precision_loss)] // times of a plan are far below 2^53
        let ms = |time: outlast_models::units::Millis| time.0 as f64;
        let find = |id: &outlast_models::Id| failures.find(id.as_str());
        let sites = problem.reserves.iter().filter_map(|(id, (feeds, reserve))| {
            let feeds = feeds.iter().map(find).collect::<Option<_>>()?;
            Some(Site { spent: failures.lag(id, Sort::Spent)?, feeds, reserve: ms(*reserve) })
        });
        let regions = problem.standbys.iter().filter_map(|(region, _, after)| {
            let late = failures.lag(region, Sort::Late)?;
            Some(Region { late, own: find(region)?, after: ms(*after) })
        });
        Self { sites: sites.collect(), regions: regions.collect() }
    }

    /// All that time may ever do.
    pub(super) fn all(&self) -> impl Iterator<Item = FailureId> {
        let spent = self.sites.iter().map(|site| site.spent);
        spent.chain(self.regions.iter().map(|region| region.late))
    }

    /// What time may have done while these are down, each with its chance.
    pub(super) fn cases(&self, down: &Down) -> Vec<(Vec<FailureId>, f64)> {
        let mut cases = self.spent(down);
        for region in &self.regions {
            let Some(causes) = down.get(&region.own) else { continue };
            let in_time = longer_than(region.after, causes);
            let late = |(list, chance): &(Vec<FailureId>, f64)| {
                let with = list.iter().copied().chain([region.late]).collect();
                [(list.clone(), chance * in_time), (with, chance * (1.0 - in_time))]
            };
            cases = cases.iter().flat_map(late).filter(|(_, chance)| *chance > 0.0).collect();
        }
        cases
    }

    /// The same over time: when each lag is in force. Periods of one failure share no
    /// moment and come in order.
    pub(super) fn periods(
        &self,
        down: &BTreeMap<FailureId, Vec<Period>>,
    ) -> Vec<(FailureId, Vec<Period>)> {
        let of = |failure: &FailureId| down.get(failure).map_or(&[][..], Vec::as_slice);
        let sites = self.sites.iter().map(|site| {
            let (first, others) = site.feeds.split_first().expect("feeds");
            let start = of(first).to_vec();
            let dark = others.iter().fold(start, |dark, feed| common(&dark, of(feed)));
            let spent = dark.iter().map(|one| later(*one, site.reserve));
            (site.spent, spent.filter(|one| one.begin < one.end).collect())
        });
        let regions = self.regions.iter().map(|region| {
            let late = of(&region.own).iter().map(|one| {
                let end = later(*one, region.after).begin.min(one.end);
                Period { begin: one.begin, end }
            });
            (region.late, late.filter(|one| one.begin < one.end).collect())
        });
        sites.chain(regions).filter(|(_, periods): &(_, Vec<Period>)| !periods.is_empty()).collect()
    }

    fn spent(&self, down: &Down) -> Vec<(Vec<FailureId>, f64)> {
        let is_dark = |site: &&Site| site.feeds.iter().all(|feed| down.contains_key(feed));
        let dark: Vec<&Site> = self.sites.iter().filter(is_dark).collect();
        let mut cells: Vec<(BTreeMap<FailureId, f64>, f64)> = vec![(BTreeMap::new(), 1.0)];
        for (feed, causes) in down {
            let on = dark.iter().filter(|site| site.feeds.contains(feed));
            let mut ends: Vec<f64> = on.map(|site| site.reserve).collect();
            if ends.is_empty() {
                continue;
            }
            ends.push(0.0);
            ends.sort_by(f64::total_cmp);
            ends.dedup();
            let longer = |n: usize| ends.get(n).map_or(0.0, |end| longer_than(*end, causes));
            let split = |(away, chance): &(BTreeMap<FailureId, f64>, f64)| {
                let cell = |n: usize| {
                    let mut away = away.clone();
                    away.insert(*feed, ends[n]);
                    (away, chance * (longer(n) - longer(n + 1)))
                };
                (0..ends.len()).map(cell).filter(|(_, chance)| *chance > 0.0).collect::<Vec<_>>()
            };
            cells = cells.iter().flat_map(split).collect();
        }
        let mut cases: BTreeMap<Vec<FailureId>, f64> = BTreeMap::new();
        for (away, chance) in cells {
            let is_spent = |site: &&&Site| {
                site.feeds.iter().all(|feed| away.get(feed).is_some_and(|t| *t >= site.reserve))
            };
            let spent = dark.iter().filter(is_spent).map(|site| site.spent).collect();
            *cases.entry(spent).or_default() += chance;
        }
        cases.into_iter().collect()
    }
}

/// What is left of a period after a while.
#[allow(clippy::cast_possible_truncation)] // whole milliseconds
fn later(period: Period, after: f64) -> Period {
    Period { begin: period.begin.saturating_add(after as i64), end: period.end }
}

/// The moments that lie in both of two lists of periods.
fn common(some: &[Period], others: &[Period]) -> Vec<Period> {
    let both = some.iter().flat_map(|one| {
        others
            .iter()
            .map(|other| Period { begin: one.begin.max(other.begin), end: one.end.min(other.end) })
    });
    both.filter(|one| one.begin < one.end).collect()
}

/// The chance that something has been down for longer than a time: since the first of
/// what holds it down.
fn longer_than(time: f64, causes: &[Course]) -> f64 {
    let shorter: f64 = causes.iter().map(|one| 1.0 - longer(time, one)).product();
    1.0 - shorter
}

fn longer(time: f64, course: &Course) -> f64 {
    let (mean, law) = (course.lasts, course.law);
    if time <= 0.0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    match law {
        Repair::Exponential => libm::exp(-time / mean),
        // E[(X − t)⁺] ÷ E[X] of a lognormal X, as in Black & Scholes (1973).
        Repair::Lognormal(sigma) if sigma > 0.0 => {
            let first = libm::log(mean / time) / sigma + sigma / 2.0;
            (below(first) - time / mean * below(first - sigma)).clamp(0.0, 1.0)
        }
        Repair::Fixed | Repair::Lognormal(_) => (1.0 - time / mean).max(0.0),
    }
}

/// The normal law's chance of at most `x` deviations.
fn below(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(lasts: f64, law: Repair) -> Course {
        Course { chance: 0.1, rate: 0.1, lasts, law }
    }

    /// By the definition: the integral of the law's tail, in small steps.
    #[test]
    fn how_long_something_has_been_down_follows_from_its_law() {
        let sigma = 0.8;
        let tail = |x: f64| below((libm::log(1.0 / x) - sigma * sigma / 2.0) / sigma);
        let steps = 200_000;
        let of = |from: f64| -> f64 {
            let width = (60.0 - from) / f64::from(steps);
            (0..steps).map(|n| tail(from + (f64::from(n) + 0.5) * width) * width).sum()
        };
        for time in [0.2, 1.0, 3.0] {
            let found = longer(time, &course(1.0, Repair::Lognormal(sigma)));
            assert!((found - of(time)).abs() < 1e-4, "{time}: {found} {}", of(time));
        }
        let fixed = course(4.0, Repair::Fixed);
        assert!((longer(1.0, &fixed) - 0.75).abs() < 1e-15 && longer(5.0, &fixed) <= 0.0);
    }

    /// One feed for two sites: the longer reserve is never used up alone.
    #[test]
    fn sites_on_one_feed_share_its_time() {
        let [feed, short, long] = [0, 1, 2].map(FailureId);
        let site = |spent, reserve| Site { spent, feeds: vec![feed], reserve };
        let lags = Lags { sites: vec![site(short, 1.0), site(long, 2.0)], regions: Vec::new() };
        let down = Down::from([(feed, vec![course(2.0, Repair::Exponential)])]);
        let cases = lags.cases(&down);
        let lists: Vec<&[FailureId]> = cases.iter().map(|(list, _)| list.as_slice()).collect();
        assert_eq!(lists, [&[][..], &[short], &[short, long]]);
        let chances: Vec<f64> = cases.iter().map(|(_, chance)| *chance).collect();
        let [one, two] = [libm::exp(-0.5), libm::exp(-1.0)];
        for (found, expected) in chances.iter().zip([1.0 - one, one - two, two]) {
            assert!((found - expected).abs() < 1e-15, "{found} {expected}");
        }
    }

    /// Two feeds: R × the sum of their rates of return.
    #[test]
    fn a_reserve_of_two_feeds_starts_with_the_later_loss() {
        let [a, b, spent] = [0, 1, 2].map(FailureId);
        let site = Site { spent, feeds: vec![a, b], reserve: 3.0 };
        let lags = Lags { sites: vec![site], regions: Vec::new() };
        let of = |lasts| vec![course(lasts, Repair::Exponential)];
        let cases = lags.cases(&Down::from([(a, of(4.0)), (b, of(5.0))]));
        let used: f64 = cases.iter().filter(|(list, _)| !list.is_empty()).map(|c| c.1).sum();
        assert!((used - libm::exp(-3.0 * (0.25 + 0.2))).abs() < 1e-15);
        assert_eq!(lags.cases(&Down::from([(a, of(4.0))])), [(Vec::new(), 1.0)]);
    }
}
