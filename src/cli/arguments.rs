//! The arguments, as clap reads them. What each means in full is written where it is carried out.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use super::{
    backtest, classify, demo, developments, explain, ledger, once, preview, replay, run, status,
};
use crate::ops::telemetry::LogFormat;

/// Watches the courts of The Hague and the coalitions around them, and tells a Discord channel
/// once per development.
#[derive(Debug, Parser)]
#[command(
    version,
    propagate_version = true,
    max_term_width = 100,
    after_help = "\
Examples:
  haguewatch demo                            a first look; needs nothing
  haguewatch check                           is the configuration right?
  haguewatch once --dry-run                  what would be said now?
  haguewatch run                             the daemon

Exit codes: 0 done, 1 failed while running, 2 wrong usage or configuration."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Global {
    /// The directory of the configuration. Where none is named and ./config is missing, the one
    /// that is built in stands in [default: config]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "HAGUEWATCH_CONFIG",
        hide_env_values = true
    )]
    pub(super) config: Option<PathBuf>,

    /// The directory of the state
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "HAGUEWATCH_STATE",
        default_value = "state",
        hide_env_values = true
    )]
    pub(super) state: PathBuf,

    /// How log lines look
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    pub(super) log_format: LogFormat,

    /// Say more on stderr; twice for everything
    #[arg(short, long, global = true, action = ArgAction::Count, conflicts_with = "quiet")]
    pub(super) verbose: u8,

    /// Say only what failed
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,

    /// Whether output is coloured
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,

    /// Set to anything, it means that nobody wants colours (no-color.org).
    #[arg(long, global = true, env = "NO_COLOR", hide = true, hide_env = true)]
    pub(super) no_color: Option<String>,
}

/// Whether output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal.
    Auto,
    /// Yes.
    Always,
    /// No.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// A first look: a made-up fortnight through the real pipeline, to the terminal
    Demo(demo::Options),
    /// Watch: poll, publish, deliver and serve the ops page until stopped
    Run(run::Options),
    /// Make one pass over the sources, tell what there is to tell, and exit
    Once(once::Options),
    /// Read the whole configuration and look closely at every rule
    #[command(after_help = "\
Examples:
  haguewatch check
  haguewatch --config /etc/haguewatch check

Every problem is told at once, as FILE:LINE:COL: what; what to write instead (exit code 2). What is
only worth a look follows the summary in the same form (exit code 0).")]
    Check,
    /// Fetch one source now, or open a saved document, and show what would be made of it
    Preview(preview::Options),
    /// Read items from stdin, write what each text says: no ledger
    Classify(classify::Options),
    /// Run a stream of items through dedup, classify and ledger
    Replay(replay::Options),
    /// Run the archive through another configuration: what is told more or less
    Backtest(backtest::Options),
    /// Show why a text is read as it is, and what became of it
    Explain(explain::Options),
    /// Show what is known to have happened, newest first
    Developments(developments::Options),
    /// Show members, warrants, rulings and cases as known on a day, with sources
    Ledger(ledger::Options),
    /// Show how sources, loops and outbox stand
    Status(status::Options),
}

impl Command {
    /// Whether it goes on until it is stopped.
    pub(super) fn is_daemon(&self) -> bool {
        matches!(self, Self::Run(_))
    }
}
