//! Every way of working of every group, judged.

use std::collections::BTreeSet;

use outlast_models::plan::StatedWay;

use crate::changes::mends;
use crate::cohorts::is_mobile;
use crate::leave::Path;
use crate::legs::{Kind, Leg};
use crate::loads::{fits_home_line, held_by};
use crate::posture::Posture;
use crate::rules::refusals;
use crate::types::{Way, WayState};
use crate::world::World;

/// One path of a leg with what the rules and the state say.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) path: Path,
    pub(crate) up: bool,
    refused: BTreeSet<&'static str>,
    /// What would open it; empty where nothing is needed.
    changes: Option<BTreeSet<&'static str>>,
}

impl Judged {
    pub(crate) fn is_live(&self) -> bool {
        self.up && self.is_open()
    }

    fn is_open(&self) -> bool {
        self.changes.as_ref().is_some_and(BTreeSet::is_empty)
    }
}

pub(crate) fn way(world: &World, posture: &Posture, state: WayState) -> Way {
    let homes = |id: &str| world.isps.get(id).cloned();
    let operator = posture.phone.as_ref().filter(|(_, phone)| is_mobile(phone));
    let places = posture.group.work_at.iter();
    Way {
        group: posture.group_id.clone(),
        place: posture.place.clone(),
        access: posture.access_word(),
        vpn: posture.vpn.clone(),
        phone: posture.phone.as_ref().map(|(id, _)| id.clone()),
        direct: posture.direct,
        pac: posture.pac.clone(),
        isps: places.filter_map(|named| homes(named.id.as_str())).collect(),
        operator: operator.and_then(|(id, _)| world.operators.get(id).cloned()),
        draws: world.draws.clone(),
        state,
    }
}

pub(crate) fn stated_way(world: &World, group: &str, name: &str, stated: &StatedWay) -> Way {
    let state = if stands_as_stated(world, stated) { WayState::Live } else { WayState::Down };
    Way {
        group: group.to_owned(),
        place: String::new(),
        access: name.to_owned(),
        vpn: None,
        phone: None,
        direct: false,
        pac: None,
        isps: world.isps.values().cloned().collect(),
        operator: None,
        draws: world.draws.clone(),
        state,
    }
}

/// Every leg of a posture with its paths.
pub(crate) type Legs = Vec<(Kind, Vec<Judged>)>;

/// Judges a posture and its required legs; a full tunnel that could be split is
/// tried so too.
pub(crate) fn judged(world: &World, posture: &Posture) -> (WayState, Legs) {
    let legs = judge(world, world.legs(posture));
    let as_it_is = state_as(world, posture, &legs);
    (split_or(world, posture, as_it_is), legs)
}

/// What a posture would be with its tunnel split, where that mends it.
fn split_or(world: &World, posture: &Posture, as_it_is: WayState) -> WayState {
    let Some(vpn) = &posture.vpn else { return as_it_is };
    let could_split = !world.is_split(vpn) && !world.vpn(vpn).include.value.is_empty();
    if !could_split || !matches!(as_it_is, WayState::Refused(_)) {
        return as_it_is;
    }
    let mut split = world.clone();
    split.made_split = Some(vpn.clone());
    let legs = judge(&split, split.legs(posture));
    let mut changes = match state_as(&split, posture, &legs) {
        WayState::Live => BTreeSet::new(),
        WayState::NeedsChange(changes) => changes,
        WayState::Down | WayState::Refused(_) => return as_it_is,
    };
    changes.insert("enable_split_tunnel".to_owned());
    WayState::NeedsChange(changes)
}

fn state_as(world: &World, posture: &Posture, legs: &Legs) -> WayState {
    let mut refused: BTreeSet<&'static str> = world.machine_rules(posture);
    let mut down = !stands(world, posture);
    let mut changes: BTreeSet<&'static str> = posture.changes.clone();
    for (_, paths) in legs {
        if paths.iter().any(Judged::is_live) {
            continue;
        }
        if paths.iter().all(|judged| judged.changes.is_none()) {
            refused.extend(paths.iter().flat_map(|judged| judged.refused.iter()));
        } else if let Some(needed) = fewest(paths) {
            changes.extend(needed);
        } else {
            down = true;
        }
    }
    let owned = |set: BTreeSet<&'static str>| set.into_iter().map(str::to_owned).collect();
    if !refused.is_empty() {
        return WayState::Refused(owned(refused));
    }
    if down {
        return WayState::Down;
    }
    if changes.is_empty() && !fits_home_line(world, posture, legs) {
        return WayState::Refused(BTreeSet::from(["OFF-05".to_owned()]));
    }
    if changes.is_empty() { WayState::Live } else { WayState::NeedsChange(owned(changes)) }
}

/// The changes of the path that is up with the fewest; not if a path that
/// needs none is merely down.
fn fewest(paths: &[Judged]) -> Option<BTreeSet<&'static str>> {
    if paths.iter().any(Judged::is_open) {
        return None;
    }
    let up = paths.iter().filter(|judged| judged.up);
    up.filter_map(|judged| judged.changes.clone()).min_by_key(BTreeSet::len)
}

pub(crate) fn judge(world: &World, legs: Vec<Leg>) -> Legs {
    let each = |path: Path| {
        let up = world.alive(&path.tunnel) && world.alive(&path.hops);
        let refused = refusals(world, &path);
        let changes = mends(world, &path, &refused);
        Judged { path, up, refused, changes }
    };
    legs.into_iter().map(|leg| (leg.kind, leg.paths.into_iter().map(each).collect())).collect()
}

/// Whether what a stated way needs is there, and the pools that it uses.
pub(crate) fn stands_as_stated(world: &World, stated: &StatedWay) -> bool {
    world.needs_met(&stated.needs)
        && stated.uses.iter().all(|(named, _)| world.up(named.id.as_str()))
}

/// Whether place, machines and phone are up, and the pools that they use.
pub(crate) fn stands(world: &World, posture: &Posture) -> bool {
    let place = posture.place.as_str();
    let phone =
        posture.phone.as_ref().is_none_or(|(_, phone)| world.needs_met(&phone.common.needs));
    held_by(world, posture).all(|(named, _)| world.up(named.id.as_str()))
        && world.up(place)
        && !world.failure.evacuated.contains(place)
        && world.up(posture.group.workstation.id.as_str())
        && World::required_vdis(posture).iter().all(|vdi| world.up(vdi))
        && posture.vpn.as_ref().is_none_or(|vpn| world.up(vpn))
        && phone
}
