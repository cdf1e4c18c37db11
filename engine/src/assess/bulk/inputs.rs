//! Which inputs of the gates a set of failures turns off, for many sets at once.

use std::collections::{BTreeMap, BTreeSet};

use super::network::LANES;
use crate::failures::{FailureId, Failures, Set, Sort};
use crate::input::{Input, InputId};
use crate::problem::Problem;
use crate::state::State;
use outlast_models::Id;
use outlast_models::units::WeekHour;

/// From sets to input words. Behind the problem's own inputs stand those of lags: on
/// until a set has the lag.
pub(super) struct Inputs {
    /// Every input with nothing failed.
    normal: Vec<u64>,
    /// By failure, the inputs that it turns off.
    takes: Vec<Vec<usize>>,
    /// Reserves that hold while a feed does, or a lag is still to come.
    reserves: Vec<Reserve>,
    /// Regions that stand in once one that they back does not hold, unless it is too soon.
    standbys: Vec<(usize, Vec<Backed>)>,
}

struct Reserve {
    input: usize,
    feeds: Vec<usize>,
    lasts: Option<usize>,
}

/// A region, and the input that holds while its standby is in time.
struct Backed {
    region: Vec<usize>,
    in_time: Option<usize>,
}

impl Inputs {
    pub(super) fn of(problem: &Problem, failures: &Failures, hour: WeekHour) -> Self {
        let up = |id: &Id| {
            let (component, _) = problem.components.get(id)?;
            Some(problem.gates.find_input(&Input::Up(component.clone()))?.index())
        };
        let ups = |ids: &[Id]| ids.iter().filter_map(up).collect::<Vec<_>>();
        let find = |input: &Input| problem.gates.find_input(input).map(InputId::index);
        let own = problem.gates.inputs().len();
        let lag = |id: &Id, sort| failures.lag(id, sort).map(|lag| own + lag.index());
        let reserves = problem.reserves.iter().filter_map(|(id, (feeds, _))| {
            let input = find(&Input::Reserve(id.clone()))?;
            Some(Reserve { input, feeds: ups(feeds), lasts: lag(id, Sort::Spent) })
        });
        let mut standbys: BTreeMap<usize, Vec<Backed>> = BTreeMap::new();
        for (region, standby, _) in &problem.standbys {
            if let Some(input) = find(&Input::StandsIn(standby.clone())) {
                let backed = Backed {
                    region: ups(std::slice::from_ref(region)),
                    in_time: lag(region, Sort::Late),
                };
                standbys.entry(input).or_default().push(backed);
            }
        }
        let normal = State::normal(hour).inputs(problem).into_iter();
        let normal = normal.map(|holds| if holds { u64::MAX } else { 0 });
        let lags = failures.all.iter().map(|_| u64::MAX);
        let takes = failures.all.iter().enumerate().map(|(n, failure)| match failure.sort {
            Sort::Spent | Sort::Late => vec![own + n],
            Sort::Component(_) | Sort::Common | Sort::Hazard => ups(&failure.takes),
        });
        Self {
            takes: takes.collect(),
            normal: normal.chain(lags).collect(),
            reserves: reserves.collect(),
            standbys: standbys.into_iter().collect(),
        }
    }

    /// The inputs that a failure turns off by itself, and whether others hang on these:
    /// reserves on feeds, standbys on regions.
    pub(super) fn of_failure(&self, failure: FailureId) -> (&[usize], bool) {
        let own = &self.takes[failure.index()];
        let feeds = self.reserves.iter().flat_map(|reserve| &reserve.feeds);
        let backed = self.standbys.iter().flat_map(|(_, backed)| backed);
        let mut others = feeds.chain(backed.flat_map(|one| &one.region));
        (own, others.any(|on| own.contains(on)))
    }

    /// Failures any of which may turn one of these inputs off, all of which are on in a
    /// lane of these words.
    pub(super) fn turning_off(
        &self,
        inputs: &[usize],
        words: &[u64],
        lane: usize,
    ) -> BTreeSet<FailureId> {
        let is_on = |input: &usize| words[*input] >> lane & 1 == 1;
        let mut all: BTreeSet<usize> = inputs.iter().copied().collect();
        for reserve in self.reserves.iter().filter(|reserve| inputs.contains(&reserve.input)) {
            all.extend(reserve.feeds.iter().chain(&reserve.lasts).copied().find(is_on));
        }
        for (standby, backed) in &self.standbys {
            if inputs.contains(standby) {
                // What is lost stays lost; what may fail yet is to be in time.
                all.extend(backed.iter().filter_map(|one| one.in_time));
            }
        }
        let takes = self.takes.iter().enumerate();
        let takes = takes.filter(|(_, takes)| takes.iter().any(|input| all.contains(input)));
        takes.map(|(n, _)| FailureId(u32::try_from(n).expect("dense"))).collect()
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
        for Reserve { input, feeds, lasts } in &self.reserves {
            let lasts = lasts.map_or(0, |lag| words[lag]);
            words[*input] = feeds.iter().fold(lasts, |word, feed| word | words[*feed]);
        }
        for (standby, backed) in &self.standbys {
            let in_time = |one: &Backed| one.in_time.map_or(u64::MAX, |lag| words[lag]);
            let lost = |one: &Backed| one.region.iter().fold(0, |word, up| word | !words[*up]);
            words[*standby] = backed.iter().fold(0, |word, one| word | (lost(one) & in_time(one)));
        }
    }
}
