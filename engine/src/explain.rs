//! Why a group works as it does: each way of working, open or closed, and the
//! component, capacity or rule that decides.
//!
//! The inverse of [`crate::compile`](fn@crate::compile): from gates and indices back to the words
//! of the plan.

mod cause;

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::catalogue::PhoneKind;
use outlast_models::{Id, Kind};

use crate::gates::{Gate, Liveness};
use crate::input::{Change, Input};
use crate::outcome::{Disposition, Entry, Outcome, Want};
use crate::problem::{Problem, ResourceId, Way};
use crate::routes::path::{Earlier, Path, Refusal};
use crate::routes::posture::{Lines, PostureKey};
use crate::routes::refusal::RuleId;
use crate::state::State;

pub use cause::Cause;

/// What decides about a way or leg in one state.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Live.
    Live,
    /// Live, but what refuses has no room left.
    Full(ResourceId),
    /// Closed until these changes are made, each with the rule that asks.
    Needs(Vec<(Change, Refusal)>),
    /// Closed by rules.
    Refused(Vec<Refusal>),
    /// Something it stands on is down.
    Down(Cause),
}

impl Status {
    /// Whether it can be used, be there room or not.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Live | Self::Full(_))
    }
}

/// One leg of a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegReason {
    /// What it is.
    pub name: String,
    /// Whether the agent cannot work without it.
    pub required: bool,
    /// What decides.
    pub status: Status,
    /// The components of the alternative in use, or of the nearest one.
    pub hops: Vec<Id>,
    /// What refuses its other alternatives, where a rule refuses the nearest.
    pub others: Vec<Refusal>,
}

/// One way of working of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayReason {
    /// Which.
    pub key: PostureKey,
    /// In words.
    pub words: String,
    /// What tells these agents of the group from the others, where that matters.
    pub detail: Vec<Id>,
    /// Their cohorts.
    pub cohorts: Vec<usize>,
    /// What decides.
    pub status: Status,
    /// What keeps others of these agents off it while it is live.
    pub full: Option<ResourceId>,
    /// Agents on it, left alone.
    pub left_alone: u64,
    /// Agents on it, directed.
    pub directed: u64,
    /// Leg by leg.
    pub legs: Vec<LegReason>,
    /// Notes: rule and sentence.
    pub notes: Vec<(&'static str, &'static str)>,
}

/// A group at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The group.
    pub group: Id,
    /// On shift.
    pub on_shift: u64,
    /// Working left alone, and directed.
    pub working: (u64, u64),
    /// Ways: those that work first, then the nearest to opening.
    pub ways: Vec<WayReason>,
}

/// One state of one problem, from which any number of groups are explained.
pub struct Explainer<'a> {
    problem: &'a Problem,
    state: &'a State,
    left_alone: &'a Outcome,
    directed: &'a Outcome,
    live: Liveness,
    /// The cohorts of each group, so that explaining all of them looks at each once.
    of_group: BTreeMap<&'a Id, Vec<usize>>,
}

/// Explains a group in one state, given the outcomes of that state.
pub fn explain(
    problem: &Problem,
    state: &State,
    left_alone: &Outcome,
    directed: &Outcome,
    group: &Id,
) -> Explanation {
    Explainer::new(problem, state, left_alone, directed).group(group)
}

impl<'a> Explainer<'a> {
    /// Evaluates a state, given its outcomes.
    pub fn new(
        problem: &'a Problem,
        state: &'a State,
        left_alone: &'a Outcome,
        directed: &'a Outcome,
    ) -> Self {
        let live = state.liveness(problem);
        let mut of_group: BTreeMap<&Id, Vec<usize>> = BTreeMap::new();
        for (number, cohort) in problem.cohorts.iter().enumerate() {
            of_group.entry(&cohort.group).or_default().push(number);
        }
        Self { problem, state, left_alone, directed, live, of_group }
    }

    /// Explains a group.
    pub fn group(&self, group: &Id) -> Explanation {
        let mut ways = self.ways(group, &|_| true);
        ways.sort_by_key(order);
        let working = |outcome: &Outcome| {
            let entries = self.cohorts(group).flat_map(|n| outcome.of_cohort(n));
            let works = |e: &&Entry| matches!(e.disposition, Disposition::Working { .. });
            entries.filter(works).map(|entry| entry.agents).sum()
        };
        let on_shift = self.cohorts(group).flat_map(|n| self.left_alone.of_cohort(n));
        Explanation {
            group: group.clone(),
            on_shift: on_shift.map(|entry| entry.agents).sum(),
            working: (working(self.left_alone), working(self.directed)),
            ways,
        }
    }

    /// The ways that agents of a group are on, as [`Explainer::group`] has them.
    pub fn taken(&self, group: &Id) -> Vec<WayReason> {
        // Reasons bear on each other where place, access and phone are the same.
        let alike = |way: usize| {
            let key = &self.problem.ways[way].key;
            (&key.place, &key.access, &key.phone)
        };
        let entries = self
            .cohorts(group)
            .flat_map(|n| self.left_alone.of_cohort(n).chain(self.directed.of_cohort(n)));
        let taken = entries.filter_map(|entry| match entry.disposition {
            Disposition::Working { way } => Some(alike(way)),
            _ => None,
        });
        let taken: BTreeSet<_> = taken.collect();
        let mut ways = self.ways(group, &|way| taken.contains(&alike(way)));
        ways.retain(|way| way.left_alone + way.directed > 0);
        ways
    }

    fn cohorts(&self, group: &Id) -> impl Iterator<Item = usize> {
        self.of_group.get(group).into_iter().flatten().copied()
    }

    /// The ways of a group that are asked for.
    fn ways(&self, group: &Id, asked: &dyn Fn(usize) -> bool) -> Vec<WayReason> {
        let (problem, live) = (self.problem, &self.live);
        let mut ways: Vec<WayReason> = Vec::new();
        for number in self.cohorts(group) {
            let all = problem.cohorts[number].ways.clone().filter(|way| asked(*way));
            let in_place = all.filter(|way| is_in_place(problem, live, *way));
            let mut reasons: Vec<(usize, WayReason)> =
                in_place.map(|index| (index, self.way(number, index))).collect();
            drop_idle_variants(problem, &mut reasons, is_short(self.directed, number));
            for (_, reason) in reasons {
                merge(&mut ways, reason);
            }
        }
        ways
    }

    fn way(&self, cohort: usize, index: usize) -> WayReason {
        let problem = self.problem;
        let mut reason = way_reason(problem, self.state, &self.live, index);
        reason.detail.clone_from(&problem.cohorts[cohort].detail);
        reason.cohorts.push(cohort);
        reason.left_alone = on_way(self.left_alone, cohort, index);
        reason.directed = on_way(self.directed, cohort, index);
        if reason.status == Status::Live {
            let full = |outcome| full(outcome, index, problem);
            reason.full = full(self.directed).or_else(|| full(self.left_alone));
        }
        if let (0, Some(resource)) = (reason.directed, reason.full) {
            reason.status = Status::Full(resource);
        }
        reason
    }
}

/// Whether some agents of a cohort do not work even directed.
fn is_short(directed: &Outcome, cohort: usize) -> bool {
    let mut entries = directed.of_cohort(cohort).filter(|entry| entry.agents > 0);
    entries.any(|entry| !matches!(entry.disposition, Disposition::Working { .. }))
}

/// A way that only a change makes different (direct URLs, a prepared PAC file, a
/// split tunnel) is shown where the change helps: where it opens what is closed
/// without it, or what not everybody has room on.
fn drop_idle_variants(problem: &Problem, reasons: &mut Vec<(usize, WayReason)>, short: bool) {
    let changed = |index: usize| {
        let changes = &problem.ways[index].posture.base.changes;
        changes.iter().any(|(change, _)| {
            matches!(
                change,
                Change::UseDirectUrls { .. }
                    | Change::DeployPac { .. }
                    | Change::EnableSplitTunnel { .. }
            )
        })
    };
    let plain: Vec<(PostureKey, bool)> = reasons
        .iter()
        .filter(|(index, _)| !changed(*index))
        .map(|(_, reason)| (reason.key.clone(), reason.status.is_open()))
        .collect();
    let same = |a: &PostureKey, b: &PostureKey| {
        (&a.place, &a.access, &a.phone) == (&b.place, &b.access, &b.phone)
    };
    reasons.retain(|(index, reason)| {
        let opened = plain.iter().any(|(key, open)| *open && same(key, &reason.key));
        let helps = matches!(reason.status, Status::Needs(_)) || reason.status.is_open();
        let taken = reason.left_alone + reason.directed > 0;
        !changed(*index) || taken || (helps && (short || !opened))
    });
}

/// A tunnel is split or full: only the one that it is now is a way.
pub(crate) fn is_in_place(problem: &Problem, live: &Liveness, way: usize) -> bool {
    problem.ways[way].posture.setting.is_none_or(|setting| live.is_on(setting))
}

fn on_way(outcome: &Outcome, cohort: usize, way: usize) -> u64 {
    let entries = outcome.of_cohort(cohort);
    let on = entries.filter(|entry| entry.disposition == Disposition::Working { way });
    on.map(|entry| entry.agents).sum()
}

/// What keeps the stranded of a cohort off a way that is live.
fn full(outcome: &Outcome, way: usize, problem: &Problem) -> Option<ResourceId> {
    let wanted =
        outcome.of_cohort(problem.ways[way].cohort).filter_map(|entry| match entry.disposition {
            Disposition::Stranded(Want::Room(resource)) => Some(resource),
            _ => None,
        });
    let loads = |resource: ResourceId| {
        let entry = &problem.ways[way];
        let routes =
            entry.legs.iter().flat_map(|leg| leg.routes.iter()).flat_map(|route| &route.loads);
        entry.held.iter().chain(routes).any(|load| load.resource == resource)
    };
    let mut wanted = wanted;
    wanted.find(|resource| loads(*resource))
}

/// Ways of alike agents are one line; they stay apart where the status differs.
fn merge(ways: &mut Vec<WayReason>, reason: WayReason) {
    let same = |way: &&mut WayReason| way.key == reason.key && way.status == reason.status;
    match ways.iter_mut().find(same) {
        Some(way) => {
            way.full = way.full.or(reason.full);
            way.left_alone += reason.left_alone;
            way.directed += reason.directed;
            way.cohorts.extend(reason.cohorts);
            for id in reason.detail {
                if !way.detail.contains(&id) {
                    way.detail.push(id);
                }
            }
        }
        None => ways.push(reason),
    }
}

/// Those that work, those that are open, then by how little would open them.
pub(crate) fn order(way: &WayReason) -> (usize, usize, std::cmp::Reverse<u64>) {
    let (class, distance) = match &way.status {
        Status::Live if way.directed + way.left_alone > 0 => (0, 0),
        Status::Live => (1, 0),
        Status::Full(_) => (2, 0),
        Status::Needs(changes) => (3, changes.len()),
        Status::Refused(refusals) => (4, refusals.len()),
        Status::Down(_) => (5, 0),
    };
    (class, distance, std::cmp::Reverse(way.directed))
}

pub(crate) fn way_reason(
    problem: &Problem,
    state: &State,
    live: &Liveness,
    index: usize,
) -> WayReason {
    let way = &problem.ways[index];
    let base = path_status(problem, state, live, &way.posture.base);
    let legs: Vec<LegReason> =
        (0..way.legs.len()).map(|leg| leg_reason(problem, state, live, way, leg)).collect();
    let mut statuses: Vec<&Status> = vec![&base];
    statuses.extend(legs.iter().filter(|leg| leg.required).map(|leg| &leg.status));
    let mut notes: Vec<(&'static str, &'static str)> = way
        .posture
        .legs
        .iter()
        .flat_map(|leg| leg.paths.iter().filter(|path| path.refusal.is_none()).take(1))
        .chain([&way.posture.base])
        .flat_map(|path| path.notes.iter().copied())
        .collect();
    notes.sort_unstable();
    notes.dedup();
    WayReason {
        key: way.key.clone(),
        words: words(problem, &way.key),
        detail: Vec::new(),
        cohorts: Vec::new(),
        status: together(&statuses),
        full: None,
        left_alone: 0,
        directed: 0,
        legs,
        notes,
    }
}

/// All of these must hold: what is worst decides, and likes are gathered.
fn together(statuses: &[&Status]) -> Status {
    let mut refused: Vec<Refusal> = Vec::new();
    let mut needs: Vec<(Change, Refusal)> = Vec::new();
    let mut down: Option<Cause> = None;
    for status in statuses {
        match status {
            Status::Live | Status::Full(_) => {}
            Status::Needs(changes) => {
                for change in changes {
                    if !needs.iter().any(|(other, _)| *other == change.0) {
                        needs.push(change.clone());
                    }
                }
            }
            Status::Refused(list) => {
                for refusal in list {
                    if !refused
                        .iter()
                        .any(|other| other.rule == refusal.rule && other.says == refusal.says)
                    {
                        refused.push(refusal.clone());
                    }
                }
            }
            Status::Down(cause) => down = down.or_else(|| Some(cause.clone())),
        }
    }
    if !refused.is_empty() {
        return Status::Refused(refused);
    }
    match (down, needs.is_empty()) {
        (Some(cause), _) => Status::Down(cause),
        (None, false) => Status::Needs(needs),
        (None, true) => Status::Live,
    }
}

fn leg_reason(
    problem: &Problem,
    state: &State,
    live: &Liveness,
    way: &Way,
    leg: usize,
) -> LegReason {
    let walked = &way.posture.legs[leg];
    let entry = &way.legs[leg];
    let usable = entry
        .routes
        .iter()
        .find(|route| live.is_on(route.gate) && !is_passed_over(live, &route.after));
    let hops = |path: &Path| path.hops.iter().map(|hop| hop.id.clone()).collect();
    let lines = way.posture.lines;
    let reason = |status: Status, hops: Vec<Id>, others: Vec<Refusal>| LegReason {
        name: entry.name.clone(),
        required: entry.required,
        status: at(lines, status),
        hops,
        others: others.into_iter().map(|refusal| refusal.at(lines)).collect(),
    };
    if let Some(route) = usable {
        return reason(Status::Live, hops(&walked.paths[route.path]), Vec::new());
    }
    let candidates = walked.paths.iter().filter(|path| {
        !is_passed_over(live, &path.after) && !is_of_spoiled_setting(problem, live, path)
    });
    let mut reasons: Vec<(Status, &Path)> =
        candidates.map(|path| (path_status(problem, state, live, path), path)).collect();
    if reasons.is_empty() {
        reasons = walked.paths.iter().map(|p| (path_status(problem, state, live, p), p)).collect();
    }
    reasons.sort_by_key(|(status, _)| nearness(status));
    let Some(((status, path), rest)) = reasons.split_first() else {
        let nothing = Refusal::new("TRN-01", "there is no way at all", None);
        return reason(Status::Refused(vec![nothing]), Vec::new(), Vec::new());
    };
    reason(status.clone(), hops(path), others(status, rest))
}

/// Gives a line of the group to refusals that no line of the plan decides.
fn at(lines: Lines, status: Status) -> Status {
    match status {
        Status::Refused(list) => {
            Status::Refused(list.into_iter().map(|refusal| refusal.at(lines)).collect())
        }
        Status::Needs(changes) => {
            let changes = changes.into_iter();
            Status::Needs(changes.map(|(change, refusal)| (change, refusal.at(lines))).collect())
        }
        Status::Live | Status::Full(_) | Status::Down(_) => status,
    }
}

/// What refuses the other alternatives of a leg, by other rules than the first.
fn others(first: &Status, rest: &[(Status, &Path)]) -> Vec<Refusal> {
    let Status::Refused(first) = first else { return Vec::new() };
    let mut found: Vec<Refusal> = Vec::new();
    for (status, _) in rest {
        let Status::Refused(list) = status else { continue };
        let known = |rule: &RuleId| first.iter().chain(&found).any(|other| other.rule == *rule);
        let new: Vec<Refusal> = list.iter().filter(|one| !known(&one.rule)).cloned().collect();
        found.extend(new);
    }
    found
}

/// Whether a path is one only while a setting is spoiled, and it is not.
fn is_of_spoiled_setting(problem: &Problem, live: &Liveness, path: &Path) -> bool {
    path.conditions.iter().any(|(gate, _)| {
        let input = match problem.gates.gate(*gate) {
            Gate::Input(input) => &problem.gates.inputs()[input.index()],
            _ => return false,
        };
        matches!(input, Input::Spoiled(_)) && !live.is_on(*gate)
    })
}

/// Whether an earlier fixed alternative is in use instead.
pub(crate) fn is_passed_over(live: &Liveness, after: &[Earlier]) -> bool {
    after.iter().any(|earlier| earlier.is_taken(&|gate| live.is_on(gate)))
}

fn nearness(status: &Status) -> usize {
    match status {
        Status::Live => 0,
        Status::Full(_) => 1,
        Status::Needs(changes) => 1 + changes.len(),
        // That there is no such network says less than what closes one that is.
        Status::Refused(list) if list.iter().all(Refusal::is_no_way) => 101,
        Status::Refused(_) => 100,
        Status::Down(_) => 50,
    }
}

/// What decides about one path.
fn path_status(problem: &Problem, state: &State, live: &Liveness, path: &Path) -> Status {
    if let Some(hop) = path.hops.iter().find(|hop| !live.is_on(hop.gate)) {
        // What a rule refuses for good is refused whatever is down besides.
        if path.refusal.is_some() {
            return Status::Refused(path.refusals().cloned().collect());
        }
        if let Some(refusal) = cause::reaches_no_region(problem, live, path, hop) {
            return Status::Refused(vec![refusal]);
        }
        return Status::Down(Cause::of(problem, live, &hop.id, hop.gate));
    }
    let broken: Vec<Refusal> = path
        .refusals()
        .chain(path.conditions.iter().filter(|(gate, _)| !live.is_on(*gate)).map(|(_, r)| r))
        .cloned()
        .collect();
    if !broken.is_empty() {
        return Status::Refused(broken);
    }
    let to_make = path.changes.iter().filter(|(change, _)| !state.changes.contains_key(change));
    let to_make: Vec<(Change, Refusal)> = to_make.cloned().collect();
    if !to_make.is_empty() {
        return Status::Needs(to_make);
    }
    if live.is_on(path.gate) {
        Status::Live
    } else {
        Status::Down(Cause::of(problem, live, &Id::new("needs"), path.gate))
    }
}

/// A way in words: place, access, phone, entry.
pub fn words(problem: &Problem, key: &PostureKey) -> String {
    if key.stated {
        return format!("{} (stated by the plan)", key.access);
    }
    let mut parts = vec![place_words(problem, &key.place), access_words(problem, &key.access)];
    if let Some(phone) = &key.phone {
        parts.push(phone_words(phone));
    }
    if key.direct {
        parts.push("direct URLs".to_owned());
    }
    if let Some(pac) = &key.pac {
        parts.push(format!("PAC {pac}"));
    }
    if key.split {
        parts.push("split tunnel".to_owned());
    }
    parts.join(", ")
}

fn kind(problem: &Problem, id: &str) -> Option<Kind> {
    problem.components.get(id).map(|(component, _)| component.kind)
}

fn place_words(problem: &Problem, place: &Id) -> String {
    match kind(problem, place.as_str()) {
        Some(Kind::Homes) => format!("at home ({place})"),
        _ => format!("at {place}"),
    }
}

pub(crate) fn access_words(problem: &Problem, access: &Id) -> String {
    let one = |id: &str| match kind(problem, id) {
        Some(Kind::Vpn) => format!("VPN {id}"),
        Some(Kind::Vdi) => format!("virtual desktop {id}"),
        Some(Kind::Proxy) => format!("Internet by proxy {id}"),
        _ if id == "private" => "private network".to_owned(),
        _ if id == "internet" => "Internet".to_owned(),
        _ => id.to_owned(),
    };
    let parts: Vec<String> = access.as_str().split('+').map(one).collect();
    parts.join(" over ")
}

pub(crate) fn phone_words(phone: &Id) -> String {
    let kind = PhoneKind::ALL.iter().find(|kind| *phone == kind.word());
    kind.map_or_else(|| phone.to_string(), |kind| kind.name().to_owned())
}
