//! The state view against closed forms and against every state one by one.
#![allow(clippy::cast_precision_loss, reason = "counts and agents of small plans")]
#![allow(clippy::disallowed_methods, reason = "what is expected, up to a tolerance")]

use std::fmt::Write as _;

use outlast_engine::assess::bulk::Bulk;
use outlast_engine::failures::{Failures, Set};
use outlast_engine::risk::{ENUMERATED, Question, Silence, StateView, state_view};
use outlast_engine::{Problem, Scope, State, Steering, assess, compile};
use outlast_models::Plan;
use outlast_models::pac::PacAnswers;
use outlast_models::units::WeekHour;
use outlast_reference::{RandomCase, random_few};
use outlast_tests::small::plan_with;

const HOUR: WeekHour = WeekHour(0);

/// 100 agents at home, always on shift, who stand on components of the escape hatch.
pub(crate) fn stands_on(components: &str, needs: &str, failures: &str) -> (Plan, Problem) {
    let text = format!(
        "outlast: 1
name: closed
sites:
  homes: {{kind: homes}}
components: {{{components}}}
groups:
  all:
    agents: 100
    work_at: [homes]
    phones: [pstn]
    access: []
    ways:
      own: {{needs: [{needs}]}}
objectives:
  - {{overall: true, mbco: 50%, rto: 4h, mtpd: 8h}}
failures:
{failures}
"
    );
    let plan =
        plan_with(&text, &mut |_: &str| Err(String::new())).unwrap_or_else(|e| panic!("{e}"));
    let problem = compile(&plan, &PacAnswers::default());
    (plan, problem)
}

pub(crate) fn viewed(plan: &Plan, problem: &Problem, trials: u64) -> Result<StateView, Silence> {
    let question =
        Question { trials, seed: 1, hour: HOUR, until_error: None, enumerated: ENUMERATED };
    state_view(problem, plan, &|_| Vec::new(), question, &())
}

/// The chance of missing the only objective.
fn missed(components: &str, needs: &str, failures: &str) -> f64 {
    let (plan, problem) = stands_on(components, needs, failures);
    let view = viewed(&plan, &problem, 0).unwrap();
    assert!(view.rest < 1e-15, "all of it is exact");
    let missed = view.missed(0);
    assert!(missed.certain.width() < 1e-12 && missed.certain.holds(missed.best));
    missed.best
}

fn is(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-12 * expected.max(1e-3), "{found}, not {expected}");
}

const ABC: &str =
    "  components: {a: {probability: 10%}, b: {probability: 20%}, c: {probability: 30%}}";

#[test]
fn what_stands_in_series_fails_with_any() {
    is(missed("a: {}, b: {}, c: {}", "a, b, c", ABC), 1.0 - 0.9 * 0.8 * 0.7);
}

#[test]
fn what_stands_in_parallel_fails_with_all() {
    is(missed("a: {}, b: {}, c: {}", "any: [a, b, c]", ABC), 0.1 * 0.2 * 0.3);
}

#[test]
fn two_of_three_fail_with_two() {
    let expected = 0.1 * 0.2 * 0.7 + 0.1 * 0.8 * 0.3 + 0.9 * 0.2 * 0.3 + 0.1 * 0.2 * 0.3;
    is(missed("a: {}, b: {}, c: {}", "2 of: [a, b, c]", ABC), expected);
}

/// The bridge network: 2 p² + 2 p³ − 5 p⁴ + 2 p⁵ of working, all with the same p.
#[test]
fn a_bridge_fails_as_its_polynomial_says() {
    let paths = "any: [ad, be, ace, bcd]";
    let components = "a: {}, b: {}, c: {}, d: {}, e: {}, ad: {needs: [a, d]}, be: {needs: [b, e]}, ace: {needs: [a, c, e]}, bcd: {needs: [b, c, d]}";
    let rates = "  components: {a: {probability: 10%}, b: {probability: 10%}, c: {probability: 10%}, d: {probability: 10%}, e: {probability: 10%}}";
    let up = [0.81, 0.729, 0.6561, 0.59049];
    let works = 2.0 * up[0] + 2.0 * up[1] - 5.0 * up[2] + 2.0 * up[3];
    is(missed(components, paths, rates), 1.0 - works);
}

/// Alike components of which β fail together: the β-factor model.
#[test]
fn a_common_cause_takes_its_share_of_the_failures() {
    let failures = "  components: {a: {mtbf: 90h, mttr: 10h}, b: {mtbf: 90h, mttr: 10h}}
  common: {both: {of: [a, b], beta: 20%}}";
    let unavailable = |rate: f64| rate * 10.0 / (1.0 + rate * 10.0);
    let (own, both) = (unavailable(0.8 / 90.0), unavailable(0.2 / 90.0));
    is(missed("a: {}, b: {}", "any: [a, b]", failures), 1.0 - (1.0 - both) * (1.0 - own * own));
}

/// Occurrences overlap, so durations do not simply add.
#[test]
fn hazards_overlap() {
    let failures = "  hazards: {storm: {per_year: 12, lasts: 30d, hits: {a: 60%}}}";
    let busy = -(-12.0_f64 * 30.0 / 365.0).exp_m1();
    is(missed("a: {}", "a", failures), 0.6 * busy);
}

#[test]
fn what_is_always_or_never_down_is_so() {
    let of =
        |p: &str| format!("  components: {{a: {{probability: {p}}}, b: {{probability: 50%}}}}");
    is(missed("a: {}, b: {}", "any: [a, b]", &of("100%")), 0.5);
    is(missed("a: {}, b: {}", "any: [a, b]", &of("0%")), 0.0);
}

/// A random plan with few components, each with a chance of its own, by `more`; down for so long
/// that no reserve lasts.
pub(crate) fn with_chances(seed: u64, more: usize) -> Option<(Plan, Problem)> {
    with_chances_below(seed, more, 30)
}

/// The same with larger or smaller chances.
pub(crate) fn with_chances_below(
    seed: u64,
    more: usize,
    percent: usize,
) -> Option<(Plan, Problem)> {
    let (mut text, files, answers): RandomCase = random_few(seed);
    let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
    let plan = plan_with(&text, &mut load).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
    let problem = compile(&plan, &answers);
    let failures = Failures::of_components(&problem);
    let (classes, _) = Bulk::new(&problem, &failures, HOUR).classes();
    let mut ids: Vec<String> = classes
        .iter()
        .flatten()
        .map(|failure| failures.get(*failure).id.to_string())
        .filter(|id| text.contains(id.as_str()))
        .collect();
    ids.truncate(10);
    if ids.len() < 4 || problem.objectives.is_empty() {
        return None;
    }
    text.push_str("failures:\n  components:\n");
    for (n, id) in ids.iter().enumerate() {
        let _ = writeln!(
            text,
            "    {id}: {{probability: {}%, mttr: 36525d}}",
            1 + (n * (7 + more) + seed as usize) % percent
        );
    }
    let plan = plan_with(&text, &mut load).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
    let problem = compile(&plan, &answers);
    Some((plan, problem))
}

/// Every state with its chance: what each works out by itself.
pub(crate) fn one_by_one(plan: &Plan, problem: &Problem) -> (f64, Vec<f64>) {
    let failures = Failures::of_components(problem);
    let chances: Vec<_> = plan
        .failures
        .components
        .keys()
        .map(|id| {
            let rate = plan.failures.rate(&problem.components[id].0).unwrap();
            let outlast_models::plan::Frequency::Probability(down) = rate.frequency else {
                panic!()
            };
            (failures.find(id.as_str()).unwrap(), down.value.0 as f64 / 1e12)
        })
        .collect();
    let (held, _) = assess::normal(problem, &State::normal(HOUR));
    let (mut working, mut missed) = (0.0, vec![0.0; problem.objectives.len()]);
    for mask in 0..1_u32 << chances.len() {
        let is_down = |n: &usize| mask >> n & 1 == 1;
        let down = (0..chances.len()).filter(is_down).map(|n| chances[n].0);
        let weight: f64 = (0..chances.len())
            .map(|n| if is_down(&n) { chances[n].1 } else { 1.0 - chances[n].1 })
            .product();
        let state = failures.state(problem, HOUR, &Set::new(down));
        let outcome = assess(problem, &state, &held, Scope::Moved, Steering::Directed);
        working += weight * outcome.working() as f64;
        let attainable = assess::attainable(problem, &state, &held);
        for (n, one) in attainable.iter().enumerate() {
            let no = matches!(one, assess::Attainable::No { .. });
            missed[n] += if no && !outcome.objectives[n].is_met() { weight } else { 0.0 };
        }
    }
    (working, missed)
}

#[test]
fn random_plans_are_what_their_states_are_one_by_one() {
    let (mut plans, mut differ) = (0, 0);
    for seed in 9_000..9_040 {
        let Some((plan, problem)) = with_chances(seed, 0) else { continue };
        let (working, missed) = one_by_one(&plan, &problem);
        let view = match viewed(&plan, &problem, 20_000) {
            Err(Silence::NothingFails) => continue,
            view => view.unwrap(),
        };
        plans += 1;
        let expected = view.expected();
        let outside =
            working < expected.certain.low - 1e-4 || working > expected.certain.high + 1e-4;
        assert!(!outside, "seed {seed}: {working} {expected:?} {}", view.exact.within_gap);
        for (n, missed) in missed.into_iter().enumerate() {
            let found = view.missed(n);
            let outside = missed < found.certain.low - 1e-6 || missed > found.certain.high + 1e-6;
            assert!(!outside, "seed {seed} objective {n}: {missed} {found:?}");
            let unlikely = missed < found.likely.low - 1e-6 || missed > found.likely.high + 1e-6;
            differ += usize::from(unlikely);
        }
    }
    assert!(plans > 15 && differ == 0, "{plans} plans, {differ} outside 95 %");
}
