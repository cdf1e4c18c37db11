//! What a selector takes of a plan's things.
//!
//! A map means *and*, a list *any of*. Two rules keep surprises away: the people
//! of homes are taken only by id or by `kind: homes`, and `feed` alone takes the
//! feed itself, not the sites behind it (these lose power when their batteries
//! are empty, which failing the feed brings about); with a `kind` beside it, it
//! takes what stands on the feed.

use outlast_models::{Id, Kind};

use crate::class::Class;
use crate::scenario::{Arg, ArgValue, Asks, Criterion, Selector, SelectorKey, Terms};
use crate::world::{Sort, Thing};

/// The ids that each parameter stands for.
pub(crate) trait Ids {
    /// The ids of a parameter; none for one that holds a quantity.
    fn ids(&self, parameter: &Id) -> &[Id];
}

/// Takes the things that a selector matches, in their order.
pub(crate) fn take<'t>(
    things: &'t [Thing],
    selector: &Selector,
    args: &impl Ids,
) -> Vec<&'t Thing> {
    things.iter().filter(|thing| matches(selector, thing, args)).collect()
}

fn matches(selector: &Selector, thing: &Thing, args: &impl Ids) -> bool {
    match &selector.terms {
        Terms::Word(word) => values(std::slice::from_ref(word), args).contains(&&thing.id),
        Terms::Any(list) => list.iter().any(|one| matches(one, thing, args)),
        Terms::All(criteria) => {
            if is_homes(thing) && !names_homes(criteria) {
                return false;
            }
            let with_kind = criteria.iter().any(|one| matches!(one.asks, Asks::Kind(_)));
            criteria.iter().all(|one| meets(&one.asks, thing, with_kind, args))
        }
    }
}

fn is_homes(thing: &Thing) -> bool {
    thing.sort == Sort::Component(Kind::Homes)
}

fn names_homes(criteria: &[Criterion]) -> bool {
    criteria.iter().any(|one| match &one.asks {
        Asks::Kind(classes) => classes.contains(&Class::Component(Kind::Homes)),
        Asks::Name(key, _) => *key == SelectorKey::Id,
    })
}

fn meets(asks: &Asks, thing: &Thing, with_kind: bool, args: &impl Ids) -> bool {
    let (key, list) = match asks {
        Asks::Kind(classes) => {
            return classes.iter().any(|class| thing.is(*class));
        }
        Asks::Name(key, list) => (*key, values(list, args)),
    };
    let own = &thing.attributes;
    let any = |has: &[Id]| has.iter().any(|id| list.contains(&id));
    match key {
        SelectorKey::Id => list.contains(&&thing.id),
        SelectorKey::Site => any(&own.sites),
        SelectorKey::Region => any(&own.regions),
        SelectorKey::Network => any(&own.networks),
        SelectorKey::Provider => any(&own.providers),
        SelectorKey::Conduit => own.conduit.as_ref().is_some_and(|id| list.contains(&id)),
        SelectorKey::Feed => {
            let is_feed = thing.sort == Sort::Component(Kind::Feed);
            let equipment = matches!(thing.sort, Sort::Component(_)) && !is_feed;
            any(&own.feeds) && (with_kind || !equipment)
        }
        SelectorKey::Group => any(&own.groups),
        SelectorKey::Queue => any(&own.queues),
        SelectorKey::Tag => any(&own.tags),
    }
}

/// The ids that a list of words stands for.
pub(crate) fn values<'a>(list: &'a [Arg<Id>], args: &'a impl Ids) -> Vec<&'a Id> {
    let mut ids = Vec::new();
    for arg in list {
        match &arg.value {
            ArgValue::Is(id) => ids.push(id),
            ArgValue::Parameter(parameter) => ids.extend(args.ids(parameter)),
        }
    }
    ids
}

/// Whether a selector hangs on a parameter that stands for nothing.
pub(crate) fn hangs_on_nothing(selector: &Selector, args: &impl Ids) -> bool {
    let empty = |arg: &Arg<Id>| match &arg.value {
        ArgValue::Parameter(parameter) => args.ids(parameter).is_empty(),
        ArgValue::Is(_) => false,
    };
    match &selector.terms {
        Terms::Word(word) => empty(word),
        Terms::Any(list) => list.iter().all(|one| hangs_on_nothing(one, args)),
        Terms::All(criteria) => criteria.iter().any(|one| match &one.asks {
            Asks::Name(_, list) => list.iter().all(empty),
            Asks::Kind(_) => false,
        }),
    }
}

/// Whether a selector speaks of a parameter.
pub(crate) fn speaks_of(selector: &Selector, parameter: &Id) -> bool {
    let is = |arg: &Arg<Id>| matches!(&arg.value, ArgValue::Parameter(id) if id == parameter);
    match &selector.terms {
        Terms::Word(word) => is(word),
        Terms::Any(list) => list.iter().any(|one| speaks_of(one, parameter)),
        Terms::All(criteria) => criteria.iter().any(|one| match &one.asks {
            Asks::Name(_, list) => list.iter().any(is),
            Asks::Kind(_) => false,
        }),
    }
}

/// Whether a selector speaks of a kind of phone.
pub(crate) fn names_phones(selector: &Selector) -> bool {
    match &selector.terms {
        Terms::Word(_) => false,
        Terms::Any(list) => list.iter().any(names_phones),
        Terms::All(criteria) => criteria.iter().any(|one| match &one.asks {
            Asks::Kind(classes) => classes.iter().any(|class| matches!(class, Class::Phone(_))),
            Asks::Name(..) => false,
        }),
    }
}

/// The selector as text, arguments put in.
pub(crate) fn text(selector: &Selector, args: &impl Ids) -> String {
    match &selector.terms {
        Terms::Word(word) => list_text(values(std::slice::from_ref(word), args)),
        Terms::Any(list) => {
            let parts: Vec<String> = list.iter().map(|one| text(one, args)).collect();
            format!("[{}]", parts.join(", "))
        }
        Terms::All(criteria) => {
            let parts: Vec<String> = criteria.iter().map(|one| criterion_text(one, args)).collect();
            format!("{{{}}}", parts.join(", "))
        }
    }
}

fn criterion_text(criterion: &Criterion, args: &impl Ids) -> String {
    match &criterion.asks {
        Asks::Kind(classes) => {
            format!("kind: {}", bracketed(classes.iter().map(|class| class.word().to_owned())))
        }
        Asks::Name(key, list) => format!("{}: {}", key.word(), list_text(values(list, args))),
    }
}

fn list_text(ids: Vec<&Id>) -> String {
    bracketed(ids.into_iter().map(ToString::to_string))
}

fn bracketed(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.collect();
    match words.as_slice() {
        [one] => one.clone(),
        many => format!("[{}]", many.join(", ")),
    }
}
