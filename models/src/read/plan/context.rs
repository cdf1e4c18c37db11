//! What every part of the plan's reader shares.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, quoted};
use crate::fact::Fact;
use crate::figures::Figures;
use crate::id::Id;
use crate::place::Place;
use crate::plan::{Common, Named, Need, Section, Shared, SiteKind, Units, Use};
use crate::read::quantity::{count, milli, one_of, share};
use crate::read::{Fields, Issues, Parsed, id};
use crate::units::Millionths;
use crate::yaml::{Key, Node, Value};

use super::names::Names;
use super::sort::{COMPONENTS, Sort};

/// Names, figures and mistakes of the plan being read.
pub(super) struct Cx<'a> {
    pub(super) issues: &'a Issues,
    pub(super) tree: &'a Node,
    pub(super) names: Names,
    pub(super) figures: Figures,
    pub(super) shared: Option<Shared>,
    /// The lists of `shared` that are there, by key.
    pub(super) listed: BTreeMap<&'static str, BTreeSet<Id>>,
    /// Groups without `agents`, which are the roster's to fill.
    pub(super) unfilled: RefCell<BTreeSet<Id>>,
}

impl<'a> Cx<'a> {
    /// A plan of which only the ids are known.
    pub(super) fn of(issues: &'a Issues, tree: &'a Node) -> Self {
        Self {
            issues,
            tree,
            names: Names::collect(tree, issues),
            figures: Figures::default(),
            shared: None,
            listed: BTreeMap::new(),
            unfilled: RefCell::default(),
        }
    }

    /// Notes what is wrong with a mention.
    pub(super) fn resolve(&self, named: &Named, sorts: &[Sort]) -> Option<Sort> {
        self.names.resolve(self.issues, &named.id, named.place, sorts)
    }

    /// A mention of one of these sorts, where the key is written.
    pub(super) fn named(&self, f: &Fields<'_>, key: &'static str, sorts: &[Sort]) -> Option<Named> {
        let named = f.named(key)?;
        self.resolve(&named, sorts);
        Some(named)
    }

    /// A mention that must be there.
    pub(super) fn need(&self, f: &Fields<'_>, key: &'static str, sorts: &[Sort]) -> Option<Named> {
        let named = f.need_named(key)?;
        self.resolve(&named, sorts);
        Some(named)
    }

    /// A list of mentions.
    pub(super) fn names(
        &self,
        f: &Fields<'_>,
        key: &'static str,
        sorts: &[Sort],
    ) -> Option<Vec<Named>> {
        let names = f.names(key)?;
        for named in &names {
            self.resolve(named, sorts);
        }
        Some(names)
    }

    /// A mention that may be left out or `unknown`.
    pub(super) fn named_fact(
        &self,
        f: &Fields<'a>,
        key: &'static str,
        sorts: &[Sort],
    ) -> Fact<Option<Named>> {
        f.read(key, None, |node| {
            let named = self.issues.named(node)?;
            self.resolve(&named, sorts);
            Some(Some(named))
        })
    }

    /// A list of mentions that may be left out or `unknown`.
    pub(super) fn names_fact(
        &self,
        f: &Fields<'a>,
        key: &'static str,
        sorts: &[Sort],
    ) -> Fact<Option<Vec<Named>>> {
        f.read(key, None, |node| {
            let names = self.issues.names(node)?;
            for named in &names {
                self.resolve(named, sorts);
            }
            Some(Some(names))
        })
    }

    /// Reads a section: entries by id in the order of the file. `read` asks
    /// for every key before it gives up for want of one, so that what is left
    /// over is unknown.
    pub(super) fn section<T>(
        &self,
        top: &Fields<'a>,
        key: &'static str,
        noun: &str,
        read: impl Fn(&Fields<'a>, &Id) -> Option<T>,
    ) -> Section<T> {
        let mut section = Section::new();
        for (key, node) in top.entries(key) {
            let Ok(id) = id(&key.text) else { continue };
            let what = format!("{noun} `{id}`");
            let Some(fields) = Fields::of(self.issues, what, key.place, node) else { continue };
            if let Some(entry) = read(&fields, &id) {
                section.insert(id, entry);
            }
            fields.finish();
        }
        section
    }

    /// `needs`, `units`, `tags`.
    pub(super) fn common(&self, f: &Fields<'a>) -> Common {
        f.unread(&["cost", "delay", "loss"]);
        Common { needs: self.needs(f), units: self.units(f), tags: tags(f) }
    }

    /// `uses`: so much of a pool or resource for each agent.
    pub(super) fn uses(&self, f: &Fields<'a>) -> Vec<Use> {
        let mut uses = Vec::new();
        for (key, node) in f.entries("uses") {
            let id = self.issues.parsed(id(&key.text), key.place);
            let milli = if node.is_unknown() {
                Some(Fact::unknown(1000, node.place))
            } else {
                self.issues.parse(node, milli).map(|milli| Fact::given(milli, node.place))
            };
            let (Some(id), Some(milli)) = (id, milli) else { continue };
            let named = Named { id, place: key.place };
            self.resolve(&named, &[Sort::Pool, Sort::Resource]);
            uses.push((named, milli));
        }
        uses
    }

    /// `needs`: all of a list.
    pub(super) fn needs(&self, f: &Fields<'a>) -> Vec<Need> {
        let node = f.certain_node("needs");
        node.map(|node| self.need_list(node)).unwrap_or_default()
    }

    fn need_list(&self, node: &Node) -> Vec<Need> {
        if let Value::Map(_) = node.value {
            return self.need_of(node).into_iter().collect();
        }
        let items = self.issues.items(node).unwrap_or_default();
        items.into_iter().filter_map(|item| self.need_of(item)).collect()
    }

    fn need_of(&self, node: &Node) -> Option<Need> {
        let Value::Map(entries) = &node.value else {
            let named = self.issues.named(node)?;
            self.resolve(&named, COMPONENTS);
            return Some(Need::One(named));
        };
        let [(key, list)] = entries.as_slice() else {
            self.issues.error(
                "bad-value",
                "a need has one key: `any`, `all` or `2 of`",
                node.place,
            );
            return None;
        };
        let needs = self.need_list(list);
        let at_least = key.text.strip_suffix(" of").map(str::trim);
        let (needed, need) = match (key.text.as_str(), at_least) {
            ("all", _) => return Some(Need::All(needs)),
            ("any", _) => (1, Need::Any(needs.clone())),
            (_, Some(number)) => {
                let number = self.issues.parsed(count(number), key.place)?;
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                (number, Need::AtLeast(number, needs.clone()))
            }
            (other, None) => {
                let message = format!("{} is not one of `any`, `all`, `2 of`", quoted(other));
                self.issues.error("bad-value", message, key.place);
                return None;
            }
        };
        let written = match &list.value {
            Value::Seq(items) => items.len(),
            _ => 1,
        };
        // Where one could not be read, that is the mistake.
        if needs.len() == written {
            self.choice(needed, &needs, key.place);
        }
        Some(need)
    }

    /// Checks a k-of-n: it can be met, can be missed, and names nothing twice.
    fn choice(&self, needed: u32, needs: &[Need], place: Place) {
        if needed == 0 {
            self.issues.error("bad-value", "needing none of a list is no need", place);
        }
        if needed as usize > needs.len() {
            let message = format!("needs {needed} of only {}", needs.len());
            let help = match needs.len() {
                0 => "list what is needed, such as `{any: [a, b]}`",
                _ => "list more, or need fewer",
            };
            self.issues.push(Diagnostic::error("bad-value", message, place).help(help));
        }
        let mut seen: Vec<&Named> = Vec::new();
        for named in needs.iter().flat_map(named_in) {
            if let Some(first) = seen.iter().find(|first| first.id == named.id) {
                let message = format!("`{}` stands twice in one choice", named.id);
                self.issues.push(
                    Diagnostic::error("repeated-name", message, named.place)
                        .label("second time")
                        .related(first.place, "first time")
                        .help("counted twice it would hide that both fail together"),
                );
            } else {
                seen.push(named);
            }
        }
    }

    /// Of units that are unknown, all are needed.
    fn units(&self, f: &Fields<'a>) -> Fact<Option<Units>> {
        let Some(node) = f.node("units") else { return Fact::defaulted(None) };
        if node.is_unknown() {
            return Fact::unknown(None, node.place);
        }
        if node.text().is_some() {
            let message = format!("expected a map, found {}", node.shape());
            let help = "say how many there are and how many suffice: `{count: 2, needed: 1}`";
            self.issues.push(Diagnostic::error("wrong-shape", message, node.place).help(help));
            return Fact::defaulted(None);
        }
        let Some(units) = f.map("units") else { return Fact::defaulted(None) };
        let small = |text: &str| count(text).map(|n| Some(u32::try_from(n).unwrap_or(u32::MAX)));
        let count = units.need_fact("count", None, small);
        let needed = units.need_fact("needed", None, small);
        let place = units.key_place("needed").unwrap_or(units.place());
        units.finish();
        let (Some(count), Some(needed)) = (count, needed) else { return Fact::defaulted(None) };
        let unknown = [count, needed].into_iter().find(Fact::is_unknown);
        let whole = count.value.or(needed.value).zip(needed.value.or(count.value));
        let units = whole.map(|(count, needed)| self.suffice(count, needed, place));
        match unknown.and_then(|one| one.place()) {
            Some(place) => Fact::unknown(units, place),
            None => Fact::given(units, node.place),
        }
    }

    fn suffice(&self, count: u32, needed: u32, place: Place) -> Units {
        if needed == 0 {
            self.issues.error("bad-value", "needing no unit is no need", place);
        }
        if needed > count {
            let message = format!("needs {needed} of only {count} units");
            let help = "`count` is how many there are, `needed` how many of them suffice";
            self.issues.push(Diagnostic::error("bad-value", message, place).help(help));
        }
        Units { count, needed }
    }

    /// `{a: 60%, b: 40%}` or one word; the shares sum to the whole. Those that are
    /// unknown have equal parts of what the others leave.
    pub(super) fn shares(
        &self,
        f: &Fields<'a>,
        key: &'static str,
        default: Vec<(Named, Millionths)>,
    ) -> Fact<Vec<(Named, Millionths)>> {
        let mut unknown = None;
        let shares = f.read(key, default, |node| match &node.value {
            Value::Map(entries) => Some(self.sum_up(node, entries, &mut unknown)),
            _ => Some(vec![(self.issues.named(node)?, Millionths::ONE)]),
        });
        unknown.map_or(shares.clone(), |place| Fact::unknown(shares.value, place))
    }

    fn sum_up(
        &self,
        node: &Node,
        entries: &[(Key, Node)],
        unknown: &mut Option<Place>,
    ) -> Vec<(Named, Millionths)> {
        let (mut list, mut open) = (Vec::new(), Vec::new());
        let (mut total, mut complete) = (0_u64, true);
        for (key, value) in entries {
            let name = self.issues.parsed(id(&key.text), key.place);
            let part = if value.is_unknown() {
                unknown.get_or_insert(value.place);
                open.push(list.len());
                Some(Millionths::ZERO)
            } else {
                self.issues.parse(value, share)
            };
            complete &= name.is_some() && part.is_some();
            if let (Some(id), Some(part)) = (name, part) {
                total += u64::from(part.0);
                list.push((Named { id, place: key.place }, part));
            }
        }
        if complete && !open.is_empty() && total <= 1_000_000 {
            let (left, of) = (1_000_000 - total, open.len() as u64);
            for (n, &at) in (0_u64..).zip(&open) {
                let part = left / of + u64::from(n < left % of);
                list[at].1 = Millionths(u32::try_from(part).unwrap_or(0));
            }
            total = 1_000_000;
        }
        if complete && total != 1_000_000 {
            let sum = Millionths(u32::try_from(total).unwrap_or(u32::MAX));
            let message = format!("the shares sum to {sum}, not 100%");
            let help = "each is a part of the whole; give what is left a name of its own";
            self.issues.push(Diagnostic::error("bad-sum", message, node.place).help(help));
        }
        list
    }

    /// A word of `shared.providers`, where the plan has these.
    pub(super) fn provider(&self, named: Option<&Named>) {
        if let Some(named) = named {
            self.listed(named, "providers");
        }
    }

    /// Notes a name that is missing from a list of `shared`, which is exhaustive.
    pub(super) fn listed(&self, named: &Named, key: &'static str) {
        let Some(list) = self.listed.get(key) else { return };
        if list.contains(&named.id) {
            return;
        }
        let message = format!("`{}` is not listed under `shared.{key}`", named.id);
        let near = crate::read::hint(named.id.as_str(), list.iter().map(Id::as_str));
        let help = near.unwrap_or_else(|| "the list is exhaustive; add the name there".to_owned());
        self.issues.push(Diagnostic::error("not-listed", message, named.place).help(help));
    }

    /// `private` in a list of networks stands for every private network.
    pub(super) fn networks(
        &self,
        f: &Fields<'a>,
        key: &'static str,
        sorts: &[Sort],
    ) -> Option<Vec<Named>> {
        let names = f.names(key)?;
        Some(self.each_private(names, sorts))
    }

    fn each_private(&self, names: Vec<Named>, sorts: &[Sort]) -> Vec<Named> {
        let mut list: Vec<Named> = Vec::new();
        for named in names {
            if named.id == "private" {
                let every = self.private_networks();
                list.extend(every.into_iter().map(|id| Named { id, place: named.place }));
            } else {
                self.resolve(&named, sorts);
                list.push(named);
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        list.retain(|named| seen.insert(named.id.clone()));
        list
    }

    /// Every private network, in file order.
    pub(super) fn private_networks(&self) -> Vec<Id> {
        let entries = self.tree.get("networks").map(Node::entries).unwrap_or_default();
        let ids = entries.iter().filter_map(|(key, _)| id(&key.text).ok());
        ids.filter(|id| *id != "internet" && *id != "pstn").collect()
    }

    /// The kind of a site, before the section has been read.
    pub(super) fn site_kind(&self, id: &Id) -> Option<SiteKind> {
        self.names.site_kinds.get(id).copied()
    }
}

/// Parses `kind` of a site.
pub(super) fn site_kind(text: &str) -> Parsed<SiteKind> {
    one_of(&[
        ("office", SiteKind::Office),
        ("data-center", SiteKind::DataCenter),
        ("homes", SiteKind::Homes),
        ("vendor", SiteKind::Vendor),
    ])(text)
}

/// `tags`: words of the plan's own.
pub(super) fn tags(f: &Fields<'_>) -> Vec<Id> {
    f.names("tags").unwrap_or_default().into_iter().map(|named| named.id).collect()
}

/// Every mention in a need.
pub(super) fn named_in(need: &Need) -> Vec<&Named> {
    match need {
        Need::One(named) => vec![named],
        Need::Any(list) | Need::All(list) | Need::AtLeast(_, list) => {
            list.iter().flat_map(named_in).collect()
        }
    }
}
