//! What is worse together than one by one.

use std::collections::BTreeMap;

use outlast_reports::document::SetDocument;

use super::alone::missed;
use super::names::{Any, agents, folded, set};
use super::{Page, TOGETHER};
use crate::{Align, SCREEN_COLUMNS, Table};

impl Page<'_> {
    /// Sets that lose more than their parts, those alike in one row.
    pub(super) fn together(&self) -> Option<String> {
        let worse: Vec<&SetDocument> =
            self.document.worse.iter().filter(|one| one.beyond > 0).collect();
        let rows = self.alike_together(&worse);
        if rows.is_empty() {
            return None;
        }
        let mut table = Table::new([
            ("failures", Align::Left),
            ("together", Align::Right),
            ("one by one", Align::Right),
            ("misses", Align::Left),
        ]);
        let top = self.shown.rows(TOGETHER).min(rows.len());
        for (one, places) in &rows[..top] {
            table.row([
                set(places),
                agents(one.lost),
                agents(one.lost - one.beyond),
                missed(self.document, one),
            ]);
        }
        let table = table.indented(2).render(SCREEN_COLUMNS, self.palette);
        let title = self.heading("Worse together than one by one");
        Some(title + &table + &self.more(top, rows.len()))
    }

    /// A set for each row, with what may stand in it.
    fn alike_together<'d>(&self, worse: &[&'d SetDocument]) -> Vec<(&'d SetDocument, Vec<Any>)> {
        let mut alike: Vec<Vec<&'d SetDocument>> = Vec::new();
        let mut known: BTreeMap<(i64, i64, String), usize> = BTreeMap::new();
        for one in worse {
            let key = (one.lost, one.beyond, missed(self.document, one));
            let n = *known.entry(key).or_insert(alike.len());
            if n == alike.len() {
                alike.push(Vec::new());
            }
            alike[n].push(one);
        }
        let each = alike.into_iter().flat_map(|sets| {
            let places: Vec<Vec<Any>> = sets.iter().map(|one| self.places(&one.set)).collect();
            folded(&places).into_iter().map(move |row| (sets[0], row))
        });
        each.collect()
    }

    /// What may stand in each place of a set.
    pub(super) fn places(&self, set: &[String]) -> Vec<Any> {
        let any = |id: &String| self.known.alike(id).into_iter().map(str::to_owned).collect();
        set.iter().map(any).collect()
    }
}
