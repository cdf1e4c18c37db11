//! Plans in which much happens at once: against closed forms and every state one by one.
#![allow(clippy::disallowed_methods, reason = "what is expected, up to a tolerance")]

use std::fmt::Write as _;

use outlast_engine::chance::interval::clopper_pearson;
use outlast_engine::risk::{Question, Silence, StateView, state_view};
use outlast_engine::{Problem, compile};
use outlast_models::Plan;
use outlast_models::pac::PacAnswers;
use outlast_models::units::WeekHour;
use outlast_tests::small::plan_with;

use crate::risk::{one_by_one, with_chances_below};

fn viewed(
    plan: &Plan,
    problem: &Problem,
    enumerated: u64,
    seed: u64,
) -> Result<StateView, Silence> {
    let hour = WeekHour(0);
    let question = Question { trials: 40_960, seed, hour, until_error: None, enumerated };
    state_view(problem, plan, &|_| Vec::new(), question, &())
}

/// 100 agents who stand on one of three parts that hardly ever fail, 20 on most of forty
/// of which four are down at any moment.
fn drowned() -> (Plan, Problem) {
    beside_noise("any: [a, b, c]", "")
}

/// 100 agents who stand on something, 20 on most of forty of which four are down at any
/// moment.
fn beside_noise(needs: &str, hazards: &str) -> (Plan, Problem) {
    let noise: Vec<String> = (0..40).map(|n| format!("n{n:02}")).collect();
    let mut text = "outlast: 1\nsites: {homes: {kind: homes}}\ncomponents:\n".to_owned();
    for name in ["a", "b", "c"].into_iter().chain(noise.iter().map(String::as_str)) {
        let _ = writeln!(text, "  {name}: {{}}");
    }
    text.push_str("groups:\n");
    let most = format!("38 of: [{}]", noise.join(", "));
    for (name, agents, needs) in [("all", 100, needs), ("few", 20, most.as_str())] {
        let _ = writeln!(
            text,
            "  {name}:\n    agents: {agents}\n    work_at: [homes]\n    phones: [pstn]\n    access: []\n    \
             ways: {{own: {{needs: [{needs}]}}}}"
        );
    }
    text.push_str("objectives: [{overall: true, mbco: 50%}]\nfailures:\n  components:\n");
    for name in ["a", "b", "c"] {
        let _ = writeln!(text, "    {name}: {{probability: 0.1%, mttr: 1h}}");
    }
    for name in &noise {
        let _ = writeln!(text, "    {name}: {{probability: 10%, mttr: 1h}}");
    }
    text.push_str(hazards);
    let plan = plan_with(&text, &mut |_: &str| Err(String::new())).unwrap();
    let problem = compile(&plan, &PacAnswers::default());
    (plan, problem)
}

/// A storm that hits each of three with a half, so that nothing is certain: it is drawn.
#[test]
fn a_rare_miss_by_chance_of_a_chance_is_drawn_towards() {
    let storm = "  hazards: {storm: {per_year: 0.1, lasts: 10h, hits: {a: 50%, b: 50%, c: 50%}}}\n";
    let (plan, problem) = beside_noise("any: [a, b, c]", storm);
    let busy = -(-0.1 * 10.0 / 8_760.0_f64).exp_m1();
    let each: f64 = 1.0 - 0.999 * 0.5;
    let expected = busy * each.powi(3) + (1.0 - busy) * 1e-9;
    for (seed, enumerated) in [(1, 50_000), (2, 900), (3, 1)] {
        let view = viewed(&plan, &problem, enumerated, seed).unwrap();
        let found = view.missed(0);
        assert!(found.certain.holds(expected), "{expected} {found:?}");
        assert!(found.certain.width() > 1e-5, "{found:?}");
        assert!(found.likely.holds(expected), "{expected} {found:?}");
        assert!(found.likely.width() < 0.2 * expected, "{expected} {found:?}");
        // Drawn plainly so many trials prove no more than this.
        let plainly = clopper_pearson(0, 40_960, 0.05).high * view.rest;
        assert!(found.likely.width() < 0.2 * plainly);
    }
}

#[test]
fn a_rare_miss_that_is_drowned_is_found_at_its_chance() {
    let (plan, problem) = drowned();
    for (seed, enumerated) in [(1, 50_000), (2, 50_000), (3, 900), (4, 1)] {
        let view = viewed(&plan, &problem, enumerated, seed).unwrap();
        let found = view.missed(0);
        // By coherence it is known for certain, whatever was drawn.
        assert!(found.certain.holds(1e-9) && found.certain.width() < 1e-19, "{found:?}");
        assert!(found.likely.holds(1e-9) && found.certain.holds(found.best), "{found:?}");
        // And it is known what misses are made of.
        let of = |id: &str| {
            let place = view.events.all.iter().position(|event| event.id == *id).unwrap();
            view.importance(place, 0).unwrap().fussell_vesely.unwrap()
        };
        assert!((of("a") - 1.0).abs() < 0.01, "{}", of("a"));
        assert!(of("n07").abs() < 0.1, "{}", of("n07"));
    }
}

#[test]
fn what_is_likely_in_random_plans_is_what_its_states_are_one_by_one() {
    let (mut plans, mut figures, mut outside) = (0, 0, 0);
    for seed in 9_000..9_012 {
        let Some((plan, problem)) = with_chances_below(seed, 0, 60) else { continue };
        let (working, missed) = one_by_one(&plan, &problem);
        let view = match viewed(&plan, &problem, 12, seed) {
            Err(Silence::NothingFails) => continue,
            view => view.unwrap(),
        };
        plans += 1;
        let expected = view.expected();
        assert!(expected.certain.low - 1e-4 <= working && working <= expected.certain.high + 1e-4);
        assert!(expected.likely.low - 1e-4 <= working && working <= expected.likely.high + 1e-4);
        for (n, missed) in missed.into_iter().enumerate() {
            let found = view.missed(n);
            let is_in = |ends: outlast_engine::chance::interval::Interval| {
                ends.low - 1e-6 <= missed && missed <= ends.high + 1e-6
            };
            assert!(is_in(found.certain), "seed {seed} {n}: {missed} {found:?}");
            outside += usize::from(!is_in(found.likely));
            figures += 1;
        }
    }
    assert!(plans > 5 && outside * 20 <= figures, "{plans} plans, {outside} of {figures}");
}

/// The pilot hangs on problem and seed only, and what is drawn on the trials too.
#[test]
fn the_same_is_drawn_every_time() {
    let (plan, problem) = drowned();
    let [one, other] = [(); 2].map(|()| viewed(&plan, &problem, 900, 7).unwrap().missed(0));
    assert_eq!(one, other);
}
