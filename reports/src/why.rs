//! Why agents of a group do not work, and what would help most easily.

use std::collections::BTreeMap;

use outlast_engine::explain::{Explanation, Status};
use outlast_engine::input::Change;
use outlast_engine::run::Moment;
use outlast_models::{Id, Plan};

use crate::document::{NearestDocument, ReasonDocument};
use crate::loads::Limits;
use crate::losses;
use crate::outcome::Frame;

/// Everybody's reasons at a moment, moved and left alone.
pub(crate) fn reasons(plan: &Plan, moment: &Moment) -> Vec<ReasonDocument> {
    let limits = Limits::at(moment);
    let frame = Frame { plan, problem: &moment.problem, limits: &limits };
    losses::reasons(frame, &moment.moved.left_alone)
}

/// Those of each group.
pub(crate) fn by_group(reasons: &[ReasonDocument]) -> BTreeMap<&str, Vec<&ReasonDocument>> {
    let mut all: BTreeMap<&str, Vec<&ReasonDocument>> = BTreeMap::new();
    for reason in reasons {
        all.entry(&reason.group).or_default().push(reason);
    }
    all
}

/// A reason in a clause.
pub(crate) fn clause(reason: &ReasonDocument) -> String {
    let agents = reason.agents;
    let resource = reason.resource.as_deref().unwrap_or_default();
    let what = reason.what.as_deref().unwrap_or_default();
    match reason.reason.as_str() {
        "no way" => format!("{agents} have no way of working"),
        "no room" => format!("{agents} find {resource} full ({what})"),
        "voice lost" => format!("{agents} lose voice and keep digital media"),
        _ => format!("{agents} share {resource}, which is over its limit ({what})"),
    }
}

/// The way that fewest changes would open and that does not stand on what the
/// group finds full.
pub(crate) fn nearest(
    explanation: &Explanation,
    reasons: &[&ReasonDocument],
) -> Option<NearestDocument> {
    let full: Vec<&str> = reasons.iter().filter_map(|one| one.resource.as_deref()).collect();
    explanation.ways.iter().find_map(|way| {
        let Status::Needs(changes) = &way.status else { return None };
        let mut hops = way.legs.iter().flat_map(|leg| &leg.hops);
        if hops.any(|hop| full.contains(&hop.as_str())) {
            return None;
        }
        let changes = changes.iter().map(|(change, _)| change_words(change, &explanation.group));
        Some(NearestDocument { way: way.words.clone(), changes: changes.collect() })
    })
}

/// `provision_phone mobile (PHN-06)`; a change for the group itself goes
/// without its name.
pub(crate) fn change_words(change: &Change, group: &Id) -> String {
    let object = change.object();
    let object = if object == group { String::new() } else { format!(" {object}") };
    format!("{}{object} ({})", change.name(), change.rule())
}
