//! What an objective lacks that is missed but attainable.

use std::collections::BTreeMap;

use outlast_models::units::Millis;

use super::Moment;
use crate::assess::{Scope, Steering, assess};
use crate::outcome::Count;
use crate::problem::{Objective, Problem};
use crate::state::State;

/// What would reach an objective, least trouble first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// Time: once people have moved it is met.
    Time,
    /// Somebody who tells people.
    Instruction {
        /// How many more count then, once all have moved.
        worth: u64,
    },
    /// Traffic steered by hand, besides the instruction.
    Steering,
    /// Other objectives that come with it or before it take what it needs.
    Precedence,
    /// Agents who could be divided: the optimum is met by parts of them.
    Parts,
}

impl Lack {
    /// What an attainable objective lacks at a moment.
    pub(super) fn of(moment: &Moment, n: usize, by_hand: &mut ByHand) -> Self {
        let left_alone = moment.moved.left_alone.objectives[n];
        let directed = moment.moved.directed.objectives[n];
        if left_alone.is_met() {
            Self::Time
        } else if directed.is_met() {
            Self::Instruction { worth: directed.counted.saturating_sub(left_alone.counted) }
        } else if by_hand.is_met(moment, n) {
            Self::Steering
        } else if has_rivals(&moment.problem, n) {
            Self::Precedence
        } else {
            Self::Parts
        }
    }
}

/// Directed, with what is fixed by configuration steered as well: which objectives
/// are met, by the time of the moment.
#[derive(Default)]
pub(super) struct ByHand(BTreeMap<Millis, Vec<bool>>);

impl ByHand {
    fn is_met(&mut self, moment: &Moment, n: usize) -> bool {
        let met = self.0.entry(moment.at).or_insert_with(|| {
            let state = State { steered: true, ..moment.state.clone() };
            let held = &moment.held;
            let outcome = assess(&moment.problem, &state, held, Scope::Moved, Steering::Directed);
            outcome.objectives.iter().map(Count::is_met).collect()
        });
        met[n]
    }
}

fn has_rivals(problem: &Problem, n: usize) -> bool {
    // Overall comes last.
    let place = |objective: &Objective| (objective.queue.is_none(), objective.priority);
    let ours = place(&problem.objectives[n]);
    problem.objectives.iter().enumerate().any(|(m, other)| m != n && place(other) <= ours)
}
