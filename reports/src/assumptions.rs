//! What a result stands on and the plan does not give.

use std::collections::BTreeSet;

use outlast_engine::outcome::Disposition;
use outlast_engine::problem::Capacity;
use outlast_engine::run::{Both, Run};
use outlast_engine::{Problem, ResourceKey};
use outlast_models::Plan;
use outlast_models::figures::{self, Leans};
use outlast_models::pac::Outside;

use crate::document::AssumptionDocument;

/// Every assumption of a run, by id; what the plan gives is none.
pub(crate) fn of_run(plan: &Plan, run: &Run) -> Vec<AssumptionDocument> {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for moment in &run.moments {
        for both in [&moment.untouched, &moment.settled, &moment.moved] {
            ids.extend(stood_on(both));
        }
        ids.extend(behind_loads(plan, &moment.problem, &moment.moved));
        let stressed = moment.state.is_stressed();
        ids.insert(if stressed { "occupancy_stressed" } else { "occupancy" }.to_owned());
    }
    ids.extend(behind_times(plan));
    let mut normal: BTreeSet<String> = stood_on(&run.normal);
    normal.extend(behind_loads(plan, &run.problem, &run.normal));
    normal.insert("occupancy".to_owned());
    let all: BTreeSet<&String> = ids.union(&normal).collect();
    let documents = all.into_iter().filter_map(|id| {
        let found = document(plan, &run.problem, id)?;
        Some(AssumptionDocument { in_scenario: ids.contains(id), ..found })
    });
    documents.collect()
}

/// What the engine says that somebody at work stands on.
fn stood_on(both: &Both) -> BTreeSet<String> {
    both.left_alone.assumptions.union(&both.directed.assumptions).cloned().collect()
}

/// Figures behind loads: every resource in use asks for some.
fn behind_loads(plan: &Plan, problem: &Problem, both: &Both) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for outcome in [&both.left_alone, &both.directed] {
        let used = outcome.uses.iter().filter(|one| one.used > 0);
        for key in used.filter_map(|one| problem.resources.get(one.resource.index())) {
            ids.extend(behind(plan, &key.key));
        }
        let direct = outcome.everybody().any(|entry| match entry.disposition {
            Disposition::Working { way } => problem.ways[way].key.direct,
            _ => false,
        });
        if direct {
            ids.insert("direct_url_age".to_owned());
        }
    }
    ids
}

fn behind(plan: &Plan, key: &ResourceKey) -> Vec<String> {
    let mut ids = Vec::new();
    match key {
        ResourceKey::Channels(_) => ids.push("grade_of_service".to_owned()),
        ResourceKey::Seats(id) if plan.sites.get(id).is_some_and(|s| !s.seats.is_given()) => {
            ids.push(format!("seats:{id}"));
        }
        ResourceKey::Sessions(id) => {
            if let Some(vpn) = plan.vpn.get(id) {
                let overheads = [
                    (vpn.voice_overhead.is_given(), "vpn_voice_overhead"),
                    (vpn.data_overhead.is_given(), "vpn_data_overhead"),
                ];
                ids.extend(overheads.iter().filter(|o| !o.0).map(|o| o.1.to_owned()));
            }
        }
        _ => {}
    }
    ids
}

/// How long moving takes, where some group does not say.
fn behind_times(plan: &Plan) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for group in plan.groups.values() {
        let moving = &group.moving;
        let steps = [
            (moving.place.is_given(), "moving_place"),
            (moving.machine.is_given(), "moving_machine"),
            (moving.phone.is_given(), "moving_phone"),
            (moving.notice.is_given(), "moving_notice"),
        ];
        ids.extend(steps.iter().filter(|step| !step.0).map(|step| step.1.to_owned()));
    }
    ids
}

fn document(plan: &Plan, problem: &Problem, id: &str) -> Option<AssumptionDocument> {
    if plan.figures.is_given(id) == Some(true) {
        return None;
    }
    if let Some(spec) = figures::spec(id).or_else(|| figures::reading(id)) {
        return Some(AssumptionDocument {
            id: id.to_owned(),
            says: spec.says.to_owned(),
            value: spec.default.to_owned(),
            range: spec.range.to_owned(),
            source: spec.source.to_owned(),
            leans: leans(spec.leans).to_owned(),
            in_scenario: false,
        });
    }
    special(plan, problem, id)
}

const fn leans(leans: Leans) -> &'static str {
    match leans {
        Leans::FavoursWorking => "favours-working",
        Leans::AgainstWorking => "against-working",
        Leans::Neither => "neither",
    }
}

/// Assumptions that belong to one thing of the plan.
fn special(plan: &Plan, problem: &Problem, id: &str) -> Option<AssumptionDocument> {
    let (kind, of) = id.split_once(':').unwrap_or((id, ""));
    let (says, value, range, source, lean) = match kind {
        // Homes and vendors have no seats to run out of.
        "capacity" | "seats" if plan.sites.get(of).is_some_and(|s| s.seats.value.is_none()) => {
            return None;
        }
        "capacity" => (
            format!("no limit is given for {} of {of}", without_limit(problem, of)),
            "unlimited".to_owned(),
            "any",
            "language",
            Leans::FavoursWorking,
        ),
        "seats" => (
            format!("the seats of {of} are not given: one for each agent who sits there"),
            plan.sites.get(of)?.seats.value?.to_string(),
            "any",
            "language",
            Leans::AgainstWorking,
        ),
        "pac" => {
            let (pac, asked) = of.rsplit_once(':')?;
            (
                format!("the PAC file {pac} asks the machine, and is told a fixed answer"),
                Outside::from_word(asked)?.assumed().to_owned(),
                "any",
                "PRX-08",
                Leans::Neither,
            )
        }
        "open_access" => (
            format!("whether {of} may be opened to the Internet is not known"),
            "not open".to_owned(),
            "open or not",
            "INT-09",
            Leans::AgainstWorking,
        ),
        _ => {
            (format!("{id} is not given"), "default".to_owned(), "any", "language", Leans::Neither)
        }
    };
    Some(AssumptionDocument {
        id: id.to_owned(),
        says,
        value,
        range: range.to_owned(),
        source: source.to_owned(),
        leans: leans(lean).to_owned(),
        in_scenario: false,
    })
}

/// What of a component has no limit: `NAT pairs`.
fn without_limit(problem: &Problem, id: &str) -> String {
    let free = problem.resources.iter().filter(|resource| {
        *resource.key.id() == *id && matches!(resource.capacity, Capacity::Unlimited)
    });
    let words: BTreeSet<&str> = free.map(|resource| resource.key.word()).collect();
    let words: Vec<&str> = words.into_iter().collect();
    words.join(", ")
}
