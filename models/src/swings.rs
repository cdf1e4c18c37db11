//! What a fact that nobody knows may be, and who would know.
//!
//! A *doubt* is a place of the plan where it says `unknown`. Its values are what is
//! taken for it, and those of [`SWINGS`] that the plan could write in its stead. They
//! are representatives: of a quantity its ends, of a name each that the plan knows, of
//! a list the one that lets least through and the one that lets most. What lies between
//! or besides is not looked at ([`Doubt::is_open`]), and what cannot be varied says why.

mod left;
mod table;

use std::collections::BTreeSet;

use crate::figures::{self, FigureSpec};
use crate::id::Id;
use crate::place::Place;
use crate::plan::{Listed, Plan, SiteKind};
use crate::yaml::{self, Node, Value};
pub use left::{Left, left_out};
pub use table::{SWINGS, SwingSpec};

/// What else a fact may be.
#[derive(Debug, Clone, Copy)]
pub enum Others {
    /// One of these, as a plan writes them.
    Of(&'static [&'static str]),
    /// Each of the plan's names of a sort.
    Each(Names),
    /// A list of each of these alone.
    EachAlone(Names),
    /// A list of these words and all names of some sorts.
    All(&'static [&'static str], &'static [Names]),
    /// Each of these between two pieces of text.
    EachIn(&'static str, Names, &'static str),
    /// Each priority that queues and groups have, and a later one.
    Priorities,
    /// What a key beside it says.
    SameAs(&'static str),
    /// The ends of the plausible range of a figure; empty: of its own.
    RangeOf(&'static str),
    /// Nothing that can be tried, and why.
    Never(&'static str),
}

/// Names that a plan knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// Carriers and SBCs that ring agents.
    Carriers,
    /// Regions of the cloud.
    CloudRegions,
    /// Ducts.
    Conduits,
    /// Power feeds.
    Feeds,
    /// VPNs.
    Gateways,
    /// SBCs and PBXs at which calls may be handed over.
    HandOvers,
    /// Internet providers of homes.
    HomeProviders,
    /// Circuits and bundles.
    Lines,
    /// Virtual desktops.
    Machines,
    /// Networks.
    Networks,
    /// Mobile operators.
    Operators,
    /// Phones.
    Phones,
    /// Proxies.
    Proxies,
    /// Providers of circuits.
    Providers,
    /// Regions of sites.
    Regions,
    /// Sites with equipment.
    Sites,
}

/// Who would know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whom {
    /// Who runs the company's networks.
    Network,
    /// Who sells a line, a network or calls.
    Carrier,
    /// Who runs the cloud.
    Vendor,
    /// The agents themselves: lines and mobiles at home.
    Employees,
    /// Who runs phones and exchanges.
    Telephony,
    /// Who runs firewalls and proxies.
    Security,
    /// Who runs PCs and virtual desktops.
    Desktops,
    /// Who runs buildings and their power.
    Facilities,
    /// Who plans shifts.
    Workforce,
    /// Who answers for the plan.
    Planner,
}

impl Whom {
    /// In words.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Network => "network team",
            Self::Carrier => "carrier",
            Self::Vendor => "cloud vendor",
            Self::Employees => "employees",
            Self::Telephony => "telephony team",
            Self::Security => "security team",
            Self::Desktops => "desktop team",
            Self::Facilities => "facilities",
            Self::Workforce => "workforce management",
            Self::Planner => "continuity planner",
        }
    }

    /// Who knows a figure: whose machines it is measured on, else by its rule.
    pub fn of_figure(figure: &FigureSpec) -> Self {
        match figure.id.split('_').next() {
            Some("vdi") => return Self::Desktops,
            Some("vpn") => return Self::Network,
            Some("occupancy") => return Self::Workforce,
            Some("grade" | "udp") => return Self::Telephony,
            _ => {}
        }
        match figure.source.get(..3) {
            Some("BWD") => Self::Network,
            Some("TRN" | "INT" | "PRV" | "APP" | "OFF" | "VDI" | "PRX") => Self::Vendor,
            Some("PHN") => Self::Telephony,
            _ => Self::Planner,
        }
    }
}

/// A place of the plan where it says `unknown`.
#[derive(Debug, Clone)]
pub struct Doubt {
    /// Where.
    pub place: Place,
    /// The keys that lead there: `firewalls.fw-york.udp_idle`, `objectives[0].mbco`.
    pub path: String,
    /// The assumptions that it makes.
    pub ids: Vec<String>,
    /// What it may be besides what is taken for it, as the plan would write it.
    pub others: Vec<String>,
    /// Why it is not varied, if it is not.
    pub why_not: Option<&'static str>,
    /// Who would know.
    pub whom: Whom,
    /// The row of the table that says so.
    pub spec: Option<&'static SwingSpec>,
}

impl Doubt {
    /// Whether its values are names of ducts or feeds, which matter only where these
    /// are lost.
    pub fn names_fates(&self) -> bool {
        self.all_name(&[Names::Conduits, Names::Feeds])
    }

    /// Whether its values are names of providers, by which scenarios choose.
    pub fn names_providers(&self) -> bool {
        self.all_name(&[Names::Providers])
    }

    /// Whether it may be something else than what it is varied over: a quantity between
    /// two of them, another list.
    pub fn is_open(&self) -> bool {
        let quantity =
            |text: &String| text.starts_with(|c: char| c.is_ascii_digit() || c == '[' || c == '{');
        self.others.iter().any(quantity)
    }

    fn all_name(&self, sorts: &[Names]) -> bool {
        let is_one = |one: &Others| match one {
            Others::Each(sort) | Others::EachAlone(sort) | Others::EachIn(_, sort, _) => {
                sorts.contains(sort)
            }
            _ => false,
        };
        self.spec.is_some_and(|spec| spec.others.iter().all(is_one))
    }
}

/// Every place of a plan that says `unknown` of what some result could use, in the
/// order of its text.
pub fn doubts(plan: &Plan, tree: &Node) -> Vec<Doubt> {
    let unknowns = plan.unknowns();
    let mut all = Vec::new();
    for Spot { path, node, parent } in spots(tree) {
        let written = path_text(&path);
        let of = unknowns.iter().filter(|one| one.place == Some(node.place));
        let of = of.filter(|one| one.listed != Listed::Never);
        let mut ids: Vec<String> = of.map(|one| one.id.clone()).collect();
        if let [Step::Key("assumptions"), Step::Key(figure)] = path.as_slice() {
            ids.push((*figure).to_owned());
        }
        ids.dedup();
        if ids.is_empty() {
            continue;
        }
        let spec = spec_of(&path);
        let others = spec.map_or_else(Vec::new, |spec| others(spec, plan, &path, parent));
        let why_not = others.is_empty().then(|| reason(spec));
        let whom = spec.map_or(Whom::Planner, |spec| match figures::spec(&ids[0]) {
            Some(figure) if spec.kinds.is_empty() => Whom::of_figure(figure),
            _ => spec.whom,
        });
        all.push(Doubt { place: node.place, path: written, ids, others, why_not, whom, spec });
    }
    all
}

fn reason(spec: Option<&SwingSpec>) -> &'static str {
    let said = spec.into_iter().flat_map(|spec| spec.others).find_map(|one| match one {
        Others::Never(why) => Some(*why),
        _ => None,
    });
    said.unwrap_or("the plan names nothing else that it could be")
}

/// A step to a value of the plan's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step<'t> {
    Key(&'t str),
    Item(usize),
}

/// Where the text says `unknown`.
struct Spot<'t> {
    path: Vec<Step<'t>>,
    node: &'t Node,
    /// The map it stands in.
    parent: &'t Node,
}

fn spots(tree: &Node) -> Vec<Spot<'_>> {
    let mut all = Vec::new();
    let mut open = vec![(Vec::new(), tree, tree)];
    while let Some((path, node, parent)) = open.pop() {
        let below = |step| [path.as_slice(), &[step]].concat();
        match &node.value {
            Value::Map(entries) => open.extend(
                entries.iter().map(|(key, child)| (below(Step::Key(&key.text)), child, node)),
            ),
            Value::Seq(items) => open.extend(
                items.iter().enumerate().map(|(n, child)| (below(Step::Item(n)), child, node)),
            ),
            Value::Scalar { .. } if node.is_unknown() => all.push(Spot { path, node, parent }),
            Value::Scalar { .. } | Value::Empty => {}
        }
    }
    all.sort_by_key(|spot| spot.node.place);
    all
}

fn path_text(path: &[Step<'_>]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) if text.is_empty() => text.push_str(key),
            Step::Key(key) => text.extend([".", key]),
            Step::Item(n) => text.extend(["[", &n.to_string(), "]"]),
        }
    }
    text
}

fn spec_of(path: &[Step<'_>]) -> Option<&'static SwingSpec> {
    SWINGS.iter().find(|spec| matches(spec.path, path))
}

fn matches(pattern: &str, path: &[Step<'_>]) -> bool {
    let mut wanted = Vec::new();
    for part in pattern.split('.') {
        wanted.push(part.trim_end_matches("[]"));
        if part.ends_with("[]") {
            wanted.push("[]");
        }
    }
    let fits = |(wanted, step): (&&str, &Step<'_>)| match step {
        Step::Key(key) => *wanted == "*" || wanted == key,
        Step::Item(_) => *wanted == "[]",
    };
    wanted.len() == path.len() && wanted.iter().zip(path).all(fits)
}

/// The values that a row of the table gives a fact, each once.
fn others(spec: &SwingSpec, plan: &Plan, path: &[Step<'_>], parent: &Node) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let own = path.iter().filter_map(|step| match step {
        Step::Key(key) => Some(*key),
        Step::Item(_) => None,
    });
    let own: BTreeSet<&str> = own.collect();
    for one in spec.others {
        let found: Vec<String> = match one {
            Others::Of(texts) => texts.iter().map(|text| (*text).to_owned()).collect(),
            Others::Each(sort) => each(plan, *sort, &own, "", ""),
            Others::EachAlone(sort) => each(plan, *sort, &own, "[", "]"),
            Others::All(words, sorts) => {
                let words = words.iter().map(|word| (*word).to_owned());
                let names = sorts.iter().flat_map(|sort| each(plan, *sort, &own, "", ""));
                vec![format!("[{}]", words.chain(names).collect::<Vec<_>>().join(", "))]
            }
            Others::EachIn(before, sort, after) => each(plan, *sort, &own, before, after),
            Others::Priorities => priorities(plan),
            Others::SameAs(key) => parent.get(key).and_then(words_of).into_iter().collect(),
            Others::RangeOf("") => {
                let figure = path.last();
                figure.map_or_else(Vec::new, |step| match step {
                    Step::Key(figure) => ends(figure),
                    Step::Item(_) => Vec::new(),
                })
            }
            Others::RangeOf(figure) => ends(figure),
            Others::Never(_) => Vec::new(),
        };
        for text in found {
            if !all.contains(&text) {
                all.push(text);
            }
        }
    }
    all
}

fn each(plan: &Plan, sort: Names, own: &BTreeSet<&str>, before: &str, after: &str) -> Vec<String> {
    let names = names(plan, sort).into_iter();
    names.filter(|id| !own.contains(id.as_str())).map(|id| format!("{before}{id}{after}")).collect()
}

/// Each priority that is in use, and one that comes after all.
fn priorities(plan: &Plan) -> Vec<String> {
    let queues = plan.queues.values().map(|queue| &queue.priority);
    let all = queues.chain(plan.groups.values().map(|group| &group.priority));
    let mut all: BTreeSet<u32> = all.map(|fact| fact.value).collect();
    all.insert(all.last().map_or(2, |last| last.saturating_add(1)));
    all.iter().map(ToString::to_string).collect()
}

/// A list of words as it is written.
fn words_of(node: &Node) -> Option<String> {
    match &node.value {
        Value::Scalar { text, .. } => Some(text.clone()),
        Value::Seq(items) => {
            let words: Option<Vec<&str>> = items.iter().map(Node::text).collect();
            Some(format!("[{}]", words?.join(", ")))
        }
        Value::Map(_) | Value::Empty => None,
    }
}

/// The ends of the plausible range of a figure, but for what is taken.
fn ends(figure: &str) -> Vec<String> {
    let Some(spec) = figures::spec(figure) else { return Vec::new() };
    let ends = spec.range.split(" to ").flat_map(|part| part.split(" or "));
    ends.filter(|end| *end != spec.default).map(str::to_owned).collect()
}

/// The names of a sort in order, each once.
fn names(plan: &Plan, sort: Names) -> Vec<Id> {
    fn keys<'p>(all: impl Iterator<Item = &'p Id>) -> Vec<Id> {
        all.cloned().collect()
    }
    let mut all = match sort {
        Names::Carriers => keys(plan.carriers.keys().chain(plan.sbcs.keys())),
        Names::CloudRegions => keys(plan.cloud.regions.keys()),
        Names::Conduits => keys(plan.conduits.keys()),
        Names::Feeds => keys(plan.feeds.keys()),
        Names::Gateways => keys(plan.vpn.keys()),
        Names::HandOvers => keys(plan.sbcs.keys().chain(plan.pbxs.keys())),
        Names::HomeProviders => {
            let homes = plan.sites.values().flat_map(|site| &site.internet.isps.value);
            let mut all = keys(homes.map(|(named, _)| &named.id));
            all.extend(names(plan, Names::Providers));
            all
        }
        Names::Lines => keys(plan.circuits.keys().chain(plan.bundles.keys())),
        Names::Machines => keys(plan.vdi.keys()),
        Names::Networks => keys(plan.networks.keys().filter(|id| **id != "pstn")),
        Names::Operators => {
            let phones = plan.phones.values().flat_map(|phone| &phone.operators.value);
            keys(phones.map(|(named, _)| &named.id))
        }
        Names::Phones => keys(plan.phones.keys()),
        Names::Proxies => keys(plan.proxies.keys()),
        Names::Providers => {
            let lines = plan.circuits.values().flat_map(|circuit| &circuit.provider.value);
            let networks = plan.networks.values().flat_map(|network| &network.carrier.value);
            keys(lines.chain(networks).map(|named| &named.id))
        }
        Names::Regions => keys(plan.sites.values().map(|site| &site.region.value)),
        Names::Sites => {
            let with = |kind: SiteKind| matches!(kind, SiteKind::Office | SiteKind::DataCenter);
            keys(plan.sites.iter().filter(|(_, site)| with(site.kind)).map(|(id, _)| id))
        }
    };
    let mut seen = BTreeSet::new();
    all.retain(|id| seen.insert(id.clone()));
    all
}

/// A value as the plan would write it, standing at a place.
pub fn value_at(text: &str, place: Place) -> Option<Node> {
    let tree = yaml::parse(place.file, &format!("value: {text}\n")).ok()?;
    tree.get("value").map(|node| standing(node, place))
}

fn standing(node: &Node, place: Place) -> Node {
    let value = match &node.value {
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|(key, node)| {
                    (yaml::Key { text: key.text.clone(), place }, standing(node, place))
                })
                .collect(),
        ),
        Value::Seq(items) => Value::Seq(items.iter().map(|item| standing(item, place)).collect()),
        other => other.clone(),
    };
    Node { place, value }
}
