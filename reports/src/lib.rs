//! Results as documents: one structure behind every view.
//!
//! Pure functions from what the engine found to structs that are written as
//! JSON or YAML and that every view for people is made from, so that numbers
//! cannot disagree. `docs/results.md` describes every key.
//!
//! Guarantees: keys come in a fixed order; there is no floating-point number;
//! the same run gives the same bytes.

pub mod amount;
mod annex;
pub mod ask;
mod assumptions;
pub mod blocked;
pub mod chart;
mod check;
pub mod compiled;
pub mod contingency;
pub mod digest;
pub mod document;
mod explain;
mod figure;
mod loads;
mod losses;
mod named;
mod names;
mod nothing;
pub mod number;
mod outcome;
mod paragraph;
mod refused;
pub mod report;
pub mod risk;
pub mod rule;
mod run;
pub mod shell;
mod stressed;
pub mod text;
pub mod unknown;
mod verdict;
mod ways;
mod well;
mod why;

pub use annex::{Annex, HEADER as ANNEX_HEADER};
pub use check::checked;
pub use digest::{Input, sha256};
pub use document::{
    AgainstDocument, CheckDocument, CompiledDocument, ContingencyDocument, ExplainDocument,
    ReportDocument, RiskDocument, RunDocument, RunsDocument,
};
pub use explain::{Asked, explained};
pub use named::Named;
pub use names::{Files, SET_BY_SCENARIO, short};
pub use run::{Context, documents, run, run_where_unknown};

/// The version of the documents.
pub const VERSION: u32 = 1;
