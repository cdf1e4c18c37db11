//! What a scenario is, and what it took where it had to choose.

use maud::{Markup, html};
use outlast_models::units::Millis;

use crate::document::{ChoiceDocument, RunDocument};
use crate::number::time;

/// `site: dc-york (its own choice); begins Mon 00:00, the busiest hour; looked at for 3d`.
pub(super) fn in_a_line(run: &RunDocument) -> String {
    let mut parts: Vec<String> =
        choices(run).into_iter().map(|(name, says)| format!("{name}: {says}")).collect();
    let why = if run.starts_at_busiest_hour { ", the busiest hour" } else { "" };
    parts.push(format!("begins {}{why}", run.starts));
    parts.push(format!("looked at for {}", time(Millis(run.horizon_ms))));
    let line = parts.join("; ");
    let mut letters = line.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What it models, and its parameters.
pub(super) fn of_run(run: &RunDocument) -> Markup {
    html! {
        @if !run.about.is_empty() { p { (run.about) } }
        p.note { (in_a_line(run)) "." }
    }
}

/// Each parameter with its values, and who said so.
fn choices(run: &RunDocument) -> Vec<(&str, String)> {
    let mut all: Vec<(&str, Vec<&str>, bool)> = Vec::new();
    for ChoiceDocument { parameter, value, given } in &run.chose {
        match all.iter_mut().find(|(name, ..)| name == parameter) {
            Some((_, values, _)) => values.push(value),
            None => all.push((parameter, vec![value], *given)),
        }
    }
    let who = |given| if given { "as asked" } else { "its own choice" };
    all.into_iter()
        .map(|(name, values, given)| (name, format!("{} ({})", values.join(", "), who(given))))
        .collect()
}
