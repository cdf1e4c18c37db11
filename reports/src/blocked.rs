//! What keeps calls of those who work from getting through, in a clause.

use outlast_engine::assess::{Blocking, blocking};
use outlast_engine::outcome::Entry;
use outlast_engine::{Held, Outcome, Problem, State};
use outlast_models::units::Millionths;

use crate::document::BlockingDocument;
use crate::number::grouped;
use crate::refused::list;

/// At most so many are named.
const NAMED: usize = 3;

/// What blocks calls of some of those who work, most of them first.
pub(crate) fn blocked(
    problem: &Problem,
    state: &State,
    held: &Held,
    outcome: &Outcome,
    of: impl Fn(&Entry) -> bool,
) -> Vec<BlockingDocument> {
    blocking(problem, state, held, outcome, of).iter().map(document).collect()
}

fn document(one: &Blocking) -> BlockingDocument {
    BlockingDocument { what: one.id.to_string(), channels: one.channels, millionths: one.share.0 }
}

/// `pstn declines 30% of calls and the 12 channels of tellus block 0.06%`.
pub fn clause(all: &[BlockingDocument]) -> String {
    let each = all.iter().take(NAMED).enumerate().map(|(n, one)| {
        let share = share(one.millionths);
        let of = if n == 0 { " of calls" } else { "" };
        match one.channels {
            None => format!("{} declines {share}{of}", name(&one.what)),
            Some(1) => format!("the 1 channel of {} blocks {share}{of}", one.what),
            Some(many) => {
                format!("the {} channels of {} block {share}{of}", grouped(many), one.what)
            }
        }
    });
    let mut each: Vec<String> = each.collect();
    let more = all.len().saturating_sub(NAMED);
    if more > 0 {
        each.push(format!("{more} more block less"));
    }
    list(&each)
}

/// `the PSTN of region north`, or the thing itself.
fn name(what: &str) -> String {
    match what.split_once(':') {
        Some(("region", region)) => format!("the PSTN of region {region}"),
        _ => what.to_owned(),
    }
}

/// A share to two digits behind the point.
fn share(millionths: u32) -> String {
    match millionths {
        0..100 => "less than 0.01%".to_owned(),
        _ => Millionths(millionths / 100 * 100).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(what: &str, channels: Option<u64>, millionths: u32) -> BlockingDocument {
        BlockingDocument { what: what.to_owned(), channels, millionths }
    }

    #[test]
    fn trunks_and_what_is_congested_are_told_apart() {
        let both = [one("region:north", None, 300_000), one("tellus", Some(12), 647)];
        let says = "the PSTN of region north declines 30% of calls and the 12 channels of tellus \
                    block 0.06%";
        assert_eq!(clause(&both), says);
        assert_eq!(
            clause(&[one("t", Some(1), 99)]),
            "the 1 channel of t blocks less than 0.01% of calls"
        );
    }
}
