//! The command line: one file a subcommand.
//!
//! Owns arguments, exit codes and what is printed where: data to stdout, everything else to
//! stderr. Decides nothing that the rooms below could.

mod arguments;
mod ending;
mod ground;
mod lines;
mod progress;
mod table;
mod voices;
mod words;
mod world;
mod backtest;
mod check;
mod classify;
mod demo;
mod developments;
mod explain;
mod ledger;
mod once;
mod preview;
mod replay;
mod run;
mod status;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use ending::{End, Refused};
use ground::Ground;

use crate::config::Config;

/// Runs the command of the process's arguments to its exit code.
pub fn main() -> ExitCode {
    let Arguments { global, command } = Arguments::parse();
    #[cfg(feature = "failpoints")]
    crate::points::arm(&crate::config::drill());
    let ground = Ground::new(global, &command);
    ending::report(match command {
        Command::Run(_) => run::run(&ground),
        Command::Once(options) => once::run(&ground, &options),
        Command::Check => check::run(&ground),
        Command::Classify(options) => classify::run(&ground, &options),
        Command::Replay(options) => replay::run(&ground, &options),
        Command::Backtest(options) => backtest::run(&ground, &options),
        Command::Demo(options) => demo::run(&ground, &options),
        Command::Preview(options) => preview::run(&ground, &options),
        Command::Explain(options) => explain::run(&ground, &options),
        Command::Developments(options) => developments::run(&ground, &options),
        Command::Ledger(options) => ledger::run(&ground, &options),
        Command::Status(options) => status::run(&ground, &options),
    })
}

/// What asynchronous commands run on.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

/// A number of things, in words.
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Why messages are printed.
fn printing(config: &Config) -> String {
    if config.channels.is_empty() {
        return "no channel is configured: messages are printed".to_owned();
    }
    "no token is configured: messages are printed and count as told; set DISCORD_TOKEN to have them posted to the channels".to_owned()
}

/// That messages for Discord are left alone.
fn stays(left: usize) -> String {
    let verb = if left == 1 { "stays" } else { "stay" };
    let what = counted(left, "message");
    format!("{what} for Discord {verb} in the outbox until there is a token")
}

/// The hint at the known word that is most like this one.
fn nearest<'a>(known: impl Iterator<Item = &'a str>, name: &str) -> String {
    let near = known.max_by(|one, other| {
        strsim::jaro_winkler(one, name).total_cmp(&strsim::jaro_winkler(other, name))
    });
    near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// The place of a source in the configuration.
fn find_source(config: &Config, name: &str) -> Result<usize, Refused> {
    let ids = || config.sources.iter().map(|configured| configured.source.id.as_str());
    ids().position(|id| id == name).ok_or_else(|| {
        let hint = nearest(ids(), name);
        Refused(format!("there is no source `{name}` in sources.toml{hint}"))
    })
}
