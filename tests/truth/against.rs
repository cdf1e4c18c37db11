//! Two plans compared, against closed forms, every state one by one, and two views apart.
#![allow(clippy::cast_precision_loss, reason = "counts and agents of small plans")]
#![allow(clippy::disallowed_methods, reason = "what is expected, up to a tolerance")]

use std::fmt::Write as _;

use outlast_engine::Problem;
use outlast_engine::risk::against::{Against, Paired, Subject, against};
use outlast_engine::risk::{ENUMERATED, Question, Years};
use outlast_models::Plan;
use outlast_models::units::WeekHour;

use crate::risk::{one_by_one, stands_on, viewed, with_chances};

const MS: f64 = 100.0 * 3_600_000.0;

fn compared(new: &(Plan, Problem), old: &(Plan, Problem), trials: u64, years: u64) -> Against {
    let question =
        Question { trials, seed: 3, hour: WeekHour(0), until_error: None, enumerated: ENUMERATED };
    let of = |(plan, problem)| Subject { problem, plan, plays: &|_| Vec::new() };
    let years = Years { years, seed: 3 };
    against([of((&new.0, &new.1)), of((&old.0, &old.1))], question, years, &()).unwrap()
}

fn is_exactly(found: &Paired, expected: f64) {
    let Paired { difference, .. } = found;
    assert!((difference.best - expected).abs() < 1e-14, "{difference:?} {expected}");
    assert!(difference.certain.holds(expected) && difference.certain.width() < 1e-12);
}

/// Forty parts of which some may be down; many are at once.
fn many(needs: usize, first: &str) -> (Plan, Problem) {
    let names: Vec<String> = (0..40).map(|n| format!("c{n:02}")).collect();
    let components: Vec<String> = names.iter().map(|name| format!("{name}: {{}}")).collect();
    let mut failures = "  components:\n".to_owned();
    for (n, name) in names.iter().enumerate() {
        let chance = if n == 0 { first } else { "10%" };
        let _ = writeln!(failures, "    {name}: {{probability: {chance}, mttr: 5h}}");
    }
    let needs = format!("{needs} of: [{}]", names.join(", "));
    stands_on(&components.join(", "), &needs, &failures)
}

const ONE: &str = "  components: {a: {probability: 10%}}";

#[test]
fn a_plan_against_itself_differs_by_nothing_at_all() {
    let plan = many(33, "10%");
    let found = compared(&plan, &plan, 4_096, 8);
    assert!(found.same && found.moment.rest > 0.0 && found.moment.trials > 0);
    for paired in found.moment.missed.iter().chain([&found.moment.working]) {
        let difference = paired.difference;
        let ends = [difference.certain, difference.likely];
        assert!(ends.iter().all(|ends| ends.width() <= 0.0 && ends.holds(0.0)));
        assert!(difference.best == 0.0 && paired.each[0] == paired.each[1]);
    }
    let years = found.years.unwrap();
    assert!(years.lost.iter().chain(years.rto.iter().flatten()).all(|one| one.differ == 0));
    assert_eq!(years.each[0].lost, years.each[1].lost);
    assert!(years.each[0].sums[1].sum() > 0);
}

#[test]
fn a_second_line_takes_what_the_closed_form_says() {
    let old = stands_on("a: {}", "a", ONE);
    let both = "  components: {a: {probability: 10%}, b: {probability: 20%}}";
    let new = stands_on("a: {}, b: {}", "any: [a, b]", both);
    let found = compared(&new, &old, 0, 4_000);
    assert!(!found.same);
    is_exactly(&found.moment.missed[0], 0.1 * 0.2 - 0.1);
    let working = &found.moment.working;
    assert!((working.difference.best - 8.0).abs() < 1e-12, "{working:?}");
    // A year: 100 agents for 8 % of it.
    let lost = found.years.unwrap().lost[0];
    let likely = lost.likely.unwrap();
    let expected = -0.08 * 8_760.0 * MS;
    assert!((lost.mean - expected).abs() < 1.25 * likely.width(), "{lost:?} {expected}");
}

#[test]
fn another_rate_or_another_time_to_repair_is_the_same_event() {
    let of = |rates: &str| stands_on("a: {}", "a", &format!("  components: {{a: {rates}}}"));
    let old = of("{mtbf: 90h, mttr: 10h}");
    for (rates, share) in [
        ("{mtbf: 190h, mttr: 10h}", 10.0 / 200.0),
        ("{mtbf: 90h, mttr: 5h}", 5.0 / 95.0),
        ("{mtbf: 40h, mttr: 10h, repair: fixed}", 10.0 / 50.0),
    ] {
        let found = compared(&of(rates), &old, 0, 400);
        assert_eq!(found.rows.all.len(), 1);
        is_exactly(&found.moment.missed[0], share - 0.1);
        let years = found.years.unwrap();
        let lost = years.lost[0];
        let expected = (share - 0.1) * 8_760.0 * MS;
        let deviation = lost.likely.unwrap().width() / 4.0;
        assert!((lost.mean - expected).abs() < 5.0 * deviation, "{rates}: {lost:?} {expected}");
        // Drawn apart, the variances would add.
        let apart: f64 = years.each.iter().map(|one| one.sums[0].variance()).sum();
        assert!(deviation < 0.8 * (apart / 400.0).sqrt(), "{rates}");
    }
}

#[test]
fn hazards_share_what_both_have() {
    let of = |often: &str, hits: &str| {
        let hazard = format!("{{per_year: {often}, lasts: 10d, hits: {{{hits}}}}}");
        stands_on("a: {}, b: {}", "a, b", &format!("  hazards: {{storm: {hazard}}}"))
    };
    let busy = |often: f64| -(-often * 10.0 / 365.0_f64).exp_m1();
    let old = of("4", "a: 50%");
    let found = compared(&of("6", "a: 50%"), &old, 0, 1_000);
    is_exactly(&found.moment.missed[0], 0.5 * (busy(6.0) - busy(4.0)));
    let found = compared(&of("4", "a: 50%, b: 40%"), &old, 0, 1_000);
    is_exactly(&found.moment.missed[0], 0.2 * busy(4.0));
    // Who is hit in the old plan is hit in the new one too.
    let years = found.years.unwrap();
    let [new, old] = &years.each;
    assert!(years.lost[0].mean > 0.0 && new.sums[0].sum() > old.sums[0].sum());
    let deviation = years.lost[0].likely.unwrap().width() / 4.0;
    let apart = ((new.sums[0].variance() + old.sums[0].variance()) / 1_000.0).sqrt();
    assert!(deviation < 0.8 * apart, "{deviation} {apart}");
}

#[test]
fn the_other_way_round_it_is_as_much_the_other_way() {
    let (new, old) = (many(33, "3%"), many(33, "10%"));
    let one = compared(&new, &old, 4_096, 8);
    let other = compared(&old, &new, 4_096, 8);
    for (one, other) in one.moment.missed.iter().zip(&other.moment.missed) {
        let [a, b] = [one.difference, other.difference];
        assert!((a.best + b.best).abs() < 1e-14);
        for (a, b) in [(a.certain, b.certain), (a.likely, b.likely)] {
            assert!((a.low + b.high).abs() < 1e-12 && (a.high + b.low).abs() < 1e-12);
        }
    }
    let [a, b] = [one, other].map(|found| found.years.unwrap().lost[1]);
    assert!((a.mean + b.mean).abs() <= 1e-9 * a.mean.abs() && a.differ == b.differ);
}

#[test]
fn together_is_surer_than_apart() {
    let (new, old) = (many(33, "3%"), many(33, "10%"));
    let found = compared(&new, &old, 40_000, 0).moment.missed[0];
    let apart: f64 = [&new, &old]
        .map(|one| viewed(&one.0, &one.1, 40_000).unwrap().missed(0).likely.width())
        .iter()
        .sum();
    let together = found.difference.likely.width();
    assert!(together < 0.75 * apart, "{together} {apart}");
    // Eight or more of 40 down: with seven of the others it hangs on the one that differs.
    let seven = (0..7).fold(1.0, |all, n| all * f64::from(39 - n) / f64::from(n + 1));
    let expected = (0.03 - 0.1) * seven * 0.1_f64.powi(7) * 0.9_f64.powi(32);
    assert!(found.difference.likely.holds(expected), "{found:?} {expected}");
    assert!(found.difference.likely.high < 0.0, "the new plan is better");
}

#[test]
fn random_plans_differ_as_their_states_do_one_by_one() {
    let mut plans = 0;
    for seed in 9_000..9_008 {
        let (Some(old), Some(new)) = (with_chances(seed, 0), with_chances(seed, 3)) else {
            continue;
        };
        let ([working, before], [missed, missed_before]) = {
            let (new, old) = (one_by_one(&new.0, &new.1), one_by_one(&old.0, &old.1));
            ([new.0, old.0], [new.1, old.1])
        };
        plans += 1;
        let found = compared(&new, &old, 4_096, 0);
        let difference = found.moment.working.difference;
        let within = |ends: outlast_engine::chance::interval::Interval, off: f64, value: f64| {
            ends.low - off <= value && value <= ends.high + off
        };
        assert!(within(difference.certain, 2e-4, working - before), "seed {seed}");
        for (n, paired) in found.moment.missed.iter().enumerate() {
            let expected = missed[n] - missed_before[n];
            let difference = paired.difference;
            assert!(within(difference.certain, 1e-6, expected), "seed {seed} {n}: {expected}");
            assert!(within(difference.likely, 1e-6, expected), "seed {seed} {n}: {expected}");
        }
    }
    assert!(plans > 3, "{plans} plans");
}
