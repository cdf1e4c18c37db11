//! Which agents keep working: graph, routes, problem, assessment.
pub mod assess;
pub mod compile;
pub mod explain;
pub mod gates;
pub mod graph;
pub mod input;
pub mod outcome;
pub mod problem;
mod routes;
pub mod rules;
pub mod run;
pub mod state;

pub use assess::{Held, Scope, Steering, assess};
pub use compile::compile;
pub use outcome::{Disposition, Outcome};
pub use problem::Problem;
pub use routes::path::{Refusal, ResourceKey};
pub use routes::posture::PostureKey;
pub use state::State;
