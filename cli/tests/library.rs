//! Every shipped scenario on every sample plan: nobody is counted twice, and what
//! each does and what does not apply is on record.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::OnceLock;
use std::thread;

use assert_cmd::Command;
use outlast_reports::RunsDocument;
use outlast_reports::document::{
    LoadDocument, MomentDocument, OutcomeDocument, RunDocument, Tally, UseDocument,
};

/// The runs of all scenarios by plan, in the order of the library; made once.
fn library() -> &'static [(&'static str, Vec<RunDocument>)] {
    static ALL: OnceLock<Vec<(&str, Vec<RunDocument>)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let plans = outlast_scenarios::names().plans;
        let threads: Vec<_> =
            plans.into_iter().map(|plan| (plan, thread::spawn(move || runs(plan)))).collect();
        threads.into_iter().map(|(plan, runs)| (plan, runs.join().unwrap())).collect()
    })
}

fn runs(plan: &str) -> Vec<RunDocument> {
    let here = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("outlast").unwrap();
    command.current_dir(here.path()).args(["run", plan]).args(outlast_scenarios::names().scenarios);
    let output = command.args(["--threads", "1", "--format", "json"]).output().unwrap();
    assert!(output.status.success(), "{plan}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice::<RunsDocument>(&output.stdout).unwrap().runs
}

#[test]
fn what_each_scenario_does_to_each_sample() {
    let mut text = String::from("agents at work at the worst moment, without instructions, of\n");
    text.push_str("all who normally work then; * part of it, n/a nothing of it applies\n\n");
    write!(text, "{:<24}", "").unwrap();
    for (plan, _) in library() {
        write!(text, " {plan:>15}").unwrap();
    }
    text.push('\n');
    for (n, scenario) in outlast_scenarios::names().scenarios.iter().enumerate() {
        write!(text, "{scenario:<24}").unwrap();
        for (_, runs) in library() {
            write!(text, " {:>15}", in_short(&runs[n])).unwrap();
        }
        text.push('\n');
    }
    text.push_str("\nwhat does not apply\n");
    for (n, scenario) in outlast_scenarios::names().scenarios.iter().enumerate() {
        let mut plans: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (plan, runs) in library() {
            for says in not_applying(&runs[n]) {
                plans.entry(says).or_default().push(plan);
            }
        }
        for (says, plans) in plans {
            writeln!(text, "{scenario}: {says} [{}]", plans.join(" ")).unwrap();
        }
    }
    insta::assert_snapshot!("library-on-samples", text);
}

fn in_short(run: &RunDocument) -> String {
    if !run.applies {
        return "n/a".to_owned();
    }
    let worst = run.moments.iter().find(|moment| moment.at_ms == run.worst_at_ms).unwrap();
    let part = if not_applying(run).next().is_some() { "*" } else { "" };
    format!("{}/{}{part}", worst.moved.left_alone.all.working, worst.normally_working)
}

fn not_applying(run: &RunDocument) -> impl Iterator<Item = &str> {
    let words =
        ["takes nothing in this plan", "does not apply", "changes nothing", "nothing to set"];
    let remarks = run.remarks.iter().map(String::as_str);
    remarks.filter(move |says| words.iter().any(|word| says.contains(word)))
}

#[test]
fn everybody_works_on_a_normal_day() {
    for (plan, runs) in library() {
        let normal = &runs[0].normal.left_alone.all;
        // A trap of the bank.
        let pilot = if *plan == "bank" { 24 } else { 0 };
        assert_eq!(normal.working + pilot, normal.on_shift, "{plan}");
    }
}

#[test]
fn what_does_not_apply_is_said_and_nothing_happens() {
    for (plan, runs) in library() {
        for run in runs.iter().filter(|run| !run.applies) {
            let name = &run.scenario;
            assert!(run.verdict.starts_with("Nothing of this scenario applies"), "{plan} {name}");
            assert!(not_applying(run).next().is_some(), "{plan} {name}");
            for moment in &run.moments {
                let (now, normal) = (&moment.untouched.left_alone.all, &run.normal.left_alone.all);
                assert_eq!(now.working, normal.working, "{plan} {name}");
            }
        }
    }
}

/// A scenario that harms nobody anywhere teaches nothing.
#[test]
fn every_scenario_harms_somebody_in_some_sample() {
    let mut harmless: BTreeSet<&str> = outlast_scenarios::names().scenarios.into_iter().collect();
    for (_, runs) in library() {
        for run in runs {
            let normal = &run.normal.left_alone.all;
            let harms = |moment: &MomentDocument| {
                let now = &moment.untouched.left_alone.all;
                now.working < normal.working || now.effective < normal.effective
            };
            if run.moments.iter().any(harms) {
                harmless.remove(run.scenario.as_str());
            }
        }
    }
    assert!(harmless.is_empty(), "{harmless:?}");
}

/// Everybody is somewhere, once, in every breakdown.
#[test]
fn nobody_is_lost_or_counted_twice() {
    for run in library().iter().flat_map(|(_, runs)| runs) {
        conserved(&run.normal.left_alone);
        conserved(&run.normal.directed);
        run.moments.iter().flat_map(outcomes).for_each(conserved);
        run.moments.iter().for_each(full_is_marked);
    }
}

fn outcomes(moment: &MomentDocument) -> [&OutcomeDocument; 6] {
    let (a, b, c) = (&moment.untouched, &moment.settled, &moment.moved);
    [&a.left_alone, &a.directed, &b.left_alone, &b.directed, &c.left_alone, &c.directed]
}

fn conserved(outcome: &OutcomeDocument) {
    let whole = &outcome.all;
    balanced(whole);
    let by = [
        &outcome.by_priority,
        &outcome.by_group,
        &outcome.by_site,
        &outcome.by_queue,
        &outcome.by_phone,
    ];
    for breakdown in by {
        breakdown.iter().for_each(|(_, tally)| balanced(tally));
        let sum = |pick: fn(&Tally) -> u64| breakdown.iter().map(|(_, t)| pick(t)).sum::<u64>();
        assert_eq!(sum(|t| t.on_shift), whole.on_shift);
        assert_eq!(sum(|t| t.working), whole.working);
        assert_eq!(sum(|t| t.impaired), whole.impaired);
        assert_eq!(sum(|t| t.stranded), whole.stranded);
        assert!(sum(|t| t.effective) <= whole.effective);
    }
    let reasons = |state: &str| -> u64 {
        let of = outcome.reasons.iter().filter(|reason| reason.state == state);
        of.map(|reason| reason.agents).sum()
    };
    assert_eq!(reasons("stranded"), whole.stranded);
    assert_eq!(reasons("impaired"), whole.impaired);
}

/// What agents find full is marked so, in the figure in which they do.
fn full_is_marked(moment: &MomentDocument) {
    let full = |outcome: &OutcomeDocument, now: fn(&LoadDocument) -> &UseDocument| {
        for reason in outcome.reasons.iter().filter(|reason| reason.reason == "no room") {
            let is_it = |load: &&LoadDocument| {
                (Some(&load.resource), Some(&load.what))
                    == (reason.resource.as_ref(), reason.what.as_ref())
            };
            let load = moment.loads.iter().find(is_it).unwrap();
            // Full is what has no room for the smallest load of one agent; a virtual
            // desktop in a tunnel wants up to twenty times as much as that.
            let left = now(load).headroom.zip(load.smallest);
            let is_short = left.is_some_and(|(left, one)| left < i64::try_from(20 * one).unwrap());
            assert!(now(load).full || is_short, "{reason:?} {load:?}");
        }
    };
    full(&moment.moved.left_alone, |load| &load.left_alone);
    full(&moment.moved.directed, |load| &load.directed);
}

fn balanced(tally: &Tally) {
    let sum = tally.working + tally.impaired + tally.in_transit + tally.stranded;
    assert_eq!(sum, tally.on_shift);
    assert!(tally.effective <= tally.working);
}

/// The feed of a site counts by what happens when batteries and fuel are used up.
#[test]
fn a_feed_is_chosen_by_who_works_without_it() {
    let chosen = |plan: &str| -> String {
        let mut all = library().iter().filter(|(name, _)| *name == plan);
        let runs = &all.next().unwrap().1;
        let run = runs.iter().find(|run| run.scenario == "power-feed-lost").unwrap();
        run.chose.iter().find(|one| one.parameter == "feed").unwrap().value.clone()
    };
    assert_eq!(chosen("bank"), "grid-glasgow"); // Leeds has two, and a generator
    assert_eq!(chosen("clinic"), "grid-harbour");
}
