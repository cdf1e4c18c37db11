//! Which agents keep working: graph, routes, problem, assessment.
pub mod gates;
pub mod graph;
pub mod input;
mod routes;
