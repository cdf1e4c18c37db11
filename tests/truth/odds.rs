//! The state view of random small plans, against all of their states with their chances
//! as the reference reckons them.

#![allow(clippy::disallowed_methods, reason = "what comes of it is compared to a billionth")]

use std::collections::{BTreeMap, BTreeSet};

use outlast_engine::risk::{ENUMERATED, Question, StateView, state_view};
use outlast_models::plan::Rate;
use outlast_reference::{Failure, Lot, Opinion, Seen, Verdict, lots};
use rayon::prelude::*;

use crate::every::{HOUR, SEEDS, Trial, order_of};

/// The states of a plan, and what each does.
struct States {
    all: Vec<(Lot, Seen)>,
}

impl States {
    fn of(trial: &Trial) -> Self {
        let rated = |id: &String| -> Option<(String, Rate)> {
            let component =
                trial.problem.components.values().find(|(own, _)| own.id == *id.as_str());
            let rate = trial.plan.failures.rate(&component?.0)?;
            Some((id.clone(), rate))
        };
        let rates: Vec<(String, Rate)> =
            trial.causes.iter().filter_map(|cause| rated(&cause.id)).collect();
        let opinion = Opinion::new(&trial.plan, &trial.answers);
        let mut known: BTreeMap<(BTreeSet<String>, BTreeSet<String>), Seen> = BTreeMap::new();
        let see = |lot: Lot| {
            let key = (lot.failed.clone(), lot.spent.clone());
            let look = |(failed, spent): &(BTreeSet<String>, BTreeSet<String>)| {
                let (failed, unpowered) = (failed.clone(), spent.clone());
                opinion.seen(&Failure { failed, unpowered, ..Failure::default() })
            };
            let seen = known.entry(key).or_insert_with_key(look).clone();
            (lot, seen)
        };
        Self { all: lots(&trial.plan, &rates).into_iter().map(see).collect() }
    }

    /// The chance that an objective is missed given what is so, and that it may be.
    fn missed(&self, objective: usize, given: impl Fn(&Lot) -> bool) -> (f64, f64) {
        let (mut all, mut surely, mut perhaps) = (0.0, 0.0, 0.0);
        for (lot, seen) in self.all.iter().filter(|(lot, _)| given(lot)) {
            all += lot.chance;
            surely += if seen.objectives[objective] == Verdict::Missed { lot.chance } else { 0.0 };
            perhaps +=
                if seen.objectives[objective] == Verdict::Attained { 0.0 } else { lot.chance };
        }
        (surely / all, perhaps / all)
    }

    /// Agents working, expected.
    #[expect(clippy::cast_precision_loss, reason = "agents are few")]
    fn working(&self) -> Option<f64> {
        let each = self.all.iter().map(|(lot, seen)| Some(lot.chance * seen.working? as f64));
        each.sum()
    }
}

fn view(trial: &Trial, trials: u64) -> StateView {
    let question =
        Question { trials, seed: 1, hour: HOUR, until_error: None, enumerated: ENUMERATED };
    state_view(&trial.problem, &trial.plan, &|_| Vec::new(), question, &()).unwrap()
}

fn is(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-9 * expected.abs().max(1.0)
}

fn differences(trial: &Trial) -> Vec<String> {
    let states = States::of(trial);
    let whole: f64 = states.all.iter().map(|(lot, _)| lot.chance).sum();
    assert!(is(whole, 1.0), "all chances come to {whole}");
    let view = view(trial, 20_000);
    let mut found = Vec::new();
    let expected = view.expected();
    if let Some(working) = states.working() {
        let (low, high) = (expected.certain.low - 1e-9, expected.certain.high + 1e-9);
        if !(low <= working && working <= high) || (view.rest == 0.0 && !is(expected.best, working))
        {
            found.push(format!("{working} work, {expected:?}"));
        }
    }
    for (n, place) in order_of(&trial.plan, &trial.problem).into_iter().enumerate() {
        let (surely, perhaps) = states.missed(place, |_| true);
        let says = view.missed(n);
        if surely > says.certain.high + 1e-12 || perhaps < says.certain.low - 1e-12 {
            found.push(format!("objective {n} missed {surely} to {perhaps}, {says:?}"));
        }
        if surely < perhaps {
            continue;
        }
        if surely > says.likely.high + 1e-12 || surely < says.likely.low - 1e-12 {
            found.push(format!("objective {n} missed {surely} beyond 95 % {says:?}"));
        }
        if view.rest < 1e-15 && !is(says.best, surely) {
            found.push(format!("objective {n} missed {surely}, {says:?}"));
        }
        if view.rest < 1e-15 {
            found.extend(importance_differs(&states, &view, n, place));
        }
    }
    found
}

fn importance_differs(states: &States, view: &StateView, n: usize, place: usize) -> Vec<String> {
    let mut found = Vec::new();
    let (missed, _) = states.missed(place, |_| true);
    for (at, event) in view.events.all.iter().enumerate() {
        let Some(says) = view.importance(at, n) else { continue };
        let has = |lot: &Lot| lot.happened.contains(event.id.as_str());
        let (given, without) =
            (states.missed(place, has).0, states.missed(place, |lot| !has(lot)).0);
        let mut compare = |name: &str, ours: Option<f64>, theirs: f64| {
            if theirs.is_finite() && !ours.is_some_and(|ours| is(ours, theirs)) {
                found.push(format!("objective {n}, {name} of {}: {ours:?}, {theirs}", event.id));
            }
        };
        compare("given", Some(says.given), given);
        compare("birnbaum", says.birnbaum, given - without);
        compare("fussell-vesely", says.fussell_vesely, 1.0 - without / missed);
        compare("achievement", says.achievement, given / missed);
        compare("reduction", says.reduction, missed / without);
    }
    found
}

/// Two offices that the same feed keeps going, which have reserves of their own; all is
/// well while one of them works.
fn on_one_feed(failures: &str) -> f64 {
    let text = format!(
        "outlast: 1
sites:
  leeds: {{kind: office, power: {{feeds: [grid], ups: 1h}}}}
  york: {{kind: office, power: {{feeds: [grid], ups: 3h}}}}
components: {{spare: {{}}}}
circuits:
  leeds-net: {{from: leeds, to: internet}}
  york-net: {{from: york, to: internet}}
groups:
  first: {{agents: 10, work_at: leeds, phones: webrtc-embedded, access: internet}}
  second: {{agents: 10, work_at: york, phones: webrtc-embedded, access: internet}}
objectives: [{{overall: true, mbco: 50%}}]
failures:
{failures}
"
    );
    let plan = outlast_tests::small::plan(&text).unwrap_or_else(|e| panic!("{e}"));
    let problem = outlast_engine::compile(&plan, &<_>::default());
    let question =
        Question { trials: 0, seed: 1, hour: HOUR, until_error: None, enumerated: ENUMERATED };
    let view = state_view(&problem, &plan, &|_| Vec::new(), question, &()).unwrap();
    view.missed(0).best
}

/// The longer reserve is gone only once the shorter one is: both began with the feed.
#[test]
fn reserves_on_the_same_feed_began_together() {
    let found = on_one_feed("  components: {grid: {mtbf: 90h, mttr: 10h}}");
    let expected = 0.1 * (-3.0_f64 / 10.0).exp();
    assert!(is(found, expected), "{found}, not {expected}");
}

/// What a hazard takes is back when the hazard is over, whatever the feed's own repair.
#[test]
fn a_feed_that_a_hazard_took_stays_away_as_long_as_the_hazard() {
    let found = on_one_feed(
        "  components: {grid: {mtbf: 1000000h, mttr: 1h}}
  hazards: {storm: {per_year: 4, lasts: 20h, repair: exponential, hits: [grid]}}",
    );
    let busy = -(-4.0_f64 * 20.0 / 8_760.0).exp_m1();
    let expected = busy * (-3.0_f64 / 20.0).exp();
    assert!((found - expected).abs() < 1e-3 * expected, "{found}, not {expected}");
}

/// And what a common cause took, as long as that lasts.
#[test]
fn a_feed_that_a_common_cause_took_stays_away_as_long_as_the_cause() {
    let found = on_one_feed(
        "  components: {grid: {mtbf: 100h, mttr: 1h}, spare: {mtbf: 100h, mttr: 20h}}
  common: {both: {of: [grid, spare], beta: 100%}}",
    );
    let expected = 0.2 / 1.2 * (-3.0_f64 / 20.0).exp();
    assert!((found - expected).abs() < 1e-3 * expected, "{found}, not {expected}");
}

#[test]
fn the_state_view_of_small_plans_is_what_all_their_states_come_to() {
    let one = |seed: u64| {
        let trial = Trial::of(seed)?;
        let found = differences(&trial);
        Some(
            found
                .into_iter()
                .take(4)
                .map(|line| format!("seed {seed}: {line}"))
                .collect::<Vec<_>>(),
        )
    };
    let all: Vec<Vec<String>> = SEEDS.into_par_iter().filter_map(one).collect();
    let found = all.concat();
    assert!(found.is_empty(), "{} plans:\n{}", all.len(), found.join("\n"));
    assert!(all.len() > 15, "only {} plans", all.len());
}
