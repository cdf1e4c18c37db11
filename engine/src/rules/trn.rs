//! Transport networks: what carries what.

use super::Effect::{Check, Route};
use super::{Family, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "TRN-01",
        name: "three-transports",
        family: Family::Transport,
        effects: &[Route],
        page: "Transport networks",
        applied: "engine::routes::network",
        docs: Some(include_str!("../../rules/TRN-01.md")),
    },
    Rule {
        id: "TRN-02",
        name: "both-networks",
        family: Family::Transport,
        effects: &[Route],
        page: "Transport networks",
        applied: "engine::routes::cloud",
        docs: Some(include_str!("../../rules/TRN-02.md")),
    },
    Rule {
        id: "TRN-03",
        name: "internet-only-service",
        family: Family::Transport,
        effects: &[Route],
        page: "Transport network limitations",
        applied: "engine::routes::cloud",
        docs: Some(include_str!("../../rules/TRN-03.md")),
    },
    Rule {
        id: "TRN-04",
        name: "private-only-service",
        family: Family::Transport,
        effects: &[Route],
        page: "Transport network limitations",
        applied: "engine::routes::tunnel",
        docs: Some(include_str!("../../rules/TRN-04.md")),
    },
    Rule {
        id: "TRN-05",
        name: "ipv6-only-circuit",
        family: Family::Transport,
        effects: &[Route, Check],
        page: "Transport network limitations",
        applied: "engine::routes::network",
        docs: Some(include_str!("../../rules/TRN-05.md")),
    },
    Rule {
        id: "TRN-06",
        name: "opened-by-the-workstation",
        family: Family::Transport,
        effects: &[Route, Check],
        page: "Transport network limitations",
        applied: "engine::routes::network",
        docs: Some(include_str!("../../rules/TRN-06.md")),
    },
    Rule {
        id: "TRN-07",
        name: "voice-apart-from-data",
        family: Family::Transport,
        effects: &[Route],
        page: "Applications for users: Data communications and VoIP communications (1)",
        applied: "engine::routes::posture",
        docs: Some(include_str!("../../rules/TRN-07.md")),
    },
    Rule {
        id: "TRN-08",
        name: "security-gateways",
        family: Family::Transport,
        effects: &[Route],
        page: "Connectivity is the key to availability",
        applied: "engine::routes::cloud",
        docs: Some(include_str!("../../rules/TRN-08.md")),
    },
];
