//! The moments of a run, one after the other; what is equal is found once.
//!
//! The hour of the week decides who is on shift and nothing else. So hours with
//! the same people share their normal state, and a moment at which everything is as
//! at an earlier one (the same shift of the next day) shares its figures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use outlast_models::units::{Millis, WeekHour};
use outlast_scenarios::{Bound, Effect};

use super::rekey::rekey;
use super::timeline::{self, Shifts};
use super::{Both, Keeping, Moment, Usual, Variants, busiest_hour, keeping};
use crate::assess::{self, Assessor, Attainable, Scope};
use crate::problem::Problem;
use crate::state::{Held, State};

/// What the figures of a moment follow from.
pub(super) struct Scene {
    pub(super) state: State,
    pub(super) problem: Arc<Problem>,
    pub(super) held: Held,
}

/// A run on its way.
pub(super) struct Stages<'r, 'v> {
    bound: &'r Bound,
    variants: &'r mut Variants<'v>,
    /// Whether anything but who works is asked for.
    proofs: bool,
    pub(super) start: WeekHour,
    /// The plan as written.
    pub(super) problem: Arc<Problem>,
    pub(super) usual: BTreeMap<WeekHour, Usual>,
    /// Shifts of each problem so far.
    shifts: Vec<(Arc<Problem>, Arc<Shifts>)>,
}

/// Everything that is figured out at a moment.
struct Figures {
    untouched: Both,
    settled: Both,
    moved: Both,
    attainable: Vec<Attainable>,
    keeping: Option<Keeping>,
}

impl<'r, 'v> Stages<'r, 'v> {
    pub(super) fn new(bound: &'r Bound, variants: &'r mut Variants<'v>) -> Result<Self, String> {
        let proofs = true;
        let problem = variants(&Vec::new())?;
        let start = bound.starts.unwrap_or_else(|| busiest_hour(&problem));
        let (usual, shifts) = (BTreeMap::new(), Vec::new());
        let mut stages = Self { bound, variants, proofs, start, problem, usual, shifts };
        stages.usual(start);
        Ok(stages)
    }

    /// Leaves out what is attainable, and what keeping people where they are is worth.
    pub(super) fn without_proofs(self) -> Self {
        Self { proofs: false, ..self }
    }

    /// When something changes, in the plan as written or with any setting changed
    /// later: that may move a shift or what a battery lasts.
    pub(super) fn times(&mut self) -> Result<Vec<Millis>, String> {
        let bound = self.bound;
        let set = bound.events.iter().filter(|event| matches!(event.effect, Effect::Set(_)));
        let mut problems = vec![self.problem.clone()];
        for event in set {
            problems.push((self.variants)(&timeline::changed(bound, event.at))?);
        }
        let mut times = BTreeSet::new();
        for problem in problems {
            times.extend(timeline::times(bound, &problem, &self.shifts(&problem), self.start));
        }
        Ok(times.into_iter().collect())
    }

    pub(super) fn moment(&mut self, at: Millis, earlier: &[Moment]) -> Result<Moment, String> {
        let scene = self.scene(at)?;
        let shifts = self.shifts(&scene.problem);
        let happens = timeline::happens(self.bound, &scene.problem, &shifts, self.start, at);
        let problem = self.problem.clone();
        let as_written = self.shifts(&problem);
        let both = [&*shifts, &*as_written];
        let like = earlier.iter().position(|moment| is_like(moment, &scene, both));
        let proofs = self.proofs;
        let figures =
            like.map_or_else(|| Figures::of(&scene, proofs), |n| Figures::from(&earlier[n]));
        let Figures { untouched, settled, moved, attainable, keeping } = figures;
        let Scene { state, problem, held } = scene;
        let hour = state.hour;
        Ok(Moment {
            at,
            hour,
            like,
            happens,
            state,
            problem,
            held,
            untouched,
            settled,
            moved,
            keeping,
            attainable,
        })
    }

    /// What holds from a time on, and the normal allocation of its hour.
    pub(super) fn scene(&mut self, at: Millis) -> Result<Scene, String> {
        let problem = (self.variants)(&timeline::changed(self.bound, at))?;
        let state = timeline::state(self.bound, &problem, self.start, at);
        let as_written = self.problem.clone();
        let held = rekey(&self.usual(state.hour).held, &as_written, &problem);
        Ok(Scene { state, problem, held })
    }

    fn usual(&mut self, hour: WeekHour) -> &Usual {
        if !self.usual.contains_key(&hour) {
            let problem = self.problem.clone();
            let shifts = self.shifts(&problem);
            let same = |other: &WeekHour| shifts.first_like(*other) == shifts.first_like(hour);
            let like = self.usual.iter().find(|(other, _)| same(other)).map(|(_, usual)| usual);
            let found = like.cloned().unwrap_or_else(|| {
                let (held, outcome) = assess::normal(&problem, &State::normal(hour));
                Usual { held, outcome }
            });
            self.usual.insert(hour, found);
        }
        &self.usual[&hour]
    }

    fn shifts(&mut self, problem: &Arc<Problem>) -> Arc<Shifts> {
        if let Some((_, shifts)) = self.shifts.iter().find(|(of, _)| Arc::ptr_eq(of, problem)) {
            return shifts.clone();
        }
        let shifts = Arc::new(Shifts::of(problem));
        self.shifts.push((problem.clone(), shifts.clone()));
        shifts
    }
}

/// Whether everything is as it was, but for the hour; `shifts` are those in force and
/// those of the plan as written.
fn is_like(moment: &Moment, scene: &Scene, shifts: [&Shifts; 2]) -> bool {
    let hour = scene.state.hour;
    Arc::ptr_eq(&moment.problem, &scene.problem)
        && shifts.iter().all(|one| one.first_like(moment.hour) == one.first_like(hour))
        && State { hour, ..moment.state.clone() } == scene.state
        && moment.held == scene.held
}

impl Figures {
    fn of(Scene { state, problem, held }: &Scene, proofs: bool) -> Self {
        let assessor = Assessor::new(problem, state, held);
        let [untouched, settled, moved] = [Scope::Untouched, Scope::Settled, Scope::Moved]
            .map(|scope| Both::of(&assessor, scope));
        if !proofs {
            let attainable = vec![Attainable::Undecided; problem.objectives.len()];
            return Self { untouched, settled, moved, attainable, keeping: None };
        }
        let mut met = vec![false; problem.objectives.len()];
        for outcomes in [&untouched, &settled, &moved] {
            outcomes.prove(&mut met);
        }
        let keeping = keeping(problem, state, held, &moved);
        let attainable = assessor.attainable(&met);
        Self { untouched, settled, moved, attainable, keeping }
    }

    fn from(moment: &Moment) -> Self {
        Self {
            untouched: moment.untouched.clone(),
            settled: moment.settled.clone(),
            moved: moment.moved.clone(),
            attainable: moment.attainable.clone(),
            keeping: moment.keeping,
        }
    }
}
