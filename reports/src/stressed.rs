//! What agents lose since more of them count as in a call.

use std::collections::BTreeSet;

use outlast_engine::assess::{self, Scope, Steering};
use outlast_engine::problem::Cohort;
use outlast_engine::run::{Moment, Run};
use outlast_engine::{Disposition, Outcome, Problem, State};
use outlast_models::Id;
use outlast_models::units::Millionths;

use crate::number::counted;
use crate::outcome;

/// A sentence where fewer work than would if as many were in a call as on any
/// other day: that looks like a failure, and nothing on their way has failed.
pub(crate) fn remark(moment: &Moment) -> Option<String> {
    let problem = &moment.problem;
    let (usual, stressed) = (problem.occupancy, problem.occupancy_stressed);
    let tally = outcome::tally(&moment.moved.left_alone.entries);
    let nobody_lost = tally.stranded + tally.impaired == 0;
    if !moment.state.is_stressed() || stressed <= usual || nobody_lost {
        return None;
    }
    let fewer = calm(moment).working().saturating_sub(tally.working);
    (fewer > 0).then(|| {
        let fewer = counted(fewer, "agent fewer works", "agents fewer work");
        format!(
            "since something is failed, {stressed} of the agents count as in a call instead of \
             {usual} (occupancy_stressed); by that alone {fewer}"
        )
    })
}

fn calm(moment: &Moment) -> Outcome {
    let state = State { calm: true, ..moment.state.clone() };
    assess::assess(&moment.problem, &state, &moment.held, Scope::Moved, Steering::LeftAlone)
}

/// A sentence for each strength of a surge: what it makes of occupancy.
pub(crate) fn surges(run: &Run) -> Vec<String> {
    let said = run.moments.iter().filter_map(surge);
    let mut all: Vec<String> = Vec::new();
    for says in said {
        if !all.contains(&says) {
            all.push(says);
        }
    }
    all
}

/// A sentence where something is congested and nobody at work is rung over it: nothing
/// then tells of the calls that customers cannot make (INB-03).
pub(crate) fn unheard_congestion(run: &Run) -> Option<String> {
    let congested = |moment: &&Moment| moment.state.blocking.values().any(|share| share.0 > 0);
    let heard = |moment: &Moment| {
        let is_congested = |id: &Id| moment.state.blocking.get(id).is_some_and(|share| share.0 > 0);
        moment.moved.left_alone.entries.iter().any(|entry| {
            let Disposition::Working { way } = entry.disposition else { return false };
            let legs = &moment.problem.ways[way].legs;
            let mut routes = entry.routes.iter().map(|&(leg, route)| &legs[leg].routes[route]);
            routes.any(|route| route.blocking.iter().any(is_congested))
        })
    };
    let moments: Vec<&Moment> = run.moments.iter().filter(congested).collect();
    (!moments.is_empty() && !moments.into_iter().any(heard)).then(|| {
        "nobody at work is rung over what is congested; customers' own calls are not counted \
         (INB-03)"
            .to_owned()
    })
}

fn surge(moment: &Moment) -> Option<String> {
    let problem = &moment.problem;
    let times = |cohort: &Cohort| {
        let demand = cohort.queues.iter().filter_map(|queue| moment.state.demand.get(queue));
        demand.copied().max().unwrap_or(1000)
    };
    let most = moment.state.demand.values().copied().max().filter(|most| *most > 1000)?;
    let (hit, others): (Vec<&Cohort>, Vec<&Cohort>) =
        problem.cohorts.iter().partition(|cohort| times(cohort) == most);
    let raised: BTreeSet<(Millionths, Millionths)> =
        hit.into_iter().map(|cohort| raised(problem, cohort, most)).collect();
    let each = raised.iter().map(|(usual, now)| format!("{now} instead of {usual}"));
    let stressed = problem.occupancy_stressed;
    let follows = |cohort: &&Cohort| cohort.counted && cohort.occupancy.is_none();
    let too = if stressed > problem.occupancy && others.iter().any(follows) {
        format!(
            "; groups of other queues count as {stressed} too, as in every state with a surge or \
             a failure (occupancy_stressed)"
        )
    } else {
        String::new()
    };
    (!raised.is_empty()).then(|| {
        format!(
            "a surge raises occupancy at most to 100%: {} times the calls count as {}{too}",
            thousandths(most),
            each.collect::<Vec<_>>().join(", ")
        )
    })
}

/// The usual occupancy, and what a surge makes of it.
fn raised(problem: &Problem, cohort: &Cohort, times: u64) -> (Millionths, Millionths) {
    let usual = cohort.occupancy.unwrap_or(problem.occupancy);
    let stressed = cohort.occupancy.unwrap_or(problem.occupancy_stressed);
    let now = (u64::from(stressed.0) * times / 1000).min(1_000_000);
    (usual, Millionths(u32::try_from(now).unwrap_or(1_000_000)))
}

/// `1.1` of 1,100 thousandths.
fn thousandths(number: u64) -> String {
    let text = format!("{}.{:03}", number / 1000, number % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
