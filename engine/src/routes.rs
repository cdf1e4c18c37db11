//! Walks the graph under the guide's rules: from each machine of a posture to
//! each destination, hop by hop.
//!
//! A walk yields [`Path`]s: alternatives in order, each with the gate of what
//! it stands on, what it loads, the source address it arrives with, and the
//! rule that refuses it or the change that would open it. Nothing is decided
//! from a table of ready answers: every rule is a guard on the hop where it
//! applies (`// PRX-07`), in the file of its family:
//!
//! | families | file |
//! |---|---|
//! | TRN, ways between networks and sites | [`network`], [`line`], [`exits`] |
//! | firewalls of INT and PRV | [`firewall`] |
//! | INT, PRV, APP at the cloud's edge | [`cloud`] |
//! | the way to an identity provider | [`login`] |
//! | PRX | [`proxy`] |
//! | VPN | [`tunnel`] |
//! | VDI | [`desktop`] |
//! | PHN, PRX for softphones | [`phone`], [`telephony`] |
//! | APP-07 and APP-08, revocation lists | [`revocation`] |
//! | screen recording of PRX, OFF and BWD | [`recording`] |
//! | what is `unknown` | [`unknown`] |
//! | the house's own rules | [`policy`] |
//! | the posture as a whole, OFF, BWD | [`posture`], [`connection`], [`legs`] |
//!
//! What several postures share is walked once ([`memory`]).

pub(crate) mod cloud;
pub(crate) mod connection;
pub(crate) mod desktop;
pub(crate) mod exits;
pub(crate) mod extra;
pub(crate) mod firewall;
pub(crate) mod leg;
pub(crate) mod legs;
pub(crate) mod line;
pub(crate) mod login;
pub(crate) mod memory;
pub(crate) mod network;
pub(crate) mod path;
pub(crate) mod phone;
pub(crate) mod policy;
pub(crate) mod posture;
pub(crate) mod proxy;
pub(crate) mod recording;
pub(crate) mod refusal;
pub(crate) mod revocation;
pub(crate) mod telephony;
pub(crate) mod tunnel;
pub(crate) mod unknown;
pub(crate) mod words;

use std::collections::BTreeMap;

use outlast_models::pac::PacAnswers;
use outlast_models::plan::Senders;
use outlast_models::{Id, Plan};

use crate::gates::{GateId, Gates};
use crate::graph::ServiceGraph;
use crate::input::{Change, Input};
use path::{Earlier, Hop, Path, Refusal};

/// Walks one plan; gates are made as they are needed.
pub(crate) struct Walker<'a> {
    pub(crate) graph: &'a ServiceGraph<'a>,
    pub(crate) plan: &'a Plan,
    pub(crate) answers: &'a PacAnswers,
    pub(crate) gates: Gates,
    /// The order in which each drawn bundle serves the agent whose postures are
    /// walked.
    pub(crate) draws: BTreeMap<Id, Vec<Id>>,
    /// Which of the draws so far that is.
    draw: usize,
    all_draws: Vec<BTreeMap<Id, Vec<Id>>>,
    memory: memory::Memory,
    unknowns: unknown::Unknowns,
    house: policy::House,
}

/// Where traffic starts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Spot {
    /// On the LAN of an office, data center or vendor site.
    Site(Id),
    /// At home, on the line of one provider.
    Home {
        /// The homes.
        site: Id,
        /// The provider's component.
        isp: Id,
    },
    /// Behind a VPN tunnel.
    Tunnel {
        /// The gateway.
        vpn: Id,
        /// Whether only listed destinations go in.
        split: bool,
        /// Where the machine really is.
        under: Box<Spot>,
    },
    /// In a virtual desktop.
    Desktop(Id),
}

/// What traffic is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Dest {
    /// An HTTPS service of the cloud.
    Service(Id),
    /// TURN, the media relay.
    Turn,
    /// The revocation lists of certificate authorities (APP-07, APP-08).
    Revocation,
    /// The cloud's SBC, signalling and media together.
    Sip,
    /// A proxy.
    Proxy(Id),
    /// A session with a VPN gateway.
    Gateway(Id),
    /// A session with a virtual desktop.
    Desktop(Id),
    /// A call between a PBX and a phone or SBC of the company.
    Pbx(Id),
    /// What `allow` does not speak of: what comes in from outside, and the lines
    /// of the PSTN.
    Unlisted,
}

/// One flow of a leg.
#[derive(Debug, Clone)]
pub(crate) struct Flow {
    pub(crate) dest: Dest,
    pub(crate) traffic: path::Traffic,
    /// Whether it is a softphone's (PRX-02, PRX-06).
    pub(crate) softphone: bool,
    /// The transport by which it reaches the cloud, once that is settled.
    pub(crate) over: Option<Transport>,
    /// The company's component it goes to: firewalls may stand before it.
    pub(crate) toward: Option<Id>,
}

/// The transport of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Transport {
    Private,
    Internet,
}

impl<'a> Walker<'a> {
    /// Begins with no gates.
    pub(crate) fn new(graph: &'a ServiceGraph<'a>, answers: &'a PacAnswers) -> Self {
        let (plan, gates) = (graph.plan, Gates::default());
        Self {
            graph,
            plan,
            answers,
            gates,
            draws: BTreeMap::new(),
            draw: 0,
            all_draws: vec![BTreeMap::new()],
            memory: memory::Memory::default(),
            unknowns: unknown::Unknowns::of(plan),
            house: policy::House::of(graph),
        }
    }

    /// Walks for an agent whom bundles serve so.
    pub(crate) fn draw(&mut self, draws: &BTreeMap<Id, Vec<Id>>) {
        self.draws.clone_from(draws);
        let known = self.all_draws.iter().position(|known| known == draws);
        self.draw = known.unwrap_or_else(|| {
            self.all_draws.push(draws.clone());
            self.all_draws.len() - 1
        });
    }

    /// The gate of a component.
    pub(crate) fn up(&mut self, id: &Id) -> GateId {
        self.graph.gate(&mut self.gates, id)
    }

    /// Adds a component to a path.
    pub(crate) fn through(&mut self, path: &mut Path, id: &Id) {
        let gate = self.up(id);
        path.gate = self.gates.and([path.gate, gate]);
        path.hops.push(Hop { id: id.clone(), gate });
    }

    /// Adds a built-in component to a path.
    pub(crate) fn through_named(&mut self, path: &mut Path, id: &str) {
        self.through(path, &Id::new(id));
    }

    /// Adds a bare gate to a path.
    pub(crate) fn also(&mut self, path: &mut Path, gate: GateId) {
        path.gate = self.gates.and([path.gate, gate]);
    }

    /// Joins alternatives end to end: every first part with every second part.
    pub(crate) fn seq(&mut self, first: &[Path], second: &[Path]) -> Vec<Path> {
        let mut all = Vec::with_capacity(first.len() * second.len());
        for head in first {
            if head.refusal.is_some() {
                all.push(head.clone());
                continue;
            }
            for tail in second {
                let mut joined = head.clone();
                joined.gate = self.gates.and([head.gate, tail.gate]);
                joined.absorb(tail);
                all.push(joined);
            }
        }
        all
    }

    /// Makes later alternatives wait until no one of `earlier` is taken.
    pub(crate) fn only_after(paths: &mut [Path], earlier: &[Earlier]) {
        for path in paths {
            path.after.extend_from_slice(earlier);
        }
    }

    /// Keeps paths open only until a change that switches to others is made.
    pub(crate) fn until(&mut self, path: &mut Path, change: &Change) {
        let gate = self.gates.input(Input::NotYet(change.clone()));
        self.also(path, gate);
        let says = format!("{} is made", change.name());
        path.conditions.push((gate, Refusal::new(change.rule(), says, None)));
    }
}

/// The class of sender that firewall rules speak of (`from:`).
pub(crate) type Class = Senders;

impl Flow {
    /// A flow of a browser or another program that is no softphone.
    pub(crate) fn to(dest: Dest, traffic: path::Traffic) -> Self {
        Self { dest, traffic, softphone: false, over: None, toward: None }
    }

    /// An HTTPS flow to a service of the cloud.
    pub(crate) fn to_service(id: &str, traffic: path::Traffic) -> Self {
        Self::to(Dest::Service(Id::new(id)), traffic)
    }

    /// A session with a VPN gateway.
    pub(crate) fn to_gateway(vpn: &Id, traffic: path::Traffic) -> Self {
        Self::to(Dest::Gateway(vpn.clone()), traffic).toward(vpn)
    }

    /// A session of an agent with a virtual desktop.
    pub(crate) fn to_desktop(vdi: &Id, traffic: path::Traffic) -> Self {
        Self::to(Dest::Desktop(vdi.clone()), traffic).toward(vdi)
    }

    /// A call to or from a PBX.
    pub(crate) fn to_pbx(pbx: &Id, traffic: path::Traffic) -> Self {
        Self::to(Dest::Pbx(pbx.clone()), traffic).toward(pbx)
    }

    /// The same flow of a softphone.
    pub(crate) fn of_softphone(self) -> Self {
        Self { softphone: true, ..self }
    }

    /// The same flow to one component.
    fn toward(self, id: &Id) -> Self {
        Self { toward: Some(id.clone()), ..self }
    }

    /// The same flow to a proxy on the way.
    pub(crate) fn to_proxy(&self, proxy: &Id) -> Self {
        Self { dest: Dest::Proxy(proxy.clone()), ..self.clone() }.toward(proxy)
    }
}

impl Dest {
    /// For sentences.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Service(id) => id.to_string(),
            Self::Turn => "TURN".to_owned(),
            Self::Revocation => "revocation lists".to_owned(),
            Self::Sip => "the cloud's SBC".to_owned(),
            Self::Proxy(id) => format!("proxy {id}"),
            Self::Gateway(id) => format!("VPN {id}"),
            Self::Desktop(id) => format!("virtual desktop {id}"),
            Self::Pbx(id) => format!("PBX {id}"),
            Self::Unlisted => "the company".to_owned(),
        }
    }
}
