//! What one working agent loads (section 5).

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::plan::{Capacity, Use};

use crate::legs::Kind;
use crate::posture::Posture;
use crate::rules::passages;
use crate::sites::{Hop, Line};
use crate::types::WHOLE;
use crate::ways::Judged;
use crate::world::World;

/// Something with a limit. Sessions, seats and pairs count in ones, channels
/// and pools in thousandths, the rest in bit/s.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Resource {
    Seats(String),
    VpnSessions(String),
    VdiSessions(String),
    ProxySessions(String),
    SbcSessions(String),
    NatPool(String),
    Trunk(String),
    Carrier(String),
    PstnCircuit(String),
    /// The circuit in use, or an active-active bundle's members that are up:
    /// what it can carry is one capacity, whoever is drawn to which.
    Up(Vec<String>, Option<String>),
    Down(Vec<String>, Option<String>),
    VpnThroughput(String),
    ProxyThroughput(String),
    Counted(String),
}

impl Resource {
    /// Whether it refuses who finds no room; circuits and throughput impair.
    pub(crate) fn refuses(&self, world: &World) -> bool {
        match self {
            Self::VpnThroughput(_) | Self::ProxyThroughput(_) => false,
            Self::Up(members, bundle) | Self::Down(members, bundle) => {
                world.admits_calls(members, bundle.as_deref())
            }
            _ => true,
        }
    }
}

/// Loads by resource.
pub(crate) type Loads = BTreeMap<Resource, u64>;

/// Traffic of a leg in millionths of a bit/s: towards the cloud, and back.
#[derive(Clone, Copy, Debug, Default)]
struct Rate {
    towards: u128,
    back: u128,
    voice: bool,
    /// Whether only while in a call.
    by_call: bool,
}

/// One leg with the path that carries it.
pub(crate) type Carried<'a> = (Kind, &'a Judged);

/// Every way to pick one live path for each leg; none if a leg has none.
pub(crate) fn combinations(legs: &[(Kind, Vec<Judged>)]) -> Vec<Vec<Carried<'_>>> {
    let mut all: Vec<Vec<Carried<'_>>> = vec![Vec::new()];
    for (kind, paths) in legs {
        let mut longer = Vec::new();
        for picked in &all {
            for judged in paths.iter().filter(|judged| judged.is_live()) {
                let mut picked = picked.clone();
                picked.push((*kind, judged));
                longer.push(picked);
            }
        }
        all = longer;
    }
    all
}

/// Each leg that is live by its first live path, as optional ones go.
pub(crate) fn first_live(legs: &[(Kind, Vec<Judged>)]) -> Vec<Carried<'_>> {
    let mut picked = Vec::new();
    for (kind, paths) in legs {
        picked.extend(paths.iter().find(|judged| judged.is_live()).map(|judged| (*kind, judged)));
    }
    picked
}

fn rate(world: &World, posture: &Posture, kind: Kind, judged: &Judged) -> Rate {
    let figures = &world.plan.figures;
    let traffic = &posture.group.traffic;
    let both = |bps: u64, voice: bool| {
        let rate = u128::from(bps) * u128::from(WHOLE);
        Rate { towards: rate, back: rate, voice, by_call: true }
    };
    let voice = |figure: u64| both(traffic.voice.value.map_or(figure, |bits| bits.0), true);
    match kind {
        Kind::Tunnel | Kind::Helper | Kind::App | Kind::Revocation | Kind::Signalling => {
            Rate::default()
        }
        Kind::Desktop => {
            let figure = figures.desktop_traffic.value.0;
            both(traffic.desktop.value.map_or(figure, |bits| bits.0), false)
        }
        Kind::SipMedia | Kind::Pbx | Kind::Pstn => voice(figures.voice_sip.value.0),
        Kind::WebrtcMedia => voice(figures.voice_webrtc_planned.value.0),
        Kind::Session => {
            let vdi =
                world.plan.vdi.iter().find(|(id, _)| World::passes(&judged.path.hops, id.as_str()));
            let per_session = vdi.map_or(0, |(_, vdi)| vdi.per_session.value.0);
            Rate { by_call: false, ..both(per_session, false) }
        }
        Kind::Upload => upload_rate(world, posture),
    }
}

fn upload_rate(world: &World, posture: &Posture) -> Rate {
    let Some(recording) = &posture.group.recording.value else { return Rate::default() };
    if recording.scheduled.value {
        return Rate::default();
    }
    let figures = &world.plan.figures;
    let figure = if recording.screens.value == 1 {
        figures.recording_one_screen.value.0
    } else {
        figures.recording_two_screens.value.0
    };
    let bps = posture.group.traffic.recording.value.map_or(figure, |bits| bits.0);
    let towards = u128::from(bps) * u128::from(recording.share.value.0);
    Rate { towards, back: 0, voice: false, by_call: true }
}

/// Whole bit/s of a rate at an occupancy, raised by a tunnel's overhead.
fn bits(rate: u128, by_call: bool, occupancy: u32, overhead: u32) -> u64 {
    let occupancy = if by_call { occupancy } else { WHOLE };
    let whole = u128::from(WHOLE);
    let exact = rate * u128::from(occupancy) * (whole + u128::from(overhead));
    u64::try_from(exact.div_ceil(whole * whole * whole)).unwrap_or(u64::MAX)
}

/// The occupancy in force for a group, in millionths.
pub(crate) fn occupancy(world: &World, posture: &Posture) -> u32 {
    let figures = &world.plan.figures;
    match posture.group.occupancy.value {
        Some(own) => own.0,
        None if world.failure.is_stressed() => figures.occupancy_stressed.value.0,
        None => figures.occupancy.value.0,
    }
}

/// Collects the loads of one agent.
struct Sum<'w> {
    world: &'w World<'w>,
    loads: Loads,
    vpn: (u64, u64),
    proxies: BTreeMap<String, (u64, u64)>,
    home: (u64, u64),
    occupancy: u32,
}

impl Sum<'_> {
    fn add(&mut self, resource: Resource, amount: u64) {
        *self.loads.entry(resource).or_default() += amount;
    }

    /// Traffic on one stretch of a path.
    fn stretch(&mut self, hops: &[Hop], rate: Rate, overhead: u32) {
        let size = |rate_of: u128, occupancy| bits(rate_of, rate.by_call, occupancy, overhead);
        let (towards, back) = (size(rate.towards, self.occupancy), size(rate.back, self.occupancy));
        for hop in hops {
            match hop {
                Hop::Line(line) if line.network != "pstn" => self.line(line, towards, back),
                Hop::Home { .. } => {
                    self.home.0 += size(rate.towards, WHOLE);
                    self.home.1 += size(rate.back, WHOLE);
                }
                _ => {}
            }
        }
    }

    fn line(&mut self, line: &Line, towards: u64, back: u64) {
        let (up, down) = if line.outward { (towards, back) } else { (back, towards) };
        let bundle = line.bundle.clone().filter(|_| line.active_active);
        let is_member = bundle.is_none();
        self.add(Resource::Up(line.share.clone(), bundle.clone()), up);
        self.add(Resource::Down(line.share.clone(), bundle), down);
        let whole = line.share.first().filter(|_| is_member);
        if let Some((share, id)) = whole.and_then(|member| self.world.adaptive_bundle_of(member)) {
            self.add(Resource::Up(share.clone(), Some(id.clone())), up);
            self.add(Resource::Down(share, Some(id)), down);
        }
    }

    /// What a leg has on a bundle with nominal shares is, in part, on each
    /// member by which alone something leaves; `before` is without the leg.
    fn on_members(&mut self, before: &Loads) {
        for (resource, load) in self.loads.clone() {
            let (Resource::Up(members, Some(bundle)) | Resource::Down(members, Some(bundle))) =
                &resource
            else {
                continue;
            };
            let upward = matches!(resource, Resource::Up(..));
            let of_leg = load - before.get(&resource).copied().unwrap_or(0);
            for (member, part) in self.world.parts_of_load(members, bundle, upward, of_leg) {
                let alone = vec![member];
                let on =
                    if upward { Resource::Up(alone, None) } else { Resource::Down(alone, None) };
                self.add(on, part);
            }
        }
    }

    /// Traffic of one leg: circuits, home line, tunnel and proxy throughput.
    fn traffic(&mut self, posture: &Posture, rate: Rate, judged: &Judged) {
        let path = &judged.path;
        let mut overhead = 0;
        if let Some(vpn) = posture.vpn.as_ref().filter(|_| !path.tunnel.is_empty()) {
            let vpn = self.world.vpn(vpn);
            let of = if rate.voice { &vpn.voice_overhead } else { &vpn.data_overhead };
            overhead = of.value.0;
            self.vpn.0 += bits(rate.towards, rate.by_call, self.occupancy, overhead);
            self.vpn.1 += bits(rate.back, rate.by_call, self.occupancy, overhead);
        }
        let before = self.loads.clone();
        self.stretch(&path.tunnel, rate, overhead);
        self.stretch(&path.hops, rate, 0);
        self.on_members(&before);
        if let Some((proxy, _)) = &path.proxy {
            let entry = self.proxies.entry(proxy.clone()).or_default();
            entry.0 += bits(rate.towards, rate.by_call, self.occupancy, 0);
            entry.1 += bits(rate.back, rate.by_call, self.occupancy, 0);
        }
    }

    /// Channels and SBC sessions of a phone that the cloud calls.
    fn telephony(&mut self, judged: &Judged) {
        let milli = u64::from(self.occupancy.div_ceil(1000));
        let plan = self.world.plan;
        for hop in &judged.path.hops {
            match hop {
                Hop::Trunk(id) => self.add(Resource::Trunk(id.clone()), milli),
                Hop::Part(id) if plan.carriers.contains_key(id.as_str()) => {
                    self.add(Resource::Carrier(id.clone()), milli);
                }
                Hop::Line(line) if line.network == "pstn" => {
                    self.add(Resource::PstnCircuit(line.in_use[0].clone()), milli);
                }
                _ => {}
            }
        }
        for id in plan.sbcs.keys().filter(|id| World::passes(&judged.path.hops, id.as_str())) {
            self.add(Resource::SbcSessions(id.to_string()), 1);
        }
    }

    /// NAT pairs of a SIP phone, once for each firewall that it crosses; inside
    /// a tunnel it crosses none.
    fn nat(&mut self, picked: &[Carried<'_>]) {
        let sip = picked.iter().filter(|(_, judged)| judged.path.flow.is_sip());
        let crossed: BTreeSet<String> = sip
            .flat_map(|(_, judged)| passages(self.world, &judged.path))
            .filter(|passage| passage.flow.is_sip())
            .map(|passage| passage.firewall)
            .collect();
        let pairs = self.world.plan.figures.udp_sessions_per_sip_phone.value;
        for firewall in crossed {
            self.add(Resource::NatPool(firewall), pairs);
        }
    }
}

/// What whoever works at this place, and with this phone, holds of pools.
pub(crate) fn held_by<'w>(world: &'w World, posture: &'w Posture) -> impl Iterator<Item = &'w Use> {
    let phone = posture.phone.iter().flat_map(|(_, phone)| &phone.uses);
    world.site(&posture.place).uses.iter().chain(phone)
}

fn sum<'w>(world: &'w World<'w>, posture: &Posture, picked: &[Carried<'_>]) -> Sum<'w> {
    let occupancy = occupancy(world, posture);
    let (loads, proxies) = (Loads::new(), BTreeMap::new());
    let mut sum = Sum { world, loads, vpn: (0, 0), proxies, home: (0, 0), occupancy };
    sum.add(Resource::Seats(posture.place.clone()), 1);
    for (named, milli) in held_by(world, posture) {
        sum.add(Resource::Counted(named.id.to_string()), milli.value);
    }
    if let Some(vpn) = &posture.vpn {
        sum.add(Resource::VpnSessions(vpn.clone()), 1);
    }
    for vdi in World::required_vdis(posture) {
        sum.add(Resource::VdiSessions(vdi), 1);
    }
    for (kind, judged) in picked {
        sum.traffic(posture, rate(world, posture, *kind, judged), judged);
        if matches!(kind, Kind::Pbx | Kind::Pstn) {
            sum.telephony(judged);
        }
    }
    sum.nat(picked);
    for (proxy, (up, down)) in std::mem::take(&mut sum.proxies) {
        let sessions = world.plan.proxies[proxy.as_str()].sessions_per_agent.value;
        sum.add(Resource::ProxySessions(proxy.clone()), sessions);
        sum.add(Resource::ProxyThroughput(proxy), up.max(down));
    }
    if let Some(vpn) = &posture.vpn {
        let larger = sum.vpn.0.max(sum.vpn.1);
        sum.add(Resource::VpnThroughput(vpn.clone()), larger);
    }
    sum
}

/// The loads of one agent who works so.
pub(crate) fn loads(world: &World, posture: &Posture, picked: &[Carried<'_>]) -> Loads {
    sum(world, posture, picked).loads
}

/// Whether a home line carries its agent's required traffic by these paths;
/// optional legs strand nobody.
pub(crate) fn line_fits(world: &World, posture: &Posture, picked: &[Carried<'_>]) -> bool {
    let Some(line) = world.site(&posture.place).internet.per_agent.value else { return true };
    if !world.is_homes(&posture.place) {
        return true;
    }
    let (up, down) = sum(world, posture, picked).home;
    line.up.is_none_or(|line| up <= line.0) && line.down.is_none_or(|line| down <= line.0)
}

/// Whether some choice of paths fits the home line.
pub(crate) fn fits_home_line(
    world: &World,
    posture: &Posture,
    legs: &[(Kind, Vec<Judged>)],
) -> bool {
    let capped = world.site(&posture.place).internet.per_agent.value.is_some();
    if !capped || !world.is_homes(&posture.place) {
        return true;
    }
    combinations(legs).iter().any(|picked| line_fits(world, posture, picked))
}

/// How effective an agent is, in millionths: each crossing of the PSTN takes
/// its carrier's blocking and the network's, then each thing with a number of
/// channels the most that it may block. Rounded down at every step.
pub(crate) fn effective(world: &World, picked: &[Carried<'_>]) -> u64 {
    let whole = u64::from(WHOLE);
    let hops = picked
        .iter()
        .filter(|(kind, _)| matches!(kind, Kind::Pbx | Kind::Pstn))
        .flat_map(|(_, judged)| &judged.path.hops);
    let mut left = whole;
    for hop in hops.clone() {
        let Hop::Part(id) = hop else { continue };
        if id == "pstn" || world.plan.carriers.contains_key(id.as_str()) {
            let blocked = world.failure.blocking.get(id).map_or(0, |blocked| *blocked);
            left = left * (whole - u64::from(blocked)) / whole;
        }
    }
    let counted: BTreeSet<String> = hops.filter_map(|hop| with_channels(world, hop)).collect();
    let grade = u64::from(world.plan.figures.grade_of_service.value.0);
    for _ in counted {
        left = left * (whole - grade) / whole;
    }
    left
}

/// The trunk, carrier or circuit of a hop, if it has a number of channels.
fn with_channels(world: &World, hop: &Hop) -> Option<String> {
    let plan = world.plan;
    match hop {
        Hop::Trunk(id) => plan.trunks[id.as_str()].channels.value.map(|_| id.clone()),
        Hop::Part(id) => {
            let channels = plan.carriers.get(id.as_str())?.channels.value;
            channels.map(|_| id.clone())
        }
        Hop::Line(line) if line.network == "pstn" => {
            let id = line.in_use[0].clone();
            let capacity = plan.circuits[id.as_str()].capacity.value;
            matches!(capacity, Capacity::Channels(_)).then_some(id)
        }
        _ => None,
    }
}
