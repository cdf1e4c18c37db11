//! Findings that the house has accepted (OWN-09, OWN-10).

use outlast_models::Id;
use outlast_models::plan::{Plan, Waiver};
use outlast_models::units::Day;

use super::Finding;
use crate::rules;

/// A finding with the waiver that accepts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// The finding.
    pub finding: Finding,
    /// The waiver's id.
    pub waiver: Id,
    /// Why it is accepted.
    pub reason: String,
    /// By whom.
    pub owner: String,
    /// The last day on which it is.
    pub until: Day,
}

/// Sets accepted findings apart, and adds what is the matter with waivers.
pub(super) fn applied(plan: &Plan, found: Vec<Finding>) -> (Vec<Finding>, Vec<Waived>) {
    let (mut kept, mut waived) = (Vec::new(), Vec::new());
    let mut used = vec![false; plan.waivers.len()];
    for finding in found {
        let mut by = None;
        for (n, (id, waiver)) in plan.waivers.iter().enumerate() {
            if is_of(waiver, &finding) {
                used[n] = true;
                by = by.or_else(|| in_force(plan, waiver).then(|| (id.clone(), waiver)));
            }
        }
        match by {
            Some((id, waiver)) => waived.push(Waived {
                finding,
                waiver: id,
                reason: waiver.reason.clone(),
                owner: waiver.owner.clone(),
                until: waiver.until,
            }),
            None => kept.push(finding),
        }
    }
    for ((id, waiver), used) in plan.waivers.iter().zip(used) {
        kept.extend(of_waiver(plan, id, waiver, used));
    }
    (kept, waived)
}

/// Whether it speaks of a finding: of the same rule, and of its entry or a part of it.
fn is_of(waiver: &Waiver, finding: &Finding) -> bool {
    let (at, found) = (waiver.at.id.as_str(), finding.at.as_str());
    let within = |inner: &str, outer: &str| {
        inner == outer || inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
    };
    waiver.rule.id == *finding.rule.as_str() && (within(found, at) || within(at, found))
}

/// It holds to the end of its last day; of a plan without date nobody can say.
fn in_force(plan: &Plan, waiver: &Waiver) -> bool {
    plan.date.value.is_some_and(|date| date <= waiver.until)
}

fn of_waiver(plan: &Plan, id: &Id, waiver: &Waiver, used: bool) -> Option<Finding> {
    let at = format!("waivers.{id}");
    let rule = waiver.rule.id.as_str();
    let about = format!("waiver {id} of {rule} at {}", waiver.at.id);
    let finding = match (used, plan.date.value) {
        _ if !exists(plan, rule) => Finding::warning("OWN-10", at)
            .place(waiver.rule.place)
            .says(format!("{about} names no rule"))
            .mend("write the rule as `check` shows it"),
        (false, _) => Finding::note("OWN-10", at)
            .place(waiver.place)
            .says(format!("{about} accepts nothing: there is no such finding"))
            .mend("take it out if the finding is mended, or mend its path"),
        (true, None) => Finding::warning("OWN-09", at)
            .place(waiver.place)
            .says(format!("whether {about} still holds cannot be said: the plan has no date"))
            .mend("write the plan's `date`"),
        (true, Some(date)) if date > waiver.until => Finding::warning("OWN-09", at)
            .place(waiver.place)
            .says(format!(
                "{about} has expired on {}; the plan speaks of {date}, so the finding counts again",
                waiver.until
            ))
            .mend(format!("mend what it accepted, or have {} renew it", waiver.owner)),
        (true, Some(_)) => return None,
    };
    Some(finding)
}

fn exists(plan: &Plan, rule: &str) -> bool {
    match rule.strip_prefix("policy:") {
        Some(policy) => plan.policies.contains_key(policy),
        None => rules::title(rule).is_some(),
    }
}
