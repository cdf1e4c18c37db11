//! `policies`: the house's own rules, said in the plan's own names.

use std::collections::BTreeSet;

use crate::catalogue::PhoneKind;
use crate::diagnostic::{Diagnostic, quoted};
use crate::plan::{ACCESS_WORDS, LegWord, Named, Policy, RouteKind, Section, Verb};
use crate::read::quantity::{one_of, text};
use crate::read::{Fields, few, id};
use crate::yaml::{Node, SECTIONS, Value};

use super::context::Cx;
use super::sort::Sort;

/// What the words of one criterion may be.
struct Vocabulary {
    /// In a sentence that says what a word is not.
    nouns: &'static str,
    /// Whose ids they may be.
    sorts: &'static [Sort],
    /// Kinds and words of the language.
    words: &'static [&'static str],
}

const PLACE: Vocabulary = Vocabulary {
    nouns: "site, kind of site or tag",
    sorts: &[Sort::Site],
    words: &["office", "data-center", "homes", "vendor"],
};

const MACHINE: Vocabulary = Vocabulary {
    nouns: "workstation, VDI or tag",
    sorts: &[Sort::Workstation, Sort::Vdi],
    words: &["workstation", "vdi"],
};

const PHONE: Vocabulary =
    Vocabulary { nouns: "phone, kind of phone or tag", sorts: &[Sort::Phone], words: &[] };

const ACCESS: Vocabulary = Vocabulary {
    nouns: "way of access or tag",
    sorts: &[Sort::Proxy, Sort::Vpn, Sort::Vdi],
    words: &ACCESS_WORDS,
};

const OVER: Vocabulary = Vocabulary {
    nouns: "component that routes go by, kind of one, provider or tag",
    sorts: &[
        Sort::Site,
        Sort::Network,
        Sort::Circuit,
        Sort::Bundle,
        Sort::Firewall,
        Sort::Proxy,
        Sort::Vpn,
        Sort::Vdi,
        Sort::Pbx,
        Sort::Sbc,
        Sort::Trunk,
        Sort::Carrier,
        Sort::HomeIsp,
        Sort::MobileOperator,
        Sort::CloudRegion,
    ],
    words: &[
        "private",
        "office",
        "data-center",
        "homes",
        "vendor",
        "circuit",
        "bundle",
        "firewall",
        "proxy",
        "vpn",
        "vdi",
        "pbx",
        "sbc",
        "trunk",
        "carrier",
        "home-isp",
        "mobile-operator",
        "cloud-region",
    ],
};

/// Names that are no ids.
#[derive(Default)]
struct Loose<'a> {
    tags: BTreeSet<&'a str>,
    providers: BTreeSet<&'a str>,
    /// Ways of working that groups state.
    ways: BTreeSet<&'a str>,
    /// Whether some tags could not be read, so that nothing is known not to be one.
    tags_unread: bool,
    /// Whether some providers are not known.
    providers_unknown: bool,
}

impl<'a> Loose<'a> {
    fn of(tree: &'a Node) -> Self {
        let mut loose = Self::default();
        for (word, path) in SECTIONS {
            let section = path.iter().try_fold(tree, |node, key| node.get(key));
            for (_, entry) in section.map(Node::entries).unwrap_or_default() {
                let tags = entry.get("tags");
                loose.tags.extend(words(tags));
                loose.tags_unread |= words(tags).contains(&"unknown");
                let provider = match *word {
                    "circuit" => entry.get("provider"),
                    "network" => entry.get("carrier"),
                    "phone" => entry.get("operator"),
                    "site" => entry.get("internet").and_then(|internet| internet.get("isps")),
                    _ => None,
                };
                loose.providers.extend(words(provider));
                loose.providers_unknown |= words(provider).contains(&"unknown");
                if *word == "group" {
                    loose.ways.extend(words(entry.get("ways")));
                }
            }
        }
        loose
    }

    fn is_tag(&self, word: &str) -> bool {
        self.tags_unread || self.tags.contains(word)
    }

    fn is_provider(&self, word: &str) -> bool {
        self.providers_unknown || self.providers.contains(word)
    }
}

/// A word, the words of a list, or the keys of a map.
fn words(node: Option<&Node>) -> Vec<&str> {
    match node.map(|node| &node.value) {
        Some(Value::Scalar { text, .. }) => vec![text],
        Some(Value::Seq(items)) => items.iter().filter_map(Node::text).collect(),
        Some(Value::Map(entries)) => entries.iter().map(|(key, _)| key.text.as_str()).collect(),
        Some(Value::Empty) | None => Vec::new(),
    }
}

impl<'a> Cx<'a> {
    pub(super) fn policies(&self, top: &Fields<'a>) -> Section<Policy> {
        if top.key_place("policies").is_none() {
            top.node("policies");
            return Section::new();
        }
        self.valid_ids(top, "policies");
        let loose = Loose::of(self.tree);
        self.section(top, "policies", "policy", |f, _| self.policy(f, &loose))
    }

    /// Ids of sections that nothing else names are checked where they stand.
    pub(super) fn valid_ids(&self, top: &Fields<'a>, section: &'static str) {
        for (key, _) in top.entries(section) {
            self.issues.parsed(id(&key.text), key.place);
        }
    }

    fn policy(&self, f: &Fields<'a>, loose: &Loose<'_>) -> Option<Policy> {
        let groups = f.names("for").unwrap_or_default();
        self.not_empty(f, "for");
        let is_tag = |named: &&Named| loose.is_tag(named.id.as_str());
        for named in groups.iter().filter(|named| !is_tag(named)) {
            self.no_such(named, "tag", &[], loose.tags.iter().copied());
        }
        let when = self.route_kind(f, "when", loose);
        let refuse = self.route_kind(f, "refuse", loose);
        let require = self.route_kind(f, "require", loose);
        self.either(f, require.as_ref());
        let reason = f.need_parse("reason", line);
        let owner = f.parse("owner", line);
        let (verb, kind) = match (refuse, require) {
            (Some(kind), _) => (Verb::Refuse, kind),
            (None, Some(kind)) => (Verb::Require, kind),
            (None, None) => return None,
        };
        Some(Policy { place: f.place(), groups, when, verb, kind, reason: reason?, owner })
    }

    /// A policy refuses or requires; it does not require a leg.
    fn either(&self, f: &Fields<'a>, require: Option<&RouteKind>) {
        match (f.key_place("refuse"), f.key_place("require")) {
            (None, None) => {
                f.missing("refuse", "say what is refused, or by `require` what all else is not");
            }
            (Some(first), Some(second)) => {
                let message = format!("{} has both `refuse` and `require`", f.what());
                let help = "write a policy for each, or narrow one of them by `when`";
                let diagnostic = Diagnostic::error("wrong-key", message, second);
                self.issues.push(diagnostic.related(first, "the other").help(help));
            }
            (None, Some(place)) if require.is_some_and(|kind| !kind.leg.is_empty()) => {
                let message = "`leg` says which routes a policy speaks of; it is not required";
                let help =
                    "write it under `when`: `{when: {leg: phone}, require: {over: private}}`";
                self.issues.push(Diagnostic::error("wrong-key", message, place).help(help));
            }
            _ => {}
        }
    }

    fn route_kind(
        &self,
        f: &Fields<'a>,
        key: &'static str,
        loose: &Loose<'_>,
    ) -> Option<RouteKind> {
        let node = f.certain_node(key)?;
        let what = format!("`{key}` of {}", f.what());
        let place = f.key_place(key).unwrap_or(node.place);
        let map = Fields::of(self.issues, what, place, node)?;
        let kind = RouteKind {
            place: self.criterion(&map, "place", &PLACE, loose),
            machine: self.criterion(&map, "machine", &MACHINE, loose),
            phone: self.criterion(&map, "phone", &PHONE, loose),
            access: self.criterion(&map, "access", &ACCESS, loose),
            leg: self.legs(&map),
            over: self.criterion(&map, "over", &OVER, loose),
        };
        if node.entries().is_empty() {
            let message = format!("{} says nothing", map.what());
            let help = "name a place, machine, phone, access, leg or what a route goes over";
            self.issues.push(Diagnostic::error("bad-value", message, place).help(help));
        }
        map.finish();
        Some(kind)
    }

    fn criterion(
        &self,
        f: &Fields<'a>,
        key: &'static str,
        may_be: &Vocabulary,
        loose: &Loose<'_>,
    ) -> Vec<Named> {
        let names = f.names(key).unwrap_or_default();
        self.not_empty(f, key);
        for named in &names {
            let word = named.id.as_str();
            let is_known = may_be.words.contains(&word)
                || self.names.has(&named.id, may_be.sorts)
                || loose.is_tag(word)
                || (key == "over" && loose.is_provider(word))
                || (key == "access" && loose.ways.contains(word));
            if is_known {
                continue;
            }
            let kinds = PhoneKind::ALL.map(PhoneKind::word);
            let words = if key == "phone" { &kinds[..] } else { may_be.words };
            let ids = self.names.of_sorts(may_be.sorts);
            let own = match key {
                "over" => Some(&loose.providers),
                "access" => Some(&loose.ways),
                _ => None,
            };
            let more = own.into_iter().flatten().copied();
            let known = ids.chain(loose.tags.iter().copied()).chain(more);
            self.no_such(named, may_be.nouns, words, known);
        }
        names
    }

    fn legs(&self, f: &Fields<'a>) -> Vec<LegWord> {
        let words = LegWord::ALL.map(|leg| (leg.word(), leg));
        let legs = f.names("leg").unwrap_or_default();
        self.not_empty(f, "leg");
        let parse = one_of(&words);
        let each = legs.iter().map(|leg| self.issues.parsed(parse(leg.id.as_str()), leg.place));
        each.flatten().collect()
    }

    /// A list of nothing would never be met.
    fn not_empty(&self, f: &Fields<'a>, key: &'static str) {
        let empty = |node: &&Node| matches!(&node.value, Value::Seq(items) if items.is_empty());
        if let Some(node) = f.node(key).filter(empty) {
            let message = format!("`{key}` of {} names nothing", f.what());
            let help = "name what is meant, or leave the key out";
            self.issues.push(Diagnostic::error("bad-value", message, node.place).help(help));
        }
    }

    fn no_such<'n>(
        &'n self,
        named: &Named,
        nouns: &str,
        words: &'n [&'n str],
        known: impl Iterator<Item = &'n str>,
    ) {
        let mut known: Vec<&str> = words.iter().copied().chain(known).collect();
        let mut seen = BTreeSet::new();
        known.retain(|word| seen.insert(*word));
        let list = || match known.len() {
            0 => "the plan has none".to_owned(),
            _ => format!("there are: {}", few(&known)),
        };
        let near = self.names.near(named.id.as_str(), &known);
        let message = format!("{} is no {nouns} of this plan", quoted(named.id.as_str()));
        let diagnostic = Diagnostic::error("dangling-name", message, named.place);
        self.issues.push(diagnostic.help(near.unwrap_or_else(list)));
    }
}

/// A text on one line.
pub(super) fn line(written: &str) -> crate::read::Parsed<String> {
    let words: Vec<&str> = written.split_whitespace().collect();
    text(&words.join(" "))
}
