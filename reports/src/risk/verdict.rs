//! The verdict on what chance does, in one paragraph.

use crate::document::{HoursDocument, MissedDocument, RiskDocument, SilenceDocument};
use crate::number::{counted, grouped};

pub(super) fn verdict(document: &RiskDocument) -> String {
    let mut said: Vec<String> = Vec::new();
    if let Some(SilenceDocument { of, why, .. }) = &document.silence {
        let what = if of == "moment" { "The chances at one moment" } else { "What chance does" };
        said.push(format!("{what} cannot be said: {why}."));
    }
    said.extend(costs(document));
    said.extend(missed(document));
    said.extend(borne(document));
    said.join(" ")
}

/// What a year costs.
fn costs(document: &RiskDocument) -> Option<String> {
    let year = document.year.as_ref()?;
    let (moved, still) = (year.lost.moved.mean, year.lost.still.mean);
    let ends = [moved.agent_ms.min(still.agent_ms), moved.agent_ms.max(still.agent_ms)];
    if ends == [0, 0] {
        return Some(format!("In {} nothing is lost.", counted(year.years, "year", "years")));
    }
    if hours_of(moved) == hours_of(still) {
        return Some(format!("A year costs {} on the average.", agent_hours(moved)));
    }
    Some(format!(
        "A year costs {} on the average if everybody is moved at once, {} if nobody is.",
        agent_hours(moved),
        hours_of(still),
    ))
}

/// The objective that is missed most.
fn missed(document: &RiskDocument) -> Option<String> {
    let moment = document.moment.as_ref()?;
    let at = moment.when();
    let at = format!("{}{}", at[..1].to_uppercase(), &at[1..]);
    let normally: Vec<&MissedDocument> =
        moment.objectives.iter().filter(|one| one.normally != "missed").collect();
    if moment.objectives.is_empty() {
        return Some("The plan has no objectives.".to_owned());
    }
    let Some(worst) = normally.iter().max_by_key(|one| one.missed.best.e12) else {
        return Some("Every objective is missed with nothing failed.".to_owned());
    };
    if worst.missed.best.e12 == 0 {
        let high = &worst.missed.likely.high.says;
        return Some(format!("{at} no objective was missed in any state looked at (≤ {high})."));
    }
    Some(format!(
        "{at} {} is missed with a chance of {}{}.",
        worst.objective,
        worst.missed.best.says,
        if normally.len() > 1 { ", more than any other" } else { "" },
    ))
}

fn borne(document: &RiskDocument) -> Option<String> {
    let all = &document.year.as_ref()?.appetite;
    let beyond: Vec<_> = all.iter().filter(|one| one.verdict == "beyond").collect();
    let unsaid = all.iter().filter(|one| one.verdict == "cannot be said").count();
    match (all.len(), beyond.first(), unsaid) {
        (0, ..) => None,
        (_, Some(one), _) => Some(format!(
            "That is beyond the appetite: {} a year may be lost with {}.",
            one.lost, one.yearly
        )),
        (_, None, 0) => Some("That is within the appetite.".to_owned()),
        _ => Some("Whether that is within the appetite cannot be said.".to_owned()),
    }
}

/// Hours as people read them, small ones with a decimal.
pub fn hours_of(lost: HoursDocument) -> String {
    let tenths = lost.agent_ms / 360_000 + u64::from(lost.agent_ms % 360_000 >= 180_000);
    match tenths {
        0 if lost.agent_ms > 0 => "less than 0.1".to_owned(),
        1..100 if !tenths.is_multiple_of(10) => format!("{}.{}", tenths / 10, tenths % 10),
        _ => grouped(lost.agent_hours),
    }
}

fn agent_hours(lost: HoursDocument) -> String {
    let hours = hours_of(lost);
    let unit = if hours == "1" { "agent-hour" } else { "agent-hours" };
    format!("{hours} {unit}")
}
