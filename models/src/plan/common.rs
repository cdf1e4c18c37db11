//! What several sections have in common, and the escape hatch.

use indexmap::IndexMap;

use crate::fact::Fact;
use crate::id::Id;
use crate::place::Place;

/// A section of the plan: entries by id in the order of the file.
pub type Section<T> = IndexMap<Id, T>;

/// A mention of an id at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The id.
    pub id: Id,
    /// Where it is mentioned.
    pub place: Place,
}

/// So much of a pool or resource, in thousandths, for each agent (one unit
/// where that is unknown).
pub type Use = (Named, Fact<u64>);

/// What every component may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Common {
    /// `needs`: all of these.
    pub needs: Vec<Need>,
    /// `units`: how many there are, and how many of them suffice.
    pub units: Fact<Option<Units>>,
    /// `tags`.
    pub tags: Vec<Id>,
}

impl Default for Common {
    fn default() -> Self {
        Self { needs: Vec::new(), units: Fact::defaulted(None), tags: Vec::new() }
    }
}

/// One need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// A component.
    One(Named),
    /// At least one of these.
    Any(Vec<Need>),
    /// All of these.
    All(Vec<Need>),
    /// At least so many of these.
    AtLeast(u32, Vec<Need>),
}

/// `units`: a pair, a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Units {
    /// How many there are.
    pub count: u32,
    /// How many must be up.
    pub needed: u32,
}

/// `shared`: exhaustive once there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// `conduits`.
    pub conduits: Vec<Named>,
    /// `feeds`.
    pub feeds: Vec<Named>,
    /// `providers`.
    pub providers: Vec<Named>,
}

/// An entry of `pools`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// Where it is written.
    pub place: Place,
    /// How many there are; none where that is unknown.
    pub count: Fact<u64>,
    /// `tags`, `needs`, `units`.
    pub common: Common,
}

/// An entry of `resources`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedResource {
    /// Where it is written.
    pub place: Place,
    /// Capacity in thousandths; none where that is unknown.
    pub milli: Fact<u64>,
}

/// An entry of `components`.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// Where it is written.
    pub place: Place,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}
