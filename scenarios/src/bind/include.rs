//! Scenarios within scenarios.

use outlast_models::Id;
use outlast_models::diagnostic::{Diagnostic, quoted};
use outlast_models::read::hint;
use outlast_models::units::Millis;

use super::Binder;
use super::arguments::{Argument, Environment};
use crate::library;
use crate::scenario::Include;

/// How deep scenarios may include one another.
const DEPTH_MAX: usize = 16;

impl Binder<'_> {
    pub(super) fn include(&mut self, include: &Include, environment: &Environment, at: Millis) {
        let Some(mut inner) = (self.library)(&include.name) else {
            let shown = quoted(&include.name);
            let (message, near) = if include.name.contains(['/', '\\', '.']) {
                let help = "only these can be included, by their bare names".to_owned();
                (format!("{shown} is no scenario that Outlast ships"), Some(help))
            } else {
                let near = hint(&include.name, library::names().scenarios);
                (format!("there is no scenario {shown}"), near)
            };
            let error = Diagnostic::error("unknown-scenario", message, include.place);
            self.issues.push(error.maybe_help(near));
            return;
        };
        inner.id.clone_from(&include.name);
        if self.stack.contains(&inner.id) || self.stack.len() >= DEPTH_MAX {
            let mut round = self.stack.clone();
            round.push(inner.id);
            let message = format!("the scenario includes itself: {}", round.join(" → "));
            self.issues.error("include-cycle", message, include.place);
            return;
        }
        let given = include.arguments.iter().map(|text| handed_on(text, environment)).collect();
        self.scenario(&inner, given, at, include.place);
    }
}

fn handed_on(text: &str, environment: &Environment) -> Argument {
    let mut argument = Argument::of_text(text);
    if let Some(name) = argument.text.strip_prefix('$') {
        argument.value = environment.0.get(&Id::new(name)).cloned();
    }
    argument
}
