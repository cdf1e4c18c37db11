//! Gives the words of a scenario their meaning for one plan.
//!
//! Names that the plan does not know are mistakes, with the nearest name that it
//! does; kinds and tags of which it has none are notes, since a scenario of the
//! library runs on any plan. Included scenarios are bound in place, shifted to
//! where they begin; what they say about horizon and start is not used.

mod arguments;
mod candidates;
mod check;
mod event;
mod include;
mod misconfigure;
pub(crate) mod text;

use outlast_models::diagnostic::{Diagnostic, Sources};
use outlast_models::place::Place;
use outlast_models::read::Issues;
use outlast_models::units::Millis;
use outlast_models::{Id, Plan};

use crate::bound::{Bound, BoundEvent, Candidate};
use crate::read::Draft;
use crate::scenario::Scenario;
use crate::world::World;
use arguments::{Argument, Environment};
use include::{Files, Library, Shelf, Step};

/// Gets the text of a file that a scenario includes, or says in a clause why
/// not. The first word is the folder of the scenario that includes it, as seen
/// from the folder of the first of all (empty: that folder itself), the second
/// the path as written; what paths are allowed is its business.
pub type Load<'a> = &'a mut dyn FnMut(&str, &str) -> Result<String, String>;
/// Chooses among candidates where a default says `most-depended-on`.
type Choose<'a> = &'a mut dyn FnMut(&[Candidate]) -> Id;

/// Binds a scenario to a plan.
///
/// `arguments` are those behind the scenario's name (`data-center-lost:dc-york`),
/// in the order of `takes` or as `name=value`. `library` finds the scenarios that
/// it includes. `choose` is given at least two candidates, and returns the one on
/// which most agents depend.
///
/// # Errors
/// Returns every name that the plan does not know, arguments that are missing,
/// too many or of the wrong kind, and scenarios that include themselves.
pub fn bind(
    scenario: &Scenario,
    plan: &Plan,
    arguments: &[String],
    library: &dyn Fn(&str) -> Option<Scenario>,
    choose: &mut dyn FnMut(&[Candidate]) -> Id,
) -> Result<Bound, Vec<Diagnostic>> {
    let (bound, mistakes) =
        bound(&Draft::from(scenario.clone()), plan, arguments, &mut Shelf(library), choose);
    match bound {
        Some(bound) if mistakes.is_empty() => Ok(bound),
        Some(_) | None => Err(mistakes),
    }
}

/// Binds what could be read of a scenario, and of those that it includes: by
/// their names, or from files that `load` gets.
///
/// Returns what came out with every mistake of the scenarios, their reading
/// included; what came out is of use only for looking for more of them, unless
/// there are none.
pub fn bind_draft(
    draft: &Draft,
    plan: &Plan,
    arguments: &[String],
    sources: &mut Sources,
    load: Load<'_>,
    choose: &mut dyn FnMut(&[Candidate]) -> Id,
) -> (Option<Bound>, Vec<Diagnostic>) {
    let first = draft.scenario.as_ref().map(|scenario| scenario.place.file);
    bound(draft, plan, arguments, &mut Files::new(sources, first, load), choose)
}

fn bound(
    draft: &Draft,
    plan: &Plan,
    arguments: &[String],
    library: &mut dyn Library,
    choose: Choose<'_>,
) -> (Option<Bound>, Vec<Diagnostic>) {
    let issues = Issues::of(draft.mistakes.clone());
    let Some(scenario) = &draft.scenario else { return (None, issues.into_sorted()) };
    let mut binder = Binder {
        world: World::of(plan),
        issues: &issues,
        library,
        choose,
        stack: Vec::new(),
        included: 0,
        events: Vec::new(),
        chosen: Vec::new(),
        notes: Vec::new(),
    };
    let given = arguments.iter().map(|text| Argument::of_text(text)).collect();
    let asked =
        Asked { step: Step::first(&scenario.id), offset: Millis::ZERO, place: Place::BUILT_IN };
    binder.scenario(draft, given, asked);
    let Binder { mut events, chosen, mut notes, .. } = binder;
    events.sort_by_key(|event| event.at);
    notes.extend(late(&events, scenario.horizon));
    events.retain(|event| event.at < scenario.horizon);
    let mut name = vec![scenario.id.clone()];
    name.extend(arguments.iter().cloned());
    let bound = Bound {
        name: name.join(":"),
        title: scenario.title.clone(),
        about: scenario.about.clone(),
        horizon: scenario.horizon,
        starts: scenario.starts,
        events,
        chosen,
        notes,
    };
    (Some(bound), issues.into_sorted())
}

fn late(events: &[BoundEvent], horizon: Millis) -> Vec<String> {
    let late = events.iter().filter(|event| event.at >= horizon);
    late.map(|event| format!("`{}` begins at {}, after the end", event.text, event.at)).collect()
}

/// One binding under way.
struct Binder<'a> {
    world: World<'a>,
    issues: &'a Issues,
    library: &'a mut dyn Library,
    choose: Choose<'a>,
    /// The scenarios that are being included, outermost first.
    stack: Vec<Step>,
    /// How many have been included.
    included: usize,
    events: Vec<BoundEvent>,
    chosen: Vec<(String, Id, bool)>,
    notes: Vec<String>,
}

/// How a scenario was asked for.
struct Asked {
    step: Step,
    /// When its clock begins.
    offset: Millis,
    /// Where it was asked for.
    place: Place,
}

impl Binder<'_> {
    /// Binds one scenario. An argument that is missing or wrong is noted; what
    /// hangs on it takes nothing, and the rest is looked at all the same.
    fn scenario(&mut self, draft: &Draft, given: Vec<Argument>, asked: Asked) {
        let Some(scenario) = &draft.scenario else { return };
        let environment = if draft.knows_takes {
            self.environment(scenario, given, asked.place)
        } else {
            Environment::default()
        };
        self.stack.push(asked.step);
        for event in &scenario.events {
            self.event(event, &environment, asked.offset);
        }
        self.stack.pop();
    }

    fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}
