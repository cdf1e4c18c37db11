//! VPN: full and split tunnels.

use super::Effect::{Check, Load, Route};
use super::{Family, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "VPN-01",
        name: "like-an-internal-machine",
        family: Family::Tunnels,
        effects: &[Route],
        page: "Access via VPN to the corporate network",
        applied: "engine::routes::tunnel",
        docs: Some(include_str!("../../rules/VPN-01.md")),
    },
    Rule {
        id: "VPN-02",
        name: "private-address-not-in-tunnel",
        family: Family::Tunnels,
        effects: &[Route, Check],
        page: "Access over a private network: VPN split tunneling",
        applied: "engine::routes::tunnel",
        docs: Some(include_str!("../../rules/VPN-02.md")),
    },
    Rule {
        id: "VPN-03",
        name: "proxy-not-in-tunnel",
        family: Family::Tunnels,
        effects: &[Route, Check],
        page: "Allowing user access over the Internet: \"split-include\" VPN split tunneling",
        applied: "engine::routes::proxy",
        docs: Some(include_str!("../../rules/VPN-03.md")),
    },
    Rule {
        id: "VPN-04",
        name: "turn-in-split-tunnel",
        family: Family::Tunnels,
        effects: &[Route, Check],
        page: "User access over the Internet: Dynamic IP addresses",
        applied: "engine::routes::tunnel",
        docs: Some(include_str!("../../rules/VPN-04.md")),
    },
    Rule {
        id: "VPN-05",
        name: "vpn-full",
        family: Family::Tunnels,
        effects: &[Load],
        page: "Enabling your users to work off-site (2)",
        applied: "engine::routes::posture",
        docs: Some(include_str!("../../rules/VPN-05.md")),
    },
    Rule {
        id: "VPN-06",
        name: "proxy-to-private-not-in-tunnel",
        family: Family::Tunnels,
        effects: &[Route, Check],
        page: "Access over a private network: VPN split tunneling",
        applied: "engine::routes::proxy",
        docs: Some(include_str!("../../rules/VPN-06.md")),
    },
    Rule {
        id: "VPN-07",
        name: "tunnel-by-resolved-address",
        family: Family::Tunnels,
        effects: &[Route, Check],
        page: "User access over the Internet: Dynamic IP addresses",
        applied: "engine::routes::tunnel",
        docs: Some(include_str!("../../rules/VPN-07.md")),
    },
];
