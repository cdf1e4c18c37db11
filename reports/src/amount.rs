//! Loads as people read them: how much of what, and what is wrong with it.

use crate::document::{LoadDocument, UseDocument};
use crate::number::grouped;

/// Thousandths as whole things, bits with their unit.
pub fn amount(unit: &str, figure: u64) -> String {
    match unit {
        _ if figure == 0 => "0".to_owned(),
        "bit/s" if figure >= 10_000_000 => {
            let tenths = figure.div_ceil(100_000);
            let (whole, part) = (tenths / 10, tenths % 10);
            if part == 0 {
                format!("{}M", grouped(whole))
            } else {
                format!("{}.{part}M", grouped(whole))
            }
        }
        "bit/s" => format!("{}k", grouped(figure.div_ceil(1_000))),
        "thousandths" => {
            let (whole, part) = (figure / 1000, figure % 1000);
            if part == 0 { grouped(whole) } else { format!("{}.{}", grouped(whole), part / 100) }
        }
        _ => grouped(figure),
    }
}

/// What is wrong with it, and of which of the two figures, unless of both.
pub fn strain(load: &LoadDocument) -> String {
    let both = [strained(&load.left_alone), strained(&load.directed)];
    match both {
        [None, None] => String::new(),
        [Some(alone), Some(directed)] if alone == directed => alone.to_owned(),
        [Some(alone), Some(directed)] => format!("{alone}; {directed} directed"),
        [Some(alone), None] => format!("{alone} alone"),
        [None, Some(directed)] => format!("{directed} directed"),
    }
}

fn strained(one: &UseDocument) -> Option<&'static str> {
    if one.limit.is_some_and(|limit| one.used > limit) {
        Some("over")
    } else {
        one.full.then_some("full")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(refuses: bool, left_alone: u64, directed: u64) -> LoadDocument {
        let limit = 20_337;
        let used = |used: u64| UseDocument {
            used,
            limit: Some(limit),
            headroom: None,
            full: refuses && used + 1000 > limit,
        };
        LoadDocument {
            resource: "trunk".to_owned(),
            what: "channels".to_owned(),
            unit: "thousandths".to_owned(),
            refuses,
            smallest: Some(1000),
            normal: used(0),
            left_alone: used(left_alone),
            directed: used(directed),
        }
    }

    #[test]
    fn what_is_full_says_of_which_figure() {
        assert_eq!(strain(&load(true, 19_000, 20_000)), "full directed");
        assert_eq!(strain(&load(true, 20_000, 19_000)), "full alone");
        assert_eq!(strain(&load(true, 20_000, 20_000)), "full");
        assert_eq!(strain(&load(true, 19_000, 0)), "");
    }

    #[test]
    fn what_does_not_refuse_is_over_or_nothing() {
        assert_eq!(strain(&load(false, 20_337, 20_000)), "");
        assert_eq!(strain(&load(false, 20_338, 20_000)), "over alone");
        assert_eq!(strain(&load(false, 20_338, 20_338)), "over");
    }
}
