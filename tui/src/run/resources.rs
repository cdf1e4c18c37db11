//! What is full or over its limit, and under `--details` everything else.

use outlast_reports::document::{LoadDocument, UseDocument};

use super::{Page, time, worst};
use crate::{Align, SCREEN_COLUMNS, Table, grouped};

impl Page<'_> {
    pub(super) fn resources(&self, details: bool) -> Option<String> {
        let loads = &worst(self.run).loads;
        let shown: Vec<&LoadDocument> =
            loads.iter().filter(|load| details || self.is_news(load)).collect();
        if shown.is_empty() {
            return None;
        }
        let at = time(self.run.worst_at_ms);
        let what = if details { "Load of every resource" } else { "Full or over their limit" };
        let mut text = self.heading(&format!("{what} (at {at}, once all have moved)"));
        let mut table = Table::new([
            ("resource", Align::Left),
            ("counted", Align::Left),
            ("normal", Align::Right),
            ("left alone", Align::Right),
            ("directed", Align::Right),
            ("limit", Align::Right),
            ("", Align::Left),
        ]);
        for load in shown {
            table.row(cells(load));
        }
        text.push_str(&table.indented(2).render(SCREEN_COLUMNS, self.palette));
        Some(text)
    }
}

impl Page<'_> {
    /// Whether one agent more has no room, or it is over its limit, and it is not
    /// merely one seat for each who sits there, since the plan gives no number.
    fn is_news(&self, load: &LoadDocument) -> bool {
        let seats = format!("seats:{}", load.resource);
        let of_default =
            load.what == "seats" && self.run.assumptions.iter().any(|one| one.id == seats);
        !state(load).is_empty() && (!of_default || self.somebody_finds_full(load))
    }

    fn somebody_finds_full(&self, load: &LoadDocument) -> bool {
        let moved = &worst(self.run).moved;
        let reasons = moved.left_alone.reasons.iter().chain(&moved.directed.reasons);
        let mut resources = reasons.map(|reason| (&reason.resource, &reason.what));
        resources.any(|of| of == (&Some(load.resource.clone()), &Some(load.what.clone())))
    }
}

fn cells(load: &LoadDocument) -> [String; 7] {
    let limit = load.left_alone.limit.map_or_else(|| "none".to_owned(), |n| amount(load, n));
    [
        load.resource.clone(),
        load.what.clone(),
        amount(load, load.normal.used),
        amount(load, load.left_alone.used),
        amount(load, load.directed.used),
        limit,
        state(load),
    ]
}

/// Thousandths as whole things, bits with their unit.
fn amount(load: &LoadDocument, figure: u64) -> String {
    match load.unit.as_str() {
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
fn state(load: &LoadDocument) -> String {
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
        assert_eq!(state(&load(true, 19_000, 20_000)), "full directed");
        assert_eq!(state(&load(true, 20_000, 19_000)), "full alone");
        assert_eq!(state(&load(true, 20_000, 20_000)), "full");
        assert_eq!(state(&load(true, 19_000, 0)), "");
    }

    #[test]
    fn what_does_not_refuse_is_over_or_nothing() {
        assert_eq!(state(&load(false, 20_337, 20_000)), "");
        assert_eq!(state(&load(false, 20_338, 20_000)), "over alone");
        assert_eq!(state(&load(false, 20_338, 20_338)), "over");
    }
}
