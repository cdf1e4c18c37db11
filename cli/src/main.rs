//! The `outlast` command.
fn main() {
    let _ = outlast_cli::pac::worker::serve(std::io::stdin().lock(), std::io::stdout().lock());
}
