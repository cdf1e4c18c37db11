//! A judge of allocations: whoever made one, it must keep to the limits and leave
//! nobody out while there is room.
//!
//! Ways, loads and limits are the reference's. Which paths an agent takes is his
//! choice, so what a resource carries is known between a least and a most; the
//! judge objects only where every choice would be wrong.

use std::collections::BTreeMap;

use outlast_engine::outcome::Entry;
use outlast_engine::{Disposition, Outcome, Problem, Steering};
use outlast_models::units::WeekHour;
use outlast_reference::{Amounts, Room, Takes};

use super::{Comparison, Name, as_told, name_of};

/// An allocation beside the reference's limits.
pub struct Judge<'a> {
    problem: &'a Problem,
    room: &'a Room,
    names: &'a [Name],
    live: BTreeMap<Name, &'a Takes>,
}

/// Agents by group, and by their providers, operators and draws.
type Heads = BTreeMap<(String, Vec<String>), u64>;

/// What is carried of a resource at least and at most.
type Carried = BTreeMap<String, (u64, u64)>;

impl<'a> Judge<'a> {
    /// A judge of one state.
    pub(super) fn new(of: &'a Comparison<'a>, room: &'a Room) -> Self {
        let name = |takes: &Takes| as_told(name_of(&takes.way), &of.told);
        let live = room.ways.iter().map(|takes| (name(takes), takes)).collect();
        Self { problem: of.problem, room, names: &of.names, live }
    }

    /// What is wrong with an outcome, one line each. Directed, nobody is sent on
    /// what would then be over-full, whether or not it refuses.
    pub fn faults(&self, outcome: &Outcome, steering: Steering) -> Vec<String> {
        let carried = self.carried(outcome);
        let mut faults = self.miscounted(outcome);
        faults.extend(self.on_no_live_way(outcome));
        faults.extend(self.overloaded(&carried));
        faults.extend(self.left_out(outcome, &carried, steering));
        faults.extend(self.wrongly_impaired(outcome, &carried));
        faults
    }

    fn takes(&self, entry: &Entry) -> Option<&'a Takes> {
        let way = way_of(entry)?;
        self.live.get(&self.names[way]).copied()
    }

    fn carried(&self, outcome: &Outcome) -> Carried {
        let mut carried = Carried::new();
        for entry in &outcome.entries {
            let Some(takes) = self.takes(entry) else { continue };
            for resource in self.room.limits.keys() {
                let (least, most) = span(takes, resource);
                let sums = carried.entry(resource.clone()).or_default();
                sums.0 += least * entry.agents;
                sums.1 += most * entry.agents;
            }
        }
        carried
    }

    /// Every head is somewhere, once.
    fn miscounted(&self, outcome: &Outcome) -> Vec<String> {
        let mut ours: Heads = BTreeMap::new();
        let mut sums = vec![0; self.problem.cohorts.len()];
        for entry in &outcome.entries {
            sums[entry.cohort] += entry.agents;
        }
        let mut faults = Vec::new();
        for (cohort, sum) in self.problem.cohorts.iter().zip(sums) {
            let mut detail: Vec<String> = cohort.detail.iter().map(ToString::to_string).collect();
            detail.sort();
            detail.dedup();
            let on_shift = cohort.on_shift(WeekHour(0));
            if sum != on_shift {
                faults.push(format!("{sum} of {on_shift} in {} {detail:?}", cohort.group));
            }
            *ours.entry((cohort.group.to_string(), detail)).or_default() += sum;
        }
        let mut theirs: Heads = BTreeMap::new();
        for heads in &self.room.heads {
            let kind = (heads.group.clone(), heads.detail.clone());
            *theirs.entry(kind).or_default() += heads.agents;
        }
        faults.extend(other_heads(&ours, &theirs));
        faults
    }

    fn on_no_live_way(&self, outcome: &Outcome) -> Vec<String> {
        let dead = |entry: &&Entry| {
            way_of(entry).is_some_and(|way| {
                let own = self.problem.ways[way].cohort == entry.cohort;
                !own || self.takes(entry).is_none()
            })
        };
        let on_dead = outcome.entries.iter().filter(|entry| entry.agents > 0).filter(dead);
        on_dead.map(|entry| format!("{} on no live way of theirs", self.describe(entry))).collect()
    }

    fn overloaded(&self, carried: &Carried) -> Vec<String> {
        let over = self.room.refusing.iter().filter_map(|resource| {
            let (least, _) = carried.get(resource)?;
            let limit = self.room.limits[resource];
            (*least > limit).then(|| format!("{resource} refuses, and carries {least} of {limit}"))
        });
        over.collect()
    }

    /// Nobody is stranded while he has a live way with room.
    fn left_out(&self, outcome: &Outcome, carried: &Carried, steering: Steering) -> Vec<String> {
        let mut faults = Vec::new();
        let stranded = |entry: &&Entry| matches!(entry.disposition, Disposition::Stranded(_));
        for entry in outcome.entries.iter().filter(stranded).filter(|entry| entry.agents > 0) {
            let ways = self.problem.ways.iter().zip(self.names);
            let own = ways.filter(|(way, _)| way.cohort == entry.cohort);
            let open = own.filter_map(|(_, name)| self.live.get(name));
            let roomy = open.into_iter().find(|takes| self.has_room(takes, carried, steering));
            if let Some(takes) = roomy {
                let name = name_of(&takes.way);
                faults.push(format!("{} while there is room on {name:?}", self.describe(entry)));
            }
        }
        faults
    }

    /// Whether one more surely finds room on a way: left alone, on what refuses.
    fn has_room(&self, takes: &Takes, carried: &Carried, steering: Steering) -> bool {
        let matters = |resource: &String| {
            steering == Steering::Directed || self.room.refusing.contains(resource)
        };
        let fits = |choice: &Amounts| {
            let mut limits = choice.iter().filter(|(resource, _)| matters(resource));
            limits.all(|(resource, load)| {
                let most = carried.get(resource).map_or(0, |(_, most)| *most);
                most + load <= self.room.limits[resource]
            })
        };
        takes.choices.iter().any(fits)
    }

    /// Whoever loads what is over its limit is impaired, and nobody else.
    fn wrongly_impaired(&self, outcome: &Outcome, carried: &Carried) -> Vec<String> {
        let surely_over = |resource: &String| carried[resource].0 > self.room.limits[resource];
        let perhaps_over = |resource: &String| carried[resource].1 > self.room.limits[resource];
        let mut faults = Vec::new();
        for entry in outcome.entries.iter().filter(|entry| entry.agents > 0) {
            let Some(takes) = self.takes(entry) else { continue };
            let mut limits = self.room.limits.keys();
            let wrong = match entry.disposition {
                Disposition::Working { .. } => {
                    limits.find(|id| span(takes, id).0 > 0 && surely_over(id))
                }
                _ if limits.any(|id| span(takes, id).1 > 0 && perhaps_over(id)) => None,
                _ => Some(&takes.way.group),
            };
            if let Some(why) = wrong {
                faults.push(format!("{} for {why}", self.describe(entry)));
            }
        }
        faults
    }

    /// Who could stay on the way he held stays, unless there is no room on it.
    pub fn moved_away(&self, normal: &Outcome, outcome: &Outcome) -> Vec<String> {
        let (before, after) = (self.by_name(normal), self.by_name(outcome));
        let carried = self.carried(outcome);
        let mut faults = Vec::new();
        for (name, agents) in before {
            let stayed = after.get(name).copied().unwrap_or(0);
            let Some(takes) = self.live.get(name) else { continue };
            if stayed < agents && self.has_room(takes, &carried, Steering::LeftAlone) {
                faults.push(format!("{stayed} of {agents} stayed on {name:?}, which has room"));
            }
        }
        faults
    }

    /// Agents by the posture that they hold: a tunnel that has become full is still
    /// the same one.
    fn by_name(&self, outcome: &Outcome) -> BTreeMap<&'a Name, u64> {
        let mut agents = BTreeMap::new();
        for entry in &outcome.entries {
            if let Some(way) = way_of(entry) {
                *agents.entry(&self.names[way]).or_default() += entry.agents;
            }
        }
        agents
    }

    fn describe(&self, entry: &Entry) -> String {
        let cohort = &self.problem.cohorts[entry.cohort];
        let way = way_of(entry).map(|way| &self.names[way]);
        let disposition = &entry.disposition;
        let word = match disposition {
            Disposition::Working { .. } => "working",
            Disposition::Impaired { .. } => "impaired",
            Disposition::Stranded(_) => "stranded",
            Disposition::InTransit { .. } => "in transit",
        };
        format!("{} of {} {:?} {word} on {way:?}", entry.agents, cohort.group, cohort.detail)
    }
}

/// Where heads differ: of a group, or of a kind of people in a group that both
/// split by the same draws (only one may split where no way is ever live).
fn other_heads(ours: &Heads, theirs: &Heads) -> Option<String> {
    let mut groups: BTreeMap<&str, [BTreeMap<&[String], u64>; 2]> = BTreeMap::new();
    for (side, heads) in [ours, theirs].into_iter().enumerate() {
        for ((group, detail), agents) in heads.iter().filter(|(_, agents)| **agents > 0) {
            groups.entry(group).or_default()[side].insert(detail, *agents);
        }
    }
    let sum = |heads: &BTreeMap<&[String], u64>| heads.values().sum::<u64>();
    let differ = groups.iter().find(|(_, [ours, theirs])| {
        sum(ours) != sum(theirs) || (ours != theirs && ours.keys().eq(theirs.keys()))
    });
    differ.map(|(group, heads)| format!("heads of {group}: {heads:?}"))
}

/// What a way takes of a resource, at least and at most.
fn span(takes: &Takes, resource: &str) -> (u64, u64) {
    let amounts = takes.choices.iter().map(|choice| choice.get(resource).copied().unwrap_or(0));
    (amounts.clone().min().unwrap_or(0), amounts.max().unwrap_or(0))
}

fn way_of(entry: &Entry) -> Option<usize> {
    match entry.disposition {
        Disposition::Working { way } | Disposition::Impaired { way, .. } => Some(way),
        _ => None,
    }
}
