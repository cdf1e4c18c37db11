//! What the `outlast` command does: arguments, files, child processes, exit
//! status. The only crate that touches the world.

pub mod pac;
