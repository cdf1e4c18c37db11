//! What is written of a compiled plan is enough to answer what the engine answers.

use std::collections::BTreeSet;

use outlast_engine::assess::bulk::Bulk;
use outlast_engine::failures::{Failures, Set, sets_of};
use outlast_engine::risk::Events;
use outlast_models::diagnostic::Sources;
use outlast_models::units::WeekHour;
use outlast_reports::compiled::{Asked, compiled};
use outlast_reports::document::GateDocument;
use outlast_reports::{CompiledDocument, Context, Files};
use outlast_tests::many::Subject;

const HOUR: WeekHour = WeekHour(0);

fn document(subject: &Subject, failures: &Failures) -> CompiledDocument {
    let Subject { plan, problem, .. } = subject;
    let events = Events::of(problem, plan, failures, &|_| Vec::new());
    let sources = Sources::default();
    let context = Context { plan, files: Files::new(&sources), version: "0", inputs: &[] };
    compiled(context, &Asked { problem, failures, events: &events, hour: HOUR })
}

/// Which gates are on with a set failed, one after the other.
fn gates(document: &CompiledDocument, set: &Set) -> Vec<bool> {
    let network = &document.network;
    let mut holds: Vec<bool> = network.inputs.iter().map(|input| input.holds).collect();
    for failure in set.iter() {
        for input in &document.failures[failure.index()].takes {
            holds[*input as usize] = false;
        }
    }
    for reserve in &network.reserves {
        holds[reserve.input as usize] = reserve.feeds.iter().any(|feed| holds[*feed as usize]);
    }
    for standby in &network.standbys {
        holds[standby.input as usize] = standby.regions.iter().any(|r| !holds[*r as usize]);
    }
    let mut on: Vec<bool> = Vec::new();
    for gate in &network.gates {
        let many = |of: &[u32]| of.iter().filter(|gate| on[**gate as usize]).count();
        let is_on = match gate {
            GateDocument::On => true,
            GateDocument::Off => false,
            GateDocument::Input(input) => holds[*input as usize],
            GateDocument::And(of) => many(of) == of.len(),
            GateDocument::Or(of) => many(of) > 0,
            GateDocument::AtLeast(needed, of) => many(of) >= *needed as usize,
        };
        on.push(is_on);
    }
    on
}

/// Cohorts with people of whom none has a way.
fn out(document: &CompiledDocument, set: &Set) -> BTreeSet<u32> {
    let on = gates(document, set);
    let leg = |leg: &u32| {
        let leg = &document.legs[*leg as usize];
        !leg.required || leg.routes.iter().any(|route| on[route.gate as usize])
    };
    let cohorts = document.cohorts.iter().zip(0..);
    let out = cohorts.filter(|(cohort, _)| {
        let mut ways = cohort.ways.iter();
        cohort.agents > 0 && !ways.any(|way| on[way.gate as usize] && way.legs.iter().all(leg))
    });
    out.map(|(_, n)| n).collect()
}

#[test]
fn the_document_of_a_random_plan_says_who_has_a_way_in_every_state() {
    let mut differ = 0;
    for seed in 0..60 {
        let Some(subject) = Subject::small(seed) else { continue };
        let failures = Failures::of_components(&subject.problem);
        let document = document(&subject, &failures);
        let bulk = Bulk::new(&subject.problem, &failures, HOUR);
        let sets: Vec<Set> = (1..=2).flat_map(|n| sets_of(n, failures.all.len())).collect();
        for (set, effect) in sets.iter().zip(bulk.effects(&sets)) {
            let out = out(&document, set);
            assert!(out.iter().eq(&*effect.out), "seed {seed}: {:?}", failures.taken(set));
            differ += usize::from(effect.out != bulk.normal().out);
        }
    }
    assert!(differ > 1_000, "only {differ} sets leave somebody without a way");
}
