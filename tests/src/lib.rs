//! What the tests share: reading small plans, and comparing the engine with the
//! independent reference.

pub mod compare;
pub mod small;
