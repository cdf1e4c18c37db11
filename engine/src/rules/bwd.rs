//! Bandwidth: what one agent's traffic takes.

use super::Effect::Load;
use super::{Family, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "BWD-01",
        name: "sip-call-bandwidth",
        family: Family::Bandwidth,
        effects: &[Load],
        pages: &["Bandwidth requirements for agent-originated traffic"],
        applied: &["engine::routes::phone"],
        awaits: None,
        text: include_str!("../../rules/BWD-01.md"),
    },
    Rule {
        id: "BWD-02",
        name: "webrtc-call-bandwidth",
        family: Family::Bandwidth,
        effects: &[Load],
        pages: &["Bandwidth requirements for agent-originated traffic"],
        applied: &["engine::routes::phone"],
        awaits: None,
        text: include_str!("../../rules/BWD-02.md"),
    },
    Rule {
        id: "BWD-03",
        name: "desktop-bandwidth",
        family: Family::Bandwidth,
        effects: &[Load],
        pages: &["Bandwidth requirements for agent-originated traffic"],
        applied: &["engine::routes::legs"],
        awaits: None,
        text: include_str!("../../rules/BWD-03.md"),
    },
    Rule {
        id: "BWD-04",
        name: "recording-bandwidth",
        family: Family::Bandwidth,
        effects: &[Load],
        pages: &["Bandwidth requirements for agent-originated traffic"],
        applied: &["engine::routes::recording"],
        awaits: None,
        text: include_str!("../../rules/BWD-04.md"),
    },
];
