//! What is full or over its limit, and under `--details` everything else.

use outlast_reports::amount::{amount, strain};
use outlast_reports::document::LoadDocument;

use super::{Page, time, worst};
use crate::{Align, SCREEN_COLUMNS, Table};

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
        !strain(load).is_empty() && (!of_default || self.somebody_finds_full(load))
    }

    fn somebody_finds_full(&self, load: &LoadDocument) -> bool {
        let moved = &worst(self.run).moved;
        let reasons = moved.left_alone.reasons.iter().chain(&moved.directed.reasons);
        let mut resources = reasons.map(|reason| (&reason.resource, &reason.what));
        resources.any(|of| of == (&Some(load.resource.clone()), &Some(load.what.clone())))
    }
}

fn cells(load: &LoadDocument) -> [String; 7] {
    let limit = load.left_alone.limit.map_or_else(|| "none".to_owned(), |n| amount(&load.unit, n));
    [
        load.resource.clone(),
        load.what.clone(),
        amount(&load.unit, load.normal.used),
        amount(&load.unit, load.left_alone.used),
        amount(&load.unit, load.directed.used),
        limit,
        strain(load),
    ]
}
