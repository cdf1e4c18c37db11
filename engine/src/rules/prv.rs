//! Access over a private network: firewalls and who is let in.

use super::Effect::{Change, Check, Inform, Load, Route};
use super::{Family, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "PRV-01",
        name: "stable-private-addresses",
        family: Family::Private,
        effects: &[Check],
        page: "Access over a private network: Stable IP addresses",
        applied: "check (a later release)",
        docs: None,
    },
    Rule {
        id: "PRV-02",
        name: "private-interface-exposed",
        family: Family::Private,
        effects: &[Check],
        page: "Access over a private network: Stable IP addresses",
        applied: "check (a later release)",
        docs: None,
    },
    Rule {
        id: "PRV-03",
        name: "udp-timeout-too-short",
        family: Family::Private,
        effects: &[Route, Check],
        page: "Access over a private network: Stable IP addresses",
        applied: "engine::routes::network",
        docs: Some(include_str!("../../rules/PRV-03.md")),
    },
    Rule {
        id: "PRV-04",
        name: "media-opened-by-phone",
        family: Family::Private,
        effects: &[Inform],
        page: "Access over a private network: Stable IP addresses",
        applied: "a note (a later release)",
        docs: None,
    },
    Rule {
        id: "PRV-05",
        name: "https-not-allowed-privately",
        family: Family::Private,
        effects: &[Route, Check],
        page: "Access over a private network via firewall (1)",
        applied: "engine::routes::network",
        docs: Some(include_str!("../../rules/PRV-05.md")),
    },
    Rule {
        id: "PRV-06",
        name: "nat-pool-too-small",
        family: Family::Private,
        effects: &[Load],
        page: "Access over a private network via firewall (2)",
        applied: "engine::routes::network",
        docs: Some(include_str!("../../rules/PRV-06.md")),
    },
    Rule {
        id: "PRV-07",
        name: "sip-not-allowed",
        family: Family::Private,
        effects: &[Route, Check],
        page: "Access over a private network via firewall (2)",
        applied: "engine::routes::network, engine::routes::phone",
        docs: Some(include_str!("../../rules/PRV-07.md")),
    },
    Rule {
        id: "PRV-08",
        name: "unknown-private-address",
        family: Family::Private,
        effects: &[Route, Change],
        page: "Access over a private network: Access policy at Genesys Multicloud CX cloud",
        applied: "engine::routes::cloud",
        docs: Some(include_str!("../../rules/PRV-08.md")),
    },
];
