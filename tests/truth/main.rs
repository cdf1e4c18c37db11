//! Truth: the engine against independent answers.
#![allow(clippy::unwrap_used)]

mod against;
mod assumed;
mod bulk;
mod cases;
mod compiled;
mod deep;
mod drawn;
mod every;
mod examples;
mod findings;
mod invariants;
mod large;
mod metamorphic;
mod names;
mod observer;
mod odds;
mod planted;
mod ports;
mod published;
mod puzzles;
mod reach;
mod reference;
mod risk;
mod roster;
mod towards;
mod unknown;
mod years;
