//! Names in selectors that the plan does not know.

use outlast_models::Id;
use outlast_models::diagnostic::{Diagnostic, quoted};
use outlast_models::place::Place;
use outlast_models::read::{few, hint};

use super::Binder;
use crate::class::Class;
use crate::scenario::{Arg, ArgValue, Asks, Selector, SelectorKey, Terms};
use crate::world::{Sort, Thing};

impl Binder<'_> {
    /// Reports every name of a selector that the plan does not know. `things`
    /// are what the event may take, called `noun`.
    pub(super) fn check(&self, selector: &Selector, things: &[Thing], noun: &str) {
        match &selector.terms {
            Terms::Word(Arg { place, value: ArgValue::Is(id) }) => {
                self.check_word(id, *place, things, noun);
            }
            Terms::Word(_) => {}
            Terms::Any(list) => list.iter().for_each(|one| self.check(one, things, noun)),
            Terms::All(criteria) => {
                for criterion in criteria {
                    if let Asks::Name(key, list) = &criterion.asks {
                        for value in list {
                            self.check_value(*key, value, things, noun);
                        }
                    }
                }
            }
        }
    }

    fn check_value(&self, key: SelectorKey, value: &Arg<Id>, things: &[Thing], noun: &str) {
        let ArgValue::Is(id) = &value.value else { return };
        let plan = self.world.plan;
        let known: Vec<Id> = match key {
            SelectorKey::Id => return self.check_word(id, value.place, things, noun),
            // A tag that nothing has is a note: scenarios travel between plans.
            SelectorKey::Tag => return,
            SelectorKey::Site => plan.sites.keys().cloned().collect(),
            SelectorKey::Region => self.world.regions(),
            SelectorKey::Network => plan.networks.keys().cloned().collect(),
            SelectorKey::Provider => self.world.candidates(Class::Provider),
            SelectorKey::Conduit => plan.conduits.keys().cloned().collect(),
            SelectorKey::Feed => plan.feeds.keys().cloned().collect(),
            SelectorKey::Group => plan.groups.keys().cloned().collect(),
            SelectorKey::Queue => plan.queues.keys().cloned().collect(),
        };
        if !known.contains(id) {
            let message = format!("the plan has no {} {}", key.word(), quoted(id.as_str()));
            let near = hint(id.as_str(), known.iter().map(Id::as_str));
            let role = self.world.role(id).map(|role| format!("`{id}` is of kind `{role}`"));
            self.issues.push(
                Diagnostic::error("unknown-name", message, value.place)
                    .maybe_help(near.or(role).or_else(|| Some(what_there_is(&known)))),
            );
        }
    }

    fn check_word(&self, id: &Id, place: Place, things: &[Thing], noun: &str) {
        if things.iter().any(|thing| thing.id == *id) {
            return;
        }
        let (message, help) = match self.world.role(id) {
            Some(role) => {
                let key = SelectorKey::ALL.into_iter().find(|key| key.word() == role);
                let help = key.map(|key| format!("did you mean `{{{}: {id}}}`?", key.word()));
                (
                    format!("`{id}` is of kind `{role}`; {noun} is wanted here"),
                    help.or(self.members(id))
                        .or_else(|| self.site_of(id, things))
                        .or_else(|| few_enough(things)),
                )
            }
            None => (
                format!("the plan has nothing called {}", quoted(id.as_str())),
                hint(id.as_str(), things.iter().map(|thing| thing.id.as_str()))
                    .or_else(|| few_enough(things)),
            ),
        };
        self.issues.push(Diagnostic::error("unknown-name", message, place).maybe_help(help));
    }

    /// Groups are taken by the site where they sit.
    fn site_of(&self, id: &Id, things: &[Thing]) -> Option<String> {
        let groups = things.iter().all(|thing| matches!(thing.sort, Sort::Group(..)));
        let is_site = self.world.plan.sites.contains_key(id);
        (groups && is_site).then(|| format!("`{{site: {id}}}` takes the groups that sit there"))
    }

    /// A bundle is no component, but its circuits are.
    fn members(&self, id: &Id) -> Option<String> {
        let bundle = self.world.plan.bundles.get(id)?;
        let circuits: Vec<&str> = bundle.of.iter().map(|named| named.id.as_str()).collect();
        Some(format!("its circuits can fail: `[{}]`", circuits.join(", ")))
    }
}

/// What a name may be, of names that are few.
fn few_enough(things: &[Thing]) -> Option<String> {
    const SHOWN: usize = 12;
    let ids: Vec<&str> = things.iter().map(|thing| thing.id.as_str()).collect();
    (1..=SHOWN).contains(&ids.len()).then(|| format!("there are: {}", ids.join(", ")))
}

fn what_there_is(known: &[Id]) -> String {
    if known.is_empty() {
        return "the plan has none".to_owned();
    }
    let known: Vec<&str> = known.iter().map(Id::as_str).collect();
    format!("the plan has: {}", few(&known))
}
