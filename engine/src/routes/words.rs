//! Destination words: what a firewall rule, tunnel list or allow list covers.

use ipnet::IpNet;
use outlast_models::plan::{Address, AllowRule, Destination, Ports, Senders, Word};
use outlast_models::{Fact, Id, Plan};

use super::{Dest, Transport};

/// How far a word covers a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cover {
    /// Not at all.
    No,
    /// Until the services' Internet addresses rotate (INT-01).
    UntilRotation,
    /// By name or by stable address.
    Yes,
}

/// Whether a word covers a flow over one kind of network.
pub(crate) fn word(plan: &Plan, word: &Word, dest: &Dest, over: Transport) -> Cover {
    let yes = |covered: bool| if covered { Cover::Yes } else { Cover::No };
    match (word, dest) {
        (Word::Any, _)
        | (_, Dest::Unlisted)
        | (Word::Proxies, Dest::Proxy(_))
        | (Word::Vpns, Dest::Gateway(_))
        | (Word::Vdis, Dest::Desktop(_))
        | (Word::Pbxs, Dest::Pbx(_))
        | (Word::Turn, Dest::Turn)
        | (Word::Crl, Dest::Revocation)
        | (Word::Sbc, Dest::Sip) => Cover::Yes,
        (Word::Proxy(id), Dest::Proxy(own))
        | (Word::Vpn(id), Dest::Gateway(own))
        | (Word::Vdi(id), Dest::Desktop(own))
        | (Word::Pbx(id), Dest::Pbx(own)) => yes(id == own),
        (Word::Services, Dest::Service(_)) => yes(over == Transport::Internet),
        (Word::ServicesPrivate, Dest::Service(_)) => yes(over == Transport::Private),
        (Word::Service(id), Dest::Service(service)) => yes(id == service),
        (Word::CloudDomain, Dest::Service(service)) => {
            yes(in_domain(plan, &plan.cloud.services[service].host.value))
        }
        (Word::CloudDomain, Dest::Turn) => yes(in_domain(plan, &plan.cloud.turn_host.value)),
        (Word::Resolved(_), Dest::Service(_)) if over == Transport::Internet => {
            Cover::UntilRotation
        }
        _ => Cover::No,
    }
}

/// Signalling and media are two ports of one phone: both must be covered.
fn sip(plan: &Plan, words: &[&Destination]) -> Cover {
    match sip_parts(plan, words) {
        (true, true) => Cover::Yes,
        _ => Cover::No,
    }
}

/// Whether signalling and media are covered.
fn sip_parts(plan: &Plan, words: &[&Destination]) -> (bool, bool) {
    let has = |part: &Word| {
        words.iter().any(|d| {
            d.word == *part || word(plan, &d.word, &Dest::Sip, Transport::Private) == Cover::Yes
        })
    };
    if by_blocks(plan, words, &Dest::Sip, Transport::Private) == Cover::Yes {
        return (true, true);
    }
    (has(&Word::SbcSignalling), has(&Word::SbcMedia))
}

/// What a list lacks of a destination that it does not cover, in words; of SIP with
/// the ports that the plan gives (PRV-07).
pub(crate) fn lacking(plan: &Plan, words: &[&Destination], dest: &Dest) -> String {
    if *dest != Dest::Sip {
        return dest.words();
    }
    let cloud = &plan.cloud;
    let signalling = format!("the cloud's sbc-signalling{}", udp(&cloud.sip_ports.value));
    let media = format!("sbc-media{}", udp(&cloud.media_ports.value));
    match sip_parts(plan, words) {
        (true, false) => format!("the cloud's {media}"),
        (false, true) => signalling,
        _ if sip_ports(plan).is_empty() => dest.words(),
        _ => format!("{signalling} and {media}"),
    }
}

/// What the rules of a firewall lack for a sender, in words.
pub(crate) fn lacking_rules(
    plan: &Plan,
    allow: &[AllowRule],
    class: Senders,
    dest: &Dest,
) -> String {
    lacking(plan, &said(allow, class, |port| carries(plan, port, dest)), dest)
}

/// The ports that the cloud calls an SBC by, where the plan gives them.
pub(crate) fn sip_ports(plan: &Plan) -> String {
    let ports = [&plan.cloud.sip_ports.value, &plan.cloud.media_ports.value];
    udp(&ports.into_iter().flatten().copied().collect::<Vec<_>>())
}

fn udp(ports: &[Ports]) -> String {
    if ports.is_empty() {
        return String::new();
    }
    let ports: Vec<String> = ports.iter().map(Ports::to_string).collect();
    format!(" (UDP {})", ports.join(", "))
}

/// How far the blocks of a list cover a flow: all its addresses lie in one or
/// several of them.
fn by_blocks(plan: &Plan, words: &[&Destination], dest: &Dest, over: Transport) -> Cover {
    let blocks = words.iter().filter_map(|d| match &d.word {
        Word::Block(block) => Some(*block),
        _ => None,
    });
    let blocks: Vec<IpNet> = blocks.collect();
    let Some((word, list)) = addresses_of(plan, dest, over) else { return Cover::No };
    let all_in = !list.value.is_empty() && list.value.iter().all(|a| lies_in(a.net, &blocks));
    match word {
        _ if !all_in => Cover::No,
        "services" => Cover::UntilRotation,
        _ => Cover::Yes,
    }
}

/// The addresses that a block is compared with, and their word.
fn addresses_of<'p>(
    plan: &'p Plan,
    dest: &Dest,
    over: Transport,
) -> Option<(&'static str, &'p Fact<Vec<Address>>)> {
    let addresses = &plan.cloud.addresses;
    match (dest, over) {
        (Dest::Service(_), Transport::Internet) => Some(("services", &addresses.services)),
        (Dest::Service(_), Transport::Private) => {
            Some(("services-private", &addresses.services_private))
        }
        (Dest::Turn, _) => Some(("turn", &addresses.turn)),
        (Dest::Sip, _) => Some(("sbc", &addresses.sbc)),
        _ => None,
    }
}

/// The assumption behind a list with blocks that covers nothing, where there are no
/// addresses to compare these with.
pub(crate) fn missing_addresses<'a>(
    plan: &Plan,
    list: impl IntoIterator<Item = &'a Destination>,
    dest: &Dest,
    over: Transport,
) -> Option<String> {
    let (word, addresses) = addresses_of(plan, dest, over)?;
    let blocks = list.into_iter().any(|entry| matches!(entry.word, Word::Block(_)));
    (blocks && !addresses.is_given()).then(|| format!("addresses:{word}"))
}

/// Whether several blocks together hold a net.
fn lies_in(net: IpNet, blocks: &[IpNet]) -> bool {
    if blocks.iter().any(|block| block.contains(&net)) {
        return true;
    }
    let within: Vec<IpNet> = blocks.iter().copied().filter(|block| net.contains(block)).collect();
    if within.is_empty() {
        return false;
    }
    let halves = net.subnets(net.prefix_len() + 1);
    halves.is_ok_and(|mut halves| halves.all(|half| lies_in(half, &within)))
}

/// Whether a host is the domain or lies under it.
pub(crate) fn in_domain(plan: &Plan, host: &str) -> bool {
    let domain = plan.cloud.domain.value.to_ascii_lowercase();
    let host = host.to_ascii_lowercase();
    host == domain || host.ends_with(&format!(".{domain}"))
}

/// How far a list of words covers a flow.
pub(crate) fn list(plan: &Plan, words: &[&Destination], dest: &Dest, over: Transport) -> Cover {
    if *dest == Dest::Sip {
        return sip(plan, words);
    }
    let named = words.iter().map(|d| word(plan, &d.word, dest, over)).max();
    named.unwrap_or(Cover::No).max(by_blocks(plan, words, dest, over))
}

/// How far an allow list of a firewall covers a flow.
pub(crate) fn rules(
    plan: &Plan,
    allow: &[AllowRule],
    class: Senders,
    dest: &Dest,
    over: Transport,
) -> Cover {
    covered(plan, allow, (class, dest, over), |port| carries(plan, port, dest))
}

/// The same for a flow by one TCP port.
pub(crate) fn by_port(
    plan: &Plan,
    allow: &[AllowRule],
    class: Senders,
    dest: &Dest,
    over: Transport,
    own: u16,
) -> Cover {
    covered(plan, allow, (class, dest, over), |port| port == own)
}

fn covered(
    plan: &Plan,
    allow: &[AllowRule],
    (class, dest, over): (Senders, &Dest, Transport),
    carries: impl Fn(u16) -> bool,
) -> Cover {
    list(plan, &said(allow, class, carries), dest, over)
}

/// The words of the rules for a sender that carry a port.
fn said(allow: &[AllowRule], class: Senders, carries: impl Fn(u16) -> bool) -> Vec<&Destination> {
    allow
        .iter()
        .filter(|rule| rule.from.value == Senders::Any || rule.from.value == class)
        .filter(|rule| rule.tcp.value.is_none_or(&carries))
        .flat_map(|rule| &rule.to.value)
        .collect()
}

/// Whether a rule for one TCP port carries a flow (INT-02, PRV-05, PRV-07).
fn carries(plan: &Plan, port: u16, dest: &Dest) -> bool {
    match dest {
        Dest::Service(_) | Dest::Turn | Dest::Gateway(_) | Dest::Desktop(_) => port == 443,
        Dest::Proxy(proxy) => listens_on(plan, proxy, port),
        Dest::Sip | Dest::Pbx(_) | Dest::Revocation => false,
        Dest::Unlisted => true,
    }
}

fn listens_on(plan: &Plan, proxy: &Id, port: u16) -> bool {
    let names = &plan.proxies[proxy].names;
    let ports: Vec<&str> = names.iter().filter_map(|n| n.rsplit_once(':').map(|p| p.1)).collect();
    ports.is_empty() || ports.iter().any(|p| *p == port.to_string())
}
