//! When all is well again.

use std::collections::BTreeSet;

use outlast_engine::Problem;
use outlast_engine::run::{Moment, Run};
use outlast_models::units::{Millis, WeekHour};

/// When as many work as normally, to the end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Well {
    /// From when on; `None`: not within the horizon; 0: always.
    pub(crate) again: Option<Millis>,
    /// Whether that is said of the hours looked at alone: something is the matter
    /// to the end, and there are hours with other people.
    pub(crate) of_hours: bool,
}

/// From when on as many work as normally at that hour, to the end, and what is
/// still the matter costs nobody at another hour looked at.
pub(crate) fn well(run: &Run, normal_at: &dyn Fn(WeekHour) -> u64) -> Well {
    let mut times: Vec<Millis> = run.curve.iter().map(|point| point.at).collect();
    times.extend(run.moments.iter().map(|moment| moment.at));
    times.sort();
    times.dedup();
    let is_well = |at: &Millis| {
        let index = run.curve.partition_point(|point| point.at <= *at).max(1) - 1;
        run.curve[index].working >= normal_at(run.moment_at(*at).hour)
    };
    let first = times.iter().rposition(|at| !is_well(at)).map_or(0, |last| last + 1);
    let hours = hours(run);
    let costs = |moment: &Moment| {
        let mut hours = hours.iter().filter(|_| moment.is_troubled());
        hours.any(|hour| run.at_hour(moment, *hour).working() < normal_at(*hour))
    };
    let mut harmless: Option<&Moment> = None;
    let mut from = times.len();
    for (k, at) in times.iter().enumerate().skip(first).rev() {
        let moment = run.moment_at(*at);
        if !harmless.is_some_and(|other| is_same_but_for_the_hour(other, moment)) {
            if costs(moment) {
                break;
            }
            harmless = Some(moment);
        }
        from = k;
    }
    let again = if from == 0 { Some(Millis::ZERO) } else { times.get(from).copied() };
    let troubled = run.moments.last().is_some_and(Moment::is_troubled);
    Well { again, of_hours: troubled && others(run, &hours) }
}

fn is_same_but_for_the_hour(one: &Moment, other: &Moment) -> bool {
    let same = outlast_engine::State { hour: other.hour, ..one.state.clone() };
    same == other.state && std::sync::Arc::ptr_eq(&one.problem, &other.problem)
}

/// One hour of each sort that is looked at.
fn hours(run: &Run) -> Vec<WeekHour> {
    let mut known = BTreeSet::new();
    let all = run.moments.iter().map(|moment| moment.hour);
    all.filter(|hour| known.insert(on_shift(&run.problem, *hour))).collect()
}

/// Whether there are hours with other people than these.
fn others(run: &Run, hours: &[WeekHour]) -> bool {
    let known: BTreeSet<_> = hours.iter().map(|hour| on_shift(&run.problem, *hour)).collect();
    (0..168).any(|hour| !known.contains(&on_shift(&run.problem, WeekHour(hour))))
}

fn on_shift(problem: &Problem, hour: WeekHour) -> Vec<u64> {
    problem.cohorts.iter().map(|cohort| cohort.on_shift(hour)).collect()
}
