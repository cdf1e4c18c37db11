//! What the tests share: reading small plans and cases, and comparing the engine
//! with the independent reference.

pub mod between;
pub mod cases;
pub mod compare;
pub mod coverage;
pub mod large;
pub mod many;
pub mod planted;
pub mod small;
