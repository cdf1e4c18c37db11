//! Binds one event.

use outlast_models::diagnostic::Diagnostic;
use outlast_models::plan::SiteKind;
use outlast_models::units::{Millionths, Millis};
use outlast_models::{ComponentId, Id, Kind, Place};

use super::arguments::Environment;
use super::{Binder, text};
use crate::bound::{BoundEvent, Effect};
use crate::scenario::{Action, Arg, Asks, Event, Selector, SelectorKey, Terms};
use crate::select;
use crate::world::{Sort, Thing, World};

/// When and where an event is.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    at: Millis,
    until: Option<Millis>,
    place: Place,
}

impl Frame {
    /// The same, written elsewhere.
    pub(super) fn stands_at(self, place: Place) -> Self {
        Self { place, ..self }
    }
}

impl Binder<'_> {
    pub(super) fn event(&mut self, event: &Event, environment: &Environment, offset: Millis) {
        let at = Millis(offset.0.saturating_add(environment.time(&event.at).0));
        let lasts = event.lasts.as_ref().map(|lasts| environment.time(lasts));
        let until = lasts.map(|lasts| Millis(at.0.saturating_add(lasts.0)));
        let frame = Frame { at, until, place: event.place };
        match &event.action {
            Action::Fail(selector) => {
                let taken = self.components("fail", selector, environment);
                if is_every_feed(selector) && !taken.is_empty() {
                    self.note_sites_without_feed();
                }
                self.push(frame, Effect::Fail(taken));
            }
            Action::Degrade(selector, to) => {
                let taken = self.components("degrade", selector, environment);
                self.push(frame, Effect::Degrade(taken, environment.share(to)));
            }
            Action::Congest(selector, blocking) => {
                let blocking = environment.share(blocking);
                self.congest(frame, selector, blocking, environment);
            }
            Action::Evacuate(selector) => {
                let taken = self.sites(selector, environment);
                self.push(frame, Effect::Evacuate(taken));
            }
            Action::Absent(selector, share) => {
                let share = environment.share(share);
                let taken = self.take("absent", selector, "a group", environment, |w| &w.groups);
                self.push(frame, Effect::Absent(taken, share));
            }
            Action::Surge(selector, times) => {
                let times = environment.times(times);
                let taken = self.take("surge", selector, "a queue", environment, |w| &w.queues);
                self.push(frame, Effect::Surge(taken, times));
            }
            Action::Misconfigure(what) => self.misconfigure(frame, what, environment),
            Action::Include(include) => self.include(include, environment, at),
        }
    }

    /// Adds an event, unless it takes nothing.
    pub(super) fn push(&mut self, frame: Frame, effect: Effect) {
        let text = text::line(&effect).filter(|_| !effect.is_empty());
        if let Some(text) = text {
            self.add(frame, effect, text);
        }
    }

    pub(super) fn add(&mut self, frame: Frame, effect: Effect, text: String) {
        let Frame { at, until, place } = frame;
        self.events.push(BoundEvent { at, until, effect, place, text });
    }

    /// The ids that a selector takes; a note if it takes none.
    fn take(
        &mut self,
        verb: &str,
        selector: &Selector,
        noun: &str,
        environment: &Environment,
        things: impl for<'w> Fn(&'w World<'_>) -> &'w [Thing],
    ) -> Vec<Id> {
        let things = things(&self.world);
        self.check(selector, things, noun);
        let taken = select::take(things, selector, environment);
        let ids: Vec<Id> = taken.into_iter().map(|thing| thing.id.clone()).collect();
        if ids.is_empty() {
            self.took_nothing(verb, selector, environment);
        }
        ids
    }

    /// A parameter that stands for nothing has been noted already.
    fn took_nothing(&mut self, verb: &str, selector: &Selector, environment: &Environment) {
        if !select::hangs_on_nothing(selector, environment) {
            let hint = if verb != "absent" && select::names_phones(selector) {
                ": kinds of phone mean groups, which only `absent` takes"
            } else {
                ""
            };
            let selector = select::text(selector, environment);
            self.note(format!("`{verb}: {selector}` takes nothing in this plan{hint}"));
        }
    }

    fn components(
        &mut self,
        verb: &str,
        selector: &Selector,
        environment: &Environment,
    ) -> Vec<ComponentId> {
        let ids = self.take(verb, selector, "a component", environment, |w| &w.components);
        let of = |id: Id| self.kind(&id).map(|kind| ComponentId { kind, id });
        ids.into_iter().filter_map(of).collect()
    }

    /// Where all power fails, whoever has no feed keeps it: a vendor's site may.
    fn note_sites_without_feed(&mut self) {
        let sites = self.world.plan.sites.iter();
        let without = sites
            .filter(|(_, site)| site.kind != SiteKind::Vendor && site.power.feeds.value.is_empty());
        let ids: Vec<String> = without.map(|(id, _)| id.to_string()).collect();
        if !ids.is_empty() {
            let has = if ids.len() == 1 {
                "has no feed, so it keeps"
            } else {
                "have no feed, so they keep"
            };
            self.note(format!("{} {has} power", text::names(&ids)));
        }
    }

    fn kind(&self, id: &Id) -> Option<Kind> {
        let thing = self.world.components.iter().find(|thing| thing.id == *id)?;
        match thing.sort {
            Sort::Component(kind) => Some(kind),
            Sort::Group(..) | Sort::Queue => None,
        }
    }

    fn sites(&mut self, selector: &Selector, environment: &Environment) -> Vec<Id> {
        let is_site = |thing: &&Thing| self.world.plan.sites.contains_key(&thing.id);
        let sites: Vec<Thing> = self.world.components.iter().filter(is_site).cloned().collect();
        self.check(selector, &sites, "a site");
        let taken = select::take(&sites, selector, environment);
        let ids: Vec<Id> = taken.into_iter().map(|thing| thing.id.clone()).collect();
        if ids.is_empty() {
            self.took_nothing("evacuate", selector, environment);
        }
        ids
    }

    fn congest(
        &mut self,
        frame: Frame,
        selector: &Selector,
        blocking: Millionths,
        environment: &Environment,
    ) {
        let (mut components, mut regions) = (Vec::new(), Vec::new());
        self.congested(selector, environment, &mut components, &mut regions);
        if components.is_empty() && regions.is_empty() {
            self.took_nothing("congest", selector, environment);
            return;
        }
        // The PSTN as a whole is one crossing: its parts are not counted again.
        if components.iter().any(|component: &ComponentId| self.world.is_pstn(&component.id)) {
            components.retain(|component| self.world.is_pstn(&component.id));
        }
        self.push(frame, Effect::Congest(components, regions, blocking));
    }

    /// What a selector of `congest` takes: carriers, operators, the PSTN; or
    /// regions, where it names nothing else.
    fn congested(
        &self,
        selector: &Selector,
        environment: &Environment,
        components: &mut Vec<ComponentId>,
        regions: &mut Vec<Id>,
    ) {
        if let Terms::Any(list) = &selector.terms {
            for one in list {
                self.congested(one, environment, components, regions);
            }
            return;
        }
        self.check(selector, &self.world.components, "a carrier, an operator or `pstn`");
        if let Some(named) = only_regions(selector) {
            for id in select::values(named, environment) {
                if !regions.contains(id) {
                    regions.push(id.clone());
                }
            }
            return;
        }
        for thing in select::take(&self.world.components, selector, environment) {
            let Some(kind) = self.kind(&thing.id) else { continue };
            let component = ComponentId { kind, id: thing.id.clone() };
            let congestible = matches!(kind, Kind::Carrier | Kind::MobileOperator)
                || self.world.is_pstn(&thing.id);
            if congestible && !components.contains(&component) {
                components.push(component);
            } else if !congestible && matches!(selector.terms, Terms::Word(_)) {
                let message =
                    format!("`{}` is of kind `{kind}`, which cannot be congested", thing.id);
                let help = "only the PSTN, carriers, mobile operators and regions decline calls";
                self.issues
                    .push(Diagnostic::error("wrong-target", message, selector.place).help(help));
            }
        }
    }
}

/// `{kind: feed}`, and nothing else said.
fn is_every_feed(selector: &Selector) -> bool {
    let Terms::All(criteria) = &selector.terms else { return false };
    let is_feed = |asks: &Asks| match asks {
        Asks::Kind(kinds) => kinds.iter().all(|kind| kind.word() == "feed"),
        Asks::Name(..) => false,
    };
    criteria.iter().all(|one| is_feed(&one.asks))
}

/// The regions of a selector that names nothing else.
fn only_regions(selector: &Selector) -> Option<&[Arg<Id>]> {
    match &selector.terms {
        Terms::All(criteria) => match criteria.as_slice() {
            [one] => match &one.asks {
                Asks::Name(SelectorKey::Region, list) => Some(list),
                Asks::Name(..) | Asks::Kind(_) => None,
            },
            _ => None,
        },
        Terms::Word(_) | Terms::Any(_) => None,
    }
}
