//! Virtual desktops: what may run on them.

use super::Effect::{Check, Inform, Route};
use super::{Family, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "VDI-01",
        name: "desktop-on-unsupported-vdi",
        family: Family::Desktops,
        effects: &[Route],
        pages: &["Applications for users: User workstation system requirements"],
        applied: &["engine::routes::desktop"],
        awaits: None,
        text: include_str!("../../rules/VDI-01.md"),
    },
    Rule {
        id: "VDI-02",
        name: "unsupported-combination",
        family: Family::Desktops,
        effects: &[Route, Check],
        pages: &["VDI support for typical agent applications"],
        applied: &["engine::routes::desktop", "engine::routes::legs"],
        awaits: None,
        text: include_str!("../../rules/VDI-02.md"),
    },
    Rule {
        id: "VDI-03",
        name: "webrtc-in-vdi",
        family: Family::Desktops,
        effects: &[Inform, Check],
        pages: &["Applications for users: User workstation system requirements"],
        applied: &["engine::routes::phone", "engine::check::notes"],
        awaits: None,
        text: include_str!("../../rules/VDI-03.md"),
    },
    Rule {
        id: "VDI-04",
        name: "server-out-of-support",
        family: Family::Desktops,
        effects: &[Check],
        pages: &["VDI support for typical agent applications"],
        applied: &["engine::check::machines"],
        awaits: None,
        text: include_str!("../../rules/VDI-04.md"),
    },
    Rule {
        id: "VDI-05",
        name: "applications-split",
        family: Family::Desktops,
        effects: &[Route],
        pages: &["Applications for users: User workstation system requirements"],
        applied: &["engine::routes::desktop"],
        awaits: None,
        text: include_str!("../../rules/VDI-05.md"),
    },
];
