//! Continuity: what a disaster takes and how agents are reached again.

use super::Effect::{Change, Inform, Route};
use super::{Family, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "BCP-01",
        name: "the-cloud-survives",
        family: Family::Continuity,
        effects: &[Inform],
        page: "Genesys Multicloud CX services and Business Continuity of your organization (1)",
        applied: "probabilities of failure (a later release)",
        docs: None,
    },
    Rule {
        id: "BCP-02",
        name: "what-a-disaster-takes",
        family: Family::Continuity,
        effects: &[Route, Inform],
        page: "Genesys Multicloud CX services and Business Continuity of your organization (2)",
        applied: "scenarios; engine::routes::posture",
        docs: Some(include_str!("../../rules/BCP-02.md")),
    },
    Rule {
        id: "BCP-03",
        name: "phones-in-an-emergency",
        family: Family::Continuity,
        effects: &[Route],
        page: "Genesys Multicloud CX services and Business Continuity: Agent phones",
        applied: "engine::routes::phone",
        docs: Some(include_str!("../../rules/BCP-03.md")),
    },
    Rule {
        id: "BCP-04",
        name: "provision-in-an-emergency",
        family: Family::Continuity,
        effects: &[Change],
        page: "Genesys Multicloud CX services and Business Continuity: Agent phones",
        applied: "engine::routes::posture",
        docs: Some(include_str!("../../rules/BCP-04.md")),
    },
    Rule {
        id: "BCP-05",
        name: "access-in-an-emergency",
        family: Family::Continuity,
        effects: &[Route],
        page: "Genesys Multicloud CX services and Business Continuity: IP-based control",
        applied: "engine::routes::cloud",
        docs: Some(include_str!("../../rules/BCP-05.md")),
    },
    Rule {
        id: "BCP-06",
        name: "kept-changed-lost",
        family: Family::Continuity,
        effects: &[Inform],
        page: "Genesys Multicloud CX services and Business Continuity of your organization (3)",
        applied: "planner (a later release)",
        docs: None,
    },
];
