//! What a plan does not know, varied: where it says `unknown`, and components whose
//! state nobody knows.

use std::collections::BTreeSet;

use outlast_engine::Observer;
use outlast_engine::run::{self, Run};
use outlast_engine::unknown::{WHOLE, explore};
use outlast_models::swings::{self, Doubt};
use outlast_models::units::Millis;
use outlast_models::yaml::{self, Node};
use outlast_models::{ComponentId, Id, Place};
use outlast_reports::unknown::{Answers, Known, Sheet};
use outlast_reports::{Files, RunDocument, unknown};
use outlast_scenarios::{Bound, BoundEvent, Candidate, Effect};

use crate::error::CliError;
use crate::load::{Loaded, Scene};
use crate::outside;
use crate::variants::Compiled;
use crate::whatif::component;

/// Everything of a plan that nobody knows.
#[derive(Debug)]
pub struct Doubts {
    /// Places of the plan that say `unknown`, each with what the plan could write.
    written: Vec<Doubt>,
    /// Components that may be down.
    components: Vec<ComponentId>,
}

impl Doubts {
    /// Those of a plan, and these components.
    pub fn of(loaded: &Loaded, components: &[String]) -> Result<Self, CliError> {
        let components = named(loaded, components)?;
        let tree = loaded.tree().unwrap_or_else(|_| Node::empty_map(Place::BUILT_IN));
        let mut written = swings::doubts(&loaded.plan, &tree);
        for doubt in written.iter_mut().filter(|doubt| doubt.why_not.is_none()) {
            let place = doubt.place;
            doubt.others.retain(|text| {
                let value = swings::value_at(text, place);
                value.is_some_and(|value| {
                    loaded.reads_with(&|tree| yaml::put(tree, &value)).is_some()
                })
            });
            if doubt.others.is_empty() {
                doubt.why_not = Some("the plan can be written no other way there");
            }
        }
        Ok(Self { written, components })
    }

    /// Places of the plan that say `unknown`.
    pub fn written(&self) -> &[Doubt] {
        &self.written
    }

    /// Whether everything is known.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty() && self.components.is_empty()
    }

    /// The document of a run, with all that may be.
    pub fn document(
        &self,
        compiled: &Compiled<'_>,
        scene: &Scene,
        run: &Run,
        observer: &dyn Observer,
    ) -> RunDocument {
        if self.is_empty() {
            return as_read(compiled.loaded, run);
        }
        let loaded = compiled.loaded;
        let known = self.known(compiled, scene, run, observer);
        let files = Files::new(&loaded.sources);
        remarked(loaded, outlast_reports::run_where_unknown(&loaded.plan, files, run, known))
    }

    /// What holds of a scenario whatever these are.
    pub fn known(
        &self,
        compiled: &Compiled<'_>,
        scene: &Scene,
        base: &Run,
        observer: &dyn Observer,
    ) -> Known {
        let cases = Cases::of(self, compiled, scene, base);
        let sizes = cases.sizes();
        let mut answers = Answers::default();
        let ask = |choice: &[usize]| cases.sheet(choice);
        let tried =
            explore(&sizes, &ask, observer, &mut |choice, sheet| answers.take(choice, &sheet));
        let loaded = compiled.loaded;
        let files = Files::new(&loaded.sources);
        let doubts = cases.varied.iter();
        let facts = doubts.map(|doubt| unknown::doubt(&loaded.plan, base, files, doubt));
        let components = self.components.iter().map(|one| unknown::component(&one.id));
        let not_varied = self
            .written
            .iter()
            .filter_map(|doubt| doubt.why_not.map(|why| unknown::not_varied(doubt, why)));
        Known {
            facts: facts.chain(components).collect(),
            not_varied: not_varied.collect(),
            tried,
            answers,
        }
    }
}

/// The document of a run of the plan as it is read.
pub(crate) fn as_read(loaded: &Loaded, run: &Run) -> RunDocument {
    let files = Files::new(&loaded.sources);
    remarked(loaded, outlast_reports::run(&loaded.plan, files, run))
}

fn remarked(loaded: &Loaded, mut document: RunDocument) -> RunDocument {
    document.remarks.extend(outside::remarks(loaded, |_| true));
    document
}

/// Components by their ids, each once.
fn named(loaded: &Loaded, ids: &[String]) -> Result<Vec<ComponentId>, CliError> {
    let mut found = CliError::all(ids.iter().map(|id| component(loaded, id)))?;
    let mut seen = BTreeSet::new();
    found.retain(|component| seen.insert(component.id.clone()));
    Ok(found)
}

/// One scenario under every combination.
struct Cases<'a> {
    compiled: &'a Compiled<'a>,
    scene: &'a Scene,
    /// Doubts that are varied here, with the values that may matter.
    varied: Vec<Doubt>,
    components: &'a [ComponentId],
    /// The assumptions of each of these, of a component none; empty where that does not
    /// matter.
    ids: Vec<Vec<String>>,
    objectives: Vec<Place>,
}

impl<'a> Cases<'a> {
    fn of(doubts: &'a Doubts, compiled: &'a Compiled<'a>, scene: &'a Scene, base: &Run) -> Self {
        let components = doubts.components.as_slice();
        let objectives = base.problem.objectives.iter().map(|one| one.place).collect();
        let varied = doubts.written.iter().filter(|doubt| doubt.why_not.is_none()).cloned();
        let (varied, ids) = (varied.collect(), Vec::new());
        let mut cases = Self { compiled, scene, varied, components, ids, objectives };
        cases.leave_alone();
        cases.load(base);
        // Who rests is of no interest while all combinations are looked at.
        if cases.combinations().is_none_or(|all| all > WHOLE) {
            let written = cases.varied.iter().map(|doubt| doubt.ids.clone());
            cases.ids = written.chain(components.iter().map(|_| Vec::new())).collect();
        }
        cases
    }

    fn sizes(&self) -> Vec<usize> {
        let written = self.varied.iter().map(|doubt| doubt.others.len() + 1);
        written.chain(self.components.iter().map(|_| 2)).collect()
    }

    /// Leaves out names of ducts, feeds and providers that the scenario does not touch:
    /// what hangs on them is as well off as what hangs on nothing.
    fn leave_alone(&mut self) {
        let touched = self.touched();
        let mut varied = std::mem::take(&mut self.varied);
        for doubt in &mut varied {
            let place = doubt.place;
            if doubt.names_fates() {
                doubt.others.retain(|text| words(text).any(|word| touched.contains(word)));
            } else if doubt.names_providers() {
                doubt.others.retain(|text| self.binds_otherwise(text, place));
            }
        }
        self.varied = varied;
    }

    /// Adds to capacities what the plan as read asks of them, and half of it, while all
    /// combinations are few enough to be looked at one by one.
    fn load(&mut self, base: &Run) {
        let before: Vec<usize> = self.varied.iter().map(|doubt| doubt.others.len()).collect();
        for doubt in &mut self.varied {
            for text in unknown::loads([base], &doubt.ids[0], &doubt.path) {
                if !doubt.others.contains(&text) {
                    doubt.others.push(text);
                }
            }
        }
        if self.combinations().is_none_or(|all| all > WHOLE) {
            let varied = self.varied.iter_mut().zip(before);
            varied.for_each(|(doubt, before)| doubt.others.truncate(before));
        }
    }

    /// How many there are, if they can be counted.
    fn combinations(&self) -> Option<usize> {
        self.sizes().iter().try_fold(1_usize, |all, size| all.checked_mul(*size))
    }

    fn touched(&self) -> BTreeSet<String> {
        let of = |event: &BoundEvent| match &event.effect {
            Effect::Fail(all) | Effect::Degrade(all, _) | Effect::Congest(all, ..) => all.clone(),
            _ => Vec::new(),
        };
        let events = self.scene.bound.events.iter().flat_map(of);
        events.chain(self.components.iter().cloned()).map(|one| one.id.to_string()).collect()
    }

    /// Whether the scenario takes anything else with this value.
    fn binds_otherwise(&self, text: &str, place: Place) -> bool {
        let value = swings::value_at(text, place);
        let put = |value: Node| self.compiled.loaded.with(&|tree| yaml::put(tree, &value));
        let bound = value.and_then(put).and_then(|loaded| self.bound(&loaded));
        bound.is_some_and(|bound| bound.events != self.scene.bound.events)
    }

    /// The figures of one combination.
    fn sheet(&self, choice: &[usize]) -> Option<Sheet> {
        let (written, components) = choice.split_at(self.varied.len());
        let values = self.varied.iter().zip(written).filter(|(_, value)| **value > 0);
        let values: Option<Vec<Node>> = values
            .map(|(doubt, value)| swings::value_at(&doubt.others[value - 1], doubt.place))
            .collect();
        let values = values?;
        let down = self.components.iter().zip(components).filter(|(_, value)| **value > 0);
        let down: Vec<ComponentId> = down.map(|(component, _)| component.clone()).collect();
        if values.is_empty() {
            return self.run(self.compiled, &self.scene.bound, down);
        }
        let put = |tree: &mut Node| values.iter().all(|value| yaml::put(tree, value));
        let loaded = self.compiled.loaded.with(&put)?;
        let bound = self.bound(&loaded)?;
        self.run(&Compiled::of(&loaded, &()), &bound, down)
    }

    fn bound(&self, loaded: &Loaded) -> Option<Bound> {
        bound_again(self.compiled, self.scene, loaded)
    }

    fn run(&self, compiled: &Compiled<'_>, bound: &Bound, down: Vec<ComponentId>) -> Option<Sheet> {
        let bound = with_down(bound, down);
        let run = run::figures(&bound, &mut compiled.variants()).ok()?;
        Some(Sheet::of(&compiled.loaded.plan, &run, &self.ids, &self.objectives))
    }
}

/// A scenario bound to another reading of the plan, its open choices as before.
pub(crate) fn bound_again(
    compiled: &Compiled<'_>,
    scene: &Scene,
    loaded: &Loaded,
) -> Option<Bound> {
    let mut chooser = compiled.chooser();
    let mut choose = |candidates: &[Candidate]| -> Id {
        let is_there = |id: &&Id| candidates.iter().any(|one| one.id == **id);
        scene.choices.iter().find(is_there).cloned().unwrap_or_else(|| chooser(candidates))
    };
    loaded.bound(scene.wanted.clone(), &mut choose).ok().map(|scene| scene.bound)
}

/// The same scenario with components down from the beginning to the end.
fn with_down(bound: &Bound, down: Vec<ComponentId>) -> Bound {
    let mut bound = bound.clone();
    if !down.is_empty() {
        let ids: Vec<&str> = down.iter().map(|component| component.id.as_str()).collect();
        let text = format!("fail {}", ids.join(", "));
        let (at, until, place) = (Millis::ZERO, None, Place::BUILT_IN);
        let event = BoundEvent { at, until, effect: Effect::Fail(down), place, text };
        bound.events.insert(0, event);
    }
    bound
}

/// The ids in a value.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| "[]{}, :".contains(c)).filter(|word| !word.is_empty())
}
