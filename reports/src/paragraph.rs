//! The run as a whole, in one paragraph.

use outlast_engine::run::{Moment, Run, Standing};
use outlast_models::units::Millis;

use crate::number::{grouped, time};

/// The whole run in one paragraph.
pub(crate) fn paragraph(run: &Run, worst: &Moment, well_again: Option<Millis>) -> String {
    let untouched = worst.untouched.left_alone.working();
    let moved = worst.moved.left_alone.working();
    let on_shift = worst.moved.left_alone.sum(|_| true);
    let directed = worst.moved.directed.working();
    let told = if directed == moved {
        String::new()
    } else {
        format!(", {} if directed", grouped(directed))
    };
    let mut all = Vec::new();
    if moved == untouched {
        all.push(format!("{} of {} agents work{told}", grouped(moved), grouped(on_shift)));
    } else {
        all.push(format!(
            "{} of {} agents work on; {} once all have moved{told}",
            grouped(untouched),
            grouped(on_shift),
            grouped(moved)
        ));
    }
    all.push(objectives(run));
    all.push(match well_again {
        Some(Millis(0)) => "as many work as normally, at all times".to_owned(),
        Some(at) => format!("all is well again after {}", time(at)),
        None => format!("not well again within {}", time(run.horizon)),
    });
    let mut text = all.join(". ");
    text.push('.');
    capitals(&text)
}

fn objectives(run: &Run) -> String {
    let named = |standings: &[Standing]| -> Vec<String> {
        let of = run.verdicts.iter().filter(|v| standings.contains(&v.standing));
        of.map(|v| run.problem.objectives[v.objective].name()).collect()
    };
    let missed = named(&[Standing::Missed, Standing::MissedAttainable]);
    let open = named(&[Standing::CannotBeSaid]);
    let all = run.verdicts.len();
    let mut text = match (all, missed.len()) {
        (0, _) => "the plan has no objectives".to_owned(),
        (1, 0) if open.is_empty() => "the objective is met".to_owned(),
        (_, 0) if open.is_empty() => format!("all {all} objectives are met"),
        (_, 0) => format!("no objective is missed for certain ({} open)", open.len()),
        (1, 1) => "the objective is missed".to_owned(),
        (_, n) if n == all => format!("all {all} objectives are missed"),
        (_, 1) => format!("1 of {all} objectives is missed: {}", missed.join(", ")),
        (_, n) => format!("{n} of {all} objectives are missed: {}", missed.join(", ")),
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
