//! What a plan asks its PAC files, and what they answer (PRX-08).
//!
//! A PAC file is a program. Running it is I/O and happens at the edge: the
//! command line takes the [`questions`] of a plan, puts them to the files in a
//! child process and hands the [`PacAnswers`] to the engine, which only reads.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::catalogue::REVOCATION_HOST;
use crate::id::Id;
use crate::plan::Plan;

/// The answers of all PAC files of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PacAnswers {
    /// By PAC file and by host as the plan writes it.
    pub by_host: BTreeMap<(Id, String), PacAnswer>,
    /// What the machine was asked for these, where it was.
    pub asked: BTreeMap<(Id, String), BTreeSet<Outside>>,
    /// Those with an entry that no browser reads beside others.
    pub skipped: BTreeSet<(Id, String)>,
}

impl PacAnswers {
    /// Returns the answer of one PAC file for one host.
    pub fn get(&self, pac: &Id, host: &str) -> Option<&PacAnswer> {
        self.by_host.get(&(pac.clone(), host.to_owned()))
    }

    /// What a PAC file asked of the machine before it answered for one host.
    pub fn asked(&self, pac: &Id, host: &str) -> impl Iterator<Item = Outside> {
        self.asked.get(&(pac.clone(), host.to_owned())).into_iter().flatten().copied()
    }

    /// Whether a PAC file's answer for one host has an entry that browsers skip.
    pub fn skips(&self, pac: &Id, host: &str) -> bool {
        self.skipped.contains(&(pac.clone(), host.to_owned()))
    }
}

/// What a PAC file answers for one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PacAnswer {
    /// Where to go, in order; never empty.
    Hops(Vec<PacHop>),
    /// No usable answer, and why; browsers then go direct.
    Failed(String),
}

/// One way that a PAC file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PacHop {
    /// `DIRECT`.
    Direct,
    /// `PROXY`, `HTTP` or `HTTPS`: host and port as written, in lower case.
    Proxy(String),
    /// What is no web proxy, as written: SOCKS and the like.
    Other(String),
}

/// What a PAC file may ask of the machine. The runner gives fixed answers, so
/// an answer that used one holds only as far as they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outside {
    /// Name resolution: no name has an address unless the plan gives it.
    Names,
    /// The machine's own address: `127.0.0.1`.
    OwnAddress,
    /// The time: Monday 3 June 2024, 12:00 UTC.
    Time,
    /// Chance: `Math.random()` is nought.
    Chance,
}

impl Outside {
    /// All of them.
    const ALL: [Self; 4] = [Self::Names, Self::OwnAddress, Self::Time, Self::Chance];

    /// Reads its word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// Its word, as in the id of the assumption: `pac:corporate:own-address`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::OwnAddress => "own-address",
            Self::Time => "time",
            Self::Chance => "chance",
        }
    }

    /// Says what was assumed, as a clause for a sentence about the PAC file.
    pub const fn assumed(self) -> &'static str {
        match self {
            Self::Names => "no name resolves unless the plan gives its address",
            Self::OwnAddress => "the workstation's own address is 127.0.0.1",
            Self::Time => "it is Monday, 12:00",
            Self::Chance => "chance always draws nought",
        }
    }
}

/// One question to a PAC file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PacQuestion {
    /// The PAC file.
    pub pac: Id,
    /// The address that the browser opens.
    pub url: String,
    /// Its host as the plan writes it, which is the key of the answer.
    pub host: String,
}

/// Returns what a plan has to ask: each PAC file for each service's host, for
/// TURN's and, where somebody insists on revocation lists, for theirs, once
/// each, in the order of the plan.
pub fn questions(plan: &Plan) -> Vec<PacQuestion> {
    let mut hosts: Vec<&str> = Vec::new();
    let services = plan.cloud.services.values().map(|service| service.host.value.as_str());
    let insists = plan.workstations.values().any(|machine| machine.hard_fail.value);
    let lists = insists.then_some(REVOCATION_HOST);
    for host in services.chain([plan.cloud.turn_host.value.as_str()]).chain(lists) {
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    let of_file =
        |pac: &Id| -> Vec<PacQuestion> { hosts.iter().map(|host| question(pac, host)).collect() };
    plan.pac.keys().flat_map(of_file).collect()
}

/// Browsers lower the case of a host before they ask.
fn question(pac: &Id, host: &str) -> PacQuestion {
    PacQuestion {
        pac: pac.clone(),
        url: format!("https://{}/", host.to_ascii_lowercase()),
        host: host.to_owned(),
    }
}

/// Reads what `FindProxyForURL` returned: `PROXY a:8080; DIRECT`.
///
/// Nothing at all means direct, and an entry that cannot be read is skipped, as in
/// browsers; where none is left, that is a failure.
pub fn parse_answer(text: &str) -> PacAnswer {
    let hops: Vec<PacHop> = entries(text).filter_map(parse_hop).collect();
    match entries(text).next() {
        None => PacAnswer::Hops(vec![PacHop::Direct]),
        Some(first) if hops.is_empty() => {
            PacAnswer::Failed(format!("cannot read `{}`", shortened(first)))
        }
        Some(_) => PacAnswer::Hops(hops),
    }
}

/// The entries of an answer that browsers skip: `PROXI a:8080`.
pub fn skipped(text: &str) -> Vec<String> {
    entries(text).filter(|entry| parse_hop(entry).is_none()).map(shortened).collect()
}

fn entries(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|entry| !entry.is_empty())
}

fn parse_hop(entry: &str) -> Option<PacHop> {
    let mut words = entry.split_ascii_whitespace();
    let keyword = words.next()?.to_ascii_uppercase();
    let target = words.next();
    if words.next().is_some() {
        return None;
    }
    match (keyword.as_str(), target) {
        ("DIRECT", None) => Some(PacHop::Direct),
        ("PROXY" | "HTTP" | "HTTPS", Some(target)) if is_host_and_port(target) => {
            Some(PacHop::Proxy(target.to_ascii_lowercase()))
        }
        ("SOCKS" | "SOCKS4" | "SOCKS5" | "QUIC", Some(target)) if is_host_and_port(target) => {
            Some(PacHop::Other(entry.to_owned()))
        }
        _ => None,
    }
}

/// `host`, `host:port`, `[v6]`, `[v6]:port`; never a URL.
fn is_host_and_port(target: &str) -> bool {
    let (host, port) = match target.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, rest)) if !address.is_empty() => (address, rest.strip_prefix(':')),
        Some(_) => return false,
        None => match target.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (target, None),
        },
    };
    let in_brackets = target.starts_with('[');
    let host_reads = !host.is_empty()
        && host.chars().all(|c| {
            c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') || (in_brackets && c == ':')
        });
    let rest_reads = !in_brackets || target.ends_with(']') || port.is_some();
    host_reads && rest_reads && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|n| n > 0))
}

/// Answers come from a program, so their length is not ours to trust.
fn shortened(text: &str) -> String {
    const KEPT: usize = 60;
    match text.char_indices().nth(KEPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hops(text: &str) -> Vec<PacHop> {
        match parse_answer(text) {
            PacAnswer::Hops(hops) => hops,
            PacAnswer::Failed(reason) => panic!("{text:?} failed: {reason}"),
        }
    }

    #[test]
    fn a_list_keeps_its_order() {
        let read = hops("PROXY To-Cloud.Internal.Example.com:8080; proxy b:3128 ;DIRECT;");
        let expected = [
            PacHop::Proxy("to-cloud.internal.example.com:8080".into()),
            PacHop::Proxy("b:3128".into()),
            PacHop::Direct,
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn nothing_is_direct_as_in_browsers() {
        for text in ["", "  ", ";", " ; ; "] {
            assert_eq!(hops(text), [PacHop::Direct], "{text:?}");
        }
    }

    #[test]
    fn https_is_a_proxy_and_socks_is_not() {
        assert_eq!(hops("HTTPS A:443"), [PacHop::Proxy("a:443".into())]);
        assert_eq!(hops("SOCKS5 A:1080"), [PacHop::Other("SOCKS5 A:1080".into())]);
    }

    #[test]
    fn hosts_come_with_and_without_port() {
        assert_eq!(hops("PROXY a"), [PacHop::Proxy("a".into())]);
        assert_eq!(hops("PROXY 10.0.0.1:8080"), [PacHop::Proxy("10.0.0.1:8080".into())]);
        assert_eq!(hops("PROXY [2001:DB8::1]:80"), [PacHop::Proxy("[2001:db8::1]:80".into())]);
        assert_eq!(hops("PROXY [::1]"), [PacHop::Proxy("[::1]".into())]);
    }

    #[test]
    fn what_cannot_be_read_fails() {
        let mistakes = [
            "PROXY",
            "a:8080",
            "PROXY a:8080 b:8080",
            "PROXY a:8080, PROXY b:8080",
            "PROXY a:0",
            "PROXY a:65536",
            "PROXY a:",
            "PROXY :8080",
            "PROXY http://a:8080",
            "PROXY []:80",
            "PROXY [::1]x",
            "DIRECT now",
            "42",
            "undefined",
            "nonsense; PROXY a:0",
            "PROXY \u{202e}a:8080",
        ];
        for text in mistakes {
            assert!(matches!(parse_answer(text), PacAnswer::Failed(_)), "{text:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_skipped_beside_what_can() {
        let text = "PROXI a:80; PROXY b:80 c:80; DIRECT; ;";
        assert_eq!(hops(text), [PacHop::Direct]);
        assert_eq!(skipped(text), ["PROXI a:80", "PROXY b:80 c:80"]);
    }

    #[test]
    fn a_reason_is_short() {
        let PacAnswer::Failed(reason) = parse_answer(&"é".repeat(100_000)) else {
            panic!("should fail");
        };
        assert!(reason.chars().count() < 100);
    }
}
