//! The rules as predicates on a finished path: what travels, firewalls, proxies.
//!
//! One function a rule, named by its id; each says whether it refuses.

use std::collections::BTreeSet;

use outlast_models::plan::{HandsOver, IpVersion, Senders};

use crate::leave::{Path, Program};
use crate::sites::Hop;
use crate::words::{Cover, Flow};
use crate::world::World;

/// A rule: id and predicate.
type Rule = (&'static str, fn(&World, &Path) -> bool);

const RULES: &[Rule] = &[
    ("TRN-05", trn_05),
    ("INT-01", int_01),
    ("INT-02", int_02),
    ("INT-03", int_03),
    ("PRV-03", prv_03),
    ("PRV-05", prv_05),
    ("PRV-07", prv_07),
    ("PRV-08", crate::access::prv_08),
    ("INT-04", crate::access::int_04),
    ("INT-05", crate::access::int_05),
    ("INT-08", crate::access::int_08),
    ("INT-09", crate::access::int_09),
    ("INT-10", crate::access::int_10),
    ("PRX-05", prx_05),
    ("PRX-06", prx_06),
    ("PRX-07", prx_07),
    ("PRX-08", prx_08),
    ("APP-06", app_06),
];

/// Every rule that refuses a path.
pub(crate) fn refusals(world: &World, path: &Path) -> BTreeSet<&'static str> {
    let mut refused = path.refused.clone();
    refused.extend(RULES.iter().filter(|(_, rule)| rule(world, path)).map(|(id, _)| *id));
    match path.refused_as {
        Some(rule) if !refused.is_empty() => BTreeSet::from([rule]),
        _ => refused,
    }
}

/// One firewall that a path passes.
pub(crate) struct Passage {
    pub(crate) firewall: String,
    network: String,
    sender: Senders,
    pub(crate) flow: Flow,
}

/// Every firewall on a path, tunnel included.
pub(crate) fn passages(world: &World, path: &Path) -> Vec<Passage> {
    let mut passages = Vec::new();
    for hop in path.tunnel.iter().chain(&path.hops) {
        let Hop::Cross { site, network, sender, flow, with } = hop else { continue };
        for firewall in world.firewalls(site, network, with) {
            let (network, flow) = (network.clone(), flow.clone());
            passages.push(Passage { firewall, network, sender: *sender, flow });
        }
    }
    passages
}

/// Where an allow list does not cover what passes, out or in, and whether it
/// did before addresses rotated.
fn gaps(world: &World, path: &Path) -> Vec<(Passage, bool)> {
    let gap = |passage: Passage| {
        if passage.flow == Flow::Other {
            return None;
        }
        let allow = world.plan.firewalls[passage.firewall.as_str()].allow.value.as_ref()?;
        match world.allowed(allow, passage.sender, &passage.flow) {
            Cover::Yes => None,
            Cover::UntilRotated if !world.failure.rotated => None,
            Cover::UntilRotated => Some((passage, true)),
            Cover::No => Some((passage, false)),
        }
    };
    passages(world, path).into_iter().filter_map(gap).collect()
}

/// IPv4 only.
fn trn_05(world: &World, path: &Path) -> bool {
    path.tunnel.iter().chain(&path.hops).any(|hop| carries_nothing(world, hop))
}

/// Whether a hop speaks IPv6 only.
pub(crate) fn carries_nothing(world: &World, hop: &Hop) -> bool {
    match hop {
        Hop::Line(line) => line.v6,
        Hop::Home { site, .. } => world.site(site).internet.ip.value == IpVersion::V6,
        _ => false,
    }
}

/// Addresses of services on the Internet are dynamic: such a rule refuses once
/// they have rotated.
fn int_01(world: &World, path: &Path) -> bool {
    gaps(world, path).iter().any(|(_, rotated)| *rotated)
}

/// Every firewall on the path allows what goes to the Internet.
fn int_02(world: &World, path: &Path) -> bool {
    gaps(world, path).iter().any(|(passage, rotated)| {
        !rotated
            && match &passage.flow {
                Flow::Service { private, .. }
                | Flow::ToVdi { private, .. }
                | Flow::ToPbx { private, .. } => !private,
                Flow::Turn | Flow::Lists { .. } | Flow::ToVpn { .. } => true,
                Flow::ToProxy { .. } => passage.network == "internet",
                _ => false,
            }
    })
}

/// Deep packet inspection is off for TURN.
fn int_03(world: &World, path: &Path) -> bool {
    passages(world, path).iter().any(|passage| {
        let inspects = world.plan.firewalls[passage.firewall.as_str()].inspects_turn.value
            || world.failure.turn_inspected.contains(&passage.firewall);
        passage.flow == Flow::Turn && inspects
    })
}

/// The UDP idle timeout is at least 140 s where a SIP phone passes.
fn prv_03(world: &World, path: &Path) -> bool {
    if !world.plan.figures.short_udp_timeout_breaks.value {
        return false;
    }
    passages(world, path).iter().any(|passage| {
        let short = world.plan.firewalls[passage.firewall.as_str()].udp_idle.value.0 < 140_000
            || world.failure.udp_idle_short.contains(&passage.firewall);
        passage.flow.is_sip() && short
    })
}

/// HTTPS to the private side is allowed, and so are proxies and desktops over it.
fn prv_05(world: &World, path: &Path) -> bool {
    gaps(world, path).iter().any(|(passage, _)| match &passage.flow {
        Flow::Service { private, .. } | Flow::ToVdi { private, .. } => *private,
        Flow::ToProxy { .. } => passage.network != "internet",
        _ => false,
    })
}

/// SIP and media are allowed from the phones, calls between phones, SBCs and
/// their PBX, and the cloud's calls to the SBC.
fn prv_07(world: &World, path: &Path) -> bool {
    let calls = gaps(world, path).iter().any(|(passage, _)| {
        passage.flow.is_sip() || matches!(passage.flow, Flow::ToPbx { private: true, .. })
    });
    calls
        || called_by_trunk(path).is_some_and(|(trunk, site, network, with)| {
            let sbc = &world.plan.trunks[trunk].sbc.id;
            world.firewalls(site, network, with).iter().any(|firewall| {
                let inbound = world.plan.firewalls[firewall.as_str()].inbound.value.as_ref();
                inbound.is_some_and(|list| !list.iter().any(|named| named.id == *sbc))
            })
        })
}

/// The trunk of a path, and the crossing by which the cloud's calls come in.
fn called_by_trunk(path: &Path) -> Option<(&str, &str, &str, &BTreeSet<String>)> {
    let mut hops = path.hops.iter();
    let trunk = hops.find_map(|hop| match hop {
        Hop::Trunk(id) => Some(id.as_str()),
        _ => None,
    })?;
    hops.find_map(|hop| match hop {
        Hop::Cross { site, network, with, .. } => {
            Some((trunk, site.as_str(), network.as_str(), with))
        }
        _ => None,
    })
}

/// The proxy's allow list covers it.
fn prx_05(world: &World, path: &Path) -> bool {
    let Some((id, _)) = &path.proxy else { return false };
    let allow = world.plan.proxies[id.as_str()].allow.value.as_ref();
    allow.is_some_and(|list| !world.by_name(list, &path.flow))
}

/// A softphone's signalling cannot authenticate at a proxy; for revocation
/// lists it need not.
fn prx_06(world: &World, path: &Path) -> bool {
    let Some((id, _)) = &path.proxy else { return false };
    let exempt = world.plan.proxies[id.as_str()].authentication.value.as_ref();
    path.program == Program::Softphone
        && !matches!(path.flow, Flow::Lists { .. })
        && exempt.is_some_and(|list| !world.by_name(list, &path.flow))
}

/// A proxy that inspects TURN refuses an embedded phone's media.
fn prx_07(world: &World, path: &Path) -> bool {
    let Some((id, _)) = &path.proxy else { return false };
    let inspects = world.plan.proxies[id.as_str()].inspects_turn.value
        || world.failure.turn_inspected.contains(id);
    path.flow == Flow::Turn && inspects
}

/// A PAC file that asks a proxy for TURN although the proxy excludes it.
fn prx_08(world: &World, path: &Path) -> bool {
    let Some((id, by_pac)) = &path.proxy else { return false };
    path.flow == Flow::Turn && *by_pac && world.plan.proxies[id.as_str()].excludes_turn.value
}

/// TURN media is no TLS: a proxy that takes only TLS refuses it.
fn app_06(world: &World, path: &Path) -> bool {
    let Some((id, _)) = &path.proxy else { return false };
    path.flow == Flow::Turn && world.plan.proxies[id.as_str()].tls_only.value
}

/// Whether a carrier hands over at the cloud.
pub(crate) fn at_cloud(hands_over: &HandsOver) -> bool {
    matches!(hands_over, HandsOver::Cloud)
}
