//! Years against closed forms.
#![allow(clippy::cast_precision_loss, reason = "counts and agents of small plans")]
#![allow(clippy::disallowed_methods, reason = "what is expected, up to a tolerance")]

use outlast_engine::risk::{YearView, Years, exceedance, year_view};

use crate::risk::stands_on;

const YEARS: u64 = 20_000;
const HOURS: f64 = 8_760.0;

fn years(components: &str, needs: &str, failures: &str) -> YearView {
    let (plan, problem) = stands_on(components, needs, failures);
    let asked = Years { years: YEARS, seed: 5 };
    year_view(&problem, &plan, &|_| Vec::new(), asked, &()).unwrap()
}

/// Whether the mean of all years is within five standard errors of a value in hours.
fn is_near(view: &YearView, end: usize, hours: f64) {
    let (mean, variance) = (view.sums[end].mean(), view.sums[end].variance());
    let error = (variance / YEARS as f64).sqrt();
    let expected = hours * 100.0 * 3_600_000.0;
    assert!((mean - expected).abs() < 5.0 * error, "{mean} {expected} ± {error}");
}

#[test]
fn one_part_loses_its_unavailability_and_fails_by_a_poisson_law() {
    let view = years("a: {}", "a", "  components: {a: {mtbf: 90d, mttr: 12h}}");
    let up = 90.0 * 24.0;
    let unavailable = 12.0 / (up + 12.0);
    is_near(&view, 0, HOURS * unavailable);
    assert_eq!(view.sums[0], view.sums[1], "nobody can move");
    // A year without loss: up at the start, and no failure after.
    let quiet = (1.0 - unavailable) * (-HOURS / up).exp();
    let lost = exceedance(&view.lost[0], YEARS, 1);
    assert!(lost.low <= 1.0 - quiet && 1.0 - quiet <= lost.high, "{lost:?} {quiet}");
}

/// Repairs that are always the same: a failure is longer than 4 h, never than 8.
#[test]
fn objectives_break_by_how_long_repairs_take() {
    let view = years("a: {}", "a", "  components: {a: {mtbf: 100d, mttr: 6h, repair: fixed}}");
    let up = 100.0 * 24.0;
    let one = &view.objectives[0];
    assert_eq!(one.mtpd_times, [0, 0]);
    // Of renewals that begin in the year, those cut off after less than 4 h of it do not
    // count; of those that are under way at its start, those with more than 4 h left do.
    let renewals = (HOURS - 4.0) / (up + 6.0) + 6.0 / (up + 6.0) * (2.0 / 6.0);
    let seen = one.rto_times[0] as f64 / YEARS as f64;
    assert!((seen - renewals).abs() < 5.0 * (renewals / YEARS as f64).sqrt(), "{seen} {renewals}");
    assert!(one.longest[0].extremes().unwrap().1 <= 6 * 3_600_000 + 1);
}

/// Occurrences overlap: what is in force is busy, not the sum.
#[test]
fn hazards_that_overlap_lose_once() {
    let failures = "  hazards: {storm: {per_year: 6, lasts: 60d, hits: [a]}}";
    let view = years("a: {}", "a", failures);
    let load: f64 = 6.0 * 60.0 / 365.0;
    is_near(&view, 0, HOURS * (1.0 - (-load).exp()));
}

/// Two in parallel: down together with the product of their unavailabilities.
#[test]
fn what_stands_in_parallel_loses_while_both_are_down() {
    let failures = "  components: {a: {mtbf: 10d, mttr: 5d}, b: {mtbf: 20d, mttr: 5d}}";
    let view = years("a: {}, b: {}", "any: [a, b]", failures);
    is_near(&view, 0, HOURS * (1.0 / 3.0) * (1.0 / 5.0));
    let seldom = view.episodes[1];
    assert!(seldom > 0 && seldom < view.episodes[0]);
}

/// A way that is stated beside takes over once people have moved.
#[test]
fn who_moves_loses_less_than_who_stays() {
    let failures = "  components: {a: {mtbf: 30d, mttr: 2d}}";
    let view = years("a: {}, spare: {}", "a]}\n      other: {needs: [spare", failures);
    is_near(&view, 1, HOURS * 2.0 / 32.0);
    assert_eq!(view.lost[0].extremes(), Some((0, 0)));
    let [moved, still] = view.objectives[0].rto_years;
    assert!(moved == 0 && still > 0);
}

/// Most of a year's loss is known beforehand: what is left to be simulated are overlaps.
#[test]
fn a_mean_is_surer_than_its_years() {
    let rates = "{mtbf: 60d, mttr: 12h}";
    let failures = format!("  components: {{a: {rates}, b: {rates}, c: {rates}}}");
    let view = years("a: {}, b: {}, c: {}", "a, b, c", &failures);
    let up: f64 = 60.0 / 60.5;
    let expected = HOURS * (1.0 - up.powi(3)) * 100.0 * 3_600_000.0;
    for end in [0, 1] {
        let (mean, variance, likely) = view.mean(end);
        let error = (variance / YEARS as f64).sqrt();
        assert!((mean - expected).abs() < 5.0 * error, "{mean} {expected} ± {error}");
        let plain = view.sums[end].variance();
        assert!(variance < 0.1 * plain, "{variance} of {plain}");
        assert!(likely.unwrap().width() < 4.0 * error);
    }
}
