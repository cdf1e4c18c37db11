//! What keeps calls of those who work from getting through, by name.

use std::collections::BTreeMap;

use outlast_models::Id;
use outlast_models::units::Millionths;

use super::erlang;
use super::live::Scene;
use crate::outcome::{Disposition, Entry, Outcome};
use crate::problem::{Problem, ResourceId};
use crate::state::{Held, State};

/// Something that lets only part of the calls through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocking {
    /// A trunk, carrier or circuit; or what is congested: a network, an operator,
    /// `region:ID`.
    pub id: Id,
    /// Of the former, its channels.
    pub channels: Option<u64>,
    /// The share of calls that it blocks.
    pub share: Millionths,
}

/// What blocks calls of some of those who work, most of them first.
pub fn blocking(
    problem: &Problem,
    state: &State,
    held: &Held,
    outcome: &Outcome,
    of: impl Fn(&Entry) -> bool,
) -> Vec<Blocking> {
    let scene = Scene::new(problem, state, held);
    let mut all: BTreeMap<(Id, bool), Blocking> = BTreeMap::new();
    let mut add = |id: &Id, channels: Option<u64>, share: u32| {
        let share = Millionths(share);
        if share > Millionths(0) {
            let found = Blocking { id: id.clone(), channels, share };
            all.entry((id.clone(), channels.is_some())).or_insert(found);
        }
    };
    for entry in outcome.entries.iter().filter(|entry| of(entry)) {
        let Disposition::Working { way } = entry.disposition else { continue };
        for &(leg, route) in &entry.routes {
            let route = &problem.ways[way].legs[leg].routes[route];
            for crossing in &route.blocking {
                add(crossing, None, state.blocking_of(crossing));
            }
            for load in &route.loads {
                let own = &problem.resources[load.resource.index()];
                if let Some(channels) = scene.channels(own) {
                    let used = used(outcome, load.resource);
                    add(own.key.id(), Some(channels), share(channels, used));
                }
            }
        }
    }
    let mut all: Vec<Blocking> = all.into_values().collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.share));
    all
}

fn used(outcome: &Outcome, resource: ResourceId) -> u64 {
    let at = outcome.uses.binary_search_by_key(&resource, |one| one.resource);
    at.map_or(0, |at| outcome.uses[at].used)
}

/// Share of calls, in millionths, that channels block at a load.
pub(super) fn share(channels: u64, load: u64) -> u32 {
    if load == 0 {
        return 0;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 1
    let millionths = (erlang::blocking(channels, load) * 1e6).floor() as u32;
    millionths.min(1_000_000)
}
