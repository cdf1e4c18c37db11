//! `outlast ask`: each fact that is not known or assumed is changed alone, and what
//! decides something is asked.

use std::ffi::OsString;
use std::sync::atomic::{AtomicUsize, Ordering};

use outlast_engine::run::{self, Run};
use outlast_models::swings::{self, left_out};
use outlast_models::units::Millis;
use outlast_models::yaml::{self, Node};
use outlast_models::{FileId, Place};
use outlast_reports::ask::{Looked, Swung, asked};
use outlast_reports::document::{EffectDocument, RunDocument, UnaskedDocument};
use outlast_reports::unknown::{Sheet, effect, loads};
use outlast_reports::{Files, SET_BY_SCENARIO};
use outlast_scenarios::Bound;
use outlast_tui::ask::{csv, markdown, questions};
use rayon::prelude::*;

use super::run::in_parallel;
use crate::args::{Ask, AskFormat, Format, Writing};
use crate::error::CliError;
use crate::exit::Exit;
use crate::load::{self, Loaded, Scene};
use crate::out::Out;
use crate::progress::Bar;
use crate::unknown::{Doubts, bound_again};
use crate::variants::Compiled;

/// What every planner would look at, beside the normal state.
const EVERYBODYS: [&str; 5] = [
    "data-center-lost",
    "private-network-lost",
    "isp-lost",
    "site-evacuated",
    "corporate-systems-lost",
];
/// How long the normal state is looked at.
const NORMAL_HOURS: u64 = 72;

/// Says what is worth asking, and whom.
pub(super) fn ask(args: &Ask) -> Result<Exit, CliError> {
    let bar = Bar::new(args.quiet);
    bar.say("reading the plan");
    let loaded =
        load::plan(&args.plan).map_err(|error| load::with_scenarios(error, &args.scenarios))?;
    loaded.keep(args.out.as_deref(), &args.scenarios)?;
    let doubts = Doubts::of(&loaded, &[])?;
    let compiled = Compiled::of(&loaded, &bar);
    let (cases, remarks) = cases(&compiled, args)?;
    let document = in_parallel(args.work, || {
        let asking = Asking::of(&compiled, cases, &bar)?;
        let (swung, not_varied) = asking.all(&doubts);
        let mut inputs = loaded.inputs();
        let scenes = asking.cases.iter().filter_map(|case| case.scene.as_ref());
        for input in scenes.flat_map(|scene| &scene.inputs) {
            if !inputs.contains(input) {
                inputs.push(input.clone());
            }
        }
        let looked = Looked { runs: &asking.runs, remarks, swung, not_varied };
        Ok::<_, CliError>(asked(compiled.context(&inputs), looked))
    })??;
    drop(bar);
    let writing = args.writing();
    let out = Out::new(&writing);
    out.remark_shadow(&args.plan);
    let text = match args.format {
        AskFormat::Human => questions(&document, args.details, out.palette()),
        AskFormat::Markdown => markdown(&document),
        AskFormat::Csv => csv(&document),
        AskFormat::Json => super::written(Format::Json, &document, String::new)?,
        AskFormat::Yaml => super::written(Format::Yaml, &document, String::new)?,
    };
    out.answer(&text)?;
    Ok(Exit::Answered)
}

impl Ask {
    fn writing(&self) -> Writing {
        let Self { out, force, quiet, .. } = self;
        Writing { format: Format::Human, out: out.clone(), force: *force, quiet: *quiet }
    }
}

/// Something that facts are changed in.
struct Case {
    bound: Bound,
    /// The scenario; none for the normal state.
    scene: Option<Scene>,
}

/// The normal state and the scenarios asked for, else those of everybody that apply.
fn cases(compiled: &Compiled<'_>, args: &Ask) -> Result<(Vec<Case>, Vec<String>), CliError> {
    let mut remarks = Vec::new();
    let scene = |word: &OsString| {
        let scene = compiled.loaded.scenario(word, &mut compiled.chooser())?;
        Ok(compiled.loaded.settled(scene))
    };
    let scenes = if args.scenarios.is_empty() {
        let mut all = Vec::new();
        for word in EVERYBODYS {
            match scene(&OsString::from(word)) {
                Ok(scene) if !scene.bound.events.is_empty() => all.push(scene),
                Ok(_) | Err(_) => remarks.push(format!("`{word}` takes nothing in this plan")),
            }
        }
        all
    } else {
        CliError::all(args.scenarios.iter().map(scene))?
    };
    for scene in &scenes {
        scene.keep(args.out.as_deref())?;
    }
    let normal = Case { bound: normal(), scene: None };
    let scenes =
        scenes.into_iter().map(|scene| Case { bound: scene.bound.clone(), scene: Some(scene) });
    Ok((std::iter::once(normal).chain(scenes).collect(), remarks))
}

/// Nothing happens.
fn normal() -> Bound {
    Bound {
        name: "normal".to_owned(),
        title: "Nothing has failed".to_owned(),
        about: String::new(),
        horizon: Millis::hours(NORMAL_HOURS),
        starts: None,
        events: Vec::new(),
        chosen: Vec::new(),
        notes: Vec::new(),
    }
}

/// A change of the plan's text.
enum Change {
    /// Another value where it says `unknown`.
    Put(Node),
    /// A value that it leaves out, at each of these places.
    Set(Vec<String>, Node),
}

impl Change {
    fn make(&self, tree: &mut Node) -> bool {
        match self {
            Self::Put(value) => yaml::put(tree, value),
            Self::Set(paths, value) => {
                paths.iter().all(|path| yaml::set(tree, path, value.clone()).is_ok())
            }
        }
    }
}

/// A fact with its other values.
struct Fact {
    swung: Swung,
    changes: Vec<(String, Change)>,
}

/// What everything is compared with.
struct Asking<'a> {
    compiled: &'a Compiled<'a>,
    bar: &'a Bar,
    cases: Vec<Case>,
    runs: Vec<(Run, RunDocument)>,
    sheets: Vec<Sheet>,
    objectives: Vec<Place>,
    names: Vec<String>,
}

impl<'a> Asking<'a> {
    fn of(compiled: &'a Compiled<'a>, cases: Vec<Case>, bar: &'a Bar) -> Result<Self, CliError> {
        let Loaded { plan, sources, .. } = compiled.loaded;
        let one = |case: &Case| {
            let name = &case.bound.name;
            let run = run::observed(&case.bound, &mut compiled.variants(), &bar.of(name))
                .map_err(|fault| CliError::Setting { scenario: name.clone(), fault })?;
            let document = outlast_reports::run(plan, Files::new(sources), &run);
            Ok((run, document))
        };
        let runs = cases.par_iter().map(one).collect::<Result<Vec<_>, CliError>>()?;
        let all = &compiled.problem.objectives;
        let objectives: Vec<Place> = all.iter().map(|one| one.place).collect();
        let names = all.iter().map(outlast_engine::problem::Objective::name).collect();
        let sheets = runs.iter().map(|(run, _)| Sheet::of(plan, run, &[], &objectives)).collect();
        Ok(Self { compiled, bar, cases, runs, sheets, objectives, names })
    }

    /// Every fact changed alone, and what could not be changed.
    fn all(&self, doubts: &Doubts) -> (Vec<Swung>, Vec<UnaskedDocument>) {
        let (facts, mut not_varied) = self.facts(doubts);
        let of: usize = facts.iter().map(|fact| fact.changes.len()).sum();
        let begun = AtomicUsize::new(0);
        let try_one = |(value, change): &(String, Change)| {
            let n = begun.fetch_add(1, Ordering::Relaxed) + 1;
            self.bar.say(&format!("trying value {n} of {of}"));
            self.effects(value, change).map(|effects| (value.clone(), effects))
        };
        let swing = |Fact { mut swung, changes }: Fact| {
            let tried: Vec<_> = changes.par_iter().filter_map(try_one).collect();
            for (value, effects) in tried {
                swung.values.push(value);
                swung.effects.extend(effects);
            }
            swung
        };
        let swung: Vec<Swung> = facts.into_par_iter().map(swing).collect();
        let (varied, fixed): (Vec<Swung>, Vec<Swung>) =
            swung.into_iter().partition(|one| !one.values.is_empty());
        not_varied.extend(fixed.into_iter().map(|one| UnaskedDocument {
            fact: one.fact,
            why: "the plan can be written no other way there".to_owned(),
        }));
        (varied, not_varied)
    }

    /// What a change of the plan does in each case; `None` where that is no plan.
    fn effects(&self, value: &str, change: &Change) -> Option<Vec<EffectDocument>> {
        let loaded = self.compiled.loaded.with(&|tree| change.make(tree))?;
        let compiled = Compiled::of(&loaded, &());
        let of_case = |(case, before): (&Case, &Sheet)| {
            let bound = match &case.scene {
                Some(scene) => bound_again(self.compiled, scene, &loaded)?,
                None => case.bound.clone(),
            };
            let run = run::figures(&bound, &mut compiled.variants()).ok()?;
            let after = Sheet::of(&loaded.plan, &run, &[], &self.objectives);
            effect(before, &after, &self.names, (value, &case.bound.name))
        };
        Some(self.cases.iter().zip(&self.sheets).filter_map(of_case).collect())
    }

    /// Everything that the plan calls `unknown`, and every assumption of a result.
    fn facts(&self, doubts: &Doubts) -> (Vec<Fact>, Vec<UnaskedDocument>) {
        let loaded = self.compiled.loaded;
        let files = Files::new(&loaded.sources);
        let (mut facts, mut not_varied) = (Vec::new(), Vec::new());
        for doubt in doubts.written() {
            let fact = doubt.ids.first().cloned().unwrap_or_default();
            if let Some(why) = doubt.why_not {
                not_varied.push(UnaskedDocument { fact, why: why.to_owned() });
                continue;
            }
            let change = |text: &String| {
                Some((text.clone(), Change::Put(swings::value_at(text, doubt.place)?)))
            };
            let mut others = doubt.others.clone();
            others.extend(self.too_little(&fact, &doubt.path, &others));
            let (ask, paths) = (doubt.whom.word().to_owned(), vec![doubt.path.clone()]);
            let place = files.at(doubt.place);
            let swung = Swung { fact, ask, paths, place, values: Vec::new(), effects: Vec::new() };
            facts.push(Fact { swung, changes: others.iter().filter_map(change).collect() });
        }
        let tree = loaded.tree().unwrap_or_else(|_| Node::empty_map(Place::BUILT_IN));
        let written =
            |id: &str| doubts.written().iter().any(|doubt| doubt.ids.iter().any(|own| own == id));
        for id in self.assumed().into_iter().filter(|id| !written(id)) {
            let left = left_out(&loaded.plan, &tree, &id);
            if left.is_empty() {
                let why = "a plan cannot say otherwise in one value".to_owned();
                not_varied.push(UnaskedDocument { fact: id, why });
            }
            facts.extend(left.into_iter().map(|mut left| {
                left.others.extend(self.too_little(&left.id, &left.paths[0], &left.others));
                assumed(&left)
            }));
        }
        (facts, not_varied)
    }

    /// Half of what a capacity is asked to carry, if it is not tried anyway.
    fn too_little(&self, fact: &str, path: &str, others: &[String]) -> Option<String> {
        let half = loads(self.runs.iter().map(|(run, _)| run), fact, path).pop();
        half.filter(|half| !others.contains(half))
    }

    /// The assumptions that some result stands on, each once.
    fn assumed(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for one in self.runs.iter().flat_map(|(_, document)| &document.assumptions) {
            if !all.contains(&one.id) {
                all.push(one.id.clone());
            }
        }
        all
    }
}

/// What a plan leaves out, with the changes that would write it.
fn assumed(left: &swings::Left) -> Fact {
    let place = Place { file: FileId(SET_BY_SCENARIO.0), line: 1, ..Place::BUILT_IN };
    let change = |text: &String| {
        let value = swings::value_at(text, place)?;
        Some((text.clone(), Change::Set(left.paths.clone(), value)))
    };
    let changes = left.others.iter().filter_map(change).collect();
    let ask = left.whom.word().to_owned();
    let (fact, paths) = (left.id.clone(), left.paths.clone());
    let swung = Swung { fact, ask, paths, place: None, values: Vec::new(), effects: Vec::new() };
    Fact { swung, changes }
}
