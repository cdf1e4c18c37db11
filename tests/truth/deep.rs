//! Components that stand on each other as deep, or in as many ways, as a plan can say.

use std::fmt::Write as _;

use outlast_engine::assess::{Scope, Steering, assess, normal};
use outlast_engine::state::State;
use outlast_models::Id;
use outlast_models::units::WeekHour;
use outlast_tests::small::problem;

/// Ten people whose line stands on `c0`.
const PLAN: &str = "outlast: 1
sites: {office: {kind: office}}
circuits: {net: {from: office, to: internet, needs: [c0]}}
groups: {team: {agents: 10, work_at: office, phones: [webrtc-embedded], access: internet}}
components:
";

/// How many work with nothing failed, and with each of these failed together.
fn working(components: &str, failed: &[&[&str]]) -> Vec<u64> {
    let problem = problem(&format!("{PLAN}{components}")).unwrap();
    let working = |failed: &[&str]| {
        let mut state = State::normal(WeekHour(0));
        let (held, _) = normal(&problem, &state);
        state.fail(failed.iter().map(|id| Id::new(id)));
        assess(&problem, &state, &held, Scope::Moved, Steering::Directed).working()
    };
    [&[] as &[&str]].iter().chain(failed).map(|failed| working(failed)).collect()
}

#[test]
fn a_chain_falls_with_its_last_link() {
    let links = 4_000;
    let mut text = String::new();
    (1..links).for_each(|n| writeln!(text, "  c{}: {{needs: [c{n}]}}", n - 1).unwrap());
    writeln!(text, "  c{}: {{}}\n  aside: {{}}", links - 1).unwrap();
    let failed: &[&[&str]] = &[&["c3999"], &["c2000"], &["c0"], &["aside"]];
    assert_eq!(working(&text, failed), [10, 0, 0, 0, 10]);
}

#[test]
fn a_chain_of_choices_falls_where_none_is_left() {
    let links = 4_000;
    let mut text = "  spare: {}\n".to_owned();
    for n in 1..links {
        writeln!(text, "  c{}: {{needs: [{{any: [spare, c{n}]}}]}}", n - 1).unwrap();
    }
    writeln!(text, "  c{}: {{}}", links - 1).unwrap();
    let failed: &[&[&str]] = &[&["c3999"], &["spare"], &["spare", "c3999"], &["c0"]];
    assert_eq!(working(&text, failed), [10, 10, 10, 0, 0]);
}

#[test]
fn what_many_ways_lead_to_is_looked_at_once() {
    let steps = 60;
    let mut text = String::new();
    for n in 0..steps {
        let next = if n + 1 < steps { format!("{{needs: [c{}]}}", n + 1) } else { "{}".to_owned() };
        writeln!(
            text,
            "  c{n}: {{needs: [{{any: [l{n}, r{n}]}}]}}\n  l{n}: {next}\n  r{n}: {next}"
        )
        .unwrap();
    }
    let failed: &[&[&str]] = &[&["l30"], &["l30", "r30"], &["c59"], &["l59", "r59"], &["r59"]];
    assert_eq!(working(&text, failed), [10, 10, 0, 0, 0, 10]);
}
