//! The scenario language ([`read`]), what it means for a plan ([`bind`]), and
//! the shipped scenarios and sample plans ([`library`]).
//!
//! A [`Scenario`] is only words: it names kinds and takes arguments, so one
//! scenario runs on any plan. [`bind`] gives the words their meaning for one
//! plan and returns a [`Bound`]: components, groups, queues and settings at
//! their times, with a note for everything that took nothing.
//!
//! Nothing here does I/O or chooses by chance: files arrive as text, and what
//! an argument's default is to be (`most-depended-on`) is asked of the caller.

mod bind;
mod bound;
mod class;
mod components;
pub mod library;
mod read;
mod scenario;
mod schema;
mod select;
mod whatif;
mod world;

pub use bind::{Load, bind, bind_draft};
pub use bound::{Bound, BoundEvent, Candidate, Condition, Effect};
pub use class::Class;
pub use components::{Attributes, components};
pub use library::{Names, Sample, names, near_plan, near_scenario, plan_sample, scenario, shipped};
pub use read::{Draft, HORIZON, draft, read};
pub use scenario::{
    Action, Arg, ArgValue, Asks, ConditionWord, Criterion, DefaultArgument, Event, Include,
    Misconfiguration, Parameter, ParameterKind, Path, Scenario, Selector, SelectorKey, Terms,
};
pub use schema::schema;
pub use whatif::{NOTHING, Trial, WhatIf};
