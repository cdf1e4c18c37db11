//! Everything that can fail, as a tree: by kind, by site or by region.

use std::collections::BTreeSet;

use outlast_models::ComponentId;

use super::facts::Part;
use super::lines::Cursor;

/// What the branches are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grouping {
    Kind,
    Site,
    Region,
}

impl Grouping {
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::Kind => Self::Site,
            Self::Site => Self::Region,
            Self::Region => Self::Kind,
        }
    }

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Site => "site",
            Self::Region => "region",
        }
    }

    /// The branches that a component hangs on; what stands nowhere has one too.
    fn branches(self, part: &Part) -> Vec<String> {
        let places = match self {
            Self::Kind => return vec![part.component.kind.word().to_owned()],
            Self::Site => &part.sites,
            Self::Region => &part.regions,
        };
        if places.is_empty() { vec!["elsewhere".to_owned()] } else { places.clone() }
    }
}

/// What is unfolded, and which line is chosen.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    pub(crate) grouping: Grouping,
    unfolded: BTreeSet<String>,
    pub(crate) cursor: Cursor,
}

/// A line of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// A branch with what hangs on it.
    Branch { name: String, of: Vec<ComponentId>, is_unfolded: bool },
    /// Something that can fail.
    Leaf(ComponentId),
}

impl Default for Tree {
    fn default() -> Self {
        Self { grouping: Grouping::Kind, unfolded: BTreeSet::new(), cursor: Cursor::default() }
    }
}

impl Tree {
    /// The lines that show; a filter unfolds everything that it leaves.
    pub(crate) fn lines(&self, parts: &[Part], filter: &str) -> Vec<Line> {
        let mut branches: Vec<(String, Vec<ComponentId>)> = Vec::new();
        for part in parts {
            for branch in self.grouping.branches(part) {
                if !is_wanted(part, &branch, filter) {
                    continue;
                }
                match branches.iter_mut().find(|(name, _)| *name == branch) {
                    Some((_, of)) => of.push(part.component.clone()),
                    None => branches.push((branch, vec![part.component.clone()])),
                }
            }
        }
        let mut lines = Vec::new();
        for (name, of) in branches {
            let is_unfolded = !filter.is_empty() || self.unfolded.contains(&name);
            let leaves = if is_unfolded { of.clone() } else { Vec::new() };
            lines.push(Line::Branch { name, of, is_unfolded });
            lines.extend(leaves.into_iter().map(Line::Leaf));
        }
        lines
    }

    pub(crate) fn fold(&mut self, name: &str, fold: bool) {
        if fold {
            self.unfolded.remove(name);
        } else {
            self.unfolded.insert(name.to_owned());
        }
    }

    pub(crate) fn regroup(&mut self) {
        self.grouping = self.grouping.next();
        self.cursor = Cursor::default();
    }

    /// Chooses the line of something again, unfolding its branch.
    pub(crate) fn choose(&mut self, parts: &[Part], filter: &str, line: &Line) {
        if let Line::Leaf(one) = line
            && let Some(part) = parts.iter().find(|part| part.component == *one)
            && let Some(branch) = self.grouping.branches(part).first()
        {
            self.fold(branch, false);
        }
        let is_it = |other: &Line| match (other, line) {
            (Line::Branch { name, .. }, Line::Branch { name: own, .. }) => name == own,
            (Line::Leaf(other), Line::Leaf(one)) => other == one,
            _ => false,
        };
        if let Some(place) = self.lines(parts, filter).iter().position(is_it) {
            self.cursor.to(place);
        }
    }
}

fn is_wanted(part: &Part, branch: &str, filter: &str) -> bool {
    let ComponentId { kind, id } = &part.component;
    contains(id.as_str(), filter) || contains(branch, filter) || contains(kind.word(), filter)
}

/// Whether a text contains another, small or capital.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}
