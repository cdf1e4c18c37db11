//! All that the reference says of one plan, state by state.
//!
//! Who is there and how they could work is the same in every state; it is found once.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use outlast_models::pac::PacAnswers;
use outlast_models::plan::{Group, Plan};

use crate::cohorts::{Cohort, cohorts, split};
use crate::directed::{Class, Directed, as_stated, best, choices_of, class, on_shift};
use crate::loads::Loads;
use crate::posture::Posture;
use crate::room::{Heads, Room, detail_of};
use crate::types::{Failure, WHOLE, Way, WayState};
use crate::ways::{judged, stands_as_stated, stated_way, way};
use crate::world::World;

/// Nothing has failed: postures are the same in every state.
static NOTHING: LazyLock<Failure> = LazyLock::new(Failure::default);

/// A plan as the reference reads it.
pub struct Opinion<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) pac: &'a PacAnswers,
    pub(crate) people: Vec<People<'a>>,
}

/// The people of a group who share their providers and draws.
pub(crate) struct People<'a> {
    pub(crate) id: String,
    pub(crate) group: &'a Group,
    pub(crate) cohort: Cohort,
    pub(crate) agents: u64,
    pub(crate) postures: Vec<Posture<'a>>,
}

/// What the reference says of one state.
pub struct Judgement<'a> {
    world: World<'a>,
    people: Vec<Vec<Judged>>,
    opinion: &'a Opinion<'a>,
}

/// A way, and what an agent who works so may load, with how effective he is then.
struct Judged {
    way: Way,
    choices: Vec<(Loads, u64)>,
}

impl<'a> Opinion<'a> {
    /// Finds out who is there.
    pub fn new(plan: &'a Plan, pac: &'a PacAnswers) -> Self {
        let mut people = Vec::new();
        for (id, group) in &plan.groups {
            let postures = World::new(plan, pac, &NOTHING).postures(id.as_str(), group);
            let cohorts = cohorts(plan, pac, id.as_str(), group);
            let heads = split(on_shift(group), &cohorts);
            for (cohort, agents) in cohorts.into_iter().zip(heads) {
                let (id, postures) = (id.to_string(), postures.clone());
                people.push(People { id, group, cohort, agents, postures });
            }
        }
        Self { plan, pac, people }
    }

    /// Judges every way in a state.
    pub fn of(&'a self, failure: &'a Failure) -> Judgement<'a> {
        let world = World::new(self.plan, self.pac, failure);
        let people = self.people.iter().map(|people| people.judge(&world)).collect();
        Judgement { world, people, opinion: self }
    }
}

impl People<'_> {
    fn judge(&self, world: &World) -> Vec<Judged> {
        let world = world.of(&self.cohort);
        let mut all = Vec::new();
        for posture in &self.postures {
            let (state, legs) = judged(&world, posture);
            let is_live = state == WayState::Live;
            let choices = if is_live { choices_of(&world, posture, &legs) } else { Vec::new() };
            all.push(Judged { way: way(&world, posture, state), choices });
        }
        for (name, stated) in &self.group.ways {
            let way = stated_way(&world, &self.id, name.as_str(), stated);
            let stands = stands_as_stated(&world, stated);
            let choice = || (as_stated(stated), u64::from(WHOLE));
            all.push(Judged { way, choices: stands.then(choice).into_iter().collect() });
        }
        all
    }
}

impl Judgement<'_> {
    /// Every posture of every group, group by group in the order of preference, for
    /// each combination of Internet provider, mobile operator and draw.
    pub fn ways(&self) -> impl Iterator<Item = &Way> {
        self.people.iter().flatten().map(|judged| &judged.way)
    }

    /// The best allocation, found by trying all; `None` if they are too many.
    pub fn directed(&self) -> Option<Directed> {
        let class = |(people, ways): (&People, &Vec<Judged>)| -> Class {
            let choices = ways.iter().flat_map(|judged| judged.choices.iter().cloned());
            let choices: BTreeSet<(Loads, u64)> = choices.collect();
            class(&people.id, people.group, people.agents, &choices)
        };
        let each = self.opinion.people.iter().zip(&self.people);
        best(&self.world, each.map(class).collect())
    }

    /// The limits, what each live way takes of them, and who is there.
    pub fn room(&self) -> Room {
        let mut room = Room::default();
        for (people, ways) in self.opinion.people.iter().zip(&self.people) {
            let (group, detail) = (people.id.clone(), detail_of(&people.cohort));
            room.heads.push(Heads { group, detail, agents: people.agents });
            for judged in ways {
                room.add(&self.world, &judged.way, &judged.choices);
            }
        }
        room
    }
}

/// Returns every way of every group in a state.
pub fn ways(plan: &Plan, pac: &PacAnswers, failure: &Failure) -> Vec<Way> {
    Opinion::new(plan, pac).of(failure).ways().cloned().collect()
}

/// Returns the best allocation in a state; `None` if they are too many to try.
pub fn directed(plan: &Plan, pac: &PacAnswers, failure: &Failure) -> Option<Directed> {
    Opinion::new(plan, pac).of(failure).directed()
}

/// Returns the limits in a state, what each live way takes of them, and who is there.
pub fn room(plan: &Plan, pac: &PacAnswers, failure: &Failure) -> Room {
    Opinion::new(plan, pac).of(failure).room()
}
