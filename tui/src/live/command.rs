//! The command line that gives the same answer as a screen.

use outlast_models::units::Millis;
use outlast_scenarios::WhatIf;

use super::facts::Facts;
use super::state::{State, View};
use crate::quoted;

impl Facts {
    /// What prints what the first screen shows.
    pub fn command(&self) -> String {
        self.begin("run", 0).join(" ")
    }

    fn begin(&self, verb: &str, scene: usize) -> Vec<String> {
        let mut all = vec!["outlast".to_owned(), verb.to_owned(), quoted(&self.word)];
        all.extend(self.scenes[scene].word.iter().map(|word| quoted(word)));
        all
    }
}

impl State {
    /// What prints the figures of this screen.
    pub fn command(&self) -> String {
        match (self.view, self.group()) {
            (View::Explain, Some(group)) => self.explain_command(group),
            _ => self.run_command(),
        }
    }

    fn run_command(&self) -> String {
        words(&self.facts.begin("run", self.scene), &self.what_if().options())
    }

    fn explain_command(&self, group: &str) -> String {
        let mut begin = self.facts.begin("explain", self.scene);
        begin.extend(["--group".to_owned(), quoted(group)]);
        let at = self.at_ms();
        if at > 0 {
            begin.extend(["--at".to_owned(), quoted(&Millis(at).to_string())]);
        }
        words(&begin, &self.what_if().options())
    }
}

/// What a scenario is called with what is tried on top of it.
pub(crate) fn named(word: Option<&str>, what_if: &WhatIf) -> String {
    let options = what_if.options();
    let name = word.unwrap_or(if options.is_empty() { "nothing fails" } else { "" });
    let parts = std::iter::once(name.to_owned()).filter(|name| !name.is_empty());
    parts.chain(options).collect::<Vec<_>>().join(" ")
}

fn words(begin: &[String], options: &[String]) -> String {
    let options = options.iter().map(|word| quoted(word));
    begin.iter().cloned().chain(options).collect::<Vec<_>>().join(" ")
}
