//! What nobody knows, on random plans: two facts are called unknown, and whichever of
//! its values each of them has, the figures lie between certain and possible. So they do
//! by the reference.
//!
//! What each is in truth is looked at as well: a quantity between the values that are
//! tried, another list. The total is not monotone, so that a few of these lie outside,
//! and results say that they may; there must not be more than one in twenty.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use outlast_cli::load::{self, Loaded};
use outlast_cli::unknown::Doubts;
use outlast_cli::variants::Compiled;
use outlast_engine::run;
use outlast_models::swings::{Doubt, value_at};
use outlast_models::yaml::{Node, Value};
use outlast_reference::{Failure, failures};
use outlast_reports::{Files, RunDocument};
use outlast_tests::between;
use outlast_tests::many::Subject;
use rayon::prelude::*;

const SEEDS: std::ops::Range<u64> = 7_040..7_100;
/// Facts of a plan that are called unknown.
const FACTS: usize = 2;
/// Scenarios of a plan.
const STATES: usize = 2;

/// The steps to a value of a plan's text: the place of an entry or item.
type Steps = Vec<usize>;

/// A random plan as the command line reads it.
struct Home {
    subject: Subject,
    loaded: Loaded,
    folder: tempfile::TempDir,
}

impl Home {
    fn of(seed: u64) -> Self {
        let subject = Subject::of(seed);
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(load::PLAN_FILE, &subject.text);
        for (name, text) in &subject.files {
            write(name, text);
        }
        let mut loaded = load::read_plan(folder.path().as_os_str()).unwrap();
        loaded.pac = subject.answers.clone();
        Self { subject, loaded, folder }
    }

    /// Some of its states that a scenario of events at the start can bring about, as
    /// files.
    fn scenarios(&self) -> Vec<(Failure, PathBuf)> {
        let Subject { plan, seed, .. } = &self.subject;
        let mut all = failures(plan, *seed, 60);
        all.retain(|state| {
            let Failure { failed, evacuated, .. } = state.clone();
            let only = Failure { failed, evacuated, ..Failure::default() };
            *state != Failure::default() && *state == only
        });
        let step = (all.len() / STATES).max(1);
        let some = all.into_iter().skip(usize::try_from(*seed).unwrap() % step).step_by(step);
        let write = |(n, state): (usize, Failure)| {
            let path = self.folder.path().join(format!("state-{n}.yaml"));
            fs::write(&path, scenario(&state)).unwrap();
            (state, path)
        };
        some.take(STATES).enumerate().map(write).collect()
    }
}

fn scenario(state: &Failure) -> String {
    let event = |word: &str, ids: &BTreeSet<String>| {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        if ids.is_empty() {
            return String::new();
        }
        format!("  - {{at: 0h, {word}: [{}]}}\n", ids.join(", "))
    };
    let events = event("fail", &state.failed) + &event("evacuate", &state.evacuated);
    format!(
        "outlast-scenario: 1\nname: a state\nhorizon: 24h\nstarts: Mon 00:00\nevents:\n{events}"
    )
}

/// Every value of a tree but the whole.
fn steps(node: &Node, here: &Steps, all: &mut Vec<Steps>) {
    let children: Vec<&Node> = match &node.value {
        Value::Map(entries) => entries.iter().map(|(_, child)| child).collect(),
        Value::Seq(items) => items.iter().collect(),
        Value::Scalar { .. } | Value::Empty => Vec::new(),
    };
    for (n, child) in children.into_iter().enumerate() {
        let below = [here.as_slice(), &[n]].concat();
        all.push(below.clone());
        steps(child, &below, all);
    }
}

fn at<'t>(tree: &'t mut Node, steps: &[usize]) -> &'t mut Node {
    let Some((first, rest)) = steps.split_first() else { return tree };
    match &mut tree.value {
        Value::Map(entries) => at(&mut entries[*first].1, rest),
        Value::Seq(items) => at(&mut items[*first], rest),
        Value::Scalar { .. } | Value::Empty => unreachable!("steps lead somewhere"),
    }
}

/// A plan's text with other values at some places.
fn with(loaded: &Loaded, values: &[(Steps, Node)]) -> Option<Loaded> {
    loaded.with(&|tree| {
        for (steps, value) in values {
            *at(tree, steps) = value.clone();
        }
        true
    })
}

/// A fact that is called unknown.
struct Marked {
    steps: Steps,
    doubt: Doubt,
    /// What it is in truth.
    truth: Node,
}

/// The plan with some of its facts called unknown, in an order of its seed.
fn marked(home: &Home) -> Option<(Loaded, Vec<Marked>)> {
    let mut tree = home.loaded.tree().unwrap();
    let mut spots = Vec::new();
    steps(&tree, &Vec::new(), &mut spots);
    let seed = home.subject.seed;
    let shuffled = |steps: &Steps| {
        steps.iter().fold(seed, |sum, step| {
            (sum ^ *step as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
        })
    };
    spots.sort_by_key(shuffled);
    let mut found: Vec<Marked> = Vec::new();
    let mut open = None;
    for steps in spots {
        let inside = |one: &Marked| one.steps.starts_with(&steps) || steps.starts_with(&one.steps);
        if found.iter().any(inside) {
            continue;
        }
        let truth = at(&mut tree, &steps).clone();
        let unknown = |place| value_at("unknown", place).unwrap();
        let mut values: Vec<(Steps, Node)> =
            found.iter().map(|one| (one.steps.clone(), unknown(one.truth.place))).collect();
        values.push((steps.clone(), unknown(truth.place)));
        let Some(loaded) = with(&home.loaded, &values) else { continue };
        let doubts = Doubts::of(&loaded, &[]).unwrap();
        let is_it = |doubt: &&Doubt| doubt.place == truth.place && doubt.why_not.is_none();
        let Some(doubt) = doubts.written().iter().find(is_it).cloned() else { continue };
        found.push(Marked { steps, doubt, truth });
        open = Some(loaded);
        if found.len() == FACTS {
            break;
        }
    }
    open.map(|open| (open, found))
}

/// Runs a plan as `outlast run` does.
fn ran(loaded: &Loaded, scenario: &Path) -> Option<RunDocument> {
    let doubts = Doubts::of(loaded, &[]).unwrap();
    let compiled = Compiled::of(loaded, &());
    let scene = loaded.scenario(scenario.as_os_str(), &mut compiled.chooser()).ok()?;
    let run = run::run(&scene.bound, &mut compiled.variants()).unwrap();
    let (plan, files) = (&loaded.plan, Files::new(&loaded.sources));
    if doubts.is_empty() {
        return Some(outlast_reports::run(plan, files, &run));
    }
    let known = doubts.known(&compiled, &scene, &run, &());
    Some(outlast_reports::run_where_unknown(plan, files, &run, known))
}

/// What each fact may be: in truth, or one of the values tried.
fn readings(marked: &[Marked]) -> Vec<Vec<(Steps, Node)>> {
    marked.iter().fold(vec![Vec::new()], |all, one| {
        let tried = one.doubt.others.iter().map(|text| value_at(text, one.truth.place).unwrap());
        let values: Vec<Node> = std::iter::once(one.truth.clone()).chain(tried).collect();
        let longer = |reading: &Vec<(Steps, Node)>| {
            let with =
                |value: &Node| [reading.as_slice(), &[(one.steps.clone(), value.clone())]].concat();
            values.iter().map(with).collect::<Vec<_>>()
        };
        all.iter().flat_map(longer).collect()
    })
}

/// Whether what a fact is in truth is one of the values that it is given.
fn is_tried(marked: &Marked) -> bool {
    let others = marked.doubt.others.iter();
    let mut values = others.filter_map(|text| value_at(text, marked.truth.place));
    values.any(|value| value.value == marked.truth.value)
}

/// How many readings, and what lies outside.
#[derive(Default)]
struct Tally {
    /// Of values that are tried.
    outside: (usize, Vec<String>),
    /// Of those between or besides them.
    beside: (usize, Vec<String>),
    /// Compared with the reference.
    by_reference: usize,
}

fn check(seed: u64) -> Tally {
    let mut tally = Tally::default();
    let home = Home::of(seed);
    let Some((open, marked)) = marked(&home) else { return tally };
    let facts: Vec<&str> = marked.iter().map(|one| one.doubt.path.as_str()).collect();
    for (state, scenario) in home.scenarios() {
        let Some(said) = ran(&open, &scenario) else { continue };
        for (n, reading) in readings(&marked).iter().enumerate() {
            let Some(fixed) = with(&home.loaded, reading) else { continue };
            let Some(run) = ran(&fixed, &scenario) else { continue };
            let mut faults = between::faults(&said, &run);
            if let Some(fault) = by_reference(&said, &fixed, &state, &mut tally.by_reference) {
                faults.push(fault);
            }
            // Of a quantity or a list not every value is tried, and that is said.
            let beside = marked.iter().zip(reading).any(|(one, (_, value))| {
                let is_true = value.value == one.truth.value;
                is_true && one.doubt.is_open() && !is_tried(one)
            });
            let list = if beside { &mut tally.beside } else { &mut tally.outside };
            list.0 += 1;
            if let Some(first) = faults.first() {
                list.1.push(format!("seed {seed} {facts:?} reading {n} {state:?}: {first}"));
            }
        }
    }
    tally
}

/// What the reference says of a reading, where its state is that of the whole run.
fn by_reference(
    said: &RunDocument,
    fixed: &Loaded,
    state: &Failure,
    compared: &mut usize,
) -> Option<String> {
    let Loaded { plan, pac, .. } = fixed;
    let in_time = |id: &String| {
        let region = plan.cloud.regions.get(id.as_str());
        plan.feeds.contains_key(id.as_str())
            || region.is_some_and(|one| one.standby.value.is_some())
    };
    if state.failed.iter().any(in_time) {
        return None;
    }
    let best = outlast_reference::directed(plan, pac, state).filter(|best| best.exact)?;
    let extents = said.unknown.as_ref()?.moments.first()?;
    *compared += 1;
    let all = extents.moved.directed.all;
    let outside = best.working < all.certain.working || best.working > all.possible.working;
    outside.then(|| format!("the reference has {} at work, not in {all:?}", best.working))
}

#[test]
fn whatever_a_random_plan_does_not_know_lies_between_certain_and_possible() {
    let tallies: Vec<Tally> = SEEDS.into_par_iter().map(check).collect();
    let count = |of: fn(&Tally) -> usize| tallies.iter().map(of).sum::<usize>();
    let (tried, beside) = (count(|one| one.outside.0), count(|one| one.beside.0));
    let by_reference = count(|one| one.by_reference);
    assert!(tried > 200 && by_reference > 100, "{tried} readings, {by_reference} by the reference");
    let outside: Vec<&String> = tallies.iter().flat_map(|one| &one.outside.1).collect();
    assert!(outside.is_empty(), "{} of {tried} outside: {outside:#?}", outside.len());
    let lost: Vec<&String> = tallies.iter().flat_map(|one| &one.beside.1).collect();
    assert!(lost.len() * 20 <= beside, "{} of {beside} between outside: {lost:#?}", lost.len());
}
