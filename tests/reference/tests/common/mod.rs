//! Tiny plans as text, and what the reference says of them.
#![allow(dead_code, reason = "every test file takes what it needs")]

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::pac::{PacAnswers, parse_answer, questions};
use outlast_models::plan::Plan;
use outlast_models::{Sources, diagnostic, read};
use outlast_reference::{Directed, Failure, Way, WayState, directed, ways};

/// An office on both transports, and homes.
pub(crate) const OFFICE: &str = "
sites:
  leeds: {kind: office, seats: 100}
  homes: {kind: homes, region: north}
networks:
  mpls: {kind: private}
circuits:
  leeds-net: {from: leeds, to: internet}
  leeds-mpls: {from: leeds, to: mpls}
";

/// Open access with all it needs, and direct URLs.
pub(crate) const OPEN: &str = "
cloud:
  access:
    sso: {provider: cloud}
    mfa: true
    open_access: [agent-desktop, webrtc-signalling]
    direct_urls: {services: [agent-desktop]}
";

/// Stands for the host of any authority's revocation lists.
pub(crate) const LISTS: &str = "crl.authority.example";

pub(crate) struct Case {
    pub(crate) plan: Plan,
    pub(crate) pac: PacAnswers,
}

/// Reads a plan of these parts; every PAC file `a.pac` answers as `pac` says:
/// hosts, and `*` for the rest.
pub(crate) fn case_with(parts: &[&str], pac: &[(&str, &str)]) -> Case {
    let text = format!("outlast: 1\ndate: 2026-10-02\n{}", parts.concat());
    let mut sources = Sources::new();
    let file = sources.add("tiny.yaml", text.clone());
    let mut load = |_: &str| Ok("function FindProxyForURL() {}".to_owned());
    let plan = match read::plan(&mut sources, file, &mut load) {
        Ok(plan) => plan,
        Err(errors) => panic!("{}\n{text}", diagnostic::render(&errors, &sources, false)),
    };
    let mut answers = PacAnswers::default();
    let said: BTreeMap<&str, &str> = pac.iter().copied().collect();
    let answer =
        |host: &str| parse_answer(said.get(host).or(said.get("*")).copied().unwrap_or("DIRECT"));
    for question in questions(&plan) {
        let answer = answer(&question.host);
        answers.by_host.insert((question.pac, question.host), answer);
    }
    for pac in plan.pac.keys() {
        answers.by_host.insert((pac.clone(), LISTS.to_owned()), answer(LISTS));
    }
    Case { plan, pac: answers }
}

pub(crate) fn case(parts: &[&str]) -> Case {
    case_with(parts, &[])
}

/// One group of five with these keys.
pub(crate) fn group(keys: &str) -> String {
    format!("groups:\n  team: {{agents: 5, {keys}}}\n")
}

pub(crate) fn failed(ids: &[&str]) -> Failure {
    let failed = ids.iter().map(|id| (*id).to_owned()).collect();
    Failure { failed, ..Failure::default() }
}

pub(crate) fn one(id: &str) -> BTreeSet<String> {
    BTreeSet::from([id.to_owned()])
}

pub(crate) fn rules(ids: &[&str]) -> WayState {
    WayState::Refused(ids.iter().map(|id| (*id).to_owned()).collect())
}

pub(crate) fn changes(names: &[&str]) -> WayState {
    WayState::NeedsChange(names.iter().map(|name| (*name).to_owned()).collect())
}

impl Case {
    pub(crate) fn ways(&self, failure: &Failure) -> Vec<Way> {
        ways(&self.plan, &self.pac, failure)
    }

    /// The first posture's state.
    pub(crate) fn first_in(&self, failure: &Failure) -> WayState {
        self.ways(failure).remove(0).state
    }

    pub(crate) fn first(&self) -> WayState {
        self.first_in(&Failure::default())
    }

    pub(crate) fn directed(&self, failure: &Failure) -> Directed {
        directed(&self.plan, &self.pac, failure).expect("a tiny plan")
    }
}

/// The first posture of a plan of these parts.
pub(crate) fn first(parts: &[&str]) -> WayState {
    case(parts).first()
}
