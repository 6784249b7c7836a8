//! What every command stands on: the configuration, where the state is, how to print.

use std::{
    io::{IsTerminal, stderr, stdout},
    path::{Path, PathBuf},
};

use tracing::level_filters::LevelFilter;

use super::{
    arguments::{Color, Command, Global},
    ending::Refused,
};
use crate::{
    config::{self, Config, Environment, Examined},
    ops::telemetry::{self, Telemetry},
};

/// Where the configuration is looked for unless somebody says otherwise.
const USUAL: &str = "config";

/// What every command stands on.
#[derive(Debug)]
pub(super) struct Ground {
    config: Option<PathBuf>,
    /// The state's directory.
    pub(super) state: PathBuf,
    /// Whether stdout is coloured.
    pub(super) colour: bool,
    /// How many columns stdout has: those of the terminal, or 80.
    pub(super) width: usize,
    /// Whether only failures are told.
    pub(super) quiet: bool,
    /// Whether more is to be told than usual.
    pub(super) verbose: bool,
}

/// How many columns there are where no terminal says how many.
const COLUMNS: usize = 80;

impl Ground {
    /// Takes what every command takes, and begins to log.
    pub(super) fn new(global: Global, command: &Command) -> Self {
        let wants = |terminal: bool| match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && global.no_color.as_deref().is_none_or(str::is_empty),
        };
        let usual = if command.is_daemon() { LevelFilter::INFO } else { LevelFilter::WARN };
        telemetry::start(Telemetry {
            format: global.log_format,
            level: match (global.quiet, global.verbose) {
                (true, _) => LevelFilter::ERROR,
                (false, 0) => usual,
                (false, 1) => usual.max(LevelFilter::DEBUG),
                (false, _) => LevelFilter::TRACE,
            },
            timed: command.is_daemon(),
            colour: wants(stderr().is_terminal()),
        });
        Self {
            config: global.config,
            state: global.state,
            colour: wants(stdout().is_terminal()),
            width: terminal_size::terminal_size_of(stdout())
                .map_or(COLUMNS, |(terminal_size::Width(columns), _)| columns.into()),
            quiet: global.quiet,
            verbose: global.verbose > 0,
        }
    }

    /// Reads the configuration; where none is named and none is there, the one built in.
    pub(super) fn config(&self) -> Result<Config, Refused> {
        let Some(dir) = self.directory() else { return Ok(config::embedded()) };
        config::load(dir, &Environment::of_process())
            .map_err(|problems| Refused(problems.to_string()))
    }

    /// Reads the configuration like [`Ground::config`] and looks closely at what it says.
    pub(super) fn examined(&self) -> Result<Examined, Refused> {
        config::examine(self.directory(), &Environment::of_process())
            .map_err(|problems| Refused(problems.to_string()))
    }

    /// The directory of the configuration; `None`, and a word about it, where there is none.
    fn directory(&self) -> Option<&Path> {
        let dir = match self.named_config() {
            Some(dir) => Some(dir),
            None => Self::usual_config(),
        };
        if dir.is_none() {
            self.say("there is no ./config: the configuration that is built in stands in");
        }
        dir
    }

    /// The directory that was named, on the command line or in the environment.
    pub(super) fn named_config(&self) -> Option<&Path> {
        self.config.as_deref()
    }

    /// The directory that is used where none is named, if it is there.
    pub(super) fn usual_config() -> Option<&'static Path> {
        Some(Path::new(USUAL)).filter(|usual| usual.exists())
    }

    /// Tells something in passing on stderr.
    pub(super) fn say(&self, sentence: &str) {
        if !self.quiet {
            eprintln!("{sentence}");
        }
    }
}
