//! Which events matter, and which guesses.

use outlast_reports::document::{
    ChanceDocument, EventDocument, GuessDocument, GuessEffectDocument, ImportanceDocument,
};

use super::{Page, span};
use crate::{Align, Table};

impl Page<'_> {
    /// The objective that is missed most, if any ever is.
    fn worst(&self) -> Option<&str> {
        let objectives = &self.document.moment.as_ref()?.objectives;
        let missed =
            objectives.iter().filter(|one| one.normally != "missed" && one.missed.best.e12 > 0);
        missed.max_by_key(|one| one.missed.best.e12).map(|one| one.objective.as_str())
    }

    /// Events by what they have of the agent-hours, then of missing the worst objective.
    pub(super) fn events(&self) -> Option<String> {
        let worst = self.worst();
        let part = |one: &EventDocument| -> i64 {
            worst.and_then(|worst| vesely(of(one, worst)?)).map_or(0, |vesely| vesely.e12)
        };
        let share = |one: &EventDocument| one.year.as_ref().map_or(0, |y| y.still.thousandths);
        let lost = |one: &EventDocument| one.lost_thousandths.unwrap_or(0);
        let mut all: Vec<&EventDocument> = self
            .document
            .events
            .iter()
            .filter(|one| share(one) > 0 || part(one) > 0 || lost(one) > 0)
            .collect();
        all.sort_by_key(|one| std::cmp::Reverse((share(one), part(one), lost(one))));
        if all.is_empty() {
            return None;
        }
        let vesely_of = worst.map_or(String::new(), |worst| format!("of missing {worst}"));
        let mut table = Table::new([
            ("event", Align::Left),
            ("kind", Align::Left),
            ("of the loss", Align::Right),
            (&vesely_of, Align::Right),
            ("a year", Align::Right),
            ("lasts", Align::Right),
        ]);
        let top = self.rows(all.len());
        for one in &all[..top] {
            let shares = one.year.as_ref().map(|year| {
                let ends = [year.moved.thousandths, year.still.thousandths];
                span(&percent(ends[0].min(ends[1])), &percent(ends[0].max(ends[1])))
            });
            let vesely = worst.and_then(|worst| vesely(of(one, worst)?));
            table.row([
                one.id.clone(),
                one.kind.clone(),
                shares.unwrap_or_default(),
                vesely.map(rounded).unwrap_or_default(),
                one.per_year.clone(),
                crate::run::time(one.lasts_ms.div_ceil(60_000) * 60_000),
            ]);
        }
        let text = self.heading("What matters most") + &self.table(table);
        Some(text + &self.more(top, all.len()))
    }

    /// Guesses by how far they move the chance of the worst objective.
    pub(super) fn guesses(&self) -> Option<String> {
        let worst = self.worst()?;
        let effect = |one: &GuessDocument| -> Option<GuessEffectDocument> {
            one.missed.iter().find(|effect| effect.objective == worst).cloned()
        };
        let mut all: Vec<(&GuessDocument, GuessEffectDocument)> = self
            .document
            .assumptions
            .iter()
            .filter_map(|one| Some((one, effect(one)?)))
            .filter(|(_, effect)| effect.low != effect.high)
            .collect();
        all.sort_by_key(|(_, effect)| std::cmp::Reverse((effect.low.e12 - effect.high.e12).abs()));
        if all.is_empty() {
            return None;
        }
        let mut table = Table::new([
            ("figure of ours", Align::Left),
            ("is", Align::Right),
            ("may be", Align::Left),
            (&format!("{worst} missed then"), Align::Left),
        ]);
        let top = if self.details { all.len() } else { all.len().min(super::ROWS / 2) };
        for (one, effect) in &all[..top] {
            table.row([
                one.figure.clone(),
                one.value.clone(),
                span(&one.low, &one.high),
                span(&effect.low.says, &effect.high.says),
            ]);
        }
        let text = self.heading("Which guess matters") + &self.table(table);
        Some(text + &self.more(top, all.len()))
    }
}

fn of<'e>(event: &'e EventDocument, objective: &str) -> Option<&'e ImportanceDocument> {
    event.importance.iter().find(|one| one.objective == objective)
}

fn vesely(one: &ImportanceDocument) -> Option<&ChanceDocument> {
    one.fussell_vesely.as_ref()
}

/// A chance in whole tenths of a percent.
fn rounded(chance: &ChanceDocument) -> String {
    percent((chance.e12 + 500_000_000).div_euclid(1_000_000_000))
}

/// Thousandths as a percentage.
fn percent(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let all = thousandths.unsigned_abs();
    match all % 10 {
        0 => format!("{sign}{}%", all / 10),
        part => format!("{sign}{}.{part}%", all / 10),
    }
}
