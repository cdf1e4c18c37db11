//! What one value changes in one scenario.

use super::sheet::{Figures, MomentFigures, PointFigures, Sheet};
use crate::document::{
    BreakdownDocument, EffectDocument, GroupEffectDocument, Tally, VerdictEffectDocument,
};
use crate::named::Named;
use crate::number::{counted, grouped, time};
use outlast_models::units::Millis;

/// Groups named in a sentence.
const NAMED: usize = 3;

/// What differs most between two runs; `None` where no verdict and no agent does.
pub fn effect(
    before: &Sheet,
    after: &Sheet,
    objectives: &[String],
    (value, scenario): (&str, &str),
) -> Option<EffectDocument> {
    let (before, after) = (&before.figures, &after.figures);
    let verdicts = verdicts(before, after, objectives);
    let most = most(before, after);
    let (agents, at_ms, counted) = most.unwrap_or((0, 0, "moved"));
    if verdicts.is_empty() && agents == 0 {
        return None;
    }
    let groups = groups(before, after, at_ms, counted);
    let mut effect = EffectDocument {
        value: value.to_owned(),
        scenario: scenario.to_owned(),
        agents,
        counted: counted.to_owned(),
        at_ms,
        groups,
        verdicts,
        says: String::new(),
    };
    effect.says = says(&effect);
    Some(effect)
}

fn verdicts(before: &Figures, after: &Figures, names: &[String]) -> Vec<VerdictEffectDocument> {
    let pairs = names.iter().zip(before.verdicts.iter().zip(&after.verdicts));
    let differ = pairs.filter(|(_, (before, after))| before.0 != after.0);
    differ
        .map(|(name, (before, after))| VerdictEffectDocument {
            objective: name.clone(),
            was: before.0.word().to_owned(),
            becomes: after.0.word().to_owned(),
        })
        .collect()
}

/// A count of one time.
type Counted<T> = (&'static str, fn(&T) -> u64);

/// The greatest difference, when it is, and of what; the first of several.
fn most(before: &Figures, after: &Figures) -> Option<(i64, u64, &'static str)> {
    let of_moments: [Counted<MomentFigures>; 2] = [
        ("moved", |one| one.moved.left_alone.all.working),
        ("directed", |one| one.moved.directed.all.working),
    ];
    let mut all: Vec<(i64, u64, &'static str)> = Vec::new();
    for (counted, of) in of_moments {
        let steps = differences(&before.moments, &after.moments, of);
        all.extend(steps.into_iter().map(|(by, at)| (by, at, counted)));
    }
    let of_points: [Counted<PointFigures>; 2] =
        [("over time", |one| one.working), ("effective", |one| one.effective)];
    for (counted, of) in of_points {
        let steps = differences(&before.curve, &after.curve, of);
        all.extend(steps.into_iter().map(|(by, at)| (by, at, counted)));
    }
    all.into_iter().rev().max_by_key(|(by, ..)| by.unsigned_abs())
}

/// How much more there is afterwards, from each time on.
fn differences<T>(
    before: &[(u64, T)],
    after: &[(u64, T)],
    of: impl Fn(&T) -> u64,
) -> Vec<(i64, u64)> {
    let mut times: Vec<u64> = before.iter().chain(after).map(|(at, _)| *at).collect();
    times.sort_unstable();
    times.dedup();
    let difference =
        |at: u64| (signed(of(in_force(after, at))) - signed(of(in_force(before, at))), at);
    times.into_iter().map(difference).collect()
}

fn in_force<T>(steps: &[(u64, T)], at: u64) -> &T {
    &steps[steps.partition_point(|(from, _)| *from <= at).max(1) - 1].1
}

fn signed(agents: u64) -> i64 {
    i64::try_from(agents).unwrap_or(i64::MAX)
}

/// Whom it concerns at a time.
fn groups(before: &Figures, after: &Figures, at: u64, counted: &str) -> Vec<GroupEffectDocument> {
    fn side<'f>(figures: &'f Figures, at: u64, counted: &str) -> &'f BreakdownDocument<Tally> {
        let moved = &in_force(&figures.moments, at).moved;
        if counted == "directed" { &moved.directed } else { &moved.left_alone }
    }
    let (before, after) = (side(before, at, counted), side(after, at, counted));
    let working = |all: &Named<Tally>, group: &str| all.get(group).map_or(0, |one| one.working);
    let names = before.by_group.iter().chain(after.by_group.iter()).map(|(name, _)| name);
    let mut all: Vec<GroupEffectDocument> = Vec::new();
    for group in names {
        let agents =
            signed(working(&after.by_group, group)) - signed(working(&before.by_group, group));
        if agents != 0 && all.iter().all(|known| known.group != group) {
            all.push(GroupEffectDocument { group: group.to_owned(), agents });
        }
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.agents.unsigned_abs()));
    all
}

/// `120 fewer work (cards 120); cards is missed`.
fn says(effect: &EffectDocument) -> String {
    let mut all = Vec::new();
    if effect.agents != 0 {
        let n = grouped(effect.agents.unsigned_abs());
        let fewer = if effect.agents < 0 { "fewer" } else { "more" };
        let at = time(Millis(effect.at_ms));
        let from = if effect.at_ms == 0 { String::new() } else { format!(" from {at} on") };
        let work = match effect.counted.as_str() {
            "directed" => format!("work if directed{from}"),
            "over time" => format!("work at {at}"),
            "effective" => format!("are effective at {at}"),
            _ => format!("work{from}"),
        };
        let shown = effect.groups.iter().take(NAMED);
        let shown: Vec<String> = shown
            .map(|one| {
                let n = grouped(one.agents.unsigned_abs());
                let other = (one.agents < 0) != (effect.agents < 0);
                let sign = match (other, one.agents < 0) {
                    (false, _) => "",
                    (true, true) => " fewer",
                    (true, false) => " more",
                };
                format!("{} {n}{sign}", one.group)
            })
            .collect();
        let more = effect.groups.len().saturating_sub(NAMED);
        let more = match more {
            0 => String::new(),
            n => format!(" and {}", counted(n as u64, "more group", "more groups")),
        };
        let who =
            if shown.is_empty() { String::new() } else { format!(" ({}{more})", shown.join(", ")) };
        all.push(format!("{n} {fewer} {work}{who}"));
    }
    all.extend(effect.verdicts.iter().map(|one| match one.becomes.as_str() {
        "cannot be said" => format!("of {} nothing can be said", one.objective),
        becomes => format!("{} is {becomes}", one.objective),
    }));
    all.join("; ")
}
