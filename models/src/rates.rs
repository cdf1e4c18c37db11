//! How often things fail and how long it lasts, where a plan does not say: by kind,
//! each with a plausible range and where it comes from.
//!
//! No public figure was found for most of them; those are ours, and wide.

use crate::id::Kind;
use crate::units::{Chance, Millionths, Millis, PerYear};

/// A figure with its plausible range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usual<T> {
    /// The least that is plausible.
    pub low: T,
    /// What is taken.
    pub value: T,
    /// The most that is plausible.
    pub high: T,
}

/// How often things of a kind fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateSpec {
    /// The kind.
    pub kind: Kind,
    /// Mean time up.
    pub mtbf: Usual<Millis>,
    /// Mean time to repair.
    pub mttr: Usual<Millis>,
    /// Where the figures come from.
    pub source: &'static str,
    /// What fails, or why so.
    pub says: &'static str,
}

/// `beta` of a common cause.
pub const BETA: Usual<Millionths> =
    Usual { low: Millionths(10_000), value: Millionths(100_000), high: Millionths(300_000) };
/// `per_year` of a hazard that calls it unknown.
pub const PER_YEAR: Usual<PerYear> =
    Usual { low: PerYear(1_000_000), value: PerYear(10_000_000), high: PerYear(100_000_000) };
/// `lasts` of a hazard that calls it unknown.
pub const LASTS: Usual<Millis> =
    Usual { low: Millis::days(1), value: Millis::days(5), high: Millis::days(30) };
/// The chance of a part of a footprint that calls it unknown.
pub const HIT: Usual<Chance> = Usual { low: Chance::ZERO, value: Chance::ONE, high: Chance::ONE };

/// What is usual for a kind; nothing for bundles, which do not fail by themselves.
pub fn of(kind: Kind) -> Option<&'static RateSpec> {
    RATES.iter().find(|spec| spec.kind == kind)
}

const fn usual(low: Millis, value: Millis, high: Millis) -> Usual<Millis> {
    Usual { low, value, high }
}

/// A row of the table.
const fn row(
    kind: Kind,
    mtbf: Usual<Millis>,
    mttr: Usual<Millis>,
    source: &'static str,
    says: &'static str,
) -> RateSpec {
    RateSpec { kind, mtbf, mttr, source, says }
}

const fn minutes(n: u64) -> Millis {
    Millis::minutes(n)
}
const fn hours(n: u64) -> Millis {
    Millis::hours(n)
}
const fn days(n: u64) -> Millis {
    Millis::days(n)
}
const fn years(n: u64) -> Millis {
    Millis::years(n)
}

const OURS: &str = "ours";

/// Every kind that fails by itself, in the order of [`Kind`].
#[rustfmt::skip]
pub const RATES: &[RateSpec] = &[
    row(Kind::Office, usual(years(5), years(20), years(100)), usual(hours(8), days(2), days(30)), OURS, "people are kept out or systems are down: fire, water, an alarm"),
    row(Kind::DataCenter, usual(years(3), years(15), years(75)), usual(hours(2), hours(12), days(5)), OURS, "all of it, power feeds apart; power comes first, procedures not followed next (Uptime Institute 2024)"),
    row(Kind::Homes, usual(years(10), years(50), years(200)), usual(hours(6), days(1), days(7)), OURS, "all homes of a region at once: storm, curfew"),
    row(Kind::Vendor, usual(years(1), years(5), years(25)), usual(hours(1), hours(6), days(2)), OURS, "a third party's site with what stands in it"),
    row(Kind::Network, usual(days(219), years(3), years(15)), usual(hours(1), hours(4), hours(20)), OURS, "a provider's network as a whole; one was out for 14 h (Optus 2023)"),
    row(Kind::Circuit, usual(days(73), years(1), years(5)), usual(hours(2), hours(6), hours(24)), "mttr: fibre repair, weak; mtbf: ours", "4 h from poles, 6 h and more from the ground; one was promised for 4 h and took 22 h"),
    row(Kind::Firewall, usual(years(4), years(10), years(20)), usual(hours(1), hours(4), hours(20)), "mtbf: Gill 2011; mttr: ours", "of network devices in data centers 5% to 20% fail in a year"),
    row(Kind::Workstation, usual(years(2), years(10), years(50)), usual(hours(6), days(2), days(10)), OURS, "a whole fleet at once: a bad update (July 2024), a worm"),
    row(Kind::Proxy, usual(days(146), years(2), years(10)), usual(minutes(48), hours(4), hours(20)), OURS, "no public figure"),
    row(Kind::Vpn, usual(days(146), years(2), years(10)), usual(minutes(48), hours(4), hours(20)), OURS, "no public figure"),
    row(Kind::Vdi, usual(days(73), years(1), years(5)), usual(minutes(48), hours(4), hours(20)), OURS, "the farm as a whole; no public figure"),
    row(Kind::Pbx, usual(days(219), years(3), years(15)), usual(minutes(48), hours(4), hours(20)), OURS, "no public figure"),
    row(Kind::Sbc, usual(days(146), years(2), years(10)), usual(minutes(48), hours(4), hours(20)), OURS, "no public figure"),
    row(Kind::Trunk, usual(days(73), years(1), years(5)), usual(minutes(48), hours(4), hours(20)), OURS, "its own configuration and registration, not what carries it"),
    row(Kind::Carrier, usual(days(219), years(3), years(15)), usual(hours(1), hours(3), hours(15)), "mttr: FCC reports of the 1990s; mtbf: ours", "half of the large outages of telephone networks were over in 3 h"),
    row(Kind::Pool, usual(years(2), years(10), years(50)), usual(hours(5), days(1), days(5)), OURS, "all of it at once: a theft, a recall"),
    row(Kind::Feed, usual(days(73), years(1), years(5)), usual(minutes(24), hours(2), hours(10)), OURS, "the grid of one place; batteries and generators come on top"),
    row(Kind::Conduit, usual(years(2), years(10), years(50)), usual(hours(4), hours(8), hours(24)), "mttr: fibre repair, weak; mtbf: ours", "a duct that is dug up: 6 h and more for each cable in the ground"),
    row(Kind::HomeIsp, usual(days(73), years(1), years(5)), usual(hours(1), hours(4), hours(20)), OURS, "one provider's lines in one region at once; one was out for 14 h (Optus 2023)"),
    row(Kind::MobileOperator, usual(days(146), years(2), years(10)), usual(hours(1), hours(4), hours(20)), OURS, "one operator in one region; one was out for 14 h (Optus 2023)"),
    row(Kind::Cloud, usual(days(73), years(1), years(5)), usual(minutes(48), hours(4), hours(20)), OURS, "one system of the cloud, such as its login; no public figure"),
    row(Kind::CloudRegion, usual(years(1), years(4), years(20)), usual(hours(3), hours(13), hours(24)), "mttr: AWS 2020, 2021, 2025; mtbf: ours", "17 h, 7 h and 14 h 32 min in the one region that is known for it"),
    row(Kind::Component, usual(days(146), years(2), years(10)), usual(minutes(96), hours(8), hours(40)), OURS, "whatever it is"),
];

#[cfg(test)]
mod tests {
    use super::{RATES, of};
    use crate::id::Kind;

    #[test]
    fn every_kind_that_fails_has_a_rate_inside_its_range() {
        let kinds: Vec<Kind> = RATES.iter().map(|spec| spec.kind).collect();
        let failing: Vec<Kind> =
            Kind::ALL.into_iter().filter(|kind| *kind != Kind::Bundle).collect();
        assert_eq!(kinds, failing);
        assert_eq!(of(Kind::Bundle), None);
        for spec in RATES {
            for usual in [spec.mtbf, spec.mttr] {
                assert!(usual.low < usual.value && usual.value < usual.high, "{}", spec.kind);
            }
        }
    }
}
