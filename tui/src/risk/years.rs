//! What years lose, and what of it is borne.

use outlast_reports::document::{
    ChanceDocument, HoursDocument, LostInYearDocument, OnceInDocument,
};
use outlast_reports::risk::hours_of;

use super::{Page, span};
use crate::{Align, Table, grouped};

/// Of longest times, the years whose lines are shown.
const SHOWN: [u64; 4] = [2, 10, 100, 1000];

impl Page<'_> {
    /// Between what the means lie.
    fn sure(&self, ends: [&LostInYearDocument; 2]) -> String {
        let [moved, still] = ends.map(|end| {
            let likely = end.likely.as_ref()?;
            Some(span(&hours_of(likely.low), &hours_of(likely.high)))
        });
        let says = match (moved, still) {
            (Some(moved), Some(still)) if moved == still => {
                format!("The mean is {still} with 95%, by the normal law.")
            }
            (Some(moved), Some(still)) => format!(
                "The mean is, moved, {moved}, still, {still}, each with 95% by the normal law."
            ),
            (None, Some(still)) => {
                format!("The mean, still, is {still} with 95%, by the normal law.")
            }
            (_, None) => return String::new(),
        };
        self.says(&says, 2, 2)
    }

    /// Losses by how seldom they are reached.
    pub(super) fn curve(&self) -> Option<String> {
        let year = self.document.year.as_ref()?;
        if year.lost.moved.year.is_empty() {
            return None;
        }
        let mut table = Table::new([
            ("once in", Align::Left),
            ("year, moved", Align::Right),
            ("still", Align::Right),
            ("one episode, moved", Align::Right),
            ("still", Align::Right),
        ]);
        let ends = [&year.lost.moved, &year.lost.still];
        let curves = ends.map(|end| &end.year).into_iter().chain(ends.map(|end| &end.episode));
        let curves: Vec<&Vec<OnceInDocument>> = curves.collect();
        table.row(["the mean".to_owned(), hours_of(ends[0].mean), hours_of(ends[1].mean)]);
        for (n, one) in curves[0].iter().enumerate() {
            let cells = curves.iter().map(|curve| hours_of(curve[n].lost.high));
            table.row(std::iter::once(format!("{} years", grouped(one.years))).chain(cells));
        }
        let says = "So many agent-hours or more; moved: everybody who can works elsewhere at \
                    once; still: nobody does anything.";
        let mut text = self.heading("What a year loses") + &self.table(table);
        text.push_str(&self.says(says, 2, 2));
        text.push_str(&self.sure(ends));
        text.push_str(&self.seldom(curves[1]));
        Some(text)
    }

    /// How well the most seldom loss is known.
    fn seldom(&self, curve: &[OnceInDocument]) -> String {
        let Some(last) = curve.last() else { return String::new() };
        let low = hours_of(last.low);
        let known = match last.high {
            Some(high) => format!("95 times in 100 it lies from {low} to {}", hours_of(high)),
            None => format!("it is at least {low}; how much more, so few years cannot say"),
        };
        let says = format!("Of the last line, nobody moved: {known}.");
        self.says(&says, 2, 2)
    }

    /// Each line of the appetite.
    pub(super) fn appetite(&self) -> Option<String> {
        let all = &self.document.year.as_ref()?.appetite;
        if all.is_empty() {
            return None;
        }
        let mut table = Table::new([
            ("borne", Align::Left),
            ("a year", Align::Right),
            ("95% between", Align::Left),
            ("", Align::Left),
        ]);
        for one in all {
            let (moved, still) = (&one.chance.moved, &one.chance.still);
            let low = [&moved.low, &still.low].into_iter().min_by_key(|end| end.e12);
            let high = [&moved.high, &still.high].into_iter().max_by_key(|end| end.e12);
            let says = |end: Option<&ChanceDocument>| end.map_or("", |end| &end.says).to_owned();
            let chance = span(&says(low), &says(high));
            table.row([&one.lost, &one.yearly, &chance, &one.verdict]);
        }
        Some(self.heading("Appetite") + &self.table(table))
    }

    /// The longest times below, by objective.
    pub(super) fn longest(&self) -> Option<String> {
        let year = self.document.year.as_ref()?;
        let mut table = Table::new([
            ("objective", Align::Left),
            ("once in", Align::Right),
            ("longest, moved", Align::Right),
            ("still", Align::Right),
        ]);
        for objective in &year.objectives {
            let [moved, still] = [&objective.longest.moved, &objective.longest.still];
            for (moved, still) in moved.iter().zip(still) {
                let is_shown = SHOWN.contains(&moved.years);
                if is_shown && (still.high_ms > 0 || moved.high_ms > 0) {
                    table.row([
                        objective.objective.clone(),
                        format!("{} years", grouped(moved.years)),
                        minutes(moved.high_ms),
                        minutes(still.high_ms),
                    ]);
                }
            }
        }
        let title = "Longest time below in a year";
        (!table.is_empty()).then(|| self.heading(title) + &self.table(table))
    }

    /// How often the MTPD is broken.
    pub(super) fn mtpd(&self) -> Option<String> {
        let year = self.document.year.as_ref()?;
        let mut table = Table::new([
            ("objective", Align::Left),
            ("limit", Align::Left),
            ("broken a year", Align::Left),
            ("a year with one, still", Align::Left),
        ]);
        for one in &year.objectives {
            let rto = format!("RTO {}", crate::run::time(one.rto_ms.unwrap_or(0)));
            let mtpd = one.mtpd_ms.map(|mtpd| format!("MTPD {}", crate::run::time(mtpd)));
            let limits = [(Some(rto), Some(&one.rto)), (mtpd, one.mtpd.as_ref())];
            for (limit, ends) in limits {
                let (Some(limit), Some(ends)) = (limit, ends) else { continue };
                let chance = &ends.still.chance;
                table.row([
                    one.objective.clone(),
                    limit,
                    span(&ends.moved.per_year, &ends.still.per_year),
                    span(&chance.low.says, &chance.high.says),
                ]);
            }
        }
        let title = "RTO and MTPD broken";
        (!table.is_empty()).then(|| self.heading(title) + &self.table(table))
    }
}

/// A time to the minute, rounded up.
fn minutes(ms: u64) -> String {
    if ms == 0 { "none".to_owned() } else { crate::run::time(ms.div_ceil(60_000) * 60_000) }
}

/// The mean and its standard error.
pub(super) fn mean(mean: HoursDocument, error: HoursDocument) -> String {
    format!("{} ± {}", hours_of(mean), hours_of(error))
}
