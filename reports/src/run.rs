//! A run as a document.

use std::collections::BTreeMap;

use outlast_engine::assess::Attainable;
use outlast_engine::problem::Objective;
use outlast_engine::run::{Both, Moment, Run, Standing, Usual, Verdict};
use outlast_engine::{Outcome, Problem, State};
use outlast_models::units::WeekHour;
use outlast_models::{Id, Plan};

use crate::assumptions;
use crate::blocked::blocked;
use crate::digest::Input;
use crate::document::{
    BothDocument, ChoiceDocument, EngineDocument, GroupDocument, HeadDocument, KeepingDocument,
    MomentDocument, NoteDocument, PlanDocument, PointDocument, RunDocument, RunsDocument, Tally,
    VerdictDocument,
};
use crate::explain;
use crate::loads::{Limits, Normal, loads};
use crate::named::Named;
use crate::names::Files;
use crate::nothing;
use crate::outcome::{self, Frame};
use crate::paragraph;
use crate::stressed;
use crate::unknown::{Known, Open};
use crate::verdict;
use crate::well::well;
use crate::why;

/// What documents are made with besides the engine's answer.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The plan as written.
    pub plan: &'a Plan,
    /// The plan's files, for places.
    pub files: Files<'a>,
    /// The version of the program.
    pub version: &'a str,
    /// Every file that was read.
    pub inputs: &'a [Input],
}

impl Context<'_> {
    pub(crate) fn head(&self, kind: &str) -> HeadDocument {
        HeadDocument {
            outlast_results: crate::VERSION,
            kind: kind.to_owned(),
            engine: self.engine(),
            inputs: self.inputs.iter().map(Input::document).collect(),
            plan: self.plan_document(),
        }
    }

    pub(crate) fn engine(&self) -> EngineDocument {
        EngineDocument { name: "outlast".to_owned(), version: self.version.to_owned() }
    }

    pub(crate) fn plan_document(&self) -> PlanDocument {
        let plan = self.plan;
        let agents = plan.groups.values().filter(|group| group.voice || group.digital);
        PlanDocument {
            name: plan.name.clone().unwrap_or_else(|| "a plan without a name".to_owned()),
            agents: agents.map(|group| group.agents).sum(),
            date: plan.date.value.map(|day| day.to_string()),
        }
    }
}

/// Several runs as one document.
pub fn documents(context: Context<'_>, runs: Vec<RunDocument>) -> RunsDocument {
    RunsDocument { head: context.head("run"), runs }
}

/// One run as a document.
pub fn run(plan: &Plan, files: Files<'_>, run: &Run) -> RunDocument {
    of_run(plan, files, run, None)
}

/// One run as a document, where facts are not known.
pub fn run_where_unknown(plan: &Plan, files: Files<'_>, run: &Run, known: Known) -> RunDocument {
    let mut document = of_run(plan, files, run, Some(&known.open(run)));
    known.into_document(run, &mut document);
    document
}

fn of_run(plan: &Plan, files: Files<'_>, run: &Run, open: Option<&Open>) -> RunDocument {
    let hours = &run.usual;
    let normal_at = |moment: &Moment| hours[&moment.hour].outcome.working();
    let well = well(run, &|hour| hours[&hour].outcome.working());
    let worst = worst_of(run);
    let unmet = unmet_normally(run);
    let hour = &hours[&run.start];
    let limits = Limits::of(&run.problem, &State::normal(run.start), &hour.held);
    let start = Frame { plan, problem: &run.problem, limits: &limits };
    RunDocument {
        scenario: run.name.clone(),
        title: run.title.clone(),
        about: run.about.trim().to_owned(),
        horizon_ms: run.horizon.0,
        starts: run.start.to_string(),
        starts_at_busiest_hour: run.busiest && has_shifts(&run.problem),
        applies: run.applies,
        chose: run.chosen.iter().map(choice).collect(),
        remarks: remarks(plan, run, worst),
        verdict: paragraph::paragraph(run, worst, &normal_at, (well, open), &unmet),
        missed: is_missed(run),
        may_be_missed: run.verdicts.iter().any(|one| one.standing != Standing::Met),
        normal: outcome::both(start, &run.normal.left_alone, &run.normal.directed),
        worst_at_ms: worst.at.0,
        well_again_ms: well.again.map(|at| at.0),
        objectives: objectives(run, files, &unmet),
        groups_hit: groups_hit(plan, run, worst, &hours[&worst.hour]),
        moments: moments(plan, run),
        curve: curve(run),
        assumptions: assumptions::of_run(plan, run),
        unknown: None,
    }
}

/// The moments, those that are like earlier ones as these.
fn moments(plan: &Plan, run: &Run) -> Vec<MomentDocument> {
    let mut limits: BTreeMap<WeekHour, Limits> = BTreeMap::new();
    let mut all: Vec<MomentDocument> = Vec::new();
    for one in &run.moments {
        let document = if let Some(like) = one.like {
            all[like].clone()
        } else {
            let Usual { held, outcome } = &run.usual[&one.hour];
            let limits = limits.entry(one.hour);
            let state = State::normal(one.hour);
            let limits = limits.or_insert_with(|| Limits::of(&run.problem, &state, held));
            moment(plan, one, &Normal { limits, outcome })
        };
        let (hour, happens) = (one.hour.to_string(), one.happens.clone());
        all.push(MomentDocument { at_ms: one.at.0, hour, happens, ..document });
    }
    all
}

fn remarks(plan: &Plan, run: &Run, worst: &Moment) -> Vec<String> {
    let mut all = run.notes.clone();
    all.extend(nothing::remarks(plan));
    all.extend(stressed::surges(run));
    all.extend(stressed::unheard_congestion(run));
    all.extend(stressed::remark(worst));
    all
}

/// Whether more are on shift at one hour of the week than at another.
pub(crate) fn has_shifts(problem: &Problem) -> bool {
    let on_shift = |hour: u8| -> u64 {
        let cohorts = problem.cohorts.iter().filter(|cohort| cohort.counted);
        cohorts.map(|cohort| cohort.on_shift(WeekHour(hour))).sum()
    };
    let first = on_shift(0);
    (1..168).any(|hour| on_shift(hour) != first)
}

/// For each verdict, whether it is a miss that the scenario is not to blame for:
/// at an hour at which it is missed the normal state does not reach it either.
fn unmet_normally(run: &Run) -> Vec<bool> {
    let next = |k: usize| run.moments.get(k + 1).map_or(run.horizon, |next| next.at);
    let unmet = |verdict: &Verdict, moment: &Moment| {
        let counts = &run.usual[&moment.hour].outcome.objectives;
        counts.get(verdict.objective).is_some_and(|count| !count.is_met())
    };
    let each = run.verdicts.iter().map(|verdict| {
        run.moments.iter().enumerate().any(|(k, moment)| {
            let mut missed = verdict.missed.iter();
            missed.any(|(from, until)| moment.at < *until && *from < next(k))
                && unmet(verdict, moment)
        })
    });
    each.collect()
}

/// The verdicts, those marked that are missed with nothing failed as well.
fn objectives(run: &Run, files: Files<'_>, unmet: &[bool]) -> Vec<VerdictDocument> {
    let mut all = verdict::verdicts(run, files);
    for (one, _) in all.iter_mut().zip(unmet).filter(|(_, unmet)| **unmet) {
        one.says.push_str(" (also with nothing failed)");
    }
    all
}

fn choice((parameter, value, given): &(String, Id, bool)) -> ChoiceDocument {
    ChoiceDocument { parameter: parameter.clone(), value: value.to_string(), given: *given }
}

fn is_missed(run: &Run) -> bool {
    run.verdicts.iter().any(|one| is_miss(one.standing))
}

const fn is_miss(standing: Standing) -> bool {
    matches!(standing, Standing::Missed | Standing::MissedAttainable)
}

/// The moment at which most agents of its hour are lost, moved; then directed,
/// then with most stranded; then settled, then untouched; then with most users
/// who do not work. The earliest of several.
fn worst<'a>(run: &'a Run, normal_at: &dyn Fn(&Moment) -> u64) -> &'a Moment {
    let badness = |moment: &Moment| {
        let lost = |outcome: &Outcome| normal_at(moment).saturating_sub(outcome.working());
        let [untouched, settled, moved] =
            [&moment.untouched, &moment.settled, &moment.moved].map(|both| &both.left_alone);
        let stranded = outcome::tally(&moved.entries).stranded;
        let users = outcome::tally(&moved.users);
        let users = users.on_shift - users.working;
        (lost(moved), lost(&moment.moved.directed), stranded, lost(settled), lost(untouched), users)
    };
    let mut worst = &run.moments[0];
    for moment in &run.moments {
        if badness(moment) > badness(worst) {
            worst = moment;
        }
    }
    worst
}

/// The moment that results speak of first.
pub(crate) fn worst_of(run: &Run) -> &Moment {
    worst(run, &|moment| run.usual[&moment.hour].outcome.working())
}

fn moment(plan: &Plan, moment: &Moment, normal: &Normal<'_>) -> MomentDocument {
    let limits = Limits::at(moment);
    let frame = Frame { plan, problem: &moment.problem, limits: &limits };
    let both =
        |both: &Both| -> BothDocument { outcome::both(frame, &both.left_alone, &both.directed) };
    let objectives = moment.problem.objectives.iter().zip(&moment.attainable);
    MomentDocument {
        at_ms: moment.at.0,
        hour: moment.hour.to_string(),
        happens: moment.happens.clone(),
        down: moment.down().map(Id::to_string).collect(),
        normally_working: normal.outcome.working(),
        untouched: both(&moment.untouched),
        settled: both(&moment.settled),
        moved: both(&moment.moved),
        keeping: moment.keeping.map(|k| KeepingDocument { moved: k.moved, working: k.working }),
        attainable: Named(objectives.map(|(one, is)| (one.name(), proven(is))).collect()),
        loads: loads(normal, moment, &limits),
        blocking: blocked(
            &moment.problem,
            &moment.state,
            &moment.held,
            &moment.moved.left_alone,
            |_| true,
        ),
        notes: notes(plan, moment),
    }
}

/// Whether it can be reached; `None` where neither is proven.
fn proven(attainable: &Attainable) -> Option<bool> {
    match attainable {
        Attainable::Yes => Some(true),
        Attainable::No { .. } => Some(false),
        Attainable::Undecided => None,
    }
}

/// Remarks of rules on ways with agents, with the groups concerned.
fn notes(plan: &Plan, moment: &Moment) -> Vec<NoteDocument> {
    let mut all: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    let explainer = explain::explainer(moment);
    for group in plan.groups.keys() {
        for way in explainer.taken(group) {
            for note in way.notes {
                let groups = all.entry(note).or_default();
                if groups.last().map(String::as_str) != Some(group.as_str()) {
                    groups.push(group.to_string());
                }
            }
        }
    }
    all.into_iter()
        .map(|((rule, says), groups)| NoteDocument {
            rule: rule.to_owned(),
            says: says.to_owned(),
            groups,
        })
        .collect()
}

/// Groups of which fewer work, or more are stranded, than normally; most agents
/// lost first.
fn groups_hit(plan: &Plan, run: &Run, moment: &Moment, normal: &Usual) -> Vec<GroupDocument> {
    let mut hit: Vec<(u64, GroupDocument)> = Vec::new();
    let explainer = explain::explainer(moment);
    let all_reasons = why::reasons(plan, moment);
    let all_reasons = why::by_group(&all_reasons);
    let usual = outcome::by_group(&run.problem, &normal.outcome);
    let left_alone = outcome::by_group(&moment.problem, &moment.moved.left_alone);
    let directed = outcome::by_group(&moment.problem, &moment.moved.directed);
    for (group, entry) in &plan.groups {
        let of = |all: &BTreeMap<&Id, Tally>| all.get(group).copied().unwrap_or_default();
        let (usual, left_alone, directed) = (of(&usual), of(&left_alone), of(&directed));
        let normally = usual.working;
        let lost = normally.saturating_sub(left_alone.working.min(directed.working));
        let lost = lost.max(left_alone.stranded.saturating_sub(usual.stranded));
        if lost == 0 {
            continue;
        }
        let explanation = explainer.group(group);
        let reasons = all_reasons.get(group.as_str()).cloned().unwrap_or_default();
        hit.push((
            lost,
            GroupDocument {
                group: group.to_string(),
                users: !(entry.voice || entry.digital),
                normally_working: normally,
                left_alone,
                directed,
                why: reasons.iter().map(|one| why::clause(one)).collect(),
                nearest: why::nearest(&explanation, &reasons),
            },
        ));
    }
    hit.sort_by_key(|one| std::cmp::Reverse(one.0));
    hit.into_iter().map(|(_, group)| group).collect()
}

fn curve(run: &Run) -> Vec<PointDocument> {
    let names: Vec<String> = run.problem.objectives.iter().map(Objective::name).collect();
    let counted = |counts: &[outlast_engine::outcome::Count]| {
        Named(names.iter().cloned().zip(counts.iter().map(|count| count.counted)).collect())
    };
    run.curve
        .iter()
        .map(|point| PointDocument {
            at_ms: point.at.0,
            working: point.working,
            effective: point.effective,
            counted: counted(&point.counts),
        })
        .collect()
}
