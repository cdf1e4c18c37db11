//! Customers' calls: how they come in, and what an emergency does to them.

use super::Effect::{Inform, Load, Route};
use super::{Family, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "INB-01",
        name: "three-ways-in",
        family: Family::CustomerCalls,
        effects: &[Route],
        pages: &["End-customer PSTN calls and agent calls (1)"],
        applied: &[],
        awaits: Some("queues"),
        text: include_str!("../../rules/INB-01.md"),
    },
    Rule {
        id: "INB-02",
        name: "unpredictable-carriers",
        family: Family::CustomerCalls,
        effects: &[Inform],
        pages: &["End-customer PSTN calls and agent calls (1)"],
        applied: &["engine::routes::telephony", "engine::check::notes"],
        awaits: Some("probabilities of failure"),
        text: include_str!("../../rules/INB-02.md"),
    },
    Rule {
        id: "INB-03",
        name: "congested-carriers",
        family: Family::CustomerCalls,
        effects: &[Load],
        pages: &["Enabling your users to work off-site (1)"],
        applied: &["engine::routes::telephony"],
        awaits: Some("queues, for customers' calls"),
        text: include_str!("../../rules/INB-03.md"),
    },
    Rule {
        id: "INB-04",
        name: "calls-wait-in-the-cloud",
        family: Family::CustomerCalls,
        effects: &[Load],
        pages: &["End customer PSTN calls and agent calls (2)"],
        applied: &[],
        awaits: Some("queues"),
        text: include_str!("../../rules/INB-04.md"),
    },
];
