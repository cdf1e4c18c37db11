//! The rule registry is complete and current, and every plan in a rule's page
//! does what the page says.

mod documents;
mod expect;
mod registry;
mod world;
