//! What `check` finds: the traps of the sample bank, and nothing that `run` denies.

use std::collections::BTreeSet;

use outlast_engine::check::{self, Finding};
use outlast_engine::explain::{Explainer, Status, WayReason};
use outlast_engine::input::Setting;
use outlast_engine::{Held, Problem, Scope, State, Steering, assess, compile};
use outlast_models::diagnostic::Severity;
use outlast_models::units::WeekHour;
use outlast_reference::random_case;
use outlast_tests::small::plan_with;

const SEEDS: std::ops::Range<u64> = 7_000..7_120;

/// The rules by which ways of a group are closed in a state, now or until a change.
fn closes(problem: &Problem, state: &State, group: &outlast_models::Id) -> BTreeSet<String> {
    let outcome = |steering| assess(problem, state, &Held::default(), Scope::Moved, steering);
    let (alone, directed) = (outcome(Steering::LeftAlone), outcome(Steering::Directed));
    let explanation = Explainer::new(problem, state, &alone, &directed).group(group);
    explanation.ways.iter().flat_map(rules).collect()
}

fn rules(way: &WayReason) -> Vec<String> {
    let mut rules = Vec::new();
    let others = way.legs.iter().flat_map(|leg| &leg.others).map(|one| one.rule.to_string());
    rules.extend(others);
    for status in way.legs.iter().map(|leg| &leg.status).chain([&way.status]) {
        match status {
            Status::Refused(list) => rules.extend(list.iter().map(|one| one.rule.to_string())),
            Status::Needs(list) => rules.extend(list.iter().map(|(_, one)| one.rule.to_string())),
            Status::Live | Status::Full(_) | Status::Down(_) => {}
        }
    }
    rules
}

/// The state in which `run` would refuse what an error says is broken, if it would.
fn state_of(finding: &Finding) -> Option<State> {
    let mut state = State::normal(WeekHour(0));
    let is_ours = finding.rule.starts_with("OWN-") || finding.rule.starts_with("policy:");
    if finding.severity != Severity::Error || is_ours {
        return None;
    }
    if finding.rule == "INT-01" || finding.rule == "VPN-07" {
        state.spoiled.insert(Setting::Addresses);
        return Some(state);
    }
    (!finding.breaks.is_empty()).then_some(state)
}

/// A random plan, compiled, and what is found on it.
fn checked(seed: u64) -> (Problem, Vec<Finding>) {
    let (text, files, answers) = random_case(seed);
    let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
    let plan = plan_with(&text, &mut load).unwrap();
    let problem = compile(&plan, &answers);
    let findings = check::check(&plan, &answers, &problem).all;
    (problem, findings)
}

/// What is an error that breaks a way is refused by the same rule when run.
#[test]
fn errors_are_refused_when_run() {
    let (mut compared, mut wrong) = (0, Vec::new());
    for seed in SEEDS {
        let (problem, findings) = checked(seed);
        for finding in findings {
            let Some(state) = state_of(&finding) else { continue };
            for group in finding.groups.keys() {
                compared += 1;
                let found = closes(&problem, &state, group);
                if !found.contains(&finding.rule) {
                    let Finding { rule, says, .. } = &finding;
                    wrong.push(format!("seed {seed} {group}: {rule} {says}; run: {found:?}"));
                }
            }
        }
    }
    assert!(compared > 100, "only {compared} errors were compared");
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whoever is said to lose every way with one component does.
#[test]
fn who_is_said_to_lose_every_way_does() {
    let (mut compared, mut wrong) = (0, Vec::new());
    for seed in SEEDS {
        let (problem, findings) = checked(seed);
        for finding in findings {
            let Some((_, said)) = finding.says.rsplit_once(" hang on ") else { continue };
            if finding.rule != "OWN-02" {
                continue;
            }
            let root: String = said.chars().take_while(|c| !" ,;(".contains(*c)).collect();
            let mut state = State::normal(WeekHour(0));
            state.fail([outlast_models::Id::new(&root)]);
            if finding.says.contains("once UPS and fuel are spent") {
                state.exhausted.extend(problem.reserves.keys().cloned());
            }
            compared += 1;
            let out = out_of_work(&problem, &state, &finding);
            if out < finding.agents() {
                wrong.push(format!("seed {seed}: {}; run: {out}", finding.says));
            }
        }
    }
    assert!(compared > 20, "only {compared} were compared");
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Agents of a finding's groups who have no way once all have moved.
fn out_of_work(problem: &Problem, state: &State, finding: &Finding) -> u64 {
    let outcome = assess(problem, state, &Held::default(), Scope::Moved, Steering::LeftAlone);
    let ours = outcome.everybody().filter(|entry| {
        finding.groups.contains_key(&problem.cohorts[entry.cohort].group)
            && !matches!(entry.disposition, outlast_engine::Disposition::Working { .. })
    });
    ours.map(|entry| entry.agents).sum()
}
