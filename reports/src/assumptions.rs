//! What a result stands on and the plan does not give.

use std::collections::BTreeSet;
use std::sync::Arc;

use outlast_engine::outcome::{Disposition, Want};
use outlast_engine::problem::{Capacity, Way};
use outlast_engine::run::{Both, Run};
use outlast_engine::{Problem, ResourceKey, State};
use outlast_models::facts;
use outlast_models::figures::{self, Leans};
use outlast_models::pac::Outside;
use outlast_models::plan::{Named, OnShift, Owner};
use outlast_models::{Id, Plan};

use crate::document::AssumptionDocument;

/// Every assumption of a run; what the plan gives is none.
pub(crate) fn of_run(plan: &Plan, run: &Run) -> Vec<AssumptionDocument> {
    let ids = of_moments(plan, run);
    let mut normal: BTreeSet<String> = stood_on(&run.normal);
    normal.extend(behind_loads(plan, &run.problem, &run.normal));
    normal.insert("occupancy".to_owned());
    let all: BTreeSet<&String> = ids.union(&normal).collect();
    let documents = all.into_iter().filter_map(|id| {
        let found = document(plan, &run.problem, id)?;
        Some(AssumptionDocument { in_scenario: ids.contains(id), ..found })
    });
    in_order(documents)
}

/// Those that some moment stands on.
fn of_moments(plan: &Plan, run: &Run) -> BTreeSet<String> {
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
    let states: Vec<&State> = run.moments.iter().map(|moment| &moment.state).collect();
    ids.extend(behind_power(plan, &states));
    ids.extend(behind_objectives(plan));
    ids
}

/// Every assumption of a run, and of any way of working, open or refused.
pub(crate) fn all_ids(plan: &Plan, run: &Run) -> BTreeSet<String> {
    let mut ids: BTreeSet<String> = of_moments(plan, run);
    ids.extend(behind_loads(plan, &run.problem, &run.normal));
    ids.extend(run.problem.ways.iter().flat_map(Way::assumptions).cloned());
    for moment in run.moments.iter().filter(|moment| !Arc::ptr_eq(&moment.problem, &run.problem)) {
        ids.extend(moment.problem.ways.iter().flat_map(Way::assumptions).cloned());
    }
    let resources = run.problem.resources.iter();
    ids.extend(resources.flat_map(|resource| {
        let of = resource.key.id();
        behind(plan, &resource.key)
            .into_iter()
            .chain([format!("capacity:{of}"), format!("seats:{of}")])
    }));
    ids
}

/// By id; last the readings of what plans mostly leave out.
fn in_order(documents: impl Iterator<Item = AssumptionDocument>) -> Vec<AssumptionDocument> {
    let mut all: Vec<AssumptionDocument> = documents.collect();
    all.sort_by_key(|one| figures::is_left_out(&one.id));
    all
}

/// Every assumption of a group's ways of working, open or refused.
pub(crate) fn of_group(
    plan: &Plan,
    problem: &Problem,
    state: &State,
    group: &Id,
) -> Vec<AssumptionDocument> {
    let cohorts = problem.cohorts.iter().filter(|cohort| cohort.group == *group);
    let ways: Vec<&Way> = cohorts.flat_map(|cohort| &problem.ways[cohort.ways.clone()]).collect();
    let mut ids: BTreeSet<String> = behind_power(plan, &[state]);
    ids.extend(ways.iter().flat_map(|way| way.assumptions()).cloned());
    for way in ways {
        let routes = way.legs.iter().flat_map(|leg| leg.routes.iter());
        let loads = routes.flat_map(|route| &route.loads).chain(&way.held);
        let keys = loads.map(|load| &problem.resources[load.resource.index()].key);
        ids.extend(keys.flat_map(|key| behind(plan, key)));
    }
    in_order(ids.iter().filter_map(|id| document(plan, problem, id)))
}

/// What the engine says that somebody at work stands on.
fn stood_on(both: &Both) -> BTreeSet<String> {
    both.left_alone.assumptions.union(&both.directed.assumptions).cloned().collect()
}

/// Figures behind loads: every resource in use asks for some.
fn behind_loads(plan: &Plan, problem: &Problem, both: &Both) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for outcome in [&both.left_alone, &both.directed] {
        let used = outcome.uses.iter().filter(|one| one.used > 0).map(|one| one.resource);
        let wanted = outcome.everybody().filter_map(|entry| match entry.disposition {
            Disposition::Stranded(Want::Room(resource)) => Some(resource),
            _ => None,
        });
        for resource in used.chain(wanted) {
            let key = problem.resources.get(resource.index());
            ids.extend(key.into_iter().flat_map(|key| behind(plan, &key.key)));
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
        ResourceKey::Pool(id) if plan.pools.get(id).is_some_and(|p| p.count.is_unknown()) => {
            ids.push(format!("count:{id}"));
        }
        ResourceKey::Counted(id)
            if plan.resources.get(id).is_some_and(|r| r.milli.is_unknown()) =>
        {
            ids.push(format!("count:{id}"));
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

/// Who is on shift and how long moving takes, where some group does not say.
fn behind_times(plan: &Plan) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for group in plan.groups.values() {
        if matches!(group.on_shift, OnShift::Always(share) if !share.is_given()) {
            ids.insert("on_shift".to_owned());
        }
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

/// Times of what stood in: batteries and generators at a site that lost its last
/// feed, the standby of a region that was lost.
fn behind_power(plan: &Plan, states: &[&State]) -> BTreeSet<String> {
    let lost = |id: &Id| states.iter().any(|state| state.has_failed(id));
    let mut ids = BTreeSet::new();
    for (id, site) in &plan.sites {
        let power = &site.power;
        let dark = |state: &&State| power.feeds.value.iter().all(|feed| state.has_failed(&feed.id));
        if !power.feeds.value.is_empty() && states.iter().any(dark) {
            ids.extend(power.ups.is_unknown().then(|| format!("ups:{id}")));
            ids.extend(power.fuel.is_unknown().then(|| format!("fuel:{id}")));
        }
    }
    for (id, region) in plan.cloud.regions.iter().filter(|(id, _)| lost(id)) {
        ids.extend(region.standby.is_unknown().then(|| format!("standby:{id}")));
        ids.extend(region.after.is_unknown().then(|| format!("takeover:{id}")));
    }
    ids
}

/// What nobody knows of the objectives, and of the queues that rank them.
fn behind_objectives(plan: &Plan) -> BTreeSet<String> {
    let of = plan.unknowns().into_iter();
    let own = of.filter(|one| matches!(one.owner, Owner::Objective(_) | Owner::Queue(_)));
    own.map(|one| one.id).collect()
}

/// What an assumption says, and its value.
pub(crate) fn said(plan: &Plan, problem: &Problem, id: &str) -> Option<(String, String)> {
    document(plan, problem, id).map(|one| (one.says, one.value))
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

/// An assumption in words: what it says, its value, its range, its source, and how
/// it leans.
type Said = (String, String, &'static str, &'static str, Leans);

/// Assumptions that belong to one thing of the plan.
fn special(plan: &Plan, problem: &Problem, id: &str) -> Option<AssumptionDocument> {
    let (kind, of) = id.split_once(':').unwrap_or((id, ""));
    let found = match kind {
        "capacity" | "seats" => of_capacity(plan, problem, kind, of)?,
        _ => {
            let own = of_machines(plan, kind, of).or_else(|| of_cloud(plan, kind, of));
            own.or_else(|| in_words(kind, of)).unwrap_or_else(|| in_short(id))
        }
    };
    let (says, value, range, source, lean) = found;
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

fn in_short(id: &str) -> Said {
    let says = format!("{id} is not given");
    (says, "default".to_owned(), "any", "language", Leans::Neither)
}

/// What is not known, in the words of the language.
fn in_words(kind: &str, of: &str) -> Option<Said> {
    let spec = facts::fact(kind)?;
    Some((spec.says_of(of), spec.value.to_owned(), "any", spec.source, spec.leans))
}

fn of_capacity(plan: &Plan, problem: &Problem, kind: &str, of: &str) -> Option<Said> {
    Some(match kind {
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

        _ => return None,
    })
}

fn of_machines(plan: &Plan, kind: &str, of: &str) -> Option<Said> {
    Some(match kind {
        "udp_idle" => (
            format!("how long {of} keeps an idle UDP session is not known"),
            "140s, as the guide asks".to_owned(),
            "any",
            "PRV-03",
            Leans::FavoursWorking,
        ),
        "dpi" => (
            format!("whether {of} inspects TURN is not known"),
            "it does not".to_owned(),
            "it does or does not",
            "INT-03",
            Leans::FavoursWorking,
        ),
        "conduit" => (
            format!("what conduit {of} runs in is not known"),
            "one of its own".to_owned(),
            "any",
            "language",
            Leans::FavoursWorking,
        ),
        "vdi_adapter" => (
            format!("whether {of} has the adapter for softphones is not known"),
            if plan.vdi.get(of)?.adapter.value { "it has" } else { "it has not" }.to_owned(),
            "it has or has not",
            "PHN-09",
            Leans::FavoursWorking,
        ),
        "vdi_server" => (
            format!("the server system of {of} is not known"),
            "windows-2012r2".to_owned(),
            "any",
            "VDI-02",
            Leans::FavoursWorking,
        ),
        "vdi_other_server" => (
            format!("the server system of {of} is in no table: taken as windows-2012r2"),
            "supported like it".to_owned(),
            "supported or not",
            "VDI-02",
            Leans::FavoursWorking,
        ),
        "reached_over" => (
            format!("what {of} may be reached over is not given"),
            names_of(&plan.vdi.get(of)?.reached_over.value),
            "any",
            "language",
            Leans::FavoursWorking,
        ),

        _ => return None,
    })
}

fn of_cloud(plan: &Plan, kind: &str, of: &str) -> Option<Said> {
    Some(match kind {
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
        "domain" => (
            "the cloud's domain, which PAC files are asked about, is not given".to_owned(),
            plan.cloud.domain.value.clone(),
            "any",
            "language",
            Leans::Neither,
        ),
        "turn_host" => (
            "TURN's host, which PAC files are asked about, is not known".to_owned(),
            plan.cloud.turn_host.value.clone(),
            "any",
            "PRX-08",
            Leans::Neither,
        ),
        "authentication_ip_control" => (
            "whether IP control is on at the login is not given".to_owned(),
            if plan.cloud.access.ip_control.value { "on" } else { "off" }.to_owned(),
            "on or off",
            "INT-08",
            Leans::Neither,
        ),
        "sso" => (
            "whether logins need an identity provider, and whose, is not given".to_owned(),
            match &plan.cloud.access.sso.value {
                None => "no single sign-on",
                Some(sso) if sso.own => "the company's own",
                Some(_) => "one in the cloud",
            }
            .to_owned(),
            "any",
            "language",
            Leans::Neither,
        ),
        "off_site_data" => (
            "whether data may leave the company's sites is not given".to_owned(),
            "allowed".to_owned(),
            "allowed or forbidden",
            "INT-09",
            Leans::FavoursWorking,
        ),
        "open_access" => (
            format!("whether {of} may be opened to the Internet is not known"),
            "not open".to_owned(),
            "open or not",
            "INT-09",
            Leans::AgainstWorking,
        ),

        _ => return None,
    })
}

/// What of a component has no limit: `NAT pairs`.
fn without_limit(problem: &Problem, id: &str) -> String {
    let free = problem.resources.iter().filter(|resource| {
        *resource.key.id() == *id && matches!(resource.capacity, Capacity::Unlimited)
    });
    let words: BTreeSet<&str> = free.map(|resource| resource.key.word()).collect();
    let words: Vec<&str> = words.into_iter().collect();
    // What nothing loads by itself, such as a circuit in a bundle.
    if words.is_empty() { "the capacity".to_owned() } else { words.join(", ") }
}

fn names_of(named: &[Named]) -> String {
    let ids: Vec<&str> = named.iter().map(|one| one.id.as_str()).collect();
    ids.join(", ")
}
