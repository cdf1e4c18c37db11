//! What each resource has left in a state.

use outlast_models::plan::{Capacity, Directions};
use outlast_models::units::Bps;

use crate::loads::Resource;
use crate::types::WHOLE;
use crate::world::World;

impl World<'_> {
    /// What is left of a capacity, rounded down.
    fn left(&self, id: &str, whole: u64) -> u64 {
        let share = self.failure.shares.get(id).copied().unwrap_or(WHOLE);
        let left = u128::from(whole) * u128::from(share) / u128::from(WHOLE);
        u64::try_from(left).unwrap_or(u64::MAX)
    }

    /// The limit of a resource; `None` is without limit.
    pub(crate) fn limit(&self, resource: &Resource) -> Option<u64> {
        let plan = self.plan;
        match resource {
            Resource::Seats(id) => plan.sites[id.as_str()].seats.value,
            Resource::VpnSessions(id) => self.scaled(id, plan.vpn[id.as_str()].sessions.value),
            Resource::VdiSessions(id) => self.scaled(id, plan.vdi[id.as_str()].sessions.value),
            Resource::ProxySessions(id) => {
                self.scaled(id, plan.proxies[id.as_str()].sessions.value)
            }
            Resource::SbcSessions(id) => self.scaled(id, plan.sbcs[id.as_str()].sessions.value),
            Resource::NatPool(id) => self.scaled(id, plan.firewalls[id.as_str()].nat_pool.value),
            Resource::Trunk(id) => self.erlangs(id, plan.trunks[id.as_str()].channels.value),
            Resource::Carrier(id) => self.erlangs(id, plan.carriers[id.as_str()].channels.value),
            Resource::PstnCircuit(id) => match plan.circuits[id.as_str()].capacity.value {
                Capacity::Channels(channels) => self.erlangs(id, Some(channels)),
                Capacity::Unlimited | Capacity::Bits(_) => None,
            },
            Resource::Up(members, bundle) => self.line_limit(members, bundle.as_deref(), |d| d.up),
            Resource::Down(members, bundle) => {
                self.line_limit(members, bundle.as_deref(), |d| d.down)
            }
            Resource::VpnThroughput(id) => {
                self.scaled(id, plan.vpn[id.as_str()].throughput.value.map(|bps| bps.0))
            }
            Resource::ProxyThroughput(id) => {
                self.scaled(id, plan.proxies[id.as_str()].throughput.value.map(|bps| bps.0))
            }
            Resource::Counted(id) => match plan.pools.get(id.as_str()) {
                Some(pool) => Some(self.left(id, pool.count.value * 1000)),
                None => Some(self.left(id, plan.resources[id.as_str()].milli.value)),
            },
        }
    }

    fn scaled(&self, id: &str, whole: Option<u64>) -> Option<u64> {
        whole.map(|whole| self.left(id, whole))
    }

    /// The load in thousandths at which channels reach the grade of service.
    fn erlangs(&self, id: &str, channels: Option<u64>) -> Option<u64> {
        let channels = self.scaled(id, channels)?;
        let grade = f64::from(self.plan.figures.grade_of_service.value.0) / 1e6;
        Some(admitted(channels, grade))
    }

    /// The calls that get through what has channels, in thousandths, when it carries as
    /// many as it admits.
    pub(crate) fn carried(&self, resource: &Resource) -> Option<f64> {
        let plan = self.plan;
        let channels = match resource {
            Resource::Trunk(id) => self.scaled(id, plan.trunks[id.as_str()].channels.value),
            Resource::Carrier(id) => self.scaled(id, plan.carriers[id.as_str()].channels.value),
            Resource::PstnCircuit(id) => match plan.circuits[id.as_str()].capacity.value {
                Capacity::Channels(channels) => self.scaled(id, Some(channels)),
                Capacity::Unlimited | Capacity::Bits(_) => None,
            },
            _ => None,
        }?;
        #[expect(clippy::cast_precision_loss, reason = "loads are small")]
        let most = self.limit(resource)? as f64;
        Some(most * (1.0 - blocking(channels, most / 1000.0)))
    }

    /// One circuit's capacity; of an active-active bundle the least of what is
    /// left over its nominal share, or the sum where sharing is adaptive.
    fn line_limit(
        &self,
        members: &[String],
        bundle: Option<&str>,
        pick: fn(&Directions) -> Option<Bps>,
    ) -> Option<u64> {
        let nominal = |id: &str| match &self.plan.circuits[id].capacity.value {
            Capacity::Bits(both) => pick(both).map(|bits| bits.0),
            Capacity::Unlimited | Capacity::Channels(_) => None,
        };
        let Some(bundle) = bundle else {
            let id = members.first()?;
            return nominal(id).map(|whole| self.left(id, whole));
        };
        let sizes: Vec<(u64, u64)> = members
            .iter()
            .map(|id| nominal(id).map(|whole| (whole, self.left(id, whole))))
            .collect::<Option<_>>()?;
        if self.plan.bundles[bundle].adaptive.value {
            return Some(sizes.iter().map(|(_, left)| left).sum());
        }
        let total: u128 = sizes.iter().map(|(whole, _)| u128::from(*whole)).sum();
        let limits = sizes.iter().filter(|(whole, _)| *whole > 0).map(|(whole, left)| {
            u64::try_from(u128::from(*left) * total / u128::from(*whole)).unwrap_or(u64::MAX)
        });
        limits.min().or(Some(0))
    }
}

/// Erlang B's blocking of `channels` offered `erlangs`.
fn blocking(channels: u64, erlangs: f64) -> f64 {
    let mut blocked = 1.0;
    for n in 1..=channels {
        #[expect(clippy::cast_precision_loss, reason = "channels are few")]
        let n = n as f64;
        blocked = erlangs * blocked / (n + erlangs * blocked);
    }
    blocked
}

/// The largest load in thousandths of an erlang that is blocked at most so.
pub(crate) fn admitted(channels: u64, grade: f64) -> u64 {
    if channels == 0 {
        return 0;
    }
    let (mut low, mut high) = (0, channels * 4000 + 4000);
    while low < high {
        let middle = (low + high).div_ceil(2);
        #[expect(clippy::cast_precision_loss, reason = "loads are small")]
        let erlangs = middle as f64 / 1000.0;
        if blocking(channels, erlangs) <= grade { low = middle } else { high = middle - 1 }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::admitted;

    #[test]
    fn erlang_b_at_one_percent_as_in_the_tables() {
        assert_eq!(admitted(0, 0.01), 0);
        assert_eq!(admitted(1, 0.01), 10);
        assert_eq!(admitted(10, 0.01), 4461);
        assert_eq!(admitted(30, 0.01), 20_337);
    }
}
