//! Which of two plans is better, in one paragraph.

use super::hours_of;
use crate::document::{AgainstDocument, MissedOfBothDocument};
use crate::number::{counted, grouped};

/// The paragraph, and the word.
pub(super) fn verdict(document: &AgainstDocument) -> (String, String) {
    if let Some(silence) = &document.silence {
        let of = match silence.of.as_str() {
            "new" => " (the new plan)",
            "old" => " (the old plan)",
            _ => "",
        };
        let says = format!("The plans cannot be compared: {}{of}.", silence.why);
        return (says, "cannot be said".to_owned());
    }
    let word = word(document);
    let opening = match word {
        "better" => "The new plan is better.",
        "worse" => "The new plan is worse.",
        "better and worse" => "The new plan is better in some respects and worse in others.",
        "same" => "Chance does the same to both plans.",
        _ => "Which plan is better cannot be said.",
    };
    let mut said = vec![opening.to_owned()];
    if word != "same" {
        said.extend(missed(document));
        said.extend(year(document));
    }
    (said.join(" "), word.to_owned())
}

/// Of every objective and of the years.
fn word(document: &AgainstDocument) -> &'static str {
    let moment = document.moment.as_ref();
    let of_moment = moment.map(|moment| moment.objectives.iter().map(|one| &one.missed.judged));
    let agents = moment.map(|moment| &moment.lost_thousandths.judged);
    let years =
        document.year.as_ref().map(|year| [&year.lost.moved.judged, &year.lost.still.judged]);
    let all: Vec<&str> = of_moment
        .into_iter()
        .flatten()
        .chain(agents)
        .chain(years.into_iter().flatten())
        .map(String::as_str)
        .collect();
    match ["better", "worse"].map(|word| all.contains(&word)) {
        [true, true] => "better and worse",
        [true, false] => "better",
        [false, true] => "worse",
        [false, false] if all.iter().all(|word| *word == "same") => "same",
        [false, false] => "cannot be said",
    }
}

/// The objective that differs most.
fn missed(document: &AgainstDocument) -> Option<String> {
    let all = &document.moment.as_ref()?.objectives;
    let size = |one: &&MissedOfBothDocument| one.missed.difference.best.e12.unsigned_abs();
    let most = all.iter().filter(|one| one.missed.judged != "same").max_by_key(size)?;
    let missed = &most.missed;
    let (new, old) = (&missed.new.best.says, &missed.old.best.says);
    let ends = &missed.difference.likely;
    Some(match missed.judged.as_str() {
        "cannot be said" => format!(
            "{} is missed with a chance of {new}, in the old plan {old}, and the difference is \
             within what was drawn ({} to {}).",
            most.objective, ends.low.says, ends.high.says,
        ),
        _ => format!("{} is missed with a chance of {new}, in the old plan {old}.", most.objective),
    })
}

/// What a year costs more or less.
fn year(document: &AgainstDocument) -> Option<String> {
    let year = document.year.as_ref()?;
    let ends =
        [(&year.lost.moved, "if everybody is moved at once"), (&year.lost.still, "if nobody is")];
    let told = ends.iter().filter(|(one, _)| ["better", "worse"].contains(&one.judged.as_str()));
    let hours = |difference: i64| {
        let less = if difference < 0 { "less" } else { "more" };
        format!("{} agent-hours {less}", hours_of(difference).trim_start_matches('-'))
    };
    let each: Vec<String> =
        told.map(|(one, when)| format!("{} {when}", hours(one.difference))).collect();
    if each.len() == 2 && hours(ends[0].0.difference) == hours(ends[1].0.difference) {
        return Some(format!("A year costs {}.", hours(ends[0].0.difference)));
    }
    if !each.is_empty() {
        return Some(format!("A year costs {}.", each.join(", ")));
    }
    let differ = year.lost.moved.differ.max(year.lost.still.differ);
    let years = counted(year.years, "year", "years");
    if ends.iter().all(|(one, _)| one.likely.is_some()) {
        return Some("What a year costs more or less is within what was drawn.".to_owned());
    }
    Some(match differ {
        0 => format!("In none of {years} it loses more or fewer hours."),
        _ => format!(
            "{} of {years} lose more or fewer hours, too few to say what a year costs more or \
             less.",
            grouped(differ),
        ),
    })
}
