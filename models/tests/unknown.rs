//! `unknown` may stand for every fact: each value of the page's examples is
//! replaced by it in turn. What takes it is among the plan's unknowns, so that
//! results can list it; what does not is the shape of the plan, says so, and
//! stands on the page's list.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod page;

use std::collections::BTreeSet;

use outlast_models::plan::Listed;
use outlast_models::yaml::{self, Node, Value};
use outlast_models::{Diagnostic, Sources, diagnostic, facts, figures, read, swings};
use page::{examples, load, page};

fn tree() -> Node {
    let mut sources = Sources::new();
    let file = sources.add("plan-language.md", examples(&page()));
    yaml::parse(file, sources.text(file)).unwrap()
}

/// Where a value stands: indices from the top, its own key, and its keys from the
/// top in words.
struct Spot {
    path: Vec<usize>,
    key: String,
    words: String,
}

fn spots(node: &Node, at: &Spot, into: &mut Vec<Spot>) {
    let mut child = |index: usize, key: &str, words: String, node: &Node| {
        let path = [at.path.as_slice(), &[index]].concat();
        let spot = Spot { path, key: key.to_owned(), words };
        spots(node, &spot, into);
        into.push(spot);
    };
    match &node.value {
        Value::Map(entries) => {
            for (n, (key, node)) in entries.iter().enumerate() {
                child(n, &key.text, format!("{}.{}", at.words, key.text), node);
            }
        }
        Value::Seq(items) => {
            for (n, node) in items.iter().enumerate() {
                child(n, "", format!("{}[{n}]", at.words), node);
            }
        }
        Value::Scalar { .. } | Value::Empty => {}
    }
}

fn all_spots(tree: &Node) -> Vec<Spot> {
    let mut all = Vec::new();
    let top = Spot { path: Vec::new(), key: String::new(), words: String::new() };
    spots(tree, &top, &mut all);
    all
}

fn at<'t>(tree: &'t mut Node, path: &[usize]) -> &'t mut Node {
    path.iter().fold(tree, |node, &index| match &mut node.value {
        Value::Map(entries) => &mut entries[index].1,
        Value::Seq(items) => &mut items[index],
        Value::Scalar { .. } | Value::Empty => unreachable!("a path leads through maps"),
    })
}

/// The tree with `unknown` at a spot. Names of egresses that go with it are not
/// mentioned any more.
fn with_unknown(tree: &Node, spot: &Spot) -> Node {
    let mut changed = tree.clone();
    if spot.key == "egress" {
        let mut sources = Sources::new();
        let file = sources.add("no sources", "{}");
        let none = yaml::parse(file, sources.text(file)).unwrap();
        yaml::set(&mut changed, "cloud.access.known", none).unwrap();
    }
    let text = "unknown".to_owned();
    at(&mut changed, &spot.path).value = Value::Scalar { text, quoted: false };
    changed
}

/// Sections in which nothing is a fact.
const WHOLE: [&str; 3] = ["shared", "policies", "waivers"];

/// Whether the page calls a key shape: `circuits.to` is a `to` below `circuits`.
fn is_shape(shape: &BTreeSet<String>, words: &str) -> bool {
    let keys: Vec<&str> = words.split(['.', '[']).skip(1).collect();
    shape.iter().any(|entry| match entry.split_once('.') {
        None if WHOLE.contains(&entry.as_str()) => keys[0] == entry,
        None => keys.last() == Some(&entry.as_str()),
        Some((section, "SITE")) => keys.len() == 2 && keys[0] == section,
        Some((section, key)) => keys.contains(&section) && keys.last() == Some(&key),
    })
}

/// The keys that the page calls shape.
fn shape() -> BTreeSet<String> {
    let page = page();
    let from = page.split("**Never unknown**").nth(1).unwrap();
    let list = from.split("\n\n").next().unwrap();
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_fact_takes_unknown_and_is_listed() {
    let tree = tree();
    let shape = shape();
    let mut facts = 0;
    let mut refused: BTreeSet<String> = BTreeSet::new();
    for spot in all_spots(&tree) {
        let place = at(&mut tree.clone(), &spot.path).place;
        match read::plan_from_tree(&with_unknown(&tree, &spot), &mut load) {
            Ok(plan) => {
                facts += 1;
                let listed = plan.unknowns().iter().any(|unknown| unknown.place == Some(place));
                let figure = spot.words.starts_with(".assumptions.");
                assert!(listed || figure, "{} is not among the unknowns", spot.words);
                assert!(!is_shape(&shape, &spot.words), "the page calls {} shape", spot.words);
            }
            Err(errors) => {
                let said =
                    |error: &&Diagnostic| error.code == "not-unknown" && error.place == place;
                let own = errors.iter().find(said);
                assert!(own.is_some(), "{}: {errors:#?}", spot.words);
                assert!(own.unwrap().help.is_some());
                let one = |entry: &&String| is_shape(&[(*entry).clone()].into(), &spot.words);
                refused.extend(shape.iter().filter(one).cloned());
                let in_map = !spot.key.is_empty();
                let entry = is_entry(&spot.words);
                assert!(
                    !in_map || entry || is_shape(&shape, &spot.words),
                    "{} is refused, and the page does not say so",
                    spot.words
                );
                if !entry && !spot.words.starts_with(".shared") {
                    // A place that a group has lost may be missed by its rows.
                    let here = errors.iter().filter(|error| error.place.file == place.file);
                    let others = here.filter(|error| error.code != "not-unknown");
                    assert_eq!(others.count(), 0, "{}: {errors:#?}", spot.words);
                }
            }
        }
    }
    assert!(facts > 200, "only {facts}");
    assert_eq!(shape.difference(&refused).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// Whether the words lead to a section, or to an entry of one.
fn is_entry(words: &str) -> bool {
    let keys: Vec<&str> = words.split(['.', '[']).skip(1).collect();
    let entry = match keys.as_slice() {
        ["telephony" | "cloud", _, _] => keys[1] != "access" && keys[1] != "addresses",
        ["cloud", section] => ["regions", "services"].contains(section),
        ["groups", _, "ways"] | ["groups", _, "ways", _] | ["failures", _, _] => true,
        _ => keys.len() <= 2,
    };
    entry && !(keys[0] == "shared" && keys.len() > 1)
}

#[test]
fn two_tables_of_facts_in_one_word() {
    let mut sources = Sources::new();
    let text = "outlast: 1
sites: {york: {kind: office, power: unknown}, homes: {kind: homes, internet: unknown}}
cloud: {access: unknown}
groups: {team: {agents: 3, work_at: york, media: [digital], moving: unknown, on_shift: {Mon: unknown}}}
";
    let file = sources.add("plan.yaml", text);
    let plan = read::plan(&mut sources, file, &mut load);
    let plan = plan.map_err(|errors| diagnostic::render(&errors, &sources, false)).unwrap();
    let ids: BTreeSet<String> = plan.unknowns().into_iter().map(|unknown| unknown.id).collect();
    for id in ["feeds:york", "ups:york", "fuel:york", "home_line:homes", "ip:homes", "sso", "mfa"] {
        assert!(ids.contains(id), "{id}: {ids:?}");
    }
    for id in ["known_sources", "moving_place", "shifts:team"] {
        assert!(ids.contains(id), "{id}: {ids:?}");
    }
}

#[test]
fn parts_that_are_unknown_are_equal_parts_of_the_rest() {
    let mut sources = Sources::new();
    let text = "outlast: 1
sites:
  homes: {kind: homes, internet: {isps: {a: 50%, b: unknown, c: unknown, d: unknown}}}
groups: {team: {agents: 3, work_at: homes, media: [digital]}}
";
    let file = sources.add("plan.yaml", text);
    let plan = read::plan(&mut sources, file, &mut load).unwrap();
    let isps = &plan.sites["homes"].internet.isps;
    let parts: Vec<u32> = isps.value.iter().map(|(_, part)| part.0).collect();
    assert_eq!(parts, [500_000, 166_667, 166_667, 166_666]);
    assert!(isps.is_unknown());
}

/// Sorts of facts that reports have words for, beside those of the language.
const IN_REPORTS: [&str; 14] = [
    "authentication_ip_control",
    "capacity",
    "conduit",
    "domain",
    "dpi",
    "off_site_data",
    "open_access",
    "reached_over",
    "seats",
    "sso",
    "turn_host",
    "udp_idle",
    "vdi_adapter",
    "vdi_server",
];

/// The kinds of everything that is unknown in some plan.
fn kinds() -> BTreeSet<(String, bool)> {
    let tree = tree();
    let mut kinds = BTreeSet::new();
    for spot in all_spots(&tree) {
        if let Ok(plan) = read::plan_from_tree(&with_unknown(&tree, &spot), &mut load) {
            kinds.extend(plan.unknowns().into_iter().map(|unknown| {
                let kind = unknown.id.split(':').next().unwrap().to_owned();
                (kind, unknown.listed != Listed::Never)
            }));
        }
    }
    kinds
}

#[test]
fn every_unknown_has_words() {
    let kinds = kinds();
    for (kind, _) in kinds.iter().filter(|(_, listed)| *listed) {
        let figure = figures::spec(kind).or_else(|| figures::reading(kind));
        let own = IN_REPORTS.contains(&kind.as_str());
        let found = [figure.is_some(), facts::fact(kind).is_some(), own];
        assert_eq!(found.iter().filter(|found| **found).count(), 1, "{kind}");
    }
    for spec in facts::FACTS {
        let used = kinds.iter().any(|(kind, listed)| kind == spec.kind && *listed);
        assert!(used, "nothing is ever unknown of `{}`", spec.kind);
    }
}

#[test]
fn nothing_but_chance_uses_what_is_never_listed() {
    let kinds = kinds().into_iter();
    let never: Vec<String> = kinds.filter(|(_, listed)| !listed).map(|(kind, _)| kind).collect();
    let by_chance = ["beta", "hit", "lasts", "mtbf", "mttr", "per_year", "repair"];
    let unused = ["exposes", "media_ports", "os", "sip_ports", "units"];
    let all: BTreeSet<&str> = by_chance.into_iter().chain(unused).collect();
    assert_eq!(never, all.into_iter().collect::<Vec<_>>());
}

/// What most plans leave out is listed as a reading of its own, with words.
#[test]
fn what_is_left_out_has_a_reading() {
    let mut sources = Sources::new();
    let text = "outlast: 1
sites: {york: {kind: office}, homes: {kind: homes}}
networks: {mpls: {}}
circuits: {york-net: {from: york, to: internet}}
firewalls: {fw: {site: york, guards: internet}}
phones: {cell: {kind: pstn, rings: mobile}}
groups: {team: {agents: 3, work_at: [york, homes], phones: [sip-softphone, pstn, cell]}}
";
    let file = sources.add("plan.yaml", text);
    let plan = read::plan(&mut sources, file, &mut load).unwrap();
    let left_out = plan.unknowns().into_iter().filter(|one| one.place.is_none());
    let ids: BTreeSet<String> = left_out.map(|one| one.id).collect();
    let words: BTreeSet<String> = figures::LEFT_OUT.iter().map(|spec| spec.id.to_owned()).collect();
    // A matter of tunnels, and of no one fact.
    let of_tunnels: BTreeSet<String> = ["split_takes_own_systems".to_owned()].into();
    assert_eq!(ids, words.difference(&of_tunnels).cloned().collect());
    let given = "sites: {york: {kind: office, power: {feeds: [grid]}}, homes: {kind: homes, \
                 power: {feeds: [grid]}, internet: {per_agent: 100Mbps, isps: civic, ip: v4}}}";
    let text = text.replace("sites: {york: {kind: office}, homes: {kind: homes}}", given);
    let file = sources.add("plan.yaml", text);
    let plan = read::plan(&mut sources, file, &mut load).unwrap();
    let said = ["power_never_lost", "home_lines_carry", "one_home_provider"];
    assert!(plan.unknowns().iter().all(|one| !said.contains(&one.id.as_str())));
}

/// What nobody knows can be varied: every place that takes `unknown` has a row in the
/// table of swings with a value that the plan takes in its stead, or says why not.
#[test]
fn every_unknown_has_a_swing() {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let mut faults = Vec::new();
    for tree in [tree(), beside_the_examples()] {
        swung(&tree, &mut used, &mut faults);
    }
    let idle = swings::SWINGS.iter().filter(|spec| !used.contains(spec.path));
    faults.extend(idle.map(|spec| format!("{}: nothing is ever unknown there", spec.path)));
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Facts of which the page has no example.
fn beside_the_examples() -> Node {
    let text = "outlast: 1
sites:
  york: {kind: data-center, uses: {laptops: 1}}
  homes: {kind: homes, internet: {isps: {civic: 100%}}}
pools: {laptops: 10}
circuits: {york-net: {from: york, to: internet, egress: 81.2.69.142}}
vpn: {gate: {site: york, tunnel: full, egress: 81.2.69.143}}
phones: {sip-phone: {uses: {laptops: 1}}}
groups: {team: {agents: 3, work_at: homes, phones: sip-phone}}
";
    let mut sources = Sources::new();
    let file = sources.add("beside.yaml", text);
    yaml::parse(file, text).unwrap()
}

fn swung(tree: &Node, used: &mut BTreeSet<&'static str>, faults: &mut Vec<String>) {
    for spot in all_spots(tree) {
        let changed = with_unknown(tree, &spot);
        let Ok(plan) = read::plan_from_tree(&changed, &mut load) else { continue };
        let place = at(&mut tree.clone(), &spot.path).place;
        let doubts = swings::doubts(&plan, &changed);
        let Some(doubt) = doubts.into_iter().find(|doubt| doubt.place == place) else {
            let of = plan.unknowns().into_iter().filter(|one| one.place == Some(place));
            let listed: Vec<String> =
                of.filter(|one| one.listed != Listed::Never).map(|one| one.id).collect();
            if !listed.is_empty() {
                faults.push(format!("{}: no doubt of {listed:?}", spot.words));
            }
            continue;
        };
        let Some(spec) = doubt.spec else {
            faults.push(format!("{}: no row", doubt.path));
            continue;
        };
        used.insert(spec.path);
        let takes = |text: &&String| {
            let value = swings::value_at(text, place).unwrap();
            let mut varied = changed.clone();
            assert!(yaml::put(&mut varied, &value), "{}", doubt.path);
            read::plan_from_tree(&varied, &mut load).is_ok()
        };
        let taken = doubt.others.iter().filter(takes).count();
        // A share alone is what the others leave; only several are in doubt.
        let is_share = [".isps.", ".operator."].iter().any(|word| doubt.path.contains(word));
        if taken == 0 && doubt.why_not.is_none() && !is_share {
            faults.push(format!("{}: the plan takes none of {:?}", doubt.path, doubt.others));
        }
        let kinds: Vec<&str> = spec.kinds.split(' ').collect();
        let is_figure = |id: &str| figures::spec(id).is_some();
        for id in doubt.ids.iter().filter(|id| !is_figure(id)) {
            let kind = id.split(':').next().unwrap();
            if !kinds.contains(&kind) {
                faults.push(format!("{}: {id} is none of {kinds:?}", doubt.path));
            }
        }
    }
}
