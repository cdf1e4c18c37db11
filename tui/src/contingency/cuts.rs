//! What it takes to miss an objective, or to leave nobody of a group a way.

use outlast_reports::contingency::reach;
use outlast_reports::document::{CutDocument, CutsDocument, SinglePointsOfDocument, WhomDocument};

use super::Page;
use super::names::{Any, agents, few, folded, kinds, set};
use crate::{counted, grouped};

/// So many sets of several failures are named of each objective.
const NAMED: usize = 3;
/// And of one that was asked for.
const ASKED: usize = 12;

impl Page<'_> {
    /// Every objective with its smallest cut sets.
    pub(super) fn cuts_of_objectives(&self) -> Option<String> {
        let all = &self.document.objectives;
        let entries: String = all.iter().map(|one| self.entry(one, NAMED)).collect();
        (!entries.is_empty()).then(|| self.heading("What it takes to miss") + &entries)
    }

    pub(super) fn cuts_of_groups(&self) -> Option<String> {
        let all = &self.document.groups;
        let entries: String = all.iter().map(|one| self.entry(one, NAMED)).collect();
        let title = "What it takes to leave nobody a way";
        (!entries.is_empty()).then(|| self.heading(title) + &entries)
    }

    /// The cut sets of what was asked for.
    pub(super) fn all_cuts(&self, whom: &WhomDocument, cuts: &CutsDocument) -> Option<String> {
        if cuts.normally == "missed" {
            return None;
        }
        let title = match whom.what.as_str() {
            "group" => "What it takes to leave nobody a way",
            _ => "What it takes to miss it",
        };
        Some(self.heading(title) + &self.entry(cuts, ASKED))
    }

    fn entry(&self, cuts: &CutsDocument, named: usize) -> String {
        let on_shift = counted(cuts.on_shift, "agent", "agents");
        let needs = match cuts.need {
            Some(need) => format!("needs {} of {on_shift}", grouped(need)),
            None => on_shift,
        };
        let reach = match (cuts.normally.as_str(), reach(cuts)) {
            ("missed", _) => "missed with nothing failed".to_owned(),
            (_, Some(reach)) => reach,
            (_, None) => match self.document.cuts {
                1 => "nothing alone".to_owned(),
                order => format!("nothing of up to {order} failures"),
            },
        };
        let mut text = self.says(&format!("{} ({needs}): {reach}", cuts.of), 2, 4);
        let named = self.shown.rows(named);
        text.push_str(&self.cut_alone(&cuts.minimal));
        text.push_str(&self.cut_together(&cuts.minimal, named, ""));
        if cuts.normally == "open" {
            text.push_str(&self.says("cannot be said with nothing failed", 4, 6));
        }
        let (alone, together): (Vec<_>, Vec<_>) =
            cuts.open.iter().cloned().partition(|cut| cut.set.len() == 1);
        let alone: Vec<&str> = alone.iter().flat_map(|cut| self.known.alike(&cut.set[0])).collect();
        if !alone.is_empty() {
            text.push_str(&self.says(&format!("cannot be said: {}", few(&alone)), 4, 6));
        }
        text.push_str(&self.cut_together(&together, named, "cannot be said: "));
        text
    }

    /// Cut sets of one: the plan's own named, the cloud's counted.
    fn cut_alone(&self, cuts: &[CutDocument]) -> String {
        let alone = cuts.iter().filter(|cut| cut.set.len() == 1);
        let alone = alone.flat_map(|cut| self.known.alike(&cut.set[0]));
        let (cloud, own): (Vec<&str>, Vec<&str>) = alone.partition(|id| self.known.is_cloud(id));
        let mut words: Vec<String> = own.iter().map(|id| (*id).to_owned()).collect();
        words.extend(match cloud.as_slice() {
            [] => None,
            [one] => Some((*one).to_owned()),
            all if self.shown.details => Some(all.join(", ")),
            all => Some(kinds("cloud", all.len())),
        });
        if words.is_empty() {
            return String::new();
        }
        self.says(&format!("alone: {}", words.join(", ")), 4, 6)
    }

    /// Cut sets of several, those first in which nothing is of the cloud.
    fn cut_together(&self, cuts: &[CutDocument], named: usize, before: &str) -> String {
        let several: Vec<Vec<Any>> =
            cuts.iter().filter(|cut| cut.set.len() > 1).map(|cut| self.places(&cut.set)).collect();
        let mut rows = folded(&several);
        let clouds = |row: &Vec<Any>| row.iter().filter(|any| self.known.is_cloud(&any[0])).count();
        rows.sort_by_key(|row| (row.len(), clouds(row)));
        if rows.is_empty() {
            return String::new();
        }
        let top = named.min(rows.len());
        let mut words: Vec<String> = rows[..top].iter().map(|row| set(row)).collect();
        if rows.len() > top {
            words.push(format!("… {} more", rows.len() - top));
        }
        self.says(&format!("{before}{}", words.join("; ")), 4, 6)
    }

    /// Single points of failure of queues and groups.
    pub(super) fn points(&self) -> Option<String> {
        let points = &self.document.single_points;
        let line = |one: &SinglePointsOfDocument| {
            let each =
                one.failures.iter().map(|point| format!("{} {}", point.id, agents(point.agents)));
            self.says(&format!("{}: {}", one.of, each.collect::<Vec<_>>().join(", ")), 2, 4)
        };
        let queues: String = points.queues.iter().map(line).collect();
        let groups: String = points.groups.iter().map(line).collect();
        let mut text = String::new();
        if !queues.is_empty() {
            text.push_str(&self.heading("Leave agents of a queue without a way, alone"));
            text.push_str(&queues);
        }
        if !groups.is_empty() {
            text.push_str(if text.is_empty() { "" } else { "\n" });
            text.push_str(&self.heading("Leave some of a group without a way, alone"));
            text.push_str(&groups);
        }
        (!text.is_empty()).then_some(text)
    }
}
