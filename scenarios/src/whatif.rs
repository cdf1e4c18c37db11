//! What is tried by hand, on top of a scenario or of nothing: components that fail,
//! keep a share of what they are, or work whatever the scenario does to them.

use std::collections::BTreeMap;

use outlast_models::units::{Millionths, Millis};
use outlast_models::{ComponentId, Id, Place};

use crate::bind::text;
use crate::bound::{Bound, BoundEvent, Effect};

/// What a scenario in which nothing happens is called.
pub const NOTHING: &str = "nothing-fails";

/// What happens to one component, from the beginning to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trial {
    /// It is lost.
    Fail,
    /// It keeps this share, whatever the scenario leaves of it.
    Degrade(Millionths),
    /// The scenario does not touch it.
    Restore,
}

/// Components with what is tried on each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct WhatIf {
    trials: BTreeMap<ComponentId, Trial>,
}

impl WhatIf {
    /// What is tried on something that keeps a share; what keeps nothing has failed.
    pub fn keeping(share: Millionths) -> Trial {
        if share == Millionths::ZERO { Trial::Fail } else { Trial::Degrade(share) }
    }

    /// Whether nothing is tried.
    pub fn is_empty(&self) -> bool {
        self.trials.is_empty()
    }

    /// Tries something on a component, instead of what was tried on it before.
    pub fn put(&mut self, component: ComponentId, trial: Trial) {
        self.trials.insert(component, trial);
    }

    /// Tries nothing on a component any more.
    pub fn take(&mut self, component: &ComponentId) -> Option<Trial> {
        self.trials.remove(component)
    }

    /// What is tried on a component.
    pub fn get(&self, component: &ComponentId) -> Option<Trial> {
        self.trials.get(component).copied()
    }

    /// All of them, by kind and id.
    pub fn iter(&self) -> impl Iterator<Item = (&ComponentId, Trial)> {
        self.trials.iter().map(|(component, trial)| (component, *trial))
    }

    /// The options of the command line that say it:
    /// `--fail a,b --degrade c=60% --restore d`.
    pub fn options(&self) -> Vec<String> {
        let mut words = Vec::new();
        let mut say = |option: &str, values: Vec<String>| {
            if !values.is_empty() {
                words.extend([option.to_owned(), values.join(",")]);
            }
        };
        say("--fail", self.of(Trial::Fail).map(ToString::to_string).collect());
        let degraded = self.iter().filter_map(|(one, trial)| match trial {
            Trial::Degrade(share) => Some(format!("{}={share}", one.id)),
            Trial::Fail | Trial::Restore => None,
        });
        say("--degrade", degraded.collect());
        say("--restore", self.of(Trial::Restore).map(ToString::to_string).collect());
        words
    }

    /// The scenario with this on top of it.
    pub fn on(&self, mut bound: Bound) -> Bound {
        if self.is_empty() {
            return bound;
        }
        bound.events = bound.events.into_iter().filter_map(|event| self.spared(event)).collect();
        bound.events.splice(0..0, self.events());
        let options = self.options().join(" ");
        if bound.name == NOTHING {
            let title = "What is tried, and nothing else".to_owned();
            return Bound { name: options, title, ..bound };
        }
        bound.name = format!("{} {options}", bound.name);
        bound
    }

    /// An event without the components that it is not to touch; `None` if none is left.
    fn spared(&self, mut event: BoundEvent) -> Option<BoundEvent> {
        let restored: Vec<&Id> = self.of(Trial::Restore).map(|one| &one.id).collect();
        let is_left = |one: &ComponentId| matches!(self.get(one), None | Some(Trial::Fail));
        let before = event.effect.clone();
        match &mut event.effect {
            Effect::Fail(all) | Effect::Degrade(all, _) => all.retain(is_left),
            Effect::Congest(all, ..) => all.retain(|one| !restored.contains(&&one.id)),
            Effect::Evacuate(sites) => sites.retain(|site| !restored.contains(&site)),
            Effect::Absent(..) | Effect::Surge(..) | Effect::Condition(_) | Effect::Set(_) => {}
        }
        if event.effect != before {
            event.text = text::line(&event.effect).unwrap_or_default();
        }
        (!event.effect.is_empty()).then_some(event)
    }

    /// The components of which one thing is tried.
    fn of(&self, wanted: Trial) -> impl Iterator<Item = &ComponentId> {
        self.iter().filter(move |(_, trial)| *trial == wanted).map(|(component, _)| component)
    }

    fn events(&self) -> Vec<BoundEvent> {
        let mut effects = vec![Effect::Fail(self.of(Trial::Fail).cloned().collect())];
        let mut by_share: BTreeMap<Millionths, Vec<ComponentId>> = BTreeMap::new();
        for (one, trial) in self.iter() {
            if let Trial::Degrade(share) = trial {
                by_share.entry(share).or_default().push(one.clone());
            }
        }
        effects.extend(by_share.into_iter().map(|(share, all)| Effect::Degrade(all, share)));
        effects.retain(|effect| !effect.is_empty());
        let event = |effect: Effect| BoundEvent {
            at: Millis::ZERO,
            until: None,
            text: text::line(&effect).unwrap_or_default(),
            effect,
            place: Place::BUILT_IN,
        };
        effects.into_iter().map(event).collect()
    }
}
