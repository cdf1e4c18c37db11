//! Customers' calls: how they come in, and what an emergency does to them.

use super::Effect::{Inform, Load, Route};
use super::{Family, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "INB-01",
        name: "three-ways-in",
        family: Family::CustomerCalls,
        effects: &[Route],
        page: "End-customer PSTN calls and agent calls (1)",
        applied: "queues (a later release)",
        docs: None,
    },
    Rule {
        id: "INB-02",
        name: "unpredictable-carriers",
        family: Family::CustomerCalls,
        effects: &[Inform],
        page: "End-customer PSTN calls and agent calls (1)",
        applied: "probabilities of failure (a later release)",
        docs: None,
    },
    Rule {
        id: "INB-03",
        name: "congested-carriers",
        family: Family::CustomerCalls,
        effects: &[Load],
        page: "Enabling your users to work off-site (1)",
        applied: "engine::routes::phone (agents' side); queues (a later release)",
        docs: Some(include_str!("../../rules/INB-03.md")),
    },
    Rule {
        id: "INB-04",
        name: "calls-wait-in-the-cloud",
        family: Family::CustomerCalls,
        effects: &[Load],
        page: "End customer PSTN calls and agent calls (2)",
        applied: "queues (a later release)",
        docs: None,
    },
];
