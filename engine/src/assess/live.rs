//! Who may do what in one state: crews, live ways, capacities.

use std::collections::BTreeMap;
use std::sync::Arc;

use outlast_models::Id;
use outlast_models::units::Millionths;

use super::crowds::{Crowd, needs, way_may_stand_on};
use super::erlang;
use crate::gates::Liveness;
use crate::problem::{
    Capacity, LineMember, Problem, Resource, ResourceId, ResourceLoad, Route, Way,
};
use crate::routes::path::ResourceKey;
use crate::state::{Held, State};

/// How far agents may go (the four figures of a moment).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Nobody does anything.
    Untouched,
    /// Everybody logs in again another way in the same place.
    Settled,
    /// And who must travels.
    Moved,
}

/// Agents of one cohort who hold the same way.
#[derive(Debug, Clone)]
pub(crate) struct Crew {
    pub(crate) cohort: usize,
    pub(crate) held: Option<usize>,
    pub(crate) agents: u64,
    /// Live ways in order of preference.
    pub(crate) ways: Vec<LiveWay>,
    /// For agents with digital media too: a way that is live but for voice.
    pub(crate) digital: Option<usize>,
}

/// A way that is live in the state.
#[derive(Debug, Clone)]
pub(crate) struct LiveWay {
    pub(crate) way: usize,
    /// Loads of the posture.
    pub(crate) held: Vec<(ResourceId, u64)>,
    pub(crate) legs: Vec<LiveLeg>,
}

/// A leg with the alternatives that are live, in order.
#[derive(Debug, Clone)]
pub(crate) struct LiveLeg {
    pub(crate) leg: usize,
    pub(crate) routes: Vec<LiveRoute>,
}

impl LiveLeg {
    /// The alternative of doing without the leg, where there is one: the last.
    pub(crate) fn without(&self) -> Option<usize> {
        let last = self.routes.len() - 1;
        self.routes[last].route.is_none().then_some(last)
    }
}

/// A live alternative.
#[derive(Debug, Clone)]
pub(crate) struct LiveRoute {
    /// `None`: without the leg, which is optional and finds no room.
    pub(crate) route: Option<usize>,
    pub(crate) loads: Vec<(ResourceId, u64)>,
    /// Sessions, which an agent holds once whatever runs through them.
    pub(crate) sessions: Vec<(ResourceId, u64)>,
    /// Share of calls that get through, in millionths.
    pub(crate) pass: u32,
}

impl LiveRoute {
    /// An agent who does without an optional leg.
    fn without() -> Self {
        Self { route: None, loads: Vec::new(), sessions: Vec::new(), pass: 1_000_000 }
    }

    /// Everything that it loads.
    pub(crate) fn touches(&self) -> impl Iterator<Item = ResourceId> {
        self.loads.iter().chain(&self.sessions).map(|(resource, _)| *resource)
    }
}

impl LiveWay {
    /// The routes of some picks, one of each leg.
    fn picked<'a>(&'a self, picks: &'a [usize]) -> impl Iterator<Item = &'a LiveRoute> {
        self.legs.iter().zip(picks).map(|(leg, &pick)| &leg.routes[pick])
    }

    /// Share of calls that get through with these picks, in millionths.
    pub(crate) fn pass(&self, picks: &[usize]) -> u32 {
        let through = |pass, route: &LiveRoute| pass * u64::from(route.pass) / 1_000_000;
        let product = self.picked(picks).fold(1_000_000_u64, through);
        u32::try_from(product).expect("at most a million")
    }

    /// Optional legs that an agent with these picks does without.
    pub(crate) fn dropped(&self, picks: &[usize]) -> u32 {
        let dropped = self.picked(picks).filter(|route| route.route.is_none()).count();
        u32::try_from(dropped).expect("few legs")
    }

    /// What one agent loads with these picks, one entry a resource.
    pub(crate) fn loads(&self, picks: &[usize]) -> Vec<(ResourceId, u64)> {
        let mut sums: BTreeMap<ResourceId, u64> = BTreeMap::new();
        let legs = self.picked(picks).flat_map(|route| &route.loads);
        for &(resource, load) in self.held.iter().chain(legs) {
            *sums.entry(resource).or_default() += load;
        }
        for &(resource, load) in self.picked(picks).flat_map(|route| &route.sessions) {
            let held = sums.entry(resource).or_default();
            *held = load.max(*held);
        }
        sums.into_iter().collect()
    }
}

/// One state of one problem, evaluated.
#[derive(Clone)]
pub(crate) struct Scene<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) state: &'a State,
    pub(crate) live: Liveness,
    /// What is live for those who are logged in, where the plan says that sessions
    /// survive: they need no names resolved any more.
    logged_in: Option<Liveness>,
    /// Capacity of each resource, then of each degraded crowd; `None` = without limit.
    pub(crate) capacities: Vec<Option<u64>>,
    /// Agents who are counted together: on what is degraded and has no capacity, and
    /// those whom a change has reached.
    pub(crate) crowds: Vec<Crowd>,
    /// Whether fixed alternatives may be chosen freely (attainability).
    pub(crate) steered: bool,
    /// By resource: circuits that carry a share of its load, and which.
    shares: Vec<Vec<(ResourceId, Share)>>,
}

/// A fraction of a load.
#[derive(Debug, Clone, Copy)]
struct Share {
    of: u64,
    whole: u64,
}

impl Share {
    fn of_up(self, load: u64) -> u64 {
        let part = (u128::from(load) * u128::from(self.of)).div_ceil(u128::from(self.whole));
        u64::try_from(part).expect("at most the load")
    }
}

impl<'a> Scene<'a> {
    pub(crate) fn new(problem: &'a Problem, state: &'a State, held: &Held) -> Self {
        let mut scene = Self::seen(problem, state, state.liveness(problem), Vec::new());
        let resources = problem.resources.iter();
        scene.capacities = resources.map(|resource| scene.capacity(resource)).collect();
        scene.add_crowds(held);
        scene
    }

    /// A state whose gates have been evaluated and whose capacities are known, in which
    /// nothing is degraded and no change is under way.
    pub(super) fn seen(
        problem: &'a Problem,
        state: &'a State,
        live: Liveness,
        capacities: Vec<Option<u64>>,
    ) -> Self {
        let survive = problem.sessions_survive_login_loss;
        let mut scene = Self {
            problem,
            state,
            live,
            logged_in: survive.then(|| state.without(&Id::new("dns")).liveness(problem)),
            capacities,
            crowds: Vec::new(),
            steered: state.steered,
            shares: Vec::new(),
        };
        scene.shares = problem.resources.iter().map(|resource| scene.shares(resource)).collect();
        scene
    }

    /// The same with every route steered.
    pub(crate) fn with_steering(&self) -> Self {
        Self { steered: true, ..self.clone() }
    }

    fn is_up(&self, id: &Id) -> bool {
        self.problem.components.get(id).is_none_or(|(_, gate)| self.live.is_on(*gate))
    }

    pub(super) fn capacity(&self, resource: &Resource) -> Option<u64> {
        let share = match resource.key {
            ResourceKey::Seats(_) => Millionths::ONE,
            _ => self.state.share_of(resource.key.id()),
        };
        match &resource.capacity {
            Capacity::Unlimited => None,
            Capacity::Units(n) | Capacity::Bits(n) => Some(share.of_down(*n)),
            Capacity::Channels(_) => {
                let channels = self.channels(resource).unwrap_or(0);
                Some(erlang::admits(channels, self.problem.grade_of_service))
            }
            Capacity::Line { members, active, adaptive } => self.line(members, *active, *adaptive),
        }
    }

    /// The channels of a resource that has some, in this state.
    pub(crate) fn channels(&self, resource: &Resource) -> Option<u64> {
        let Capacity::Channels(members) = &resource.capacity else { return None };
        let up = members.iter().filter(|(id, _)| self.is_up(id));
        Some(up.map(|(id, n)| self.state.share_of(id).of_down(*n)).sum())
    }

    fn serves(&self, member: &LineMember) -> bool {
        self.is_up(&member.circuit) && member.walls.iter().all(|wall| self.is_up(wall))
    }

    fn line(&self, members: &[LineMember], active: bool, adaptive: bool) -> Option<u64> {
        let up: Vec<&LineMember> = members.iter().filter(|m| self.serves(m)).collect();
        let left =
            |m: &LineMember| m.bits.map(|bits| self.state.share_of(&m.circuit).of_down(bits));
        if !active {
            return up.first().map_or(Some(0), |first| left(first));
        }
        if adaptive {
            return up.iter().map(|m| left(m)).sum();
        }
        let nominal: u64 = up.iter().map(|m| m.bits).sum::<Option<u64>>()?;
        if nominal == 0 {
            return Some(0);
        }
        up.iter()
            .filter_map(|m| {
                let (left, bits) = (left(m)?, m.bits.filter(|bits| *bits > 0)?);
                let limit = u128::from(left) * u128::from(nominal) / u128::from(bits);
                u64::try_from(limit).ok()
            })
            .min()
    }

    /// What each member of a bundle that also carries something alone carries of the
    /// bundle's load: its nominal share among those that are up.
    fn shares(&self, bundle: &Resource) -> Vec<(ResourceId, Share)> {
        let Capacity::Line { members, .. } = &bundle.capacity else { return Vec::new() };
        let up = members.iter().filter(|member| self.serves(member));
        let Some(whole) = up.map(|member| member.bits).sum::<Option<u64>>() else {
            return Vec::new();
        };
        let share = |circuit: &Id| {
            let member = members.iter().find(|member| member.circuit == *circuit)?;
            let of = member.bits.filter(|bits| *bits > 0 && self.serves(member))?;
            Some(Share { of, whole })
        };
        let alone = bundle.shared_by.iter();
        alone.filter_map(|(circuit, own)| Some((*own, share(circuit)?))).collect()
    }

    /// What an agent loads, with the shares of it that fall on single circuits.
    fn loads(&self, loads: &[ResourceLoad], occupancy: Millionths) -> Vec<(ResourceId, u64)> {
        let mut all = BTreeMap::new();
        for load in loads {
            let whole = load.at(occupancy);
            *all.entry(load.resource).or_default() += whole;
            for (circuit, share) in &self.shares[load.resource.index()] {
                *all.entry(*circuit).or_default() += share.of_up(whole);
            }
        }
        all.into_iter().filter(|(_, load)| *load > 0).collect()
    }

    /// The crews of a state: each cohort's agents by the way they hold, with
    /// the ways that the scope leaves them.
    pub(crate) fn crews(&self, held: &Held, scope: Scope) -> Vec<Arc<Crew>> {
        let people = self.state.people(self.problem).into_iter().enumerate();
        people.flat_map(|(cohort, agents)| self.crews_of(cohort, agents, held, scope)).collect()
    }

    /// The crews of one cohort with so many agents.
    pub(crate) fn crews_of(
        &self,
        cohort: usize,
        agents: u64,
        held: &Held,
        scope: Scope,
    ) -> Vec<Arc<Crew>> {
        let mut crews = Vec::new();
        if agents == 0 {
            return crews;
        }
        let entry = &self.problem.cohorts[cohort];
        let live: Vec<LiveWay> =
            entry.ways.clone().filter_map(|way| self.live_way(way, scope)).collect();
        for (way, count) in shrink(held.0.get(cohort), agents) {
            let allowed = |other: usize| self.allowed(cohort, way, other, scope);
            let mut ways: Vec<LiveWay> =
                live.iter().filter(|live| allowed(live.way)).cloned().collect();
            if let Some(kept) = way.and_then(|way| self.still_logged_in(way)) {
                ways.retain(|other| other.way != kept.way);
                ways.insert(ways.partition_point(|other| other.way < kept.way), kept);
            }
            let digital = entry
                .ways
                .clone()
                .filter(|_| entry.digital)
                .find(|&other| allowed(other) && self.is_live_but_for_voice(other));
            crews.push(Arc::new(Crew { cohort, held: way, agents: count, ways, digital }));
        }
        crews
    }

    /// The way that somebody holds, where he works on without logging in again
    /// though the login is lost.
    fn still_logged_in(&self, held: usize) -> Option<LiveWay> {
        let survives = self.problem.sessions_survive_login_loss;
        survives.then(|| self.live_way(held, Scope::Untouched)).flatten()
    }

    pub(super) fn allowed(
        &self,
        cohort: usize,
        held: Option<usize>,
        way: usize,
        scope: Scope,
    ) -> bool {
        let wanted = &self.problem.ways[way].key;
        match (scope, held) {
            (Scope::Moved, _) => true,
            (Scope::Untouched, None) => false,
            (Scope::Untouched, Some(held)) => self.problem.ways[held].key == *wanted,
            (Scope::Settled, Some(held)) => {
                let key = &self.problem.ways[held].key;
                key == wanted || (key.place == wanted.place && !wanted.stated && !key.stated)
            }
            (Scope::Settled, None) => {
                wanted.place == self.problem.cohorts[cohort].home_place && !wanted.stated
            }
        }
    }

    pub(crate) fn live_way(&self, index: usize, scope: Scope) -> Option<LiveWay> {
        let way = &self.problem.ways[index];
        let live = self.live_for(scope);
        if way.refused || !live.is_on(way.gate) {
            return None;
        }
        let occupancy = self.occupancy(way.cohort);
        let mut held = self.loads(&way.held, occupancy);
        let mut legs = Vec::new();
        for (n, leg) in way.legs.iter().enumerate() {
            let routes: Vec<LiveRoute> = leg
                .routes
                .iter()
                .enumerate()
                .filter_map(|(r, route)| {
                    let mut live = self.live_route(live, r, route, occupancy)?;
                    let path = &way.posture.legs[n].paths[route.path];
                    live.sessions.extend(self.crowds_of(|crowd| match crowd {
                        Crowd::On(_) => false,
                        Crowd::For(change) => needs(path, change),
                    }));
                    Some(live)
                })
                .collect();
            if routes.is_empty() {
                if leg.required && !self.survives(&leg.name, scope) {
                    return None;
                }
                continue;
            }
            legs.push(LiveLeg { leg: n, routes });
        }
        self.let_go(way, &mut legs);
        held.extend(self.crowds_of(|crowd| match crowd {
            Crowd::On(id) => way_may_stand_on(way, id),
            Crowd::For(change) => needs(&way.posture.base, change),
        }));
        Some(LiveWay { way: index, held, legs })
    }

    fn is_live_but_for_voice(&self, index: usize) -> bool {
        let way = &self.problem.ways[index];
        !way.refused_but_for_voice
            && self.live.is_on(way.gate)
            && way.legs.iter().any(|leg| leg.voice)
            && way.legs.iter().filter(|leg| leg.required && !leg.voice).all(|leg| {
                leg.routes
                    .iter()
                    .any(|route| self.live_route(&self.live, 0, route, Millionths::ONE).is_some())
            })
    }

    /// Sessions that outlive the login service, if the plan says so.
    fn survives(&self, leg: &str, scope: Scope) -> bool {
        self.problem.sessions_survive_login_loss
            && scope == Scope::Untouched
            && (leg == "login service" || leg == "Portal")
    }

    fn live_for(&self, scope: Scope) -> &Liveness {
        self.logged_in.as_ref().filter(|_| scope == Scope::Untouched).unwrap_or(&self.live)
    }

    fn live_route(
        &self,
        live: &Liveness,
        index: usize,
        route: &Route,
        occupancy: Millionths,
    ) -> Option<LiveRoute> {
        if !live.is_on(route.gate) {
            return None;
        }
        if !self.steered
            && route.after.iter().any(|earlier| earlier.is_taken(&|gate| live.is_on(gate)))
        {
            return None;
        }
        let pass = route.blocking.iter().fold(1_000_000_u64, |pass, crossing| {
            pass * u64::from(1_000_000 - self.state.blocking_of(crossing).min(1_000_000))
                / 1_000_000
        });
        let pass = u32::try_from(pass).expect("at most a million");
        let held_once = |(resource, _): &(ResourceId, u64)| {
            matches!(self.problem.resources[resource.index()].key, ResourceKey::Sessions(_))
        };
        let (sessions, loads) =
            self.loads(&route.loads, occupancy).into_iter().partition(held_once);
        (pass > 0).then_some(LiveRoute { route: Some(index), loads, sessions, pass })
    }

    /// Lets agents do without optional legs that may find no room: on something
    /// that refuses and that no required leg holds for them in any case.
    fn let_go(&self, way: &Way, legs: &mut [LiveLeg]) {
        let required = |leg: &&LiveLeg| way.legs[leg.leg].required;
        let holds = |leg: &LiveLeg, resource: ResourceId| {
            leg.routes.iter().all(|route| route.sessions.iter().any(|(r, _)| *r == resource))
        };
        let held: Vec<ResourceId> = legs
            .iter()
            .filter(required)
            .flat_map(|leg| {
                let first = leg.routes.iter().take(1).flat_map(|route| &route.sessions);
                first.map(|(r, _)| *r).filter(|r| holds(leg, *r))
            })
            .collect();
        let may_refuse = |resource: ResourceId| {
            self.refuses(resource)
                && self.capacities[resource.index()].is_some()
                && !held.contains(&resource)
        };
        for leg in legs.iter_mut().filter(|leg| !way.legs[leg.leg].required) {
            if leg.routes.iter().any(|route| route.touches().any(may_refuse)) {
                leg.routes.push(LiveRoute::without());
            }
        }
    }

    /// The occupancy of a cohort in this state.
    pub(crate) fn occupancy(&self, cohort: usize) -> Millionths {
        let cohort = &self.problem.cohorts[cohort];
        let stressed = self.state.is_stressed();
        let figure =
            if stressed { self.problem.occupancy_stressed } else { self.problem.occupancy };
        let normal = cohort.occupancy.unwrap_or(figure);
        // Until queues have demand, a surge raises occupancy, at most to the whole.
        let surges = cohort.queues.iter().filter_map(|queue| self.state.demand.get(queue));
        let surge = surges.copied().max().unwrap_or(1000).max(1000);
        let raised = u64::from(normal.0) * surge / 1000;
        Millionths(u32::try_from(raised.min(1_000_000)).expect("at most a million"))
    }

    /// What a resource (or crowd) is.
    pub(crate) fn key(&self, resource: ResourceId) -> ResourceKey {
        let own = self.problem.resources.get(resource.index()).map(|own| own.key.clone());
        own.unwrap_or_else(|| {
            let crowd = resource.index() - self.problem.resources.len();
            self.crowds[crowd].key()
        })
    }

    /// Whether a resource (or crowd) refuses what does not fit.
    pub(crate) fn refuses(&self, resource: ResourceId) -> bool {
        self.problem.resources.get(resource.index()).is_none_or(|resource| resource.refuses)
    }
}

/// Those who hold a way, cut down to those who are there now; the rest of the
/// cohort holds none.
fn shrink(held: Option<&Vec<(usize, u64)>>, agents: u64) -> Vec<(Option<usize>, u64)> {
    let mut left = agents;
    let mut all = Vec::new();
    for &(way, count) in held.into_iter().flatten() {
        let here = count.min(left);
        if here > 0 {
            all.push((Some(way), here));
            left -= here;
        }
    }
    if left > 0 {
        all.push((None, left));
    }
    all
}
