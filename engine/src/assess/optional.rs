//! Optional legs never strand anybody: they are shared out last, from what all that is
//! required has left.

use std::sync::Arc;

use super::filling::{Seeker, fill};
use super::live::{Crew, LiveLeg, LiveRoute, LiveWay, Scene};
use super::placement::{Placement, Placements};

/// Gives whoever does without a leg one for which there is room.
pub(super) fn add_optional(scene: &Scene<'_>, crews: &[Arc<Crew>], out: &mut Placements) {
    let placed = std::mem::take(&mut out.placed);
    let extra: Vec<LiveWay> =
        placed.iter().map(|one| legs_done_without(&crews[one.crew].ways[one.way], one)).collect();
    let seeking: Vec<usize> = (0..placed.len()).filter(|&n| !extra[n].legs.is_empty()).collect();
    let seekers: Vec<Seeker<'_>> = seeking
        .iter()
        .map(|&n| Seeker { way: &extra[n], agents: placed[n].agents, first: true })
        .collect();
    let mut filled = fill(scene, &seekers, &mut out.used).into_iter();
    for (n, placement) in placed.into_iter().enumerate() {
        if extra[n].legs.is_empty() {
            out.placed.push(placement);
            continue;
        }
        let way = &crews[placement.crew].ways[placement.way];
        let found = filled.next().expect("one for each who seeks").placed;
        for part in found.into_iter().filter(|part| part.agents > 0) {
            let mut picks = placement.picks.clone();
            for (leg, pick) in extra[n].legs.iter().zip(part.picks) {
                picks[leg.leg] = pick;
            }
            let pass = way.pass(&picks);
            out.placed.push(Placement { picks, pass, agents: part.agents, ..placement.clone() });
        }
    }
}

/// The legs that a placement does without, with what they load beside the others: a
/// session that the agent holds already is not held again. A leg is named by its place
/// in the way.
fn legs_done_without(way: &LiveWay, placement: &Placement) -> LiveWay {
    let held: Vec<_> = way.loads(&placement.picks).into_iter().map(|(r, _)| r).collect();
    let missing = way.legs.iter().zip(&placement.picks).enumerate();
    let missing = missing.filter(|(_, (leg, pick))| leg.without() == Some(**pick));
    let legs = missing.map(|(n, (leg, _))| LiveLeg {
        leg: n,
        routes: leg
            .routes
            .iter()
            .map(|route| LiveRoute {
                sessions: route
                    .sessions
                    .iter()
                    .filter(|(resource, _)| !held.contains(resource))
                    .copied()
                    .collect(),
                ..route.clone()
            })
            .collect(),
    });
    LiveWay { way: way.way, held: Vec::new(), legs: legs.collect() }
}
