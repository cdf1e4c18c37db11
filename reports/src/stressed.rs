//! What agents lose since more of them count as in a call.

use outlast_engine::assess::{self, Scope, Steering};
use outlast_engine::run::Moment;
use outlast_engine::{Outcome, Problem};

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
    let calm = calm(moment, &Problem { occupancy_stressed: usual, ..Problem::clone(problem) });
    let fewer = calm.working().saturating_sub(tally.working);
    (fewer > 0).then(|| {
        let fewer = counted(fewer, "agent fewer works", "agents fewer work");
        format!(
            "since something is failed, {stressed} of the agents count as in a call instead of \
             {usual} (occupancy_stressed); by that alone {fewer}"
        )
    })
}

fn calm(moment: &Moment, problem: &Problem) -> Outcome {
    assess::assess(problem, &moment.state, &moment.held, Scope::Moved, Steering::LeftAlone)
}
