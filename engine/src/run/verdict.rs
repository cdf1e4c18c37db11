//! What the curve makes of each objective.

use outlast_models::units::Millis;

use super::lack::ByHand;
use super::spells::{Course, Spell};
use super::{Lack, curve};
use crate::assess::Attainable;
use crate::outcome::Count;
use crate::problem::Problem;
use crate::routes::path::ResourceKey;

/// How an objective stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Every spell below the need was mended within the RTO.
    Met,
    /// Not, but a directed allocation could, with every route steerable.
    MissedAttainable,
    /// Not, and no allocation could, or none is known that does.
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
    /// Agents needed, at the worst time of those that the RTO does not forgive.
    pub need: u64,
    /// Agents counted there.
    pub counted: u64,
    /// Agents counted there, moved and directed.
    pub directed: u64,
    /// Where it is missed but attainable: what it lacks.
    pub lacks: Option<Lack>,
    /// When it was reached for good, if it was.
    pub reached: Option<Millis>,
    /// The spells below the need, in order.
    pub spells: Vec<Spell>,
    /// Of these, the one that decides: the worst that is late, or is not over.
    pub decisive: Option<Spell>,
    /// Times at which it is missed, from and until.
    pub missed: Vec<(Millis, Millis)>,
    /// For how long it was below, up to the horizon.
    pub below: Millis,
    /// Where no allocation reaches it: how many can count at most.
    pub at_most: Option<u64>,
    /// And the capacities that bind; none where ways are what is missing.
    pub binding: Vec<ResourceKey>,
    /// Whether that is longer than its MTPD.
    pub beyond_mtpd: bool,
}

/// The verdict on each objective.
pub(super) fn verdicts(problem: &Problem, course: Course<'_>) -> Vec<Verdict> {
    // Without an RTO it must hold from when people have moved.
    let moved = |m: &super::Moment| curve::slowest(&m.problem, &m.moved.left_alone);
    let moving = course.moments.iter().map(moved).max().unwrap_or(Millis::ZERO);
    let mut by_hand = ByHand::default();
    let each = problem.objectives.iter().enumerate();
    each.map(|(n, objective)| {
        let within = objective.rto.unwrap_or(moving);
        let below: u64 = (0..course.curve.len())
            .filter(|&k| course.is_below(k, n))
            .map(|k| course.end(k).0 - course.curve[k].at.0)
            .sum();
        let beyond_mtpd = objective.mtpd.is_some_and(|mtpd| below > mtpd.0);
        let judged = Judged { course, n, within, spells: course.spells(n) };
        Verdict { below: Millis(below), beyond_mtpd, ..judged.verdict(&mut by_hand) }
    })
    .collect()
}

/// An objective with its spells.
struct Judged<'a> {
    course: Course<'a>,
    n: usize,
    within: Millis,
    spells: Vec<Spell>,
}

impl Judged<'_> {
    fn verdict(self, by_hand: &mut ByHand) -> Verdict {
        let (course, n) = (self.course, self.n);
        let missed = self.missed();
        let (attainable, proof) = self.attainable(&missed);
        let standing = match self.spells.last() {
            _ if !missed.is_empty() && attainable => Standing::MissedAttainable,
            _ if !missed.is_empty() => Standing::Missed,
            Some(last) if last.until.is_none() => Standing::CannotBeSaid,
            _ => Standing::Met,
        };
        let worst = self.worst(standing);
        let point = &course.curve[worst];
        let at_worst = self.spells.iter().find(|spell| spell.covers(point.at)).copied();
        let lacks = standing == Standing::MissedAttainable;
        let lacks = lacks.then(|| self.lacks(&missed, by_hand));
        let last = self.spells.last();
        let (at_most, binding) = proof.unzip();
        Verdict {
            objective: n,
            standing,
            need: point.counts[n].need,
            counted: point.counts[n].counted,
            directed: course.in_force(point.at).moved.directed.objectives[n].counted,
            lacks: lacks.flatten(),
            reached: last.map_or(Some(Millis::ZERO), |last| last.until),
            decisive: at_worst.filter(|_| standing != Standing::Met),
            missed,
            below: Millis::ZERO,
            at_most,
            binding: binding.unwrap_or_default(),
            beyond_mtpd: false,
            spells: self.spells,
        }
    }

    /// The times below the need after a spell was due.
    fn missed(&self) -> Vec<(Millis, Millis)> {
        let late = self.spells.iter().filter(|spell| spell.is_late(self.within));
        let from = late.flat_map(|spell| {
            let due = spell.due(self.within);
            let below = self.below().filter(|&k| spell.covers(self.course.curve[k].at));
            below.map(move |k| (self.course.curve[k].at.max(due), self.course.end(k)))
        });
        from.filter(|(from, until)| from < until).collect()
    }

    fn below(&self) -> impl Iterator<Item = usize> {
        (0..self.course.curve.len()).filter(|&k| self.course.is_below(k, self.n))
    }

    /// The worst time at which it is missed; else of a spell that is not over;
    /// else of the times that need no forgiving.
    fn worst(&self, standing: Standing) -> usize {
        let course = self.course;
        let open = |at: Millis| self.spells.last().is_some_and(|spell| spell.covers(at));
        let counts = |k: &usize| {
            let at = course.curve[*k].at;
            let due = self.spells.iter().rfind(|spell| spell.covers(at));
            let due = due.map_or(Millis::ZERO, |spell| spell.due(self.within));
            match standing {
                Standing::CannotBeSaid => open(at),
                Standing::Missed | Standing::MissedAttainable => course.end(*k) > due,
                Standing::Met => !course.is_below(*k, self.n),
            }
        };
        let all: Vec<usize> = (0..course.curve.len()).filter(counts).collect();
        // An hour in which nobody is needed says nothing, if there is another.
        let is_needed = |k: &usize| course.curve[*k].counts[self.n].need > 0;
        let needed = all.iter().copied().any(|k| is_needed(&k));
        let all = all.into_iter().filter(|k| !needed || is_needed(k));
        let worst = all.min_by_key(|&k| margin(&course.curve[k].counts[self.n]));
        worst.unwrap_or(course.curve.len() - 1)
    }

    /// Whether some allocation reaches it whenever it is missed, or a proof that
    /// none does.
    fn attainable(&self, missed: &[(Millis, Millis)]) -> (bool, Option<(u64, Vec<ResourceKey>)>) {
        let (moments, end) = (self.course.moments, self.course.horizon);
        let next = |k: usize| moments.get(k + 1).map_or(end, |next| next.at);
        let is_missed = |k: &usize| {
            missed.iter().any(|(from, until)| moments[*k].at < *until && *from < next(*k))
        };
        let said: Vec<&Attainable> =
            (0..moments.len()).filter(is_missed).map(|k| &moments[k].attainable[self.n]).collect();
        let proof = said.iter().find_map(|said| match said {
            Attainable::No { at_most, binding } => Some((*at_most, binding.clone())),
            Attainable::Yes | Attainable::Undecided => None,
        });
        (said.iter().all(|said| said.is_yes()), proof)
    }

    /// What most trouble is taken over, of all the times at which it is missed.
    fn lacks(&self, missed: &[(Millis, Millis)], by_hand: &mut ByHand) -> Option<Lack> {
        let at = |from: &Millis| self.course.in_force(*from);
        missed.iter().map(|(from, _)| Lack::of(at(from), self.n, by_hand)).max()
    }
}

fn margin(count: &Count) -> i128 {
    i128::from(count.counted) - i128::from(count.need)
}
