//! The state view.

use outlast_engine::assess::bulk::Standing;
use outlast_engine::chance::interval::Interval;
use outlast_engine::problem::Objective;
use outlast_engine::risk::{Figure, StateView};

use super::Making;
use super::chance::{chance, known};
use crate::contingency::agents::Agents;
use crate::contingency::word;
use crate::document::{
    AtLeastDocument, BetweenDocument, FewerDocument, KnownDocument, MissedDocument,
    MomentViewDocument, ShortfallDocument,
};
use crate::named::Named;
use crate::run::has_shifts;

/// With what chance so many work, and what is left of it.
const AT_LEAST: [(&str, f64); 6] = [
    ("50%", 0.5),
    ("90%", 0.1),
    ("95%", 0.05),
    ("99%", 0.01),
    ("99.9%", 0.001),
    ("99.99%", 0.0001),
];
/// Shares of those who normally work, in percent.
const FEWER: [u64; 11] = [99, 95, 90, 80, 70, 60, 50, 40, 30, 20, 10];
/// The worst of the time.
const WORST: [(&str, f64); 2] = [("1%", 0.01), ("5%", 0.05)];

impl Making<'_> {
    pub(super) fn moment(&self) -> Option<MomentViewDocument> {
        let view = self.found.moment.as_ref().ok()?;
        let problem = self.asked.problem;
        let agents = Agents::of(self.context.plan, problem, view.question.hour);
        let lost = lost(view, problem.cohorts.len());
        Some(MomentViewDocument {
            hour: view.question.hour.to_string(),
            busiest: has_shifts(problem),
            order: view.order,
            rest: chance(view.rest),
            trials: view.drawn_in_all(),
            on_shift: agents.on_shift(|cohort| cohort.counted),
            normally_working: view.normal.working,
            working_thousandths: figure(view.expected()),
            at_least: AT_LEAST.iter().map(|one| at_least(view, *one)).collect(),
            fewer_than: FEWER.iter().map(|share| fewer_than(view, *share)).collect(),
            shortfall: WORST.iter().map(|one| shortfall(view, *one)).collect(),
            lost_by_site: rounded(agents.by_site(&lost)),
            lost_by_queue: rounded(agents.by_queue(&lost)),
            lost_by_phone: rounded(agents.by_phone(&lost)),
            objectives: self.missed(view, &agents),
        })
    }

    fn missed(&self, view: &StateView, agents: &Agents<'_>) -> Vec<MissedDocument> {
        let each = self.asked.problem.objectives.iter().enumerate();
        let each = each.map(|(n, objective): (usize, &Objective)| {
            let on_shift = agents.on_shift(|cohort| objective.counts(cohort));
            let standing: Standing = view.normal.objectives[n];
            MissedDocument {
                objective: objective.name(),
                need: objective.need(on_shift),
                on_shift,
                normally: word(standing),
                missed: known(view.missed(n)),
                undecided: chance(view.undecided(n)),
            }
        });
        each.collect()
    }
}

/// Millionths of agents lost, expected, by cohort.
fn lost(view: &StateView, cohorts: usize) -> Vec<(u32, i64)> {
    #[allow(clippy::cast_possible_truncation)] // agents are few
    let each = (0..cohorts).map(|n| (n as u32, (view.lost(n) * 1e6).round() as i64));
    each.filter(|(_, lost)| *lost != 0).collect()
}

fn rounded(by: Named<i64>) -> Named<i64> {
    let each =
        by.0.into_iter().map(|(name, millionths)| (name, (millionths + 500).div_euclid(1000)));
    Named(each.collect())
}

fn at_least(view: &StateView, (says, left): (&str, f64)) -> AtLeastDocument {
    let (worst, best, most) = view.quantile(left);
    AtLeastDocument { chance: says.to_owned(), best, worst, most }
}

fn fewer_than(view: &StateView, share: u64) -> FewerDocument {
    let agents = (view.normal.working * share).div_ceil(100);
    FewerDocument { share: format!("{share}%"), agents, chance: known(view.fewer_than(agents)) }
}

fn shortfall(view: &StateView, (says, share): (&str, f64)) -> ShortfallDocument {
    ShortfallDocument {
        share: says.to_owned(),
        working_thousandths: unsigned(thousandths(view.shortfall(share))),
    }
}

fn figure(figure: Figure) -> KnownDocument<u64> {
    #[allow(clippy::cast_possible_truncation)] // agents are few
    let between = |ends: Interval| BetweenDocument {
        low: unsigned((ends.low * 1000.0).floor() as i64),
        high: unsigned((ends.high * 1000.0).ceil() as i64),
    };
    KnownDocument {
        best: unsigned(thousandths(figure.best)),
        certain: between(figure.certain),
        likely: between(figure.likely),
    }
}

/// Thousandths of a number of agents.
pub(super) fn thousandths(agents: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation)] // agents are few
    let whole = (agents * 1000.0).round() as i64;
    whole
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
