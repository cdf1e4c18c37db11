//! The worst failures alone.

use outlast_reports::ContingencyDocument;
use outlast_reports::document::{SetDocument, WhomDocument};

use super::names::{agents, few, kinds, percent};
use super::{ALONE, Page};
use crate::{Align, SCREEN_COLUMNS, Table};

/// Failures of one kind that do the same.
struct Row<'a> {
    kind: &'a str,
    failures: Vec<&'a str>,
    lost: i64,
    misses: String,
}

impl Page<'_> {
    /// The worst failures alone, of everybody or of one objective or group with so many on
    /// shift.
    pub(super) fn alone(&self, whom: Option<(&WhomDocument, u64)>) -> Option<String> {
        let rows = self.rows(whom.map(|(whom, _)| whom));
        let (all, misses) = match whom {
            None => (self.document.normal.working, "misses"),
            Some((_, on_shift)) => (on_shift, ""),
        };
        let title = match whom {
            None => "Worst alone".to_owned(),
            Some((whom, _)) => format!("Worst alone for the {} {}", whom.what, whom.name),
        };
        if rows.is_empty() {
            return None;
        }
        let mut table = Table::new([
            ("failure", Align::Left),
            ("kind", Align::Left),
            ("lost", Align::Right),
            ("", Align::Right),
            (misses, Align::Left),
        ]);
        let top = self.shown.rows(ALONE).min(rows.len());
        for row in &rows[..top] {
            table.row([
                few(&row.failures),
                kinds(row.kind, row.failures.len()),
                agents(row.lost),
                percent(row.lost, all),
                row.misses.clone(),
            ]);
        }
        let table = table.indented(2).render(SCREEN_COLUMNS, self.palette);
        Some(self.heading(&title) + &table + &self.more(top, rows.len()))
    }

    /// By what they do and their kind, worst first.
    fn rows(&self, whom: Option<&WhomDocument>) -> Vec<Row<'_>> {
        let document = self.document;
        let mut rows: Vec<Row<'_>> = Vec::new();
        for one in &document.singles {
            let (lost, misses) = does(document, one, whom);
            if !self.shown.details && lost <= 0 && misses.is_empty() {
                continue;
            }
            for id in self.known.alike(&one.set[0]) {
                let kind = self.known.kind(id);
                let like = |row: &&mut Row<'_>| {
                    row.kind == kind && row.lost == lost && row.misses == misses
                };
                match rows.iter_mut().find(like) {
                    Some(row) => row.failures.push(id),
                    None => {
                        rows.push(Row { kind, failures: vec![id], lost, misses: misses.clone() });
                    }
                }
            }
        }
        rows.sort_by_key(|row| (-row.lost, row.misses.is_empty()));
        rows
    }
}

/// How many a failure alone costs, and what it misses.
fn does(
    document: &ContingencyDocument,
    one: &SetDocument,
    whom: Option<&WhomDocument>,
) -> (i64, String) {
    let Some(WhomDocument { what, name }) = whom else {
        return (one.lost, missed(document, one));
    };
    if what == "group" {
        let lost = one.by_group.get(name).or_else(|| one.users.get(name));
        let out = if one.groups_out.contains(name) { "nobody has a way" } else { "" };
        return (lost.copied().unwrap_or(0), out.to_owned());
    }
    let hit = one.objectives.iter().filter(|hit| hit.objective == *name);
    let lost = hit.map(|hit| hit.lost).max().unwrap_or(0);
    let misses = match (one.misses().contains(&name.as_str()), one.opens().contains(&name.as_str()))
    {
        (true, _) => "missed",
        (false, true) => "perhaps missed",
        (false, false) => "",
    };
    (lost, misses.to_owned())
}

/// What a set misses: `cards, lending`, `4 of 5`, `all 5`, `perhaps urgent`.
pub(super) fn missed(document: &ContingencyDocument, set: &SetDocument) -> String {
    let attainable = document.objectives.iter().filter(|one| one.normally != "missed");
    let mut all: Vec<&str> = attainable.map(|one| one.of.as_str()).collect();
    all.dedup();
    let (misses, opens) = (set.misses(), set.opens());
    match (misses.len(), opens.as_slice()) {
        (0, []) => String::new(),
        (0, opens) => format!("perhaps {}", few(opens)),
        (n, _) if n > 2 && n == all.len() => format!("all {n}"),
        (n, _) if n > 2 => format!("{n} of {}", all.len()),
        _ => few(&misses),
    }
}
