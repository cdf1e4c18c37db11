//! A scenario over time: its moments, and who works at each.
//!
//! Between moments nothing changes, so every figure is exact, not sampled. A
//! moment has four figures ([`Scope`]), each left alone and directed; who holds
//! what is measured against the normal state of that hour.

mod curve;
mod lack;
mod rekey;
mod spells;
mod stages;
pub(crate) mod timeline;
mod verdict;

use std::collections::BTreeMap;
use std::sync::Arc;

use outlast_models::Id;
use outlast_models::units::{Millis, WeekHour};
use outlast_models::yaml::Node;
use outlast_scenarios::{Bound, Candidate, NOTHING};

use crate::assess::{self, Assessor, Attainable, Scope, Steering};
use crate::outcome::{Disposition, Outcome};
use crate::problem::Problem;
use crate::progress::{Observer, Stage};
use crate::state::{Held, State};
use rekey::rekey;
use stages::{Scene, Stages};

pub use curve::Point;
pub use lack::Lack;
pub use spells::Spell;
pub use verdict::{Standing, Verdict};

/// Settings that a scenario has changed: dotted paths and what they are now.
pub type Changed = Vec<(String, Node)>;

/// Gives the problem of a plan with settings changed; the empty list is the
/// plan as written.
pub type Variants<'a> = dyn FnMut(&Changed) -> Result<Arc<Problem>, String> + 'a;

/// Left alone and directed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Both {
    /// Everybody by himself.
    pub left_alone: Outcome,
    /// Somebody has told people.
    pub directed: Outcome,
}

/// What one moment does to everybody.
#[derive(Debug)]
pub struct Moment {
    /// Time from the start.
    pub at: Millis,
    /// Hour of the week.
    pub hour: WeekHour,
    /// The earlier moment at which everything was as now but for time and hour.
    pub like: Option<usize>,
    /// What begins or ends, one line each.
    pub happens: Vec<String>,
    /// The state from now on.
    pub state: State,
    /// The problem in force (settings changed so far).
    pub problem: Arc<Problem>,
    /// The normal allocation of this hour.
    pub held: Held,
    /// Who works on without doing anything.
    pub untouched: Both,
    /// Once everybody has logged in again in the same place.
    pub settled: Both,
    /// Once those have travelled who must.
    pub moved: Both,
    /// What the directed target would be if nobody who works were moved for
    /// others; `None` where it moves nobody who works.
    pub keeping: Option<Keeping>,
    /// Whether each objective is attainable.
    pub attainable: Vec<Attainable>,
}

/// The directed target without moving anybody who works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keeping {
    /// Agents who work and whom the target moves to another way.
    pub moved: u64,
    /// How many work if they are left where they are.
    pub working: u64,
}

/// One time of a scenario, once all have moved.
#[derive(Debug)]
pub struct Instant {
    /// Hour of the week.
    pub hour: WeekHour,
    /// The state then.
    pub state: State,
    /// The problem in force.
    pub problem: Arc<Problem>,
    /// The normal allocation of this hour.
    pub held: Held,
    /// Once those have travelled who must.
    pub moved: Both,
}

/// The plan as written with nothing failed, left alone.
#[derive(Debug, Clone)]
pub struct Usual {
    /// Who holds which way.
    pub held: Held,
    /// What comes of that.
    pub outcome: Outcome,
}

/// A run of one scenario.
#[derive(Debug)]
pub struct Run {
    /// The scenario as bound.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it models.
    pub about: String,
    /// How long it is looked at.
    pub horizon: Millis,
    /// When it begins.
    pub start: WeekHour,
    /// Whether that is the busiest hour, since the scenario does not say.
    pub busiest: bool,
    /// When the first event strikes.
    pub onset: Millis,
    /// What its parameters were, and whether the user said so.
    pub chosen: Vec<(String, Id, bool)>,
    /// Selectors that took nothing, and other remarks.
    pub notes: Vec<String>,
    /// Whether anything of the scenario took something.
    pub applies: bool,
    /// The plan as written, nothing failed.
    pub problem: Arc<Problem>,
    /// Where the plan's first preferences put everybody, by each hour of the week
    /// that a moment or the start is in.
    pub usual: BTreeMap<WeekHour, Usual>,
    /// The normal state at the start.
    pub normal: Both,
    /// The moments, first at 0.
    pub moments: Vec<Moment>,
    /// Who works over time, left alone, no change made.
    pub curve: Vec<Point>,
    /// One verdict for each objective.
    pub verdicts: Vec<Verdict>,
}

impl Moment {
    /// Whether anything is not as on any other day at this hour.
    pub fn is_troubled(&self) -> bool {
        self.state != State::normal(self.hour)
    }

    /// Components that are down, hit or for want of what they stand on; by id.
    pub fn down(&self) -> impl Iterator<Item = &Id> {
        let live = self.state.liveness(&self.problem);
        let all = self.problem.components.iter();
        all.filter(move |(_, (_, gate))| !live.is_on(*gate)).map(|(id, _)| id)
    }

    /// How long the slowest takes who logs in again another way, and the
    /// slowest of all once those have travelled who must; left alone.
    pub fn takes(&self) -> (Millis, Millis) {
        let settled = curve::slowest(&self.problem, &self.settled.left_alone);
        let moved = curve::slowest(&self.problem, &self.moved.left_alone);
        (settled, moved.max(settled))
    }
}

impl Run {
    /// The moment with the fewest agents moved and left alone; the earliest of
    /// several.
    pub fn worst(&self) -> &Moment {
        let mut worst = &self.moments[0];
        for moment in &self.moments {
            if moment.moved.left_alone.working() < worst.moved.left_alone.working() {
                worst = moment;
            }
        }
        worst
    }

    /// Who works, left alone and moved, if what is the matter at a moment were so
    /// at another hour.
    pub fn at_hour(&self, moment: &Moment, hour: WeekHour) -> Outcome {
        let usual = self.usual.get(&hour).map(|usual| usual.held.clone());
        let held = usual.unwrap_or_else(|| assess::normal(&self.problem, &State::normal(hour)).0);
        let held = rekey(&held, &self.problem, &moment.problem);
        let state = State { hour, ..moment.state.clone() };
        assess::assess(&moment.problem, &state, &held, Scope::Moved, Steering::LeftAlone)
    }

    /// The moment in force at a time.
    pub fn moment_at(&self, at: Millis) -> &Moment {
        let index = self.moments.partition_point(|moment| moment.at <= at).max(1) - 1;
        &self.moments[index]
    }
}

/// The hour of the week with most agents on shift; the earliest of several.
pub fn busiest_hour(problem: &Problem) -> WeekHour {
    let on_shift = |hour: u8| -> u64 {
        let cohorts = problem.cohorts.iter().filter(|cohort| cohort.counted);
        cohorts.map(|cohort| cohort.on_shift(WeekHour(hour))).sum()
    };
    let mut best = (0, 0);
    for hour in 0..168 {
        let there = on_shift(hour);
        if there > best.1 {
            best = (hour, there);
        }
    }
    WeekHour(best.0)
}

/// Of several candidates, each with all that is lost with it, the one whose
/// loss stops most agents at once; ties by id. Where the last feed goes, batteries
/// and fuel count as used up: nobody would else depend on a feed.
pub fn most_depended_on(problem: &Problem, candidates: &[Candidate]) -> Id {
    let hour = busiest_hour(problem);
    let (held, _) = assess::normal(problem, &State::normal(hour));
    let mut sorted = candidates.to_vec();
    sorted.sort();
    let mut best: Option<(u64, Id)> = None;
    for Candidate { id, lost } in sorted {
        let mut state = State::normal(hour);
        for (site, (feeds, _)) in &problem.reserves {
            if feeds.iter().all(|feed| lost.contains(feed)) {
                state.exhausted.insert(site.clone());
            }
        }
        state.fail(lost);
        let out = assess::assess(problem, &state, &held, Scope::Untouched, Steering::LeftAlone);
        let working = out.working();
        if best.as_ref().is_none_or(|(least, _)| working < *least) {
            best = Some((working, id));
        }
    }
    best.map_or_else(|| Id::new(""), |(_, id)| id)
}

/// Runs a scenario. Fails only where a changed setting makes the plan invalid.
pub fn run(bound: &Bound, variants: &mut Variants<'_>) -> Result<Run, String> {
    observed(bound, variants, &())
}

/// The same; `observer` is told which moment is assessed.
pub fn observed(
    bound: &Bound,
    variants: &mut Variants<'_>,
    observer: &dyn Observer,
) -> Result<Run, String> {
    staged(bound, Stages::new(bound, variants)?, observer)
}

/// The same, but for what is attainable and what keeping people where they are is
/// worth: what is missed counts as missed.
pub fn figures(bound: &Bound, variants: &mut Variants<'_>) -> Result<Run, String> {
    staged(bound, Stages::new(bound, variants)?.without_proofs(), &())
}

fn staged(
    bound: &Bound,
    mut stages: Stages<'_, '_>,
    observer: &dyn Observer,
) -> Result<Run, String> {
    let mut moments: Vec<Moment> = Vec::new();
    let times = stages.times()?;
    for (n, &at) in times.iter().enumerate() {
        observer.begins(Stage::Moments, n + 1, times.len());
        moments.push(stages.moment(at, &moments)?);
    }
    let Stages { start, problem, usual, .. } = stages;
    let state = State::normal(start);
    let normal = Both::of(&Assessor::new(&problem, &state, &usual[&start].held), Scope::Moved);
    let curve = curve::curve(&moments, bound.horizon);
    let onset = bound.events.iter().map(|event| event.at).min().unwrap_or(Millis::ZERO);
    let course = spells::Course { moments: &moments, curve: &curve, horizon: bound.horizon };
    let verdicts = verdict::verdicts(&problem, course);
    Ok(Run {
        name: bound.name.clone(),
        title: bound.title.clone(),
        about: bound.about.clone(),
        horizon: bound.horizon,
        start,
        busiest: bound.starts.is_none(),
        onset,
        chosen: bound.chosen.clone(),
        notes: bound.notes.clone(),
        applies: !bound.events.is_empty() || bound.name == NOTHING,
        problem,
        usual,
        normal,
        moments,
        curve,
        verdicts,
    })
}

/// How things stand at one time of a scenario, once all have moved. Fails only
/// where a changed setting makes the plan invalid.
pub fn instant(bound: &Bound, variants: &mut Variants<'_>, at: Millis) -> Result<Instant, String> {
    let mut stages = Stages::new(bound, variants)?;
    let times = stages.times()?;
    let began = times[times.partition_point(|time| *time <= at).max(1) - 1];
    let Scene { state, problem, held } = stages.scene(began)?;
    let moved = Both::of(&Assessor::new(&problem, &state, &held), Scope::Moved);
    Ok(Instant { hour: state.hour, state, problem, held, moved })
}

/// What the target is worth beyond leaving everybody who works where he is.
fn keeping(problem: &Problem, state: &State, held: &Held, moved: &Both) -> Option<Keeping> {
    let at_work = |outcome: &Outcome| -> BTreeMap<(usize, usize), u64> {
        let mut all = BTreeMap::new();
        for entry in &outcome.entries {
            match (entry.disposition, entry.held) {
                (Disposition::Working { way }, Some(held)) if way == held => {
                    *all.entry((entry.cohort, way)).or_default() += entry.agents;
                }
                _ => {}
            }
        }
        all
    };
    let stays = at_work(&moved.directed);
    let works = at_work(&moved.left_alone).into_iter();
    let leaves = works.map(|(who, n)| n.saturating_sub(stays.get(&who).copied().unwrap_or(0)));
    let leaves: u64 = leaves.sum();
    let working = || assess::keeping(problem, state, held).working();
    (leaves > 0).then(|| Keeping { moved: leaves, working: working() })
}

impl Both {
    pub(crate) fn of(assessor: &Assessor<'_>, scope: Scope) -> Self {
        let (left_alone, directed) = assessor.both(scope);
        Self { left_alone, directed }
    }

    /// What is met is attainable, whatever the bounds say: an outcome knows what
    /// trunks really block at their load, and who is still logged in.
    fn prove(&self, known: &mut [bool]) {
        for outcome in [&self.left_alone, &self.directed] {
            for (known, count) in known.iter_mut().zip(&outcome.objectives) {
                *known |= count.is_met();
            }
        }
    }
}
