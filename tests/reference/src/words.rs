//! Destination words: which flows a word covers.

use std::net::IpAddr;

use outlast_models::plan::{Address, AllowRule, Destination, Senders, Word};

use crate::world::World;

/// What travels, as a firewall sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// HTTPS to a service, by id.
    Service { id: String, private: bool },
    /// WebRTC media to TURN.
    Turn,
    /// SIP signalling of a phone.
    SipSignalling,
    /// Media of a SIP phone.
    SipMedia,
    /// Certificate revocation lists, on one of the two ports they are had by.
    Lists { port: u16 },
    /// From a machine to a proxy.
    ToProxy { id: String, port: u16 },
    /// The session with a VPN gateway, always over the Internet.
    ToVpn { id: String },
    /// The session with a virtual desktop.
    ToVdi { id: String, private: bool },
    /// A phone registers with its PBX, or an SBC calls it: UDP.
    ToPbx { id: String, private: bool },
    /// What no list speaks of: calls by trunks, and what reaches a site's own
    /// equipment from the Internet.
    Other,
}

impl Flow {
    fn tcp_port(&self) -> Option<u16> {
        match self {
            Self::Service { .. } | Self::Turn | Self::ToVpn { .. } | Self::ToVdi { .. } => {
                Some(443)
            }
            Self::Lists { port } | Self::ToProxy { port, .. } => Some(*port),
            Self::SipSignalling | Self::SipMedia | Self::ToPbx { .. } | Self::Other => None,
        }
    }

    pub(crate) fn is_sip(&self) -> bool {
        matches!(self, Self::SipSignalling | Self::SipMedia)
    }
}

/// Whether a word covers a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cover {
    /// It does not.
    No,
    /// It does until the services' Internet addresses rotate (INT-01).
    UntilRotated,
    /// It does.
    Yes,
}

fn yes(covered: bool) -> Cover {
    if covered { Cover::Yes } else { Cover::No }
}

/// Whether the blocks among these words have, together, every one of these
/// addresses; where none are given, blocks cover nothing.
fn hold(words: &[&Word], addresses: &[Address]) -> bool {
    let blocks = words.iter().filter_map(|word| match word {
        Word::Block(block) => Some(range(block.network(), block.broadcast())),
        _ => None,
    });
    let mut blocks: Vec<Range> = blocks.collect();
    blocks.sort_unstable();
    let all = addresses.iter().map(|address| range(address.net.network(), address.net.broadcast()));
    !addresses.is_empty() && all.into_iter().all(|wanted| is_within(wanted, &blocks))
}

/// The version of IP, the first address and the last.
type Range = (bool, u128, u128);

fn range(first: IpAddr, last: IpAddr) -> Range {
    let number = |address| match address {
        IpAddr::V4(v4) => u128::from(u32::from(v4)),
        IpAddr::V6(v6) => u128::from(v6),
    };
    (first.is_ipv6(), number(first), number(last))
}

/// Whether a range lies within the union of others, sorted.
fn is_within((version, first, last): Range, blocks: &[Range]) -> bool {
    let mut next = first;
    for (_, from, to) in blocks.iter().filter(|block| block.0 == version) {
        if *from <= next && *to >= last {
            return true;
        }
        if *from <= next && *to >= next {
            next = to + 1;
        }
    }
    false
}

impl World<'_> {
    /// Whether a host lies in the cloud's domain.
    fn in_domain(&self, host: &str) -> bool {
        let (host, domain) =
            (host.to_ascii_lowercase(), self.plan.cloud.domain.value.to_ascii_lowercase());
        host == domain || host.ends_with(&format!(".{domain}"))
    }

    fn host_of(&self, service: &str) -> &str {
        self.plan.cloud.services.get(service).map_or("", |entry| entry.host.value.as_str())
    }

    /// What one word does for a flow; blocks count together, in `cover`.
    fn covers(&self, word: &Word, flow: &Flow) -> Cover {
        if *word == Word::Any {
            return yes(*flow != Flow::Other);
        }
        match flow {
            Flow::Service { id, private: false } => self.covers_internet_service(word, id),
            Flow::Service { id, private: true } => self.covers_private_service(word, id),
            Flow::Turn => match word {
                Word::Turn => Cover::Yes,
                Word::CloudDomain => yes(self.in_domain(&self.plan.cloud.turn_host.value)),
                _ => Cover::No,
            },
            Flow::SipSignalling | Flow::SipMedia => match word {
                Word::Sbc => Cover::Yes,
                Word::SbcSignalling => yes(*flow == Flow::SipSignalling),
                Word::SbcMedia => yes(*flow == Flow::SipMedia),
                _ => Cover::No,
            },
            Flow::Lists { .. } => yes(*word == Word::Crl),
            Flow::ToProxy { id, .. } => match word {
                Word::Proxies => Cover::Yes,
                Word::Proxy(named) => yes(*named == *id.as_str()),
                _ => Cover::No,
            },
            Flow::ToVpn { id } => match word {
                Word::Vpns => Cover::Yes,
                Word::Vpn(named) => yes(*named == *id.as_str()),
                _ => Cover::No,
            },
            Flow::ToVdi { id, .. } => match word {
                Word::Vdis => Cover::Yes,
                Word::Vdi(named) => yes(*named == *id.as_str()),
                _ => Cover::No,
            },
            Flow::ToPbx { id, .. } => match word {
                Word::Pbxs => Cover::Yes,
                Word::Pbx(named) => yes(*named == *id.as_str()),
                _ => Cover::No,
            },
            Flow::Other => Cover::No,
        }
    }

    fn covers_internet_service(&self, word: &Word, id: &str) -> Cover {
        match word {
            Word::Services => Cover::Yes,
            Word::CloudDomain => yes(self.in_domain(self.host_of(id))),
            Word::Service(named) => yes(*named == *id),
            Word::Resolved(_) => Cover::UntilRotated,
            _ => Cover::No,
        }
    }

    fn covers_private_service(&self, word: &Word, id: &str) -> Cover {
        match word {
            Word::ServicesPrivate => Cover::Yes,
            Word::CloudDomain => yes(self.in_domain(self.host_of(id))),
            Word::Service(named) => yes(*named == *id),
            _ => Cover::No,
        }
    }

    /// The best that some words do for a flow.
    fn cover(&self, words: &[&Word], flow: &Flow) -> Cover {
        let given = &self.plan.cloud.addresses;
        let by_address = match flow {
            Flow::Service { private: false, .. } if hold(words, &given.services.value) => {
                Cover::UntilRotated
            }
            Flow::Service { private: true, .. } => yes(hold(words, &given.services_private.value)),
            Flow::Turn => yes(hold(words, &given.turn.value)),
            Flow::SipSignalling | Flow::SipMedia => yes(hold(words, &given.sbc.value)),
            _ => Cover::No,
        };
        let by_name = words.iter().map(|word| self.covers(word, flow)).max();
        by_name.unwrap_or(Cover::No).max(by_address)
    }

    /// The best that a firewall's allow list does for a flow.
    pub(crate) fn allowed(&self, rules: &[AllowRule], sender: Senders, flow: &Flow) -> Cover {
        let words: Vec<&Word> = rules
            .iter()
            .filter(|rule| rule.from.value == Senders::Any || rule.from.value == sender)
            .filter(|rule| rule.tcp.value.is_none() || rule.tcp.value == flow.tcp_port())
            .flat_map(|rule| rule.to.value.iter())
            .map(|destination| &destination.word)
            .collect();
        self.cover(&words, flow)
    }

    /// Whether a tunnel's list sends a flow inside.
    pub(crate) fn on_list(&self, vpn: &str, flow: &Flow) -> bool {
        let include = &self.vpn(vpn).include.value;
        let words: Vec<&Word> = include.iter().map(|entry| &entry.word).collect();
        match self.cover(&words, flow) {
            Cover::Yes => true,
            Cover::UntilRotated => !self.failure.rotated,
            Cover::No => false,
        }
    }

    /// Whether a list covers a flow by name, as a proxy reads it: a service
    /// has the same name on either network.
    pub(crate) fn by_name(&self, list: &[Destination], flow: &Flow) -> bool {
        let covers = |word: &Word| match (word, flow) {
            (Word::Block(_) | Word::Resolved(_), _) => false,
            (Word::Services | Word::ServicesPrivate, Flow::Service { .. }) => true,
            _ => self.covers(word, flow) == Cover::Yes,
        };
        list.iter().any(|entry| covers(&entry.word))
    }
}
