//! `firewalls` and the destination words of every allow list.

use crate::catalogue::{SERVICES, service};
use crate::diagnostic::{Diagnostic, quoted};
use crate::fact::Fact;
use crate::id::Id;
use crate::place::Place;
use crate::plan::{AllowRule, Destination, Firewall, Named, Section, Senders, Word};
use crate::read::quantity::{Fault, block, count, day, duration, one_of, yes_no};
use crate::read::{Fields, Parsed, hint};
use crate::units::Millis;
use crate::yaml::{Node, Value};

use super::context::Cx;
use super::sort::{COMPONENTS, Sort};

/// What the guide asks of a firewall's UDP timeout (PRV-03).
const UDP_IDLE: Millis = Millis(140_000);

const WORDS: &[(&str, Word)] = &[
    ("any", Word::Any),
    ("services", Word::Services),
    ("services-private", Word::ServicesPrivate),
    ("sbc", Word::Sbc),
    ("sbc-signalling", Word::SbcSignalling),
    ("sbc-media", Word::SbcMedia),
    ("turn", Word::Turn),
    ("proxies", Word::Proxies),
    ("vpns", Word::Vpns),
    ("vdis", Word::Vdis),
    ("pbxs", Word::Pbxs),
    ("cloud-domain", Word::CloudDomain),
    ("crl", Word::Crl),
];

impl<'a> Cx<'a> {
    pub(super) fn firewalls(&self, top: &Fields<'a>) -> Section<Firewall> {
        let section = self.section(top, "firewalls", "firewall", |f, _| self.firewall(f));
        self.one_at_each_edge(&section);
        section
    }

    fn firewall(&self, f: &Fields<'a>) -> Option<Firewall> {
        let site = self.need(f, "site", &[Sort::Site]);
        let guards = f.need("guards").and_then(|_| self.networks(f, "guards", &[Sort::Network]));
        let dpi = f.map("dpi");
        let inspects_turn = inspects_turn(dpi.as_ref());
        dpi.into_iter().for_each(Fields::finish);
        let before = self.named(f, "before", COMPONENTS);
        // Where it stands is the mistake; it is not at the edge.
        let somewhere = before.is_some() || f.key_place("before").is_none();
        let mut unneeded = Vec::new();
        let firewall = Some(Firewall {
            place: f.place(),
            before,
            allow: self.allow(f),
            inbound: self.inbound(f, &mut unneeded),
            inbound_to_workstations: unneeded,
            inspects_turn,
            udp_idle: f.fact("udp_idle", UDP_IDLE, duration),
            nat_pool: f.maybe("nat_pool", count),
            exposes: self.names_fact(f, "exposes", COMPONENTS).map(Option::unwrap_or_default),
            common: self.common(f),
            site: site?,
            guards: guards?,
        });
        firewall.filter(|_| somewhere)
    }

    fn allow(&self, f: &Fields<'a>) -> Fact<Option<Vec<AllowRule>>> {
        f.read("allow", None, |node| {
            if let Value::Map(_) = node.value {
                self.issues.wrong_shape("a list of rules", node);
                return None;
            }
            let rules = self.issues.items(node)?;
            Some(Some(rules.into_iter().filter_map(|rule| self.rule(rule)).collect()))
        })
    }

    fn rule(&self, node: &'a Node) -> Option<AllowRule> {
        if self.issues.is_unknown(node) {
            return None;
        }
        if let Some(text) = node.text() {
            let tcp = match text {
                "any-443" => Some(443),
                "any" => None,
                _ => {
                    let message = format!("{} is no rule", quoted(text));
                    let help = "write `any-443`, or `{from: workstations, to: services, tcp: 443}`";
                    let diagnostic = Diagnostic::error("bad-value", message, node.place);
                    self.issues.push(diagnostic.help(help));
                    return None;
                }
            };
            let place = node.place;
            let to = Fact::given(vec![Destination { place, word: Word::Any }], place);
            let (from, tcp) = (Fact::given(Senders::Any, place), Fact::given(tcp, place));
            return Some(AllowRule { place, from, to, tcp });
        }
        let f = Fields::of(self.issues, "a rule of `allow`", node.place, node)?;
        let senders = [
            ("any", Senders::Any),
            ("workstations", Senders::Workstations),
            ("proxies", Senders::Proxies),
            ("pbx", Senders::Pbx),
            ("sbc", Senders::Sbc),
        ];
        let from = f.fact("from", Senders::Any, one_of(&senders));
        let to = f.need("to").map(|_| self.destinations(&f, "to"));
        let tcp = f.maybe("tcp", port);
        f.finish();
        Some(AllowRule { place: node.place, from, to: to?, tcp })
    }

    /// The SBCs that may be called; workstations are put apart.
    fn inbound(&self, f: &Fields<'a>, unneeded: &mut Vec<Place>) -> Fact<Option<Vec<Named>>> {
        f.read("inbound", None, |node| self.called(node, unneeded).map(Some))
    }

    fn called(&self, node: &'a Node, unneeded: &mut Vec<Place>) -> Option<Vec<Named>> {
        let mut list = Vec::new();
        for item in self.issues.items(node)? {
            let named = if item.text().is_some() {
                self.issues.named(item)
            } else {
                Fields::of(self.issues, "a rule of `inbound`", item.place, item).and_then(|rule| {
                    let to = rule.need_named("to");
                    rule.finish();
                    to
                })
            };
            match named {
                Some(named) if named.id == "workstations" => unneeded.push(named.place),
                Some(named) => {
                    self.resolve(&named, &[Sort::Sbc]);
                    list.push(named);
                }
                None => {}
            }
        }
        Some(list)
    }

    /// A list of destination words.
    pub(super) fn destinations(&self, f: &Fields<'a>, key: &'static str) -> Fact<Vec<Destination>> {
        f.read(key, Vec::new(), |node| Some(self.destination_list(node)))
    }

    pub(super) fn destination_list(&self, node: &'a Node) -> Vec<Destination> {
        if let Value::Map(_) = node.value {
            return self.destination(node).into_iter().collect();
        }
        let items = self.issues.items(node).unwrap_or_default();
        items.into_iter().filter_map(|item| self.destination(item)).collect()
    }

    fn destination(&self, node: &'a Node) -> Option<Destination> {
        let place = node.place;
        if self.issues.is_unknown(node) {
            return None;
        }
        if let Some(text) = node.text() {
            let word = self.issues.parsed(self.word(text), place)?;
            return Some(Destination { place, word });
        }
        let f = Fields::of(self.issues, "a destination", place, node)?;
        let day = f.need_parse("resolved", day);
        f.finish();
        Some(Destination { place, word: Word::Resolved(day?) })
    }

    fn word(&self, text: &str) -> Parsed<Word> {
        if let Some((_, word)) = WORDS.iter().find(|(word, _)| *word == text) {
            return Ok(word.clone());
        }
        if service(text).is_some() {
            return Ok(Word::Service(Id::new(text)));
        }
        if let Some(word) = self.own_system(text) {
            return Ok(word);
        }
        if is_like_an_address(text) {
            return block(text).map(Word::Block);
        }
        let words = WORDS.iter().map(|(word, _)| *word);
        let services = SERVICES.iter().map(|service| service.id);
        let own = self.names.of_sorts(&[Sort::Proxy, Sort::Vpn, Sort::Vdi, Sort::Pbx]);
        let known = words.chain(services).chain(own);
        let near = hint(text, known);
        let list: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
        let list = format!(
            "words: {}, a service, a proxy, VPN, virtual desktop or PBX, a block of addresses",
            list.join(", ")
        );
        let message = format!("{} is no destination", quoted(text));
        Err(Fault { message, help: near.or(Some(list)) })
    }

    /// A system of the company by its id.
    fn own_system(&self, text: &str) -> Option<Word> {
        let id = Id::new(text);
        match self.names.shared.get(text)?.sort {
            Sort::Proxy => Some(Word::Proxy(id)),
            Sort::Vpn => Some(Word::Vpn(id)),
            Sort::Vdi => Some(Word::Vdi(id)),
            Sort::Pbx => Some(Word::Pbx(id)),
            _ => None,
        }
    }

    fn one_at_each_edge(&self, section: &Section<Firewall>) {
        let mut edges: std::collections::BTreeMap<(&Id, &Id), (&Id, &Firewall)> =
            std::collections::BTreeMap::new();
        for (id, firewall) in section.iter().filter(|(_, firewall)| firewall.before.is_none()) {
            for network in &firewall.guards {
                let edge = (&firewall.site.id, &network.id);
                let Some((other, first)) = edges.get(&edge) else {
                    edges.insert(edge, (id, firewall));
                    continue;
                };
                let message = format!(
                    "`{id}` and `{other}` both stand at the edge of `{}` to `{}`",
                    edge.0, edge.1
                );
                let help = "say `before: COMPONENT` for one that stands elsewhere; \
                            for a pair of devices write one entry with `units`";
                self.issues.push(
                    Diagnostic::error("two-firewalls", message, firewall.place)
                        .related(first.place, "the first")
                        .help(help),
                );
            }
        }
    }
}

/// `dpi.turn`, of firewalls and proxies.
pub(super) fn inspects_turn(dpi: Option<&Fields<'_>>) -> Fact<bool> {
    dpi.map_or(Fact::defaulted(false), |dpi| dpi.fact("turn", false, yes_no))
}

/// Whether a text can only be meant as an address or a block of addresses.
pub(super) fn is_like_an_address(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    text.contains(['/', ':']) || (text.contains('.') && digits(text))
}

pub(super) fn port(text: &str) -> Parsed<u16> {
    let number = count(text).ok().and_then(|number| u16::try_from(number).ok());
    let fault = || Fault::with_help(format!("{} is no port", quoted(text)), "ports are 1 to 65535");
    number.filter(|port| *port > 0).ok_or_else(fault)
}
