//! The `outlast` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    outlast_cli::run(std::env::args_os()).into()
}
