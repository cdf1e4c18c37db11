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
    /// Whether it is full, and not merely one seat for each who sits there,
    /// since the plan gives no number.
    fn is_news(&self, load: &LoadDocument) -> bool {
        let seats = format!("seats:{}", load.resource);
        let of_default =
            load.what == "seats" && self.run.assumptions.iter().any(|one| one.id == seats);
        is_tight(load) && (!of_default || self.somebody_finds_full(load))
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
        state(load).to_owned(),
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

fn state(load: &LoadDocument) -> &'static str {
    let over = |one: &UseDocument| one.limit.is_some_and(|limit| one.used > limit);
    if over(&load.left_alone) || over(&load.directed) {
        "over"
    } else if is_tight(load) {
        "full"
    } else {
        ""
    }
}

/// Whether less than one part in two hundred is left.
fn is_tight(load: &LoadDocument) -> bool {
    let tight = |one: &UseDocument| {
        one.used > 0 && one.limit.is_some_and(|limit| one.used >= limit - limit / 200)
    };
    tight(&load.left_alone) || tight(&load.directed)
}
