//! `outlast contingency`: everything that can fail, alone and together.

use outlast_engine::assess::bulk::Bulk;
use outlast_engine::contingency::{Question, contingency as look};
use outlast_engine::failures::Failures;
use outlast_engine::problem::Objective;
use outlast_engine::run::busiest_hour;
use outlast_engine::{Observer, Problem};
use outlast_models::Id;
use outlast_models::units::WeekHour;
use outlast_reports::ContingencyDocument;
use outlast_reports::contingency::{Asked, Whom};
use outlast_tui::contingency::{Shown, page};

use super::remarks;
use super::run::in_parallel;
use crate::args::{Contingency, FailOn};
use crate::error::{CliError, Unknown};
use crate::exit::Exit;
use crate::hazards::{self, Played};
use crate::load;
use crate::out::Out;
use crate::progress::Bar;
use crate::variants::Compiled;

/// Sets, each as often as it can be split in two: more would take hours and all memory.
const MOST_SPLITS: u64 = 1 << 25;

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
    let cuts = args.cuts.map_or(order, usize::from);
    let question = Question { order: possible(problem, &failures, hour, order)?, cuts, hour };
    let found = look(problem, &failures, question, observer);
    let remarks = played.remarks.into_iter().chain(remarks::of(loaded)).collect();
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
    let fits = |of: usize, order: usize| splits(of, order).is_some_and(|all| all <= MOST_SPLITS);
    if order <= 2 && fits(failures.all.len(), order) {
        return Ok(order);
    }
    // Of equal effect, and without those that decide nothing, there are fewer.
    let (classes, _) = Bulk::new(problem, failures, hour).classes();
    let (asked, order) = (order, order.min(classes.len().max(1)));
    if fits(classes.len(), order) {
        return Ok(order);
    }
    let most = (1..order).take_while(|order| fits(classes.len(), *order)).last().unwrap_or(1);
    let members: usize = classes.iter().map(Vec::len).sum();
    Err(CliError::Value {
        option: "--order",
        fault: format!("{members} failures make more sets of up to {asked} than can be looked at"),
        help: Some(format!(
            "the most is `--order {most}`; `--cuts {asked}` finds what it takes to miss without \
             looking at them all"
        )),
    })
}

/// How many sets of up to `order` there are of so many, each as often as it can be split
/// in two, where that is no huge number.
fn splits(of: usize, order: usize) -> Option<u64> {
    let (mut all, mut last) = (0_u64, 1_u64);
    for n in 0..u32::try_from(order.min(of)).ok()? {
        last = last.checked_mul(of as u64 - u64::from(n))? / u64::from(n + 1);
        all = all.checked_add(last.checked_mul(1_u64.checked_shl(n)?)?)?;
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_are_counted_as_far_as_that_goes() {
        assert_eq!(splits(101, 2), Some(101 + 2 * 5_050));
        assert_eq!(splits(3, 9), Some(3 + 2 * 3 + 4));
        assert_eq!(splits(0, 2), Some(0));
        assert_eq!(splits(300, 150), None);
    }
}
