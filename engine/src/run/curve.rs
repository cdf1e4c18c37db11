//! Who works over time.
//!
//! Without any change and without direction: who is cut off works again once
//! he has settled (notice, then machine and phone) or moved (and the journey);
//! who works stays. A new failure starts the clock again for those it hits; an
//! end of a failure only helps. Shifts come and go at the level reached.

use std::sync::Arc;

use outlast_models::units::Millis;

use super::Moment;
use crate::assess::{Assessor, Scope};
use crate::outcome::{Count, Disposition, Outcome};
use crate::problem::Problem;
use crate::state::Held;

/// Agents from a time on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// From when.
    pub at: Millis,
    /// Working agents.
    pub working: u64,
    /// Effective agents, rounded down.
    pub effective: u64,
    /// Each objective.
    pub counts: Vec<Count>,
}

/// How long the slowest of those takes who take another way up: notice, then
/// the steps that differ; a stated way its own time.
pub(super) fn slowest(problem: &Problem, outcome: &Outcome) -> Millis {
    let steps = outcome.entries.iter().filter_map(|entry| match entry.disposition {
        Disposition::Working { way } | Disposition::Impaired { way, .. } => {
            taking_up(problem, entry.cohort, entry.held, way)
        }
        Disposition::InTransit { .. } | Disposition::Stranded(_) => None,
    });
    steps.max().unwrap_or(Millis::ZERO)
}

fn taking_up(problem: &Problem, cohort: usize, held: Option<usize>, way: usize) -> Option<Millis> {
    let to = &problem.ways[way];
    let from = held.map(|held| &problem.ways[held]);
    if from.is_some_and(|from| from.key == to.key) {
        return None;
    }
    let times = &to.times;
    if to.key.stated {
        return Some(Millis(times.notice.0 + times.ready.0));
    }
    let place = from.map_or(&problem.cohorts[cohort].home_place, |from| &from.key.place);
    let step = |differs: bool, time: Millis| if differs { time.0 } else { 0 };
    let machine = from.is_none_or(|from| from.posture.machine != to.posture.machine);
    let phone = from.is_none_or(|from| from.key.phone != to.key.phone);
    let travel = step(*place != to.key.place, times.place);
    let log_in = step(machine, times.machine) + step(phone, times.phone);
    Some(Millis(times.notice.0 + travel + log_in))
}

/// Where people are: what they hold, of which problem, and how many work.
/// Who has moved stays until his way fails.
struct Now {
    held: Held,
    problem: Arc<Problem>,
    working: u64,
}

/// The curve of those who work, left alone.
pub(super) fn curve(moments: &[Moment], horizon: Millis) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    let mut since = Millis::ZERO;
    let mut base: Option<Now> = None;
    let mut now: Option<Now> = None;
    for (n, moment) in moments.iter().enumerate() {
        if n > 0 && is_worse(&moments[n - 1], moment) && hits(moment, now.as_ref()) {
            since = moment.at;
            base = now.take();
        }
        let end = moments.get(n + 1).map_or(horizon, |next| next.at);
        let [untouched, settled, moved] = outcomes(moment, base.as_ref());
        let settle = slowest(&moment.problem, &settled);
        let travel = slowest(&moment.problem, &moved).max(settle);
        let steps = [
            (since, untouched),
            (Millis(since.0 + settle.0), settled),
            (Millis(since.0 + travel.0), moved),
        ];
        for (k, (from, outcome)) in steps.iter().enumerate() {
            let until = steps.get(k + 1).map_or(end, |next| next.0.min(end));
            let from = (*from).max(moment.at);
            if from < until {
                points.push(point(from, outcome));
                now = Some(Now {
                    held: outcome.held(&moment.problem),
                    problem: moment.problem.clone(),
                    working: outcome.working(),
                });
            }
        }
    }
    points.dedup_by(|next, before| {
        next.working == before.working
            && next.effective == before.effective
            && next.counts == before.counts
    });
    points
}

/// The figures of a moment, left alone, seen from where people are since the
/// last thing that struck; at first that is the normal state.
fn outcomes(moment: &Moment, base: Option<&Now>) -> [Outcome; 3] {
    match base {
        None => {
            [&moment.untouched, &moment.settled, &moment.moved].map(|both| both.left_alone.clone())
        }
        Some(base) => base.seen(moment, [Scope::Untouched, Scope::Settled, Scope::Moved]),
    }
}

/// Whether somebody who works loses his way.
fn hits(moment: &Moment, now: Option<&Now>) -> bool {
    now.is_none_or(|now| {
        let [untouched] = now.seen(moment, [Scope::Untouched]);
        untouched.working() < now.working
    })
}

impl Now {
    /// A moment, left alone, for people who are here.
    fn seen<const N: usize>(&self, moment: &Moment, scopes: [Scope; N]) -> [Outcome; N] {
        let held = super::rekey::rekey(&self.held, &self.problem, &moment.problem);
        let assessor = Assessor::new(&moment.problem, &moment.state, &held);
        scopes.map(|scope| assessor.left_alone(scope))
    }
}

fn point(at: Millis, outcome: &Outcome) -> Point {
    let effective = u64::try_from(outcome.effective_millionths() / 1_000_000).unwrap_or(u64::MAX);
    Point { at, working: outcome.working(), effective, counts: outcome.objectives.clone() }
}

/// Whether something is the matter that was not before.
pub(super) fn is_worse(before: &Moment, now: &Moment) -> bool {
    let (a, b) = (&before.state, &now.state);
    !b.events.is_subset(&a.events)
        || !b.closed.is_subset(&a.closed)
        || !b.exhausted.is_subset(&a.exhausted)
        || !b.spoiled.is_subset(&a.spoiled)
        || b.shares.iter().any(|(id, share)| a.share_of(id) > *share)
        || b.blocking.iter().any(|(id, share)| a.blocking_of(id) < share.0)
        || b.changed_settings != a.changed_settings
}
