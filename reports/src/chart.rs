//! Charts: data with the place of every figure, drawn as SVG.
//!
//! Each chart is two things: a struct of figures, from which the table beside it is
//! made as well, and a picture of that struct. A picture holds no style but colours,
//! so that a page can show it on a dark ground by [`palette::css`].

mod axis;
mod canvas;
pub(crate) mod loads;
pub(crate) mod over_time;
pub mod palette;
pub(crate) mod states;

pub use canvas::standing_alone;
