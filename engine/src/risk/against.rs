//! Two plans by what chance does to both: the difference, and how sure it is.
//!
//! The basic events of both stand in one [`table`]: what is the same event in both comes
//! to both at once, in every state and every year. So what the plans have in common
//! cancels, and the interval of the difference is that of what they have not.

mod moment;
mod table;
mod years;

use outlast_models::{Id, Plan};

use super::drawn::Deck;
use super::events::Events;
use super::{HITS, Question, Silence, Years};
use crate::assess::bulk::Bulk;
use crate::failures::Failures;
use crate::problem::Problem;
use crate::progress::Observer;
use crate::run::timeline::Shifts;
pub use moment::{MomentOfBoth, Paired};
use table::Table;
pub use table::{Row, Rows};
pub use years::{Average, YearsOfBoth};

/// A plan that is compared.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Compiled.
    pub problem: &'a Problem,
    /// As written.
    pub plan: &'a Plan,
    /// What each hazard that plays a scenario takes.
    pub plays: &'a dyn Fn(&Id) -> Vec<Id>,
}

/// A new plan against an old one. Pairs are new and old.
#[derive(Debug)]
pub struct Against {
    /// Every basic event of either.
    pub rows: Rows,
    /// Whether nothing is told apart: every difference is nought.
    pub same: bool,
    /// Objectives of both, by their places.
    pub objectives: Vec<[usize; 2]>,
    /// At one moment.
    pub moment: MomentOfBoth,
    /// Over years; nothing where none was asked for.
    pub years: Option<YearsOfBoth>,
}

/// Why two plans cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incomparable {
    /// Which of them says so, 0 the new one; nothing: both together.
    pub of: Option<usize>,
    /// Why.
    pub why: Silence,
}

/// Compares two plans at an hour and over years.
pub fn against(
    plans: [Subject<'_>; 2],
    question: Question,
    years: Years,
    observer: &dyn Observer,
) -> Result<Against, Incomparable> {
    let failures = plans.map(|one| Failures::in_time(one.problem));
    let events =
        [0, 1].map(|n| Events::of(plans[n].problem, plans[n].plan, &failures[n], plans[n].plays));
    if let Some(of) = [1, 0].into_iter().find(|n| events[*n].all.is_empty()) {
        return Err(Incomparable { of: Some(of), why: Silence::NothingFails });
    }
    let bulks = [0, 1].map(|n| Bulk::new(plans[n].problem, &failures[n], question.hour));
    let decks = [0, 1].map(|n| Deck::of(&bulks[n], &events[n]));
    if let Some(of) = [1, 0].into_iter().find(|n| decks[*n].hits() > HITS) {
        return Err(Incomparable { of: Some(of), why: Silence::TooManyHits });
    }
    let table = Table::of([&decks[0], &decks[1]], [&failures[0], &failures[1]]);
    let same = plans[0].plan == plans[1].plan && events[0] == events[1];
    let objectives = objectives(plans.map(|one| one.problem));
    let (bulks, decks) = ([&bulks[0], &bulks[1]], [&decks[0], &decks[1]]);
    let joint = moment::Joint::of(bulks, decks, &table, question.enumerated)
        .ok_or(Incomparable { of: None, why: Silence::TooMuch })?;
    let moment = joint.compared(&objectives, same, question, observer);
    let years = (years.years > 0).then(|| {
        let shifts = plans.map(|one| Shifts::of(one.problem));
        let sides = [0, 1].map(|n| years::Side {
            problem: plans[n].problem,
            failures: &failures[n],
            deck: decks[n],
            shifts: &shifts[n],
            twins: table.rows.twins(n),
        });
        years::compared(sides, &objectives, years, observer)
    });
    Ok(Against { rows: table.rows, same, objectives, moment, years })
}

/// Objectives that both have, by their names.
fn objectives([new, old]: [&Problem; 2]) -> Vec<[usize; 2]> {
    let each = new.objectives.iter().enumerate();
    let both = each.filter_map(|(n, one)| {
        let other = old.objectives.iter().position(|other| other.queue == one.queue)?;
        Some([n, other])
    });
    both.collect()
}
