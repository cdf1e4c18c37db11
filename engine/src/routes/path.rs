//! A path: one alternative of one leg, with everything that is known about it.

use std::collections::BTreeSet;

use outlast_models::Id;
use outlast_models::fact::Fact;
use outlast_models::units::Millionths;

pub(crate) use super::refusal::{PacSays, PacWords, Refusal};
use crate::gates::GateId;
use crate::input::Change;

/// A component on a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hop {
    /// The component.
    pub id: Id,
    /// On while it is up.
    pub gate: GateId,
}

/// Something that has a capacity and a load.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResourceKey {
    /// Seats of a site.
    Seats(Id),
    /// Sessions of a VPN, VDI, proxy or SBC.
    Sessions(Id),
    /// Address and port pairs of a firewall.
    NatPool(Id),
    /// Channels of a trunk, carrier or circuit to the PSTN.
    Channels(Id),
    /// A circuit or bundle, away from its site (`true`) or towards it.
    Line(Id, bool),
    /// Throughput of a VPN or proxy, away from the agent (`true`) or towards.
    Throughput(Id, bool),
    /// A pool.
    Pool(Id),
    /// A resource of the escape hatch.
    Counted(Id),
    /// Those who may stand on a component that is degraded and has no capacity.
    Heads(Id),
    /// Those for whom a change is made.
    Reached(Change),
}

impl ResourceKey {
    /// The component whose capacity it is.
    pub fn id(&self) -> &Id {
        match self {
            Self::Seats(id)
            | Self::Sessions(id)
            | Self::NatPool(id)
            | Self::Channels(id)
            | Self::Line(id, _)
            | Self::Throughput(id, _)
            | Self::Pool(id)
            | Self::Counted(id)
            | Self::Heads(id) => id,
            Self::Reached(change) => change.object(),
        }
    }

    /// What is counted.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Seats(_) => "seats",
            Self::Sessions(_) => "sessions",
            Self::NatPool(_) => "NAT pairs",
            Self::Channels(_) => "channels",
            Self::Line(_, true) | Self::Throughput(_, true) => "bit/s up",
            Self::Line(_, false) | Self::Throughput(_, false) => "bit/s down",
            Self::Pool(_) | Self::Counted(_) => "units",
            Self::Heads(_) | Self::Reached(_) => "agents",
        }
    }
}

/// What one working agent puts on a resource: a part that he holds as such and
/// a part that he holds while in a call. Sessions and channels count in
/// thousandths, lines in bit/s.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Load {
    /// On what.
    pub key: ResourceKey,
    /// Held by every working agent.
    pub held: u64,
    /// Held while in a call; × occupancy.
    pub in_call: u64,
}

/// One whole unit in thousandths.
pub(crate) const UNIT: u64 = 1000;

/// The traffic of a flow, bit/s towards the cloud and back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Traffic {
    pub(crate) voice: bool,
    pub(crate) held: (u64, u64),
    pub(crate) in_call: (u64, u64),
}

impl Traffic {
    pub(crate) fn in_call(voice: bool, up: u64, down: u64) -> Self {
        Self { voice, held: (0, 0), in_call: (up, down) }
    }

    pub(crate) fn is_none(self) -> bool {
        self.held == (0, 0) && self.in_call == (0, 0)
    }

    /// The same traffic wrapped in a tunnel.
    pub(crate) fn wrapped(self, overhead: Millionths) -> Self {
        let whole = Millionths(1_000_000 + overhead.0);
        let grow = |(up, down): (u64, u64)| (whole.of_up(up), whole.of_up(down));
        Self { held: grow(self.held), in_call: grow(self.in_call), ..self }
    }

    /// Loads on something that has a direction; `outward` is away from its site. Nought
    /// counts too: whoever loads nothing goes by something that has a capacity all the same.
    pub(crate) fn on(
        self,
        key: impl Fn(bool) -> ResourceKey,
        outward: bool,
    ) -> impl Iterator<Item = Load> {
        let with = Load { key: key(outward), held: self.held.0, in_call: self.in_call.0 };
        let against = Load { key: key(!outward), held: self.held.1, in_call: self.in_call.1 };
        [with, against].into_iter()
    }
}

/// Where the cloud sees a flow come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// Not on a network yet.
    Inside,
    /// A line that an Internet provider gave to a home.
    Home,
    /// An egress of the company or its vendor.
    Egress {
        /// Names by which it may be listed.
        names: Vec<Id>,
        /// The name to show and to register.
        shown: Id,
        /// Whether it stands at a vendor.
        vendor: bool,
    },
    /// An address on a private network: a site or VPN.
    Private {
        /// Names by which it may be listed.
        names: Vec<Id>,
        /// The name to show and to register.
        shown: Id,
    },
}

/// An earlier one of fixed alternatives. Whether it is taken may hang on still
/// earlier ones, so it is no gate: the gates stay monotone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// On while it is up.
    pub gate: GateId,
    /// It is not taken while one of these is.
    pub after: Vec<Earlier>,
}

impl Earlier {
    /// One that is taken whenever it is up.
    pub(crate) fn first(gate: GateId) -> Self {
        Self { gate, after: Vec::new() }
    }

    /// Whether it is the alternative in use.
    pub fn is_taken(&self, is_on: &impl Fn(GateId) -> bool) -> bool {
        is_on(self.gate) && !self.after.iter().any(|one| one.is_taken(is_on))
    }
}

/// One alternative of a leg.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    /// Components in order.
    pub(crate) hops: Vec<Hop>,
    /// On while everything it stands on is up and every condition holds.
    pub(crate) gate: GateId,
    /// A fixed alternative is used only while none of these is taken.
    pub(crate) after: Vec<Earlier>,
    /// Settings that must not be spoiled, each with the rule that then refuses.
    pub(crate) conditions: Vec<(GateId, Refusal)>,
    /// What it loads.
    pub(crate) loads: Vec<Load>,
    /// Traffic on the agent's own home line.
    pub(crate) home_line: Vec<Traffic>,
    /// Where the cloud sees it come from.
    pub(crate) source: Source,
    /// The rule that closes it for good.
    pub(crate) refusal: Option<Refusal>,
    /// Policies that refuse it besides.
    pub(crate) policies: Vec<Refusal>,
    /// What the browser's PAC file has answered, once it was asked.
    pub(crate) pac: Option<Box<PacSays>>,
    /// Changes that would open it, each with the rule that asks for it.
    pub(crate) changes: Vec<(Change, Refusal)>,
    /// Crossings that may be congested: carriers and networks.
    pub(crate) blocking: Vec<Id>,
    /// Notes beside the result: rule and sentence.
    pub(crate) notes: BTreeSet<(&'static str, &'static str)>,
    /// Figures that it used.
    pub(crate) assumptions: BTreeSet<String>,
    /// Bundles that it goes by as such: by whichever member serves the agent.
    pub(crate) bundles: BTreeSet<Id>,
    /// TCP ports that every firewall so far lets revocation lists through by.
    pub(crate) list_ports: Vec<u16>,
}

impl Path {
    /// A path that has not gone anywhere.
    pub(crate) fn start() -> Self {
        Self {
            hops: Vec::new(),
            gate: GateId::ON,
            after: Vec::new(),
            conditions: Vec::new(),
            loads: Vec::new(),
            home_line: Vec::new(),
            source: Source::Inside,
            refusal: None,
            policies: Vec::new(),
            pac: None,
            changes: Vec::new(),
            blocking: Vec::new(),
            notes: BTreeSet::new(),
            assumptions: BTreeSet::new(),
            bundles: BTreeSet::new(),
            list_ports: vec![80, 443],
        }
    }

    /// A path that a rule closes at once.
    pub(crate) fn refused(refusal: Refusal) -> Self {
        Self { refusal: Some(refusal), ..Self::start() }
    }

    /// What it puts on the agent's own home line in a call: bit/s up and down.
    pub(crate) fn on_home_line(&self) -> (u64, u64) {
        let sum = |of: fn(&(u64, u64)) -> u64| {
            self.home_line.iter().map(|t| of(&t.held) + of(&t.in_call)).sum()
        };
        (sum(|bits| bits.0), sum(|bits| bits.1))
    }

    /// Notes a fact that was used and that the plan does not give.
    pub(crate) fn assume<T>(&mut self, fact: &Fact<T>, id: impl FnOnce() -> String) {
        if !fact.is_given() {
            self.assumptions.insert(id());
        }
    }

    /// Notes a fact that was used and that the plan calls `unknown`; its default is
    /// none that anybody has to be told of.
    pub(crate) fn assume_unknown<T>(&mut self, fact: &Fact<T>, id: impl FnOnce() -> String) {
        if fact.is_unknown() {
            self.assumptions.insert(id());
        }
    }

    /// Closes the path unless it is closed already.
    pub(crate) fn refuse(&mut self, refusal: Refusal) {
        if self.refusal.is_none() {
            self.refusal = Some(self.told(refusal));
        }
    }

    /// Closes the path by a policy, which says so even where it is closed already.
    pub(crate) fn refuse_by_policy(&mut self, refusal: Refusal) {
        if self.refusal.is_none() {
            self.refusal = Some(refusal);
        } else {
            self.policies.push(refusal);
        }
    }

    /// All that refuses it for good.
    pub(crate) fn refusals(&self) -> impl Iterator<Item = &Refusal> {
        self.refusal.iter().chain(&self.policies)
    }

    /// A refusal with the answer of the PAC file that has led to it.
    fn told(&self, refusal: Refusal) -> Refusal {
        Refusal { pac: refusal.pac.or_else(|| self.pac.clone()), ..refusal }
    }

    /// Says of what refuses it, now or later, that a PAC file has sent it there.
    pub(crate) fn told_by(&mut self, pac: PacSays) {
        self.pac = Some(Box::new(pac));
        self.refusal = self.refusal.take().map(|refusal| self.told(refusal));
        let changes = std::mem::take(&mut self.changes).into_iter();
        self.changes = changes.map(|(change, refusal)| (change, self.told(refusal))).collect();
        let conditions = std::mem::take(&mut self.conditions).into_iter();
        self.conditions = conditions.map(|(gate, refusal)| (gate, self.told(refusal))).collect();
    }

    /// Closes the path until a change is made, or for good where none helps.
    pub(crate) fn refuse_until(&mut self, refusal: Refusal, change: Option<Change>) {
        match change {
            Some(change) if self.refusal.is_none() => {
                self.changes.push((change, self.told(refusal)));
            }
            _ => self.refuse(refusal),
        }
    }

    /// Takes over everything of a second part but its gate.
    pub(crate) fn absorb(&mut self, tail: &Path) {
        self.hops.extend(tail.hops.iter().cloned());
        self.after.extend(tail.after.iter().cloned());
        self.conditions.extend(tail.conditions.iter().cloned());
        self.loads.extend(tail.loads.iter().cloned());
        self.home_line.extend(tail.home_line.iter().copied());
        if tail.source != Source::Inside {
            self.source = tail.source.clone();
        }
        if let Some(refusal) = &tail.refusal {
            self.refuse(refusal.clone());
        }
        self.changes.extend(tail.changes.iter().cloned());
        self.blocking.extend(tail.blocking.iter().cloned());
        self.notes.extend(tail.notes.iter().copied());
        self.bundles.extend(tail.bundles.iter().cloned());
        self.assumptions.extend(tail.assumptions.iter().cloned());
    }
}
