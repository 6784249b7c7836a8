//! The command line: one file a subcommand.
//!
//! Owns arguments, exit codes and what is printed where: data to stdout, everything else to
//! stderr. Decides nothing that the rooms below could.

mod arguments;
mod ending;
mod ground;
mod lines;
mod voices;
mod words;
mod check;
mod classify;
mod replay;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use ending::End;
use ground::Ground;

/// Runs the command of the process's arguments to its exit code.
pub fn main() -> ExitCode {
    let Arguments { global, command } = Arguments::parse();
    let ground = Ground::new(global, &command);
    let ended = match command {
        Command::Check => check::run(&ground),
        Command::Classify(options) => classify::run(&ground, &options),
        Command::Replay(options) => replay::run(&ground, &options),
    };
    ending::report(ended)
}
