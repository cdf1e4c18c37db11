//! What cannot be said, in sentences.

use super::Known;
use crate::document::{DecidedDocument, ExtentMomentDocument, FactDocument, RankDocument, Span};
use crate::number::{counted, grouped, time};
use outlast_models::units::Millis;

/// Facts named in a sentence.
const NAMED: usize = 3;

/// How many work at least and at most, and why no more can be said.
pub(super) fn between(known: &Known, worst: &ExtentMomentDocument) -> String {
    let all = &worst.moved.left_alone.all;
    let (least, most) = (all.certain.working, all.possible.working);
    let at =
        if worst.at_ms == 0 { String::new() } else { format!("at {} ", time(Millis(worst.at_ms))) };
    let of = counted(all.possible.on_shift, "agent", "agents");
    let matter: Vec<&str> =
        known.matter().into_iter().map(|doubt| known.facts[doubt].fact.as_str()).collect();
    let are = if matter.len() == 1 { "fact is" } else { "facts are" };
    let why = format!("{} {are} not known ({})", matter.len(), named(&matter));
    let tried = match (known.tried.exact, known.is_sure()) {
        (true, true) => "",
        (true, false) => ", and of quantities and lists only some values were tried",
        (false, _) => ", and more may be possible: not all was tried",
    };
    if least == most {
        return format!(
            "{at}{} of {of} work once all have moved, though {why}{tried}",
            grouped(least)
        );
    }
    format!(
        "{at}between {} and {} of {of} work once all have moved: {why}{tried}",
        grouped(least),
        grouped(most)
    )
}

fn named(facts: &[&str]) -> String {
    let more = facts.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", facts[..facts.len().min(NAMED)].join(", "))
}

/// A verdict that is the same in all combinations, though who counts differs.
pub(super) fn settled(needs: &str, counted: Span, as_read: &str, sure: bool) -> String {
    let tried = if sure { "" } else { ", as far as was tried" };
    let as_read = as_read.strip_prefix(needs).map_or(as_read, |rest| rest.trim_start_matches(": "));
    let (least, most) = (grouped(counted.certain), grouped(counted.possible));
    format!("{needs}: between {least} and {most} count{tried}; as the plan is read, {as_read}")
}

/// A verdict that hangs on what is not known.
pub(super) fn cannot_be_said(
    needs: &str,
    facts: &[FactDocument],
    decided: &DecidedDocument,
) -> String {
    let span = decided.counted;
    let count = if span.certain == span.possible {
        format!("{} count", grouped(span.certain))
    } else {
        format!("between {} and {} count", grouped(span.certain), grouped(span.possible))
    };
    format!("{needs}: {count}; {}", decides(facts, decided))
}

fn decides(facts: &[FactDocument], decided: &DecidedDocument) -> String {
    match decided.facts.as_slice() {
        [] => {
            let first: Vec<&str> =
                decided.ranked.iter().filter(|rank| rank.decides).map(name).collect();
            format!("more than four facts decide together, first {}", named(&first))
        }
        [one] => format!("{one} decides: {}", by_verdict(decided)),
        several => {
            let (last, others) = several.split_last().expect("several");
            let are = format!("{} and {last}", others.join(", "));
            let odd = odd(decided);
            let when: Vec<String> = decided
                .answers
                .iter()
                .filter(|answer| answer.verdict == odd)
                .take(NAMED)
                .map(|answer| with(facts, several, &answer.values))
                .collect();
            format!("{are} decide together: {odd} with {}", when.join(", or with "))
        }
    }
}

fn name(rank: &RankDocument) -> &str {
    &rank.fact
}

/// `met if it is 140s; missed if it is 30s`.
fn by_verdict(decided: &DecidedDocument) -> String {
    let mut verdicts: Vec<(&str, Vec<&str>)> = Vec::new();
    for answer in &decided.answers {
        let value = answer.values[0].as_str();
        match verdicts.iter_mut().find(|(verdict, _)| *verdict == answer.verdict) {
            Some((_, values)) => values.push(value),
            None => verdicts.push((&answer.verdict, vec![value])),
        }
    }
    let each = verdicts.iter().map(|(verdict, values)| {
        let more = values.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" or {more} more") } else { String::new() };
        format!("{verdict} if {}{more}", values[..values.len().min(NAMED)].join(" or "))
    });
    each.collect::<Vec<_>>().join("; ")
}

/// The verdict that fewest values come to; the first of several.
fn odd(decided: &DecidedDocument) -> &str {
    let count = |verdict: &str| decided.answers.iter().filter(|one| one.verdict == verdict).count();
    let verdicts = decided.answers.iter().map(|one| one.verdict.as_str());
    verdicts.min_by_key(|verdict| count(verdict)).unwrap_or_default()
}

fn with(facts: &[FactDocument], several: &[String], values: &[String]) -> String {
    let known = |fact: &&String| facts.iter().any(|one| one.fact == **fact);
    let pairs = several.iter().filter(known).zip(values);
    pairs.map(|(fact, value)| format!("{fact} = {value}")).collect::<Vec<_>>().join(", ")
}
