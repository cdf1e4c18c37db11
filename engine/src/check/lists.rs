//! Lists of firewalls, tunnels and proxies: what stands in them and should not.

use std::collections::BTreeMap;

use ipnet::IpNet;
use outlast_models::catalogue::PhoneKind;
use outlast_models::plan::{AllowRule, Destination, Firewall, Proxy, Vpn, Word};
use outlast_models::{Id, Place};

use super::subject::Subject;
use super::{Finding, Whom, mends};
use crate::routes::path::{Path, Refusal};
use crate::routes::words::{self, Cover};
use crate::routes::{Dest, Transport};

/// Findings on every list of the plan.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut all = until_rotation(subject);
    for (id, wall) in &subject.plan.firewalls {
        all.extend(unneeded(subject, id, wall));
        all.extend(redirects(subject, id, wall));
        all.extend(not_private(subject, id, wall));
        all.extend(exposed(subject, id, wall));
        let lists = wall.allow.value.iter().flatten().flat_map(|rule| &rule.to.value);
        all.extend(sixes(subject, &format!("firewalls.{id}.allow"), id, lists));
    }
    for (id, vpn) in &subject.plan.vpn {
        all.extend(turn_inside(subject, id, vpn));
        all.extend(sixes(subject, &format!("vpn.{id}.include"), id, &vpn.include.value));
    }
    for (id, proxy) in &subject.plan.proxies {
        let list = proxy.allow.value.iter().flatten();
        all.extend(sixes(subject, &format!("proxies.{id}.allow"), id, list));
        all.extend(without_lists(subject, id, proxy));
    }
    // What no way goes by breaks nothing; what is never allowed stays.
    all.retain(|finding| finding.agents() > 0 || finding.rule == "PRV-02");
    all
}

/// INT-01, VPN-07: what is let through by addresses that change.
fn until_rotation(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found: BTreeMap<&Refusal, Whom> = BTreeMap::new();
    for n in (0..subject.people.len()).filter(|&n| subject.people[n] > 0) {
        let legs = subject.ways_of(n).flat_map(|(_, way)| way.posture.legs.iter());
        let paths = legs.flat_map(|leg| leg.paths.iter());
        for refusal in paths.filter(|path| subject.is_in_use(path)).filter_map(dated) {
            found.entry(refusal).or_default().insert(subject.key(n), subject.people[n]);
        }
    }
    let each = found.into_iter();
    each.map(|(refusal, whom)| {
        Finding::error(refusal.rule.to_string(), subject.entry_of(refusal.place))
            .place(refusal.place)
            .says(until_they_change(refusal))
            .mend(mends::of_refusal(refusal))
            .hits(whom)
    })
    .collect()
}

/// What will refuse a path once the Internet addresses of the services have changed.
pub(super) fn dated(path: &Path) -> Option<&Refusal> {
    let mut conditions = path.conditions.iter().map(|(_, refusal)| refusal);
    conditions.find(|one| one.rule.is_one_of(&["INT-01", "VPN-07"]))
}

/// The sentence for what they will refuse.
pub(super) fn until_they_change(refusal: &Refusal) -> String {
    format!("{}, and the Internet addresses of the services change without notice", refusal.says)
}

/// TRN-06: nobody outside opens a connection to a workstation.
fn unneeded(subject: &Subject<'_>, id: &Id, wall: &Firewall) -> Vec<Finding> {
    let each = wall.inbound_to_workstations.iter();
    each.map(|place| {
        Finding::warning("TRN-06", format!("firewalls.{id}.inbound"))
            .place(*place)
            .says(format!(
                "{id} lets connections in to workstations, and nothing needs that: calls and data \
                 come back on what the workstation has opened"
            ))
            .mend("take `workstations` off the list; the SIP trunk's SBC may stay")
            .hits(subject.over(id))
    })
    .collect()
}

/// APP-05: port 80 answers with a redirect and nothing else.
fn redirects(subject: &Subject<'_>, id: &Id, wall: &Firewall) -> Vec<Finding> {
    let web = |to: &Destination| {
        matches!(
            to.word,
            Word::Services | Word::ServicesPrivate | Word::CloudDomain | Word::Service(_)
        )
    };
    let rules = || wall.allow.value.iter().flatten();
    let all_else = |rule: &&AllowRule| rule.tcp.value.is_none_or(|port| port == 443);
    let mut others = rules().filter(all_else).flat_map(|rule| &rule.to.value);
    if others.any(|to| to.word == Word::Any || web(to)) {
        return Vec::new();
    }
    let port_80 = rules().filter(|rule| rule.tcp.value == Some(80));
    port_80
        .filter(|rule| rule.to.value.iter().any(web))
        .map(|rule| {
            Finding::note("APP-05", format!("firewalls.{id}.allow"))
                .place(rule.place)
                .says(format!(
                    "{id} lets services through by port 80 alone, where the Portal redirects to 443 \
                     and nothing else answers"
                ))
                .mend("let TCP 443 through; port 80 may stay for the redirect")
                .hits(subject.over(id))
        })
        .collect()
}

/// PRV-01: on a private network the stable private addresses count.
fn not_private(subject: &Subject<'_>, id: &Id, wall: &Firewall) -> Vec<Finding> {
    if wall.guards.iter().any(|network| network.id == "internet") {
        return Vec::new();
    }
    let rules = wall.allow.value.iter().flatten().flat_map(|rule| &rule.to.value);
    let dated = rules.filter(|to| matches!(to.word, Word::Resolved(_)));
    dated
        .map(|to| {
            Finding::warning("PRV-01", format!("firewalls.{id}.allow"))
                .place(to.place)
                .says(format!(
                    "{id} guards private networks only, and the services' Internet addresses lead \
                     nowhere there; their private addresses are stable and may be listed"
                ))
                .mend("write `services-private`, or the private blocks themselves")
                .write("{from: workstations, to: services-private, tcp: 443}")
                .hits(subject.over(id))
        })
        .collect()
}

/// PRV-02: private interfaces are never opened to the Internet.
fn exposed(subject: &Subject<'_>, id: &Id, wall: &Firewall) -> Vec<Finding> {
    let each = wall.exposes.value.iter();
    each.map(|named| {
        Finding::error("PRV-02", format!("firewalls.{id}.exposes"))
            .place(named.place)
            .says(format!(
                "{id} opens {} to the Internet, and with it what the cloud offers on the private \
                 network; that is never allowed, be it by NAT, reverse proxy or SBC",
                named.id
            ))
            .mend(format!("close it: take {} off `exposes` once the firewall does", named.id))
            .hits(subject.over(&named.id))
    })
    .collect()
}

/// VPN-04: TURN on the list of a split tunnel.
fn turn_inside(subject: &Subject<'_>, id: &Id, vpn: &Vpn) -> Option<Finding> {
    let list: Vec<&Destination> = vpn.include.value.iter().filter(|_| vpn.split.value).collect();
    let covers = |list: &[&Destination]| {
        words::list(subject.plan, list, &Dest::Turn, Transport::Internet) == Cover::Yes
    };
    if !covers(&list) {
        return None;
    }
    let alone = list.iter().find(|to| covers(std::slice::from_ref(*to)));
    let on_list = alone.or(list.first())?;
    let groups = webrtc_over(subject, id);
    if groups.is_empty() {
        return None;
    }
    Some(
        Finding::error("VPN-04", format!("vpn.{id}.include"))
            .place(on_list.place)
            .says(format!(
                "the list of {id} takes TURN into the tunnel, so calls of WebRTC phones load the \
                 VPN and the company's exit, and suffer from both"
            ))
            .mend("take TURN off the list, so that media goes direct")
            .hits(groups),
    )
}

/// Those with a WebRTC phone on a way by a VPN.
fn webrtc_over(subject: &Subject<'_>, vpn: &Id) -> Whom {
    let is_webrtc = |phone: &Id| {
        subject.plan.phones.get(phone).is_some_and(|phone| {
            matches!(phone.kind, PhoneKind::WebrtcEmbedded | PhoneKind::WebrtcSoftphone)
        })
    };
    subject.those(|n| {
        subject.ways_of(n).any(|(_, way)| {
            let key = &way.key;
            key.access.as_str().split('+').any(|part| *part == *vpn.as_str())
                && key.phone.as_ref().is_some_and(is_webrtc)
        })
    })
}

/// APP-07: a proxy that keeps browsers from revocation lists. Where they insist on
/// these the way is refused; else they lose time and do not learn what was revoked.
fn without_lists(subject: &Subject<'_>, id: &Id, proxy: &Proxy) -> Option<Finding> {
    let allow = proxy.allow.value.as_ref()?;
    if allow.iter().any(|to| matches!(to.word, Word::Any | Word::Crl)) {
        return None;
    }
    let soft = |n: usize| {
        let group = subject.plan.groups.get(&subject.problem.cohorts[n].group);
        let machine = group.and_then(|group| subject.plan.workstations.get(&group.workstation.id));
        machine.is_some_and(|machine| !machine.hard_fail.value)
    };
    let by = |n: usize| {
        subject.ways_of(n).any(|(_, way)| {
            let mut paths = way.posture.legs.iter().flat_map(|leg| leg.paths.iter());
            paths.any(|path| path.hops.iter().any(|hop| hop.id == *id))
        })
    };
    let groups = subject.those(|n| soft(n) && by(n));
    if groups.is_empty() {
        return None;
    }
    Some(
        Finding::warning("APP-07", format!("proxies.{id}.allow"))
            .place(proxy.allow.place())
            .says(format!(
                "{id} does not let revocation lists through, which browsers may fetch from the \
                 certificate authorities"
            ))
            .mend("add `crl` to the list")
            .hits(groups),
    )
}

/// TRN-05: blocks of addresses that the cloud has none in.
fn sixes<'l>(
    subject: &Subject<'_>,
    at: &str,
    id: &Id,
    list: impl IntoIterator<Item = &'l Destination>,
) -> Vec<Finding> {
    let six = |to: &Destination| match to.word {
        Word::Block(IpNet::V6(block)) => Some((to.place, block.to_string())),
        _ => None,
    };
    let blocks: Vec<(Place, String)> = list.into_iter().filter_map(six).collect();
    blocks
        .into_iter()
        .map(|(place, block)| {
            Finding::warning("TRN-05", at)
                .place(place)
                .says(format!("{block} is IPv6, and the cloud has IPv4 addresses only"))
                .mend("write the IPv4 addresses")
                .hits(subject.over(id))
        })
        .collect()
}
