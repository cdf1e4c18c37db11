//! The figures of one combination: what `certain` and `possible` are made from.

use std::collections::BTreeSet;

use outlast_engine::run::{Both, Moment, Run, Standing};
use outlast_engine::unknown::Answer;
use outlast_models::{Place, Plan};

use crate::assumptions;
use crate::document::{SidesDocument, Tally};
use crate::outcome::breakdown;

/// What a run comes to in one combination.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub(super) figures: Figures,
    /// Agent-milliseconds of work, up to the horizon.
    worth: u64,
    /// Doubts, by their place, on which some result stands.
    stands_on: Vec<usize>,
}

/// The figures themselves.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Figures {
    pub(super) moments: Vec<(u64, MomentFigures)>,
    pub(super) curve: Vec<(u64, PointFigures)>,
    /// By objective, in the order of the plan as read.
    pub(super) verdicts: Vec<(Class, u64)>,
}

/// A moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct MomentFigures {
    pub(super) normally_working: u64,
    pub(super) untouched: SidesDocument<Tally>,
    pub(super) settled: SidesDocument<Tally>,
    pub(super) moved: SidesDocument<Tally>,
}

/// A point of the curve.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct PointFigures {
    pub(super) working: u64,
    pub(super) effective: u64,
    pub(super) counted: Vec<(String, u64)>,
}

/// What a verdict comes to; whether what is missed could be reached is another matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Class {
    Met,
    Missed,
    Open,
}

impl Class {
    pub(super) fn of(standing: Standing) -> Self {
        match standing {
            Standing::Met => Self::Met,
            Standing::Missed | Standing::MissedAttainable => Self::Missed,
            Standing::CannotBeSaid => Self::Open,
        }
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Open => "cannot be said",
        }
    }
}

impl Sheet {
    /// The figures of a run of the plan with one choice of values; `doubts` are the
    /// assumptions that each doubt makes, empty for one on which everything may stand, and
    /// no doubt at all where it does not matter on which the run stands;
    /// `objectives` are those of the plan as read, in its order.
    pub fn of(plan: &Plan, run: &Run, doubts: &[Vec<String>], objectives: &[Place]) -> Self {
        let end = |k: usize| run.curve.get(k + 1).map_or(run.horizon, |next| next.at).0;
        let points = run.curve.iter().enumerate();
        let worth = points.map(|(k, point)| point.working * (end(k) - point.at.0)).sum();
        let stands_on = if doubts.is_empty() {
            Vec::new()
        } else {
            let listed = assumptions::all_ids(plan, run);
            let is_listed = |ids: &Vec<String>| ids.is_empty() || any(ids, &listed);
            (0..doubts.len()).filter(|doubt| is_listed(&doubts[*doubt])).collect()
        };
        Self { figures: Figures::of(plan, run, objectives), worth, stands_on }
    }
}

fn any(ids: &[String], listed: &BTreeSet<String>) -> bool {
    ids.iter().any(|id| listed.contains(id))
}

impl Figures {
    fn of(plan: &Plan, run: &Run, order: &[Place]) -> Self {
        let all = &run.problem.objectives;
        let at = |place: &Place| all.iter().position(|one| one.place == *place);
        let order: Vec<usize> = order.iter().filter_map(at).collect();
        let mut moments: Vec<(u64, MomentFigures)> = Vec::new();
        for one in &run.moments {
            let known = one.like.map(|like| moments[like].1.clone());
            let figures = known.unwrap_or_else(|| moment(plan, run, one));
            moments.push((one.at.0, figures));
        }
        let point = |point: &outlast_engine::run::Point| {
            let counted = order.iter().map(|&n| (all[n].name(), point.counts[n].counted));
            let counted = counted.collect();
            let (working, effective) = (point.working, point.effective);
            (point.at.0, PointFigures { working, effective, counted })
        };
        let verdicts = order.iter().map(|&n| &run.verdicts[n]);
        let verdicts = verdicts.map(|one| (Class::of(one.standing), one.counted));
        Self { curve: run.curve.iter().map(point).collect(), verdicts: verdicts.collect(), moments }
    }
}

fn moment(plan: &Plan, run: &Run, moment: &Moment) -> MomentFigures {
    let sides = |both: &Both| SidesDocument {
        left_alone: breakdown(plan, &moment.problem, &both.left_alone),
        directed: breakdown(plan, &moment.problem, &both.directed),
    };
    MomentFigures {
        normally_working: run.usual[&moment.hour].outcome.working(),
        untouched: sides(&moment.untouched),
        settled: sides(&moment.settled),
        moved: sides(&moment.moved),
    }
}

impl PartialEq for Sheet {
    fn eq(&self, other: &Self) -> bool {
        self.figures == other.figures
    }
}

impl Answer for Sheet {
    fn worth(&self) -> u64 {
        self.worth
    }

    fn stands_on(&self, doubt: usize) -> bool {
        self.stands_on.contains(&doubt)
    }
}
