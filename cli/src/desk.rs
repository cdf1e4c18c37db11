//! Who answers the terminal UI: the plan is read and compiled once, every question runs
//! the engine on it.

use std::ffi::OsString;
use std::sync::Arc;

use outlast_engine::Problem;
use outlast_engine::run::{self, Changed, Variants};
use outlast_models::Id;
use outlast_models::units::Millis;
use outlast_reports::{Asked, ExplainDocument, RunDocument, explained};
use outlast_scenarios::{NOTHING, WhatIf, components};
use outlast_tui::live::{Answers, Facts, Part, Question, Reply, SceneFacts};

use crate::error::CliError;
use crate::load::{Loaded, Scene};
use crate::outside;
use crate::unknown::{Doubts, as_read};
use crate::variants::Compiled;

/// Gives the problem of a plan with settings changed, from whatever thread.
type AnyThread<'a> = dyn FnMut(&Changed) -> Result<Arc<Problem>, String> + Send + 'a;

/// A plan with scenarios bound to it.
pub struct Desk<'a> {
    compiled: &'a Compiled<'a>,
    scenes: Vec<Scene>,
    doubts: Doubts,
    /// Problems of changed settings, each compiled once.
    variants: Box<AnyThread<'a>>,
}

impl<'a> Desk<'a> {
    /// Sits down to a plan with scenarios bound to it, with nothing tried on them.
    pub fn new(compiled: &'a Compiled<'a>, scenes: Vec<Scene>) -> Result<Self, CliError> {
        let doubts = Doubts::of(compiled.loaded, &[])?;
        Ok(Self { compiled, scenes, doubts, variants: Box::new(compiled.variants()) })
    }

    /// A scenario with this tried on top of it.
    fn scene(&self, scene: usize, what_if: &WhatIf) -> Scene {
        let Scene { bound, inputs, wanted, choices } = &self.scenes[scene];
        Scene {
            bound: what_if.on(bound.clone()),
            inputs: inputs.clone(),
            wanted: wanted.clone().with(what_if.clone()),
            choices: choices.clone(),
        }
    }

    fn answer_run(&mut self, scene: &Scene, give: &mut dyn FnMut(Reply) -> bool) {
        let run = match run::run(&scene.bound, &mut self.variants) {
            Ok(run) => run,
            Err(fault) => {
                give(Reply::Fault(fault));
                return;
            }
        };
        let known = self.doubts.is_empty();
        let mut say = |run: RunDocument, whole| give(Reply::Run { run: Box::new(run), whole });
        if say(as_read(self.compiled.loaded, &run), known) && !known {
            say(self.doubts.document(self.compiled, scene, &run, &()), true);
        }
    }
}

/// Why a group works as it does at a time of a scenario. Fails where a changed setting
/// makes the plan invalid.
pub(crate) fn explanation(
    compiled: &Compiled<'_>,
    scene: &Scene,
    variants: &mut Variants<'_>,
    (group, at): (&Id, Millis),
) -> Result<ExplainDocument, String> {
    let Scene { bound, .. } = scene;
    let instant = run::instant(bound, variants, at)?;
    let mut inputs = compiled.loaded.inputs();
    inputs.extend(scene.inputs.clone());
    let scenario = (bound.name != NOTHING).then_some(bound.name.as_str());
    let mut document =
        explained(compiled.context(&inputs), Asked { group, scenario, at }, &instant);
    document.remarks.extend(bound.notes.iter().cloned());
    document.remarks.extend(outside::remarks(compiled.loaded, |id| id == group));
    Ok(document)
}

impl Answers for Desk<'_> {
    fn answer(&mut self, question: &Question, give: &mut dyn FnMut(Reply) -> bool) {
        match question {
            Question::Run { scene, what_if } => {
                let scene = self.scene(*scene, what_if);
                self.answer_run(&scene, give);
            }
            Question::Base { scene } => {
                let scene = self.scene(*scene, &WhatIf::default());
                self.answer_run(&scene, give);
            }
            Question::Explain { scene, what_if, group, at_ms } => {
                let scene = self.scene(*scene, what_if);
                let asked = (&Id::new(group), Millis(*at_ms));
                let found = explanation(self.compiled, &scene, &mut self.variants, asked);
                give(match found {
                    Ok(document) => Reply::Explained(Box::new(document)),
                    Err(fault) => Reply::Fault(fault),
                });
            }
        }
    }
}

/// What the screens show of a plan, named as on the command line.
pub fn facts(loaded: &Loaded, word: &OsString, words: &[OsString], scenes: &[Scene]) -> Facts {
    let text = |word: &OsString| word.to_string_lossy().into_owned();
    let part = |(component, attributes): (_, outlast_scenarios::Attributes)| Part {
        component,
        sites: attributes.sites.iter().map(Id::to_string).collect(),
        regions: attributes.regions.iter().map(Id::to_string).collect(),
    };
    let scenes = scenes.iter().enumerate().map(|(n, scene)| SceneFacts {
        word: words.get(n).map(text),
        title: scene.bound.title.clone(),
    });
    let plan = &loaded.plan;
    let plan_word = text(word);
    Facts {
        plan: plan.name.clone().unwrap_or_else(|| "a plan without a name".to_owned()),
        word: if plan_word.starts_with('-') { format!("./{plan_word}") } else { plan_word },
        scenes: scenes.collect(),
        parts: components(plan).into_iter().map(part).collect(),
        groups: plan.groups.keys().map(Id::to_string).collect(),
    }
}
