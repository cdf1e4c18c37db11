//! Plans that say the same in other words have the same figures: a group in two parts,
//! a component that nobody uses, everybody sending twice as much over twice the
//! capacity, and a group that shares nothing with anybody.
//!
//! Only directed figures are compared: left alone, what refuses is shared out in
//! proportion with largest remainders, and those of two parts are not those of the whole.

use outlast_engine::problem::Capacity as Held;
use outlast_engine::{Problem, Scope, Steering, assess, compile};
use outlast_models::Id;
use outlast_models::plan::{Capacity, Plan};
use outlast_models::units::Bps;
use outlast_reference::Failure;
use outlast_tests::compare::figures::Figures;
use outlast_tests::compare::state_of;
use outlast_tests::many::Subject;
use outlast_tests::small::plan_with;

const SEEDS: std::ops::Range<u64> = 5_000..5_100;
const STATES: usize = 8;

/// The directed figures of a state; `None` where they are not exact.
fn directed(plan: &Plan, problem: &Problem, failure: &Failure) -> Option<Figures> {
    let state = state_of(plan, failure);
    let nobody = outlast_engine::Held::default();
    let outcome = assess(problem, &state, &nobody, Scope::Moved, Steering::Directed);
    (outcome.gap == 0).then(|| Figures::planned(problem, &state, &outcome))?
}

/// Compares the figures of each plan with those of another that a change makes of it,
/// and says in how many states they were compared.
fn compared(
    change: impl Fn(&Subject) -> Option<Plan>,
    adjust: impl Fn(Figures) -> Figures,
) -> usize {
    let mut count = 0;
    for seed in SEEDS {
        let subject = Subject::of(seed);
        let Some(plan) = change(&subject) else { continue };
        let problem = compile(&plan, &subject.answers);
        for failure in subject.states(STATES) {
            let before = directed(&subject.plan, &subject.problem, &failure);
            let after = directed(&plan, &problem, &failure).map(&adjust);
            let (Some(before), Some(after)) = (before, after) else { continue };
            assert_eq!(before, after, "seed {seed} {failure:?}");
            count += 1;
        }
    }
    count
}

fn same(change: impl Fn(&Subject) -> Option<Plan>) -> usize {
    compared(change, |figures| figures)
}

/// A plan's text with lines added at the beginning of a section.
fn with_lines(subject: &Subject, added: &[(&str, &str)]) -> Option<Plan> {
    let mut text = subject.text.clone();
    for (section, line) in added {
        let head = format!("\n{section}:\n");
        if !text.contains(&head) {
            return None;
        }
        text = text.replacen(&head, &format!("{head}{line}\n"), 1);
    }
    let mut load = |path: &str| subject.files.get(path).cloned().ok_or_else(|| path.to_owned());
    Some(plan_with(&text, &mut load).unwrap_or_else(|e| panic!("seed {}: {e}", subject.seed)))
}

/// Whose people are all alike: providers and draws are split by head count.
fn is_one_cohort(subject: &Subject, group: &Id) -> bool {
    let of_group = subject.problem.cohorts.iter().filter(|cohort| cohort.group == *group);
    of_group.count() == 1
}

#[test]
fn a_group_in_two_parts_has_the_same_figures() {
    let count = same(|subject| {
        let mut plan = subject.plan.clone();
        let fits = |id: &&Id| plan.groups[*id].agents > 1 && is_one_cohort(subject, id);
        let id = plan.groups.keys().find(fits)?.clone();
        let mut part = plan.groups[&id].clone();
        part.agents /= 2;
        plan.groups[&id].agents -= part.agents;
        plan.groups.insert(Id::new("the-other-part"), part);
        Some(plan)
    });
    assert!(count > 100, "{count} compared");
}

#[test]
fn what_nobody_uses_changes_no_figure() {
    let count = same(|subject| {
        let site = "  unused: {kind: office, seats: 1}";
        let circuit = "  unused-net: {from: unused, to: internet, capacity: 1Mbps}";
        with_lines(subject, &[("sites", site), ("circuits", circuit)])
    });
    assert!(count > 200, "{count} compared");
}

#[test]
fn those_who_share_nothing_change_no_figure_of_others() {
    let without = |mut figures: Figures| {
        let apart = figures.classes.remove(&99).unwrap_or(0);
        figures.working -= apart;
        figures.effective -= apart * 1_000_000;
        assert_eq!(apart, 7, "those apart work whatever fails elsewhere");
        figures
    };
    let apart = |subject: &Subject| {
        let overall = subject.plan.objectives.iter().any(|one| one.queue.is_none());
        let group = "  apart: {agents: 7, work_at: [apart], media: [digital], access: [], \
                     priority: 99, queue: apart-queue, ways: {by-hand: {}}}";
        let added = [
            ("sites", "  apart: {kind: homes}"),
            ("queues", "  apart-queue: {priority: 99}"),
            ("groups", group),
        ];
        // Of several workstations a group must name one.
        let fits = !overall && subject.plan.workstations.len() == 1;
        fits.then(|| with_lines(subject, &added))?
    };
    let count = compared(apart, without);
    assert!(count > 20, "{count} compared");
}

/// Everything that the plan gives in bit/s, twice; what is held by heads stays.
fn doubled(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let twice = |bps: &mut Bps| bps.0 *= 2;
    let figures = &mut plan.figures;
    for figure in [
        &mut figures.desktop_traffic,
        &mut figures.voice_sip,
        &mut figures.voice_webrtc_planned,
        &mut figures.recording_one_screen,
        &mut figures.recording_two_screens,
    ] {
        twice(&mut figure.value);
    }
    for group in plan.groups.values_mut() {
        let traffic = &mut group.traffic;
        for figure in [&mut traffic.voice, &mut traffic.desktop, &mut traffic.recording] {
            figure.value.iter_mut().for_each(twice);
        }
    }
    plan.vdi.values_mut().for_each(|vdi| twice(&mut vdi.per_session.value));
    for circuit in plan.circuits.values_mut() {
        if let Capacity::Bits(both) = &mut circuit.capacity.value {
            both.up.iter_mut().chain(&mut both.down).for_each(twice);
        }
    }
    let throughput = plan.vpn.values_mut().map(|vpn| &mut vpn.throughput);
    let throughput = throughput.chain(plan.proxies.values_mut().map(|proxy| &mut proxy.throughput));
    throughput.for_each(|bits| bits.value.iter_mut().for_each(twice));
    for site in plan.sites.values_mut() {
        if let Some(line) = &mut site.internet.per_agent.value {
            line.up.iter_mut().chain(&mut line.down).for_each(twice);
        }
    }
    plan
}

#[test]
fn twice_the_traffic_on_twice_the_capacity_has_the_same_figures() {
    let has_bits = |problem: &Problem| {
        let bits = |one: &Held| matches!(one, Held::Bits(_) | Held::Line { .. });
        problem.resources.iter().any(|one| bits(&one.capacity))
    };
    let count = same(|subject| has_bits(&subject.problem).then(|| doubled(&subject.plan)));
    assert!(count > 100, "{count} compared");
}
