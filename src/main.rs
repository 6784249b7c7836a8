//! `argv` to exit code, and nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    haguewatch::cli::main()
}
