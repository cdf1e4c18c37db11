//! What a route goes over, in the words of policies.

use outlast_models::Id;
use outlast_models::plan::{BundleMode, Named, Need};

use super::words::{Words, has};
use crate::gates::GateId;
use crate::routes::Walker;
use crate::routes::line::{Line, MOST_DRAWN};
use crate::routes::path::{Hop, Path};

/// What a need goes over: of a choice whichever is taken, as of circuits that are
/// used as one.
pub(super) fn hops(need: &Need) -> Vec<Hop> {
    let hop = |id: Id| Hop { id, gate: GateId::ON };
    match need {
        Need::One(named) => vec![hop(named.id.clone())],
        Need::All(of) => of.iter().flat_map(hops).collect(),
        Need::Any(of) | Need::AtLeast(_, of) => {
            let each: Vec<Hop> = of.iter().flat_map(hops).collect();
            let ids: Vec<&str> = each.iter().map(|hop| hop.id.as_str()).collect();
            vec![hop(Id::new(&ids.join("+")))]
        }
    }
}

impl Walker<'_> {
    /// Whether a path goes over something of these words: it may, or, by whichever
    /// member of a bundle it leaves, it surely does.
    pub(super) fn goes_over(
        &self,
        path: &Path,
        list: &[Named],
        region: Option<&Id>,
        surely: bool,
    ) -> bool {
        let regions = &self.plan.cloud.regions;
        path.hops.iter().any(|hop| {
            let at = match region {
                Some(region) if regions.contains_key(&hop.id) => region,
                _ => &hop.id,
            };
            let members = self.members(path, at);
            let mut over = members.iter().map(|member| has(list, &self.over_words(path, member)));
            if surely { over.all(|is| is) } else { over.any(|is| is) }
        })
    }

    /// The circuits of a hop that is a bundle, and of one whose members are not drawn
    /// each of them: some flows leave by any. Else the hop itself.
    fn members(&self, path: &Path, hop: &Id) -> Vec<Id> {
        let of = |bundle: &Id| {
            let written = self.plan.bundles.get(bundle)?;
            Some(written.of.iter().map(|named| named.id.clone()).collect::<Vec<Id>>())
        };
        let all = if let Some(members) = of(hop) {
            members
        } else if hop.as_str().contains('+') {
            hop.as_str().split('+').map(Id::new).collect()
        } else {
            let undrawn =
                |bundle: &&Id| self.is_active(bundle) && !self.draws.contains_key(*bundle);
            let bundles = path.bundles.iter().filter(undrawn).filter_map(of);
            bundles.into_iter().find(|members| members.contains(hop)).unwrap_or_default()
        };
        match all.as_slice() {
            [] => vec![hop.clone()],
            all if all.iter().all(|id| self.plan.circuits.contains_key(id)) => self.carrying(all),
            all => all.to_vec(),
        }
    }

    fn is_active(&self, bundle: &Id) -> bool {
        let written = self.plan.bundles.get(bundle);
        written.is_some_and(|bundle| bundle.mode.value == BundleMode::ActiveActive)
    }

    /// What is said of a hop, and of the bundle by which a path goes over it.
    fn over_words(&self, path: &Path, hop: &Id) -> Words {
        let mut words = self.house.names.over(hop);
        for bundle in &path.bundles {
            if self.plan.bundles[bundle].of.iter().any(|named| named.id == *hop) {
                words.extend(self.house.names.of(bundle));
            }
        }
        words
    }

    /// Whether a policy makes a difference between the members of a bundle. One that
    /// would have to be drawn from too many is judged whole.
    pub(in crate::routes) fn policy_tells_apart(&self, line: &Line) -> bool {
        let members = self.carrying(&line.members);
        if self.is_active(&line.resource) && members.len() > MOST_DRAWN {
            return false;
        }
        let policies = self.plan.policies.values();
        let mut kinds = policies.flat_map(|policy| policy.when.iter().chain([&policy.kind]));
        kinds.any(|kind| {
            let is = |member: &Id| has(&kind.over, &self.house.names.of(member));
            members.iter().any(is) && !members.iter().all(is)
        })
    }
}
