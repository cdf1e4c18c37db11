//! The plan of a contact center: its types ([`plan`]), its YAML ([`yaml`],
//! [`read`]) and its mistakes ([`diagnostic`]).
//!
//! A [`plan::Plan`] exists only if it is valid: names resolved, units parsed,
//! every fact marked as given, defaulted or unknown, everything with its place
//! in the file. Nothing here knows the engine, and nothing here does I/O:
//! files arrive as text from the caller.

pub mod catalogue;
pub mod diagnostic;
pub mod fact;
pub mod facts;
pub mod figures;
pub mod id;
pub mod pac;
pub mod place;
pub mod plan;
pub mod rates;
pub mod read;
pub mod schema;
pub mod swings;
pub mod units;
pub mod yaml;

pub use diagnostic::{Diagnostic, Sources};
pub use fact::{Fact, Origin};
pub use id::{ComponentId, Id, Kind};
pub use place::{FileId, Place};
pub use plan::Plan;
