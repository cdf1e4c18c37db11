//! Virtual desktops: what may run on them.

use super::Effect::{Check, Inform, Route};
use super::{Family, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "VDI-01",
        name: "desktop-on-unsupported-vdi",
        family: Family::Desktops,
        effects: &[Route],
        page: "Applications for users: User workstation system requirements",
        applied: "engine::routes::desktop",
        docs: Some(include_str!("../../rules/VDI-01.md")),
    },
    Rule {
        id: "VDI-02",
        name: "unsupported-combination",
        family: Family::Desktops,
        effects: &[Route, Check],
        page: "VDI support for typical agent applications",
        applied: "engine::routes::desktop",
        docs: Some(include_str!("../../rules/VDI-02.md")),
    },
    Rule {
        id: "VDI-03",
        name: "webrtc-in-vdi",
        family: Family::Desktops,
        effects: &[Inform, Check],
        page: "Applications for users: User workstation system requirements",
        applied: "engine::routes::phone",
        docs: None,
    },
    Rule {
        id: "VDI-04",
        name: "server-out-of-support",
        family: Family::Desktops,
        effects: &[Check],
        page: "VDI support for typical agent applications",
        applied: "check (a later release)",
        docs: None,
    },
    Rule {
        id: "VDI-05",
        name: "applications-split",
        family: Family::Desktops,
        effects: &[Route],
        page: "Applications for users: User workstation system requirements",
        applied: "engine::routes::posture",
        docs: Some(include_str!("../../rules/VDI-05.md")),
    },
];
