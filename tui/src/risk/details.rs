//! All the other figures, each with its formula.

use outlast_reports::Named;

use super::years::mean;
use super::{Page, span, thousandths};
use crate::{Align, Table, grouped};

impl Page<'_> {
    pub(super) fn details(&self) -> Vec<String> {
        let mut parts = Vec::new();
        parts.extend(self.means());
        parts.extend(self.distribution());
        parts.extend(self.lost_by());
        parts.extend(self.mtpd());
        parts.extend(self.longest());
        parts.extend(self.importance());
        parts.extend(self.all_events());
        parts.extend(self.all_guesses());
        if !self.document.never.is_empty() && !self.document.events.is_empty() {
            let title = self.heading("Without a rate: never fail by chance");
            parts.push(title + &self.says(&self.document.never.join(", "), 2, 2));
        }
        parts
    }

    fn means(&self) -> Option<String> {
        let year = self.document.year.as_ref()?;
        let (moved, still) = (&year.lost.moved, &year.lost.still);
        let says = format!(
            "Moved {}, still {} agent-hours (mean ± standard error). {} \
             episodes in {} years, {} of them with several events at once; {} states at an hour \
             assessed.",
            mean(moved.mean, moved.standard_error),
            mean(still.mean, still.standard_error),
            grouped(year.episodes),
            grouped(year.years),
            grouped(year.of_several),
            grouped(year.assessed),
        );
        Some(self.heading("A year on the average") + &self.says(&says, 2, 2))
    }

    fn distribution(&self) -> Option<String> {
        let moment = self.document.moment.as_ref()?;
        let mut table = Table::new([
            ("fewer than", Align::Left),
            ("agents", Align::Right),
            ("chance", Align::Right),
            ("95% between", Align::Left),
        ]);
        for one in &moment.fewer_than {
            let likely = &one.chance.likely;
            table.row([
                format!("{} of normal", one.share),
                grouped(one.agents),
                one.chance.best.says.clone(),
                span(&likely.low.says, &likely.high.says),
            ]);
        }
        let mut text = self.heading("How many work") + &self.table(table);
        for one in &moment.at_least {
            let says = format!(
                "With {} at least {} work; from {} to {} whatever was not looked at is.",
                one.chance,
                grouped(one.best),
                grouped(one.worst),
                grouped(one.most)
            );
            text.push_str(&self.says(&says, 2, 4));
        }
        for one in &moment.shortfall {
            let agents = thousandths(i64::try_from(one.working_thousandths).unwrap_or(i64::MAX));
            let says = format!("In the worst {} of the time {agents} work, expected.", one.share);
            text.push_str(&self.says(&says, 2, 4));
        }
        Some(text)
    }

    fn lost_by(&self) -> Option<String> {
        let moment = self.document.moment.as_ref()?;
        let by = |title: &str, by: &Named<i64>| -> String {
            let each = by.iter().map(|(name, lost)| format!("{name} {}", thousandths(*lost)));
            let each = each.collect::<Vec<_>>().join(", ");
            if each.is_empty() {
                String::new()
            } else {
                self.says(&format!("{title}: {each}"), 2, 4)
            }
        };
        let text = by("by site", &moment.lost_by_site)
            + &by("by queue", &moment.lost_by_queue)
            + &by("by phone", &moment.lost_by_phone);
        let title = format!("Agents lost on the average {}", moment.when());
        (!text.is_empty()).then(|| self.heading(&title) + &text)
    }

    /// Every measure of every event for every objective, worst first.
    fn importance(&self) -> Option<String> {
        let mut table = Table::new([
            ("event", Align::Left),
            ("objective", Align::Left),
            ("Birnbaum", Align::Right),
            ("Fussell-Vesely", Align::Right),
            ("RAW", Align::Right),
            ("RRW", Align::Right),
        ]);
        let all = self.document.events.iter();
        let mut all: Vec<_> =
            all.flat_map(|event| event.importance.iter().map(move |one| (event, one))).collect();
        all.retain(|(_, one)| one.given.e12 > 0);
        all.sort_by_key(|(_, one)| {
            std::cmp::Reverse(one.fussell_vesely.as_ref().map_or(0, |one| one.e12))
        });
        let shown = all.len().min(20);
        for (event, one) in &all[..shown] {
            let chance = |chance: &Option<_>| chance_says(chance.as_ref());
            table.row([
                event.id.clone(),
                one.objective.clone(),
                chance(&one.birnbaum),
                chance(&one.fussell_vesely),
                one.achievement.clone().unwrap_or_default(),
                one.reduction.clone().unwrap_or_default(),
            ]);
        }
        let says = "P: the chance of missing it; P(e): with the event, P(¬e): without. Birnbaum \
                    P(e) − P(¬e); Fussell-Vesely 1 − P(¬e) ÷ P; risk achievement worth P(e) ÷ P; \
                    risk reduction worth P ÷ P(¬e).";
        let left = all.len() - shown;
        let more =
            if left > 0 { format!("  … {left} more: --format json\n") } else { String::new() };
        (!table.is_empty()).then(|| {
            self.heading("Importance") + &self.table(table) + &more + &self.says(says, 2, 2)
        })
    }

    fn all_events(&self) -> Option<String> {
        let mut table = Table::new([
            ("event", Align::Left),
            ("kind", Align::Left),
            ("in force", Align::Right),
            ("a year", Align::Right),
            ("lasts", Align::Right),
            ("spread", Align::Left),
        ]);
        for one in &self.document.events {
            let id = match one.decides {
                Some(false) => format!("({})", one.id),
                _ => one.id.clone(),
            };
            table.row([
                id,
                one.kind.clone(),
                one.chance.says.clone(),
                one.per_year.clone(),
                crate::run::time(one.lasts_ms),
                one.law.clone(),
            ]);
        }
        let idle = self.document.events.iter().any(|one| one.decides == Some(false));
        let note = if idle {
            self.says("(In brackets: nobody's work stands on it.)", 2, 2)
        } else {
            String::new()
        };
        let title = "Everything that happens by chance";
        (!table.is_empty()).then(|| self.heading(title) + &self.table(table) + &note)
    }

    fn all_guesses(&self) -> Option<String> {
        let each = self.document.assumptions.iter().map(|one| {
            let of = crate::counted(one.events as u64, "event", "events");
            let says =
                format!("{}: {} ({} to {}), of {of}", one.figure, one.value, one.low, one.high);
            self.says(&says, 2, 4)
        });
        let text: String = each.collect();
        (!text.is_empty()).then(|| self.heading("Figures that are ours") + &text)
    }
}

fn chance_says(chance: Option<&outlast_reports::document::ChanceDocument>) -> String {
    chance.map(|chance| chance.says.clone()).unwrap_or_default()
}
