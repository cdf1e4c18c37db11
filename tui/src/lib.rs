//! What a terminal shows: harmless text, aligned tables, numbers, colour.
//!
//! Everything but [`live::terminal`] is pure: text and numbers in, text out. Whether
//! there is a terminal, how wide it is and whether it may be coloured is the caller's
//! to find out.

pub mod against;
pub mod ask;
mod assumptions;
pub mod check;
pub mod colour;
pub mod contingency;
pub mod explain;
pub mod live;
pub mod risk;
pub mod rule;
pub mod run;
pub mod table;

pub use colour::{Palette, Tone};
use outlast_reports::number::{counted, grouped};
pub use outlast_reports::shell::quoted;
pub use outlast_reports::text::{harmless, harmless_lines, shortened, width, wrapped};
pub use table::{Align, Table};

/// The width that every screen must fit.
pub const SCREEN_COLUMNS: usize = 80;
