//! What fails by chance: how often, for how long, what together; and what losses
//! are borne.

use std::collections::BTreeMap;

use super::common::Section;
use crate::fact::Fact;
use crate::id::{ComponentId, Kind};
use crate::place::Place;
use crate::rates;
use crate::units::{Chance, Millionths, Millis, Money, PerYear};

/// `failures`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Failures {
    /// Where the section is written, if it is.
    pub place: Option<Place>,
    /// `kinds`.
    pub kinds: BTreeMap<Kind, FailureEntry>,
    /// `components`, by id.
    pub components: Section<FailureEntry>,
    /// `common`: what takes several at once.
    pub common: Section<CommonCause>,
    /// `hazards`: what comes from outside.
    pub hazards: Section<Hazard>,
}

/// An entry of `kinds` or `components`: what it says, and no more.
#[derive(Debug, Clone, PartialEq)]
pub struct FailureEntry {
    /// Where it is written.
    pub place: Place,
    /// `mtbf` or `probability`.
    pub frequency: Option<Frequency>,
    /// `mttr`.
    pub mttr: Option<Estimate<Millis>>,
    /// `repair`.
    pub repair: Option<Fact<Repair>>,
}

/// A quantity that chance goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate<T> {
    /// The value, and who said so.
    pub fact: Fact<T>,
    /// Where the value is ours: between what it plausibly lies.
    pub range: Option<(T, T)>,
}

/// How often something fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frequency {
    /// `mtbf`: the mean time up, more than nought.
    Mtbf(Estimate<Millis>),
    /// `probability`: the share of the time that it is down.
    Probability(Fact<Chance>),
}

/// How times to repair are spread about their mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// `exponential`.
    Exponential,
    /// `fixed`: always the same.
    Fixed,
    /// `{lognormal: SIGMA}`: σ of the logarithm in millionths, more than nought.
    Lognormal(u32),
}

/// How often something fails, and for how long: its own entry, what this leaves out
/// from that of its kind, what that leaves out from [`rates`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How often.
    pub frequency: Frequency,
    /// The mean time to repair.
    pub mttr: Estimate<Millis>,
    /// How it is spread.
    pub repair: Fact<Repair>,
}

/// A component that a common cause or a hazard names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The component.
    pub component: ComponentId,
    /// Where it is named.
    pub place: Place,
}

/// An entry of `common`.
#[derive(Debug, Clone, PartialEq)]
pub struct CommonCause {
    /// Where it is written.
    pub place: Place,
    /// `of`: at least two, each with a rate.
    pub of: Vec<Part>,
    /// `beta`: the share of failures that takes all of them.
    pub beta: Estimate<Millionths>,
}

/// An entry of `hazards`.
#[derive(Debug, Clone, PartialEq)]
pub struct Hazard {
    /// Where it is written.
    pub place: Place,
    /// `per_year`; nought for one that never comes.
    pub per_year: Estimate<PerYear>,
    /// `lasts`: a mean.
    pub lasts: Estimate<Millis>,
    /// `repair` (default fixed).
    pub repair: Fact<Repair>,
    /// `hits` or `plays`.
    pub strikes: Strikes,
}

/// What a hazard does.
#[derive(Debug, Clone, PartialEq)]
pub enum Strikes {
    /// `hits`: takes these down.
    Hits(Vec<Hit>),
    /// `plays`: a scenario as it is written, which the plan does not resolve.
    Plays {
        /// Its name, with its arguments.
        scenario: String,
        /// Where it is named.
        place: Place,
    },
}

/// A part of a hazard's footprint.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What may be hit.
    pub part: Part,
    /// With what chance, whenever the hazard comes.
    pub chance: Estimate<Chance>,
}

/// An item of `appetite`: a loss that is borne so often and no oftener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appetite {
    /// Where it is written.
    pub place: Place,
    /// `lost`: so much or more.
    pub lost: Lost,
    /// `yearly`: in a year with this chance.
    pub yearly: Chance,
}

/// A loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// `5000 agent-hours`.
    AgentHours(u64),
    /// `200000 EUR`, at the plan's `agent_hour`.
    Money(Money),
}

impl<T: Copy> Estimate<T> {
    /// What the plan gives.
    pub const fn given(value: T, place: Place) -> Self {
        Self { fact: Fact::given(value, place), range: None }
    }

    /// What the plan leaves out.
    pub const fn ours(usual: rates::Usual<T>) -> Self {
        Self { fact: Fact::defaulted(usual.value), range: Some((usual.low, usual.high)) }
    }

    /// What the plan calls `unknown`.
    pub const fn unknown(usual: rates::Usual<T>, place: Place) -> Self {
        Self { fact: Fact::unknown(usual.value, place), range: Some((usual.low, usual.high)) }
    }
}

impl Failures {
    /// How often a component fails by chance; nothing for one that never does.
    pub fn rate(&self, component: &ComponentId) -> Option<Rate> {
        let own = self.components.get(&component.id);
        let of_kind = self.kinds.get(&component.kind);
        let entries = || own.into_iter().chain(of_kind);
        entries().next()?;
        let usual = rates::of(component.kind)?;
        Some(Rate {
            frequency: entries()
                .find_map(|entry| entry.frequency)
                .unwrap_or(Frequency::Mtbf(Estimate::ours(usual.mtbf))),
            mttr: entries()
                .find_map(|entry| entry.mttr)
                .unwrap_or_else(|| Estimate::ours(usual.mttr)),
            repair: entries()
                .find_map(|entry| entry.repair)
                .unwrap_or(Fact::defaulted(Repair::Exponential)),
        })
    }
}

impl Rate {
    /// The mean time up, rounded down: where a probability is given, that by which it
    /// is down for this share of the time. Nothing for what is always up.
    pub fn mtbf(&self) -> Option<Millis> {
        match self.frequency {
            Frequency::Mtbf(mtbf) => Some(mtbf.fact.value),
            Frequency::Probability(Fact { value: Chance(down), .. }) => {
                let up = u128::from(Chance::ONE.0 - down) * u128::from(self.mttr.fact.value.0);
                let mtbf = up.checked_div(u128::from(down))?;
                Some(Millis(u64::try_from(mtbf).unwrap_or(u64::MAX)))
            }
        }
    }
}
