//! Continuity: what a disaster takes and how agents are reached again.

use super::Effect::{Change, Inform, Route};
use super::{Family, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "BCP-01",
        name: "the-cloud-survives",
        family: Family::Continuity,
        effects: &[Inform],
        pages: &["Genesys Multicloud CX services and Business Continuity of your organization (1)"],
        applied: &[],
        awaits: Some("probabilities of failure"),
        text: include_str!("../../rules/BCP-01.md"),
    },
    Rule {
        id: "BCP-02",
        name: "what-a-disaster-takes",
        family: Family::Continuity,
        effects: &[Route, Inform],
        pages: &["Genesys Multicloud CX services and Business Continuity of your organization (2)"],
        applied: &["engine::routes::posture"],
        awaits: None,
        text: include_str!("../../rules/BCP-02.md"),
    },
    Rule {
        id: "BCP-03",
        name: "phones-in-an-emergency",
        family: Family::Continuity,
        effects: &[Route],
        pages: &["Genesys Multicloud CX services and Business Continuity: Agent phones"],
        applied: &["engine::routes::phone"],
        awaits: None,
        text: include_str!("../../rules/BCP-03.md"),
    },
    Rule {
        id: "BCP-04",
        name: "provision-in-an-emergency",
        family: Family::Continuity,
        effects: &[Change],
        pages: &["Genesys Multicloud CX services and Business Continuity: Agent phones"],
        applied: &["engine::routes::posture"],
        awaits: None,
        text: include_str!("../../rules/BCP-04.md"),
    },
    Rule {
        id: "BCP-05",
        name: "access-in-an-emergency",
        family: Family::Continuity,
        effects: &[Route],
        pages: &["Genesys Multicloud CX services and Business Continuity: IP-based control"],
        applied: &["engine::routes::login"],
        awaits: None,
        text: include_str!("../../rules/BCP-05.md"),
    },
    Rule {
        id: "BCP-06",
        name: "kept-changed-lost",
        family: Family::Continuity,
        effects: &[Inform],
        pages: &["Genesys Multicloud CX services and Business Continuity of your organization (3)"],
        applied: &[],
        awaits: Some("the planner"),
        text: include_str!("../../rules/BCP-06.md"),
    },
];
