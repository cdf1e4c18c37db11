//! A fact is given, defaulted or unknown.
//!
//! Whatever a result used and the plan did not give is an assumption of that
//! result, never a fact.

use crate::place::Place;

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Written in the plan.
    Given(Place),
    /// Not written; the default holds.
    Defaulted,
    /// Written as `unknown`; the default holds until somebody finds out.
    Unknown(Place),
}

/// A value with its origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact<T> {
    /// The value in force.
    pub value: T,
    /// Who said so.
    pub origin: Origin,
}

impl<T> Fact<T> {
    /// A value written at `place`.
    pub const fn given(value: T, place: Place) -> Self {
        Self { value, origin: Origin::Given(place) }
    }

    /// A value that the plan did not give.
    pub const fn defaulted(value: T) -> Self {
        Self { value, origin: Origin::Defaulted }
    }

    /// The default of a value that the plan calls `unknown`.
    pub const fn unknown(value: T, place: Place) -> Self {
        Self { value, origin: Origin::Unknown(place) }
    }

    /// Whether the plan gives it.
    pub const fn is_given(&self) -> bool {
        matches!(self.origin, Origin::Given(_))
    }

    /// Whether the plan calls it `unknown`.
    pub const fn is_unknown(&self) -> bool {
        matches!(self.origin, Origin::Unknown(_))
    }

    /// Where it is written, if it is.
    pub const fn place(&self) -> Option<Place> {
        match self.origin {
            Origin::Given(place) | Origin::Unknown(place) => Some(place),
            Origin::Defaulted => None,
        }
    }

    /// The same origin with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Fact<U> {
        Fact { value: f(self.value), origin: self.origin }
    }
}
