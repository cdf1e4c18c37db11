//! The run as a whole, in one paragraph.

use outlast_engine::run::{Moment, Run, Standing, Verdict};
use outlast_models::units::Millis;

use crate::number::{counted, grouped, time};
use crate::outcome;
use crate::unknown::Open;
use crate::verdict::{looked_at, since_onset};
use crate::well::Well;

/// The whole run in one paragraph: who works at the worst moment, who is out
/// for minutes, the objectives (those apart that are missed with nothing failed
/// too), and when it is over. Where facts are not known, what that leaves open comes
/// first, and the rest is told of the plan as it is read.
pub(crate) fn paragraph(
    run: &Run,
    worst: &Moment,
    normal_at: &dyn Fn(&Moment) -> u64,
    (well, open): (Well, Option<&Open>),
    unmet_normally: &[bool],
) -> String {
    let standing = |verdict: &Verdict| match open {
        Some(open) => open.standings[verdict.objective],
        None => verdict.standing,
    };
    let normally = unmet_normally.iter().filter(|unmet| **unmet).count();
    let objectives = objectives(run, standing, normally);
    let mut as_read = vec![format!("{}{}", when(worst), working(worst))];
    as_read.extend(calls(worst));
    as_read.extend(interrupted(run, worst, normal_at));
    let mut all = match open.and_then(|open| open.between.as_ref()) {
        None => [as_read, vec![objectives]].concat(),
        Some(between) => {
            as_read[0] = format!("as the plan is read, {}", as_read[0]);
            [vec![between.clone(), objectives], as_read].concat()
        }
    };
    all.push(again(run, normal_at, well));
    if !run.applies {
        all.insert(0, "nothing of this scenario applies to the plan".to_owned());
    }
    capitals(&format!("{}.", all.join(". ")))
}

/// When it is over.
fn again(run: &Run, normal_at: &dyn Fn(&Moment) -> u64, well: Well) -> String {
    let nobody = run.moments.iter().all(|moment| normal_at(moment) == 0);
    match well.again {
        _ if nobody => "nobody works even with nothing failed".to_owned(),
        Some(Millis(0)) if well.of_hours => {
            "as many work as normally, at all hours looked at".to_owned()
        }
        Some(at) if well.of_hours => {
            let since = since_onset(run, at);
            format!("as many work as normally {since}, at the hours looked at")
        }
        Some(Millis(0)) => "as many work as normally, at all times".to_owned(),
        Some(at) => format!("all is well again {}", since_onset(run, at)),
        None => format!("not well again within {}", looked_at(run)),
    }
}

/// The hour of the figures, where it is not the first.
fn when(worst: &Moment) -> String {
    match worst.at {
        Millis(0) => String::new(),
        at => format!("at {} ({}) ", time(at), worst.hour),
    }
}

fn working(worst: &Moment) -> String {
    let [untouched, settled, moved] =
        [&worst.untouched, &worst.settled, &worst.moved].map(|both| both.left_alone.working());
    let on_shift = worst.moved.left_alone.sum(|_| true);
    if on_shift == 0 {
        return "nobody is on shift".to_owned();
    }
    let of = |agents: u64| format!("{} of {} agents work", grouped(agents), grouped(on_shift));
    let (minutes, hours) = worst.takes();
    let again = |agents: u64| {
        format!("{} after logging in again another way, within {}", grouped(agents), time(minutes))
    };
    let text = if untouched == settled && settled == moved {
        of(moved)
    } else if untouched < settled && settled == moved {
        format!(
            "{}, {}",
            of(moved),
            again(moved - untouched).replacen(" after", " of them after", 1)
        )
    } else {
        let settled =
            if settled > untouched { format!(", {}", again(settled)) } else { String::new() };
        let moved = format!("{} once all have moved, within {}", grouped(moved), time(hours));
        format!("{} on{settled}; {moved}", of(untouched))
    };
    let directed = worst.moved.directed.working();
    if directed == moved { text } else { format!("{text}, {} if directed", grouped(directed)) }
}

/// What the calls of those who work are worth, where more than a tenth is lost.
fn calls(worst: &Moment) -> Option<String> {
    let all = outcome::tally(&worst.moved.left_alone.entries);
    let many_lost = all.effective.saturating_mul(10) < all.working.saturating_mul(9);
    let through = grouped(all.effective);
    many_lost.then(|| format!("they get only as many calls through as {through} would"))
}

/// A moment that puts more people out for some minutes than the worst one does.
fn interrupted(run: &Run, worst: &Moment, normal_at: &dyn Fn(&Moment) -> u64) -> Option<String> {
    let out = |moment: &Moment| {
        let both = [&moment.untouched, &moment.settled].map(|both| both.left_alone.working());
        let back = both[1].saturating_sub(both[0]);
        back.min(normal_at(moment).saturating_sub(both[0]))
    };
    let hardest = run.moments.iter().rev().max_by_key(|moment| out(moment))?;
    let (minutes, _) = hardest.takes();
    (out(hardest) > out(worst)).then(|| {
        let agents = counted(out(hardest), "agent is", "agents are");
        let at = time(hardest.at);
        format!("at {at} {agents} out until logged in again another way, within {}", time(minutes))
    })
}

fn objectives(run: &Run, standing: impl Fn(&Verdict) -> Standing, normally: usize) -> String {
    let named = |standings: &[Standing]| -> Vec<String> {
        let of = run.verdicts.iter().filter(|v| standings.contains(&standing(v)));
        of.map(|v| run.problem.objectives[v.objective].name()).collect()
    };
    let missed = named(&[Standing::Missed, Standing::MissedAttainable]);
    let open = named(&[Standing::CannotBeSaid]);
    let all = run.verdicts.len();
    let too = match normally {
        0 => String::new(),
        n if n == missed.len() => ", with nothing failed too".to_owned(),
        n => format!(", {n} of them with nothing failed too"),
    };
    let mut text = match (all, missed.len()) {
        (0, _) => "the plan has no objectives".to_owned(),
        (1, 0) if open.is_empty() => "the objective is met".to_owned(),
        (_, 0) if open.is_empty() => format!("all {all} objectives are met"),
        (_, 0) => format!("no objective is missed for certain ({} open)", open.len()),
        (1, 1) => format!("the objective is missed{too}"),
        (_, n) if n == all => format!("all {all} objectives are missed{too}"),
        (_, 1) => format!("1 of {all} objectives is missed{too}: {}", missed.join(", ")),
        (_, n) => format!("{n} of {all} objectives are missed{too}: {}", missed.join(", ")),
    };
    if !open.is_empty() {
        text = format!("{text}; cannot be said of {}", open.join(", "));
    }
    text
}

/// Sentences begin with a capital.
fn capitals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut begins = true;
    for c in text.chars() {
        if begins && c.is_ascii_lowercase() {
            out.push(c.to_ascii_uppercase());
        } else {
            out.push(c);
        }
        begins = out.ends_with(". ") || (begins && c == ' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::capitals;

    #[test]
    fn sentences_begin_with_capitals() {
        assert_eq!(
            capitals("all is well. not dc-york. 3 of 4."),
            "All is well. Not dc-york. 3 of 4."
        );
    }
}
