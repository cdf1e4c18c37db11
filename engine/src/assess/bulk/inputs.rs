//! Which inputs of the gates a set of failures turns off, for many sets at once.

use std::collections::BTreeMap;

use super::network::LANES;
use crate::failures::{FailureId, Failures, Set};
use crate::input::Input;
use crate::problem::Problem;
use crate::state::State;
use outlast_models::Id;
use outlast_models::units::WeekHour;

/// From sets to input words.
pub(super) struct Inputs {
    /// Every input with nothing failed.
    normal: Vec<u64>,
    /// By failure, the inputs that it turns off.
    takes: Vec<Vec<usize>>,
    /// Reserves that hold while one of these inputs does: those of their feeds.
    reserves: Vec<(usize, Vec<usize>)>,
    /// Regions that stand in once one of these inputs does not hold.
    standbys: Vec<(usize, Vec<usize>)>,
}

impl Inputs {
    pub(super) fn of(problem: &Problem, failures: &Failures, hour: WeekHour) -> Self {
        let up = |id: &Id| {
            let (component, _) = problem.components.get(id)?;
            Some(problem.gates.find_input(&Input::Up(component.clone()))?.index())
        };
        let ups = |ids: &[Id]| ids.iter().filter_map(up).collect::<Vec<_>>();
        let find = |input: &Input| problem.gates.find_input(input).map(|input| input.index());
        let reserves = problem
            .reserves
            .iter()
            .filter_map(|(id, (feeds, _))| Some((find(&Input::Reserve(id.clone()))?, ups(feeds))));
        let mut standbys: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (region, standby, _) in &problem.standbys {
            if let Some(input) = find(&Input::StandsIn(standby.clone())) {
                standbys.entry(input).or_default().extend(up(region));
            }
        }
        let normal = State::normal(hour).inputs(problem).into_iter();
        Self {
            normal: normal.map(|holds| if holds { u64::MAX } else { 0 }).collect(),
            takes: failures.all.iter().map(|failure| ups(&failure.takes)).collect(),
            reserves: reserves.collect(),
            standbys: standbys.into_iter().collect(),
        }
    }

    /// The inputs that a failure turns off by itself, and whether others hang on these:
    /// reserves on feeds, standbys on regions.
    pub(super) fn of_failure(&self, failure: FailureId) -> (&[usize], bool) {
        let own = &self.takes[failure.index()];
        let others = self.reserves.iter().chain(&self.standbys);
        let hang = others.flat_map(|(_, on)| on).any(|on| own.contains(on));
        (own, hang)
    }

    /// The words of up to 64 sets, one a lane; the other lanes are as normal.
    pub(super) fn words(&self, sets: &[Set], words: &mut Vec<u64>) {
        assert!(sets.len() <= LANES, "a lane for each set");
        words.clone_from(&self.normal);
        for (lane, set) in sets.iter().enumerate() {
            for failure in set.iter() {
                for &input in &self.takes[failure.index()] {
                    words[input] &= !(1 << lane);
                }
            }
        }
        for (reserve, feeds) in &self.reserves {
            words[*reserve] = feeds.iter().fold(0, |word, feed| word | words[*feed]);
        }
        for (standby, regions) in &self.standbys {
            words[*standby] = regions.iter().fold(0, |word, region| word | !words[*region]);
        }
    }
}
