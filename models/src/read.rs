//! Reading: from trees to typed, checked values, all mistakes at once.
//!
//! The toolkit ([`Issues`], [`Fields`], [`quantity`]) serves plans and
//! scenarios alike: keys are taken out of a map one by one, what is left over
//! is unknown, and a mistake never stops the reading of its neighbours.

mod csv;
mod fields;
mod issues;
mod near;
mod plan;
pub mod quantity;

pub use fields::Fields;
pub use issues::Issues;
pub use near::{circle, few, hint, nearest};
pub use plan::{plan, plan_from_tree};
pub use quantity::{Fault, Parsed};

use crate::id::Id;

/// Checks and makes an id: letters, digits, `-`, `_` and `.`, beginning with a
/// letter or digit.
pub fn id(text: &str) -> Parsed<Id> {
    const LONGEST: usize = 100;
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let help = if text.contains(", ") {
        "a list stands in brackets: `[a, b]`"
    } else if text.contains(':') {
        "write a blank after the `:`; ids are made of the letters a to z, digits, `-`, `_` and `.`"
    } else {
        "ids are made of the letters a to z, digits, `-`, `_` and `.`"
    };
    let fault = |message: String| Fault { message, help: Some(help.to_owned()) };
    let shown = crate::diagnostic::quoted(text);
    if text.is_empty() {
        return Err(fault("an id is empty".to_owned()));
    }
    if text.len() > LONGEST {
        return Err(fault(format!("id {shown} is longer than {LONGEST} characters")));
    }
    if let Some(bad) = text.chars().find(|&c| !allowed(c)) {
        let bad = match bad {
            ' ' => "a blank".to_owned(),
            bad if crate::diagnostic::is_unseen(bad) => {
                format!("a character that does not show (U+{:04X})", u32::from(bad))
            }
            bad => format!("the character {}", crate::diagnostic::quoted(&bad.to_string())),
        };
        return Err(fault(format!("id {shown} has {bad}")));
    }
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Err(fault(format!("id {shown} does not begin with a letter or digit")));
    }
    Ok(Id::new(text))
}
