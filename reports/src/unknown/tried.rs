//! How much of what is not known was looked at, in a clause.

use crate::document::UnknownDocument;
use crate::number::{counted, grouped};

/// What was tried of what is not known.
pub fn tried(unknown: &UnknownDocument) -> String {
    let facts = unknown.facts.len() + unknown.not_varied.len();
    let facts = counted(facts as u64, "fact is not known", "facts are not known");
    let of = counted(unknown.combinations, "combination", "combinations");
    let impossible = match unknown.impossible {
        0 => String::new(),
        n => format!(", {} of them make no plan", grouped(n)),
    };
    let nothing = unknown.moments.is_empty();
    match (unknown.exact, nothing) {
        (true, true) => match unknown.facts.len() {
            0 => format!("{facts}, and could not be varied: all is said as it is read"),
            1 => format!("{facts}; that which was varied changes nothing here{impossible}"),
            _ => format!("{facts}; those that were varied change nothing here{impossible}"),
        },
        (true, false) if unknown.tried + unknown.impossible < unknown.combinations => format!(
            "{facts}; {of}, of which the {} that matter were looked at{impossible}",
            grouped(unknown.tried)
        ),
        (true, false) => format!("{facts}; {of} of the values listed, all tried{impossible}"),
        (false, _) => format!(
            "{facts}; of {of} only {} were tried{impossible}: these are the bounds of those, and \
             the true ones may lie further apart",
            grouped(unknown.tried)
        ),
    }
}
