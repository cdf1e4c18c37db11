//! `outlast contingency`: everything that can fail, alone and together.

use outlast_engine::assess::bulk::Bulk;
use outlast_engine::contingency::{Question, contingency as look};
use outlast_engine::failures::Failures;
use outlast_engine::problem::Objective;
use outlast_engine::run::busiest_hour;
use outlast_engine::{Observer, Problem};
use outlast_models::units::WeekHour;
use outlast_models::{Id, swings};
use outlast_reports::ContingencyDocument;
use outlast_reports::contingency::{Asked, Whom};
use outlast_tui::contingency::{Shown, page};

use super::run::in_parallel;
use crate::args::{Contingency, FailOn};
use crate::error::{CliError, Unknown};
use crate::exit::Exit;
use crate::hazards::{self, Played};
use crate::load::{self, Loaded};
use crate::out::Out;
use crate::outside;
use crate::progress::Bar;
use crate::variants::Compiled;

/// More sets than these would take hours and all memory.
const MOST_SETS: u64 = 20_000_000;

/// Says what every set of failures does.
pub(super) fn contingency(args: &Contingency) -> Result<Exit, CliError> {
    let bar = Bar::new(args.output.quiet);
    bar.say("reading the plan");
    let loaded = load::plan(&args.plan)?;
    loaded.keep(args.output.out.as_deref(), &[])?;
    let compiled = Compiled::of(&loaded, &bar);
    let whom = args.whom.as_deref().map_or(Ok(Vec::new()), |name| whom(&compiled, name));
    let played = hazards::played(&compiled, args.output.out.as_deref());
    let (whom, played) = match (whom, played) {
        (Ok(whom), Ok(played)) => (whom, played),
        (whom, played) => return Err(both(whom.err(), played.err())),
    };
    let document = in_parallel(args.work, || document(&compiled, args, whom, played, &bar))??;
    drop(bar);
    let out = Out::new(&args.output);
    out.remark_shadow(&args.plan);
    out.remark_roster(&loaded);
    let shown = Shown { top: args.top, details: args.output.details };
    let human = || page(&document, shown, out.palette());
    out.answer(&super::written(args.output.format, &document, human)?)?;
    Ok(exit(args.fail_on, &document))
}

fn exit(fail_on: Option<FailOn>, document: &ContingencyDocument) -> Exit {
    let fails = match fail_on {
        Some(FailOn::Missed) => document.may_be_missed,
        Some(FailOn::SurelyMissed) => document.missed,
        None => false,
    };
    if fails { Exit::Findings } else { Exit::Answered }
}

fn both(first: Option<CliError>, second: Option<CliError>) -> CliError {
    let all = first.into_iter().chain(second).map(Err::<(), _>);
    let nothing = || CliError::Ours("a mistake was lost".to_owned());
    CliError::all(all).err().unwrap_or_else(nothing)
}

fn document(
    compiled: &Compiled<'_>,
    args: &Contingency,
    whom: Vec<Whom>,
    played: Played,
    observer: &dyn Observer,
) -> Result<ContingencyDocument, CliError> {
    let (loaded, problem) = (compiled.loaded, &*compiled.problem);
    let failures = Failures::of(problem, &loaded.plan, &played.takes);
    let hour = busiest_hour(problem);
    let order = usize::from(args.order);
    let question = Question { order: possible(problem, &failures, hour, order)?, hour };
    let found = look(problem, &failures, question, observer);
    let remarks = played.remarks.into_iter().chain(remarks(loaded)).collect();
    let mut inputs = loaded.inputs();
    inputs.extend(played.inputs);
    let asked = Asked { problem, failures: &failures, order, whom, remarks };
    Ok(outlast_reports::contingency::contingency(compiled.context(&inputs), &asked, &found))
}

/// The objective and the group of a name.
fn whom(compiled: &Compiled<'_>, name: &str) -> Result<Vec<Whom>, CliError> {
    let objectives = compiled.problem.objectives.iter().map(Objective::name);
    let objectives: Vec<String> = objectives.collect();
    let groups = &compiled.loaded.plan.groups;
    let objective = objectives.iter().find(|one| *one == name).cloned().map(Whom::Objective);
    let group = groups.get_key_value(name).map(|(id, _)| Whom::Group(id.clone()));
    if objective.is_some() || group.is_some() {
        return Ok(objective.into_iter().chain(group).collect());
    }
    Err(CliError::Unknown(Box::new(Unknown {
        what: "objective or group",
        name: name.to_owned(),
        known: objectives.into_iter().chain(groups.keys().map(Id::to_string)).collect(),
        swapped: None,
        lies_here: None,
        instead: None,
        listed_by: None,
    })))
}

/// The order up to which there is something to look at.
fn possible(
    problem: &Problem,
    failures: &Failures,
    hour: WeekHour,
    order: usize,
) -> Result<usize, CliError> {
    let all = failures.all.len();
    let order = order.min(all.max(1));
    if sets(all, order).is_some_and(|sets| sets <= MOST_SETS) {
        return Ok(order);
    }
    // Of equal effect, and without those that decide nothing, there may be fewer.
    let (classes, _) = Bulk::new(problem, failures, hour).classes();
    let members = classes.iter().map(Vec::len).sum();
    let fits = |order: usize| {
        let few = sets(classes.len(), order).is_some_and(|sets| sets <= MOST_SETS);
        few && sets(members, order).is_some()
    };
    let order = order.min(classes.len().max(1));
    if fits(order) {
        return Ok(order);
    }
    let most = (1..order).take_while(|order| fits(*order)).last().unwrap_or(1);
    Err(CliError::Value {
        option: "--order",
        fault: format!("{members} failures have too many sets of up to {order}"),
        help: Some(format!("up to {most} at once can be looked at")),
    })
}

/// How many sets of up to `order` there are of so many, where that is no huge number.
fn sets(of: usize, order: usize) -> Option<u64> {
    let (mut all, mut last) = (0_u64, 1_u64);
    for n in 0..order.min(of) as u64 {
        last = last.checked_mul(of as u64 - n)? / (n + 1);
        all = all.checked_add(last)?;
    }
    Some(all)
}

/// What the answer does not count.
fn remarks(loaded: &Loaded) -> Vec<String> {
    let tree = loaded.tree().ok();
    let unknown = tree.map_or(0, |tree| swings::doubts(&loaded.plan, &tree).len());
    let facts = match unknown {
        0 => None,
        1 => Some("the plan does not know 1 fact; it is taken as `run` takes it".to_owned()),
        some => Some(format!("the plan does not know {some} facts; they are taken as read")),
    };
    facts.into_iter().chain(outside::remarks(loaded, |_| true)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_counted_as_far_as_that_goes() {
        assert_eq!(sets(101, 2), Some(101 + 5_050));
        assert_eq!(sets(3, 9), Some(7));
        assert_eq!(sets(0, 2), Some(0));
        assert_eq!(sets(300, 150), None);
    }
}
