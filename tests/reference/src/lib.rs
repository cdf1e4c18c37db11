//! A naive second opinion on which ways of working are live.
//!
//! Written from the rule catalogue and `docs/semantics.md` alone and sharing no
//! code with the engine: every route is enumerated, every rule is a predicate
//! on the finished path, every allocation is tried. It is slow and small on
//! purpose; what it and the engine agree on is worth something.

mod access;
mod attain;
mod capacity;
mod chance;
mod changes;
mod cohorts;
mod directed;
mod draw;
mod every;
mod failures;
mod fluid;
mod leave;
mod legs;
mod loads;
mod machines;
mod members;
mod opinion;
mod phones;
mod posture;
mod provider;
mod proxies;
mod random;
mod revocation;
mod room;
mod routable;
mod rules;
mod sites;
mod source;
mod steered;
mod telephony;
mod types;
mod ways;
mod web;
mod words;
mod world;

pub use attain::{Seen, Verdict};
pub use chance::{Lot, lots};
pub use directed::Directed;
pub use every::{Cause, Every, causes, state};
pub use failures::{every_state, failures, own_components};
pub use opinion::{Judgement, Opinion, directed, room, ways};
pub use random::{
    PacFilesByName, RandomCase, random_case, random_failures, random_few, random_plan,
};
pub use room::{Amounts, Heads, Room, Takes};
pub use types::{Failure, Way, WayState};
