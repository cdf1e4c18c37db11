//! What `check` finds: the traps of the sample bank, and nothing that `run` denies.

use std::collections::BTreeSet;

use outlast_engine::check::{self, Finding};
use outlast_engine::explain::{Explainer, Status, WayReason};
use outlast_engine::graph::providers;
use outlast_engine::input::Setting;
use outlast_engine::{Held, Problem, Scope, State, Steering, assess, compile};
use outlast_models::diagnostic::Severity;
use outlast_models::pac::PacAnswers;
use outlast_models::units::WeekHour;
use outlast_models::{Id, Plan};
use outlast_reference::random_case;
use outlast_tests::small;

const SEEDS: std::ops::Range<u64> = 7_000..7_120;

/// The rules by which ways of a group are closed in a state, now or until a change.
fn closes(problem: &Problem, state: &State, group: &Id) -> BTreeSet<String> {
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
fn checked(seed: u64) -> (Plan, Problem, Vec<Finding>) {
    let (text, files, answers) = random_case(seed);
    let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
    let plan = small::plan_with(&text, &mut load).unwrap();
    let problem = compile(&plan, &answers);
    let findings = check::check(&plan, &answers, &problem).all;
    (plan, problem, findings)
}

/// What goes down with the thing, or the company, that a sentence says ways hang on.
fn behind(plan: &Plan, said: &str) -> Vec<Id> {
    let word = |text: &str| Id::new(text.split([' ', ',', ';', '(']).next().unwrap_or_default());
    let Some(company) = said.strip_prefix("provider ").map(word) else { return vec![word(said)] };
    let provided = providers(plan).into_iter().filter(|(_, provider)| provider.id == company);
    let carrier = plan.carriers.keys().filter(|carrier| **carrier == company).cloned();
    provided.map(|(component, _)| component).chain(carrier).collect()
}

/// What is an error that breaks a way is refused by the same rule when run.
#[test]
fn errors_are_refused_when_run() {
    let (mut compared, mut wrong) = (0, Vec::new());
    for seed in SEEDS {
        let (_, problem, findings) = checked(seed);
        for finding in findings {
            let Some(state) = state_of(&finding) else { continue };
            for group in finding.groups().keys() {
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
        let (plan, problem, findings) = checked(seed);
        for finding in findings {
            let Some((_, said)) = finding.says.rsplit_once(" hang on ") else { continue };
            if finding.rule != "OWN-02" {
                continue;
            }
            let mut state = State::normal(WeekHour(0));
            state.fail(behind(&plan, said));
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
    let groups = finding.groups();
    let ours = outcome.everybody().filter(|entry| {
        groups.contains_key(&problem.cohorts[entry.cohort].group)
            && !matches!(entry.disposition, outlast_engine::Disposition::Working { .. })
    });
    ours.map(|entry| entry.agents).sum()
}

/// What is found on a plan by a rule.
fn found(plan: &str, rule: &str) -> Vec<Finding> {
    let plan = small::plan(plan).unwrap();
    let answers = PacAnswers::default();
    let problem = compile(&plan, &answers);
    let all = check::check(&plan, &answers, &problem).all;
    all.into_iter().filter(|finding| finding.rule == rule).collect()
}

/// Of agents behind a bundle only those count whose traffic goes by the member.
#[test]
fn a_finding_counts_whom_it_concerns() {
    let found = found(
        "outlast: 1
sites: {office: {kind: office}}
circuits:
  net-a: {from: office, to: internet}
  net-b: {from: office, to: internet}
bundles: {both: {of: [net-a, net-b], mode: active-active}}
firewalls: {fw: {site: office, guards: internet, before: net-b, dpi: {turn: true}}}
groups:
  team: {agents: 101, work_at: [office], access: [internet], phones: [webrtc-embedded]}
",
        "INT-03",
    );
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((finding.agents(), finding.severity), (50, Severity::Error));
    assert_eq!(finding.at, "firewalls.fw");
}

/// A group that is like another is spoken of by its own name, at the line that decides.
#[test]
fn a_finding_speaks_of_the_group_it_concerns() {
    let found = found(
        "outlast: 1
sites: {office: {kind: office}}
circuits: {net: {from: office, to: internet}}
phones: {desk: {kind: pstn, rings: desk}}
groups:
  one: {agents: 10, work_at: [office], access: [internet], phones: [webrtc-embedded, desk]}
  two: {like: one, agents: 5}
",
        "PHN-06",
    );
    let of: Vec<(&str, u64, Option<u32>)> =
        found.iter().map(|f| (f.at.as_str(), f.agents(), f.place.map(|p| p.line))).collect();
    assert_eq!(of, [("groups.one", 10, Some(6)), ("groups.two", 5, Some(6))]);
}

/// Entries on one line are told apart.
#[test]
fn a_finding_stands_at_its_entry() {
    let found = found(
        "outlast: 1
sites: {office: {kind: office}}
networks: {mpls: {}}
circuits: {line: {from: office, to: mpls}}
vdi: {farm: {site: office, platform: citrix-7, adapter: false}}
phones: {soft: {kind: sip-softphone, connector: true}, cell: {kind: pstn, rings: mobile}}
groups:
  team: {agents: 10, work_at: [office], access: [farm], phones: [cell, soft], provisioned: [cell, soft]}
",
        "PHN-09",
    );
    assert_eq!(found.iter().map(|f| f.at.as_str()).collect::<Vec<_>>(), ["phones.soft"]);
}
