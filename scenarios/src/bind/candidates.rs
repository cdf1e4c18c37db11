//! What a parameter may stand for, each with all that is lost with it.

use indexmap::IndexMap;
use outlast_models::Id;

use super::Binder;
use super::arguments::{Environment, Value};
use crate::bound::Candidate;
use crate::class::Class;
use crate::scenario::{Action, Scenario};
use crate::select;
use crate::world::{Sort, Thing};

impl Binder<'_> {
    /// One candidate with what is lost with it. A component is lost as a whole;
    /// of a company or region, what the selectors that speak of the parameter
    /// fail, or all that goes by its name where none does (an included scenario
    /// may).
    pub(super) fn candidate(
        &self,
        scenario: &Scenario,
        (parameter, class): (&Id, Class),
        id: &Id,
        earlier: &IndexMap<Id, Value>,
    ) -> Candidate {
        if !matches!(class, Class::Provider | Class::Isp | Class::Region) {
            return Candidate { id: id.clone(), lost: vec![id.clone()] };
        }
        let mut values = earlier.clone();
        values.insert(parameter.clone(), Value::Things(vec![id.clone()]));
        let environment = Environment(values);
        let things = &self.world.components;
        let mut lost: Vec<Id> = Vec::new();
        for event in &scenario.events {
            if let Action::Fail(selector) = &event.action
                && select::speaks_of(selector, parameter)
            {
                let taken = select::take(things, selector, &environment);
                lost.extend(taken.into_iter().map(|thing| thing.id.clone()));
            }
        }
        if lost.is_empty() {
            let taken = things.iter().filter(|thing| goes_by(thing, class, id));
            lost.extend(taken.map(|thing| thing.id.clone()));
        }
        Candidate { id: id.clone(), lost }
    }
}

/// Whether a component goes by the name of a candidate of a class.
fn goes_by(thing: &Thing, class: Class, id: &Id) -> bool {
    let own = &thing.attributes;
    match class {
        Class::Provider => own.providers.contains(id),
        Class::Isp => {
            own.providers.contains(id) && own.networks.iter().any(|network| network == "internet")
        }
        Class::Region => {
            let is_site = thing.is(Class::Site);
            matches!(thing.sort, Sort::Component(_)) && is_site && own.regions.contains(id)
        }
        _ => false,
    }
}
