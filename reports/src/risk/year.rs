//! The year view.

use outlast_engine::chance::exact::Moments;
use outlast_engine::chance::histogram::Histogram;
use outlast_engine::chance::interval::clopper_pearson;
use outlast_engine::problem::Objective;
use outlast_engine::risk::{Breaches, YearView, exceedance};
use outlast_models::plan::{Appetite, Lost};
use outlast_models::units::Money;

use super::Making;
use super::chance::{between, number};
use crate::document::{
    AppetiteDocument, BetweenDocument, BreachesDocument, BrokenDocument, EndsDocument,
    HoursDocument, LongestDocument, LostInYearDocument, OnceInDocument, YearViewDocument,
};
use crate::number::grouped;

/// Once in so many years.
const ONCE_IN: [u64; 9] = [2, 5, 10, 20, 50, 100, 200, 500, 1000];
/// What intervals of 95 % leave out.
const ALPHA: f64 = 0.05;
const HOUR: u64 = 3_600_000;

impl Making<'_> {
    pub(super) fn year(&self) -> Option<YearViewDocument> {
        let view = self.found.years()?;
        let ranks: Vec<Rank> = ONCE_IN.iter().filter_map(|t| Rank::of(*t, view.years)).collect();
        let objectives = self.asked.problem.objectives.iter().zip(&view.objectives);
        Some(YearViewDocument {
            years: view.years,
            lost: ends(|end| lost(view, end, &ranks)),
            episodes: view.episodes[0],
            of_several: view.episodes[1],
            assessed: view.assessed,
            appetite: self.context.plan.appetite.iter().map(|one| self.borne(view, one)).collect(),
            objectives: objectives
                .map(|(objective, own)| breaches(view.years, objective, own, &ranks))
                .collect(),
        })
    }

    fn borne(&self, view: &YearView, appetite: &Appetite) -> AppetiteDocument {
        let plan = self.context.plan;
        let (says, agent_ms) = match appetite.lost {
            Lost::AgentHours(hours) => {
                (format!("{} agent-hours", grouped(hours)), hours.saturating_mul(HOUR))
            }
            Lost::Money(money) => {
                let currency = plan.currency.as_deref().unwrap_or_default();
                (format!("{} {currency}", amount(money)), worth(money, plan.agent_hour))
            }
        };
        let chances = [0, 1].map(|end| exceedance(&view.lost[end], view.years, agent_ms));
        #[allow(clippy::cast_precision_loss)] // at most 10^12
        let yearly = appetite.yearly.0 as f64 / 1e12;
        let verdict = match chances {
            [moved, still] if moved.low > yearly && still.low > yearly => "beyond",
            [moved, still] if moved.high <= yearly && still.high <= yearly => "within",
            _ => "cannot be said",
        };
        AppetiteDocument {
            lost: says,
            agent_ms,
            yearly: appetite.yearly.to_string(),
            chance: ends(|end| between(chances[end])),
            verdict: verdict.to_owned(),
        }
    }
}

fn ends<T>(of: impl Fn(usize) -> T) -> EndsDocument<T> {
    EndsDocument { moved: of(0), still: of(1) }
}

/// Hundredths as people write them.
fn amount(Money(hundredths): Money) -> String {
    let all = hundredths.unsigned_abs();
    match all % 100 {
        0 => grouped(all / 100),
        part => format!("{}.{part:02}", grouped(all / 100)),
    }
}

/// The least work that is worth so much.
fn worth(Money(loss): Money, hour: Option<Money>) -> u64 {
    let price = hour.map_or(1, |Money(price)| price.unsigned_abs().max(1));
    let all = u128::from(loss.unsigned_abs()) * u128::from(HOUR);
    u64::try_from(all.div_ceil(u128::from(price))).unwrap_or(u64::MAX)
}

fn lost(view: &YearView, end: usize, ranks: &[Rank]) -> LostInYearDocument {
    let moments: &Moments = &view.sums[end];
    let (mean, variance, likely) = view.mean(end);
    #[allow(clippy::cast_precision_loss)] // years are far below 2^53
    let error = (variance / (view.years.max(1) as f64)).sqrt();
    LostInYearDocument {
        mean: hours(whole(mean.round())),
        standard_error: hours(whole(error.ceil())),
        likely: likely.map(|ends| BetweenDocument {
            low: hours(whole(ends.low.floor())),
            high: hours(whole(ends.high.ceil())),
        }),
        sum_agent_ms: moments.sum().to_string(),
        year: ranks.iter().map(|rank| rank.once_in(&view.lost[end])).collect(),
        episode: ranks.iter().map(|rank| rank.once_in(&view.worst[end])).collect(),
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // not below nought
fn whole(agent_ms: f64) -> u64 {
    agent_ms as u64
}

fn hours(agent_ms: u64) -> HoursDocument {
    HoursDocument {
        agent_hours: agent_ms / HOUR + u64::from(agent_ms % HOUR >= HOUR / 2),
        agent_ms,
    }
}

fn breaches(years: u64, objective: &Objective, own: &Breaches, ranks: &[Rank]) -> BreachesDocument {
    let broken = |times: u64, of: u64| BrokenDocument {
        times,
        per_year: ratio(times, years),
        years: of,
        chance: between(clopper_pearson(of, years, ALPHA)),
    };
    let longest = |rank: &Rank, end: usize| {
        let (low_ms, high_ms) = rank.value(&own.longest[end], rank.best);
        LongestDocument { years: rank.years, low_ms, high_ms }
    };
    BreachesDocument {
        objective: objective.name(),
        rto_ms: objective.rto.map(|rto| rto.0),
        mtpd_ms: objective.mtpd.map(|mtpd| mtpd.0),
        rto: ends(|end| broken(own.rto_times[end], own.rto_years[end])),
        mtpd: objective.mtpd.map(|_| ends(|end| broken(own.mtpd_times[end], own.mtpd_years[end]))),
        longest: ends(|end| ranks.iter().map(|rank| longest(rank, end)).collect()),
    }
}

fn ratio(some: u64, of: u64) -> String {
    #[allow(clippy::cast_precision_loss)] // both are far below 2^53
    let ratio = some as f64 / of.max(1) as f64;
    number(ratio)
}

/// Where the loss of once in so many years stands among all years, the greatest first.
///
/// Of n years those that lose at least the true one are binomial with 1 ÷ T: with 95 %
/// there are between `few` and `many` of them, so the true one lies between the losses
/// of rank `many` + 1 and `few`.
#[derive(Debug, Clone, Copy)]
struct Rank {
    /// Once in so many years.
    years: u64,
    /// Of so many simulated.
    of: u64,
    best: u64,
    few: u64,
    many: u64,
}

impl Rank {
    /// Nothing where there are fewer years than that.
    fn of(years: u64, of: u64) -> Option<Self> {
        let best = of / years;
        if best == 0 {
            return None;
        }
        #[allow(clippy::cast_precision_loss)] // few
        let share = 1.0 / years as f64;
        let holds = |hits: u64| clopper_pearson(hits, of, ALPHA);
        // The first count whose interval reaches as high, and the last that reaches as low.
        let few = first(0, best, |hits| holds(hits).high >= share);
        let many = first(best, of, |hits| holds(hits).low > share);
        let many = if holds(many).low > share { many - 1 } else { many };
        Some(Self { years, of, best, few, many })
    }

    /// Between what the loss of a rank lies; the first is the greatest.
    fn value(&self, of: &Histogram, rank: u64) -> (u64, u64) {
        of.quantile(self.of - rank + 1, self.of).unwrap_or((0, 0))
    }

    fn once_in(&self, lost: &Histogram) -> OnceInDocument {
        let (low, high) = self.value(lost, self.best);
        let below = (self.many < self.of).then(|| self.value(lost, self.many + 1).0);
        OnceInDocument {
            years: self.years,
            lost: BetweenDocument { low: hours(low), high: hours(high) },
            low: hours(below.unwrap_or(0)),
            high: (self.few > 0).then(|| hours(self.value(lost, self.few).1)),
        }
    }
}

/// The first number from `low` to `high` of which something holds that holds of all above
/// it; `high` if of none.
fn first(mut low: u64, mut high: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    high
}

#[cfg(test)]
mod tests {
    use outlast_engine::chance::interval::Interval;

    use super::*;

    #[test]
    fn ranks_hold_95_times_in_100() {
        for (years, of) in [(2, 100), (10, 1000), (100, 1000), (1000, 1000), (5, 7)] {
            let rank = Rank::of(years, of).unwrap();
            let share = 1.0 / f64::from(u32::try_from(years).unwrap());
            let holds = |hits| {
                let Interval { low, high } = clopper_pearson(hits, of, ALPHA);
                low <= share && share <= high
            };
            assert!(rank.few <= rank.best && rank.best <= rank.many, "{rank:?}");
            assert!(holds(rank.few) && holds(rank.many), "{rank:?}");
            assert!(rank.few == 0 || !holds(rank.few - 1), "{rank:?}");
            assert!(rank.many == of || !holds(rank.many + 1), "{rank:?}");
        }
        assert!(Rank::of(1000, 999).is_none());
    }

    #[test]
    fn the_loss_of_a_rank_is_that_of_a_year() {
        let mut lost = Histogram::default();
        (1..=100).for_each(|loss| lost.add(loss, 1));
        let rank = Rank::of(10, 100).unwrap();
        assert_eq!(rank.value(&lost, rank.best), (91, 91));
        let once = rank.once_in(&lost);
        assert!(once.low.agent_ms < 91 && once.high.unwrap().agent_ms > 91, "{once:?}");
    }

    #[test]
    fn money_is_the_least_work_that_is_worth_it() {
        assert_eq!(worth(Money(4_500), Some(Money(4_500))), HOUR);
        assert_eq!(worth(Money(1), Some(Money(3))), HOUR / 3);
        assert_eq!(amount(Money(20_000_050)), "200,000.50");
    }

    #[test]
    fn hours_are_rounded_half_up() {
        assert_eq!(hours(HOUR / 2).agent_hours, 1);
        assert_eq!(hours(HOUR / 2 - 1).agent_hours, 0);
    }
}
