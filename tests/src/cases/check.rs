//! Runs a case and compares what comes out with what is expected.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use outlast_engine::assess::Attainable;
use outlast_engine::check::{self, Finding};
use outlast_engine::explain::{Explanation, Status, explain};
use outlast_engine::input::Change;
use outlast_engine::outcome::{Disposition, Entry, Outcome};
use outlast_engine::run::{Both, Changed, Moment, Run, run};
use outlast_engine::{Problem, Refusal, Scope, Steering, compile};
use outlast_models::diagnostic::{Diagnostic, Severity, Sources};
use outlast_models::units::Millis;
use outlast_models::{Id, Plan, read, yaml};
use outlast_scenarios::{Bound, Candidate, bind, shipped};

use super::answers;
use super::read::Case;
use super::saying::{Expected, Measure, Saying, When};

/// How every scenario begins.
const HEAD: &str = "outlast-scenario: 1\nname: case\n";

/// The expectations of a case that do not hold, each with what came out.
pub(super) fn broken(case: &Case, folder: &Path) -> Result<Vec<String>, String> {
    let mut subject = Subject { case, folder, plan: plan(&case.plan, folder)?, known: Vec::new() };
    let mut runs: BTreeMap<String, Run> = BTreeMap::new();
    let mut broken = Vec::new();
    for saying in &case.says {
        if let Expected::Finds(rule, severity, some) = &saying.what {
            let found = subject.finds(&saying.who, rule, *severity)?;
            if found.is_empty() == *some {
                let found = if *some { subject.finds(&saying.who, "", None)? } else { found };
                broken.push(format!("`{}: {}`, but{}", saying.who, saying.text, found.concat()));
            }
            continue;
        }
        let scenario = scenario_of(case, &saying.when);
        if !runs.contains_key(&scenario) {
            runs.insert(scenario.clone(), subject.run(&scenario)?);
        }
        let at = if let When::At(at) = saying.when { at } else { Millis::ZERO };
        if let Err(found) = holds(saying, &runs[&scenario], at) {
            broken.push(format!("`{}: {}`, but {found}", saying.who, saying.text));
        }
    }
    Ok(broken)
}

/// A case as a plan, with what is needed to change its settings.
struct Subject<'a> {
    case: &'a Case,
    folder: &'a Path,
    plan: Plan,
    /// What has been compiled.
    known: Vec<(Changed, Arc<Problem>)>,
}

fn plan(tree: &yaml::Node, folder: &Path) -> Result<Plan, String> {
    let mut load =
        |name: &str| fs::read_to_string(folder.join("pac").join(name)).map_err(|e| e.to_string());
    read::plan_from_tree(tree, &mut load).map_err(said)
}

fn said(found: Vec<Diagnostic>) -> String {
    let texts: Vec<String> = found.into_iter().map(|diagnostic| diagnostic.message).collect();
    texts.join("; ")
}

/// The scenario in whose first, or named, moment a saying is tested; none where
/// nothing happens.
fn scenario_of(case: &Case, when: &When) -> String {
    match when {
        When::Normal => String::new(),
        When::Without(ids) => {
            let ids: Vec<&str> = ids.iter().map(Id::as_str).collect();
            format!("{HEAD}events: [{{fail: [{}]}}]\n", ids.join(", "))
        }
        When::At(_) | When::Throughout => format!("{HEAD}{}", case.scenario),
    }
}

impl Subject<'_> {
    /// What `check` finds by a rule (any, if none is named) that concerns a group, or
    /// anything: a line each.
    fn finds(
        &mut self,
        who: &str,
        rule: &str,
        severity: Option<Severity>,
    ) -> Result<Vec<String>, String> {
        let problem = self.problem(&Changed::new())?;
        let found = check::check(&self.plan, &answers::of(&self.plan), &problem);
        let is_asked = |one: &&Finding| {
            (rule.is_empty() || one.rule == rule)
                && severity.is_none_or(|severity| one.severity == severity)
                && (who == "plan" || one.groups().contains_key(who))
        };
        let line = |one: &Finding| {
            format!("\n    {:?} {} {}: {}", one.severity, one.rule, one.at, one.says)
        };
        Ok(found.all.iter().filter(is_asked).map(line).collect())
    }

    fn run(&mut self, scenario: &str) -> Result<Run, String> {
        let bound = self.bound(scenario)?;
        run(&bound, &mut |changed| self.problem(changed))
    }

    fn problem(&mut self, changed: &Changed) -> Result<Arc<Problem>, String> {
        if let Some((_, problem)) = self.known.iter().find(|(settings, _)| settings == changed) {
            return Ok(problem.clone());
        }
        let mut tree = self.case.plan.clone();
        for (path, value) in changed {
            yaml::set(&mut tree, path, value.clone())?;
        }
        let plan = plan(&tree, self.folder)?;
        let problem = Arc::new(compile(&plan, &answers::of(&plan)));
        self.known.push((changed.clone(), problem.clone()));
        Ok(problem)
    }

    fn bound(&self, text: &str) -> Result<Bound, String> {
        if text.is_empty() {
            return Ok(nothing());
        }
        let mut sources = Sources::new();
        let file = sources.add("scenario", text);
        let scenario = outlast_scenarios::read(&mut sources, file).map_err(said)?;
        let find = |name: &str| shipped(&mut Sources::new(), name);
        let mut first = |candidates: &[Candidate]| candidates[0].id.clone();
        bind(&scenario, &self.plan, &[], &find, &mut first).map_err(said)
    }
}

/// The scenario in which nothing happens.
fn nothing() -> Bound {
    Bound {
        name: String::new(),
        title: String::new(),
        about: String::new(),
        horizon: Millis(1),
        starts: None,
        events: Vec::new(),
        chosen: Vec::new(),
        notes: Vec::new(),
    }
}

/// `Err` says what came out instead.
fn holds(saying: &Saying, run: &Run, at: Millis) -> Result<(), String> {
    let moment = run.moment_at(at);
    let who = saying.who.as_str();
    match &saying.what {
        Expected::Agents { scope, steering, measure, agents } => {
            let both = figure(moment, *scope);
            each(both, *steering, *agents, |outcome| Ok(count(moment, outcome, who, *measure)))
                .map_err(|found| format!("{found}{}", why(moment, who)))
        }
        Expected::Curve(agents) => {
            let point = run.curve.iter().rev().find(|point| point.at <= at);
            same(agents, &point.map_or(0, |point| point.working))
        }
        Expected::Finds(..) => Ok(()),
        Expected::Refused(rules) => closed(moment, who, rules, refused_by),
        Expected::Needs(changes) => closed(moment, who, changes, needed_by),
        Expected::Verdict(standing) => {
            let objective = objective(&run.problem, who)?;
            let verdict = run.verdicts.iter().find(|verdict| verdict.objective == objective);
            same(&Some(*standing), &verdict.map(|verdict| verdict.standing))
        }
        Expected::Attainable(expected) => {
            let found = match moment.attainable[objective(&moment.problem, who)?] {
                Attainable::Yes => Some(true),
                Attainable::No { .. } => Some(false),
                Attainable::Undecided => None,
            };
            same(expected, &found)
        }
        Expected::Carries(bits, what, steering) => {
            each(&moment.moved, *steering, *bits, |outcome| carried(moment, outcome, who, what))
        }
    }
}

fn figure(moment: &Moment, scope: Scope) -> &Both {
    match scope {
        Scope::Untouched => &moment.untouched,
        Scope::Settled => &moment.settled,
        Scope::Moved => &moment.moved,
    }
}

/// Tests a number left alone and directed, or one of them.
fn each(
    both: &Both,
    steering: Option<Steering>,
    expected: u64,
    number: impl Fn(&Outcome) -> Result<u64, String>,
) -> Result<(), String> {
    let (alone, directed) = (number(&both.left_alone)?, number(&both.directed)?);
    let right = match steering {
        None => alone == expected && directed == expected,
        Some(Steering::LeftAlone) => alone == expected,
        Some(Steering::Directed) => directed == expected,
    };
    if right { Ok(()) } else { Err(format!("{alone} left alone, {directed} directed")) }
}

fn count(moment: &Moment, outcome: &Outcome, who: &str, measure: Measure) -> u64 {
    let group = |entry: &&Entry| moment.problem.cohorts[entry.cohort].group.as_str() == who;
    let ours: Vec<&Entry> = match who {
        "all" => outcome.entries.iter().collect(),
        _ => outcome.everybody().filter(group).collect(),
    };
    let counts = |entry: &&Entry| {
        matches!(
            (measure, entry.disposition),
            (Measure::OnShift, _)
                | (Measure::Works | Measure::Effective, Disposition::Working { .. })
                | (Measure::Impaired, Disposition::Impaired { .. })
                | (Measure::Stranded, Disposition::Stranded(_))
        )
    };
    let weight = |entry: &Entry| {
        let pass = if measure == Measure::Effective { entry.pass } else { 1_000_000 };
        entry.agents * u64::from(pass)
    };
    ours.into_iter().filter(counts).map(weight).sum::<u64>() / 1_000_000
}

fn carried(moment: &Moment, outcome: &Outcome, who: &str, what: &str) -> Result<u64, String> {
    let resources = &moment.problem.resources;
    let found = outcome.uses.iter().find(|used| {
        let key = resources.get(used.resource.index()).map(|resource| &resource.key);
        key.is_some_and(|key| key.id().as_str() == who && key.word() == what)
    });
    found.map(|used| used.used).ok_or_else(|| format!("{who} carries no {what}"))
}

fn objective(problem: &Problem, who: &str) -> Result<usize, String> {
    let named = |queue: &Option<Id>| queue.as_ref().map_or("overall", Id::as_str) == who;
    let found = problem.objectives.iter().position(|objective| named(&objective.queue));
    found.ok_or_else(|| format!("`{who}` has no objective"))
}

fn same<T: PartialEq + std::fmt::Debug>(expected: &T, found: &T) -> Result<(), String> {
    if expected == found { Ok(()) } else { Err(format!("{found:?}")) }
}

/// Nobody works, and one way is closed by exactly these.
fn closed(
    moment: &Moment,
    who: &str,
    expected: &BTreeSet<String>,
    by: fn(&Status) -> Option<BTreeSet<String>>,
) -> Result<(), String> {
    let found = explanation(moment, who);
    let one = found.ways.iter().any(|way| by(&way.status).is_some_and(|all| all == *expected));
    if found.working == (0, 0) && one {
        return Ok(());
    }
    let (alone, directed) = found.working;
    Err(format!("{alone} work left alone, {directed} directed{}", why(moment, who)))
}

fn refused_by(status: &Status) -> Option<BTreeSet<String>> {
    let Status::Refused(list) = status else { return None };
    Some(list.iter().map(|refusal| refusal.rule.to_string()).collect())
}

fn needed_by(status: &Status) -> Option<BTreeSet<String>> {
    let Status::Needs(list) = status else { return None };
    Some(list.iter().map(|(change, _)| change.name().to_owned()).collect())
}

fn explanation(moment: &Moment, who: &str) -> Explanation {
    let both = &moment.moved;
    explain(&moment.problem, &moment.state, &both.left_alone, &both.directed, &Id::new(who))
}

/// Each way of a group and what decides about it, a line each.
fn why(moment: &Moment, who: &str) -> String {
    let mut lines = String::new();
    for way in explanation(moment, who).ways {
        let _ = write!(lines, "\n    {}: {}", way.words, decides(&way.status));
    }
    lines
}

fn decides(status: &Status) -> String {
    let refusal = |refusal: &Refusal| format!("{} {}", refusal.rule, refusal.says);
    match status {
        Status::Live => "open".to_owned(),
        Status::Full(_) => "full".to_owned(),
        Status::Down(cause) => cause.because.join(", "),
        Status::Refused(list) => list.iter().map(refusal).collect::<Vec<_>>().join("; "),
        Status::Needs(list) => {
            let change = |(change, why): &(Change, Refusal)| {
                format!("needs {}: {}", change.name(), refusal(why))
            };
            list.iter().map(change).collect::<Vec<_>>().join("; ")
        }
    }
}
