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
mod text;

use outlast_models::diagnostic::Diagnostic;
use outlast_models::place::Place;
use outlast_models::read::Issues;
use outlast_models::units::Millis;
use outlast_models::{Id, Plan};

use crate::bound::{Bound, BoundEvent, Candidate};
use crate::scenario::Scenario;
use crate::world::World;
use arguments::Argument;

/// Finds a scenario by name, for `include`.
type Library<'a> = &'a dyn Fn(&str) -> Option<Scenario>;
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
    let issues = Issues::new();
    let mut binder = Binder {
        world: World::of(plan),
        issues: &issues,
        library,
        choose,
        stack: Vec::new(),
        events: Vec::new(),
        chosen: Vec::new(),
        notes: Vec::new(),
    };
    let given = arguments.iter().map(|text| Argument::of_text(text)).collect();
    binder.scenario(scenario, given, Millis::ZERO, Place::BUILT_IN);
    let Binder { mut events, chosen, mut notes, .. } = binder;
    events.sort_by_key(|event| event.at);
    notes.extend(late(&events, scenario.horizon));
    events.retain(|event| event.at < scenario.horizon);
    if issues.has_errors() {
        return Err(issues.into_sorted());
    }
    let mut name = vec![scenario.id.clone()];
    name.extend(arguments.iter().cloned());
    Ok(Bound {
        name: name.join(":"),
        title: scenario.title.clone(),
        about: scenario.about.clone(),
        horizon: scenario.horizon,
        starts: scenario.starts,
        events,
        chosen,
        notes,
    })
}

fn late(events: &[BoundEvent], horizon: Millis) -> Vec<String> {
    let late = events.iter().filter(|event| event.at >= horizon);
    late.map(|event| format!("`{}` begins at {}, after the end", event.text, event.at)).collect()
}

/// One binding under way.
struct Binder<'a> {
    world: World<'a>,
    issues: &'a Issues,
    library: Library<'a>,
    choose: Choose<'a>,
    /// The scenarios that are being included, outermost first.
    stack: Vec<String>,
    events: Vec<BoundEvent>,
    chosen: Vec<(String, Id, bool)>,
    notes: Vec<String>,
}

impl Binder<'_> {
    /// Binds one scenario whose clock begins at `offset`; `place` is where it
    /// was asked for.
    fn scenario(
        &mut self,
        scenario: &Scenario,
        given: Vec<Argument>,
        offset: Millis,
        place: Place,
    ) {
        let Some(environment) = self.environment(scenario, given, place) else { return };
        self.stack.push(scenario.id.clone());
        for event in &scenario.events {
            self.event(event, &environment, offset);
        }
        self.stack.pop();
    }

    fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}
