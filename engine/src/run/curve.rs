//! Who works over time, and what that makes of each objective.
//!
//! Without any change and without direction: who is cut off works again once
//! he has settled (notice, then machine and phone) or moved (and the journey);
//! who works stays. A new failure starts the clock again for those it hits; an
//! end of a failure only helps. Shifts come and go at the level reached.

use std::sync::Arc;

use outlast_models::units::Millis;

use super::{Lack, Moment};
use crate::assess::{Attainable, Held, Scope, Steering, assess};
use crate::outcome::{Count, Disposition, Outcome};
use crate::problem::Problem;
use crate::routes::path::ResourceKey;

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

/// How an objective stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Reached by its RTO and held to the end.
    Met,
    /// Not, but a directed allocation could, with every route steerable.
    MissedAttainable,
    /// Not, and no allocation could.
    Missed,
    /// The horizon is too near to say.
    CannotBeSaid,
}

/// The verdict on one objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Index in the problem's objectives.
    pub objective: usize,
    /// How it stands.
    pub standing: Standing,
    /// Agents needed, at the worst point after the RTO.
    pub need: u64,
    /// Agents counted there.
    pub counted: u64,
    /// Agents counted there, moved and directed.
    pub directed: u64,
    /// Where it is missed but attainable: what it lacks.
    pub lacks: Option<Lack>,
    /// When it was reached for good, if it was.
    pub reached: Option<Millis>,
    /// For how long it was below, up to the horizon.
    pub below: Millis,
    /// Where no allocation reaches it: how many can count at most.
    pub at_most: Option<u64>,
    /// And the capacities that bind; none where ways are what is missing.
    pub binding: Vec<ResourceKey>,
    /// Whether that is longer than its MTPD.
    pub beyond_mtpd: bool,
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
        Some(base) => {
            [Scope::Untouched, Scope::Settled, Scope::Moved].map(|scope| base.seen(moment, scope))
        }
    }
}

/// Whether somebody who works loses his way.
fn hits(moment: &Moment, now: Option<&Now>) -> bool {
    now.is_none_or(|now| now.seen(moment, Scope::Untouched).working() < now.working)
}

impl Now {
    /// A moment, left alone, for people who are here.
    fn seen(&self, moment: &Moment, scope: Scope) -> Outcome {
        let held = super::rekey(&self.held, &self.problem, &moment.problem);
        assess(&moment.problem, &moment.state, &held, scope, Steering::LeftAlone)
    }
}

fn point(at: Millis, outcome: &Outcome) -> Point {
    let effective = u64::try_from(outcome.effective_millionths() / 1_000_000).unwrap_or(u64::MAX);
    Point { at, working: outcome.working(), effective, counts: outcome.objectives.clone() }
}

/// Whether something is the matter that was not before.
fn is_worse(before: &Moment, now: &Moment) -> bool {
    let (a, b) = (&before.state, &now.state);
    !b.failed.is_subset(&a.failed)
        || !b.closed.is_subset(&a.closed)
        || !b.exhausted.is_subset(&a.exhausted)
        || !b.spoiled.is_subset(&a.spoiled)
        || b.shares.iter().any(|(id, share)| a.share_of(id) > *share)
        || b.blocking.iter().any(|(id, share)| a.blocking_of(id) < share.0)
        || b.changed_settings != a.changed_settings
}

/// The verdict on each objective.
pub(super) fn verdicts(
    horizon: Millis,
    onset: Millis,
    problem: &Problem,
    moments: &[Moment],
    curve: &[Point],
) -> Vec<Verdict> {
    (0..problem.objectives.len())
        .map(|n| verdict(horizon, onset, problem, moments, curve, n))
        .collect()
}

fn verdict(
    horizon: Millis,
    onset: Millis,
    problem: &Problem,
    moments: &[Moment],
    curve: &[Point],
    n: usize,
) -> Verdict {
    let objective = &problem.objectives[n];
    let end = |k: usize| curve.get(k + 1).map_or(horizon, |next| next.at);
    let below: u64 = (0..curve.len())
        .filter(|&k| !curve[k].counts[n].is_met())
        .map(|k| end(k).0 - curve[k].at.0)
        .sum();
    let last_below = (0..curve.len()).rev().find(|&k| !curve[k].counts[n].is_met());
    let reached = match last_below {
        None => Some(Millis::ZERO),
        Some(k) => curve.get(k + 1).map(|next| next.at),
    };
    // Without an RTO it must hold from when people have moved.
    let moving = moments.iter().map(|m| slowest(&m.problem, &m.moved.left_alone)).max();
    let within = objective.rto.or(moving).unwrap_or(Millis::ZERO);
    let due = Some(Millis(onset.0 + within.0));
    let in_time = reached.is_some_and(|at| due.is_none_or(|due| at <= due));
    let late = |k: &usize| due.is_none_or(|due| end(*k) > due);
    let worst = (0..curve.len()).filter(late).min_by_key(|&k| margin(&curve[k].counts[n]));
    let worst = worst.unwrap_or(curve.len() - 1);
    let after = |moment: &&Moment| {
        let next = moments.iter().map(|m| m.at).find(|at| *at > moment.at).unwrap_or(horizon);
        due.is_none_or(|due| next > due)
    };
    let said: Vec<&Attainable> =
        moments.iter().filter(after).map(|moment| &moment.attainable[n]).collect();
    let proof = said.iter().find_map(|said| match said {
        Attainable::No { at_most, binding } => Some((*at_most, binding.clone())),
        Attainable::Yes | Attainable::Undecided => None,
    });
    let attainable = said.iter().all(|said| said.is_yes());
    let standing = match (in_time, due.is_some_and(|due| due >= horizon)) {
        (true, _) => Standing::Met,
        (false, false) if attainable => Standing::MissedAttainable,
        (false, false) if proof.is_some() => Standing::Missed,
        (false, true | false) => Standing::CannotBeSaid,
    };
    let moment = moments.iter().rfind(|m| m.at <= curve[worst].at).unwrap_or(&moments[0]);
    Verdict {
        objective: n,
        standing,
        need: curve[worst].counts[n].need,
        counted: curve[worst].counts[n].counted,
        directed: moment.moved.directed.objectives[n].counted,
        lacks: (standing == Standing::MissedAttainable)
            .then(|| Lack::of(moment, n, &curve[worst].counts[n])),
        reached,
        below: Millis(below),
        at_most: proof.as_ref().map(|(at_most, _)| *at_most),
        binding: proof.map_or_else(Vec::new, |(_, binding)| binding),
        beyond_mtpd: objective.mtpd.is_some_and(|mtpd| below > mtpd.0),
    }
}

fn margin(count: &Count) -> i128 {
    i128::from(count.counted) - i128::from(count.need)
}
