//! Every id of a plan, collected before anything is read, so that a mention
//! may stand before what it names, and an entry with a mistake in it is not
//! missing to its neighbours.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::catalogue::{BUILT_IN, PhoneKind};
use crate::diagnostic::{Diagnostic, quoted};
use crate::id::{Id, Kind};
use crate::place::Place;
use crate::plan::SiteKind;
use crate::read::{Issues, hint, id};
use crate::yaml::{Node, SECTIONS, Value};

use super::context::site_kind;
use super::sort::{COMPONENTS, Sort};

/// Words of the language that name nothing, so that no id may be one.
const RESERVED: &[&str] = &[
    "unknown",
    "any",
    "all",
    "here",
    "private",
    "own",
    "cloud",
    "none",
    "services",
    "services-private",
    "sbc-signalling",
    "sbc-media",
    "proxies",
    "cloud-domain",
];

/// For how many mentions a near name is looked for.
const HINTS_MAX: usize = 200;

/// What an id names, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declared {
    pub(super) sort: Sort,
    pub(super) place: Place,
}

/// The ids of a plan.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Ids of everything that can fail, and of resources: one namespace.
    pub(super) shared: IndexMap<Id, Declared>,
    /// Ids of what cannot fail by itself, each sort for itself.
    own: BTreeMap<(Sort, Id), Place>,
    /// Names of egresses that equipment has of its own.
    pub(super) egresses: BTreeMap<Id, Place>,
    /// Sorts whose section is no map: mentions of them are not judged.
    broken: Vec<Sort>,
    /// The ids of each sort, in alphabetical order.
    by_sort: BTreeMap<Sort, Vec<Id>>,
    /// Kinds of sites as written.
    pub(super) site_kinds: BTreeMap<Id, SiteKind>,
    /// How many near names have been looked for.
    hints: Cell<usize>,
}

impl Names {
    /// Collects the ids of a plan, noting bad ones and second uses.
    pub(super) fn collect(tree: &Node, issues: &Issues) -> Self {
        let mut names = Self::default();
        names.built_in(tree);
        for (word, path) in SECTIONS {
            let node = path.iter().try_fold(tree, |node, key| node.get(key));
            if let Some(Value::Scalar { .. } | Value::Seq(_)) = node.map(|node| &node.value) {
                names.broken.push(Sort::of_word(word));
            }
            for (key, _) in node.map(Node::entries).unwrap_or_default() {
                if let Some(id) = issues.parsed(id(&key.text), key.place) {
                    names.declare(issues, Sort::of_word(word), id, key.place);
                }
            }
        }
        names.mentioned(tree, issues);
        names.by_chance(tree, issues);
        names.index(tree);
        names
    }

    /// Common causes and hazards: failures like any other, which nothing stands on.
    fn by_chance(&mut self, tree: &Node, issues: &Issues) {
        let failures = tree.get("failures");
        for (section, sort) in [("common", Sort::CommonCause), ("hazards", Sort::Hazard)] {
            let node = failures.and_then(|failures| failures.get(section));
            for (key, _) in node.map(Node::entries).unwrap_or_default() {
                if let Some(id) = issues.parsed(id(&key.text), key.place) {
                    self.declare(issues, sort, id, key.place);
                }
            }
        }
    }

    fn index(&mut self, tree: &Node) {
        let shared = self.shared.iter().map(|(id, declared)| (declared.sort, id));
        for (sort, id) in shared.chain(self.own.keys().map(|(sort, id)| (*sort, id))) {
            self.by_sort.entry(sort).or_default().push(id.clone());
        }
        for ids in self.by_sort.values_mut() {
            ids.sort_unstable();
        }
        for (key, site) in tree.get("sites").map(Node::entries).unwrap_or_default() {
            let kind = site.get("kind").and_then(Node::text).and_then(|kind| site_kind(kind).ok());
            self.site_kinds.extend(kind.map(|kind| (Id::new(&key.text), kind)));
        }
    }

    fn built_in(&mut self, tree: &Node) {
        let mut add = |sort, id: &str| {
            self.shared.insert(Id::new(id), Declared { sort, place: Place::BUILT_IN });
        };
        add(Sort::Network, "internet");
        add(Sort::Network, "pstn");
        for (id, _) in BUILT_IN {
            add(Sort::Cloud, id);
        }
        let empty = |key: &str| tree.get(key).is_none_or(|node| node.entries().is_empty());
        if empty("workstations") {
            add(Sort::Workstation, "workstation");
        }
        if empty("carriers") {
            add(Sort::Carrier, "cloud-carrier");
        }
        let regions = tree.get("cloud").and_then(|cloud| cloud.get("regions"));
        if regions.is_none_or(|node| node.entries().is_empty()) {
            add(Sort::CloudRegion, "cloud.region");
        }
        if empty("queues") {
            self.own.insert((Sort::Queue, Id::new("all")), Place::BUILT_IN);
        }
        for kind in PhoneKind::ALL {
            self.own.insert((Sort::Phone, Id::new(kind.word())), Place::BUILT_IN);
        }
    }

    fn declare(&mut self, issues: &Issues, sort: Sort, id: Id, place: Place) {
        if !sort.is_shared() {
            self.own.insert((sort, id), place);
            return;
        }
        let reserved = RESERVED.contains(&id.as_str())
            || (id == "workstation" && sort != Sort::Workstation)
            || id.as_str().starts_with("cloud.")
            || id.as_str().starts_with("mobile.");
        let builtin = self.shared.get(&id).filter(|first| !first.place.is_written()).copied();
        if let Some(first) = builtin {
            let entry_allowed = first.sort == Sort::Network && sort == Sort::Network;
            if entry_allowed || (first.sort == sort && sort == Sort::Workstation) {
                self.shared.insert(id, Declared { sort, place });
                return;
            }
            let message = format!("`{id}` is built in: it is {}", first.sort.noun());
            let help = "choose another id";
            issues.push(Diagnostic::error("built-in-id", message, place).help(help));
            return;
        }
        if reserved {
            let message = format!("`{id}` is a word of the language, not an id");
            let help = "choose another id";
            issues.push(Diagnostic::error("reserved-id", message, place).help(help));
            return;
        }
        if let Some(first) = self.shared.get(&id) {
            if first.sort == sort && sort.is_mentioned() {
                return;
            }
            if !place.is_written() {
                let message = format!("`{id}` is the id of {} without an entry", sort.noun());
                let diagnostic = Diagnostic::error("built-in-id", message, first.place);
                issues.push(diagnostic.help("choose another id"));
                return;
            }
            let message = format!("id `{id}` is used twice");
            issues.push(
                Diagnostic::error("repeated-id", message, place)
                    .label(format!("here for {}", sort.noun()))
                    .related(first.place, format!("here for {}", first.sort.noun()))
                    .help("everything that can fail has an id of its own; choose another one"),
            );
            return;
        }
        self.shared.insert(id, Declared { sort, place });
    }

    /// Ids that stand in no section: feeds, conduits, regions of the cloud,
    /// home providers, mobile operators.
    fn mentioned(&mut self, tree: &Node, issues: &Issues) {
        let entries = |path: &[&str]| {
            let node = path.iter().try_fold(tree, |node, key| node.get(key));
            node.map(Node::entries).unwrap_or_default()
        };
        for (key, _) in entries(&["cloud", "regions"]) {
            if let Some(id) = issues.parsed(id(&key.text), key.place) {
                self.declare(issues, Sort::CloudRegion, id, key.place);
            }
        }
        let shared = tree.get("shared");
        let mut words: Vec<(Sort, &Node)> = Vec::new();
        words.extend(shared.and_then(|node| node.get("feeds")).map(|node| (Sort::Feed, node)));
        words
            .extend(shared.and_then(|node| node.get("conduits")).map(|node| (Sort::Conduit, node)));
        for (_, site) in entries(&["sites"]) {
            let feeds = site.get("power").and_then(|power| power.get("feeds"));
            words.extend(feeds.map(|node| (Sort::Feed, node)));
        }
        for (_, circuit) in entries(&["circuits"]) {
            words.extend(circuit.get("conduit").map(|node| (Sort::Conduit, node)));
        }
        for (sort, node) in words {
            for item in leaves(node) {
                let Some(text) = item.text().filter(|_| !item.is_unknown()) else { continue };
                if let Ok(id) = id(text) {
                    self.declare(issues, sort, id, item.place);
                }
            }
        }
        self.homes_and_mobiles(tree, issues);
        self.egresses(tree);
    }

    fn homes_and_mobiles(&mut self, tree: &Node, issues: &Issues) {
        let entries = |key: &str| tree.get(key).map(Node::entries).unwrap_or_default();
        let mut regions = BTreeSet::from(["region"]);
        for (key, site) in entries("sites") {
            let region = site.get("region").filter(|region| !region.is_unknown());
            regions.extend(region.and_then(Node::text));
            if site.get("kind").and_then(Node::text) != Some("homes") {
                continue;
            }
            let isps = site.get("internet").and_then(|internet| internet.get("isps"));
            let mut isps = isps.map(shares).unwrap_or_default();
            if isps.is_empty() {
                isps.push(("isp", Place::BUILT_IN));
            }
            for (isp, place) in isps {
                if let Ok(id) = id(&format!("{}.{isp}", key.text)) {
                    self.declare(issues, Sort::HomeIsp, id, place);
                }
            }
        }
        let mut operators = vec![("operator", Place::BUILT_IN)];
        for (_, phone) in entries("phones") {
            operators.extend(phone.get("operator").map(shares).unwrap_or_default());
        }
        for region in regions {
            for (operator, place) in &operators {
                if let Ok(id) = id(&format!("mobile.{region}.{operator}")) {
                    let declared = Declared { sort: Sort::MobileOperator, place: *place };
                    self.shared.entry(id).or_insert(declared);
                }
            }
        }
    }

    fn egresses(&mut self, tree: &Node) {
        for section in ["proxies", "vdi", "vpn", "circuits"] {
            for (_, entry) in tree.get(section).map(Node::entries).unwrap_or_default() {
                let Some(node) = entry.get("egress") else { continue };
                if node.is_unknown() {
                    continue;
                }
                if let Some(Ok(id)) = node.text().map(id) {
                    self.egresses.insert(id, node.place);
                }
            }
        }
    }

    /// Whether an id of one of these sorts exists; else notes what is wrong
    /// with the mention.
    pub(super) fn resolve(
        &self,
        issues: &Issues,
        id: &Id,
        place: Place,
        sorts: &[Sort],
    ) -> Option<Sort> {
        let declared = self.shared.get(id).filter(|declared| sorts.contains(&declared.sort));
        if let Some(declared) = declared {
            return Some(declared.sort);
        }
        if let Some(sort) = sorts.iter().find(|sort| self.own.contains_key(&(**sort, id.clone()))) {
            return Some(*sort);
        }
        if !sorts.iter().any(|sort| self.broken.contains(sort)) {
            issues.push(self.dangling(id, place, sorts));
        }
        None
    }

    fn dangling(&self, id: &Id, place: Place, sorts: &[Sort]) -> Diagnostic {
        let any = sorts.len() == COMPONENTS.len();
        let wanted = Sort::list(sorts);
        let known: Vec<&str> = self.of_sorts(sorts).collect();
        let near = self.near(id.as_str(), &known);
        let list = match known.len() {
            0 => Some("the plan has none".to_owned()),
            1..=12 if !any => Some(format!("the plan has: {}", known.join(", "))),
            _ => None,
        };
        let help = near.or(list);
        if let Some(other) = self.shared.get(id) {
            let wanted = match other.sort {
                Sort::CommonCause | Sort::Hazard if any => "a component".to_owned(),
                _ => wanted,
            };
            let message = format!("`{id}` is {}, not {wanted}", other.sort.noun());
            let diagnostic = Diagnostic::error("wrong-sort", message, place).maybe_help(help);
            return if other.place.is_written() {
                diagnostic.related(other.place, "written here")
            } else {
                diagnostic
            };
        }
        let shown = quoted(id.as_str());
        let message = if any {
            format!("{shown} names nothing that can fail")
        } else {
            format!("{shown} is not {wanted} of this plan")
        };
        Diagnostic::error("dangling-name", message, place).maybe_help(help)
    }

    /// The nearest of the known names. In a plan that is wrong throughout, looking
    /// for it is dear.
    pub(super) fn near(&self, word: &str, known: &[&str]) -> Option<String> {
        let dear = self.hints.replace(self.hints.get() + 1) > HINTS_MAX;
        if dear { None } else { hint(word, known.iter().copied()) }
    }

    /// Whether an id of one of these sorts exists, as far as can be judged.
    pub(super) fn has(&self, id: &Id, sorts: &[Sort]) -> bool {
        self.shared.get(id).is_some_and(|declared| sorts.contains(&declared.sort))
            || sorts.iter().any(|sort| self.own.contains_key(&(*sort, id.clone())))
            || sorts.iter().any(|sort| self.broken.contains(sort))
    }

    /// What an id is as something that can fail, if it can.
    pub(super) fn kind(&self, id: &Id) -> Option<Kind> {
        self.shared.get(id)?.sort.kind(self.site_kinds.get(id).copied())
    }

    /// The ids of some sorts, sort by sort, each in alphabetical order.
    pub(super) fn of_sorts<'a>(&'a self, sorts: &[Sort]) -> impl Iterator<Item = &'a str> {
        let lists = sorts.iter().filter_map(|sort| self.by_sort.get(sort));
        lists.collect::<Vec<_>>().into_iter().flatten().map(Id::as_str)
    }
}

/// The words of a list, or the one word.
fn leaves(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::Seq(items) => items.iter().collect(),
        Value::Scalar { .. } => vec![node],
        Value::Map(_) | Value::Empty => Vec::new(),
    }
}

/// The names in `{a: 60%, b: 40%}`, or the one word.
fn shares(node: &Node) -> Vec<(&str, Place)> {
    match &node.value {
        Value::Map(entries) => {
            entries.iter().map(|(key, _)| (key.text.as_str(), key.place)).collect()
        }
        Value::Scalar { text, .. } if !node.is_unknown() => vec![(text.as_str(), node.place)],
        Value::Scalar { .. } | Value::Seq(_) | Value::Empty => Vec::new(),
    }
}
